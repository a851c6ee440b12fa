"""What a program reads of texts: who proposed, sponsors, holds and agrees; and of drafts only its own side's."""

from typing import Any

import pytest
from django.test import Client

from rooms import access
from tests.rooms.kit import Played, live_played

pytestmark = pytest.mark.django_db
SEATS = ("JPN-MFA", "PRC-MFA", "ROK-MFA")


@pytest.fixture
def played() -> Played:
    """A text with a preamble, an operative paragraph on which China holds a word, and an addition on the table."""
    played = live_played()
    played.do("moderator", "open_document", title="Harbours", output="joint_statement")
    played.do("JPN-MFA", "propose_paragraph", text="Calm seas.")
    played.do("PRC-MFA", "propose_paragraph", text="Recalling the sea,", section="preambular")
    played.do("PRC-MFA", "put_brackets", paragraph="p1", seen=1, words="Calm", alternative="Quiet", reason="Too much.")
    played.do("ROK-MFA", "sponsor_paragraph", paragraph="p1")
    played.do("ROK-MFA", "agree_paragraph", paragraph="p2", seen=1)
    played.do("ROK-MFA", "table_amendment", kind="add", text="Open ports.", section="operative")
    played.do("JPN-MFA", "link_paragraph", paragraph="p1", issue="scope", option="b")
    return played


def told(played: Played, who: str) -> Any:
    address = f"/api/rooms/{played.room.code}/{played.pid(who)}/texts/"
    response = Client().get(address, headers={"Authorization": f"Bearer {access.ticket_of(played.people[who])}"})
    assert response.status_code == 200, response.content.decode()
    return response.json()


@pytest.mark.parametrize("who", ["moderator", "observer", *SEATS])
def test_everybody_reads_how_the_text_stands(played: Played, who: str) -> None:
    (text,) = told(played, who)["documents"]
    assert (text["title"], text["status"], text["output"]) == ("Harbours", "draft", "joint_statement")
    assert text["label"] == "Draft joint statement"
    assert [(one["number"], one["section"], one["status"]) for one in text["paragraphs"]] == [
        ("P1", "preambular", "proposed"),
        ("1", "operative", "bracketed"),
    ]
    preamble, operative = text["paragraphs"]
    assert (preamble["agreed_by"], preamble["waited_for"]) == (["ROK"], ["JPN"])
    assert operative["sponsors"] == ["JPN", "ROK"]
    assert operative["lands"] == [{"issue": "scope", "option": "b"}]
    assert operative["authorship"] == [["Calm seas.", "JPN"]]
    (bracket,) = text["brackets"]
    assert (bracket["words"], bracket["start"], bracket["reason"]) == ("Calm", 0, "Too much.")
    assert [(one["text"], one["author"]) for one in bracket["alternatives"]] == [("Quiet", "PRC")]
    assert bracket["holds"] == {"PRC": bracket["alternatives"][0]["id"]}
    (amendment,) = text["amendments"]
    assert (amendment["kind"], amendment["text"], amendment["sponsors"]) == ("add", "Open ports.", ["ROK"])
    assert text["hindrance"]["code"] == "brackets_open"


def test_who_brought_in_which_words_adds_up(played: Played) -> None:
    bracket = told(played, "JPN-MFA")["documents"][0]["brackets"][0]
    played.do("JPN-MFA", "accept_wording", bracket=bracket["id"], alternative=bracket["alternatives"][0]["id"])
    (text,) = told(played, "JPN-MFA")["documents"]
    paragraph = text["paragraphs"][1]
    assert paragraph["text"] == "".join(words for words, _ in paragraph["authorship"]) == "Quiet seas."
    assert {author for _, author in paragraph["authorship"]} == {"PRC", "JPN"}
    assert (text["brackets"][0]["ended"], text["brackets"][0]["words"]) == ("settled", "")


def test_what_was_withdrawn_has_no_number(played: Played) -> None:
    played.do("PRC-MFA", "withdraw_paragraph", paragraph="p2")
    (text,) = told(played, "observer")["documents"]
    assert [(one["id"], one["number"], one["status"]) for one in text["paragraphs"]] == [
        ("p1", "1", "bracketed"),
        ("p2", "", "deleted"),
    ]


def test_drafts_are_told_to_their_own_side_alone(played: Played) -> None:
    played.do("JPN-MFA", "keep_draft", text="Ours alone.", title="On seas")
    played.do("moderator", "keep_draft", text="A way out.")
    drafts = {who: [one["text"] for one in told(played, who)["drafts"]] for who in ("moderator", "observer", *SEATS)}
    assert drafts == {
        "moderator": ["A way out."],
        "observer": [],
        "JPN-MFA": ["Ours alone."],
        "PRC-MFA": [],
        "ROK-MFA": [],
    }
    cursors = {told(played, who)["cursor"] for who in ("observer",)}
    played.do("JPN-MFA", "keep_draft", text="More.")
    assert {told(played, "observer")["cursor"]} == cursors, "not even that there is one"


def test_a_non_paper_is_told_without_who_wrote_it(played: Played) -> None:
    played.do("JPN-MFA", "circulate_non_paper", title="Elements", text="Fuel for calm seas.")
    (paper,) = told(played, "PRC-MFA")["non_papers"]
    assert set(paper) == {"id", "title", "text", "at"}


def test_an_adopted_text_has_no_hindrance_and_a_chairs_text_its_drafts() -> None:
    played = live_played()
    played.do("moderator", "open_document", title="One text", mode="chairs")
    played.do("moderator", "propose_paragraph", text="Calm seas.")
    played.do("JPN-MFA", "comment_text", text="Too calm.", paragraph="p1")
    played.do("moderator", "issue_draft")
    (text,) = told(played, "JPN-MFA")["documents"]
    assert (text["label"], text["draft"], text["hindrance"]) == ("Chair’s text, draft 2", 2, None)
    assert [(one["number"], one["paragraphs"]) for one in text["issued"]] == [(2, [["p1", "Calm seas."]])]
    assert [(one["delegation"], one["draft"]) for one in text["comments"]] == [("JPN", 1)]
    assert text["paragraphs"][0]["waited_for"] == []
