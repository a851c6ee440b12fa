"""The clock of a machine is stepped back an hour; two machines' clocks differ by one. Deadlines come when they were
promised all the same, and what is written down never goes back.
"""

import threading
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.conftest import require
from tests.faults.clocks import find_faketime, put, set_by
from tests.faults.conftest import Recovers
from tests.faults.databases import database_of
from tests.faults.door import Door
from tests.faults.record import events_of
from tests.faults.steadfast import Steadfast, present
from tests.faults.talk import all_is_well, heard_by_all, remarks, statements, until_more_answers
from tests.programs import Postgres, Served
from tests.wire.client import Place

pytestmark = pytest.mark.served

A_SPEECH = 10  # seconds: the shortest that the rules allow
AN_HOUR = 3_600_000  # ms


@pytest.fixture(autouse=True)
def _lies() -> None:
    require(find_faketime(), "libfaketime is not installed (Debian's faketime)")


def seated(server: Served) -> tuple[Place, Place, Place]:
    """A session that has begun: its chair, Japan, an observer."""
    with Door(server) as door:
        chair = door.open_room()
        japan, observer = door.join(chair.code, "JPN-MFA"), door.join(chair.code)
    with present(Steadfast(chair, [server.port], "json")) as (moderator,):
        moderator.done("set_speech_seconds", seconds=A_SPEECH)
        moderator.done("start_session")
    return chair, japan, observer


def never_goes_back(server: Served, code: str) -> None:
    instants = [event.at for event in events_of(server, code)]
    assert instants == sorted(instants)


def rung(one: Steadfast) -> bool:
    return any(event["name"] == "floor.speech_time_up" for event in one.events)


def until_rung(people: Sequence[Steadfast]) -> None:
    """Wait for the end of the speech, in which nobody says more than they have said."""
    with ExitStack() as quiet:
        for one in people:
            quiet.enter_context(one.quiet())
        for one in people:
            if one.dialect == "json":
                one.until(rung, "the end of the speech")


def test_a_clock_stepped_back_an_hour_holds_up_no_deadline(
    served: Callable[..., Served], tmp_path: Path, recovers: Recovers
) -> None:
    clock = tmp_path / "clock"
    server = served(**set_by(clock))
    chair, japan, observer = seated(server)
    ports, news = [server.port], threading.Condition()
    people = (
        Steadfast(chair, ports, "html", statements(), news=news),
        Steadfast(japan, ports, "html", remarks("Japan"), news=news),
        Steadfast(observer, ports, "json", news=news),
    )
    with present(*people):
        people[0].done("call_on", seat="JPN-MFA")
        until_more_answers(news, people, 5)
        put(clock, "-1h")
        with recovers("a clock stepped back an hour"):
            heard_by_all(people[0], people, "What time is it?")
        until_more_answers(news, people, 5)
        until_rung(people)
        put(clock, "+1h")
        until_more_answers(news, people, 5)
        all_is_well([server], chair.code, people)
    never_goes_back(server, chair.code)
    events = events_of(server, chair.code)
    (up,) = (event for event in events if event.name == "floor.speech_time_up")
    (given,) = (event for event in events if event.name == "floor.given")
    assert given.data["ends_at"] <= up.at < given.at + AN_HOUR / 2


@pytest.mark.postgres
@pytest.mark.redis
def test_two_clocks_an_hour_apart_are_one(
    served: Callable[..., Served], postgres_program: Postgres, redis_server: str, tmp_path: Path, recovers: Recovers
) -> None:
    common = {"DATABASE_URL": database_of(postgres_program, "clocks"), "REDIS_URL": redis_server}
    common["SECRET_KEY"] = "the-same-in-both-" + "x" * 40
    right = served(**common)
    wrong = served(**common, **set_by(tmp_path / "clock", "+1h"))
    chair, japan, observer = seated(right)
    news = threading.Condition()
    people = (
        Steadfast(chair, [right.port], "html", statements(), news=news),
        Steadfast(japan, [wrong.port], "html", remarks("Japan"), news=news),
        Steadfast(observer, [right.port], "json", news=news),
        Steadfast(observer, [wrong.port], "json", news=news),
    )
    with present(*people):
        began = time.monotonic()
        people[0].done("call_on", seat="JPN-MFA")
        until_more_answers(news, people, 5)
        until_rung(people)
        assert time.monotonic() - began >= A_SPEECH, "the clock that is ahead rang too early"
        with recovers("two clocks an hour apart"):
            heard_by_all(people[0], people, "What time is it?")
        all_is_well([right, wrong], chair.code, people)
    never_goes_back(right, chair.code)
    now = time.time_ns() // 1_000_000
    assert all(abs(event.at - now) < AN_HOUR / 2 for event in events_of(right, chair.code))
