"""The film strip beneath a room as it was, and the line that says that the chair is showing it.

All but `following` are pure; that one asks what is shown in the room now.
"""

from typing import Any

from django import template

from rooms.following import shown_in
from rooms.viewing import Viewer

register = template.Library()

# The shape of each kind's marks around the point 0,0: by it, not by any colour, a mark is told from another.
SHAPES = {
    "room": "M-4 -3L-3 -4L0 -1L3 -4L4 -3L1 0L4 3L3 4L0 1L-3 4L-4 3L-1 0Z",
    "agenda": "M-1 -6H6L3.5 -3.25L6 -0.5H1V6H-1Z",
    "floor": "M-0.75 -4H0.75V4H-0.75Z",
    "caucuses": "M-4.5 0A4.5 4.5 0 1 0 4.5 0A4.5 4.5 0 1 0 -4.5 0ZM-2.5 0A2.5 2.5 0 1 1 2.5 0A2.5 2.5 0 1 1 -2.5 0Z",
    "injects": "M-5.5 -4.5H5.5L0 5.5Z",
    "positions": "M-4 -5H-1L4 0L-1 5H-4L1 0Z",
    "texts": "M-4 -4H4V4H-4ZM-2.25 -2.25V2.25H2.25V-2.25Z",
    "decisions": "M0 -6L6 0L0 6L-6 0Z",
    "commitments": "M-1.5 -5H1.5V-1.5H5V1.5H1.5V5H-1.5V1.5H-5V-1.5H-1.5Z",
    "bookmarks": "M0 -6L1.6 -2.2L5.7 -1.9L2.6 0.8L3.5 4.9L0 2.7L-3.5 4.9L-2.6 0.8L-5.7 -1.9L-1.6 -2.2Z",
}
WORDS = {"room": "session", "agenda": "items"}


@register.filter
def along(place: int) -> str:
    """A place from 0 to 1000 as SVG takes it along any length."""
    return f"{place / 10:g}%"


@register.filter
def kind_words(kind: str) -> str:
    """What a kind of moment is called on its track."""
    return WORDS.get(kind, kind)


@register.filter
def mark_shape(kind: str) -> str:
    """The path of a kind's mark, about 12 by 12 around its place."""
    return SHAPES[kind]


@register.inclusion_tag("rooms/parts/following.html")
def following(viewer: Viewer, at: int | None = None) -> dict[str, Any]:
    """The line that says that the session is being shown. `at`: the instant (ms) that this page shows itself, where
    one can follow or lead on the spot."""
    shown = shown_in(viewer.room.pk)
    return {"viewer": viewer, "room": viewer.room, "shown": shown, "at": at, "on_replay": at is not None}
