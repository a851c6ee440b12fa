"""Dissent that does not block: signed, dated, tied to a paragraph or the whole, and it edits nothing."""

import pytest

from rooms.domain import decisions, dissent, ratification, room, shelving, texts, voices
from rooms.domain.dissent import EnterDissent

from .capitals_play import AD_REFERENDUM, ADOPTED, DRAFT, RESERVE, agreed
from .play import CHINA, JAPAN, JAPAN_MOD, M1, NOON, OBSERVER, SECOND, Session, cast_live


def drafted() -> Session:
    return cast_live().done(*DRAFT)


@pytest.mark.parametrize("kind", dissent.KINDS)
def test_each_of_the_six_kinds_is_signed_dated_and_tied_to_a_paragraph(kind: str) -> None:
    session = drafted()
    status = "provisional" if kind == "reservation" else "entered"
    session.when(JAPAN, EnterDissent(kind, "In our reading.", "p1"), at=NOON + SECOND).then(
        dissent.DissentEntered("x1", kind, "JPN", "d1", "p1", 1, "In our reading.", status)
    )
    [one] = dissent.attached(session.state, "d1", "p1")
    assert (one.delegation, one.at, one.published) == ("JPN", NOON + SECOND, True)
    assert session.state.texts.documents == drafted().state.texts.documents, "it edits nothing"


def test_what_is_about_the_whole_is_attached_to_no_paragraph() -> None:
    session = drafted().done((JAPAN, EnterDissent("explanation", "We read it widely.")))
    assert dissent.attached(session.state, "d1", "p1") == ()
    assert [one.id for one in dissent.attached(session.state, "d1")] == ["x1"]
    assert dissent.of_document(session.state, "d1") == dissent.attached(session.state, "d1")


def test_it_may_be_entered_while_the_text_is_decided_on_and_after() -> None:
    session = drafted().done((M1, decisions.CallConsensus()), (CHINA, EnterDissent("objection", "We would not.", "p1")))
    session.done((M1, decisions.CloseCall("c1")), (CHINA, EnterDissent("dissociation", "We stand aside.")))
    assert session.state.texts.documents[0].status == "adopted", "none of it blocks"
    assert [one.document for one in session.state.dissents.entries] == ["d1", "d1"]


def test_it_names_the_wording_on_which_it_was_written() -> None:
    session = drafted().done((JAPAN, texts.ReviseParagraph("p1", "Calmer seas.", 1)), (CHINA, RESERVE))
    assert session.state.dissents.entries[0].version == 2


def test_only_who_answers_for_a_delegation_signs_for_it() -> None:
    session = drafted()
    session.when(JAPAN_MOD, EnterDissent("footnote", "Note.", "p1")).refused("not_head")
    session.done((JAPAN, voices.NameVoice("JPN-MOD")), (JAPAN_MOD, EnterDissent("footnote", "Note.", "p1")))
    session.when(JAPAN, EnterDissent("footnote", "Note.", "p1")).refused("not_head")
    session.when(OBSERVER, EnterDissent("footnote", "Note.", "p1")).refused("not_delegate")
    session.when(M1, EnterDissent("footnote", "Note.", "p1")).refused("not_delegate")


def test_what_is_not_said_properly_is_refused() -> None:
    session = drafted()
    session.when(JAPAN, EnterDissent("grumble", "No.", "p1")).refused("unknown_dissent")
    session.when(JAPAN, EnterDissent("explanation", "")).refused("text_needed")
    session.when(JAPAN, EnterDissent("explanation", "x" * 4_001)).refused("too_long")
    session.when(JAPAN, EnterDissent("explanation", "Yes.", "p9")).refused("unknown_paragraph")
    for kind in ("reservation", "footnote"):
        session.when(JAPAN, EnterDissent(kind, "Whole.")).refused("paragraph_needed")
    session.when(JAPAN, EnterDissent("explanation", "Yes.", document="d9")).refused("no_text")
    cast_live().when(JAPAN, EnterDissent("explanation", "Yes.")).refused("no_text")
    session.done((M1, shelving.ShelveDocument("No time.")))
    session.when(JAPAN, EnterDissent("explanation", "Yes.", document="d1")).refused("text_shelved")
    session.done((M1, room.CloseSession()))
    session.when(JAPAN, EnterDissent("explanation", "Yes.", document="d1")).refused("closed")


def test_a_reservation_to_an_adopted_text_is_provisional_until_its_delegation_confirms_it() -> None:
    session = cast_live().done(*ADOPTED, (JAPAN, RESERVE))
    assert session.state.dissents.entries[0].status == "provisional"
    session.when(CHINA, dissent.ConfirmReservation("x1")).refused("not_yours")
    session.when(JAPAN, dissent.ConfirmReservation("x1")).then(dissent.ReservationConfirmed("x1"))
    session.when(JAPAN, dissent.ConfirmReservation("x1")).then()
    session.when(JAPAN, dissent.WithdrawDissent("x1")).refused("attached")


def test_a_reservation_is_confirmed_only_once_the_text_is_adopted() -> None:
    drafted().done((JAPAN, RESERVE)).when(JAPAN, dissent.ConfirmReservation("x1")).refused("not_adopted")


def test_only_a_reservation_is_confirmed() -> None:
    session = cast_live().done(*ADOPTED, (JAPAN, EnterDissent("explanation", "So.")))
    session.when(JAPAN, dissent.ConfirmReservation("x1")).refused("not_reservation")
    session.when(JAPAN, dissent.ConfirmReservation("x2")).refused("unknown_dissent")


def test_where_the_text_waits_for_the_capital_that_confirms_the_reservation() -> None:
    session = agreed().done((JAPAN, RESERVE))
    session.when(JAPAN, dissent.ConfirmReservation("x1")).refused("capital_confirms")
    session.done((M1, ratification.Instruct("d1", "JPN", "reserve")))
    assert session.state.dissents.entries[0].status == "confirmed"
    session.when(JAPAN, EnterDissent("reservation", "And not at night.", "p1")).refused("already_confirmed")
    session.done((JAPAN, EnterDissent("interpretation", "Night is night.", "p1")))


def test_before_adoption_everything_can_be_taken_back_after_it_only_what_is_provisional() -> None:
    session = drafted().done((JAPAN, EnterDissent("objection", "Never.")), (JAPAN, RESERVE))
    session.when(CHINA, dissent.WithdrawDissent("x1")).refused("not_yours")
    session.when(JAPAN, dissent.WithdrawDissent("x1")).then(dissent.DissentWithdrawn("x1"))
    session.when(JAPAN, dissent.WithdrawDissent("x1")).refused("unknown_dissent")
    session.done((JAPAN, EnterDissent("explanation", "So.")), *AD_REFERENDUM[2:])
    session.when(JAPAN, dissent.WithdrawDissent("x3")).refused("attached")
    session.done((JAPAN, dissent.WithdrawDissent("x2")))
    assert [one.id for one in dissent.of_document(session.state, "d1")] == ["x3"]
