"""What a measured server of ours does on being told by its standard input: things that no client can bring about.

    {"do": "beat", "rooms": [...], "seconds": 4, "hot": false}   events one after the other, kept in memory alone
    {"do": "soak", "rooms": [...], "at": ms, "every": ms, "commands": 1440}   hours of play, through the one door
    {"do": "weigh"}   what it holds, and what is left when it has let go of all that can be made again

Each line is answered with one. In the server's process because it must be: there what is shown is folded and kept.
"""

import asyncio
import ctypes
import gc
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from channels.db import database_sync_to_async

from rooms.actions import act
from rooms.domain.fold import Tick, decide, next_deadline, record
from rooms.domain.record import CLOCK
from rooms.domain.refused import Refused
from rooms.domain.speakers import AskForFloor, WithdrawRequest
from rooms.folds import advanced
from rooms.models import Room
from rooms.process import folds, hub, painter, tapes
from tests.load.making import conversation
from tests.load.sockets import Line, opened

SHOWN_WITHIN = 30  # seconds


async def listen(port: int) -> None:
    """Do what is asked, one thing after the other."""
    inside, loop = Inside(port), asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        wanted = json.loads(line)
        try:
            deed = {"beat": inside.beat, "soak": inside.soak, "weigh": inside.weigh}[wanted.pop("do")]
            answer = await deed(**wanted)
        except Exception as error:  # whoever asked waits for an answer
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


class Inside:
    """One server's; `port` is where it listens."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._playing: dict[int, Iterator[tuple[str, Any]]] = {}

    async def beat(self, rooms: list[dict[str, Any]], seconds: float, hot: bool) -> dict[str, Any]:
        """Events in these rooms for so many seconds. Each waits until a line of the room has been shown the one
        before; `hot`: none waits for anything, and what comes at once is shown at once."""
        until, used, painting = time.monotonic() + seconds, time.process_time(), Painting()
        counts = await asyncio.gather(*((_hot(room, until) if hot else self._beat(room, until)) for room in rooms))
        return {"events": sum(counts), "painting": painting.end(), "cpu": time.process_time() - used}

    async def _beat(self, room: dict[str, Any], until: float) -> int:
        beating, shown = Beating(room), asyncio.Event()
        line = await self._looking_on(room, shown)
        while time.monotonic() < until:
            shown.clear()
            beating.step()
            await asyncio.wait_for(shown.wait(), SHOWN_WITHIN)
        line.close()
        return beating.steps

    async def _looking_on(self, room: dict[str, Any], shown: asyncio.Event) -> Line:
        person = room["people"][-1]
        path = f"/ws/rooms/{room['code']}/{person['pid']}/"
        headers = {"Authorization": f"Bearer {person['ticket']}"}
        hello = {"hello": {"cursor": 0}}
        return await opened(self._port, path, headers=headers, hello=hello, on_text=lambda _at, _text: shown.set())

    async def soak(self, rooms: list[dict[str, Any]], at: int, every: int, commands: int) -> dict[str, Any]:
        """So many commands, each in the next room, so many ms of the rooms' clocks apart."""
        for number in range(commands):
            room = rooms[number % len(rooms)]
            await database_sync_to_async(self._play)(room, at + number * every)
        heads = await database_sync_to_async(_heads)([room["room"] for room in rooms])
        return {"events": sum(heads)}

    def _play(self, room: dict[str, Any], at: int) -> None:
        room_id, people = room["room"], room["people"]
        if room_id not in self._playing:
            delegates = [one["pid"] for one in people if one["seat"]]
            self._playing[room_id] = conversation(people[0]["pid"], delegates, room["issues"])
        while (due := next_deadline(folds.at_head(room_id).state)) is not None and due <= at:
            if not act(room_id, CLOCK, Tick(), at=due).entries:
                break
        actor, command = next(self._playing[room_id])
        with suppress(Refused):
            act(room_id, actor, command, at=at)

    async def weigh(self) -> dict[str, Any]:
        """Bytes held now; then bytes and objects that are left without what the record brings back."""
        held = _resident()
        for kept in (folds, painter, tapes):
            kept.forget_all()
        await asyncio.sleep(0)
        gc.collect()
        with suppress(OSError, AttributeError):  # not every system's memory can be given back on request
            ctypes.CDLL(None).malloc_trim(0)
        return {"resident": held, "left": _resident(), "objects": len(gc.get_objects()) + gc.get_freeze_count()}


class Painting:
    """Seconds of the processor that the panels take, from now on until `end`."""

    def __init__(self) -> None:
        self.seconds = 0.0
        for name in ("paint", "personal"):
            setattr(painter, name, self._timed(getattr(painter, name)))

    def _timed(self, paint: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*args: Any) -> Any:
            began = time.thread_time()
            painted = paint(*args)
            self.seconds += time.thread_time() - began
            return painted

        return timed

    def end(self) -> float:
        for name in ("paint", "personal"):
            delattr(painter, name)
        return self.seconds


class Beating:
    """One room in which delegates put their names on the list and take them off, by the rules, seen as each may see
    it; only that nothing is written down. The fan-out is that of every event."""

    def __init__(self, room: dict[str, Any]) -> None:
        self.room_id = room["room"]
        self.delegates = [one["pid"] for one in room["people"] if one["seat"]]
        self.steps = 0

    def step(self) -> None:
        """One event: all names go on the list, one after the other, and then all come off."""
        turn, number = divmod(self.steps, len(self.delegates))
        self.steps += 1
        picture = folds.kept(self.room_id)
        assert picture is not None, "somebody must be looking on"
        actor, command = self.delegates[number], WithdrawRequest() if turn % 2 else AskForFloor()
        at = max(time.time_ns() // 1_000_000, picture.state.at)
        events = decide(picture.state, actor, command, at)
        _state, entries = record(picture.state, actor, events, at)
        folds.keep(self.room_id, advanced(picture, entries, picture.link))
        hub.announce(self.room_id, entries[-1].seq)


async def _hot(room: dict[str, Any], until: float) -> int:
    beating = Beating(room)
    while time.monotonic() < until:
        beating.step()
        await asyncio.sleep(0)
    return beating.steps


def _heads(room_ids: list[int]) -> list[int]:
    return list(Room.objects.filter(pk__in=room_ids).values_list("head", flat=True))


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
