"""The text on the table: opened, proposed, revised, withdrawn, frozen, adopted."""

from dataclasses import replace

import pytest
from hypothesis import given

from rooms.domain import room, seats
from rooms.domain.decisions import CallConsensus, CloseCall
from rooms.domain.documents import FROZEN, Amendment, Bracket, Version, numbered, open_document
from rooms.domain.refused import Refused
from rooms.domain.shelving import DocumentShelved, DocumentTakenUp, ShelveDocument, TakeUpDocument
from rooms.domain.texts import (
    PARAGRAPHS,
    DocumentOpened,
    OpenDocument,
    ParagraphProposed,
    ParagraphRevised,
    ParagraphWithdrawn,
    ProposeParagraph,
    ReviseParagraph,
    WithdrawParagraph,
    not_ready,
)

from .drafted import decided, on_table, paragraph
from .moves import Move, at_random, moves, played
from .play import CHINA, JAPAN, JAPAN_MOD, KOREA, M1, M2, NOON, Session

EDITS = (ProposeParagraph("New."), ReviseParagraph("p1", "Changed.", 1), WithdrawParagraph("p1"))


@pytest.fixture
def drafting(session: Session) -> Session:
    """A text with one paragraph of Japan's."""
    return session.done((M1, OpenDocument("Draft")), (JAPAN, ProposeParagraph("Calm seas.")))


def test_the_chair_puts_a_text_on_the_table(session: Session) -> None:
    session.when(M1, OpenDocument("Draft")).then(DocumentOpened("d1", "Draft"))
    document = open_document(session.state)
    assert document is not None
    assert (document.status, document.paragraphs) == ("draft", ())


def test_one_text_is_on_the_table_at_a_time_and_it_has_a_title(session: Session) -> None:
    session.when(M1, OpenDocument("")).refused("title_needed")
    session.done((M1, OpenDocument("Draft"))).when(M2, OpenDocument("Other")).refused("text_open")


def test_paragraphs_are_proposed_by_delegations_and_by_the_chair(drafting: Session) -> None:
    drafting.when(CHINA, ProposeParagraph("Open ports.")).then(ParagraphProposed("d1", "p2", "PRC", "Open ports."))
    drafting.when(M1, ProposeParagraph("In good faith.")).then(ParagraphProposed("d1", "p3", "", "In good faith."))
    document = open_document(drafting.state)
    assert document is not None
    assert [(one.proposer, one.version) for one in document.standing] == [("JPN", 1), ("PRC", 1), ("", 1)]


@pytest.mark.parametrize("command", EDITS)
def test_without_a_text_nothing_is_drafted(session: Session, command: object) -> None:
    session.when(JAPAN, command).refused("no_text")


def test_a_paragraph_is_never_empty(drafting: Session) -> None:
    drafting.when(JAPAN, ProposeParagraph("")).refused("text_needed")
    drafting.when(JAPAN, ReviseParagraph("p1", "", 1)).refused("text_needed")


def test_a_full_text_takes_no_more_until_one_is_withdrawn(drafting: Session) -> None:
    drafting.done(*[(CHINA, ProposeParagraph(f"Number {n}.")) for n in range(PARAGRAPHS - 1)])
    drafting.when(JAPAN, ProposeParagraph("One more.")).refused("text_full")
    drafting.done((JAPAN, WithdrawParagraph("p1")))
    drafting.when(JAPAN, ProposeParagraph("One more.")).then(
        ParagraphProposed("d1", f"p{PARAGRAPHS + 1}", "JPN", "One more.")
    )


def test_any_member_of_the_proposing_delegation_rewords(drafting: Session) -> None:
    drafting.when(JAPAN_MOD, ReviseParagraph("p1", "Calm, open seas.", 1))
    drafting.then(ParagraphRevised("d1", "p1", "Calm, open seas.", 2))
    drafting.when(JAPAN, ReviseParagraph("p1", "Calm, open seas.", 2)).then()


def test_who_rewords_an_older_version_is_shown_the_newer_and_loses_nothing(drafting: Session) -> None:
    drafting.done((JAPAN_MOD, ReviseParagraph("p1", "Newer.", 1)))
    refusal = drafting.when(JAPAN, ReviseParagraph("p1", "Mine.", 1)).refused("changed_meanwhile")
    assert refusal.data == {"paragraph": "p1", "text": "Newer.", "version": 2}


