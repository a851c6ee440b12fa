"""Who is spoken to may reply: to a question put to the delegation, or by right of reply to what was said of it.

    question: put -> reply asked for -> replied | let go        right of reply: asked -> called | withdrawn

A right of reply waits on a short list of its own, which is taken after the speakers' list; one a seat and item, unless
the chair allows more.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rooms.domain import floor, ground_rules, questions, roles, seats, sight, speakers
from rooms.domain.podium import RIGHT_OF_REPLY, Request
from rooms.domain.record import Entry
from rooms.domain.refused import Refused
from rooms.domain.replacing import replace

if TYPE_CHECKING:
    from rooms.domain.questions import Question
    from rooms.domain.seats import Person
    from rooms.domain.state import RoomState

# Events


@dataclass(frozen=True, slots=True)
class RightOfReplyAsked:
    """`about`: the delegation to whose words the reply is."""

    request: str
    person: str
    seat: str
    delegation: str
    about: str


@dataclass(frozen=True, slots=True)
class MoreRepliesSet:
    """Whether a seat has its right of reply more than once an item."""

    on: bool


# Commands


@dataclass(frozen=True, slots=True)
class ReplyToQuestion:
    """A delegate asks for the floor to reply to a question that was put to the delegation, also while the list is
    closed."""

    question: str


@dataclass(frozen=True, slots=True)
class CallToReply:
    """The moderator ends the running speech, if any, and gives the floor to whoever asked to reply to a question, else
    to the head of the delegation it was put to. `seen`: the id of the speech that ran when the chair pressed, "" for
    none."""

    question: str
    seen: str = ""


@dataclass(frozen=True, slots=True)
class DropQuestion:
    """The delegation that was asked, or the moderator, lets a question go without a reply."""

    question: str


@dataclass(frozen=True, slots=True)
class AskRightOfReply:
    """A delegate asks to reply to what `about`, another delegation, says or has said in this item."""

    about: str


@dataclass(frozen=True, slots=True)
class AllowMoreReplies:
    """The moderator allows a seat more than one right of reply an item, or no longer."""

    on: bool


# Rules: replies to questions


def _asked(state: "RoomState", person: "Person", question_id: str) -> "Question":
    question = questions.pending(state, question_id)
    if question.to != person.delegation:
        raise Refused("not_asked", f"That question was put to {question.to}. Only they reply to it, or let it go.")
    return question


def _has_no_floor(state: "RoomState", person: "Person") -> None:
    if state.floor.speech and state.floor.speech.seat == person.seat:
        raise Refused("has_floor", "You have the floor already. Say it now.")


def reply_to_question(state: "RoomState", actor: str, command: ReplyToQuestion, _at: int) -> list[Any]:
    person = roles.delegate(state, actor)
    roles.live(state)
    speakers.may_speak(state, person.seat)
    question = _asked(state, person, command.question)
    _has_no_floor(state, person)
    tied = _tied(state, question)
    if tied:
        raise Refused("already_listed", f"{tied.seat} is on the list to reply to that question.")
    if state.floor.request_from_seat(person.seat):
        raise Refused("already_listed", "Your seat is on the list already. Take that name off it first, then reply.")
    request = floor.new_request_id(state)
    asked = speakers.FloorRequested(request, person.id, person.seat, person.delegation, "reply")
    return [asked, questions.ReplyTied(question.id, request)]


def _tied(state: "RoomState", question: "Question") -> Request | None:
    """The name on the list that is to reply to a question, if it still stands there."""
    return next((one for one in state.floor.queue if one.id == question.request), None)


def call_to_reply(state: "RoomState", actor: str, command: CallToReply, at: int) -> list[Any]:
    roles.moderator(state, actor)
    floor.moves(state, command.seen)
    question = questions.pending(state, command.question)
    tied = _tied(state, question)
    seat = tied.seat if tied else seats.head_of(state, question.to)
    speech = state.floor.speech
    if speech and speech.seat == seat:
        raise Refused("has_floor", f"{seat} has the floor already. Ask them to reply now.")
    given = floor.given_directly(state, seat, "reply", at)
    ties = [] if tied else [questions.ReplyTied(question.id, given.request)]
    return [*floor.end_now(state, floor.BY_CHAIR, at), *ties, given]


def drop_question(state: "RoomState", actor: str, command: DropQuestion, _at: int) -> list[Any]:
    code = roles.author(state, actor)
    roles.open_room(state)
    if not code:
        return [questions.QuestionDropped(questions.pending(state, command.question).id, questions.CHAIR)]
    person = roles.delegate(state, actor)
    floor.admits(state, person)
    return [questions.QuestionDropped(_asked(state, person, command.question).id, code)]


# Rules: rights of reply


def heard_here(state: "RoomState") -> frozenset[str]:
    """The delegations that have spoken in this item, under the rule in force now."""
    return state.floor.heard_in(floor.item_of(state), ground_rules.rule_in_force(state))


def has_replied(state: "RoomState", seat: str) -> bool:
    """Whether a seat has used its right of reply in this item, and has it once only."""
    return not state.floor.more_replies and (floor.item_of(state), seat) in state.floor.replied


def ask_right_of_reply(state: "RoomState", actor: str, command: AskRightOfReply, _at: int) -> list[Any]:
    person = roles.delegate(state, actor)
    roles.live(state)
    speakers.may_speak(state, person.seat)
    if command.about == person.delegation or command.about not in heard_here(state):
        raise Refused(
            "nothing_said",
            "A right of reply answers what another delegation says in this item. Choose one that has spoken.",
            field="about",
        )
    _has_no_floor(state, person)
    if state.floor.reply_from_seat(person.seat):
        raise Refused(
            "already_listed", "Your right of reply is on its list already; it comes after the speakers' list."
        )
    if has_replied(state, person.seat):
        raise Refused(
            "replied_already", "Your seat has had its right of reply in this item. Ask for the floor instead."
        )
    request = floor.new_request_id(state)
    return [RightOfReplyAsked(request, person.id, person.seat, person.delegation, command.about)]


def allow_more_replies(state: "RoomState", actor: str, command: AllowMoreReplies, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    return [] if command.on == state.floor.more_replies else [MoreRepliesSet(command.on)]


# Fold


def _right_asked(state: "RoomState", event: RightOfReplyAsked, entry: Entry) -> "RoomState":
    request = Request(
        event.request, event.person, event.seat, event.delegation, RIGHT_OF_REPLY, entry.at, about=event.about
    )
    now = state.floor.with_one_more(event.request)
    return replace(state, floor=replace(now, replies=(*now.replies, request)))


def _more_set(state: "RoomState", event: MoreRepliesSet, _entry: Entry) -> "RoomState":
    return floor.changed(state, more_replies=event.on)


EVENTS = {
    "floor.right_of_reply_asked": (RightOfReplyAsked, sight.on_the_floor("request"), _right_asked),
    "floor.more_replies_set": (MoreRepliesSet, sight.everyone, _more_set),
}
COMMANDS = {
    "reply_to_question": (ReplyToQuestion, reply_to_question),
    "call_to_reply": (CallToReply, call_to_reply),
    "drop_question": (DropQuestion, drop_question),
    "ask_right_of_reply": (AskRightOfReply, ask_right_of_reply),
    "allow_more_replies": (AllowMoreReplies, allow_more_replies),
}
