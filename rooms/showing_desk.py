"""What lies on the chair's own desk: who is silent, what was just refused to whom and why, moments marked for the
debrief. Pure; reads only the fold it is given."""

from collections.abc import Mapping
from typing import Any

from rooms.domain.sight import Audience
from rooms.domain.state import RoomState

REFUSALS_SHOWN = 3


def desk(view: RoomState, _audience: Audience) -> Mapping[str, Any]:
    """The last refusals, the newest first, each with whose it was; delegations that are here and have not been heard,
    and since when; the bookmarks."""
    refusals = [
        {"refusal": one, "person": view.seats.people.get(one.person)}
        for one in reversed(view.notes.refusals[-REFUSALS_SHOWN:])
    ]
    return {
        "refusals": refusals,
        **_silent(view),
        "bookmarks": tuple(reversed(view.notes.bookmarks)),
        "closed": view.room.status == "closed",
        "begun": view.room.started_at is not None,
    }


def _silent(view: RoomState) -> Mapping[str, Any]:
    """The delegations at the table that have had no floor since the session began; once all have, those that have had
    none in the running item while others had. Whoever has the floor now is not silent."""
    floor, running = view.floor, view.agenda.running
    speaking = floor.speech.delegation if floor.speech else ""
    here = [one.code for one in view.prepared.delegations if view.seats.members(one.code) and one.code != speaking]
    never = tuple(code for code in here if not floor.spoken_ms.get(code) and not floor.speeches.get(code))
    heard = floor.heard_in(running.id) if running else frozenset()
    if never or not heard:
        return {"silent": never, "silent_since": "Not heard yet"}
    return {"silent": tuple(code for code in here if code not in heard), "silent_since": "Silent in this item"}
