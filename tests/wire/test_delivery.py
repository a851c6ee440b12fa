"""What reaches whom, and when something is lost on the way: real sockets, a real server."""

import contextlib

import pytest
from django.db import connection

from rooms.actions import now_ms
from rooms.domain.floor import FloorGiven
from rooms.domain.statements import StatementMade
from rooms.process import folds, hub
from tests.rooms.kit import Played, live_played
from tests.wire.client import Client
from tests.wire.conftest import Server, on_any_server, write_without_poke

pytestmark = pytest.mark.django_db(transaction=True)


def said(played: Played, text: str) -> StatementMade:
    return StatementMade("s1", played.pid("moderator"), "", "", "chair", text, "")


def fresh_panels(server: Server, played: Played, who: str) -> dict[str, str]:
    with Client(server, played.people[who], dialect="html") as client:
        client.next()
        return client.panels


@on_any_server
def test_an_event_reaches_everybody_and_a_private_one_only_its_own(server: Server) -> None:
    played = live_played()
    with (
        Client(server, played.people["JPN-MFA"]) as japan,
        Client(server, played.people["JPN-MOD"]) as colleague,
        Client(server, played.people["PRC-MFA"]) as china,
        Client(server, played.people["moderator"]) as chair,
    ):
        for client in (japan, colleague, china, chair):
            client.next()
        assert japan.ask("say_in_delegation", text="Wait for China.")["done"]
        colleague.until(colleague.cursor + 1)
        assert colleague.events[-1]["data"]["text"] == "Wait for China."
        assert japan.ask("ask_for_floor")["done"]
        for client in (china, chair):
            client.next()
            assert client.events[-1]["name"] == "floor.requested"
            assert "Wait for China." not in str(client.events)


@pytest.mark.parametrize("dialect", ["json", "html"])
def test_who_was_away_gets_what_was_missed(server: Server, dialect: str) -> None:
    played = live_played()
    with Client(server, played.people["PRC-MFA"], dialect=dialect) as china:
        old = china.next()["cursor"]
    played.do("JPN-MFA", "ask_for_floor")
    played.do("moderator", "next_speaker")
    with Client(server, played.people["PRC-MFA"], dialect=dialect, cursor=old) as china:
        message = china.next()
        assert message["cursor"] == old + 2
        if dialect == "json":
            assert [one["cursor"] for one in china.events] == [old + 1, old + 2]
        else:
            assert china.panels == fresh_panels(server, played, "PRC-MFA")


@pytest.mark.parametrize("dialect", ["json", "html"])
def test_who_missed_nothing_gets_nothing_but_the_cursor(server: Server, dialect: str) -> None:
    played = live_played()
    with Client(server, played.people["PRC-MFA"], dialect=dialect) as china:
        now = china.next()["cursor"]
    with Client(server, played.people["PRC-MFA"], dialect=dialect, cursor=now) as china:
        message = china.next()
        assert message["cursor"] == now
        assert not message.get("events")
        assert "content" not in message


@pytest.mark.parametrize("dialect", ["json", "html"])
def test_a_cursor_of_the_future_gets_everything_anew(server: Server, dialect: str) -> None:
    played = live_played()
    with Client(server, played.people["PRC-MFA"], dialect=dialect, cursor=9999) as china:
        message = china.next()
        if dialect == "json":
            assert message["again"] is True
            assert [one["cursor"] for one in china.events] == list(range(1, message["cursor"] + 1))
        else:
            assert china.panels == fresh_panels(server, played, "PRC-MFA")


@pytest.mark.parametrize("hello", [{"cursor": -1}, {"cursor": "7"}, {"cursor": True}, {"cursor": 2**40}, {}, None, 7])
def test_a_strange_hello_gets_everything(server: Server, hello: object) -> None:
    played = live_played()
    with Client(server, played.people["PRC-MFA"], cursor=0) as china:
        everything = china.next()["cursor"]
    with Client(
        server, played.people["PRC-MFA"], cursor=hello["cursor"] if isinstance(hello, dict) and hello else -5
    ) as other:  # type: ignore[arg-type]
        assert other.next()["cursor"] == everything
        assert len(other.events) == everything


