"""The one thread of a process that carries commands out for its sockets, forms and API.

What comes while one transaction waits for the disk goes into the next one, together: the more there is to do, the more
one wait for the disk carries. Nobody is answered before what they asked is committed. This decides nothing: that is
`actions.act_together`. The thread begins with the first command and ends when there has been nothing to do for a while.
"""

import asyncio
import threading
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass

from django.db import close_old_connections, connection, connections

from rooms.actions import MOST_TOGETHER, Asked, Done, act_together

IDLE = 30.0  # seconds without a command, after which the thread goes, and its connection to the database

Outcome = Done | Exception


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A command, and who waits for its outcome: a thread, or a task of an event loop."""

    asked: Asked
    future: "Future[Done] | asyncio.Future[Done]"
    loop: asyncio.AbstractEventLoop | None = None

    def answer(self, outcome: Outcome) -> None:
        if self.future.done():  # whoever asked has gone away meanwhile
            return
        if isinstance(outcome, Exception):
            self.future.set_exception(outcome)
        else:
            self.future.set_result(outcome)


class Writer:
    """See the module. Anybody may ask, from any thread or event loop."""

    def __init__(self, carry_out: Callable[[Sequence[Asked]], list[Outcome]] = act_together) -> None:
        self._carry_out = carry_out
        self._waiting: deque[_Waiting] = deque()
        self._bell = threading.Condition()
        self._thread: threading.Thread | None = None
        self._ending = False

    @property
    def depth(self) -> int:
        """How many commands wait for their turn."""
        return len(self._waiting)

    async def act(self, asked: Asked) -> Done:
        """As `actions.act`, for an event loop."""
        loop = asyncio.get_running_loop()
        future = loop.create_future()
        self._put(_Waiting(asked, future, loop))
        done: Done = await future
        return done

    def act_and_wait(self, asked: Asked) -> Done:
        """As `actions.act`, for a thread of a server. Within a transaction of the caller's, it is part of that."""
        if connection.in_atomic_block:
            return asked.act()
        future: Future[Done] = Future()
        self._put(_Waiting(asked, future))
        return future.result()

    def finish(self) -> None:
        """Carry out what waits, and let go of the thread and its connection. It begins anew when it is needed."""
        with self._bell:
            thread, self._ending = self._thread, True
            self._bell.notify()
        if thread is not None:
            thread.join()

    def _put(self, one: _Waiting) -> None:
        with self._bell:
            self._waiting.append(one)
            if self._thread is None:
                self._ending = False
                self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
                self._thread.start()
            self._bell.notify()

    def _run(self) -> None:
        try:
            while batch := self._next():
                _answer_all(batch, self._outcomes(batch))
        finally:
            connections.close_all()

    def _next(self) -> list[_Waiting]:
        """What waits now, or what comes first; nothing when it is time to end."""
        with self._bell:
            self._bell.wait_for(lambda: self._waiting or self._ending, IDLE)
            batch = [self._waiting.popleft() for _ in range(min(MOST_TOGETHER, len(self._waiting)))]
            if not batch:
                self._thread = None  # under the bell: who comes from now on begins another
            return batch

    def _outcomes(self, batch: Sequence[_Waiting]) -> list[Outcome]:
        try:
            close_old_connections()  # as before every request: one that the database has closed is made anew
            return self._carry_out([one.asked for one in batch])
        except Exception as error:  # whoever waits is told in any case
            return [error] * len(batch)


def _answer_all(batch: Sequence[_Waiting], outcomes: Sequence[Outcome]) -> None:
    """Each its own; all of one event loop with one call."""
    answers: dict[asyncio.AbstractEventLoop | None, list[tuple[_Waiting, Outcome]]] = defaultdict(list)
    for one, outcome in zip(batch, outcomes, strict=True):
        answers[one.loop].append((one, outcome))
    for loop, answered in answers.items():
        if loop is None:
            _answer(answered)
        else:
            with suppress(RuntimeError):  # the loop may have been closed: then nobody waits there any more
                loop.call_soon_threadsafe(_answer, answered)


def _answer(answered: Iterable[tuple[_Waiting, Outcome]]) -> None:
    for one, outcome in answered:
        one.answer(outcome)


writer = Writer()
