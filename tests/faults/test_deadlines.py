"""Deadlines in real servers: each fires once, not before its instant, with one process and with three over the same
record, and after a restart. How late they are on an idle machine is measured by the bench.
"""

import itertools
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial

import pytest

from tests.faults.conftest import Recovers
from tests.faults.door import Door
from tests.faults.record import Kept, events_of, holds
from tests.faults.steadfast import Steadfast, present, sees_what_is_there
from tests.faults.talk import heard_by_all, kept_once, shows
from tests.programs import PATIENCE, Redis, Served
from tests.wire.client import Place

pytestmark = pytest.mark.served

A_SPEECH = 10  # seconds: the shortest that the rules allow
A_BREATH = 0.5  # seconds between two words
A_MINUTE = 61  # seconds, and one: the shortest silence


def seated(server: Served) -> tuple[Place, Place]:
    """A room that has not begun: its chair, and Japan."""
    with Door(server) as door:
        chair = door.open_room()
        return chair, door.join(chair.code, "JPN-MFA")


def given_the_floor(moderator: Steadfast) -> None:
    """A short speech of Japan's runs."""
    moderator.done("set_speech_seconds", seconds=A_SPEECH)
    moderator.done("call_on", seat="JPN-MFA")


def named(server: Served, code: str, name: str) -> list[Kept]:
    return [one for one in events_of(server, code) if one.name == name]


def until_kept(server: Served, code: str, name: str, count: int = 1) -> list[Kept]:
    """The events of that name, when there are so many."""
    for _ in range(int(PATIENCE * 10)):
        if len(found := named(server, code, name)) >= count:
            return found
        time.sleep(0.1)
    raise AssertionError(f"{name} has not come {count} times")


def fired_once(server: Served, code: str) -> None:
    """The speech's time was up once, and not before it was."""
    (given,) = named(server, code, "floor.given")
    (up,) = until_kept(server, code, "floor.speech_time_up")
    assert up.at >= given.data["ends_at"]
    assert up.actor == "clock"


@pytest.mark.redis
@pytest.mark.parametrize("processes", [1, 3])
def test_every_deadline_fires_once(served: Callable[..., Served], redis_program: Redis, processes: int) -> None:
    first = served(REDIS_URL=redis_program.url) if processes > 1 else served()
    others = [served(var=first.var, REDIS_URL=redis_program.url) for _ in range(processes - 1)]
    chair, japan = seated(first)
    ports = [one.port for one in (first, *others)]
    with ExitStack() as stack:
        # Somebody looks at the room in each process, so that each has a reason to see to it.
        moderator, *_ = stack.enter_context(
            present(Steadfast(chair, ports, "json"), *(Steadfast(japan, [port], "html") for port in ports))
        )
        for number in range(3):
            moderator.done("add_inject", title=f"News {number}", text="It rains.", sender="Wire service", to=["all"])
        before = named(first, chair.code, "injects.added")
        for added in before:
            moderator.done("arm_inject", inject=added.data["inject"], kind="time", minutes=0)
        moderator.done("start_session")
        until_kept(first, chair.code, "injects.released", 3)
        given_the_floor(moderator)
        fired_once(first, chair.code)
        time.sleep(1)  # ten more beats of every clock
    fired_once(first, chair.code)
    began = named(first, chair.code, "room.session_started")[0]
    released = named(first, chair.code, "injects.released")
    mine = {one.data["inject"] for one in before}
    assert sorted(one.data["inject"] for one in released if one.data["inject"] in mine) == sorted(mine)
    assert all(one.at >= began.at for one in released)
    holds(first, chair.code)


def silence_kept_once(server: Served, code: str) -> None:
    """The text was adopted under silence once, by the clock, and not before the hour that was named."""
    (proposed,) = named(server, code, "decisions.silence_proposed")
    (kept,) = until_kept(server, code, "decisions.silence_kept")
    assert kept.at >= proposed.data["closes_at"]
    assert kept.actor == "clock"


