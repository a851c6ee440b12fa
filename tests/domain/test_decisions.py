"""Decisions by consensus: the absence of any objection."""

import pytest

from rooms.domain import calls, room, seats, texts
from rooms.domain.decisions import (
    AnswerCall,
    AnswerGiven,
    CallConsensus,
    CallWithdrawn,
    CloseCall,
    ConsensusBlocked,
    ConsensusCalled,
    ConsensusReached,
    WithdrawCall,
    open_call,
)
from rooms.domain.fold import Tick, next_deadline
from rooms.domain.record import CLOCK

from .play import CHINA, CHINA_MOD, JAPAN, JAPAN_MOD, KOREA, M1, M2, MINUTE, NOON, Session

ENDS = NOON + 2 * MINUTE


@pytest.fixture
def drafted(session: Session) -> Session:
    """A text of two paragraphs, one of them withdrawn."""
    session.done((M1, texts.OpenDocument("Draft")), (JAPAN, texts.ProposeParagraph("Calm seas.")))
    return session.done((CHINA, texts.ProposeParagraph("Never mind.")), (CHINA, texts.WithdrawParagraph("p2")))


@pytest.fixture
def called(drafted: Session) -> Session:
    """The chair has called for two minutes."""
    return drafted.done((M1, CallConsensus(2)))


def document_status(session: Session) -> str:
    return session.state.texts.documents[0].status


# Calling


def test_the_chair_puts_what_stands_to_all_seated_delegations(drafted: Session) -> None:
    drafted.when(M1, CallConsensus(2)).then(
        ConsensusCalled("c1", "d1", "Draft", (("p1", "Calm seas."),), ("JPN", "PRC", "ROK"), "consensus", ENDS)
    )
    assert document_status(drafted) == "under_decision"
    assert next_deadline(drafted.state) == ENDS


def test_one_call_is_open_at_a_time(called: Session) -> None:
    called.when(M2, CallConsensus()).refused("call_open")


def test_there_must_be_a_text_with_words_in_it(session: Session) -> None:
    session.when(M1, CallConsensus()).refused("no_text")
    session.done((M1, texts.OpenDocument("Draft"))).when(M1, CallConsensus()).refused("no_text")
    session.done((M1, texts.ProposeParagraph("Peace.")), (M1, texts.WithdrawParagraph("p1")))
    session.when(M1, CallConsensus()).refused("no_text")


@pytest.mark.parametrize("minutes", [-1, 0, 61])
def test_a_call_is_open_for_one_to_sixty_minutes(drafted: Session, minutes: int) -> None:
    drafted.when(M1, CallConsensus(minutes)).refused("minutes_range")
    drafted.done((M1, CallConsensus(1)), (M1, WithdrawCall("c1")), (M1, CallConsensus(60)))


def test_somebody_must_be_seated(drafted: Session) -> None:
    drafted.done(*[(person, seats.LeaveSeat()) for person in (JAPAN, JAPAN_MOD, CHINA, CHINA_MOD, KOREA)])
    drafted.when(M1, CallConsensus()).refused("nobody_seated")


def test_consensus_is_called_in_a_running_session_only(lobby: Session) -> None:
    lobby.done((M1, texts.OpenDocument("Draft")), (M1, texts.ProposeParagraph("Peace.")))
    lobby.when(M1, CallConsensus()).refused("not_started")
    lobby.done((M1, room.StartSession()), (M1, room.PauseSession())).when(M1, CallConsensus()).refused("paused")


# The electorate


def test_a_delegation_that_sits_down_later_has_no_answer(called: Session) -> None:
    called.done(("late", seats.JoinRoom("delegate", "USA-MFA")), (M1, seats.AdmitPerson("late")))
    called.when("late", AnswerCall("c1", "object", "Too fast.")).refused("not_in_electorate")
    call = open_call(called.state)
    assert call is not None
    assert call.electorate == ("JPN", "PRC", "ROK")


