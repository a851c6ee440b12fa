"""Inviting somebody anew: every link, cookie and connection given out before is dead at once, a new link is made.

The record only counts the links (`Person.generation`); the link itself is made by `access`, and never stored.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rooms.domain import roles, seats, sight
from rooms.domain.record import Entry
from rooms.domain.refused import Refused

if TYPE_CHECKING:
    from rooms.domain.state import RoomState


@dataclass(frozen=True, slots=True)
class PersonReinvited:
    """Whoever had been removed is back in the room; who still waits goes on waiting."""

    person: str


@dataclass(frozen=True, slots=True)
class ReinvitePerson:
    """Internal: the moderator has a new link made for somebody, also for somebody who was removed. Issued by the page
    that shows the link."""

    person: str


def reinvite_person(state: "RoomState", actor: str, command: ReinvitePerson, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    person = state.seats.people.get(command.person)
    if person is None:
        raise Refused("unknown_person", "Nobody by that name has been in this room. Let them join with the code.")
    if person.id in state.seats.forgotten:
        raise Refused("forgotten", "That person's name has been forgotten, and the seat with it. Let them join anew.")
    return [PersonReinvited(person.id), *_seat_again(state, person)]


def _seat_again(state: "RoomState", person: seats.Person) -> list[Any]:
    """The seat that a removed delegate had, if there is room on it."""
    if not person.removed or person.role != "delegate" or not person.last_seat:
        return []
    try:
        return [seats.SeatTaken(person.id, person.last_seat, seats.free_seat(state, person.last_seat))]
    except Refused:
        return []  # others share it by now: the chair gives them another


def _reinvited(state: "RoomState", event: PersonReinvited, _entry: Entry) -> "RoomState":
    person = state.seats.people[event.person]
    inside = person.admitted or person.removed
    return seats.changed(state, person.id, generation=person.generation + 1, removed=False, admitted=inside)


EVENTS = {"seats.person_reinvited": (PersonReinvited, sight.everyone_and_lobby, _reinvited)}
COMMANDS: dict[str, tuple[type, Any]] = {}
INTERNAL = {"reinvite_person": (ReinvitePerson, reinvite_person)}
