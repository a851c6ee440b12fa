"""A server process of our own: started, asked what it used of the processor, ended by its id."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TICKS = os.sysconf("SC_CLK_TCK")
LAST_WORDS = 10  # seconds it may take to end


class Server:
    """One `tests.load.launch`, listening on `port`."""

    def __init__(self, process: subprocess.Popen[str], port: int, sampled: bool) -> None:
        self.process = process
        self.port = port
        self.sampled = sampled

    def begin(self) -> None:
        """What is measured begins now: whatever the sampler has seen is of the connecting."""
        if self.sampled:
            self.process.send_signal(signal.SIGUSR1)

    def cpu(self) -> float:
        """Processor seconds used so far, in the kernel and out of it, all threads."""
        stat = Path(f"/proc/{self.process.pid}/stat").read_text()
        fields = stat.rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def kept_waiting(self) -> float:
        """Seconds that its threads were ready to run and somebody else had the core: a busy machine's share in what
        is measured. 0 where the system does not count it."""
        waits = 0
        for thread in Path(f"/proc/{self.process.pid}/task").glob("*/schedstat"):
            waits += int(thread.read_text().split()[1])
        return waits / 1e9


@contextmanager
def serving(application: str, var: Path, *, ws: str = "", profile: Path | None = None) -> Iterator[Server]:
    """The server until the block ends. `var` is where an installation keeps its records."""
    command = [sys.executable, "-m", "tests.load.launch", application]
    command += ["--ws", ws] if ws else []
    command += ["--profile", str(profile)] if profile else []
    process = subprocess.Popen(command, cwd=ROOT, env=environment(var), stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line.strip().isdigit():
            raise RuntimeError(f"{application} did not start")
        yield Server(process, int(line), profile is not None)
    finally:
        process.terminate()
        try:
            process.wait(LAST_WORDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def environment(var: Path) -> dict[str, str]:
    """The surroundings of a program of ours that keeps its records in `var`, in SQLite, alone."""
    alone = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    return {**alone, "NEACD_VAR": str(var), "DJANGO_SETTINGS_MODULE": "neacd.settings"}
