"""Brackets: put, joined, other words offered, lifted; settled when all would take the same words."""

import pytest

from rooms.domain import agreeing, amendments, muting, room, seats, sponsoring, texts
from rooms.domain.brackets import (
    ALTERNATIVES,
    BRACKETS,
    AddAlternative,
    AlternativeAdded,
    BracketHeld,
    BracketOpened,
    HoldBracket,
    HoldLifted,
    LiftHold,
    PutBrackets,
)
from rooms.domain.bridging import AcceptWording, OfferBridge, SetAsideHold
from rooms.domain.decisions import CallConsensus
from rooms.domain.documents import Bracket, Document, Paragraph, open_document, status_of
from rooms.domain.settling import BracketEnded, BracketSettled

from .play import CHINA, CHINA_MOD, JAPAN, KOREA, M1, NOON, Session

TEXT = "Calm seas, open ports and calm harbours."
EVERY = (
    PutBrackets("p1", 1, "calm", alternative="quiet"),
    HoldBracket("b1"),
    AddAlternative("b1", "all ports"),
    LiftHold("b1"),
    OfferBridge("b1", "free ports"),
    AcceptWording("b1"),
    SetAsideHold("b1", "PRC"),
)


@pytest.fixture
def drafting(session: Session) -> Session:
    """A text with a paragraph of Japan's."""
    return session.done((M1, texts.OpenDocument("Draft")), (JAPAN, texts.ProposeParagraph(TEXT)))


@pytest.fixture
def held(drafting: Session) -> Session:
    """China would rather have free ports."""
    return drafting.done((CHINA, PutBrackets("p1", 1, "open ports", alternative="free ports", reason="Too wide.")))


def document(session: Session) -> Document:
    found = open_document(session.state)
    assert found is not None
    return found


def paragraph(session: Session, paragraph_id: str = "p1") -> Paragraph:
    found = document(session).paragraph(paragraph_id)
    assert found is not None
    return found


def bracket(session: Session, bracket_id: str = "b1") -> Bracket:
    found = document(session).bracket(bracket_id)
    assert found is not None
    return found


def words(session: Session, bracket_id: str = "b1") -> str:
    one = bracket(session, bracket_id)
    return paragraph(session, one.paragraph).text[one.start : one.end]


# Put


def test_a_delegation_puts_words_in_brackets(drafting: Session) -> None:
    drafting.when(CHINA, PutBrackets("p1", 1, "open ports", reason="Too wide.")).then(
        BracketOpened("d1", "b1", "p1", 11, 21, "PRC", "Too wide.")
    )
    one = bracket(drafting)
    assert words(drafting) == "open ports"
    assert (one.holds, one.reason, one.opened_by, one.opened_at) == ({"PRC": ""}, "Too wide.", "PRC", NOON)
    assert status_of(document(drafting), paragraph(drafting)) == "bracketed"


def test_with_other_words_it_holds_the_brackets_for_them(drafting: Session) -> None:
    drafting.when(CHINA, PutBrackets("p1", 1, "open ports", alternative="free ports")).then(
        BracketOpened("d1", "b1", "p1", 11, 21, "PRC", ""), AlternativeAdded("d1", "b1", "b1-1", "PRC", "free ports")
    )
    assert bracket(drafting).holds == {"PRC": "b1-1"}


def test_it_may_want_the_words_to_go(drafting: Session) -> None:
    drafting.when(CHINA, PutBrackets("p1", 1, "and calm harbours", delete=True)).then(
        BracketOpened("d1", "b1", "p1", 22, 39, "PRC", ""), AlternativeAdded("d1", "b1", "b1-1", "PRC", "")
    )


@pytest.mark.parametrize("quoted", ["", TEXT, f" {TEXT} "])
def test_all_of_a_paragraph_stands_in_brackets_whatever_its_wording(drafting: Session, quoted: str) -> None:
    drafting.when(CHINA, PutBrackets("p1", 1, quoted)).then(BracketOpened("d1", "b1", "p1", 0, 0, "PRC", ""))
    assert bracket(drafting).whole
    drafting.done((JAPAN, texts.ReviseParagraph("p1", "Something else.", 1)))
    assert bracket(drafting).open


