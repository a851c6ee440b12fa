"""Which sections the report has for a reader, in the order in which it is told: what came of it, how it got there, what
it cannot tell.

A section is left out where its part is not shared with the reader, and where there is nothing to tell.
"""

from collections.abc import Collection
from dataclasses import dataclass

from rooms.debrief.report import Report
from rooms.domain.sharing import PARTS
from rooms.domain.state import RoomState


@dataclass(frozen=True, slots=True)
class Section:
    """`id` is its anchor in the page, `part` what it belongs to of `sharing.PARTS`, "" where everybody reads it."""

    id: str
    name: str
    part: str
    template: str


# What is no part, or one of two sections of a part, has a name of its own; all others are called as what is shared is.
OWN_NAMES = {
    "one-page": "The session on one page",
    "rules": "The rules they had",
    "limits": "What this cannot tell",
    "forks": "Where it goes on",
    "sharing": "What is shared",
}
SECTIONS = tuple(
    Section(
        section_id,
        OWN_NAMES[section_id] if section_id in OWN_NAMES else PARTS[part][0],
        part,
        f"rooms/debrief/{section_id.replace('-', '_')}.html",
    )
    for section_id, part in (
        ("outcome", "outcome"),
        ("one-page", "timeline"),
        ("decisions", "decisions"),
        ("positions", "positions"),
        ("packages", "packages"),
        ("texts", "texts"),
        ("caucuses", "caucuses"),
        ("floor", "floor"),
        ("commitments", "commitments"),
        ("injects", "injects"),
        ("perceptions", "perceptions"),
        ("mandates", "mandates"),
        ("papers", "papers"),
        ("history", "history"),
        ("wash", "wash"),
        ("timeline", "timeline"),
        ("rules", ""),
        ("limits", ""),
        ("forks", ""),
        ("sharing", ""),
        ("files", "files"),
    )
)


def contents(report: Report, state: RoomState, shown: Collection[str], there: Collection[str]) -> tuple[Section, ...]:
    """The sections for a reader. `report` is cut to `shown` already; `there`: what the page has beside the report, by
    the ids of its sections."""
    told = {
        "outcome": True,
        "one-page": report.started_at is not None,
        "decisions": True,
        "positions": bool(report.issues),
        "texts": bool(report.histories),
        "caucuses": bool(report.meetings.sittings or report.meetings.left_out or report.meetings.exchanges),
        "floor": True,
        "commitments": bool(report.promises.commitments),
        "injects": bool(report.reactions),
        "perceptions": bool(report.perceptions.rounds),
        "mandates": bool(report.mandates),
        "papers": bool(report.papers.issues or report.papers.recommendations or report.papers.measures),
        "history": bool(report.in_fact),
        "wash": bool(report.wash.phases),
        "timeline": bool(report.timeline),
        "rules": True,
        "limits": bool(report.limits),
        "forks": state.forks.origin is not None or bool(state.forks.made),
        "files": True,
        **dict.fromkeys(there, True),
    }
    return tuple(one for one in SECTIONS if told.get(one.id) and (not one.part or one.part in shown))
