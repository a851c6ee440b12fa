"""The silence procedure: its clock is the server's, one written objection breaks it."""

import pytest

from rooms.domain import adjourning, agenda, agreeing, amendments, calls, heads, room, seats, texts
from rooms.domain.decisions import AnswerCall, CallConsensus, CallWithdrawn, CloseCall, WithdrawCall
from rooms.domain.fold import Tick, next_deadline
from rooms.domain.record import CLOCK
from rooms.domain.silence import (
    AdoptionAnnounced,
    BreakSilence,
    ExtendSilence,
    ProposeSilence,
    SilenceBroken,
    SilenceExtended,
    SilenceKept,
    SilenceProposed,
    SilenceStopped,
    StopSilence,
)

from .decisions_play import DRAFT
from .play import CHINA, CHINA_MOD, JAPAN, JAPAN_MOD, KOREA, M1, MINUTE, NOON, SECOND, Session

ENDS = NOON + 10 * MINUTE
OBJECTION = BreakSilence("c1", "Sovereignty.")
NOT_NOW = StopSilence("c1", "Too fast.")
ADJOURN = (M1, adjourning.AdjournSession("Thursday"))
RECONVENE = (M1, adjourning.ReconveneSession())


@pytest.fixture
def drafted(session: Session) -> Session:
    return session.done(*DRAFT)


@pytest.fixture
def silent(drafted: Session) -> Session:
    """A text of one paragraph is under silence for ten minutes."""
    return drafted.done((M1, ProposeSilence(10)))


def call_of(session: Session) -> calls.Call:
    return session.state.decisions.calls[-1]


def status_of(session: Session) -> str:
    return session.state.texts.documents[0].status


# Proposing


def test_the_chair_names_the_exact_expiry_and_the_text_is_frozen(drafted: Session) -> None:
    drafted.when(M1, ProposeSilence(10)).then(
        SilenceProposed("c1", "d1", "Draft", (("p1", "Calm seas."),), ("JPN", "PRC", "ROK"), ENDS, False, "", False)
    )
    assert (status_of(drafted), next_deadline(drafted.state)) == ("under_silence", ENDS)
    drafted.when(JAPAN, texts.ReviseParagraph("p1", "Calmer.", 1)).refused("under_silence")


@pytest.mark.parametrize("minutes", [0, 7 * 24 * 60 + 1])
def test_silence_lasts_a_minute_to_a_week(drafted: Session, minutes: int) -> None:
    drafted.when(M1, ProposeSilence(minutes)).refused("minutes_range")


def test_it_is_proposed_in_a_sitting_and_alone(drafted: Session) -> None:
    drafted.done((M1, room.PauseSession())).when(M1, ProposeSilence(10)).refused("paused")
    drafted.done((M1, room.ResumeSession()), (M1, ProposeSilence(10)))
    drafted.when(M1, ProposeSilence(10)).refused("call_open")
    drafted.when(M1, CallConsensus()).refused("call_open")


def test_no_text_and_nobody_there(session: Session) -> None:
    session.when(M1, ProposeSilence(10)).refused("no_text")
    session.done(*DRAFT, *((one, seats.LeaveSeat()) for one in (JAPAN, JAPAN_MOD, CHINA, CHINA_MOD, KOREA)))
    session.when(M1, ProposeSilence(10)).refused("nobody_seated")


# The very instant


def test_a_millisecond_before_expiry_an_objection_breaks_it(silent: Session) -> None:
    silent.when(CLOCK, Tick(), ENDS - 1).then()
    silent.when(CHINA, OBJECTION, ENDS - 1).then(SilenceBroken("c1", "d1", "PRC", "Sovereignty."))
    assert (call_of(silent).status, status_of(silent)) == ("broken", "draft")
    assert [code for code, _ in call_of(silent).objections] == ["PRC"]
    silent.when(CLOCK, Tick(), ENDS).then()


@pytest.mark.parametrize("late", [0, 1, MINUTE])
def test_from_the_very_instant_on_no_objection_counts(silent: Session, late: int) -> None:
    silent.when(CHINA, OBJECTION, ENDS + late).refused("call_over")
    silent.when(CHINA, NOT_NOW).refused("call_over")
    silent.when(M1, WithdrawCall("c1")).refused("call_over")
    silent.when(M1, ExtendSilence("c1", 5)).refused("call_over")
    silent.when(CLOCK, Tick()).then(SilenceKept("c1", "d1"))
    assert (call_of(silent).announced, status_of(silent)) == (True, "adopted")
    silent.when(CLOCK, Tick()).then()
    assert next_deadline(silent.state) is None


