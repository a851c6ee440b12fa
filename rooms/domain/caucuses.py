"""Caucuses: delegations ask each other aside, agree on terms, meet, and come back.

    proposed -> (countered ->) in session -> closed          proposed -> declined | withdrawn

Membership is by seat. Whose terms stand has agreed to them; every other delegation asked accepts, declines or counters.
Only members know the topic and what is said. Whether others learn that a caucus meets, and whether the chair may read
it, are two rules of the room, frozen into each caucus when it begins. Here is what a caucus is and how it changes;
`caucus_terms` says how one comes about, `caucus_sittings` what happens in it.

The id of a caucus is made from what its members know alone, so that it counts nothing that others do.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rooms.domain import roles, sight
from rooms.domain.channels import Message
from rooms.domain.record import Entry
from rooms.domain.refused import Refused
from rooms.domain.replacing import replace

if TYPE_CHECKING:
    from rooms.domain.seats import Person
    from rooms.domain.state import RoomState

MINUTE = 60_000
MINUTES = (1, 120)  # how long a caucus may last, or be extended
PROPOSED, IN_SESSION, CLOSED, LAPSED = "proposed", "in_session", "closed", "lapsed"


@dataclass(frozen=True, slots=True)
class Report:
    """A line that the members may take back to the plenary once all their delegations agree to it. `number` counts the
    drafts, so that nobody agrees to words that they have not seen."""

    text: str
    by: str
    agreed: tuple[str, ...]
    number: int = 1


@dataclass(frozen=True, slots=True)
class Caucus:
    """`seats`: everybody asked, or who sits; `delegations`: theirs; `by`: whose terms stand ("" the chair's);
    `agreed`, `declined` and `left`: delegations. `terms` counts the terms proposed, so that nobody accepts others than
    they have seen. `topic`, `messages` and `report` are "" or empty for who may not read them."""

    id: str
    seats: tuple[str, ...]
    delegations: tuple[str, ...]
    by: str
    minutes: int
    asked_at: int
    status: str = PROPOSED
    topic: str = ""
    agreed: tuple[str, ...] = ()
    declined: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    terms: int = 1
    announced: bool = True
    chair_reads: bool = False
    began_at: int | None = None
    ends_at: int | None = None
    ended_at: int | None = None
    time_up: bool = False
    how: str = ""
    messages: tuple[Message, ...] = ()
    said: int = 0
    report: Report | None = None
    reported: bool = False

    @property
    def is_open(self) -> bool:
        return self.status in (PROPOSED, IN_SESSION)

    @property
    def unanswered(self) -> tuple[str, ...]:
        """The delegations asked that have said neither yes nor no to the terms as they stand."""
        return tuple(code for code in self.delegations if code not in self.agreed and code not in self.declined)


@dataclass(frozen=True, slots=True)
class Caucuses:
    """Caucuses by id, in the order in which this fold heard of them."""

    known: Mapping[str, Caucus] = field(default_factory=dict)

    def sitting(self) -> tuple[Caucus, ...]:
        return tuple(one for one in self.known.values() if one.status == IN_SESSION)


# Events. Every one carries the seats it is for.


@dataclass(frozen=True, slots=True)
class CaucusProposed:
    """`delegation`: who asks, "" for the chair."""

    caucus: str
    seats: tuple[str, ...]
    delegation: str
    minutes: int


@dataclass(frozen=True, slots=True)
class CaucusTopicSet:
    caucus: str
    seats: tuple[str, ...]
    chair_reads: bool
    topic: str


@dataclass(frozen=True, slots=True)
class CaucusCountered:
    """The terms of `delegation` stand from now on; everybody else is asked again."""

    caucus: str
    seats: tuple[str, ...]
    delegation: str
    minutes: int


@dataclass(frozen=True, slots=True)
class CaucusAccepted:
    caucus: str
    seats: tuple[str, ...]
    delegation: str


@dataclass(frozen=True, slots=True)
class CaucusDeclined:
    caucus: str
    seats: tuple[str, ...]
    delegation: str


@dataclass(frozen=True, slots=True)
class CaucusLapsed:
    """It never met. `how`: declined, withdrawn, or time: the period for caucuses is over. Or settled, for the seats of
    those who had not accepted when the others began: what they were asked no longer stands."""

    caucus: str
    seats: tuple[str, ...]
    how: str


@dataclass(frozen=True, slots=True)
class CaucusBegan:
    """`seats`: those who sit. Told to everybody where the room announces its caucuses."""

    caucus: str
    seats: tuple[str, ...]
    announced: bool
    chair_reads: bool
    ends_at: int


@dataclass(frozen=True, slots=True)
class CaucusExtended:
    caucus: str
    seats: tuple[str, ...]
    announced: bool
    minutes: int
    ends_at: int


@dataclass(frozen=True, slots=True)
class CaucusTimeUp:
    caucus: str
    seats: tuple[str, ...]
    announced: bool


@dataclass(frozen=True, slots=True)
class CaucusLeft:
    """A delegation left; the others go on."""

    caucus: str
    seats: tuple[str, ...]
    announced: bool
    delegation: str


@dataclass(frozen=True, slots=True)
class CaucusClosed:
    """`how`: left, called back, time (the period for caucuses is over), session closed."""

    caucus: str
    seats: tuple[str, ...]
    announced: bool
    how: str


# What the rules of caucuses share


def checked_minutes(minutes: int) -> int:
    if not MINUTES[0] <= minutes <= MINUTES[1]:
        raise Refused("minutes_range", "A caucus lasts 1 to 120 minutes.", field="minutes")
    return minutes


def delegations_of(state: "RoomState", seats: Iterable[str]) -> tuple[str, ...]:
    """The delegations of these seats, in the order of the table."""
    codes = {seat.delegation for seat in map(state.prepared.seat, seats) if seat}
    return tuple(one.code for one in state.prepared.delegations if one.code in codes)


def is_of(state: "RoomState", seat_id: str, code: str) -> bool:
    seat = state.prepared.seat(seat_id)
    return seat is not None and seat.delegation == code


def of_member(state: "RoomState", actor: str, caucus_id: str) -> tuple["Person", Caucus]:
    """Who acts, and the caucus that their seat belongs to. To everybody else there is no such caucus."""
    person = roles.seated(state, actor)
    roles.open_room(state)
    caucus = state.caucuses.known.get(caucus_id)
    if caucus is None or person.seat not in caucus.seats:
        raise Refused("unknown_caucus", "There is no such caucus. Look at the list again.")
    return person, caucus


def sits(caucus: Caucus) -> None:
    if caucus.status != IN_SESSION:
        raise Refused("caucus_over", "That caucus is not in session. Propose another one.")


# Fold


def shifted(caucuses: Caucuses, by_ms: int) -> Caucuses:
    """The caucuses with the clocks of those in session carried over a pause."""
    moved = {
        one.id: replace(one, began_at=one.began_at + by_ms, ends_at=one.ends_at + by_ms)
        for one in caucuses.sitting()
        if one.began_at is not None and one.ends_at is not None
    }
    return Caucuses({**caucuses.known, **moved}) if moved else caucuses


def changed(state: "RoomState", caucus: Caucus) -> "RoomState":
    return replace(state, caucuses=Caucuses({**state.caucuses.known, caucus.id: caucus}))


def change(state: "RoomState", caucus_id: str, **fields: Any) -> "RoomState":
    caucus = state.caucuses.known.get(caucus_id)
    return changed(state, replace(caucus, **fields)) if caucus else state


def _proposed(state: "RoomState", event: CaucusProposed, entry: Entry) -> "RoomState":
    delegations = delegations_of(state, event.seats)
    agreed = (event.delegation,) if event.delegation else ()
    caucus = Caucus(event.caucus, event.seats, delegations, event.delegation, event.minutes, entry.at, agreed=agreed)
    return changed(state, caucus)


def _topic_set(state: "RoomState", event: CaucusTopicSet, _entry: Entry) -> "RoomState":
    return change(state, event.caucus, topic=event.topic)


def _countered(state: "RoomState", event: CaucusCountered, _entry: Entry) -> "RoomState":
    caucus, by = state.caucuses.known.get(event.caucus), event.delegation
    if caucus is None:
        return state
    countered = replace(caucus, by=by, minutes=event.minutes, agreed=(by,), declined=(), terms=caucus.terms + 1)
    return changed(state, countered)


def _accepted(state: "RoomState", event: CaucusAccepted, _entry: Entry) -> "RoomState":
    caucus = state.caucuses.known.get(event.caucus)
    if caucus is None:
        return state
    declined = tuple(code for code in caucus.declined if code != event.delegation)
    return changed(state, replace(caucus, agreed=(*caucus.agreed, event.delegation), declined=declined))


def _declined(state: "RoomState", event: CaucusDeclined, _entry: Entry) -> "RoomState":
    caucus = state.caucuses.known.get(event.caucus)
    if caucus is None:
        return state
    agreed = tuple(code for code in caucus.agreed if code != event.delegation)
    return changed(state, replace(caucus, declined=(*caucus.declined, event.delegation), agreed=agreed))


def _lapsed(state: "RoomState", event: CaucusLapsed, entry: Entry) -> "RoomState":
    return change(state, event.caucus, status=LAPSED, how=event.how, ended_at=entry.at)


def _began(state: "RoomState", event: CaucusBegan, entry: Entry) -> "RoomState":
    delegations = delegations_of(state, event.seats)
    asked = state.caucuses.known.get(event.caucus) or Caucus(event.caucus, event.seats, delegations, "", 0, entry.at)
    began = replace(
        asked,
        seats=event.seats,
        delegations=delegations,
        status=IN_SESSION,
        announced=event.announced,
        chair_reads=event.chair_reads,
        began_at=entry.at,
        ends_at=event.ends_at,
        ended_at=None,
        how="",
    )
    return changed(state, began)


def _extended(state: "RoomState", event: CaucusExtended, _entry: Entry) -> "RoomState":
    return change(state, event.caucus, ends_at=event.ends_at, time_up=False)


def _time_up(state: "RoomState", event: CaucusTimeUp, _entry: Entry) -> "RoomState":
    return change(state, event.caucus, time_up=True)


def _left(state: "RoomState", event: CaucusLeft, _entry: Entry) -> "RoomState":
    caucus = state.caucuses.known.get(event.caucus)
    if caucus is None:
        return state
    seats = tuple(one for one in caucus.seats if not is_of(state, one, event.delegation))
    left = (*caucus.left, event.delegation)
    return changed(state, replace(caucus, seats=seats, delegations=delegations_of(state, seats), left=left))


def _closed(state: "RoomState", event: CaucusClosed, entry: Entry) -> "RoomState":
    return change(state, event.caucus, status=CLOSED, how=event.how, ended_at=state.room.instant(entry.at))


def members(event: Any) -> tuple[str, ...]:
    """The seats it is about, and the chair: that it exists, who is in it, how long it lasts."""
    return (*map(sight.seat, event.seats), sight.MODERATORS)


def readers(event: Any) -> tuple[str, ...]:
    """The seats it is about; the chair only where the room lets the chair read."""
    return (*map(sight.seat, event.seats), *((sight.MODERATORS,) if event.chair_reads else ()))


def _announced(event: Any) -> tuple[str, ...]:
    return (sight.ALL,) if event.announced else members(event)


EVENTS = {
    "caucuses.proposed": (CaucusProposed, members, _proposed),
    "caucuses.topic_set": (CaucusTopicSet, readers, _topic_set),
    "caucuses.countered": (CaucusCountered, members, _countered),
    "caucuses.accepted": (CaucusAccepted, members, _accepted),
    "caucuses.declined": (CaucusDeclined, members, _declined),
    "caucuses.lapsed": (CaucusLapsed, members, _lapsed),
    "caucuses.began": (CaucusBegan, _announced, _began),
    "caucuses.extended": (CaucusExtended, _announced, _extended),
    "caucuses.time_up": (CaucusTimeUp, _announced, _time_up),
    "caucuses.left": (CaucusLeft, _announced, _left),
    "caucuses.closed": (CaucusClosed, _announced, _closed),
}
COMMANDS: dict[str, tuple[type, Any]] = {}  # see `caucus_terms` and `caucus_sittings`
