"""Questions to the database that many ask at about the same time, put to it as one.

A thousand phones that come back at once ask the same two things each: whose seat is this, and where does the room
stand. While a thread is away to ask, further questions wait; then it goes again with all of them. Nothing is
remembered: every answer was asked for after its question was put.
"""

import asyncio
from collections.abc import Callable, Hashable, Mapping
from contextvars import Context
from typing import Any, Generic, TypeVar

from rooms.database_threads import DatabaseThreads, for_people

Question = TypeVar("Question", bound=Hashable)
Answer = TypeVar("Answer")


class Together(Generic[Question, Answer]):
    """`look(matter, questions)` asks the database, in one of `threads`, and answers each question. Questions of
    different matters do not wait for each other, and fail alone."""

    def __init__(
        self,
        look: Callable[[Any, list[Question]], Mapping[Question, Answer]],
        threads: DatabaseThreads = for_people,
    ) -> None:
        self._look, self._threads = look, threads
        self._loop: asyncio.AbstractEventLoop | None = None
        self._waiting: dict[Any, dict[Question, asyncio.Future[Answer]]] = {}
        self._asking: dict[Any, asyncio.Task[None]] = {}

    async def ask(self, matter: Any, question: Question) -> Answer:
        """The answer to one question."""
        loop = asyncio.get_running_loop()
        if self._loop is not loop:
            self._loop, self._waiting, self._asking = loop, {}, {}
        waiting = self._waiting.setdefault(matter, {})
        future = waiting.get(question)
        if future is None:
            future = waiting[question] = loop.create_future()
        if matter not in self._asking:
            # In a context of its own: what whoever asked first brings along is not for the others.
            self._asking[matter] = loop.create_task(self._work(matter), context=Context())
        return await asyncio.shield(future)  # others may wait for the same answer

    async def _work(self, matter: Any) -> None:
        try:
            while asked := self._waiting.pop(matter, None):
                await self._answer(matter, asked)
        finally:
            del self._asking[matter]

    async def _answer(self, matter: Any, asked: dict[Question, asyncio.Future[Answer]]) -> None:
        try:
            answers = await self._threads.ask(self._look, matter, list(asked))
            for question, future in asked.items():
                future.set_result(answers[question])
        except Exception as error:
            for future in asked.values():
                if not future.done():
                    future.set_exception(error)
                    future.exception()  # who waits is told; where nobody does any more, it is no news
        finally:
            for future in asked.values():
                future.cancel()  # of what was neither: the server is ending
