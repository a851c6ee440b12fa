"""Small words of a report on paper: times of day, names, counts, places in the papers."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, cast

from delegations.citations import Source, cite_briefly
from rooms.debrief import pictures, wording
from rooms.debrief.pictures.scale import WIDTH
from rooms.debrief.report import Report
from rooms.debrief.report_prepared import Sources
from rooms.exporting.blocks import Figure, Material

NOT_TOLD = "–"
SMALL_LETTERS = ("strip",)
HIGHEST = 118  # per cent of the width of a page that a picture may be high


def when(report: Report, at: int | None) -> str:
    """The time of day in UTC; with the date where that is not the day on which the session began."""
    if at is None:
        return ""
    moment, day = (_moment(one) for one in (at, report.started_at or report.opened_at or at))
    clock = f"{moment:%H:%M}"
    return clock if moment.date() == day.date() else f"{moment.day} {moment:%b} {clock}"


def _moment(at: int) -> datetime:
    return datetime.fromtimestamp(at / 1000, UTC)


def within(report: Report, code: str) -> str:
    """A delegation's name within a sentence; of "" the chair."""
    return wording.within(report.name(code))


def names(report: Report, codes: Iterable[str]) -> str:
    """“Japan and Russia”, within a sentence."""
    return wording.listed([within(report, one) for one in codes])


def known(count: int | None) -> str:
    """A count that the record may not tell."""
    return NOT_TOLD if count is None else str(count)


def several(n: int, one: str, more: str = "") -> str:
    """“1 paragraph”, “6 paragraphs”: figures, for tables and small print."""
    return f"{n} {one if n == 1 else more or one + 's'}"


def joined(*lines: str) -> str:
    """Lines of one cell, without those that say nothing."""
    return "\n".join(line for line in lines if line)


def cited(material: Material, sources: Sources) -> str:
    """Where a line comes from, each source told apart and named once."""
    return "; ".join(dict.fromkeys(filter(None, (_cited(material, one) for one in sources))))


def _cited(material: Material, source: Mapping[str, Any]) -> str:
    return cite_briefly(source=cast(Source, source), papers=material.papers) or "Exercise design"


def figure(name: str, picture: object | None, caption: str) -> tuple[Figure, ...]:
    """A picture by the name of its module; none where there is nothing to draw."""
    if picture is None:
        return ()
    says: str = getattr(picture, "says", caption)
    return (Figure(pictures.standalone(name, picture), says, caption, _width(name, picture)),)


def _width(name: str, picture: object) -> int:
    """Per cent of the page: the letters in it come out as large as those around it, and it fits on one page."""
    wide, high = getattr(picture, "width", WIDTH), getattr(picture, "height", WIDTH)
    return min(100 if name in SMALL_LETTERS else 76, round(HIGHEST * wide / high))
