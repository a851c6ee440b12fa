"""DOCX, PDF and Markdown: what was typed comes out as it was typed, nothing private does, equal input gives equal
bytes."""

import io
import time
import zipfile
from dataclasses import replace
from html import unescape
from re import sub
from xml.etree import ElementTree

import pytest
from docx import Document
from docx.shared import Mm
from pypdf import PdfReader

from rooms.domain.wording import Run
from rooms.exporting.as_docx import as_docx
from rooms.exporting.as_markdown import as_markdown
from rooms.exporting.as_pdf import as_data, as_pages, as_pdf
from rooms.exporting.picture import Line, Part, Picture, of_document, of_output

from .stages import ARABIC, HOSTILE, RUSSIAN, SCRIPTS, SECRETS, agreed, bracketed, document_of, shared

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def draft() -> Picture:
    state = shared(bracketed())
    return of_document(state, document_of(state))


@pytest.fixture(scope="module")
def adopted() -> Picture:
    state = shared(agreed())
    return of_document(state, document_of(state))


@pytest.fixture(scope="module")
def issued() -> Picture:
    state = shared(agreed())
    return of_output(state, state.outputs.issued[0])


def words_of_docx(file: bytes) -> str:
    """All words of all its parts: body, header, footer, properties."""
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        found = [parts.read(name) for name in parts.namelist() if name.endswith(".xml")]
    return "\n".join("".join(ElementTree.fromstring(one).itertext()) for one in found)


def words_of_pdf(file: bytes) -> str:
    reader = PdfReader(io.BytesIO(file))
    info = reader.metadata or {}
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages) + str(dict(info))


def words_of_markdown(text: str) -> str:
    """What a reader sees: without the escapes and our own tags."""
    return unescape(sub(r"\\(.)", r"\1", sub(r"</?(strong|sup|br)>", "", text)))


# What was typed


def test_in_docx_every_script_and_every_sign_comes_out_as_typed(adopted: Picture) -> None:
    printed = words_of_docx(as_docx(adopted))
    assert [one for one in SCRIPTS if one not in printed] == []
    assert "Joint text, ad referendum" in printed


def test_in_markdown_every_sign_is_escaped_and_reads_as_typed(adopted: Picture) -> None:
    text = as_markdown(adopted)
    assert [one for one in SCRIPTS if one not in words_of_markdown(text)] == []
    for markup in ("<b>", "<script", "*Not bold*", "[link](", "`code`"):
        assert markup not in text


def test_in_pdf_what_looks_like_markup_is_text(adopted: Picture) -> None:
    printed = words_of_pdf(as_pdf(adopted))
    assert "*Not bold* _nor this_ #let x = 1 $x^2$ <b>bold</b> [link](http://x.example) `code` \\ @ref & <script>" in (
        printed
    )
    assert RUSSIAN in printed, "the face that comes with the typesetter has Cyrillic"


def test_pdf_is_given_words_as_data_and_nothing_else(draft: Picture) -> None:
    lines = as_data(draft)["parts"][1]["lines"]
    assert [one["text"] for one in lines][1:] == list(SCRIPTS)
    assert [(one["lang"], one["rtl"]) for one in lines][1:] == [
        ("ko", False),
        ("zh", False),
        ("ru", False),
        ("ar", True),
        ("en", False),
    ]


# What belongs into a document


def test_brackets_stand_in_bold(draft: Picture) -> None:
    runs = [run for one in Document(io.BytesIO(as_docx(draft))).paragraphs for run in one.runs]
    assert [run.text for run in runs if run.bold][:5] == ["[", "in winter", " / ", "in summer", "]"]
    assert "open <strong>\\[in winter / in summer\\]</strong>." in as_markdown(draft)
    assert "All ports shall be open [in winter / in summer]." in words_of_pdf(as_pdf(draft))


def test_a_draft_says_that_it_is_one_on_every_page(draft: Picture) -> None:
    made = Document(io.BytesIO(as_docx(draft)))
    assert made.sections[0].header.paragraphs[0].text == "Draft joint text"
    assert made.core_properties.subject == "Draft joint text"
    assert as_markdown(draft).splitlines()[2] == "**Draft joint text**"
    long = replace(draft, parts=draft.parts * 6)
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(as_pdf(long))).pages]
    assert len(pages) > 1
    assert all("draft joint text" in page.lower() for page in pages)


def test_an_adopted_text_has_its_reservations_its_road_map_and_places_to_sign(adopted: Picture) -> None:
    for printed in (
        words_of_docx(as_docx(adopted)),
        words_of_pdf(as_pdf(adopted)),
        words_of_markdown(as_markdown(adopted)),
    ):
        assert "Reservation by Land PRC to paragraph 1" in printed
        assert "Land JPN stood aside" in printed
        assert "For the Republic of PRC" in printed
        assert "with reservation 3" in printed
        assert "upon verification of C1" in printed
        assert "It is no act of any government." in printed


