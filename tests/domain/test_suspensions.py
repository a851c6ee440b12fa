"""Suspending an item and going on with it."""

import pytest

from rooms.domain import floor, room, speakers, statements
from rooms.domain.agenda import (
    EndItem,
    ExtendItem,
    ItemEnded,
    ItemSkipped,
    ItemStarted,
    ItemTimeUp,
    MoveItem,
    SkipItem,
    StartItem,
)
from rooms.domain.fold import Tick, next_deadline
from rooms.domain.items import Item
from rooms.domain.record import CLOCK
from rooms.domain.suspensions import ItemResumed, ItemSuspended, SuspendItem

from .play import CHINA, JAPAN, KOREA, M1, M2, MINUTE, NOON, SECOND, Session, running, speaking


def item(session: Session, item_id: str = "i1") -> Item:
    found = session.state.agenda.item(item_id)
    assert found is not None
    return found


def suspended(session: Session, item_id: str = "i1", after: int = 2 * MINUTE) -> Session:
    """An item of five minutes that was suspended after two."""
    return running(session, item_id).done((M1, SuspendItem(item_id, "Lunch")), at=NOON + after)


def test_a_suspended_item_keeps_the_time_it_has_left(session: Session) -> None:
    running(session, "i1").when(M1, SuspendItem("i1", "Lunch"), NOON + 2 * MINUTE)
    session.then(ItemSuspended("i1", "Lunch", 3 * MINUTE))
    assert (item(session).status, item(session).note, item(session).left_ms) == ("suspended", "Lunch", 3 * MINUTE)
    assert session.state.agenda.running is None
    session.when(M1, StartItem("i1"), NOON + 60 * MINUTE).then(ItemResumed("i1", 3 * MINUTE, NOON + 63 * MINUTE))
    assert (item(session).status, item(session).note, item(session).ends_at) == ("running", "", NOON + 63 * MINUTE)


def test_a_reason_for_suspending_is_welcome_but_not_needed(session: Session) -> None:
    running(session, "i1").when(M1, SuspendItem("i1")).then(ItemSuspended("i1", "", 5 * MINUTE))


def test_suspending_ends_the_speech_and_clears_the_list_as_at_the_end(session: Session) -> None:
    running(session, "i1")
    speaking(session).done((CHINA, speakers.AskForFloor()), (KOREA, speakers.AskForFloor()))
    session.when(M1, SuspendItem("i1"), NOON + SECOND).then(
        floor.SpeechEnded("r1", "JPN", "item ended", SECOND),
        speakers.RequestWithdrawn("r2", by_chair=True),
        speakers.RequestWithdrawn("r3", by_chair=True),
        ItemSuspended("i1", "", 5 * MINUTE - SECOND),
    )


def test_another_item_runs_meanwhile_and_ends_when_the_suspended_one_goes_on(session: Session) -> None:
    suspended(session)
    session.when(M1, StartItem("i3"), NOON + 3 * MINUTE).then(ItemStarted("i3", NOON + 18 * MINUTE))
    session.when(M1, StartItem("i1", seen="i3"), NOON + 10 * MINUTE)
    session.then(ItemEnded("i3"), ItemResumed("i1", 3 * MINUTE, NOON + 13 * MINUTE))


def test_several_items_can_be_suspended(session: Session) -> None:
    suspended(session).done((M1, StartItem("i3")), (M1, SuspendItem("i3")))
    assert [one.id for one in session.state.agenda.suspended] == ["i1", "i3"]


def test_actual_time_counts_all_running_stretches_but_neither_suspension_nor_pause(session: Session) -> None:
    suspended(session)
    session.done((M1, StartItem("i1")), at=NOON + 30 * MINUTE)
    session.done((M1, room.PauseSession()), at=NOON + 31 * MINUTE)
    session.done((M1, room.ResumeSession()), at=NOON + 41 * MINUTE)
    session.done((M1, SuspendItem("i1")), at=NOON + 42 * MINUTE)
    assert (item(session).ran_ms, item(session).left_ms, item(session).spent_ms) == (4 * MINUTE, MINUTE, 4 * MINUTE)
    session.done((M1, StartItem("i1")), at=NOON + 50 * MINUTE)
    session.done((M1, EndItem("i1")), at=NOON + 50 * MINUTE + 30 * SECOND)
    assert item(session).spent_ms == 4 * MINUTE + 30 * SECOND
    assert item(session).began_at == NOON


