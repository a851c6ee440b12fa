"""What every DOCX of ours is written with: people's words in their own script and direction, small print, numbers that
a word processor counts, and a file that is the same whenever it is made."""

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run as Piece

from rooms.exporting.scripts import language_of, reads_from_right, settled

FACE = "Times New Roman"  # what every word processor has
FACES = {"ko": "Batang", "ja": "MS Mincho", "zh": "SimSun"}
LOCALES = {"en": "en-GB", "ko": "ko-KR", "ja": "ja-JP", "zh": "zh-CN", "ru": "ru-RU", "ar": "ar-SA", "he": "he-IL"}
GREY = RGBColor(0x5A, 0x5A, 0x5A)
# The format prescribes the order of a paragraph's properties.
BEHIND_BIDI = ("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:rPr")
# A file of any day is the same file: when it was made is said by what stands in it.
NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)
NO_TIME = (1980, 1, 1, 0, 0, 0)
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
