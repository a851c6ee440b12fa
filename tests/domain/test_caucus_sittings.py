"""What happens in a caucus: its talk, its clock, the chair's hand on it, and the line that it brings back."""

from collections.abc import Iterator
from typing import Any

import pytest

from rooms.domain import adjourning, agenda, floor, room, statements
from rooms.domain.caucus_sittings import (
    WINDOW,
    AgreeReport,
    Broadcast,
    BroadcastMade,
    CallBack,
    CaucusReported,
    DraftReport,
    ExtendCaucus,
    LeaveCaucus,
    ReportAgreed,
    ReportDrafted,
    SaidInCaucus,
    SayInCaucus,
)
from rooms.domain.caucus_terms import AcceptCaucus, ConveneCaucus, ProposeCaucus
from rooms.domain.caucuses import (
    CLOSED,
    IN_SESSION,
    Caucus,
    CaucusClosed,
    CaucusExtended,
    CaucusLeft,
    CaucusTimeUp,
)
from rooms.domain.fold import Tick, fold, next_deadline
from rooms.domain.record import CLOCK
from rooms.domain.sight import OBSERVERS, THE_MODERATORS, Audience, members_of, visible

from .aside_play import (
    JPN_MFA,
    OF_CHINA,
    OF_JAPAN,
    PLENARY,
    PRC_MFA,
    ROK_MFA,
    all_met,
    asked,
    in_period,
    met,
    only,
)
from .play import CHINA, JAPAN, JAPAN_MOD, KOREA, M1, M2, MINUTE, NOON, OBSERVER, OUTSIDERS, SECOND, Session, cast_live

BOTH = (*OF_JAPAN, "ROK-MFA")
ALL_THREE = (*OF_JAPAN, *OF_CHINA, "ROK-MFA")
UP = NOON + 10 * MINUTE  # when the time of a caucus of these tests is up
LINE = "We agree on fuel."


@pytest.fixture
def period() -> Iterator[Session]:
    """An informal period runs; caucuses are announced, and the chair does not read them."""
    session = in_period(cast_live(**PLENARY))
    yield session
    session.read()


def readable() -> Session:
    return met(in_period(cast_live(**PLENARY, caucus_readable_by_chair=True)))


def seen(session: Session, audience: Audience) -> Caucus:
    """The one caucus, as an audience knows it."""
    [caucus] = fold(visible(session.entries, audience)).caucuses.known.values()
    return caucus


def said(caucus: Caucus) -> list[str]:
    return [one.text for one in caucus.messages]


# Talk


def test_members_talk_and_only_they_read_it(period: Session) -> None:
    met(period)
    name = only(period).id
    period.when(KOREA, SayInCaucus(name, "Psst."))
    period.then(SaidInCaucus(name, BOTH, False, f"{name}-1", KOREA, "ROK-MFA", "Psst."))
    period.done((JAPAN_MOD, SayInCaucus(name, "Go on.")))
    for member in (JPN_MFA, ROK_MFA):
        assert said(seen(period, member)) == ["Psst.", "Go on."]
    for outsider in (PRC_MFA, OBSERVERS, THE_MODERATORS, members_of("JPN")):
        assert (said(seen(period, outsider)), seen(period, outsider).said) == ([], 0)


def test_the_chair_reads_it_where_the_room_says_so() -> None:
    session = readable()
    session.done((KOREA, SayInCaucus(only(session).id, "Psst.")))
    assert said(seen(session, THE_MODERATORS)) == ["Psst."]
    assert said(seen(session, OBSERVERS)) == []


def test_who_is_not_in_it_says_nothing_there(period: Session) -> None:
    met(period)
    name = only(period).id
    period.when(CHINA, SayInCaucus(name, "Me too.")).refused("unknown_caucus")
    period.when(M1, SayInCaucus(name, "Well?")).refused("not_delegate")
    for person in OUTSIDERS:
        period.when(person, SayInCaucus(name, "Hello."))
        period.refused("not_admitted" if person == "waiting" else "not_delegate")


