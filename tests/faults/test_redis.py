"""Two processes over one database, and Redis between them: its pokes bring events across at once, and without it the
room goes on in both all the same.
"""

import asyncio
import os
import signal
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field

import pytest
import redis
from asgiref.sync import sync_to_async
from channels.layers import get_channel_layer
from django.test import override_settings

from rooms import process
from rooms.folds import Folds
from rooms.hub import GROUP, Hub
from rooms.painting import Painter
from rooms.sockets import Socket
from tests.faults.conftest import Recovers
from tests.faults.door import Door
from tests.faults.record import holds
from tests.faults.steadfast import SHORTLY, Steadfast, present, sees_what_is_there
from tests.faults.talk import all_is_well, heard_by_all, kept_once, remarks, statements, until_more_answers
from tests.programs import PATIENCE, Redis, Served
from tests.rooms.kit import Played, live_played
from tests.wire.client import Place

pytestmark = pytest.mark.redis

POKES = f"neacd__group__{GROUP}"  # where the layer publishes them; spelled otherwise, nobody would listen below


@pytest.fixture
def between(redis_program: Redis) -> Iterator[Redis]:
    """The Redis between the processes. A test that takes it away finds it back afterwards, empty."""
    try:
        yield redis_program
    finally:
        redis_program.stop()
        redis_program.start()


def subscribed(url: str, least: int) -> None:
    """Wait until so many listen for pokes."""
    with redis.Redis.from_url(url) as asking:
        asked, never = 0.0, threading.Event()
        while dict(asking.pubsub_numsub(POKES)).get(POKES.encode(), 0) < least:
            assert asked < PATIENCE, f"fewer than {least} listen for pokes"
            never.wait(SHORTLY)
            asked += SHORTLY


@contextmanager
def frozen(between: Redis) -> Iterator[None]:
    """Redis keeps its connections, and answers none of them."""
    with redis.Redis.from_url(between.url) as asking:
        pid = int(asking.info()["process_id"])
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


# By the poke alone: no clock runs here, so that no heartbeat can have brought it


@dataclass
class Screen:
    """What one socket of a process was sent."""

    text: str = ""
    news: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, text: str) -> None:
        self.text += text
        self.news.set()

    async def close(self, _code: int) -> None:
        """Nothing to let go of."""

    async def shows(self, words: str) -> None:
        async with asyncio.timeout(PATIENCE):
            while words not in self.text:
                self.news.clear()
                await self.news.wait()


def shared_layer(url: str) -> dict[str, object]:
    """The layer of an installation with Redis, as the settings spell it."""
    config = {"hosts": [url], "prefix": "neacd"}
    return {"default": {"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer", "CONFIG": config}}


@asynccontextmanager
async def another_process(url: str, played: Played) -> AsyncIterator[Screen]:
    """A hub with a memory of its own, as another process has it, and an observer's screen there."""
    with override_settings(CHANNEL_LAYERS=shared_layer(url)):
        there, screen = Hub(Folds(), Painter()), Screen()
        there.start()
        try:
            assert await there.join(
                Socket(played.room.pk, played.pid("observer"), "html", screen.send, screen.close), 0
            )
            yield screen
        finally:
            await there.stop()
            await get_channel_layer().flush()


@asynccontextmanager
async def serving() -> AsyncIterator[None]:
    """This process serves, too: what is done in it is announced by its own hub."""
    process.hub.start()
    try:
        yield
    finally:
        await process.hub.stop()


async def listening(between: Redis) -> None:
    """Until this process hears pokes."""
    await asyncio.to_thread(subscribed, between.url, 1)


async def say(played: Played, text: str) -> None:
    await sync_to_async(played.do)("moderator", "chair_statement", text=text)


@pytest.mark.django_db(transaction=True)
async def test_a_poke_alone_brings_an_event_from_one_process_to_another(between: Redis) -> None:
    played = await sync_to_async(live_played)()
    async with another_process(between.url, played) as screen, serving():
        await listening(between)
        await say(played, "Said in the other process.")
        await screen.shows("Said in the other process.")


@pytest.mark.django_db(transaction=True)
async def test_a_program_without_a_server_pokes_too(between: Redis) -> None:
    played = await sync_to_async(live_played)()
    async with another_process(between.url, played) as screen:
        await listening(between)
        await say(played, "Said by a rehearsal.")
        await screen.shows("Said by a rehearsal.")


