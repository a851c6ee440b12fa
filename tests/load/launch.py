"""Serve one application for a measurement, with the options of `manage.py serve`, pinned to one core.

    python -m tests.load.launch neacd|tutorial [--ws NAME] [--profile FILE]

Prints the port it was given and serves until it is terminated. Ours also does what `inside` knows, on being told by
its standard input.
"""

import argparse
import asyncio
import importlib
import os
import signal
import socket
import stat
from contextlib import suppress
from pathlib import Path

import uvicorn

from tests.load.sampling import Sampler

APPLICATIONS = {"neacd": "neacd.asgi:application", "tutorial": "tests.load.tutorial.asgi:application"}
BACKLOG = 2_048
# What `serve` gives the server (a test holds that it still does); it cannot be asked, for the tutorial's settings
# know nothing of our models.
OPTIONS = {
    "loop": "auto",
    "http": "neacd.http_protocol:HttpProtocol",
    "ws": "neacd.socket_protocol:SocketProtocol",
    "ws_max_size": 262_144,
    "ws_per_message_deflate": False,
    "log_level": "warning",
    "access_log": False,
    "server_header": False,
}


class Server(uvicorn.Server):
    """uvicorn, with somebody who listens to what we are told once it serves."""

    inside = ""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.inside and sockets:
            # By name, as uvicorn loads the application: the settings must be there before the models.
            told = importlib.import_module(self.inside).listen(sockets[0].getsockname()[1])
            self.listening = asyncio.get_running_loop().create_task(told)
            self.listening.add_done_callback(self._nobody_tells)

    def _nobody_tells(self, _listening: object) -> None:
        """End, if whoever started us by a pipe has gone without ending us."""
        if stat.S_ISFIFO(os.fstat(0).st_mode):
            self.should_exit = True


def pinned(core: int) -> None:
    """Keep this process on one core, where the machine has it and lets us; whoever started it may sit on another."""
    if hasattr(os, "sched_setaffinity") and (os.cpu_count() or 1) > 1:
        with suppress(OSError):
            os.sched_setaffinity(0, {core})


def _listening() -> socket.socket:
    ours = socket.socket()
    ours.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    ours.bind(("127.0.0.1", 0))
    ours.listen(BACKLOG)
    return ours


def _config(name: str, ws: str) -> uvicorn.Config:
    # The tutorial has no lifespan; ours has a hub and a clock to start.
    options = {**OPTIONS, "ws": ws or OPTIONS["ws"], "lifespan": "on" if name == "neacd" else "off"}
    return uvicorn.Config(APPLICATIONS[name], log_config=None, **options)  # type: ignore[arg-type]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("application", choices=sorted(APPLICATIONS))
    parser.add_argument("--ws", default="")
    parser.add_argument("--profile", type=Path)
    asked = parser.parse_args()
    pinned(0)
    ours = _listening()
    # The server raises the signal that ended it once more; by then there may still be a report to write.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sampler = Sampler() if asked.profile else None
    if sampler:
        signal.signal(signal.SIGUSR1, lambda _number, _frame: sampler.begin())
    print(ours.getsockname()[1], flush=True)
    try:
        server = Server(_config(asked.application, asked.ws))
        server.inside = "tests.load.inside" if asked.application == "neacd" else ""
        server.run(sockets=[ours])
    finally:
        if sampler:
            asked.profile.write_text(sampler.report())


if __name__ == "__main__":
    main()
