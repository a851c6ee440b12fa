"""The database is locked, full or gone: every door refuses in a sentence, nothing is half-done, and when it is back the
same request is carried out, once. Nobody's line is closed for it.
"""

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

import httpx
import pytest

from tests.faults.conftest import Recovers
from tests.faults.databases import database_of
from tests.faults.disks import disk_at, filled
from tests.faults.door import Door
from tests.faults.record import events_of, holds
from tests.faults.steadfast import Steadfast, present, sees_what_is_there
from tests.faults.talk import all_is_well, heard_by_all, remarks, statements, until_more_answers
from tests.programs import PATIENCE, ROOT, Postgres, Served
from tests.wire.client import Place

pytestmark = pytest.mark.served

SENTENCE = "The server could not write this down just now. Nothing was changed; try again shortly."
RESTARTS = 3
LITTLE_ROOM = 65_536  # bytes a file may still grow to; the record of a room just opened is larger already
LONG = "Transparency. " * 1_000


def room_with_two(server: Served) -> tuple[Place, Place]:
    """A session that has begun: its chair, and Japan."""
    with Door(server) as door:
        chair = door.open_room()
        japan = door.join(chair.code, "JPN-MFA")
    with present(Steadfast(chair, [server.port], "json")) as (moderator,):
        moderator.done("start_session")
    return chair, japan


def posted(server: Served, place: Place, **fields: str) -> httpx.Response:
    """A command by the plain form that works when the socket is down."""
    return httpx.post(
        f"{server.base_url}/rooms/{place.code}/{place.pid}/act/",
        data=fields,
        cookies={f"seat_{place.code}_{place.pid}": place.ticket},
        headers={"Accept": "application/json", "Origin": server.base_url},
        timeout=PATIENCE,
    )


def asked_of_api(server: Served, place: Place, command: str, **data: str) -> httpx.Response:
    """A command by the API."""
    return httpx.post(
        f"{server.base_url}/api/rooms/{place.code}/{place.pid}/commands/",
        json={"command": command, "data": data},
        headers={"Authorization": f"Bearer {place.ticket}"},
        timeout=PATIENCE,
    )


def texts_of(server: Served, code: str) -> list[str]:
    return [event.data["text"] for event in events_of(server, code) if "text" in event.data]


# Locked


@contextmanager
def locked(server: Served) -> Iterator[None]:
    """Another program writes to the file, and does not come to an end."""
    other = sqlite3.connect(server.var / "neacd.sqlite3", isolation_level=None, timeout=PATIENCE)
    other.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


@pytest.mark.sqlite
def test_a_locked_file_refuses_and_the_same_request_is_done_once_it_is_free(
    served: Callable[..., Served], recovers: Recovers
) -> None:
    server = served()
    chair, japan = room_with_two(server)
    people = (Steadfast(chair, [server.port], "html"), Steadfast(japan, [server.port], "json"))
    with present(*people) as (moderator, delegate):
        before = events_of(server, chair.code)
        with locked(server):
            said = delegate.say("say_in_delegation", text="While it was locked")
            form = posted(server, chair, command="chair_statement", text="By a form")
            assert (form.status_code, form.json()["refused"]["code"]) == (503, "unavailable")
            assert form.json()["refused"]["message"] == SENTENCE
            assert delegate.answer_to(said) == "unavailable"
            assert events_of(server, chair.code) == before
        delegate.repeat(said, anew=True)
        assert delegate.answer_to(said) == "done"
        with recovers("SQLite locked by another program"):
            heard_by_all(moderator, people, "We go on.")
        for one in people:
            sees_what_is_there(one, server.port)
            assert one.lines == 1
    assert texts_of(server, chair.code) == ["While it was locked", "We go on."]
    holds(server, chair.code)


# Full


@contextmanager
def growth_forbidden(server: Served) -> Iterator[None]:
    """No file of the server's may grow any more, as where a quota is used up."""
    before = resource.prlimit(server.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (LITTLE_ROOM, before[1]))
    try:
        yield
    finally:
        with suppress(ProcessLookupError):  # it may have died meanwhile
            resource.prlimit(server.pid, resource.RLIMIT_FSIZE, before)


def disk_filled(server: Served) -> AbstractContextManager[None]:
    """Nothing more fits on the disk that the records are on."""
    return filled(server.var)


Full = Callable[[Served], AbstractContextManager[None]]


@pytest.fixture
def small_disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """A folder; where the disk shall be filled, on a disk of its own, of a few megabytes."""
    if request.node.callspec.params["full"] is not disk_filled:
        yield tmp_path
        return
    with disk_at(tmp_path, 24) as disk:
        yield disk


