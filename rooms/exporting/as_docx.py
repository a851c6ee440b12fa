"""A picture as DOCX, to be worked on further: numbers typed out and paragraphs indented, so that it looks alike in
every word processor, and no number changes when somebody deletes a line."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.document import Document as Docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run as Piece

from rooms.domain.wording import PLAIN
from rooms.exporting.picture import Line, Picture, Signature
from rooms.exporting.scripts import language_of, legible, reads_from_right

FACE = "Times New Roman"  # what every word processor has
FACES = {"ko": "Batang", "ja": "MS Mincho", "zh": "SimSun"}
LOCALES = {"en": "en-GB", "ko": "ko-KR", "ja": "ja-JP", "zh": "zh-CN", "ru": "ru-RU", "ar": "ar-SA", "he": "he-IL"}
GREY = RGBColor(0x5A, 0x5A, 0x5A)
INDENT = Mm(9)
TEXT_WIDTH = Mm(156)
PROPERTY = 255  # characters that the format lets a property have
# The format prescribes the order of a paragraph's properties.
BEHIND_BIDI = ("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:rPr")
# A file of any day is the same file: when it was made is said by what stands in it.
NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)
NO_TIME = (1980, 1, 1, 0, 0, 0)


def as_docx(picture: Picture) -> bytes:
    """The same bytes for the same picture."""
    made = Document()
    _set_up(made, picture)
    _head(made, picture)
    for words in picture.words:
        _said(made.add_paragraph(), words)
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
    return _packed(made)


def _set_up(made: Docx, picture: Picture) -> None:
    plain = made.styles["Normal"]
    plain.font.name, plain.font.size = FACE, Pt(12)
    plain.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FACES["ko"])
    plain.paragraph_format.space_after = Pt(8)
    plain.paragraph_format.line_spacing = 1.12
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(27)
    section.top_margin = section.bottom_margin = Mm(28)
    _small(section.header.paragraphs[0], picture.label)
    foot = section.footer.paragraphs[0]
    foot.paragraph_format.tab_stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    _small(foot, f"{picture.foot}\t")
    for field in ("PAGE", " / ", "NUMPAGES"):
        _field(foot, field) if field.isalpha() else _small(foot, field)
    properties = made.core_properties
    properties.title, properties.subject = (legible(one)[:PROPERTY] for one in (picture.title, picture.label))
    properties.author = "The chair"
    properties.comments = properties.keywords = properties.last_modified_by = ""
    properties.created = properties.modified = NO_DAY
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
    status.runs[0].font.color.rgb = GREY


def _centred(made: Docx, words: str, size: Pt, *, italic: bool = False) -> Paragraph:
    paragraph = made.add_paragraph()
    _said(paragraph, words)
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
    run = paragraph.add_run(words)
    run.font.small_caps, run.font.size = True, Pt(13)


def _line(made: Docx, line: Line) -> None:
    paragraph, right = made.add_paragraph(), reads_from_right(line.text)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    _turn(paragraph, right)
    if line.number:
        paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = INDENT, -INDENT
        paragraph.add_run(f"{line.number}\t")
    language = language_of(line.text)
    for one in line.runs:
        run = _written(paragraph, one.text, language, right)
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
            _said(name, one.name)
            name.paragraph_format.space_after = Pt(0)
            if one.note:
                _small(cell.add_paragraph(), one.note, italic=True)


def _attached(made: Docx, picture: Picture) -> None:
    if picture.attached:
        _heading(made, "Reservations and statements")
    for one in picture.attached:
        head = made.add_paragraph()
        head.paragraph_format.left_indent, head.paragraph_format.first_line_indent = INDENT, -INDENT
        head.paragraph_format.space_after, head.paragraph_format.keep_with_next = Pt(2), True
        head.add_run(f"{one.number}.\t")
        head.add_run(one.heading).bold = True
        _small(head, f"  {one.date}")
        words = made.add_paragraph()
        words.paragraph_format.left_indent = INDENT
        _said(words, one.text)


def _pairs(made: Docx, title: str, rows: Iterable[tuple[str, str]]) -> None:
    kept = list(rows)
    if not kept:
        return
    _heading(made, title)
    table = made.add_table(rows=0, cols=2)
    for name, value in kept:
        left, right = table.add_row().cells
        left.width, right.width = Mm(36), Mm(120)
        left.paragraphs[0].add_run(name).bold = True
        _said(right.paragraphs[0], value)


def _road_map(made: Docx, picture: Picture) -> None:
    if not picture.promises:
        return
    _heading(made, "Road map")
    widths = (Mm(12), Mm(32), Mm(82), Mm(30))
    table = made.add_table(rows=1, cols=4)
    table.style = "Table Grid"
    for cell, words in zip(table.rows[0].cells, ("", "Who", "Does what", "When"), strict=True):
        cell.paragraphs[0].add_run(words).italic = True
    for one in picture.promises:
        cells = table.add_row().cells
        for cell, words in zip(cells, (one.label, one.actor, one.act, one.when), strict=True):
            _said(cell.paragraphs[0], words)
        for name, value in one.details:
            detail = cells[2].add_paragraph()
            detail.paragraph_format.space_after = Pt(0)
            _small(detail, f"{name}: ")
            _small(detail, value)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width


def _said(paragraph: Paragraph, words: str) -> None:
    """Somebody's words, in their own script and direction."""
    right = reads_from_right(words)
    _turn(paragraph, right)
    _written(paragraph, words, language_of(words), right)


def _small(paragraph: Paragraph, words: str, *, italic: bool = False) -> None:
    run = _written(paragraph, words, language_of(words), reads_from_right(words))
    run.font.size, run.font.italic, run.font.color.rgb = Pt(9), italic or None, GREY


def _written(paragraph: Paragraph, words: str, language: str, right: bool) -> Piece:
    """A run that says in which language it is: by that a word processor chooses letter forms and its dictionary."""
    run = paragraph.add_run(legible(words))
    properties = run._element.get_or_add_rPr()
    if language in FACES:
        properties.get_or_add_rFonts().set(qn("w:eastAsia"), FACES[language])
    if right:
        properties.append(OxmlElement("w:rtl"))
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:bidi" if right else "w:eastAsia" if language in FACES else "w:val"), LOCALES[language])
    properties.append(spoken)
    return run


def _turn(paragraph: Paragraph, right: bool) -> None:
    if right:
        paragraph._element.get_or_add_pPr().insert_element_before(OxmlElement("w:bidi"), *BEHIND_BIDI)


def _field(paragraph: Paragraph, name: str) -> None:
    """A number that the word processor counts: PAGE or NUMPAGES."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run = paragraph.add_run("1")
    run.font.size, run.font.color.rgb = Pt(9), GREY
    field.append(run._element)
    paragraph._element.append(field)


def _packed(made: Any) -> bytes:
    """The file with a time that never changes on each of its parts."""
    first = io.BytesIO()
    made.save(first)
    packed = io.BytesIO()
    with zipfile.ZipFile(first) as read, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as written:
        for name in read.namelist():
            part = zipfile.ZipInfo(name, NO_TIME)
            part.compress_type, part.create_system = zipfile.ZIP_DEFLATED, 3
            written.writestr(part, read.read(name))
    return packed.getvalue()