@pytest.mark.parametrize("person", [CHINA, M1])
def test_nobody_rewords_or_withdraws_what_another_proposed(drafting: Session, person: str) -> None:
    drafting.when(person, ReviseParagraph("p1", "Mine.", 1)).refused("not_yours")
    drafting.when(person, WithdrawParagraph("p1")).refused("not_yours")


def test_no_delegation_rewords_what_the_chair_proposed(drafting: Session) -> None:
    drafting.done((M1, ProposeParagraph("In good faith.")))
    drafting.when(JAPAN, ReviseParagraph("p2", "Mine.", 1)).refused("not_yours")
    drafting.done((M2, ReviseParagraph("p2", "In very good faith.", 1)))


def test_what_was_withdrawn_is_off_the_table_for_good(drafting: Session) -> None:
    drafting.when(JAPAN, WithdrawParagraph("p1")).then(ParagraphWithdrawn("d1", "p1"))
    for command in (WithdrawParagraph("p1"), ReviseParagraph("p1", "Back.", 1), WithdrawParagraph("p9")):
        drafting.when(JAPAN, command).refused("unknown_paragraph")
    document = open_document(drafting.state)
    assert document is not None
    assert document.standing == ()
    assert document.paragraphs[0].text == "Calm seas.", "the record keeps it"


@pytest.mark.parametrize("command", EDITS)
def test_a_text_under_decision_is_frozen(drafting: Session, command: object) -> None:
    drafting.done((M1, CallConsensus())).when(JAPAN, command).refused("under_decision")
    drafting.when(M1, OpenDocument("Other")).refused("text_open")


def test_an_adopted_text_stays_as_it_was_and_another_may_follow(drafting: Session) -> None:
    drafting.done((M1, CallConsensus()), (M1, CloseCall("c1")))
    adopted = drafting.state.texts.documents[0]
    for command in EDITS:
        drafting.when(JAPAN, command).refused("no_text")
    drafting.when(M1, OpenDocument("Second")).then(DocumentOpened("d2", "Second"))
    drafting.done((JAPAN, ProposeParagraph("Other words.")), (JAPAN, ReviseParagraph("p1", "Better words.", 1)))
    assert drafting.state.texts.documents[0] == adopted
    assert adopted.status == "adopted"


def test_drafting_goes_on_in_a_pause_but_not_after_closing(drafting: Session) -> None:
    drafting.done((M1, room.PauseSession()), (CHINA, ProposeParagraph("Open ports.")), at=NOON + 1)
    drafting.done((M1, room.CloseSession()))
    for command in EDITS:
        drafting.when(JAPAN, command).refused("closed")


# What it is to become, its sections, its order


def test_a_text_says_in_which_mode_it_is_made_and_what_it_is_to_become(session: Session) -> None:
    session.when(M1, OpenDocument("Draft", "song")).refused("unknown_mode")
    session.when(M1, OpenDocument("Draft", output="song")).refused("unknown_output")
    session.when(M1, OpenDocument("Draft", "chairs", "joint_statement"))
    session.then(DocumentOpened("d1", "Draft", "chairs", "joint_statement"))
    assert (on_table(session).mode, on_table(session).output) == ("chairs", "joint_statement")


def test_a_paragraph_goes_to_the_end_of_its_section_or_behind_another(drafting: Session) -> None:
    drafting.done((CHINA, ProposeParagraph("Open ports.")), (KOREA, ProposeParagraph("Recalling.", "preambular")))
    drafting.when(M1, ProposeParagraph("Between.", "annex", "p1"))
    drafting.then(ParagraphProposed("d1", "p4", "", "Between.", "operative", "p1"))
    drafting.done((KOREA, ProposeParagraph("A map.", "annex")), (KOREA, ProposeParagraph("Noting.", after="p3")))
    rows = [(number, one.text) for number, one in numbered(on_table(drafting))]
    assert rows == [
        *[("P1", "Recalling."), ("P2", "Noting."), ("1", "Calm seas."), ("2", "Between."), ("3", "Open ports.")],
        ("A1", "A map."),
    ]


