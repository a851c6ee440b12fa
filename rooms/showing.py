"""What panels need that is derived from the state: rows, matrices, whose turn it is. Pure; no templates, no rules.

Everything here reads only the fold it is given, so it can show nothing that the audience may not see.
"""

from collections.abc import Mapping
from typing import Any

from rooms import (
    showing_aside,
    showing_decisions,
    showing_floor,
    showing_news,
    showing_people,
    showing_wall,
    showing_wash,
)
from rooms.domain import calls, documents
from rooms.domain.sight import Audience
from rooms.domain.state import RoomState


def nothing(_view: RoomState, _audience: Audience) -> Mapping[str, Any]:
    return {}


def channel(view: RoomState, audience: Audience) -> Mapping[str, Any]:
    messages = view.channels.messages.get(audience.delegation, ())
    said = view.channels.counts.get(audience.delegation, 0)
    return {"messages": messages, "said": said, "earlier": said - len(messages)}


def stage(view: RoomState, audience: Audience) -> Mapping[str, Any]:
    """What the projector shows: one thing at a time, chosen by what happens."""
    meeting = showing_aside.caucuses(view, audience)["meeting"]
    scene = _scene(view, meet_aside=bool(meeting), apart=showing_floor.apart(view, audience))
    return {
        "scene": scene,
        "meeting": meeting,
        "last": view.decisions.calls[-1] if view.decisions.calls else None,
        **showing_wall.wall(view, scene),
        **showing_news.wall(view),
        **showing_wash.wall(view),
        **showing_floor.table(view, audience),
        "document": documents.open_document(view),
        **showing_decisions.decision(view, audience),
        **showing_people.people(view, audience),
    }


def _scene(view: RoomState, *, meet_aside: bool, apart: bool) -> str:
    running = view.agenda.running
    if view.room.status == "closed" and showing_wash.on_the_wall(view):
        return "wash"
    if view.room.status in ("lobby", "paused", "adjourned", "closed"):
        return view.room.status
    call = calls.open_call(view)
    # A silence may last for days: the wall shows it while the table hears of it, and then only its hour.
    if call and (call.kind != "silence" or (call.at_the_table and not view.floor.speech)):
        return "decision"
    if view.floor.speech or view.orders.open:
        return "speech"
    if showing_wash.on_the_wall(view):
        return "wash"
    if showing_news.on_the_wall(view):
        return "news"
    if apart:
        return "apart"
    if meet_aside and running and running.kind == "informal":
        return "caucuses"
    if running and running.kind in ("drafting", "decision") and documents.open_document(view):
        return "text"
    return showing_wall.on_paper(view) or "item"
