"""A file becomes text, or is refused with a sentence that says what to do."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from delegations.papers.reading import MOST_BYTES, check_size, read_paper_file
from delegations.papers.refusing import PaperRefused
from tests.papers.conftest import locators, read_text
from tests.papers.pdfs import pdf

PAPER = "# Two Harbours\n\nThe ferries of both coasts must pass the narrow mouth twice a day.\n"
PAGES = [
    [
        "Harbour Papers 4",
        "Two Harbours",
        "The ferries of both coasts must pass the narrow mouth twice a day, and",
        "nobody has counted them since the great fog. A lighthouse keeper once",
        "tried it for a week and gave up on the Thursday.",
        "Depths",
        "Seven fathoms are enough for every ship that either coast has built, but",
        "the pilots want ten, because the shoal moves with the winter storms. The",
        "charts are older than the lighthouse, and they were drawn by a man who",
        "1",
    ],
    [
        "Harbour Papers 4",
        "never left the inn. Both governments know this and say nothing.",
        "Who Pays",
        "Dredging costs more than either coast can carry alone. Each waits for the",
        "other to begin, and the shoal grows a little every year while they wait.",
        "2",
    ],
    [
        "Harbour Papers 4",
        "The insurers will decide it in the end.",
        "3",
    ],
]


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(PaperRefused) as refused:
        read_paper_file(name=name, content=content)
    return str(refused.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_is_read_in_the_usual_encodings(encoding: str) -> None:
    assert read_paper_file(name="a.txt", content=PAPER.encode(encoding)).strip() == PAPER.strip()


def test_line_ends_of_other_systems_do_not_matter() -> None:
    assert read_paper_file(name="a.txt", content=PAPER.replace("\n", "\r\n").encode()) == PAPER


def test_a_wrong_encoding_is_refused_with_its_line() -> None:
    content = ("A line before the others, long enough to be text.\nCaf\xe9 by the harbour\n").encode("latin-1")
    said = refusal("old.txt", content)
    assert "old.txt, line 2" in said
    assert "UTF-8" in said


@pytest.mark.parametrize(
    "content",
    [b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, b"\0" * 400, bytes(range(1, 32)) * 40],
)
def test_what_is_not_text_is_refused(content: bytes) -> None:
    assert "not text" in refusal("photo.txt", content)


@pytest.mark.parametrize("content", [b"PK\x03\x04" + b"x" * 200, b"\xd0\xcf\x11\xe0" + b"x" * 200])
def test_a_word_processors_file_is_refused_with_the_way_out(content: bytes) -> None:
    assert "plain text" in refusal("paper.docx", content)


@pytest.mark.parametrize("content", [b"", b"   \n\n  ", b"42\n"])
def test_an_empty_file_is_refused(content: bytes) -> None:
    assert "next to no text" in refusal("empty.txt", content)


def test_fifty_megabytes_are_refused_before_they_are_read() -> None:
    with pytest.raises(PaperRefused, match="50 MB; a paper may have 20 MB"):
        check_size(name="big.pdf", size=50_000_000)
    assert "20 MB" in refusal("big.txt", b"a" * (MOST_BYTES + 1))


def test_a_text_without_end_is_refused() -> None:
    assert "chapters that you need" in refusal("long.txt", b"word " * 500_000)


def test_a_pdf_is_read_into_headings_and_whole_paragraphs() -> None:
    paper = read_text(read_paper_file(name="harbours.pdf", content=pdf(PAGES)), "Ada Anker")
    texts = locators(paper)
    assert texts["Anker, Depths, paragraph 1"].startswith("Seven fathoms")
    assert "by a man who never left the inn. Both governments" in texts["Anker, Depths, paragraph 1"]
    assert texts["Anker, Who Pays, paragraph 1"].endswith("while they wait.")
    assert not any("Harbour Papers 4" in text for text in texts.values())


def test_a_scanned_pdf_is_refused_with_the_way_out() -> None:
    assert "OCR" in refusal("scan.pdf", pdf([[], [], []]))


@pytest.mark.parametrize("cut", [20, 200, 600])
def test_a_damaged_pdf_is_refused(cut: int) -> None:
    said = refusal("broken.pdf", pdf(PAGES)[:cut])
    assert "damaged" in said or "OCR" in said


@given(st.binary(max_size=400))
@settings(max_examples=60, deadline=None)
def test_whatever_bytes_come_they_become_text_or_a_refusal(content: bytes) -> None:
    for start in (b"", b"%PDF-1.4\n"):
        with suppress(PaperRefused):
            assert isinstance(read_paper_file(name="any", content=start + content), str)


MARKS = [
    "# ",
    "- ",
    "1. ",
    "6) ",
    "<sup>1</sup>",
    "3 Anker",
    "\t",
    "|",
    "<li>",
    "---",
    "\f",
    "and",
    "The end.",
    "multi-",
    "\n",
    "\n\n",
]


@given(st.lists(st.sampled_from(MARKS) | st.text(max_size=12), max_size=60))
@settings(max_examples=120, deadline=None)
def test_whatever_text_comes_it_is_read_and_every_locator_is_its_own(parts: list[str]) -> None:
    passages = read_text(" ".join(parts), "Ada Anker; Bo Boje").passages
    assert len({passage.locator for passage in passages}) == len(passages)
    assert all(passage.text and len(passage.locator) <= 300 for passage in passages)
