"""What is shown around words that were found."""

import pytest

from rooms.searching import AFTER, BEFORE, about

FILLER = "word " * 100


@pytest.mark.parametrize(
    ("before", "after"),
    [(FILLER, FILLER), ("", FILLER), (FILLER, ""), ("x" * 500, FILLER), (FILLER, "字" * 500)],
)
def test_it_begins_and_ends_with_whole_words_where_a_script_has_them(before: str, after: str) -> None:
    text = f"{before}alliance {after}".strip()
    start = text.index("alliance")
    since, until = about(text, start, start + len("alliance"))
    assert start - BEFORE <= since <= start
    assert start + len("alliance") <= until <= start + AFTER
    if " " in before[-BEFORE:]:
        assert text[since - 1] == " "
    if until < len(text):
        assert text[until] == " " or " " not in text[start + len("alliance") + 1 : until]
