"""Nobody waits for a line: not behind what the house does for itself, nor behind one question that takes long; and no
deadline waits for who comes."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import Context
from time import monotonic, sleep
from typing import Any

import pytest
from channels.db import database_sync_to_async

from rooms import clock, keeping, presence, retention
from rooms.actions import now_ms
from rooms.database_threads import FOR_PEOPLE, for_people
from rooms.domain.floor import FloorGiven
from rooms.models import Event
from tests.rooms.kit import Played, live_played
from tests.wire.client import SOON, Client
from tests.wire.conftest import Server, write_without_poke

pytestmark = pytest.mark.django_db(transaction=True)

Ask = Callable[[Callable[[], None]], Awaitable[None]]


async def anybody(question: Callable[[], None]) -> None:
    """In the one thread that all who name none share."""
    await database_sync_to_async(question)()


LOOPS: dict[str, Ask] = {
    "clock": clock.threads.ask,
    "presence": presence.threads.ask,
    "retention": retention.threads.ask,
    "keeping": keeping.threads.ask,
    "anybody": anybody,
}


@contextmanager
def held(server: Server, *ways: Ask) -> Iterator[None]:
    """Meanwhile every way to the database that is named has a question under way that is not answered."""
    answer, begun, asked = threading.Event(), threading.Semaphore(0), list[Any]()

    def question() -> None:
        begun.release()
        assert answer.wait(30)

    def ask() -> None:
        loop = asyncio.get_running_loop()
        asked.extend(loop.create_task(way(question), context=Context()) for way in ways)

    server.run(ask)
    try:
        for _ in ways:
            assert begun.acquire(timeout=SOON), "a question did not even begin"
        yield
    finally:
        answer.set()


def written(played: Played, name: str, within: float = SOON) -> bool:
    """Whether such an event is on the record in time."""
    until = monotonic() + within
    while monotonic() < until:
        if Event.objects.filter(room=played.room, name=name).exists():
            return True
        sleep(0.02)
    return False


def test_who_comes_waits_for_nothing_that_the_house_does(server: Server) -> None:
    played = live_played()
    with held(server, *LOOPS.values()), Client(server, played.people["moderator"]) as chair:
        start = chair.next()["cursor"]
        assert chair.ask("chair_statement", text="Be welcome.")["done"]
        chair.until(start + 1)
        with Client(server, played.people["observer"], dialect="html") as observer:
            assert observer.next()["content"]


def test_a_deadline_waits_for_nobody_but_the_clock(server: Server) -> None:
    played = live_played()
    given = FloorGiven("r1", played.pid("JPN-MFA"), "JPN-MFA", "JPN", "statement", now_ms() + 200)
    with Client(server, played.people["PRC-MFA"]) as china:
        china.next()
        others = [way for name, way in LOOPS.items() if name != "clock"]
        with held(server, *others, *[for_people.ask] * FOR_PEOPLE):
            write_without_poke(played, given)
            assert written(played, "floor.speech_time_up")


def test_one_question_that_takes_long_leaves_ways_for_the_others(server: Server) -> None:
    played = live_played()
    with held(server, *[for_people.ask] * (FOR_PEOPLE - 1)), Client(server, played.people["moderator"]) as chair:
        chair.next()
