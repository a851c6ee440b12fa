"""Votes: thresholds, bases, quorum, vetoes; by show of hands and by roll call."""

from dataclasses import replace

import pytest

from rooms.domain import agenda, amendments, calls, muting, presence, room, seats
from rooms.domain.ballots import CastBallot
from rooms.domain.calls import Call
from rooms.domain.decisions import AnswerCall, CloseCall, WithdrawCall
from rooms.domain.fold import Tick, next_deadline
from rooms.domain.record import CLOCK
from rooms.domain.voting import (
    CallVote,
    CastVote,
    PassedOver,
    PassOver,
    VoteCalled,
    VoteCast,
    VoteDecided,
    outcome_of,
)

from .decisions_play import DRAFT, ROLL_CALL, SECRET, SHOW
from .play import CHINA, CHINA_MOD, JAPAN, JAPAN_MOD, KOREA, M1, MINUTE, NOON, Session, cast_live

ENDS = NOON + 5 * MINUTE
VOICES = {"JPN": JAPAN, "PRC": CHINA, "ROK": KOREA}
SIX = ("PRC", "JPN", "ROK", "DPRK", "RUS", "USA")


@pytest.fixture
def drafted(session: Session) -> Session:
    return session.done(*DRAFT)


@pytest.fixture
def shown(drafted: Session) -> Session:
    return drafted.done((M1, SHOW))


@pytest.fixture
def rolled(drafted: Session) -> Session:
    return drafted.done((M1, ROLL_CALL))


def call_of(session: Session) -> Call:
    return session.state.decisions.calls[-1]


def status_of(session: Session) -> str:
    return session.state.texts.documents[0].status


def among_six(threshold: str = "simple", base: str = "voting", veto: tuple[str, ...] = (), **votes: str) -> Call:
    answers = {code: calls.Answer(votes[code], "", NOON) for code in SIX if code in votes}
    call = Call("c1", "d1", "Draft", (), SIX, "vote", NOON, ENDS, kind="vote", answers=answers)
    return replace(call, threshold=threshold, base=base, quorum=4, veto=veto, method="show")


# What passes


@pytest.mark.parametrize(
    ("threshold", "base", "yes", "no", "abstain", "outcome"),
    [
        ("simple", "voting", 3, 3, 0, "rejected"),  # 3-3 of six does not pass
        ("two_thirds", "voting", 3, 3, 0, "rejected"),
        ("simple", "voting", 0, 0, 6, "rejected"),  # all abstain
        ("two_thirds", "electorate", 0, 0, 6, "rejected"),
        ("all", "voting", 0, 0, 6, "rejected"),
        ("all", "electorate", 0, 0, 6, "rejected"),
        ("simple", "voting", 1, 0, 5, "adopted"),  # abstentions never count as no
        ("simple", "electorate", 1, 0, 5, "adopted"),
        ("simple", "electorate", 2, 0, 2, "rejected"),  # two are absent: two of four
        ("simple", "electorate", 3, 0, 1, "adopted"),
        ("simple", "electorate", 3, 0, 0, "rejected"),
        ("two_thirds", "voting", 4, 2, 0, "adopted"),
        ("two_thirds", "voting", 3, 2, 1, "rejected"),
        ("two_thirds", "electorate", 3, 0, 0, "rejected"),
        ("two_thirds", "electorate", 4, 0, 0, "adopted"),
        ("all", "voting", 5, 0, 1, "adopted"),
        ("all", "voting", 5, 1, 0, "rejected"),
        ("all", "electorate", 5, 0, 0, "rejected"),
        ("all", "electorate", 5, 0, 1, "adopted"),
    ],
)
def test_what_a_vote_of_six_comes_to(threshold: str, base: str, yes: int, no: int, abstain: int, outcome: str) -> None:
    assert outcome_of(among_six(threshold, base), yes, no, abstain, 6) == outcome


def test_without_a_quorum_nothing_is_decided() -> None:
    assert outcome_of(among_six(), 3, 0, 0, 3) == "no_quorum"
    assert outcome_of(among_six(), 3, 0, 0, 4) == "adopted"


