"""Where each delegation stood on an issue, through the session: a band for each option, a line for each delegation.

Within a band every delegation that ever stood there has a lane of its own, so that no line lies on another.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from rooms.debrief import wording
from rooms.debrief.pictures.scale import DASHES, Hours, Mark, Tick, by_code, hours, lines
from rooms.debrief.report import Filed, IssueReport, Path, Report

LEFT, RIGHT = 24, 836
LINE, LANE, PAD = 40, 50, 14  # heights: a line of words, a delegation's lane, the air below a band
LETTERS = 52  # of an option's label that fit a line
FOOT = 56


@dataclass(frozen=True, slots=True)
class Band:
    """An option: where its rule runs, and its label in lines (y, words), its letter first."""

    option: str
    top: int
    label: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Way:
    """A delegation's line as SVG writes a path, where it ends, and what it filed on the way."""

    delegation: str
    hue: int
    dash: str
    path: str
    end: int
    filed: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class PositionPaths:
    id: str
    says: str
    height: int
    bands: tuple[Band, ...]
    ways: tuple[Way, ...]
    ticks: tuple[Tick, ...]
    base: int
    right: int


def of_issue(report: Report, issue: IssueReport) -> PositionPaths | None:
    """The picture of an issue, None where nobody declared a public position."""
    if not issue.paths:
        return None
    bands, lanes, base = _bands(issue)
    time = hours(report, LEFT, RIGHT)
    people = by_code(report.delegations)
    ways = []
    for path in issue.paths:
        one = people[path.delegation]
        drawn, end, filed = _way(report.name(one.code), path, lanes, time)
        ways.append(Way(one.code, one.hue, DASHES[one.pattern % len(DASHES)], drawn, end, filed))
    return PositionPaths(
        f"paths-{issue.id}", _says(report, issue), base + FOOT, bands, tuple(ways), time.ticks(), base, RIGHT
    )


def _bands(issue: IssueReport) -> tuple[tuple[Band, ...], Mapping[tuple[str, str], int], int]:
    """The bands from top to bottom, the y of each lane by (option, delegation), and where they end."""
    bands, lanes, top = [], {}, 0
    for option, label in issue.options:
        words = lines(label, LETTERS)
        bands.append(Band(option, top, tuple((top + LINE * n, one) for n, one in enumerate(words, start=1))))
        y = top + LINE * len(words) + PAD
        for path in issue.paths:
            if any(filed.preferred == option for filed in path.filed):
                lanes[option, path.delegation] = y + LANE // 2
                y += LANE
        top = y + PAD
    return tuple(bands), lanes, top


def _way(name: str, path: Path, lanes: Mapping[tuple[str, str], int], time: Hours) -> tuple[str, int, tuple[Mark, ...]]:
    y = lanes[path.first.preferred, path.delegation]
    drawn, marks = f"M{time.place(path.first.at)} {y}", []
    for filed in path.filed:
        x, there = time.place(filed.at), lanes[filed.preferred, path.delegation]
        drawn += f"H{x}" + (f"V{there}" if there != y else "")
        marks.append(Mark(x, there, filed.cursor, _filed(name, filed, time)))
        y = there
    return f"{drawn}H{time.right}", y, tuple(marks)


def _filed(name: str, filed: Filed, time: Hours) -> str:
    return f"{name}, minute {time.minute(filed.at)}: {filed.preferred}, {filed.label}"


def _says(report: Report, issue: IssueReport) -> str:
    """The picture in a sentence: who ended where, and who came from where."""
    parts = []
    for path in issue.paths:
        words = f"{wording.within(report.name(path.delegation))} at {path.last.preferred}"
        parts.append(f"{words}, from {path.first.preferred}" if path.moved else words)
    return f"Public positions on “{issue.title}” through the session. At the end: {'; '.join(parts)}."
