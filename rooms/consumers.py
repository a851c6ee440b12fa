"""The WebSocket's edge: who is there, where they were, what they ask. No rules, no HTML."""

import json
import time
from typing import Any

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from django.http.cookie import parse_cookie

from rooms import access, forms, wire
from rooms.actions import act
from rooms.domain.refused import Refused
from rooms.hub import Socket
from rooms.models import Participant
from rooms.process import hub

NOT_YOURS = 4403  # no seat of yours: do not come back with the same cookie
LONGEST = 64 * 1024  # characters of one message; a speech of 16,000 characters fits in any script
# Commands: a burst a person could make, and a steady rate above any that a person keeps up.
BURST, PER_SECOND = 30.0, 10.0


class RoomConsumer(AsyncWebsocketConsumer):
    """One connection of one participant. It says hello with its cursor, then sends commands."""

    channel_layer_alias = "none"  # no such layer: sockets are never group members, the hub delivers

    async def connect(self) -> None:
        self.socket: Socket | None = None
        self.allowance, self.asked_at = BURST, time.monotonic()
        origin = self._header(b"origin")
        if origin and not access.is_own_origin(origin, self._header(b"host")):
            await self.close(NOT_YOURS)  # another site's page, riding on the visitor's cookie; programs send no Origin
            return
        cookies = parse_cookie(self._header(b"cookie"))
        bearer = self._header(b"authorization").removeprefix("Bearer ").strip()
        kwargs = self.scope["url_route"]["kwargs"]
        self.participant = await database_sync_to_async(access.participant_from)(
            cookies, kwargs["code"], kwargs["pid"], bearer
        )
        if self.participant is None:
            await self.close(NOT_YOURS)
            return
        await self.accept()

    def _header(self, name: bytes) -> str:
        return next((value.decode("latin-1") for key, value in self.scope["headers"] if key == name), "")

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        request_id = ""
        try:
            message = self._message(text_data)
            if "hello" in message:
                await self._hello(message["hello"])
                return
            request_id = forms.request_id_from(_request_id(message))
            await self._command(message, request_id)
        except Refused as refused:
            await self._answer(wire.refused_frame(request_id, refused))

    def _message(self, text: str | None) -> dict[str, Any]:
        if text is None or len(text) > LONGEST:
            raise Refused("too_long", "That message is too long to send at once. Shorten it and send again.")
        try:
            message = json.loads(text)
        except (ValueError, RecursionError):
            message = None
        if not isinstance(message, dict):
            raise Refused("bad_shape", "Send one JSON object a message.")
        return message

    async def _hello(self, hello: Any) -> None:
        cursor = hello.get("cursor") if isinstance(hello, dict) else None
        if isinstance(cursor, bool) or not isinstance(cursor, int) or not 0 <= cursor < 2**31:
            cursor = 0  # whoever does not know where they were gets everything
        if self.socket is not None:
            raise Refused("already_here", "This connection has said hello. Send commands.")
        dialect = "json" if b"dialect=json" in self.scope["query_string"] else "html"
        participant = self._present()
        self.socket = Socket(participant.room_id, participant.pid, dialect, self._send_text, self.close)
        page = hello.get("view", "") if isinstance(hello, dict) else ""
        if not await hub.join(self.socket, cursor, str(page)):
            await self.send(wire.RELOAD)
            await self.close(NOT_YOURS)

    def _present(self) -> Participant:
        if self.participant is None:  # nothing is received before the connection was accepted
            raise Refused("not_yours_to_see", "This seat is not yours on this device. Join with the room's code.")
        return self.participant

    async def _send_text(self, text: str) -> None:
        await self.base_send({"type": "websocket.send", "text": text, "bytes": None})

    async def _command(self, message: dict[str, Any], request_id: str) -> None:
        self._count_request()
        name, data = _command_fields(message)
        command = forms.command_from(name, data)
        participant = self._present()
        await database_sync_to_async(act)(participant.room_id, participant.pid, command, request_id=request_id)
        cursor = hub.cursor_of(self.socket) if self.socket else 0
        await self._answer(wire.done_frame(request_id, cursor))

    def _count_request(self) -> None:
        now = time.monotonic()
        self.allowance = min(BURST, self.allowance + (now - self.asked_at) * PER_SECOND)
        self.asked_at = now
        if self.allowance < 1:
            raise Refused("slow_down", "That was too much at once. Wait a moment, then go on.")
        self.allowance -= 1

    async def _answer(self, text: str) -> None:
        """In line behind the frames that are queued, so that nothing overtakes what it answers."""
        if self.socket is not None:
            self.socket.put(text)
        else:
            await self.send(text)

    async def disconnect(self, code: int) -> None:
        if self.socket is not None:
            hub.leave(self.socket)


def _request_id(message: dict[str, Any]) -> Any:
    headers = message.get("headers")
    return headers.get("HX-Request-ID") if isinstance(headers, dict) else message.get("request_id")


def _command_fields(message: dict[str, Any]) -> tuple[Any, Any]:
    """Name and fields, from htmx's form message or from a program's."""
    if "body" in message and isinstance(message["body"], dict):
        fields = dict(message["body"])
        return fields.pop("command", None), fields
    return message.get("command"), message.get("data", {})