def test_a_veto_holds_up_only_what_would_pass() -> None:
    blocked = among_six(veto=("PRC", "USA"), PRC="no", USA="yes", JPN="yes", ROK="yes", RUS="yes")
    assert outcome_of(blocked, 4, 1, 0, 6) == "vetoed"
    assert outcome_of(blocked, 1, 4, 0, 6) == "rejected"
    silent = among_six(veto=("PRC",), PRC="abstain", USA="yes", JPN="yes")
    assert outcome_of(silent, 2, 0, 1, 6) == "adopted"


# Calling


def test_electorate_and_rule_are_fixed_when_the_vote_opens(drafted: Session) -> None:
    drafted.when(M1, CallVote(5, "two_thirds", "electorate", 3, "show", ("ROK", "JPN"), "", True)).then(
        VoteCalled(
            call="c1",
            document="d1",
            title="Draft",
            paragraphs=(("p1", "Calm seas."),),
            electorate=("JPN", "PRC", "ROK"),
            closes_at=ENDS,
            threshold="two_thirds",
            base="electorate",
            quorum=3,
            method="show",
            veto=("JPN", "ROK"),
            order=(),
            subject="",
            ad_referendum=True,
        )
    )
    assert (status_of(drafted), next_deadline(drafted.state)) == ("under_decision", ENDS)
    words = calls.rule_in_words(call_of(drafted))
    assert "two thirds of all delegations" in words
    assert "Quorum: 3 of 3." in words
    assert "JPN or ROK is a veto" in words


def test_a_format_without_votes_has_none() -> None:
    session = cast_live(votes=False).done(*DRAFT)
    assert "consensus" in session.when(M1, SHOW).refused("no_votes").message


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (CallVote(0, "simple", "voting", 2, "show"), "minutes_range"),
        (CallVote(61, "simple", "voting", 2, "show"), "minutes_range"),
        (CallVote(5, "most", "voting", 2, "show"), "unknown_threshold"),
        (CallVote(5, "simple", "everybody", 2, "show"), "unknown_base"),
        (CallVote(5, "simple", "voting", 2, "by mail"), "unknown_method"),
        (CallVote(5, "simple", "voting", 0, "show"), "quorum_needed"),
        (CallVote(5, "simple", "voting", 4, "show"), "no_quorum"),
        (CallVote(5, "simple", "voting", 2, "show", ("USA",)), "unknown_delegation"),
        (CallVote(5, "simple", "voting", 2, "secret", ("PRC",)), "veto_shows"),
    ],
)
def test_a_rule_by_which_nothing_could_be_decided_is_refused(drafted: Session, command: CallVote, code: str) -> None:
    drafted.when(M1, command).refused(code)


def test_one_decision_at_a_time(shown: Session) -> None:
    shown.when(M1, SHOW).refused("call_open")


# By show of hands


def test_the_last_missing_vote_decides_and_3_to_3_does_not_pass(shown: Session) -> None:
    shown.done((JAPAN, CastVote("c1", "yes")), (CHINA, CastVote("c1", "no", "Not yet.")))
    shown.when(KOREA, CastVote("c1", "abstain"), NOON + 1)
    shown.then(VoteCast("c1", "ROK", "abstain", ""), VoteDecided("c1", "d1", "rejected", 1, 1, 1, 0))
    assert (status_of(shown), call_of(shown).ended_at) == ("draft", NOON + 1)
    shown.when(JAPAN, CastVote("c1", "yes")).refused("call_over")


def test_a_hand_may_be_moved_until_the_vote_is_over(shown: Session) -> None:
    shown.done((JAPAN, CastVote("c1", "no")), (JAPAN, CastVote("c1", "yes")), (CHINA, CastVote("c1", "yes")))
    shown.when(M1, CloseCall("c1")).then(VoteDecided("c1", "d1", "adopted", 2, 0, 0, 1))
    assert status_of(shown) == "adopted"
    assert call_of(shown).tally == {"yes": 2, "no": 0, "abstain": 0, "absent": 1}


def test_at_its_very_instant_the_vote_is_over(shown: Session) -> None:
    shown.done((JAPAN, CastVote("c1", "yes")))
    shown.when(CLOCK, Tick(), ENDS - 1).then()
    shown.done((CHINA, CastVote("c1", "yes")))
    shown.when(KOREA, CastVote("c1", "no"), ENDS).refused("call_over")
    shown.when(CLOCK, Tick(), ENDS).then(VoteDecided("c1", "d1", "adopted", 2, 0, 0, 1))
    shown.when(CLOCK, Tick(), ENDS).then()


