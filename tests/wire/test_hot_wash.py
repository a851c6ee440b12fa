"""The hot wash over real sockets: a closed room still changes before everybody's eyes, and nothing says who wrote."""

import json

import pytest
from django.db import connection

from rooms.domain.hot_wash import WashBegan
from rooms.process import folds
from tests.rooms.kit import Played, live_played
from tests.wire.client import Client
from tests.wire.conftest import Server
from tests.wire.test_delivery import fresh_panels, write_without_poke

pytestmark = pytest.mark.django_db(transaction=True)


def closed_played(attribution: str = "chatham_house") -> Played:
    played = live_played(attribution=attribution)
    played.do("moderator", "set_bookmark", text="Here it turned.")
    played.do("moderator", "close_session")
    return played


def html(server: Server, played: Played, who: str) -> Client:
    return Client(server, played.people[who], dialect="html")


@pytest.mark.parametrize("who", ["JPN-MFA", "observer"])
def test_after_closing_a_page_gets_each_new_phase_and_each_note(server: Server, who: str) -> None:
    played = closed_played()
    with html(server, played, who) as page, html(server, played, "PRC-MFA") as china:
        for client in (page, china):
            client.next()
            assert "hidden" in client.panels["wash"].split(">")[0]
        played.do("moderator", "begin_hot_wash")
        page.next()
        assert "Who are you again" in page.panels["wash"]
        played.do("moderator", "turn_to_phase", phase="happened")
        page.until(page.cursor + 1)
        assert "What happened, as you saw it?" in page.panels["wash"]
        assert china.ask("add_wash_note", kind="plus", text="We listened.")["done"]
        page.until(page.cursor + 1)
        assert "We listened." in page.panels["wash"]
        played.do("moderator", "take_up_bookmark", bookmark="b1")
        page.until(page.cursor + 1)
        assert "Here it turned." in page.panels["wash"]
        assert page.panels == fresh_panels(server, played, who)


def test_a_poke_that_is_lost_after_closing_is_made_good_by_the_next(server: Server) -> None:
    played = closed_played()
    with html(server, played, "JPN-MFA") as page:
        page.next()
        write_without_poke(played, WashBegan("role"))
        played.do("moderator", "turn_to_phase", phase="feel")
        while "How do you feel?" not in page.panels["wash"]:
            page.next()


def test_stepping_out_of_role_changes_the_button_of_ones_own_seat_and_everybodys_count(server: Server) -> None:
    played = closed_played()
    played.do("moderator", "begin_hot_wash")
    with html(server, played, "JPN-MFA") as japan, html(server, played, "JPN-MOD") as colleague:
        for client in (japan, colleague):
            client.next()
            assert "step_out_of_role" in client.panels["role"]
        assert japan.ask("step_out_of_role")["done"]
        for client in (japan, colleague):
            while "<b>1 of" not in client.panels["wash"]:
                client.next()
        assert "step_out_of_role" not in japan.panels["role"]
        assert "step_out_of_role" in colleague.panels["role"]


def test_nothing_that_is_stored_says_who_wrote_a_note(server: Server) -> None:
    played = closed_played()
    played.do("moderator", "begin_hot_wash")
    before = _stored(played)
    with html(server, played, "JPN-MFA") as japan:
        japan.next()
        assert japan.ask("add_wash_note", request_id="tell-tale", kind="delta", text="Too long.")["done"]
        assert japan.ask("add_wash_note", request_id="tell-tale", kind="delta", text="Too long.")["done"]
    new = _stored(played) - before
    assert len(new) == 1
    [row] = new
    assert "Too long." in row
    assert played.pid("JPN-MFA") not in row
    assert "tell-tale" not in row


def _stored(played: Played) -> set[str]:
    """Every row about this room there is: of the record, and of what was answered to whom."""
    found = set()
    with connection.cursor() as cursor:
        for table in ("rooms_event", "rooms_answered"):
            cursor.execute(f"SELECT * FROM {table} WHERE room_id = %s", [played.room.pk])
            found |= {json.dumps(row, default=str) for row in cursor.fetchall()}
    return found


def test_a_program_reads_within_the_rule_what_was_noted_after_closing(server: Server) -> None:
    for rule, texts in (("chatham_house", ["We listened."]), ("off_the_record", [])):
        played = closed_played(rule)
        played.do("moderator", "begin_hot_wash")
        played.do("JPN-MFA", "add_wash_note", kind="plus", text="We listened.")
        folds.forget_all()
        with Client(server, played.people["PRC-MFA"]) as china:
            china.next()
            assert [one["data"]["text"] for one in china.events if one["name"] == "wash.note_added"] == texts
            assert {one["actor"] for one in china.events if one["name"] == "wash.note_added"} <= {"clock"}
