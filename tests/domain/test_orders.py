"""Points of order: raised, ruled on, appealed against, voted on; and whatever happens in between, the floor goes on."""

from collections.abc import Mapping

import pytest

from rooms.domain import adjourning, agenda, muting, room, seats
from rooms.domain.floor import CallOn, EndSpeech, NextSpeaker, YieldFloor
from rooms.domain.orders import (
    AppealDecided,
    AppealRuling,
    CloseAppeal,
    GoOn,
    PointRaised,
    PointRuled,
    PointSettled,
    RaisePoint,
    RuleOnPoint,
    RulingAppealed,
    RulingVoted,
    VoteOnRuling,
)
from rooms.domain.points import PointLapsed
from rooms.domain.replies import CallToReply
from rooms.domain.rotation import NextPresenter
from rooms.domain.speakers import AskForFloor, MoveRequest
from rooms.domain.speeches import InterruptSpeech, ResumeSpeech, SpeechInterrupted, SpeechResumed, UndoNext
from rooms.domain.statements import ChairStatement, MakeStatement

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
    OBSERVER,
    SECOND,
    WAITING,
    Session,
    opening,
    running,
    snapshot,
    speaking,
)

HERE = ("JPN", "PRC", "ROK")  # nobody sits for the USA


def raised(session: Session) -> Session:
    """Japan has spoken for ten seconds when China raises a point of order."""
    speaking(session)
    return session.done((CHINA, RaisePoint("That is not the item.")), at=NOON + 10 * SECOND)


def ruled(session: Session, *, upheld: bool = False) -> Session:
    return raised(session).done((M1, RuleOnPoint("r2", upheld, "It is.")))


def appealed(session: Session) -> Session:
    return ruled(session).done((KOREA, AppealRuling("r2")))


def status(session: Session) -> str:
    return session.state.orders.open.status if session.state.orders.open else ""


# Raising


def test_a_point_of_order_interrupts_the_speech_and_stops_its_clock(session: Session) -> None:
    speaking(session).when(CHINA, RaisePoint("That is not the item."), NOON + 10 * SECOND).then(
        SpeechInterrupted("r1", "a point of order"),
        PointRaised("r2", CHINA, "PRC-MFA", "PRC", "r1", "That is not the item."),
    )
    assert session.state.floor.speech is not None
    assert session.state.floor.speech.interrupted_at == NOON + 10 * SECOND


def test_a_point_of_order_needs_neither_a_speech_nor_words(session: Session) -> None:
    session.when(CHINA_MOD, RaisePoint()).then(PointRaised("r1", CHINA_MOD, "PRC-MOD", "PRC", "", ""))
    session.done((M1, RuleOnPoint("r1", True)))
    session.when(M1, GoOn("r1")).then(PointSettled("r1"))


def test_a_format_without_points_of_order_knows_none() -> None:
    plan = snapshot()
    plan["format"]["points_of_order"] = False
    session = Session().done((M1, opening(snapshot=plan, automatic_admission=True)), (M1, seats.JoinRoom("moderator")))
    session.done((JAPAN, seats.JoinRoom("delegate", "JPN-MFA")), (M1, room.StartSession()))
    assert "note" in session.when(JAPAN, RaisePoint("But!")).refused("no_points_of_order").message


@pytest.mark.parametrize(
    ("person", "code"), [(M1, "not_delegate"), (OBSERVER, "not_delegate"), (WAITING, "not_admitted")]
)
def test_only_a_seated_delegate_raises_a_point(session: Session, person: str, code: str) -> None:
    session.when(person, RaisePoint()).refused(code)


def test_a_point_is_raised_in_a_live_session_and_one_at_a_time(session: Session) -> None:
    session.done((CHINA, RaisePoint())).when(KOREA, RaisePoint()).refused("point_waits")
    session.done((M1, RuleOnPoint("r1", True)), (M1, GoOn("r1")), (M1, room.PauseSession()))
    session.when(KOREA, RaisePoint()).refused("paused")


# While it waits, nothing else moves


def test_nothing_else_on_the_floor_moves_while_a_point_waits(session: Session) -> None:
    running(session, "i2")
    raised(session).done((KOREA, AskForFloor()))
    for person, command in (
        (M1, NextSpeaker("r1")),
        (M1, NextPresenter("r1")),
        (M1, CallOn("ROK-MFA")),
        (M1, CallToReply("r1", "r1")),
        (M1, EndSpeech("r1")),
        (M1, ResumeSpeech("r1")),
        (M1, UndoNext("r1")),
        (JAPAN, MakeStatement("As I was saying.")),
        (JAPAN, YieldFloor()),
    ):
        session.when(person, command).refused("point_waits")