def test_a_delegation_that_leaves_stays_in_the_electorate_and_does_not_block(called: Session) -> None:
    called.done((KOREA, seats.LeaveSeat()), (JAPAN, AnswerCall("c1", "join")))
    called.when(CHINA, AnswerCall("c1", "join")).then(AnswerGiven("c1", "PRC", "join", ""))
    called.when(CLOCK, Tick(), ENDS).then(ConsensusReached("c1", "d1"))
    call = called.state.decisions.call("c1")
    assert call is not None
    assert (call.electorate, call.silent) == (("JPN", "PRC", "ROK"), ("ROK",))


def test_who_waits_is_not_counted_as_seated(drafted: Session) -> None:
    drafted.done(("late", seats.JoinRoom("delegate", "USA-MFA"))).when(M1, CallConsensus())
    assert "USA" not in drafted.new[0].electorate


def test_an_empty_seat_taken_over_after_the_call_answers_for_its_delegation(called: Session) -> None:
    called.done((KOREA, seats.LeaveSeat()), (M1, seats.MovePerson(CHINA_MOD, "ROK-MFA")))
    called.when(CHINA_MOD, AnswerCall("c1", "join")).then(AnswerGiven("c1", "ROK", "join", ""))


# Answering


def test_the_last_missing_answer_adopts(called: Session) -> None:
    called.done((JAPAN, AnswerCall("c1", "join")), (CHINA, AnswerCall("c1", "stand_aside", "No instructions.")))
    assert document_status(called) == "under_decision"
    called.when(KOREA, AnswerCall("c1", "join"), NOON + 1)
    called.then(AnswerGiven("c1", "ROK", "join", ""), ConsensusReached("c1", "d1"))
    call = called.state.decisions.call("c1")
    assert call is not None
    assert (call.status, call.ended_at, document_status(called)) == ("adopted", NOON + 1, "adopted")
    assert [(code, one.reason) for code, one in call.asides] == [("PRC", "No instructions.")]


def test_an_objection_ends_the_call_at_once_and_the_text_is_open_again(called: Session) -> None:
    called.when(CHINA, AnswerCall("c1", "object", "Sovereignty."), NOON + 1)
    called.then(AnswerGiven("c1", "PRC", "object", "Sovereignty."), ConsensusBlocked("c1", "d1", "PRC"))
    call = called.state.decisions.call("c1")
    assert call is not None
    assert (call.status, document_status(called)) == ("objection", "draft")
    assert [code for code, _ in call.objections] == ["PRC"]
    called.done((JAPAN, texts.ReviseParagraph("p1", "Calmer seas.", 1)))
    called.when(M1, CallConsensus())
    assert called.new[0].call == "c2"
    assert called.new[0].paragraphs == (("p1", "Calmer seas."),)


def test_an_answer_may_change_until_the_call_ends(called: Session) -> None:
    called.done((JAPAN, AnswerCall("c1", "join")), (JAPAN, AnswerCall("c1", "stand_aside", "Second thoughts.")))
    called.when(JAPAN, AnswerCall("c1", "object", "Third thoughts."))
    assert called.new[-1] == ConsensusBlocked("c1", "d1", "JPN")


def test_only_the_head_answers(called: Session) -> None:
    assert "JPN-MFA" in called.when(JAPAN_MOD, AnswerCall("c1", "join")).refused("not_head").message


def test_an_answer_is_one_of_three(called: Session) -> None:
    called.when(JAPAN, AnswerCall("c1", "veto", "Mine.")).refused("unknown_answer")


@pytest.mark.parametrize("answer", ["stand_aside", "object"])
def test_standing_aside_and_objecting_need_a_reason(called: Session, answer: str) -> None:
    called.when(JAPAN, AnswerCall("c1", answer)).refused("reason_needed")


