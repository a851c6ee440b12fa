"""Paragraphs agreed ad referendum, by all or by the chair's gavel; agreement taken back, paragraphs reopened."""

from typing import Any

import pytest

from rooms.domain import seats
from rooms.domain.agreeing import (
    AgreementGiven,
    AgreementTakenBack,
    AgreeParagraph,
    GavelParagraph,
    ParagraphAgreed,
    ParagraphReopened,
    ReopenParagraph,
    TakeBackAgreement,
    waited_for,
)
from rooms.domain.decisions import CallConsensus
from rooms.domain.documents import Amendment, Bracket, status_of
from rooms.domain.refused import Refused
from rooms.domain.sponsoring import SponsorParagraph
from rooms.domain.texts import ReviseParagraph, WithdrawParagraph

from .drafted import chairs, decided, drafted, on_table, paragraph
from .play import CHINA, CHINA_MOD, JAPAN, KOREA, M1, M2, NOON, Session


@pytest.fixture
def drafting(session: Session) -> Session:
    return drafted(session)


@pytest.fixture
def agreed(drafting: Session) -> Session:
    return drafting.done((CHINA, AgreeParagraph("p1", 1)), (KOREA, AgreeParagraph("p1", 1)))


def test_delegations_agree_one_by_one_until_none_is_waited_for(drafting: Session) -> None:
    assert waited_for(drafting.state, paragraph(drafting)) == ("PRC", "ROK"), "nobody sits for the USA"
    drafting.when(CHINA_MOD, AgreeParagraph("p1", 1)).then(AgreementGiven("d1", "p1", "PRC"))
    drafting.when(CHINA, AgreeParagraph("p1", 1)).then()
    assert waited_for(drafting.state, paragraph(drafting)) == ("ROK",)
    assert status_of(on_table(drafting), paragraph(drafting)) == "proposed"
    drafting.when(KOREA, AgreeParagraph("p1", 1))
    drafting.then(AgreementGiven("d1", "p1", "ROK"), ParagraphAgreed("d1", "p1", False))
    assert status_of(on_table(drafting), paragraph(drafting)) == "agreed"
    drafting.when(JAPAN, AgreeParagraph("p1", 1)).then()


def test_what_the_chair_proposed_all_have_to_agree(drafting: Session) -> None:
    drafting.done((JAPAN, AgreeParagraph("p3", 1)), (CHINA, AgreeParagraph("p3", 1)))
    assert not paragraph(drafting, "p3").agreed
    drafting.when(KOREA, AgreeParagraph("p3", 1))
    drafting.then(AgreementGiven("d1", "p3", "ROK"), ParagraphAgreed("d1", "p3", False))


def test_of_a_sponsor_nothing_is_taken_for_granted(drafting: Session) -> None:
    """It stood behind other words, maybe."""
    drafting.done((CHINA, SponsorParagraph("p1")), (JAPAN, ReviseParagraph("p1", "Stormy seas.", 1)))
    assert waited_for(drafting.state, paragraph(drafting)) == ("PRC", "ROK")


def test_who_took_a_paragraph_over_is_waited_for_until_the_words_are_its_own(drafting: Session) -> None:
    drafting.done((CHINA, SponsorParagraph("p1")), (JAPAN, WithdrawParagraph("p1")))
    assert waited_for(drafting.state, paragraph(drafting)) == ("JPN", "PRC", "ROK")
    drafting.done((CHINA, ReviseParagraph("p1", "Calmer seas.", 1)))
    assert waited_for(drafting.state, paragraph(drafting)) == ("JPN", "ROK")


def test_who_has_left_the_room_is_not_waited_for(drafting: Session) -> None:
    drafting.done((M1, seats.RemovePerson(KOREA))).when(CHINA, AgreeParagraph("p1", 1))
    drafting.then(AgreementGiven("d1", "p1", "PRC"), ParagraphAgreed("d1", "p1", False))


def test_the_chair_sees_no_objection(drafting: Session) -> None:
    drafting.done((CHINA, AgreeParagraph("p1", 1)))
    drafting.when(M2, GavelParagraph("p1", 1)).then(ParagraphAgreed("d1", "p1", True))
    drafting.when(M1, GavelParagraph("p1", 1)).then()
    assert (paragraph(drafting).agreed, paragraph(drafting).agreed_by) == (True, ("PRC",))


@pytest.mark.parametrize(("actor", "command"), [(CHINA, AgreeParagraph("p1", 1)), (M1, GavelParagraph("p1", 1))])
def test_nobody_agrees_to_words_they_have_not_seen(drafting: Session, actor: str, command: Any) -> None:
    drafting.done((JAPAN, ReviseParagraph("p1", "Stormy seas.", 1)))
    refusal = drafting.when(actor, command).refused("changed_meanwhile")
    assert refusal.data == {"paragraph": "p1", "text": "Stormy seas.", "version": 2}


