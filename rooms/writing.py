"""The one thread of a process that carries commands out for its sockets, forms and API.

What comes while one transaction waits for the disk goes into the next one, together: the more there is to do, the more
one wait for the disk carries. Nobody is answered before what they asked is committed. This decides nothing: that is
`actions.act_together`. The thread begins with the first command and ends when there has been nothing to do for a while.

Where several processes write side by side (PostgreSQL), one may be frozen while it holds a room. Nobody else waits for
that: what is asked in a room that is held is put aside, into a line with a thread of its own. The commands of one room
are carried out in the order in which they were asked, wherever they wait.
"""

import asyncio
import threading
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from dataclasses import dataclass, replace

from django.db import close_old_connections, connection, connections

from rooms import undecided
from rooms.actions import MOST_TOGETHER, Asked, Done, Held, StillHeld, act_on, act_together
from rooms.domain.refused import Refused

IDLE = 30.0  # seconds without a command, after which the thread goes, and its connection to the database
# Seconds between two questions to the database whether the connection is still there: asked before every command, it
# would cost a command on PostgreSQL a quarter of its time. One that breaks meanwhile is made anew for the next command.
LOOK_AFTER = 1.0
# Seconds that what waits may still take at the end of a process: a room that is held is given up after five (see
# `settings`). With a server's last words that is well within what `workers` and the examples for systemd and compose
# leave one before they kill it.
LAST_WRITES = 8.0
SIDE_LINES = 4  # so many rooms that are held by somebody else at a time do not wait for each other; more share a line

Outcome = Done | Exception


@dataclass(frozen=True, slots=True, eq=False)
class _Waiting:
    """A command, and who waits for its outcome: a thread, or a task of an event loop."""

    asked: Asked
    future: "Future[Done] | asyncio.Future[Done]"
    loop: asyncio.AbstractEventLoop | None = None

    def answer(self, outcome: Outcome) -> None:
        if self.future.done():  # whoever asked has gone away meanwhile
            return
        with suppress(InvalidStateError):  # told by another thread in this very moment
            if isinstance(outcome, Exception):
                self.future.set_exception(outcome)
            else:
                self.future.set_result(outcome)


Answer = tuple[_Waiting, Outcome]


class Line:
    """Commands that wait for one thread. Anybody may ask, from any thread or event loop. `a_room_at_a_time`: no room is
    held while another is waited for."""

    def __init__(
        self, carry_out: Callable[[Sequence[Asked]], list[Outcome]], *, a_room_at_a_time: bool = False
    ) -> None:
        self._carry_out, self._a_room_at_a_time = carry_out, a_room_at_a_time
        self._waiting: deque[_Waiting] = deque()
        self._under_way: Sequence[_Waiting] = ()
        self._rooms: Counter[int] = Counter()
        self._bell = threading.Condition()
        self._thread: threading.Thread | None = None
        self._ending = self._given_up = False
        self._looked_after = 0.0

    @property
    def depth(self) -> int:
        """How many commands wait for their turn."""
        return len(self._waiting)

    def has(self, room_id: int) -> bool:
        """Whether something waits or is carried out in that room."""
        return self._rooms[room_id] > 0

    @property
    def rooms(self) -> int:
        """In how many rooms something does."""
        return len(+self._rooms)

    def put(self, one: _Waiting) -> None:
        with self._bell:
            if self._given_up:
                _answer_all([(one, _not_now(one))])
                return
            if self._thread is None:
                self._ending = False
                thread = threading.Thread(target=self._run, name="writer", daemon=True)
                thread.start()  # if there can be none, nothing waits for it
                self._thread = thread
            self._rooms[one.asked.room_id] += 1
            self._waiting.append(one)
            self._bell.notify()

    def finish(self, within: float = LAST_WRITES) -> None:
        """Carry out what waits, and let go of the thread and its connection. It begins anew when it is needed; unless
        so many seconds were not enough: then who waits still is told so, and whoever comes, and the process ends."""
        self._end(time.monotonic() + within)

    def _end(self, until: float) -> None:
        thread = self._end_soon()
        if thread is not None:
            thread.join(max(0.0, until - time.monotonic()))
            if thread.is_alive():
                self._give_up()

    def _end_soon(self) -> threading.Thread | None:
        with self._bell:
            self._ending = True
            self._bell.notify()
            return self._thread

    def _give_up(self) -> None:
        with self._bell:
            self._given_up = True
            begun, waiting = self._under_way, tuple(self._waiting)
            self._waiting.clear()
            self._rooms -= Counter(one.asked.room_id for one in waiting)
        _answer_all([(one, undecided.unsure()) for one in begun])
        _answer_all([(one, _not_now(one)) for one in waiting])

    def _run(self) -> None:
        try:
            while batch := self._next():
                answered = self._answers(batch)
                with self._bell:
                    self._under_way = ()
                    self._rooms -= Counter(one.asked.room_id for one in batch)
                _answer_all(answered)
        finally:
            connections.close_all()

    def _next(self) -> list[_Waiting]:
        """What waits now, or what comes first; nothing when it is time to end."""
        with self._bell:
            self._bell.wait_for(lambda: self._waiting or self._ending, IDLE)
            if not self._waiting:
                self._thread = None  # under the bell: who comes from now on begins another
                return []
            if not self._a_room_at_a_time:
                batch = [self._waiting.popleft() for _ in range(min(MOST_TOGETHER, len(self._waiting)))]
            else:
                room_id = self._waiting[0].asked.room_id
                batch = [one for one in self._waiting if one.asked.room_id == room_id][:MOST_TOGETHER]
                self._waiting = deque(one for one in self._waiting if one not in batch)
            self._under_way = batch
            return batch

    def _answers(self, batch: Sequence[_Waiting]) -> list[Answer]:
        """What everybody in it is to be told, once nothing of it waits here."""
        try:
            self._look_after_connection()
            outcomes = self._carry_out([one.asked for one in batch])
        except Exception as error:  # whoever waits is told in any case
            outcomes = [error] * len(batch)
        return list(zip(batch, outcomes, strict=True))

    def _look_after_connection(self) -> None:
        """As Django does before every request: one that the database has closed is made anew."""
        now = time.monotonic()
        if connection.errors_occurred or now - self._looked_after > LOOK_AFTER:
            close_old_connections()
            self._looked_after = now


