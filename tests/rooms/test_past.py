"""Replay as people ask for it: the page, its panels and marks as JSON, other eyes, a link to a moment, words found."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rooms.domain.agenda import StartItem
from rooms.domain.attribution import OFF_THE_RECORD
from rooms.domain.caucus_sittings import SayInCaucus
from rooms.domain.caucus_terms import AcceptCaucus, ProposeCaucus
from rooms.domain.channels import SayInDelegation
from rooms.domain.decisions import AnswerCall, CallConsensus
from rooms.domain.floor import CallOn
from rooms.domain.ground_rules import rule_in_force
from rooms.domain.notes import NoteToChair
from rooms.domain.positions import DeclarePosition
from rooms.domain.room import CloseSession, StartSession
from rooms.domain.sharing import SharePart
from rooms.domain.statements import ChairStatement, MakeStatement
from rooms.domain.texts import ProposeParagraph, ReviseParagraph
from rooms.process import folds

from .conftest import Played

pytestmark = pytest.mark.django_db

Open = Callable[..., Played]
Join = Callable[..., tuple[Client, str]]
Seated = Callable[[Played], Client]

NAMES = {"china": "Chen of Beijing", "japan": "Sato of Tokyo", "expert": "Ito of Tokyo", "observer": "Olga Looking"}
SEATS = {"china": "PRC-MFA", "japan": "JPN-MFA", "expert": "JPN-EXP-1"}
PRIVATE = {
    "china": ("Only among us Chinese.", "Our Chinese bottom line."),
    "japan": ("Only among us Japanese.", "Our Japanese bottom line."),
}
NOTED = "Chair, a word from Tokyo."
ASIDE = "Between the two of us only."


@dataclass
class Session:
    """A short session of two delegations, with everybody's browser. `live`: what stood on somebody's page, by how far
    their audience had come."""

    played: Played
    browsers: dict[str, Client]
    pids: dict[str, str]
    issue: str
    live: dict[str, dict[int, str]] = field(default_factory=dict)
    # From where on somebody counts otherwise afterwards: of what was off the record there is less.
    moved: dict[str, int] = field(default_factory=dict)

    def get(self, who: str, rest: str = "", **more: Any) -> Any:
        return self.browsers[who].get(self.played.address(self.pids[who], rest), **more)

    def page(self, who: str, rest: str = "") -> str:
        response = self.get(who, rest)
        assert response.status_code == 200, (who, rest, response.status_code)
        return str(response.content.decode())

    def json(self, who: str, rest: str) -> Any:
        response = self.get(who, rest)
        assert response.status_code == 200, (who, rest, response.status_code)
        assert response["Cache-Control"] == "no-store"
        return json.loads(response.content)

    def last(self, who: str) -> int:
        return int(self.json(who, "at/tape/")["last"])

    def panels(self, who: str, cursor: int, eyes: str = "") -> dict[str, str]:
        told: dict[str, str] = self.json(who, f"at/{cursor}/panels/?from={eyes}")["panels"]
        return told

    def all_panels(self, who: str, eyes: str = "") -> str:
        """The panels of a few moments through some eyes, with the last one, one after the other."""
        return "".join(
            html for cursor in range(self.last(who), 0, -12) for html in self.panels(who, cursor, eyes).values()
        )

    def look_up(self) -> None:
        """Everybody looks at their screen."""
        for who in self.browsers:
            response = self.get(who, "?whole")
            state = response.context["state"]
            self.live.setdefault(who, {})[state.count] = response.content.decode()
            if rule_in_force(state) == OFF_THE_RECORD:
                self.moved.setdefault(who, state.count)

    @property
    def caucus(self) -> str:
        return next(iter(folds.at_head(self.played.room.pk).state.caucuses.known))

    def do(self, who: str, command: Any) -> None:
        self.played.by(self.pids[who], command)


@pytest.fixture
def play(open_room: Open, join: Join, in_chair: Seated) -> Callable[..., Session]:
    """Plays the session; with `watched` everybody looks up after each command."""

    def session(closed: bool = True, watched: bool = False, **room: object) -> Session:
        played = open_room(**room)
        browsers, pids = {"chair": in_chair(played)}, {"chair": played.chair_pid}
        for who, name in NAMES.items():
            browsers[who], pids[who] = join(played, name, SEATS.get(who, "observe"))
        issue = str(played.room.scenario.issues.first().key)  # type: ignore[union-attr]  # it has one
        session = Session(played, browsers, pids, issue)
        steps: list[tuple[str, Any]] = [
            ("chair", StartSession()),
            ("chair", StartItem("i1")),
            ("chair", ChairStatement("Welcome to this round.")),
            ("chair", CallOn("PRC-MFA")),
            ("china", MakeStatement("The straße is long; 航行の自由 и Свобода.")),
            ("china", SayInDelegation(PRIVATE["china"][0])),
            ("japan", SayInDelegation(PRIVATE["japan"][0])),
            ("japan", NoteToChair(NOTED)),
            ("china", DeclarePosition(issue, "a", public=False, reason=PRIVATE["china"][1])),
            ("japan", DeclarePosition(issue, "c", public=False, reason=PRIVATE["japan"][1])),
            ("japan", DeclarePosition(issue, "b", public=True, reason="A first step towards calm.")),
            ("chair", StartItem("i7", "i1")),
            ("japan", ProposeCaucus(("PRC-MFA",), "Ports", 5, alone=True)),
            ("china", lambda caucus: AcceptCaucus(caucus)),
            ("japan", lambda caucus: SayInCaucus(caucus, ASIDE)),
            ("chair", StartItem("i8", "i7")),
            ("china", ProposeParagraph("We met.")),
            ("china", ReviseParagraph("p1", "We met and talked.", 1)),
            ("chair", CallConsensus(2)),
            ("china", AnswerCall("c1", "join")),
            ("japan", AnswerCall("c1", "object", "It says too little about ports.")),
        ]
        for who, command in steps:
            session.do(who, command(session.caucus) if callable(command) else command)
            if watched:
                session.look_up()
        if closed:
            session.do("chair", CloseSession("Thank you all."))
        return session

    return session


# What was seen


def without_names(html: str) -> str:
    for name in (*NAMES.values(), "Mira the Moderator"):
        html = html.replace(f"<bdi>{name}</bdi>", "").replace(name, "")
    return html


def test_on_the_record_everybody_sees_again_what_stood_on_their_screen(play: Callable[..., Session]) -> None:
    """To the byte. Names of people stay with who keeps the assessment record; all else is there for all."""
    session = play(watched=True, attribution="on_the_record")
    for who, pages in session.live.items():
        seen = {cursor: page for cursor, page in pages.items() if who == "chair" or cursor < session.moved[who]}
        assert len(seen) > 5, who
        for cursor, page in seen.items():
            for name, html in session.panels(who, cursor).items():
                if who == "chair":
                    assert html in page, (cursor, name)
                else:
                    assert not any(person in html for person in NAMES.values())
                    assert name in ("people", "channel", "table") or html in without_names(page), (who, cursor, name)


def test_the_assessing_moderator_sees_again_what_stood_on_the_screen_under_any_rule(
    play: Callable[..., Session],
) -> None:
    session = play(watched=True, attribution="off_the_record")
    for cursor, page in session.live["chair"].items():
        for name, html in session.panels("chair", cursor).items():
            assert html in page, (cursor, name)


def test_the_page_holds_the_panels_that_are_sent_to_it(play: Callable[..., Session]) -> None:
    session = play()
    for who in session.browsers:
        for eyes in ("", "observers", "JPN-MFA", "PRC-EXP-1"):
            last = session.last(who)
            for cursor in (last // 2, last):
                page = session.page(who, f"at/{cursor}/?from={eyes}")
                for name, html in session.panels(who, cursor, eyes).items():
                    # Stepping out of role is a person's own act, and no part of the room that is shown.
                    assert html in page or name == "role", (who, eyes, cursor, name)


def test_a_tape_tells_when_and_what(play: Callable[..., Session]) -> None:
    session = play()
    tape = session.json("observer", "at/tape/")
    assert tape["times"] == sorted(tape["times"])
    assert len(tape["times"]) == tape["last"]
    assert tape["steps"] == list(range(1, tape["last"] + 1))
    assert tape["since"] <= tape["until"] == tape["times"][-1]
    assert all(1 <= cursor <= tape["last"] and kind and sentence for cursor, kind, sentence in tape["marks"])
    cursor, _kind, sentence = tape["marks"][-2]
    moment = session.json("observer", f"at/{cursor}/panels/")
    assert (moment["cursor"], moment["told"], moment["told_cursor"]) == (cursor, sentence, cursor)
    assert moment["at"] == tape["times"][cursor - 1]


# Other eyes


def test_other_eyes_never_show_what_is_kept_from_the_reader(play: Callable[..., Session]) -> None:
    session = play()
    for eyes in ("", "observers", "JPN-MFA", "JPN-EXP-1", "PRC-MFA"):
        seen = {who: session.all_panels(who, eyes) for who in session.browsers}
        for owner, words in PRIVATE.items():
            for who, html in seen.items():
                mine = who == owner or (who == "expert" and owner == "japan")
                if not mine:
                    assert not any(one in html for one in words), (who, eyes, owner)
        assert not any(NOTED in html for who, html in seen.items() if who not in ("chair", "japan"))


def test_other_eyes_leave_out_what_those_did_not_see(play: Callable[..., Session]) -> None:
    session = play()
    assert PRIVATE["japan"][0] in session.all_panels("japan")
    assert PRIVATE["japan"][0] in session.all_panels("japan", "JPN-EXP-1")
    assert PRIVATE["japan"][0] not in session.all_panels("japan", "observers")
    # What one writes to the chair is rightly left out of all that is read afterwards but by the moderator.
    assert NOTED in session.all_panels("chair", "JPN-MFA")
    assert NOTED not in session.all_panels("chair", "JPN-EXP-1")
    assert NOTED not in session.all_panels("chair", "PRC-MFA")


def test_what_was_said_aside_off_the_record_is_seen_again_by_nobody(play: Callable[..., Session]) -> None:
    session = play(attribution="on_the_record")
    for eyes in ("", "JPN-MFA", "PRC-MFA", "JPN-EXP-1"):
        again = {who for who in session.browsers if ASIDE in session.all_panels(who, eyes)}
        assert again == set()


def test_a_seat_is_looked_from_with_the_panels_it_had(play: Callable[..., Session]) -> None:
    session = play()
    assert {"stand", "channel", "drafts"} <= session.panels("chair", 20, "JPN-MFA").keys()
    assert not {"stand", "channel", "drafts"} & session.panels("china", 20, "observers").keys()
    assert session.panels("chair", 20, "moderators") == session.panels("chair", 20)
    assert session.panels("japan", 20, "JPN-MFA") == session.panels("japan", 20)


def test_the_eyes_to_choose_from_are_told_with_what_they_leave_out(play: Callable[..., Session]) -> None:
    session = play()
    context = session.get("china", "at/5/?from=JPN-MFA").context
    values = [one["value"] for one in context["eyes"]]
    assert values[:2] == ["", "observers"]
    assert "PRC-MFA" not in values  # their own, at the top
    assert {"JPN-MFA", "PRC-MOD"} <= set(values)
    assert [one["value"] for one in context["eyes"] if one["chosen"]] == ["JPN-MFA"]
    assert "kept to themselves" in context["eyes_words"]
    assert session.get("china", "at/5/").context["eyes_words"] == ""
    through = [session.get(who, "at/5/?from=JPN-EXP-1").context["eyes_words"] for who in ("chair", "china", "japan")]
    assert len(set(through)) == 3


# Wrong people, wrong addresses


REPLAY = ("at/1/", "at/1/panels/", "at/tape/", "find/", "find/?q=we", "at/1/?from=JPN-MFA", "at/1/panels/?from=JPN-MFA")


@pytest.mark.parametrize("rest", REPLAY)
def test_nobody_looks_back_who_may_not(play: Callable[..., Session], rest: str) -> None:
    session = play(closed=False)
    assert session.get("chair", rest).status_code == 200
    for who in NAMES:
        response = session.get(who, rest)
        assert response.status_code == 409
        assert b"The debrief opens when the moderator closes the session." in response.content
        assert response["Cache-Control"] == "no-store"
        assert Client().get(session.played.address(session.pids[who], rest)).status_code == 403
    assert session.browsers["china"].get(session.played.address(session.pids["japan"], rest)).status_code == 403


@pytest.mark.parametrize("rest", REPLAY)
def test_who_waits_at_the_door_does_not_look_back(open_room: Open, join: Join, rest: str) -> None:
    played = open_room(automatic_admission=False)
    late, pid = join(played, "Late", "PRC-MFA")
    played.chair(CloseSession())
    assert late.get(played.address(pid, rest)).status_code == 403


@pytest.mark.parametrize(
    ("rest", "status", "code"),
    [
        ("at/5/panels/?from=FRA-MFA", 404, "unknown_eyes"),
        ("at/5/panels/?from=moderators", 404, "unknown_eyes"),
        ("at/5/panels/?from=delegation:JPN", 404, "unknown_eyes"),
        ("at/5/panels/?from=%00%ff", 404, "unknown_eyes"),
        ("at/tape/?from=lobby", 404, "unknown_eyes"),
        ("at/0/panels/", 404, "no_such_moment"),
        ("at/999999/panels/", 404, "no_such_moment"),
        (f"at/{'9' * 400}/panels/", 404, "no_such_moment"),
    ],
)
def test_what_is_not_there_is_refused_in_a_sentence(
    play: Callable[..., Session], rest: str, status: int, code: str
) -> None:
    response = play().get("china", rest)
    assert response.status_code == status
    refused = json.loads(response.content)["refused"]
    assert refused["code"] == code
    assert refused["message"].endswith(".")


@pytest.mark.parametrize(
    "rest", ["at/5/?from=FRA-MFA", "at/0/", f"at/{'9' * 5000}/", "find/?q=we&after=x", f"find/?q=we&after={'9' * 50}"]
)
def test_pages_refuse_the_same(play: Callable[..., Session], rest: str) -> None:
    response = play().get("china", rest)
    assert response.status_code == 404
    assert b"." in response.content


# A link to a moment


def test_a_link_to_a_moment_leads_each_reader_to_their_own(play: Callable[..., Session]) -> None:
    session = play()
    code = session.played.room.code
    link = session.get("chair", f"at/{session.last('chair') // 2}/").context["moment_url"]
    at = int(re.findall(r"\d+", link)[-1])
    for who, browser in session.browsers.items():
        response = browser.get(link)
        assert response["Cache-Control"] == "no-store"
        cursor = int(re.findall(r"at/(\d+)/$", response["Location"])[0])
        times = session.json(who, "at/tape/")["times"]
        assert response["Location"] == session.played.address(session.pids[who], f"at/{cursor}/")
        assert times[cursor - 1] <= at
        assert cursor == len(times) or times[cursor] > at
    chair = session.browsers["chair"]
    assert chair.get(f"/rooms/{code}/moment/0/")["Location"].endswith("/at/1/")
    assert chair.get(f"/rooms/{code}/moment/{'9' * 30}/")["Location"].endswith(f"/at/{session.last('chair')}/")


def test_a_link_to_a_moment_opens_nothing_for_strangers_or_before_the_end(play: Callable[..., Session]) -> None:
    session = play(closed=False)
    link = f"/rooms/{session.played.room.code}/moment/881107200000/"
    assert Client().get(link).status_code == 403
    assert session.browsers["china"].get(link).status_code == 409
    assert session.browsers["chair"].get(link).status_code == 302
    assert Client().get("/rooms/ZZZZZZ/moment/5/").status_code == 403  # as for a room there is
    assert Client().get(f"/rooms/{session.played.room.code}/moment/-5/").status_code == 404


def test_a_link_to_a_moment_opens_for_whom_the_replay_is_shared_with(play: Callable[..., Session]) -> None:
    session = play()
    session.do("chair", SharePart("replay", "delegates"))
    link = f"/rooms/{session.played.room.code}/moment/881107200000/"
    answers = {who: session.browsers[who].get(link).status_code for who in ("chair", "china", "observer")}
    assert answers == {"chair": 302, "china": 302, "observer": 403}


# Words found


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("STRASSE", "straße"),
        ("свобода", "Свобода"),
        ("航行", "航行"),
        ("ｗｅｌｃｏｍｅ", "Welcome"),
        ("calm first", "first"),
        ("too little", "too"),
        ("talked", "talked"),
    ],
)
def test_words_are_found_in_any_script_and_marked(play: Callable[..., Session], query: str, marked: str) -> None:
    session = play(attribution="on_the_record")
    response = session.get("observer", "find/", data={"q": query})
    html = response.content.decode()
    assert response["Cache-Control"] == "no-store"
    assert re.search(rf"<mark[^>]*>{marked}</mark>", html)
    for hit in response.context["found"].hits:
        assert session.get("observer", f"at/{hit.cursor}/").status_code == 200


def test_nobody_finds_what_they_may_not_read(play: Callable[..., Session]) -> None:
    session = play()
    for word in ("bottom", "among us", "Tokyo"):
        for who in session.browsers:
            found = session.get(who, "find/", data={"q": word}).context["found"]
            words = "".join(piece.text for hit in found.hits for piece in hit.pieces)
            for owner, private in PRIVATE.items():
                if who != owner and not (who == "expert" and owner == "japan"):
                    assert not any(one in words for one in private), (who, word)
            assert (NOTED in words) == (who == "chair" and word == "Tokyo")
    said = session.get("observer", "find/", data={"q": "straße"}).context["found"].hits
    assert [hit.delegation for hit in said] == [""]  # under Chatham House nobody is named


def test_a_search_for_nothing_teaches_and_one_in_vain_says_what_to_try(play: Callable[..., Session]) -> None:
    session = play()
    assert "Type a word you remember" in session.page("japan", "find/")
    assert "Type a word you remember" in session.page("japan", "find/?q=%20%00")
    assert "Try fewer words" in session.page("japan", "find/?q=hippopotamus")
    assert session.get("japan", f"find/?q={'a' * 201}").status_code == 400


def test_a_search_that_finds_much_shows_some_and_leads_on(play: Callable[..., Session]) -> None:
    session = play(closed=False)
    for number in range(60):
        session.do("chair", ChairStatement(f"Again <b>{number}</b>."))
    first = session.get("chair", "find/?q=again")
    assert (len(first.context["found"].hits), first.context["found"].more) == (50, 10)
    assert "<b>" not in first.content.decode().split('<ol class="finds">')[1].split("</ol>")[0]
    rest = session.get("chair", f"find/?q=again&after={first.context['found'].last}").context["found"]
    assert (len(rest.hits), rest.more) == (10, 0)


# What it costs


@pytest.mark.django_db(transaction=True)  # what is read within a transaction is not kept
@pytest.mark.parametrize(
    ("rest", "queries"),
    [("at/9/", 3), ("at/9/panels/", 2), ("at/9/?from=PRC-MFA", 3), ("at/tape/", 2), ("find/?q=we", 2)],
)
def test_a_warm_tape_asks_the_database_only_who_is_there(play: Callable[..., Session], rest: str, queries: int) -> None:
    session = play()
    session.get("japan", rest)
    with CaptureQueriesContext(connection) as asked:
        assert session.get("japan", rest).status_code == 200
    assert len(asked) <= queries, [one["sql"][:90] for one in asked]
    assert not any("rooms_event" in one["sql"] for one in asked)
