"""The disk under PostgreSQL is full while people talk: the one with its tables, where it refuses and goes on, or that
with its log, of which it dies and cannot come back. Who is not heard is told so in a sentence, and when there is room
again all goes on.
"""

import itertools
import shutil
import tempfile
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from random import Random
from typing import Any, LiteralString

import psycopg
import pytest

from tests.conftest import NEEDS, require
from tests.faults.conftest import Recovers
from tests.faults.databases import database_of
from tests.faults.disks import disk_at, filled
from tests.faults.steadfast import SHORTLY, Steadfast, present
from tests.faults.talk import all_is_well, heard_by_all, statements, until_more_answers
from tests.faults.test_database_away import posted, room_with_two
from tests.programs import PATIENCE, Postgres, Served

pytestmark = [pytest.mark.served, pytest.mark.postgres]

SEED = 19971206
SIZES = {"data": 160, "wal": 32}  # megabytes: a little more than an installation takes when it has just been made
NO_ROOM = "No space left on device"
LENGTH = 11_000  # bytes of noise in a long speech; written down in 64 signs they are 14,668
REFUSED = 4  # people's requests, until the disk counts as full


class SmallPostgres(Postgres):
    """One whose tables, or whose log, have a small disk of their own, so that either can be filled by itself."""

    def __init__(self, folder: Path, small: str) -> None:
        super().__init__(folder)
        self._small = small
        self.disk = folder / small

    def __enter__(self) -> "SmallPostgres":
        self._ending = ExitStack()
        with self._ending:
            self.disk.mkdir(parents=True)
            self._ending.enter_context(disk_at(self.disk, SIZES[self._small]))
            shutil.chown(self.disk, "postgres", "postgres")
            self._ending.callback(self.stop)
            self.create()
            # Else it would write for long into files that it has used before.
            self._tell("ALTER SYSTEM SET wal_recycle = off", "SELECT pg_reload_conf()")
            self._ending = self._ending.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.close()

    def _run(self, program: str, *args: str) -> None:
        on_two = ("--wal-segsize=1", f"--waldir={self._folder / 'wal'}") if program == "initdb" else ()
        super()._run(program, *args, *on_two)

    def _tell(self, *sentences: LiteralString) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            for sentence in sentences:
                connection.execute(sentence)

    def give_up_what_it_can(self) -> None:
        """Of its log it keeps no more than it must; what another still read from would stay on the disk else."""
        self.stop()
        self.start()

    @property
    def log(self) -> str:
        return (self._folder / "log").read_text()

    @property
    def is_there(self) -> bool:
        return (self._folder / "data" / "postmaster.pid").exists()

    def is_gone(self) -> None:
        """Wait until it has given up."""
        asked, never = 0.0, threading.Event()
        while self.is_there:
            assert asked < PATIENCE, f"it is still there:\n{self.log}"
            never.wait(SHORTLY)
            asked += SHORTLY


@pytest.fixture
def small(request: pytest.FixtureRequest) -> Iterator[SmallPostgres]:
    require(NEEDS["postgres"][0](), NEEDS["postgres"][1])
    folder = Path(tempfile.mkdtemp(prefix="neacd-postgres-"))
    folder.chmod(0o755)  # the user postgres must be able to walk there
    try:
        with SmallPostgres(folder / "cluster", request.param) as postgres:
            yield postgres
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def speeches(who: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Long ones, to the own side, in words that cannot be pressed into less."""
    chance = Random(f"{SEED} {who}")
    for number in itertools.count():
        yield "say_in_delegation", {"text": f"{who} {number} {b64encode(chance.randbytes(LENGTH)).decode()}"}


def unavailable(one: Steadfast) -> int:
    return list(one.answers.copy().values()).count("unavailable")


def until_refused(news: threading.Condition, people: tuple[Steadfast, ...]) -> None:
    """Wait until what some of them said could not be kept."""
    with news:
        full = news.wait_for(lambda: sum(map(unavailable, people)) >= REFUSED, PATIENCE)
    assert full, "the disk never was full"


def ask_again(people: tuple[Steadfast, ...]) -> None:
    """Everybody who could not learn whether they were heard asks the same once more, and learns it."""
    for one in people:
        for request_id, answer in one.answers.copy().items():
            if answer == "unsure":
                one.repeat(request_id, anew=True)
                assert one.answer_to(request_id) != "unsure"


@pytest.mark.parametrize("small", SIZES, indirect=True)
def test_a_full_disk_under_postgresql_refuses_and_loses_nothing_even_if_it_dies_of_it(
    served: Callable[..., Served], small: SmallPostgres, recovers: Recovers
) -> None:
    dies = small.disk.name == "wal"
    server = served(DATABASE_URL=database_of(small, "no_room"))
    chair, japan = room_with_two(server)
    small.give_up_what_it_can()
    ports, news = [server.port], threading.Condition()
    people = (
        Steadfast(chair, ports, "html", statements(), news=news),
        Steadfast(japan, ports, "json", speeches("Japan"), news=news),
        Steadfast(japan, ports, "html", news=news),
        Steadfast(chair, ports, "json", news=news),
    )
    with present(*people):
        until_more_answers(news, people, 10)
        with filled(small.disk):
            until_refused(news, people)
            if dies:
                small.is_gone()
            form = posted(server, japan, command="say_in_delegation", text=next(speeches("A form"))[1]["text"])
            assert (form.status_code, form.json()["refused"]["code"]) == (503, "unavailable")
            assert form.json()["refused"]["message"].endswith("Nothing was changed; try again shortly.")
        assert NO_ROOM in small.log
        assert ("PANIC" in small.log) == dies
        with recovers(f"PostgreSQL's disk full, the one with its {'log: it died of it' if dies else 'tables'}"):
            if dies:
                small.start()
            heard_by_all(people[0], people, "There is room again.")
        ask_again(people)
        until_more_answers(news, people, 10)
        all_is_well([server], chair.code, people)
        # The third screen shows all of the long speeches anew at each: on a busy machine it may not keep up, and comes
        # back.
        assert [one.lines for one in people[:2] + people[3:]] == [1, 1, 1], "nobody's line is closed for it"
