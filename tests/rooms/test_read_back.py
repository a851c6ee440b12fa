"""The end of a record, read from behind, is the end of the record; and no more of it is read than needed."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rooms import access, log, read_back, wire
from rooms.domain.record import Entry
from rooms.domain.sight import OBSERVERS, THE_MODERATORS, Audience, on_seat, visible
from rooms.process import folds
from tests.rooms.kit import Played, live_played

pytestmark = pytest.mark.django_db

CHINA = on_seat("PRC-MFA", "PRC", officials=True)


@pytest.fixture
def played() -> Played:
    """Between what all hear, Japan has much to say to itself."""
    played = live_played()
    for n in range(12):
        played.do("JPN-MFA", "say_in_delegation", text=f"Between us, {n}.")
        if n % 4 == 0:
            played.do("moderator", "chair_statement", text=f"For all, {n}.")
    return played


@pytest.mark.parametrize("audience", [THE_MODERATORS, OBSERVERS, CHINA], ids=lambda one: str(one.name))
@pytest.mark.parametrize("at_once", [1, 7, 500])
def test_from_every_cursor_it_is_what_comes_after_it(played: Played, audience: Audience, at_once: int) -> None:
    record = log.read(played.room.pk)
    seen = list(enumerate(visible(record, audience), start=1))
    for cursor in range(len(seen) + 1):
        told = read_back.after(played.room.pk, audience, cursor, seq=len(record), count=len(seen), at_once=at_once)
        assert told == seen[cursor:]


def test_who_missed_the_last_line_makes_nobody_read_the_first(played: Played) -> None:
    record = log.read(played.room.pk)
    count = len(visible(record, OBSERVERS))
    with CaptureQueriesContext(connection) as asked:
        read_back.after(played.room.pk, OBSERVERS, count - 1, seq=len(record), count=count, at_once=5)
    assert 1 <= len(asked) <= 2
    assert all('"seq" > 0 ' not in one["sql"] for one in asked)
    with CaptureQueriesContext(connection) as asked:
        assert read_back.after(played.room.pk, OBSERVERS, count, seq=len(record), count=count) == []
    assert not asked


def test_what_is_written_meanwhile_is_not_told_twice(played: Played) -> None:
    before = folds.at_head(played.room.pk, [OBSERVERS])
    count = before.view(OBSERVERS).count
    played.do("moderator", "chair_statement", text="Meanwhile.")
    told = wire.missed(played.room.pk, before, OBSERVERS, count - 1, assesses=False)
    assert [number for number, _entry in told.entries] == [count]
    assert not told.anew


def test_a_program_that_asks_by_http_is_told_the_same_page_by_page(played: Played) -> None:
    chair = played.people["moderator"]
    ticket = {"HTTP_AUTHORIZATION": f"Bearer {access.ticket_of(chair)}"}
    seen = list(enumerate(visible(log.read(played.room.pk), THE_MODERATORS), start=1))
    address, told, after = f"/api/rooms/{played.room.code}/{chair.pid}/events/", [], 0
    while True:
        answer = Client().get(address, {"after": after, "limit": 5}, **ticket).json()
        told += answer["events"]
        after = answer["cursor"]
        if not answer["more"]:
            break
    assert told == json.loads(json.dumps([wire.event_data(number, entry) for number, entry in seen]))
    beyond = Client().get(address, {"after": after + 10, "limit": 5}, **ticket).json()
    assert (beyond["again"], [one["cursor"] for one in beyond["events"]]) == (True, [1, 2, 3, 4, 5])
    nothing = Client().get(address, {"after": after}, **ticket).json()
    assert (nothing["cursor"], nothing["events"], nothing["more"]) == (after, [], False)


def test_what_was_said_before_is_read_from_the_end_of_a_long_record(played: Played) -> None:
    record = log.read(played.room.pk)
    everything = visible(record, OBSERVERS)
    for wanted in (1, 3, 10_000):

        def enough(found: list[Entry], wanted: int = wanted) -> bool:
            return len(found) >= wanted

        with CaptureQueriesContext(connection) as asked:
            found = read_back.until(played.room.pk, OBSERVERS, enough, seq=len(record), at_once=4)
        assert found == everything[-len(found) :]
        assert len(found) >= min(wanted, len(everything))
        assert (len(asked) <= 4) is (wanted < 10_000)
