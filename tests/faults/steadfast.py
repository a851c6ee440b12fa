"""Somebody in a room whom no fault drives away: comes back by themselves, says where they were, and repeats under the
same request id what was not answered. As the browser's script does it, over one socket at a time.
"""

import itertools
import json
import socket
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

from websockets.exceptions import WebSocketException

from tests.programs import PATIENCE
from tests.wire.client import Line, Place

SHORTLY = 0.02  # seconds until a server that does not answer is asked again
A_MOMENT = 0.1  # seconds to wait after being told to slow down


class Steadfast:
    """`dialect` html keeps `panels`, json keeps `events`; both send commands as that dialect does. With several
    `ports`, each new connection goes to the next of them. A `script` of (command, fields) is worked off with `ahead`
    requests unanswered at a time; `say` adds to it. `answers` holds the answers by request id. People who share their
    `news` can be waited for together."""

    numbers = itertools.count(1)

    def __init__(
        self,
        place: Place,
        ports: Sequence[int],
        dialect: str = "html",
        script: Iterable[tuple[str, dict[str, Any]]] = (),
        ahead: int = 2,
        news: threading.Condition | None = None,
    ) -> None:
        self.place, self.dialect, self.ahead = place, dialect, ahead
        self.cursor = 0
        self.panels: dict[str, str] = {}
        self.events: list[dict[str, Any]] = []
        self.asked: dict[str, tuple[str, dict[str, Any]]] = {}
        self.answers: dict[str, str] = {}  # request id -> "done", or the code of the refusal
        self.lines = 0  # how often a line was opened
        self.faults: list[str] = []
        self._ports = itertools.cycle(ports)
        self._script: Iterator[tuple[str, dict[str, Any]]] = iter(script)
        self._unanswered: dict[str, str] = {}
        self._too_soon: list[str] = []  # requests to be made again after a moment
        self._line: Line | None = None
        self._gone = threading.Event()
        self._news = news or threading.Condition()
        self._thread = threading.Thread(target=self._stay, daemon=True)

    # Lifetime

    def start(self) -> "Steadfast":
        self._thread.start()
        return self

    def leave(self) -> None:
        self._gone.set()
        with self._news:
            line = self._line
        if line:
            line.line.close()
        self._thread.join(PATIENCE)

    def drop(self) -> None:
        """Lose the line, as a phone does that changes cells: without a word to the server."""
        with self._news:
            line = self._line
        if line:
            with suppress(OSError):  # it may be down already
                line.socket.socket.shutdown(socket.SHUT_RDWR)

    def _stay(self) -> None:
        while not self._gone.is_set():
            try:
                with Line(next(self._ports), self.place, dialect=self.dialect, cursor=self.cursor) as line:
                    self._talk(line)
            except (OSError, WebSocketException):
                self._gone.wait(SHORTLY)

    def _talk(self, line: Line) -> None:
        line.panels, line.events = self.panels, self.events
        with self._news:
            self._line, self.lines, self._too_soon = line, self.lines + 1, []
            for text in self._unanswered.values():
                line.send(text)
        self._go_on(line)
        while not self._gone.is_set():
            message = line.next(PATIENCE * 10)
            with self._news:
                self._take(line, message)
                self._news.notify_all()
            while self._too_soon:
                self._gone.wait(A_MOMENT)
                self._send(line, self._unanswered[self._too_soon.pop()])
            self._go_on(line)

    def _take(self, line: Line, message: dict[str, Any]) -> None:
        self.cursor, self.panels, self.events = line.cursor, line.panels, line.events
        if message.get("reload"):
            self.cursor, self.panels, self.events = 0, {}, []  # a new page
        request_id = message.get("request_id")
        if request_id is None:
            return
        answer = "done" if message.get("done") else str(message["refused"]["code"])
        if answer == "slow_down":
            self._too_soon.append(request_id)
            return
        first = self.answers.setdefault(request_id, answer)
        if answer != first:
            self.faults.append(f"{self.asked[request_id]} was answered {first}, and when repeated {answer}")
        self._unanswered.pop(request_id, None)

    # Commands

    def say(self, command: str, **fields: Any) -> str:
        """Send a command, now or when the line is back; its request id."""
        with self._news:
            request_id, text = self._request(command, fields)
            line = self._line
        if line:
            self._send(line, text)
        return request_id

    def repeat(self, request_id: str, *, anew: bool = False) -> None:
        """Send the same request once more, as if its answer had been lost; `anew`: another answer is expected."""
        with self._news:
            if anew:
                del self.answers[request_id]
            command, fields = self.asked[request_id]
            text = self._unanswered[request_id] = self._message(request_id, command, fields)
            line = self._line
        if line:
            self._send(line, text)

    def _request(self, command: str, fields: dict[str, Any]) -> tuple[str, str]:
        request_id = f"s{next(self.numbers)}"
        self.asked[request_id] = (command, fields)
        text = self._unanswered[request_id] = self._message(request_id, command, fields)
        return request_id, text

    def _message(self, request_id: str, command: str, fields: dict[str, Any]) -> str:
        if self.dialect == "json":
            return json.dumps({"command": command, "data": fields, "request_id": request_id})
        return json.dumps({"headers": {"HX-Request-ID": request_id}, "body": {"command": command, **fields}})

    def _go_on(self, line: Line) -> None:
        """Ask what comes next in the script, while few enough requests are unanswered."""
        while True:
            with self._news:
                following = next(self._script, None) if len(self._unanswered) < self.ahead else None
                if following is None:
                    return
                _request_id, text = self._request(*following)
            self._send(line, text)

    def _send(self, line: Line, text: str) -> None:
        try:
            line.send(text)
        except (OSError, WebSocketException):
            return  # it stays unanswered, and is repeated when the line is back

    # What has come

    def until(self, held: Callable[["Steadfast"], Any], what: str = "what was waited for") -> None:
        """Wait until something holds of this person's screen or answers."""
        with self._news:
            came = self._news.wait_for(lambda: held(self), PATIENCE)
        assert came, f"{what} never came; {len(self._unanswered)} unanswered, at cursor {self.cursor}"

    def answer_to(self, request_id: str) -> str:
        self.until(lambda one: request_id in one.answers, f"the answer to {self.asked[request_id]}")
        return self.answers[request_id]

    def done(self, command: str, **fields: Any) -> str:
        """Send a command and see it carried out; its request id."""
        request_id = self.say(command, **fields)
        assert self.answer_to(request_id) == "done", f"{command} was refused: {self.answers[request_id]}"
        return request_id

    @contextmanager
    def quiet(self) -> Iterator[None]:
        """Nothing of the script meanwhile."""
        ahead, self.ahead = self.ahead, 0
        try:
            yield
        finally:
            self.ahead = ahead
            if self._line:
                self._go_on(self._line)

    def finish(self) -> None:
        """Leave off the script, and wait until everything is answered."""
        with self._news:
            self._script = iter(())
        self.until(lambda one: not one._unanswered and len(one.asked) == len(one.answers), "every answer")


@contextmanager
def present(*people: Steadfast) -> Iterator[tuple[Steadfast, ...]]:
    """These people in their rooms, each with a first picture; they leave at the end."""
    with ExitStack() as leaving:
        for one in people:
            leaving.callback(one.leave)
            one.start()
        for one in people:
            one.until(lambda one: one.panels or one.events, "a first picture")
        yield people


def fresh(place: Place, port: int, dialect: str) -> Line:
    """What somebody who comes in just now is shown."""
    with Line(port, place, dialect=dialect) as line:
        line.next(PATIENCE)
        return line


def sees_what_is_there(one: Steadfast, port: int) -> None:
    """Wait until somebody's screen is what a fresh one of the same person shows, from the server on that port."""
    shown = fresh(one.place, port, one.dialect)
    if one.dialect == "html":
        one.until(lambda one: one.panels == shown.panels, "the same panels as a fresh page")
    else:
        one.until(lambda one: len(one.events) >= len(shown.events), "the same events as a fresh client")
        assert one.events == shown.events
        assert [event["cursor"] for event in one.events] == list(range(1, len(one.events) + 1))
