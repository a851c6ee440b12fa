"""Telling footnotes from text where their markup is gone: bare numbers, lost numbers, notes that a page cut in two.

Works on blocks with their neighbours in view. A note is never made out of nothing but its number: it stands
under a rule, among other notes, or next in their count.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from delegations.papers import noise
from delegations.papers.blocks import Block, Kind

BARE: Final = re.compile(r"(\d{1,3})\s+(?=[A-Z\"“'‘<])")
# The end of a reference: a year, perhaps pages after it.
REFERENCE_END: Final = re.compile(r"(?:\b(?:19|20)\d\d\)?|\bpp?\.\s?[\d–\-, ]+)\.?$")
MOST_REFERENCE: Final = 300
MOST_CONTINUED: Final = 160
# Numbers may be missing (a lost mark), but a note does not jump far.
MOST_LOST: Final = 3


def part_notes(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with every footnote marked as one and whole."""
    parted: list[Block] = []
    last = 0  # the number of the last note
    open_note = -1  # where a note that stops in the middle stands
    for place, block in enumerate(blocks):
        before = parted[-1].kind if parted else None
        after = blocks[place + 1] if place + 1 < len(blocks) else None
        if block.kind is Kind.NOTE:
            last = int(block.mark) if block.mark.isdigit() else last
        elif block.kind is Kind.TEXT:
            if open_note >= 0 and _continues(parted, open_note, block, after):
                parted[open_note] = replace(
                    parted[open_note], text=f"{parted[open_note].text.rstrip('-')} {block.text}"
                )
                open_note = -1
                continue
            block = _as_note(block, before=before, after=after, last=last) or block
            if block.kind is Kind.NOTE:
                last = int(block.mark)
        if block.kind is Kind.NOTE and _stops_midway(block.text):
            open_note = len(parted)
        parted.append(block)
    return parted


def _as_note(block: Block, *, before: Kind | None, after: Block | None, last: int) -> Block | None:
    bare = BARE.match(block.text)
    if bare:
        number = int(bare[1])
        in_count = last < number <= last + MOST_LOST
        near = before in (Kind.RULE, Kind.NOTE) or (after is not None and after.kind is Kind.NOTE)
        if (in_count and near) or (before is Kind.RULE and number <= last + MOST_LOST) or number == last + 1 > 2:
            return replace(block, kind=Kind.NOTE, text=block.text[bare.end() :], mark=str(number))
    # "Author, "Title," 1997, p. 47." among notes is a note whose number was lost.
    telling = re.search(r"[\"“*,]", block.text) and REFERENCE_END.search(block.text)
    if before is Kind.NOTE and telling and len(block.text) <= MOST_REFERENCE and block.text[0] in '"“' + _CAPITALS:
        return replace(block, kind=Kind.NOTE, mark=str(last + 1))
    return None


_CAPITALS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def _continues(parted: list[Block], open_note: int, block: Block, after: Block | None) -> bool:
    """Whether this block is the rest of the note that stops midway, as on the next page."""
    if len(block.text) > MOST_CONTINUED:
        return False
    closes = _brackets(parted[open_note].text) > 0 and _brackets(block.text) < 0
    before_notes = parted[-1].kind is Kind.RULE or (after is not None and _is_note(after))
    if closes and before_notes:
        return True
    running = next((one for one in reversed(parted) if one.kind in (Kind.TEXT, Kind.ITEM)), None)
    text_waits = running is not None and noise.unfinished(running.text)
    return parted[-1].kind is Kind.NOTE and block.text[0].islower() and not text_waits


def _is_note(block: Block) -> bool:
    return block.kind is Kind.NOTE or bool(BARE.match(block.text))


def _stops_midway(text: str) -> bool:
    return _brackets(text) > 0 or text.endswith((",", "-", ":"))


def _brackets(text: str) -> int:
    return text.count("(") - text.count(")")
