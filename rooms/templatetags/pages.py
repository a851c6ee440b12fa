"""Words and sums for the pages around the room: the door, opening, the debrief, replay.

Pure: each works on what the view has already cut to what its reader may see. Panels use `room` instead.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template

from rooms.debrief import headings
from rooms.domain.state import RoomState
from rooms.forms import whole_number

register = template.Library()
MOST_MINUTES = 9999  # of one item; more than that is no plan, and counts nothing


@register.filter
def total_minutes(agenda: Iterable[Mapping[str, Any]]) -> int:
    """The planned minutes of the items that are kept. What is typed and is no number yet counts nothing."""
    return sum(whole_number(str(item["minutes"]), MOST_MINUTES) or 0 for item in agenda if item["keep"])


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


# Sentences over the report, and the small words in them.
for one in (
    *(headings.day, headings.in_minutes, headings.percent, headings.standfirst, headings.positions_heading),
    *(headings.without_positions, headings.speaking_heading, headings.agenda_heading, headings.calls_heading),
    *(headings.text_heading, headings.statements_counted),
):
    register.filter(one)
