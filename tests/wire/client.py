"""A client on a real socket: a program's (JSON) or a browser's (panels morphed into a page).

`Line` talks to any server there is; `Client` to the one in this process, for somebody in the test database.
"""

import itertools
import json
from contextlib import ExitStack
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from rooms import access
from rooms.models import Participant
from tests.wire.conftest import Server
from tests.wire.page import morphed

SOON = 20.0  # seconds; anything on loopback that takes longer is lost, however busy the machine is


@dataclass(frozen=True, slots=True)
class Place:
    """A participant's way in, from whichever process: room code, participant id, ticket."""

    code: str
    pid: str
    ticket: str


class Line:
    """Frames as they come from the server on a port. `panels` is what a browser would show; `events` what a program
    has been told."""

    numbers = itertools.count(1)

    def __init__(self, port: int, place: Place, *, dialect: str = "json", cursor: int = 0, view: str = "") -> None:
        address = f"ws://127.0.0.1:{port}/ws/rooms/{place.code}/{place.pid}/?dialect={dialect}"
        self.line = ExitStack()
        opened = connect(address, additional_headers={"Authorization": f"Bearer {place.ticket}"}, max_size=None)
        self.socket: ClientConnection = self.line.enter_context(opened)
        self.cursor = cursor
        self.panels: dict[str, str] = {}
        self.events: list[dict[str, Any]] = []
        self.reload = False
        self.send({"hello": {"cursor": cursor, "view": view}})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.line.close()

    def send(self, message: Any) -> None:
        self.socket.send(message if isinstance(message, str | bytes) else json.dumps(message))

    def next(self, timeout: float = SOON) -> dict[str, Any]:
        """The next frame, taken in."""
        message: dict[str, Any] = json.loads(self.socket.recv(timeout))
        if "request_id" not in message and "cursor" in message:
            self.cursor = message["cursor"]
        if message.get("again"):
            self.events = []
        self.events += message.get("events", [])
        self.panels = morphed(self.panels, message.get("content", ""))
        self.reload = self.reload or bool(message.get("reload"))
        return message

    def until(self, cursor: int, timeout: float = SOON) -> Self:
        """Read until this cursor has come."""
        while self.cursor < cursor:
            self.next(timeout)
        return self

    def nothing(self, within: float = 0.4) -> bool:
        """Whether nothing comes for a while."""
        try:
            self.next(within)
        except TimeoutError:
            return True
        return False

    def ask(self, command: str, request_id: str = "", **data: Any) -> dict[str, Any]:
        """Send a command and wait for its answer; frames that come before it are taken in."""
        request_id = request_id or f"r{next(self.numbers)}"
        self.send({"command": command, "data": data, "request_id": request_id})
        return self.answer(request_id)

    def answer(self, request_id: str, timeout: float = SOON) -> dict[str, Any]:
        """The answer to a request, when it comes."""
        while (message := self.next(timeout)).get("request_id") != request_id:
            pass
        return message

    def outcome(self, request_id: str, timeout: float = SOON) -> str:
        """What a request comes to: done, or the code of its refusal."""
        message = self.answer(request_id, timeout)
        return "done" if message.get("done") else str(message["refused"]["code"])

    def closed_with(self, timeout: float = SOON) -> int:
        """Read until the server closes; the code it gave."""
        try:
            while True:
                self.next(timeout)
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else 0


class Client(Line):
    """The line of a participant in the test database to the server in this process."""

    def __init__(
        self, server: Server, participant: Participant, *, dialect: str = "json", cursor: int = 0, view: str = ""
    ) -> None:
        place = Place(participant.room.code, participant.pid, access.ticket_of(participant))
        super().__init__(server.port, place, dialect=dialect, cursor=cursor, view=view)
