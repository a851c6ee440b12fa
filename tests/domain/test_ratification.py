"""Ad referendum: a text is provisional until every capital has confirmed it."""

from typing import Any

import pytest

from rooms.domain import (
    adjourning,
    arranging,
    capitals,
    decisions,
    dissent,
    documents,
    labels,
    ratification,
    reopening,
    room,
    sight,
    silence,
    texts,
    voting,
)
from rooms.domain.fold import Tick, next_deadline
from rooms.domain.ratification import Instruct, SeekInstructions, outcome_of
from rooms.domain.record import CLOCK
from rooms.domain.sight import OBSERVERS, THE_MODERATORS, members_of

from .capitals_play import ADOPTED, CELL, DRAFT, RESERVE, agreed, with_constituencies
from .play import CHINA, JAPAN, JAPAN_MOD, KOREA, M1, MINUTE, NOON, OBSERVER, Session, cast_live

SEEK = SeekInstructions("d1", "May we sign?")
LANDED_WELL = (M1, arranging.LinkParagraph("p1", "scope", "b"))
LANDED_BADLY = (M1, arranging.LinkParagraph("p1", "scope", "a"))


def statuses(session: Session, document: str = "d1") -> dict[str, str]:
    return {code: one.status for code, one in session.state.ratifications.by_document[document].items()}


def all_confirm(session: Session, *codes: str) -> Session:
    return session.done(*((M1, Instruct("d1", code, "confirm")) for code in codes or ("JPN", "PRC", "ROK")))


# How it begins


def test_a_text_adopted_ad_referendum_waits_for_every_delegation_of_the_electorate() -> None:
    session = agreed()
    assert statuses(session) == {"JPN": "agreed", "PRC": "agreed", "ROK": "agreed"}
    assert outcome_of(session.state, "d1") == "pending"
    assert labels.is_provisional(session.state, session.state.texts.documents[0])


def test_a_text_that_was_simply_adopted_waits_for_nobody() -> None:
    session = cast_live().done(*ADOPTED)
    assert session.state.ratifications.by_document == {}
    assert outcome_of(session.state, "d1") == ""
    session.when(JAPAN, SEEK).refused("not_ad_referendum")
    session.when(M1, Instruct("d1", "JPN", "confirm")).refused("not_ad_referendum")
    session.when(M1, ratification.SetRatificationDeadline("d1", 5)).refused("not_ad_referendum")
    session.when(M1, reopening.ReopenText("d1")).refused("not_ad_referendum")


def test_a_text_that_was_objected_to_waits_for_nobody() -> None:
    session = cast_live().done(*DRAFT, (M1, decisions.CallConsensus(ad_referendum=True)))
    session.done((CHINA, decisions.AnswerCall("c1", "object", "No.")))
    assert session.state.ratifications.by_document == {}


def test_it_begins_also_when_silence_is_kept_or_a_vote_carries() -> None:
    session = cast_live().done(*DRAFT, (M1, silence.ProposeSilence(5, ad_referendum=True)))
    session.done((CLOCK, Tick()), at=NOON + 5 * MINUTE)
    assert set(statuses(session)) == {"JPN", "PRC", "ROK"}


# Seeking instructions


def test_the_voice_of_a_delegation_seeks_instructions_and_others_learn_only_that() -> None:
    session = agreed()
    session.when(JAPAN_MOD, SEEK).refused("not_head")
    session.when(JAPAN, SEEK).then(
        ratification.InstructionsSought("d1", "JPN"),
        capitals.CapitalWord("h-JPN-1", "JPN", "delegation", JAPAN, "JPN-MFA", "May we sign?", "d1"),
    )
    assert statuses(session)["JPN"] == "sought"
    public, private = session.entries[-2:]
    assert all(one.sees(public) for one in (OBSERVERS, members_of("PRC"), THE_MODERATORS))
    assert not any(one.sees(private) for one in (OBSERVERS, members_of("PRC"), sight.capital_of("PRC")))
    assert all(one.sees(private) for one in (members_of("JPN"), sight.capital_of("JPN"), THE_MODERATORS))