def test_of_the_same_words_twice_the_one_that_was_meant(drafting: Session) -> None:
    drafting.when(CHINA, PutBrackets("p1", 1, "s", 3)).then(BracketOpened("d1", "b1", "p1", 20, 21, "PRC", ""))
    drafting.when(KOREA, PutBrackets("p1", 1, "Calm", 2)).refused("words_not_found")


def test_words_in_any_script_are_found_as_quoted(drafting: Session) -> None:
    drafting.done((KOREA, texts.ProposeParagraph("한반도의 평화 👨‍👩‍👧와 朝鮮半島の非核化")))
    drafting.when(CHINA, PutBrackets("p2", 1, "평화 👨‍👩‍👧", alternative="안정"))
    assert words(drafting) == "평화 👨‍👩‍👧"
    drafting.done((JAPAN, PutBrackets("p2", 1, "非核化", alternative="非核")))
    drafting.done((KOREA, AcceptWording("b1", "b1-1")))
    assert paragraph(drafting, "p2").text == "한반도의 안정와 朝鮮半島の非核化"
    assert words(drafting, "b2") == "非核化"


def test_words_that_are_not_there_cannot_be_held(drafting: Session) -> None:
    assert drafting.when(CHINA, PutBrackets("p1", 1, "Open ports")).refused("words_not_found").data == {
        "field": "words"
    }
    drafting.when(CHINA, PutBrackets("p9", 1, "Calm")).refused("unknown_paragraph")
    drafting.done((JAPAN, texts.WithdrawParagraph("p1")))
    drafting.when(CHINA, PutBrackets("p1", 1, "Calm")).refused("unknown_paragraph")


def test_who_read_another_wording_is_shown_the_present_one(drafting: Session) -> None:
    drafting.done((JAPAN, texts.ReviseParagraph("p1", "Calm seas.", 1)))
    refusal = drafting.when(CHINA, PutBrackets("p1", 1, "open ports")).refused("changed_meanwhile")
    assert refusal.data == {"paragraph": "p1", "text": "Calm seas.", "version": 2}


def test_brackets_around_words_do_not_overlap(held: Session) -> None:
    for quoted in ("open", "seas, open", "ports and", "open ports", "n ports a"):
        refusal = held.when(KOREA, PutBrackets("p1", 1, quoted)).refused("brackets_overlap")
        assert refusal.data == {"bracket": "b1"}
    held.when(KOREA, PutBrackets("p1", 1, "and")).then(BracketOpened("d1", "b2", "p1", 22, 25, "ROK", ""))


def test_all_of_it_may_be_held_beside_words_of_it_but_not_replaced(held: Session) -> None:
    held.when(KOREA, PutBrackets("p1", 1, alternative="Calm seas.")).refused("brackets_overlap")
    held.done((KOREA, PutBrackets("p1", 1)))
    held.when(CHINA, PutBrackets("p1", 1)).refused("brackets_overlap")
    held.when(KOREA, AddAlternative("b2", "Calm seas.")).refused("brackets_overlap")
    held.when(M1, OfferBridge("b2", "Calm seas.")).refused("brackets_overlap")
    held.done((CHINA, LiftHold("b1")))
    held.done((KOREA, AddAlternative("b2", "Calm seas.")))
    held.when(CHINA, PutBrackets("p1", 1, "Calm")).refused("brackets_overlap")


def test_other_words_are_other_words(drafting: Session) -> None:
    put = PutBrackets("p1", 1, "open ports", alternative="open ports")
    assert drafting.when(CHINA, put).refused("same_words").data == {"field": "alternative"}
    drafting.when(CHINA, PutBrackets("p1", 1, alternative=TEXT)).refused("same_words")
    drafting.when(CHINA, PutBrackets("p1", 1, "open", alternative="free", delete=True)).refused("words_or_none")
    drafting.when(CHINA, PutBrackets("p1", 1, "open", alternative="\u0301x")).refused("half_character")


