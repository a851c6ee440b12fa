"""A day of play in a minute: four rooms go on for 24 hours by the clock of their records, while people of every kind
come and go. After each quarter it is looked at what the server holds: as it is, and when it has let go of everything
that can be made again from the record (rooms folded, panels painted). What is left then must not grow.
"""

import asyncio
import random
import time
from contextlib import suppress
from typing import Any

from tests.load.places import seat
from tests.load.report import Row
from tests.load.run import Run, say, within
from tests.load.server import Server, serving
from tests.load.sockets import Line, opened

ROOMS = 4
HOURS, QUARTERS = 24, 4
EVERY, QUICK_EVERY = 20, 120  # seconds of play between two commands, over all rooms
VISITORS, STAY = 6, 0.4  # lines that come and go at a time, and how long each stays, in seconds
MORE = 1.03  # of the first quarter's objects may be left after the last: a few caches fill up late
SETTLE = 2.0


def measured(run: Run) -> dict[str, Any]:
    rooms = run.cast(*[{"observers": 9}] * ROOMS)
    say(f"{HOURS} hours of play in {ROOMS} rooms ...")
    with serving("neacd", run.var, profile=run.profile("soak")) as server:
        return within(600, _soak(server, rooms, QUICK_EVERY if run.quick else EVERY))


async def _soak(server: Server, rooms: list[dict[str, Any]], every: int) -> dict[str, Any]:
    regulars = [await _line(server, room["code"], one) for room in rooms for one in _one_of_each(room)]
    began = time.time_ns() // 1_000_000
    hours = HOURS // QUARTERS
    commands = hours * 3_600 // every
    points: list[dict[str, Any]] = []
    for quarter in range(QUARTERS):
        going = asyncio.create_task(_come_and_go(server, rooms, seed=quarter))
        at = began + quarter * hours * 3_600_000
        played = await server.told("soak", rooms=rooms, at=at, every=every * 1_000, commands=commands)
        going.cancel()
        with suppress(asyncio.CancelledError):
            await going
        await asyncio.sleep(SETTLE)  # the last visitors have gone, as far as the server can know
        points.append({**played, **await server.told("weigh")})
    lost = sum(one.closed_with is not None for one in regulars)
    for one in regulars:
        one.close()
    return {"hours": HOURS, "rooms": len(rooms), "points": points, "lost": lost}


def _one_of_each(room: dict[str, Any]) -> list[dict[str, str]]:
    """Somebody of every side."""
    return list({one["side"]: one for one in reversed(room["people"])}.values())


async def _come_and_go(server: Server, rooms: list[dict[str, Any]], seed: int) -> None:
    """Visitors until cancelled: any person, as a browser or as a program, staying for a moment."""
    drawn = random.Random(seed)
    async with asyncio.TaskGroup() as group:
        for _ in range(VISITORS):
            group.create_task(_visit(server, rooms, random.Random(drawn.random())))


async def _visit(server: Server, rooms: list[dict[str, Any]], drawn: random.Random) -> None:
    while True:
        room = drawn.choice(rooms)
        with suppress(ConnectionError, TimeoutError):
            line = await _line(server, room["code"], drawn.choice(room["people"]), json=drawn.random() < 0.3)
            try:
                await asyncio.sleep(drawn.random() * 2 * STAY)
            finally:
                line.close()


async def _line(server: Server, code: str, person: dict[str, str], *, json: bool = False) -> Line:
    place = seat(code, person)
    path = place.path + ("?dialect=json" if json else "")
    name, _, value = place.header.partition(": ")
    return await opened(server.port, path, headers={name: value}, hello={"hello": {"cursor": 0}})


# In words


def rows(found: dict[str, Any]) -> list[Row]:
    points = found["points"]
    told = [
        Row(
            f"after {(number + 1) * found['hours'] // QUARTERS} hours",
            f"{one['events']:,} events in {found['rooms']} rooms; {one['resident'] / 1e6:.1f} MB held,"
            f" {one['left'] / 1e6:.1f} MB and {one['objects']:,} objects after letting go of what can be made again",
        )
        for number, one in enumerate(points)
    ]
    growth = points[-1]["objects"] / points[0]["objects"]
    words = f"memory {points[-1]['left'] / points[0]['left']:.3f} times; {found['lost']} lines lost"
    figure = f"{growth:.3f} times the objects of the first quarter ({words})"
    return [*told, Row("left after a day", figure, f"at most {MORE}", growth <= MORE)]
