"""A recorded session shown to the class: the moderator's instant, told to all who follow.

Only an instant travels, with whether it runs on, how fast, and since when. Each who follows sees their own record at
that instant, through their own eyes: nothing here reads a record for anybody, and nothing is taken from a socket but
that it is still there. Who is not reached by the socket asks for the same by `show/`.
"""

import asyncio
import contextlib
import json
import time
from dataclasses import asdict, dataclass
from typing import Any

from channels.consumer import get_handler_name
from channels.generic.websocket import AsyncWebsocketConsumer
from channels.layers import get_channel_layer
from django.db import transaction

from rooms import wire
from rooms.actions import now_ms
from rooms.consumers import is_own_page, participant_of
from rooms.database_threads import for_people
from rooms.domain.refused import Refused
from rooms.domain.sight import audience_of
from rooms.looking_back import check_may_look_back
from rooms.models import Participant, SharedReplay
from rooms.pace import pace_of
from rooms.process import folds
from rooms.sockets import COME_BACK, NOT_YOURS

SPEEDS = (1, 2, 5, 10, 30, 60)
LATEST = 2**53  # ms: the last instant that a browser can count exactly
PING = "ping"  # all that may be said here; answered with what is shown now
NOT_UNDERSTOOD = 4400


@dataclass(frozen=True, slots=True)
class Shown:
    """What the class is shown: the instant `at` (ms UTC) as it was at `since` (ms UTC, by the server's clock), from
    where it runs on at `speed` if `playing`. `open`: whether anything is shown. `since` only ever grows."""

    open: bool = False
    at: int = 0
    playing: bool = False
    speed: int = 1
    since: int = 0

    def as_told(self) -> dict[str, Any]:
        """As it is told to a browser, with the server's own time."""
        return {**asdict(self), "now": now_ms()}

    def instant(self, now: int) -> int:
        """The instant that is shown now."""
        return self.at + max(0, now - self.since) * self.speed if self.playing else self.at


def shown_in(room_id: int) -> Shown:
    """What is shown in a room now; nothing, if nothing ever was."""
    row = SharedReplay.objects.filter(room=room_id).first()
    return Shown(row.open, row.at, row.playing, row.speed, row.since) if row else Shown()


def show(room_id: int, *, at: int | None, playing: bool, speed: int | None) -> Shown:
    """Show an instant (ms, up to `LATEST`) to the class, and tell all who follow; None is what was no such number."""
    if at is None or speed not in SPEEDS:
        raise Refused("bad_shape", "Choose a moment of the session and one of the speeds that the page offers.")
    return _set(room_id, open=True, at=at, playing=playing, speed=speed)


def stop(room_id: int) -> Shown:
    """Show nothing more."""
    return _set(room_id, open=False, playing=False)


def _set(room_id: int, **values: Any) -> Shown:
    with transaction.atomic():
        row, _made = SharedReplay.objects.select_for_update().get_or_create(room_id=room_id)
        for name, value in values.items():
            setattr(row, name, value)
        row.since = max(now_ms(), row.since + 1)  # so that whoever hears two of them knows which is the later
        row.save()
    now = shown_in(room_id)
    wire.send_poke_from_thread(get_channel_layer(), group_of(room_id), {"type": "shown.changed", "shown": asdict(now)})
    return now


def group_of(room_id: int) -> str:
    return f"following.{room_id}"


def may_follow(participant: Participant) -> bool:
    """Whether somebody may look back now; asked again at every ping, because links are replaced and people removed."""
    held = Participant.objects.filter(pk=participant.pk, revoked=False, generation=participant.generation)
    if not held.exists():  # who is forgotten has no seat; a moderator's account keeps its own
        return False
    state = folds.at_head(participant.room_id).state
    audience = audience_of(state.seats.people.get(participant.pid))
    if audience is None:
        return False
    try:
        check_may_look_back(audience, closed=state.room.status == "closed")
    except Refused:
        return False
    return True


def _shown_to(participant: Participant) -> Shown | None:
    """What somebody is shown now, asked in one go; None if they may not follow."""
    return shown_in(participant.room_id) if may_follow(participant) else None


class FollowConsumer(AsyncWebsocketConsumer):
    """One connection of one who follows. It is told the latest that is shown and keeps nothing else, so that one who
    reads slowly misses some of it and holds nobody up."""

    async def dispatch(self, message: dict[str, Any]) -> None:
        """As `RoomConsumer` does it, for its reasons."""
        await getattr(self, get_handler_name(message))(message)

    async def connect(self) -> None:
        self.latest, self.wake = Shown(), asyncio.Event()
        self.writing: asyncio.Task[None] | None = None
        self.group = ""
        self.participant = await participant_of(self.scope)
        if self.participant is None or not await for_people.ask(may_follow, self.participant):
            if is_own_page(self.scope):  # a browser hears why only on an open line; else it came back for ever
                await self.accept()
            await self.close(NOT_YOURS)
            return
        self.pace = pace_of(self.participant.pk, time.monotonic())
        self.group = group_of(self.participant.room_id)
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.accept()
        self._hear(await for_people.ask(shown_in, self.participant.room_id))
        self.writing = asyncio.create_task(self._write())

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if text_data != PING or self.participant is None:
            await self.close(NOT_UNDERSTOOD)
            return
        try:
            self.pace.count(time.monotonic())
        except Refused:
            await self.close(COME_BACK)
            return
        shown = await for_people.ask(_shown_to, self.participant)
        if shown is None:
            await self.close(NOT_YOURS)
            return
        self._hear(shown)

    async def shown_changed(self, message: dict[str, Any]) -> None:
        """From the group: something else is shown."""
        self._hear(Shown(**message["shown"]))

    def _hear(self, shown: Shown) -> None:
        if shown.since >= self.latest.since:  # two that were sent at once may come in either order
            self.latest = shown
            self.wake.set()

    async def _write(self) -> None:
        with contextlib.suppress(Exception):  # the connection has gone, and `disconnect` follows
            while True:
                await self.wake.wait()
                self.wake.clear()
                await self.send(json.dumps(self.latest.as_told()))

    async def disconnect(self, code: int) -> None:
        if self.writing is not None:
            self.writing.cancel()
        if self.group:
            await self.channel_layer.group_discard(self.group, self.channel_name)
