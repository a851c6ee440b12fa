"""From text to a paper: numbered passages with locators, section by section.

Paragraphs that a page cut in two become one again, whatever stood between. How passages are counted: paragraphs
from 1 under each heading; items of a numbered list by their printed number; items of a list without numbers go
on with the paragraphs' count; footnotes by their own number, chapter by chapter.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from delegations.papers import naming, noise, tables
from delegations.papers.blocks import Block, Kind, Report, read_blocks
from delegations.papers.gazetteer import Gazetteer
from delegations.papers.notes import part_notes
from delegations.papers.refusing import PaperRefused
from delegations.papers.sections import (
    FEWEST_CUT,
    FRONT,
    LEFT_OPEN,
    Section,
    acronyms_of,
    demote_false_headings,
    mark_authors,
    sections_of,
    without_captions,
)
from delegations.words import LOCATOR, PassageKind

# "were; 1) an accounting; 2) an end": a list inside a sentence, from 1 on, at least three of them.
INLINE: Final = re.compile(r"(?<=[\s;:,(])\(?(\d{1,2})\)\s+")
FEWEST_INLINE: Final = 3
MOST_HEADINGS: Final = 2_000  # a long book has a few hundred; each is compared with those before it
INLINE_SECTION: Final = re.compile(r", (?:paragraph )?\d+ items$")
BARE_REFERENCE: Final = re.compile(r"(?<=[.,;!?][\"”’'])\s?(\d{1,3})(?=\s|$)|(?<=[a-z][.,;])(\d{1,3})(?=\s|$)")


@dataclass(frozen=True, slots=True)
class PreparedPassage:
    """One passage, ready to be stored."""

    locator: str
    section: str
    number: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class ReadPaper:
    passages: tuple[PreparedPassage, ...]
    report: Report


def read_paper(text: str, *, authors: str, gazetteer: Gazetteer) -> ReadPaper:
    """The passages of a paper's text; `authors` separated by semicolons, as its metadata has them."""
    report = Report()
    blocks = part_notes(read_blocks(text, report=report))
    blocks = [*without_captions(demote_false_headings(blocks, report))]
    headings = sum(block.kind is Kind.HEADING for block in blocks)
    if headings > MOST_HEADINGS:
        raise PaperRefused(
            f"It has {headings:,} headings; a paper has {MOST_HEADINGS:,} at most. Cut out the chapters that you need."
        )
    acronyms = acronyms_of(blocks)
    names = naming.author_names(authors)
    sections = sections_of(mark_authors(blocks, names), names, acronyms, gazetteer)
    joining = noise.Joining(text)
    passages = [passage for section in sections for passage in _passages(section, joining, report)]
    passages = _restore_note_marks(passages)
    if report.strays:
        report.say(f"{report.strays} strays of the page (rules, arrows, page numbers, running heads) were left out.")
    for name, misread, times in gazetteer.misreadings(passage.text for passage in passages):
        report.say(f"'{misread}' stands {times} times for {name}: a known slip of text recognition, kept as it is.")
    return ReadPaper(tuple(_once_each(passages)), report)


def _passages(section: Section, joining: noise.Joining, report: Report) -> Iterator[PreparedPassage]:
    prefix = ", ".join(part for part in (section.author, section.name) if part)
    prefix = prefix[: LOCATOR - 60]
    chapter = section.author or section.name
    blocks = _fill_numbers(_rejoined(section, joining), report)
    paragraphs = lists = 0
    last_item = 0
    for block, numbered in blocks:
        if block.kind is Kind.NOTE:
            number = int(block.mark) if block.mark.isdigit() else 0
            yield PreparedPassage(f"{chapter}, note {block.mark}", prefix, number, PassageKind.FOOTNOTE, block.text)
        elif block.kind is Kind.ROW:
            yield _row(block, prefix, section.author)
        elif numbered:
            number = _value(block.mark)
            lists += lists == 0 or number <= last_item
            last_item = number
            place = f"{prefix}, list {lists}" if lists > 1 else prefix
            yield PreparedPassage(f"{place}, {block.mark}", prefix, number, PassageKind.LIST_ITEM, block.text)
        else:
            paragraphs += 1
            kind = PassageKind.LIST_ITEM if block.kind is Kind.ITEM else PassageKind.PARAGRAPH
            locator = f"{prefix}, paragraph {paragraphs}"
            yield PreparedPassage(locator, prefix, paragraphs, kind, block.text)
            yield from _inline_items(block, locator, report)


def _rejoined(section: Section, joining: noise.Joining) -> list[Block]:
    """The blocks of a section, with paragraphs and items whole again."""
    whole: list[Block] = []
    running = -1  # where the last paragraph or item stands; notes, rules and tables may stand behind it
    for block in section.blocks:
        if block.kind is Kind.RULE:
            continue
        if block.kind is Kind.TEXT and running >= 0 and _goes_on(whole[running], block, section, joining):
            text = joining.join(whole[running].text, block.text)
            whole[running] = replace(whole[running], text=text, page_ends=block.page_ends, runs_on=block.runs_on)
            continue
        if block.kind in (Kind.TEXT, Kind.ITEM):
            running = len(whole)
        whole.append(block)
    return whole


