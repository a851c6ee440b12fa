"""Finding where paragraphs end in a text whose lines follow one another without a gap, as PDF gives them.

Only the shape of the lines is looked at: indents, short last lines, lists, lines that stand like headings.
"""

import re
from typing import Final

from delegations.papers.noise import FINISHED

# From so many lines without a gap on, a text is taken to have lost its gaps.
FEWEST_LINES: Final = 12
SHORT: Final = 0.8
INDENT: Final = re.compile(r"^(?: {2,}|\t)\S")
STARTS: Final = re.compile(r"\s*(?:[-*•●▪◦·]\s|\(?\d{1,2}[.)]\s|#{1,6}\s|[IVX]{1,5}\.\s)")
TITLE_LIKE: Final = re.compile(r"[A-Z0-9“\"][^.;,]*[^.;,:\-\s]$")
MOST_TITLE_WORDS: Final = 12


def part_dense(lines: list[str]) -> frozenset[int]:
    """The places (indexes into `lines`) before which an empty line is to be put."""
    breaks: set[int] = set()
    start = 0
    for end in [*(place for place, line in enumerate(lines) if not line.strip()), len(lines)]:
        if end - start >= FEWEST_LINES:
            breaks |= _breaks(lines, start, end)
        start = end + 1
    return frozenset(breaks)


def _breaks(lines: list[str], start: int, end: int) -> set[int]:
    part = lines[start:end]
    if sum("\t" in line or line.lstrip().startswith(("|", "<")) for line in part) > len(part) / 2:
        return set()
    widths = sorted(len(line) for line in part)
    usual = widths[int(len(widths) * 0.8)]
    return {
        place
        for place in range(start + 1, end)
        if _ends_between(lines[place - 1], lines[place], lines[place + 1] if place + 1 < end else "", usual)
    }


def _ends_between(above: str, below: str, next_one: str, usual: int) -> bool:
    if STARTS.match(below) and FINISHED.search(above.rstrip()):
        return True
    if INDENT.match(below) and not INDENT.match(above):
        return True
    if _title_like(above, usual) and below.lstrip()[:1].isupper():
        return True
    if FINISHED.search(above.rstrip()) and _title_like(below, usual) and next_one.lstrip()[:1].isupper():
        return True
    return bool(FINISHED.search(above.rstrip())) and len(above) < SHORT * usual and not below.lstrip()[:1].islower()


def _title_like(line: str, usual: int) -> bool:
    text = line.strip()
    if len(text) > SHORT * usual or len(text.split()) > MOST_TITLE_WORDS or not TITLE_LIKE.match(text):
        return False
    long_words = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 3]
    return bool(long_words) and sum(word[0].isupper() for word in long_words) >= 0.75 * len(long_words)
