"""Rooms that have grown are put in order in the background: their views made of common parts, those that nobody looks
through laid to rest, and a snapshot kept, so that the next process opens them at once.

A loop in every server process, in a thread of its own: no command waits for it. Two processes doing it at once are
harmless. Whatever goes wrong, the record is not touched and the room goes on.
"""

import asyncio
import logging
from collections.abc import Collection, Mapping

from rooms import kept_pictures
from rooms.database_threads import DatabaseThreads
from rooms.domain.sight import Audience, audience_of
from rooms.folds import Folds, Picture, whole, with_theirs
from rooms.hub import Hub
from rooms.kept_pictures import EVERY, Snapshot

logger = logging.getLogger(__name__)

LOOK = 10.0  # seconds between two looks: however fast a room grows, it is put in order no oftener

threads = DatabaseThreads("keeping")


def look(folds: Folds, connected: Mapping[int, Collection[str]], every: int = EVERY) -> list[int]:
    """Put the rooms in order that have grown by so much: the ids of those of which a snapshot was kept. `connected`:
    who has a connection here, by room."""
    grown = {one: picture for one, picture in folds.all_kept().items() if picture.seq - picture.settled >= every}
    reached = kept_pictures.reached(list(grown)) if grown else {}
    kept = []
    for room_id, picture in grown.items():
        try:
            everything = whole(picture, room_id)
            if picture.seq - reached.get(room_id, 0) >= every:  # else another process was here
                kept_pictures.keep(room_id, picture.code, _snapshot(everything))
                kept.append(room_id)
            folds.settle(room_id, everything, _awake(picture, connected.get(room_id, ())))
        except Exception as error:  # one room must not keep the others from it
            logger.warning("no snapshot of room %s was kept: %s", room_id, type(error).__name__)
    return kept


def _snapshot(picture: Picture) -> Snapshot:
    return Snapshot(picture.seq, picture.link, picture.state, picture.views, picture.addressed)


def _awake(picture: Picture, connected: Collection[str]) -> set[Audience]:
    """Through whose eyes somebody with a connection looks, and what they share with others."""
    found = {audience_of(picture.state.seats.people.get(pid)) for pid in connected}
    return with_theirs(one for one in found if one)


async def run(folds: Folds, hub: Hub, pause: float = LOOK) -> None:
    """Look until cancelled, through any outage of the database."""
    while True:
        await asyncio.sleep(pause)
        try:
            await threads.ask(look, folds, hub.connected())
        except asyncio.CancelledError:
            raise
        except Exception as error:
            logger.warning("no snapshots were kept: %s", type(error).__name__)