def test_nothing_is_put_where_there_is_no_place(drafting: Session) -> None:
    drafting.when(CHINA, ProposeParagraph("Open ports.", "margin")).refused("unknown_section")
    drafting.when(CHINA, ProposeParagraph("Open ports.", after="p9")).refused("unknown_paragraph")
    drafting.done((JAPAN, WithdrawParagraph("p1")))
    drafting.when(CHINA, ProposeParagraph("Open ports.", after="p1")).refused("unknown_paragraph")


# Every version


def test_every_wording_is_kept_with_who_brought_it_in(drafting: Session) -> None:
    drafting.done((JAPAN, ReviseParagraph("p1", "Calmer seas.", 1)), at=NOON + 1)
    drafting.done((JAPAN_MOD, ReviseParagraph("p1", "Calm seas.", 2)), at=NOON + 2)
    assert paragraph(drafting).versions == (
        Version("Calm seas.", "JPN", NOON, "proposed"),
        Version("Calmer seas.", "JPN", NOON + 1, "reworded"),
        Version("Calm seas.", "JPN", NOON + 2, "reworded"),
    )
    assert paragraph(drafting).version == len(paragraph(drafting).versions)


def test_two_reword_at_once_and_no_wording_is_lost(drafting: Session) -> None:
    """The second is shown the first's words; its own are still with it, and can be sent upon the new version."""
    drafting.done((JAPAN_MOD, ReviseParagraph("p1", "Calm seas and open ports.", 1)))
    own = ReviseParagraph("p1", "Calm and blue seas.", 1)
    refusal = drafting.when(JAPAN, own).refused("changed_meanwhile")
    assert refusal.data["text"] == paragraph(drafting).text == "Calm seas and open ports."
    drafting.done((JAPAN, replace(own, seen=refusal.data["version"])))
    assert [one.text for one in paragraph(drafting).versions[1:]] == [
        "Calm seas and open ports.",
        "Calm and blue seas.",
    ]


# Brackets on what is reworded


def test_a_rewording_keeps_what_stands_in_brackets(drafting: Session) -> None:
    held = Bracket("b1", "p1", 5, 9, "PRC", NOON, holds={"PRC": ""})
    assert paragraph(drafting).text[5:9] == "seas"
    with pytest.raises(Refused) as refusal:
        decided(drafting, JAPAN, ReviseParagraph("p1", "Calm oceans.", 1), brackets=(held,))
    assert (refusal.value.code, refusal.value.data) == ("in_brackets", {"brackets": ["b1"]})
    assert "“seas”" in refusal.value.message
    around = ReviseParagraph("p1", "We want calmer seas, all of us.", 1)
    assert decided(drafting, JAPAN, around, brackets=(held,)) == [
        ParagraphRevised("d1", "p1", "We want calmer seas, all of us.", 2)
    ]
    ended = replace(held, ended="lifted")
    assert decided(drafting, JAPAN, ReviseParagraph("p1", "Calm oceans.", 1), brackets=(ended,))
    whole = replace(held, start=0, end=0)
    assert decided(drafting, JAPAN, ReviseParagraph("p1", "Calm oceans.", 1), brackets=(whole,))


# Whoever has gone


def test_the_chair_takes_off_what_nobody_in_the_room_stands_behind(drafting: Session) -> None:
    drafting.done((M1, seats.RemovePerson(JAPAN)))
    drafting.when(M1, WithdrawParagraph("p1")).refused("not_yours")
    drafting.done((M1, seats.RemovePerson(JAPAN_MOD)))
    drafting.when(CHINA, WithdrawParagraph("p1")).refused("not_yours")
    drafting.when(M1, ReviseParagraph("p1", "Mine now.", 1)).refused("not_yours")
    drafting.when(M1, WithdrawParagraph("p1")).then(ParagraphWithdrawn("d1", "p1"))


def test_who_changes_sides_leaves_the_paragraphs_behind(drafting: Session) -> None:
    drafting.done((M1, seats.MovePerson(JAPAN_MOD, "PRC-EXP-1")))
    drafting.when(JAPAN_MOD, ReviseParagraph("p1", "Ours now.", 1)).refused("not_yours")
    drafting.done((JAPAN, ReviseParagraph("p1", "Still ours.", 1)), (JAPAN_MOD, ProposeParagraph("Other side.")))
    assert paragraph(drafting, "p2").proposer == "PRC"


