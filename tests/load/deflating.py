"""Whether live frames should go compressed: one frame, packed once for all who are shown it, against the same as it is.

The frames are those of a lively sitting, as the chair's, a delegate's and an observer's browser get them. Each is
packed by itself (a frame that is shared cannot lean on what one socket was sent before), and written to as many TCP
lines on loopback as it is, and packed.
"""

import asyncio
import socket
import time
import zlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from tests.load.audience import filled
from tests.load.latency import SETTLE, Sitting
from tests.load.report import Row
from tests.load.run import Run, say, within
from tests.load.server import Server, serving
from tests.load.sockets import PATIENCE, Line, opened

EVENTS = 120
LINES = 200  # to which each frame is written
FRAMES = 60  # that are
LEVEL = 1  # the quickest


@dataclass(frozen=True, slots=True)
class Deflated:
    """Means over frames: bytes as they are and packed; microseconds of the processor to pack one, and to write it to
    one more line, as it is and packed."""

    frames: int
    bytes: float
    packed: float
    packing: float
    writing: float
    writing_packed: float

    @property
    def worth_it_from(self) -> float:
        """So many lines shown the same frame win back what packing it costs the server."""
        won = self.writing - self.writing_packed
        return self.packing / won if won > 0 else float("inf")


async def heard(server: Server, room: dict[str, Any]) -> list[bytes]:
    """The frames of a sitting."""
    hall = await filled(server.port, room, witnesses=False)
    people = room["people"]
    listening = [await _listening(server, room["code"], one) for one in (people[0], people[1], people[-1])]
    await asyncio.sleep(SETTLE)
    for _line, frames in listening:
        frames.clear()  # the whole page that one who comes is shown
    steps = Sitting(hall, room["issues"]).steps()
    for _ in range(EVENTS):
        await next(steps)()
    await asyncio.sleep(SETTLE)
    hall.close()
    for line, _frames in listening:
        line.close()
    return [frame for _line, frames in listening for frame in frames]


async def _listening(server: Server, code: str, person: dict[str, str]) -> tuple[Line, list[bytes]]:
    frames: list[bytes] = []
    path, headers = f"/ws/rooms/{code}/{person['pid']}/", {"Authorization": f"Bearer {person['ticket']}"}
    line = await opened(
        server.port,
        path,
        headers=headers,
        hello={"hello": {"cursor": 0}},
        on_text=lambda _at, text: frames.append(text),
    )
    return line, frames


def packed(frame: bytes) -> bytes:
    """As permessage-deflate has it, without what came before."""
    made = zlib.compressobj(LEVEL, zlib.DEFLATED, -15)
    return made.compress(frame) + made.flush(zlib.Z_SYNC_FLUSH)


@contextmanager
def lines() -> Iterator[list[tuple[socket.socket, socket.socket]]]:
    """TCP on loopback: the end that is written to, and the one that reads."""
    with ExitStack() as closing, socket.create_server(("127.0.0.1", 0)) as listening:
        made = []
        for _ in range(LINES):
            writes = closing.enter_context(socket.create_connection(listening.getsockname()))
            reads = closing.enter_context(listening.accept()[0])
            writes.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            writes.settimeout(PATIENCE)  # a frame that the line cannot hold is an error, not a wait
            made.append((writes, reads))
        yield made


def written(pairs: Sequence[tuple[socket.socket, socket.socket]], frames: Sequence[bytes]) -> float:
    """Microseconds of the processor to write one frame to one line; reading it is not counted."""
    used = 0
    for frame in frames:
        began = time.thread_time_ns()
        for writes, _reads in pairs:
            writes.sendall(frame)
        used += time.thread_time_ns() - began
        for _writes, reads in pairs:
            left = len(frame)
            while left:
                left -= len(reads.recv(left))
    return used / 1000 / len(frames) / len(pairs)


def compared(frames: Sequence[bytes]) -> Deflated:
    began = time.thread_time_ns()
    small = [packed(frame) for frame in frames]
    packing = (time.thread_time_ns() - began) / 1000 / len(frames)
    step = max(1, len(frames) // FRAMES)
    with lines() as pairs:
        written(pairs, frames[::step])  # the first time is for warming
        writing, writing_packed = written(pairs, frames[::step]), written(pairs, small[::step])
    return Deflated(
        frames=len(frames),
        bytes=sum(map(len, frames)) / len(frames),
        packed=sum(map(len, small)) / len(frames),
        packing=packing,
        writing=writing,
        writing_packed=writing_packed,
    )


def measured(run: Run) -> dict[str, Any]:
    (room,) = run.cast({"observers": 1})
    say("frames as they are and packed ...")
    with serving("neacd", run.var) as server:
        found = compared(within(EVENTS / 4, heard(server, room)))
    return {**asdict(found), "worth_it_from": found.worth_it_from}


def rows(found: dict[str, Any]) -> list[Row]:
    sizes = f"{found['bytes']:,.0f} B, packed {found['packed']:,.0f} B"
    costs = f"packing {found['packing']:.0f} us, once for all who are shown the same"
    each = f"{found['writing']:.2f} us a line, packed {found['writing_packed']:.2f} us"
    return [
        Row("a frame of a sitting, mean", f"{sizes}; {costs}"),
        Row("writing it", f"{each}; packing pays the server from {found['worth_it_from']:,.0f} lines on"),
    ]
