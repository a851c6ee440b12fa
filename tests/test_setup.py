"""The first minute with it: a fresh clone serves by one command, says what is wrong in a sentence, and ends cleanly."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.conftest import require
from tests.programs import PATIENCE, ROOT, Output, Postgres, Served, end, free_port

INSTALLING = 600  # seconds; a slow network is no failure

pytestmark = pytest.mark.served


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Served]:
    """A server that was never started, with nothing prepared."""
    with Served(tmp_path / "var") as served:
        yield served


def refused_start(served: Served, **env: str) -> subprocess.CompletedProcess[str]:
    """A start that should end by itself."""
    return subprocess.run(
        [sys.executable, "manage.py", "serve"],
        cwd=ROOT,
        env={**served.env, **env},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


@contextmanager
def browser_at_link(served: Served) -> Iterator[httpx.Client]:
    """A browser that has opened the printed link and has not pressed its button yet."""
    with httpx.Client(base_url=served.base_url, follow_redirects=True) as browser:
        assert browser.get(served.sign_in_link).status_code == 200
        yield browser


def press(browser: httpx.Client, link: str) -> httpx.Response:
    token = browser.cookies.get("csrftoken", "")
    return browser.post(link, data={"csrfmiddlewaretoken": token}, headers={"Referer": link})


# A start


def test_a_first_start_lays_the_tables_loads_the_scenarios_and_makes_a_moderator(empty: Served) -> None:
    said = empty.start().output.text
    assert "migrations applied" in said
    assert "loaded papers" in said
    assert "neacd-vii-tokyo-1997" in said
    assert "account moderator made" in said
    assert (empty.var / "neacd.sqlite3").exists()
    assert (empty.var / "secret_key").stat().st_mode & 0o077 == 0, "only its owner may read the key"


def test_a_second_start_makes_nothing_again_but_a_link_of_its_own(served: Callable[..., Served]) -> None:
    running = served()
    first = running.sign_in_link
    said = running.restart().output.text
    assert running.sign_in_link != first
    assert "up to date" in said
    assert "unchanged" in said
    assert "account moderator is there" in said
    assert "applied" not in said
    assert "loaded" not in said


def test_the_printed_link_signs_in_once_however_often_it_was_looked_at(served: Callable[..., Served]) -> None:
    running = served()
    httpx.get(running.sign_in_link)
    with browser_at_link(running) as browser, browser_at_link(running) as second:
        assert press(browser, running.sign_in_link).status_code == 200
        assert browser.get("/rooms/").url.path == "/rooms/"
        assert press(second, running.sign_in_link).status_code >= 400
        assert second.get("/rooms/").url.path == "/sign-in/"


def test_on_the_whole_network_it_answers_to_its_own_names_and_to_no_others(served: Callable[..., Served]) -> None:
    running = served(HOST="0.0.0.0")
    own = socket.gethostname().lower()
    assert "Students type" in running.output.text
    assert httpx.get(running.base_url + "/join/", headers={"Host": f"{own}:{running.port}"}).status_code == 200
    assert httpx.get(running.base_url + "/join/", headers={"Host": "elsewhere.example"}).status_code == 400
    assert "server" not in running.health().headers, "it tells nobody which program serves"


def test_a_rehearsal_is_played_beside_it_and_ends_with_it(empty: Served) -> None:
    empty.start("--rehearse", "first_session", "--speed", "1")
    assert "first_session is played in a room of its own" in empty.output.text
    assert empty.stop(signal.SIGINT) == 0
    assert "Traceback" not in empty.output.text


# An end


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly_when_asked(served: Callable[..., Served], sign: signal.Signals) -> None:
    running = served()
    assert running.stop(sign) == 0
    assert "Traceback" not in running.output.text
    assert "Everything that was said is kept" in running.output.text


def test_an_impatient_second_ctrl_c_makes_no_mess(served: Callable[..., Served]) -> None:
    running = served()
    os.kill(running.pid, signal.SIGINT)
    assert running.stop(signal.SIGINT) == 0
    assert "Traceback" not in running.output.text


def test_it_ends_cleanly_with_a_connection_open(served: Callable[..., Served]) -> None:
    running = served()
    with socket.create_connection(("127.0.0.1", running.port)) as half_asked:
        half_asked.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n")
        assert running.stop(signal.SIGINT) == 0
    assert "Traceback" not in running.output.text


def observers_ticket(served: Served) -> tuple[str, str, str]:
    """Room code, participant id and ticket of somebody in a room that was played to its end."""
    served.manage("rehearse", "first_session")
    question = (
        "from rooms.models import Participant; from rooms.access import ticket_of; "
        "one = Participant.objects.filter(role='observer').select_related('room').first(); "
        "print(one.room.code, one.pid, ticket_of(one))"
    )
    code, pid, ticket = served.manage("shell", "--no-imports", "-c", question).stdout.split()
    return code, pid, ticket


def close_code(line: ClientConnection) -> int | None:
    """What the other end said when it closed, after all that it still sent."""
    try:
        while True:
            line.recv(PATIENCE)
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else None


def test_it_ends_cleanly_with_people_in_a_room_and_tells_them_to_come_back(served: Callable[..., Served]) -> None:
    running = served()
    code, pid, ticket = observers_ticket(running)
    address = f"ws://127.0.0.1:{running.port}/ws/rooms/{code}/{pid}/?dialect=json"
    with connect(address, additional_headers={"Authorization": f"Bearer {ticket}"}, max_size=None) as line:
        line.send('{"hello": {"cursor": 0}}')
        assert '"events"' in str(line.recv(PATIENCE))
        assert running.stop(signal.SIGINT) == 0
        assert close_code(line) == 1013, "try again later"
    assert "Traceback" not in running.output.text
    assert "Cancel" not in running.output.text


# What is wrong, in a sentence


def test_a_taken_port_is_said_before_anything_is_made(empty: Served) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = refused_start(empty, PORT=str(port))
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith(f"Port {port} is taken")
    assert "make run" in done.stderr
    assert not (empty.var / "neacd.sqlite3").exists()


@pytest.mark.parametrize(
    ("env", "words"),
    [
        ({"PORT": "eighty"}, "PORT=eighty is not a port."),
        ({"PORT": "70000"}, "PORT=70000 is not a port."),
        ({"HOST": "192.0.2.7"}, "HOST=192.0.2.7 is not an address of this machine."),
        ({"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}, "The database does not answer"),
    ],
)
def test_what_cannot_be_served_is_refused_in_one_line(empty: Served, env: dict[str, str], words: str) -> None:
    done = refused_start(empty, **env)
    assert done.returncode == 1
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_it_is_not_ready_and_says_so_while_there_is_no_database(tmp_path: Path) -> None:
    """The server itself, without the start that would have refused to begin."""
    port = free_port()
    env = {**os.environ, "NEACD_VAR": str(tmp_path), "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}
    command = [sys.executable, "-m", "uvicorn", "neacd.asgi:application", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        Output(process).wait_for("Uvicorn running")
        answer = httpx.get(f"http://127.0.0.1:{port}/readyz", timeout=PATIENCE)
        assert answer.status_code == 503
        assert answer.json() == {"database": False, "channel_layer": True, "migrations": False}
        assert httpx.get(f"http://127.0.0.1:{port}/healthz", timeout=PATIENCE).status_code == 200, "alive it is"
    finally:
        end(process)


@pytest.mark.postgres
def test_health_comes_back_with_the_database(served: Callable[..., Served], postgres_program: Postgres) -> None:
    running = served(DATABASE_URL=postgres_program.url)
    postgres_program.stop()
    try:
        assert running.health().status_code == 503
    finally:
        postgres_program.start()
    assert running.health().status_code == 200


@pytest.mark.redis
def test_it_serves_with_redis_between_its_processes(served: Callable[..., Served], redis_server: str) -> None:
    assert all(served(REDIS_URL=redis_server).health().json().values())


# From nothing


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What somebody has who has just cloned it: the last commit, nothing installed."""
    require(shutil.which("git") and (ROOT / ".git").exists(), "this is no git checkout to be cloned")
    require(shutil.which("make"), "make is not installed")
    folder = tmp_path_factory.mktemp("fresh") / "neacd"
    git = ["git", "-c", "safe.directory=*", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(folder)]
    subprocess.run(git, check=True, capture_output=True)
    return folder


