"""A report as DOCX, to be worked on further: with the headings of a word processor, so that it finds its way around in
it; tables as tables, drawings as images with the same in words beside them."""

import io
from collections.abc import Iterator
from itertools import zip_longest
from typing import Final

from docx import Document
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell as Cell
from docx.text.paragraph import Paragraph

from rooms.exporting import docx_parts
from rooms.exporting.blocks import Block, Figure, Heading, Listing, Paper, Quote, Section, Table, Wordings, Words
from rooms.exporting.report_as_pdf import as_images
from rooms.exporting.scripts import language_of, reads_from_right, settled

FACE: Final = "Arial"
SAID: Final = docx_parts.FACE  # what people said is set in a serif
BLACK: Final = RGBColor(0, 0, 0)
TEXT_WIDTH: Final = Mm(166)
INDENT: Final = Mm(14)
SIZES: Final = {"Normal": 10, "Heading 1": 15, "Heading 2": 11.5}
CELL: Final = Pt(9)


def as_docx(paper: Paper) -> bytes:
    """The same bytes for the same report on the same machine."""
    made = Document()
    _set_up(made, paper)
    _front(made, paper)
    _contents(made, paper)
    drawn = [block for section in paper.sections for block in section.blocks if isinstance(block, Figure)]
    images = iter(as_images(drawn))
    for n, section in enumerate(paper.sections, start=1):
        _section(made, n, section, images)
    return docx_parts.packed(made)


def _set_up(made: Docx, paper: Paper) -> None:
    for name, size in SIZES.items():
        style = made.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = FACE, Pt(size), BLACK
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:hAnsi"), FACE)
        fonts.set(qn("w:cs"), FACE)
        fonts.set(qn("w:eastAsia"), docx_parts.FACES["ko"])
        style.paragraph_format.space_after = Pt(6)
    made.styles["Heading 1"].paragraph_format.space_before = Pt(2)
    made.styles["Heading 2"].paragraph_format.space_before = Pt(14)
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin, section.bottom_margin = Mm(25), Mm(30)
    docx_parts.small(section.header.paragraphs[0], f"Debrief: {paper.title}")
    docx_parts.foot(section, paper.foot)
    properties = made.core_properties
    properties.title, properties.subject = (settled(one)[: docx_parts.PROPERTY] for one in (paper.title, paper.record))
    properties.author = properties.comments = properties.keywords = properties.last_modified_by = ""
    properties.created = properties.modified = docx_parts.NO_DAY
    properties.revision = 1


def _front(made: Docx, paper: Paper) -> None:
    docx_parts.small(made.add_paragraph(), paper.eyebrow)
    headline = made.add_paragraph()
    docx_parts.said(headline, paper.headline)
    for run in headline.runs:
        run.font.size, run.font.bold = Pt(23), True
    standfirst = made.add_paragraph()
    docx_parts.said(standfirst, paper.standfirst)
    for run in standfirst.runs:
        run.font.size = Pt(12)
    if paper.notice:
        made.add_paragraph().add_run(paper.notice).bold = True
    if paper.figures:
        told = "   ".join(f"{n} {words}" for n, words in paper.figures)
        made.add_paragraph().add_run(told).bold = True
    record = made.add_paragraph()
    record.add_run(f"{paper.record}. ").bold = True
    record.add_run(paper.record_words)
    _table(made, Table(("", ""), paper.facts, (1, 5)))


def _contents(made: Docx, paper: Paper) -> None:
    """A list of the sections that the word processor can number anew; until then it leads there."""
    head = made.add_paragraph()
    head.add_run().add_break(WD_BREAK.PAGE)
    title = head.add_run("In this report")
    title.bold, title.font.size = True, Pt(15)
    for n, section in enumerate(paper.sections, start=1):
        line = made.add_paragraph()
        line.paragraph_format.space_after = Pt(3)
        line.paragraph_format.tab_stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
        if n == 1:
            _mark_field(line, "begin")
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = 'TOC \\o "1-1" \\h \\z'
            line.add_run()._element.append(instruction)
            _mark_field(line, "separate")
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), _anchor(section))
        words = section.name if section.name == section.finding else f"{section.name}: {section.finding}"
        link.append(docx_parts.written(line, words, language_of(words), reads_from_right(words))._element)
        line._element.append(link)
        if n == len(paper.sections):
            _mark_field(line, "end")


def _mark_field(paragraph: Paragraph, kind: str) -> None:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._element.append(mark)


def _anchor(section: Section) -> str:
    return f"part_{section.id.replace('-', '_')}"


