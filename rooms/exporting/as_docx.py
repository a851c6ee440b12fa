"""A picture as DOCX, to be worked on further: numbers typed out and paragraphs indented, so that it looks alike in
every word processor, and no number changes when somebody deletes a line."""

from collections.abc import Iterable, Sequence

from docx import Document
from docx.document import Document as Docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Row
from docx.text.paragraph import Paragraph

from rooms.domain.wording import PLAIN
from rooms.exporting import docx_parts
from rooms.exporting.picture import Line, Picture, Signature
from rooms.exporting.scripts import language_of, legible, reads_from_right

INDENT = Mm(9)
SHORT = 4  # characters of a paragraph's number: A12
PAIR = (Mm(36), Mm(120))
NUMBERED = (Mm(16), Mm(140))  # brackets, by the numbers of their paragraphs
ROAD_MAP = (Mm(12), Mm(30), Mm(84), Mm(30))


def as_docx(picture: Picture) -> bytes:
    """The same bytes for the same picture."""
    made = Document()
    _set_up(made, picture)
    _head(made, picture)
    for words in picture.words:
        docx_parts.said(made.add_paragraph(), words)
    for part in picture.parts:
        if part.heading:
            _heading(made, part.heading, centred=True)
        for line in part.lines:
            _line(made, line)
    _signatures(made, picture.signatures)
    _attached(made, picture)
    for title, rows in (
        ("Recorded vote", picture.vote),
        ("Capitals", picture.capitals),
        ("Brackets", picture.brackets),
    ):
        _pairs(made, title, rows)
    _road_map(made, picture)
    return docx_parts.packed(made)


def _set_up(made: Docx, picture: Picture) -> None:
    plain = made.styles["Normal"]
    plain.font.name, plain.font.size = docx_parts.FACE, Pt(12)
    plain.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), docx_parts.FACES["ko"])
    plain.paragraph_format.space_after = Pt(8)
    plain.paragraph_format.line_spacing = 1.12
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(27)
    section.top_margin, section.bottom_margin = Mm(28), Mm(32)
    docx_parts.small(section.header.paragraphs[0], picture.label)
    docx_parts.foot(section, picture.foot)
    properties = made.core_properties
    properties.title, properties.subject = (
        legible(one)[: docx_parts.PROPERTY] for one in (picture.title, picture.label)
    )
    properties.author = "The chair"
    properties.comments = properties.keywords = properties.last_modified_by = ""
    properties.created = properties.modified = docx_parts.NO_DAY
    properties.revision = 1


def _head(made: Docx, picture: Picture) -> None:
    _centred(made, picture.meeting, Pt(11))
    if picture.occasion:
        _centred(made, picture.occasion, Pt(11), italic=True)
    title = _centred(made, picture.title, Pt(18))
    title.paragraph_format.space_before, title.paragraph_format.space_after = Pt(22), Pt(6)
    label = _centred(made, picture.label, Pt(12))
    label.runs[0].font.small_caps = True
    status = _centred(made, picture.status, Pt(10), italic=True)
    status.paragraph_format.space_after = Pt(22)
    status.runs[0].font.color.rgb = docx_parts.GREY


def _centred(made: Docx, words: str, size: Pt, *, italic: bool = False) -> Paragraph:
    paragraph = made.add_paragraph()
    docx_parts.said(paragraph, words)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(2)
    for run in paragraph.runs:
        run.font.size, run.font.italic = size, italic or None
    return paragraph


def _heading(made: Docx, words: str, *, centred: bool = False) -> None:
    paragraph = made.add_paragraph()
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(20), Pt(8)
    paragraph.paragraph_format.keep_with_next = True
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    level = OxmlElement("w:outlineLvl")  # what a word processor finds its way by
    level.set(qn("w:val"), "0")
    paragraph._element.get_or_add_pPr().append(level)
    run = paragraph.add_run(words)
    run.font.small_caps, run.font.size = True, Pt(13)


def _line(made: Docx, line: Line) -> None:
    paragraph, right = made.add_paragraph(), reads_from_right(line.text)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    docx_parts.turn(paragraph, right)
    if line.number:
        paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = INDENT, -INDENT
        paragraph.add_run(f"{line.number}\t")
    language = language_of(line.text)
    for one in line.runs:
        run = docx_parts.written(paragraph, one.text, language, right)
        run.bold = run.font.cs_bold = None if one.mark == PLAIN else True
    if line.notes:
        note = paragraph.add_run(", ".join(map(str, line.notes)))
        note.font.superscript = True


def _signatures(made: Docx, signatures: Sequence[Signature]) -> None:
    if not signatures:
        return
    table = made.add_table(rows=0, cols=2)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for left in range(0, len(signatures), 2):
        cells = table.add_row().cells
        for cell, one in zip(cells, signatures[left : left + 2], strict=False):
            line = cell.paragraphs[0]
            line.paragraph_format.space_before, line.paragraph_format.space_after = Pt(40), Pt(2)
            line.paragraph_format.keep_with_next = True
            line.add_run("_" * 30)
            name = cell.add_paragraph()
            docx_parts.said(name, one.name)
            name.paragraph_format.space_after = Pt(0)
            if one.note:
                docx_parts.small(cell.add_paragraph(), one.note, italic=True)


def _attached(made: Docx, picture: Picture) -> None:
    if picture.attached:
        _heading(made, "Reservations and statements")
    for one in picture.attached:
        head = made.add_paragraph()
        head.paragraph_format.left_indent, head.paragraph_format.first_line_indent = INDENT, -INDENT
        head.paragraph_format.space_after, head.paragraph_format.keep_with_next = Pt(2), True
        head.add_run(f"{one.number}.\t")
        head.add_run(one.heading).bold = True
        docx_parts.small(head, "  " + one.date.replace(" ", "\u00a0"))
        words = made.add_paragraph()
        words.paragraph_format.left_indent = INDENT
        docx_parts.said(words, one.text)


def _pairs(made: Docx, title: str, rows: Iterable[tuple[str, str]]) -> None:
    kept = list(rows)
    if not kept:
        return
    _heading(made, title)
    table = made.add_table(rows=0, cols=2)
    docx_parts.ruled(table)
    for name, value in kept:
        row = table.add_row()
        left, right = _lines(row)
        left.add_run(name).bold = True
        docx_parts.said(right, value)
        docx_parts.whole(row)
    docx_parts.columns(table, PAIR if any(len(name) > SHORT for name, _value in kept) else NUMBERED)


def _lines(row: _Row) -> list[Paragraph]:
    """The first line of each cell, close to the rules above and beneath."""
    found = [cell.paragraphs[0] for cell in row.cells]
    for one in found:
        one.paragraph_format.space_before = one.paragraph_format.space_after = Pt(3)
    return found


def _road_map(made: Docx, picture: Picture) -> None:
    if not picture.promises:
        return
    _heading(made, "Road map")
    table = made.add_table(rows=1, cols=4)
    docx_parts.ruled(table)
    for line, words in zip(_lines(table.rows[0]), ("", "Who", "Does what", "When"), strict=True):
        line.add_run(words).italic = True
    docx_parts.whole(table.rows[0], heads=True)
    for one in picture.promises:
        row = table.add_row()
        for line, words in zip(_lines(row), (one.label, one.actor, one.act, one.when), strict=True):
            docx_parts.said(line, words)
        for name, value in one.details:
            detail = row.cells[2].add_paragraph()
            detail.paragraph_format.space_after = Pt(0)
            docx_parts.small(detail, f"{name}: ")
            docx_parts.small(detail, value)
        docx_parts.whole(row)
    docx_parts.columns(table, ROAD_MAP)
