"""Votes: with a named threshold, a base and a quorum, by show of hands, by roll call in drawn order, or secret (UN
rules of procedure; rulebook 9). NEACD has none.

    called -> (box closed -> counted, if secret) -> adopted | rejected | vetoed | no quorum | void | withdrawn

Whoever does not vote in time is absent. Abstentions never count as no. How ballots are cast in secret is in `ballots`.
"""

import hashlib
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from rooms.domain import putting, roles, sight
from rooms.domain.calls import METHODS, MINUTE, THRESHOLDS, Answer, Call, open_call, with_call
from rooms.domain.record import Entry
from rooms.domain.refused import Refused
from rooms.domain.replacing import replace

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

VOTES = ("yes", "no", "abstain")
PASS = "pass"  # in a roll call: called again at the end
LONGEST = 60  # minutes
SECRET_AMONG = 3  # delegations: between two, the result would tell each how the other voted


# Events


@dataclass(frozen=True, slots=True)
class VoteCalled:
    call: str
    document: str
    title: str
    paragraphs: tuple[tuple[str, str], ...]
    electorate: tuple[str, ...]
    closes_at: int
    threshold: str
    base: str
    quorum: int
    method: str
    veto: tuple[str, ...]
    order: tuple[str, ...]
    subject: str
    ad_referendum: bool


@dataclass(frozen=True, slots=True)
class VoteCast:
    call: str
    delegation: str
    vote: str
    reason: str


@dataclass(frozen=True, slots=True)
class PassedOver:
    call: str
    delegation: str


@dataclass(frozen=True, slots=True)
class BallotsClosed:
    """Nobody casts a secret ballot any more; the box waits to be counted."""

    call: str


@dataclass(frozen=True, slots=True)
class VoteDecided:
    """`outcome` is adopted, rejected, vetoed, no_quorum or void; the rest are numbers of delegations."""

    call: str
    document: str
    outcome: str
    yes: int
    no: int
    abstain: int
    absent: int


# Commands


@dataclass(frozen=True, slots=True)
class CallVote:
    """The moderator puts the text, or an amendment, to the vote. `threshold`: simple, two_thirds or all; `base`: voting
    (who votes yes or no) or electorate (all who do not abstain); `quorum`: how many delegations must be there;
    `method`: show, roll_call or secret; `veto`: the delegations whose no rejects."""

    minutes: int
    threshold: str
    base: str
    quorum: int
    method: str
    veto: tuple[str, ...] = ()
    subject: str = ""
    ad_referendum: bool = False


@dataclass(frozen=True, slots=True)
class CastVote:
    """The voice of a delegation votes yes or no or abstains; in a roll call when it is called, where it may also pass
    once. By show of hands a vote may be changed until the vote is over."""

    call: str
    vote: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PassOver:
    """The moderator goes on in a roll call when nobody is there to answer for the delegation that is called."""

    call: str


# Rules


def call_vote(state: "RoomState", actor: str, command: CallVote, at: int) -> list[Any]:
    roles.moderator(state, actor)
    if not state.prepared.votes:
        name = state.prepared.format_name
        raise Refused("no_votes", f"The format “{name}” has no votes. Call for consensus, or propose silence.")
    put = putting.put(state, actor, command.subject)
    putting.window(command.minutes, LONGEST)
    _rule_holds(command, put.electorate)
    by_roll = command.method == "roll_call"
    return [
        VoteCalled(
            **asdict(put),
            closes_at=at + command.minutes * MINUTE,
            threshold=command.threshold,
            base=command.base,
            quorum=command.quorum,
            method=command.method,
            veto=tuple(code for code in put.electorate if code in command.veto),
            order=_drawn(state, put.electorate, at) if by_roll else (),
            subject=command.subject,
            ad_referendum=command.ad_referendum,
        )
    ]