@pytest.mark.parametrize("ending", ["objection", "withdrawn", "closed"])
def test_nothing_more_happens_to_a_call_that_is_over(called: Session, ending: str) -> None:
    if ending == "objection":
        called.done((CHINA, AnswerCall("c1", "object", "No.")))
    else:
        called.done((M1, WithdrawCall("c1") if ending == "withdrawn" else CloseCall("c1")))
    called.when(JAPAN, AnswerCall("c1", "join")).refused("call_over")
    for command in (CloseCall("c1"), WithdrawCall("c1")):
        called.when(M2, command).refused("call_over")


@pytest.mark.parametrize("command", [CloseCall("c9"), WithdrawCall("c9")])
def test_a_call_that_never_was_is_over(called: Session, command: object) -> None:
    called.when(M1, command).refused("call_over")
    called.when(JAPAN, AnswerCall("c9", "join")).refused("call_over")


# The instant of expiry


def test_a_millisecond_before_expiry_an_objection_still_counts(called: Session) -> None:
    called.when(CLOCK, Tick(), ENDS - 1).then()
    called.when(JAPAN, AnswerCall("c1", "object", "Wait."), ENDS - 1)
    assert called.new[-1] == ConsensusBlocked("c1", "d1", "JPN")
    called.when(CLOCK, Tick(), ENDS).then()


def test_at_the_very_instant_of_expiry_the_text_is_adopted(called: Session) -> None:
    called.when(CLOCK, Tick(), ENDS).then(ConsensusReached("c1", "d1"))
    assert document_status(called) == "adopted"
    called.when(CLOCK, Tick(), ENDS).then()


@pytest.mark.parametrize("late", [0, 1, MINUTE])
def test_from_that_instant_on_no_answer_counts_even_before_the_clock_has_spoken(called: Session, late: int) -> None:
    called.when(JAPAN, AnswerCall("c1", "object", "Wait."), ENDS + late).refused("call_over")
    called.when(M1, WithdrawCall("c1")).refused("call_over")
    called.when(CLOCK, Tick()).then(ConsensusReached("c1", "d1"))


def test_a_pause_after_the_instant_of_expiry_opens_nothing_again(called: Session) -> None:
    called.done((M1, room.PauseSession()), at=ENDS)
    called.when(M1, WithdrawCall("c1"), ENDS + MINUTE).refused("call_over")
    called.done((M1, room.ResumeSession()))
    called.when(JAPAN, AnswerCall("c1", "object", "Wait.")).refused("call_over")
    called.when(CLOCK, Tick()).then(ConsensusReached("c1", "d1"))


def test_nobody_answers_or_closes_in_a_pause_but_the_chair_may_withdraw(called: Session) -> None:
    called.done((M1, room.PauseSession()), at=ENDS - 1)
    called.when(JAPAN, AnswerCall("c1", "join"), ENDS + MINUTE).refused("paused")
    called.when(M1, CloseCall("c1")).refused("paused")
    called.when(M1, WithdrawCall("c1")).then(CallWithdrawn("c1", "d1"))


# The chair ends it


def test_the_chair_closes_the_window_and_silence_does_not_block(called: Session) -> None:
    called.when(M2, CloseCall("c1"), NOON + 5).then(ConsensusReached("c1", "d1"))
    assert (open_call(called.state), document_status(called)) == (None, "adopted")


def test_the_chair_takes_a_call_back_and_the_text_is_open_again(called: Session) -> None:
    called.when(M1, WithdrawCall("c1")).then(CallWithdrawn("c1", "d1"))
    assert document_status(called) == "draft"
    called.done((M1, CallConsensus()))
    assert [call.status for call in called.state.decisions.calls] == ["withdrawn", "open"]


def test_a_pause_leaves_the_windows_of_earlier_calls_alone(called: Session) -> None:
    called.done((M1, WithdrawCall("c1")), (M1, room.PauseSession()))
    earlier = called.state.decisions
    called.done((M1, room.ResumeSession()), at=NOON + MINUTE)
    assert called.state.decisions == earlier == calls.Decisions(earlier.calls)
