"""Files to take away: who may take which record, in which form; that everyone who took one is noted; that nothing in
them tells what the rule protects."""

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from rooms import takings
from rooms.domain.floor import CallOn
from rooms.domain.room import CloseSession, StartSession
from rooms.domain.seats import RemovePerson
from rooms.domain.sharing import SharePart
from rooms.domain.statements import MakeStatement
from rooms.domain.texts import OpenDocument, ProposeParagraph
from rooms.models import Export
from rooms.unpacking import unpacked
from rooms.views.files import FORMS

from .conftest import Played

pytestmark = pytest.mark.django_db

Open = Callable[..., Played]
Join = Callable[..., tuple[Client, str]]
Seated = Callable[[Played], Client]

SAID = "We should all report our exercises."
EVERY_FORM = tuple(FORMS)
NOT_THE_CHAIR = ("china", "observer")


@dataclass
class Table:
    """A session in which China spoke, with everybody's browser."""

    played: Played
    clients: dict[str, Client]
    pids: dict[str, str]

    def get(self, who: str, rest: str, **headers: str) -> Any:
        return self.clients[who].get(self.played.address(self.pids[who], rest), headers=headers)

    def by(self, who: str, command: Any) -> None:
        self.played.by(self.pids[who], command)

    @property
    def noted(self) -> list[tuple[str, str, str]]:
        """Who took what: (pid, form, record), as it was noted."""
        rows = Export.objects.filter(room=self.played.room).order_by("pk")
        return [(row.pid, row.form, row.record) for row in rows]


@pytest.fixture
def sit_down(open_room: Open, join: Join, in_chair: Seated) -> Callable[..., Table]:
    def seated(*, closed: bool = True, **room: object) -> Table:
        played = open_room(**room)
        china, chen = join(played, "Chen of Beijing", "PRC-MFA")
        observer, olga = join(played, "Olga the Observer")
        played.chair(StartSession())
        played.chair(CallOn("PRC-MFA"))
        played.by(chen, MakeStatement(SAID))
        played.chair(OpenDocument("Joint text"))
        played.by(chen, ProposeParagraph("We met."))
        if closed:
            played.chair(CloseSession())
        clients = {"chair": in_chair(played), "china": china, "observer": observer}
        return Table(played, clients, {"chair": played.chair_pid, "china": chen, "observer": olga})

    return seated


# Who may take what


@pytest.mark.parametrize("form", EVERY_FORM)
def test_everybody_who_took_part_takes_the_same_file(form: str, sit_down: Callable[..., Table]) -> None:
    table = sit_down()
    files = [table.get(who, f"debrief.{form}") for who in ("chair", *NOT_THE_CHAIR)]
    assert {one.status_code for one in files} == {200}
    assert len({one.content for one in files}) == 1
    assert {one["Cache-Control"] for one in files} == {"no-store"}
    assert all("attachment" in one["Content-Disposition"] for one in files)


@pytest.mark.parametrize("form", EVERY_FORM)
def test_the_assessment_record_is_for_the_moderator_who_asks_for_it(form: str, sit_down: Callable[..., Table]) -> None:
    table = sit_down()
    mine = table.get("chair", f"debrief.{form}?record=assessment")
    assert mine.status_code == 200
    assert mine.content != table.get("chair", f"debrief.{form}").content
    assert "-assessment." in mine["Content-Disposition"]
    for who in NOT_THE_CHAIR:
        refused = table.get(who, f"debrief.{form}?record=assessment")
        assert refused.status_code == 403
        assert "The assessment record is the moderator" in refused.content.decode()


@pytest.mark.parametrize("form", EVERY_FORM)
def test_where_none_is_kept_the_moderator_has_none(form: str, sit_down: Callable[..., Table]) -> None:
    table = sit_down(assessment_record=False)
    refused = table.get("chair", f"debrief.{form}?record=assessment")
    assert refused.status_code == 409
    assert "This room keeps no assessment record." in refused.content.decode()
    assert table.get("chair", f"debrief.{form}").content == table.get("china", f"debrief.{form}").content


def test_no_other_record_can_be_asked_for(sit_down: Callable[..., Table]) -> None:
    table = sit_down()
    for record in ("everything", "live", "Assessment", "../x"):
        assert table.get("chair", f"debrief.archive?record={record}").status_code == 409
    assert table.noted == []


