"""The WebSocket's edge: who is there, where they were, what they ask. No rules, no HTML."""

import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from channels.consumer import get_handler_name
from channels.exceptions import StopConsumer
from channels.generic.websocket import AsyncWebsocketConsumer
from django.http.cookie import parse_cookie

from rooms import access, arriving, figures, forms, presence, wire
from rooms.actions import Asked
from rooms.domain import codec
from rooms.domain.refused import Refused
from rooms.models import Participant
from rooms.pace import hang_up_on, pace_of
from rooms.process import hub
from rooms.sockets import COME_BACK, NOT_YOURS, Frame, Socket, Straight
from rooms.writing import writer


def _header(scope: Mapping[str, Any], name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")


def is_own_page(scope: Mapping[str, Any]) -> bool:
    """Whether a connection comes from a page of ours; programs send no Origin."""
    return access.is_own_origin(_header(scope, b"origin"), _header(scope, b"host"))


async def participant_of(scope: Mapping[str, Any]) -> Participant | None:
    """Whose seat a connection comes for, by its cookie or bearer token; None for anybody else."""
    if _header(scope, b"origin") and not is_own_page(scope):
        return None  # another site's page, riding on the visitor's cookie
    cookies = parse_cookie(_header(scope, b"cookie"))
    bearer = _header(scope, b"authorization").removeprefix("Bearer ").strip()
    kwargs = scope["url_route"]["kwargs"]
    return await arriving.participant_from(cookies, kwargs["code"], kwargs["pid"], bearer)


class RoomConsumer(AsyncWebsocketConsumer):
    """One connection of one participant. It says hello with its cursor, then sends commands."""

    channel_layer_alias = "none"  # no such layer: sockets are never group members, the hub delivers

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """As Channels does it for a consumer without a layer, without a task of its own for the next message."""
        self.scope, self.base_send = scope, send
        with suppress(StopConsumer):
            while True:
                await self.dispatch(await receive())

    async def dispatch(self, message: dict[str, Any]) -> None:
        """As Channels does it, without asking a thread to look after idle database connections at every message, in
        line behind everybody's commands: `database_threads` does that where the database is used."""
        await getattr(self, get_handler_name(message))(message)

    async def connect(self) -> None:
        self.socket: Socket | None = None
        self.closing = False  # by us: what was on its way meanwhile is not read any more
        self.participant = await participant_of(self.scope)
        if self.participant is None:
            await self.close(NOT_YOURS)
            return
        self.pace = pace_of(self.participant.pk, time.monotonic())
        await self.accept()
        if not self.pace.bears_refusal(time.monotonic()):
            await self._hang_up()

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if self.closing:
            return
        request_id = ""
        try:
            message = forms.message_from(text_data)
            if "hello" in message:
                await self._hello(message["hello"])
                return
            request_id = forms.request_id_of(message)
            await self._command(message, request_id)
        except Refused as refused:
            figures.refused(refused.code, request_id)
            if refused.code == "renewed":
                await self._send_elsewhere()
            elif self.pace.bears_refusal(time.monotonic()):
                await self._answer(wire.refused_frame(request_id, refused))
            else:
                await self._hang_up()
        except codec.WrittenLater:
            await self._send_elsewhere()

    async def _hello(self, hello: Any) -> None:
        cursor = hello.get("cursor") if isinstance(hello, dict) else None
        if isinstance(cursor, bool) or not isinstance(cursor, int) or not 0 <= cursor < 2**31:
            cursor = 0  # whoever does not know where they were gets everything
        if self.socket is not None:
            raise Refused("already_here", "This connection has said hello. Send commands.")
        dialect = "json" if b"dialect=json" in self.scope["query_string"] else "html"
        participant = self._present()
        room_id, pid, generation = participant.room_id, participant.pid, participant.generation
        self.socket = Socket(room_id, pid, dialect, self._send_text, self.close, generation, Straight.of(self.scope))
        page = hello.get("view", "") if isinstance(hello, dict) else ""
        if not await hub.join(self.socket, cursor, str(page)):
            await self.send(wire.RELOAD)
            await self.close(NOT_YOURS)
        elif presence.was_away(room_id, pid):
            await arriving.came_back(room_id, pid)

    def _present(self) -> Participant:
        if self.participant is None:  # nothing is received before the connection was accepted
            raise Refused("not_yours_to_see", "This seat is not yours on this device. Open your own link.")
        return self.participant

    async def _send_text(self, text: str) -> None:
        await self.base_send({"type": "websocket.send", "text": text, "bytes": None})

    async def _command(self, message: dict[str, Any], request_id: str) -> None:
        who, began = self._present(), time.monotonic()
        self.pace.count(began)
        name, data = forms.command_fields(message)
        command = forms.command_from(name, data)
        await writer.act(Asked(who.room_id, who.pid, command, request_id, generation=who.generation))
        cursor = hub.cursor_of(self.socket) if self.socket else 0
        await self._answer(wire.done_frame(request_id, cursor))
        figures.answered(time.monotonic() - began)

    async def _send_elsewhere(self) -> None:
        """Without an answer: they come back by themselves, to a process of the newer version, and ask the same."""
        self.closing = True
        if self.socket is not None:
            hub.leave(self.socket)
        await self.close(COME_BACK)

    async def _hang_up(self) -> None:
        """On somebody who was told nothing but refusals for a long while."""
        hang_up_on(self.pace)
        await self._send_elsewhere()

    async def _answer(self, text: str) -> None:
        """In line behind the frames that are queued, so that nothing overtakes what it answers."""
        if self.socket is not None:
            self.socket.put(Frame(text))
        else:
            await self.send(text)

    async def disconnect(self, code: int) -> None:
        if self.socket is not None:
            hub.leave(self.socket)
