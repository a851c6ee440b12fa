"""Perceptions as tidy tables: a row for each figure, and one for each option of each guess that is told."""

from collections.abc import Iterator, Mapping
from typing import Any

from rooms.debrief.cells import CODE
from rooms.debrief.report import Report
from rooms.debrief.report_perceptions import Change, Figure

Row = tuple[Any, ...]
STATUS = (
    "told; none answered; few, too few to tell; kept, since beside the others it would tell of the answers of fewer"
)
BY = ("by", "whose answers; empty for all who were asked", CODE)
# table -> its columns: (name, meaning, unit)
COLUMNS: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "perceptions": (
        ("round", "before or after", ""),
        ("question", "trust, or the likelihood of conflict", ""),
        BY,
        ("about", "which delegation is trusted or not; empty for conflict", CODE),
        ("n", "how many answered", "people"),
        ("median", "of their answers; empty if it is not told", "1 (none, very unlikely) to 7 (full, very likely)"),
        ("status", STATUS, ""),
    ),
    "guesses": (
        ("round", "before or after", ""),
        BY,
        ("about", "whose preferred option was guessed", CODE),
        ("issue", "identifier of the issue", ""),
        ("issue_title", "the issue", ""),
        ("n", "how many guessed", "people"),
        ("status", STATUS, ""),
        ("option", "identifier of the option; empty if the guesses are not told", ""),
        ("option_label", "the option", ""),
        ("named", "how many named it", "people"),
        ("declared", "it is what the delegation declared, first (before) or last (after)", "yes or no"),
        ("anything_declared", "the delegation declared anything on the issue", "yes or no"),
    ),
}


def rows(report: Report) -> dict[str, Iterator[Row]]:
    """The rows of both tables, in the order of their columns."""
    return {"perceptions": _perceptions(report), "guesses": _guesses(report)}


def _perceptions(report: Report) -> Iterator[Row]:
    found = report.perceptions
    counted = {one.name for one in found.counted}
    for question, changes in (("conflict", found.conflict), ("trust", found.trust)):
        for one in changes:
            for name, figure in (("before", one.before), ("after", one.after)):
                if name in counted:
                    yield _figure(name, question, one, figure)


def _figure(name: str, question: str, one: Change, figure: Figure) -> Row:
    return name, question, one.by, one.about, figure.n, figure.median, figure.status


def _guesses(report: Report) -> Iterator[Row]:
    for one in report.perceptions.guesses:
        asked = (one.round, one.by, one.about, one.issue, one.title, one.n, one.status)
        declared = one.truth != ""
        if not one.named:
            yield (*asked, "", "", None, None, declared)
        for option in one.named:
            yield (*asked, option.option, option.label, option.times, option.is_truth, declared)
