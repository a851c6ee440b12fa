"""The agenda: one item runs at a time; the chair starts, ends, extends, skips, adds and moves."""

import pytest

from rooms.domain import adjourning, floor, room, speakers, statements, texts
from rooms.domain.agenda import (
    AddItem,
    EndItem,
    ExtendItem,
    ItemAdded,
    ItemEnded,
    ItemExtended,
    ItemMoved,
    ItemSkipped,
    ItemStarted,
    ItemTimeUp,
    MoveItem,
    SkipItem,
    StartItem,
)
from rooms.domain.fold import EVENTS, HEARD, Tick, next_deadline
from rooms.domain.ground_rules import rule_in_force
from rooms.domain.items import KINDS, item_from
from rooms.domain.record import CLOCK

from .play import CHINA, JAPAN, JAPAN_MOD, KOREA, M1, M2, MINUTE, NOON, SECOND, Session, running, speaking


def order(session: Session) -> list[str]:
    return [item.id for item in session.state.agenda.items]


def status(session: Session, item_id: str) -> str:
    item = session.state.agenda.item(item_id)
    assert item is not None
    return item.status


def test_an_item_starts_with_its_planned_minutes(session: Session) -> None:
    session.when(M1, StartItem("i1")).then(ItemStarted("i1", NOON + 5 * MINUTE))
    item = session.state.agenda.running
    assert item is not None
    assert (item.id, item.started_at, item.ends_at) == ("i1", NOON, NOON + 5 * MINUTE)
    assert session.state.agenda.next is not None
    assert session.state.agenda.next.id == "i2"


def test_starting_another_item_ends_the_running_one_its_speech_and_its_list(session: Session) -> None:
    running(session, "i1")
    speaking(session).done((CHINA, speakers.AskForFloor()), (KOREA, speakers.AskForFloor()))
    session.when(M1, StartItem("i3", seen="i1"), NOON + 2 * SECOND).then(
        floor.SpeechEnded("r1", "JPN", "item ended", 2 * SECOND),
        speakers.RequestWithdrawn("r2", by_chair=True),
        speakers.RequestWithdrawn("r3", by_chair=True),
        ItemEnded("i1"),
        ItemStarted("i3", NOON + 2 * SECOND + 15 * MINUTE),
    )
    assert (session.state.floor.speech, session.state.floor.queue) == (None, ())
    assert status(session, "i1") == "done"


def test_of_two_moderators_who_start_an_item_at_once_the_second_is_told(session: Session) -> None:
    session.when(M1, StartItem("i1")).then(ItemStarted("i1", NOON + 5 * MINUTE))
    assert "Item i1" in session.when(M2, StartItem("i2")).refused("changed_meanwhile").message
    session.done((M1, EndItem("i1")))
    assert "no item runs" in session.when(M2, StartItem("i2", seen="i1")).refused("changed_meanwhile").message


@pytest.mark.parametrize("command", [StartItem("x"), SkipItem("x", "Time"), MoveItem("x"), MoveItem("i1", "x")])
def test_an_item_that_is_not_on_the_agenda_is_refused(session: Session, command: object) -> None:
    session.when(M1, command).refused("unknown_item")


def test_only_planned_items_are_started_skipped_and_moved(session: Session) -> None:
    running(session, "i1").done((M1, SkipItem("i2", "No time")))
    for item in ("i1", "i2"):
        for command in (StartItem(item, seen="i1"), SkipItem(item, "Time"), MoveItem(item), MoveItem("i3", item)):
            session.when(M1, command).refused("item_not_planned")


def test_drafting_puts_a_text_on_the_table(session: Session) -> None:
    session.when(M1, StartItem("i4"))
    session.then(ItemStarted("i4", NOON + 20 * MINUTE), texts.DocumentOpened("d1", "Joint text"))


def test_drafting_goes_on_with_a_text_that_is_already_open(session: Session) -> None:
    session.done((M1, texts.OpenDocument("Mine")))
    session.when(M1, StartItem("i4")).then(ItemStarted("i4", NOON + 20 * MINUTE))


def test_the_chair_ends_an_item_without_starting_another(session: Session) -> None:
    running(session, "i1")
    speaking(session)
    session.when(M1, EndItem("i1"), NOON + SECOND)
    session.then(floor.SpeechEnded("r1", "JPN", "item ended", SECOND), ItemEnded("i1"))
    assert session.state.agenda.running is None


def test_an_item_that_does_not_run_is_neither_ended_nor_extended(session: Session) -> None:
    session.when(M1, EndItem("i1")).refused("not_running")
    running(session, "i1")
    session.when(M1, EndItem("i2")).refused("not_running")
    session.when(M1, ExtendItem("i2", 5)).refused("not_running")
    session.done((M1, EndItem("i1"))).when(M2, EndItem("i1")).refused("not_running")