@pytest.mark.parametrize("dialect", ["json", "html"])
def test_a_lost_poke_costs_nothing(server: Server, dialect: str) -> None:
    played = live_played()
    with Client(server, played.people["PRC-MFA"], dialect=dialect) as china:
        start = china.next()["cursor"]
        write_without_poke(played, said(played, "The bell has rung."))
        china.until(start + 1)
        if dialect == "json":
            assert china.events[-1]["data"]["text"] == "The bell has rung."
        else:
            assert "The bell has rung." in china.panels["transcript"]


def test_doubled_late_and_reordered_pokes_show_nothing_twice(server: Server) -> None:
    played = live_played()
    with (
        Client(server, played.people["PRC-MFA"]) as china,
        Client(server, played.people["PRC-MFA"], dialect="html") as page,
    ):
        start = china.next()["cursor"]
        page.next()
        head = played.do("JPN-MFA", "ask_for_floor").last_seq
        china.until(start + 1)
        page.until(start + 1)
        for seq in (head, head - 1, head, 1, head - 3, head):
            server.run(hub.poked, played.room.pk, seq)
        assert china.nothing()
        assert page.nothing()
        assert [one["cursor"] for one in china.events] == list(range(1, start + 2))


def test_a_poke_from_the_future_does_no_harm(server: Server) -> None:
    played = live_played()
    with Client(server, played.people["PRC-MFA"]) as china:
        start = china.next()["cursor"]
        server.run(hub.poked, played.room.pk, 10_000)
        played.do("JPN-MFA", "ask_for_floor")
        china.until(start + 1)
        played.do("PRC-MFA", "ask_for_floor")
        china.until(start + 2)


@on_any_server
def test_a_burst_is_shown_whole_and_in_order(server: Server) -> None:
    played = live_played()
    with Client(server, played.people["PRC-MFA"]) as china:
        start = china.next()["cursor"]
        for number in range(25):
            played.do("moderator", "chair_statement", text=f"Point {number}")
        china.until(start + 25)
        said = [one["data"]["text"] for one in china.events if one["name"] == "floor.statement_made"]
        assert said == [f"Point {number}" for number in range(25)]


def test_every_screen_equals_a_fresh_one_after_play(server: Server) -> None:
    played = live_played()
    watching = {who: Client(server, person, dialect="html") for who, person in played.people.items()}
    for client in watching.values():
        client.next()
    played.do("JPN-MFA", "ask_for_floor")
    played.do("PRC-MFA", "ask_for_floor")
    played.do("moderator", "next_speaker")
    played.do("JPN-MFA", "make_statement", text="透明性 <b>first</b>")
    played.do("PRC-MFA", "declare_position", issue="scope", preferred="a", public=True)
    played.do("JPN-MFA", "declare_position", issue="scope", preferred="b", public=False)
    played.do("moderator", "open_document", title="Joint text")
    played.do("JPN-MFA", "propose_paragraph", text="We shall meet again.")
    played.do("JPN-MFA", "say_in_delegation", text="Well done.")
    for who, client in watching.items():
        view = folds.at_head(played.room.pk, [])
        assert view.seq
        fresh = fresh_panels(server, played, who)
        with contextlib.suppress(TimeoutError):
            while client.panels != fresh:
                client.next()
        assert client.panels == fresh, who
        client.line.close()


@on_any_server
def test_who_is_removed_while_connected_is_sent_away(server: Server) -> None:
    played = live_played()
    with Client(server, played.people["PRC-MFA"]) as china:
        china.next()
        played.do("moderator", "remove_person", person=played.pid("PRC-MFA"))
        china.closed_with()
        assert china.reload
        assert not any(one["name"] == "seats.person_removed" for one in china.events)


def test_who_was_removed_while_away_is_sent_away(server: Server) -> None:
    played = live_played()
    played.do("moderator", "remove_person", person=played.pid("PRC-MFA"))
    with Client(server, played.people["PRC-MFA"], cursor=3) as china:
        assert china.closed_with() == 4403
        assert china.reload
        assert china.events == []


