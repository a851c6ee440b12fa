"""Words and sums for the pages around the room: the door, opening, the debrief, replay.

Pure: each works on what the view has already cut to what its reader may see. Panels use `room` instead.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from django import template

from rooms.debrief import wording
from rooms.debrief.report import Report, Said, TextReport
from rooms.domain.state import RoomState

register = template.Library()


@register.filter
def total_minutes(agenda: Iterable[Mapping[str, Any]]) -> int:
    """The planned minutes of the items that are kept. What is typed and is no number yet counts nothing."""
    typed = [str(item["minutes"]) for item in agenda if item["keep"]]
    return sum(int(minutes) for minutes in typed if minutes.isascii() and minutes.isdigit())


@register.filter
def free_seats(seats: Iterable[Mapping[str, Any]]) -> str:
    """How much room a delegation has, for who chooses a seat."""
    places = list(seats)
    empty = sum(not one["people"] for one in places)
    if empty:
        return f"{empty} of {len(places)} seats free" if len(places) > 1 else "the seat is free"
    return "seats to share" if any(one["free"] for one in places) else "full"


@register.filter
def item_title(state: RoomState, item_id: str) -> str:
    """The title of an item on the agenda; "" for what happened outside any."""
    item = state.agenda.item(item_id)
    return item.title if item else ""


@register.filter
def day(ms: int | None) -> str:
    """An instant in ms as a date in UTC: 3 December 1997."""
    if ms is None:
        return ""
    moment = datetime.fromtimestamp(ms / 1000, UTC)
    return f"{moment.day} {moment:%B %Y}"


@register.filter
def in_minutes(ms: int | None) -> str:
    """A length of time for a sentence: “less than a minute”, “1 minute”, “94 minutes”."""
    minutes = round((ms or 0) / 60_000)
    if minutes < 1:
        return "less than a minute"
    return "1 minute" if minutes == 1 else f"{minutes} minutes"


@register.filter
def percent(share: float | None) -> str:
    """A part of one as a whole percentage; "" where there is nothing to share."""
    return "" if share is None else f"{round(share * 100)}\u00a0%"


# Sentences over the report: what its figures show, said where a heading needs them. Counts only.


@register.filter
def standfirst(report: Report) -> str:
    """Who met for how long, and what it was meant to end in."""
    seated = sum(one.seated for one in report.delegations)
    if report.started_at is None:
        return "The session has not begun."
    met = f"{wording.counted(seated, 'delegation')} met for {in_minutes(report.live_ms)}"
    return wording.sentence(f"{met}, to decide by {report.rules.decision} and to end in a {report.rules.output}")


@register.filter
def positions_heading(report: Report) -> str:
    """On how many issues somebody moved."""
    filed = [issue for issue in report.issues if issue.paths]
    moved = sum(any(path.moves for path in issue.paths) for issue in filed)
    if not filed:
        return "No delegation declared a position"
    if not moved:
        return f"Positions on {wording.counted(len(filed), 'issue')}, and nobody moved"
    return f"Somebody moved on {wording.number(moved)} of {wording.counted(len(report.issues), 'issue')}"


@register.filter
def without_positions(report: Report) -> str:
    """The issues on which nobody declared anything, as a list of titles."""
    return wording.listed([f"“{issue.title}”" for issue in report.issues if not issue.paths])


@register.filter
def speaking_heading(report: Report) -> str:
    """Who held half of the floor, as far as the record may tell."""
    if not report.speaking_ms:
        return "How long each delegation spoke is not told here"
    held, names = 0, []
    for line in sorted(report.speaking, key=lambda line: -line.ms):
        held += line.ms
        names.append(wording.within(line.name))
        if 2 * held >= report.speaking_ms:
            break
    who = wording.listed(names) if len(names) < 3 else wording.counted(len(names), "delegation")
    return wording.capital(f"{who} held {percent(held / report.speaking_ms)} of the floor")


@register.filter
def agenda_heading(report: Report) -> str:
    """How many items were taken, and in what time against what was planned for them."""
    taken = [line for line in report.agenda if line.actual_ms is not None]
    if not taken:
        return "No item was taken"
    planned = sum(line.planned_minutes for line in taken)
    took = in_minutes(sum(line.actual_ms or 0 for line in taken))
    items = f"{wording.number(len(taken))} of {wording.counted(len(report.agenda), 'item')}"
    return wording.capital(f"{items} taken, in {took} instead of {planned}")


@register.filter
def calls_heading(report: Report) -> str:
    """How often the delegations were asked, and how often they agreed."""
    adopted = sum(call.status == "adopted" for call in report.calls)
    carried = f"{wording.number(adopted) if adopted else 'none'} carried"
    if all(call.kind == "consensus" and not call.amendment for call in report.calls):
        return wording.capital(f"{wording.counted(len(report.calls), 'call')} for consensus, {carried}")
    amendments = sum(call.amendment for call in report.calls)
    on = f"; {wording.number(amendments)} on amendments" if amendments else ""
    return wording.capital(f"{wording.counted(len(report.calls), 'call')} for a decision, {carried}{on}")


OUTCOMES = {
    "agreed": "What they agreed",
    "by_vote": "What was adopted by vote",
    "waiting": "What they agreed ad referendum",
    "failed": "What they agreed and not every capital confirmed",
    "shelved": "What was put aside",
}


@register.filter
def text_heading(text: TextReport) -> str:
    """What became of a text, as a heading."""
    return OUTCOMES.get(text.outcome, "What they did not agree")


@register.filter
def statements_counted(said: Said) -> str:
    """How many statements were written down, and whose they are as far as may be told."""
    parts = [
        (said.by_delegations, "by delegations"),
        (said.unnamed, "by participants who may not be named"),
        (said.by_chair, "by the chair"),
    ]
    told = wording.listed([f"{wording.number(n)} {whose}" for n, whose in parts if n])
    words = wording.counted(said.total, "statement") + " in writing" + (f": {told}" if told else "")
    return wording.sentence(words + (f"; {wording.number(said.withdrawn)} withdrawn" if said.withdrawn else ""))
