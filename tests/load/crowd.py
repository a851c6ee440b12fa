"""Many lines that only read, by `reader.c`: compiled at run time, on the clients' core, the same for all contestants.

Where there is no C compiler, `plain_crowd` reads instead.
"""

import asyncio
import json
import shutil
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.load.figures import Spread
from tests.load.places import OURS, Opened, Place, Tally
from tests.load.plain_crowd import PlainCrowd

SOURCE = Path(__file__).with_name("reader.c")
PATIENCE = 240.0  # seconds for all lines to open: two thousand in a hundred rooms take a busy machine long


def compiler() -> str | None:
    return next(filter(None, map(shutil.which, ("cc", "gcc", "clang"))), None)


def compiled(folder: Path) -> Path | None:
    """The reader, made anew for each run; None where nothing compiles it."""
    made = folder / "reader"
    if made.exists():
        return made
    program = compiler()
    if program is None:
        return None
    done = subprocess.run([program, "-O2", "-o", str(made), str(SOURCE)], capture_output=True, text=True, check=False)
    return made if done.returncode == 0 else None


class Crowd:
    """Lines in a reader's process. Nothing is open until `open` has been called."""

    def __init__(self, process: asyncio.subprocess.Process, folder: Path) -> None:
        self._process = process
        self._folder = folder
        self._cpu = 0.0
        self.pid = process.pid

    async def _ask(self, command: str) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{command}\n".encode())
        line = await asyncio.wait_for(self._process.stdout.readline(), PATIENCE)
        answer: dict[str, Any] = json.loads(line or '{"error": "the reader ended"}')
        if "error" in answer:
            raise RuntimeError(f"{command}: {answer['error']}")
        return answer

    async def open(self, at_once: int = 0) -> Opened:
        """Open all lines, `at_once` on their way at a time (0: all), until each is live or lost."""
        return Opened(**await self._ask(f"open {at_once}"))

    async def count(self) -> Tally:
        told = await self._ask("count")
        cpu, self._cpu = told["cpu"] - self._cpu, told["cpu"]
        names = ("frames", "bytes", "deliveries", "events", "lost", "close_code", "refused")
        spreads = {name: Spread(**told[name]) for name in ("waited", "answered")}
        return Tally(**{name: told[name] for name in names}, cpu=cpu, **spreads)

    async def drive(self, drivers: int, text: str) -> None:
        """Let the first lines say this, each again as soon as its own comes back, until `quiet`."""
        path = self._folder / f"text-{self.pid}"
        path.write_text(text)
        await self._ask(f"drive {drivers} {path}")

    async def press(self, pressers: int, rate: float) -> None:
        """Let the first lines put their name on the list of speakers and take it off, in turns, so many commands a
        second in all; 0: each as soon as the one before is answered, as often as a room allows a person."""
        await self._ask(f"press {pressers} {rate}")

    async def quiet(self) -> None:
        await self._ask("quiet")

    async def drop(self) -> None:
        """Lose all lines at once."""
        await self._ask("drop")

    async def close(self) -> None:
        if self._process.stdin is not None:
            self._process.stdin.close()
        with suppress(ProcessLookupError):
            await self._process.wait()


async def gathered(folder: Path, port: int, places: Sequence[Place], live: str = OURS) -> Crowd | PlainCrowd:
    """A crowd for these places, not open yet. `live`: how the text begins by which a line shows that it is live."""
    reader = compiled(folder)
    if reader is None:
        return PlainCrowd(port, places)
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(str(reader), str(port), live, stdin=pipe, stdout=pipe)
    assert process.stdin is not None
    said = "".join(f"{one.path}\t{one.header}\t{one.hello}\n" for one in places) + "\n"
    process.stdin.write(said.encode())
    await process.stdin.drain()
    return Crowd(process, folder)