def test_asked_again_only_the_words_go_home() -> None:
    session = agreed().done((JAPAN, SEEK))
    session.when(JAPAN, SeekInstructions("d1", "Please hurry.")).then(
        capitals.CapitalWord("h-JPN-2", "JPN", "delegation", JAPAN, "JPN-MFA", "Please hurry.", "d1")
    )


def test_what_cannot_be_sought_is_refused() -> None:
    session = agreed()
    session.when(JAPAN, SeekInstructions("d1", "")).refused("words_needed")
    session.when(JAPAN, SeekInstructions("d9", "May we?")).refused("not_ad_referendum")
    session.when(OBSERVER, SEEK).refused("not_delegate")
    session.done((M1, Instruct("d1", "JPN", "confirm")))
    session.when(JAPAN, SEEK).refused("already_answered")
    session.done((M1, room.CloseSession())).when(CHINA, SEEK).refused("closed")


def test_capitals_work_while_the_room_rests() -> None:
    session = agreed().done((M1, room.PauseSession("Coffee")), (JAPAN, SEEK), (M1, Instruct("d1", "JPN", "confirm")))
    assert statuses(session)["JPN"] == "confirmed"


# The capital's answer


def test_when_all_have_confirmed_the_text_is_in_force() -> None:
    session = agreed()
    session.when(M1, Instruct("d1", "JPN", "confirm")).then(ratification.CapitalAnswered("d1", "JPN", "confirmed"))
    assert outcome_of(session.state, "d1") == "pending"
    all_confirm(session, "PRC", "ROK")
    assert outcome_of(session.state, "d1") == "confirmed"
    assert not labels.is_provisional(session.state, session.state.texts.documents[0])


def test_what_the_capital_says_with_it_is_for_its_delegation_alone() -> None:
    session = agreed().done((M1, Instruct("d1", "JPN", "refuse", "The fishermen would burn the ministry.")))
    public, private = session.entries[-2:]
    assert (public.event, OBSERVERS.sees(public)) == (ratification.CapitalAnswered("d1", "JPN", "refused"), True)
    assert private.event.text == "The fishermen would burn the ministry."
    assert not OBSERVERS.sees(private)
    assert not members_of("PRC").sees(private)


def test_a_reservation_of_the_capital_is_published_confirmed() -> None:
    session = agreed()
    session.when(M1, Instruct("d1", "JPN", "reserve")).refused("reservation_needed")
    session.when(M1, Instruct("d1", "JPN", "reserve", "Not in winter.")).refused("paragraph_needed")
    session.when(M1, Instruct("d1", "JPN", "reserve", "Not in winter.", "p9")).refused("unknown_paragraph")
    session.when(M1, Instruct("d1", "JPN", "reserve", "Not in winter.", "p1")).then(
        ratification.CapitalAnswered("d1", "JPN", "reserved"),
        dissent.DissentEntered("x1", "reservation", "JPN", "d1", "p1", 1, "Not in winter.", "confirmed"),
    )
    all_confirm(session, "PRC", "ROK")
    assert outcome_of(session.state, "d1") == "confirmed", "a reservation does not keep the text from force"


def test_confirming_with_reservation_confirms_what_the_delegation_has_reserved() -> None:
    session = agreed().done((JAPAN, RESERVE), (CHINA, RESERVE))
    session.when(M1, Instruct("d1", "JPN", "reserve")).then(
        ratification.CapitalAnswered("d1", "JPN", "reserved"), dissent.ReservationConfirmed("x1")
    )
    assert session.state.dissents.entries[1].status == "provisional", "another delegation's is not touched"


def test_confirming_without_reservation_lets_a_provisional_one_fall() -> None:
    session = agreed().done((JAPAN, RESERVE))
    session.when(M1, Instruct("d1", "JPN", "confirm")).then(
        ratification.CapitalAnswered("d1", "JPN", "confirmed"), dissent.ReservationFell("x1")
    )
    assert dissent.of_document(session.state, "d1") == ()


