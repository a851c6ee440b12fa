"""The text on the table: opened, proposed, revised, withdrawn, frozen, adopted."""

import pytest

from rooms.domain import room
from rooms.domain.decisions import CallConsensus, CloseCall
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
    open_document,
)

from .play import CHINA, JAPAN, JAPAN_MOD, M1, M2, NOON, Session

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
