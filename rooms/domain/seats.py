"""People and seats: joining, being let in, taking and leaving a seat, being moved or removed.

What else may become of somebody has a module of its own: `offices`, `heads`, `muting`, `reinviting`, `presence`.

Names never appear here: an event knows a participant by id, so that a person can be forgotten.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rooms.domain import roles, sight, speakers
from rooms.domain.record import Entry
from rooms.domain.refused import Refused
from rooms.domain.replacing import replace

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

PEOPLE_ON_A_SEAT = 2  # a classroom may put two students on one seat
ROLES = ("moderator", "delegate", "observer", "projector")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the room. `seat`, its `kind` and `delegation` are "" for who has none; `sat_with` is the delegation
    whose confidences the person has shared, `last_seat` the seat last left, both kept after leaving. `away`: had a
    connection, and has none now. `generation` counts the links that have been given out. `instructs`: the delegation
    whose capital somebody is, "" for all others (see `capitals`)."""

    id: str
    role: str
    seat: str = ""
    delegation: str = ""
    admitted: bool = False
    removed: bool = False
    sat_with: str = ""
    kind: str = ""
    last_seat: str = ""
    muted: bool = False
    away: bool = False
    generation: int = 0
    instructs: str = ""


Found = tuple[Mapping[str, tuple[Person, ...]], Mapping[str, tuple[Person, ...]]]


class _FoundOnce:
    """Room for what was found out about the people of a `Seats`, which is no part of it: a hall of a thousand is not
    gone through again for every panel."""

    __slots__ = ("found",)
    found: Found


@dataclass(frozen=True, slots=True)
class Seats(_FoundOnce):
    """People by participant id, in the order they came; the seats that were named as heads, by delegation; and whose
    name has been forgotten."""

    people: Mapping[str, Person] = field(default_factory=dict)
    heads: Mapping[str, str] = field(default_factory=dict)
    forgotten: tuple[str, ...] = ()

    def on(self, seat_id: str) -> tuple[Person, ...]:
        """Who sits on a seat, let in or not. On no seat ("") sits nobody."""
        return self._found()[0].get(seat_id, ())

    def members(self, code: str) -> tuple[Person, ...]:
        """The admitted members of a delegation. Of no delegation ("") is nobody a member."""
        return self._found()[1].get(code, ())

    def _found(self) -> Found:
        """People by seat, and the admitted ones by delegation."""
        known: Found | None = getattr(self, "found", None)
        if known is not None:
            return known
        here = [one for one in self.people.values() if not one.removed]
        found = (
            _grouped((one.seat, one) for one in here),
            _grouped((one.delegation, one) for one in here if one.admitted),
        )
        object.__setattr__(self, "found", found)
        return found

    def waiting(self) -> tuple[Person, ...]:
        return tuple(one for one in self.people.values() if not one.admitted and not one.removed)

    def inside(self, role: str) -> tuple[Person, ...]:
        """Who has been let in, in a role."""
        return tuple(one for one in self.people.values() if one.role == role and one.admitted and not one.removed)

    def observers(self) -> tuple[Person, ...]:
        return self.inside("observer")

    def may_speak(self, seat_id: str) -> tuple[Person, ...]:
        """Who on a seat can be given the floor: let in, and not muted."""
        return tuple(person for person in self.on(seat_id) if person.admitted and not person.muted)


def _grouped(people: Iterable[tuple[str, Person]]) -> Mapping[str, tuple[Person, ...]]:
    """People by the name they come with, in their order; of no name ("") is nobody."""
    found: dict[str, list[Person]] = {}
    for name, one in people:
        if name:
            found.setdefault(name, []).append(one)
    return {name: tuple(those) for name, those in found.items()}


def head_of(state: "RoomState", code: str) -> str:
    """The seat that answers for a delegation: the one that was named, while somebody is on it; else the first one, in
    the delegation's own order. Who is muted answers for nobody, unless all are."""
    delegation = state.prepared.delegation(code)
    if delegation is None:
        return ""
    members = state.seats.members(code)
    taken = {person.seat for person in members if not person.muted} or {person.seat for person in members}
    named = state.seats.heads.get(code, "")
    return named if named in taken else next((seat.id for seat in delegation.seats if seat.id in taken), "")


# Events