def test_who_answers_for_a_paragraph_rewords_it_instead(drafting: Session) -> None:
    drafting.when(JAPAN, PutBrackets("p1", 1, "open", alternative="free")).refused("own_words")
    drafting.when(JAPAN, PutBrackets("p1", 1, "open")).then(BracketOpened("d1", "b1", "p1", 11, 15, "JPN", ""))


def test_a_paragraph_has_room_for_so_many_brackets(drafting: Session) -> None:
    long = " ".join(f"word{n}." for n in range(BRACKETS + 1))
    drafting.done((JAPAN, texts.ProposeParagraph(long)))
    for n in range(BRACKETS):
        drafting.done((CHINA, PutBrackets("p2", 1, f"word{n}.")))
    drafting.when(CHINA, PutBrackets("p2", 1, f"word{BRACKETS}.")).refused("brackets_full")


def test_an_agreed_paragraph_is_reopened_first(drafting: Session) -> None:
    drafting.done((M1, agreeing.GavelParagraph("p1", 1)))
    drafting.when(CHINA, PutBrackets("p1", 1, "open")).refused("agreed_ad_ref")
    drafting.done((CHINA, agreeing.ReopenParagraph("p1", "New instructions.")), (CHINA, PutBrackets("p1", 1, "open")))


def test_who_holds_words_does_not_agree_to_them(drafting: Session) -> None:
    drafting.done((CHINA, agreeing.AgreeParagraph("p1", 1)), (CHINA, PutBrackets("p1", 1, "open")))
    assert paragraph(drafting).agreed_by == ()
    drafting.when(KOREA, agreeing.AgreeParagraph("p1", 1)).refused("brackets_open")


# Joined, and other words offered


def test_others_join_for_nothing_yet_or_for_words_on_offer(held: Session) -> None:
    held.when(KOREA, HoldBracket("b1")).then(BracketHeld("d1", "b1", "ROK", ""))
    held.when(KOREA, HoldBracket("b1", "b1-1")).then(BracketHeld("d1", "b1", "ROK", "b1-1"))
    assert bracket(held).holds == {"PRC": "b1-1", "ROK": "b1-1"}
    held.when(KOREA, HoldBracket("b1", "b1-1")).then()
    held.when(KOREA, HoldBracket("b1", "b1-9")).refused("unknown_alternative")


def test_alternatives_stack_and_move_the_hold_of_who_offers_them(held: Session) -> None:
    held.when(KOREA, AddAlternative("b1", "all ports")).then(AlternativeAdded("d1", "b1", "b1-2", "ROK", "all ports"))
    held.when(CHINA, AddAlternative("b1", delete=True)).then(AlternativeAdded("d1", "b1", "b1-3", "PRC", ""))
    assert bracket(held).holds == {"PRC": "b1-3", "ROK": "b1-2"}
    assert [one.text for one in bracket(held).alternatives] == ["free ports", "all ports", ""]


def test_an_alternative_is_new(held: Session) -> None:
    assert held.when(KOREA, AddAlternative("b1", "free ports")).refused("same_words").data == {
        "field": "text",
        "alternative": "b1-1",
    }
    held.when(KOREA, AddAlternative("b1", "open ports")).refused("same_words")
    held.when(KOREA, AddAlternative("b1")).refused("text_needed")
    for n in range(ALTERNATIVES - 1):
        held.done((KOREA, AddAlternative("b1", f"ports {n}")))
    held.when(KOREA, AddAlternative("b1", "one more")).refused("alternatives_full")
    held.when(M1, OfferBridge("b1", "one more")).refused("alternatives_full")


def test_the_proposers_own_offer_is_not_a_hold(held: Session) -> None:
    held.done((JAPAN, AddAlternative("b1", "wide open ports")))
    assert (bracket(held).holds, bracket(held).consent) == ({"PRC": "b1-1"}, "b1-2")
    held.when(CHINA, LiftHold("b1")).then(HoldLifted("d1", "b1", "PRC"), BracketEnded("d1", "b1", "PRC", "lifted"))
    assert paragraph(held).text == TEXT


