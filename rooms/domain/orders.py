"""Points of order, in the formats that have them: any delegation, at any time, stops the floor to say that the rules
are not kept. The chair rules at once; a delegation may appeal; the ruling is put to an immediate vote, which a majority
of those voting overturns (UN rules of procedure; OSCE and NEACD have no such vote). It is no place for substance.

    raised -> ruled -> (appealed -> decided) -> the floor goes on

Whatever becomes of those who raised it, spoke or vote: the chair can always rule, close the vote, let the floor go on.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rooms.domain import floor, points, roles, seats, sight, speeches
from rooms.domain.points import APPEALED, DECIDED, RAISED, RULED, Orders, Point
from rooms.domain.record import Entry
from rooms.domain.refused import Refused
from rooms.domain.replacing import replace

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

# Events


@dataclass(frozen=True, slots=True)
class PointRaised:
    """`speech` is the one it interrupts, "" for none; `text` says what is out of order, "" if that is only said."""

    point: str
    person: str
    seat: str
    delegation: str
    speech: str
    text: str


@dataclass(frozen=True, slots=True)
class PointRuled:
    """`upheld`: the chair agrees with the point."""

    point: str
    upheld: bool
    words: str


@dataclass(frozen=True, slots=True)
class RulingAppealed:
    """`electorate`: the delegations that have a vote, fixed from here on."""

    point: str
    delegation: str
    electorate: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RulingVoted:
    point: str
    delegation: str
    overturn: bool


@dataclass(frozen=True, slots=True)
class AppealDecided:
    """Who voted how, and what came of it; the rest of the electorate did not vote."""

    point: str
    overturned: bool
    overturning: tuple[str, ...]
    upholding: tuple[str, ...]
    electorate: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PointSettled:
    """The floor goes on."""

    point: str


# Commands


@dataclass(frozen=True, slots=True)
class RaisePoint:
    """A delegate raises a point of order; the running speech is interrupted. `text`: what is out of order, optional."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class RuleOnPoint:
    """The moderator rules on the point: upheld or not, with the reason if there is one to give."""

    point: str
    upheld: bool
    words: str = ""


@dataclass(frozen=True, slots=True)
class AppealRuling:
    """A delegate appeals against the ruling, once; the vote on it begins."""

    point: str


@dataclass(frozen=True, slots=True)
class VoteOnRuling:
    """The head of a delegation votes for it: to overturn the ruling, or to let it stand."""

    point: str
    overturn: bool


@dataclass(frozen=True, slots=True)
class CloseAppeal:
    """The moderator ends the vote before all have voted."""

    point: str


@dataclass(frozen=True, slots=True)
class GoOn:
    """The moderator lets the floor go on after the ruling, and with it the speech that the point interrupted."""

    point: str


# Rules


def _open(state: "RoomState", point_id: str, *statuses: str) -> Point:
    """The point before the chair, if it is this one and has come so far."""
    point = state.orders.open
    if point is None or point.id != point_id:
        raise Refused("no_point", "That point of order is settled. Look at the floor again.")
    if point.status not in statuses:
        raise Refused("point_not_there", NOT_THERE[point.status])
    return point


# What is refused for a point in each state, with what is to be done instead.
NOT_THERE = {
    RAISED: "The chair has not ruled on the point of order yet. Wait for the ruling.",
    RULED: "The chair has ruled on this point of order. Appeal against the ruling, or let the floor go on.",
    APPEALED: "The ruling is put to the vote now. Vote on it, or close the vote.",
    DECIDED: "The vote on the ruling is over. Let the floor go on.",
}


def raise_point(state: "RoomState", actor: str, command: RaisePoint, _at: int) -> list[Any]:
    person = roles.delegate(state, actor)
    roles.live(state)
    if not state.prepared.points_of_order:
        name = state.prepared.format_name
        raise Refused(
            "no_points_of_order", f"The format “{name}” has no points of order. Send the chair a note instead."
        )
    floor.admits(state, person)
    if state.orders.open:
        raise Refused("point_waits", "A point of order is before the chair already. Wait until it is settled.")
    stopped = speeches.interrupted(state, "a point of order")
    speech = stopped[0].speech if stopped else ""
    number = floor.new_request_id(state)
    return [*stopped, PointRaised(number, person.id, person.seat, person.delegation, speech, command.text)]


