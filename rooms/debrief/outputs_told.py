"""What the timeline tells of output documents: what was read out, who objected, what was issued as what."""

from collections.abc import Callable, Mapping
from typing import Any

from rooms.debrief import wording
from rooms.domain import outputs
from rooms.domain.record import Entry
from rooms.domain.state import RoomState

Teller = Callable[[Any, RoomState, RoomState, Entry], str]


def _issued(event: outputs.OutputIssued, *_: Any) -> str:
    return f"the chair issued “{wording.excerpt(event.title)}”. What it is: {event.label}"


def _read(event: outputs.StatementReadOut, *_: Any) -> str:
    return f"the chair read out “{wording.excerpt(event.title)}”"


def _objected(event: outputs.ReadingObjected, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    return f"{wording.named(after, event.delegation)} objected to what was read out{wording.because(event.reason)}"


def _lifted(event: outputs.ObjectionLifted, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    return f"{wording.named(after, event.delegation)} lifted its objection to what was read out"


TELLERS: Mapping[type, tuple[str, Teller]] = {
    outputs.OutputIssued: ("decisions", _issued),
    outputs.StatementReadOut: ("decisions", _read),
    outputs.ReadingObjected: ("decisions", _objected),
    outputs.ObjectionLifted: ("decisions", _lifted),
}