@pytest.mark.parametrize(("actor", "command"), [(CHINA, AgreeParagraph("p1", 1)), (M1, GavelParagraph("p1", 1))])
def test_nobody_agrees_to_what_is_in_dispute(drafting: Session, actor: str, command: Any) -> None:
    held = Bracket("b1", "p1", 0, 4, "ROK", NOON, holds={"ROK": ""})
    tabled = Amendment("m1", "delete", "p1", "", "", "", ("ROK",), 1, "", NOON)
    for changes, code in (({"brackets": (held,)}, "brackets_open"), ({"amendments": (tabled,)}, "amendments_pending")):
        with pytest.raises(Refused) as refusal:
            decided(drafting, actor, command, **changes)
        assert refusal.value.code == code


def test_agreement_is_taken_back_while_others_are_waited_for(drafting: Session) -> None:
    drafting.done((CHINA, AgreeParagraph("p1", 1)))
    drafting.when(CHINA, TakeBackAgreement("p1")).then(AgreementTakenBack("d1", "p1", "PRC"))
    drafting.when(CHINA, TakeBackAgreement("p1")).then()
    assert paragraph(drafting).agreed_by == ()


def test_what_all_have_agreed_is_reopened_not_taken_back(agreed: Session) -> None:
    agreed.when(CHINA, TakeBackAgreement("p1")).refused("agreed_ad_ref")


def test_a_new_wording_takes_every_agreement_away(drafting: Session) -> None:
    drafting.done((CHINA, AgreeParagraph("p1", 1)), (JAPAN, ReviseParagraph("p1", "Calmer seas.", 1)))
    assert paragraph(drafting).agreed_by == ()


def test_what_is_agreed_is_closed(agreed: Session) -> None:
    for command in (ReviseParagraph("p1", "Stormy seas.", 1), WithdrawParagraph("p1")):
        agreed.when(JAPAN, command).refused("agreed_ad_ref")


@pytest.mark.parametrize(("actor", "code"), [(KOREA, "ROK"), (JAPAN, "JPN"), (M1, "")])
def test_anybody_reopens_what_others_agreed_and_says_why(agreed: Session, actor: str, code: str) -> None:
    agreed.when(actor, ReopenParagraph("p1", "")).refused("reason_needed")
    agreed.when(actor, ReopenParagraph("p1", "New instructions.")).then(
        ParagraphReopened("d1", "p1", code, "New instructions.")
    )
    assert (paragraph(agreed).agreed, paragraph(agreed).agreed_by) == (False, ())
    assert status_of(on_table(agreed), paragraph(agreed)) == "reopened"
    assert waited_for(agreed.state, paragraph(agreed)) == ("PRC", "ROK"), "whoever had agreed has to do so again"
    agreed.when(actor, ReopenParagraph("p1", "Again.")).refused("not_agreed")
    agreed.done((JAPAN, ReviseParagraph("p1", "Calmer seas.", 1)), (M1, GavelParagraph("p1", 2)))
    assert status_of(on_table(agreed), paragraph(agreed)) == "agreed"


def test_what_is_open_is_not_reopened(drafting: Session) -> None:
    drafting.done((CHINA, AgreeParagraph("p1", 1)))
    drafting.when(KOREA, ReopenParagraph("p1", "Wait.")).refused("not_agreed")


EACH = [
    (CHINA, AgreeParagraph("p1", 1)),
    (CHINA, TakeBackAgreement("p1")),
    (M1, GavelParagraph("p1", 1)),
    (CHINA, ReopenParagraph("p1", "Wait.")),
]


@pytest.mark.parametrize(("actor", "command"), EACH)
def test_a_chairs_text_is_agreed_as_a_whole_or_not_at_all(session: Session, actor: str, command: Any) -> None:
    chairs(session).when(actor, command).refused("chairs_text")


@pytest.mark.parametrize(("actor", "command"), EACH)
def test_what_is_put_to_a_decision_or_gone_is_agreed_no_more(agreed: Session, actor: str, command: Any) -> None:
    agreed.done((CHINA, WithdrawParagraph("p2")), (M1, CallConsensus()))
    agreed.when(actor, command).refused("under_decision")
    with pytest.raises(Refused) as refusal:
        decided(agreed, actor, type(command)("p2", *EXTRA.get(type(command), ())), status="draft")
    assert refusal.value.code == "unknown_paragraph"


EXTRA: dict[type, tuple[Any, ...]] = {AgreeParagraph: (1,), GavelParagraph: (1,), ReopenParagraph: ("Wait.",)}