def _rule_holds(command: CallVote, electorate: tuple[str, ...]) -> None:
    """Refuses a rule by which nothing could be decided."""
    if command.threshold not in {threshold for threshold, _ in THRESHOLDS}:
        raise Refused("unknown_threshold", "Choose simple, two thirds or all.", field="threshold")
    if command.base not in {base for _, base in THRESHOLDS}:
        raise Refused("unknown_base", "Count those who vote yes or no, or all delegations.", field="base")
    if command.method not in METHODS:
        raise Refused("unknown_method", "Vote by show of hands, by roll call or by secret ballot.", field="method")
    if command.quorum < 1:
        raise Refused("quorum_needed", "Say how many delegations must be there for the vote to count.", field="quorum")
    if command.quorum > len(electorate):
        raise Refused(
            "no_quorum",
            f"{len(electorate)} delegations are here and the quorum is {command.quorum}. Wait for the others.",
            field="quorum",
        )
    absent = next((code for code in command.veto if code not in electorate), "")
    if absent:
        raise Refused("unknown_delegation", f"{absent} is not seated, so it has no veto. Leave it out.", field="veto")
    if command.method == "secret" and command.veto:
        raise Refused("veto_shows", "A veto cannot be secret. Take the veto list out, or vote openly.", field="veto")
    if command.method == "secret" and len(electorate) < SECRET_AMONG:
        raise Refused("too_few", "Among two delegations no ballot is secret. Vote openly.", field="method")


def _drawn(state: "RoomState", electorate: tuple[str, ...], at: int) -> tuple[str, ...]:
    """An order that nobody chose: the same whenever the same call is made at the same instant. Drawn from what all see:
    from the count of events one could tell how many there are that one may not see."""

    def lot(code: str) -> bytes:
        return hashlib.sha256(f"{at} {len(state.decisions.calls)} {code}".encode()).digest()

    return tuple(sorted(electorate, key=lot))


def cast_vote(state: "RoomState", actor: str, command: CastVote, at: int) -> list[Any]:
    roles.delegate(state, actor)
    roles.live(state)
    call = putting.running(state, command.call, "vote")
    if call.method == "secret":
        raise Refused("secret_vote", "This vote is secret. Cast your ballot instead.")
    code = putting.answering(state, actor, call, at)
    by_roll = call.method == "roll_call"
    if command.vote not in VOTES and not (by_roll and command.vote == PASS):
        raise Refused("unknown_vote", "Vote yes or no, or abstain.", field="vote")
    if by_roll and call.called != code:
        raise Refused("not_called", "Your delegation is not called now. Vote when it is.")
    if command.vote == PASS and code in call.answers:
        raise Refused("passed_once", "You have passed once. Vote yes or no, or abstain.", field="vote")
    cast = VoteCast(call.id, code, command.vote, command.reason)
    return [cast, *_last(state, _with_vote(call, cast, at))]


