"""What becomes of a running speech: it is interrupted and goes on, and the last turn is taken back."""

import pytest

from rooms.domain import adjourning, agenda, muting, room, seats
from rooms.domain.floor import CallOn, EndSpeech, FloorGiven, NextSpeaker, SpeechEnded, YieldFloor
from rooms.domain.fold import Tick, next_deadline
from rooms.domain.gists import LogGist
from rooms.domain.questions import QuestionReplied
from rooms.domain.record import CLOCK
from rooms.domain.replies import AskRightOfReply, ReplyToQuestion
from rooms.domain.rotation import NextPresenter
from rooms.domain.speakers import AskForFloor, CloseList, RequestWithdrawn
from rooms.domain.speeches import (
    ExtendSpeech,
    InterruptSpeech,
    ResumeSpeech,
    SpeechExtended,
    SpeechInterrupted,
    SpeechResumed,
    TurnUndone,
    UndoNext,
)
from rooms.domain.statements import ChairStatement, MakeStatement
from rooms.domain.turns import AddToList, SetSpeakOnce

from .play import CHINA, JAPAN, JAPAN_MOD, KOREA, M1, M2, MINUTE, NOON, SECOND, Session, running, speaking

TWO_MINUTES = NOON + 2 * MINUTE


# Interrupted and going on


def test_the_clock_of_an_interrupted_speech_stands(session: Session) -> None:
    speaking(session).when(M1, InterruptSpeech("r1", "The interpreter asks."), NOON + 10 * SECOND)
    session.then(SpeechInterrupted("r1", "The interpreter asks."))
    assert next_deadline(session.state) is None
    session.when(CLOCK, Tick(), NOON + 5 * MINUTE).then()
    session.when(M2, ResumeSpeech("r1"), NOON + 5 * MINUTE).then(SpeechResumed("r1", 290 * SECOND))
    assert next_deadline(session.state) == TWO_MINUTES + 290 * SECOND
    session.when(JAPAN, YieldFloor(), NOON + 5 * MINUTE + SECOND)
    session.then(SpeechEnded("r1", "JPN", "yielded", 11 * SECOND))


def test_doing_it_again_changes_nothing(session: Session) -> None:
    speaking(session).when(M1, ResumeSpeech("r1")).then()
    session.done((M1, InterruptSpeech("r1"))).when(M2, InterruptSpeech("r1", "Again.")).then()


def test_only_the_speech_that_runs_is_interrupted_or_goes_on(session: Session) -> None:
    for command in (InterruptSpeech("r1"), ResumeSpeech("r1"), UndoNext("r1")):
        session.when(M1, command).refused("not_speaking")
    speaking(session).done((M1, room.PauseSession()))
    for command in (InterruptSpeech("r1"), ResumeSpeech("r1"), UndoNext("r1")):
        session.when(M1, command).refused("paused")


def test_a_pause_and_an_interruption_are_not_counted_twice(session: Session) -> None:
    speaking(session).done((M1, InterruptSpeech("r1")), at=NOON + 10 * SECOND)
    session.done((M1, room.PauseSession()), at=NOON + 20 * SECOND)
    session.done((M1, room.ResumeSession()), at=NOON + 80 * SECOND)
    session.when(M1, ResumeSpeech("r1"), NOON + 90 * SECOND).then(SpeechResumed("r1", 20 * SECOND))
    session.when(JAPAN, YieldFloor(), NOON + 95 * SECOND)
    session.then(SpeechEnded("r1", "JPN", "yielded", 15 * SECOND))


def test_an_interrupted_speech_outlives_an_adjournment(session: Session) -> None:
    speaking(session).done((M1, InterruptSpeech("r1")), at=NOON + 10 * SECOND)
    session.done((M1, adjourning.AdjournSession("Thursday")), at=NOON + 20 * SECOND)
    session.done((M1, adjourning.ReconveneSession()), (M1, ResumeSpeech("r1")), at=NOON + 2_000 * MINUTE)
    session.when(M1, EndSpeech("r1"), NOON + 2_000 * MINUTE + SECOND)
    session.then(SpeechEnded("r1", "JPN", "ended by the chair", 11 * SECOND))


def test_an_interrupted_speaker_sends_nothing_but_may_give_the_floor_back(session: Session) -> None:
    speaking(session).done((M1, InterruptSpeech("r1")), at=NOON + 10 * SECOND)
    session.when(JAPAN, MakeStatement("I was saying ..."), NOON + MINUTE).refused("interrupted")
    session.when(JAPAN, YieldFloor()).then(SpeechEnded("r1", "JPN", "yielded", 10 * SECOND))


