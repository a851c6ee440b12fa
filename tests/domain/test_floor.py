"""The floor: the list, the speaker, the clock, and what was said."""

import pytest

from rooms.domain import room
from rooms.domain.floor import (
    SPEECH_KINDS,
    TRANSCRIPT_WINDOW,
    CallOn,
    EndSpeech,
    FloorGiven,
    NextSpeaker,
    SpeechEnded,
    SpeechTimeUp,
    YieldFloor,
)
from rooms.domain.fold import Tick, next_deadline
from rooms.domain.record import CLOCK
from rooms.domain.seats import MovePerson
from rooms.domain.speakers import (
    AskForFloor,
    CloseList,
    FloorRequested,
    ListClosed,
    ListOpened,
    MoveRequest,
    OpenList,
    RemoveRequest,
    RequestMoved,
    RequestWithdrawn,
    WithdrawRequest,
)
from rooms.domain.speeches import ExtendSpeech, SetSpeechSeconds, SpeechExtended, SpeechSecondsSet
from rooms.domain.statements import ChairStatement, MakeStatement, StatementMade, StatementWithdrawn, WithdrawStatement

from .play import (
    CHINA,
    CHINA_MOD,
    JAPAN,
    JAPAN_MOD,
    KOREA,
    M1,
    M2,
    MINUTE,
    NOON,
    SECOND,
    Session,
    running,
    speaking,
)

TWO_MINUTES = NOON + 2 * MINUTE


def listed(session: Session) -> Session:
    return session.done((JAPAN, AskForFloor()), (CHINA, AskForFloor("reply")), (KOREA, AskForFloor()))


def queue(session: Session) -> list[str]:
    return [request.id for request in session.state.floor.queue]


# The list


def test_the_list_is_opened_and_closed_and_doing_it_again_changes_nothing(session: Session) -> None:
    session.when(M1, OpenList()).then()
    session.when(M1, CloseList()).then(ListClosed())
    session.when(M2, CloseList()).then()
    session.when(M2, OpenList()).then(ListOpened())


def test_a_delegate_asks_for_the_floor(session: Session) -> None:
    session.when(JAPAN, AskForFloor("question")).then(FloorRequested("r1", JAPAN, "JPN-MFA", "JPN", "question"))
    request = session.state.floor.request_of(JAPAN)
    assert request is not None
    assert (request.id, request.at) == ("r1", NOON)


@pytest.mark.parametrize("kind", SPEECH_KINDS)
def test_every_kind_of_speech_can_be_asked_for_and_called(session: Session, kind: str) -> None:
    session.done((JAPAN, AskForFloor(kind)), (M1, CallOn("PRC-MFA", kind)))


@pytest.mark.parametrize("kind", ["", "chair", "song"])
def test_no_other_kind_of_speech_is_taken(session: Session, kind: str) -> None:
    session.when(JAPAN, AskForFloor(kind)).refused("unknown_kind")
    session.when(M1, CallOn("PRC-MFA", kind)).refused("unknown_kind")


def test_a_closed_list_takes_no_new_names_but_keeps_its_own(session: Session) -> None:
    session.done((JAPAN, AskForFloor()), (M1, CloseList()))
    session.when(CHINA, AskForFloor()).refused("list_closed")
    session.done((M1, NextSpeaker()))


def test_a_seat_has_one_place_on_the_list(session: Session) -> None:
    session.done((JAPAN, AskForFloor())).when(JAPAN, AskForFloor("reply")).refused("already_listed")
    session.done((JAPAN_MOD, AskForFloor()))


def test_the_speaker_does_not_ask_again_while_speaking(session: Session) -> None:
    speaking(session).when(JAPAN, AskForFloor()).refused("has_floor")
    session.done((JAPAN, YieldFloor()), (JAPAN, AskForFloor()))


def test_an_item_can_keep_the_list_to_some_kinds_of_seat(session: Session) -> None:
    running(session, "i2").done((JAPAN, AskForFloor()))
    assert "MFA" in session.when(JAPAN_MOD, AskForFloor()).refused("seat_kind").message
    running(session, "i3").done((JAPAN_MOD, AskForFloor()))


