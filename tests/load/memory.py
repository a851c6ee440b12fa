"""What the server holds in memory: for one more socket that only listens, and for one more room that is open, with
somebody of every delegation, the chair and an observer looking on.
"""

import asyncio
from typing import Any

from tests.load.crowd import Crowd, gathered
from tests.load.places import Place, seat
from tests.load.report import Row, at_most
from tests.load.run import Run, say, within
from tests.load.server import Server, serving

SOCKETS, QUICK_SOCKETS, MOST_KB = 1_000, 300, 40
ROOMS, QUICK_ROOMS = 100, 20
WARM_ROOMS, WARM_SOCKETS = 3, 50  # what is made once for all is not counted
SETTLE = 1.0


def measured(run: Run) -> dict[str, Any]:
    more_sockets, more_rooms = (QUICK_SOCKETS, QUICK_ROOMS) if run.quick else (SOCKETS, ROOMS)
    crowded, small = {"observers": more_sockets + WARM_SOCKETS}, {"delegates": 6, "observers": 1}
    rooms = run.cast(crowded, *[small] * (more_rooms + WARM_ROOMS))
    say(f"memory for {more_sockets:,} sockets ...")
    with serving("neacd", run.var) as server:
        sockets = within(10, _sockets(run, server, rooms[0]))
    say(f"memory for {more_rooms} rooms ...")
    with serving("neacd", run.var) as server:
        opened = within(10, _rooms(run, server, rooms[1:]))
    each = len(rooms[1]["people"])
    return {
        "socket": sockets,
        "sockets": more_sockets,
        "rooms": more_rooms,
        "room_with_sockets": opened,
        "sockets_a_room": each,
        "room": opened - each * sockets,
    }


async def _sockets(run: Run, server: Server, room: dict[str, Any]) -> float:
    places = [seat(room["code"], one) for one in room["people"] if one["side"] == "observer"]
    return await _grown(run, server, places[:WARM_SOCKETS], places[WARM_SOCKETS:]) / len(places[WARM_SOCKETS:])


async def _rooms(run: Run, server: Server, rooms: list[dict[str, Any]]) -> float:
    warm, more = (
        [seat(one["code"], who) for one in some for who in one["people"]]
        for some in (rooms[:WARM_ROOMS], rooms[WARM_ROOMS:])
    )
    return await _grown(run, server, warm, more) / len(rooms[WARM_ROOMS:])


async def _grown(run: Run, server: Server, warm: list[Place], more: list[Place]) -> float:
    """Bytes that the server holds more when these lines are open, too."""
    first = await _open(run, server, warm)
    before = server.resident()
    second = await _open(run, server, more)
    grown = server.resident() - before
    await first.close()
    await second.close()
    return grown


async def _open(run: Run, server: Server, places: list[Place]) -> Crowd:
    crowd = await gathered(run.scratch, server.port, places)
    opened = await crowd.open(20)
    if opened.failed:
        raise RuntimeError(f"{opened.failed} of {len(places)} lines did not open")
    await asyncio.sleep(SETTLE)
    return crowd


def rows(found: dict[str, Any]) -> list[Row]:
    words = f"{found['room_with_sockets'] / 1024:,.0f} KB with its {found['sockets_a_room']} sockets"
    return [
        at_most("one more idle socket", found["socket"] / 1024, MOST_KB, "KB", f"of {found['sockets']:,}", digits=1),
        Row("one more open room", f"{found['room'] / 1024:,.0f} KB ({words}; of {found['rooms']})"),
    ]
