"""One connection: frames are put to it and leave in order, and nothing waits for a client that does not read.

Where the server takes frames as they are (`Straight`, see `neacd.socket_protocol`), one is built once and its bytes
are written to many. On any other server each socket has a queue and a task that sends what is in it. Knows nothing of
what is in the frames, nor of who may see it.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from rooms.domain.seats import Person

STRAIGHT = "neacd.websocket.write"  # the server's extension, in a connection's scope
# Bytes that may wait for one socket behind what was written when it had read all. A phone that has not read this much
# has lost touch: let it come back and resume.
BACKLOG = 1_000_000
COME_BACK = 1013  # "try again later"; the client reconnects and says where it was
NOT_YOURS = 4403  # no seat of yours: do not come back with the same cookie
TEXT = 0x81  # the first byte of a whole text frame


class Frame:
    """One text for one socket or for many. Its bytes are made once, when first asked for."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def framed(self) -> bytes:
        """As it goes over the wire: a server's frames are not masked, so all sockets get the same bytes."""
        payload = self.text.encode()
        length = len(payload)
        if length < 126:
            return bytes((TEXT, length)) + payload
        if length < 65_536:
            return bytes((TEXT, 126)) + length.to_bytes(2, "big") + payload
        return bytes((TEXT, 127)) + length.to_bytes(8, "big") + payload


@dataclass(frozen=True, slots=True)
class Straight:
    """How a server takes frames as they are."""

    write: Callable[[bytes], bool]
    waiting: Callable[[], int]
    finish: Callable[[int], None]

    @classmethod
    def of(cls, scope: Mapping[str, Any]) -> "Straight | None":
        """What this connection's server offers, if it does."""
        offered = scope.get("extensions", {}).get(STRAIGHT)
        return cls(**offered) if offered else None


@dataclass(eq=False, slots=True)
class Queue:
    """What waits for one socket on a server without the straight way."""

    frames: deque[Frame] = field(default_factory=deque)
    size: int = 0
    wake: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(eq=False, slots=True)
class Socket:
    """One connection. `send(text)` and `close(code)` are the edge's, awaited by `write` alone, where there is no
    straight way. `person`: as last looked at."""

    room_id: int
    pid: str
    dialect: str
    send: Callable[[str], Awaitable[None]]
    close: Callable[[int], Awaitable[None]]
    generation: int = 0  # of the link it came by; see `Participant`
    straight: Straight | None = None
    queue: Queue | None = None
    person: Person | None = None
    bound: int = BACKLOG
    closing: int = 0

    def __post_init__(self) -> None:
        if self.straight is None:
            self.queue = Queue()

    def put(self, frame: Frame) -> None:
        """Send one frame behind all others; a socket that does not keep up is closed, and resumes when it can."""
        if self.closing:
            return
        # For a thousand sockets this is most of what is done: as few calls as there can be.
        data, straight = frame.framed, self.straight
        size, waits = len(data), self.waiting if straight is None else straight.waiting()
        if not waits:
            # Who has read all gets one frame however long: closed for its length, nobody could ever come back.
            self.bound = size + BACKLOG
        if waits + size > self.bound:
            self._let_go()
        elif straight is not None:
            if not straight.write(data):
                self.closing = COME_BACK  # it is going; the edge hears of it, and leaves
        elif self.queue is not None:
            self.queue.frames.append(frame)
            self.queue.size += size
            self.queue.wake.set()

    @property
    def waiting(self) -> int:
        """Bytes that have been put and not been written yet."""
        if self.straight is not None:
            return self.straight.waiting()
        return self.queue.size if self.queue else 0

    def _let_go(self) -> None:
        if self.queue is not None:
            self.queue.frames.clear()
        self.finish(COME_BACK)

    def finish(self, code: int) -> None:
        """Close after what was put has been written."""
        if self.closing:
            return
        self.closing = code
        if self.straight is not None:
            self.straight.finish(code)
        elif self.queue is not None:
            self.queue.wake.set()

    async def write(self) -> None:
        """Without the straight way: send what is put until the socket is closed. Runs as a task of its own, so that
        one slow reader never holds up another."""
        queue = self.queue
        while queue is not None:
            while queue.frames:
                frame = queue.frames.popleft()
                await self.send(frame.text)
                queue.size -= len(frame.framed)  # only now: what is being written waits, too
            if self.closing:
                await self.close(self.closing)
                return
            queue.wake.clear()
            await queue.wake.wait()