def test_nobody_asks_in_the_lobby_or_in_a_pause(lobby: Session) -> None:
    lobby.when(JAPAN, AskForFloor()).refused("not_started")
    lobby.done((M1, room.StartSession()), (M1, room.PauseSession()))
    lobby.when(JAPAN, AskForFloor()).refused("paused")


def test_a_delegate_withdraws_their_own_name(session: Session) -> None:
    listed(session).when(CHINA, WithdrawRequest()).then(RequestWithdrawn("r2", by_chair=False))
    session.when(CHINA, WithdrawRequest()).refused("not_listed")
    assert queue(session) == ["r1", "r3"]


def test_the_chair_takes_a_name_off(session: Session) -> None:
    listed(session).when(M1, RemoveRequest("r2")).then(RequestWithdrawn("r2", by_chair=True))
    session.when(M2, RemoveRequest("r2")).refused("not_listed")


def test_the_chair_moves_names(session: Session) -> None:
    listed(session).when(M1, MoveRequest("r3", before="r1")).then(RequestMoved("r3", "r1"))
    assert queue(session) == ["r3", "r1", "r2"]
    session.when(M1, MoveRequest("r3")).then(RequestMoved("r3", ""))
    assert queue(session) == ["r1", "r2", "r3"]
    session.when(M1, MoveRequest("r2", before="r2")).then()
    session.when(M1, MoveRequest("r9")).refused("not_listed")
    session.when(M1, MoveRequest("r1", before="r9")).refused("not_listed")


def test_the_list_can_be_tidied_in_a_pause(session: Session) -> None:
    listed(session).done((M1, room.PauseSession()))
    session.done((M1, MoveRequest("r3", "r1")), (M1, RemoveRequest("r1")), (CHINA, WithdrawRequest()))
    session.done((M1, CloseList()), (M1, OpenList()))
    assert queue(session) == ["r3"]


# Giving the floor


def test_the_first_on_the_list_gets_the_floor(session: Session) -> None:
    listed(session).when(M1, NextSpeaker()).then(FloorGiven("r1", JAPAN, "JPN-MFA", "JPN", "statement", TWO_MINUTES))
    assert queue(session) == ["r2", "r3"]
    assert session.state.floor.speeches == {"JPN": 1}


def test_the_chair_may_call_another_from_the_list(session: Session) -> None:
    listed(session).when(M1, NextSpeaker(request="r2"))
    session.then(FloorGiven("r2", CHINA, "PRC-MFA", "PRC", "reply", TWO_MINUTES))
    session.when(M1, NextSpeaker(seen="r2", request="r9")).refused("not_listed")


def test_the_next_speaker_ends_the_one_before(session: Session) -> None:
    listed(session).done((M1, NextSpeaker()))
    session.when(M1, NextSpeaker(seen="r1"), NOON + SECOND).then(
        SpeechEnded("r1", "JPN", "ended by the chair", SECOND),
        FloorGiven("r2", CHINA, "PRC-MFA", "PRC", "reply", TWO_MINUTES + SECOND),
    )


def test_of_two_moderators_who_press_next_at_once_one_wins_and_the_other_is_told(session: Session) -> None:
    listed(session).done((M1, NextSpeaker()))
    assert "JPN-MFA" in session.when(M2, NextSpeaker()).refused("changed_meanwhile").message
    session.done((M1, NextSpeaker(seen="r1")))
    session.when(M2, NextSpeaker(seen="r1")).refused("changed_meanwhile")
    assert queue(session) == ["r3"]


def test_pressing_next_after_the_speech_is_over_tells_that_the_floor_is_free(session: Session) -> None:
    speaking(listed(session.done((CHINA_MOD, AskForFloor()))), JAPAN_MOD)
    speech = session.state.floor.speech
    assert speech is not None
    session.done((M1, EndSpeech(speech.id)))
    assert "free" in session.when(M2, NextSpeaker(seen=speech.id)).refused("changed_meanwhile").message


def test_an_empty_list_has_no_next_and_the_speaker_keeps_the_floor(session: Session) -> None:
    session.when(M1, NextSpeaker()).refused("list_empty")
    speaking(session).when(M1, NextSpeaker(seen="r1")).refused("list_empty")
    assert session.state.floor.speech is not None


