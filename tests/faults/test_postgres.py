"""PostgreSQL, Redis and three server processes behind no proxy at all: whoever loses their line comes back to another
process. One record comes of it, and everybody sees the same room.
"""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from random import Random

import psycopg
import pytest

from tests.faults.conftest import Recovers
from tests.faults.databases import database_of
from tests.faults.door import Door
from tests.faults.record import events_of, holds
from tests.faults.steadfast import SHORTLY, Steadfast, present, sees_what_is_there
from tests.faults.talk import all_is_well, heard_by_all, kept_once, remarks, statements, until_more_answers
from tests.programs import PATIENCE, Postgres, Served
from tests.wire.client import Line, Place

pytestmark = [pytest.mark.postgres, pytest.mark.redis]

SEED = 19971204
DROPS = 12
SEATS = ("PRC-MFA", "JPN-MFA", "ROK-MFA", "RUS-MFA", "USA-MFA")
# What the database must give back as it was: jsonb keeps neither the order of keys nor spaces, and knows no NUL.
STRANGE = (
    'quote " backslash \\ \\u0000 {"b": 1, "a": [2.0, 1e3]}   tab\t line \u2028 \U0001f54a \u200fright\u200e 투명성 é'
)


@dataclass
class House:
    """Three processes of one installation, and the moderator's browser at the first."""

    servers: tuple[Served, ...]
    moderator: Door

    @property
    def ports(self) -> list[int]:
        return [one.port for one in self.servers]

    def ports_from(self, number: int) -> list[int]:
        """The ports in turn, beginning with another for each number."""
        first = number % len(self.ports)
        return [*self.ports[first:], *self.ports[:first]]


