"""A deployment as an operator starts it: by scripts/start, with no container and no supervisor."""

import subprocess

import httpx

from tests.programs import PATIENCE, ROOT, Output, Served

START = ROOT / "scripts" / "start"
SERVES = "Ctrl-C ends it"


class Started(Served):
    """`scripts/start`, whose first process makes the installation ready."""

    def start(self, *options: str, until: str = SERVES, pass_fds: tuple[int, ...] = ()) -> "Started":
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
        self.output.wait_for(until)
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