def test_of_a_seat_that_came_alone_the_own_delegation_reads_nothing(period: Session) -> None:
    period.done((JAPAN_MOD, ProposeCaucus(("ROK",), alone=True)))
    name = only(period).id
    period.done((KOREA, AcceptCaucus(name)), (JAPAN_MOD, SayInCaucus(name, "Between soldiers.")))
    assert said(seen(period, JPN_MFA)) == []
    period.when(JAPAN, SayInCaucus(name, "What?")).refused("unknown_caucus")


def test_nothing_is_said_without_words_before_it_begins_or_after_it(period: Session) -> None:
    asked(period)
    name = only(period).id
    period.when(JAPAN, SayInCaucus(name, "Early.")).refused("caucus_over")
    period.done((KOREA, AcceptCaucus(name)))
    period.when(JAPAN, SayInCaucus(name, "")).refused("text_needed")
    period.done((M1, CallBack(name)))
    period.when(JAPAN, SayInCaucus(name, "Late.")).refused("caucus_over")


def test_in_a_pause_nobody_talks_but_who_wants_may_leave(period: Session) -> None:
    met(period)
    name = only(period).id
    period.done((M1, room.PauseSession()))
    period.when(JAPAN, SayInCaucus(name, "Meanwhile.")).refused("paused")
    period.when(JAPAN, DraftReport(name, LINE)).refused("paused")
    period.when(M1, ExtendCaucus(5)).refused("paused")
    period.done((JAPAN, LeaveCaucus(name)))


def test_a_screen_holds_the_last_messages_and_the_count_goes_on(period: Session) -> None:
    met(period)
    name = only(period).id
    period.done(*[(JAPAN, SayInCaucus(name, f"Number {n}.")) for n in range(1, WINDOW + 2)])
    assert len(only(period).messages) == WINDOW
    assert only(period).messages[0].text == "Number 2."
    assert only(period).said == WINDOW + 1


# Time


def test_when_its_time_is_up_the_room_is_told_once_and_nothing_is_cut_off(period: Session) -> None:
    met(period)
    name = only(period).id
    assert next_deadline(period.state) == UP
    period.when(CLOCK, Tick(), at=UP - 1).then()
    period.when(CLOCK, Tick(), at=UP).then(CaucusTimeUp(name, BOTH, True))
    period.when(CLOCK, Tick(), at=UP + MINUTE).then()
    assert (only(period).status, only(period).time_up) == (IN_SESSION, True)
    assert seen(period, OBSERVERS).time_up
    period.done((JAPAN, SayInCaucus(name, "One more word.")))


def test_a_pause_is_not_counted(period: Session) -> None:
    met(period)
    period.done((M1, room.PauseSession()), at=NOON + MINUTE)
    assert next_deadline(period.state) is None
    period.when(CLOCK, Tick(), at=UP + MINUTE).then()
    period.done((M1, room.ResumeSession()), at=NOON + 4 * MINUTE)
    assert (only(period).began_at, only(period).ends_at) == (NOON + 3 * MINUTE, UP + 3 * MINUTE)
    period.when(CLOCK, Tick(), at=UP + 3 * MINUTE)
    assert only(period).time_up


def test_adjourned_it_goes_on_at_the_next_sitting_with_the_time_it_had_left(period: Session) -> None:
    met(period)
    name = only(period).id
    period.done((M1, adjourning.AdjournSession("Thursday")), at=NOON + MINUTE)
    period.when(JAPAN, SayInCaucus(name, "In the corridor.")).refused("adjourned")
    week = 7 * 24 * 60 * MINUTE
    period.done((M1, adjourning.ReconveneSession()), at=NOON + MINUTE + week)
    assert (only(period).status, only(period).ends_at) == (IN_SESSION, UP + week)


def test_the_chair_extends_one_or_all(period: Session) -> None:
    met(period).done((M1, ConveneCaucus(("PRC", "ROK"))))
    first, second = period.state.caucuses.known
    period.when(M2, ExtendCaucus(5, first)).then(CaucusExtended(first, BOTH, True, 5, UP + 5 * MINUTE))
    period.when(M1, ExtendCaucus(2))
    assert [(one.caucus, one.ends_at) for one in period.new] == [(first, UP + 7 * MINUTE), (second, UP + 2 * MINUTE)]