def fill(moderator: Steadfast, name: str) -> list[str]:
    """The chair speaks at length until there is no room for more; what was said by then."""
    said: list[str] = []
    for number in range(20):
        text = f"{name} {number} {LONG}".strip()
        answer = moderator.answer_to(moderator.say("chair_statement", text=text))
        if answer == "unavailable":
            return said
        assert answer == "done"
        said.append(text)
    raise AssertionError("the disk never was full")


@pytest.mark.sqlite
@pytest.mark.parametrize("full", [growth_forbidden, disk_filled], ids=["no file may grow", "the disk is full"])
def test_a_full_disk_refuses_and_loses_nothing_even_if_the_server_dies_of_it(
    served: Callable[..., Served], prepared_var: Path, small_disk: Path, recovers: Recovers, full: Full
) -> None:
    shutil.copytree(prepared_var, small_disk, dirs_exist_ok=True)
    server = served(var=small_disk)
    chair, japan = room_with_two(server)
    people = (Steadfast(chair, [server.port], "html"), Steadfast(japan, [server.port], "json"))
    with present(*people) as (moderator, delegate):
        with full(server):
            said = fill(moderator, "First")
            assert texts_of(server, chair.code) == said
            refused = delegate.say("say_in_delegation", text=LONG.strip())
            assert delegate.answer_to(refused) == "unavailable"
        with recovers("a full disk"):
            heard_by_all(moderator, people, "There is room again.")
        said.append("There is room again.")
        for one in people:
            sees_what_is_there(one, server.port)
            assert one.lines == 1
        with full(server):
            said += fill(moderator, "Second")
            server.kill()
        server.start()
        moderator.done("chair_statement", text="We go on.")
        for one in people:
            sees_what_is_there(one, server.port)
    assert texts_of(server, chair.code) == [*said, "We go on."]
    holds(server, chair.code)


# Gone


@pytest.mark.postgres
def test_a_database_that_is_gone_refuses_at_every_door_and_is_found_again(
    served: Callable[..., Served], postgres_program: Postgres, recovers: Recovers
) -> None:
    server = served(DATABASE_URL=database_of(postgres_program, "away"))
    chair, japan = room_with_two(server)
    people = (
        Steadfast(chair, [server.port], "html"),
        Steadfast(japan, [server.port], "json"),
        Steadfast(japan, [server.port], "html"),
    )
    with present(*people) as (moderator, delegate, phone):
        postgres_program.stop()
        try:
            assert moderator.answer_to(moderator.say("chair_statement", text="Nobody hears")) == "unavailable"
            form = posted(server, chair, command="chair_statement", text="Nobody hears")
            assert (form.status_code, form.json()["refused"]["code"]) == (503, "unavailable")
            api = asked_of_api(server, chair, "chair_statement", text="Nobody hears")
            assert (api.status_code, api.json()["code"]) == (503, "unavailable")
            page = httpx.get(
                f"{server.base_url}/rooms/{japan.code}/{japan.pid}/",
                cookies={f"seat_{japan.code}_{japan.pid}": japan.ticket},
                timeout=PATIENCE,
            )
            assert page.status_code == 503
            assert "try again" in page.text.lower()
            health = server.health()
            assert (health.status_code, health.json()["database"]) == (503, False)
            phone.drop()
        finally:
            postgres_program.start()
        with recovers("PostgreSQL stopped and started"):
            heard_by_all(moderator, people, "We go on.")
        delegate.done("say_in_delegation", text="It is back.")
        for one in people:
            sees_what_is_there(one, server.port)
            assert one.lines == (2 if one is phone else 1)
    assert server.health().status_code == 200
    assert texts_of(server, chair.code) == ["We go on.", "It is back."]
    holds(server, chair.code)


@pytest.mark.postgres
def test_a_database_restarted_again_and_again_under_load_loses_and_doubles_nothing(
    served: Callable[..., Served], postgres_program: Postgres, recovers: Recovers
) -> None:
    server = served(DATABASE_URL=database_of(postgres_program, "restarted"))
    chair, japan = room_with_two(server)
    ports, news = [server.port], threading.Condition()
    people = (
        Steadfast(chair, ports, "html", statements(), news=news),
        Steadfast(japan, ports, "json", remarks("Japan"), news=news),
        Steadfast(japan, ports, "html", news=news),
    )
    with present(*people):
        for number in range(RESTARTS):
            until_more_answers(news, people, 10)
            postgres_program.stop()
            with recovers("PostgreSQL restarted under load"):
                postgres_program.start()
                heard_by_all(people[0], people, f"It is back {number}")
        all_is_well([server], chair.code, people)


@pytest.mark.postgres
def test_who_vanishes_in_mid_transaction_does_not_hold_a_room_for_ever(postgres_program: Postgres) -> None:
    ask = "from django.db import connection as c; k = c.cursor(); k.execute('SHOW {}'); print(k.fetchone()[0])"
    told = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v", "0", "-c", ask.format("idle_in_transaction_session_timeout")],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": postgres_program.url},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "30s"
