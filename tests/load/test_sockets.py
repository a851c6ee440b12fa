"""The measuring client reads what a server may send, however the network cuts it up."""

import asyncio
import json

import pytest

from tests.load.sockets import HEAD, Line

UPGRADED = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n"


class Wire(asyncio.Transport):
    """What the client wrote."""

    def __init__(self) -> None:
        super().__init__()
        self.written = b""
        self.closed = False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.written += bytes(data)

    def is_closing(self) -> bool:
        return self.closed

    def close(self) -> None:
        self.closed = True


def frame(payload: bytes, opcode: int = 1) -> bytes:
    length = len(payload)
    if length < 126:
        return bytes((128 | opcode, length)) + payload
    if length < 65_536:
        return bytes((128 | opcode, 126)) + length.to_bytes(2, "big") + payload
    return bytes((128 | opcode, 127)) + length.to_bytes(8, "big") + payload


def page(cursor: int, length: int) -> bytes:
    return json.dumps({"cursor": cursor, "swap": "none", "content": "x" * length}, separators=(",", ":")).encode()


@pytest.mark.parametrize("cut", [1, 2, 3, 7, 500, HEAD, 70_000, 10**9])
async def test_frames_are_counted_whole_wherever_they_are_cut(cut: int) -> None:
    line = Line()
    line.connection_made(Wire())
    stream = UPGRADED + b"".join(
        frame(page(n, length)) for n, length in enumerate((0, 90, 300, 5_000, 80_000), start=1)
    )
    for start in range(0, len(stream), cut):
        line.data_received(stream[start : start + cut])
    assert line.opened.result() is None
    assert [cursor for _at, cursor in line.shown] == [1, 2, 3, 4, 5]
    assert (line.frames, line.cursor, line.bytes) == (5, 5, len(stream))


async def test_a_frame_counts_only_when_all_of_it_has_come() -> None:
    line = Line()
    line.connection_made(Wire())
    whole = frame(page(1, 9_000))
    line.data_received(UPGRADED + whole[:-1])
    assert line.shown == []
    line.data_received(whole[-1:])
    assert len(line.shown) == 1


async def test_an_answer_reaches_who_asked_and_is_not_taken_for_news() -> None:
    line, wire = Line(), Wire()
    line.connection_made(wire)
    line.data_received(UPGRADED)
    asking = asyncio.create_task(line.ask("ask_for_floor"))
    await asyncio.sleep(0)
    asked = json.loads(wire.written[6:])
    answer = {"request_id": asked["headers"]["HX-Request-ID"], "done": True, "cursor": 7}
    line.data_received(frame(json.dumps(answer, separators=(",", ":")).encode()))
    assert await asking == answer
    assert (line.cursor, line.shown) == (0, [])


async def test_a_ping_is_answered_and_a_close_is_obeyed() -> None:
    line, wire = Line(), Wire()
    line.connection_made(wire)
    line.data_received(UPGRADED + frame(b"beat", 9) + frame((1013).to_bytes(2, "big"), 8))
    assert wire.written == bytes((128 | 10, 128 | 4)) + b"\0\0\0\0" + b"beat"
    assert (line.closed_with, wire.closed) == (1013, True)


async def test_a_refused_upgrade_is_said_so() -> None:
    line = Line()
    line.connection_made(Wire())
    line.data_received(b"HTTP/1.1 403 Forbidden\r\n\r\n")
    with pytest.raises(ConnectionError, match="403"):
        line.opened.result()
