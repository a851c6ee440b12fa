"""What a report on paper consists of, whatever it is printed with: headings, sentences, lists, tables, quotations,
figures. Pure; every word in it is plain text, never markup.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from rooms.debrief.report import Report
from rooms.domain.state import RoomState


@dataclass(frozen=True, slots=True)
class Heading:
    """Within a section; `title` of something that people wrote, or of what is told of it."""

    words: str


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph of the report's own. `hint`: how to read what stands beside it."""

    words: str
    hint: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """Sentences one below the other."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody said or wrote, and who, where and when, as far as may be told."""

    words: str
    by: str


@dataclass(frozen=True, slots=True)
class Wordings:
    """Paragraphs of a text: (number as it is printed, words, what is to be said of it)."""

    rows: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """`widths` are parts of the whole width, none where the words may decide; `figures` and `said` are the columns that
    hold numbers and the words of people, `titled` those whose first line names the rest. Each cell is text; lines in it
    stay lines."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = ()
    figures: tuple[int, ...] = ()
    said: tuple[int, ...] = ()
    titled: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """`svg` complete in itself, black on white; `says` the same in words, for who does not see it. `width` in per cent
    of the page's own."""

    svg: str
    says: str
    caption: str
    width: int = 100


Block = Heading | Words | Listing | Quote | Wordings | Table | Figure


@dataclass(frozen=True, slots=True)
class Section:
    """`name` says of what it is, `finding` what was found; `id` is that of the debrief's page."""

    id: str
    name: str
    finding: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole report as it is printed. `facts` and `figures` stand on its first page, `foot` on every page."""

    title: str
    eyebrow: str
    headline: str
    standfirst: str
    notice: str
    record: str
    record_words: str
    figures: tuple[tuple[int, str], ...]
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    foot: str


@dataclass(frozen=True, slots=True)
class Material:
    """What a report on paper is made from, cut to what its reader may read: `state` of its record at the end, the
    `papers` that may be cited (by slug), its `pictures`, `bases` of the package finder."""

    report: Report
    state: RoomState
    papers: Mapping[str, Any] = field(default_factory=dict)
    pictures: Mapping[str, Any] = field(default_factory=dict)
    bases: tuple[Mapping[str, Any], ...] = ()
