"""Coming together: the chair's bridge, consent of who answers for a paragraph, the hold of who has left."""

import pytest

from rooms.domain import seats, sponsoring, texts
from rooms.domain.authorship import runs
from rooms.domain.brackets import AddAlternative, BracketHeld, HoldBracket, HoldLifted, LiftHold, PutBrackets
from rooms.domain.bridging import (
    AcceptWording,
    BridgeOffered,
    HoldSetAside,
    OfferBridge,
    SetAsideHold,
    WordingConsented,
)
from rooms.domain.documents import status_of
from rooms.domain.settling import BracketEnded, BracketSettled

from .play import CHINA, CHINA_MOD, JAPAN, JAPAN_MOD, KOREA, M1, M2, Session
from .test_brackets import bracket, document, drafting, held, paragraph, words

__all__ = ("drafting", "held")  # fixtures

FREE = "Calm seas, free ports and calm harbours."
BRIDGED = "Calm seas, ports open to all and calm harbours."


def no_japan(session: Session) -> Session:
    return session.done((M1, seats.RemovePerson(JAPAN)), (JAPAN_MOD, seats.LeaveSeat()))


def no_china(session: Session) -> Session:
    return session.done((M1, seats.RemovePerson(CHINA)), (CHINA_MOD, seats.LeaveSeat()))


# Settled


def test_nothing_is_settled_without_who_answers_for_the_paragraph(held: Session) -> None:
    held.when(KOREA, HoldBracket("b1", "b1-1")).then(BracketHeld("d1", "b1", "ROK", "b1-1"))
    held.when(JAPAN, AcceptWording("b1", "b1-1")).then(
        WordingConsented("d1", "b1", "JPN", "b1-1"), BracketSettled("d1", "b1", "JPN", "b1-1", FREE)
    )
    one = bracket(held)
    assert (one.ended, one.ended_by, one.consent, one.holders) == ("settled", "JPN", "b1-1", ("PRC", "ROK"))
    assert (paragraph(held).text, paragraph(held).version) == (FREE, 2)
    assert runs(paragraph(held).versions) == (
        ("Calm seas, ", "JPN"),
        ("free ", "PRC"),
        ("ports and calm harbours.", "JPN"),
    )


def test_consent_waits_for_the_holders_and_can_be_taken_back(held: Session) -> None:
    held.done((KOREA, HoldBracket("b1"))).when(JAPAN, AcceptWording("b1", "b1-1")).then(
        WordingConsented("d1", "b1", "JPN", "b1-1")
    )
    held.when(JAPAN, AcceptWording("b1", "b1-1")).then()
    held.when(JAPAN, AcceptWording("b1")).then(WordingConsented("d1", "b1", "JPN", ""))
    assert bracket(held).consent is None
    held.when(JAPAN, AcceptWording("b1")).then()
    held.when(KOREA, AcceptWording("b1", "b1-1")).then(BracketHeld("d1", "b1", "ROK", "b1-1"))
    assert bracket(held).open


def test_a_holder_accepts_and_changes_its_mind(held: Session) -> None:
    held.done((M1, OfferBridge("b1", "ports open to all")))
    held.when(CHINA, AcceptWording("b1", "b1-2")).then(BracketHeld("d1", "b1", "PRC", "b1-2"))
    held.when(CHINA, HoldBracket("b1", "b1-1")).then(BracketHeld("d1", "b1", "PRC", "b1-1"))
    held.when(JAPAN, AcceptWording("b1", "b1-2")).then(WordingConsented("d1", "b1", "JPN", "b1-2"))
    held.when(CHINA, AcceptWording("b1", "b1-2")).then(
        BracketHeld("d1", "b1", "PRC", "b1-2"), BracketSettled("d1", "b1", "PRC", "b1-2", BRIDGED)
    )
    assert paragraph(held).versions[-1].cause == "bridged"
    assert ("to all ", "") in runs(paragraph(held).versions)


def test_accepting_the_words_as_they_stand_lifts_the_hold(held: Session) -> None:
    held.when(CHINA, AcceptWording("b1")).then(HoldLifted("d1", "b1", "PRC"), BracketEnded("d1", "b1", "PRC", "lifted"))