@pytest.mark.parametrize("form", EVERY_FORM)
def test_strangers_and_those_of_other_rooms_take_nothing(
    form: str, sit_down: Callable[..., Table], open_room: Open, join: Join
) -> None:
    table, elsewhere = sit_down(), open_room()
    stranger, _pid = join(elsewhere, "Nosy", "PRC-MFA")
    for client in (Client(), stranger, table.clients["china"]):
        for pid in (table.played.chair_pid, "p-00000000"):
            assert client.get(table.played.address(pid, f"debrief.{form}")).status_code == 403
    assert table.noted == []


def test_before_the_end_and_from_outside_nobody_but_the_moderator_takes_a_file(
    sit_down: Callable[..., Table], open_room: Open, join: Join
) -> None:
    table = sit_down(closed=False)
    for form in EVERY_FORM:
        assert table.get("china", f"debrief.{form}").status_code == 409
        assert table.get("chair", f"debrief.{form}").status_code == 200
    played = open_room(automatic_admission=False)
    waiting, pid = join(played, "Late", "PRC-MFA")
    played.chair(CloseSession())
    assert waiting.get(played.address(pid, "debrief.archive")).status_code == 403


def test_who_was_removed_takes_nothing(open_room: Open, join: Join) -> None:
    played = open_room()
    rude, pid = join(played, "Rude", "PRC-MFA")
    played.chair(RemovePerson(pid))
    played.chair(CloseSession())
    assert rude.get(played.address(pid, "debrief.archive")).status_code == 403


def test_files_are_for_those_with_whom_they_are_shared(sit_down: Callable[..., Table]) -> None:
    table = sit_down()
    table.played.chair(SharePart("files", "delegates"))
    assert table.get("china", "debrief.json").status_code == 200
    assert table.get("observer", "debrief.json").status_code == 403
    table.played.chair(SharePart("files", "chair"))
    assert table.get("china", "debrief.archive").status_code == 403
    assert table.get("chair", "debrief.archive").status_code == 200


def test_what_is_kept_back_is_in_no_file_of_others(sit_down: Callable[..., Table]) -> None:
    table = sit_down()
    table.played.chair(SharePart("floor", "chair"))
    assert SAID not in table.get("china", "debrief.json").content.decode()
    assert SAID not in table.get("china", "debrief.md").content.decode()
    with zipfile.ZipFile(io.BytesIO(table.get("china", "debrief.docx").content)) as parts:
        assert SAID not in parts.read("word/document.xml").decode()
    with zipfile.ZipFile(io.BytesIO(table.get("chair", "debrief.docx").content)) as parts:
        assert SAID in parts.read("word/document.xml").decode()
    refused = table.get("china", "debrief.archive")
    assert "keeps a part of the debrief back" in refused.content.decode()
    assert SAID in table.get("chair", "debrief.json").content.decode()


def test_what_is_for_delegations_alone_they_read_on_their_page_and_take_in_no_file(
    sit_down: Callable[..., Table],
) -> None:
    """A file goes from hand to hand, also to those who are shown less."""
    table = sit_down()
    table.played.chair(SharePart("floor", "delegates"))
    assert 'id="floor"' in table.get("china", "debrief/").content.decode()
    for form in ("json", "md"):
        assert SAID not in table.get("china", f"debrief.{form}").content.decode(), form
    with zipfile.ZipFile(io.BytesIO(table.get("china", "debrief.docx").content)) as parts:
        assert SAID not in parts.read("word/document.xml").decode()
    refused = table.get("china", "debrief.archive")
    assert (refused.status_code, SAID in table.get("chair", "debrief.json").content.decode()) == (403, True)
    assert "debrief.archive" not in table.get("china", "debrief/").content.decode()


# What is in them


def test_what_the_mandates_would_have_allowed_is_in_the_assessment_record_alone(sit_down: Callable[..., Table]) -> None:
    table = sit_down()

    def words(who: str, asked: str = "") -> str:
        with zipfile.ZipFile(io.BytesIO(table.get(who, f"debrief.docx{asked}").content)) as parts:
            return parts.read("word/document.xml").decode()

    assert "By the mandates" in words("chair", "?record=assessment")
    assert [who for who in ("chair", *NOT_THE_CHAIR) if "By the mandates" in words(who)] == []