def make(folder: Path, *targets: str, port: int = 0) -> "subprocess.Popen[str]":
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NEACD_", "VIRTUAL_ENV", "MAKE"))}
    return subprocess.Popen(
        ["make", *targets],
        cwd=folder,
        env={**kept, "PORT": str(port)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def run_and_interrupt(folder: Path) -> str:
    """`make run` until it answers, then Ctrl-C as a terminal sends it: to everything in the foreground."""
    port = free_port()
    process = make(folder, "run", port=port)
    output = Output(process)
    try:
        output.wait_for("Ctrl-C ends it", INSTALLING)
        assert httpx.get(f"http://127.0.0.1:{port}/healthz", timeout=PATIENCE).status_code == 200
        os.killpg(process.pid, signal.SIGINT)
        process.wait(PATIENCE)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
    output.finish()
    return output.text


def installed(clone: Path) -> None:
    """The environment of the clone, made once for the tests below."""
    output = Output(process := make(clone, "setup"))
    process.wait(INSTALLING)
    output.finish()
    offline = "could not be installed" in output.text
    require(not offline, "the packages cannot be had here: no network")
    assert process.returncode == 0, output.text


def test_a_fresh_clone_serves_with_one_command_and_ends_on_ctrl_c(clone: Path) -> None:
    installed(clone)
    stamp = clone / ".venv" / "installed-run"
    made = stamp.stat().st_mtime_ns
    first = run_and_interrupt(clone)
    assert "migrations applied" in first
    assert "Everything that was said is kept" in first
    assert "Traceback" not in first
    second = run_and_interrupt(clone)
    assert "up to date" in second
    assert "packages" not in first + second, "what was installed is not installed again"
    assert stamp.stat().st_mtime_ns == made


def test_a_half_made_environment_is_made_anew(tmp_path: Path) -> None:
    half = tmp_path / ".venv" / "bin"
    half.mkdir(parents=True)
    (half / "python").symlink_to(tmp_path / "gone")
    command = [sys.executable, "-c", "from neacd.bootstrap import make_environment; make_environment()"]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run(command, cwd=tmp_path, env=env, check=True, capture_output=True)
    subprocess.run([half / "python", "-c", "import pip"], check=True)


def test_make_alone_lists_every_target() -> None:
    listed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for target in ("setup", "run", "demo", "test", "check", "bench", "clean"):
        assert f"make {target} " in listed


def test_without_a_python_new_enough_one_sentence_says_so(tmp_path: Path) -> None:
    shell = shutil.which("sh")
    assert shell
    for name in ("cksum", "dirname", "cat"):
        program = shutil.which(name)
        assert program
        (tmp_path / name).symlink_to(program)
    (tmp_path / "scripts").mkdir()
    script = shutil.copy(ROOT / "scripts" / "setup", tmp_path / "scripts" / "setup")
    shutil.copy(ROOT / "requirements.txt", tmp_path)
    done = subprocess.run(
        [shell, script], env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert done.returncode == 1
    assert done.stderr.startswith("NEACD needs Python 3.11 or newer")
    assert not (tmp_path / ".venv").exists()
