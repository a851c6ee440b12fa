"""A lively session, for as long as it takes; and what must be true of its record whatever happened meanwhile."""

import itertools
import threading
from collections.abc import Iterator
from typing import Any

from tests.faults.record import events_of
from tests.faults.steadfast import Steadfast
from tests.programs import PATIENCE, Served


def remarks(who: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """What a delegate sends in a lively moment: words to the own side, each unlike all others, and the floor."""
    for number in itertools.count():
        yield "say_in_delegation", {"text": f"{who} {number} 透明性"}
        if number % 3 == 0:
            yield "ask_for_floor", {}
        if number % 3 == 2:
            yield "withdraw_request", {}


def statements() -> Iterator[tuple[str, dict[str, Any]]]:
    """What the chair sends meanwhile."""
    for number in itertools.count():
        yield "chair_statement", {"text": f"Point {number}"}


def kept_once(served: Served, code: str, people: tuple[Steadfast, ...]) -> None:
    """Everything acknowledged is in the record, once; nothing refused is in it."""
    events = events_of(served, code)
    for one in people:
        for request_id, answer in dict(one.answers).items():
            command, fields = one.asked[request_id]
            found = [event for event in events if (event.actor, event.request_id) == (one.place.pid, request_id)]
            assert len(found) == (1 if answer == "done" else 0), (command, fields, answer, found)
    texts = [event.data["text"] for event in events if "text" in event.data]
    assert len(texts) == len(set(texts)), "something was said twice"


def until_more_answers(news: threading.Condition, people: tuple[Steadfast, ...], more: int) -> None:
    """Wait until that many more requests have been answered."""

    def answered() -> int:
        return sum(len(one.answers) for one in people)

    with news:
        enough = answered() + more
        assert news.wait_for(lambda: answered() >= enough, PATIENCE), "the room has fallen silent"
