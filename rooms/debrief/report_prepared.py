"""What a report holds of what had been prepared: mandates beside the outcome, what the papers say beside what was
agreed, what in fact happened. Frozen records, as in `report`: no sums and no sentences of their own.

`sources` are as the scenario's snapshot has them (kind, paper, locator, anchor ...); options are named by their ids.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Sources = tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Landed:
    """Where an issue ended by the text, as the chair linked its paragraphs: `option` "" where the text says nothing
    of it; several, where it says two things at once. `by` is adopted or on the table; `called` the paragraphs."""

    issue: str
    title: str
    question: str
    options: tuple[str, ...]
    labels: tuple[str, ...]
    by: str
    called: tuple[str, ...]
    paragraphs: tuple[str, ...]
    sources: Sources


@dataclass(frozen=True, slots=True)
class MandateLine:
    """One issue of a mandate. `priority` is its rank in the pack, 1 first, 0 for none. `standing` is how the outcome
    stands to it: preferred, acceptable, outside, red_line, or open where the text says nothing of the issue;
    `declared` the delegation's last public option, "" for none, and `declared_standing` how that stands; `cursor`
    opens it."""

    issue: str
    title: str
    priority: int
    preferred: str
    preferred_label: str
    acceptable: tuple[str, ...]
    red_lines: tuple[str, ...]
    text: str
    sources: Sources
    landed: tuple[str, ...]
    standing: str
    declared: str
    declared_standing: str
    cursor: int | None


@dataclass(frozen=True, slots=True)
class MandateReport:
    """A delegation's mandate beside the outcome. `settled`: issues of it that the text settles; `met` of them as
    preferred or acceptable; `crossed` on a red line. `red_lines` are those told in words."""

    delegation: str
    name: str
    lines: tuple[MandateLine, ...]
    red_lines: tuple[str, ...]
    settled: int
    met: int
    crossed: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What a paper recommends, as a delegation's pack has it in its own words."""

    delegation: str
    name: str
    text: str
    sources: Sources


@dataclass(frozen=True, slots=True)
class TakenUp:
    """A commitment that was drawn from a measure; `cursor` opens it."""

    label: str
    act: str
    status: str
    cursor: int


@dataclass(frozen=True, slots=True)
class MeasureReport:
    """A step of a paper's road map, and what became of it."""

    measure: str
    track: str
    horizon: str
    text: str
    actors: tuple[str, ...]
    sources: Sources
    taken_up: tuple[TakenUp, ...]


@dataclass(frozen=True, slots=True)
class Papers:
    """`issues`: where each question arises in the papers, beside what the text says of it; `unplaced`: the paragraphs
    that the chair placed on no issue."""

    issues: tuple[Landed, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    measures: tuple[MeasureReport, ...] = ()
    unplaced: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InFact:
    """A paragraph of what in fact happened."""

    heading: str
    text: str
    sources: Sources
