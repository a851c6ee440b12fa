"""Forks: a room that goes on from a moment of another, and the note of it that the other keeps.

The new room's record begins with the old one's entries up to that moment; then it says where it comes from. Whatever
ran stands still at the moment, as in a pause, until the chair lets it go on: also the clock of a silence (see
`silence`), which no pause of the first session stopped.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rooms.domain import forgetting, offices, presence, reinviting, roles, seats, sight
from rooms.domain.calls import open_call
from rooms.domain.record import Entry
from rooms.domain.refused import Refused
from rooms.domain.replacing import replace
from rooms.domain.room import AdmissionSet

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

MOST = 12  # rooms that go on from one room: a class tries a few endings, nobody fills the house


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a room comes from: the title of the other, the instant (ms) from which it goes on, whether with the same
    people; `code` for the moderators alone. `generations`: by participant id, how many links had been given out."""

    title: str
    moment: int
    same_people: bool
    code: str = ""
    generations: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Made:
    """A room that goes on from this one, from an instant (ms) of it."""

    code: str
    title: str
    moment: int
    same_people: bool


@dataclass(frozen=True, slots=True)
class Forks:
    """Where this room comes from, None for one that was opened; and which rooms go on from it, the oldest first."""

    origin: Origin | None = None
    made: tuple[Made, ...] = ()

    def leading_to(self, code: str) -> Made | None:
        return next((one for one in self.made if one.code == code), None)

    @property
    def followed(self) -> Made | None:
        """The last room that goes on with the same people: where whoever sits here goes."""
        return next((one for one in reversed(self.made) if one.same_people), None)


# Events


@dataclass(frozen=True, slots=True)
class RoomForked:
    """This room goes on from an instant of another, with the same people or with others. `origin` is the other's
    title. All before it is that room's record, as far as it was handed on."""

    title: str
    origin: str
    moment: int
    same_people: bool


@dataclass(frozen=True, slots=True)
class OriginNamed:
    """The code of the room that this one goes on from: it is a way in, so it is for the moderators."""

    code: str


@dataclass(frozen=True, slots=True)
class ForkMade:
    """A new room goes on from an instant of this one."""

    code: str
    title: str
    moment: int
    same_people: bool


# Commands


@dataclass(frozen=True, slots=True)
class ForkRoom:
    """Internal: the first command of a room that goes on from a moment, issued over what was handed on. Whoever issues
    it is a moderator of the new room. `removed`, `forgotten`, `stepped_down`: what has become of people in the other
    room since that moment."""

    title: str
    origin: str
    code: str
    moment: int
    same_people: bool
    removed: tuple[str, ...] = ()
    forgotten: tuple[str, ...] = ()
    stepped_down: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoteFork:
    """Internal: a moderator's new room is written down in the record of the room it goes on from, also once that has
    been closed."""

    code: str
    title: str
    moment: int
    same_people: bool


# Rules


def fork_room(state: "RoomState", actor: str, command: ForkRoom, at: int) -> list[Any]:
    may_go_on(state)
    forked = RoomForked(command.title, command.origin, command.moment, command.same_people)
    events: list[Any] = [forked, OriginNamed(command.code)]
    if not command.same_people:
        return [*events, seats.PersonJoined(actor, "moderator", True)]
    standing = _standing(state, command.moment)
    gone = [pid for pid in (*command.removed, *command.forgotten) if pid in state.seats.people and pid != actor]
    # Its channels and caucuses are full, and those whose they are not there yet: nobody new lets themselves in.
    door = [AdmissionSet(False)] if state.room.automatic_admission else []
    return [
        *events,
        *door,
        *_takes_the_chair(standing, actor, {*gone, *command.stepped_down}, at),
        *(event for pid in dict.fromkeys(gone) for event in _leaves(standing, pid, at)),
        *(forgetting.PersonForgotten(pid) for pid in command.forgotten if pid in gone and _known(state, pid)),
        *(presence.PersonAway(one.id) for one in _still_to_come(state, actor, gone)),
    ]


def may_go_on(state: "RoomState") -> None:
    """Whether a room can go on from how this one stands, or `Refused`."""
    if state.room.status == "":
        raise Refused("not_open_yet", "The room was not open yet at that moment. Choose a later one.")
    if state.room.status == "closed":
        raise Refused("closed_then", "The session was closed at that moment. Choose one before its closing.")
    call = open_call(state)
    if call and call.method == "secret":
        raise Refused(
            "ballots_in_the_box",
            "A secret ballot was under way at that moment, and nobody can hand a ballot on. "
            "Choose a moment before the vote was called, or after it was counted.",
        )