@dataclass(frozen=True, slots=True)
class PersonJoined:
    """`admitted` is true where nobody has to let them in."""

    person: str
    role: str
    admitted: bool


@dataclass(frozen=True, slots=True)
class SeatTaken:
    person: str
    seat: str
    delegation: str


@dataclass(frozen=True, slots=True)
class SeatLeft:
    """`waits`: the person is outside again and needs the chair to be let in."""

    person: str
    seat: str
    delegation: str
    reason: str
    waits: bool


@dataclass(frozen=True, slots=True)
class PersonAdmitted:
    person: str


@dataclass(frozen=True, slots=True)
class PersonRemoved:
    person: str


# Commands


@dataclass(frozen=True, slots=True)
class JoinRoom:
    """Internal: a new participant comes in, in a role that the door has checked."""

    role: str
    seat: str = ""


@dataclass(frozen=True, slots=True)
class TakeSeat:
    """A delegate without a seat takes one; two may share."""

    seat: str


@dataclass(frozen=True, slots=True)
class LeaveSeat:
    """A delegate leaves the table (a walkout, or simply going home). The chair can seat them again."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class AdmitPerson:
    """The moderator lets one waiting person in."""

    person: str


@dataclass(frozen=True, slots=True)
class AdmitAll:
    """The moderator lets everybody in who waits."""


@dataclass(frozen=True, slots=True)
class MovePerson:
    """The moderator puts somebody on another seat; who still waits is thereby let in."""

    person: str
    seat: str


@dataclass(frozen=True, slots=True)
class RemovePerson:
    """The moderator removes somebody; their link opens nothing from then on."""

    person: str


# Rules


def join_room(state: "RoomState", actor: str, command: JoinRoom, _at: int) -> list[Any]:
    roles.open_room(state)
    if command.role not in ROLES:
        raise Refused("unknown_role", "Join as a delegate or as an observer.")
    if actor in state.seats.people:
        raise Refused("already_joined", "You are already in this room.")
    if command.seat and command.role != "delegate":
        raise Refused("not_delegate", "Only delegates take seats. Join as a delegate to do so.")
    trusted = command.role in ("moderator", "projector")
    events: list[Any] = [PersonJoined(actor, command.role, trusted or state.room.automatic_admission)]
    if command.seat:
        events.append(SeatTaken(actor, command.seat, free_seat(state, command.seat)))
    return events


def free_seat(state: "RoomState", seat_id: str) -> str:
    """The delegation of a seat that can still be taken."""
    seat = state.prepared.seat(seat_id)
    if seat is None:
        raise Refused("unknown_seat", "There is no such seat in this room. Choose one from the list.")
    if len(state.seats.on(seat_id)) >= PEOPLE_ON_A_SEAT:
        raise Refused("seat_full", f"Two people already share {seat_id}. Choose another seat.", seat=seat_id)
    return seat.delegation


def take_seat(state: "RoomState", actor: str, command: TakeSeat, _at: int) -> list[Any]:
    roles.open_room(state)
    person = state.seats.people.get(actor)
    if person is None or person.removed or person.role != "delegate":
        raise Refused("not_delegate", "Only delegates take seats. Join as a delegate to do so.")
    if person.seat and person.admitted:
        raise Refused("seated", "You already have a seat. Ask the moderator to move you.")
    if person.seat == command.seat:
        return []
    delegation = free_seat(state, command.seat)
    # Whoever has heard one delegation's confidences enters another only by the chair's hand.
    stranger = person.sat_with not in ("", delegation)
    if stranger and person.admitted:
        raise Refused("chair_seats", f"You have sat with {person.sat_with}. Ask the moderator to give you that seat.")
    events = [*left(person, "changed seat", waits=True), SeatTaken(actor, command.seat, delegation)]
    if state.room.automatic_admission and not person.admitted and not stranger:
        events.append(PersonAdmitted(actor))
    return events


def left(person: Person, reason: str, *, waits: bool) -> list[Any]:
    """What becomes of somebody's seat when they leave it; nothing if they have none."""
    return [SeatLeft(person.id, person.seat, person.delegation, reason, waits)] if person.seat else []


def leave_seat(state: "RoomState", actor: str, command: LeaveSeat, at: int) -> list[Any]:
    roles.open_room(state)
    person = roles.seated(state, actor)
    return [*speakers.leaves_floor(state, person.id, at), *left(person, command.reason, waits=True)]