def where_free(asked: Sequence[Asked]) -> list[Outcome]:
    return act_together(asked, wait=False)


class Writer(Line):
    """See the module. `carry_out` waits for no room that somebody else holds, `aside` does."""

    def __init__(
        self,
        carry_out: Callable[[Sequence[Asked]], list[Outcome]] = where_free,
        aside: Callable[[Sequence[Asked]], list[Outcome]] = act_together,
    ) -> None:
        super().__init__(carry_out)
        self._side_lines = [Line(aside, a_room_at_a_time=True) for _ in range(SIDE_LINES)]
        self._line_of: dict[int, Line] = {}
        self._choosing = threading.Lock()

    @property
    def depth(self) -> int:
        return len(self._waiting) + sum(line.depth for line in self._side_lines)

    async def act(self, asked: Asked) -> Done:
        """As `actions.act`, for an event loop."""
        loop = asyncio.get_running_loop()
        future = loop.create_future()
        self.put(_Waiting(asked, future, loop))
        done: Done = await future
        return done

    def act_and_wait(self, asked: Asked) -> Done:
        """As `actions.act`, for a thread of a server. Within a transaction of the caller's, it is part of that."""
        if connection.in_atomic_block:
            return act_on(asked)
        future: Future[Done] = Future()
        self.put(_Waiting(asked, future))
        return future.result()

    def act_aside(self, asked: Asked) -> "Future[Done]":
        """Have something carried out in a room that is held, in its turn among those who wait for that room."""
        future: Future[Done] = Future()
        self._put_aside(_Waiting(asked, future))
        return future

    def _end(self, until: float) -> None:
        super()._end(until)
        for line in self._side_lines:
            line._end_soon()
        for line in self._side_lines:
            line._end(until)

    def _answers(self, batch: Sequence[_Waiting]) -> list[Answer]:
        # What came while others were found held: behind them.
        to_put, to_do = list[_Waiting](), list[_Waiting]()
        for one in batch:
            (to_put if self._is_aside(one.asked.room_id) else to_do).append(one)
        answered = super()._answers(to_do) if to_do else []
        to_put += [_to_wait(one, outcome) for one, outcome in answered if isinstance(outcome, Held)]
        told = [answer for answer in answered if not isinstance(answer[1], Held)]
        for one in to_put:
            try:
                self._put_aside(one)
            except RuntimeError as error:  # no thread can be had for it
                told.append((one, error))
        return told

    def put(self, one: _Waiting) -> None:
        room_id = one.asked.room_id
        # Behind who waits for that room aside, but not before who is still to be put there.
        if self._is_aside(room_id) and not self.has(room_id):
            self._put_aside(one)
        else:
            super().put(one)

    def _is_aside(self, room_id: int) -> bool:
        line = self._line_of.get(room_id)
        return line is not None and line.has(room_id)

    def _put_aside(self, one: _Waiting) -> None:
        room_id = one.asked.room_id
        with self._choosing:
            if not self._is_aside(room_id):
                held = {room: line for room, line in self._line_of.items() if line.has(room)}
                self._line_of = {**held, room_id: min(self._side_lines, key=lambda line: line.rooms)}
            self._line_of[room_id].put(one)


def _to_wait(one: _Waiting, held: Held) -> _Waiting:
    return replace(one, asked=replace(one.asked, in_doubt=True)) if isinstance(held, StillHeld) else one


def _not_now(one: _Waiting) -> Refused:
    return undecided.unsure() if one.asked.in_doubt else undecided.renewed()


def _answer_all(answered: Iterable[Answer]) -> None:
    """Each its own; all of one event loop with one call."""
    answers: dict[asyncio.AbstractEventLoop | None, list[Answer]] = defaultdict(list)
    for one, outcome in answered:
        answers[one.loop].append((one, outcome))
    for loop, of_loop in answers.items():
        if loop is None:
            _answer(of_loop)
        else:
            with suppress(RuntimeError):  # the loop may have been closed: then nobody waits there any more
                loop.call_soon_threadsafe(_answer, of_loop)


def _answer(answered: Iterable[Answer]) -> None:
    for one, outcome in answered:
        one.answer(outcome)


writer = Writer()
