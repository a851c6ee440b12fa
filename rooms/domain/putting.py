"""What every call for a decision begins and ends with: what is put to whom, who may answer, what follows from it.

Used by `decisions` (consensus), `silence`, `voting` and `ballots`; it holds no events of its own.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rooms.domain import amendments, documents, roles, texts, voices
from rooms.domain.calls import Call, instant_of, open_call, with_call
from rooms.domain.documents import Document
from rooms.domain.refused import Refused
from rooms.domain.replacing import replace

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

# How a call ended without its amendment being carried; after any other ending it is still on the table.
LOST = ("objection", "broken", "rejected", "vetoed")


@dataclass(frozen=True, slots=True)
class Put:
    """What is put, as every call's first event says it: the new call's id, the document, the text as it stands, the
    delegations that have an answer."""

    call: str
    document: str
    title: str
    paragraphs: tuple[tuple[str, str], ...]
    electorate: tuple[str, ...]


def put(state: "RoomState", actor: str, subject: str) -> Put:
    """What the moderator puts to the delegations that are seated now: the text on the table, or an amendment to it."""
    roles.moderator(state, actor)
    roles.live(state)
    if open_call(state):
        raise Refused("call_open", "A decision is open already. Close or withdraw it first.", panel="decision")
    document = documents.open_document(state)
    if document is None:
        raise Refused("no_text", "There is no text to decide on. Let a delegation propose a paragraph first.")
    paragraphs = _of_amendment(state, document, subject) if subject else _of_text(state, document)
    electorate = tuple(one.code for one in state.prepared.delegations if state.seats.members(one.code))
    if not electorate:
        raise Refused("nobody_seated", "No delegation is seated, so nobody can answer. Let delegations take seats.")
    return Put(f"c{len(state.decisions.calls) + 1}", document.id, document.title, paragraphs, electorate)


def _of_text(state: "RoomState", document: Document) -> tuple[tuple[str, str], ...]:
    refusal = texts.not_ready(state, document)
    if refusal:
        raise refusal
    return tuple((paragraph.id, paragraph.text) for paragraph in document.standing)


def _of_amendment(state: "RoomState", document: Document, subject: str) -> tuple[tuple[str, str], ...]:
    amendment = amendments.may_be_put(state, document, subject)
    return ((amendment.paragraph or amendment.id, amendment.text),)


def window(minutes: int, most: int) -> None:
    """Refuses a length that no call can have."""
    if not 1 <= minutes <= most:
        raise Refused("minutes_range", f"Leave the call open for 1 to {most:,} minutes.", field="minutes")


def running(state: "RoomState", call_id: str, *kinds: str) -> Call:
    """A call that waits for answers, of one of these kinds (none named: of any)."""
    call = state.decisions.call(call_id)
    if call is None or call.status != "open":
        raise Refused("call_over", "That decision is over. Look at its result.", panel="decision")
    if kinds and call.kind not in kinds:
        raise Refused("other_call", OTHER[call.kind], panel="decision")
    return call


OTHER = {
    "consensus": "This is a call for consensus. Join it, stand aside or object.",
    "silence": "The text is under silence. Object in writing, or let the time run out.",
    "vote": "This is a vote. Vote yes or no, or abstain.",
}


def in_time(state: "RoomState", call: Call, at: int) -> None:
    """From the instant at which the window closes nothing counts any more, even before the clock has said so."""
    if instant_of(state, call, at) >= call.closes_at:
        raise Refused("call_over", "The window has closed; answers no longer count.", panel="decision")


def answering(state: "RoomState", actor: str, call: Call, at: int) -> str:
    """The delegation for which somebody answers this call now."""
    in_time(state, call, at)
    person = roles.delegate(state, actor)
    if person.delegation not in call.electorate:
        raise Refused("not_in_electorate", "Your delegation was not seated when the call opened. It has no answer.")
    return voices.with_voice(state, actor).delegation


# What follows


def following(state: "RoomState", call: Call, status: str) -> list[Any]:
    """What becomes of the amendment that was put, once its call has ended so."""
    document = state.texts.document(call.document)
    amendment = document.amendment(call.subject) if document and call.subject else None
    if document is None or amendment is None or amendment.status != "tabled":
        return []
    if status == "adopted":
        return amendments.adopted(state, document, amendment.id)
    return amendments.rejected(state, document, amendment.id) if status in LOST else []


def opened(
    state: "RoomState", event: Any, at: int, *, kind: str, rule: str, frozen: str = "under_decision", **fields: Any
) -> "RoomState":
    """The state after the event by which a call was made: the call is open and its text frozen. `fields`: what only
    this kind of call has."""
    call = Call(
        event.call,
        event.document,
        event.title,
        event.paragraphs,
        event.electorate,
        rule,
        at,
        event.closes_at,
        kind=kind,
        subject=event.subject,
        ad_referendum=event.ad_referendum,
        **fields,
    )
    text = documents.with_document(state, event.document, status=frozen)
    return replace(text, decisions=replace(state.decisions, calls=(*state.decisions.calls, call)))


def ended(state: "RoomState", call_id: str, status: str, at: int, **fields: Any) -> "RoomState":
    """The state after a call: the text is adopted, or open again."""
    call = state.decisions.call(call_id)
    if call is None:
        return state
    adopted = status == "adopted" and not call.subject
    text = documents.with_document(state, call.document, status="adopted" if adopted else "draft")
    return with_call(text, call_id, status=status, ended_at=at, **fields)
