"""Muting: a delegate who loses the word until the chair gives it back. Reading stays, and so do notes to the chair.

What a muted person may not do is kept in `roles.delegate`, once for all matters.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rooms.domain import floor, roles, seats, sight, speakers
from rooms.domain.record import Entry
from rooms.domain.refused import Refused
from rooms.domain.replacing import replace

if TYPE_CHECKING:
    from rooms.domain.state import RoomState


@dataclass(frozen=True, slots=True)
class PersonMuted:
    person: str


@dataclass(frozen=True, slots=True)
class PersonUnmuted:
    person: str


@dataclass(frozen=True, slots=True)
class MutePerson:
    """The moderator takes the word from a delegate: floor and place on the list are lost, all may see it."""

    person: str


@dataclass(frozen=True, slots=True)
class UnmutePerson:
    """The moderator gives a muted delegate the word back."""

    person: str


def mute_person(state: "RoomState", actor: str, command: MutePerson, at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    person = seats.known(state, command.person)
    if person.role != "delegate":
        raise Refused("not_delegate", "Only delegates speak here, so only a delegate can be muted.")
    if person.muted:
        return []
    return [*_taken_from(state, person.id, at), PersonMuted(person.id)]


def _taken_from(state: "RoomState", person: str, at: int) -> list[Any]:
    """What the person gives up on the floor, as something that the chair did."""
    given_up = []
    for event in speakers.leaves_floor(state, person, at):
        if isinstance(event, floor.SpeechEnded):
            event = replace(event, how="ended by the chair")
        elif isinstance(event, speakers.RequestWithdrawn):
            event = replace(event, by_chair=True)
        given_up.append(event)
    return given_up


def unmute_person(state: "RoomState", actor: str, command: UnmutePerson, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    person = seats.known(state, command.person)
    return [PersonUnmuted(person.id)] if person.muted else []


def _muted(state: "RoomState", event: PersonMuted, _entry: Entry) -> "RoomState":
    return seats.changed(state, event.person, muted=True)


def _unmuted(state: "RoomState", event: PersonUnmuted, _entry: Entry) -> "RoomState":
    return seats.changed(state, event.person, muted=False)


EVENTS = {
    "seats.person_muted": (PersonMuted, sight.everyone_and_lobby, _muted),
    "seats.person_unmuted": (PersonUnmuted, sight.everyone_and_lobby, _unmuted),
}
COMMANDS = {
    "mute_person": (MutePerson, mute_person),
    "unmute_person": (UnmutePerson, unmute_person),
}
