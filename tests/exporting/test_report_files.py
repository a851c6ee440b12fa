"""The debrief as PDF and DOCX: every section that is shared and nothing of what is not, the numbers of the report, what
people wrote as text, the same bytes for the same report."""

import io
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm

from rooms.debrief.contents import contents
from rooms.debrief.measures import report
from rooms.debrief.report import Report
from rooms.domain import channels, drafting, hot_wash, positions, room
from rooms.domain.fold import fold
from rooms.exporting import docx_parts
from rooms.exporting.blocks import Figure, Listing, Paper, Quote, Table, Words
from rooms.exporting.report_as_docx import as_docx
from rooms.exporting.report_as_pdf import as_data, as_pages, as_pdf
from rooms.exporting.report_picture import ASSESSMENT, TELLS, WITHIN, of_report
from rooms.exporting.scripts import can_break, settled
from tests.debrief.session import SECOND, Session, plenary
from tests.domain.play import CHINA, JAPAN, JAPAN_MOD, M1, cast_live
from tests.domain.play import Session as Stage

from .reports import (
    EVERYTHING,
    alternatives_in,
    flat,
    pages_of,
    part_of,
    printed_of,
    taken,
    told,
    words_in,
    words_of,
)
from .stages import agreed

# What is told by one part of the debrief alone.
OF_PART = {
    "outcome": ("Proposed by",),
    "decisions": ("What each side knew then", "under the rule of consensus"),
    "positions": ("Words without edges.", "Somebody moved on one of two issues"),
    "packages": ("A package is one option",),
    "texts": ("and nobody put brackets",),
    "caucuses": ("What each delegation took part in",),
    "floor": ("Every statement", "An armistice is no peace."),
    "perceptions": ("Trust in", "Medians and numbers of sealed answers"),
    "wash": ("Five faces looked at the table.", "Nobody signed a note"),
    "timeline": ("The session on one page", "The whole timeline"),
}


@pytest.fixture(scope="module")
def full() -> Paper:
    """Of a session whose numbers are known by heart."""
    return printed_of(plenary().entries, assesses=True)


@pytest.fixture(scope="module")
def promised() -> Paper:
    """Of a session with brackets, dissent and a road map."""
    return printed_of(taken(agreed().entries))


# What is shared, and what is not


def test_both_files_hold_every_section_that_the_page_has_in_its_order() -> None:
    entries = told().entries
    paper, made = printed_of(entries, assesses=True), report(entries)
    places = [one.id for one in contents(made, fold(entries), EVERYTHING, ["packages"]) if one.id in TELLS]
    assert [one.id for one in paper.sections] == places
    assert set(OF_PART) <= set(places)
    pdf, docx = "".join(pages_of(as_pdf(paper))), words_of(as_docx(paper))
    for section in paper.sections:
        for words in (section.name, section.finding):
            assert flat(words) in pdf, words
            assert flat(words) in docx, words
    for words in (
        made.headline,
        made.scenario,
        made.rules.words,
        made.rules.format_name,
        ASSESSMENT,
        "3 December 1997",
    ):
        assert flat(words) in pdf, words
        assert flat(words) in docx, words


@pytest.mark.parametrize("part", OF_PART)
def test_nothing_of_a_part_that_is_not_shared_is_in_either_file(part: str) -> None:
    entries = told().entries
    whole = "\n".join(words_in(printed_of(entries, assesses=True)))
    less = printed_of(entries, EVERYTHING - {part}, assesses=True)
    assert all(words in whole for words in OF_PART[part])
    assert part not in [one.id for one in less.sections]
    pdf, docx = "".join(pages_of(as_pdf(less))), words_of(as_docx(less))
    assert [words for words in OF_PART[part] if flat(words) in pdf or flat(words) in docx] == []


def test_mandates_are_printed_for_those_alone_who_are_given_them() -> None:
    entries = taken(agreed().entries, assesses=True)
    whole, less = (printed_of(entries, shown, assesses=True) for shown in (EVERYTHING, EVERYTHING - {"mandates"}))
    assert "Against the mandates" in [one.name for one in whole.sections]
    assert "The outcome on an issue is the option" in "\n".join(words_in(whole))
    assert "mandate" not in "\n".join(words_in(less)).lower().replace("by the mandates, for the moderator alone", "")


def test_a_report_that_names_speakers_is_printed_from_no_other_record() -> None:
    entries = plenary().entries
    made = report(entries)
    assert made.names_speakers
    with pytest.raises(ValueError, match="names speakers"):
        of_report(made, fold(entries), EVERYTHING, assesses=False, papers={})


@pytest.mark.parametrize("assesses", [True, False])
def test_every_page_says_which_record_it_is_and_what_the_rule_asks(assesses: bool) -> None:
    entries = plenary().entries
    paper = printed_of(entries if assesses else taken(entries), assesses=assesses)
    other, own = (WITHIN, ASSESSMENT) if assesses else (ASSESSMENT, WITHIN)
    rule = flat(report(entries).rules.words)
    pages = pages_of(as_pdf(paper))
    assert len(pages) > 3
    assert all(flat(own) in page and rule in page and flat(other) not in page for page in pages)
    assert all(f"{n}/{len(pages)}" in page for n, page in enumerate(pages, start=1))
    made = Document(io.BytesIO(as_docx(paper)))
    assert own in made.sections[0].footer.paragraphs[0].text
    assert made.core_properties.subject == own