def test_the_list_and_the_chairs_words_do_not_wait(session: Session) -> None:
    raised(session).done((KOREA, AskForFloor()), (CHINA, AskForFloor()), (M1, MoveRequest("r4", "r3")))
    session.done((M1, ChairStatement("A moment, please.")), (M1, InterruptSpeech("r1")))
    assert session.new == []


# Ruling


@pytest.mark.parametrize("upheld", [True, False])
def test_the_chair_rules_and_the_speech_goes_on(session: Session, upheld: bool) -> None:
    raised(session).when(M2, RuleOnPoint("r2", upheld, "Because.")).then(PointRuled("r2", upheld, "Because."))
    assert session.state.orders.open is not None
    assert session.state.orders.open.stands is upheld
    session.when(M1, GoOn("r2"), NOON + MINUTE).then(PointSettled("r2"), SpeechResumed("r1", 50 * SECOND))
    assert status(session) == ""
    session.when(JAPAN, YieldFloor(), NOON + MINUTE + SECOND)
    assert session.new[0].spoken_ms == 11 * SECOND


def test_a_point_is_ruled_on_once_and_before_the_floor_goes_on(session: Session) -> None:
    raised(session).when(M1, GoOn("r2")).refused("point_not_there")
    session.when(CHINA, AppealRuling("r2")).refused("point_not_there")
    session.done((M1, RuleOnPoint("r2", True))).when(M1, RuleOnPoint("r2", False)).refused("point_not_there")
    session.done((M1, GoOn("r2")))
    for person, command in (
        (M1, RuleOnPoint("r2", True)),
        (M1, GoOn("r2")),
        (CHINA, AppealRuling("r2")),
        (CHINA, VoteOnRuling("r2", True)),
        (M1, CloseAppeal("r2")),
    ):
        session.when(person, command).refused("no_point")


def test_a_speech_that_the_chair_had_interrupted_stays_interrupted(session: Session) -> None:
    speaking(session).done((M1, InterruptSpeech("r1", "A moment.")), (CHINA, RaisePoint()))
    session.done((M1, RuleOnPoint("r2", True))).when(M1, GoOn("r2")).then(PointSettled("r2"))
    session.when(M1, ResumeSpeech("r1")).then(SpeechResumed("r1", 0))


# Appeal


def test_any_delegation_appeals_once_and_the_electorate_is_fixed(session: Session) -> None:
    ruled(session).when(KOREA, AppealRuling("r2")).then(RulingAppealed("r2", "ROK", HERE))
    session.when(CHINA, AppealRuling("r2")).refused("point_not_there")
    session.when(M1, GoOn("r2")).refused("point_not_there")


VOTES: tuple[tuple[Mapping[str, bool], bool], ...] = (
    ({JAPAN: True, CHINA: True, KOREA: False}, True),
    ({JAPAN: False, CHINA: True, KOREA: False}, False),
    ({JAPAN: True, CHINA: True, KOREA: True}, True),
)


@pytest.mark.parametrize(("votes", "overturned"), VOTES)
def test_a_majority_of_those_voting_overturns_the_ruling(
    session: Session, votes: Mapping[str, bool], overturned: bool
) -> None:
    appealed(session)
    for person, overturn in votes.items():
        session.when(person, VoteOnRuling("r2", overturn))
    codes = {JAPAN: "JPN", CHINA: "PRC", KOREA: "ROK"}
    given = {codes[person]: overturn for person, overturn in votes.items()}
    session.then(
        RulingVoted("r2", "ROK", votes[KOREA]),
        AppealDecided(
            "r2",
            overturned,
            tuple(code for code in HERE if given[code]),
            tuple(code for code in HERE if not given[code]),
            HERE,
        ),
    )
    assert session.state.orders.open is not None
    assert session.state.orders.open.stands is overturned, "the chair had not upheld the point"
    session.when(JAPAN, VoteOnRuling("r2", True)).refused("point_not_there")
    session.when(KOREA, AppealRuling("r2")).refused("point_not_there")
    session.done((M1, GoOn("r2")))


def test_in_a_tie_the_ruling_stands(session: Session) -> None:
    appealed(session).done((JAPAN, VoteOnRuling("r2", True)), (CHINA, VoteOnRuling("r2", False)))
    session.when(M1, CloseAppeal("r2")).then(AppealDecided("r2", False, ("JPN",), ("PRC",), HERE))
    session.when(M1, CloseAppeal("r2")).refused("point_not_there")