def test_what_cannot_be_answered_is_refused() -> None:
    session = agreed()
    session.when(JAPAN, Instruct("d1", "JPN", "confirm")).refused("not_capital")
    session.when(M1, Instruct("d1", "JPN", "perhaps")).refused("unknown_answer")
    session.when(M1, Instruct("d1", "JPN", "refuse")).refused("words_needed")
    session.when(M1, Instruct("d1", "USA", "confirm")).refused("not_ad_referendum")
    session.when(M1, Instruct("d1", "RUS", "confirm")).refused("unknown_delegation")
    session.done((M1, Instruct("d1", "JPN", "confirm")))
    session.when(M1, Instruct("d1", "JPN", "refuse", "We changed our mind.")).refused("already_answered")


# Refusal, and a new draft


def test_one_refusal_after_others_have_confirmed_keeps_the_text_from_force() -> None:
    session = all_confirm(agreed(), "JPN", "PRC").done((M1, Instruct("d1", "ROK", "refuse", "No.")))
    document = session.state.texts.documents[0]
    assert outcome_of(session.state, "d1") == "refused"
    assert document.status == "adopted", "it stays in the record as it was agreed"
    assert not labels.stands(session.state, document)
    assert "Refused by" in labels.status_line(session.state, document)


def test_others_can_still_answer_a_text_that_one_has_refused() -> None:
    session = agreed().done((M1, Instruct("d1", "ROK", "refuse", "No.")), (M1, Instruct("d1", "JPN", "confirm")))
    assert statuses(session) == {"JPN": "confirmed", "PRC": "agreed", "ROK": "refused"}


def test_a_refused_text_is_taken_up_again_as_a_new_draft() -> None:
    session = agreed().done((M1, Instruct("d1", "ROK", "refuse", "No.")))
    session.when(JAPAN, reopening.ReopenText("d1")).refused("not_moderator")
    session.when(M1, reopening.ReopenText("d1")).then(reopening.TextReopened("d1", "d2"))
    old, new = session.state.texts.documents
    assert (old.status, new.status, new.title, new.draft) == ("adopted", "draft", old.title, 2)
    [paragraph] = new.standing
    assert (paragraph.id, paragraph.text, paragraph.proposer) == ("p1", "Calm seas.", "JPN")
    assert (paragraph.agreed, paragraph.agreed_by, documents.status_of(new, paragraph)) == (False, (), "reopened")
    assert documents.open_document(session.state) is new
    session.done((JAPAN, texts.ReviseParagraph("p1", "Calmer seas.", 1)), (CHINA, texts.ProposeParagraph("Ports.")))
    assert [one.id for one in session.state.texts.documents[1].paragraphs] == ["p1", "p2"]
    assert session.state.texts.documents[0].paragraphs[0].text == "Calm seas."


def test_a_text_that_is_drafted_anew_waits_for_nobody_any_more() -> None:
    session = agreed().done((M1, ratification.SetRatificationDeadline("d1", 5)))
    session.done((M1, Instruct("d1", "ROK", "refuse", "No.")), (M1, reopening.ReopenText("d1")))
    assert ratification.waiting(session.state, "d1") == ()
    assert next_deadline(session.state) is None
    session.when(JAPAN, SEEK).refused("text_reopened")
    session.when(M1, Instruct("d1", "JPN", "confirm")).refused("text_reopened")
    session.when(M1, ratification.SetRatificationDeadline("d1", 5)).refused("text_reopened")
    session.when(M1, reopening.ReopenText("d1")).refused("text_reopened")


def test_only_what_failed_is_taken_up_again_and_only_onto_an_empty_table() -> None:
    session = agreed()
    session.when(M1, reopening.ReopenText("d1")).refused("not_refused")
    session.done((M1, Instruct("d1", "ROK", "refuse", "No.")), (M1, texts.OpenDocument("Another")))
    session.when(M1, reopening.ReopenText("d1")).refused("text_open")


def test_the_new_draft_can_be_agreed_and_confirmed() -> None:
    session = agreed().done((M1, Instruct("d1", "ROK", "refuse", "No.")), (M1, reopening.ReopenText("d1")))
    session.done((M1, decisions.CallConsensus(ad_referendum=True)), (M1, decisions.CloseCall("c2")))
    session.done(*((M1, Instruct("d2", code, "confirm")) for code in ("JPN", "PRC", "ROK")))
    assert (outcome_of(session.state, "d1"), outcome_of(session.state, "d2")) == ("refused", "confirmed")


