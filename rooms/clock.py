"""Deadlines: a small loop in every server process asks which rooms are due, and sends them a `Tick` by the one door.

Two processes ticking at once is harmless: the second finds nothing due. The same question brings the heads of the
rooms watched here, so that a lost poke is made good within a beat.
"""

import asyncio
import logging
import time
from concurrent.futures import Future

from django.db import connection
from django.db.models import Q

from rooms.actions import MOST_TOGETHER, Asked, Done, Held, act_together, now_ms
from rooms.database_threads import DatabaseThreads
from rooms.domain.fold import Tick
from rooms.domain.record import CLOCK
from rooms.domain.refused import Refused
from rooms.hub import Hub
from rooms.models import Room
from rooms.process import house_clock
from rooms.writing import writer

logger = logging.getLogger(__name__)

BEAT = 0.1  # seconds; a deadline is met within a quarter of a second with room to spare
AGREE_EVERY = 5.0  # seconds between two looks at the clock of a database server
THEIR_TIME = "SELECT (EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::bigint"

threads = DatabaseThreads("clock")
_aside: dict[int, "Future[Done]"] = {}  # ticks that wait for a room which somebody holds, by its id


def agree() -> None:
    """Take the time from the database server, where there is one: it is the only clock all processes have in common."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(THEIR_TIME)
        (theirs,) = cursor.fetchone()
    house_clock.agree(theirs)


def beat(watched: list[int], at: int) -> list[tuple[int, int]]:
    """One beat: tick every room whose deadline has come, and say how far the watched ones are, as (room id, seq)."""
    rows = Room.objects.filter(Q(next_deadline__lte=at) | Q(pk__in=watched)).values_list("pk", "head", "next_deadline")
    heads = list(rows)
    _tick([room_id for room_id, _head, deadline in heads if deadline is not None and deadline <= at], at)
    return [(room_id, head) for room_id, head, _deadline in heads if room_id in watched]


def _tick(room_ids: list[int], at: int) -> None:
    """Many together; but one room that cannot be decided does not stop the clocks of all others. Nor does one that is
    held by somebody else just now: there the clock waits in line with everybody, for it might never find it free."""
    for room_id, waiting in list(_aside.items()):
        if waiting.done():
            del _aside[room_id]
            _tell(room_id, waiting.exception())
    room_ids = [room_id for room_id in room_ids if room_id not in _aside]
    for first in range(0, len(room_ids), MOST_TOGETHER):
        some = room_ids[first : first + MOST_TOGETHER]
        outcomes = act_together([Asked(room_id, CLOCK, Tick(), at=at) for room_id in some], wait=False)
        for room_id, outcome in zip(some, outcomes, strict=True):
            if isinstance(outcome, Held):
                _aside[room_id] = writer.act_aside(Asked(room_id, CLOCK, Tick(), at=at))
            elif isinstance(outcome, Exception):
                _tell(room_id, outcome)


def _tell(room_id: int, error: BaseException | None) -> None:
    if error is not None:
        reason = error.code if isinstance(error, Refused) else type(error).__name__
        logger.warning("room %s was not ticked: %s", room_id, reason)


async def run(hub: Hub) -> None:
    """Beat until cancelled, through any outage of the database."""
    agreed = -AGREE_EVERY
    while True:
        try:
            if time.monotonic() - agreed >= AGREE_EVERY:
                await threads.ask(agree)
                agreed = time.monotonic()
            heads = await threads.ask(beat, hub.watched(), now_ms())
            for room_id, seq in heads:
                hub.heartbeat(room_id, seq)
        except asyncio.CancelledError:
            raise
        except Exception as error:
            logger.warning("the clock missed a beat: %s", type(error).__name__)
        await asyncio.sleep(BEAT)
