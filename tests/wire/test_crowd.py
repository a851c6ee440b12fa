"""Many sockets in one room: the work grows with audiences, and who comes at once is looked up at once."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from itertools import pairwise

import pytest
from channels.db import database_sync_to_async
from django.db import connections
from django.test.utils import CaptureQueriesContext

from rooms import access, arriving
from rooms.actions import act
from rooms.database_threads import FOR_PEOPLE, for_people
from rooms.domain.reinviting import ReinvitePerson
from rooms.domain.seats import RemovePerson
from rooms.folds import Folds
from rooms.hub import Hub
from rooms.models import Participant
from rooms.painting import Painter
from rooms.sockets import Socket, Straight
from tests.rooms.kit import Played, live_played

pytestmark = pytest.mark.django_db(transaction=True)

CROWD = 60


@dataclass
class Screen:
    """A socket whose server takes frames as they are."""

    frames: list[bytes] = field(default_factory=list)
    closed: int = 0

    def write(self, data: bytes) -> bool:
        self.frames.append(data)
        return True

    def finish(self, code: int) -> None:
        self.closed = self.closed or code

    def socket(self, participant: Participant) -> Socket:
        way = Straight(self.write, lambda: 0, self.finish)
        room, pid = participant.room_id, participant.pid
        return Socket(room, pid, "html", _never, _never, participant.generation, way)  # type: ignore[arg-type]


async def _never(_what: object) -> None:
    raise AssertionError("there is a straight way")


class Counting(Painter):
    """Counts the screens it is asked for, and the panels it makes."""

    painted = made = 0

    def _rendered(self, *args: object, **kwargs: object) -> str:
        self.made += 1
        return super()._rendered(*args, **kwargs)  # type: ignore[arg-type]

    def paint(self, *args: object, **kwargs: object) -> dict[str, str]:
        self.painted += 1
        return super().paint(*args, **kwargs)  # type: ignore[arg-type]


def crowded() -> tuple[Played, list[Participant]]:
    played = live_played()
    return played, [access.join(played.room, f"Student {number}", "observer") for number in range(CROWD)]


async def shown(screens: list[Screen], words: bytes) -> None:
    async with asyncio.timeout(5):
        while not all(any(words in frame for frame in one.frames) for one in screens):
            await asyncio.sleep(0.005)


async def test_one_event_is_painted_and_encoded_once_for_a_crowd() -> None:
    played, crowd = await database_sync_to_async(crowded)()
    painter = Counting()
    async with AsyncExitStack() as last:
        hub = Hub(Folds(), painter)
        last.push_async_callback(hub.stop)
        screens = [Screen() for _ in crowd]
        for screen, person in zip(screens, crowd, strict=True):
            assert await hub.join(screen.socket(person), 0)
        assert painter.painted == 1
        done = await database_sync_to_async(played.do)("moderator", "chair_statement", text="The bell has rung.")
        hub.announce(played.room.pk, done.last_seq)
        await shown(screens, b"The bell has rung.")
        assert painter.painted == 2
        assert len({id(screen.frames[-1]) for screen in screens}) == 1


async def test_between_two_panels_others_have_their_turn() -> None:
    played, crowd = await database_sync_to_async(crowded)()
    painter, turns = Counting(), list[int]()

    async def somebody_else() -> None:
        while True:
            turns.append(painter.made)
            await asyncio.sleep(0)

    async with AsyncExitStack() as last:
        hub, screen = Hub(Folds(), painter), Screen()
        last.push_async_callback(hub.stop)
        assert await hub.join(screen.socket(crowd[0]), 0)
        done = await database_sync_to_async(played.do)("moderator", "pause_session")
        others = asyncio.get_running_loop().create_task(somebody_else())
        last.callback(others.cancel)
        hub.announce(played.room.pk, done.last_seq)
        await shown([screen], b"paused")
        made = [after - before for before, after in pairwise(turns)]
        assert sum(made) > 5, "what changes with a pause"
        assert max(made) == 1


@asynccontextmanager
async def asked() -> AsyncIterator[list[str]]:
    """What the threads that ask the database for people asked it meanwhile; filled in at the end."""
    captures, questions, all_there = list[CaptureQueriesContext](), list[str](), threading.Barrier(FOR_PEOPLE)

    def listen() -> None:
        capture = CaptureQueriesContext(connections["default"])
        captures.append(capture.__enter__())
        all_there.wait(5)  # none of them listens twice

    await asyncio.gather(*(for_people.ask(listen) for _ in range(FOR_PEOPLE)))
    yield questions
    for capture in captures:
        questions += [one["sql"] for one in capture]
        capture.__exit__(None, None, None)


async def test_a_crowd_that_comes_at_once_is_looked_up_at_once() -> None:
    played, crowd = await database_sync_to_async(crowded)()
    tickets = await database_sync_to_async(lambda: [access.ticket_of(one) for one in crowd])()
    async with asked() as questions:
        found = await asyncio.gather(
            *(
                arriving.participant_from({}, played.room.code, one.pid, ticket)
                for one, ticket in zip(crowd, tickets, strict=True)
            )
        )
    assert found == crowd
    assert len(questions) == 1


async def test_a_crowd_that_joins_at_once_looks_at_the_room_once() -> None:
    _played, crowd = await database_sync_to_async(crowded)()
    async with AsyncExitStack() as last:
        hub = Hub(Folds(), Painter())
        last.push_async_callback(hub.stop)
        screens = [Screen() for _ in crowd]
        assert await hub.join(screens[0].socket(crowd[0]), 0)
        async with asked() as questions:
            coming = [hub.join(one.socket(who), 0) for one, who in zip(screens[1:], crowd[1:], strict=True)]
            assert all(await asyncio.gather(*coming))
        assert len(questions) == 1
        assert all(len(one.frames) == 1 for one in screens)


async def test_a_link_that_was_replaced_or_revoked_opens_nothing_also_in_a_crowd() -> None:
    played, crowd = await database_sync_to_async(crowded)()
    tickets = await database_sync_to_async(lambda: [access.ticket_of(one) for one in crowd[:3]])()
    again = ReinvitePerson(crowd[0].pid)
    await database_sync_to_async(act)(played.room.pk, played.pid("moderator"), again)
    await database_sync_to_async(Participant.objects.filter(pid=crowd[1].pid).update)(revoked=True)
    code, others = played.room.code, crowd[1].pid
    claimed = [(one.pid, ticket) for one, ticket in zip(crowd, tickets, strict=False)]
    claimed += [(others, tickets[2]), (others, "forged"), ("p-nobody", tickets[2])]
    found = await asyncio.gather(*(arriving.participant_from({}, code, pid, ticket) for pid, ticket in claimed))
    assert found == [None, None, crowd[2], None, None, None]


async def test_whose_link_was_replaced_on_the_way_from_the_door_is_shown_nothing() -> None:
    """The door knew the link as good still."""
    played, crowd = await database_sync_to_async(crowded)()
    again = ReinvitePerson(crowd[0].pid)
    await database_sync_to_async(act)(played.room.pk, played.pid("moderator"), again)
    await _only_the_second_gets_in(crowd[:2])


async def test_who_was_removed_on_the_way_from_the_door_is_shown_nothing() -> None:
    played, crowd = await database_sync_to_async(crowded)()
    gone = RemovePerson(crowd[0].pid)
    await database_sync_to_async(act)(played.room.pk, played.pid("moderator"), gone)
    await _only_the_second_gets_in(crowd[:2])


async def _only_the_second_gets_in(crowd: list[Participant]) -> None:
    async with AsyncExitStack() as last:
        hub = Hub(Folds(), Painter())
        last.push_async_callback(hub.stop)
        screens = [Screen() for _ in crowd]
        let_in = [await hub.join(one.socket(who), 0) for one, who in zip(screens, crowd, strict=True)]
        assert let_in == [False, True]
        assert [bool(one.frames) for one in screens] == let_in
