"""One connection: frames in order, and nothing waits for a client that does not read."""

import asyncio
from dataclasses import dataclass, field

import pytest
from websockets.frames import Frame as Parsed
from websockets.frames import Opcode
from websockets.streams import StreamReader

from rooms.sockets import BACKLOG, COME_BACK, NOT_YOURS, Frame, Socket, Straight


@dataclass
class Wire:
    """A server's straight way. What is written waits until it is read."""

    written: list[bytes] = field(default_factory=list)
    waits: int = 0
    closed: int = 0
    open: bool = True

    def write(self, data: bytes) -> bool:
        if self.open:
            self.written.append(data)
            self.waits += len(data)
        return self.open

    def finish(self, code: int) -> None:
        self.closed = self.closed or code

    @property
    def way(self) -> Straight:
        return Straight(self.write, lambda: self.waits, self.finish)


@dataclass
class Plain:
    """A server without it: each send waits until somebody reads."""

    sent: list[str] = field(default_factory=list)
    closed: int = 0
    reads: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, text: str) -> None:
        await self.reads.wait()
        self.sent.append(text)

    async def close(self, code: int) -> None:
        self.closed = code


def straight(wire: Wire) -> Socket:
    plain = Plain()
    return Socket(1, "p-1", "html", plain.send, plain.close, straight=wire.way)


@pytest.mark.parametrize("length", [0, 1, 125, 126, 127, 65_535, 65_536, 200_000])
def test_a_frame_is_what_any_client_reads(length: int) -> None:
    text = ("é" * length)[: length // 2] + "x" * (length % 2)
    reader = StreamReader()
    reader.feed_data(Frame(text).framed)
    parsing = Parsed.parse(reader.read_exact, mask=False)
    with pytest.raises(StopIteration) as parsed:
        next(parsing)
    assert (parsed.value.value.opcode, parsed.value.value.data.decode()) == (Opcode.TEXT, text)
    assert len(text.encode()) == length


def test_a_frame_is_built_once_for_all() -> None:
    one, two, frame = Wire(), Wire(), Frame("to all")
    straight(one).put(frame)
    straight(two).put(frame)
    assert one.written[0] is two.written[0]


def test_who_has_read_all_gets_a_frame_however_long_and_a_backlog_behind_it() -> None:
    wire = Wire()
    socket = straight(wire)
    socket.put(Frame("x" * 3 * BACKLOG))
    socket.put(Frame("y" * (BACKLOG // 2)))
    assert (len(wire.written), wire.closed) == (2, 0)


def test_who_does_not_read_is_told_to_come_back_and_costs_no_more() -> None:
    wire = Wire()
    socket = straight(wire)
    for _ in range(1_000):
        socket.put(Frame("x" * 10_000))
    assert wire.closed == COME_BACK
    assert wire.waits <= BACKLOG + 2 * 10_100
    wire.waits = 0
    socket.put(Frame("late"))
    assert not wire.written[-1].endswith(b"late")


def test_a_connection_that_is_going_is_written_to_once() -> None:
    wire = Wire(open=False)
    socket = straight(wire)
    socket.put(Frame("one"))
    wire.open = True
    socket.put(Frame("two"))
    assert wire.written == []
    assert socket.closing


def test_the_first_reason_to_close_holds() -> None:
    wire = Wire()
    socket = straight(wire)
    socket.finish(NOT_YOURS)
    socket.finish(COME_BACK)
    assert (wire.closed, socket.closing) == (NOT_YOURS, NOT_YOURS)


async def test_on_a_plain_server_frames_go_in_order_and_the_close_behind_them() -> None:
    plain = Plain()
    socket = Socket(1, "p-1", "html", plain.send, plain.close)
    for number in range(5):
        socket.put(Frame(str(number)))
    socket.finish(NOT_YOURS)
    plain.reads.set()
    await socket.write()
    assert (plain.sent, plain.closed) == (["0", "1", "2", "3", "4"], NOT_YOURS)


async def test_on_a_plain_server_who_does_not_read_costs_no_more_than_the_backlog() -> None:
    plain = Plain()
    socket = Socket(1, "p-1", "html", plain.send, plain.close)
    writing = asyncio.create_task(socket.write())
    for _ in range(1_000):
        socket.put(Frame("x" * 10_000))
        await asyncio.sleep(0)
    assert socket.queue is not None
    assert not socket.queue.frames
    plain.reads.set()
    await writing
    assert (len(plain.sent), plain.closed) == (1, COME_BACK)
