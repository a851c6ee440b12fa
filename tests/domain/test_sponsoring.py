"""Who stands behind a paragraph: joined, left, passed on."""

import pytest

from rooms.domain import seats
from rooms.domain.agreeing import GavelParagraph
from rooms.domain.brackets import PutBrackets
from rooms.domain.bridging import AcceptWording, OfferBridge
from rooms.domain.decisions import CallConsensus
from rooms.domain.sponsoring import LeaveSponsors, SponsorJoined, SponsorParagraph
from rooms.domain.texts import ParagraphWithdrawn, ReviseParagraph, SponsorLeft, WithdrawParagraph

from .drafted import chairs, drafted, on_table, paragraph
from .play import CHINA, CHINA_MOD, JAPAN, JAPAN_MOD, KOREA, M1, M2, Session


@pytest.fixture
def drafting(session: Session) -> Session:
    return drafted(session)


@pytest.fixture
def sponsored(drafting: Session) -> Session:
    """Japan's paragraph, behind which China stands, and then Korea."""
    return drafting.done((CHINA, SponsorParagraph("p1")), (KOREA, SponsorParagraph("p1")))


def test_a_delegation_sponsors_what_another_or_the_chair_proposed(drafting: Session) -> None:
    drafting.when(CHINA_MOD, SponsorParagraph("p1")).then(SponsorJoined("d1", "p1", "PRC"))
    drafting.when(KOREA, SponsorParagraph("p3", 1)).then(SponsorJoined("d1", "p3", "ROK"))
    assert (paragraph(drafting).sponsors, paragraph(drafting, "p3").sponsors) == (("JPN", "PRC"), ("", "ROK"))


def test_nobody_sponsors_twice(sponsored: Session) -> None:
    sponsored.when(CHINA, SponsorParagraph("p1")).then()
    sponsored.when(JAPAN_MOD, SponsorParagraph("p1")).then()


def test_nobody_sponsors_words_they_have_not_read(drafting: Session) -> None:
    drafting.done((JAPAN, ReviseParagraph("p1", "Stormy seas.", 1)))
    refusal = drafting.when(CHINA, SponsorParagraph("p1", 1)).refused("changed_meanwhile")
    assert refusal.data == {"paragraph": "p1", "text": "Stormy seas.", "version": 2}


def test_the_chair_sponsors_nothing(drafting: Session) -> None:
    drafting.when(M1, SponsorParagraph("p1")).refused("not_delegate")


def test_a_sponsor_leaves_and_the_others_stay(sponsored: Session) -> None:
    sponsored.when(CHINA, LeaveSponsors("p1")).then(SponsorLeft("d1", "p1", "PRC"))
    sponsored.when(CHINA, LeaveSponsors("p1")).then()
    assert (paragraph(sponsored).proposer, paragraph(sponsored).sponsors) == ("JPN", ("JPN", "ROK"))


@pytest.mark.parametrize("command", [LeaveSponsors("p1"), WithdrawParagraph("p1")])
def test_a_proposer_who_leaves_passes_the_paragraph_on_to_the_next_sponsor(sponsored: Session, command: object) -> None:
    sponsored.when(JAPAN, command).then(SponsorLeft("d1", "p1", "JPN"))
    assert (paragraph(sponsored).proposer, paragraph(sponsored).sponsors) == ("PRC", ("PRC", "ROK"))
    assert paragraph(sponsored).versions[0].author == "JPN", "whose words they are does not change"
    sponsored.when(JAPAN, ReviseParagraph("p1", "Ours.", 1)).refused("not_yours")
    sponsored.done((CHINA, ReviseParagraph("p1", "Calmer seas.", 1)), (CHINA, WithdrawParagraph("p1")))
    sponsored.when(KOREA, WithdrawParagraph("p1")).then(ParagraphWithdrawn("d1", "p1"))


def test_the_last_sponsor_withdraws_instead_of_leaving(drafting: Session) -> None:
    drafting.when(JAPAN, LeaveSponsors("p1")).refused("last_sponsor")
    drafting.when(CHINA, LeaveSponsors("p1")).then()


def test_what_the_chair_proposed_passes_on_too(drafting: Session) -> None:
    drafting.done((KOREA, SponsorParagraph("p3")), (M2, WithdrawParagraph("p3")))
    assert paragraph(drafting, "p3").proposer == "ROK"


def test_nobody_leaves_the_sponsors_of_what_is_agreed(sponsored: Session) -> None:
    sponsored.done((M1, GavelParagraph("p1", 1)))
    sponsored.when(CHINA, LeaveSponsors("p1")).refused("agreed_ad_ref")
    sponsored.when(JAPAN, WithdrawParagraph("p1")).refused("agreed_ad_ref")


def test_who_proposes_now_has_consented_to_no_bracket_yet(sponsored: Session) -> None:
    sponsored.done(
        (KOREA, PutBrackets("p1", 1, "Calm")),
        (M1, OfferBridge("b1", "Quiet")),
        (JAPAN, AcceptWording("b1", "b1-1")),
    )
    assert on_table(sponsored).brackets[0].consent == "b1-1"
    sponsored.done((JAPAN, WithdrawParagraph("p1")))
    assert on_table(sponsored).brackets[0].consent is None
    sponsored.done((KOREA, AcceptWording("b1", "b1-1")))
    assert paragraph(sponsored).text == "Calm seas.", "China answers for it now"
    sponsored.done((CHINA, AcceptWording("b1", "b1-1")))
    assert paragraph(sponsored).text == "Quiet seas."


def test_a_sponsor_whose_people_are_gone_still_stands_behind_it(sponsored: Session) -> None:
    sponsored.done((M1, seats.RemovePerson(KOREA)))
    assert paragraph(sponsored).sponsors == ("JPN", "PRC", "ROK")
    sponsored.done((JAPAN, LeaveSponsors("p1")), (CHINA, LeaveSponsors("p1")))
    assert paragraph(sponsored).proposer == "ROK"
    sponsored.when(M1, WithdrawParagraph("p1")).then(ParagraphWithdrawn("d1", "p1"))


@pytest.mark.parametrize("command", [SponsorParagraph("p1"), LeaveSponsors("p1")])
def test_a_chairs_text_and_a_frozen_one_have_no_sponsors_to_change(session: Session, command: object) -> None:
    chairs(session).when(CHINA, command).refused("chairs_text")
    session.done((M1, CallConsensus())).when(CHINA, command).refused("under_decision")


@pytest.mark.parametrize("command", [SponsorParagraph("p9"), LeaveSponsors("p9")])
def test_what_is_not_on_the_table_has_no_sponsors(drafting: Session, command: object) -> None:
    drafting.when(CHINA, command).refused("unknown_paragraph")
