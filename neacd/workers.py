"""Several processes behind one port: `serve --workers N` starts them, puts another in the place of one that died, and
on SIGHUP replaces one after the other, so that a new version comes in while people go on.

They share one listening socket that is never closed meanwhile: a visitor waits a moment, and is not turned away. This
process serves nobody itself. A worker that loses its line to it ends by itself.
"""

import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from prometheus_client.multiprocess import mark_process_dead

from neacd import supervised

LOOK_EVERY = 0.1  # seconds between two looks at the workers
TOO_YOUNG = 5.0  # seconds: who dies before has a fault that another would have as well; so no haste
LONGEST_START = 60.0  # seconds
LONGEST_END = 15.0  # seconds; a worker gives its people its last words in three
READY = b"ready"


@dataclass(eq=False)
class Worker:
    """One process, the line to it, and when it began (monotonic seconds)."""

    process: "subprocess.Popen[bytes]"
    line: socket.socket
    began: float

    def is_ready(self) -> bool:
        """Whether it has said that it serves."""
        readable, _, _ = select.select([self.line], [], [], 0)
        return bool(readable) and self.line.recv(len(READY)) == READY


class Workers:
    """See the module. `prepare` is what must have been done before a new version's first worker starts."""

    def __init__(self, count: int, ours: socket.socket, worker: Sequence[str], prepare: Sequence[str]) -> None:
        self._count, self._ours = count, ours
        self._worker, self._prepare = list(worker), list(prepare)
        self._running: list[Worker] = []
        self._figures = Path(tempfile.mkdtemp(prefix="neacd-figures-"))
        self._ending = self._replacing = False

    def run(self) -> int:
        """Serve until told to end; the exit code."""
        signal.signal(signal.SIGTERM, self._end_asked)
        signal.signal(signal.SIGINT, self._end_asked)
        signal.signal(signal.SIGHUP, self._replace_asked)
        try:
            return self._keep_running()
        finally:
            supervised.tell("STOPPING=1")
            self._end(self._running)
            shutil.rmtree(self._figures, ignore_errors=True)

    def _end_asked(self, _number: int, _frame: FrameType | None) -> None:
        self._ending = True

    def _replace_asked(self, _number: int, _frame: FrameType | None) -> None:
        self._replacing = True

    def _keep_running(self) -> int:
        started = [self._start() for _ in range(self._count)]
        if not all([self._comes_up(one) for one in started]):
            self._end(started)
            return 0 if self._ending else 1
        self._running = started
        supervised.tell("READY=1")
        print(f"  {self._count} processes serve.", flush=True)
        while not self._ending:
            self._replace_the_dead()
            if self._replacing:
                self._replacing = False
                self._replace_all()
            time.sleep(LOOK_EVERY)
        return 0

    def _start(self) -> Worker:
        line, theirs = socket.socketpair()
        fds = (self._ours.fileno(), theirs.fileno())
        # Each in a session of its own: Ctrl-C is for us, and we tell them.
        process = subprocess.Popen(
            [*self._worker, *map(str, fds)],
            pass_fds=fds,
            start_new_session=True,
            env={**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(self._figures)},
        )
        theirs.close()
        return Worker(process, line, time.monotonic())

    def _comes_up(self, worker: Worker) -> bool:
        """Wait until it serves; False if it died, takes too long, or all is to end."""
        while not self._ending and time.monotonic() < worker.began + LONGEST_START:
            if worker.is_ready():
                return True
            if worker.process.poll() is not None:
                return False
            time.sleep(LOOK_EVERY)
        return False

    def _replace_the_dead(self) -> None:
        for one in [one for one in self._running if one.process.poll() is not None]:
            if time.monotonic() < one.began + TOO_YOUNG:
                continue  # looked at again when its time has come
            print(f"Process {one.process.pid} has died ({one.process.returncode}); another begins.", file=sys.stderr)
            self._end([one])
            self._running[self._running.index(one)] = self._start()

    def _replace_all(self) -> None:
        """One after the other, each only when its successor serves; those in place stay if the new do not."""
        if subprocess.run(self._prepare, check=False).returncode:
            print("The new version could not be made ready; the old one goes on.", file=sys.stderr)
            return
        for one in list(self._running):
            following = self._start()
            if not self._comes_up(following):
                self._end([following])
                print("A new process did not come up; those that serve go on.", file=sys.stderr)
                return
            self._running[self._running.index(one)] = following
            self._end([one])
        print(f"  {self._count} new processes serve.", flush=True)

    def _end(self, workers: Sequence[Worker]) -> None:
        for one in workers:
            one.process.terminate()
        until = time.monotonic() + LONGEST_END
        for one in workers:
            try:
                one.process.wait(max(0.0, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                one.process.kill()
                one.process.wait()
            one.line.close()
            mark_process_dead(one.process.pid, str(self._figures))  # type: ignore[no-untyped-call]  # no types
