"""Offices that people hold in a room: moderators, the one of them who presides, and the rapporteur.

Who takes an office leaves floor and seat first: nobody speaks for a delegation and for the chair at once.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rooms.domain import roles, seats, sight, speakers
from rooms.domain.record import Entry
from rooms.domain.refused import Refused
from rooms.domain.replacing import replace

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

# Events


@dataclass(frozen=True, slots=True)
class ModeratorAppointed:
    person: str


@dataclass(frozen=True, slots=True)
class ModeratorSteppedDown:
    person: str


@dataclass(frozen=True, slots=True)
class ChairHandedOver:
    """`person` presides from now on."""

    person: str


@dataclass(frozen=True, slots=True)
class RapporteurAppointed:
    person: str


@dataclass(frozen=True, slots=True)
class RapporteurReleased:
    """`role`: what the person is again, a delegate without a seat or an observer."""

    person: str
    role: str


# Commands


@dataclass(frozen=True, slots=True)
class AppointModerator:
    """A moderator makes somebody a co-moderator, who may do all that a moderator may. A delegate leaves floor and seat
    first; who waits is let in."""

    person: str


@dataclass(frozen=True, slots=True)
class StepDown:
    """A co-moderator becomes an observer: oneself (`person` ""), or by the one who presides. Never the last one."""

    person: str = ""


@dataclass(frozen=True, slots=True)
class HandOverChair:
    """A moderator lets another moderator, or oneself, preside."""

    person: str


@dataclass(frozen=True, slots=True)
class AppointRapporteur:
    """A moderator makes somebody rapporteur, who sees what observers see and keeps the record of what is spoken."""

    person: str


@dataclass(frozen=True, slots=True)
class ReleaseRapporteur:
    """A moderator ends a rapporteur's office. Who sat at the table before can be given a seat again."""

    person: str


# Rules


def appoint_moderator(state: "RoomState", actor: str, command: AppointModerator, at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    person = _somebody(state, command.person)
    if person.role == "moderator":
        return []
    return [*leaves_table(state, person, "became a moderator", at), ModeratorAppointed(person.id)]


def _somebody(state: "RoomState", person_id: str) -> seats.Person:
    """A person who can hold an office; a screen cannot."""
    person = seats.known(state, person_id)
    if person.role == "projector":
        raise Refused("is_screen", "That is a screen on the wall. Choose a person.")
    return person


def leaves_table(state: "RoomState", person: seats.Person, reason: str, at: int) -> list[Any]:
    """What becomes of floor and seat of somebody who takes an office."""
    return [*speakers.leaves_floor(state, person.id, at), *seats.left(person, reason, waits=False)]


def step_down(state: "RoomState", actor: str, command: StepDown, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    person = _moderator(state, command.person or actor)
    if person.id != actor and actor != state.room.chair:
        raise Refused("not_presiding", "Only who presides relieves another moderator. Ask them, or step down yourself.")
    if len(state.seats.inside("moderator")) == 1:
        raise Refused("last_moderator", "A room needs a moderator. Make somebody else a co-moderator first.")
    if person.id == state.room.chair:
        raise Refused("presides", "Who presides cannot step down. Hand the chair over first.")
    return [ModeratorSteppedDown(person.id)]


def _moderator(state: "RoomState", person_id: str) -> seats.Person:
    person = seats.known(state, person_id)
    if person.role != "moderator":
        raise Refused("not_co_moderator", "That person is not a moderator. Make them a co-moderator first.")
    return person


def hand_over_chair(state: "RoomState", actor: str, command: HandOverChair, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    person = _moderator(state, command.person)
    return [] if person.id == state.room.chair else [ChairHandedOver(person.id)]


def appoint_rapporteur(state: "RoomState", actor: str, command: AppointRapporteur, at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    person = _somebody(state, command.person)
    if person.role == "moderator":
        raise Refused("is_moderator", "A moderator keeps the record already. Choose somebody else.")
    if person.role == "rapporteur":
        return []
    return [*leaves_table(state, person, "became the rapporteur", at), RapporteurAppointed(person.id)]


def release_rapporteur(state: "RoomState", actor: str, command: ReleaseRapporteur, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    person = seats.known(state, command.person)
    if person.role != "rapporteur":
        raise Refused("not_rapporteur", "That person is not a rapporteur. Look at the list of people again.")
    return [RapporteurReleased(person.id, "delegate" if person.sat_with else "observer")]


# Fold


def _in_office(state: "RoomState", person: str, role: str) -> "RoomState":
    return seats.changed(state, person, role=role, admitted=True, muted=False, instructs="")


def _moderator_appointed(state: "RoomState", event: ModeratorAppointed, _entry: Entry) -> "RoomState":
    return _in_office(state, event.person, "moderator")


def _stepped_down(state: "RoomState", event: ModeratorSteppedDown, _entry: Entry) -> "RoomState":
    return seats.changed(state, event.person, role="observer")


def _handed_over(state: "RoomState", event: ChairHandedOver, _entry: Entry) -> "RoomState":
    return replace(state, room=replace(state.room, chair=event.person))


def _rapporteur_appointed(state: "RoomState", event: RapporteurAppointed, _entry: Entry) -> "RoomState":
    return _in_office(state, event.person, "rapporteur")


def _rapporteur_released(state: "RoomState", event: RapporteurReleased, _entry: Entry) -> "RoomState":
    return seats.changed(state, event.person, role=event.role)


EVENTS = {
    "seats.moderator_appointed": (ModeratorAppointed, sight.everyone_and_lobby, _moderator_appointed),
    "seats.moderator_stepped_down": (ModeratorSteppedDown, sight.everyone_and_lobby, _stepped_down),
    "seats.chair_handed_over": (ChairHandedOver, sight.everyone_and_lobby, _handed_over),
    "seats.rapporteur_appointed": (RapporteurAppointed, sight.everyone_and_lobby, _rapporteur_appointed),
    "seats.rapporteur_released": (RapporteurReleased, sight.everyone_and_lobby, _rapporteur_released),
}
COMMANDS = {
    "appoint_moderator": (AppointModerator, appoint_moderator),
    "step_down": (StepDown, step_down),
    "hand_over_chair": (HandOverChair, hand_over_chair),
    "appoint_rapporteur": (AppointRapporteur, appoint_rapporteur),
    "release_rapporteur": (ReleaseRapporteur, release_rapporteur),
}
