"""Decisions by consensus: the absence of any objection (OSCE rules of procedure; rulebook 9).

    called -> (window) -> adopted | objection -> back to text | withdrawn by the chair

The electorate is delegations, one answer each, fixed when the call opens and frozen into the result.
Silence and absence do not block. An objection needs a reason and ends the call at once.
"""

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from rooms.domain import putting, roles, sight, voting
from rooms.domain.calls import MINUTE, Answer, Call, open_call, with_call
from rooms.domain.record import Entry
from rooms.domain.refused import Refused
from rooms.domain.replacing import replace

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

ANSWERS = ("join", "stand_aside", "object")
LONGEST = 60  # minutes


# Events


@dataclass(frozen=True, slots=True)
class ConsensusCalled:
    call: str
    document: str
    title: str
    paragraphs: tuple[tuple[str, str], ...]
    electorate: tuple[str, ...]
    rule: str
    closes_at: int
    subject: str = ""
    ad_referendum: bool = False


@dataclass(frozen=True, slots=True)
class AnswerGiven:
    call: str
    delegation: str
    answer: str
    reason: str


@dataclass(frozen=True, slots=True)
class ConsensusReached:
    call: str
    document: str


@dataclass(frozen=True, slots=True)
class ConsensusBlocked:
    call: str
    document: str
    delegation: str


@dataclass(frozen=True, slots=True)
class CallWithdrawn:
    call: str
    document: str


# Commands


@dataclass(frozen=True, slots=True)
class CallConsensus:
    """The moderator puts the text, or an amendment to it, to all delegations for some minutes. `ad_referendum`: what is
    adopted waits for the capitals."""

    minutes: int = 2
    subject: str = ""
    ad_referendum: bool = False


@dataclass(frozen=True, slots=True)
class AnswerCall:
    """The voice of a delegation joins, stands aside (with a reason) or objects (with a reason). Until the call ends a
    delegation may change its answer."""

    call: str
    answer: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CloseCall:
    """The moderator ends the window of a consensus call, which adopts the text, or of a vote, which decides it."""

    call: str


@dataclass(frozen=True, slots=True)
class WithdrawCall:
    """The moderator takes a call of any kind back; the text is open again."""

    call: str


# Rules


def call_consensus(state: "RoomState", actor: str, command: CallConsensus, at: int) -> list[Any]:
    put = putting.put(state, actor, command.subject)
    putting.window(command.minutes, LONGEST)
    closes_at, rule = at + command.minutes * MINUTE, state.prepared.decision_rule
    called = ConsensusCalled(**asdict(put), rule=rule, closes_at=closes_at)
    return [replace(called, subject=command.subject, ad_referendum=command.ad_referendum)]


def answer_call(state: "RoomState", actor: str, command: AnswerCall, at: int) -> list[Any]:
    roles.delegate(state, actor)
    roles.live(state)
    call = putting.running(state, command.call, "consensus")
    code = putting.answering(state, actor, call, at)
    if command.answer not in ANSWERS:
        raise Refused("unknown_answer", "Answer with join, stand aside or object.", field="answer")
    if command.answer != "join" and not command.reason:
        raise Refused("reason_needed", "Give your reason; it is published with your answer.", field="reason")
    return _answered(state, call, AnswerGiven(call.id, code, command.answer, command.reason))


def _answered(state: "RoomState", call: Call, given: AnswerGiven) -> list[Any]:
    """The answer, and what follows from it: an objection ends the call, the last missing answer adopts."""
    if given.answer == "object":
        blocked = ConsensusBlocked(call.id, call.document, given.delegation)
        return [given, blocked, *putting.following(state, call, "objection")]
    return [given, *(_adopting(state, call) if set(call.silent) <= {given.delegation} else [])]


def _adopting(state: "RoomState", call: Call) -> list[Any]:
    return [ConsensusReached(call.id, call.document), *putting.following(state, call, "adopted")]


def close_call(state: "RoomState", actor: str, command: CloseCall, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.live(state)
    call = putting.running(state, command.call)
    if call.kind == "silence":
        raise Refused("silence_runs", "Silence ends at the hour that was named. Withdraw it, or wait.")
    return voting.closing(state, call) if call.kind == "vote" else _adopting(state, call)


def withdraw_call(state: "RoomState", actor: str, command: WithdrawCall, at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    call = putting.running(state, command.call)
    putting.in_time(state, call, at)
    return [CallWithdrawn(call.id, call.document)]


def due(state: "RoomState", at: int) -> list[Any]:
    """At the very instant of expiry, without an objection, the text is adopted."""
    call = _running(state)
    return _adopting(state, call) if call and call.closes_at <= at else []


def next_deadline(state: "RoomState") -> int | None:
    call = _running(state)
    return call.closes_at if call else None


def _running(state: "RoomState") -> Call | None:
    """The call for consensus whose clock runs now."""
    call = open_call(state)
    return call if call and call.kind == "consensus" and state.room.status == "live" else None


# Fold


def _called(state: "RoomState", event: ConsensusCalled, entry: Entry) -> "RoomState":
    return putting.opened(state, event, entry.at, kind="consensus", rule=event.rule)


def _given(state: "RoomState", event: AnswerGiven, entry: Entry) -> "RoomState":
    call = state.decisions.call(event.call)
    if call is None:
        return state
    return with_call(
        state, call.id, answers={**call.answers, event.delegation: Answer(event.answer, event.reason, entry.at)}
    )


def _reached(state: "RoomState", event: ConsensusReached, entry: Entry) -> "RoomState":
    return putting.ended(state, event.call, "adopted", entry.at)


def _blocked(state: "RoomState", event: ConsensusBlocked, entry: Entry) -> "RoomState":
    return putting.ended(state, event.call, "objection", entry.at)


def _withdrawn(state: "RoomState", event: CallWithdrawn, entry: Entry) -> "RoomState":
    return putting.ended(state, event.call, "withdrawn", entry.at)


EVENTS = {
    "decisions.consensus_called": (ConsensusCalled, sight.everyone, _called),
    "decisions.answer_given": (AnswerGiven, sight.everyone, _given),
    "decisions.consensus_reached": (ConsensusReached, sight.everyone, _reached),
    "decisions.consensus_blocked": (ConsensusBlocked, sight.everyone, _blocked),
    "decisions.call_withdrawn": (CallWithdrawn, sight.everyone, _withdrawn),
}
COMMANDS = {
    "call_consensus": (CallConsensus, call_consensus),
    "answer_call": (AnswerCall, answer_call),
    "close_call": (CloseCall, close_call),
    "withdraw_call": (WithdrawCall, withdraw_call),
}
