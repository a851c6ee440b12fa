"""What pictures measure by: time along the session, words cut into lines, whole numbers up an axis."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rooms.debrief.reading import Clock
from rooms.debrief.report import Delegation, Report

WIDTH = 1000
MINUTE = 60_000
# How a delegation's line is dashed, by its pattern, so that ink alone tells lines apart.
DASHES = (
    *("none", "30 10", "7 9", "34 9 7 9", "16 9", "54 14", "26 8 6 8 6 8", "4 14", "62 8 20 8"),
    "10 20",
)
STEPS = (1, 2, 5, 10, 15, 20, 30, 60, 120, 240, 480, 1440)  # minutes between two ticks
MOST_TICKS = 6


@dataclass(frozen=True, slots=True)
class Tick:
    """A place along an axis with its words."""

    place: int
    words: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A place that opens the record at `cursor`; `says` names it in a sentence."""

    x: int
    y: int
    cursor: int
    says: str


@dataclass(frozen=True, slots=True)
class Hours:
    """Time in which the session ran, from its beginning to its end, along a stretch of the sheet: what came before
    stands at the beginning, and while the clocks stood nothing moves on."""

    since: int
    until: int
    stood: tuple[tuple[int, int], ...]
    left: int
    right: int

    def ran(self, at: int) -> int:
        """How long the session had run by an instant, in ms."""
        return Clock(self.since, self.until, self.stood).into_ms(at)

    def place(self, at: int) -> int:
        whole = self.ran(self.until)
        return self.left + (round((self.right - self.left) * self.ran(at) / whole) if whole else 0)

    def minute(self, at: int) -> int:
        return self.ran(at) // MINUTE

    def ticks(self) -> tuple[Tick, ...]:
        """Round minutes along the session; the last that fits says what they are."""
        whole = self.ran(self.until) / MINUTE
        step = next((one for one in STEPS if whole / one <= MOST_TICKS), STEPS[-1])
        found = [n * step for n in range(int(whole // step) + 1)] if whole else [0]
        width = self.right - self.left
        return tuple(
            Tick(self.left + (round(width * one / whole) if whole else 0), f"{one} min" if one else "start")
            for one in found
        )


def hours(report: Report, left: int = 0, right: int = WIDTH) -> Hours:
    """The session's time between two places of the sheet."""
    since = report.started_at if report.started_at is not None else report.opened_at or 0
    until = report.closed_at if report.closed_at is not None else max((one.at for one in report.timeline), default=0)
    return Hours(since, max(since, until), report.stood, left, right)


def lines(words: str, most: int, rows: int = 2) -> tuple[str, ...]:
    """Words in at most so many lines of so many characters; what does not fit is cut with an ellipsis."""
    found, rest = [""], words.split()
    while rest:
        word = rest.pop(0)
        if not found[-1] or len(found[-1]) + 1 + len(word) <= most:
            found[-1] = f"{found[-1]} {word}".strip()
        elif len(found) < rows:
            found.append(word)
        else:
            found[-1] += "…"
            break
    return tuple(one if len(one) <= most + 1 else f"{one[: most - 1]}…" for one in found)


def whole_numbers(most: int) -> Sequence[int]:
    """Numbers to write along an axis from 0 to at least `most`, five at most."""
    step = next(one for one in (1, 2, 5, 10, 20, 50, 100, 1000) if most <= 4 * one or one == 1000)
    return range(0, max(most, 1) + step, step) if most % step else range(0, max(most, 1) + 1, step)


def by_code(delegations: Iterable[Delegation]) -> dict[str, Delegation]:
    return {one.code: one for one in delegations}