def _goes_on(before: Block, after: Block, section: Section, joining: noise.Joining) -> bool:
    """Whether one piece of text goes on in the next. A capital may be a name's: "Northeast | Asia"."""
    text = before.text
    if section.name == FRONT:
        return False
    if before.runs_on:
        return True
    if not noise.unfinished(text):
        return False
    if before.page_ends or after.text[:1].islower() or text.endswith(("-", ",", "—", "–", "(")):
        return True
    if before.kind is not Kind.TEXT or len(text) < FEWEST_CUT or before.strong:
        return False
    first = noise.WORD.match(after.text)
    return bool(LEFT_OPEN.search(text)) or first is None or joining.is_name(first[0])


def _fill_numbers(blocks: list[Block], report: Report) -> list[tuple[Block, bool]]:
    """Each block, and whether it is an item of a numbered list; a lost number is restored from its neighbours."""
    filled: list[tuple[Block, bool]] = []
    for group in _groups(blocks):
        if group[0].kind is not Kind.ITEM or not any(item.mark for item in group):
            filled += [(block, False) for block in group]
            continue
        known = next(place for place, item in enumerate(group) if item.mark)
        number = _value(group[known].mark) - known
        restored = [str(number + place) for place in range(known)] if number > 0 else []
        marks = [*restored, *(item.mark for item in group[len(restored) :])]
        for place, item in enumerate(group):
            if not item.mark and place < known and not restored:
                filled.append((item, False))
                continue
            mark = marks[place] or _next_mark(filled[-1][0].mark if filled else "0")
            _report_jump(filled[-1][0].mark if place and filled else "", mark, item, report)
            filled.append((replace(item, mark=mark), True))
    return filled


def _groups(blocks: list[Block]) -> Iterator[list[Block]]:
    """Items that follow one another (footnotes between them do not part them); other blocks one by one."""
    group: list[Block] = []
    held: list[Block] = []
    for block in blocks:
        if block.kind is Kind.ITEM:
            group.append(block)
        elif group and block.kind is Kind.NOTE:
            held.append(block)
        else:
            yield from ([group] if group else [])
            yield from ([one] for one in held)
            group, held = [], []
            yield [block]
    yield from ([group] if group else [])
    yield from ([one] for one in held)


def _report_jump(before: str, mark: str, item: Block, report: Report) -> None:
    if before.isdigit() and mark.isdigit() and int(mark) > int(before) + 1:
        report.say(f"Line {item.line}: the list jumps from {before} to {mark}; the numbers were kept.")


def _value(mark: str) -> int:
    return int(mark) if mark.isdigit() else ord(mark.lower()) - ord("a") + 1


def _next_mark(mark: str) -> str:
    return str(int(mark) + 1) if mark.isdigit() else chr(ord(mark) + 1)


def _row(block: Block, prefix: str, author: str) -> PreparedPassage:
    """A table with a caption is found by it, wherever the press set it; one without by its section."""
    caption, *path = block.path
    table = ", ".join(part for part in (author, f"Table: {tables.caption_name(caption)}") if part)
    section = table if caption else f"{prefix}, table"
    section = ", ".join([section, *path[:-1]])[: LOCATOR - 20]
    number = int(re.sub(r"\D", "", path[-1]) or 1)
    return PreparedPassage(f"{section}, {path[-1]}", section, number, PassageKind.TABLE_ROW, block.text)


def _inline_items(block: Block, locator: str, report: Report) -> Iterator[PreparedPassage]:
    """The items of a list that runs inside a paragraph, beside the paragraph itself."""
    found = [match for match in INLINE.finditer(block.text)]
    numbers = [int(match[1]) for match in found]
    if len(numbers) < FEWEST_INLINE or numbers[0] != 1 or numbers != sorted(set(numbers)):
        return
    ends = [*(match.start() for match in found[1:]), len(block.text)]
    for place, (match, end) in enumerate(zip(found, ends, strict=True)):
        text = block.text[match.end() : end].strip(" (")
        if place == len(found) - 1:
            text = re.split(r"(?<=[a-z\d)])[.!?]\s+(?=[A-Z“\"])", text)[0]
        text = re.sub(r"[,;]?\s*(?:and|or)?\s*[,;:.]?$", "", text)
        if place:
            _report_jump(str(numbers[place - 1]), match[1], block, report)
        section = f"{locator} items"
        yield PreparedPassage(f"{locator}, {match[1]}", section, int(match[1]), PassageKind.LIST_ITEM, text)


def is_inline(*, section: str) -> bool:
    """Whether a passage of this section repeats a part of its paragraph."""
    return bool(INLINE_SECTION.search(section))


def _restore_note_marks(passages: list[PreparedPassage]) -> list[PreparedPassage]:
    """Bare numbers behind a sentence that are marks of a note become superscripts, so that nobody reads them."""
    notes = {
        (passage.locator.split(",")[0], str(passage.number))
        for passage in passages
        if passage.kind == PassageKind.FOOTNOTE
    }

    def restored(passage: PreparedPassage) -> str:
        def raise_known(match: re.Match[str]) -> str:
            mark = match[1] or match[2]
            known = (passage.locator.split(",")[0], mark) in notes
            return mark.translate(noise.TO_SUPERSCRIPT) if known else match[0]

        return BARE_REFERENCE.sub(raise_known, passage.text)

    return [
        passage if passage.kind == PassageKind.FOOTNOTE else replace(passage, text=restored(passage))
        for passage in passages
    ]


def _once_each(passages: list[PreparedPassage]) -> Iterator[PreparedPassage]:
    """A locator names one passage: a repeated one is told apart by a letter (two tables, two notes 1)."""
    seen: Counter[str] = Counter()
    for passage in passages:
        seen[passage.locator] += 1
        times = seen[passage.locator]
        yield passage if times == 1 else replace(passage, locator=f"{passage.locator} ({times})")
