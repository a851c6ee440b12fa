"""A deployment as an operator starts it: by scripts/start, with no container and no supervisor."""

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from tests.programs import PATIENCE, ROOT, Output, Served

START = ROOT / "scripts" / "start"
SERVES = "Ctrl-C ends it"
A_LOOK = 0.05  # seconds at a page before the next: often enough to meet a process that is just about to end


class Started(Served):
    """`scripts/start`, whose first process makes the installation ready."""

    def start(
        self, *options: str, until: str = SERVES, pass_fds: tuple[int, ...] = (), patience: float = PATIENCE
    ) -> "Started":
        """Start, and wait until it says that it serves."""
        self._process = subprocess.Popen(
            [str(START), *options],
            cwd="/",
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            pass_fds=pass_fds,
        )
        self.output = Output(self._process)
        self.output.wait_for(until, patience)
        assert self.health().status_code == 200, self.health().text
        return self

    @property
    def sign_in_link(self) -> str:
        """A deployment prints none; one is made for who asks."""
        return self.base_url + self.manage("sign_in_link").stdout.strip()

    def restart(self) -> "Started":
        self.stop()
        return self.start()


def pages(base_url: str, number: int) -> list[int]:
    """Ask for a page so many times, each by a new connection; the answers' status."""
    return [httpx.get(f"{base_url}/join/", timeout=PATIENCE).status_code for _ in range(number)]


@contextmanager
def visited(base_url: str) -> Iterator[list[int]]:
    """Somebody loads one page after the other all the while; the answers' status."""
    answers, enough = list[int](), threading.Event()

    def visit() -> None:
        while not enough.wait(A_LOOK):
            answers.extend(pages(base_url, 1))

    visitor = threading.Thread(target=visit)
    visitor.start()
    try:
        yield answers
    finally:
        enough.set()
        visitor.join(PATIENCE)
