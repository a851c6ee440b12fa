"""Injects and news over real sockets: who may not know is sent nothing, not even a frame without words."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest

from rooms.actions import act, now_ms
from rooms.domain.fold import Tick
from rooms.domain.record import CLOCK
from rooms.domain.state import RoomState
from rooms.process import folds
from tests.domain.play import MINUTE
from tests.rooms.kit import Played, live_played
from tests.wire.client import Client
from tests.wire.conftest import Server

pytestmark = pytest.mark.django_db(transaction=True)

OTHERS = ("JPN-MFA", "JPN-MOD", "PRC-MFA", "ROK-MFA", "observer")
DIALECTS = ("json", "html")


@contextmanager
def lines(server: Server, played: Played, dialect: str, *who: str) -> Iterator[dict[str, Client]]:
    """Everybody on the line, with the first picture taken in."""
    with ExitStack() as open_lines:
        clients = {one: open_lines.enter_context(Client(server, played.people[one], dialect=dialect)) for one in who}
        for client in clients.values():
            client.next()
        yield clients


def state_of(played: Played) -> RoomState:
    return folds.at_head(played.room.pk).state


def told(client: Client, dialect: str) -> str:
    """All that somebody has been sent."""
    return str(client.events) if dialect == "json" else str(client.panels)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_what_the_chair_prepares_sends_nobody_else_a_frame(server: Server, dialect: str) -> None:
    played = live_played()
    with lines(server, played, dialect, "moderator", *OTHERS) as clients:
        before = {one: clients[one].cursor for one in OTHERS}
        steps: tuple[tuple[str, dict[str, Any]], ...] = (
            ("add_inject", {"title": "Frost", "text": "It freezes.", "sender": "Radio", "to": ("JPN",)}),
            ("arm_as_planned", {}),
            ("arm_inject", {"inject": "x1", "kind": "event", "what": "texts.paragraph_proposed"}),
            ("hold_inject", {"inject": "x2"}),
            ("skip_inject", {"inject": "x3", "reason": "No time"}),
        )
        for command, fields in steps:
            played.do("moderator", command, **fields)
            clients["moderator"].next()  # the chair's own screen follows
        for one in OTHERS:
            assert clients[one].nothing(0.2), one
            assert "Flash" not in told(clients[one], dialect)
            assert "Frost" not in told(clients[one], dialect)
            assert clients[one].ask("see_news", news="w0000000000")["refused"]["code"] in (
                "unknown_news",
                "not_delegate",
            )
        assert {one: clients[one].cursor for one in OTHERS} == before


@pytest.mark.parametrize("dialect", DIALECTS)
def test_news_for_a_delegation_is_sent_to_it_alone_and_its_answer_to_the_chair(server: Server, dialect: str) -> None:
    played = live_played()
    with lines(server, played, dialect, "moderator", *OTHERS) as clients:
        played.do("moderator", "release_inject", inject="x2")
        for one in ("moderator", "JPN-MFA", "JPN-MOD"):
            clients[one].next()
            assert "Something x2." in told(clients[one], dialect)
        [piece] = state_of(played).news.pieces
        assert clients["JPN-MOD"].ask("see_news", news=piece)["done"]
        assert clients["JPN-MFA"].ask("answer_news", news=piece, text="We look into it.")["done"]
        clients["moderator"].next()
        for one in ("PRC-MFA", "ROK-MFA", "observer"):
            assert clients[one].nothing(0.2), one
            assert "x2" not in told(clients[one], dialect)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_news_for_a_seat_is_kept_from_the_rest_of_its_delegation(server: Server, dialect: str) -> None:
    played = live_played()
    played.do("moderator", "add_inject", title="Frost", text="It freezes.", sender="Radio", to=("JPN-MOD",))
    with lines(server, played, dialect, *OTHERS) as clients:
        played.do("moderator", "release_inject", inject="x5")
        clients["JPN-MOD"].next()
        assert "It freezes." in told(clients["JPN-MOD"], dialect)
        [piece] = state_of(played).news.pieces
        assert clients["JPN-MOD"].ask("answer_news", news=piece, text="I keep it to myself.")["done"]
        for one in ("JPN-MFA", "PRC-MFA", "ROK-MFA", "observer"):
            assert clients[one].nothing(0.2), one
            assert clients[one].ask("see_news", news=piece)["refused"]["code"] in ("unknown_news", "not_delegate")


def test_what_the_clock_releases_reaches_its_addressees_once(server: Server) -> None:
    played = live_played()
    played.do("moderator", "arm_inject", inject="x2", kind="time", minutes=5)
    with lines(server, played, "json", "JPN-MFA", "PRC-MFA") as clients:
        for seconds in (0, 0, 1, 60):
            act(played.room.pk, CLOCK, Tick(), at=now_ms() + 5 * MINUTE + seconds * 1000)
        clients["JPN-MFA"].next()
        assert [one["name"] for one in clients["JPN-MFA"].events].count("news.delivered") == 1
        assert clients["JPN-MFA"].nothing(0.2)
        assert clients["PRC-MFA"].nothing(0.2)