def test_what_is_over_its_time_is_extended_from_now(period: Session) -> None:
    met(period)
    period.done((CLOCK, Tick()), at=UP)
    period.done((M1, ExtendCaucus(5)), at=UP + 30 * SECOND)
    assert (only(period).time_up, only(period).ends_at) == (False, UP + 5 * MINUTE + 30 * SECOND)
    assert next_deadline(period.state) == UP + 5 * MINUTE + 30 * SECOND


@pytest.mark.parametrize("minutes", [0, -1, 121])
def test_one_to_a_hundred_and_twenty_minutes_are_added(period: Session, minutes: int) -> None:
    met(period).when(M1, ExtendCaucus(minutes)).refused("minutes_range")


# Its end


def test_the_chair_calls_one_back_or_all_also_in_a_pause(period: Session) -> None:
    met(period).done((M1, ConveneCaucus(("PRC", "ROK"))))
    first, second = period.state.caucuses.known
    period.when(M1, CallBack(first)).then(CaucusClosed(first, BOTH, True, "called back"))
    period.done((M1, room.PauseSession()), at=NOON + MINUTE)
    period.when(M1, CallBack(), at=NOON + 9 * MINUTE)
    period.then(CaucusClosed(second, (*OF_CHINA, "ROK-MFA"), True, "called back"))
    assert period.state.caucuses.known[second].ended_at == NOON + MINUTE, "the clock stood"
    assert {one.status for one in period.state.caucuses.known.values()} == {CLOSED}


@pytest.mark.parametrize("command", [ExtendCaucus(5), CallBack(), Broadcast("Five minutes.")])
def test_without_a_caucus_there_is_nothing_to_extend_call_back_or_address(period: Session, command: Any) -> None:
    period.when(M1, command).refused("no_caucus")
    asked(period)
    period.when(M1, command).refused("no_caucus")


@pytest.mark.parametrize("command", [ExtendCaucus(5, "never-was"), CallBack("never-was")])
def test_what_never_was_is_neither_extended_nor_called_back(period: Session, command: Any) -> None:
    met(period).when(M1, command).refused("unknown_caucus")


def test_what_is_over_is_neither_extended_nor_called_back(period: Session) -> None:
    met(period).done((M1, CallBack()))
    name = only(period).id
    for command in (ExtendCaucus(5, name), CallBack(name)):
        period.when(M1, command).refused("caucus_over")


@pytest.mark.parametrize("command", [ExtendCaucus(5), CallBack(), Broadcast("All of you.")])
@pytest.mark.parametrize("person", [JAPAN, OBSERVER])
def test_only_the_chair_extends_calls_back_and_addresses_all(period: Session, command: Any, person: str) -> None:
    met(period).when(person, command).refused("not_moderator")


def test_of_three_one_leaves_and_the_others_go_on(period: Session) -> None:
    all_met(period)
    name = only(period).id
    period.done((JAPAN, SayInCaucus(name, "Before.")))
    period.when(KOREA, LeaveCaucus(name)).then(CaucusLeft(name, ALL_THREE, True, "ROK"))
    assert (only(period).status, only(period).delegations, only(period).left) == (IN_SESSION, ("JPN", "PRC"), ("ROK",))
    period.done((CHINA, SayInCaucus(name, "Afterwards.")))
    assert said(seen(period, ROK_MFA)) == ["Before."], "who left reads what was said until then"
    period.when(KOREA, SayInCaucus(name, "Wait!")).refused("unknown_caucus")


def test_of_two_one_leaves_and_it_is_closed(period: Session) -> None:
    met(period)
    name = only(period).id
    period.when(JAPAN_MOD, LeaveCaucus(name)).then(CaucusClosed(name, BOTH, True, "left"))
    period.when(JAPAN, LeaveCaucus(name)).refused("caucus_over")
    period.when(CHINA, LeaveCaucus(name)).refused("unknown_caucus")


