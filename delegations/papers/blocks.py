"""From lines to blocks: headings, pieces of running text, list items, table rows, footnotes, rules.

A block is what the page shows, not yet what the paper says: pieces of one paragraph are still apart, and what a
heading or a footnote truly is, is judged later with its neighbours in view (`notes`, `structure`).
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Final

from delegations.papers import noise, tables
from delegations.papers.dense import part_dense

HEADING: Final = re.compile(r"\s{0,3}(#{1,6})\s+(\S.*?)\s*#*\s*$")
UNDERLINE: Final = re.compile(r"\s{0,3}=={2,}\s*$")
RULE: Final = re.compile(r"\s*(?:\\?[-_*]\s*){3,}$")
BULLET: Final = re.compile(r"(\s*)[-*+•●▪◦·]\s+(?=\S)")
NUMBERED: Final = re.compile(r"(\s*)(?:[-*+•●▪◦·]\s+)?\(?(\d{1,2}|[a-hA-H])([.)])\s+(?=\S)")
NOTE: Final = re.compile(
    r"\s*(?:<sup>\s*\\?(?P<mark>\*|†|\d{1,3})\s*</sup>|\[\^(?P<caret>\d{1,3})\]:|(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})|\\(?P<star>\*))\s*(?=\S)"
)
STRONG: Final = re.compile(r"\s*(\*{1,3}|_{1,3})(?=\S).*\S\1\s*$")
CONTENTS_LINE: Final = re.compile(r"\S.*(?:\t\s*[. ]*|\.{2,}\s*|\s{2,})[\d ]{1,12}$")
# A numbered line inside running text is an item only where a sentence or a colon ended above it.
BEFORE_ITEM: Final = re.compile(r"[.:;?!]\W*(?:and|or)?\s*$")
FROM_RAISED: Final = str.maketrans(noise.SUPERSCRIPTS, "0123456789")
PAGE_END: Final = "\f"
FEWEST_WRAPPED: Final = 20
MOST_WIDTH: Final = 130
MOST_HEADING: Final = 110
MOST_HEADING_WORDS: Final = 14
SMALL: Final = frozenset(
    {
        "a",
        "an",
        "and",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "into",
        "of",
        "on",
        "or",
        "over",
        "the",
        "to",
        "toward",
        "towards",
        "with",
        "about",
        "is",
    }
)
ENUMERATED: Final = re.compile(r"(?:chapter\s+|part\s+)?(?:[IVX]{1,5}|\d{1,2}(?:\.\d{1,2})*|[A-Z])[.):]\s+(?=\S)", re.I)


class Kind(Enum):
    HEADING = "heading"
    TEXT = "text"
    ITEM = "item"
    ROW = "row"
    NOTE = "note"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Block:
    kind: Kind
    text: str
    line: int
    level: int = 0
    mark: str = ""  # of an item: its printed number; of a note: its number or star
    strong: bool = False  # all of it in bold or italics, as a name or a heading may be
    path: tuple[str, ...] = ()  # of a table row: caption, row and column
    page_ends: bool = False  # the page ends below it
    runs_on: bool = False  # and its last line is full: the paragraph may go on overleaf


@dataclass(slots=True)
class Report:
    """What was left out or doubted on the way, for the person who imports."""

    lines: list[str] = field(default_factory=list)
    strays: int = 0

    def say(self, sentence: str) -> None:
        self.lines.append(sentence)


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    text: str


def read_blocks(text: str, *, report: Report) -> list[Block]:
    """The blocks in their order on the page, cleaned of markup."""
    text = noise.DOUBLED_TAG.sub("<sup>", text)
    lines = _without_page_furniture(text, report)
    joining = noise.Joining(text)
    with_headings = sum(bool(HEADING.match(line.text)) for line in lines) >= 2
    chunks = list(_chunks(part_dense_lines(lines)))
    page_ends = [line.number for line in lines if line.text == PAGE_END]
    width = _width(chunks)
    blocks: list[Block] = []
    for place, chunk in enumerate(chunks):
        after = chunks[place + 1] if place + 1 < len(chunks) else []
        read = _read_chunk(chunk, after, joining, report, guess=not with_headings, last=blocks[-1:] or None)
        if read and after and _page_ends_between(chunk, after, page_ends):
            read[-1] = replace(read[-1], page_ends=True, runs_on=_is_full(chunk, after, width))
        blocks += read
    return blocks


def _page_ends_between(chunk: list[Line], after: list[Line], page_ends: list[int]) -> bool:
    place = bisect_left(page_ends, chunk[-1].number)
    return place < len(page_ends) and page_ends[place] <= after[0].number


def _is_full(chunk: list[Line], after: list[Line], width: int) -> bool:
    """Whether the next word would not have fitted on the last line. The last line of a paragraph is seldom full."""
    words = after[0].text.split()
    return len(chunk) >= 2 and 0 < width <= len(chunk[-1].text) + 1 + len(words[0])


def _width(chunks: list[list[Line]]) -> int:
    """The usual width of lines where a text is wrapped; 0 where it is not."""
    widths = sorted(len(line.text) for chunk in chunks for line in chunk[:-1] if "\t" not in line.text)
    if len(widths) < FEWEST_WRAPPED:
        return 0
    usual = widths[int(len(widths) * 0.9)]
    return usual if usual <= MOST_WIDTH else 0


def part_dense_lines(lines: list[Line]) -> list[Line]:
    """Where a text has no empty lines (as PDF gives it), put them where its paragraphs end."""
    breaks = part_dense([line.text for line in lines])
    parted: list[Line] = []
    for place, line in enumerate(lines):
        if place in breaks:
            parted.append(Line(line.number, ""))
        parted.append(line)
    return parted


def _without_page_furniture(text: str, report: Report) -> list[Line]:
    """Every line, without page numbers and what stands again at the top or foot of every page."""
    pages: list[list[Line]] = []
    number = 0
    for content in text.split("\f"):
        lines = []
        for raw in content.split("\n"):
            number += 1
            lines.append(Line(number, noise.clean_line(raw)))
        number -= 1  # a form feed parts pages, not lines
        pages.append(lines)
    edges = [line.text for page in pages for line in _edges(page)] if len(pages) > 1 else []
    alone = [chunk[0].text for page in pages for chunk in _by_empty_lines(page) if len(chunk) == 1]
    heads = noise.running_heads([*edges, *alone]) if len(pages) > 1 else noise.running_heads(alone)
    kept: list[Line] = []
    for page in pages:
        edge = {line.number for line in _edges(page)}
        for line in page:
            furniture = line.text and _is_furniture(
                line.text, heads=heads, at_edge=len(pages) > 1 and line.number in edge
            )
            report.strays += bool(furniture)
            kept.append(Line(line.number, PAGE_END) if furniture else line)
        kept.append(Line(page[-1].number, PAGE_END))
    return kept[:-1]


def _edges(page: list[Line]) -> list[Line]:
    written = [line for line in page if line.text.strip()]
    return [*written[:2], *written[-2:]]


def _is_furniture(text: str, *, heads: frozenset[str], at_edge: bool) -> bool:
    if noise.is_page_number(text):
        return at_edge or text.strip().isdigit() or text.strip().isupper()
    return noise.is_short(text) and noise.masked(text) in heads


def _by_empty_lines(lines: list[Line]) -> Iterator[list[Line]]:
    chunk: list[Line] = []
    for line in lines:
        if line.text.strip():
            chunk.append(line)
        elif chunk:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _chunks(lines: list[Line]) -> Iterator[list[Line]]:
    """Lines that belong together: parted by empty lines, headings, rules and footnotes."""
    for chunk in _by_empty_lines(lines):
        part: list[Line] = []
        table = tables.is_table([line.text for line in chunk])
        for line in chunk:
            alone = HEADING.match(line.text) or RULE.match(line.text)
            if part and not table and (alone or NOTE.match(line.text) or _is_alone(part[-1].text)):
                yield part
                part = []
            part.append(line)
            if UNDERLINE.match(line.text) and len(part) == 2:
                yield [Line(part[0].number, f"# {part[0].text.strip()}")]
                part = []
        if part:
            yield part


def _is_alone(text: str) -> bool:
    return bool(HEADING.match(text) or RULE.match(text))


def _read_chunk(
    chunk: list[Line],
    after: list[Line],
    joining: noise.Joining,
    report: Report,
    *,
    guess: bool,
    last: list[Block] | None,
) -> list[Block]:
    first = chunk[0]
    texts = [line.text for line in chunk]
    if heading := HEADING.match(first.text):
        text = noise.plain(heading[2])
        return [Block(Kind.HEADING, text, first.number, level=len(heading[1]))] if text else []
    if RULE.match(first.text):
        return [Block(Kind.RULE, "", first.number)]
    if _is_contents(texts):
        report.say(f"Line {first.number}: a table of contents ({len(chunk)} lines) was left out.")
        return []
    if tables.is_table(texts):
        caption = last[0].text if last and tables.is_caption(last[0].text) else ""
        return [
            Block(Kind.ROW, joining.mend(noise.plain(cell.text)), first.number, path=(caption, *cell.path))
            for cell in tables.read_cells(texts)
            if noise.plain(cell.text)
        ]
    if noise.is_stray(" ".join(texts)):
        report.strays += 1
        return []
    if note := NOTE.match(first.text):
        mark = note["mark"] or note["caret"] or note["star"] or (note["raised"] or "").translate(FROM_RAISED)
        texts[0] = first.text[note.end() :]
        return [Block(Kind.NOTE, _text(texts, joining), first.number, mark=mark)]
    blocks = list(_read_running(chunk, joining))
    if guess and len(blocks) == 1 and _looks_like_heading(blocks[0], after):
        return [replace(blocks[0], kind=Kind.HEADING, level=3 if ENUMERATED.match(blocks[0].text) else 2)]
    return blocks


def _text(texts: list[str], joining: noise.Joining) -> str:
    return joining.mend(noise.plain(joining.lines(texts)))


def _is_contents(texts: list[str]) -> bool:
    matching = sum(bool(CONTENTS_LINE.match(noise.plain(text) if "<" in text else text)) for text in texts)
    return len(texts) >= 3 and matching >= 0.7 * len(texts)


def _read_running(chunk: list[Line], joining: noise.Joining) -> Iterator[Block]:
    """Paragraph pieces and list items; a line that starts no item goes on with the one above it."""
    part: list[Line] = []
    in_list = False
    for line in chunk:
        starts = _starts_item(line.text, above=part[-1].text if part else "", in_list=in_list)
        if starts and part:
            yield _running_block(part, joining, item=in_list)
            part = []
        in_list = in_list or starts
        part.append(line)
    yield _running_block(part, joining, item=in_list)


def _starts_item(text: str, *, above: str, in_list: bool) -> bool:
    if BULLET.match(text) and not STRONG.match(text):
        return True
    return bool(NUMBERED.match(text)) and (not above or in_list or bool(BEFORE_ITEM.search(above)))


def _running_block(part: list[Line], joining: noise.Joining, *, item: bool) -> Block:
    texts = [line.text for line in part]
    if not item:
        strong = bool(STRONG.match(texts[0])) and len(texts) == 1
        return Block(Kind.TEXT, _text(texts, joining), part[0].number, strong=strong)
    mark = ""
    if numbered := NUMBERED.match(texts[0]):
        mark, texts[0] = numbered[2], texts[0][numbered.end() :]
    elif bullet := BULLET.match(texts[0]):
        texts[0] = texts[0][bullet.end() :]
    return Block(Kind.ITEM, _text(texts, joining), part[0].number, mark=mark)


def _looks_like_heading(block: Block, after: list[Line]) -> bool:
    """In a text without marked headings: one short line, capitalised like a title, with something under it."""
    text = ENUMERATED.sub("", block.text)
    words = noise.WORD.findall(text)
    if not words or not after or len(text) > MOST_HEADING or len(words) > MOST_HEADING_WORDS or text[-1] in ".,;:":
        return False
    if block.kind is Kind.ITEM and not block.mark:
        return False
    if block.strong or text.isupper():
        return True
    telling = [word for word in words if word.lower() not in SMALL]
    capitals = sum(word[0].isupper() for word in telling)
    return bool(telling) and text[0].isupper() and capitals >= 0.75 * len(telling)