def test_accepting_the_proposers_offer_settles(held: Session) -> None:
    held.done((JAPAN, AddAlternative("b1", "wide open ports"))).when(CHINA, HoldBracket("b1", "b1-2")).then(
        BracketHeld("d1", "b1", "PRC", "b1-2"),
        BracketSettled("d1", "b1", "PRC", "b1-2", "Calm seas, wide open ports and calm harbours."),
    )


# Lifted


def test_only_a_holder_lifts_its_own_hold(held: Session) -> None:
    held.when(JAPAN, LiftHold("b1")).refused("not_holder")
    held.done((KOREA, HoldBracket("b1"))).when(KOREA, LiftHold("b1")).then(HoldLifted("d1", "b1", "ROK"))
    held.when(CHINA_MOD, LiftHold("b1")).then(HoldLifted("d1", "b1", "PRC"), BracketEnded("d1", "b1", "PRC", "lifted"))
    one = bracket(held)
    assert (one.ended, one.ended_by, one.ended_at, one.holds) == ("lifted", "PRC", NOON, {})
    assert (paragraph(held).text, paragraph(held).version) == (TEXT, 1)
    assert status_of(document(held), paragraph(held)) == "proposed"


def test_brackets_that_are_gone_are_gone(held: Session) -> None:
    held.done((CHINA, LiftHold("b1")))
    for actor, command in (
        (KOREA, HoldBracket("b1")),
        (KOREA, AddAlternative("b1", "all")),
        (CHINA, LiftHold("b1")),
        (M1, OfferBridge("b1", "all")),
        (JAPAN, AcceptWording("b1")),
        (M1, SetAsideHold("b1", "PRC")),
        (KOREA, HoldBracket("b7")),
    ):
        held.when(actor, command).refused("bracket_gone")


def test_when_the_last_who_wants_something_else_lifts_the_rest_is_settled(held: Session) -> None:
    held.done((KOREA, HoldBracket("b1")), (JAPAN, AcceptWording("b1", "b1-1")))
    held.when(KOREA, LiftHold("b1")).then(
        HoldLifted("d1", "b1", "ROK"),
        BracketSettled("d1", "b1", "ROK", "b1-1", "Calm seas, free ports and calm harbours."),
    )


# What is around them changes


def test_rewording_around_them_carries_them_along(held: Session) -> None:
    held.done((KOREA, PutBrackets("p1", 1, "calm")))
    new = "We want calm seas; open ports, wide and calm as ever, and harbours."
    held.done((JAPAN, texts.ReviseParagraph("p1", new, 1)))
    assert (words(held), words(held, "b2")) == ("open ports", "calm")
    assert bracket(held, "b2").start == new.index("calm as")
    assert bracket(held).holds == {"PRC": "b1-1"}


def test_the_words_in_brackets_are_not_reworded(held: Session) -> None:
    held.when(JAPAN, texts.ReviseParagraph("p1", "Calm seas.", 1)).refused("in_brackets")
    assert paragraph(held).text == TEXT


def test_two_brackets_settle_in_one_paragraph(drafting: Session) -> None:
    drafting.done(
        (CHINA, PutBrackets("p1", 1, "Calm", alternative="Very quiet")),
        (KOREA, PutBrackets("p1", 1, "harbours", alternative="bays")),
        (KOREA, PutBrackets("p1", 1, "open", delete=True)),
        (JAPAN, AcceptWording("b3", "b3-1")),
    )
    assert paragraph(drafting).text == "Calm seas, ports and calm harbours."
    assert (words(drafting), words(drafting, "b2")) == ("Calm", "harbours")
    drafting.done((JAPAN, AcceptWording("b1", "b1-1")))
    assert words(drafting, "b2") == "harbours"
    drafting.done((JAPAN, AcceptWording("b2", "b2-1")))
    assert paragraph(drafting).text == "Very quiet seas, ports and calm bays."
    history = [(one.author, one.cause) for one in paragraph(drafting).versions]
    assert history == [("JPN", "proposed"), ("ROK", "alternative"), ("PRC", "alternative"), ("ROK", "alternative")]


