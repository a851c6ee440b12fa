"""In which threads the event loop's questions to the database are asked, so that nobody waits for a line.

A thread that waits for the database (a slow disk, a lock, a server that does not answer) holds up whatever stands in
line behind it. So whoever comes, or is to be shown something, has threads that the house does not use for itself, and
each loop of the house has one of its own: a deadline waits for no list of who is here, and no handshake for either.
Knows nothing of what is asked. Commands have a thread of theirs, too; see `writing`.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from channels.db import database_sync_to_async

# How many questions of people are asked at a time, each of another room; of one room they are asked together. Each
# thread keeps a connection to the database.
FOR_PEOPLE = 4

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


class DatabaseThreads:
    """Some threads that ask for one purpose, by whose name they are known. They begin when they are needed."""

    def __init__(self, purpose: str, most: int = 1) -> None:
        self._executor = ThreadPoolExecutor(most, thread_name_prefix=purpose)

    async def ask(self, question: Callable[Given, Answer], *args: Given.args, **kwargs: Given.kwargs) -> Answer:
        """Call a function that asks the database, in one of these threads."""
        asked = database_sync_to_async(question, thread_sensitive=False, executor=self._executor)
        return await asked(*args, **kwargs)


for_people = DatabaseThreads("people", FOR_PEOPLE)
