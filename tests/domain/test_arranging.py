"""The order of a text, its sections, and where its paragraphs would settle issues."""

import pytest

from rooms.domain.agreeing import GavelParagraph
from rooms.domain.arranging import LinkParagraph, MoveParagraph, ParagraphLinked, ParagraphMoved
from rooms.domain.decisions import CallConsensus
from rooms.domain.documents import numbered
from rooms.domain.texts import ReviseParagraph, WithdrawParagraph

from .drafted import chairs, drafted, on_table, paragraph
from .play import CHINA, JAPAN, JAPAN_MOD, M1, M2, Session


@pytest.fixture
def drafting(session: Session) -> Session:
    return drafted(session)


def order(session: Session) -> list[tuple[str, str]]:
    return [(number, one.id) for number, one in numbered(on_table(session))]


def test_the_chair_moves_a_paragraph_behind_another(drafting: Session) -> None:
    drafting.when(M1, MoveParagraph("p1", "p2")).then(ParagraphMoved("d1", "p1", "operative", "p2"))
    assert order(drafting) == [("1", "p2"), ("2", "p1"), ("3", "p3")]
    drafting.when(M2, MoveParagraph("p1", "p2")).then()


def test_or_to_the_top_of_a_section(drafting: Session) -> None:
    drafting.when(M1, MoveParagraph("p3", section="preambular")).then(ParagraphMoved("d1", "p3", "preambular", ""))
    drafting.done((M1, MoveParagraph("p2", section="preambular")))
    assert order(drafting) == [("P1", "p2"), ("P2", "p3"), ("1", "p1")]
    drafting.when(M1, MoveParagraph("p2", section="preambular")).then()
    drafting.when(M1, MoveParagraph("p1", "p2", "annex")).then(ParagraphMoved("d1", "p1", "preambular", "p2"))
    assert order(drafting) == [("P1", "p2"), ("P2", "p1"), ("P3", "p3")]


def test_no_word_changes_and_no_agreement_falls(drafting: Session) -> None:
    drafting.done((M1, GavelParagraph("p1", 1)), (M1, MoveParagraph("p1", section="annex")))
    assert (paragraph(drafting).version, paragraph(drafting).agreed) == (1, True)


def test_a_paragraph_is_moved_to_where_there_is_a_place(drafting: Session) -> None:
    drafting.when(M1, MoveParagraph("p1", section="margin")).refused("unknown_section")
    drafting.when(M1, MoveParagraph("p1", "p1")).refused("after_itself")
    drafting.when(M1, MoveParagraph("p1", "p9")).refused("unknown_paragraph")
    drafting.when(M1, MoveParagraph("p9", "p1")).refused("unknown_paragraph")


def test_what_was_withdrawn_is_no_place(drafting: Session) -> None:
    drafting.done((CHINA, WithdrawParagraph("p2")))
    drafting.when(M1, MoveParagraph("p1", "p2")).refused("unknown_paragraph")
    drafting.when(M1, MoveParagraph("p2")).refused("unknown_paragraph")
    drafting.when(M1, MoveParagraph("p1")).then()
    drafting.done((M1, MoveParagraph("p1", "p3")))
    assert order(drafting) == [("1", "p3"), ("2", "p1")]


def test_who_proposed_it_or_the_chair_says_what_a_paragraph_settles(drafting: Session) -> None:
    drafting.when(JAPAN_MOD, LinkParagraph("p1", "scope", "b")).then(ParagraphLinked("d1", "p1", "scope", "b"))
    drafting.done((M1, LinkParagraph("p1", "hotline", "a")), (M1, LinkParagraph("p2", "scope", "c")))
    assert on_table(drafting).landed == {"scope": ("b", "c"), "hotline": ("a",)}
    drafting.when(JAPAN, LinkParagraph("p1", "scope", "c")).then(ParagraphLinked("d1", "p1", "scope", "c"))
    assert paragraph(drafting).lands == (("hotline", "a"), ("scope", "c"))
    drafting.when(JAPAN, LinkParagraph("p1", "scope", "c")).then()


def test_a_link_is_taken_away_and_goes_with_its_paragraph(drafting: Session) -> None:
    drafting.done((JAPAN, LinkParagraph("p1", "scope", "b")), (CHINA, LinkParagraph("p2", "hotline", "a")))
    drafting.when(JAPAN, LinkParagraph("p1", "scope")).then(ParagraphLinked("d1", "p1", "scope", ""))
    drafting.when(JAPAN, LinkParagraph("p1", "scope")).then()
    drafting.done((CHINA, WithdrawParagraph("p2")))
    assert on_table(drafting).landed == {}


def test_a_link_stays_when_the_words_change(drafting: Session) -> None:
    drafting.done((JAPAN, LinkParagraph("p1", "scope", "b")), (JAPAN, ReviseParagraph("p1", "Calmer seas.", 1)))
    assert paragraph(drafting).lands == (("scope", "b"),)


def test_no_link_to_what_does_not_exist_nor_to_anothers_paragraph(drafting: Session) -> None:
    drafting.when(CHINA, LinkParagraph("p1", "scope", "b")).refused("not_yours")
    drafting.when(JAPAN, LinkParagraph("p1", "fish", "b")).refused("unknown_issue")
    drafting.when(JAPAN, LinkParagraph("p1", "scope", "z")).refused("unknown_option")
    drafting.when(JAPAN, LinkParagraph("p9", "scope", "b")).refused("unknown_paragraph")


def test_a_chairs_text_is_arranged_and_linked_by_the_chair(session: Session) -> None:
    chairs(session).done((M1, MoveParagraph("p2")), (M1, LinkParagraph("p1", "scope", "b")))
    session.when(JAPAN, LinkParagraph("p1", "scope", "c")).refused("not_yours")


def test_what_is_put_to_a_decision_keeps_its_order_and_links(drafting: Session) -> None:
    drafting.done((M1, CallConsensus()))
    drafting.when(M1, MoveParagraph("p1", "p2")).refused("under_decision")
    drafting.when(M1, LinkParagraph("p1", "scope", "b")).refused("under_decision")
