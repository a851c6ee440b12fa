"""Finding where paragraphs end in a text whose lines follow one another without a gap, as PDF gives them.

Only the shape of the lines is looked at: indents, short last lines, lists, lines that stand like headings.
"""

import re
from typing import Final

from delegations.papers.noise import FINISHED

# From so many lines without a gap on, a text is taken to have lost its gaps.
FEWEST_LINES: Final = 12
MOST_GAPS: Final = 0.04
SHORT: Final = 0.8
INDENT: Final = re.compile(r"^(?: {2,}|\t)\S")
STARTS: Final = re.compile(r"\s*(?:[-*•●▪◦·]\s|\(?\d{1,2}[.)]\s|#{1,6}\s|[IVX]{1,5}\.\s)")
TITLE_LIKE: Final = re.compile(r"[A-Z0-9“\"][^.;,]*[^.;,:\-\s]$")
MOST_TITLE_WORDS: Final = 12


def part_dense(lines: list[str]) -> frozenset[int]:
    """The places (indexes into `lines`) before which an empty line is to be put."""
    breaks: set[int] = set()
    fewest = 2 if _has_no_gaps(lines) else FEWEST_LINES
    start = 0
    for end in [*(place for place, line in enumerate(lines) if not line.strip()), len(lines)]:
        if end - start >= fewest and not _is_tabular(lines[start:end]):
            breaks |= _breaks(lines, start, end, _usual_width(lines))
        start = end + 1
    return frozenset(breaks)


def _has_no_gaps(lines: list[str]) -> bool:
    """Whether nothing but the ends of pages parts the lines of the whole text."""
    gaps = sum(line == "" for line in lines)
    written = sum(bool(line.strip()) for line in lines)
    return written >= FEWEST_LINES and gaps < MOST_GAPS * written


def _is_tabular(part: list[str]) -> bool:
    return sum("\t" in line or line.lstrip().startswith(("|", "<")) for line in part) > len(part) / 2


def _usual_width(lines: list[str]) -> int:
    widths = sorted(len(line) for line in lines if line.strip())
    return widths[int(len(widths) * 0.8)]


def _breaks(lines: list[str], start: int, end: int, usual: int) -> set[int]:
    breaks: set[int] = set()
    in_item = bool(STARTS.match(lines[start]))
    for place in range(start + 1, end):
        after = lines[place + 1] if place + 1 < end else ""
        # The further lines of a list item are indented; they begin nothing.
        indented = not in_item and bool(INDENT.match(lines[place])) and not INDENT.match(lines[place - 1])
        if indented or _ends_between(lines[place - 1], lines[place], after, usual):
            breaks.add(place)
            in_item = False
        in_item = in_item or bool(STARTS.match(lines[place]))
    return breaks


def _ends_between(above: str, below: str, after: str, usual: int) -> bool:
    finished = bool(FINISHED.search(above.rstrip()))
    starts_big = below.lstrip()[:1].isupper()
    if finished and STARTS.match(below):
        return True
    if _title_like(above, usual) and starts_big:
        return True
    if finished and _title_like(below, usual) and after.lstrip()[:1].isupper():
        return True
    return finished and len(above) < SHORT * usual and not below.lstrip()[:1].islower()


def _title_like(line: str, usual: int) -> bool:
    text = line.strip()
    if len(text) > SHORT * usual or len(text.split()) > MOST_TITLE_WORDS or not TITLE_LIKE.match(text):
        return False
    long_words = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 3]
    return bool(long_words) and sum(word[0].isupper() for word in long_words) >= 0.75 * len(long_words)
