"""Documents to read and to take away: who may, what is in them, what never is."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from rooms.domain.brackets import LiftHold, PutBrackets
from rooms.domain.channels import SayInDelegation
from rooms.domain.decisions import CallConsensus, CloseCall
from rooms.domain.drafting import KeepDraft
from rooms.domain.outputs import IssueOutput
from rooms.domain.positions import DeclarePosition
from rooms.domain.room import CloseSession, SetAdmission, StartSession
from rooms.domain.seats import RemovePerson
from rooms.domain.texts import OpenDocument, ProposeParagraph

from .conftest import Played

pytestmark = pytest.mark.django_db

Open = Callable[..., Played]
Join = Callable[..., tuple[Client, str]]
Seated = Callable[[Played], Client]

HOSTILE = "<script>alert(1)</script> *x* #let [a](b)"
SECRETS = ("hidden draft", "bottom line", "only among us", "Sato of Tokyo", "Chen of Beijing")
FORMS = ("pdf", "docx", "md")
TITLE = "한반도 Joint statement / <on> peace"


class Table:
    """A live room with a draft on the table and a bracket in it, and everybody's browser."""

    def __init__(self, played: Played, join: Join, chair: Client) -> None:
        self.played, self.clients = played, {"chair": chair}
        self.pids: dict[str, str] = {}
        for who, name, seat in (
            ("china", "Chen of Beijing", "PRC-MFA"),
            ("japan", "Sato of Tokyo", "JPN-MFA"),
            ("observer", "Olga the Observer", "observe"),
        ):
            self.clients[who], self.pids[who] = join(played, name, seat)
        issue = str(played.room.scenario.issues.first().key)  # type: ignore[union-attr]  # it has one
        played.chair(StartSession())
        played.chair(OpenDocument(TITLE))
        self.by("china", ProposeParagraph(f"We met. {HOSTILE}"))
        self.by("japan", ProposeParagraph("We shall meet again."))
        self.by("japan", KeepDraft("Our hidden draft."))
        self.by("japan", SayInDelegation("This is only among us."))
        self.by("japan", DeclarePosition(issue, "a", public=False, reason="Our bottom line."))
        self.by("china", PutBrackets("p2", 1, "shall", alternative="may"))

    def by(self, who: str, command: Any) -> None:
        self.played.by(self.pids[who], command)

    def get(self, who: str, rest: str) -> Any:
        return self.clients[who].get(self.played.address(self.pids.get(who, ""), rest))

    def adopt(self) -> None:
        self.by("china", LiftHold("b1"))
        self.played.chair(CallConsensus(2))
        self.played.chair(CloseCall("c1"))
        self.played.chair(IssueOutput("joint_statement", "d1"))


@pytest.fixture
def table(open_room: Open, join: Join, in_chair: Seated) -> Table:
    played = open_room()
    return Table(played, join, in_chair(played))


def words(form: str, content: bytes) -> str:
    """What a file says, whatever it is."""
    if form == "pdf":
        return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages)
    if form == "docx":
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return parts.read("word/document.xml").decode()
    return content.decode()


EVERYBODY = ("chair", "china", "japan", "observer")


@pytest.mark.parametrize("who", EVERYBODY)
def test_everybody_in_the_room_reads_the_text_as_a_page(table: Table, who: str) -> None:
    response = table.get(who, "paper/d1/")
    html = response.content.decode()
    assert response.status_code == 200
    assert "Draft joint text" in html
    assert "1 bracket open" in html
    assert "We <b>[</b><b>shall</b><b> / </b><b>may</b><b>]</b> meet again." in html
    assert "<script>alert" not in html
    assert response["Cache-Control"] == "no-store"


def test_the_clean_reading_shows_the_words_alone(table: Table) -> None:
    html = table.get("china", "paper/d1/?clean=1").content.decode()
    assert "We shall meet again." in html
    assert "1 bracket open" in html
    assert "Read without its brackets" in html
    assert "We shall meet again." in table.get("china", "paper/d1.md?clean=1").content.decode()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("who", EVERYBODY)
def test_everybody_takes_the_same_file_away(table: Table, who: str, form: str) -> None:
    response = table.get(who, f"paper/d1.{form}")
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert response.content == table.get("observer", f"paper/d1.{form}").content
    assert "shall" in words(form, response.content)


@pytest.mark.parametrize("form", FORMS)
def test_nothing_private_and_nobodys_name_is_in_any_file(table: Table, form: str) -> None:
    table.adopt()
    for paper in ("d1", "paper1"):
        for who in ("japan", "chair"):
            content = table.get(who, f"paper/{paper}.{form}").content
            assert not [one for one in SECRETS if one in words(form, content) or one.encode() in content]
            page = table.get(who, f"paper/{paper}/").content.decode()
            assert not [one for one in SECRETS if one in page]


def test_an_output_is_read_as_it_was_issued(table: Table) -> None:
    table.adopt()
    html = table.get("observer", "paper/paper1/").content.decode()
    assert "Joint statement" in html
    assert "Issued by the chair on" in html
    assert "For Japan" in html


def test_a_file_has_a_name_that_no_system_minds(table: Table) -> None:
    name = table.get("china", "paper/d1.pdf")["Content-Disposition"]
    assert name.startswith("attachment; filename*=utf-8''")
    assert name.endswith("-joint-statement-on-peace.pdf")
    assert not {"/", "<", ">", '"'} & set(name.split("''")[1])


def test_what_there_is_not_cannot_be_read(table: Table) -> None:
    for rest in ("paper/d9/", "paper/paper9.pdf", "paper/d1.exe", "paper/..%2F..%2Fetc.md"):
        assert table.get("china", rest).status_code == 404


def test_who_waits_or_was_removed_reads_nothing(table: Table, join: Join) -> None:
    table.played.chair(SetAdmission(False))
    waiting, pid = join(table.played, "Wang the Waiting", "PRC-MOD")
    table.played.chair(RemovePerson(table.pids["observer"]))
    for rest in ("paper/d1/", *(f"paper/d1.{form}" for form in FORMS)):
        assert waiting.get(table.played.address(pid, rest)).status_code == 403
        assert table.get("observer", rest).status_code == 403
        assert Client().get(table.played.address(table.pids["china"], rest)).status_code == 403


def test_after_closing_the_debrief_leads_to_them(table: Table) -> None:
    table.adopt()
    table.played.chair(CloseSession())
    for who in EVERYBODY:
        html = table.get(who, "debrief/").content.decode()
        assert "Issued: " in html
        address = table.played.address(table.pids.get(who, ""), "paper/")
        for paper in ("d1", "paper1"):
            assert f'href="{address}{paper}/"' in html
            assert table.get(who, f"paper/{paper}/").status_code == 200
            assert table.get(who, f"paper/{paper}.docx").status_code == 200


def test_a_panel_of_the_past_leads_to_the_document_and_its_files(table: Table) -> None:
    table.adopt()
    for rest in ("d1/", "d1.pdf"):
        response = table.get("chair", f"at/20/paper/{rest}")
        assert response.status_code == 302
        assert response["Location"] == table.played.address("", f"paper/{rest}")
