"""A crowd in Python, where nothing compiles `reader.c`. It does the same and costs more: above some 50,000 frames a
second it is the client that is measured. What came is timed by the drivers alone."""

import asyncio
import itertools
import time
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from tests.load.figures import spread
from tests.load.places import Opened, Place, Tally
from tests.load.sockets import PATIENCE, Line

MARK = "@" * 21  # see `reader.c`, also for the two commands and how often one person may give one
COMMANDS = (("ask_for_floor", {"kind": "statement"}), ("withdraw_request", {}))
BURST, PER_SECOND = 28.0, 9.5


class PlainCrowd:
    """See `crowd.Crowd`."""

    def __init__(self, port: int, places: Sequence[Place]) -> None:
        self._port, self._places = port, places
        self._lines: list[Line] = []
        self._work: set[asyncio.Task[None]] = set()
        self._saying = False
        self._begin_count()

    def _begin_count(self) -> None:
        self._frames = self._shown()
        self._bytes = sum(one.bytes for one in self._lines)
        self._cursors = [one.cursor for one in self._lines]
        self._cpu = time.process_time()
        self._refused = 0
        self._waited: list[float] = []
        self._answered: list[float] = []

    def _shown(self) -> int:
        return sum(one.frames - one.answered for one in self._lines)

    async def open(self, at_once: int = 0) -> Opened:
        began, few = time.time(), asyncio.Semaphore(at_once or len(self._places))
        found = await asyncio.gather(*(self._open(place, few) for place in self._places), return_exceptions=True)
        self._lines = [one for one in found if isinstance(one, Line)]
        self._begin_count()
        return Opened(len(self._lines), len(found) - len(self._lines), time.time() - began)

    async def _open(self, place: Place, few: asyncio.Semaphore) -> Line:
        async with few:
            loop = asyncio.get_running_loop()
            _transport, line = await loop.create_connection(Line, "127.0.0.1", self._port)
            name, _, value = place.header.partition(": ")
            line.greet(f"127.0.0.1:{self._port}", place.path, {name: value} if name else {})
            await asyncio.wait_for(asyncio.shield(line.opened), PATIENCE)
            if place.hello:
                line.say_text(place.hello)
                await asyncio.wait_for(asyncio.shield(line.live), PATIENCE)
            return line

    async def count(self) -> Tally:
        came = [line.cursor - before for line, before in zip(self._lines, self._cursors, strict=True)]
        lost = [line.closed_with for line in self._lines if line.closed_with is not None]
        tally = Tally(
            frames=self._shown() - self._frames,
            bytes=sum(one.bytes for one in self._lines) - self._bytes,
            deliveries=sum(came),
            events=max(came, default=0),
            lost=len(lost),
            close_code=lost[-1] if lost else 0,
            cpu=time.process_time() - self._cpu,
            refused=self._refused,
            waited=spread(self._waited),
            answered=spread(self._answered),
        )
        self._begin_count()
        return tally

    async def drive(self, drivers: int, text: str) -> None:
        self._saying = True
        for number, line in enumerate(self._lines[:drivers]):
            line.on_text = self._driver(number, line, text)
            self._speak(number, line, text)

    def _driver(self, number: int, line: Line, text: str) -> Callable[[float, bytes], None]:
        at = text.index(MARK)

        def hear(now: float, came: bytes) -> None:
            self._waited.append(now - int(came[at + 5 : at + len(MARK)]) / 1e6)
            if int(came[at + 1 : at + 5]) == number:
                self._speak(number, line, text)

        return hear

    def _speak(self, number: int, line: Line, text: str) -> None:
        if self._saying:
            line.say_text(text.replace(MARK, f"@{number:04}{time.time_ns() // 1_000:016}"))

    async def press(self, pressers: int, rate: float) -> None:
        self._saying = True
        turns = [itertools.cycle(COMMANDS) for _ in range(pressers)]
        if rate:
            self._start(self._on_the_beat(list(zip(self._lines, turns, strict=False)), rate))
            return
        for line, turn in zip(self._lines, turns, strict=False):
            self._start(self._as_often_as_may_be(line, turn))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._work.add(task)
        task.add_done_callback(self._work.discard)

    async def _on_the_beat(self, pressers: list[tuple[Line, Any]], rate: float) -> None:
        began = time.monotonic()
        for number, (line, turn) in enumerate(itertools.cycle(pressers)):
            await asyncio.sleep(began + number / rate - time.monotonic())
            if not self._saying:
                return
            self._start(self._press(line, next(turn)))

    async def _as_often_as_may_be(self, line: Line, turn: Any) -> None:
        allowance, counted = BURST, time.monotonic()
        while self._saying:
            now = time.monotonic()
            allowance, counted = min(BURST, allowance + (now - counted) * PER_SECOND), now
            if allowance < 1:
                await asyncio.sleep((1 - allowance) / PER_SECOND)
                continue
            allowance -= 1
            await self._press(line, next(turn))

    async def _press(self, line: Line, command: tuple[str, dict[str, str]]) -> None:
        began = time.time()
        answer = await line.ask(command[0], **command[1])
        self._answered.append(time.time() - began)
        self._refused += "refused" in answer

    async def quiet(self) -> None:
        self._saying = False
        await asyncio.gather(*self._work, return_exceptions=True)

    async def drop(self) -> None:
        for one in self._lines:
            if one.transport is not None:
                one.transport.abort()

    async def close(self) -> None:
        for one in self._lines:
            one.close()
