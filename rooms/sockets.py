"""The connections of one process, and what each of them was last shown. Queues and writes frames; knows nothing of
what is in them, nor of who may see it.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from rooms.domain.sight import Audience

# Characters waiting for one socket, if it is more than one frame. A phone that has not read this much has lost touch:
# let it come back and resume.
BACKLOG = 1_000_000
NOT_YET = -1  # as a room's `done`: somebody there has not been shown all of it
COME_BACK = 1013  # "try again later"; the client reconnects and says where it was
NOT_YOURS = 4403  # no seat of yours: do not come back with the same cookie


@dataclass(eq=False)
class Socket:
    """One connection. `send(text)` and `close(code)` are the edge's; nothing here awaits them but its own writer."""

    room_id: int
    pid: str
    dialect: str
    send: Callable[[str], Awaitable[None]]
    close: Callable[[int], Awaitable[None]]
    generation: int = 0  # of the link it came by; see `Participant`
    audience: Audience | None = None
    screen: str = ""
    cursor: int = 0
    shown: dict[str, str] = field(default_factory=dict)  # as painted, shared with all that were shown the same
    personal: str = ""
    waiting: deque[str] = field(default_factory=deque)
    waiting_size: int = 0
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    closing: int = 0

    def put(self, text: str) -> None:
        """Queue one frame; a socket that does not keep up is closed, and resumes when it can."""
        if self.closing:
            return
        self.waiting.append(text)
        self.waiting_size += len(text)
        # Who has read all before it gets one frame however long: closed for its length, nobody could ever come back.
        if self.waiting_size > BACKLOG and len(self.waiting) > 1:
            self.waiting.clear()
            self.closing = COME_BACK
        self.wake.set()

    def finish(self, code: int) -> None:
        """Close after what is queued has been written."""
        self.closing = self.closing or code
        self.wake.set()

    async def write(self) -> None:
        """Write what is queued until the socket is closed. Runs as a task of its own, so that one slow reader
        never holds up another."""
        while True:
            while self.waiting:
                text = self.waiting.popleft()
                self.waiting_size -= len(text)
                await self.send(text)
            if self.closing:
                await self.close(self.closing)
                return
            self.wake.clear()
            await self.wake.wait()


@dataclass
class LiveRoom:
    """The sockets of one room here, and the flush that is under way. `done` is the seq all have been shown, `wanted`
    the highest that anybody spoke of."""

    sockets: set[Socket] = field(default_factory=set)
    done: int = 0
    wanted: int = 0
    flushing: asyncio.Task[None] | None = None
