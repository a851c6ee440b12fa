"""Places in a text: found as quoted, found again when the text around them changes, and replaced."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rooms.domain.spans import extends, found, moved, moved_together, overlap, places, replaced, widened

FAMILY = "👨‍👩‍👧"
# Few letters, so that the same words come up again and again; and what is written with more than one character.
LETTERS = ("a", "b", "ab", " ", " ", ",", ".", "\n", "海", "평화", "é", "q\u0301", FAMILY, "🇰🇷", "👍🏽", "ᄀᆞ")
written = st.lists(st.sampled_from(LETTERS), max_size=25).map(
    lambda parts: unicodedata.normalize("NFC", "".join(parts))
)
quick = settings(max_examples=150, deadline=None)


# Found


def test_words_are_found_exactly_as_quoted_the_nth_time() -> None:
    text = "Calm seas, open seas and seas."
    assert [found(text, "seas", nth) for nth in (1, 2, 3)] == [(5, 9), (16, 20), (25, 29)]
    assert found(text, "seas", 4) is None
    assert found(text, "seas", 0) is None
    assert found(text, "Seas") is None
    assert found(text, "") is None


def test_words_that_run_into_each_other_count_each_time() -> None:
    assert places("aaaa", "aa") == [0, 1, 2]
    assert places("aaaa", "") == []


@pytest.mark.parametrize(
    ("text", "words", "whole"),
    [
        ("q\u0301 and a", "q", "q\u0301"),
        (f"The {FAMILY} stays", "👩", FAMILY),
        ("👍🏽 agreed", "👍", "👍🏽"),
        ("🇰🇵🇰🇷", "🇰🇵", "🇰🇵"),
        ("🇰🇵🇰🇷", "🇵🇰", "🇰🇵🇰🇷"),
        ("나랏말ᄊᆞ미", "말ᄊ", "말ᄊᆞ"),
        ("한반도의 비핵화", "비핵화", "비핵화"),
        ("朝鮮半島の非核化", "非核化", "非核化"),
    ],
)
def test_no_character_is_cut_through(text: str, words: str, whole: str) -> None:
    span = found(text, words)
    assert span is not None
    assert text[span[0] : span[1]] == whole


@quick
@given(text=written, start=st.integers(0, 40), length=st.integers(1, 12))
def test_a_found_span_begins_and_ends_between_characters(text: str, start: int, length: int) -> None:
    words = text[start : start + length]
    assume(words)
    nth = places(text, words).index(start) + 1
    span = found(text, words, nth)
    assert span is not None
    assert span[0] <= start
    assert span[1] >= start + len(words)
    assert not extends(text, span[0])
    assert not extends(text, span[1])
    assert widened(text, *span) == span


# Moved


def test_a_span_stays_with_its_words() -> None:
    old = "Calm seas and open ports."
    assert moved(old, "Very calm seas and open ports.", 14, 18) == (19, 23)
    assert moved(old, "Calm seas and open harbours.", 14, 18) == (14, 18)
    assert moved(old, "Ports shall be open, seas calm.", 14, 18) == (15, 19)
    assert moved(old, "Calm seas and free ports.", 14, 18) is None
    assert moved(old, old, 14, 18) == (14, 18)


def test_of_the_same_words_twice_the_span_keeps_its_own() -> None:
    old = "The seas are calm. The ports and the seas are open."
    second = found(old, "seas", 2)
    assert second
    assert moved(old, "The seas are calm, we note. All ports and the seas are wide open.", *second) == (46, 50)
    assert moved(old, "The ports and the seas are open. The seas are calm.", *second) == (18, 22)


def test_spans_with_the_same_words_do_not_fall_together() -> None:
    old, spans = "x seas y seas z", ((2, 6), (9, 13))
    assert moved_together(old, "we say: seas, yes, seas!", spans) == ((8, 12), (19, 23))
    assert moved_together(old, "x seas y z", spans) is None


def test_sentences_may_change_places() -> None:
    assert moved_together("A x and y.", "We y and x B.", ((2, 3), (8, 9))) == ((9, 10), (3, 4))


def test_many_like_places_do_not_keep_anybody_waiting() -> None:
    old, new = "a" * 15_999 + "b", "b" + "a" * 15_998
    assert moved_together(old, new, tuple((at, at + 1) for at in range(0, 48, 2))) is not None


@quick
@given(old=written, new=written, marks=st.lists(st.tuples(st.integers(0, 40), st.integers(1, 5)), max_size=5))
def test_moved_spans_hold_the_same_words_and_never_overlap(old: str, new: str, marks: list[tuple[int, int]]) -> None:
    spans: list[tuple[int, int]] = []
    for start, length in marks:
        span = (start, min(start + length, len(old)))
        if span[0] < span[1] and not any(overlap(span, other) for other in spans):
            spans.append(span)
    placed = moved_together(old, new, spans)
    if placed is None:
        assert new != old
        return
    assert [new[start:end] for start, end in placed] == [old[start:end] for start, end in spans]
    assert all(one[1] <= other[0] for one, other in pairwise(sorted(placed)))
    if new == old:
        assert list(placed) == spans


@quick
@given(before=written, words=written, after=written, first=written, last=written)
def test_words_survive_any_change_around_them(before: str, words: str, after: str, first: str, last: str) -> None:
    assume(words)
    placed = moved(before + words + after, first + words + last, len(before), len(before) + len(words))
    assert placed is not None
    assert (first + words + last)[placed[0] : placed[1]] == words


# Replaced


@pytest.mark.parametrize(
    ("text", "words", "new", "reads"),
    [
        ("calm and open seas, all", "and open", "", "calm seas, all"),
        ("calm seas, all", "seas", "", "calm, all"),
        ("calm seas", "seas", "", "calm"),
        ("calm seas", "calm", "", "seas"),
        ("calm seas", "calm", "quiet", "quiet seas"),
        ("one\n\ntwo\n\nthree", "two", "", "one\n\nthree"),
        ("朝鮮半島の完全な非核化", "完全な", "", "朝鮮半島の非核化"),
        ("calm seas", "calm seas", "", ""),
        ("(calm) seas", "(calm)", "", "seas"),
        ("seas (calm) end", "calm", "", "seas () end"),
    ],
)
def test_words_go_with_the_space_they_leave(text: str, words: str, new: str, reads: str) -> None:
    span = found(text, words)
    assert span
    assert replaced(text, *span, new) == reads


@quick
@given(before=written, words=written, after=written, new=written)
def test_nothing_but_space_goes_with_the_words(before: str, words: str, after: str, new: str) -> None:
    text = before + words + after
    reads = replaced(text, len(before), len(before) + len(words), new)
    if new:
        assert reads == before + new + after
    assert reads.split() == (before + new + after).split() or not new
    assert "".join(reads.split()) == "".join((before + new + after).split())
