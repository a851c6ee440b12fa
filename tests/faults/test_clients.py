"""Clients that do harm: one that reads nothing, one that sends what nobody understands, a thousand times a second. The
others in the room are heard and shown as if it were not there.
"""

import itertools
import json
import select
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random

import pytest

from tests.faults.conftest import Recovers
from tests.faults.door import Door
from tests.faults.steadfast import Steadfast, present
from tests.faults.talk import all_is_well, heard_by_all, remarks, statements, until_more_answers
from tests.programs import PATIENCE, Served
from tests.wire.client import Place

pytestmark = pytest.mark.served

SEED = 19971205
LONG = "투명성은 신뢰를 낳는다. " * 1_000  # three bytes a letter
ENOUGH = 200  # statements of that length: several times what the system and we keep for one socket
ESTABLISHED = "01"  # as Linux names the states of a connection
PIECES, SECONDS = 1_000, 3  # of garbage in a second, and for how long
AT_LEAST = 500  # that left in each of those seconds also where the machine has stalled meanwhile
A_TICK = 0.01  # seconds
HUNG_UP = b"\x88\x02" + (1013).to_bytes(2, "big")  # the server's last frame to whom it does not listen to any more


def room_of(server: Served) -> tuple[Place, Place, Place]:
    """A session that has begun: its chair, Japan, and somebody who is about to misbehave."""
    with Door(server) as door:
        chair = door.open_room()
        japan, china = door.join(chair.code, "JPN-MFA"), door.join(chair.code, "PRC-MFA")
    with present(Steadfast(chair, [server.port], "json")) as (moderator,):
        moderator.done("start_session")
    return chair, japan, china


# Reads nothing


@contextmanager
def bare_line(server: Served, place: Place, *, room: int = 0) -> Iterator[socket.socket]:
    """A browser's line of which nothing is read by itself; `room`: bytes that the system here keeps of it."""
    line = socket.socket()
    line.settimeout(PATIENCE)
    if room:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
    path = f"/ws/rooms/{place.code}/{place.pid}/?dialect=html"
    asks = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {place.ticket}\r\n"
    upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    try:
        line.connect(("127.0.0.1", server.port))
        line.sendall(f"{asks}{upgrade}Sec-WebSocket-Key: {'A' * 22}==\r\n\r\n".encode())
        assert line.recv(12) == b"HTTP/1.1 101"
        line.sendall(framed(json.dumps({"hello": {"cursor": 0}})))
        yield line
    finally:
        line.close()


def framed(message: str | bytes) -> bytes:
    """A client's frame: text or bytes, masked with zeros."""
    kind, payload = (0x81, message.encode()) if isinstance(message, str) else (0x82, message)
    length = len(payload)
    size = bytes((0x80 | length,)) if length < 126 else b"\xfe" + length.to_bytes(2, "big")
    return bytes((kind,)) + size + bytes(4) + payload


def is_let_go(server: Served, line: socket.socket) -> bool:
    """Whether the server has given the connection up; what the system still has to deliver is no longer its concern."""
    ends = f":{server.port:04X} ", f":{line.getsockname()[1]:04X} "
    rows = [row for row in Path("/proc/net/tcp").read_text().splitlines() if all(end in row for end in ends)]
    return not any(row.split()[1].endswith(ends[0].strip()) and row.split()[3] == ESTABLISHED for row in rows)


def test_a_client_that_stops_reading_is_let_go_and_comes_back_to_all_of_it(
    served: Callable[..., Served], recovers: Recovers
) -> None:
    server = served()
    chair, japan, china = room_of(server)
    people = (
        Steadfast(chair, [server.port], "json"),
        Steadfast(japan, [server.port], "html"),
        Steadfast(japan, [server.port], "json", remarks("Japan")),
    )
    with present(*people), bare_line(server, china, room=4_096) as asleep:
        said = 0
        while not is_let_go(server, asleep):
            assert said < ENOUGH, "it is kept, with all that it did not read"
            people[0].done("chair_statement", text=f"{said} {LONG}".strip())
            said += 1
        with recovers("a client stopped reading, was let go and came back"):
            again = Steadfast(china, [server.port], "html")
            with present(again):
                heard_by_all(people[0], (*people, again), "We go on.")
                all_is_well([server], chair.code, (*people, again))
        assert [one.lines for one in people] == [1, 1, 1], "who reads is not let go with who does not"


