"""Presence: who had a connection and has had none for a while. Written by the clock alone, never by people.

How long a while is, and who has a connection, is known outside (`rooms.presence`). Being away changes nobody's rights.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rooms.domain import roles, seats, sight
from rooms.domain.record import CLOCK, Entry

if TYPE_CHECKING:
    from rooms.domain.state import RoomState


@dataclass(frozen=True, slots=True)
class PersonAway:
    person: str


@dataclass(frozen=True, slots=True)
class PersonBack:
    person: str


@dataclass(frozen=True, slots=True)
class NoteAway:
    """Internal: these people have had no connection for as long as a phone may sleep."""

    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoteBack:
    """Internal: these people are connected again."""

    people: tuple[str, ...]


def note_away(state: "RoomState", actor: str, command: NoteAway, _at: int) -> list[Any]:
    roles.open_room(state)
    return [PersonAway(one.id) for one in _of_the_room(state, actor, command.people) if not one.away]


def note_back(state: "RoomState", actor: str, command: NoteBack, _at: int) -> list[Any]:
    roles.open_room(state)
    return [PersonBack(one.id) for one in _of_the_room(state, actor, command.people) if one.away]


def _of_the_room(state: "RoomState", actor: str, people: Iterable[str]) -> list[seats.Person]:
    """Those of them whose presence matters: a screen on the wall is nobody."""
    if actor != CLOCK:
        return []
    found = [state.seats.people[pid] for pid in people if pid in state.seats.people]
    return [one for one in found if not one.removed and one.role != "projector"]


def _away(state: "RoomState", event: PersonAway, _entry: Entry) -> "RoomState":
    return seats.changed(state, event.person, away=True)


def _back(state: "RoomState", event: PersonBack, _entry: Entry) -> "RoomState":
    return seats.changed(state, event.person, away=False)


EVENTS = {
    "seats.person_away": (PersonAway, sight.everyone_and_lobby, _away),
    "seats.person_back": (PersonBack, sight.everyone_and_lobby, _back),
}
COMMANDS: dict[str, tuple[type, Any]] = {}
INTERNAL = {"note_away": (NoteAway, note_away), "note_back": (NoteBack, note_back)}
