"""Questions that many ask at once go to the database as one, and each is answered anew."""

import asyncio
import threading
from dataclasses import dataclass, field

import pytest

from rooms.together import Together

pytestmark = pytest.mark.django_db(transaction=True)  # each look ends with what Django does behind a request


@dataclass
class Library:
    """Answers in capitals, when the door is open; notes what it was asked together."""

    asked: list[tuple[str, list[str]]] = field(default_factory=list)
    door: threading.Event = field(default_factory=threading.Event)

    def look(self, matter: str, questions: list[str]) -> dict[str, str]:
        self.asked.append((matter, sorted(questions)))
        assert self.door.wait(5)
        if matter == "broken":
            raise OSError("away")
        return {one: one.upper() for one in questions}


async def begun(library: Library, looks: int) -> None:
    async with asyncio.timeout(5):
        while len(library.asked) < looks:
            await asyncio.sleep(0.001)


async def test_what_is_asked_while_a_thread_is_away_goes_with_the_next() -> None:
    library = Library()
    together: Together[str, str] = Together(library.look)
    first = asyncio.create_task(together.ask("room", "a"))
    await begun(library, 1)
    others = [asyncio.create_task(together.ask("room", one)) for one in "abbc" for _ in range(50)]
    await asyncio.sleep(0)
    library.door.set()
    assert [await first, *(await asyncio.gather(*others))] == ["A", *("A" * 50 + "B" * 100 + "C" * 50)]
    assert library.asked == [("room", ["a"]), ("room", ["a", "b", "c"])]


async def test_one_matter_fails_alone_and_is_asked_again() -> None:
    library = Library()
    library.door.set()
    together: Together[str, str] = Together(library.look)
    broken, whole = together.ask("broken", "a"), together.ask("room", "a")
    answers = await asyncio.gather(broken, whole, return_exceptions=True)
    assert isinstance(answers[0], OSError)
    assert answers[1] == "A"
    with pytest.raises(OSError, match="away"):
        await together.ask("broken", "a")
    assert len(library.asked) == 3


async def test_who_goes_away_takes_nobody_elses_answer_along() -> None:
    library = Library()
    together: Together[str, str] = Together(library.look)
    gone, stays = (asyncio.create_task(together.ask("room", "a")) for _ in range(2))
    await begun(library, 1)
    gone.cancel()
    library.door.set()
    assert await stays == "A"
