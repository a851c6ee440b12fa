"""A WebSocket client that receives cheaply: hundreds of lines on one core, so that the server is what is measured.

It reads as little as it may: the length of each frame and, at the head of a text frame, how far the viewer has come.
What it counts is what arrived whole. Not for browsers' work and not for tests of correctness: see `tests.wire`.
"""

import asyncio
import base64
import itertools
import json
import os
import time
from collections.abc import Callable
from typing import Any, cast

TEXT, CLOSE, PING = 1, 8, 9
# Bytes of a frame that are looked at. Answers to commands fit in whole; of a page's panels only the cursor is read.
HEAD = 2_048
WHOLE = 1 << 62
CURSOR, ANSWER = b'{"cursor":', b'{"request_id":'
PATIENCE = 60.0  # seconds for a line to open, or for an answer; on loopback whatever takes longer is lost


class Line(asyncio.Protocol):
    """One connection. `shown` collects (second, cursor) of every frame that brought the viewer up to date;
    `on_text` takes whole text frames instead, where it is given."""

    numbers = itertools.count(1)

    def __init__(self, on_text: Callable[[float, bytes], None] | None = None) -> None:
        self.transport: asyncio.Transport | None = None
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.live: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.closed_with: int | None = None
        self.on_text = on_text
        self.keep = WHOLE if on_text else HEAD
        self.answers: dict[str, asyncio.Future[dict[str, Any]]] = {}
        self.shown: list[tuple[float, int]] = []
        self.cursor = self.frames = self.bytes = self.answered = 0
        self._pending = b""
        self._left = 0  # bytes of the frame under way that need not be looked at
        self._frame: tuple[int, bytes] = (0, b"")

    # Connection

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)

    def connection_lost(self, exc: Exception | None) -> None:
        lost = ConnectionError(f"the line was closed ({self.closed_with or exc})")
        waiting: list[asyncio.Future[Any]] = [self.opened, self.live, *self.answers.values()]
        for one in waiting:
            if not one.done():
                one.set_exception(lost)
                one.exception()  # whoever waits is told; where nobody does, it is no news
        self.closed_with = self.closed_with or 1006

    def greet(self, host: str, path: str, headers: dict[str, str]) -> None:
        """Ask for the upgrade."""
        key = base64.b64encode(os.urandom(16)).decode()
        asked = {
            "Host": host,
            "Upgrade": "websocket",
            "Connection": "Upgrade",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": key,
            **headers,
        }
        lines = [f"GET {path} HTTP/1.1", *(f"{name}: {value}" for name, value in asked.items()), "", ""]
        self._write("\r\n".join(lines).encode())

    def close(self) -> None:
        if self.transport:
            self.transport.close()

    # What comes

    def data_received(self, data: bytes) -> None:
        self.bytes += len(data)
        if self._pending:
            data = self._pending + data
        begin = 0 if self.opened.done() else self._answered(data)
        self._pending = data[self._read(data, begin) :]

    def _answered(self, data: bytes) -> int:
        """Take the answer to the upgrade off the front: where it ends, 0 if it is not all there."""
        end = data.find(b"\r\n\r\n")
        if end < 0:
            return 0
        status = data.partition(b"\r\n")[0]
        if b" 101 " in status:
            self.opened.set_result(None)
        else:
            self.opened.set_exception(ConnectionError(status.decode("latin-1")))
        return end + 4

    def _read(self, data: bytes, at: int) -> int:
        """Go through what came, from `at`; how many bytes of it are done with."""
        end = len(data) if self.opened.done() else at
        while at < end:
            if self._left:
                taken = min(self._left, end - at)
                self._left -= taken
                at += taken
                if not self._left:
                    self._complete()
                continue
            begins = _payload(data, at)
            if begins is None:
                break
            start, length = begins
            kept = min(length, self.keep)
            if end - start < kept:
                break
            self._frame = (data[at] & 15, data[start : start + kept])
            self._left = length - kept
            at = start + kept
            if not self._left:
                self._complete()
        return at

    def _complete(self) -> None:
        opcode, head = self._frame
        if opcode == TEXT:
            self._take(time.time(), head)
        elif opcode == PING:
            self._send(10, head)
        elif opcode == CLOSE:
            self.closed_with = int.from_bytes(head[:2], "big") if len(head) >= 2 else 1005
            self.close()

    def _take(self, now: float, head: bytes) -> None:
        self.frames += 1
        if head.startswith(ANSWER):
            self.answered += 1
            answer = json.loads(head)
            waiting = self.answers.pop(answer["request_id"], None)
            if waiting and not waiting.done():
                waiting.set_result(answer)
        elif self.on_text:
            self.on_text(now, head)
        elif head.startswith(CURSOR):
            self.cursor = _number(head, len(CURSOR))
            self.shown.append((now, self.cursor))
        if not self.live.done():
            self.live.set_result(None)

    # What goes

    def _write(self, data: bytes) -> None:
        if self.transport and not self.transport.is_closing():
            self.transport.write(data)

    def _send(self, opcode: int, payload: bytes) -> None:
        """A client's frames are masked; with a mask of zeroes that costs nothing."""
        length = len(payload)
        if length < 126:
            size = bytes((128 | length,))
        elif length < 65_536:
            size = bytes((128 | 126,)) + length.to_bytes(2, "big")
        else:
            size = bytes((128 | 127,)) + length.to_bytes(8, "big")
        self._write(bytes((128 | opcode,)) + size + b"\0\0\0\0" + payload)

    def say_text(self, text: str) -> None:
        self._send(TEXT, text.encode())

    def say(self, message: Any) -> None:
        """Send one JSON message."""
        self._send(TEXT, json.dumps(message, separators=(",", ":")).encode())

    async def ask(self, command: str, **fields: Any) -> dict[str, Any]:
        """Send a command in the browser's form and wait for its answer."""
        request_id = f"r{next(self.numbers)}"
        answer: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self.answers[request_id] = answer
        self.say({"headers": {"HX-Request-ID": request_id}, "body": {"command": command, **fields}})
        return await asyncio.wait_for(answer, PATIENCE)


def _payload(data: bytes, at: int) -> tuple[int, int] | None:
    """Where the payload of the frame at `at` begins and how long it is; None if its header is not all there."""
    if len(data) - at < 2:
        return None
    length = data[at + 1] & 127
    if length < 126:
        return at + 2, length
    size = 2 if length == 126 else 8
    if len(data) - at < 2 + size:
        return None
    return at + 2 + size, int.from_bytes(data[at + 2 : at + 2 + size], "big")


def _number(text: bytes, start: int) -> int:
    end = start
    while end < len(text) and 48 <= text[end] <= 57:
        end += 1
    return int(text[start:end])


async def opened(
    port: int,
    path: str,
    *,
    headers: dict[str, str] | None = None,
    hello: Any = None,
    on_text: Callable[[float, bytes], None] | None = None,
) -> Line:
    """A line that is open and, where it says hello, has been shown its first frame."""
    loop = asyncio.get_running_loop()
    _transport, line = await loop.create_connection(lambda: Line(on_text), "127.0.0.1", port)
    line.greet(f"127.0.0.1:{port}", path, headers or {})
    await asyncio.wait_for(asyncio.shield(line.opened), PATIENCE)
    if hello is not None:
        line.say(hello)
        await asyncio.wait_for(asyncio.shield(line.live), PATIENCE)
    return line