@pytest.mark.parametrize("dialect", ["json", "html"])
def test_who_was_moved_while_away_loads_a_new_page_and_sees_no_old_confidence(server: Server, dialect: str) -> None:
    played = live_played()
    played.do("JPN-MFA", "say_in_delegation", text="A secret of Japan.")
    with Client(server, played.people["JPN-MFA"], dialect=dialect, view="delegate:JPN-MFA") as before:
        cursor = before.next()["cursor"]
    played.do("moderator", "move_person", person=played.pid("JPN-MFA"), seat="USA-MFA")
    with Client(server, played.people["JPN-MFA"], dialect=dialect, cursor=cursor, view="delegate:JPN-MFA") as stale:
        assert stale.closed_with() == 4403
        assert stale.reload
    with Client(server, played.people["JPN-MFA"], dialect=dialect, view="delegate:USA-MFA") as after:
        after.next()
        assert "A secret of Japan." not in str(after.events) + str(after.panels)


def test_who_is_let_in_while_waiting_loads_the_room(server: Server) -> None:
    played = live_played(automatic=False)
    with Client(server, played.people["ROK-MFA"], dialect="html", view="lobby") as korea:
        korea.next()
        assert set(korea.panels) >= {"status", "people", "door"}
        played.do("moderator", "admit_person", person=played.pid("ROK-MFA"))
        korea.closed_with()
        assert korea.reload


def test_a_deadline_fires_once_and_everybody_hears(server: Server) -> None:
    played = live_played()
    with Client(server, played.people["PRC-MFA"]) as china:
        start = china.next()["cursor"]
        japan = played.pid("JPN-MFA")
        write_without_poke(played, FloorGiven("r1", japan, "JPN-MFA", "JPN", "statement", now_ms() + 200))
        china.until(start + 2)
        assert china.events[-1]["name"] == "floor.speech_time_up"
        assert china.nothing()


@on_any_server
def test_a_client_that_does_not_read_holds_nobody_up(server: Server) -> None:
    played = live_played()
    with Client(server, played.people["PRC-MFA"]) as asleep, Client(server, played.people["JPN-MFA"]) as awake:
        asleep.next()
        start = awake.next()["cursor"]
        for number in range(60):
            played.do("moderator", "chair_statement", text=f"{number} " + "x" * 15_000)
        awake.until(start + 60)
        with Client(server, played.people["PRC-MFA"], cursor=asleep.cursor) as again:
            again.until(start + 60)


def test_the_connection_to_the_database_may_fail_and_come_back(server: Server) -> None:
    played = live_played()
    with Client(server, played.people["PRC-MFA"]) as china:
        start = china.next()["cursor"]
        connection.close()
        played.do("JPN-MFA", "ask_for_floor")
        china.until(start + 1)


def closed_session() -> Played:
    """Japan spoke under the Chatham House rule; the session is over."""
    played = live_played()
    played.do("JPN-MFA", "ask_for_floor")
    played.do("moderator", "next_speaker")
    played.do("JPN-MFA", "make_statement", text="Between ourselves, we could live with it.")
    played.do("moderator", "close_session")
    return played


def test_after_the_end_a_program_reads_what_was_said_but_not_who_said_it(server: Server) -> None:
    played = closed_session()
    for who in ("PRC-MFA", "JPN-MOD", "observer"):
        for cursor in (0, 5, 11, 9999):
            with Client(server, played.people[who], cursor=cursor) as client:
                client.next()
                statements = [one for one in client.events if one["name"] == "floor.statement_made"]
                assert [one["data"]["text"] for one in statements] == ["Between ourselves, we could live with it."]
                assert {(one["actor"], one["data"]["person"], one["data"]["delegation"]) for one in statements} == {
                    ("", "", "")
                }
                assert not [one for one in client.events if one["name"] in ("floor.given", "floor.requested")]
                assert [one["cursor"] for one in client.events] == list(range(1, client.cursor + 1))
                server.run(hub.poked, played.room.pk, 10_000)
                assert client.nothing()


def test_after_the_end_the_assessment_record_keeps_who_spoke(server: Server) -> None:
    played = closed_session()
    with Client(server, played.people["moderator"]) as chair:
        chair.next()
        said_by = [one["data"]["delegation"] for one in chair.events if one["name"] == "floor.statement_made"]
        assert said_by == ["JPN"]
