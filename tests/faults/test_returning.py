"""Somebody leaves and comes back while the room moves to and fro: their screen is never left behind."""

import asyncio
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import pytest
from channels.db import database_sync_to_async

from rooms.domain.sight import Audience
from rooms.folds import Folds, Picture, advanced
from rooms.hub import Hub
from rooms.models import Room
from rooms.painting import Painter
from rooms.sockets import Socket
from tests.rooms.kit import live_played
from tests.wire.client import SOON, Client
from tests.wire.conftest import Server

pytestmark = pytest.mark.django_db(transaction=True)


def test_who_comes_back_between_two_changes_that_cancel_out_sees_the_second(server: Server) -> None:
    played = live_played()
    with Client(server, played.people["moderator"], dialect="html") as chair:
        chair.next()
        with Client(server, played.people["observer"], dialect="html") as observer:
            observer.next()
        played.do("moderator", "close_list")
        chair.until(chair.cursor + 1)
        with Client(server, played.people["observer"], dialect="html") as observer:
            observer.next()
            closed = dict(observer.panels)
            played.do("moderator", "open_list")
            observer.next()
            with Client(server, played.people["observer"], dialect="html") as fresh:
                fresh.next()
                assert fresh.panels != closed
                assert observer.panels == fresh.panels


def test_each_page_is_brought_up_to_date_from_what_it_was_shown_itself(server: Server) -> None:
    played = live_played()
    with Client(server, played.people["observer"], dialect="html") as first:
        first.next()
        played.do("moderator", "close_list")
        first.until(first.cursor + 1)
        with Client(server, played.people["observer"], dialect="html") as second:
            second.next()
            for command in ("open_list", "close_list", "open_list"):
                played.do("moderator", command)
                first.until(first.cursor + 1)
                second.until(first.cursor)
                assert first.panels == second.panels


class Interrupted(Folds):
    """Folds that are asked, and before the answer arrives something happens in another thread."""

    meanwhile: Callable[[Picture], None] | None = None

    def at_head(self, room_id: int, audiences: Iterable[Audience] = ()) -> Picture:
        before, picture = self.kept(room_id), super().at_head(room_id, audiences)
        happening, self.meanwhile = self.meanwhile, None
        if happening and before:
            happening(before)
        return picture


@dataclass
class Screen:
    """What one socket was sent."""

    frames: list[str] = field(default_factory=list)
    news: threading.Event = field(default_factory=threading.Event)

    async def send(self, text: str) -> None:
        self.frames.append(text)
        self.news.set()

    async def close(self, _code: int) -> None:
        """Nothing to let go of."""


async def test_who_comes_in_while_others_are_being_shown_something_is_shown_it_too() -> None:
    played = await database_sync_to_async(live_played)()
    folds = Interrupted()
    hub = Hub(folds, Painter())
    chair, observer = Screen(), Screen()
    room_id, code = played.room.pk, played.room.code

    def somebody_speaks(before: Picture) -> None:
        """A plain form's thread: it had looked at the room before the observer came, and commits now."""
        chair.news.clear()
        done = played.do("moderator", "chair_statement", text="The bell has rung.")
        folds.keep(room_id, advanced(before, done.entries, Room.objects.get(code=code).head_hash))
        hub.announce(room_id, done.last_seq)
        assert chair.news.wait(SOON)

    assert await hub.join(Socket(room_id, played.pid("moderator"), "html", chair.send, chair.close), 0)
    folds.meanwhile = somebody_speaks
    assert await hub.join(Socket(room_id, played.pid("observer"), "html", observer.send, observer.close), 0)
    async with asyncio.timeout(SOON):
        while not any("The bell has rung." in frame for frame in observer.frames):
            await asyncio.sleep(0.01)
    await hub.stop()
