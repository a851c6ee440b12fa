"""The timeline's sentences about the hot wash and about what was shared. Notes are read on their board, and who stepped
out of role is nobody's: neither is told here."""

from collections.abc import Callable, Mapping
from typing import Any

from rooms.debrief import wording
from rooms.domain import hot_wash, sharing
from rooms.domain.record import Entry
from rooms.domain.state import RoomState
from rooms.domain.whiteboard import PHASES

Teller = Callable[[Any, RoomState, RoomState, Entry], str]


def _title(phase: str) -> str:
    return f"“{PHASES[phase][0]}”" if phase in PHASES else phase


def _began(event: hot_wash.WashBegan, before: RoomState, _after: RoomState, _entry: Entry) -> str:
    return f"the hot wash {'went on' if before.hot_wash.turns else 'began'} with {_title(event.phase)}"


def _turned(event: hot_wash.PhaseTurned, before: RoomState, _after: RoomState, _entry: Entry) -> str:
    if before.hot_wash.phase == event.phase:
        return ""  # a moment was put aside
    return f"the hot wash turned to {_title(event.phase)}"


def _ended(_event: hot_wash.WashEnded, before: RoomState, _after: RoomState, _entry: Entry) -> str:
    return f"the hot wash ended, with {wording.counted(len(before.hot_wash.board), 'note')} on its board"


def _taken_down(*_: Any) -> str:
    return "the chair took a note off the board"


def _taken_up(event: hot_wash.MomentTakenUp, *_: Any) -> str:
    return f"the chair took up a moment{': ' + wording.excerpt(event.text) if event.text else ''}"


def _shared(event: sharing.PartShared, *_: Any) -> str:
    title = sharing.PARTS.get(event.part, (event.part,))[0]
    if event.to == sharing.CHAIR:
        return f"the chair kept “{title}” of the debrief for the moderators"
    return f"the chair shared “{title}” of the debrief with {sharing.TO.get(event.to, event.to)}"


TELLERS: Mapping[type, tuple[str, Teller]] = {
    hot_wash.WashBegan: ("room", _began),
    hot_wash.PhaseTurned: ("room", _turned),
    hot_wash.WashEnded: ("room", _ended),
    hot_wash.NoteTakenDown: ("room", _taken_down),
    hot_wash.MomentTakenUp: ("bookmarks", _taken_up),
    sharing.PartShared: ("room", _shared),
}
