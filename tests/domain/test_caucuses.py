"""How a caucus comes about: asked for, countered, accepted, declined, begun, taken back; convened by the chair. And who
learns of it."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest

from rooms.domain import agenda, muting, room, seats, suspensions
from rooms.domain.caucus_sittings import CallBack, LeaveCaucus, SayInCaucus
from rooms.domain.caucus_terms import (
    MOST_ASKED,
    AcceptCaucus,
    BeginCaucus,
    ConveneCaucus,
    CounterCaucus,
    DeclineCaucus,
    ProposeCaucus,
    WithdrawCaucus,
    _named,
    allowed_now,
)
from rooms.domain.caucuses import (
    CLOSED,
    IN_SESSION,
    LAPSED,
    PROPOSED,
    Caucus,
    CaucusAccepted,
    CaucusBegan,
    CaucusClosed,
    CaucusCountered,
    CaucusDeclined,
    CaucusLapsed,
    CaucusProposed,
    CaucusTopicSet,
)
from rooms.domain.fold import fold
from rooms.domain.record import CLOCK
from rooms.domain.sight import OBSERVERS, THE_MODERATORS, WAITING, Audience, visible

from .aside_play import (
    ASK_BOTH,
    ASK_KOREA,
    JPN_MFA,
    JPN_MOD,
    OF_CHINA,
    OF_JAPAN,
    PLENARY,
    PRC_MFA,
    ROK_MFA,
    SEATED,
    all_met,
    asked,
    in_period,
    met,
    only,
)
from .play import CHINA, CHINA_MOD, JAPAN, JAPAN_MOD, KOREA, M1, MINUTE, NOON, OUTSIDERS, Session, cast_live

BOTH = (*OF_JAPAN, "ROK-MFA")
ALL_THREE = (*OF_JAPAN, *OF_CHINA, "ROK-MFA")


@pytest.fixture
def session() -> Iterator[Session]:
    session = cast_live(**PLENARY)
    yield session
    session.read()


@pytest.fixture
def period(session: Session) -> Session:
    return in_period(session)


def quiet_period(**rules: Any) -> Session:
    """An informal period in which nobody announces caucuses, or with other rules."""
    return in_period(cast_live(**{**PLENARY, "caucus_existence": "hidden", **rules}))


def seen(session: Session, audience: Audience) -> Any:
    """The caucuses that an audience knows of."""
    return fold(visible(session.entries, audience)).caucuses.known


# Asked for


def test_a_delegate_asks_another_delegation_aside(period: Session) -> None:
    period.when(JAPAN, ASK_KOREA)
    name = only(period).id
    period.then(CaucusProposed(name, BOTH, "JPN", 10), CaucusTopicSet(name, BOTH, False, "Fuel"))
    caucus = only(period)
    assert (caucus.status, caucus.by, caucus.agreed, caucus.unanswered) == (PROPOSED, "JPN", ("JPN",), ("ROK",))
    assert (caucus.topic, caucus.minutes, caucus.asked_at) == ("Fuel", 10, NOON)


def test_without_a_topic_none_is_told(period: Session) -> None:
    period.when(JAPAN, ProposeCaucus(("ROK",)))
    period.then(CaucusProposed(only(period).id, BOTH, "JPN", 10))


def test_single_seats_are_asked_and_of_the_own_only_the_seat_that_asks(period: Session) -> None:
    period.when(JAPAN_MOD, ProposeCaucus(("PRC-MOD",), alone=True))
    assert period.new[0].seats == ("JPN-MOD", "PRC-MOD")
    period.when(CHINA, AcceptCaucus(only(period).id)).refused("unknown_caucus")
    period.when(JAPAN, WithdrawCaucus(only(period).id)).refused("unknown_caucus")
    period.when(CHINA_MOD, AcceptCaucus(only(period).id))
    assert only(period).status == IN_SESSION


def test_the_own_delegation_comes_along_unasked_and_is_not_asked(period: Session) -> None:
    period.when(JAPAN, ProposeCaucus(("JPN", "ROK"))).done()
    assert only(period).seats == BOTH
    period.when(KOREA, ProposeCaucus(("ROK", "ROK-MFA"))).refused("nobody_asked")
    period.when(KOREA, ProposeCaucus(())).refused("nobody_asked")


def test_it_is_asked_for_in_an_informal_period(session: Session) -> None:
    session.when(JAPAN, ASK_KOREA).refused("no_caucus_now")
    session.done((M1, agenda.StartItem("i1")))
    assert not allowed_now(session.state)
    session.when(JAPAN, ASK_KOREA).refused("no_caucus_now")
    session.done((M1, agenda.EndItem("i1")))
    in_period(session)
    assert allowed_now(session.state)
    session.done((JAPAN, ASK_KOREA))


def test_or_at_any_time_where_the_format_allows() -> None:
    anywhere = cast_live(caucus_at_any_time=True)
    assert allowed_now(anywhere.state)
    assert only(met(anywhere)).status == IN_SESSION


@pytest.mark.parametrize(
    ("before", "code"),
    [
        (((M1, room.PauseSession()),), "paused"),
        (((M1, room.CloseSession()),), "closed"),
    ],
)
def test_nobody_is_asked_while_the_session_does_not_run(period: Session, before: Any, code: str) -> None:
    period.done(*before)
    period.when(JAPAN, ASK_KOREA).refused(code)
    period.when(M1, ConveneCaucus(("JPN", "ROK"))).refused(code)


def test_nobody_is_asked_before_the_session_runs(lobby: Session) -> None:
    lobby.when(JAPAN, ASK_KOREA).refused("not_started")
    lobby.when(M1, ConveneCaucus(("JPN", "ROK"))).refused("not_started")


@pytest.mark.parametrize("person", [*OUTSIDERS, M1])
def test_only_seated_delegates_ask(period: Session, person: str) -> None:
    period.when(person, ASK_KOREA)
    period.refused("not_admitted" if person == "waiting" else "not_delegate")


def test_who_is_muted_asks_and_answers_nobody_but_may_go(period: Session) -> None:
    met(period).done((M1, muting.MutePerson(JAPAN)), (CHINA, ProposeCaucus(("JPN",))))
    period.when(JAPAN, ProposeCaucus(("PRC",))).refused("muted")
    name = next(one.id for one in period.state.caucuses.known.values() if one.by == "PRC")
    for command in (AcceptCaucus(name), DeclineCaucus(name), CounterCaucus(name, 5), BeginCaucus(name)):
        period.when(JAPAN, command).refused("muted")
    sitting = period.state.caucuses.sitting()[0].id
    period.when(JAPAN, SayInCaucus(sitting, "Let me speak.")).refused("muted")
    period.done((JAPAN, LeaveCaucus(sitting)))


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (ProposeCaucus(("RUS",)), "unknown_delegation"),
        (ProposeCaucus(("ROK", "moon")), "unknown_delegation"),
        (ProposeCaucus(("USA",)), "nobody_there"),
        (ProposeCaucus(("ROK", "USA")), "nobody_there"),
        (ProposeCaucus(("PRC-EXP-1",)), "nobody_there"),
        (ProposeCaucus(("ROK",), minutes=0), "minutes_range"),
        (ProposeCaucus(("ROK",), minutes=121), "minutes_range"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_a_way_out(period: Session, command: Any, code: str) -> None:
    period.when(JAPAN, command).refused(code)


@pytest.mark.parametrize("minutes", [1, 120])
def test_a_caucus_lasts_one_minute_to_two_hours(period: Session, minutes: int) -> None:
    period.done((JAPAN, ProposeCaucus(("ROK",), minutes=minutes)))


def test_the_same_seats_are_not_asked_twice_at_once(period: Session) -> None:
    asked(period)
    period.when(KOREA, ProposeCaucus(("JPN",))).refused("already_asked")
    period.done((JAPAN, ProposeCaucus(("ROK",), alone=True)), (JAPAN, ASK_BOTH))
    for_korea = [one for one in period.state.caucuses.known.values() if "ROK" in one.unanswered]
    assert len(for_korea) == 3
    period.done((KOREA, DeclineCaucus(for_korea[0].id)), (KOREA, ProposeCaucus(("JPN",))))


def test_several_caucuses_sit_at_once_also_with_the_same_people(period: Session) -> None:
    all_met(period)
    period.done((JAPAN, ASK_KOREA))
    second = next(one.id for one in period.state.caucuses.known.values() if one.status == PROPOSED)
    period.done((KOREA, AcceptCaucus(second)))
    assert len(period.state.caucuses.sitting()) == 2


def test_asked_again_it_is_another_caucus(period: Session) -> None:
    asked(period)
    first = only(period).id
    period.done((KOREA, DeclineCaucus(first)), (JAPAN, ASK_KOREA))
    assert len(period.state.caucuses.known) == 2
    assert period.state.caucuses.known[first].status == LAPSED


# Answered


def test_with_the_last_yes_it_begins(period: Session) -> None:
    asked(period, ASK_BOTH)
    name = only(period).id
    period.when(CHINA_MOD, AcceptCaucus(name)).then(CaucusAccepted(name, ALL_THREE, "PRC"))
    assert only(period).unanswered == ("ROK",)
    period.when(KOREA, AcceptCaucus(name, 1), at=NOON + MINUTE)
    period.then(CaucusAccepted(name, ALL_THREE, "ROK"), CaucusBegan(name, ALL_THREE, True, False, NOON + 11 * MINUTE))
    caucus = only(period)
    assert (caucus.status, caucus.began_at, caucus.delegations) == (IN_SESSION, NOON + MINUTE, ("JPN", "PRC", "ROK"))


def test_a_delegation_answers_once_whoever_of_it_answers(period: Session) -> None:
    asked(period, ASK_BOTH)
    name = only(period).id
    period.done((CHINA, AcceptCaucus(name)))
    period.when(CHINA_MOD, AcceptCaucus(name)).then()
    period.when(JAPAN_MOD, AcceptCaucus(name)).then()
    period.done((KOREA, DeclineCaucus(name)))
    period.when(CHINA, DeclineCaucus(name)).refused("caucus_answered")
    period.when(KOREA, AcceptCaucus(name)).refused("unknown_caucus")


def test_who_has_declined_may_change_their_mind_while_others_have_not_answered(period: Session) -> None:
    asked(period, ASK_BOTH)
    name = only(period).id
    period.when(CHINA, DeclineCaucus(name)).then(CaucusDeclined(name, ALL_THREE, "PRC"))
    period.when(CHINA_MOD, DeclineCaucus(name)).then()
    period.done((CHINA, AcceptCaucus(name)))
    assert (only(period).declined, only(period).agreed) == ((), ("JPN", "PRC"))
    period.done((CHINA, DeclineCaucus(name)))
    assert (only(period).declined, only(period).agreed) == (("PRC",), ("JPN",))


def test_when_all_decline_it_lapses(period: Session) -> None:
    asked(period)
    name = only(period).id
    period.when(KOREA, DeclineCaucus(name))
    period.then(CaucusDeclined(name, BOTH, "ROK"), CaucusLapsed(name, BOTH, "declined"))
    assert (only(period).status, only(period).how, only(period).is_open) == (LAPSED, "declined", False)


def test_when_all_others_have_accepted_the_last_no_lets_them_begin(period: Session) -> None:
    asked(period, ASK_BOTH)
    name = only(period).id
    period.done((CHINA, AcceptCaucus(name)))
    period.when(KOREA, DeclineCaucus(name))
    without_korea = (*OF_JAPAN, *OF_CHINA)
    period.then(
        CaucusDeclined(name, ALL_THREE, "ROK"),
        CaucusLapsed(name, ("ROK-MFA",), "settled"),
        CaucusBegan(name, without_korea, True, False, NOON + 10 * MINUTE),
    )
    assert (only(period).status, only(period).how, only(period).ended_at) == (IN_SESSION, "", None)


def test_who_asked_begins_with_those_who_accepted(period: Session) -> None:
    asked(period, ASK_BOTH)
    name = only(period).id
    period.when(JAPAN, BeginCaucus(name)).refused("nobody_accepted")
    period.done((KOREA, AcceptCaucus(name)))
    period.when(KOREA, BeginCaucus(name)).refused("not_your_terms")
    period.when(JAPAN_MOD, BeginCaucus(name))
    period.then(CaucusLapsed(name, OF_CHINA, "settled"), CaucusBegan(name, BOTH, True, False, NOON + 10 * MINUTE))
    period.when(CHINA, AcceptCaucus(name)).refused("unknown_caucus")
    period.when(JAPAN, BeginCaucus(name)).refused("caucus_answered")


def test_other_terms_replace_the_first_and_everybody_else_is_asked_again(period: Session) -> None:
    asked(period, ASK_BOTH)
    name = only(period).id
    period.done((CHINA, DeclineCaucus(name)))
    period.when(KOREA, CounterCaucus(name, 20, "Fuel and food"))
    period.then(CaucusCountered(name, ALL_THREE, "ROK", 20), CaucusTopicSet(name, ALL_THREE, False, "Fuel and food"))
    caucus = only(period)
    assert (caucus.by, caucus.minutes, caucus.topic, caucus.terms) == ("ROK", 20, "Fuel and food", 2)
    assert (caucus.agreed, caucus.declined, caucus.unanswered) == (("ROK",), (), ("JPN", "PRC"))
    period.done((JAPAN, AcceptCaucus(name, 2)), (CHINA, AcceptCaucus(name, 2)))
    assert only(period).ends_at == NOON + 20 * MINUTE


def test_other_terms_may_keep_the_topic(period: Session) -> None:
    asked(period)
    period.when(KOREA, CounterCaucus(only(period).id, 5)).then(CaucusCountered(only(period).id, BOTH, "ROK", 5))
    assert only(period).topic == "Fuel"


def test_nobody_accepts_terms_that_they_have_not_seen(period: Session) -> None:
    asked(period, ASK_BOTH)
    name = only(period).id
    period.done((KOREA, CounterCaucus(name, 60)))
    period.when(CHINA, AcceptCaucus(name, 1)).refused("changed_meanwhile")
    period.done((CHINA, AcceptCaucus(name)))


def test_one_does_not_counter_decline_or_match_ones_own_terms(period: Session) -> None:
    asked(period)
    name = only(period).id
    period.when(JAPAN_MOD, CounterCaucus(name, 20)).refused("own_terms")
    period.when(JAPAN, DeclineCaucus(name)).refused("own_terms")
    for same in (CounterCaucus(name, 10), CounterCaucus(name, 10, "Fuel")):
        period.when(KOREA, same).refused("same_terms")
    period.when(KOREA, CounterCaucus(name, 121)).refused("minutes_range")
    period.done((KOREA, CounterCaucus(name, 10, "Food")))
    period.when(KOREA, WithdrawCaucus("elsewhere")).refused("unknown_caucus")
    period.when(JAPAN, WithdrawCaucus(name)).refused("not_your_terms")


def test_who_asked_takes_it_back_in_a_pause_too(period: Session) -> None:
    asked(period)
    name = only(period).id
    period.done((M1, room.PauseSession()))
    period.when(JAPAN, WithdrawCaucus(name)).then(CaucusLapsed(name, BOTH, "withdrawn"))
    period.when(JAPAN, WithdrawCaucus(name)).refused("caucus_answered")
    period.done((M1, room.ResumeSession()))
    period.when(KOREA, AcceptCaucus(name)).refused("caucus_answered")
    period.done((M1, room.CloseSession()))
    period.when(JAPAN, WithdrawCaucus(name)).refused("closed")


@pytest.mark.parametrize("command", [AcceptCaucus, DeclineCaucus, BeginCaucus, WithdrawCaucus])
def test_to_who_was_not_asked_there_is_no_such_caucus(period: Session, command: Any) -> None:
    asked(period)
    told = period.when(CHINA, command(only(period).id)).refused("unknown_caucus")
    assert told.message == period.when(CHINA, command("never-was")).refused("unknown_caucus").message


@pytest.mark.parametrize("command", [AcceptCaucus, DeclineCaucus])
def test_in_a_pause_and_after_the_period_nobody_answers(period: Session, command: Any) -> None:
    asked(period)
    name = only(period).id
    period.done((M1, room.PauseSession()))
    period.when(KOREA, command(name)).refused("paused")
    period.done((M1, room.ResumeSession()), (M1, agenda.EndItem("added-1")))
    period.when(KOREA, command(name)).refused("no_caucus_now")


# Convened


def test_the_chair_sends_delegations_aside_at_any_time_and_it_begins_at_once(session: Session) -> None:
    session.when(M1, ConveneCaucus(("JPN", "ROK"), "The annex", 15))
    name = only(session).id
    session.then(
        CaucusProposed(name, BOTH, "", 15),
        CaucusTopicSet(name, BOTH, True, "The annex"),
        CaucusBegan(name, BOTH, True, False, NOON + 15 * MINUTE),
    )
    assert fold(visible(session.entries, THE_MODERATORS)).caucuses.known[name].topic == "The annex"
    assert (only(session).by, only(session).declined, only(session).unanswered) == ("", (), ("JPN", "ROK"))


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (ConveneCaucus(("JPN",)), "nobody_asked"),
        (ConveneCaucus(("JPN-MFA", "JPN-MOD")), "nobody_asked"),
        (ConveneCaucus(("JPN", "USA")), "nobody_there"),
        (ConveneCaucus(("JPN", "RUS")), "unknown_delegation"),
        (ConveneCaucus(("JPN", "ROK"), minutes=0), "minutes_range"),
    ],
)
def test_what_the_chair_cannot_convene(session: Session, command: Any, code: str) -> None:
    session.when(M1, command).refused(code)


def test_the_chair_convenes_nobody_who_has_just_that_caucus(period: Session) -> None:
    met(period)
    period.when(M1, ConveneCaucus(("JPN", "ROK"))).refused("already_asked")
    period.when(JAPAN, ConveneCaucus(("JPN", "ROK"))).refused("not_moderator")


# The end of its period


def test_with_the_informal_period_all_caucuses_end_and_proposals_lapse(period: Session) -> None:
    met(period).done((JAPAN, ProposeCaucus(("PRC",), minutes=5)))
    sitting, asked_for = period.state.caucuses.known.values()
    period.when(M1, agenda.StartItem("i1", "added-1"))
    assert period.new[:2] == [
        CaucusLapsed(asked_for.id, (*OF_JAPAN, *OF_CHINA), "time"),
        CaucusClosed(sitting.id, BOTH, True, "time"),
    ]
    assert [one.status for one in period.state.caucuses.known.values()] == [CLOSED, LAPSED]


def test_a_period_that_is_suspended_ends_them_too(period: Session) -> None:
    met(period).done((M1, suspensions.SuspendItem("added-1", "Lunch")))
    assert only(period).how == "time"


def test_another_item_that_ends_leaves_them_be(session: Session) -> None:
    session.done((M1, agenda.StartItem("i1")), (M1, suspensions.SuspendItem("i1")))
    met(in_period(session)).done((M1, agenda.EndItem("i1")))
    assert only(session).status == IN_SESSION


def test_a_working_group_outlasts_the_item_in_which_it_was_convened(session: Session) -> None:
    session.done((M1, agenda.StartItem("i4")), (M1, ConveneCaucus(("JPN", "ROK"))))
    session.done((M1, agenda.StartItem("i5", "i4")))
    assert only(session).status == IN_SESSION


def test_where_caucuses_meet_at_any_time_they_outlast_the_period() -> None:
    anywhere = met(in_period(cast_live(caucus_at_any_time=True)))
    anywhere.done((M1, agenda.EndItem("added-1")))
    assert only(anywhere).status == IN_SESSION


def test_with_the_session_all_is_over(period: Session) -> None:
    met(period).done((JAPAN, ProposeCaucus(("PRC",))), (M1, room.CloseSession()))
    sitting, asked_for = period.state.caucuses.known.values()
    assert (sitting.status, sitting.how) == (CLOSED, "session closed")
    assert (asked_for.status, asked_for.how) == (LAPSED, "time")


# Who learns of it


def test_only_who_is_asked_and_the_chair_know_that_anybody_was_asked(period: Session) -> None:
    asked(period)
    assert {one.name: bool(seen(period, one)) for one in SEATED} == {
        JPN_MFA.name: True,
        JPN_MOD.name: True,
        PRC_MFA.name: False,
        ROK_MFA.name: True,
    }
    assert not seen(period, OBSERVERS)
    assert not seen(period, WAITING)
    assert seen(period, THE_MODERATORS)[only(period).id].topic == "", "who is in it, and how long; not what it is about"


def test_a_caucus_that_is_announced_is_known_to_all_but_not_what_it_is_about(period: Session) -> None:
    met(period)
    for audience in (OBSERVERS, PRC_MFA, THE_MODERATORS):
        caucus: Caucus = seen(period, audience)[only(period).id]
        assert (caucus.status, caucus.delegations, caucus.topic) == (IN_SESSION, ("JPN", "ROK"), "")
        assert caucus.ends_at == NOON + 10 * MINUTE
    assert seen(period, ROK_MFA)[only(period).id].topic == "Fuel"
    assert not seen(period, WAITING)


def test_a_caucus_that_is_not_announced_is_known_to_its_members_and_the_chair_alone() -> None:
    quiet = all_met(quiet_period())
    name = only(quiet).id
    quiet.done((JAPAN, LeaveCaucus(name)), (M1, CallBack()))
    assert not seen(quiet, OBSERVERS)
    assert seen(quiet, THE_MODERATORS)[name].how == "called back"
    assert seen(quiet, JPN_MFA)[name].left == ("JPN",), "who left is told so, and nothing afterwards"
    assert seen(quiet, JPN_MFA)[name].status == IN_SESSION


def test_of_one_that_is_not_announced_who_declined_learns_only_that_it_is_settled() -> None:
    quiet = asked(quiet_period(), ASK_BOTH)
    name = only(quiet).id
    quiet.done((CHINA, AcceptCaucus(name)), (KOREA, DeclineCaucus(name)))
    assert seen(quiet, ROK_MFA)[name].status == LAPSED
    assert seen(quiet, ROK_MFA)[name].how == "settled"
    assert seen(quiet, PRC_MFA)[name].status == IN_SESSION


def test_the_chair_reads_the_topic_where_the_room_says_so() -> None:
    open_book = met(quiet_period(caucus_readable_by_chair=True))
    caucus = seen(open_book, THE_MODERATORS)[only(open_book).id]
    assert (caucus.topic, caucus.chair_reads) == ("Fuel", True)


def test_the_name_of_a_caucus_tells_nobody_how_often_they_were_asked_before(period: Session) -> None:
    first = met(period.copy())
    asked(period)
    period.done((KOREA, DeclineCaucus(only(period).id)))
    period.when(JAPAN, ASK_KOREA, at=NOON + MINUTE)
    again = period.new[0].caucus
    assert again == _named(in_period(cast_live(**PLENARY)).state, BOTH, NOON + MINUTE)
    assert again != only(first).id


def test_who_is_moved_away_is_no_longer_a_member(period: Session) -> None:
    met(period).done((M1, seats.MovePerson(KOREA, "USA-MFA")))
    period.when(KOREA, SayInCaucus(only(period).id, "Am I still here?")).refused("unknown_caucus")


# What those who only learn that it meets must not learn besides


def test_who_answered_last_is_not_told_with_the_beginning(period: Session) -> None:
    """Korea, which said no, must not stand as the actor of what all are told."""
    asked(period, ASK_BOTH)
    period.done((CHINA, AcceptCaucus(only(period).id)), (KOREA, DeclineCaucus(only(period).id)))
    began = [one for one in visible(period.entries, OBSERVERS) if isinstance(one.event, CaucusBegan)]
    assert [one.actor for one in began] == [CLOCK]


def test_its_name_does_not_tell_who_was_asked_and_when(period: Session) -> None:
    """Whoever tries all the instants of ten minutes finds the same name for other seats as well."""
    asked(period, ASK_BOTH)
    name, before = only(period).id, in_period(cast_live(**PLENARY)).state
    for others in (BOTH, (*OF_JAPAN, *OF_CHINA), ("JPN-MOD", "ROK-MFA")):
        assert any(_named(before, others, NOON - back) == name for back in range(10 * MINUTE))


def test_nobody_buries_the_others_in_proposals(period: Session) -> None:
    there = ("PRC-MFA", "PRC-MOD", "ROK-MFA")
    choices = [chosen for length in (1, 2, 3) for chosen in combinations(there, length)]
    period.done(*((JAPAN, ProposeCaucus(chosen)) for chosen in choices[:MOST_ASKED]))
    period.when(JAPAN, ProposeCaucus(choices[MOST_ASKED])).refused("too_many_asked")
    # What a seat is refused depends on nothing that it does not know of.
    period.done((JAPAN_MOD, WithdrawCaucus(next(iter(period.state.caucuses.known)))))
    period.done((JAPAN, ProposeCaucus(choices[MOST_ASKED])))
