"""Check yourself: the pack's few questions, answered by each delegate before the session.

The first answer counts. The delegation and the moderator see how it went; nobody else does.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rooms.domain import roles, sight
from rooms.domain.record import Entry
from rooms.domain.refused import Refused
from rooms.domain.replacing import replace

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

Key = tuple[str, int]  # person, question


@dataclass(frozen=True, slots=True)
class Checked:
    """One person's answer to one question, both counted from 0."""

    delegation: str
    answer: int
    right: bool


@dataclass(frozen=True, slots=True)
class Checks:
    answers: Mapping[Key, Checked] = field(default_factory=dict)

    def of_person(self, person: str) -> Mapping[int, Checked]:
        """A person's answers by question."""
        return {question: one for (who, question), one in self.answers.items() if who == person}

    def of_delegation(self, code: str) -> tuple[Checked, ...]:
        return tuple(one for one in self.answers.values() if one.delegation == code)


@dataclass(frozen=True, slots=True)
class QuestionAnswered:
    """`question` counts the pack's questions from 0, `answer` its options."""

    person: str
    delegation: str
    question: int
    answer: int
    right: bool


@dataclass(frozen=True, slots=True)
class AnswerQuestion:
    """A seated delegate answers one of the pack's questions; once."""

    question: int
    answer: int


def answer_question(state: "RoomState", actor: str, command: AnswerQuestion, _at: int) -> list[Any]:
    person = roles.seated(state, actor)
    roles.open_room(state)
    questions = state.prepared.packs.get(person.delegation, {}).get("questions", ())
    if not 0 <= command.question < len(questions):
        raise Refused("unknown_question", "Your pack has no such question. Answer those on the page.", field="question")
    question = questions[command.question]
    if not 0 <= command.answer < len(question["options"]):
        raise Refused("unknown_answer", "Choose one of the answers shown.", field="answer")
    if (actor, command.question) in state.checks.answers:
        raise Refused("already_answered", "You have answered this question. Your first answer counts.")
    right = command.answer == question["answer"]
    return [QuestionAnswered(actor, person.delegation, command.question, command.answer, right)]


def _answered(state: "RoomState", event: QuestionAnswered, _entry: Entry) -> "RoomState":
    checked = Checked(event.delegation, event.answer, event.right)
    return replace(state, checks=Checks({**state.checks.answers, (event.person, event.question): checked}))


def _own_and_chair(event: QuestionAnswered) -> tuple[str, ...]:
    return (sight.delegation(event.delegation), sight.MODERATORS)


EVENTS = {"checks.question_answered": (QuestionAnswered, _own_and_chair, _answered)}
COMMANDS = {"answer_question": (AnswerQuestion, answer_question)}
