"""What the timeline tells of forks: where this room comes from, and which rooms go on from it."""

from collections.abc import Callable, Mapping
from typing import Any

from rooms.debrief import wording
from rooms.domain import forking
from rooms.domain.record import Entry
from rooms.domain.state import RoomState

Teller = Callable[[Any, RoomState, RoomState, Entry], str]


def _forked(event: forking.RoomForked, *_: Any) -> str:
    title, origin = wording.excerpt(event.title), wording.excerpt(event.origin)
    return f"“{origin}” went on from here as “{title}”, with {_who(event)}"


def _made(event: forking.ForkMade, *_: Any) -> str:
    return (
        f"a new room goes on from an earlier moment of this one, with {_who(event)}: “{wording.excerpt(event.title)}”"
    )


def _who(event: forking.RoomForked | forking.ForkMade) -> str:
    return "the same people" if event.same_people else "other people"


TELLERS: Mapping[type, tuple[str, Teller]] = {
    forking.RoomForked: ("room", _forked),
    forking.ForkMade: ("room", _made),
}