# There and then, and in writing


def test_an_objection_at_the_table_stops_it_at_once(silent: Session) -> None:
    silent.when(CHINA, StopSilence("c1", "")).refused("reason_needed")
    silent.when(CHINA, NOT_NOW, NOON + 1).then(SilenceStopped("c1", "d1", "PRC", "Too fast."))
    assert (call_of(silent).status, status_of(silent)) == ("stopped", "draft")


@pytest.mark.parametrize("meanwhile", ["pause", "adjourn", "item", "suspended"])
def test_there_and_then_ends_when_the_table_moves_on(drafted: Session, meanwhile: str) -> None:
    drafted.done((M1, agenda.StartItem("i1")), (M1, ProposeSilence(10)))
    if meanwhile == "pause":
        drafted.done((M1, room.PauseSession()))
        drafted.when(CHINA, NOT_NOW).refused("paused")
        drafted.done((M1, room.ResumeSession()))
    elif meanwhile == "adjourn":
        drafted.done(ADJOURN, RECONVENE)
    else:
        drafted.done((M1, agenda.EndItem("i1") if meanwhile == "item" else agenda.StartItem("i2", "i1")))
    drafted.when(CHINA, NOT_NOW).refused("silence_begun")
    drafted.when(CHINA, OBJECTION).then(SilenceBroken("c1", "d1", "PRC", "Sovereignty."))


def test_a_written_objection_needs_a_reason_and_the_voice(silent: Session) -> None:
    silent.when(CHINA, BreakSilence("c1", "")).refused("reason_needed")
    silent.when(CHINA_MOD, OBJECTION).refused("not_head")
    silent.done((CHINA, heads.NameHead("PRC-MOD"))).when(CHINA_MOD, OBJECTION)
    assert silent.new == [SilenceBroken("c1", "d1", "PRC", "Sovereignty.")]


def test_who_was_not_there_when_it_was_proposed_does_not_break_it(silent: Session) -> None:
    silent.done(("late", seats.JoinRoom("delegate", "USA-MFA")), (M1, seats.AdmitPerson("late")))
    silent.when("late", OBJECTION).refused("not_in_electorate")


def test_an_objection_with_other_words_tables_them(silent: Session) -> None:
    silent.when(CHINA, BreakSilence("c1", "Too weak.", "p1", "Calm and open seas."))
    assert silent.new[0] == SilenceBroken("c1", "d1", "PRC", "Too weak.")
    [amendment] = silent.state.texts.documents[0].pending
    assert (amendment.sponsors, amendment.text, amendment.paragraph) == (("PRC",), "Calm and open seas.", "p1")


def test_other_words_for_what_was_agreed_come_with_the_objection(drafted: Session) -> None:
    drafted.done((M1, agreeing.GavelParagraph("p1", 1)), (M1, ProposeSilence(10)))
    drafted.when(CHINA, BreakSilence("c1", "Too weak.", "p1", "Calm and open seas."))
    assert drafted.new[0] == SilenceBroken("c1", "d1", "PRC", "Too weak.")
    assert [one.text for one in drafted.state.texts.documents[0].pending] == ["Calm and open seas."]


def test_nobody_answers_closes_or_votes_a_silence(silent: Session) -> None:
    silent.when(CHINA, AnswerCall("c1", "join")).refused("other_call")
    silent.when(M1, CloseCall("c1")).refused("silence_runs")
    silent.when(CHINA, BreakSilence("c9", "No.")).refused("call_over")


# Pauses, adjournments


def test_a_pause_does_not_stop_it(silent: Session) -> None:
    silent.done((M1, room.PauseSession()), at=NOON + MINUTE)
    assert next_deadline(silent.state) == ENDS
    silent.when(CLOCK, Tick(), ENDS - 1).then()
    silent.when(CLOCK, Tick(), ENDS).then(SilenceKept("c1", "d1"))
    assert not call_of(silent).announced
    silent.done((M1, room.ResumeSession()), at=ENDS + MINUTE)
    silent.when(CLOCK, Tick()).then(AdoptionAnnounced("c1", "d1"))
    silent.when(CLOCK, Tick()).then()


def test_in_a_pause_it_is_broken_in_writing(silent: Session) -> None:
    silent.done((M1, room.PauseSession()), at=NOON + MINUTE)
    silent.when(CHINA, OBJECTION, ENDS - 1).then(SilenceBroken("c1", "d1", "PRC", "Sovereignty."))


