"""A lively session, for as long as it takes; and what must be true of its record whatever happened meanwhile."""

import itertools
import threading
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tests.faults.record import events_of, holds
from tests.faults.steadfast import Steadfast, sees_what_is_there
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
    """Everything acknowledged is in the record, once; nothing refused is in it; of what could not be learnt, nothing
    twice."""
    events = events_of(served, code)
    for one in people:
        for request_id, answer in dict(one.answers).items():
            command, fields = one.asked[request_id]
            found = [event for event in events if (event.actor, event.request_id) == (one.place.pid, request_id)]
            expected = {"done": {1}, "unsure": {0, 1}}.get(answer, {0})
            assert len(found) in expected, (command, fields, answer, found)
    texts = [event.data["text"] for event in events if "text" in event.data]
    assert len(texts) == len(set(texts)), "something was said twice"


def until_more_answers(news: threading.Condition, people: tuple[Steadfast, ...], more: int) -> None:
    """Wait until that many more requests have been answered."""

    def answered() -> int:
        return sum(len(one.answers) for one in people)

    with news:
        enough = answered() + more
        assert news.wait_for(lambda: answered() >= enough, PATIENCE), "the room has fallen silent"


def shows(one: Steadfast, text: str) -> bool:
    """Whether somebody's screen has these words."""
    return any(text in html for html in one.panels.values()) or any(
        event["data"].get("text") == text for event in one.events
    )


def heard_by_all(chair: Steadfast, people: Iterable[Steadfast], text: str) -> None:
    """The chair says something, is told that it is kept, and everybody is shown it; the chair says nothing more
    meanwhile, because a screen shows the last statements alone."""
    with chair.quiet():
        chair.done("chair_statement", text=text)
        for one in people:
            one.until(lambda one: shows(one, text), f"“{text}”")


def all_is_well(servers: Sequence[Served], code: str, people: tuple[Steadfast, ...]) -> None:
    """What must hold when a fault is over: all is answered, in the record once, and every screen is what a fresh one
    is, from whichever process."""
    for one in people:
        one.finish()
    for one in people:
        assert one.faults == []
        for server in servers:
            sees_what_is_there(one, server.port)
    kept_once(servers[0], code, people)
    holds(servers[0], code)