# The deadline


def test_who_has_not_answered_when_the_time_is_up_has_let_it_lapse() -> None:
    session = agreed().done((JAPAN, SEEK), (M1, Instruct("d1", "PRC", "confirm")))
    session.when(M1, ratification.SetRatificationDeadline("d1", 5)).then(
        ratification.DeadlineSet("d1", NOON + 5 * MINUTE)
    )
    assert next_deadline(session.state) == NOON + 5 * MINUTE
    session.when(CLOCK, Tick(), at=NOON + 5 * MINUTE - 1).then()
    session.when(CLOCK, Tick(), at=NOON + 5 * MINUTE).then(ratification.RatificationLapsed("d1", ("JPN", "ROK")))
    assert statuses(session) == {"JPN": "lapsed", "PRC": "confirmed", "ROK": "lapsed"}
    assert outcome_of(session.state, "d1") == "lapsed"
    session.when(CLOCK, Tick()).then()


@pytest.mark.parametrize(("early", "code"), [(1, ""), (0, "deadline_over")])
def test_an_answer_counts_until_the_very_instant(early: int, code: str) -> None:
    session = agreed().done((M1, ratification.SetRatificationDeadline("d1", 5)))
    session.when(M1, Instruct("d1", "JPN", "confirm"), at=NOON + 5 * MINUTE - early)
    if code:
        session.refused(code)
        session.when(JAPAN, SEEK).refused(code)
    else:
        assert statuses(session)["JPN"] == "confirmed"


def test_the_deadline_stands_still_over_a_pause_and_an_adjournment() -> None:
    session = agreed().done((M1, ratification.SetRatificationDeadline("d1", 5)))
    session.done((M1, room.PauseSession("Lunch")), at=NOON + MINUTE)
    assert next_deadline(session.state) is None
    session.when(CLOCK, Tick(), at=NOON + 9 * MINUTE).then()
    session.done((JAPAN, SEEK), (M1, adjourning.AdjournSession("Thursday")), at=NOON + 10 * MINUTE)
    session.done((M1, adjourning.ReconveneSession()), at=NOON + 101 * MINUTE)
    assert next_deadline(session.state) == NOON + 105 * MINUTE


def test_a_deadline_set_in_a_pause_runs_from_its_end() -> None:
    session = agreed().done((M1, room.PauseSession("Lunch")))
    session.done((M1, ratification.SetRatificationDeadline("d1", 5)), at=NOON + MINUTE)
    session.done((M1, room.ResumeSession()), at=NOON + 10 * MINUTE)
    assert next_deadline(session.state) == NOON + 15 * MINUTE


def test_a_new_deadline_gives_those_who_let_it_lapse_their_time_again() -> None:
    session = agreed().done((JAPAN, SEEK), (M1, ratification.SetRatificationDeadline("d1", 1)))
    session.done((CLOCK, Tick()), at=NOON + MINUTE)
    session.when(M1, Instruct("d1", "JPN", "confirm")).refused("deadline_over")
    session.done((M1, ratification.SetRatificationDeadline("d1", 5)))
    assert statuses(session) == {"JPN": "sought", "PRC": "agreed", "ROK": "agreed"}
    all_confirm(session)
    assert next_deadline(session.state) is None, "nobody is waited for"


def test_what_is_no_deadline_is_refused() -> None:
    session = agreed()
    for minutes in (0, 601):
        session.when(M1, ratification.SetRatificationDeadline("d1", minutes)).refused("minutes_range")
    session.when(JAPAN, ratification.SetRatificationDeadline("d1", 5)).refused("not_moderator")
    all_confirm(session).when(M1, ratification.SetRatificationDeadline("d1", 5)).refused("all_answered")


def test_no_text_lapses_once_the_session_is_closed() -> None:
    session = agreed().done((M1, ratification.SetRatificationDeadline("d1", 5)), (M1, room.CloseSession()))
    assert next_deadline(session.state) is None
    session.when(CLOCK, Tick(), at=NOON + 9 * MINUTE).then()


