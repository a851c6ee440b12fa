"""Who met whom aside: a triangle with the delegations down its edge and a cell for every two of them."""

from dataclasses import dataclass
from math import sqrt

from rooms.debrief import wording
from rooms.debrief.pictures.scale import WIDTH
from rooms.debrief.report import Report
from rooms.debrief.report_parts import Pair

LARGEST = 170  # a cell's edge
FOOT = 36  # of it below the circle, for the minutes


@dataclass(frozen=True, slots=True)
class Corner:
    """A delegation on the edge of the triangle."""

    delegation: str
    hue: int
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Cell:
    """Two delegations. `radius` 0: they never sat together; the minutes stand at `foot`."""

    x: int
    y: int
    radius: int
    times: str
    minutes: str
    foot: int
    cursor: int
    says: str


@dataclass(frozen=True, slots=True)
class WhoMetWhom:
    """`edge` is that of a cell, `half` how far below its top words stand in its middle."""

    id: str
    says: str
    height: int
    edge: int
    half: int
    corners: tuple[Corner, ...]
    cells: tuple[Cell, ...]


def of_report(report: Report) -> WhoMetWhom | None:
    """The picture, None where no two delegations met aside as far as the reader's record tells."""
    pairs = report.meetings.pairs
    if not any(one.times for one in pairs):
        return None
    met = {code for one in pairs for code in (one.first, one.second)}
    there = [one for one in report.delegations if one.code in met]
    edge = min(LARGEST, WIDTH // len(there))
    place = {one.code: n for n, one in enumerate(there)}
    most = max(one.ms for one in pairs) or 1
    corners = tuple(Corner(one.code, one.hue, n * edge, n * edge) for n, one in enumerate(there))
    cells = tuple(_cell(report, one, place, edge, most) for one in pairs)
    return WhoMetWhom("who-met-whom", _says(report, pairs), edge * len(there), edge, edge // 2 + 10, corners, cells)


def _cell(report: Report, pair: Pair, place: dict[str, int], edge: int, most: int) -> Cell:
    column, row = sorted((place[pair.first], place[pair.second]))
    x, y = column * edge + edge // 2, row * edge + edge // 2 - FOOT // 2
    both = f"{report.name(pair.first)} and {wording.within(report.name(pair.second))}"
    if not pair.times:
        return Cell(x, y, 0, "", "", 0, 0, f"{both} never met aside")
    minutes = max(1, round(pair.ms / 60_000))
    radius = max(20, round((edge / 2 - FOOT / 2 - 2) * sqrt(pair.ms / most)))
    says = f"{both} met {wording.counted(pair.times, 'time')}, {minutes} min together"
    foot = (row + 1) * edge - 10
    return Cell(x, y, radius, f"{pair.times}×", f"{minutes} min", foot, pair.cursors[0] if pair.cursors else 0, says)


def _says(report: Report, pairs: tuple[Pair, ...]) -> str:
    met = sorted((one for one in pairs if one.times), key=lambda one: -one.ms)
    told = [
        f"{wording.within(report.name(one.first))} and {wording.within(report.name(one.second))}"
        f" {max(1, round(one.ms / 60_000))} min"
        for one in met
    ]
    never = len(pairs) - len(met)
    rest = f"; {wording.counted(never, 'pair')} never met" if never else ""
    return f"Who met whom aside, longest first: {', '.join(told)}{rest}."