def _section(made: Docx, number: int, section: Section, images: Iterator[bytes]) -> None:
    eyebrow = made.add_paragraph()
    eyebrow.paragraph_format.keep_with_next = True
    eyebrow.paragraph_format.space_before, eyebrow.paragraph_format.space_after = Pt(26), Pt(0)
    eyebrow.paragraph_format.page_break_before = number == 1
    if section.name != section.finding:
        docx_parts.small(eyebrow, section.name)
    heading = made.add_heading("", 1)
    docx_parts.said(heading, section.finding)
    _bookmark(heading, number, _anchor(section))
    for block, behind in zip_longest(section.blocks, section.blocks[1:]):
        _block(made, block, images)
        if isinstance(block, Words) and isinstance(behind, Figure | Table):
            made.paragraphs[-1].paragraph_format.keep_with_next = True


def _bookmark(paragraph: Paragraph, number: int, name: str) -> None:
    for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
        mark = OxmlElement(tag)
        mark.set(qn("w:id"), str(number))
        if tag == "w:bookmarkStart":
            mark.set(qn("w:name"), name)
        paragraph._element.append(mark)


def _block(made: Docx, block: Block, images: Iterator[bytes]) -> None:
    match block:
        case Heading(words):
            docx_parts.said(made.add_heading("", 2), words)
        case Words(words, hint):
            docx_parts.small(made.add_paragraph(), words) if hint else docx_parts.said(made.add_paragraph(), words)
        case Listing(lines):
            for line in lines:
                docx_parts.said(made.add_paragraph(style="List Bullet"), line)
        case Quote(words, by):
            _quote(made, words, by)
        case Wordings(rows):
            for number, words, note in rows:
                _wording(made, number, words, note)
        case Table():
            _table(made, block)
        case Figure():
            _figure(made, block, next(images))


def _quote(made: Docx, words: str, by: str) -> None:
    quotation = made.add_paragraph()
    quotation.paragraph_format.left_indent = Mm(6)
    quotation.paragraph_format.space_after = Pt(1 if by else 6)
    quotation.paragraph_format.keep_with_next = bool(by)
    _serif(quotation, words, Pt(11))
    if by:
        whose = made.add_paragraph()
        whose.paragraph_format.left_indent = Mm(6)
        docx_parts.small(whose, by)


def _wording(made: Docx, number: str, words: str, note: str) -> None:
    line = made.add_paragraph()
    line.paragraph_format.left_indent, line.paragraph_format.first_line_indent = INDENT, -INDENT
    line.paragraph_format.tab_stops.add_tab_stop(INDENT)
    line.paragraph_format.space_after = Pt(1 if note else 6)
    line.paragraph_format.keep_with_next = bool(note)
    docx_parts.small(line, f"{number}\t")
    _serif(line, words, Pt(11))
    if note:
        below = made.add_paragraph()
        below.paragraph_format.left_indent = INDENT
        docx_parts.small(below, note)


def _serif(paragraph: Paragraph, words: str, size: Pt) -> None:
    docx_parts.said(paragraph, words)
    run = paragraph.runs[-1]
    run.font.size, run.font.name = size, SAID


def _table(made: Docx, block: Table) -> None:
    table = made.add_table(rows=0, cols=len(block.header))
    docx_parts.ruled(table)
    if any(block.header):
        row = table.add_row()
        for place, (cell, words) in enumerate(zip(row.cells, block.header, strict=True)):
            docx_parts.small(_line_of(cell, place in block.figures), words)
        docx_parts.whole(row, heads=True)
    for words_of_row in block.rows:
        row = table.add_row()
        for place, (cell, words) in enumerate(zip(row.cells, words_of_row, strict=True)):
            _cell(cell, words, block, place)
        docx_parts.whole(row)
    shares = block.widths or docx_parts.wanted([block.header, *block.rows])
    docx_parts.columns(table, docx_parts.shared(TEXT_WIDTH.mm, shares, block.header))
    after = made.add_paragraph()
    after.paragraph_format.space_after = Pt(2)


def _cell(cell: Cell, words: str, block: Table, place: int) -> None:
    for n, line in enumerate(words.split("\n")):
        paragraph = _line_of(cell, place in block.figures) if n == 0 else cell.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(2)
        if not line:
            continue
        docx_parts.said(paragraph, line)
        run = paragraph.runs[-1]
        run.font.size = CELL
        if place in block.said:
            run.font.name, run.font.size = SAID, Pt(10)
        elif (place == 0 and not any(block.header)) or (n == 0 and place in block.titled):
            run.font.bold = True


def _line_of(cell: Cell, is_figure: bool) -> Paragraph:
    paragraph: Paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
    if is_figure:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    return paragraph


def _figure(made: Docx, block: Figure, image: bytes) -> None:
    if block.caption:
        caption = made.add_paragraph()
        caption.paragraph_format.keep_with_next = True
        docx_parts.small(caption, block.caption)
    paragraph = made.add_paragraph()
    picture = paragraph.add_run().add_picture(io.BytesIO(image), width=Mm(166 * block.width / 100))
    picture._inline.docPr.set("descr", settled(block.says))
