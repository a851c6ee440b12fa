"""What differs between two wordings, and who brought in which words. All parts add up to the texts they are of."""

import random
import time
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rooms.domain.authorship import _kept, count, distance, kept_words, runs, tokens, word_diff
from rooms.domain.documents import Version
from rooms.domain.spans import extends

WORDS = (
    "seas",
    "calm",
    "Calm",
    "don't",
    "US-DPRK",
    "1,000.5",
    ",",
    ".",
    "(",
    "海",
    "非核化",
    "비핵화를",
    "मित्रता",
    "👨‍👩‍👧",
    "q\u0301",
)
written = st.lists(st.sampled_from((*WORDS, " ", " ", "  ", "\n")), max_size=30).map(
    lambda parts: unicodedata.normalize("NFC", "".join(parts))
)
authors = st.sampled_from(("JPN", "PRC", ""))
quick = settings(max_examples=200, deadline=None)


def wordings(*pairs: tuple[str, str]) -> tuple[Version, ...]:
    return tuple(Version(text, author, 0, "reworded") for text, author in pairs)


# Tokens


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Calm seas, all.", ["Calm", "seas", ",", "all", "."]),
        ("The US-DPRK don't pay 1,000.5.", ["The", "US-DPRK", "don't", "pay", "1,000.5", "."]),
        ("非核化です", ["非", "核", "化", "で", "す"]),
        ("한반도의 비핵화", ["한반도의", "비핵화"]),
        ("“open” (ports)", ["“", "open", "”", "(", "ports", ")"]),
        ("मित्रता 👨‍👩‍👧!", ["मित्रता", "👨‍👩‍👧", "!"]),
        ("KEDO核合意", ["KEDO", "核", "合", "意"]),
        ("", []),
    ],
)
def test_a_token_is_a_word_a_character_or_a_mark(text: str, parts: list[str]) -> None:
    assert [written for written, _ in tokens(text)] == parts


def test_punctuation_is_not_counted() -> None:
    assert count("Calm seas, all — calm.") == 4
    assert count("") == 0


@quick
@given(text=written)
def test_tokens_add_up_to_the_text_and_cut_through_no_character(text: str) -> None:
    assert "".join(one + space for one, space in tokens(text)) == text
    at = 0
    for one, space in tokens(text):
        assert not extends(text, at)
        assert not space or space.isspace()
        at += len(one + space)


# What differs


def test_the_difference_is_told_word_by_word() -> None:
    assert word_diff("Calm seas, and ports.", "Calm seas and open ports.") == (
        ("same", "Calm seas"),
        ("out", ", "),
        ("in", " "),
        ("same", "and "),
        ("in", "open "),
        ("same", "ports."),
    )
    assert word_diff("朝鮮半島の非核化", "朝鮮半島の完全な非核化") == (
        ("same", "朝鮮半島の"),
        ("in", "完全な"),
        ("same", "非核化"),
    )
    assert word_diff("", "New.") == (("in", "New."),)
    assert word_diff("Old.", "") == (("out", "Old."),)
    assert word_diff("Same.", "Same.") == (("same", "Same."),)
    assert word_diff("", "") == ()


def test_what_went_stands_before_what_came() -> None:
    assert word_diff("calm seas ahead", "quiet waters ahead") == (
        ("out", "calm seas "),
        ("in", "quiet waters "),
        ("same", "ahead"),
    )


@quick
@given(old=written, new=written)
def test_the_parts_of_a_difference_add_up_to_both_texts(old: str, new: str) -> None:
    parts = word_diff(old, new)
    assert "".join(text for kind, text in parts if kind != "in") == old
    assert "".join(text for kind, text in parts if kind != "out") == new
    assert all(text for _, text in parts)
    kinds = [kind for kind, _ in parts]
    assert all(one != other for one, other in pairwise(kinds)), "like parts are one"
    assert ("in", "out") not in pairwise(kinds)


@pytest.mark.parametrize(
    ("new", "far"),
    [("Calm and open seas", 0), ("Calm and open seas.", 0), ("Calm seas", 334), ("Quiet waters ahead friends", 1000)],
)
def test_distance_counts_the_words_that_are_not_shared(new: str, far: int) -> None:
    assert distance("Calm and open seas", new) == far
    assert distance("Calm, and open seas!", new) == far


@quick
@given(old=written, new=written)
def test_distance_is_between_none_and_all(old: str, new: str) -> None:
    assert 0 <= distance(old, new) <= 1000
    assert distance(old, old) == 0
    assert kept_words(old, new) <= min(count(old), count(new))


# Who brought it in


