"""The frames of the socket, in both dialects: HTML partials for the browser, visible events for programs.

A frame carries the viewer's own *cursor* (how many events this audience has been able to see), never the room's seq:
a seq that jumped would tell that something hidden had happened.
"""

import asyncio
import json
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from asgiref.sync import async_to_sync

from rooms import log, read_back
from rooms.domain import codec
from rooms.domain.attribution import readable
from rooms.domain.record import Entry
from rooms.domain.refused import Refused
from rooms.domain.sight import Audience
from rooms.folds import Picture

logger = logging.getLogger(__name__)

# Seconds. A layer that is there but answers no more must not hold up a rehearsal, nor let pokes pile up in a server.
LAYER_PATIENCE = 1.0
RELOAD = json.dumps({"reload": True})


@dataclass(frozen=True, slots=True)
class Missed:
    """Numbered entries; `anew`: begin again with these; `over`: the session is closed and this is all there will be."""

    entries: list[tuple[int, Entry]]
    anew: bool = False
    over: bool = False


def _packed(message: Any) -> str:
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"))


def frame(cursor: int, content: str = "", *, at: int = 0) -> str:
    """A browser's frame: partials to morph in; without content it only tells the cursor. `at`: the instant (ms) of the
    last that it shows, before which no clock there stands."""
    if not content:
        return _packed({"cursor": cursor, "at": at})
    return _packed({"cursor": cursor, "at": at, "swap": "none", "content": content})


def event_data(cursor: int, entry: Entry) -> dict[str, Any]:
    """One visible entry as a program sees it."""
    return {
        "cursor": cursor,
        "at": entry.at,
        "name": codec.name_of(entry.event),
        "actor": entry.actor,
        "attribution": entry.attribution,
        "data": codec.to_data(entry.event),
    }


def events_frame(cursor: int, numbered: Iterable[tuple[int, Entry]], *, again: bool = False) -> str:
    """A program's frame. `again`: the cursor you gave is not of this record; begin anew with these events."""
    message: dict[str, Any] = {"cursor": cursor, "events": [event_data(number, one) for number, one in numbered]}
    if again:
        message["again"] = True
    return _packed(message)


def missed(room_id: int, picture: Picture, audience: Audience, cursor: int, *, assesses: bool) -> Missed:
    """What a program that comes back has not read yet of what a picture tells; all of it if its cursor is not of this
    record."""
    # After the end, who does not assess reads another record, within the rule: a cursor of the live one is not of it.
    over, count = picture.state.room.status == "closed" and not assesses, picture.view(audience).count
    if not over and 0 <= cursor <= count:
        return Missed(read_back.after(room_id, audience, cursor, seq=picture.seq, count=count))
    entries = readable(log.read(room_id, upto=picture.seq), audience, assesses=assesses)
    return Missed(list(enumerate(entries, start=1)), anew=cursor > 0, over=over)


def done_frame(request_id: str, cursor: int) -> str:
    """The acknowledgement of a command that was carried out."""
    return _packed({"request_id": request_id, "done": True, "cursor": cursor})


def refused_frame(request_id: str, refused: Refused) -> str:
    """Why a command was not carried out."""
    return _packed({"request_id": request_id, "refused": refused.as_data()})


async def send_poke(layer: Any, group: str, message: dict[str, Any]) -> None:
    """Send over the layer between processes; what is lost the heartbeat makes good."""
    try:
        async with asyncio.timeout(LAYER_PATIENCE):
            await layer.group_send(group, message)
    except Exception as error:
        logger.warning("poke not sent (%s); the heartbeat carries it", type(error).__name__)


def send_poke_from_thread(layer: Any, group: str, message: dict[str, Any]) -> None:
    """The same from a program without an event loop."""
    async_to_sync(send_poke)(layer, group, message)
