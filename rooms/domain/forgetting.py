"""Somebody is forgotten: from then on nobody in the room has that name, and no link opens that seat.

The record knew people by id only, so nothing in it changes and its chain holds; the name itself is taken out of the
table of participants where this event is written down (see `log`).
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rooms.domain import roles, seats, sight
from rooms.domain.record import CLOCK, Entry
from rooms.domain.refused import Refused
from rooms.domain.replacing import replace

if TYPE_CHECKING:
    from rooms.domain.state import RoomState


@dataclass(frozen=True, slots=True)
class PersonForgotten:
    person: str


@dataclass(frozen=True, slots=True)
class ForgetPerson:
    """Internal: a moderator has somebody's name forgotten, or somebody their own: once the session is closed, or after
    the person has left it. Issued by the page that lists the names."""

    person: str


@dataclass(frozen=True, slots=True)
class ForgetNames:
    """Internal: the clock has all names of a closed room forgotten that still are known; how long they are kept is
    known outside (`rooms.retention`)."""


# Rules


def forget_person(state: "RoomState", actor: str, command: ForgetPerson, _at: int) -> list[Any]:
    person = state.seats.people.get(command.person)
    asked_by = state.seats.people.get(actor)
    if asked_by is None or actor != command.person:
        roles.moderator(state, actor)
    if person is None:
        raise Refused("unknown_person", "Nobody by that name has been in this room. Choose somebody from the list.")
    if person.id in state.seats.forgotten:
        return []
    if state.room.status != "closed" and (person.role == "moderator" or (person.admitted and not person.removed)):
        raise Refused(
            "still_here",
            "Whoever is in the room needs a name there. Wait until the session is closed, or remove them first.",
        )
    return [PersonForgotten(person.id)]


def forget_names(state: "RoomState", actor: str, _command: ForgetNames, _at: int) -> list[Any]:
    if actor != CLOCK or state.room.status != "closed":
        return []
    return [PersonForgotten(pid) for pid in state.seats.people if pid not in state.seats.forgotten]


# Fold


def _forgotten(state: "RoomState", event: PersonForgotten, _entry: Entry) -> "RoomState":
    person = state.seats.people[event.person]
    changed = seats.changed(state, person.id, generation=person.generation + 1)
    return replace(changed, seats=replace(changed.seats, forgotten=(*changed.seats.forgotten, person.id)))


EVENTS = {"seats.person_forgotten": (PersonForgotten, sight.everyone_and_lobby, _forgotten)}
COMMANDS: dict[str, tuple[type, Any]] = {}
INTERNAL = {"forget_person": (ForgetPerson, forget_person), "forget_names": (ForgetNames, forget_names)}
