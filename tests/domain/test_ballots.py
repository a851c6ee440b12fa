"""Secret ballots: the record says who has voted and how many voted how; never who how."""

import pytest

from rooms.domain import adjourning, room, seats
from rooms.domain.ballots import BallotDropped, BallotsCounted, CastBallot, CountBallots
from rooms.domain.codec import canonical, name_of, to_data
from rooms.domain.decisions import CallWithdrawn, CloseCall, WithdrawCall
from rooms.domain.fold import COMMANDS, IN_THE_OPEN, Tick, decide, next_deadline
from rooms.domain.record import CLOCK
from rooms.domain.refused import Refused
from rooms.domain.voting import VOTES, BallotsClosed, CallVote, VoteDecided

from .decisions_play import DRAFT, SECRET
from .play import CHINA, CHINA_MOD, JAPAN, JAPAN_MOD, KOREA, M1, MINUTE, NOON, Session, cast_live

ENDS = NOON + 5 * MINUTE


@pytest.fixture
def secret(session: Session) -> Session:
    return session.done(*DRAFT, (M1, SECRET))


def voted(**votes: str) -> Session:
    """The cast's session in which these have voted in secret, in this order."""
    session = cast_live().done(*DRAFT, (M1, SECRET))
    return session.done(*((person, CastBallot("c1", vote)) for person, vote in votes.items()))


def test_the_record_says_that_a_delegation_has_voted_not_how(secret: Session) -> None:
    secret.when(JAPAN, CastBallot("c1", "no")).then(BallotDropped("c1", "JPN"))
    assert secret.state.decisions.calls[0].dropped == ("JPN",)
    assert secret.state.decisions.calls[0].answers == {}


def test_the_last_ballot_closes_the_box_and_it_is_counted(secret: Session) -> None:
    secret.done((JAPAN, CastBallot("c1", "yes")), (CHINA, CastBallot("c1", "no")))
    secret.when(KOREA, CastBallot("c1", "yes"))
    assert secret.new == [
        *(BallotDropped("c1", "ROK"), BallotsClosed("c1"), BallotsCounted("c1", 2, 1, 0)),
        VoteDecided("c1", "d1", "adopted", 2, 1, 0, 0),
    ]
    assert secret.state.texts.documents[0].status == "adopted"


def test_swapped_votes_leave_the_same_record_to_the_byte() -> None:
    one = voted(japan="yes", china="no", korea="abstain")
    for votes in (("no", "abstain", "yes"), ("abstain", "yes", "no"), ("no", "yes", "abstain")):
        other = voted(**dict(zip((JAPAN, CHINA, KOREA), votes, strict=True)))
        assert other.entries == one.entries
        assert [(name_of(entry.event), canonical(to_data(entry.event))) for entry in other.entries] == [
            (name_of(entry.event), canonical(to_data(entry.event))) for entry in one.entries
        ]
        assert other.state == one.state


@pytest.mark.parametrize("second", VOTES)
def test_before_the_count_nothing_at_all_depends_on_the_votes(second: str) -> None:
    assert voted(japan="yes", china=second).entries == voted(japan="no", china="no").entries


def test_no_refusal_depends_on_what_the_ballot_says(secret: Session) -> None:
    stages = [secret.copy(), secret.copy().done((JAPAN, CastBallot("c1", "yes")))]
    stages.append(secret.copy().done((M1, room.PauseSession())))
    stages.append(secret.copy().done((M1, WithdrawCall("c1"))))
    for stage in stages:
        for person in (JAPAN, JAPAN_MOD, M1):
            told = set()
            for vote in VOTES:
                try:
                    told.add(str(decide(stage.state, person, CastBallot("c1", vote), NOON)))
                except Refused as refusal:
                    told.add(str((refusal.code, refusal.message, refusal.data)))
            assert len(told) == 1


def test_a_wrong_ballot_is_not_quoted_and_the_chair_is_not_told(secret: Session) -> None:
    assert "veto" not in secret.when(JAPAN, CastBallot("c1", "veto")).refused("unknown_vote").message
    assert COMMANDS["cast_ballot"][0] not in IN_THE_OPEN


def test_a_ballot_is_cast_once_by_the_voice(secret: Session) -> None:
    secret.when(JAPAN_MOD, CastBallot("c1", "yes")).refused("not_head")
    secret.done((JAPAN, CastBallot("c1", "yes"))).when(JAPAN, CastBallot("c1", "yes")).refused("voted")


def test_an_unfinished_vote_ends_at_its_instant_and_two_ballots_are_never_counted(secret: Session) -> None:
    secret.done((JAPAN, CastBallot("c1", "yes")), (CHINA, CastBallot("c1", "yes")))
    secret.when(KOREA, CastBallot("c1", "yes"), ENDS).refused("call_over")
    secret.when(CLOCK, Tick(), ENDS).then(BallotsClosed("c1"), VoteDecided("c1", "d1", "void", 0, 0, 0, 3))
    assert secret.state.texts.documents[0].status == "draft"


def test_among_two_no_ballot_is_secret(session: Session) -> None:
    session.done(*DRAFT, (KOREA, seats.LeaveSeat()))
    session.when(M1, CallVote(5, "simple", "voting", 2, "secret")).refused("too_few")


def test_the_chair_closes_the_box_early(secret: Session) -> None:
    secret.when(M1, CloseCall("c1")).then(BallotsClosed("c1"), VoteDecided("c1", "d1", "void", 0, 0, 0, 3))


def test_a_withdrawn_vote_is_never_counted(secret: Session) -> None:
    secret.done((JAPAN, CastBallot("c1", "yes")))
    secret.when(M1, WithdrawCall("c1")).then(CallWithdrawn("c1", "d1"))
    secret.when(CLOCK, CountBallots("c1", 1, 0, 0)).refused("not_counting")


def test_only_the_clock_counts_and_only_a_closed_box(secret: Session) -> None:
    for actor in (M1, JAPAN, CLOCK):
        secret.when(actor, CountBallots("c1", 3, 0, 0)).refused("not_counting")


def test_a_box_that_does_not_hold_what_was_dropped_is_void() -> None:
    closed = cast_live().done(*DRAFT, (M1, SECRET))
    closed.given(*(BallotDropped("c1", code) for code in ("JPN", "PRC", "ROK")), BallotsClosed("c1"))
    closed.when(CLOCK, CountBallots("c1", 1, 0, 0)).then(VoteDecided("c1", "d1", "void", 0, 0, 0, 3))


def test_a_box_that_a_crash_left_uncounted_is_due_at_once_whatever_the_room_does() -> None:
    closed = cast_live().done(*DRAFT, (M1, SECRET))
    closed.given(*(BallotDropped("c1", code) for code in ("JPN", "PRC", "ROK")), BallotsClosed("c1"), at=NOON + 7)
    closed.when(M1, WithdrawCall("c1")).refused("call_over")
    closed.when(M1, CloseCall("c1")).refused("call_over")
    closed.when(M1, room.CloseSession()).refused("call_open")
    closed.done((M1, adjourning.AdjournSession("Thursday")))
    assert next_deadline(closed.state) == NOON + 7
    closed.when(CLOCK, CountBallots("c1", 1, 1, 1))
    assert closed.new == [BallotsCounted("c1", 1, 1, 1), VoteDecided("c1", "d1", "rejected", 1, 1, 1, 0)]
    assert CHINA_MOD in closed.state.seats.people
