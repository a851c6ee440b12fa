"""Words and sums for the pages around the room: the door, opening, the debrief, replay.

Pure: each works on what the view has already cut to what its reader may see. Panels use `room` instead.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from django import template

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
    return "" if share is None else f"{round(share * 100)} %"