def test_the_clock_tells_once_that_the_time_of_an_item_is_up(session: Session) -> None:
    running(session, "i1")
    assert next_deadline(session.state) == NOON + 5 * MINUTE
    session.when(CLOCK, Tick(), NOON + 5 * MINUTE - 1).then()
    session.when(CLOCK, Tick(), NOON + 5 * MINUTE).then(ItemTimeUp("i1"))
    session.when(CLOCK, Tick(), NOON + 6 * MINUTE).then()
    assert status(session, "i1") == "running", "the chair decides, not the clock"
    assert next_deadline(session.state) is None


def test_nobody_but_the_clock_says_that_time_is_up(session: Session) -> None:
    running(session, "i1").when(M1, Tick(), NOON + 9 * MINUTE).then()


def test_an_item_is_extended_from_its_end_or_from_now_if_its_time_is_up(session: Session) -> None:
    running(session, "i1")
    session.when(M1, ExtendItem("i1", 3), NOON + MINUTE).then(ItemExtended("i1", 3, NOON + 8 * MINUTE))
    session.when(CLOCK, Tick(), NOON + 8 * MINUTE)
    session.when(M1, ExtendItem("i1", 2), NOON + 10 * MINUTE).then(ItemExtended("i1", 2, NOON + 12 * MINUTE))
    session.when(CLOCK, Tick(), NOON + 12 * MINUTE).then(ItemTimeUp("i1"))


@pytest.mark.parametrize("minutes", [-1, 0, 121])
def test_an_item_is_extended_by_one_minute_to_two_hours(session: Session, minutes: int) -> None:
    running(session, "i1").when(M1, ExtendItem("i1", minutes)).refused("minutes_range")
    session.done((M1, ExtendItem("i1", 1)), (M1, ExtendItem("i1", 120)))


def test_an_item_is_skipped_with_a_reason(session: Session) -> None:
    assert session.when(M1, SkipItem("i2", "")).refused("reason_needed").data == {"field": "reason"}
    session.when(M1, SkipItem("i2", "No time")).then(ItemSkipped("i2", "No time"))
    item = session.state.agenda.item("i2")
    assert item is not None
    assert (item.status, item.note) == ("skipped", "No time")


def test_the_chair_adds_items_at_the_end(session: Session) -> None:
    session.when(M1, AddItem("Coffee", "informal", 10))
    session.then(ItemAdded({"id": "added-1", "title": "Coffee", "kind": "informal", "minutes": 10}))
    session.done((M2, AddItem("Hot wash", "hot_wash", 240)))
    assert order(session) == ["i1", "i2", "i3", "i4", "i5", "added-1", "added-2"]
    session.when(M1, StartItem("added-1")).then(ItemStarted("added-1", NOON + 10 * MINUTE))


def test_an_added_item_needs_a_kind_a_title_and_minutes(session: Session) -> None:
    session.when(M1, AddItem("Coffee", "party", 10)).refused("unknown_kind")
    session.when(M1, AddItem("", "informal", 10)).refused("title_needed")
    for minutes in (0, 241):
        session.when(M1, AddItem("Coffee", "informal", minutes)).refused("minutes_range")


def test_an_added_item_may_have_a_rule_and_speakers_of_its_own(session: Session) -> None:
    session.when(M1, AddItem("Frank words", "discussion", 10, "off_the_record", ("MFA", "EXP")))
    [event] = session.new
    assert (event.item["attribution"], event.item["may_speak"]) == ("off_the_record", ("MFA", "EXP"))
    running(session, "added-1").when(JAPAN_MOD, speakers.AskForFloor()).refused("seat_kind")
    assert rule_in_force(session.state) == "off_the_record"


def test_the_rule_and_the_speakers_of_an_added_item_are_known_ones(session: Session) -> None:
    refusal = session.when(M1, AddItem("More", "discussion", 10, "whispering")).refused("unknown_rule")
    assert refusal.data == {"field": "attribution"}
    refusal = session.when(M1, AddItem("More", "discussion", 10, "", ("KING",))).refused("unknown_seat_kind")
    assert refusal.data == {"field": "may_speak"}


def test_an_officials_session_is_the_officials(session: Session) -> None:
    for chosen in (("EXP",), ("MFA",), ("MFA", "MOD", "MIL", "EXP")):
        session.when(M1, AddItem("Apart", "officials", 10, "", chosen)).refused("officials_only")
    session.done(
        (M1, AddItem("Apart", "officials", 10)), (M1, AddItem("Apart", "officials", 10, "", ("MIL", "MFA", "MOD")))
    )
    assert all(set(item.may_speak) == {"MFA", "MOD", "MIL"} for item in session.state.agenda.items[-2:])