# Constituencies


def at_home(landed: tuple[str, Any], share: int = 50) -> Session:
    """Japan's constituencies decide about a text that lands there."""
    session = with_constituencies(cast_live()).done(DRAFT[0], DRAFT[1], landed)
    session.done((M1, decisions.CallConsensus(ad_referendum=True)), (M1, decisions.CloseCall("c1")))
    return session.done((M1, capitals.SetCapitals("constituencies", share)))


def test_the_software_decides_only_if_the_room_says_so() -> None:
    session = with_constituencies(cast_live()).done(DRAFT[0], DRAFT[1], LANDED_WELL)
    session.done((M1, decisions.CallConsensus(ad_referendum=True)), (M1, decisions.CloseCall("c1")), (JAPAN, SEEK))
    assert statuses(session)["JPN"] == "sought"


def test_constituencies_that_weigh_enough_confirm() -> None:
    session = at_home(LANDED_WELL)
    session.when(JAPAN, SEEK)
    _sought, asked, decided, told = session.new
    assert decided == ratification.ConstituenciesAnswered("d1", "JPN", "confirmed")
    assert (asked.word, told.word, told.voice) == ("h-JPN-1", "h-JPN-2", "constituencies")
    assert told.text == "At home 90 of 100 are for this text; 50 were needed to decide."
    assert [entry.actor for entry in session.entries[-4:]] == [JAPAN, JAPAN, CLOCK, JAPAN]
    assert session.state.ratifications.by_document["d1"]["JPN"].by == "constituencies"


def test_constituencies_that_weigh_enough_refuse() -> None:
    session = at_home(LANDED_BADLY).done((JAPAN, RESERVE), (JAPAN, SEEK))
    assert statuses(session)["JPN"] == "refused"
    assert session.state.dissents.entries[0].status == "provisional", "nothing falls with a refusal"


def test_where_nobody_at_home_weighs_enough_the_moderator_decides() -> None:
    session = at_home(LANDED_BADLY, share=70).done((JAPAN, SEEK))
    assert statuses(session)["JPN"] == "sought"
    session.done((M1, Instruct("d1", "JPN", "confirm")))


def test_a_delegation_without_constituencies_asks_the_moderator() -> None:
    session = at_home(LANDED_WELL).done((CHINA, SeekInstructions("d1", "May we?")))
    assert statuses(session)["PRC"] == "sought"


def test_when_constituencies_decide_from_now_on_they_answer_who_has_asked() -> None:
    session = at_home(LANDED_WELL).done((M1, capitals.SetCapitals("moderator")), (JAPAN, SEEK))
    session.done((KOREA, SeekInstructions("d1", "May we?")))
    session.when(M1, capitals.SetCapitals("constituencies", 50))
    assert ratification.ConstituenciesAnswered("d1", "JPN", "confirmed") in session.new
    assert statuses(session) == {"JPN": "confirmed", "PRC": "agreed", "ROK": "sought"}


def test_constituencies_that_confirm_let_a_reservation_fall() -> None:
    session = at_home(LANDED_WELL).done((JAPAN, RESERVE), (JAPAN, SEEK))
    assert session.state.dissents.entries[0].status == "fallen"


def test_answers_that_were_given_stay_when_the_kind_changes() -> None:
    session = agreed().done(*CELL, (OBSERVER, Instruct("d1", "JPN", "confirm")))
    session.done((M1, capitals.SetCapitals("constituencies", 100)), (M1, capitals.SetCapitals("moderator")))
    assert statuses(session)["JPN"] == "confirmed"


def test_a_vote_that_carries_waits_for_the_capitals_too() -> None:
    session = cast_live(votes=True).done(
        *DRAFT, (M1, voting.CallVote(2, "simple", "voting", 2, "show", ad_referendum=True))
    )
    session.done(*((one, voting.CastVote("c1", "yes")) for one in (JAPAN, CHINA, KOREA)))
    assert outcome_of(session.state, "d1") == "pending"
