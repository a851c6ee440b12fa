"""A thousand people of one room come back at once, signed in and far behind: until all have been shown where the room
is, and what the chair's commands take meanwhile. Once because the network was gone, and once because the server was:
then it remembers nothing.
"""

import asyncio
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any

from tests.load.crowd import Crowd, gathered
from tests.load.figures import Spread, spread
from tests.load.places import Opened, seat
from tests.load.report import Row, at_most, ms
from tests.load.run import Run, say, within
from tests.load.server import Server, serving
from tests.load.sockets import Line, opened

SOCKETS, EVENTS, OLD_CURSOR = 1_000, 1_500, 100
MOST_SECONDS, MOST_MS = 2, 250
EVERY = 0.11  # seconds between two commands of the chair: as often as a room allows one person
SETTLE = 1.0


@dataclass(frozen=True, slots=True)
class Storm:
    """`back` in seconds, from the first to the last; `chair` from a command to its answer while they came."""

    back: Opened
    chair: Spread
    cpu: float
    kept_waiting: float


def measured(run: Run) -> dict[str, Any]:
    rooms = run.cast(*[{"observers": SOCKETS - 31, "events": EVENTS}] * 2)
    say(f"{SOCKETS:,} sockets come back at once ...")
    with serving("neacd", run.var, profile=run.profile("storm")) as server:
        network = within(20, _network_back(run, server, rooms[0]))
    if run.quick:
        return {"network": asdict(network)}
    say("the same after a restart ...")
    with serving("neacd", run.var, profile=run.profile("storm-restart")) as server:
        restart = within(20, _restarted(run, server, rooms[1]))
    return {"network": asdict(network), "restart": asdict(restart)}


async def _network_back(run: Run, server: Server, room: dict[str, Any]) -> Storm:
    crowd = await _crowd(run, server, room)
    await crowd.open(50)
    await crowd.drop()
    await asyncio.sleep(SETTLE)  # the server has seen them go
    return await _storm(crowd, server, room)


async def _restarted(run: Run, server: Server, room: dict[str, Any]) -> Storm:
    return await _storm(await _crowd(run, server, room), server, room)


async def _crowd(run: Run, server: Server, room: dict[str, Any]) -> Crowd:
    places = [seat(room["code"], one, OLD_CURSOR) for one in room["people"] if one["side"] != "moderator"]
    return await gathered(run.scratch, server.port, places)


async def _storm(crowd: Crowd, server: Server, room: dict[str, Any]) -> Storm:
    one = next(person for person in room["people"] if person["side"] == "moderator")
    chair = await opened(
        server.port,
        f"/ws/rooms/{room['code']}/{one['pid']}/",
        headers={"Authorization": f"Bearer {one['ticket']}"},
        hello={"hello": {"cursor": 0}},
    )
    await asyncio.sleep(SETTLE)
    server.begin()
    cpu, waited = server.cpu(), server.kept_waiting()
    took: list[float] = []
    speaking = asyncio.create_task(_speak(chair, took))
    back = await crowd.open()
    speaking.cancel()
    with suppress(asyncio.CancelledError):
        await speaking
    cpu, waited = server.cpu() - cpu, server.kept_waiting() - waited
    chair.close()
    await crowd.close()
    return Storm(back, spread(took), cpu, waited)


async def _speak(chair: Line, took: list[float]) -> None:
    """One command after the other, each a little after the one before was answered."""
    number = 0
    while True:
        number += 1
        began = time.time()
        try:
            with suppress(TimeoutError):
                await chair.ask("chair_statement", text=f"Come in, come in; we go on where we were. ({number})")
        finally:
            took.append(time.time() - began)  # also of the one that is under way when all are back, or never answered
        await asyncio.sleep(max(0.0, EVERY - (time.time() - began)))


# In words


def rows(found: dict[str, Any]) -> list[Row]:
    why = {"network": "the network was away", "restart": "the server was restarted"}
    return [row for name, words in why.items() if name in found for row in _rows(words, found[name])]


def _rows(why: str, one: dict[str, Any]) -> list[Row]:
    back, chair = one["back"], one["chair"]
    lost = f", {back['failed']} never" if back["failed"] else ""
    words = f"{back['live']:,} sockets{lost}; {one['cpu']:.1f} s of the server's core"
    return [
        at_most(f"{why}: until all are live", back["seconds"], MOST_SECONDS, "s", words, digits=2),
        at_most(
            f"{why}: the chair's slowest command meanwhile",
            chair["most"] * 1000,
            MOST_MS,
            "ms",
            f"{chair['count']} commands, {ms(chair)}",
        ),
    ]
