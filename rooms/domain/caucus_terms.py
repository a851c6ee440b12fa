"""How a caucus comes about: asked for, countered, accepted, declined, taken back; or convened by the chair."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from itertools import count
from typing import TYPE_CHECKING, Any

from rooms.domain import roles
from rooms.domain.caucuses import (
    MINUTE,
    PROPOSED,
    Caucus,
    CaucusAccepted,
    CaucusBegan,
    CaucusCountered,
    CaucusDeclined,
    CaucusLapsed,
    CaucusProposed,
    CaucusTopicSet,
    checked_minutes,
    delegations_of,
    is_of,
    of_member,
)
from rooms.domain.refused import Refused

if TYPE_CHECKING:
    from rooms.domain.seats import Person
    from rooms.domain.state import RoomState

MOST_ASKED = 6  # proposals of a delegation that one seat has open at once: more would bury who is asked

# Commands


@dataclass(frozen=True, slots=True)
class ProposeCaucus:
    """A delegate asks others aside. `invite`: delegations (all their seats) or single seats; `alone`: of the own
    delegation only this seat goes."""

    invite: tuple[str, ...] = ()
    topic: str = ""
    minutes: int = 10
    alone: bool = False


@dataclass(frozen=True, slots=True)
class CounterCaucus:
    """A delegation that is asked proposes other terms."""

    caucus: str
    minutes: int
    topic: str = ""


@dataclass(frozen=True, slots=True)
class AcceptCaucus:
    """A delegation that is asked agrees; when the last one has answered, the caucus begins. `seen`: the number of the
    terms that they agree to; without it, to those that stand."""

    caucus: str
    seen: int = 0


@dataclass(frozen=True, slots=True)
class DeclineCaucus:
    """A delegation that is asked says no."""

    caucus: str


@dataclass(frozen=True, slots=True)
class BeginCaucus:
    """The delegation whose terms stand begins with those who have accepted, without waiting for the rest."""

    caucus: str


@dataclass(frozen=True, slots=True)
class WithdrawCaucus:
    """The delegation whose terms stand takes its proposal back."""

    caucus: str


@dataclass(frozen=True, slots=True)
class ConveneCaucus:
    """The moderator sends delegations or seats aside, as a working group; it begins at once."""

    invite: tuple[str, ...] = ()
    topic: str = ""
    minutes: int = 10


# Rules


def allowed_now(state: "RoomState") -> bool:
    """Whether a caucus may be asked for: in an informal period, or at any time where the format allows."""
    running = state.agenda.running
    return state.prepared.caucus_any_time or (running is not None and running.kind == "informal")


def _for_caucuses(state: "RoomState") -> None:
    roles.live(state)
    if not allowed_now(state):
        raise Refused(
            "no_caucus_now", "Caucuses meet in informal periods. Wait for the next one, or ask the chair for one."
        )


def _seats_of(state: "RoomState", invite: Iterable[str]) -> list[str]:
    """The seats that are meant by delegations and single seats, in the order of the table."""
    wanted = set(invite)
    seats = [seat for one in state.prepared.delegations for seat in one.seats]
    known = {one.code for one in state.prepared.delegations} | {seat.id for seat in seats}
    stranger = next((name for name in sorted(wanted) if name not in known), None)
    if stranger is not None:
        raise Refused("unknown_delegation", f"There is no {stranger} in this room. Choose from the list.")
    return [seat.id for seat in seats if seat.id in wanted or seat.delegation in wanted]


def _present(state: "RoomState", seats: Iterable[str]) -> None:
    for code in delegations_of(state, seats):
        if not any(person.admitted for seat in seats if is_of(state, seat, code) for person in state.seats.on(seat)):
            raise Refused("nobody_there", f"Nobody sits there for {code}. Ask another seat, or another delegation.")


def _named(state: "RoomState", seats: tuple[str, ...], at: int) -> str:
    """An id that tells nothing to those who learn of the caucus only when it begins: not who asked, nor how often. It
    is so short that, tried out, it fits whoever may have been asked at some instant or other."""
    digests = (sha256("\n".join((str(at), *seats, str(turn))).encode()).hexdigest() for turn in count())
    names = (f"k{digest[: 4 + turn // 8]}" for turn, digest in enumerate(digests))
    return next(name for name in names if name not in state.caucuses.known)


def _refuse_twice(state: "RoomState", seats: tuple[str, ...]) -> None:
    if any(one.is_open and one.seats == seats for one in state.caucuses.known.values()):
        raise Refused("already_asked", "Just these have a caucus, or a proposal for one, already. Look at the list.")


def _not_too_many(state: "RoomState", person: "Person") -> None:
    known = (one for one in state.caucuses.known.values() if person.seat in one.seats)  # of others it learns nothing
    if sum(1 for one in known if one.status == PROPOSED and one.by == person.delegation) >= MOST_ASKED:
        raise Refused("too_many_asked", "Your proposals wait for answers already. Take one back before the next.")


def propose_caucus(state: "RoomState", actor: str, command: ProposeCaucus, at: int) -> list[Any]:
    person = roles.delegate(state, actor)
    _for_caucuses(state)
    minutes = checked_minutes(command.minutes)
    others = [seat for seat in _seats_of(state, command.invite) if not is_of(state, seat, person.delegation)]
    if not others:
        raise Refused("nobody_asked", "Choose at least one other delegation to meet.", field="invite")
    _present(state, others)
    own = (person.seat,) if command.alone else (person.delegation,)
    seats = tuple(_seats_of(state, (*own, *others)))
    _refuse_twice(state, seats)
    _not_too_many(state, person)
    name = _named(state, seats, at)
    return [
        CaucusProposed(name, seats, person.delegation, minutes),
        *_topic(state, name, seats, command.topic),
    ]


def _topic(state: "RoomState", caucus: str, seats: tuple[str, ...], topic: str) -> list[Any]:
    return [CaucusTopicSet(caucus, seats, state.prepared.caucus_readable, topic)] if topic else []


def _asked(state: "RoomState", actor: str, caucus_id: str) -> tuple["Person", Caucus]:
    roles.delegate(state, actor)
    person, caucus = of_member(state, actor, caucus_id)
    _for_caucuses(state)
    if caucus.status != PROPOSED:
        raise Refused("caucus_answered", "That proposal is settled. Look at the list again.")
    return person, caucus


def counter_caucus(state: "RoomState", actor: str, command: CounterCaucus, _at: int) -> list[Any]:
    person, caucus = _asked(state, actor, command.caucus)
    if person.delegation == caucus.by:
        raise Refused("own_terms", "These are your own terms. Take them back, and propose others.")
    minutes = checked_minutes(command.minutes)
    if minutes == caucus.minutes and command.topic in ("", caucus.topic):
        raise Refused("same_terms", "These are the terms as they stand. Accept them, or change the time or the topic.")
    return [
        CaucusCountered(caucus.id, caucus.seats, person.delegation, minutes),
        *_topic(state, caucus.id, caucus.seats, command.topic),
    ]


def accept_caucus(state: "RoomState", actor: str, command: AcceptCaucus, at: int) -> list[Any]:
    person, caucus = _asked(state, actor, command.caucus)
    if person.delegation in caucus.agreed:
        return []
    if command.seen not in (0, caucus.terms):
        raise Refused("changed_meanwhile", "Other terms were proposed a moment ago. Look at them, then press again.")
    accepted = CaucusAccepted(caucus.id, caucus.seats, person.delegation)
    left = [code for code in caucus.unanswered if code != person.delegation]
    return [accepted, *([] if left else _begins(state, caucus, (*caucus.agreed, person.delegation), at))]


def decline_caucus(state: "RoomState", actor: str, command: DeclineCaucus, at: int) -> list[Any]:
    person, caucus = _asked(state, actor, command.caucus)
    if person.delegation == caucus.by:
        raise Refused("own_terms", "These are your own terms. Take them back instead.")
    if person.delegation in caucus.declined:
        return []
    declined = CaucusDeclined(caucus.id, caucus.seats, person.delegation)
    agreed = tuple(code for code in caucus.agreed if code != person.delegation)
    if any(code != person.delegation for code in caucus.unanswered):
        return [declined]
    if len(agreed) < 2:
        return [declined, CaucusLapsed(caucus.id, caucus.seats, "declined")]
    return [declined, *_begins(state, caucus, agreed, at)]


def begin_caucus(state: "RoomState", actor: str, command: BeginCaucus, at: int) -> list[Any]:
    person, caucus = _asked(state, actor, command.caucus)
    if person.delegation != caucus.by:
        raise Refused("not_your_terms", "Only the delegation whose terms stand begins without the others.")
    if len(caucus.agreed) < 2:
        raise Refused("nobody_accepted", "Nobody has accepted yet. Wait, or take the proposal back.")
    return _begins(state, caucus, caucus.agreed, at)


def _begins(state: "RoomState", caucus: Caucus, agreed: Iterable[str], at: int) -> list[Any]:
    sitting = set(agreed)
    seats = tuple(one for one in caucus.seats if (seat := state.prepared.seat(one)) and seat.delegation in sitting)
    others = tuple(one for one in caucus.seats if one not in seats)
    settled = [CaucusLapsed(caucus.id, others, "settled")] if others else []
    announced, readable = state.prepared.caucus_existence == "announced", state.prepared.caucus_readable
    return [*settled, CaucusBegan(caucus.id, seats, announced, readable, at + caucus.minutes * MINUTE)]


def withdraw_caucus(state: "RoomState", actor: str, command: WithdrawCaucus, _at: int) -> list[Any]:
    person, caucus = of_member(state, actor, command.caucus)
    if caucus.status != PROPOSED:
        raise Refused("caucus_answered", "That proposal is settled. Look at the list again.")
    if person.delegation != caucus.by:
        raise Refused("not_your_terms", "Only the delegation whose terms stand takes them back. You can decline.")
    return [CaucusLapsed(caucus.id, caucus.seats, "withdrawn")]


def convene_caucus(state: "RoomState", actor: str, command: ConveneCaucus, at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.live(state)
    minutes = checked_minutes(command.minutes)
    seats = tuple(_seats_of(state, command.invite))
    if len(delegations_of(state, seats)) < 2:
        raise Refused("nobody_asked", "Choose at least two delegations to meet.", field="invite")
    _present(state, seats)
    _refuse_twice(state, seats)
    name = _named(state, seats, at)
    # The chair's own words on what it is about are no secret from the chair.
    topic = [CaucusTopicSet(name, seats, True, command.topic)] if command.topic else []
    caucus = Caucus(name, seats, delegations_of(state, seats), "", minutes, at)
    return [CaucusProposed(name, seats, "", minutes), *topic, *_begins(state, caucus, caucus.delegations, at)]


EVENTS: dict[str, tuple[type, Any, Any]] = {}  # they are what a caucus is: see `caucuses`
COMMANDS = {
    "propose_caucus": (ProposeCaucus, propose_caucus),
    "counter_caucus": (CounterCaucus, counter_caucus),
    "accept_caucus": (AcceptCaucus, accept_caucus),
    "decline_caucus": (DeclineCaucus, decline_caucus),
    "begin_caucus": (BeginCaucus, begin_caucus),
    "withdraw_caucus": (WithdrawCaucus, withdraw_caucus),
    "convene_caucus": (ConveneCaucus, convene_caucus),
}