def test_words_deleted_one_after_the_other_may_be_all_there_is(drafting: Session) -> None:
    drafting.done(
        (JAPAN, texts.ProposeParagraph("Calm seas")),
        (CHINA, PutBrackets("p2", 1, "Calm", delete=True)),
        (KOREA, PutBrackets("p2", 1, "seas", delete=True)),
        (JAPAN, AcceptWording("b1", "b1-1")),
    )
    assert paragraph(drafting, "p2").text == "seas"
    drafting.when(JAPAN, AcceptWording("b2", "b2-1"))
    assert drafting.new[-1] == BracketSettled("d1", "b2", "JPN", "b2-1", "")
    assert paragraph(drafting, "p2").withdrawn


def test_a_paragraph_may_go_as_a_whole(drafting: Session) -> None:
    drafting.done(
        (CHINA, PutBrackets("p1", 1, delete=True)),
        (KOREA, amendments.TableAmendment("delete", "p1", seen=1)),
        (JAPAN, AcceptWording("b1", "b1-1")),
    )
    assert paragraph(drafting).withdrawn
    assert bracket(drafting).ended == "settled"
    assert [one.status for one in document(drafting).amendments] == ["fallen"]
    assert paragraph(drafting).text == TEXT, "what it said is kept"


def test_brackets_end_with_their_paragraph(held: Session) -> None:
    held.done((JAPAN, texts.WithdrawParagraph("p1")))
    assert (bracket(held).ended, bracket(held).ended_at) == ("withdrawn", NOON)
    held.when(CHINA, LiftHold("b1")).refused("bracket_gone")


def test_brackets_stay_while_another_sponsor_keeps_the_paragraph(held: Session) -> None:
    held.done((KOREA, sponsoring.SponsorParagraph("p1")), (JAPAN, AddAlternative("b1", "wide ports")))
    held.done((JAPAN, texts.WithdrawParagraph("p1")))
    assert bracket(held).open
    assert bracket(held).consent is None, "it was Japan's"
    held.done((CHINA, HoldBracket("b1", "b1-2")))
    held.when(KOREA, AcceptWording("b1", "b1-2"))
    assert paragraph(held).text == "Calm seas, wide ports and calm harbours."


# When, and by whom


@pytest.mark.parametrize("command", EVERY)
def test_while_the_text_is_frozen_no_bracket_moves(drafting: Session, command: object) -> None:
    drafting.done((M1, CallConsensus()))
    actor = M1 if isinstance(command, OfferBridge | SetAsideHold) else CHINA
    drafting.when(actor, command).refused("under_decision")


@pytest.mark.parametrize("command", EVERY)
def test_a_chairs_text_has_no_brackets(session: Session, command: object) -> None:
    session.done((M1, texts.OpenDocument("Draft", "chairs")), (M1, texts.ProposeParagraph(TEXT)))
    actor = M1 if isinstance(command, OfferBridge | SetAsideHold) else CHINA
    session.when(actor, command).refused("chairs_text")


@pytest.mark.parametrize("command", EVERY)
def test_without_a_text_or_in_a_closed_room_there_are_none(session: Session, command: object) -> None:
    actor = M1 if isinstance(command, OfferBridge | SetAsideHold) else CHINA
    session.when(actor, command).refused("no_text")
    session.done((M1, room.CloseSession())).when(actor, command).refused("closed")


@pytest.mark.parametrize("command", EVERY[:4])
def test_the_chair_holds_nothing(held: Session, command: object) -> None:
    held.when(M1, command).refused("not_delegate")


def test_who_is_muted_holds_nothing_new(held: Session) -> None:
    held.done((M1, muting.MutePerson(CHINA))).when(CHINA, LiftHold("b1")).refused("muted")


def test_a_text_with_brackets_is_not_put(held: Session) -> None:
    assert "PRC" in held.when(M1, CallConsensus()).refused("brackets_open").message
    held.done((CHINA, LiftHold("b1")), (M1, CallConsensus()))


def test_the_hold_of_who_leaves_stands(held: Session) -> None:
    held.done((CHINA, seats.LeaveSeat("Enough.")), (M1, seats.RemovePerson(CHINA_MOD)))
    assert bracket(held).holds == {"PRC": "b1-1"}
    held.when(M1, CallConsensus()).refused("brackets_open")
