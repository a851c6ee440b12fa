"""The network between one of two processes and Redis is cut, in both directions or in one. Nobody's room stands still
for it, and when it is mended pokes cross again.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import redis

from tests.conftest import require
from tests.faults.conftest import Recovers
from tests.faults.door import Door
from tests.faults.steadfast import SHORTLY, Steadfast, present
from tests.faults.talk import all_is_well, heard_by_all, remarks, statements, until_more_answers
from tests.faults.wires import BACK, THERE, RedisOnWires, find_namespaces
from tests.programs import PATIENCE, Served
from tests.wire.client import Place

pytestmark = [pytest.mark.served, pytest.mark.redis]


@pytest.fixture
def wired() -> Iterator[RedisOnWires]:
    require(find_namespaces(), "Network namespaces need root and the program ip (iproute2)")
    with RedisOnWires() as between:
        yield between


def until(held: Callable[[], bool], what: str) -> None:
    """Ask again and again."""
    asked, never = 0.0, threading.Event()
    while not held():
        assert asked < PATIENCE, f"{what} never came"
        never.wait(SHORTLY)
        asked += SHORTLY


def listeners(between: RedisOnWires, n: int) -> int:
    """How many listen from the near end of a wire."""
    near, _far = between.ends[n]
    with redis.Redis.from_url(between.urls[1 - n]) as asking:
        return sum(one["addr"].startswith(f"{near}:") for one in asking.client_list(_type="pubsub"))


FAULTS = {
    "a process and Redis cut off from one another": (THERE, BACK),
    "Redis not hearing one process": (THERE,),
    "one process not hearing Redis": (BACK,),
}


@contextmanager
def company(first: Served, second: Served) -> Iterator[tuple[Place, tuple[Steadfast, ...], threading.Condition]]:
    """A session that has begun, with people at either process who talk or watch."""
    with Door(first) as door:
        chair = door.open_room()
        japan, observer = door.join(chair.code, "JPN-MFA"), door.join(chair.code)
    here, there, news = [first.port], [second.port], threading.Condition()
    people = (
        Steadfast(chair, here, "html", statements(), news=news),
        Steadfast(japan, there, "json", remarks("Japan"), news=news),
        Steadfast(observer, here, "json", news=news),
        Steadfast(observer, there, "html", news=news),
    )
    with present(Steadfast(chair, here, "json")) as (moderator,):
        moderator.done("start_session")
    with present(*people):
        yield chair, people, news


def test_a_wire_to_redis_is_cut_in_either_direction(
    served: Callable[..., Served], wired: RedisOnWires, recovers: Recovers
) -> None:
    first = served(REDIS_URL=wired.urls[0])
    second = served(var=first.var, REDIS_URL=wired.urls[1])
    with company(first, second) as (chair, people, news):
        for fault, ways in FAULTS.items():
            with wired.lost(0, *ways):
                until_more_answers(news, people, 30)
                heard_by_all(people[0], people, f"Said during {fault}")
                assert first.health().status_code == 503
                if ways == (THERE, BACK):
                    wired.give_up(0)
            with recovers(fault):
                # Who is ready has sent itself a message by Redis, and heard it.
                until(lambda: first.health().status_code == 200, "Redis to the first process")
                heard_by_all(people[0], people, f"Said after {fault}")
        all_is_well([first, second], chair.code, people)
        assert [one.lines for one in people] == [1, 1, 1, 1], "no fault of Redis may close a socket"


def test_a_process_that_redis_gave_up_listens_again_by_itself(
    served: Callable[..., Served], wired: RedisOnWires, recovers: Recovers
) -> None:
    first = served(REDIS_URL=wired.urls[0])
    second = served(var=first.var, REDIS_URL=wired.urls[1])
    with company(first, second) as (chair, people, news):
        until(lambda: listeners(wired, 0) == 1, "the process to listen")
        with wired.lost(0, THERE, BACK):
            wired.give_up(0)
            assert listeners(wired, 0) == 0
            until_more_answers(news, people, 15)
        with recovers("a process that Redis gave up while the wire was cut"):
            until(lambda: listeners(wired, 0) == 1, "the process to listen again")
            heard_by_all(people[0], people, "The wire is mended")
        all_is_well([first, second], chair.code, people)
        assert [one.lines for one in people] == [1, 1, 1, 1], "no fault of Redis may close a socket"
