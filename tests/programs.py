"""Real programs for tests: our own server, Redis, PostgreSQL. Each owns its folder and port, waits on a condition
instead of sleeping, and ends what it started by its process id; nothing of the machine's own is touched.
"""

import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx
import psycopg

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60.0  # seconds until something that should have happened is given up; never a measure of speed
SETTINGS = ("DATABASE_URL", "REDIS_URL", "HOST", "PORT", "SECRET_KEY")


def free_port() -> int:
    """A port nobody listens on, on loopback."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def find_chromium() -> str | None:
    named = os.environ.get("NEACD_CHROMIUM")
    if named:
        return named if Path(named).exists() else None
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def find_redis() -> str | None:
    return shutil.which("redis-server")


def find_nginx() -> str | None:
    """Debian keeps it off the path of ordinary people."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


def find_postgres() -> Path | None:
    """The folder of initdb and pg_ctl; Debian keeps it off the path, one for each version."""
    on_path = shutil.which("initdb")
    if on_path and shutil.which("pg_ctl"):
        return Path(on_path).parent
    kept = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name))
    return next((folder for folder in reversed(kept) if (folder / "pg_ctl").exists()), None)


class Output:
    """What a program prints, read as it comes, so that a test can wait for a line of it."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.lines: list[str] = []
        self._news = threading.Condition()
        self._ended = False
        self._process = process
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            with self._news:
                self.lines.append(line.rstrip("\n"))
                self._news.notify_all()
        with self._news:
            self._ended = True
            self._news.notify_all()

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def wait_for(self, words: str, patience: float = PATIENCE) -> None:
        """Until a line with these words has been printed; fails at once if the program ends without."""
        with self._news:
            self._news.wait_for(lambda: words in self.text or self._ended, patience)
        assert words in self.text, f"never printed {words!r}, but:\n{self.text}"

    def finish(self, patience: float = PATIENCE) -> None:
        """Until all of it has been read."""
        self._reader.join(patience)


def end(process: "subprocess.Popen[Any]", sign: signal.Signals = signal.SIGTERM, patience: float = 20) -> int:
    """Ask one process to end and wait; after that, insist. Returns its exit code."""
    if process.poll() is None:
        process.send_signal(sign)
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            process.kill()
    return process.wait()


class Served:
    """Our own server in a process of its own, with a var folder of its own: `manage.py serve`, as people run it."""

    def __init__(self, var: Path, port: int | None = None, **env: str) -> None:
        self.var = var
        self.root = ROOT  # of the version that is served
        self.port = port or free_port()
        kept = {name: value for name, value in os.environ.items() if name not in SETTINGS}
        self.env: Mapping[str, str] = {**kept, "NEACD_VAR": str(var), "PORT": str(self.port), **env}
        self._process: subprocess.Popen[str] | None = None
        self.output: Output

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        assert self._process is not None, "it has not been started"
        return self._process.pid

    @property
    def sign_in_link(self) -> str:
        """The one-time link that it has printed."""
        found = re.search(r"http://\S+/sign-in/\S+", self.output.text)
        assert found, f"no link in:\n{self.output.text}"
        return found[0]

    def start(self, *options: str) -> "Served":
        """Start, and wait until it answers."""
        self._process = subprocess.Popen(
            [sys.executable, "manage.py", "serve", *options],
            cwd=self.root,
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.output = Output(self._process)
        self.output.wait_for("Ctrl-C ends it")
        assert self.health().status_code == 200, self.health().text
        return self

    def health(self) -> httpx.Response:
        return httpx.get(f"{self.base_url}/readyz", timeout=PATIENCE)

    def stop(self, sign: signal.Signals = signal.SIGTERM) -> int:
        """End it as an operator does; its exit code."""
        if self._process is None:
            return 0
        code = end(self._process, sign)
        self.output.finish()
        return code

    def kill(self) -> None:
        """End it as a power cut does."""
        assert self._process is not None, "it has not been started"
        self._process.kill()
        self._process.wait()
        self.output.finish()

    def restart(self) -> "Served":
        """The same server again, on the same port and over the same records."""
        self.stop()
        return self.start()

    def manage(self, *args: str) -> "subprocess.CompletedProcess[str]":
        """A management command over the same records; fails the test if it fails."""
        done = subprocess.run(
            [sys.executable, "manage.py", *args],
            cwd=self.root,
            env=self.env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"manage.py {' '.join(args)}:\n{done.stdout}{done.stderr}"
        return done

    def __enter__(self) -> "Served":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


class Redis:
    """A Redis of our own on loopback that keeps nothing."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> "Redis":
        program = find_redis()
        assert program, "there is no redis-server here"
        command = [program, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        Output(self._process).wait_for("eady to accept connections")
        return self

    def stop(self) -> None:
        """Take it away; `start` brings it back on the same port, empty."""
        if self._process is not None:
            end(self._process)


class Postgres:
    """A PostgreSQL cluster of our own in a folder, on loopback. PostgreSQL refuses to run as root: there it runs as
    the user postgres, who is given the folder."""

    def __init__(self, folder: Path) -> None:
        programs = find_postgres()
        assert programs, "there is no PostgreSQL here"
        self._programs, self._folder = programs, folder
        self.port = free_port()
        self.url = self._url("neacd")

    def _url(self, database: str) -> str:
        return f"postgres://neacd@127.0.0.1:{self.port}/{database}"

    def _run(self, program: str, *args: str) -> None:
        owner = pwd.getpwnam("postgres") if os.geteuid() == 0 else None
        done = subprocess.run(
            [self._programs / program, *args],
            cwd=self._folder,
            user=owner.pw_uid if owner else None,
            group=owner.pw_gid if owner else None,
            extra_groups=[] if owner else None,
            stdout=subprocess.DEVNULL,  # a pipe would stay open for as long as the server it starts
            stderr=subprocess.DEVNULL,
            check=False,
        )
        log = self._folder / "log"
        assert done.returncode == 0, f"{program} failed: {log.read_text() if log.exists() else 'no log'}"

    def create(self) -> "Postgres":
        """Make the cluster and its one database, and start it."""
        self._folder.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0:
            shutil.chown(self._folder, "postgres", "postgres")
        trusting = ("--auth=trust", "--username=neacd", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8")
        self._run("initdb", "--pgdata=data", *trusting)
        self.start()
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            connection.execute("CREATE DATABASE neacd")
        return self

    def start(self) -> None:
        how = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
        self._run("pg_ctl", "start", "--wait", "--pgdata=data", "--log=log", "-o", how)

    def stop(self) -> None:
        """Take it away at once; `start` brings it back with what was committed."""
        if (self._folder / "data" / "postmaster.pid").exists():
            self._run("pg_ctl", "stop", "--wait", "--mode=fast", "--pgdata=data")
