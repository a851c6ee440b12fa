"""Numbers for pictures: lengths and places from 0 to 1000, so that a template draws SVG with attributes alone.

No colours, no words beyond names that the report has already, no drawing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rooms.debrief.report import IssueReport, Path, Report
from rooms.debrief.timeline import KINDS

SCALE = 1000
BAND = 0.8  # the part of an option's row that the delegations' lines share


@dataclass(frozen=True, slots=True)
class Bar:
    """A delegation's speaking time; the longest bar is 1000."""

    delegation: str
    name: str
    length: int
    seconds: int


@dataclass(frozen=True, slots=True)
class AgendaBar:
    """An item's minutes on one scale for the whole agenda: planned, with what was added, and as it went."""

    item: str
    title: str
    planned: int
    granted: int
    actual: int


@dataclass(frozen=True, slots=True)
class Tick:
    """An option's place on an axis."""

    option: str
    label: str
    place: int


@dataclass(frozen=True, slots=True)
class Line:
    """A delegation's preferred option over time, as steps; `drawn` is the same as SVG writes it."""

    delegation: str
    points: tuple[tuple[int, int], ...]
    drawn: str


@dataclass(frozen=True, slots=True)
class Move:
    """Where a delegation began and ended along an issue's axis; `row` is its place across it."""

    delegation: str
    row: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Range:
    """Where the preferred options lay along an issue's axis."""

    lowest: int
    highest: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment on a track of the film strip."""

    place: int
    cursor: int
    sentence: str


def scaled(value: float, whole: float) -> int:
    """A value as a part of 1000, kept within; 0 where there is no whole."""
    return max(0, min(SCALE, round(SCALE * value / whole))) if whole > 0 else 0


def speaking_bars(report: Report) -> tuple[Bar, ...]:
    longest = max((line.ms for line in report.speaking), default=0)
    return tuple(
        Bar(line.delegation, line.name, scaled(line.ms, longest), round(line.ms / 1000)) for line in report.speaking
    )


def agenda_bars(report: Report) -> tuple[AgendaBar, ...]:
    rows = [
        (one, one.planned_minutes, one.planned_minutes + one.extended_minutes, (one.actual_ms or 0) / 60_000)
        for one in report.agenda
    ]
    longest = max((max(granted, actual) for _one, _planned, granted, actual in rows), default=0)
    return tuple(
        AgendaBar(one.item, one.title, scaled(planned, longest), scaled(granted, longest), scaled(actual, longest))
        for one, planned, granted, actual in rows
    )


def ticks(issue: IssueReport) -> tuple[Tick, ...]:
    """The options along the axis, each in the middle of its row."""
    return tuple(
        Tick(option, label, _place(n, len(issue.options))) for n, (option, label) in enumerate(issue.options, start=1)
    )


def moves(issue: IssueReport) -> tuple[Move, ...]:
    options, rows = len(issue.options), len(issue.paths)
    return tuple(
        Move(path.delegation, _place(row, rows), _place(path.first.place, options), _place(path.last.place, options))
        for row, path in enumerate(issue.paths, start=1)
    )


def ranges(issue: IssueReport) -> tuple[Range, Range] | None:
    """The range of preferred options (at start, at end), or None where nobody filed a position."""
    if issue.at_start is None or issue.at_end is None:
        return None
    options = len(issue.options)
    start, end = (
        Range(_place(spread.lowest, options), _place(spread.highest, options))
        for spread in (issue.at_start, issue.at_end)
    )
    return start, end


def position_lines(report: Report, issue: IssueReport) -> tuple[Line, ...]:
    """Step lines over the session, left to right; delegations on the same option lie beside each other in its row."""
    return tuple(_line(report, issue, lane, path) for lane, path in enumerate(issue.paths))


def tracks(report: Report) -> tuple[tuple[str, tuple[Mark, ...]], ...]:
    """The film strip: for each kind of moment that there was, its marks along the time of the session."""
    marks = {
        kind: tuple(
            Mark(_instant(report, one.at), one.cursor, one.sentence) for one in report.timeline if one.kind == kind
        )
        for kind in KINDS
    }
    return tuple((kind, made) for kind, made in marks.items() if made)


def _place(n: int, of: int) -> int:
    """The middle of the n-th of several equal rows, counted from 1."""
    return scaled(n - 0.5, of)


def _instant(report: Report, at: int) -> int:
    """An instant along the session from its start to its end; what came before stands at the start."""
    since = report.started_at if report.started_at is not None else report.opened_at or 0
    until = report.closed_at if report.closed_at is not None else max((one.at for one in report.timeline), default=0)
    return scaled(at - since, until - since)


def _line(report: Report, issue: IssueReport, lane: int, path: Path) -> Line:
    lanes, options = len(issue.paths), len(issue.options)
    beside = BAND * ((lane + 0.5) / lanes - 0.5)  # in rows, from the middle of the row
    heights = [scaled(filed.place - 0.5 + beside, options) for filed in path.filed]
    points = [(_instant(report, path.first.at), heights[0])]
    for filed, height in zip(path.filed[1:], heights[1:], strict=True):
        place = _instant(report, filed.at)
        points += [(place, points[-1][1]), (place, height)]
    points.append((SCALE, heights[-1]))
    return Line(path.delegation, tuple(points), _drawn(points))


def _drawn(points: Sequence[tuple[int, int]]) -> str:
    return " ".join(f"{x},{y}" for x, y in points)