def admit_person(state: "RoomState", actor: str, command: AdmitPerson, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    person = known(state, command.person)
    return [] if person.admitted else [PersonAdmitted(person.id)]


def admit_all(state: "RoomState", actor: str, _command: AdmitAll, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    return [PersonAdmitted(person.id) for person in state.seats.waiting()]


def known(state: "RoomState", person_id: str) -> Person:
    """Somebody who is in the room, let in or not."""
    person = state.seats.people.get(person_id)
    if person is None or person.removed:
        raise Refused("unknown_person", "That person is no longer in the room.")
    return person


def move_person(state: "RoomState", actor: str, command: MovePerson, at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    person = known(state, command.person)
    if person.role != "delegate":
        raise Refused("not_delegate", "Only delegates have seats.")
    let_in = [] if person.admitted else [PersonAdmitted(person.id)]
    if person.seat == command.seat:
        return let_in
    taken = SeatTaken(person.id, command.seat, free_seat(state, command.seat))
    return [
        *speakers.leaves_floor(state, person.id, at),
        *left(person, "moved by the chair", waits=False),
        taken,
        *let_in,
    ]


def remove_person(state: "RoomState", actor: str, command: RemovePerson, at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    person = known(state, command.person)
    if person.role == "moderator":
        raise Refused("is_moderator", "A moderator cannot be removed. Let them step down first.")
    return [
        *speakers.leaves_floor(state, person.id, at),
        *left(person, "removed by the chair", waits=True),
        PersonRemoved(person.id),
    ]


# Fold


def with_person(state: "RoomState", person: Person) -> "RoomState":
    return replace(state, seats=replace(state.seats, people={**state.seats.people, person.id: person}))


def changed(state: "RoomState", person: str, **fields: Any) -> "RoomState":
    """The state with something else about one person."""
    return with_person(state, replace(state.seats.people[person], **fields))


def _joined(state: "RoomState", event: PersonJoined, _entry: Entry) -> "RoomState":
    if event.role == "moderator" and not state.room.chair:  # who opens the room presides
        state = replace(state, room=replace(state.room, chair=event.person))
    return with_person(state, Person(event.person, event.role, admitted=event.admitted))


def _taken(state: "RoomState", event: SeatTaken, _entry: Entry) -> "RoomState":
    person = state.seats.people[event.person]
    sat_with = event.delegation if person.admitted else person.sat_with
    seat = state.prepared.seat(event.seat)
    placed = replace(person, seat=event.seat, delegation=event.delegation, sat_with=sat_with)
    return with_person(state, replace(placed, kind=seat.kind if seat else ""))


def _seat_left(state: "RoomState", event: SeatLeft, _entry: Entry) -> "RoomState":
    person = state.seats.people[event.person]
    gone = replace(person, seat="", kind="", delegation="", last_seat=event.seat)
    return with_person(state, replace(gone, admitted=person.admitted and not event.waits))


def _admitted(state: "RoomState", event: PersonAdmitted, _entry: Entry) -> "RoomState":
    person = state.seats.people[event.person]
    return with_person(state, replace(person, admitted=True, sat_with=person.delegation or person.sat_with))


def _removed(state: "RoomState", event: PersonRemoved, _entry: Entry) -> "RoomState":
    return changed(state, event.person, removed=True, admitted=False)


EVENTS = {
    "seats.person_joined": (PersonJoined, sight.everyone_and_lobby, _joined),
    "seats.seat_taken": (SeatTaken, sight.everyone_and_lobby, _taken),
    "seats.seat_left": (SeatLeft, sight.everyone_and_lobby, _seat_left),
    "seats.person_admitted": (PersonAdmitted, sight.everyone_and_lobby, _admitted),
    "seats.person_removed": (PersonRemoved, sight.everyone_and_lobby, _removed),
}
COMMANDS = {
    "take_seat": (TakeSeat, take_seat),
    "leave_seat": (LeaveSeat, leave_seat),
    "admit_person": (AdmitPerson, admit_person),
    "admit_all": (AdmitAll, admit_all),
    "move_person": (MovePerson, move_person),
    "remove_person": (RemovePerson, remove_person),
}
INTERNAL = {"join_room": (JoinRoom, join_room)}
