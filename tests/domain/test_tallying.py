"""From what is published no single answer can be told: small numbers, and differences of larger ones."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from statistics import median
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.domain.tallying import (
    ALL,
    FEWEST,
    Answer,
    answers_by,
    conflict_rows,
    guess_rows,
    halves,
    may_tell_all,
    trust_rows,
)

CODES = ("JPN", "PRC", "ROK", "USA")
ISSUES = {"scope": ("a", "b", "c"), "pace": ("x", "y")}
Published = tuple[Any, ...]


@st.composite
def answers(draw: st.DrawFn) -> list[Answer]:
    """What up to six people of each delegation answered; anything may be left out."""
    found = []
    for code in CODES:
        others = [one for one in CODES if one != code]
        for _ in range(draw(st.integers(0, 6))):
            trust = draw(st.dictionaries(st.sampled_from(others), st.integers(1, 7)))
            asked = st.sampled_from([(about, issue) for about in others for issue in ISSUES])
            guessed = draw(st.sets(asked, max_size=4))
            guesses = {(about, issue): draw(st.sampled_from(ISSUES[issue])) for about, issue in sorted(guessed)}
            found.append(Answer(code, trust, draw(st.integers(0, 7)), guesses))
    return found


def published(given_answers: Sequence[Answer]) -> Published:
    return (
        answers_by(given_answers, CODES),
        trust_rows(given_answers, CODES),
        conflict_rows(given_answers, CODES),
        guess_rows(given_answers, CODES, ISSUES),
    )


def figures(given_answers: Sequence[Answer]) -> list[tuple[Any, str, int, Any]]:
    """(question, whose answers, how many, what is told of them) of all that is published."""
    _n, trust, conflict, guesses = published(given_answers)
    rows: list[tuple[Any, str, int, Any]] = [
        (("trust", row["about"]), row["by"], row["n"], row["halves"]) for row in trust
    ]
    rows += [("conflict", row["by"], row["n"], row["halves"]) for row in conflict]
    return [*rows, *(((row["about"], row["issue"]), row["by"], row["n"], row["options"]) for row in guesses)]


def said(answer: Answer, question: Any) -> Any:
    """What somebody answered to one question, None if they left it out."""
    if question == "conflict":
        return answer.conflict or None
    return answer.trust.get(question[1]) if question[0] == "trust" else answer.guesses.get(question)


def saying(answer: Answer, question: Any, value: Any) -> Answer:
    if question == "conflict":
        return replace(answer, conflict=value)
    if question[0] == "trust":
        return replace(answer, trust={**answer.trust, question[1]: value})
    return replace(answer, guesses={**answer.guesses, question: value})


def others_of(question: Any) -> Sequence[Any]:
    return ISSUES[question[1]] if question != "conflict" and question[0] != "trust" else range(1, 8)


@pytest.mark.parametrize(
    ("values", "expected"), [((4,), 8), ((1, 7), 8), ((3, 1, 2), 4), ((2, 5, 4, 4), 8), ((7, 1, 2, 3), 5)]
)
def test_a_median_may_lie_half_way_between_two_answers(values: tuple[int, ...], expected: int) -> None:
    assert halves(values) == expected == 2 * median(values)


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ((), False),
        ((1,), False),
        ((2,), False),
        ((3,), True),
        ((1, 1), False),
        ((1, 2), True),
        ((3, 1), False),  # the one could be had by difference
        ((3, 2), False),
        ((3, 2, 1), True),
        ((5, 4), True),
        ((5, 4, 1), False),
    ],
)
def test_a_figure_over_all_is_told_only_if_what_it_leaves_is_nobody_or_enough(
    sizes: tuple[int, ...], expected: bool
) -> None:
    assert may_tell_all(sizes) is expected


@given(answers())
def test_nothing_is_published_of_fewer_than_three(given_answers: list[Answer]) -> None:
    for question, by, n, told in figures(given_answers):
        who = [one for one in given_answers if said(one, question) is not None and by in (ALL, one.delegation)]
        assert n == len(who) > 0, "how many there are is told all the same"
        assert told is None or n >= FEWEST, question


@given(answers())
def test_what_is_published_of_all_without_what_is_published_of_each_is_nothing_or_of_three_at_least(
    given_answers: list[Answer],
) -> None:
    rows = figures(given_answers)
    for question, by, n, told in rows:
        if by == ALL and told is not None:
            rest = n - sum(of for what, whose, of, one in rows if what == question and whose and one is not None)
            assert rest == 0 or rest >= FEWEST, question


@given(answers(), st.data())
def test_an_answer_of_which_nothing_is_told_changes_nothing(given_answers: list[Answer], data: st.DataObject) -> None:
    rows = figures(given_answers)
    told = {(question, by) for question, by, _n, one in rows if one is not None}
    for place, answer in enumerate(given_answers):
        for question in {row[0] for row in rows}:
            if said(answer, question) is None or {(question, answer.delegation), (question, ALL)} & told:
                continue
            other = saying(answer, question, data.draw(st.sampled_from(others_of(question))))
            changed = [*given_answers[:place], other, *given_answers[place + 1 :]]
            assert published(changed) == published(given_answers)


@given(answers())
def test_whatever_is_told_of_somebodys_group_others_of_it_may_as_well_have_said(given_answers: list[Answer]) -> None:
    """Nobody can tell which of them gave which answer: any two of one group may have changed theirs, to each question
    for itself. So who is in it can be told only if all said the same, which those who are asked are told."""
    whole = published(given_answers)
    questions = {row[0] for row in figures(given_answers)}
    small = {
        (question, code)
        for question in questions
        for code, n in Counter(one.delegation for one in given_answers if said(one, question) is not None).items()
        if n < FEWEST
    }
    for question in questions:
        groups: dict[str, list[int]] = {}
        for place, one in enumerate(given_answers):
            if said(one, question) is not None:
                # All small groups together are one: nothing is told of each.
                group = "small" if (question, one.delegation) in small else one.delegation
                groups.setdefault(group, []).append(place)
        for places in groups.values():
            turned = list(given_answers)
            for place, other in zip(places, [*places[1:], places[0]], strict=True):
                turned[place] = saying(turned[place], question, said(given_answers[other], question))
            assert published(turned) == whole


@given(answers(), st.randoms(use_true_random=False))
def test_in_which_order_they_came_changes_nothing(given_answers: list[Answer], chance: Any) -> None:
    turned = list(given_answers)
    chance.shuffle(turned)
    assert published(turned) == published(given_answers)


@given(answers())
def test_what_is_told_is_true(given_answers: list[Answer]) -> None:
    for question, by, _n, told in figures(given_answers):
        values = [said(one, question) for one in given_answers if by in (ALL, one.delegation)]
        values = [one for one in values if one is not None]
        if isinstance(told, dict):
            assert {option: n for option, n in told.items() if n} == dict(Counter(values))
        elif told is not None:
            assert told == 2 * median(values)