@pytest.mark.parametrize("forgotten", [[], ["EXP"], ["EXP", "MFA", "MIL"]])
def test_an_officials_session_admits_no_expert_whatever_the_scenario_says(forgotten: list[str]) -> None:
    item = item_from({"id": "i", "title": "T", "kind": "officials", "minutes": 5, "may_speak": forgotten})
    assert set(item.may_speak) <= {"MFA", "MOD", "MIL"}
    assert item.may_speak


def test_when_each_item_was_planned_to_begin_is_kept_as_the_session_begins(lobby: Session) -> None:
    lobby.done((M1, SkipItem("i2", "No time")), (M1, MoveItem("i5", before="i3")))
    lobby.done((M1, room.StartSession()), at=NOON + MINUTE)
    planned = {item.id: item.planned_at for item in lobby.state.agenda.items}
    minutes = {"i1": 1, "i2": None, "i5": 6, "i3": 11, "i4": 26}
    assert planned == {key: None if one is None else NOON + one * MINUTE for key, one in minutes.items()}
    assert lobby.state.agenda.plan_ends_at == NOON + 46 * MINUTE
    lobby.done((M1, AddItem("Coffee", "informal", 10)), (M1, SkipItem("i3", "No time")))
    assert lobby.state.agenda.plan_ends_at == NOON + 46 * MINUTE, "the plan is what was announced"


def test_an_adjourned_session_is_planned_on_from_where_it_stood(session: Session) -> None:
    running(session, "i1").done((M1, adjourning.AdjournSession("Thursday")), at=NOON + 2 * MINUTE)
    session.done((M1, adjourning.ReconveneSession()), at=NOON + 1002 * MINUTE)
    planned = [item.planned_at for item in session.state.agenda.items[:2]]
    assert planned == [NOON, NOON + 1005 * MINUTE], "what has begun was to begin when it did"
    assert session.state.agenda.plan_ends_at == NOON + 1055 * MINUTE


def test_extensions_add_up(session: Session) -> None:
    running(session, "i1").done((M1, ExtendItem("i1", 5)), (M1, ExtendItem("i1", 3)))
    assert session.state.agenda.running is not None
    assert session.state.agenda.running.extended == 8


def test_what_one_matter_hears_of_another_is_called_by_its_stored_name() -> None:
    assert set(HEARD) <= set(EVENTS)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_item_can_be_added(lobby: Session, kind: str) -> None:
    lobby.when(M1, AddItem("Another", kind, 1))
    assert lobby.state.agenda.items[-1].kind == kind


def test_planned_items_are_moved_before_another_or_to_the_end(lobby: Session) -> None:
    lobby.when(M1, MoveItem("i4", before="i2")).then(ItemMoved("i4", "i2"))
    assert order(lobby) == ["i1", "i4", "i2", "i3", "i5"]
    lobby.when(M1, MoveItem("i1")).then(ItemMoved("i1", ""))
    assert order(lobby) == ["i4", "i2", "i3", "i5", "i1"]
    lobby.when(M1, MoveItem("i2", before="i2")).then()


def test_the_agenda_is_prepared_in_the_lobby_but_nothing_runs_there(lobby: Session) -> None:
    lobby.done((M1, SkipItem("i2", "No time")), (M1, AddItem("Coffee", "informal", 10)))
    for command in (StartItem("i1"), EndItem("i1"), ExtendItem("i1", 5)):
        lobby.when(M1, command).refused("not_started")


def test_nothing_is_started_ended_or_extended_in_a_pause(session: Session) -> None:
    running(session, "i1").done((M1, room.PauseSession()))
    for command in (StartItem("i2", seen="i1"), EndItem("i1"), ExtendItem("i1", 5)):
        session.when(M1, command).refused("paused")


def test_an_items_own_attribution_rule_holds_while_it_runs(session: Session) -> None:
    assert rule_in_force(session.state) == "chatham_house"
    running(session, "i3").done((M1, statements.ChairStatement("Speak freely.")))
    assert rule_in_force(session.state) == session.entries[-1].attribution == "off_the_record"
    running(session, "i5")
    assert rule_in_force(session.state) == "chatham_house"


def test_what_was_said_belongs_to_the_item_that_ran(session: Session) -> None:
    running(session, "i3")
    speaking(session).done((JAPAN, statements.MakeStatement("Here.")), (M1, EndItem("i3")))
    session.done((M1, statements.ChairStatement("Between items.")))
    assert [one.item for one in session.state.floor.transcript] == ["i3", ""]