def test_time_that_had_run_out_is_still_out_afterwards(session: Session) -> None:
    running(session, "i1").done((CLOCK, Tick()), at=NOON + 5 * MINUTE)
    session.when(M1, SuspendItem("i1"), NOON + 6 * MINUTE).then(ItemSuspended("i1", "", -MINUTE))
    session.when(M1, StartItem("i1"), NOON + 9 * MINUTE).then(ItemResumed("i1", -MINUTE, NOON + 8 * MINUTE))
    session.when(CLOCK, Tick(), NOON + 10 * MINUTE).then()
    assert item(session).time_up
    session.done((M1, ExtendItem("i1", 2)))
    assert next_deadline(session.state) == NOON + 12 * MINUTE


def test_no_clock_of_a_suspended_item_runs(session: Session) -> None:
    suspended(session)
    assert next_deadline(session.state) is None
    session.when(CLOCK, Tick(), NOON + 60 * MINUTE).then()
    session.done((M1, StartItem("i1")), at=NOON + 60 * MINUTE)
    session.when(CLOCK, Tick(), NOON + 63 * MINUTE).then(ItemTimeUp("i1"))


def test_only_the_running_item_is_suspended(session: Session) -> None:
    session.when(M1, SuspendItem("i1")).refused("not_running")
    suspended(session).when(M2, SuspendItem("i1")).refused("not_running")
    session.when(M1, SuspendItem("nowhere")).refused("not_running")


def test_a_suspended_item_is_neither_extended_nor_moved(session: Session) -> None:
    suspended(session).when(M1, ExtendItem("i1", 5)).refused("not_running")
    session.when(M1, MoveItem("i1")).refused("item_not_planned")
    session.when(M1, MoveItem("i3", "i1")).refused("item_not_planned")


def test_a_suspended_item_is_ended_for_good(session: Session) -> None:
    suspended(session).when(M1, EndItem("i1"), NOON + 20 * MINUTE).then(ItemEnded("i1"))
    assert (item(session).status, item(session).spent_ms) == ("done", 2 * MINUTE)
    session.when(M1, StartItem("i1")).refused("item_not_planned")


def test_ending_a_suspended_item_leaves_the_running_one_alone(session: Session) -> None:
    suspended(session)
    speaking(running(session, "i3")).when(M1, EndItem("i1")).then(ItemEnded("i1"))
    assert item(session, "i3").status == "running"
    assert session.state.floor.speech is not None


def test_a_suspended_item_is_broken_off_with_a_reason(session: Session) -> None:
    suspended(session).when(M1, SkipItem("i1", "")).refused("reason_needed")
    session.when(M1, SkipItem("i1", "We heard enough")).then(ItemSkipped("i1", "We heard enough"))
    assert (item(session).status, item(session).spent_ms) == ("skipped", 2 * MINUTE)
    session.when(M1, StartItem("i1")).refused("item_not_planned")


def test_what_is_suspended_comes_up_again_when_nothing_else_is_planned(session: Session) -> None:
    suspended(session)
    assert session.state.agenda.next == item(session, "i2")
    session.done(*((M1, SkipItem(one, "Time")) for one in ("i2", "i3", "i4", "i5")))
    assert session.state.agenda.next == item(session, "i1")


def test_closing_the_session_ends_what_is_suspended_too(session: Session) -> None:
    suspended(session)
    running(session, "i3").when(M1, room.CloseSession())
    session.then(ItemEnded("i3"), ItemEnded("i1"), room.SessionClosed(""))


@pytest.mark.parametrize("command", [SuspendItem("i1"), StartItem("i1")])
def test_nothing_is_suspended_or_gone_on_with_in_a_pause(session: Session, command: object) -> None:
    if isinstance(command, StartItem):
        suspended(session)
    else:
        running(session, "i1")
    session.done((M1, room.PauseSession())).when(M1, command).refused("paused")


def test_two_moderators_who_go_on_with_it_at_once_do_not_end_it(session: Session) -> None:
    suspended(session).done((M1, StartItem("i1")))
    session.when(M2, StartItem("i1")).refused("changed_meanwhile")


def test_nobody_but_a_moderator_suspends(session: Session) -> None:
    running(session, "i1").when(JAPAN, SuspendItem("i1")).refused("not_moderator")


def test_what_is_said_in_both_stretches_belongs_to_the_item(session: Session) -> None:
    running(session, "i1").done((M1, statements.ChairStatement("Before.")), (M1, SuspendItem("i1")))
    session.done((M1, statements.ChairStatement("Meanwhile.")))
    running(session, "i1").done((M1, statements.ChairStatement("After.")))
    assert [one.item for one in session.state.floor.transcript] == ["i1", "", "i1"]
