"""Looking back: who may, what each of them reads, that exports and replay keep the attribution rule."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from rooms.domain.agenda import StartItem
from rooms.domain.channels import SayInDelegation
from rooms.domain.decisions import AnswerCall, CallConsensus
from rooms.domain.floor import CallOn
from rooms.domain.inject_control import AddInject, ReleaseInject
from rooms.domain.news import AnswerNews
from rooms.domain.notes import NoteToChair
from rooms.domain.positions import DeclarePosition
from rooms.domain.room import CloseSession, StartSession
from rooms.domain.seats import AdmitPerson, RemovePerson
from rooms.domain.statements import ChairStatement, MakeStatement, WithdrawStatement
from rooms.domain.texts import ProposeParagraph, ReviseParagraph
from rooms.process import folds, house_clock

from .conftest import Played

pytestmark = pytest.mark.django_db

Open = Callable[..., Played]
Join = Callable[..., tuple[Client, str]]
Seated = Callable[[Played], Client]

SAID = "We should all report our exercises."
ISSUE = "areas-surrounding"
FORMS = ("json", "csv", "md")
NAMES = ("Chen of Beijing", "Sato of Tokyo", "Olga the Observer")


@dataclass
class Session:
    """A short session by three delegations, with everybody's browser."""

    played: Played
    chair: Client
    china: Client
    japan: Client
    observer: Client
    pids: dict[str, str]

    def get(self, who: str, rest: str) -> Any:
        client: Client = getattr(self, who)
        return client.get(self.played.address(self.pids.get(who, ""), rest))

    def text(self, who: str, rest: str) -> str:
        response = self.get(who, rest)
        assert response.status_code == 200, (who, rest, response.status_code)
        return str(response.content.decode())

    def last(self, who: str) -> int:
        """How many moments somebody's record has."""
        found = re.search(r'id="cursor"[^>]* max="(\d+)"', self.text(who, "at/1/"))
        assert found
        return int(found.group(1))


@pytest.fixture
def play(open_room: Open, join: Join, in_chair: Seated) -> Callable[..., Session]:
    """Plays the session; `closed` or still open."""

    def session(closed: bool = True, said: str = SAID, **room: object) -> Session:
        played = open_room(**room)
        china, chen = join(played, NAMES[0], "PRC-MFA")
        japan, sato = join(played, NAMES[1], "JPN-MFA")
        observer, olga = join(played, NAMES[2])
        issue = played_issue(played)
        played.chair(StartSession())
        played.chair(StartItem("i1"))
        played.chair(ChairStatement("Welcome."))
        played.chair(CallOn("PRC-MFA"))
        played.by(chen, MakeStatement(said), at=house_clock.now() + 1000)  # they have spoken for a second
        played.chair(CallOn("JPN-MFA"))
        played.by(sato, MakeStatement("Japan reports already."))
        played.by(chen, SayInDelegation("Only among us Chinese."))
        played.by(chen, DeclarePosition(issue, "a", public=True, reason="A start."))
        played.by(chen, DeclarePosition(issue, "b", public=True))
        played.by(sato, DeclarePosition(issue, "c", public=False, reason="Our secret bottom line."))
        played.chair(StartItem("i8", "i1"))
        played.by(chen, ProposeParagraph("We met."))
        played.by(chen, ReviseParagraph("p1", "We met and talked.", 1))
        played.chair(CallConsensus(2))
        played.by(chen, AnswerCall("c1", "join"))
        played.by(sato, AnswerCall("c1", "object", "It says too little."))
        played.chair(CallConsensus(2))
        played.by(chen, AnswerCall("c2", "join"))
        played.by(sato, AnswerCall("c2", "stand_aside", "Still too little."))
        if closed:
            played.chair(CloseSession("Thank you all."))
        pids = {"china": chen, "japan": sato, "observer": olga}
        return Session(played, in_chair(played), china, japan, observer, pids)

    return session


def played_issue(played: Played) -> str:
    """The first issue of the exercise."""
    return str(played.room.scenario.issues.first().key)  # type: ignore[union-attr]  # it has one


# Who may look back


