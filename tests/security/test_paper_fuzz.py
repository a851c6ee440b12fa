"""Papers from anybody: whatever was done to a file, it is read or refused in a sentence, and never takes long."""

import time
from random import Random
from typing import Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from delegations.drafting.proposing import propose
from delegations.papers.gazetteer import shipped_gazetteer
from delegations.papers.reading import LONGEST_RUN, read_paper_file
from delegations.papers.refusing import PaperRefused
from delegations.papers.structure import MOST_HEADINGS, PreparedPassage, read_paper
from tests.papers.pdfs import pdf

PAPER: Final = """# Northeast Asia Cooperation Dialogue

Susan Shirk and Robert Scalapino, 1998

## I. Introduction

The first paragraph speaks of Japan and the Republic of Korea.[1] It goes on: (1) one thing, (2) another, and (3) more.

1. The first point is about transparency of defence white papers.
2. The second point is on incidents at sea.

(a) alpha is a letter
(b) beta is a letter

II. The Issues

| Country | Budget | Year |
|---|---|---|
| Japan | 48.2 | 1997 |

Footnotes

1 See the joint statement, p. 12.
2. Scalapino, 1996.
\f
III. Conclusion

Should the DPRK take part, Washington prefers steps; Seoul can live with a package of $ 500 million by 2001.
"""
# What a number, a mark or a line is not expected to be.
ODD: Final = (
    *("²", "٣", "９", "①", "Ⅳ", "½", "\0", "\u202e", "\u2028", "\x85", "ﬁ", "\ufeff", "<b>", "&#0;", "**", "__", "[^"),
    *("9" * 4_301, "(99999999999999999999) ", "i" * 50 + ". ", "(²) ", "００. ", "(" * 300, "[1]" * 100, "|" * 300),
    *(" " * 3_000, " \t" * 2_000, "\f" * 50, "\n" * 200, "#" * 50, "a" * 5_000, "\u0301" * 200, "_" * 500),
)
PIECES_OF_PDF: Final = (b"9" * 20, b"0 0 R", b"<<", b">>", b"[", b"(", b"/Kids [2 0 R]", b"-1", b"stream\n", b"\0")


def read_or_refused(content: bytes) -> tuple[PreparedPassage, ...]:
    try:
        text = read_paper_file(name="a paper", content=content)
        passages = read_paper(text, authors="Susan Shirk", gazetteer=shipped_gazetteer()).passages
    except PaperRefused as reason:
        refused = str(reason)
    else:
        propose(passages, shipped_gazetteer())
        assert all(one.locator for one in passages)
        return passages
    assert refused.endswith((".", ")"))
    return ()


def spoiled(chance: Random, text: str) -> str:
    """The text with some of it cut out, said again, or replaced by what nobody expects there."""
    for _ in range(chance.randint(1, 8)):
        text = _spoiled_once(chance, text)[:40_000]
    return text


def _spoiled_once(chance: Random, text: str) -> str:
    digits = [place for place, one in enumerate(text) if one.isdigit()]
    at = chance.choice(digits) if digits and chance.random() < 0.4 else chance.randrange(len(text) + 1)
    here, many = text[at : at + chance.randint(1, 200)], chance.randint(2, 20)
    put = chance.choice(("", here * many, chance.choice(ODD), "\n" + chance.choice(ODD), chance.choice(ODD) + here[1:]))
    return text[:at] + put + text[at + len(here) :]


@given(st.randoms(use_true_random=False))
def test_a_spoiled_text_is_read_or_refused(chance: Random) -> None:
    read_or_refused(spoiled(chance, PAPER).encode(errors="ignore"))


@given(st.randoms(use_true_random=False))
def test_a_spoiled_pdf_is_read_or_refused(chance: Random) -> None:
    content = bytearray(pdf([PAPER.split("\n")[:40], PAPER.split("\n")]))
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(content))
        cut = chance.choice((0, 1, chance.randint(1, 40)))
        content[at : at + cut] = chance.choice((*PIECES_OF_PDF, bytes([chance.randrange(256)])))
    read_or_refused(bytes(content))


@given(st.binary(max_size=400))
@example(b"%PDF-")
@example(b"\xff\xfe" + "x".encode("utf-16-le") * 50 + b"\xd8")
def test_any_bytes_are_read_or_refused(junk: bytes) -> None:
    read_or_refused(junk)
    read_or_refused(PAPER.encode()[:500] + junk)


def test_the_paper_itself_is_read() -> None:
    assert len(read_or_refused(PAPER.encode())) > 8
    assert len(read_or_refused(pdf([PAPER.split("\n")]))) > 4


@pytest.mark.parametrize(
    "long",
    [
        "*x " * 5_000,
        "x\n" * 20_000,
        " \t" * 30_000,
        "  . " * 20_000,
        "a 12 " * 5_000,
        "ab-\n" * 20_000,
        "1.1." * 20_000,
    ],
    ids=["stars", "lines", "spaces", "dots", "numbers", "cut words", "places"],
)
def test_what_would_be_walked_again_and_again_is_walked_once(long: str) -> None:
    began = time.process_time()
    assert read_or_refused(f"{PAPER}\n\n{long}\n\n{PAPER}".encode())
    assert time.process_time() - began < 10  # ten times what the longest takes; walked again and again it is minutes


def test_runs_of_one_sign_are_cut_and_words_are_not() -> None:
    text = read_paper_file(name="a paper", content=f"{PAPER}{'.' * 900}|{' ' * 900}|{'a' * 900}".encode())
    assert f"\n{'.' * LONGEST_RUN}|{' ' * LONGEST_RUN}|{'a' * 900}" in text


def test_more_headings_than_any_paper_has_are_refused() -> None:
    text = PAPER + "".join(f"\n\n# Heading {n}\n\nWords of it." for n in range(MOST_HEADINGS))
    with pytest.raises(PaperRefused, match="headings"):
        read_paper(text, authors="", gazetteer=shipped_gazetteer())