def test_the_chair_calls_on_a_seat_that_did_not_ask(session: Session) -> None:
    session.when(M1, CallOn("PRC-MOD", "reply"))
    session.then(FloorGiven("r1", CHINA_MOD, "PRC-MOD", "PRC", "reply", TWO_MINUTES))
    session.done((M1, EndSpeech("r1"))).when(JAPAN, AskForFloor())
    session.then(FloorRequested("r2", JAPAN, "JPN-MFA", "JPN", "statement"))


def test_calling_on_a_seat_that_is_listed_takes_it_off_the_list(session: Session) -> None:
    listed(session).when(M1, CallOn("ROK-MFA"))
    session.then(FloorGiven("r3", KOREA, "ROK-MFA", "ROK", "statement", TWO_MINUTES))
    assert queue(session) == ["r1", "r2"]


@pytest.mark.parametrize("seat", ["USA-MFA", "JPN-EXP-1", "PRC-EXP-1", "RUS-MFA", ""])
def test_a_seat_without_anybody_admitted_is_not_called(session: Session, seat: str) -> None:
    session.when(M1, CallOn(seat)).refused("seat_empty")


def test_nobody_is_called_while_somebody_speaks(session: Session) -> None:
    speaking(session).when(M1, CallOn("PRC-MFA")).refused("floor_taken")


# The speech and its clock


def test_the_clock_tells_once_that_the_time_of_a_speech_is_up(session: Session) -> None:
    speaking(session)
    assert next_deadline(session.state) == TWO_MINUTES
    session.when(CLOCK, Tick(), TWO_MINUTES - 1).then()
    session.when(CLOCK, Tick(), TWO_MINUTES).then(SpeechTimeUp("r1"))
    session.when(CLOCK, Tick(), TWO_MINUTES + MINUTE).then()
    assert session.state.floor.speech is not None, "nobody is cut off by the clock"


def test_a_speech_is_extended_from_its_end_or_from_now_if_its_time_is_up(session: Session) -> None:
    speaking(session).when(M1, ExtendSpeech("r1", 30), NOON + SECOND)
    session.then(SpeechExtended("r1", 30, TWO_MINUTES + 30 * SECOND))
    session.when(CLOCK, Tick(), NOON + 3 * MINUTE)
    session.when(M1, ExtendSpeech("r1", 10), NOON + 4 * MINUTE)
    session.then(SpeechExtended("r1", 10, NOON + 4 * MINUTE + 10 * SECOND))
    session.when(CLOCK, Tick(), NOON + 5 * MINUTE).then(SpeechTimeUp("r1"))


def test_only_the_speech_that_runs_is_ended_or_extended(session: Session) -> None:
    for command in (EndSpeech("r1"), ExtendSpeech("r1", 30)):
        session.when(M1, command).refused("not_speaking")
    speaking(session)
    for command in (EndSpeech("r2"), ExtendSpeech("r2", 30)):
        session.when(M1, command).refused("not_speaking")


@pytest.mark.parametrize("seconds", [-10, 0, 9, 1801])
def test_a_speech_lasts_ten_seconds_to_thirty_minutes(session: Session, seconds: int) -> None:
    speaking(session).when(M1, ExtendSpeech("r1", seconds)).refused("seconds_range")
    session.when(M1, SetSpeechSeconds(seconds)).refused("seconds_range")


def test_the_chair_sets_how_long_the_next_speeches_last(session: Session) -> None:
    session.when(M1, SetSpeechSeconds(120)).then()
    speaking(session).when(M1, SetSpeechSeconds(10)).then(SpeechSecondsSet(10))
    assert session.state.floor.speech is not None
    assert session.state.floor.speech.ends_at == TWO_MINUTES
    session.done((M1, EndSpeech("r1"))).when(M1, CallOn("PRC-MFA"))
    assert session.new[0].ends_at == NOON + 10 * SECOND
    session.done((M1, SetSpeechSeconds(1800)))


