"""What every DOCX of ours is written with: people's words in their own script and direction, small print, numbers that
a word processor counts, and a file that is the same whenever it is made."""

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Length, Mm, Pt, RGBColor
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run as Piece

from rooms.exporting.scripts import language_of, reads_from_right, settled

FACE = "Times New Roman"  # what every word processor has
FACES = {"ko": "Batang", "ja": "MS Mincho", "zh": "SimSun"}
LOCALES = {"en": "en-GB", "ko": "ko-KR", "ja": "ja-JP", "zh": "zh-CN", "ru": "ru-RU", "ar": "ar-SA", "he": "he-IL"}
GREY = RGBColor(0x5A, 0x5A, 0x5A)
HAIR = (("w:val", "single"), ("w:sz", "4"), ("w:space", "0"), ("w:color", "8C8C8C"))
# The format prescribes the order of a paragraph's properties.
BEHIND_BIDI = ("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:rPr")
# A file of any day is the same file: when it was made is said by what stands in it.
NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)
NO_TIME = (1980, 1, 1, 0, 0, 0)
BESIDE, LETTER = 4.0, 1.9  # mm: what a cell keeps free beside its words, and a wide letter of small print
NARROW, WIDE = 7, 60  # characters of a column that is as wide as its words
PROPERTY = 255  # characters that the format lets a property have


def said(paragraph: Paragraph, words: str) -> None:
    """Somebody's words, in their own script and direction."""
    right = reads_from_right(words)
    turn(paragraph, right)
    written(paragraph, words, language_of(words), right)


def small(paragraph: Paragraph, words: str, *, italic: bool = False) -> None:
    run = written(paragraph, words, language_of(words), reads_from_right(words))
    run.font.size, run.font.italic, run.font.color.rgb = Pt(9), italic or None, GREY


def written(paragraph: Paragraph, words: str, language: str, right: bool) -> Piece:
    """A run that says in which language it is: by that a word processor chooses letter forms and its dictionary."""
    run = paragraph.add_run(settled(words))
    properties = run._element.get_or_add_rPr()
    if language in FACES:
        properties.get_or_add_rFonts().set(qn("w:eastAsia"), FACES[language])
    if right:
        properties.append(OxmlElement("w:rtl"))
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:bidi" if right else "w:eastAsia" if language in FACES else "w:val"), LOCALES[language])
    properties.append(spoken)
    return run


def turn(paragraph: Paragraph, right: bool) -> None:
    if right:
        paragraph._element.get_or_add_pPr().insert_element_before(OxmlElement("w:bidi"), *BEHIND_BIDI)


def field(paragraph: Paragraph, name: str) -> None:
    """A number that the word processor counts: PAGE or NUMPAGES."""
    counted = OxmlElement("w:fldSimple")
    counted.set(qn("w:instr"), name)
    run = paragraph.add_run("1")
    run.font.size, run.font.color.rgb = Pt(9), GREY
    counted.append(run._element)
    paragraph._element.append(counted)


def foot(section: Section, words: str) -> None:
    """The small print of every page; the number has a line of its own, for the print may be longer than a line."""
    small(section.footer.paragraphs[0], words)
    number = section.footer.add_paragraph()
    number.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for part in ("PAGE", " / ", "NUMPAGES"):
        field(number, part) if part.isalpha() else small(number, part)


def ruled(table: Table) -> None:
    """Lines between the rows and nowhere else."""
    borders = OxmlElement("w:tblBorders")
    for side in ("bottom", "insideH"):
        line: Any = OxmlElement(f"w:{side}")
        for name, value in HAIR:
            line.set(qn(name), value)
        borders.append(line)
    table._tbl.tblPr.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")


def columns(table: Table, widths: Sequence[Length]) -> None:
    """As wide as said, in every word processor: some go by the cells, others by the columns alone."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width


def shared(width: float, shares: Sequence[int], header: Sequence[str]) -> list[Length]:
    """`width`, in mm, shared out so that no word of the header is broken as long as others have room to spare."""
    given = [width * one / sum(shares) for one in shares]
    least = [BESIDE + LETTER * max(map(len, words.split()), default=0) for words in header]
    missing = sum(max(need - has, 0) for has, need in zip(given, least, strict=True))
    spare = sum(max(has - need, 0) for has, need in zip(given, least, strict=True))
    if missing > spare:
        return [Mm(one) for one in given]
    taken = missing / spare if spare else 0
    return [Mm(need if has <= need else has - (has - need) * taken) for has, need in zip(given, least, strict=True)]


def wanted(rows: Sequence[Sequence[str]]) -> list[int]:
    """How the columns share a width that nobody has set: by their longest line, as far as a line should go."""
    lines = [[len(line) for cell in column for line in cell.split("\n")] for column in zip(*rows, strict=True)]
    return [min(max(max(one), NARROW), WIDE) for one in lines]


def whole(row: _Row, *, heads: bool = False) -> None:
    """A row that no page divides. `heads`: it stands at the head of each page, and at the foot of none."""
    properties = row._tr.get_or_add_trPr()
    for tag in ("w:cantSplit", *(["w:tblHeader"] if heads else [])):
        properties.append(OxmlElement(tag))
    if heads:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True


def packed(made: Any) -> bytes:
    """The file with a time that never changes on each of its parts."""
    first = io.BytesIO()
    made.save(first)
    whole = io.BytesIO()
    with zipfile.ZipFile(first) as read, zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as written:
        for name in read.namelist():
            part = zipfile.ZipInfo(name, NO_TIME)
            part.compress_type, part.create_system = zipfile.ZIP_DEFLATED, 3
            written.writestr(part, read.read(name))
    return whole.getvalue()