@pytest.fixture(scope="module")
def house(postgres_program: Postgres, redis_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The first process lays the tables; each has a folder of its own, and the key in common."""
    url = database_of(postgres_program, "faults")
    common = {"DATABASE_URL": url, "REDIS_URL": redis_server, "SECRET_KEY": "the-same-in-all-three-" + "x" * 40}
    with ExitStack() as ending:
        servers = [ending.enter_context(Served(tmp_path_factory.mktemp("house"), **common)) for _ in range(3)]
        first, *_others = started = tuple(server.start() for server in servers)
        yield House(started, ending.enter_context(Door(first)))


@dataclass(frozen=True)
class Room:
    """A session that has begun: the chair, a delegate on each of the seats, an observer."""

    chair: Place
    delegates: tuple[Place, ...]
    observer: Place

    @property
    def code(self) -> str:
        return self.chair.code


@pytest.fixture
def room(house: House) -> Room:
    chair = house.moderator.open_room()
    with ExitStack() as ending:
        doors = [ending.enter_context(Door(server)) for server in house.servers]
        delegates = tuple(doors[n % 3].join(chair.code, seat) for n, seat in enumerate(SEATS))
        opened = Room(chair, delegates, doors[1].join(chair.code))
    with Line(house.ports[1], chair) as line:
        assert line.ask("set_speech_seconds", seconds=10)["done"]
        assert line.ask("start_session")["done"]
    return opened


def test_lines_are_dropped_a_process_is_killed_and_one_record_comes_of_it(
    house: House, room: Room, recovers: Recovers
) -> None:
    chance, news = Random(SEED), threading.Condition()
    chair = Steadfast(room.chair, house.ports_from(0), "html", statements(), news=news)
    delegates = [
        Steadfast(place, house.ports_from(n), ("json", "html")[n % 2], remarks(seat), news=news)
        for n, (seat, place) in enumerate(zip(SEATS, room.delegates, strict=True))
    ]
    onlookers = [Steadfast(room.observer, house.ports_from(n), ("json", "html")[n % 2], news=news) for n in range(4)]
    people = (chair, *delegates, *onlookers)
    with present(*people):
        chair.done("call_on", seat="USA-MFA")
        for _ in range(DROPS):
            chance.choice(people).drop()
            until_more_answers(news, people, 4)
        house.servers[2].kill()
        with recovers("one of three processes killed"):
            heard_by_all(chair, people, "Two are left")
        until_more_answers(news, people, 15)
        house.servers[2].start()
        for one in people:
            one.finish()
        onlookers[0].until(lambda one: any(event["name"] == "floor.speech_time_up" for event in one.events))
        for one in people:
            assert one.faults == []
            for port in house.ports:
                sees_what_is_there(one, port)
    names = [event.name for event in events_of(house.servers[0], room.code)]
    assert names.count("floor.speech_time_up") == 1, "three clocks, one bell"
    kept_once(house.servers[0], room.code, people)
    holds(house.servers[1], room.code)


def test_two_moderators_press_at_once_at_two_processes_and_one_wins(house: House, room: Room) -> None:
    for place in room.delegates:
        with Line(house.ports[2], place) as line:
            assert line.ask("ask_for_floor")["done"]
    speech = ""
    with Line(house.ports[0], room.chair) as one, Line(house.ports[1], room.chair) as two:
        for number in range(len(SEATS)):
            press = {"command": "next_speaker", "data": {"seen": speech}}
            for name, line in (("one", one), ("two", two)):
                line.send({**press, "request_id": f"{name}-{number}"})
            answers = [one.outcome(f"one-{number}", PATIENCE), two.outcome(f"two-{number}", PATIENCE)]
            assert sorted(answers) == ["changed_meanwhile", "done"]
            given = [event for event in events_of(house.servers[0], room.code) if event.name == "floor.given"]
            assert len(given) == number + 1
            speech = given[-1].data["request"]
    holds(house.servers[2], room.code)


def test_one_request_at_three_processes_at_once_is_carried_out_once(house: House, room: Room) -> None:
    with ExitStack() as leaving:
        lines = [leaving.enter_context(Line(port, room.chair)) for port in house.ports]
        for number in range(8):
            for line in lines:
                again = {"command": "chair_statement", "data": {"text": f"Once {number}"}, "request_id": f"n{number}"}
                line.send(again)
            assert [line.outcome(f"n{number}", PATIENCE) for line in lines] == ["done"] * 3
    texts = [event.data.get("text") for event in events_of(house.servers[0], room.code)]
    assert [text for text in texts if text] == [f"Once {number}" for number in range(8)]


def test_what_was_said_comes_back_from_the_database_as_it_was(house: House, room: Room) -> None:
    japan = room.delegates[1]
    with Line(house.ports[0], japan) as line, Line(house.ports[1], japan) as elsewhere:
        assert line.ask("say_in_delegation", text=STRANGE)["done"]
        while not any(event["data"].get("text") for event in elsewhere.events):
            elsewhere.next(PATIENCE)
        assert elsewhere.events[-1]["data"]["text"] == STRANGE.strip()
    holds(house.servers[2], room.code)


WAITING = """
    SELECT count(DISTINCT pid) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%rooms_room%'
"""


@contextmanager
def held(house: House, code: str, waiting: int) -> Iterator[None]:
    """Somebody else writes in a room, and so many wait for it aside, each on a line of its own."""
    url = house.servers[0].env["DATABASE_URL"]
    with psycopg.connect(url) as holding, psycopg.connect(url, autocommit=True) as looking:
        holding.execute("SELECT 1 FROM rooms_room WHERE code = %s FOR NO KEY UPDATE", [code])
        asked, never = 0.0, threading.Event()
        while looking.execute(WAITING).fetchone() != (waiting,):
            assert asked < PATIENCE, "nobody waits aside"
            never.wait(SHORTLY)
            asked += SHORTLY
        yield
        holding.rollback()


def test_in_a_hot_room_all_three_write_at_once_wait_aside_and_end_when_they_are_told(house: House, room: Room) -> None:
    """Everybody has many requests under way at every process; now and then the room is held for a moment, once while
    all three are told to end."""
    news = threading.Condition()
    chair = Steadfast(room.chair, house.ports_from(0), "html", statements(), ahead=2, news=news)
    delegates = [
        Steadfast(place, house.ports_from(n), ("json", "html")[n % 2], remarks(seat), ahead=4, news=news)
        for n, (seat, place) in enumerate(zip(SEATS, room.delegates, strict=True))
    ]
    # The same people once more, on a second device at another process.
    again = [
        Steadfast(place, house.ports_from(n + 1), "json", remarks(f"{seat} again"), ahead=4, news=news)
        for n, (seat, place) in enumerate(zip(SEATS, room.delegates, strict=True))
    ]
    people = (chair, *delegates, *again)
    with present(*people):
        until_more_answers(news, people, 60)
        for _ in range(3):
            with held(house, room.code, waiting=3):
                pass
            until_more_answers(news, people, 60)
        with held(house, room.code, waiting=3):
            assert [server.stop() for server in house.servers] == [0, 0, 0]
        for server in house.servers:
            server.start()
        until_more_answers(news, people, 30)
        all_is_well(house.servers, room.code, people)
