"""Three processes behind nginx, over PostgreSQL and Redis: a new version comes in while people go on, and what was
acknowledged is in the record, once.
"""

import subprocess
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.faults.databases import database_of
from tests.faults.door import Door
from tests.faults.record import holds
from tests.faults.steadfast import Steadfast, present, sees_what_is_there
from tests.faults.talk import kept_once, remarks, statements, until_more_answers
from tests.operations.front import DEPLOY, Front, checked, lay_out
from tests.operations.started import Started, visited
from tests.programs import PATIENCE, Postgres
from tests.wire.client import Line

pytestmark = [pytest.mark.nginx, pytest.mark.served]

SEATS = ("PRC-MFA", "JPN-MFA", "ROK-MFA", "USA-MFA")


@dataclass
class House:
    """The processes, and nginx before them."""

    servers: tuple[Started, ...]
    front: Front


@pytest.fixture(scope="module")
def house(postgres_program: Postgres, redis_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    url = database_of(postgres_program, "behind_nginx")
    common = {"DATABASE_URL": url, "REDIS_URL": redis_server, "SECRET_KEY": "the-same-in-all-three-" + "x" * 40}
    with ExitStack() as ending:
        var = tmp_path_factory.mktemp("house")
        servers = tuple(ending.enter_context(Started(var, None, **common, NEACD_PROXY="1")) for _ in range(3))
        for one in servers:
            one.start()
        yield House(servers, ending.enter_context(Front(tmp_path_factory.mktemp("nginx"), servers)))


@pytest.mark.postgres
@pytest.mark.redis
def test_each_process_is_replaced_in_turn_while_a_session_goes_on(house: House) -> None:
    front, news = house.front, threading.Condition()
    with Door(front) as door:
        chair = door.open_room()
        delegates = [door.join(chair.code, seat) for seat in SEATS]
        observer = door.join(chair.code)
    with Line(front.port, chair) as line:
        assert line.ask("start_session")["done"]
    ports = [front.port]
    people = (
        Steadfast(chair, ports, "html", statements(), news=news),
        *(
            Steadfast(place, ports, ("json", "html")[number % 2], remarks(seat), news=news)
            for number, (seat, place) in enumerate(zip(SEATS, delegates, strict=True))
        ),
        *(Steadfast(observer, ports, dialect, news=news) for dialect in ("json", "html", "html")),
    )
    with present(*people):
        with visited(front.base_url) as answers:
            for server in house.servers:
                until_more_answers(news, people, 10)
                server.restart()
            until_more_answers(news, people, 10)
        for one in people:
            one.finish()
        for one in people:
            assert one.faults == []
            for server in house.servers:
                sees_what_is_there(one, server.port)
        assert sum(one.lines for one in people) > len(people), "nobody lost a line, so nothing was tried"
    assert answers
    assert set(answers) == {200}
    kept_once(front, chair.code, people)
    holds(front, chair.code)


@pytest.mark.postgres
@pytest.mark.redis
def test_what_nginx_passes_on_and_what_it_keeps(house: House) -> None:
    with httpx.Client(base_url=house.front.base_url, timeout=PATIENCE) as browser:
        answer = browser.get("/join/", headers={"X-Request-ID": "0" * 32})
        assert answer.headers["X-Request-ID"] != "0" * 32
        assert browser.get("/metrics").status_code == 404
        assert browser.get("/readyz").status_code == 200
    assert httpx.get(f"{house.servers[0].base_url}/metrics", timeout=PATIENCE).status_code == 200


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A folder with a certificate that nobody trusts."""
    files = ["-keyout", str(tmp_path / "privkey.pem"), "-out", str(tmp_path / "fullchain.pem")]
    command = ["openssl", "req", "-x509", "-nodes", "-newkey", "rsa:2048", "-subj", "/CN=neacd.example.org", *files]
    subprocess.run(command, check=True, capture_output=True)
    return tmp_path


def test_nginx_finds_the_examples_in_order(tmp_path: Path, certificate: Path) -> None:
    site = (DEPLOY / "nginx.conf").read_text()
    assert "/etc/ssl/neacd/" in site
    said = checked(lay_out(tmp_path / "one", site.replace("/etc/ssl/neacd/", f"{certificate}/")))
    assert said.returncode == 0, said.stderr
    compose = (DEPLOY / "nginx-compose.conf").read_text()
    for number in (1, 2, 3):
        compose = compose.replace(f"web-{number}:", "127.0.0.1:")  # the containers' names are known in compose alone
    said = checked(lay_out(tmp_path / "compose", compose))
    assert said.returncode == 0, said.stderr


def test_nginx_would_find_a_fault(tmp_path: Path) -> None:
    assert checked(lay_out(tmp_path, "server { listen 80; proxy_pas http://neacd; }")).returncode != 0
