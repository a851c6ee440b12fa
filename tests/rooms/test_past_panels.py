"""A page that walks through the past is sent what has changed, and puts together what a page of its own would show."""

from typing import Any

import pytest
from django.test import Client

from rooms import access
from tests.rooms.kit import Played, live_played

pytestmark = pytest.mark.django_db


def closed_played() -> Played:
    played = live_played()
    played.do("moderator", "open_list")
    played.do("JPN-MFA", "ask_for_floor")
    played.do("moderator", "next_speaker")
    played.do("JPN-MFA", "make_statement", text="We report our exercises.")
    played.do("JPN-MFA", "say_in_delegation", text="Only among us in Tokyo.")
    played.do("moderator", "chair_statement", text="Thank you.")
    played.do("moderator", "close_session")
    return played


def asked(played: Played, who: str, rest: str) -> dict[str, Any]:
    address = f"/rooms/{played.room.code}/{played.pid(who)}/at/{rest}"
    bearer = f"Bearer {access.ticket_of(played.people[who])}"
    answer: dict[str, Any] = Client().get(address, headers={"Authorization": bearer}).json()
    return answer


@pytest.mark.parametrize("who", ["moderator", "JPN-MFA", "observer"])
def test_a_page_that_has_a_moment_is_sent_what_differs_from_it(who: str) -> None:
    played = closed_played()
    last = asked(played, who, "tape/")["last"]
    assert last > 10
    for moment, had in ((last, last - 1), (last - 2, last), (last, 1), (1, last), (5, 5)):
        before, after = (asked(played, who, f"{n}/panels/")["panels"] for n in (had, moment))
        sent = asked(played, who, f"{moment}/panels/?have={had}")["panels"]
        assert {**before, **sent} == after
        assert all(before[name] != html for name, html in sent.items())
    assert asked(played, who, "5/panels/?have=5")["panels"] == {}


@pytest.mark.parametrize("typed", ["", "0", "x", "-1", "9" * 30, "999", "٣", "1.5"])
def test_what_is_no_moment_is_not_had(typed: str) -> None:
    played = closed_played()
    whole = asked(played, "observer", "5/panels/")["panels"]
    assert whole
    assert asked(played, "observer", f"5/panels/?have={typed}")["panels"] == whole