@pytest.mark.parametrize("rest", ["debrief/", "debrief.json", "debrief.csv", "debrief.md", "at/1/", "at/?cursor=1"])
def test_while_the_room_is_open_only_the_moderator_looks_back(play: Callable[..., Session], rest: str) -> None:
    session = play(closed=False)
    for who in ("china", "observer"):
        response = session.get(who, rest)
        assert response.status_code == 409
        assert b"The debrief opens when the moderator closes the session." in response.content
    assert session.get("chair", rest).status_code in (200, 302)


@pytest.mark.parametrize("rest", ["debrief/", "debrief.json", "debrief.csv", "debrief.md", "at/1/", "at/?cursor=1"])
def test_a_stranger_never_looks_back(play: Callable[..., Session], rest: str) -> None:
    session = play()
    for pid in (session.played.chair_pid, *session.pids.values(), "p-00000000"):
        assert Client().get(session.played.address(pid, rest)).status_code == 403
    # Nor does one participant from another's address.
    assert session.china.get(session.played.address(session.pids["japan"], rest)).status_code == 403


def test_who_was_never_let_in_does_not_look_back(open_room: Open, join: Join) -> None:
    played = open_room(automatic_admission=False)
    client, pid = join(played, "Late", "PRC-MFA")
    played.chair(CloseSession())
    assert client.get(played.address(pid, "debrief/")).status_code == 403
    assert client.get(played.address(pid, "at/1/")).status_code == 403


def test_who_was_removed_does_not_look_back(open_room: Open, join: Join) -> None:
    played = open_room(automatic_admission=False)
    client, pid = join(played, "Rude", "PRC-MFA")
    played.chair(AdmitPerson(pid))
    played.chair(RemovePerson(pid))
    played.chair(CloseSession())
    assert client.get(played.address(pid, "debrief/")).status_code == 403


def test_an_unknown_form_is_refused(play: Callable[..., Session]) -> None:
    assert b"There is no such file." in play().get("chair", "debrief.exe").content


# What the page says


def test_the_debrief_tells_what_came_of_it(play: Callable[..., Session]) -> None:
    html = play().text("china", "debrief/")
    assert "Japan stood aside" in html
    assert "Not adopted: Japan objected." in html
    assert "It says too little." in html
    assert "We met and talked." in html
    assert "Joint text. Adopted by consensus on" in html
    assert "Somebody moved on one of" in html
    assert "Within the attribution rule." in html


def test_the_moderator_reads_the_assessment_record_and_is_told_so(play: Callable[..., Session]) -> None:
    html = play().text("chair", "debrief/")
    assert "<b>Assessment record.</b>" in html
    assert "China said: “We should all report our exercises.”" in html


def test_participants_read_what_was_said_but_not_by_whom(play: Callable[..., Session]) -> None:
    session = play()
    for who in ("china", "japan", "observer"):
        html = session.text(who, "debrief/")
        assert "Somebody said: “We should all report our exercises.”" in html
        assert "China said" not in html
        assert not any(name in html for name in NAMES)


def test_on_the_record_everybody_reads_who_spoke(play: Callable[..., Session]) -> None:
    html = play(attribution="on_the_record").text("observer", "debrief/")
    assert "China said: “We should all report our exercises.”" in html
    assert "of the floor" in html


def test_off_the_record_nothing_that_was_said_is_read(play: Callable[..., Session]) -> None:
    session = play(attribution="off_the_record")
    for rest in ("debrief/", "debrief.json", "debrief.md", "earlier/"):
        assert "report our exercises" not in session.text("observer", rest)


def test_what_the_mandates_would_have_allowed_is_told_to_the_moderator_alone(play: Callable[..., Session]) -> None:
    """A delegate's fold holds a mandate, too: the own one."""
    session = play()
    told = {who: session.text(who, "debrief/") for who in ("chair", "china", "japan", "observer")}
    assert all('id="packages-declared"' in page for page in told.values())
    assert [who for who, page in told.items() if "packages-mandates" in page] == ["chair"]


