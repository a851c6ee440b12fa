"""What lies on the chair's own desk: who is silent, what was just refused to whom and why, moments marked for the
debrief. Pure; reads only the fold it is given."""

from collections.abc import Mapping
from typing import Any

from rooms.domain.sight import Audience
from rooms.domain.state import RoomState

REFUSALS_SHOWN = 3


def desk(view: RoomState, _audience: Audience) -> Mapping[str, Any]:
    """The last refusals, the newest first, each with whose it was; delegations that are here and have not been heard;
    the bookmarks."""
    refusals = [
        {"refusal": one, "person": view.seats.people.get(one.person)}
        for one in reversed(view.notes.refusals[-REFUSALS_SHOWN:])
    ]
    return {
        "refusals": refusals,
        "silent": _silent(view),
        "bookmarks": tuple(reversed(view.notes.bookmarks)),
        "closed": view.room.status == "closed",
        "begun": view.room.started_at is not None,
    }


def _silent(view: RoomState) -> tuple[str, ...]:
    """The delegations at the table that have had no floor since the session began, nor have it now."""
    floor, speaking = view.floor, view.floor.speech
    return tuple(
        one.code
        for one in view.prepared.delegations
        if view.seats.members(one.code)
        and not floor.spoken_ms.get(one.code)
        and not floor.speeches.get(one.code)
        and not (speaking and speaking.delegation == one.code)
    )
