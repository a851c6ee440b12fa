"""The chair's text: only the chair writes, delegations comment, new drafts are issued."""

import pytest

from rooms.domain.chairs_text import (
    LONGEST,
    Commented,
    CommentText,
    DraftIssued,
    IssueDraft,
    ModeSet,
    SetDocumentMode,
)
from rooms.domain.decisions import CallConsensus, CloseCall
from rooms.domain.documents import Comment, Issued
from rooms.domain.texts import OpenDocument, ProposeParagraph, ReviseParagraph, WithdrawParagraph

from .drafted import chairs, drafted, on_table, paragraph
from .play import CHINA, JAPAN, KOREA, M1, M2, NOON, Session


@pytest.fixture
def text(session: Session) -> Session:
    return chairs(session)


def test_the_mode_is_chosen_while_nothing_stands_in_the_text(session: Session) -> None:
    session.done((M1, OpenDocument("Draft")))
    session.when(M2, SetDocumentMode("chairs")).then(ModeSet("d1", "chairs"))
    session.when(M1, SetDocumentMode("chairs")).then()
    session.when(M1, SetDocumentMode("song")).refused("unknown_mode")
    session.done((M1, ProposeParagraph("Calm seas.")))
    session.when(M1, SetDocumentMode("negotiated")).refused("text_begun")
    session.done((M1, WithdrawParagraph("p1")), (M1, SetDocumentMode("negotiated")))
    assert on_table(session).mode == "negotiated"


def test_only_the_chair_writes_it(text: Session) -> None:
    text.when(JAPAN, ProposeParagraph("Open ports.")).refused("chairs_text")
    text.when(JAPAN, ReviseParagraph("p1", "Ours.", 1)).refused("not_yours")
    text.done((M2, ReviseParagraph("p1", "Calmer seas.", 1)), (M2, WithdrawParagraph("p2")))
    assert [one.id for one in on_table(text).standing] == ["p1"]


def test_delegations_comment_on_the_whole_and_on_a_paragraph(text: Session) -> None:
    text.when(JAPAN, CommentText("Too far.", "p1")).then(Commented("d1", "JPN", "p1", "Too far."))
    text.done((M1, ReviseParagraph("p1", "Calmer seas.", 1)), (M1, IssueDraft()))
    text.done((CHINA, CommentText("Better.")), at=NOON + 1)
    assert on_table(text).comments == (
        Comment("JPN", "p1", "Too far.", 1, NOON),
        Comment("PRC", "", "Better.", 2, NOON + 1),
    )


def test_a_comment_says_something_about_what_is_there(text: Session) -> None:
    text.when(JAPAN, CommentText("")).refused("text_needed")
    text.when(JAPAN, CommentText("x" * (LONGEST + 1))).refused("too_long")
    text.when(JAPAN, CommentText("Too far.", "p9")).refused("unknown_paragraph")
    text.when(M1, CommentText("Mine.")).refused("not_delegate")


def test_the_chair_issues_drafts_and_each_is_kept(text: Session) -> None:
    text.when(M1, IssueDraft()).then(DraftIssued("d1", 2))
    text.when(M1, IssueDraft()).refused("nothing_new")
    text.done((M1, ReviseParagraph("p1", "Calmer seas.", 1)))
    text.done((M2, IssueDraft()), at=NOON + 1)
    assert on_table(text).draft == 3
    assert on_table(text).issued == (
        Issued(2, NOON, (("p1", "Calm seas."), ("p2", "Open ports."))),
        Issued(3, NOON + 1, (("p1", "Calmer seas."), ("p2", "Open ports."))),
    )


def test_an_empty_text_is_no_draft(session: Session) -> None:
    session.done((M1, OpenDocument("Draft", "chairs"))).when(M1, IssueDraft()).refused("no_text")


def test_a_negotiated_text_has_neither_comments_nor_drafts(session: Session) -> None:
    drafted(session).when(JAPAN, CommentText("Too far.")).refused("not_chairs_text")
    session.when(M1, IssueDraft()).refused("not_chairs_text")


def test_in_the_end_there_is_one_yes_or_no(text: Session) -> None:
    text.done((M1, CallConsensus()))
    for actor, command in ((JAPAN, CommentText("Too far.")), (M1, IssueDraft()), (M1, SetDocumentMode("negotiated"))):
        text.when(actor, command).refused("under_decision")
    text.done((M1, CloseCall("c1")))
    assert text.state.texts.documents[0].status == "adopted"


def test_comments_stay_when_their_paragraph_goes(text: Session) -> None:
    text.done((KOREA, CommentText("Too far.", "p1")), (M1, WithdrawParagraph("p1")))
    assert paragraph(text).withdrawn
    assert [one.paragraph for one in on_table(text).comments] == ["p1"]
