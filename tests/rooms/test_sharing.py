"""Sharing from the debrief, and the hot wash in it: what each reader is shown, and in which file."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from rooms.domain.agenda import StartItem
from rooms.domain.floor import CallOn
from rooms.domain.ground_rules import SetAttribution
from rooms.domain.hot_wash import AddWashNote, BeginHotWash, StepOutOfRole, TakeUpBookmark, TurnToPhase
from rooms.domain.notes import SetBookmark
from rooms.domain.room import CloseSession, StartSession
from rooms.domain.statements import MakeStatement
from rooms.process import folds

from .conftest import Played

pytestmark = pytest.mark.django_db

Open = Callable[..., Played]
Join = Callable[..., tuple[Client, str]]
Seated = Callable[[Played], Client]


@dataclass
class Over:
    """A session that is over, or nearly: the browsers of all, and who they are."""

    played: Played
    clients: dict[str, Client]
    pids: dict[str, str]

    def get(self, who: str, rest: str) -> Any:
        return self.clients[who].get(self.played.address(self.pids.get(who, ""), rest))

    def text(self, who: str, rest: str = "debrief/") -> str:
        response = self.get(who, rest)
        assert response.status_code == 200, (who, rest)
        return str(response.content.decode())

    def share(self, who: str, part: str, to: str) -> Any:
        address = self.played.address(self.pids.get(who, ""), "share/")
        return self.clients[who].post(address, {"part": part, "to": to})


@pytest.fixture
def over(open_room: Open, join: Join, in_chair: Seated) -> Callable[..., Over]:
    def made(closed: bool = True, rule: str = "") -> Over:
        played = open_room()
        china, chen = join(played, "Chen of Beijing", "PRC-MFA")
        observer, olga = join(played, "Olga the Observer")
        played.chair(StartSession())
        if rule:
            played.chair(SetAttribution(rule))
        played.chair(StartItem("i1"))
        played.chair(CallOn("PRC-MFA"))
        played.by(chen, MakeStatement("We should report."))
        played.chair(SetBookmark("Here it turned."))
        if closed:
            played.chair(CloseSession())
        return Over(
            played, {"chair": in_chair(played), "china": china, "observer": observer}, {"china": chen, "observer": olga}
        )

    return made


def washed(session: Over) -> Over:
    session.played.chair(BeginHotWash())
    session.played.by(session.pids["china"], StepOutOfRole())
    session.played.by(session.pids["china"], AddWashNote("plus", "We listened <well>."))
    session.played.chair(TurnToPhase("learned"))
    session.played.by(session.pids["observer"], AddWashNote("note", "그들은 솔직했다."))
    session.played.chair(TakeUpBookmark("b1"))
    return session


# Sharing


def test_the_moderator_shares_a_part_and_is_led_back_to_it(over: Callable[..., Over]) -> None:
    session = over()
    response = session.share("chair", "floor", "chair")
    assert (response.status_code, response["Location"]) == (302, session.played.address("", "debrief/#share-floor"))
    assert "is read by moderators only." in session.text("chair")
    assert 'id="floor"' in session.text("chair")
    assert 'id="floor"' not in session.text("china")
    session.share("chair", "floor", "delegates")
    assert 'id="floor"' in session.text("china")
    assert 'id="floor"' not in session.text("observer")


@pytest.mark.parametrize("who", ["china", "observer"])
def test_nobody_else_shares_or_is_shown_what_is_shared(over: Callable[..., Over], who: str) -> None:
    session = over()
    assert session.share(who, "mandates", "all").status_code in (403, 409)
    assert folds.at_head(session.played.room.pk).state.sharing.shared == {}
    assert 'id="sharing"' not in session.text(who)
    assert "share/" not in session.text(who)


def test_another_site_shares_nothing(over: Callable[..., Over]) -> None:
    session = over()
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = session.clients["chair"].cookies
    response = strict.post(session.played.address("", "share/"), {"part": "floor", "to": "chair"})
    assert response.status_code == 403
    assert session.clients["chair"].get(session.played.address("", "share/")).status_code == 405


@pytest.mark.parametrize(
    ("part", "to", "closed", "words"),
    [
        ("gossip", "all", True, "The debrief has no such part."),
        ("floor", "press", True, "Share it with all, with the delegations"),
        ("mandates", "all", False, "Share it once the session is closed."),
    ],
)
def test_what_cannot_be_shared_is_said_on_the_page(
    over: Callable[..., Over], part: str, to: str, closed: bool, words: str
) -> None:
    session = over(closed=closed)
    assert session.share("chair", part, to).status_code == 302
    assert words in session.text("chair")


def test_before_closing_no_secret_can_even_be_pressed(over: Callable[..., Over]) -> None:
    page = over(closed=False).text("chair")
    choices = page.split('id="share-mandates"')[1].split("</li>")[0]
    assert choices.count(" disabled") == 2
    assert "disabled" not in page.split('id="share-floor"')[1].split("</li>")[0]


def test_mandates_reach_those_alone_with_whom_they_are_shared(over: Callable[..., Over]) -> None:
    session = over()
    state = folds.at_head(session.played.room.pk).state
    code, pack = next((code, pack) for code, pack in state.prepared.packs.items() if code != "PRC")
    secret = pack["red_lines"][0]["text"] if pack.get("red_lines") else pack["positions"][0]["text"]
    told = json.dumps(secret, ensure_ascii=False)[1:-1]

    def held(who: str) -> bool:
        return told in session.text(who, "debrief.json")

    assert not held("china")
    session.share("chair", "mandates", "delegates")
    assert "mandates" in folds.at_head(session.played.room.pk).state.sharing.material
    assert not held("china"), "a file goes from hand to hand: it holds what observers may read"
    session.share("chair", "mandates", "all")
    assert held("observer"), code


# The hot wash in the debrief


def test_the_debrief_shows_the_board_and_nobody_behind_it(over: Callable[..., Over]) -> None:
    session = washed(over())
    for who in ("chair", "china", "observer"):
        page = session.text(who)
        section = page.split('id="wash"')[1].split("Nobody signed a note")[0]
        assert "We listened &lt;well&gt;." in section
        assert "그들은 솔직했다." in section
        assert "Here it turned." in section
        assert "Chen" not in section
        assert "Olga" not in section
    exported = json.loads(session.text("observer", "debrief.json"))["report"]["wash"]
    assert [one["text"] for one in exported["notes"]] == ["We listened <well>.", "그들은 솔직했다."]
    assert (exported["out"], [one["phase"] for one in exported["phases"]]) == (1, ["role", "learned"])
    assert "We listened" in session.text("observer", "debrief.md")


def test_what_is_washed_off_the_record_is_on_the_wall_but_in_no_debrief(over: Callable[..., Over]) -> None:
    session = washed(over(rule="off_the_record"))
    assert "We listened" in session.text("china", "")
    for rest in ("debrief/", "debrief.json", "debrief.md", "earlier/"):
        assert "We listened" not in session.text("china", rest)
        assert "Here it turned" not in session.text("china", rest)
    assert "We listened" in session.text("chair")


def test_the_board_is_a_part_that_can_be_kept(over: Callable[..., Over]) -> None:
    session = washed(over())
    session.share("chair", "wash", "chair")
    assert 'id="wash"' not in session.text("china")
    assert "We listened" not in session.text("china")
    assert 'id="wash"' in session.text("chair")


# From a panel to its moment


def test_a_moment_that_is_up_opens_the_room_as_it_was(over: Callable[..., Over]) -> None:
    session = washed(over())
    instant = folds.at_head(session.played.room.pk).state.hot_wash.moments[0].instant
    for who in ("china", "observer", "chair"):
        assert f'href="moment/{instant}/"' in session.text(who, "")
        for rest in (f"moment/{instant}/", f"at/2/moment/{instant}/"):
            response = session.get(who, rest)
            assert response.status_code == 302
            assert "/at/" in response["Location"]
            assert response["Cache-Control"] == "no-store"


def test_no_moment_opens_for_a_delegate_while_the_session_goes_on(over: Callable[..., Over]) -> None:
    session = over(closed=False)
    assert session.get("china", "moment/1/").status_code == 409
    assert Client().get(session.played.address(session.pids["china"], "moment/1/")).status_code == 403
