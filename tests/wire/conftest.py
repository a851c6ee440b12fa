"""A real server on a real socket, in a thread of this process, over the test database."""

import asyncio
import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import uvicorn
from django.db import connections, transaction

from neacd.asgi import application
from rooms import log, process
from rooms.actions import now_ms
from rooms.domain.fold import record
from rooms.folds import Folds
from tests.rooms.kit import Played


@dataclass
class Server:
    """Where it listens, and a way to run something in its event loop."""

    port: int
    loop: asyncio.AbstractEventLoop

    def run(self, call: Callable[..., Any], *args: Any) -> None:
        """Call a function in the server's loop and wait for it."""
        done = threading.Event()

        def inside() -> None:
            call(*args)
            done.set()

        self.loop.call_soon_threadsafe(inside)
        assert done.wait(20), "the server's loop is stuck"


OURS, PLAIN = "neacd.socket_protocol:SocketProtocol", "websockets-sansio"
# For what must hold also where the server takes no frames as they are.
on_any_server = pytest.mark.parametrize("server", [OURS, PLAIN], indirect=True)


def write_without_poke(played: Played, *events: object) -> None:
    """Events committed by a process whose poke never arrives."""
    picture = Folds().at_head(played.room.pk)
    with transaction.atomic():
        state, entries = record(picture.state, played.pid("moderator"), events, now_ms())
        log.append(played.room.pk, picture.code, picture.link, entries, state)


@pytest.fixture
def server(request: pytest.FixtureRequest, transactional_db: None) -> Iterator[Server]:
    """The application under uvicorn; ends with the test."""
    process.folds.forget_all()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    ws = getattr(request, "param", OURS)
    config = uvicorn.Config(application, port=port, log_level="error", ws=ws, lifespan="on")
    running = uvicorn.Server(config)
    running.install_signal_handlers = lambda: None  # type: ignore[method-assign]
    started = threading.Event()
    loops: list[asyncio.AbstractEventLoop] = []

    async def serve() -> None:
        loops.append(asyncio.get_running_loop())
        task = asyncio.create_task(running.serve())
        while not running.started and not task.done():
            await asyncio.sleep(0.01)
        started.set()
        await task

    thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
    thread.start()
    assert started.wait(20), "the server did not start"
    yield Server(port, loops[0])
    running.should_exit = True
    running.force_exit = False
    thread.join(10)
    with contextlib.suppress(Exception):
        connections.close_all()