def test_the_chair_goes_on_with_the_next_name_after_an_interruption(session: Session) -> None:
    speaking(session).done((CHINA, AskForFloor()), (M1, InterruptSpeech("r1")), at=NOON + 10 * SECOND)
    session.when(M1, NextSpeaker("r1"), NOON + MINUTE)
    assert session.new[0] == SpeechEnded("r1", "JPN", "ended by the chair", 10 * SECOND)


def test_an_interrupted_speech_is_extended_by_its_own_clock(session: Session) -> None:
    speaking(session).done((M1, InterruptSpeech("r1")), at=NOON + 10 * SECOND)
    session.when(M1, ExtendSpeech("r1", 30), NOON + 10 * MINUTE)
    session.then(SpeechExtended("r1", 30, TWO_MINUTES + 30 * SECOND))
    session.done((M1, ResumeSpeech("r1")), at=NOON + 11 * MINUTE)
    assert next_deadline(session.state) == NOON + 13 * MINUTE + 20 * SECOND


def test_an_item_ends_an_interrupted_speech(session: Session) -> None:
    running(session, "i1")
    speaking(session).done((M1, InterruptSpeech("r1")), at=NOON + 10 * SECOND)
    session.when(M1, agenda.EndItem("i1"), NOON + MINUTE)
    assert session.new[0] == SpeechEnded("r1", "JPN", "item ended", 10 * SECOND)


# The last "next" taken back


def turned(session: Session) -> Session:
    """Japan has spoken for 30 seconds when China is given the floor, and for 5 more seconds speaks."""
    speaking(session).done((CHINA, AskForFloor("reply")), (KOREA, AskForFloor()))
    session.done((M1, NextSpeaker("r1")), at=NOON + 30 * SECOND)
    session.now = NOON + 35 * SECOND
    return session


def test_the_last_next_is_taken_back(session: Session) -> None:
    turned(session).when(M1, UndoNext("r2"), NOON + 35 * SECOND).then(TurnUndone("r2", "PRC", "r1", 5 * SECOND))
    now = session.state.floor
    assert [(request.id, request.kind) for request in now.queue] == [("r2", "reply"), ("r3", "statement")]
    assert now.speech is not None
    assert (now.speech.id, now.speech.ends_at) == ("r1", TWO_MINUTES + 5 * SECOND)
    assert (now.spoken_ms, now.speeches) == ({"JPN": 0}, {"JPN": 1, "PRC": 0})
    assert now.spoken == ()
    session.when(JAPAN, YieldFloor(), NOON + 65 * SECOND).then(SpeechEnded("r1", "JPN", "yielded", MINUTE))
    assert session.state.floor.spoken_ms == {"JPN": MINUTE}
    session.when(M1, NextSpeaker())
    assert session.new[0].request == "r2"


def test_a_turn_from_a_free_floor_is_taken_back(session: Session) -> None:
    speaking(session).when(M1, UndoNext("r1"), NOON + SECOND).then(TurnUndone("r1", "JPN", "", 0))
    assert session.state.floor.speech is None
    assert [request.id for request in session.state.floor.queue] == ["r1"]
    assert session.state.floor.heard == frozenset()


def test_whom_the_chair_called_on_directly_does_not_return_to_a_list(session: Session) -> None:
    session.done((M1, CallOn("PRC-MFA"))).when(M1, UndoNext("r1")).then(TurnUndone("r1", "PRC", "", 0))
    assert session.state.floor.waiting == ()


def test_what_the_chair_ended_before_is_not_brought_back(session: Session) -> None:
    speaking(session).done((CHINA, AskForFloor()), (M1, EndSpeech("r1")), at=NOON + SECOND)
    session.done((M1, NextSpeaker()), at=NOON + 2 * SECOND)
    session.when(M1, UndoNext("r2")).then(TurnUndone("r2", "PRC", "", 0))


def test_what_the_speaker_ended_is_not_brought_back(session: Session) -> None:
    speaking(session).done((CHINA, AskForFloor()), (JAPAN, YieldFloor()), (M1, NextSpeaker()))
    session.when(M1, UndoNext("r2")).then(TurnUndone("r2", "PRC", "", 0))


def test_a_pause_since_is_not_counted(session: Session) -> None:
    turned(session).done((M1, room.PauseSession()), at=NOON + 40 * SECOND)
    session.done((M1, room.ResumeSession()), at=NOON + 10 * MINUTE)
    session.when(M1, UndoNext("r2"), NOON + 10 * MINUTE).then(TurnUndone("r2", "PRC", "r1", 10 * SECOND))
    session.when(JAPAN, YieldFloor(), NOON + 10 * MINUTE + SECOND)
    session.then(SpeechEnded("r1", "JPN", "yielded", 31 * SECOND))


def test_a_turn_is_taken_back_once(session: Session) -> None:
    turned(session).done((M1, UndoNext("r2"))).when(M1, UndoNext("r1")).refused("too_late")
    session.when(M1, UndoNext("r2")).refused("not_speaking")


