"""Two who have been shown the same stand together until something is for one of them: then each is shown their own."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from channels.db import database_sync_to_async

from rooms import access
from rooms.actions import act
from rooms.domain.seats import TakeSeat
from rooms.folds import Folds
from rooms.hub import Hub
from rooms.models import Participant
from rooms.painting import Painter
from rooms.sockets import Socket
from tests.rooms.kit import Played, open_played
from tests.wire.page import morphed

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 20.0
CHOOSE, WAIT = "Choose a seat, then the chair lets you in.", "The chair has your name."


@dataclass
class Page:
    """A browser's page: its panels, from the frames that it was sent."""

    panels: dict[str, str] = field(default_factory=dict)
    cursor: int = 0
    news: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, text: str) -> None:
        told = json.loads(text)
        self.panels = morphed(self.panels, told.get("content", ""))
        self.cursor = told["cursor"]
        self.news.set()

    async def close(self, _code: int) -> None:
        """Nothing to let go of."""

    def socket(self, one: Participant) -> Socket:
        return Socket(one.room_id, one.pid, "html", self.send, self.close, one.generation)

    async def comes_to(self, cursor: int) -> None:
        async with asyncio.timeout(PATIENCE):
            while self.cursor < cursor:
                self.news.clear()
                await self.news.wait()


@asynccontextmanager
async def a_hub() -> AsyncIterator[Hub]:
    hub = Hub(Folds(), Painter())
    hub.start()
    try:
        yield hub
    finally:
        await hub.stop()


def in_the_lobby() -> tuple[Played, list[Participant]]:
    played = open_played(automatic=False)
    return played, [access.join(played.room, name, "delegate") for name in ("Ann", "Bob", "Cho")]


async def test_who_takes_a_seat_is_shown_so_and_who_stood_beside_them_is_not() -> None:
    played, waiting = await database_sync_to_async(in_the_lobby)()
    async with a_hub() as hub:
        pages = [Page() for _ in waiting]
        for page, one in zip(pages, waiting, strict=True):
            assert await hub.join(page.socket(one), 0)
        for page in pages:
            await page.comes_to(1)
        assert all(CHOOSE in page.panels["door"] for page in pages)
        for number, seat in ((1, "JPN-EXP-1"), (0, "PRC-EXP-1")):
            before = pages[0].cursor
            taken = await database_sync_to_async(act)(played.room.pk, waiting[number].pid, TakeSeat(seat))
            hub.announce(played.room.pk, taken.last_seq)
            for page in pages:
                await page.comes_to(before + 1)
            sat = [WAIT in page.panels["door"] for page in pages]
            assert sat == ([False, True, False] if number == 1 else [True, True, False])
            assert CHOOSE in pages[2].panels["door"]
