"""Frames written straight to real sockets: in order, closed behind what was written, and nobody waits for one who does
not read."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
import uvicorn
from uvicorn.server import ServerState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from neacd.socket_protocol import SocketProtocol
from rooms.sockets import BACKLOG, COME_BACK, NOT_YOURS, STRAIGHT, Frame, Socket, Straight
from tests.programs import PATIENCE

LONG = 50_000  # bytes of a frame
MANY = 300  # of them; more than the kernel's buffers and ours together
CUT_OFF = 0.2  # seconds, where the product waits ten


class Impatient(SocketProtocol):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.close_timeout = CUT_OFF


async def _never(_what: object) -> None:
    raise AssertionError("there is a straight way")


@dataclass
class House:
    """A server of one small application: it takes connections in, and notes who left."""

    state: ServerState = field(default_factory=ServerState)
    sockets: list[Socket] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    offered: list[bool] = field(default_factory=list)
    port: int = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await receive()
        self.offered.append(STRAIGHT in scope["extensions"])
        await send({"type": "websocket.accept"})
        await send({"type": "websocket.send", "text": "welcome"})
        socket = Socket(1, "p-1", "json", _never, _never, straight=Straight.of(scope))
        self.sockets.append(socket)
        while (message := await receive())["type"] != "websocket.disconnect":
            socket.put(Frame(f"heard {message['text']}"))
        self.left.append(message["code"])

    @asynccontextmanager
    async def line(self, **options: Any) -> AsyncIterator[ClientConnection]:
        async with connect(f"ws://127.0.0.1:{self.port}", **options) as client:
            assert await client.recv() == "welcome"
            yield client


@asynccontextmanager
async def open_house(**options: Any) -> AsyncIterator[House]:
    house = House()
    config = uvicorn.Config(house, lifespan="off", log_config=None, **options)
    config.load()
    loop = asyncio.get_running_loop()
    listening = await loop.create_server(lambda: Impatient(config, house.state, {}), "127.0.0.1", 0)
    house.port = listening.sockets[0].getsockname()[1]
    try:
        yield house
    finally:
        listening.close()


async def until(reached: Any) -> None:
    async with asyncio.timeout(PATIENCE):
        while not reached():
            await asyncio.sleep(0.01)


async def test_frames_answers_and_the_close_come_in_order() -> None:
    async with open_house(ws_per_message_deflate=False) as house, house.line() as client:
        await client.send("one")
        assert await client.recv() == "heard one"
        house.sockets[0].put(Frame("透明性"))
        house.sockets[0].put(Frame("x" * 100_000))
        house.sockets[0].finish(NOT_YOURS)
        house.sockets[0].put(Frame("too late"))
        assert [await client.recv(), len(await client.recv())] == ["透明性", 100_000]
        with pytest.raises(ConnectionClosed) as closed:
            await client.recv()
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == NOT_YOURS
        await until(lambda: house.left == [NOT_YOURS] and not house.state.connections)


async def test_one_who_does_not_read_holds_up_nobody_costs_a_bounded_sum_and_is_cut_off() -> None:
    async with (
        open_house(ws_per_message_deflate=False, ws_ping_interval=None) as house,
        house.line(compression=None) as awake,
        connect(f"ws://127.0.0.1:{house.port}", compression=None, max_queue=1, ping_interval=None) as asleep,
    ):
        await until(lambda: len(house.sockets) == 2)
        most, frame = 0, Frame("x" * LONG)
        for _ in range(MANY):
            for socket in house.sockets:
                socket.put(frame)
            assert len(await awake.recv()) == LONG
            most = max(most, house.sockets[1].waiting)
        assert house.sockets[0].closing == 0
        assert house.sockets[1].closing == COME_BACK
        assert BACKLOG / 2 < most <= BACKLOG + 2 * len(frame.framed)
        await until(lambda: len(house.state.connections) == 1)
        assert house.left == [COME_BACK]
        await awake.send("still here")
        assert await asyncio.wait_for(awake.recv(), PATIENCE) == "heard still here"
        asleep.transport.abort()


async def test_what_is_written_to_one_who_left_goes_nowhere() -> None:
    async with open_house(ws_per_message_deflate=False) as house:
        async with house.line():
            pass
        await until(lambda: house.left and not house.state.connections)
        house.sockets[0].put(Frame("anybody?"))
        house.sockets[0].finish(COME_BACK)
        assert house.sockets[0].closing == COME_BACK


async def test_who_agreed_on_compression_is_sent_no_frame_that_knows_nothing_of_it() -> None:
    async with (
        open_house(ws_per_message_deflate=True) as house,
        house.line(compression="deflate"),
        house.line(compression=None),
    ):
        assert house.offered == [False, True]