@pytest.mark.django_db(transaction=True)
async def test_pokes_come_again_after_redis_was_away(between: Redis) -> None:
    played = await sync_to_async(live_played)()
    async with another_process(between.url, played) as screen, serving():
        await listening(between)
        between.stop()
        await say(played, "Said while Redis was away.")
        between.start()
        await listening(between)
        await say(played, "Said when it was back.")
        await screen.shows("Said when it was back.")
        assert "Said while Redis was away." in screen.text


@pytest.mark.django_db(transaction=True)
async def test_who_begins_before_redis_listens_when_it_comes(between: Redis, caplog: pytest.LogCaptureFixture) -> None:
    played = await sync_to_async(live_played)()
    await asyncio.to_thread(between.stop)
    async with another_process(between.url, played) as screen:
        while "the channel layer is away" not in caplog.text:
            await asyncio.sleep(SHORTLY)
        between.start()
        await listening(between)
        await say(played, "Said when it had come.")
        await screen.shows("Said when it had come.")


@pytest.mark.django_db(transaction=True)
async def test_a_program_is_not_held_up_by_a_redis_that_answers_no_more(between: Redis) -> None:
    played = await sync_to_async(live_played)()
    async with another_process(between.url, played) as screen:
        await listening(between)
        with frozen(between):
            await say(played, "Said to nobody.")
        await say(played, "Said when it had thawed.")
        await screen.shows("Said when it had thawed.")


# Two real processes


@contextmanager
def two_servers(served: Callable[..., Served], redis_url: str) -> Iterator[tuple[Served, Served]]:
    """Two processes over one file, with Redis between them."""
    first = served(REDIS_URL=redis_url)
    second = served(var=first.var, REDIS_URL=redis_url)
    subscribed(redis_url, 2)
    yield first, second


def company(first: Served, second: Served) -> tuple[Place, tuple[Steadfast, ...], threading.Condition]:
    """People in one room, at either process, talking; and those who watch in both dialects."""
    with Door(first) as door:
        chair = door.open_room()
        japan, china = door.join(chair.code, "JPN-MFA"), door.join(chair.code, "PRC-MFA")
        observer = door.join(chair.code)
    here, there, news = [first.port], [second.port], threading.Condition()
    people = (
        Steadfast(chair, here, "html", statements(), news=news),
        Steadfast(japan, there, "html", remarks("Japan"), news=news),
        Steadfast(china, here, "json", remarks("China"), news=news),
        Steadfast(chair, there, "json", news=news),
        Steadfast(observer, here, "html", news=news),
        Steadfast(observer, there, "html", news=news),
        Steadfast(observer, there, "json", news=news),
    )
    return chair, people, news


@pytest.mark.served
def test_with_redis_away_and_back_empty_nothing_is_lost_or_doubled_in_either_process(
    served: Callable[..., Served], between: Redis, recovers: Recovers
) -> None:
    with two_servers(served, between.url) as (first, second):
        chair, people, news = company(first, second)
        with present(*people[3:]):
            people[3].done("start_session")
            with present(*people[:3]):
                until_more_answers(news, people, 10)
                between.stop()
                until_more_answers(news, people, 10)
                with recovers("Redis restarted, empty"):
                    between.start()
                    subscribed(between.url, 2)
                    heard_by_all(people[0], people, "Redis is back")
                with redis.Redis.from_url(between.url).pubsub(ignore_subscribe_messages=True) as listener:
                    listener.subscribe(POKES)
                    until_more_answers(news, people, 10)
                    assert any(listener.get_message(timeout=PATIENCE) for _ in range(2)), "no poke was sent"
                for one in people:
                    one.finish()
                for one in people:
                    for server in (first, second):
                        sees_what_is_there(one, server.port)
                    assert one.lines == 1, "no fault of Redis may close a socket"
                    assert one.faults == []
        kept_once(first, chair.code, people)
        holds(second, chair.code)


@pytest.mark.served
def test_a_redis_that_answers_no_more_holds_nobody_up(
    served: Callable[..., Served], between: Redis, recovers: Recovers
) -> None:
    with two_servers(served, between.url) as (first, second):
        chair, people, news = company(first, second)
        with present(*people[3:]):
            people[3].done("start_session")
            with present(*people[:3]):
                with frozen(between):
                    until_more_answers(news, people, 30)
                    for one in people:
                        one.finish()
                    for one in people:
                        sees_what_is_there(one, first.port)
                    health = second.health()
                    assert (health.status_code, health.json()["channel_layer"]) == (503, False)
                with recovers("Redis frozen, and thawed"):
                    heard_by_all(people[0], people, "It is back.")
                all_is_well([first, second], chair.code, people)
                assert [one.lines for one in people] == [1] * len(people), "no fault of Redis may close a socket"
        assert first.health().status_code == 200