def under_silence(moderator: Steadfast) -> None:
    """A text is put under silence for a minute, and the session pauses: its clock runs on."""
    moderator.done("start_session")
    moderator.done("open_document", title="Calm seas")
    moderator.done("propose_paragraph", text="The seas are calm.")
    moderator.done("propose_silence", minutes=1)
    moderator.done("pause_session", reason="Coffee")


@contextmanager
def without(redis: Redis) -> Iterator[None]:
    """It is stopped, and starts again empty."""
    redis.stop()
    try:
        yield
    finally:
        redis.start()


def talk_for(seconds: float, people: Sequence[Steadfast]) -> None:
    """One after the other says something to the own side, which may be done in a pause, too, and is heard by all."""
    until = time.monotonic() + seconds
    for number in itertools.count():
        if time.monotonic() >= until:
            return
        word = f"Word {number} of the pause"
        people[number % len(people)].done("say_in_delegation", text=word)
        for one in people:
            one.until(partial(shows, text=word), word)
        time.sleep(A_BREATH)


@pytest.mark.redis
@pytest.mark.once
def test_a_minute_without_redis_and_elsewhere_without_the_server_breaks_no_silence(
    served: Callable[..., Served], redis_program: Redis, recovers: Recovers
) -> None:
    """Two installations, so that a minute is waited for once: three processes in a pause, whose Redis is away; and a
    server that is dead meanwhile."""
    alone = served()
    elsewhere, _somebody = seated(alone)
    with present(Steadfast(elsewhere, [alone.port], "json")) as (moderator,):
        under_silence(moderator)
    alone.kill()
    first = served(REDIS_URL=redis_program.url)
    others = [served(var=first.var, REDIS_URL=redis_program.url) for _ in range(2)]
    chair, japan = seated(first)
    ports = [one.port for one in (first, *others)]
    with ExitStack() as stack:
        moderator, *onlookers = stack.enter_context(
            present(Steadfast(chair, ports, "json"), *(Steadfast(japan, [port], "html") for port in ports))
        )
        under_silence(moderator)
        people = (moderator, *onlookers)
        with without(redis_program):
            talk_for(A_MINUTE, onlookers)
            silence_kept_once(first, chair.code)
            moderator.until(lambda one: any(event["name"] == "decisions.silence_kept" for event in one.events))
        with recovers("Redis stopped for a minute"):
            heard_by_all(moderator, people, "Redis is back")
        for one in people:
            for port in ports:
                sees_what_is_there(one, port)
            assert one.lines == 1, "no fault of Redis may close a socket"
        assert named(alone, elsewhere.code, "decisions.silence_kept") == []
        with recovers("the only process dead for a minute, over a deadline"):
            alone.start()
            silence_kept_once(alone, elsewhere.code)
        assert named(first, chair.code, "decisions.adoption_announced") == []
        moderator.done("resume_session")
        until_kept(first, chair.code, "decisions.adoption_announced")
        time.sleep(1)  # ten more beats of every clock
    kept_once(first, chair.code, people)
    silence_kept_once(first, chair.code)
    silence_kept_once(alone, elsewhere.code)
    assert len(named(first, chair.code, "decisions.adoption_announced")) == 1
    holds(first, chair.code)
    holds(alone, elsewhere.code)


@pytest.mark.parametrize("away", [0, A_SPEECH], ids=["before the deadline", "after the deadline"])
def test_a_deadline_outlives_the_server(served: Callable[..., Served], away: int) -> None:
    server = served()
    chair, _japan = seated(server)
    with present(Steadfast(chair, [server.port], "json")) as (moderator,):
        moderator.done("start_session")
        given_the_floor(moderator)
    server.kill()
    assert named(server, chair.code, "floor.speech_time_up") == []
    time.sleep(away)
    server.start()
    fired_once(server, chair.code)
    time.sleep(1)
    fired_once(server, chair.code)
    holds(server, chair.code)
