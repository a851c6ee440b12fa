"""One start script for a hand, a supervisor and a container: alone, as several processes, and all at once."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from tests import on_postgres
from tests.faults.databases import database_of
from tests.operations.started import START, Started, pages, visited
from tests.programs import PATIENCE, Postgres, Served, free_port

pytestmark = pytest.mark.served


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Started]:
    """One process, started on nothing."""
    with Started(tmp_path_factory.mktemp("alone")) as started:
        yield started.start()


@pytest.fixture(scope="module")
def several(prepared_var: Path) -> Iterator[Started]:
    """Two processes behind one port, which end together at the end."""
    with Started(prepared_var, **on_postgres.database_of(prepared_var)) as started:
        started.start("--workers", "2", until="2 processes serve")
        yield started
        ids = processes(started)
        assert len(ids) == 2
        assert started.stop() == 0
        assert "Traceback" not in started.output.text
        assert not any(map(_runs, ids))


def processes(started: Started) -> set[int]:
    """The workers, by their ids."""
    asked = subprocess.run(["ps", "-o", "pid=", "--ppid", str(started.pid)], capture_output=True, text=True, check=True)
    return {int(pid) for pid in asked.stdout.split()}


def until_processes(started: Started, are: int, *, without: set[int]) -> None:
    """Wait until so many run, and none of those."""
    waited, never = 0.0, threading.Event()
    while len(now := processes(started)) != are or now & without:
        assert waited < PATIENCE, f"still {now}:\n{started.output.text}"
        never.wait(0.1)
        waited += 0.1


def test_a_deployment_prints_no_link_and_makes_one_for_who_asks(alone: Started) -> None:
    assert "/sign-in/" not in alone.output.text
    link = alone.sign_in_link
    with httpx.Client(follow_redirects=True) as browser:
        browser.get(link)
        form = {"csrfmiddlewaretoken": browser.cookies["csrftoken"]}
        assert browser.post(link, data=form, headers={"Referer": link}).status_code == 200
        assert browser.get(f"{alone.base_url}/rooms/").url.path == "/rooms/"


def test_its_pages_name_hashed_files_that_are_there_compressed_and_kept_for_ever(alone: Started) -> None:
    with httpx.Client(base_url=alone.base_url) as browser:
        named = re.findall(r'(?:href|src)="(/static/[^"]+)"', browser.get("/join/").text)
        assert named
        for name in named:
            answer = browser.get(name)
            assert answer.status_code == 200, name
            assert re.search(r"\.[0-9a-f]{12}\.\w+$", name), name
            assert "immutable" in answer.headers["Cache-Control"]
        assert any(browser.get(name).headers.get("Content-Encoding") == "gzip" for name in named)


def test_another_takes_the_place_of_one_that_died(several: Started) -> None:
    victim = min(processes(several))
    os.kill(victim, signal.SIGKILL)
    until_processes(several, 2, without={victim})
    assert set(pages(several.base_url, 6)) == {200}


def test_they_end_when_who_started_them_is_gone(prepared_var: Path) -> None:
    with Started(prepared_var, **on_postgres.database_of(prepared_var)) as started:
        started.start("--workers", "2", until="2 processes serve")
        ids = processes(started)
        started.kill()
    waited, never = 0.0, threading.Event()
    while any(map(_runs, ids)):
        assert waited < PATIENCE
        never.wait(0.1)
        waited += 0.1


def _runs(pid: int) -> bool:
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False


def test_all_are_replaced_while_nobody_is_turned_away(several: Started) -> None:
    before = processes(several)
    with visited(several.base_url) as answers:
        os.kill(several.pid, signal.SIGHUP)
        several.output.wait_for("2 new processes serve", PATIENCE * 4)
    assert processes(several).isdisjoint(before)
    assert len(processes(several)) == 2
    assert len(answers) > 3
    assert set(answers) == {200}


def test_the_figures_of_all_processes_come_from_any(several: Started) -> None:
    told = [httpx.get(f"{several.base_url}/metrics", timeout=PATIENCE) for _ in range(4)]
    assert {answer.status_code for answer in told} == {200}


@pytest.mark.parametrize("number", ["0", "many"])
def test_what_is_no_number_of_processes_is_refused_in_a_sentence(number: str, prepared_var: Path) -> None:
    env = {**Served(prepared_var).env, "NEACD_WORKERS": number}
    done = subprocess.run([START], env=env, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "NEACD_WORKERS=3" in done.stderr


# What a supervisor gives and is told


def test_a_socket_that_a_supervisor_holds_turns_nobody_away_between_two_processes(prepared_var: Path) -> None:
    with socket.create_server(("127.0.0.1", free_port())) as held, ExitStack() as leaving:
        port = held.getsockname()[1]
        started = leaving.enter_context(Started(prepared_var, port, **on_postgres.database_of(prepared_var)))
        with Supervisor(held, started):
            pass
        with ThreadPoolExecutor() as visitors:
            early = visitors.submit(pages, started.base_url, 1)  # nobody serves just now: it waits
            with Supervisor(held, started):
                assert early.result(PATIENCE) == [200]


GIVE = (
    "import os, sys; held, program = sys.argv[1:]; os.dup2(int(held), 3);"
    "os.environ.update(LISTEN_FDS='1', LISTEN_PID=str(os.getpid())); os.execv(program, [program])"
)


class Supervisor:
    """Starts a process with a listening socket as systemd does, waits until it has said READY=1, and ends it."""

    def __init__(self, held: socket.socket, started: Started) -> None:
        self._held, self._started = held, started

    def __enter__(self) -> None:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as told:
            told.bind(f"\0neacd-test-{os.getpid()}-{self._held.fileno()}")
            told.settimeout(PATIENCE)
            path = told.getsockname().decode().replace("\0", "@")
            self._process = subprocess.Popen(
                [sys.executable, "-c", GIVE, str(self._held.fileno()), START],
                env={**self._started.env, "NOTIFY_SOCKET": path},
                pass_fds=(self._held.fileno(),),
            )
            assert told.recv(100) == b"READY=1"

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        assert self._process.wait(PATIENCE) == 0


# All at once


def starts_at_once(servers: list[Started]) -> str:
    """Start them together on nothing; what they printed."""
    with ExitStack() as ending, ThreadPoolExecutor() as hands:
        for one in servers:
            ending.enter_context(one)
        patience = PATIENCE * len(servers)  # the last waits for all others
        for done in [hands.submit(one.start, patience=patience) for one in servers]:
            done.result(patience * 2)
        return "\n".join(one.output.text for one in servers)


def made_once(said: str) -> None:
    assert said.count("migrations applied") == 1
    assert said.count("loaded papers") == 1
    assert said.count("account moderator made") == 1
    assert "Traceback" not in said


def test_three_starts_at_once_on_one_machine_make_it_ready_once(tmp_path: Path) -> None:
    made_once(starts_at_once([Started(tmp_path) for _ in range(3)]))


@pytest.mark.postgres
def test_two_starts_at_once_on_two_machines_lay_the_tables_once(tmp_path: Path, postgres_program: Postgres) -> None:
    common = {"DATABASE_URL": database_of(postgres_program, "starts"), "SECRET_KEY": "the-same-for-all-" + "x" * 40}
    made_once(starts_at_once([Started(tmp_path / f"machine-{n}", **common) for n in range(2)]))
