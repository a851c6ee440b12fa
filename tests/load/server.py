"""A server process of our own: started, asked what it used of the machine, ended by its id."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.load.launch import pinned

ROOT = Path(__file__).resolve().parents[2]
CPU_OF_ALL_THREADS = 2  # as Linux names the clock of another process (clock_getcpuclockid)
LAST_WORDS = 10  # seconds it may take to end
ANSWER_WITHIN = 900.0  # seconds, for what it is told to do by its standard input


class Server:
    """One process that listens on `port`."""

    def __init__(self, process: subprocess.Popen[str], port: int, sampled: bool = False) -> None:
        self.process = process
        self.port = port
        self.sampled = sampled

    def begin(self) -> None:
        """What is measured begins now: whatever the sampler has seen is of the connecting."""
        if self.sampled:
            self.process.send_signal(signal.SIGUSR1)

    def cpu(self) -> float:
        """Processor seconds used so far, in the kernel and out of it, all threads: of the process's own clock, which
        counts what a page takes, where /proc counts hundredths of a second."""
        return time.clock_gettime(~self.process.pid << 3 | CPU_OF_ALL_THREADS)

    def kept_waiting(self) -> float:
        """Seconds that its threads were ready to run and somebody else had the core: a busy machine's share in what
        is measured. 0 where the system does not count it."""
        waits = 0
        for thread in Path(f"/proc/{self.process.pid}/task").glob("*/schedstat"):
            waits += int(thread.read_text().split()[1])
        return waits / 1e9

    def resident(self) -> int:
        """Bytes of memory it holds."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")

    async def told(self, what: str, **wanted: Any) -> dict[str, Any]:
        """Have ours do what `inside` knows by that name; its answer."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"do": what, **wanted}) + "\n")
        self.process.stdin.flush()
        line = await asyncio.wait_for(asyncio.to_thread(self.process.stdout.readline), ANSWER_WITHIN)
        answer: dict[str, Any] = json.loads(line or '{"error": "the server ended"}')
        if "error" in answer:
            raise RuntimeError(f"{what}: {answer['error']}")
        return answer


@contextmanager
def serving(
    application: str, var: Path, *, ws: str = "", profile: Path | None = None, database: str = ""
) -> Iterator[Server]:
    """The server until the block ends. `var` is where an installation keeps its records; `database` the URL of one
    that is not a file there."""
    command = [sys.executable, "-m", "tests.load.launch", application]
    command += ["--ws", ws] if ws else []
    command += ["--profile", str(profile)] if profile else []
    with running(command, environment(var, database), sampled=profile is not None) as server:
        yield server


@contextmanager
def running(command: Sequence[str], env: Mapping[str, str], *, sampled: bool = False) -> Iterator[Server]:
    """A program that prints its port and serves, on the servers' core, until the block ends."""
    pipe = subprocess.PIPE
    process = subprocess.Popen(
        command, cwd=ROOT, env=env, stdin=pipe, stdout=pipe, text=True, preexec_fn=lambda: pinned(0)
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line.strip().isdigit():
            raise RuntimeError(f"{' '.join(command)} did not start")
        yield Server(process, int(line), sampled)
    finally:
        if process.stdin is not None:
            process.stdin.close()  # else whoever listens to it keeps the process from ending
        process.terminate()
        try:
            process.wait(LAST_WORDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def environment(var: Path, database: str = "") -> dict[str, str]:
    """The surroundings of a program of ours that keeps its records in `var`, alone: in SQLite, or in that database."""
    alone = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    kept = {"DATABASE_URL": database} if database else {}
    return {**alone, **kept, "NEACD_VAR": str(var), "DJANGO_SETTINGS_MODULE": "neacd.settings"}