def test_where_nobody_votes_the_ruling_stands(session: Session) -> None:
    appealed(session).when(M1, CloseAppeal("r2")).then(AppealDecided("r2", False, (), (), HERE))


def test_a_delegation_votes_once_by_its_head(session: Session) -> None:
    appealed(session).when(JAPAN_MOD, VoteOnRuling("r2", True)).refused("not_head")
    session.when(JAPAN, VoteOnRuling("r2", True)).then(RulingVoted("r2", "JPN", True))
    session.when(JAPAN, VoteOnRuling("r2", False)).refused("voted")


def test_who_was_not_here_when_the_vote_began_has_none(session: Session) -> None:
    appealed(session).done(("late", seats.JoinRoom("delegate", "USA-MFA")), (M1, seats.AdmitPerson("late")))
    session.when("late", VoteOnRuling("r2", True)).refused("no_vote")


def test_there_is_no_vote_without_an_appeal(session: Session) -> None:
    ruled(session).when(JAPAN, VoteOnRuling("r2", True)).refused("point_not_there")
    session.when(M1, CloseAppeal("r2")).refused("point_not_there")


# Nothing gets stuck


def goes_on(session: Session) -> None:
    """The chair comes to the end of the point from wherever it is, and then calls on a seat."""
    if status(session) == "raised":
        session.done((M1, RuleOnPoint("r2", True)))
    if status(session) == "appealed":
        session.done((M1, CloseAppeal("r2")))
    session.done((M1, GoOn("r2")))
    if session.state.floor.speech:
        session.done((M1, EndSpeech(session.state.floor.speech.id)))
    session.done((M1, CallOn("ROK-MFA")))


STAGES = (raised, ruled, appealed)


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize(
    "moves",
    [
        ((CHINA, seats.LeaveSeat()),),
        ((JAPAN, seats.LeaveSeat()),),
        ((CHINA, seats.LeaveSeat()), (CHINA_MOD, seats.LeaveSeat())),
        ((M1, seats.RemovePerson(JAPAN)), (M1, seats.RemovePerson(JAPAN_MOD))),
        ((M1, seats.MovePerson(CHINA, "PRC-EXP-1")),),
        ((M1, muting.MutePerson(JAPAN)), (M1, muting.MutePerson(CHINA))),
        ((M1, room.PauseSession()), (M1, room.ResumeSession())),
        ((M1, adjourning.AdjournSession("Thursday")), (M1, adjourning.ReconveneSession())),
    ],
)
def test_whoever_leaves_and_whatever_stops_the_floor_goes_on(
    session: Session, stage: object, moves: tuple[tuple[str, object], ...]
) -> None:
    assert callable(stage)
    stage(session).done(*moves, at=NOON + MINUTE)
    goes_on(session)


@pytest.mark.parametrize("stage", STAGES)
def test_a_point_lapses_with_its_item(session: Session, stage: object) -> None:
    assert callable(stage)
    running(session, "i1")
    stage(session).when(M1, agenda.EndItem("i1"))
    assert PointLapsed("r2") in session.new
    assert status(session) == ""
    session.done((M1, CallOn("ROK-MFA")))


def test_a_point_lapses_when_the_session_is_closed(session: Session) -> None:
    appealed(session).when(M1, room.CloseSession())
    assert PointLapsed("r2") in session.new


def test_the_last_vote_may_be_that_of_who_has_left(session: Session) -> None:
    appealed(session).done(
        (KOREA, seats.LeaveSeat()), (JAPAN, VoteOnRuling("r2", True)), (CHINA, VoteOnRuling("r2", True))
    )
    assert status(session) == "appealed"
    session.when(M1, CloseAppeal("r2")).then(AppealDecided("r2", True, ("JPN", "PRC"), (), HERE))


# Among officials


def test_who_is_not_in_an_officials_session_neither_raises_nor_finds_a_point(session: Session) -> None:
    session.done((M1, agenda.AddItem("Apart", "officials", 10)), (M1, seats.AdmitAll()))
    session.done((M1, agenda.StartItem("added-1")), (CHINA, RaisePoint()))
    assert isinstance(session.new[0], PointRaised)
    assert session.new[0].point == "or1"
    for command in (RaisePoint(), AppealRuling("or1"), VoteOnRuling("or1", True)):
        session.when(WAITING, command).refused("officials_only")