def test_a_private_position_and_a_channel_are_in_nobodys_debrief(play: Callable[..., Session]) -> None:
    session = play()
    for who in ("chair", "china", "japan", "observer"):
        html = session.text(who, "debrief/")
        assert "Our secret bottom line." not in html
        assert "Only among us Chinese." not in html


def test_without_an_assessment_record_the_moderator_reads_within_the_rule(play: Callable[..., Session]) -> None:
    for closed in (True, False):
        session = play(closed=closed, assessment_record=False)
        html = session.text("chair", "debrief/")
        assert "Within the attribution rule." in html
        assert "China said" not in html
        for form in FORMS:
            assert session.get("chair", f"debrief.{form}").status_code == 200


def test_every_line_of_the_timeline_opens_its_moment(play: Callable[..., Session]) -> None:
    session = play()
    for who in ("chair", "observer"):
        cursors = {int(one) for one in re.findall(r'href="\.\./at/(\d+)/"', session.text(who, "debrief/"))}
        assert cursors
        for cursor in sorted(cursors):
            assert session.get(who, f"at/{cursor}/").status_code == 200


def test_a_room_where_nothing_happened_has_a_debrief_too(open_room: Open, in_chair: Seated) -> None:
    played = open_room()
    chair = in_chair(played)
    html = chair.get(played.address(rest="debrief/")).content.decode()
    assert "No text was put to the delegations." in html
    assert "The session has not begun." in html
    played.chair(CloseSession())
    assert chair.get(played.address(rest="debrief/")).status_code == 200
    assert chair.get(played.address(rest="at/1/")).status_code == 200


# Exports


def files(session: Session, who: str, record: str = "") -> dict[str, str]:
    """Every export as text, the tables of the archive one by one."""
    asked = f"?record={record}" if record else ""
    archive = zipfile.ZipFile(io.BytesIO(session.get(who, f"debrief.csv{asked}").content))
    tables = {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}
    made = {form: session.text(who, f"debrief.{form}{asked}") for form in ("json", "md")}
    return {**made, **tables}


def test_exports_for_participants_name_nobody(play: Callable[..., Session]) -> None:
    session = play()
    for who in ("china", "japan", "observer"):
        for name, content in files(session, who).items():
            assert not any(person in content for person in NAMES), name
            assert "China said" not in content, name
            assert "Only among us Chinese." not in content, name
            assert "Our secret bottom line." not in content, name


def test_all_participants_take_away_the_same(play: Callable[..., Session]) -> None:
    session = play()
    assert files(session, "china") == files(session, "japan") == files(session, "observer")


def test_the_moderator_too_takes_the_participants_record_unless_the_other_is_asked_for(
    play: Callable[..., Session],
) -> None:
    session = play()
    assert files(session, "chair") == files(session, "china")


def test_the_moderators_exports_say_who_spoke(play: Callable[..., Session]) -> None:
    session = play()
    data = json.loads(session.text("chair", "debrief.json?record=assessment"))
    assert data["record"] == "assessment record (moderator)"
    assert set(NAMES) <= set(data["people"].values())
    spoken = {one["text"]: one["delegation"] for one in data["report"]["statements"]}
    assert spoken[SAID] == "PRC"
    assert "China" in files(session, "chair", "assessment")["statements.csv"]


def test_participants_json_says_which_record_it_is(play: Callable[..., Session]) -> None:
    data = json.loads(play().text("japan", "debrief.json"))
    assert data["record"] == "within the attribution rule (participants)"
    assert "people" not in data
    spoken = {one["text"]: one["delegation"] for one in data["report"]["statements"]}
    assert spoken[SAID] == ""


def test_exports_are_files_that_no_cache_keeps(play: Callable[..., Session]) -> None:
    session = play()
    for form, ending in (("json", "json"), ("csv", "zip"), ("md", "md")):
        response = session.get("china", f"debrief.{form}")
        assert response["Content-Disposition"].endswith(f'neacd-{session.played.room.code}.{ending}"')
        assert response["Cache-Control"] == "no-store"


def test_every_table_of_the_archive_can_be_read(play: Callable[..., Session]) -> None:
    for name, content in files(play(), "observer").items():
        if name.endswith(".csv"):
            header, *rows = csv.reader(io.StringIO(content))
            assert all(len(row) == len(header) for row in rows), name


