"""A row of measured times, said in three numbers."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Spread:
    """Seconds: half of all took at most `p50`, 99 of 100 at most `p99`."""

    p50: float
    p99: float
    most: float
    count: int

    def __str__(self) -> str:
        return f"p50 {self.p50 * 1000:.0f}, p99 {self.p99 * 1000:.0f}, max {self.most * 1000:.0f} ms"


def spread(times: Sequence[float]) -> Spread:
    """Nearest rank; no interpolation makes a number that was not measured."""
    if not times:
        return Spread(0, 0, 0, 0)
    ordered = sorted(times)
    return Spread(_rank(ordered, 0.50), _rank(ordered, 0.99), ordered[-1], len(ordered))


def _rank(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
