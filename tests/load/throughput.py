"""How many sockets are brought up to date with how many events in a second, by one core.

Ours: 30 delegates ask for the floor and withdraw as fast as each is answered, within the rate a socket is allowed,
and the chair speaks once a second; every event is durable, filtered by sight and rendered. The tutorial's: as many
drivers, each sending its next message as soon as it sees its own come back. Same server, options and client.
"""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any

from tests.load.audience import Hall, Viewer, filled
from tests.load.figures import Spread, spread
from tests.load.report import Row, ms, ratio
from tests.load.run import Run, say, within
from tests.load.server import Server, serving
from tests.load.sockets import PATIENCE, Line, opened

SOCKETS, PEOPLE = 200, 31  # of the sockets a moderator and 30 delegates, the others observers
MESSAGE_BYTES = 300  # what the tutorial's drivers send: the JSON of a usual event of ours
LEAST_RATIO = 5
DRIVERS = 30
SETTLE = 1.0
# A little less than the server allows one socket: 10 commands a second after a burst of 30.
BURST, PER_SECOND = 28.0, 9.5


@dataclass
class Throughput:
    """`deliveries`: events that a socket was brought up to date with, over all sockets; a frame may carry several."""

    sockets: int
    seconds: float
    events: int
    deliveries: int
    frames: int
    bytes: int
    cpu_seconds: float
    waited_seconds: float
    client_cpu_seconds: float
    answered: Spread
    refused: int
    lost: int

    @property
    def per_second(self) -> float:
        return self.deliveries / self.seconds

    @property
    def per_cpu_second(self) -> float:
        return self.deliveries / self.cpu_seconds if self.cpu_seconds else 0.0


@dataclass
class Count:
    """Where things stand at an instant."""

    at: float
    cursors: int
    frames: int
    bytes: int
    cpu: float
    waited: float
    client_cpu: float
    farthest: int


def _count(lines: list[Line], server: Server, cursors: Callable[[Line], int]) -> Count:
    came = [cursors(line) for line in lines]
    return Count(
        time.time(),
        sum(came),
        sum(line.frames for line in lines),
        sum(line.bytes for line in lines),
        server.cpu(),
        server.kept_waiting(),
        time.process_time(),
        max(came),
    )


def _between(one: Count, two: Count, lines: list[Line], answered: list[float], refused: int) -> Throughput:
    return Throughput(
        sockets=len(lines),
        seconds=two.at - one.at,
        events=two.farthest - one.farthest,
        deliveries=two.cursors - one.cursors,
        frames=two.frames - one.frames,
        bytes=two.bytes - one.bytes,
        cpu_seconds=two.cpu - one.cpu,
        waited_seconds=two.waited - one.waited,
        client_cpu_seconds=two.client_cpu - one.client_cpu,
        answered=spread(answered),
        refused=refused,
        lost=sum(line.closed_with is not None for line in lines),
    )


async def _driven(
    lines: list[Line], server: Server, cursors: Callable[[Line], int], seconds: float, work: Sequence[Awaitable[None]]
) -> tuple[Count, Count]:
    """Where things stood when the drivers began and after so many seconds; what they still waited for then is let
    come, and not counted. They end by themselves: a cancelled wait may miss that it was cancelled."""
    before = _count(lines, server, cursors)
    driving = asyncio.gather(*work)
    await asyncio.sleep(seconds)
    after = _count(lines, server, cursors)
    await driving
    return before, after


# Ours


async def ours(server: Server, room: dict[str, Any], seconds: float) -> Throughput:
    hall = await filled(server.port, room, witnesses=False)
    lines = [one.line for one in hall.viewers]
    await asyncio.sleep(SETTLE)
    server.begin()
    answered: list[float] = []
    refusals: list[str] = []
    until = time.time() + seconds
    pressing = [_press(one, until, answered, refusals) for one in hall.delegates[:DRIVERS]]
    work = [*pressing, _chair(hall, until, answered, refusals)]
    before, after = await _driven(lines, server, lambda line: line.cursor, seconds, work)
    hall.close()
    return _between(before, after, lines, answered, len(refusals))


async def _press(who: Viewer, until: float, answered: list[float], refusals: list[str]) -> None:
    """Ask for the floor, withdraw, ask again: each when the one before was answered."""
    allowance, counted, commands = BURST, time.time(), 0
    while (now := time.time()) < until:
        allowance, counted = min(BURST, allowance + (now - counted) * PER_SECOND), now
        if allowance < 1:
            await asyncio.sleep((1 - allowance) / PER_SECOND)
            continue
        allowance -= 1
        name, fields = ("withdraw_request", {}) if commands % 2 else ("ask_for_floor", {"kind": "statement"})
        commands += 1
        await _ask(who, name, fields, answered, refusals)