def test_who_neither_holds_nor_answers_for_it_accepts_nothing(held: Session) -> None:
    held.when(KOREA, AcceptWording("b1", "b1-1")).refused("not_holder")
    held.when(M1, AcceptWording("b1", "b1-1")).refused("not_holder")
    held.when(JAPAN, AcceptWording("b1", "b1-7")).refused("unknown_alternative")
    held.when(CHINA, AcceptWording("b1", "b1-7")).refused("unknown_alternative")


def test_a_proposer_that_holds_says_by_its_hold_what_it_would_take(held: Session) -> None:
    held.done((JAPAN, HoldBracket("b1")), (CHINA, AddAlternative("b1", "all ports")))
    assert bracket(held).open
    held.when(JAPAN, AcceptWording("b1", "b1-2"))
    assert paragraph(held).text == "Calm seas, all ports and calm harbours."


# The chair's bridge


def test_the_chair_offers_a_bridge(held: Session) -> None:
    held.when(M1, OfferBridge("b1", "ports open to all")).then(BridgeOffered("d1", "b1", "b1-2", "ports open to all"))
    bridge = bracket(held).bridge
    assert bridge is not None
    assert (bridge.text, bridge.author, bridge.bridge) == ("ports open to all", "", True)
    assert status_of(document(held), paragraph(held)) == "bridged"
    assert bracket(held).holds == {"PRC": "b1-1"}, "the chair moves nobody's hold"


def test_a_second_bridge_stands_beside_the_first(held: Session) -> None:
    held.done((M1, OfferBridge("b1", "ports open to all")), (CHINA, AcceptWording("b1", "b1-2")))
    held.when(M2, OfferBridge("b1", "ports open to all")).refused("same_words")
    held.when(M2, OfferBridge("b1", "free ports")).refused("same_words")
    held.done((M2, OfferBridge("b1", delete=True)))
    bridge = bracket(held).bridge
    assert bridge is not None
    assert (bridge.id, bridge.text) == ("b1-3", "")
    assert bracket(held).holds == {"PRC": "b1-2"}
    held.when(JAPAN, AcceptWording("b1", "b1-3")).then(WordingConsented("d1", "b1", "JPN", "b1-3"))
    held.when(CHINA, AcceptWording("b1", "b1-3"))
    assert paragraph(held).text == "Calm seas, and calm harbours."


@pytest.mark.parametrize(
    ("offer", "code"),
    [
        (OfferBridge("b1"), "text_needed"),
        (OfferBridge("b1", "all", delete=True), "words_or_none"),
        (OfferBridge("b1", "open ports"), "same_words"),
        (OfferBridge("b7", "all"), "bracket_gone"),
    ],
)
def test_a_bridge_has_words_of_its_own(held: Session, offer: OfferBridge, code: str) -> None:
    held.when(M1, offer).refused(code)


def test_only_the_chair_bridges(held: Session) -> None:
    held.when(JAPAN, OfferBridge("b1", "all")).refused("not_moderator")


def test_of_the_chairs_own_paragraph_a_bridge_is_its_consent(held: Session) -> None:
    held.done((M1, texts.ProposeParagraph("In good faith.")), (CHINA, PutBrackets("p2", 1, "good", alternative="full")))
    held.done((M2, OfferBridge("b2", "best")))
    held.when(CHINA, AcceptWording("b2", "b2-2"))
    assert paragraph(held, "p2").text == "In best faith."


def test_the_chair_consents_for_its_own_paragraph(held: Session) -> None:
    held.done((M1, texts.ProposeParagraph("In good faith.")), (CHINA, PutBrackets("p2", 1, "good", alternative="full")))
    held.when(JAPAN, AcceptWording("b2", "b2-1")).refused("not_holder")
    held.when(M1, AcceptWording("b2", "b2-1"))
    assert paragraph(held, "p2").text == "In full faith."


# Whole paragraphs


def test_another_wording_of_all_of_it(drafting: Session) -> None:
    drafting.done((CHINA, PutBrackets("p1", 1, alternative="Open ports.")))
    drafting.when(JAPAN, AcceptWording("b1", "b1-1")).then(
        WordingConsented("d1", "b1", "JPN", "b1-1"), BracketSettled("d1", "b1", "JPN", "b1-1", "Open ports.")
    )
    assert paragraph(drafting).text == "Open ports."


