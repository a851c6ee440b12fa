"""Check yourself: the first answer counts, and stays between the delegation and the chair."""

import pytest

from rooms.domain.checks import AnswerQuestion, Checked, QuestionAnswered
from rooms.domain.sight import OBSERVERS, THE_MODERATORS, members_of

from .play import CHINA, JAPAN, JAPAN_MOD, M1, OUTSIDERS, cast_joined, cast_live


def test_a_delegate_answers_and_learns_whether_it_was_right() -> None:
    session = cast_joined()
    session.when(JAPAN, AnswerQuestion(0, 1)).then(QuestionAnswered(JAPAN, "JPN", 0, 1, right=True))
    session.when(JAPAN, AnswerQuestion(1, 1)).then(QuestionAnswered(JAPAN, "JPN", 1, 1, right=False))
    assert session.state.checks.of_person(JAPAN) == {0: Checked("JPN", 1, True), 1: Checked("JPN", 1, False)}


def test_the_first_answer_counts() -> None:
    cast_live().done((JAPAN, AnswerQuestion(0, 2))).when(JAPAN, AnswerQuestion(0, 1)).refused("already_answered")


def test_each_member_answers_for_themselves() -> None:
    session = cast_live().done((JAPAN, AnswerQuestion(0, 1)), (JAPAN_MOD, AnswerQuestion(0, 0)))
    assert [one.right for one in session.state.checks.of_delegation("JPN")] == [True, False]
    assert session.state.checks.of_delegation("PRC") == ()


@pytest.mark.parametrize(
    ("question", "answer", "code"),
    [(2, 0, "unknown_question"), (-1, 0, "unknown_question"), (0, 3, "unknown_answer"), (0, -1, "unknown_answer")],
)
def test_only_what_the_pack_asks_can_be_answered(question: int, answer: int, code: str) -> None:
    cast_live().when(JAPAN, AnswerQuestion(question, answer)).refused(code)


@pytest.mark.parametrize("who", [M1, *OUTSIDERS])
def test_only_seated_delegates_answer(who: str) -> None:
    refusal = cast_live().when(who, AnswerQuestion(0, 0)).refusal
    assert refusal is not None
    assert refusal.code in ("not_delegate", "not_admitted")


def test_own_delegation_and_chair_see_it_and_nobody_else() -> None:
    entry = cast_live().done((CHINA, AnswerQuestion(0, 1))).entries[-1]
    assert members_of("PRC").sees(entry)
    assert THE_MODERATORS.sees(entry)
    assert not members_of("JPN").sees(entry)
    assert not OBSERVERS.sees(entry)