def pass_over(state: "RoomState", actor: str, command: PassOver, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.live(state)
    call = putting.running(state, command.call, "vote")
    if not call.called:
        raise Refused("no_roll_call", "No roll is being called. Close the vote when all have voted.")
    if _can_answer(state, call.called):
        raise Refused("delegation_here", f"{call.called} is here. Wait for its answer, or close the vote.")
    return [PassedOver(call.id, call.called), *_last(state, replace(call, turn=call.turn + 1))]


def _can_answer(state: "RoomState", code: str) -> bool:
    return any(not (one.muted or one.away) for one in state.seats.members(code))


def _last(state: "RoomState", call: Call) -> list[Any]:
    """The result, once nobody is left to vote."""
    over = call.turn >= len(call.order) if call.method == "roll_call" else not call.silent
    return closing(state, call) if over else []


def closing(state: "RoomState", call: Call) -> list[Any]:
    """What follows when nobody votes any more."""
    if call.method == "secret":
        return [BallotsClosed(call.id)]
    votes = [one.kind for one in call.answers.values()]
    yes, no, abstain = (votes.count(one) for one in VOTES)
    voted = {code for code, one in call.answers.items() if one.kind in VOTES}
    there = present(state, call, voted)
    return decided(state, call, outcome_of(call, yes, no, abstain, there), yes, no, abstain)


def present(state: "RoomState", call: Call, voted: set[str]) -> int:
    """How many delegations count for the quorum: who has voted, and who is still there."""
    return sum(code in voted or bool(state.seats.members(code)) for code in call.electorate)


def outcome_of(call: Call, yes: int, no: int, abstain: int, there: int) -> str:
    """What a vote comes to. The base of the electorate leaves out who abstains, so that it never counts as no."""
    if there < call.quorum:
        return "no_quorum"
    base = yes + no if call.base == "voting" else len(call.electorate) - abstain
    passes = {"simple": 2 * yes > base, "two_thirds": 3 * yes >= 2 * base, "all": yes == base}[call.threshold]
    if not yes or not passes:
        return "rejected"
    vetoed = any(call.answers[code].kind == "no" for code in call.veto if code in call.answers)
    return "vetoed" if vetoed else "adopted"


def decided(state: "RoomState", call: Call, outcome: str, yes: int, no: int, abstain: int) -> list[Any]:
    """The result of a vote, and what follows from it."""
    absent = len(call.electorate) - yes - no - abstain
    result = VoteDecided(call.id, call.document, outcome, yes, no, abstain, absent)
    return [result, *putting.following(state, call, outcome)]


def due(state: "RoomState", at: int) -> list[Any]:
    """A vote ends at its hour. A box that is closed already is counted by `ballots`, which is handed the count."""
    call = _running(state)
    return closing(state, call) if call and call.status == "open" and call.closes_at <= at else []


def next_deadline(state: "RoomState") -> int | None:
    call = _running(state)
    return call.closes_at if call else None


def _running(state: "RoomState") -> Call | None:
    """The vote whose clock runs, or whose ballots wait to be counted."""
    call = open_call(state)
    if call is None or call.kind != "vote":
        return None
    return call if state.room.status == "live" or call.status == "counting" else None


# Fold


def _called(state: "RoomState", event: VoteCalled, entry: Entry) -> "RoomState":
    return putting.opened(
        state,
        event,
        entry.at,
        kind="vote",
        rule="vote",
        threshold=event.threshold,
        base=event.base,
        quorum=event.quorum,
        veto=event.veto,
        method=event.method,
        order=event.order,
    )


def _with_vote(call: Call, cast: VoteCast, at: int) -> Call:
    """The call after a vote: in a roll call the next one's turn, and who passed is called again at the end."""
    answers = {**call.answers, cast.delegation: Answer(cast.vote, cast.reason, at)}
    if call.method != "roll_call":
        return replace(call, answers=answers)
    order = (*call.order, cast.delegation) if cast.vote == PASS else call.order
    return replace(call, answers=answers, order=order, turn=call.turn + 1)


def _cast(state: "RoomState", event: VoteCast, entry: Entry) -> "RoomState":
    call = state.decisions.call(event.call)
    if call is None:
        return state
    after = _with_vote(call, event, entry.at)
    return with_call(state, call.id, answers=after.answers, order=after.order, turn=after.turn)


def _passed_over(state: "RoomState", event: PassedOver, _entry: Entry) -> "RoomState":
    call = state.decisions.call(event.call)
    return with_call(state, call.id, turn=call.turn + 1) if call else state


def _box_closed(state: "RoomState", event: BallotsClosed, entry: Entry) -> "RoomState":
    call = state.decisions.call(event.call)
    if call is None:
        return state
    return with_call(state, call.id, status="counting", closes_at=min(call.closes_at, entry.at))


def _decided(state: "RoomState", event: VoteDecided, entry: Entry) -> "RoomState":
    tally = {"yes": event.yes, "no": event.no, "abstain": event.abstain, "absent": event.absent}
    return putting.ended(state, event.call, event.outcome, entry.at, tally=tally)


EVENTS = {
    "decisions.vote_called": (VoteCalled, sight.everyone, _called),
    "decisions.vote_cast": (VoteCast, sight.everyone, _cast),
    "decisions.passed_over": (PassedOver, sight.everyone, _passed_over),
    "decisions.ballots_closed": (BallotsClosed, sight.everyone, _box_closed),
    "decisions.vote_decided": (VoteDecided, sight.everyone, _decided),
}
COMMANDS = {
    "call_vote": (CallVote, call_vote),
    "cast_vote": (CastVote, cast_vote),
    "pass_over": (PassOver, pass_over),
}
