"""From blocks to sections: which headings are true, who wrote which chapter, how a section is called in locators.

A section's name is its heading; with the one above it where the heading alone would not say enough.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from delegations.papers import naming, noise, tables
from delegations.papers.blocks import Block, Kind, Report
from delegations.papers.gazetteer import Gazetteer

FRONT: Final = "Front matter"
MOST_HEADING_WORDS: Final = 20
FEWEST_SENTENCE_WORDS: Final = 8
FEWEST_CUT: Final = 60  # characters: shorter pieces that stop midway are lines of a title page
# A sentence cannot end in these: whatever stands next belongs to it.
LEFT_OPEN: Final = re.compile(
    r"(?:[,;(]|\b(?:and|or|but|the|of|to|in|a|an|for|with|by|that|which|on|from|as|at|is|are|was|were|will|would|"
    r"can|could|may|might|should|has|have|had|its|their|his|her|not|be|been|between|into|than))$"
)


@dataclass(slots=True)
class Section:
    author: str
    name: str  # as its locators begin, without the author
    blocks: list[Block] = field(default_factory=list)


def demote_false_headings(blocks: Sequence[Block], report: Report) -> Iterator[Block]:
    """A heading that is really running text becomes text again."""
    running: Block | None = None
    for place, block in enumerate(blocks):
        after = next((one for one in blocks[place + 1 : place + 3] if one.kind is Kind.TEXT), None)
        if block.kind is Kind.HEADING and _is_running_text(block.text, running, after):
            report.say(f"Line {block.line}: '{block.text[:60]}' looks like a heading but is running text.")
            block = replace(block, kind=Kind.TEXT)
        if block.kind in (Kind.TEXT, Kind.HEADING):
            running = block if block.kind is Kind.TEXT else None
        yield block


def _is_running_text(text: str, before: Block | None, after: Block | None) -> bool:
    words = text.split()
    first = next((character for character in text if character.isalpha()), "")
    if first.islower() or len(words) > MOST_HEADING_WORDS or LEFT_OPEN.search(text):
        return True
    if text.endswith(".") and len(words) >= FEWEST_SENTENCE_WORDS:
        return True
    cut = before is not None and len(before.text) >= FEWEST_CUT and noise.unfinished(before.text)
    goes_on = after is not None and after.text[:1].islower() and " " in after.text
    return cut and goes_on and not text.isupper()


def without_captions(blocks: Iterator[Block]) -> Iterator[Block]:
    """A table's caption names its rows; it is no paragraph of its own."""
    held: Block | None = None
    for block in blocks:
        if held is not None and not (block.kind is Kind.ROW and block.path[0] == held.text):
            yield held
        held = block if block.kind is Kind.TEXT and tables.is_caption(block.text) else None
        if held is None:
            yield block
    if held is not None:
        yield held


def acronyms_of(blocks: Sequence[Block]) -> frozenset[str]:
    """Words that stand in capitals in running text: they keep them in a heading."""
    text = " ".join(block.text for block in blocks if block.kind is not Kind.HEADING and not block.text.isupper())
    return frozenset(word for word in re.findall(r"\b[A-Z]{2,6}\b", text))


@dataclass(frozen=True, slots=True)
class _Chapter:
    author: str
    title: str


def mark_authors(blocks: list[Block], names: Sequence[str]) -> list[tuple[Block, _Chapter | None]]:
    """Each block; where a heading opens a chapter, with the chapter. The author's own line is taken out."""
    marked: list[tuple[Block, _Chapter | None]] = []
    heading = -1  # where the heading stands that nothing but rules followed so far
    for block in blocks:
        if heading >= 0 and (author := _author_line(block, names)):
            title = marked[heading][0]
            marked[heading] = (title, _Chapter(naming.family_name(author), title.text))
            heading = -1
            continue
        if block.kind is Kind.HEADING:
            heading = len(marked)
        elif block.kind is not Kind.RULE:
            heading = -1
        marked.append((block, None))
    return marked


def _author_line(block: Block, names: Sequence[str]) -> str:
    if block.kind not in (Kind.TEXT, Kind.HEADING):
        return ""
    if known := naming.known_author(block.text, names):
        # A line in the paper may show which name is the family's: "AHN Byung-joon".
        shown = naming.clean_name(block.text)
        return shown if any(word.isupper() and len(word) > 2 for word in shown.split()) else known
    if names or block.kind is Kind.HEADING:
        return ""
    is_name = naming.looks_like_name(block.text) and (block.strong or bool(naming.BY.match(block.text)))
    return naming.clean_name(block.text) if is_name else ""


def sections_of(
    marked: list[tuple[Block, _Chapter | None]],
    names: Sequence[str],
    acronyms: Collection[str],
    gazetteer: Gazetteer,
) -> list[Section]:
    whole = " and ".join(naming.family_name(name) for name in names)
    has_chapters = any(chapter for _, chapter in marked)
    section = Section("", FRONT) if has_chapters else Section(whole, "Text")
    sections = [section]
    chapter = _Chapter("" if has_chapters else whole, "")
    inside = not has_chapters
    path: list[tuple[int, str]] = []
    for block, opened in marked:
        if block.kind is not Kind.HEADING:
            section.blocks.append(block)
            continue
        if opened:
            chapter, inside, path = opened, True, []
            chapter = replace(opened, title=naming.heading_name(opened.title, acronyms=acronyms))
            section = Section(chapter.author, chapter.title)
        elif not inside:
            section.blocks.append(replace(block, kind=Kind.TEXT))
            continue
        else:
            name = naming.heading_name(block.text, acronyms=acronyms)
            if chapter.title and naming.same_heading(name, chapter.title):
                # The title once more: what stood before it (address, thanks) was front matter.
                for one in sections:
                    if one.author == chapter.author and one.name == chapter.title:
                        one.author, one.name = "", FRONT
                section = Section(chapter.author, chapter.title)
            else:
                path = [*((level, above) for level, above in path if level < block.level), (block.level, name)]
                taken = {one.name for one in sections if one.author == chapter.author}
                section = Section(chapter.author, _section_name(path, taken, gazetteer))
        sections.append(section)
    return _merged(sections)


def _section_name(path: list[tuple[int, str]], taken: Collection[str], gazetteer: Gazetteer) -> str:
    """The heading; with the one above it where it would not say enough by itself ("China", or a repeated one)."""
    name = path[-1][1]
    parents = [naming.short_parent(above) for _, above in path[:-1]]
    if parents and (gazetteer.is_country(name) or name in taken):
        name = f"{parents[-1]}, {name}"
    full, number = name, 2
    while full in taken:
        full, number = f"{name} ({number})", number + 1
    return full


def _merged(sections: list[Section]) -> list[Section]:
    """Sections of the same name as one (pieces of the front matter), the empty ones left out."""
    merged: dict[tuple[str, str], Section] = {}
    for section in sections:
        known = merged.setdefault((section.author, section.name), Section(section.author, section.name))
        known.blocks += section.blocks
    return [section for section in merged.values() if section.blocks]