def test_a_pause_carries_the_window_over(shown: Session) -> None:
    shown.done((M1, room.PauseSession()), at=NOON + MINUTE)
    shown.when(JAPAN, CastVote("c1", "yes")).refused("paused")
    shown.when(CLOCK, Tick(), ENDS).then()
    shown.done((M1, room.ResumeSession()), at=NOON + 3 * MINUTE)
    assert next_deadline(shown.state) == ENDS + 2 * MINUTE


def test_a_quorum_that_is_lost_during_the_vote_leaves_nothing_decided(drafted: Session) -> None:
    drafted.done((M1, CallVote(5, "simple", "voting", 3, "show")), (JAPAN, CastVote("c1", "yes")))
    drafted.done((KOREA, seats.LeaveSeat()), (CHINA, CastVote("c1", "yes")))
    drafted.when(M1, CloseCall("c1")).then(VoteDecided("c1", "d1", "no_quorum", 2, 0, 0, 1))
    assert status_of(drafted) == "draft"


def test_who_has_voted_and_left_was_there(drafted: Session) -> None:
    drafted.done((M1, CallVote(5, "simple", "voting", 3, "show")), (KOREA, CastVote("c1", "yes")))
    drafted.done((KOREA, seats.LeaveSeat()), (JAPAN, CastVote("c1", "yes")))
    drafted.when(CHINA, CastVote("c1", "no"))
    assert drafted.new[-1] == VoteDecided("c1", "d1", "adopted", 2, 1, 0, 0)


def test_a_delegation_that_leaves_entirely_stays_in_the_electorate(shown: Session) -> None:
    shown.done((JAPAN, seats.LeaveSeat()), (JAPAN_MOD, seats.LeaveSeat()), (CHINA, CastVote("c1", "yes")))
    shown.when(KOREA, CastVote("c1", "yes")).then(VoteCast("c1", "ROK", "yes", ""))
    shown.when(CLOCK, Tick(), ENDS).then(VoteDecided("c1", "d1", "adopted", 2, 0, 0, 1))
    assert call_of(shown).electorate == ("JPN", "PRC", "ROK")


@pytest.mark.parametrize("vote", ["pass", "veto", ""])
def test_a_vote_is_yes_no_or_abstain(shown: Session, vote: str) -> None:
    shown.when(JAPAN, CastVote("c1", vote)).refused("unknown_vote")


def test_only_the_voice_of_a_delegation_in_the_electorate_votes(shown: Session) -> None:
    shown.when(JAPAN_MOD, CastVote("c1", "yes")).refused("not_head")
    shown.done(("late", seats.JoinRoom("delegate", "USA-MFA")), (M1, seats.AdmitPerson("late")))
    shown.when("late", CastVote("c1", "yes")).refused("not_in_electorate")


def test_each_call_has_its_own_answers(shown: Session) -> None:
    shown.when(JAPAN, AnswerCall("c1", "join")).refused("other_call")
    shown.when(JAPAN, CastBallot("c1", "yes")).refused("open_vote")
    shown.done((M1, WithdrawCall("c1")), (M1, SECRET))
    shown.when(JAPAN, CastVote("c2", "yes")).refused("secret_vote")


# By roll call


def test_the_roll_is_called_in_a_drawn_order(rolled: Session) -> None:
    order = call_of(rolled).order
    assert sorted(order) == ["JPN", "PRC", "ROK"]
    first, second, third = order
    rolled.when(VOICES[second], CastVote("c1", "yes")).refused("not_called")
    rolled.done(*((VOICES[code], CastVote("c1", "yes")) for code in (first, second)))
    rolled.when(VOICES[third], CastVote("c1", "no"))
    assert rolled.new[-1] == VoteDecided("c1", "d1", "adopted", 2, 1, 0, 0)


def test_the_order_is_another_at_another_time(drafted: Session) -> None:
    orders = set()
    for minute in range(12):
        again = drafted.copy()
        again.done((M1, ROLL_CALL), at=NOON + minute * MINUTE)
        orders.add(call_of(again).order)
    assert len(orders) > 2