# The chair's broadcast


def test_the_chair_speaks_into_all_caucuses_and_each_hears_it_by_itself(period: Session) -> None:
    met(period).done((M1, ConveneCaucus(("PRC", "ROK"))))
    first, second = period.state.caucuses.known
    period.when(M1, Broadcast("Five minutes."))
    seal = period.new[0].broadcast
    period.then(
        BroadcastMade(seal, first, BOTH, M1, "Five minutes."),
        BroadcastMade(seal, second, (*OF_CHINA, "ROK-MFA"), M1, "Five minutes."),
    )
    heard = {one.name: fold(visible(period.entries, one)).caucuses.known for one in (JPN_MFA, PRC_MFA, ROK_MFA)}
    assert [said(heard[JPN_MFA.name][one]) for one in (first, second)] == [["Five minutes."], []]
    assert [said(heard[PRC_MFA.name][one]) for one in (first, second)] == [[], ["Five minutes."]]
    assert [said(heard[ROK_MFA.name][one]) for one in (first, second)] == [["Five minutes."]] * 2
    assert not any(BroadcastMade is type(one.event) for one in visible(period.entries, OBSERVERS))


def test_the_chair_says_nothing_without_words(period: Session) -> None:
    met(period).when(M1, Broadcast("")).refused("text_needed")


def test_the_chair_speaks_into_caucuses_in_a_pause_too(period: Session) -> None:
    met(period).done((M1, room.PauseSession()), (M1, Broadcast("Stay where you are.")))
    assert only(period).messages[-1].seat == ""


# The line that is brought back


def test_a_line_is_the_caucuss_when_all_its_delegations_agree(period: Session) -> None:
    all_met(period)
    name = only(period).id
    period.when(JAPAN, DraftReport(name, LINE)).then(ReportDrafted(name, ALL_THREE, False, "JPN", LINE))
    period.when(JAPAN_MOD, AgreeReport(name, 1)).then()
    period.when(KOREA, AgreeReport(name, 1)).then(ReportAgreed(name, ALL_THREE, False, "ROK"))
    assert not only(period).reported
    period.when(CHINA, AgreeReport(name, 1), at=NOON + MINUTE)
    period.then(
        ReportAgreed(name, ALL_THREE, False, "PRC"),
        CaucusReported("s1", name, ("JPN", "PRC", "ROK"), LINE, "added-1"),
    )
    reported = period.state.floor.transcript[-1]
    assert (reported.kind, reported.of, reported.text) == ("report", ("JPN", "PRC", "ROK"), LINE)
    assert (reported.person, reported.seat, reported.delegation) == ("", "", "")
    assert fold(visible(period.entries, OBSERVERS)).floor.transcript[-1] == reported
    assert (only(period).status, only(period).reported) == (IN_SESSION, True)


def test_what_a_caucus_brought_back_nobody_withdraws_alone(period: Session) -> None:
    met(period)
    name = only(period).id
    period.done((JAPAN, DraftReport(name, LINE)), (KOREA, AgreeReport(name)))
    for person in (M1, JAPAN, KOREA):
        period.when(person, statements.WithdrawStatement("s1")).refused("not_yours")


def test_nobody_outside_knows_what_is_drafted(period: Session) -> None:
    met(period)
    period.done((JAPAN, DraftReport(only(period).id, LINE)))
    report = seen(period, ROK_MFA).report
    assert report is not None
    assert report.text == LINE
    for outsider in (PRC_MFA, OBSERVERS, THE_MODERATORS):
        assert seen(period, outsider).report is None