# The numbers


def tables_of(file: bytes) -> list[list[list[str]]]:
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in Document(io.BytesIO(file)).tables]


def test_the_numbers_are_those_of_the_report(full: Paper) -> None:
    made: Report = report(plenary().entries)
    tables = tables_of(as_docx(full))
    (floor,) = [one for one in tables if one[0][:3] == ["Delegation", "Time", "Share"]]
    assert [(row[0], int(row[3]), int(row[4])) for row in floor[1:]] == [
        (one.name, one.speeches, one.statements) for one in made.speaking
    ]
    answers = [one for one in tables if one[0] == ["Delegation", "Answer", "Reason"]]
    assert [[row[0] for row in one[1:]] for one in answers] == [
        [each.name for each in one.answers] for one in made.calls
    ]
    (agenda,) = [one for one in tables if one[0][0] == "Item"]
    assert [row[0] for row in agenda[1:]] == [one.title for one in made.agenda]
    pdf = "".join(pages_of(as_pdf(full)))
    for row in (*floor[1:], *agenda[1:]):
        assert flat("".join(row)) in pdf, row


def test_figures_on_the_first_page_are_told_again_where_they_come_from(full: Paper) -> None:
    made = report(plenary().entries)
    assert dict((words, n) for n, words in full.figures)["statements"] == made.said.total
    first = pages_of(as_pdf(full))[0]
    assert all(f"{n}" in first and flat(words) in first for n, words in full.figures)


# In a word processor


def test_no_row_is_divided_and_no_header_stands_alone(full: Paper, promised: Paper) -> None:
    for paper in (full, promised):
        tables = Document(io.BytesIO(as_docx(paper))).tables
        heads = [one.rows[0] for one in tables if one.rows[0]._tr.get_or_add_trPr().find(qn("w:tblHeader")) is not None]
        assert len(heads) > 5
        assert all(
            line.paragraph_format.keep_with_next for row in heads for cell in row.cells for line in cell.paragraphs
        )
        assert all(row._tr.get_or_add_trPr().find(qn("w:cantSplit")) is not None for one in tables for row in one.rows)


def test_words_before_a_picture_or_a_table_stay_with_it(full: Paper) -> None:
    before = {
        one.words
        for section in full.sections
        for one, behind in pairwise(section.blocks)
        if isinstance(one, Words) and isinstance(behind, Figure | Table)
    }
    assert before
    lines = {one.text: one for one in Document(io.BytesIO(as_docx(full))).paragraphs}
    assert [words for words in before if not lines[words].paragraph_format.keep_with_next] == []


def test_tables_fill_the_page_for_who_goes_by_cells_and_for_who_goes_by_columns(full: Paper) -> None:
    for table in Document(io.BytesIO(as_docx(full))).tables:
        columns = [one.width or 0 for one in table.columns]
        assert all([cell.width for cell in row.cells] == columns for row in table.rows)
        assert abs(sum(columns) - Mm(166)) < Mm(1)


def test_no_word_of_a_header_is_broken_while_others_have_room() -> None:
    header = ("Delegation", "Caucuses", "In them", "Met", "Floor", "Speeches", "Positions", "Calls answered")
    told = docx_parts.shared(166, (4, 2, 3, 1, 3, 2, 2, 3), header)
    assert all(one.mm >= 1.9 * max(map(len, words.split())) + 3.9 for one, words in zip(told, header, strict=True))
    assert abs(sum(told) - Mm(166)) < Mm(1)
    assert docx_parts.shared(166, (1, 4), ("Who", "Words")) == [Mm(33.2), Mm(132.8)], "as wished where all have room"
    assert docx_parts.shared(20, (1, 1), ("Delegations", "Words")) == [Mm(10), Mm(10)], "nobody has any to spare"


# Pictures


def figures_of(paper: Paper) -> list[tuple[Figure, Any]]:
    """Every picture with what stands behind it."""
    return [
        (one, behind)
        for section in paper.sections
        for one, behind in zip(section.blocks, [*section.blocks[1:], None], strict=True)
        if isinstance(one, Figure)
    ]


def test_every_picture_is_told_in_words_and_followed_by_its_numbers(full: Paper, promised: Paper) -> None:
    for paper in (full, promised):
        drawn = figures_of(paper)
        assert len(drawn) > 1
        assert all(isinstance(behind, Table | Listing) for _one, behind in drawn)
        says = [one.says for one, _behind in drawn]
        assert all(len(one) > 20 for one in says)
        assert set(says) <= set(alternatives_in(as_pdf(paper)))
        images = ElementTree.fromstring(part_of(as_docx(paper))).iter(
            "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
        )
        assert [one.get("descr") for one in images] == says