async def _chair(hall: Hall, until: float, answered: list[float], refusals: list[str]) -> None:
    number = 0
    while time.time() < until:
        number += 1
        words = f"The list is long; let us be brief, and let us hear those who have not spoken yet. ({number})"
        await _ask(hall.chair, "chair_statement", {"text": words}, answered, refusals)
        await asyncio.sleep(1)


async def _ask(who: Viewer, command: str, fields: dict[str, str], answered: list[float], refusals: list[str]) -> None:
    began = time.time()
    answer = await who.line.ask(command, **fields)
    answered.append(time.time() - began)
    if "refused" in answer:
        refusals.append(answer["refused"]["code"])


# The tutorial's


async def tutorial(server: Server, sockets: int, message_bytes: int, seconds: float) -> Throughput:
    heard: dict[str, asyncio.Event] = {}
    lines: list[Line] = []

    def hear(line_number: int) -> Callable[[float, bytes], None]:
        def on_text(_now: float, text: bytes) -> None:
            # Only the one who sent a message looks for it; to all others a frame is a number.
            mine = heard.get(str(line_number))
            if mine and text.startswith(b'{"message": "%d.' % line_number):
                mine.set()

        return on_text

    for number in range(sockets):
        on_text = hear(number) if number < DRIVERS else None
        lines.append(await opened(server.port, "/ws/chat/measured/", on_text=on_text))
    await asyncio.sleep(SETTLE)
    server.begin()
    answered: list[float] = []
    until = time.time() + seconds
    work = [_chat(str(n), until, lines[n], heard, message_bytes, answered) for n in range(DRIVERS)]
    before, after = await _driven(lines, server, lambda line: line.frames, seconds, work)
    for line in lines:
        line.close()
    return _between(before, after, lines, answered, 0)


async def _chat(
    name: str, until: float, line: Line, heard: dict[str, asyncio.Event], message_bytes: int, answered: list[float]
) -> None:
    """Say something, wait to hear it, say the next thing."""
    around = len(json.dumps({"message": ""}))
    number = 0
    while time.time() < until:
        number += 1
        text = f"{name}.{number} ".ljust(message_bytes - around, "x")
        heard[name] = asyncio.Event()
        began = time.time()
        line.say({"message": text})
        with suppress(TimeoutError):  # a full channel drops messages; then it is never heard
            await asyncio.wait_for(heard[name].wait(), PATIENCE)
            answered.append(time.time() - began)


# Both, and in words


def measured(run: Run) -> dict[str, Any]:
    (room,) = run.cast({"observers": SOCKETS - PEOPLE})
    return compared(run, room)


def compared(run: Run, room: dict[str, Any], ws: str = "") -> dict[str, Any]:
    """Ours in this room beside the tutorial's; `ws` names another WebSocket implementation of the server."""
    seconds = run.seconds(8.0, 4.0)
    say(f"ours at {SOCKETS} sockets, {seconds:.0f} s {ws} ...")
    with serving("neacd", run.var, profile=run.profile("throughput"), ws=ws) as server:
        mine = within(seconds, ours(server, room, seconds))
    say(f"the tutorial's at {SOCKETS} sockets, {seconds:.0f} s {ws} ...")
    with serving("tutorial", run.var, ws=ws) as server:
        theirs = within(seconds, tutorial(server, SOCKETS, MESSAGE_BYTES, seconds))
    return {
        "ours": _told(mine),
        "tutorial": _told(theirs),
        "message_bytes": MESSAGE_BYTES,
        "ratio_per_second": mine.per_second / theirs.per_second,
        "ratio_per_cpu_second": mine.per_cpu_second / theirs.per_cpu_second,
    }


def _told(found: Throughput) -> dict[str, Any]:
    return {**asdict(found), "per_second": found.per_second, "per_cpu_second": found.per_cpu_second}


def rows(found: dict[str, Any]) -> list[Row]:
    told = []
    for name in ("ours", "tutorial"):
        one = found[name]
        seconds = one["seconds"]
        told += [
            Row(f"{name}: delivered at {one['sockets']} sockets", rates(one)),
            Row(
                f"{name}: underneath",
                f"{one['events'] / seconds:,.0f} events/s, {one['frames'] / seconds:,.0f} frames/s,"
                f" {one['bytes'] / seconds / 1e6:,.1f} MB/s; server {one['cpu_seconds'] / seconds:.0%} of a core"
                f" (waited for it {one['waited_seconds'] / seconds:.0%}),"
                f" client {one['client_cpu_seconds'] / seconds:.0%}",
            ),
            Row(
                f"{name}: sent to answered",
                f"{ms(one['answered'])}; {one['refused']} refused, {one['lost']} lines lost",
            ),
        ]
    words = f"{found['ratio_per_second']:.1f} by the clock"
    return [*told, ratio("ours / tutorial, a CPU second", found["ratio_per_cpu_second"], LEAST_RATIO, words)]


def rates(found: dict[str, Any]) -> str:
    return f"{found['per_second']:,.0f} deliveries/s, {found['per_cpu_second']:,.0f} per CPU second"