# Whether it can be decided


def test_a_text_says_why_it_cannot_be_decided(drafting: Session) -> None:
    document = on_table(drafting)
    assert not_ready(drafting.state, document) is None
    held = Bracket("b1", "p1", 0, 4, "PRC", NOON, holds={"PRC": "", "": "a1"})
    tabled = Amendment("m1", "delete", "p1", "", "", "", ("PRC",), 1, "", NOON)
    for changed, code, words in (
        (replace(document, paragraphs=()), "no_text", "propose a paragraph"),
        (replace(document, brackets=(held,)), "brackets_open", "paragraph 1 (PRC, the chair)"),
        (replace(document, amendments=(tabled,)), "amendments_pending", "(1)"),
    ):
        refusal = not_ready(drafting.state, changed)
        assert refusal is not None
        assert refusal.code == code
        assert words in refusal.message
    ended = (replace(held, ended="lifted"), replace(tabled, status="rejected"))
    assert not_ready(drafting.state, replace(document, brackets=ended[:1], amendments=ended[1:])) is None


# Put aside


def test_a_text_is_put_aside_and_taken_up_again(drafting: Session) -> None:
    before = on_table(drafting)
    drafting.when(M1, ShelveDocument("Later.")).then(DocumentShelved("d1", "Later."))
    assert open_document(drafting.state) is None
    drafting.when(JAPAN, ProposeParagraph("More.")).refused("no_text")
    drafting.when(M1, ShelveDocument()).refused("no_text")
    drafting.when(M1, TakeUpDocument("d1")).then(DocumentTakenUp("d1"))
    assert on_table(drafting) == before


def test_one_text_is_on_the_table_also_when_another_was_put_aside(drafting: Session) -> None:
    drafting.done((M1, ShelveDocument()), (M1, OpenDocument("Second")))
    drafting.when(M1, TakeUpDocument("d1")).refused("text_open")
    drafting.when(M1, TakeUpDocument("d2")).refused("not_shelved")
    drafting.when(M1, TakeUpDocument("d9")).refused("not_shelved")
    drafting.done((M1, ShelveDocument()), (M1, TakeUpDocument("d1")))
    assert on_table(drafting).title == "Draft"


def test_a_text_under_decision_is_not_put_aside(drafting: Session) -> None:
    drafting.done((M1, CallConsensus())).when(M1, ShelveDocument()).refused("under_decision")


@pytest.mark.parametrize("status", FROZEN)
def test_a_frozen_text_says_what_froze_it(drafting: Session, status: str) -> None:
    with pytest.raises(Refused) as refusal:
        decided(drafting, JAPAN, ReviseParagraph("p1", "Changed.", 1), status=status)
    assert refusal.value.code == status


# What is shown is what happened


@at_random
@given(drawn=moves())
def test_a_text_as_shown_is_the_fold_of_its_history(drawn: list[Move]) -> None:
    """A second opinion: the text read off the events alone, without the fold."""
    session = played(drawn)
    told: dict[tuple[str, str], list[str]] = {}
    for event in (entry.event for entry in session.entries):
        if isinstance(event, ParagraphProposed):
            told[event.document, event.paragraph] = [event.text]
        elif isinstance(event, ParagraphRevised):
            told[event.document, event.paragraph].append(event.text)
    for document in session.state.texts.documents:
        for one in document.paragraphs:
            assert (one.text, one.version) == (one.versions[-1].text, len(one.versions)), "the last of its versions"
            own = [version.text for version in one.versions if version.cause in ("proposed", "reworded")]
            assert own == told.get((document.id, one.id), own)
            assert one.sponsors[:1] == (one.proposer,)
            assert len(set(one.sponsors)) == len(one.sponsors)
            assert not (one.agreed and one.withdrawn)
            assert not one.agreed or (not document.brackets_on(one.id) and not document.amendments_to(one.id))
        assert len({one.id for one in document.paragraphs}) == len(document.paragraphs)
        assert set(document.as_read) == {(one.id, one.text) for one in document.paragraphs if not one.withdrawn}