def test_who_passes_is_called_again_at_the_end_and_only_once(rolled: Session) -> None:
    first, second, third = call_of(rolled).order
    rolled.done((VOICES[first], CastVote("c1", "pass")))
    assert call_of(rolled).order == (first, second, third, first)
    rolled.done((VOICES[second], CastVote("c1", "yes")), (VOICES[third], CastVote("c1", "yes")))
    rolled.when(VOICES[first], CastVote("c1", "pass")).refused("passed_once")
    rolled.when(VOICES[first], CastVote("c1", "abstain"))
    assert rolled.new[-1] == VoteDecided("c1", "d1", "adopted", 2, 0, 1, 0)


def test_who_has_passed_and_says_no_more_is_absent(rolled: Session) -> None:
    first, second, third = call_of(rolled).order
    rolled.done(*((VOICES[code], CastVote("c1", vote)) for code, vote in ((first, "pass"), (second, "yes"))))
    rolled.done((VOICES[third], CastVote("c1", "yes")))
    rolled.when(M1, CloseCall("c1")).then(VoteDecided("c1", "d1", "adopted", 2, 0, 0, 1))


def test_a_head_who_leaves_during_the_roll_call_leaves_the_answer_to_the_next(rolled: Session) -> None:
    while call_of(rolled).called != "JPN":
        rolled.done((VOICES[call_of(rolled).called], CastVote("c1", "yes")))
    rolled.done((JAPAN, seats.LeaveSeat()))
    rolled.when(M1, PassOver("c1")).refused("delegation_here")
    rolled.when(JAPAN_MOD, CastVote("c1", "yes"))
    assert rolled.new[0] == VoteCast("c1", "JPN", "yes", "")


@pytest.mark.parametrize("how", ["left", "muted", "away"])
def test_the_chair_goes_on_when_nobody_is_there_to_answer(rolled: Session, how: str) -> None:
    while call_of(rolled).called != "ROK":
        rolled.done((VOICES[call_of(rolled).called], CastVote("c1", "yes")))
    if how == "away":
        rolled.done((CLOCK, presence.NoteAway((KOREA,))))
    else:
        rolled.done((KOREA, seats.LeaveSeat()) if how == "left" else (M1, muting.MutePerson(KOREA)))
    rolled.when(M1, PassOver("c1"))
    assert rolled.new[0] == PassedOver("c1", "ROK")
    left = [code for code in ("JPN", "PRC") if code not in call_of(rolled).answers]
    rolled.done(*((VOICES[code], CastVote("c1", "yes")) for code in call_of(rolled).order if code in left))
    assert call_of(rolled).tally == {"yes": 2, "no": 0, "abstain": 0, "absent": 1}


def test_nobody_is_passed_over_where_no_roll_is_called(shown: Session) -> None:
    shown.when(M1, PassOver("c1")).refused("no_roll_call")
    shown.when(M1, PassOver("c9")).refused("call_over")


# An amendment


@pytest.mark.parametrize(("vote", "text"), [("yes", "Calm open seas."), ("no", "Calm seas.")])
def test_an_amendment_is_carried_or_lost_and_the_text_is_open_again(drafted: Session, vote: str, text: str) -> None:
    drafted.done((CHINA, amendments.TableAmendment("alter", "p1", "Calm open seas.", seen=1)))
    [amendment] = drafted.state.texts.documents[0].pending
    drafted.done((M1, CallVote(5, "simple", "voting", 2, "show", (), amendment.id)))
    drafted.done(*((one, CastVote("c1", vote)) for one in VOICES.values()))
    document = drafted.state.texts.documents[0]
    assert (document.status, document.standing[0].text, document.pending) == ("draft", text, ())
    assert document.amendments[0].status == ("adopted" if vote == "yes" else "rejected")


def test_without_a_quorum_an_amendment_is_still_on_the_table(drafted: Session) -> None:
    drafted.done((M1, agenda.StartItem("i4")))
    drafted.done((CHINA, amendments.TableAmendment("alter", "p1", "Calm open seas.", seen=1)))
    [amendment] = drafted.state.texts.documents[0].pending
    drafted.done((M1, CallVote(5, "simple", "voting", 3, "show", (), amendment.id)), (KOREA, seats.LeaveSeat()))
    drafted.when(M1, CloseCall("c1")).then(VoteDecided("c1", "d1", "no_quorum", 0, 0, 0, 3))
    assert drafted.state.texts.documents[0].pending == (amendment,)
    assert CHINA_MOD in drafted.state.seats.people
