"""The hot wash as tidy tables: a row for each stretch of a phase, each note, each moment that was taken up."""

from collections.abc import Iterator, Mapping
from typing import Any

from rooms.debrief import wording
from rooms.debrief.cells import CURSOR, WHEN
from rooms.debrief.report import Report

Row = tuple[Any, ...]
# table -> its columns: (name, meaning, unit)
COLUMNS: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "hot_wash_phases": (
        ("phase", "identifier of the phase", ""),
        ("title", "the phase", ""),
        ("began_at", "when it was turned to", WHEN),
        ("ended_at", "when another was, or the hot wash ended; empty while it lasts", WHEN),
        ("notes", "how many notes of the phase are on the board", "notes"),
        ("cursor", "where in the record", CURSOR),
    ),
    "hot_wash_notes": (
        ("phase", "identifier of the phase in which it was put up", ""),
        ("title", "the phase", ""),
        ("kind", "plus (keep), delta (change) or note", ""),
        ("text", "what was written; nobody signed it", ""),
        ("at", "when; the end of the item where the rule protects who wrote", WHEN),
        ("cursor", "where in the record", CURSOR),
    ),
    "hot_wash_moments": (
        ("instant", "the moment that was talked about", WHEN),
        ("item", "identifier of the agenda item then running", ""),
        ("text", "the chair's words about it", ""),
        ("taken_up_at", "when it was taken up", WHEN),
        ("cursor", "where in the record it was taken up", CURSOR),
    ),
}


def rows(report: Report) -> dict[str, Iterator[Row]]:
    """The rows of each table, in the order of their columns."""
    return {
        "hot_wash_phases": _phases(report),
        "hot_wash_notes": _notes(report),
        "hot_wash_moments": _moments(report),
    }


def _phases(report: Report) -> Iterator[Row]:
    for one in report.wash.phases:
        yield one.phase, one.title, wording.instant(one.at), wording.instant(one.until), one.notes, one.cursor


def _notes(report: Report) -> Iterator[Row]:
    for one in report.wash.notes:
        yield one.phase, one.phase_title, one.kind, one.text, wording.instant(one.at), one.cursor


def _moments(report: Report) -> Iterator[Row]:
    for one in report.wash.moments:
        yield wording.instant(one.instant), one.item, one.text, wording.instant(one.at), one.cursor