def test_an_archive_is_one_that_can_be_brought_in(sit_down: Callable[..., Table]) -> None:
    table = sit_down()
    shared = unpacked(table.get("observer", "debrief.archive").content)
    assert (shared.chain.scope, shared.people) == ("participants", {})
    mine = unpacked(table.get("chair", "debrief.archive?record=assessment").content)
    assert (mine.chain.scope, mine.people[table.pids["china"]]) == ("assessment", "Chen of Beijing")


def test_who_spoke_is_in_no_byte_that_others_take(sit_down: Callable[..., Table]) -> None:
    """The same session in which somebody else said it: the files are the same but for ids and instants."""
    table = sit_down()
    archive = zipfile.ZipFile(io.BytesIO(table.get("china", "debrief.archive").content))
    told = "".join(archive.read(name).decode() for name in archive.namelist())
    (line,) = [json.loads(one) for one in archive.read("events.jsonl").splitlines() if SAID in one.decode()]
    assert (line["actor"], line["data"]["person"], line["data"]["delegation"]) == ("", "", "")
    assert "Chen of Beijing" not in told
    assert "floor.speech_began" not in told


# Who took what


def test_every_file_is_noted_with_who_took_it(sit_down: Callable[..., Table]) -> None:
    table = sit_down()
    table.get("china", "debrief.json")
    table.get("chair", "debrief.archive?record=assessment")
    table.get("observer", "paper/d1.md")
    assert table.noted == [
        (table.pids["china"], "json", "within the attribution rule (participants)"),
        (table.pids["chair"], "archive", "assessment record (moderator)"),
        (table.pids["observer"], "md", "d1: Joint text"),
    ]


def test_the_api_notes_it_too(sit_down: Callable[..., Table]) -> None:
    table = sit_down()
    path = f"/api{table.played.address(table.pids['china'], 'debrief/')}"
    assert table.clients["china"].get(path).status_code == 200
    assert table.noted == [(table.pids["china"], "json", "within the attribution rule (participants)")]
    assert table.clients["china"].get(f"{path}?record=assessment").status_code == 403


def test_the_same_file_taken_twice_at_once_is_one_line(sit_down: Callable[..., Table]) -> None:
    table = sit_down()
    for _ in range(3):
        table.get("china", "debrief.json")
    assert len(table.noted) == 1
    Export.objects.update(at=0)
    table.get("china", "debrief.json")
    assert len(table.noted) == 2


def test_what_was_refused_or_only_guessed_is_not_noted(sit_down: Callable[..., Table]) -> None:
    table = sit_down()
    table.get("china", "debrief.json?record=assessment")
    table.get("china", "debrief.exe")
    for name in ("Sec-Purpose", "Purpose"):
        ahead = table.get("china", "debrief.json", **{name: "prefetch"})
        assert (ahead.status_code, ahead.content, ahead["Cache-Control"]) == (503, b"", "no-store")
        assert table.get("china", "paper/d1.md", **{name: "prefetch"}).status_code == 503
    address = table.played.address(table.pids["china"], "debrief.json")
    assert table.clients["china"].head(address).status_code == 405
    assert table.noted == []


def test_a_long_title_fits_its_line(sit_down: Callable[..., Table]) -> None:
    table = sit_down()
    takings.note(table.played.room, "", "pdf", "d1: " + "t" * 200)
    ((_pid, _form, record),) = table.noted
    assert len(record) == takings.LONGEST


def test_the_moderator_reads_who_took_what_and_nobody_else_does(sit_down: Callable[..., Table]) -> None:
    table = sit_down()
    table.get("china", "debrief.csv")
    takings.note(table.played.room, "", "archive", "everything (who keeps the installation)")
    html = table.get("chair", "debrief/").content.decode()
    for words in ("Who took what", "Chen of Beijing", "Tables", "Who keeps this installation"):
        assert words in html, words
    for who in NOT_THE_CHAIR:
        html = table.get(who, "debrief/").content.decode()
        assert "Take it with you" in html
        assert "Who took what" not in html
        assert "Assessment record, names kept" not in html


def test_without_an_assessment_record_the_list_names_nobody(sit_down: Callable[..., Table]) -> None:
    table = sit_down(assessment_record=False)
    table.get("china", "debrief.csv")
    html = table.get("chair", "debrief/").content.decode()
    assert "Chen of Beijing" not in html
    assert "A delegate" in html