def test_rewording_takes_back_what_was_consented_for_all_of_it(drafting: Session) -> None:
    drafting.done((CHINA, PutBrackets("p1", 1, alternative="Open ports.")), (KOREA, HoldBracket("b1")))
    drafting.done((JAPAN, AcceptWording("b1", "b1-1")), (JAPAN, texts.ReviseParagraph("p1", "Calm ports.", 1)))
    assert bracket(drafting).consent is None
    drafting.done((JAPAN, texts.ReviseParagraph("p1", "Open ports.", 2)), (KOREA, HoldBracket("b1", "b1-1")))
    drafting.when(JAPAN, AcceptWording("b1", "b1-1"))
    assert drafting.new[-1] == BracketSettled("d1", "b1", "JPN", "b1-1", "Open ports.")
    assert paragraph(drafting).version == 3, "it read like that already"
    assert bracket(drafting).ended == "settled"


def test_around_words_consent_outlives_a_rewording(held: Session) -> None:
    held.done((KOREA, HoldBracket("b1")), (JAPAN, AcceptWording("b1", "b1-1")))
    held.done((JAPAN, texts.ReviseParagraph("p1", "All open ports.", 1)), (KOREA, LiftHold("b1")))
    assert paragraph(held).text == "All free ports."


# Who has left


def test_for_a_proposer_that_has_left_the_next_sponsor_answers(held: Session) -> None:
    no_japan(held.done((KOREA, sponsoring.SponsorParagraph("p1"))))
    held.when(M1, AcceptWording("b1", "b1-1")).refused("not_holder")
    held.when(KOREA, AcceptWording("b1", "b1-1"))
    assert paragraph(held).text == FREE


def test_without_any_sponsor_in_the_room_the_chair_answers(held: Session) -> None:
    no_japan(held)
    held.when(CHINA, HoldBracket("b1", "b1-1")).then()
    held.when(M1, AcceptWording("b1", "b1-1"))
    assert paragraph(held).text == FREE


def test_nobody_rewrites_alone_what_the_absent_proposed(held: Session) -> None:
    no_japan(held)
    held.done((CHINA, PutBrackets("p1", 1, "Calm", alternative="Rough")))
    assert bracket(held, "b2").open


def test_a_bridge_settles_what_the_absent_proposed(held: Session) -> None:
    no_japan(held).done((M1, OfferBridge("b1", "ports open to all")))
    held.when(CHINA, AcceptWording("b1", "b1-2"))
    assert paragraph(held).text == BRIDGED


def test_what_was_agreed_before_somebody_left_is_settled_when_asked(held: Session) -> None:
    held.done((M1, OfferBridge("b1", "ports open to all")), (CHINA, AcceptWording("b1", "b1-2")))
    no_japan(held)
    assert bracket(held).open
    held.when(CHINA, AcceptWording("b1", "b1-2")).then(BracketSettled("d1", "b1", "PRC", "b1-2", BRIDGED))


def test_the_chair_sets_aside_the_hold_of_who_has_left(held: Session) -> None:
    held.when(M1, SetAsideHold("b1", "PRC")).refused("holder_present")
    held.done((M1, seats.RemovePerson(CHINA))).when(M1, SetAsideHold("b1", "PRC")).refused("holder_present")
    held.done((CHINA_MOD, seats.LeaveSeat()))
    held.when(JAPAN, SetAsideHold("b1", "PRC")).refused("not_moderator")
    held.when(M1, SetAsideHold("b1", "ROK")).refused("no_such_hold")
    held.when(M1, SetAsideHold("b1", "PRC")).then(
        HoldSetAside("d1", "b1", "PRC"), BracketEnded("d1", "b1", "", "set_aside")
    )
    assert (bracket(held).ended, bracket(held).ended_by) == ("set_aside", "")


def test_what_the_others_would_take_is_settled_then(held: Session) -> None:
    held.done((KOREA, AddAlternative("b1", "all ports")), (JAPAN, AcceptWording("b1", "b1-2")))
    no_china(held).when(M1, SetAsideHold("b1", "PRC")).then(
        HoldSetAside("d1", "b1", "PRC"),
        BracketSettled("d1", "b1", "", "b1-2", "Calm seas, all ports and calm harbours."),
    )


def test_who_comes_back_finds_its_hold(held: Session) -> None:
    no_china(held).done((CHINA_MOD, seats.TakeSeat("PRC-MOD")), (M1, seats.AdmitPerson(CHINA_MOD)))
    held.when(M1, SetAsideHold("b1", "PRC")).refused("holder_present")
    assert words(held) == "open ports"
    held.done((CHINA_MOD, LiftHold("b1")))
    assert not bracket(held).open