@pytest.mark.parametrize(
    ("person", "command"),
    [
        (M1, ExtendSpeech("r2", 30)),
        (M1, InterruptSpeech("r2")),
        (M1, LogGist("r2", "China replies.")),
    ],
)
def test_something_else_that_happened_to_the_speech_keeps_it(session: Session, person: str, command: object) -> None:
    refusal = turned(session).done((person, command)).when(M1, UndoNext("r2")).refused("too_late")
    assert "End the speech instead" in refusal.message


def test_what_happens_beside_the_speech_does_not_keep_it(session: Session) -> None:
    turned(session).done((JAPAN_MOD, AskForFloor()), (M1, CloseList()), (M1, ChairStatement("A note.")))
    session.done((M1, UndoNext("r2")))


def test_whose_speech_was_cut_short_and_who_asked_again_speaks_on(session: Session) -> None:
    turned(session).done((JAPAN, AskForFloor()))
    session.when(M1, UndoNext("r2"))
    session.then(RequestWithdrawn("r4", by_chair=False), TurnUndone("r2", "PRC", "r1", 5 * SECOND))


def test_a_speech_whose_speaker_has_gone_cannot_go_on(session: Session) -> None:
    turned(session).done((JAPAN, seats.LeaveSeat())).when(M1, UndoNext("r2")).refused("speaker_gone")
    session.done((M1, EndSpeech("r2")))


def test_a_speech_whose_speaker_was_muted_cannot_go_on(session: Session) -> None:
    turned(session).done((M1, muting.MutePerson(JAPAN))).when(M1, UndoNext("r2")).refused("speaker_gone")


def test_a_seat_whose_turn_was_taken_back_has_not_used_it(session: Session) -> None:
    session.done((M1, SetSpeakOnce(True)))
    speaking(session).done((M1, UndoNext("r1")))
    assert session.state.floor.once == frozenset()
    session.done((M1, NextSpeaker()), (JAPAN, YieldFloor()))
    session.when(JAPAN, AskForFloor()).refused("spoken_already")


def test_a_right_of_reply_that_was_taken_back_heads_its_own_list(session: Session) -> None:
    speaking(session).done((CHINA, AskRightOfReply("JPN")), (KOREA, AskRightOfReply("JPN")), (M1, NextSpeaker("r1")))
    session.done((M1, UndoNext("r2")))
    now = session.state.floor
    assert ([one.id for one in now.queue], [one.id for one in now.replies]) == ([], ["r2", "r3"])
    assert now.replied == frozenset()


def test_a_question_answered_by_the_speech_that_goes_on_waits_again(session: Session) -> None:
    session.done((JAPAN, AskForFloor("question")), (M1, NextSpeaker()), (JAPAN, MakeStatement("Why?", "PRC")))
    session.done((CHINA, ReplyToQuestion("r1")), (M1, NextSpeaker()), (KOREA, AskForFloor()), (M1, NextSpeaker("r2")))
    assert isinstance(session.new[1], QuestionReplied)
    assert not session.state.questions.question("r1")
    session.done((M1, UndoNext("r3")))
    assert session.state.questions.question("r1")
    session.when(CHINA, MakeStatement("Because."))
    assert session.new[-1] == QuestionReplied("r1", "r2", "s2", "PRC", "JPN")


def test_what_was_kept_of_the_speech_that_goes_on_is_kept(session: Session) -> None:
    turned(session).done((M1, LogGist("r1", "Japan agrees.")), (M1, UndoNext("r2")))
    assert session.state.floor.speech is not None
    assert session.state.floor.speech.gist == "Japan agrees."


def test_a_presenter_whose_turn_was_taken_back_is_to_come_again(session: Session) -> None:
    running(session, "i2").done((M1, NextPresenter()))
    first = session.state.floor.speech
    assert first is not None
    session.done((M1, UndoNext(first.id))).when(M1, NextPresenter())
    assert isinstance(session.new[0], FloorGiven)
    assert session.new[0].delegation == first.delegation


def test_the_next_presenter_is_taken_back_in_favour_of_the_one_before(session: Session) -> None:
    running(session, "i2").done((M1, NextPresenter()), at=NOON)
    session.done((M1, NextPresenter("r1")), at=NOON + 20 * SECOND)
    session.when(M1, UndoNext("r2"), NOON + 25 * SECOND)
    session.then(TurnUndone("r2", "PRC", "r1", 5 * SECOND))
    session.when(M1, NextPresenter("r1"))
    assert session.new[-1].delegation == "PRC"


def test_who_returns_to_the_list_is_first_though_another_was_added(session: Session) -> None:
    speaking(session).done((M1, AddToList("ROK-MFA")), (M1, UndoNext("r1")))
    assert [one.seat for one in session.state.floor.queue] == ["JPN-MFA", "ROK-MFA"]