def test_time_spoken_is_counted_by_delegation(session: Session) -> None:
    speaking(session).done((M1, EndSpeech("r1")), at=NOON + 5 * SECOND)
    speaking(session, JAPAN_MOD).done((JAPAN_MOD, YieldFloor()), at=NOON + 8 * SECOND)
    assert session.state.floor.spoken_ms == {"JPN": 8 * SECOND}
    assert session.state.floor.speeches == {"JPN": 2}


def test_only_the_speaker_yields_or_speaks(session: Session) -> None:
    speaking(session)
    for person in (CHINA, JAPAN_MOD):
        for command in (YieldFloor(), MakeStatement("Me too.")):
            session.when(person, command).refused("no_floor")
    session.when(JAPAN, YieldFloor()).then(SpeechEnded("r1", "JPN", "yielded", 0))
    session.when(JAPAN, YieldFloor()).refused("no_floor")


def test_who_was_moved_to_another_seat_has_not_taken_the_floor_along(session: Session) -> None:
    speaking(session).done((M1, MovePerson(JAPAN, "PRC-EXP-1")))
    session.when(JAPAN, MakeStatement("Still me.")).refused("no_floor")


# What was said


def test_a_statement_is_on_the_record_and_ends_the_turn(session: Session) -> None:
    running(session, "i3")
    session.done((JAPAN, AskForFloor("proposal")), (M1, NextSpeaker()))
    session.when(JAPAN, MakeStatement("Let us meet."), NOON + 4 * SECOND).then(
        StatementMade("s1", JAPAN, "JPN-MFA", "JPN", "proposal", "Let us meet.", "i3"),
        SpeechEnded("r1", "JPN", "said", 4 * SECOND),
    )
    assert session.state.floor.transcript[0].text == "Let us meet."


def test_nothing_is_said_without_words(session: Session) -> None:
    assert speaking(session).when(JAPAN, MakeStatement("")).refused("text_needed").data == {"field": "text"}
    session.when(M1, ChairStatement("")).refused("text_needed")


def test_the_chair_speaks_at_any_time_before_closing(lobby: Session) -> None:
    lobby.when(M1, ChairStatement("Welcome.")).then(StatementMade("s1", M1, "", "", "chair", "Welcome.", ""))
    lobby.done((M1, room.StartSession()))
    speaking(lobby).done((M2, ChairStatement("A note.")), (M1, room.PauseSession()), (M1, ChairStatement("Coffee.")))
    assert lobby.state.floor.speech is not None, "the chair's words take the floor from nobody"
    lobby.done((M1, room.CloseSession())).when(M1, ChairStatement("Too late.")).refused("closed")


def said(session: Session) -> Session:
    speaking(session).done((JAPAN, MakeStatement("Sorry.")))
    return session.done((M1, ChairStatement("Thank you.")))


def test_a_delegation_withdraws_what_it_said_and_the_record_keeps_both(session: Session) -> None:
    said(session).when(JAPAN_MOD, WithdrawStatement("s1")).then(StatementWithdrawn("s1"))
    session.when(JAPAN, WithdrawStatement("s1")).then()
    statement = session.state.floor.transcript[0]
    assert (statement.text, statement.withdrawn) == ("Sorry.", True)


def test_either_moderator_withdraws_what_the_chair_said(session: Session) -> None:
    said(session).when(M2, WithdrawStatement("s2")).then(StatementWithdrawn("s2"))


@pytest.mark.parametrize(("person", "statement"), [(CHINA, "s1"), (M1, "s1"), (JAPAN, "s2")])
def test_nobody_withdraws_what_another_said(session: Session, person: str, statement: str) -> None:
    said(session).when(person, WithdrawStatement(statement)).refused("not_yours")


def test_what_was_never_said_or_is_far_back_is_not_withdrawn(session: Session) -> None:
    session.when(M1, WithdrawStatement("s1")).refused("unknown_statement")
    session.done(*[(M1, ChairStatement(f"Number {n}.")) for n in range(TRANSCRIPT_WINDOW + 1)])
    assert len(session.state.floor.transcript) == TRANSCRIPT_WINDOW
    session.when(M1, WithdrawStatement("s1")).refused("unknown_statement")
    session.when(M1, WithdrawStatement("s2")).then(StatementWithdrawn("s2"))