def test_an_adjournment_does_not_stop_it_and_the_next_sitting_is_told(silent: Session) -> None:
    silent.done(ADJOURN, at=NOON + MINUTE)
    silent.when(CLOCK, Tick(), ENDS).then(SilenceKept("c1", "d1"))
    silent.done(RECONVENE, at=ENDS + 60 * MINUTE)
    assert next_deadline(silent.state) == ENDS
    silent.when(CLOCK, Tick()).then(AdoptionAnnounced("c1", "d1"))


def test_by_the_chairs_word_an_adjournment_stops_it(drafted: Session) -> None:
    drafted.done((M1, ProposeSilence(10, True)))
    drafted.done((M1, room.PauseSession()), at=NOON + MINUTE)
    drafted.done(ADJOURN, at=NOON + 3 * MINUTE)
    assert next_deadline(drafted.state) is None
    drafted.done((M1, adjourning.AdjournSession("Friday")), at=NOON + 4 * MINUTE)
    drafted.when(CLOCK, Tick(), NOON + 600 * MINUTE).then()
    drafted.done(RECONVENE, at=NOON + 1003 * MINUTE)
    assert call_of(drafted).closes_at == NOON + 1010 * MINUTE, "three of the ten minutes had run, two in a pause"
    drafted.when(CLOCK, Tick(), NOON + 1010 * MINUTE - 1).then()
    drafted.when(CLOCK, Tick(), NOON + 1010 * MINUTE).then(SilenceKept("c1", "d1"))


def test_while_its_clock_stands_it_can_be_broken(drafted: Session) -> None:
    drafted.done((M1, ProposeSilence(10, True)), ADJOURN)
    drafted.when(CHINA, OBJECTION, NOON + 600 * MINUTE).then(SilenceBroken("c1", "d1", "PRC", "Sovereignty."))


def test_what_expired_before_the_adjournment_stays_expired(drafted: Session) -> None:
    drafted.done((M1, ProposeSilence(10, True)))
    drafted.done(ADJOURN, at=ENDS)
    drafted.when(CHINA, OBJECTION, ENDS + MINUTE).refused("call_over")
    assert next_deadline(drafted.state) == ENDS
    drafted.done(RECONVENE, at=ENDS + MINUTE)
    drafted.when(CHINA, OBJECTION).refused("call_over")
    drafted.when(CLOCK, Tick()).then(SilenceKept("c1", "d1"))


# The chair


def test_the_chair_extends_it_before_it_expires_also_in_a_pause(silent: Session) -> None:
    silent.when(M1, ExtendSilence("c1", 5), ENDS - 1).then(SilenceExtended("c1", ENDS + 5 * MINUTE))
    silent.when(CLOCK, Tick(), ENDS).then()
    silent.done((M1, room.PauseSession()))
    silent.when(M1, ExtendSilence("c1", 1)).then(SilenceExtended("c1", ENDS + 6 * MINUTE))
    silent.when(M1, ExtendSilence("c1", 0)).refused("minutes_range")
    silent.when(M1, ExtendSilence("c9", 1)).refused("call_over")


def test_the_chair_withdraws_it_while_the_session_is_adjourned(silent: Session) -> None:
    silent.done(ADJOURN).when(M1, WithdrawCall("c1"), ENDS - SECOND).then(CallWithdrawn("c1", "d1"))
    assert status_of(silent) == "draft"


def test_a_session_is_not_closed_under_silence(silent: Session) -> None:
    silent.when(M1, room.CloseSession()).refused("call_open")


# An amendment


def test_an_amendment_under_silence_is_carried_or_lost(drafted: Session) -> None:
    drafted.done((CHINA, amendments.TableAmendment("alter", "p1", "Calm open seas.", seen=1)))
    [amendment] = drafted.state.texts.documents[0].pending
    drafted.when(M1, ProposeSilence(10)).refused("amendments_pending")
    drafted.when(M1, ProposeSilence(10, subject="nothing"))
    assert drafted.refusal is not None
    drafted.refusal = None
    drafted.done((M1, ProposeSilence(10, subject=amendment.id)), (JAPAN, NOT_NOW))
    assert drafted.state.texts.documents[0].pending == (amendment,), "stopped: as if it had not been proposed"
    drafted.done((M1, ProposeSilence(10, subject=amendment.id)))
    drafted.when(CLOCK, Tick(), ENDS)
    assert drafted.new[0] == SilenceKept("c2", "d1")
    document = drafted.state.texts.documents[0]
    assert (document.status, document.standing[0].text, document.pending) == ("draft", "Calm open seas.", ())