# Replay


def test_every_moment_can_be_looked_at_by_everybody(play: Callable[..., Session]) -> None:
    session = play()
    for who in ("chair", "china", "observer"):
        for cursor in range(1, session.last(who) + 1):
            html = session.text(who, f"at/{cursor}/")
            assert "You are looking at the past." in html
            if who != "chair":
                assert not any(name in html for name in NAMES), cursor


def test_every_moment_of_a_room_off_the_record_can_be_looked_at(play: Callable[..., Session]) -> None:
    session = play(attribution="off_the_record")
    for cursor in range(1, session.last("observer") + 1):
        assert "report our exercises" not in session.text("observer", f"at/{cursor}/")


def test_an_unnamed_speaker_is_not_taken_for_the_chair(play: Callable[..., Session]) -> None:
    session = play()
    shown = [
        html
        for cursor in range(1, session.last("observer"))
        if SAID in (html := session.text("observer", f"at/{cursor}/")) and "statement-text" in html
    ]
    assert shown
    for html in shown:
        for statement in re.findall(r'<li class="statement is-statement.*?</li>', html, re.DOTALL):
            assert "CHAIR" not in statement


def test_replay_leads_to_the_moments_beside_it(play: Callable[..., Session]) -> None:
    session = play()
    last = session.last("observer")
    first, middle, end = (session.text("observer", f"at/{n}/") for n in (1, 5, last))
    assert 'data-key="ArrowLeft"' not in first
    assert 'data-key="ArrowRight"' not in end
    address = session.played.address(session.pids["observer"])
    assert re.search(rf'href="{address}at/4/" data-key="ArrowLeft"', middle)
    assert re.search(rf'href="{address}at/6/" data-key="ArrowRight"', middle)


def test_in_the_past_no_control_can_be_used(play: Callable[..., Session]) -> None:
    session = play()
    for who in ("chair", "china", "observer"):
        html = session.text(who, "at/20/")
        room = html[html.index('<fieldset class="past-room" disabled>') : html.index("</main>")]
        assert room.count("<fieldset") == room.count("</fieldset>")
        assert 'name="command"' not in html.replace(room, "")


@pytest.mark.parametrize(("typed", "found"), [("3", 3), (" 3 ", 3), ("0", 1), ("99999", None)])
def test_a_typed_moment_is_found(play: Callable[..., Session], typed: str, found: int | None) -> None:
    session = play()
    response = session.get("observer", f"at/?cursor={typed}")
    address = session.played.address(session.pids["observer"])
    assert response["Location"] == f"{address}at/{found or session.last('observer')}/"


@pytest.mark.parametrize("typed", ["", "-1", "1.5", "x", "٣", "9" * 30])
def test_what_is_no_moment_is_refused(play: Callable[..., Session], typed: str) -> None:
    assert play().get("observer", f"at/?cursor={typed}").status_code == 404


def test_a_moment_past_the_end_is_refused_with_the_range(play: Callable[..., Session]) -> None:
    session = play()
    last = session.last("observer")
    for cursor in (0, last + 1, 10**9):
        assert f"moments 1 to {last}".encode() in session.get("observer", f"at/{cursor}/").content


def test_a_panels_own_links_lead_out_of_the_past(play: Callable[..., Session]) -> None:
    session = play()
    address = session.played.address(session.pids["observer"])
    assert session.get("observer", "at/5/earlier/")["Location"] == f"{address}earlier/"
    assert session.get("observer", "at/5/debrief/")["Location"] == f"{address}debrief/"
    assert session.get("observer", "at/5/act/").status_code == 404


def test_a_delegation_sees_its_own_channel_again_and_no_others(play: Callable[..., Session]) -> None:
    session = play()
    assert "Only among us Chinese." in session.text("china", f"at/{session.last('china')}/")
    for who in ("japan", "observer", "chair"):
        assert "Only among us Chinese." not in session.text(who, f"at/{session.last(who)}/")


# What people wrote is text