# Sends what nobody understands


def garbage(chance: Random) -> str | bytes:
    """One piece of it: bytes, almost JSON, JSON of another shape, a command that nobody knows or that is not whole."""
    size = chance.randint(0, 2_000)
    made: list[Callable[[], str | bytes]] = [
        lambda: chance.randbytes(size),
        lambda: chance.randbytes(size).decode("latin-1"),
        lambda: "{" * size,
        lambda: json.dumps([size] * (size // 10)),
        lambda: json.dumps({"command": chance.randbytes(8).hex(), "data": {}, "request_id": str(size)}),
        lambda: json.dumps({"command": "chair_statement", "data": {"text": size}, "request_id": None}),
        lambda: json.dumps({"hello": {"cursor": "x" * size}}),
    ]
    return chance.choice(made)()


class Vandal:
    """Sends garbage at a rate over one line after another, and before each, bytes that are not even HTTP. Who is hung
    up on comes back at once."""

    def __init__(self, server: Served, place: Place) -> None:
        self._server, self._place = server, place
        chance = Random(SEED)
        self._pieces = itertools.cycle([framed(garbage(chance)) for _ in range(PIECES)])
        self._gone = threading.Event()
        self._thread = threading.Thread(target=self._rage, daemon=True)
        self._began = self._until = time.monotonic()
        self.sent = self.lines = 0

    def __enter__(self) -> "Vandal":
        self._began = time.monotonic()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._gone.set()
        self._thread.join()

    @property
    def seconds(self) -> float:
        """From the beginning to the last piece that left."""
        return self._until - self._began

    @property
    def rate(self) -> float:
        """Pieces that left in each of those seconds."""
        return self.sent / self.seconds

    def _rage(self) -> None:
        while not self._gone.is_set():
            with suppress(OSError):
                self._not_even_http()
                with bare_line(self._server, self._place) as line:
                    self.lines += 1
                    self._send_on(line)

    def _send_on(self, line: socket.socket) -> None:
        """Until the server hangs up."""
        while not self._gone.wait(A_TICK):
            for _ in range(self._due()):
                line.sendall(next(self._pieces))
                self.sent += 1
            self._until = time.monotonic()
            if select.select([line], [], [], 0)[0]:  # it waits for no answer
                said = line.recv(10_000_000)
                if not said or said.endswith(HUNG_UP):
                    return

    def _due(self) -> int:
        """How many must leave now; what was held up is made up for."""
        return min(int((time.monotonic() - self._began) * PIECES) - self.sent, PIECES)

    def _not_even_http(self) -> None:
        with socket.create_connection(("127.0.0.1", self._server.port)) as raw:
            raw.sendall(b"\x16\x03\x01" + bytes(range(256)) * 20)


def test_garbage_a_thousand_times_a_second_holds_nobody_up(served: Callable[..., Served], recovers: Recovers) -> None:
    server = served()
    chair, japan, china = room_of(server)
    news = threading.Condition()
    people = (
        Steadfast(chair, [server.port], "html", statements(), news=news),
        Steadfast(japan, [server.port], "html", remarks("Japan"), news=news),
        Steadfast(japan, [server.port], "json", news=news),
    )
    with present(*people):
        with Vandal(server, china) as vandal:
            give_up = time.monotonic() + PATIENCE
            while vandal.sent < PIECES * SECONDS and time.monotonic() < give_up:
                until_more_answers(news, people, 5)
        assert vandal.sent >= PIECES * SECONDS, f"{vandal.sent} pieces on {vandal.lines} lines"
        raged = f"{vandal.rate:,.0f} pieces a second, on {vandal.lines} lines in {vandal.seconds:.1f} seconds"
        assert vandal.rate >= AT_LEAST, raged
        with recovers(f"garbage, {raged}"):
            heard_by_all(people[0], people, "We go on.")
        all_is_well([server], chair.code, people)
        assert [one.lines for one in people] == [1, 1, 1]
    assert "Traceback" not in server.output.text
