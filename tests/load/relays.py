"""Servers that pass on what is said, as it came: Node's ws, Socket.IO, the chat of the Channels tutorial.

The first two are small scripts of ours in `peers/`, whose packages npm installs into a scratch folder at run time;
where it cannot, they are left out and it is said why. Each passes on text of the length of our own frames, said by
drivers who say the next as soon as their own comes back; server, client and cores are the same as for ours.
"""

import asyncio
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.load.crowd import Crowd, gathered
from tests.load.figures import Spread
from tests.load.places import Place
from tests.load.server import ROOT, Server, environment, running

PACKAGES = {"ws": "ws@8", "socket.io": "socket.io@4"}
SCRIPTS = {"ws": "ws.js", "socket.io": "socketio.js"}
PEERS = ("ws", "socket.io", "tutorial")
NPM_WITHIN = 120  # seconds
DRIVERS = 8  # messages under way at once, over all rooms or in the one
SETTLE = 0.5
MARK = "@" * 21  # see `reader.c`


@dataclass(frozen=True, slots=True)
class Rate:
    """What came in so many seconds: `deliveries` are events that a socket was brought up to date with (of relays:
    frames), `cpu` the server's seconds, `waited` from saying to reading."""

    sockets: int
    seconds: float
    frames: int
    deliveries: int
    bytes: int
    cpu: float
    kept_waiting: float
    client_cpu: float
    lost: int
    waited: Spread

    @property
    def per_second(self) -> float:
        return self.deliveries / self.seconds

    @property
    def frames_per_cpu_second(self) -> float:
        return self.frames / self.cpu if self.cpu else 0.0

    @property
    def frame_microseconds(self) -> float:
        return self.cpu / self.frames * 1e6 if self.frames else 0.0


def installed(scratch: Path) -> str:
    """Put the packages of the peers where their scripts find them; what prevents it, or ""."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        return "node and npm are not installed"
    command = [npm, "install", "--no-audit", "--no-fund", "--silent", "--ignore-scripts", "--prefix", str(scratch)]
    try:
        done = subprocess.run([*command, *PACKAGES.values()], capture_output=True, timeout=NPM_WITHIN, check=False)
    except subprocess.TimeoutExpired:
        return f"npm did not answer within {NPM_WITHIN} s"
    return "" if done.returncode == 0 else f"npm said no ({done.returncode})"


def versions(scratch: Path) -> dict[str, str]:
    """Of the packages that were installed."""
    found = {}
    for name in PACKAGES:
        path = scratch / "node_modules" / name / "package.json"
        if path.exists():
            found[name] = json.loads(path.read_text())["version"]
    return found


@contextmanager
def relaying(name: str, scratch: Path) -> Iterator[Server]:
    """One of the peers, until the block ends."""
    if name == "tutorial":
        command, env = [sys.executable, "-m", "tests.load.launch", "tutorial"], environment(scratch)
    else:
        command = [shutil.which("node") or "node", str(ROOT / "tests" / "load" / "peers" / SCRIPTS[name])]
        env = {**os.environ, "NODE_PATH": str(scratch / "node_modules"), "NODE_ENV": "production"}
    with running(command, env) as server:
        yield server


def place(name: str, room: int) -> Place:
    """A line into one of its rooms."""
    if name == "socket.io":
        return Place(f"/socket.io/?EIO=4&transport=websocket&room=r{room}", "", "40")
    return Place(f"/ws/chat/r{room}/")


def text(name: str, length: int) -> str:
    """What a driver says: of this length, in the peer's own form."""
    before, after = {"ws": ("", ""), "socket.io": ('42["said","', '"]'), "tutorial": ('{"message": "', '"}')}[name]
    return before + MARK + "x" * (length - len(before) - len(MARK) - len(after)) + after


async def measure(
    name: str, server: Server, scratch: Path, rooms: int, sockets: int, length: int, seconds: float
) -> Rate:
    """So many rooms of so many sockets each. With several rooms, one driver in each of the first."""
    # The drivers are the first lines: room after room, so that they are spread over them.
    places = [place(name, room) for _ in range(sockets) for room in range(rooms)]
    crowd = await gathered(scratch, server.port, places, "40{" if name == "socket.io" else "")
    opened = await crowd.open(50)
    if opened.failed:
        raise RuntimeError(f"{name}: {opened.failed} of {len(places)} lines did not open")
    await asyncio.sleep(SETTLE)
    await crowd.drive(rooms if rooms > 1 else DRIVERS, text(name, length))
    await asyncio.sleep(SETTLE)
    found = await watched(crowd, server, rooms * sockets, seconds)
    await crowd.quiet()
    await crowd.close()
    return found


async def watched(crowd: Crowd, server: Server, sockets: int, seconds: float) -> Rate:
    """What comes in the next seconds. Where frames carry no cursor, each is a delivery."""
    await crowd.count()
    cpu, waited, began = server.cpu(), server.kept_waiting(), asyncio.get_running_loop().time()
    await asyncio.sleep(seconds)
    came = await crowd.count()
    took = asyncio.get_running_loop().time() - began
    return Rate(
        sockets=sockets,
        seconds=took,
        frames=came.frames,
        deliveries=came.deliveries or came.frames,
        bytes=came.bytes,
        cpu=server.cpu() - cpu,
        kept_waiting=server.kept_waiting() - waited,
        client_cpu=came.cpu,
        lost=came.lost,
        waited=came.waited,
    )