def test_markup_that_people_wrote_is_shown_as_text(play: Callable[..., Session]) -> None:
    nasty = '<script>alert(1)</script> & "quoted" <img src=x onerror=alert(2)>'
    session = play(said=nasty, title="<u>Underlined</u>", attribution="on_the_record")
    issue = played_issue(session.played)
    assert issue
    for who in ("chair", "observer"):
        pages = [session.text(who, rest) for rest in ("debrief/", "earlier/")]
        pages += [session.text(who, f"at/{n}/") for n in range(1, session.last(who) + 1, 3)]
        for html in pages:
            assert "<script>alert" not in html
            assert "<img src=x" not in html
            assert "<u>Underlined" not in html


def test_no_page_that_looks_back_needs_an_inline_style_or_script(play: Callable[..., Session]) -> None:
    session = play()
    for rest in ("debrief/", "at/20/", "earlier/", "pack/PRC/"):
        html = session.text("china", rest)
        assert " style=" not in html
        assert not re.search(r"<script(?![^>]*\bsrc=)", html)
        assert not re.search(r"<[^>]*\son[a-z]+=", html)


# The pack, and what was said before


def test_a_pack_is_for_its_delegation_and_the_moderator(play: Callable[..., Session]) -> None:
    session = play()
    html = session.text("china", "pack/PRC/")
    assert "From the paper: " in html
    assert "Exercise design" in html
    for words in ("You prefer this", "You can live with it", "Red line"):
        assert words in html
    assert session.get("chair", "pack/PRC/").status_code == 200
    for who in ("japan", "observer"):
        assert session.get(who, "pack/PRC/").status_code == 403
    assert session.get("china", "pack/JPN/").status_code == 403
    assert session.get("china", "pack/XXX/").status_code == 403


def test_what_was_said_names_speakers_while_the_room_is_open(play: Callable[..., Session]) -> None:
    html = play(closed=False).text("observer", "earlier/")
    assert NAMES[0] in html
    assert SAID in html


def test_what_was_said_keeps_the_rule_once_the_room_is_closed(play: Callable[..., Session]) -> None:
    session = play()
    html = session.text("observer", "earlier/")
    assert SAID in html
    assert "A participant" in html
    assert not any(name in html for name in NAMES)
    assert NAMES[0] in session.text("chair", "earlier/")


def test_no_page_that_says_who_spoke_is_kept_by_the_browser(play: Callable[..., Session]) -> None:
    session = play()
    for who in ("chair", "china"):
        for rest in ("", "earlier/", "debrief/", "at/5/", "pack/PRC/"):
            assert "no-store" in session.get(who, rest)["Cache-Control"], rest


def test_what_was_withdrawn_marks_nothing_else_once_the_room_is_closed(play: Callable[..., Session]) -> None:
    session = play(closed=False)
    session.played.by(session.pids["china"], WithdrawStatement("s2"))
    assert session.text("observer", "earlier/").count("is-withdrawn") == 1
    session.played.chair(CloseSession("Thank you all."))
    html = session.text("observer", "earlier/")
    assert SAID not in html
    assert "Japan reports already." in html
    assert "is-withdrawn" not in html


@pytest.mark.parametrize("kept", [True, False])
def test_the_chairs_own_page_keeps_who_wrote_what_only_where_an_assessment_record_is_kept(
    play: Callable[..., Session], kept: bool
) -> None:
    session = play(closed=False, assessment_record=kept)
    added = session.played.chair(AddInject("A launch", "Something flew.", "A wire service", ("all",))).entries[0].event
    session.played.chair(ReleaseInject(added.inject))
    session.played.by(session.pids["china"], NoteToChair("Between us: we can go further."))
    (piece,) = folds.at_head(session.played.room.pk).state.news.pieces
    session.played.by(session.pids["japan"], AnswerNews(piece, "We call our embassy."))
    assert "Between us" in session.text("chair", "")
    session.played.chair(CloseSession("Thank you all."))
    html = session.text("chair", "?whole")
    for told in ("Between us", "We call our embassy.", 'class="spoken"'):
        assert (told in html) == kept, told