def test_from_right_to_left_is_marked_as_such(adopted: Picture) -> None:
    [arabic] = [one for one in Document(io.BytesIO(as_docx(adopted))).paragraphs if ARABIC in one.text]
    properties = arabic._element.pPr
    assert properties is not None
    assert [one.tag for one in properties] == [f"{WORD}bidi", f"{WORD}ind", f"{WORD}jc"], "the format's own order"


# In a word processor


@pytest.mark.parametrize("standing", ["draft", "adopted"])
def test_tables_are_as_wide_for_who_goes_by_cells_as_for_who_goes_by_columns(
    standing: str, request: pytest.FixtureRequest
) -> None:
    made = Document(io.BytesIO(as_docx(request.getfixturevalue(standing))))
    ruled = [one for one in made.tables if not one.autofit]
    assert ruled
    for table in ruled:
        columns = [one.width for one in table.columns]
        assert all([cell.width for cell in row.cells] == columns for row in table.rows)
        assert abs(sum(one or 0 for one in columns) - Mm(156)) < Mm(1), "all of the width between the margins"
        assert all(row._tr.get_or_add_trPr().find(f"{WORD}cantSplit") is not None for row in table.rows)


def test_the_number_of_a_page_stands_on_a_line_of_its_own(adopted: Picture) -> None:
    """However long the small print before it is."""
    print_, number = Document(io.BytesIO(as_docx(adopted))).sections[0].footer.paragraphs
    assert print_.text == adopted.foot
    assert [one.get(f"{WORD}instr") for one in number._element.iter(f"{WORD}fldSimple")] == ["PAGE", "NUMPAGES"]


def test_headings_are_found_by_their_level(adopted: Picture) -> None:
    levels = [
        one.text
        for one in Document(io.BytesIO(as_docx(adopted))).paragraphs
        if next(one._element.iter(f"{WORD}outlineLvl"), None) is not None
    ]
    assert levels == ["Annex", "Reservations and statements", "Capitals", "Road map"]


def test_no_page_parts_a_reservation_from_its_heading(adopted: Picture) -> None:
    """Wherever on the page it comes to stand."""
    places = []
    for lines in range(12, 40, 2):
        moved = replace(adopted, words=("A line of the chair's.",) * lines, parts=(), signatures=())
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(as_pdf(moved))).pages]
        heading, words = (
            [n for n, page in enumerate(pages) if told in page] for told in ("Reservation by Land PRC", "Not in winter")
        )
        assert heading == words, f"after {lines} lines"
        places += heading
    assert set(places) == {0, 1}, "both sides of the end of a page were tried"


# Nothing private


def test_nothing_private_is_in_any_file(draft: Picture, adopted: Picture, issued: Picture) -> None:
    for picture in (draft, adopted, issued):
        for printed in (words_of_docx(as_docx(picture)), words_of_pdf(as_pdf(picture)), as_markdown(picture)):
            assert not [one for one in SECRETS if one in printed]


# Bytes and time


def test_equal_pictures_make_equal_bytes(adopted: Picture) -> None:
    first = as_docx(adopted), as_pdf(adopted), as_markdown(adopted)
    again = as_docx(replace(adopted)), as_pdf(replace(adopted)), as_markdown(replace(adopted))
    assert first == again


def test_a_docx_says_nothing_of_when_and_by_whom_it_was_made(adopted: Picture) -> None:
    with zipfile.ZipFile(io.BytesIO(as_docx(adopted))) as parts:
        assert {one.date_time for one in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert Document(io.BytesIO(as_docx(adopted))).core_properties.author == "The chair"


def test_sixty_long_paragraphs_are_quick(adopted: Picture) -> None:
    line = Line("1.", (Run("The participants agree to open their ports to each other's fishermen. " * 20),))
    long = replace(adopted, parts=(Part("operative", "", (line,) * 60),))
    began = time.process_time()
    assert all((as_docx(long), as_pdf(long), as_markdown(long)))
    assert time.process_time() - began < 20, "seconds; it takes about one"


@pytest.mark.parametrize("form", [as_docx, as_pdf, as_markdown])
def test_an_empty_document_can_be_printed(draft: Picture, form: object) -> None:
    empty = replace(draft, title="", occasion="", meeting="", parts=(), brackets=(), status="")
    assert callable(form)
    assert form(empty)


def test_what_no_file_can_hold_is_left_out(draft: Picture) -> None:
    odd = replace(draft, title="Odd\x00 title\x0b", words=(HOSTILE, "A line\nand another"))
    assert "Odd title" in words_of_docx(as_docx(odd))
    assert as_pdf(odd)
    assert as_pages(odd, 24)[0].startswith(b"\x89PNG")
