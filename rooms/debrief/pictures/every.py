"""Every picture of a report that there is anything to draw in."""

from collections.abc import Collection, Mapping
from typing import Any

from rooms.debrief.pictures import balance, brackets, burn, floor, meetings, positions, roadmap, strip
from rooms.debrief.report import Report
from rooms.domain.state import RoomState


def of_report(report: Report, state: RoomState, shown: Collection[str]) -> Mapping[str, Any]:
    """Every picture by the name of its module, None where there is nothing to draw; those of issues and of texts by
    their ids. `report` is cut to `shown` already, `state` is that of its record at the end."""
    return {
        "strip": strip.of_report(report) if "timeline" in shown else None,
        "positions": {one.id: positions.of_issue(report, one) for one in report.issues},
        "burn": {one.document: burn.of_text(report, one) for one in report.histories},
        "brackets": {one.document: brackets.of_text(report, one) for one in report.histories},
        "floor": floor.of_report(report),
        "meetings": meetings.of_report(report),
        "balance": balance.of_report(report),
        "roadmap": roadmap.of_commitments(state.commitments) if "commitments" in shown else None,
    }