# What people wrote


HOSTILE = (
    '*bold* _it_ #let x = 1 $x^2$ @ref <label> // no /* comment */ \\ `raw` <b>x</b> <script>alert(1)</script> "&amp;'
)
ENDLESS = "x" * 10_000
TURNED = "safe\u202egnp.exe\u2066"
ARABIC = "اتفق المشاركون على فتح الموانئ."
EMOJI = "👩‍👩‍👧 agreed ✔️"
SCRIPTS = "참가국들은 항구를 연다. 各方同意开放港口。 港を開く。 Стороны договорились."


@pytest.fixture(scope="module")
def hostile() -> Paper:
    played = Session("on_the_record")
    played.sit("PRC-MFA", "JPN-MFA")
    played.chair(room.StartSession())
    played.start("i4")
    for words in (HOSTILE, ENDLESS, TURNED, ARABIC, EMOJI, SCRIPTS, "Nul\x00 and \x0bbell\x07"):
        played.says("PRC-MFA", words)
    played.files("JPN-MFA", "scope", "a", reason=ENDLESS, conditions=HOSTILE)
    played.proposes("JPN-MFA", HOSTILE)
    played.proposes("JPN-MFA", ENDLESS[:6000])
    played.calls(PRC=f"object: {HOSTILE}")
    played.close(HOSTILE, SECOND)
    return printed_of(played.entries, assesses=True)


def test_what_people_wrote_is_text_in_both(hostile: Paper) -> None:
    docx, pages = words_of(as_docx(hostile)), pages_of(as_pdf(hostile))
    pdf = "".join(pages)
    for words in (HOSTILE, SCRIPTS, EMOJI, ARABIC, ENDLESS, "safegnp.exe", "Nul and bell"):
        assert flat(words) in docx, words[:80]
    for words in (HOSTILE, "Стороны договорились", "safegnp.exe"):
        assert flat(words) in pdf, words
    assert sum(page.count("x") for page in pages) >= 2 * len(ENDLESS)
    assert "\u202e" not in docx + pdf


def test_no_endless_word_runs_off_its_page(hostile: Paper) -> None:
    """Nothing that is set lies outside the page: each column of a table breaks what it cannot hold."""
    blocks = [one for section in as_data(hostile)["sections"] for one in section["blocks"]]
    said = [one["words"] for one in blocks if one["kind"] == "quote"]
    assert as_pages(hostile, 20)
    assert can_break(ENDLESS) in said
    assert max(map(len, can_break(ENDLESS).split("\u200b"))) == 10


def test_places_to_break_never_part_what_belongs_together() -> None:
    family = "👩‍👩‍👧"
    assert all(one.count("\u200d") in (0, 2, 4, 6, 8) for one in can_break(family * 40).split("\u200b"))
    accented = "e\u0301" * 60
    assert not [one for one in can_break(accented).split("\u200b") if one.startswith("\u0301")]
    assert can_break("各方同意开放港口" * 20) == "各方同意开放港口" * 20
    assert can_break("A short word.") == "A short word."
    assert settled("a\u202eb\u2069\x00c") == "abc"


def test_a_session_in_which_nothing_happened_is_printed_too() -> None:
    empty = Session()
    for entries in (empty.entries, taken(empty.entries)):
        paper = printed_of(entries)
        assert flat("The session has not begun.") in pages_of(as_pdf(paper))[0]
        assert as_docx(paper)


# Bytes


def test_the_same_report_makes_the_same_bytes(promised: Paper) -> None:
    again = printed_of(taken(agreed().entries))
    assert again == promised
    assert (as_docx(again), as_pdf(again)) == (as_docx(promised), as_pdf(promised))


def confided(words: str, *, less: bool = False) -> Stage:
    """A session in which delegations tell each other something; or else keep even that to themselves."""
    stage = cast_live()
    private = (
        (JAPAN, channels.SayInDelegation(words)),
        (CHINA, drafting.KeepDraft(words)),
        (JAPAN_MOD, positions.DeclarePosition("scope", "c", (), words, words, False)),
    )
    for actor, command in () if less else private:
        stage.done((actor, command))
    stage.done((M1, room.CloseSession("Thank you.")))
    return stage.done((M1, hot_wash.BeginHotWash()), (CHINA, hot_wash.AddWashNote("plus", "We listened.")))


def test_what_others_confided_changes_no_byte_of_the_file() -> None:
    twins = [confided("Yield on the islands."), confided("Never yield."), confided("", less=True)]
    papers = [printed_of(taken(one.entries)) for one in twins]
    documents = {part_of(as_docx(one)) for one in papers}
    assert len(documents) == 1
    assert len({as_pdf(one) for one in papers}) == 1
    assert "islands" not in documents.pop().decode()


def test_quotes_and_small_print_are_all_there(full: Paper) -> None:
    said = [one for section in full.sections for one in section.blocks if isinstance(one, Quote | Words)]
    docx = words_of(as_docx(full))
    assert [one.words for one in said if flat(one.words) not in docx] == []
