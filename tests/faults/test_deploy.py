"""A new version goes live under load, one process after the other. It writes an event otherwise than before: until the
last old process is renewed, both are at work on one record, and the old one must not guess at what it does not know.
"""

import threading
from collections.abc import Callable, Iterable
from pathlib import Path

import httpx
import pytest

from tests.faults.conftest import Recovers
from tests.faults.door import Door
from tests.faults.record import events_of
from tests.faults.steadfast import Steadfast, present
from tests.faults.talk import all_is_well, heard_by_all, remarks, statements, until_more_answers
from tests.faults.versions import EVENT, LIFTED, next_version
from tests.programs import PATIENCE, Served
from tests.wire.client import Line, Place

COME_BACK = 1013

pytestmark = [pytest.mark.served, pytest.mark.redis]


def lift(people: Iterable[Steadfast]) -> None:
    """What programs were told by the old version reads as the upcast lifts it."""
    for one in people:
        one.finish()
        for event in one.events:
            if event["name"] == EVENT:
                event["data"].setdefault("tone", LIFTED)


def is_sent_elsewhere(old: Served, place: Place) -> None:
    """The old version opens no line to a record that it cannot read any more, and shows no page of it."""
    with Line(old.port, place) as line:
        assert line.closed_with(PATIENCE) == COME_BACK
    seat = {f"seat_{place.code}_{place.pid}": place.ticket}
    page = httpx.get(f"{old.base_url}/rooms/{place.code}/{place.pid}/", cookies=seat, timeout=PATIENCE)
    assert page.status_code == 503
    assert "try again" in page.text.lower()


def test_a_new_version_with_an_upcast_goes_live_under_load(
    served: Callable[..., Served], redis_server: str, tmp_path: Path, recovers: Recovers
) -> None:
    first = served(REDIS_URL=redis_server)
    second = served(var=first.var, REDIS_URL=redis_server)
    with Door(first) as door:
        chair = door.open_room()
        japan, china = door.join(chair.code, "JPN-MFA"), door.join(chair.code, "PRC-MFA")
    forth, back, news = [first.port, second.port], [second.port, first.port], threading.Condition()
    people = (
        Steadfast(chair, forth, "html", statements(), news=news),
        Steadfast(japan, forth, "json", remarks("Japan"), news=news),
        Steadfast(china, back, "json", remarks("China"), news=news),
        Steadfast(japan, back, "html", news=news),
    )
    with present(Steadfast(chair, [first.port], "json")) as (moderator,):
        moderator.done("start_session")
    coming = next_version(tmp_path)
    with present(*people):
        until_more_answers(news, people, 15)
        for server in (first, second):
            with recovers(f"the {'first' if server is first else 'second'} of two processes renewed"):
                server.stop()
                server.root = coming
                server.start()
                heard_by_all(people[0], people, f"Welcome to the new version at {server.port}")
            until_more_answers(news, people, 15)
            if server is first:
                with present(Steadfast(china, [first.port], "json")) as (early,):
                    early.done("say_in_delegation", text="Said to the new version")
                is_sent_elsewhere(second, japan)
                until_more_answers(news, people, 15)
        lift(people)
        all_is_well([first, second], chair.code, people)
    events = [event for event in events_of(first, chair.code) if event.name == EVENT]
    assert {"tone" in event.data for event in events} == {True, False}, "both versions have written"
    assert "Traceback" not in first.output.text + second.output.text