def rule_on_point(state: "RoomState", actor: str, command: RuleOnPoint, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.live(state)
    point = _open(state, command.point, RAISED)
    return [PointRuled(point.id, command.upheld, command.words)]


def appeal_ruling(state: "RoomState", actor: str, command: AppealRuling, _at: int) -> list[Any]:
    person = roles.delegate(state, actor)
    roles.live(state)
    floor.admits(state, person)
    point = _open(state, command.point, RULED)
    electorate = tuple(one.code for one in state.prepared.delegations if seats.head_of(state, one.code))
    return [RulingAppealed(point.id, person.delegation, electorate)]


def vote_on_ruling(state: "RoomState", actor: str, command: VoteOnRuling, _at: int) -> list[Any]:
    person = roles.delegate(state, actor)
    roles.live(state)
    floor.admits(state, person)
    point = _open(state, command.point, APPEALED)
    if person.delegation not in point.electorate:
        raise Refused("no_vote", "Your delegation was not here when the vote began, so it has no vote in it.")
    head = seats.head_of(state, person.delegation)
    if person.seat != head:
        raise Refused("not_head", f"{head} votes for your delegation. Tell them what you think.")
    if person.delegation in point.votes:
        raise Refused("voted", "Your delegation has voted. Its first vote counts.")
    vote = RulingVoted(point.id, person.delegation, command.overturn)
    votes = {**point.votes, person.delegation: command.overturn}
    return [vote, *(_result(replace(point, votes=votes)) if len(votes) == len(point.electorate) else [])]


def _result(point: Point) -> list[Any]:
    """A majority of those voting overturns the ruling; in a tie it stands."""
    overturned = len(point.overturning) > len(point.upholding)
    return [AppealDecided(point.id, overturned, point.overturning, point.upholding, point.electorate)]


def close_appeal(state: "RoomState", actor: str, command: CloseAppeal, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.live(state)
    return _result(_open(state, command.point, APPEALED))


def go_on(state: "RoomState", actor: str, command: GoOn, at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.live(state)
    point = _open(state, command.point, RULED, DECIDED)
    speech = state.floor.speech
    interrupted = point.speech and speech and speech.id == point.speech
    return [PointSettled(point.id), *(speeches.resumed(state, at) if interrupted else [])]


# Fold


def _raised(state: "RoomState", event: PointRaised, entry: Entry) -> "RoomState":
    point = Point(event.point, event.person, event.seat, event.delegation, event.text, entry.at, event.speech)
    return replace(state, floor=state.floor.with_one_more(event.point), orders=Orders(point))


def _ruled(state: "RoomState", event: PointRuled, _entry: Entry) -> "RoomState":
    return points.changed(state, status=RULED, stands=event.upheld, words=event.words)


def _appealed(state: "RoomState", event: RulingAppealed, _entry: Entry) -> "RoomState":
    return points.changed(state, status=APPEALED, appeal_by=event.delegation, electorate=event.electorate)


def _voted(state: "RoomState", event: RulingVoted, _entry: Entry) -> "RoomState":
    point = state.orders.open
    votes = {**(point.votes if point else {}), event.delegation: event.overturn}
    return points.changed(state, votes=votes)


def _decided(state: "RoomState", event: AppealDecided, _entry: Entry) -> "RoomState":
    point = state.orders.open
    stands = point.stands if point else None
    stands = not stands if event.overturned else stands
    return points.changed(state, status=DECIDED, overturned=event.overturned, stands=stands)


EVENTS = {
    "floor.point_raised": (PointRaised, sight.on_the_floor("point"), _raised),
    "floor.point_ruled": (PointRuled, sight.on_the_floor("point"), _ruled),
    "floor.ruling_appealed": (RulingAppealed, sight.on_the_floor("point"), _appealed),
    "floor.ruling_voted": (RulingVoted, sight.on_the_floor("point"), _voted),
    "floor.appeal_decided": (AppealDecided, sight.on_the_floor("point"), _decided),
    "floor.point_settled": (PointSettled, sight.on_the_floor("point"), points.closed),
}
COMMANDS = {
    "raise_point": (RaisePoint, raise_point),
    "rule_on_point": (RuleOnPoint, rule_on_point),
    "appeal_ruling": (AppealRuling, appeal_ruling),
    "vote_on_ruling": (VoteOnRuling, vote_on_ruling),
    "close_appeal": (CloseAppeal, close_appeal),
    "go_on": (GoOn, go_on),
}
