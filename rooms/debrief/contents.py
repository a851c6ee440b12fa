"""Which sections the report has for a reader, in the order in which it is told: what came of it, how it got there, what
it cannot tell.

A section is left out where its part is not shared with the reader, and where there is nothing to tell.
"""

from collections.abc import Collection
from dataclasses import dataclass

from rooms.debrief.report import Report
from rooms.domain.state import RoomState


@dataclass(frozen=True, slots=True)
class Section:
    """`id` is its anchor in the page, `part` what it belongs to of `sharing.PARTS`, "" where everybody reads it."""

    id: str
    name: str
    part: str
    template: str


SECTIONS = tuple(
    Section(section_id, name, part, f"rooms/debrief/{section_id.replace('-', '_')}.html")
    for section_id, name, part in (
        ("outcome", "What came of it", "outcome"),
        ("one-page", "The session on one page", "timeline"),
        ("decisions", "Decisions", "decisions"),
        ("positions", "Positions", "positions"),
        ("packages", "Packages", "packages"),
        ("texts", "How the text came about", "texts"),
        ("caucuses", "Who met whom", "caucuses"),
        ("floor", "The floor", "floor"),
        ("commitments", "Commitments", "commitments"),
        ("injects", "News", "injects"),
        ("perceptions", "Perceptions", "perceptions"),
        ("mandates", "Against the mandates", "mandates"),
        ("papers", "Against the papers", "papers"),
        ("history", "What in fact happened", "history"),
        ("wash", "Hot wash", "wash"),
        ("timeline", "The whole timeline", "timeline"),
        ("rules", "The rules they had", ""),
        ("limits", "What this cannot tell", ""),
        ("forks", "Where it goes on", ""),
        ("sharing", "What is shared", ""),
        ("files", "Files", "files"),
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