def _takes_the_chair(state: "RoomState", actor: str, leaving: set[str], at: int) -> list[Any]:
    """Whoever goes on from here is a moderator of the new room, whatever they were at that moment; who is none any
    more is none there either."""
    person, chair = state.seats.people.get(actor), state.room.chair
    events: list[Any] = []
    if person is None:
        events.append(seats.PersonJoined(actor, "moderator", True))
    else:
        if person.removed:
            events.append(reinviting.PersonReinvited(actor))
        if person.role != "moderator":
            events += offices.leaves_table(state, person, "became a moderator", at)
            events.append(offices.ModeratorAppointed(actor))
    if chair and chair != actor and chair in leaving:
        events.append(offices.ChairHandedOver(actor))
    moderators = [one.id for one in state.seats.inside("moderator")]
    return [*events, *(offices.ModeratorSteppedDown(pid) for pid in moderators if pid in leaving and pid != actor)]


def _leaves(state: "RoomState", pid: str, at: int) -> list[Any]:
    """Somebody who was removed later, or forgotten, is not in the new room either."""
    person = state.seats.people[pid]
    if person.removed:
        return []
    return [*offices.leaves_table(state, person, "removed by the chair", at), seats.PersonRemoved(pid)]


def _known(state: "RoomState", pid: str) -> bool:
    return pid not in state.seats.forgotten


def _still_to_come(state: "RoomState", actor: str, gone: list[str]) -> list[seats.Person]:
    """Those whom the new room waits for: nobody has opened it yet."""
    people = [one for one in state.seats.people.values() if one.id != actor and one.id not in gone]
    return [one for one in people if not (one.removed or one.away or one.role == "projector")]


def note_fork(state: "RoomState", actor: str, command: NoteFork, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    room_for_another(state)
    return [ForkMade(command.code, command.title, command.moment, command.same_people)]


def room_for_another(state: "RoomState") -> None:
    """One more room may go on from this one, or `Refused`."""
    if len(state.forks.made) >= MOST:
        raise Refused(
            "too_many_forks", f"{MOST} rooms go on from this one already. Use one of them, or go on from one of them."
        )


# Fold


def _standing(state: "RoomState", moment: int) -> "RoomState":
    """The state with every clock of the room standing at the moment, if it ran."""
    if state.room.status != "live":
        return state
    return replace(state, room=replace(state.room, status="paused", paused_at=moment, pause_reason=""))


def _forked(state: "RoomState", event: RoomForked, _entry: Entry) -> "RoomState":
    standing = _standing(state, event.moment)
    generations = {one.id: one.generation for one in state.seats.people.values()}
    origin = Origin(event.origin, event.moment, event.same_people, generations=generations)
    room = replace(standing.room, title=event.title)
    return replace(standing, room=room, forks=Forks(origin))  # what went on from the other room is not this one's


def _origin_named(state: "RoomState", event: OriginNamed, _entry: Entry) -> "RoomState":
    origin = state.forks.origin
    return replace(state, forks=replace(state.forks, origin=replace(origin, code=event.code))) if origin else state


def _made(state: "RoomState", event: ForkMade, _entry: Entry) -> "RoomState":
    made = Made(event.code, event.title, event.moment, event.same_people)
    return replace(state, forks=replace(state.forks, made=(*state.forks.made, made)))


def _who_may_follow(event: ForkMade) -> tuple[str, ...]:
    """Those whose seats are in the new room, too; a room for others is the moderators' business."""
    return (sight.ALL, sight.LOBBY) if event.same_people else (sight.MODERATORS,)


EVENTS: dict[str, tuple[type, Any, Any]] = {
    "room.forked": (RoomForked, sight.everyone_and_lobby, _forked),
    "room.origin_named": (OriginNamed, sight.the_chair, _origin_named),
    "forks.made": (ForkMade, _who_may_follow, _made),
}
COMMANDS: dict[str, tuple[type, Any]] = {}
INTERNAL: dict[str, tuple[type, Any]] = {"fork_room": (ForkRoom, fork_room), "note_fork": (NoteFork, note_fork)}
