"""Decisions by consensus: the absence of any objection (OSCE rules of procedure; rulebook 9).

    called -> (window) -> adopted | objection -> back to text | withdrawn by the chair

The electorate is delegations, one answer each, fixed when the call opens and frozen into the result.
Silence and absence do not block. An objection needs a reason and ends the call at once.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from rooms.domain import documents, roles, sight
from rooms.domain.calls import MINUTE, Answer, Call, Decisions, open_call
from rooms.domain.record import Entry
from rooms.domain.refused import Refused
from rooms.domain.seats import head_of

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

ANSWERS = ("join", "stand_aside", "object")


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
    """The head of a delegation joins, stands aside (with a reason) or objects (with a reason). Until the call ends a
    delegation may change its answer."""

    call: str
    answer: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CloseCall:
    """The moderator ends the window: without an objection the text is adopted."""

    call: str


@dataclass(frozen=True, slots=True)
class WithdrawCall:
    """The moderator takes the call back; the text is open again."""

    call: str


# Rules


def call_consensus(state: "RoomState", actor: str, command: CallConsensus, at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.live(state)
    if open_call(state):
        raise Refused("call_open", "A consensus call is open already. Close or withdraw it first.")
    document = documents.open_document(state)
    if document is None or not document.standing:
        raise Refused("no_text", "There is no text to decide on. Let a delegation propose a paragraph first.")
    if not 1 <= command.minutes <= 60:
        raise Refused("minutes_range", "Leave the call open for 1 to 60 minutes.", field="minutes")
    electorate = tuple(one.code for one in state.prepared.delegations if state.seats.members(one.code))
    if not electorate:
        raise Refused("nobody_seated", "No delegation is seated, so nobody can join a consensus.")
    put = tuple((paragraph.id, paragraph.text) for paragraph in document.standing)
    number = f"c{len(state.decisions.calls) + 1}"
    closes_at = at + command.minutes * MINUTE
    rule = state.prepared.decision_rule
    called = ConsensusCalled(number, document.id, document.title, put, electorate, rule, closes_at)
    return [replace(called, subject=command.subject, ad_referendum=command.ad_referendum)]


def _open(state: "RoomState", call_id: str) -> Call:
    call = state.decisions.call(call_id)
    if call is None or call.status != "open":
        raise Refused("call_over", "That consensus call is over. Look at its result.")
    return call


def answer_call(state: "RoomState", actor: str, command: AnswerCall, at: int) -> list[Any]:
    person = roles.delegate(state, actor)
    roles.live(state)
    call = _open(state, command.call)
    if at >= call.closes_at:
        raise Refused("call_over", "The window has closed; answers no longer count.")
    if person.delegation not in call.electorate:
        raise Refused("not_in_electorate", "Your delegation was not seated when the call opened.")
    head = head_of(state, person.delegation)
    if person.seat != head:
        raise Refused("not_head", f"Your delegation answers through {head}. Tell them what you think.")
    if command.answer not in ANSWERS:
        raise Refused("unknown_answer", "Answer with join, stand aside or object.", field="answer")
    if command.answer != "join" and not command.reason:
        raise Refused("reason_needed", "Give your reason; it is published with your answer.", field="reason")
    return _answered(call, AnswerGiven(call.id, person.delegation, command.answer, command.reason))


def _answered(call: Call, given: AnswerGiven) -> list[Any]:
    """The answer, and what follows from it: an objection ends the call, the last missing answer adopts."""
    if given.answer == "object":
        return [given, ConsensusBlocked(call.id, call.document, given.delegation)]
    if set(call.silent) <= {given.delegation}:
        return [given, ConsensusReached(call.id, call.document)]
    return [given]


def close_call(state: "RoomState", actor: str, command: CloseCall, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.live(state)
    call = _open(state, command.call)
    return [ConsensusReached(call.id, call.document)]


def withdraw_call(state: "RoomState", actor: str, command: WithdrawCall, at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    call = _open(state, command.call)
    if state.room.instant(at) >= call.closes_at:
        raise Refused("call_over", "The window has closed without an objection: the text is adopted.")
    return [CallWithdrawn(call.id, call.document)]


def due(state: "RoomState", at: int) -> list[Any]:
    """At the very instant of expiry, without an objection, the text is adopted."""
    call = open_call(state)
    if state.room.status != "live" or call is None or call.closes_at > at:
        return []
    return [ConsensusReached(call.id, call.document)]


def next_deadline(state: "RoomState") -> int | None:
    call = open_call(state)
    return call.closes_at if call and state.room.status == "live" else None


# Fold


def shifted(decisions: Decisions, by_ms: int) -> Decisions:
    """The decisions with an open call's window carried over a pause."""
    calls = tuple(
        replace(call, closes_at=call.closes_at + by_ms) if call.status == "open" else call for call in decisions.calls
    )
    return replace(decisions, calls=calls)


def _change(state: "RoomState", call_id: str, **fields: Any) -> "RoomState":
    calls = tuple(replace(call, **fields) if call.id == call_id else call for call in state.decisions.calls)
    return replace(state, decisions=replace(state.decisions, calls=calls))


def _called(state: "RoomState", event: ConsensusCalled, entry: Entry) -> "RoomState":
    call = Call(
        event.call,
        event.document,
        event.title,
        event.paragraphs,
        event.electorate,
        event.rule,
        entry.at,
        event.closes_at,
        subject=event.subject,
        ad_referendum=event.ad_referendum,
    )
    frozen = documents.with_document(state, event.document, status="under_decision")
    return replace(frozen, decisions=replace(state.decisions, calls=(*state.decisions.calls, call)))


def _given(state: "RoomState", event: AnswerGiven, entry: Entry) -> "RoomState":
    call = state.decisions.call(event.call)
    if call is None:
        return state
    answers = {**call.answers, event.delegation: Answer(event.answer, event.reason, entry.at)}
    return _change(state, event.call, answers=answers)


def _reached(state: "RoomState", event: ConsensusReached, entry: Entry) -> "RoomState":
    adopted = documents.with_document(state, event.document, status="adopted")
    return _change(adopted, event.call, status="adopted", ended_at=entry.at)


def _blocked(state: "RoomState", event: ConsensusBlocked, entry: Entry) -> "RoomState":
    reopened = documents.with_document(state, event.document, status="draft")
    return _change(reopened, event.call, status="objection", ended_at=entry.at)


def _withdrawn(state: "RoomState", event: CallWithdrawn, entry: Entry) -> "RoomState":
    reopened = documents.with_document(state, event.document, status="draft")
    return _change(reopened, event.call, status="withdrawn", ended_at=entry.at)


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
