"""A panel that cannot be painted is missed by those who should see it, and by nobody else; and not for good."""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest
from channels.db import database_sync_to_async

from rooms.domain.sight import THE_MODERATORS, Audience
from rooms.folds import Folds
from rooms.hub import Hub
from rooms.painting import Painter
from rooms.sockets import Socket
from tests.rooms.kit import Played, live_played
from tests.wire.test_crowd import Screen

pytestmark = pytest.mark.django_db(transaction=True)
RUNG, SPOKEN = b"The bell has rung.", b"And somebody spoke."


class Brittle(Painter):
    """Cannot paint for one audience as long as it is broken."""

    broken: Audience | None = None
    tried = 0

    def paint(self, room_id: int, screen: str, audience: Audience, *more: Any) -> dict[str, str]:
        if audience == self.broken:
            self.tried += 1
            raise ZeroDivisionError("a panel divides by nothing")
        return super().paint(room_id, screen, audience, *more)


def saw(screen: Screen, words: bytes) -> bool:
    return any(words in frame for frame in screen.frames)


async def until(happened: Callable[[], bool], meanwhile: Callable[[], None] = lambda: None) -> None:
    async with asyncio.timeout(10):
        while not happened():
            meanwhile()
            await asyncio.sleep(0.005)


async def say(hub: Hub, played: Played, words: bytes) -> int:
    done = await database_sync_to_async(played.do)("moderator", "chair_statement", text=words.decode())
    hub.announce(played.room.pk, done.last_seq)
    return done.last_seq


async def test_who_cannot_be_shown_it_holds_up_nobody_and_is_shown_it_by_the_heartbeat() -> None:
    played = await database_sync_to_async(live_played)()
    painter = Brittle()
    async with AsyncExitStack() as last:
        hub = Hub(Folds(), painter)
        last.push_async_callback(hub.stop)
        chair, observer = Screen(), Screen()
        for screen, who in ((chair, "moderator"), (observer, "observer")):
            assert await hub.join(screen.socket(played.people[who]), 0)
        painter.broken = THE_MODERATORS  # the first in turn
        await say(hub, played, RUNG)
        await until(lambda: saw(observer, RUNG))
        assert painter.tried == 1
        head = await say(hub, played, SPOKEN)
        await until(lambda: saw(observer, SPOKEN))
        assert painter.tried == 2
        assert not saw(chair, RUNG)

        painter.broken = None  # no further event comes; the heartbeat knows of none either
        await until(lambda: saw(chair, SPOKEN), lambda: hub.heartbeat(played.room.pk, head))
        assert saw(chair, RUNG)


async def test_what_was_painted_and_could_not_be_put_together_is_shown_later(monkeypatch: pytest.MonkeyPatch) -> None:
    played = await database_sync_to_async(live_played)()
    async with AsyncExitStack() as last:
        hub = Hub(Folds(), Painter())
        last.push_async_callback(hub.stop)
        observer = Screen()
        assert await hub.join(observer.socket(played.people["observer"]), 0)
        tried = []

        def broken(*panels: Any) -> str:
            tried.append(panels)
            raise ZeroDivisionError("a frame divides by nothing")

        with monkeypatch.context() as meanwhile:
            meanwhile.setattr("rooms.panels.as_partials", broken)
            head = await say(hub, played, RUNG)
            await until(lambda: bool(tried))
        await until(lambda: saw(observer, RUNG), lambda: hub.heartbeat(played.room.pk, head))


async def test_a_room_that_cannot_be_shown_at_all_holds_up_no_other() -> None:
    first, second = [await database_sync_to_async(live_played)() for _ in range(2)]
    painter = Brittle()
    async with AsyncExitStack() as last:
        hub = Hub(Folds(), painter)
        last.push_async_callback(hub.stop)
        screens = Screen(), Screen()
        for screen, played, who in zip(screens, (first, second), ("moderator", "observer"), strict=True):
            assert await hub.join(screen.socket(played.people[who]), 0)
        painter.broken = THE_MODERATORS
        await say(hub, first, RUNG)
        await say(hub, second, RUNG)
        await until(lambda: saw(screens[1], RUNG))
        assert not saw(screens[0], RUNG)


async def test_who_comes_to_a_broken_panel_leaves_nothing_behind() -> None:
    played = await database_sync_to_async(live_played)()
    painter = Brittle()
    painter.broken = THE_MODERATORS
    async with AsyncExitStack() as last:
        hub = Hub(Folds(), painter)
        last.push_async_callback(hub.stop)
        chair = Screen()
        socket: Socket = chair.socket(played.people["moderator"])
        with pytest.raises(ZeroDivisionError):
            await hub.join(socket, 0)
        assert socket.closing
        assert hub.watched() == []
        painter.broken = None
        again = Screen()
        assert await hub.join(again.socket(played.people["moderator"]), 0)
        assert again.frames