def test_words_are_whose_version_brought_them_in() -> None:
    history = wordings(
        ("Calm seas.", "JPN"), ("Calm and open seas.", "PRC"), ("Calm and open, free seas.", ""), ("Open seas.", "ROK")
    )
    assert runs(history[:1]) == (("Calm seas.", "JPN"),)
    assert runs(history[:2]) == (("Calm ", "JPN"), ("and open ", "PRC"), ("seas.", "JPN"))
    assert runs(history[:3]) == (
        ("Calm ", "JPN"),
        ("and open", "PRC"),
        (", free ", ""),
        ("seas.", "JPN"),
    )
    assert runs(history) == (("Open ", "ROK"), ("seas.", "JPN"))


def test_an_earlier_wording_put_back_is_whose_it_was() -> None:
    history = wordings(("Calm seas.", "JPN"), ("Open ports.", "PRC"), ("Calm seas.", "PRC"))
    assert runs(history) == (("Calm seas.", "JPN"),)


def test_one_wording_more_costs_one_comparison_more_however_many_there_were() -> None:
    history = wordings(*((f"Calm seas, {number}.", ("JPN", "PRC")[number % 2]) for number in range(300)))
    asked = []
    for length in (298, 299, 300):
        before = _kept.cache_info()
        assert "".join(text for text, _ in runs(history[:length])) == history[length - 1].text
        after = _kept.cache_info()
        asked.append(after.hits + after.misses - before.hits - before.misses)
    assert asked == [298, 1, 1]


def test_who_looks_again_is_shown_what_was_made_before_also_after_looking_back() -> None:
    history = wordings(*((f"Calm seas, {number}.", ("JPN", "PRC")[number % 2]) for number in range(20)))
    assert runs(history) is runs(history)
    told = [runs(history[:length]) for length in range(1, 21)]
    assert [runs(history[:length]) for length in range(1, 21)] == told


def test_of_two_histories_that_began_alike_each_has_its_own_authors() -> None:
    begun = [("Calm seas.", "JPN"), ("Calm and open seas.", "PRC")]
    one, other = [*begun, ("Calm, open seas.", "ROK")], [*begun, ("Open seas.", "JPN"), ("Calm, open seas.", "PRC")]
    for _ in range(2):  # asked for by turns, as of a room and of a fork of it
        assert runs(wordings(*one)) == (("Calm", "JPN"), (", ", "ROK"), ("open ", "PRC"), ("seas.", "JPN"))
        assert runs(wordings(*other)) == (("Calm, open ", "PRC"), ("seas.", "JPN"))
        assert runs(wordings(*begun)) == (("Calm ", "JPN"), ("and open ", "PRC"), ("seas.", "JPN"))


def test_of_no_version_there_are_no_words() -> None:
    assert runs(()) == ()
    assert runs(wordings(("", "JPN"))) == ()


@quick
@given(history=st.lists(st.tuples(written, authors), min_size=1, max_size=6))
def test_authorship_adds_up_to_the_text(history: list[tuple[str, str]]) -> None:
    found = runs(wordings(*history))
    assert "".join(text for text, _ in found) == history[-1][0]
    assert all(text for text, _ in found)
    assert all(one[1] != other[1] for one, other in pairwise(found))
    assert {author for _, author in found} <= {author for _, author in history}


@quick
@given(old=written, new=written)
def test_of_a_new_wording_somebody_has_what_came_in(old: str, new: str) -> None:
    own = [text for text, author in runs(wordings((old, "JPN"), (new, "PRC"))) if author == "PRC"]
    came = [text for kind, text in word_diff(old, new) if kind == "in"]
    assert "".join(own) == "".join(came)


# As long as a paragraph can be


def long_text(seed: int, alphabet: tuple[str, ...], between: str) -> str:
    drawn = random.Random(seed)
    text = ""
    while len(text) < 15_900:
        text += drawn.choice(alphabet) + between
    return text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            long_text(1, ("the", "of", "parties", "shall", "freeze", "aid"), " "),
            long_text(2, ("the", "of", "fuel"), " "),
        ),
        (long_text(3, ("的", "一", "是", "不", "海"), ""), long_text(4, ("的", "一", "海", "了"), "")),
        ("的" * 16_000, "是" + "的" * 15_000 + "是"),
        (long_text(5, (",",), " "), long_text(6, (",", "a"), "")),
    ],
)
def test_the_longest_paragraphs_are_compared_quickly(old: str, new: str) -> None:
    began = time.process_time()
    parts = word_diff(old, new)
    assert "".join(text for kind, text in parts if kind != "out") == new
    assert time.process_time() - began < 3
