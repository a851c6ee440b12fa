"""Numbers for pictures of the page: lengths and places from 0 to 1000, so that a template draws with attributes alone.

No colours, no words beyond names that the report has already, no drawing. The pictures of `pictures/` have their own.
"""

from dataclasses import dataclass

from rooms.debrief.report import Report

SCALE = 1000


@dataclass(frozen=True, slots=True)
class AgendaBar:
    """An item's minutes on one scale for the whole agenda: planned, with what was added, and as it went."""

    item: str
    title: str
    planned: int
    granted: int
    actual: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment on a track of the film strip."""

    place: int
    cursor: int
    sentence: str


def scaled(value: float, whole: float) -> int:
    """A value as a part of 1000, kept within; 0 where there is no whole."""
    return max(0, min(SCALE, round(SCALE * value / whole))) if whole > 0 else 0


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
