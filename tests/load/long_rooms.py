"""What a room costs that has gone on for long: a command, and a first page, at 100, 1,000, 10,000 and 50,000 events.

A page is asked for by a delegate: cold from a server that has not seen this room yet (but another, so that templates
are read), then warm. A command is one of the chair's and the floor's, shown to two people who look on. All in
milliseconds of the server's core, which a busy machine does not change; ratios are to the shortest room.
"""

import asyncio
import http.client
import itertools
import statistics
from dataclasses import asdict, dataclass
from typing import Any

from tests.load.crowd import gathered
from tests.load.places import seat
from tests.load.report import Row
from tests.load.run import Run, say, within
from tests.load.server import Server, serving
from tests.load.sockets import Line, opened

LENGTHS = (100, 1_000, 10_000, 50_000)
QUICK_LENGTHS = (100, 10_000)
FLAT = 2.0  # times the shortest room: what may still be called flat
COMMANDS, PAGES = 24, 5
BETWEEN = 0.1  # seconds between two commands, so that each is shown by itself


@dataclass(frozen=True, slots=True)
class Long:
    """Milliseconds of the server's core, and the page's bytes."""

    events: int
    cold: float
    warm: float
    command: float
    page_bytes: int


def measured(run: Run) -> list[dict[str, Any]]:
    lengths = QUICK_LENGTHS if run.quick else LENGTHS
    say(f"rooms of {', '.join(f'{length:,}' for length in lengths)} events ...")
    other, *rooms = run.cast({"events": 200}, *({"events": length} for length in lengths))
    found = []
    for length, room in zip(lengths, rooms, strict=True):
        with serving("neacd", run.var, profile=run.profile(f"long-{length}")) as server:
            found.append(asdict(within(30, _measure(run, server, other, room, length))))
    return found


async def _measure(run: Run, server: Server, other: dict[str, Any], room: dict[str, Any], length: int) -> Long:
    await asyncio.to_thread(_page, server, other)
    cold, size = await asyncio.to_thread(_page, server, room)
    warm = [(await asyncio.to_thread(_page, server, room))[0] for _ in range(PAGES)]
    command = await _commands(run, server, room)
    return Long(length, cold, statistics.median(warm), command, size)


def _page(server: Server, room: dict[str, Any]) -> tuple[float, int]:
    """A delegate opens the room: milliseconds of the server's core, and bytes."""
    person = next(one for one in room["people"] if one["seat"])
    cookie = f"seat_{room['code']}_{person['pid']}={person['ticket']}"
    before = server.cpu()
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
    line.request("GET", f"/rooms/{room['code']}/{person['pid']}/", headers={"Cookie": cookie})
    answer = line.getresponse()
    body = answer.read()
    line.close()
    if answer.status != 200:
        raise RuntimeError(f"the page of {room['code']} answered {answer.status}")
    return (server.cpu() - before) * 1000, len(body)


async def _commands(run: Run, server: Server, room: dict[str, Any]) -> float:
    """Milliseconds of the server's core for one command, carried out and shown to the two who look on."""
    chair, delegate = room["people"][0], next(one for one in room["people"] if one["seat"])
    lines = [await _line(server, room["code"], one) for one in (chair, delegate)]
    crowd = await gathered(run.scratch, server.port, [seat(room["code"], one) for one in (chair, delegate)])
    await crowd.open()
    await lines[0].ask("chair_statement", text="We go on.")  # what is made once is made
    await asyncio.sleep(1)
    idle = server.cpu()
    await asyncio.sleep(COMMANDS * BETWEEN)
    before = server.cpu()
    for number, (name, fields) in enumerate(itertools.islice(itertools.cycle(_floor()), COMMANDS)):
        line = lines[0] if name == "chair_statement" else lines[1]
        await line.ask(name, **({"text": f"We go on where we were. ({number})"} if line is lines[0] else fields))
        await asyncio.sleep(BETWEEN)
    used = server.cpu() - before - (before - idle)
    for one in lines:
        one.close()
    await crowd.close()
    return used / COMMANDS * 1000


def _floor() -> list[tuple[str, dict[str, str]]]:
    return [("ask_for_floor", {"kind": "statement"}), ("chair_statement", {}), ("withdraw_request", {})]


async def _line(server: Server, code: str, person: dict[str, str]) -> Line:
    path = f"/ws/rooms/{code}/{person['pid']}/"
    headers = {"Authorization": f"Bearer {person['ticket']}"}
    return await opened(server.port, path, headers=headers, hello={"hello": {"cursor": 0}})


# In words


def rows(found: list[dict[str, Any]]) -> list[Row]:
    first = found[0]
    return [_row(one, first) for one in found]


def _row(one: dict[str, Any], first: dict[str, Any]) -> Row:
    times = {name: one[name] / max(first[name], 0.1) for name in ("command", "warm", "cold")}
    figure = (
        f"command {one['command']:.1f} ms ({times['command']:.1f}x), page warm {one['warm']:.0f} ms"
        f" ({times['warm']:.1f}x), cold {one['cold']:.0f} ms ({times['cold']:.1f}x), {one['page_bytes'] / 1024:.0f} KB"
    )
    if one is first:
        return Row(f"{one['events']:,} events", figure)
    return Row(f"{one['events']:,} events", figure, f"flat: at most {FLAT:g}x", max(times.values()) <= FLAT)