def test_a_new_draft_replaces_the_old_one_and_nobody_agrees_to_words_unseen(period: Session) -> None:
    all_met(period)
    name = only(period).id
    period.done((JAPAN, DraftReport(name, LINE)), (KOREA, AgreeReport(name, 1)))
    period.done((CHINA, DraftReport(name, "We agree on fuel and food.")))
    report = only(period).report
    assert report is not None
    assert (report.by, report.agreed, report.number) == ("PRC", ("PRC",), 2)
    period.when(KOREA, AgreeReport(name, 1)).refused("changed_meanwhile")
    period.done((KOREA, AgreeReport(name, 2)), (JAPAN, AgreeReport(name)))
    assert period.state.floor.transcript[-1].text == "We agree on fuel and food."


def test_the_same_words_once_more_are_agreement(period: Session) -> None:
    met(period)
    name = only(period).id
    period.done((JAPAN, DraftReport(name, LINE)))
    period.when(JAPAN_MOD, DraftReport(name, LINE)).then()
    period.when(KOREA, DraftReport(name, LINE))
    assert only(period).reported


def test_who_left_need_not_agree_and_the_rest_bring_it_back(period: Session) -> None:
    all_met(period)
    name = only(period).id
    period.done((JAPAN, DraftReport(name, LINE)), (KOREA, AgreeReport(name)), (CHINA, LeaveCaucus(name)))
    period.when(CHINA, AgreeReport(name)).refused("unknown_caucus")
    period.when(JAPAN, AgreeReport(name, 1)).then(CaucusReported("s1", name, ("JPN", "ROK"), LINE, "added-1"))


def test_a_caucus_that_is_over_still_reports_in_the_next_item(period: Session) -> None:
    met(period)
    name = only(period).id
    period.done((M1, agenda.StartItem("i3", "added-1")), (JAPAN, DraftReport(name, LINE)))
    period.when(KOREA, AgreeReport(name))
    assert period.new[-1] == CaucusReported("s1", name, ("JPN", "ROK"), LINE, "i3")
    assert period.entries[-1].attribution == "off_the_record"


def test_between_items_it_reports_outside_any(period: Session) -> None:
    met(period).done((M1, agenda.EndItem("added-1")))
    name = only(period).id
    period.done((JAPAN, DraftReport(name, LINE)), (KOREA, AgreeReport(name)))
    assert period.state.floor.transcript[-1].item == ""


def test_a_caucus_reports_to_the_whole_table_not_to_an_officials_session(period: Session) -> None:
    met(period)
    name = only(period).id
    period.done((JAPAN, DraftReport(name, LINE)), (M1, agenda.AddItem("Apart", "officials", 10)))
    period.done((M1, agenda.StartItem("added-2", "added-1")))
    assert floor.is_restricted(period.state)
    period.when(KOREA, AgreeReport(name)).refused("officials_apart")
    period.done((M1, agenda.EndItem("added-2")), (KOREA, AgreeReport(name)))


def test_what_is_not_so_is_not_reported(period: Session) -> None:
    asked(period)
    name = only(period).id
    period.when(JAPAN, DraftReport(name, LINE)).refused("caucus_over")
    period.done((KOREA, AcceptCaucus(name)))
    period.when(JAPAN, DraftReport(name, "")).refused("text_needed")
    period.when(KOREA, AgreeReport(name)).refused("no_report")
    period.when(CHINA, DraftReport(name, LINE)).refused("unknown_caucus")
    period.when(M1, DraftReport(name, LINE)).refused("not_delegate")
    period.done((JAPAN, DraftReport(name, LINE)), (KOREA, AgreeReport(name)))
    period.when(JAPAN, DraftReport(name, "And another thing.")).refused("already_reported")
    period.when(KOREA, AgreeReport(name)).refused("already_reported")


def test_after_the_session_nobody_talks_agrees_leaves_or_is_called_back(period: Session) -> None:
    met(period)
    name = only(period).id
    period.done((JAPAN, DraftReport(name, LINE)), (M1, room.CloseSession()))
    for command in (SayInCaucus(name, "So."), DraftReport(name, "More."), AgreeReport(name), LeaveCaucus(name)):
        period.when(KOREA, command).refused("closed")
    for by_chair in (ExtendCaucus(5), CallBack(), Broadcast("Home.")):
        period.when(M1, by_chair).refused("closed")
