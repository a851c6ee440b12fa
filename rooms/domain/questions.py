"""Questions put to a delegation: `put -> reply asked for -> replied | let go`. A question is known by the id of the
speech in which it was put, and lapses with its item.

What is asked and answered is said from the floor; this module only knows what is still waiting for an answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rooms.domain import sight
from rooms.domain.podium import Kept, Speech
from rooms.domain.record import Entry
from rooms.domain.refused import Refused
from rooms.domain.replacing import replace

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

CHAIR, ITEM_ENDED = "chair", "item ended"  # by whom a question is let go, other than by the delegation asked


@dataclass(frozen=True, slots=True)
class Question:
    """`statement` is "" for a question put by word of mouth, `request` the name on the list that is to reply."""

    id: str
    statement: str
    delegation: str
    to: str
    at: int
    request: str = ""


@dataclass(frozen=True, slots=True)
class Questions:
    """What waits for a reply, oldest first; and the last one replied to, with the speech that did it, in case the
    floor goes back to that speech."""

    pending: tuple[Question, ...] = ()
    last: Question | None = None
    last_reply: str = ""

    def question(self, question_id: str) -> Question | None:
        return next((one for one in self.pending if one.id == question_id), None)

    def put_to(self, code: str) -> tuple[Question, ...]:
        return tuple(one for one in self.pending if one.to == code)

    def answered_by(self, speech: Speech) -> Question | None:
        """The question that a speech replies to: the one it was asked for, else for any reply the oldest one put to
        that delegation."""
        tied = next((one for one in self.pending if one.request == speech.id), None)
        if tied is None and speech.kind == "reply":
            return next(iter(self.put_to(speech.delegation)), None)
        return tied


# Events


@dataclass(frozen=True, slots=True)
class QuestionPut:
    """`question` is the speech in which `delegation` asked `to`."""

    question: str
    statement: str
    delegation: str
    to: str


@dataclass(frozen=True, slots=True)
class ReplyTied:
    """The name on the list that is to reply to a question."""

    question: str
    request: str


@dataclass(frozen=True, slots=True)
class QuestionReplied:
    """`delegation` replied in `speech`, to the question of `to`; `statement` is "" for a reply by word of mouth."""

    question: str
    speech: str
    statement: str
    delegation: str
    to: str


@dataclass(frozen=True, slots=True)
class QuestionDropped:
    """`by`: the delegation that was asked, "chair", or "item ended"."""

    question: str
    by: str


# What rules of other modules ask for


def pending(state: "RoomState", question_id: str) -> Question:
    question = state.questions.question(question_id)
    if question is None:
        raise Refused("not_pending", "That question waits for no reply any more. Look at the list again.")
    return question


def put(state: "RoomState", speech: Speech, statement: str, to: str) -> list[Any]:
    """The event that a speech put its question to a delegation; none if it was put to nobody by name."""
    if not to:
        return []
    if speech.kind != "question":
        raise Refused("not_a_question", "Only a question is put to a delegation. Leave that empty.", field="to")
    if state.prepared.delegation(to) is None or to == speech.delegation:
        raise Refused(
            "unknown_delegation", "Choose another delegation of this room to put your question to.", field="to"
        )
    return [QuestionPut(speech.id, statement, speech.delegation, to)]


def replied(state: "RoomState", speech: Speech, statement: str = "") -> list[Any]:
    """The event that a speech was a reply; none if it answered no question."""
    question = state.questions.answered_by(speech)
    if question is None:
        return []
    return [QuestionReplied(question.id, speech.id, statement, speech.delegation, question.delegation)]


def lapsed(state: "RoomState") -> list[Any]:
    """What becomes of open questions when their item ends."""
    return [QuestionDropped(question.id, ITEM_ENDED) for question in state.questions.pending]


# Fold


def _put(state: "RoomState", event: QuestionPut, entry: Entry) -> "RoomState":
    question = Question(event.question, event.statement, event.delegation, event.to, entry.at)
    asked = replace(state, questions=replace(state.questions, pending=(*state.questions.pending, question)))
    return _linked(asked, event.question, event.statement, "to", event.to)


def _tied(state: "RoomState", event: ReplyTied, _entry: Entry) -> "RoomState":
    pending = tuple(
        replace(one, request=event.request) if one.id == event.question else one for one in state.questions.pending
    )
    return replace(state, questions=replace(state.questions, pending=pending))


def _replied(state: "RoomState", event: QuestionReplied, _entry: Entry) -> "RoomState":
    question = state.questions.question(event.question)
    left = tuple(one for one in state.questions.pending if one.id != event.question)
    answered = replace(state, questions=Questions(left, question, event.speech))
    return _linked(answered, event.speech, event.statement, "reply_to", event.to)


def _dropped(state: "RoomState", event: QuestionDropped, _entry: Entry) -> "RoomState":
    left = tuple(one for one in state.questions.pending if one.id != event.question)
    return replace(state, questions=replace(state.questions, pending=left))


def _linked(state: "RoomState", speech: str, statement: str, link: str, code: str) -> "RoomState":
    """What was said, in writing or not, with the delegation to whose words it is linked."""
    floor, change = state.floor, {link: code}
    if statement:
        written = tuple(_with(one, change) if one.id == statement else one for one in floor.transcript)
        return replace(state, floor=replace(floor, transcript=written))
    spoken = tuple(_with(one, change) if one.id == speech else one for one in floor.spoken)
    return replace(state, floor=replace(floor, spoken=spoken))


def _with(one: Kept, change: Mapping[str, Any]) -> Kept:
    return replace(one, **change)


def reopened(state: "RoomState", speech: str) -> "RoomState":
    """The question that a speech had answered waits again: the floor went back to that speech."""
    questions = state.questions
    if questions.last is None or questions.last_reply != speech:
        return state
    return replace(state, questions=Questions((questions.last, *questions.pending)))


EVENTS = {
    "floor.question_put": (QuestionPut, sight.on_the_floor("question"), _put),
    "floor.reply_tied": (ReplyTied, sight.on_the_floor("question"), _tied),
    "floor.question_replied": (QuestionReplied, sight.on_the_floor("question"), _replied),
    "floor.question_dropped": (QuestionDropped, sight.on_the_floor("question"), _dropped),
}
COMMANDS: dict[str, tuple[type, Any]] = {}
