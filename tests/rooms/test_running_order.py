"""The agenda on the screens: planned against actual time, the forecast, the round of presenters, rules to come.

No test here has a database: what is shown is a function of what has happened.
"""

import re

from rooms import panels, running_order
from rooms.domain import adjourning, floor, room
from rooms.domain.agenda import AddItem, EndItem, ExtendItem, SkipItem, StartItem
from rooms.domain.fold import Tick, fold
from rooms.domain.ground_rules import SetAttribution
from rooms.domain.items import KINDS
from rooms.domain.record import CLOCK
from rooms.domain.rotation import MovePresenter, NextPresenter, PassPresenter
from rooms.domain.sight import OBSERVERS, THE_MODERATORS, Audience, visible
from rooms.domain.suspensions import SuspendItem
from rooms.running_order import PURPOSES, Ahead
from tests.domain.play import JAPAN, M1, MINUTE, NOON, SECOND, Session, cast_joined, cast_live, running

# The agenda of the stage: 5, 10, 15, 20 and 5 minutes, so that a session that begins at noon ends at 12:55.
END = NOON + 55 * MINUTE


def ahead(session: Session) -> Ahead:
    found = running_order.forecast(session.state)
    assert found is not None
    return found


def done_at(what: Ahead, now: int) -> int:
    """The instant at which it is done, as a browser adds it up (static/rooms/ahead.js)."""
    held = 0
    if what.running_ends_at is not None:
        held = max(0, what.running_ends_at - (now if what.paused_at is None else what.paused_at))
    return now + held + what.rest_ms


def painted(session: Session, screen: str, panel: str, audience: Audience = OBSERVERS) -> str:
    view = fold(visible(session.entries, audience))
    return panels.paint(screen, audience, view, {})[panel]


def agenda_of_the_chair(session: Session) -> str:
    return painted(session, "moderator", "agenda", THE_MODERATORS)


# The forecast


def test_before_the_session_there_is_a_length_and_no_end() -> None:
    lobby = cast_joined()
    assert running_order.forecast(lobby.state) is None
    assert "55 min planned" in painted(lobby, "observer", "agenda")


def test_while_an_item_runs_within_its_time_the_end_is_an_instant() -> None:
    session = running(cast_live(), "i1")
    assert (ahead(session).at, ahead(session).late_minutes) == (END, 0)
    assert done_at(ahead(session), NOON) == done_at(ahead(session), NOON + 4 * MINUTE) == END
    assert "ends about 12:55, on time" in agenda_of_the_chair(session)


def test_an_extension_an_added_item_and_one_left_out_move_the_end() -> None:
    session = running(cast_live(), "i1").done((M1, ExtendItem("i1", 5)))
    assert (ahead(session).at, ahead(session).late_minutes) == (END + 5 * MINUTE, 5)
    assert "ends about 13:00, 5 min late" in agenda_of_the_chair(session)
    session.done((M1, AddItem("Coffee", "informal", 10)), (M1, SkipItem("i4", "No time")))
    assert ahead(session).late_minutes == -5
    assert "ends about 12:50, 5 min early" in agenda_of_the_chair(session)


def test_while_nothing_runs_the_end_moves_with_the_time_of_day() -> None:
    session = cast_live()
    assert (ahead(session).at, ahead(session).late_minutes) == (None, None)
    assert done_at(ahead(session), NOON + 6 * MINUTE) == END + 6 * MINUTE
    assert "about 55 min to come" in agenda_of_the_chair(session)


def test_an_item_that_runs_over_holds_nothing_up_but_itself() -> None:
    session = running(cast_live(), "i1").done((CLOCK, Tick()), at=NOON + 5 * MINUTE)
    assert ahead(session).at is None
    assert done_at(ahead(session), NOON + 8 * MINUTE) == END + 3 * MINUTE
    assert "about 50 min to come" in agenda_of_the_chair(session)


def test_in_a_pause_the_running_item_keeps_what_it_has_left() -> None:
    session = running(cast_live(), "i1").done((M1, room.PauseSession()), at=NOON + 2 * MINUTE)
    assert (ahead(session).at, ahead(session).minutes) == (None, 53)
    assert done_at(ahead(session), NOON + 12 * MINUTE) == END + 10 * MINUTE
    session.done((M1, room.ResumeSession()), at=NOON + 12 * MINUTE)
    assert (ahead(session).at, ahead(session).late_minutes) == (END + 10 * MINUTE, 10)


def test_a_suspended_item_still_takes_what_it_has_left() -> None:
    session = running(cast_live(), "i1").done((M1, SuspendItem("i1", "Lunch")), at=NOON + 2 * MINUTE)
    assert (ahead(session).rest_ms, ahead(session).minutes) == (53 * MINUTE, 53)
    session.done((M1, StartItem("i3")), at=NOON + 12 * MINUTE)
    assert ahead(session).at == END + 10 * MINUTE
    session.done((M1, EndItem("i1")))
    assert ahead(session).at == END + 7 * MINUTE


def test_time_that_a_suspended_item_overran_takes_nothing_off_the_end() -> None:
    session = running(cast_live(), "i1").done((M1, SuspendItem("i1")), at=NOON + 7 * MINUTE)
    assert ahead(session).rest_ms == 50 * MINUTE


def test_an_adjourned_session_makes_no_prophecies_and_is_not_late_for_it() -> None:
    session = running(cast_live(), "i1").done((M1, adjourning.AdjournSession("Thursday")), at=NOON + 2 * MINUTE)
    assert "data-ahead" not in agenda_of_the_chair(session)
    assert "about 53 min to come" in agenda_of_the_chair(session)
    session.done((M1, adjourning.ReconveneSession()), at=NOON + 9_002 * MINUTE)
    assert (ahead(session).at, ahead(session).late_minutes) == (END + 9_000 * MINUTE, 0)


def test_a_closed_session_has_no_end_to_come() -> None:
    session = running(cast_live(), "i1").done((M1, room.CloseSession()))
    assert running_order.forecast(session.state) is None
    assert "data-ahead" not in painted(session, "observer", "agenda")


def test_delegates_and_the_wall_are_told_how_much_is_to_come() -> None:
    session = running(cast_live(), "i1")
    assert 'data-ahead="left"' in painted(session, "observer", "agenda")
    assert running_order.place_on_agenda(session.state)["forecast"] == ahead(session)


# Rows


def rows(session: Session) -> dict[str, dict[str, object]]:
    return {row["item"].id: row for row in running_order.running_order(session.state, THE_MODERATORS)["rows"]}


def test_each_planned_item_knows_when_it_was_to_begin_and_what_comes_before() -> None:
    session = running(cast_live(), "i1")
    begins = {key: row["begins"] for key, row in rows(session).items() if isinstance(row["begins"], Ahead)}
    assert {key: one.planned_at for key, one in begins.items()} == {
        "i2": NOON + 5 * MINUTE,
        "i3": NOON + 15 * MINUTE,
        "i4": NOON + 30 * MINUTE,
        "i5": NOON + 50 * MINUTE,
    }
    assert [one.at for one in begins.values()] == [one.planned_at for one in begins.values()]
    assert {one.late_minutes for one in begins.values()} == {0}


def test_a_planned_item_says_when_it_is_expected_if_that_is_another_time() -> None:
    session = running(cast_live(), "i1")
    assert ">now " not in agenda_of_the_chair(session)
    session.done((M1, ExtendItem("i1", 5)))
    assert ">now 12:10<" in agenda_of_the_chair(session)


def test_what_was_added_has_no_planned_time() -> None:
    session = running(cast_live(), "i1").done((M1, AddItem("Coffee", "informal", 10)))
    begins = rows(session)["added-1"]["begins"]
    assert isinstance(begins, Ahead)
    assert (begins.planned_at, begins.late_minutes, begins.at) == (None, None, END)


def test_what_is_done_shows_by_how_much_it_missed_its_time() -> None:
    session = running(cast_live(), "i1").done((M1, StartItem("i3", "i1")), at=NOON + 7 * MINUTE + 10 * SECOND)
    session.done((M1, EndItem("i3")), at=NOON + 20 * MINUTE)
    shown = agenda_of_the_chair(session)
    assert '7:10 <span class="delta">+2:10</span>' in shown
    assert '12:50 <span class="delta">−2:10</span>' in shown
    assert (rows(session)["i1"]["late"], rows(session)["i3"]["late"]) == (True, False)


def test_an_item_within_half_a_minute_of_its_time_was_on_time() -> None:
    session = running(cast_live(), "i1").done((M1, EndItem("i1")), at=NOON + 5 * MINUTE + 30 * SECOND)
    assert not rows(session)["i1"]["late"]


def test_a_suspended_item_shows_why_and_what_it_has_left_and_can_go_on() -> None:
    session = running(cast_live(), "i1").done((M1, SuspendItem("i1", "Lunch")), at=NOON + 2 * MINUTE)
    shown = agenda_of_the_chair(session)
    assert "Suspended: <bdi>Lunch</bdi>" in shown
    assert "3:00 left" in shown
    assert "Go on with it" in shown
    assert "“Item i1” is suspended" in painted(session, "observer", "table")
    session.done((M1, SkipItem("i1", "Heard enough")))
    assert "Broken off after 2:00: <bdi>Heard enough</bdi>" in agenda_of_the_chair(session)


def test_an_item_that_began_at_another_time_than_planned_shows_both() -> None:
    session = running(cast_live(), "i1")
    assert "began" not in painted(session, "observer", "agenda")
    session.done((M1, StartItem("i2", "i1")), at=NOON + 3 * MINUTE)
    assert ">12:05</time>, began <time" in painted(session, "observer", "agenda")


def test_an_extended_item_shows_what_it_was_given() -> None:
    session = running(cast_live(), "i1").done((M1, ExtendItem("i1", 5)))
    assert "5 + 5 min" in agenda_of_the_chair(session)
    assert "of 5 + 5 min" in painted(session, "observer", "table")


def test_only_the_chair_moves_and_only_what_is_planned() -> None:
    session = running(cast_live(), "i1")
    assert agenda_of_the_chair(session).count('class="move-handle"') == 4
    assert "move-handle" not in painted(session, "observer", "agenda")


# What an item is for


def test_every_kind_of_item_says_what_it_is_for() -> None:
    assert set(PURPOSES) == set(KINDS)
    assert all(words.endswith((".", "?")) and len(words) < 125 for words in PURPOSES.values())


def test_the_running_item_says_what_it_is_for() -> None:
    assert PURPOSES["discussion"] in painted(running(cast_live(), "i3"), "observer", "table")


# Rules


def test_the_rule_of_what_comes_next_is_shown_in_full_words_before_it_begins() -> None:
    session = running(running(cast_live(), "i1"), "i2")
    for screen in ("observer", "projector"):
        shown = painted(session, screen, "rule")
        assert "Next, in “Item i3”: <b>Off the record:</b> nothing that is said may be used" in shown
    words = re.sub("<[^>]*>", "", painted(session, "observer", "agenda"))
    assert "Off the record: nothing that is said may be used" in words
    assert "Next, in" not in painted(running(cast_live(), "i1"), "observer", "rule")


def test_a_rule_that_only_returns_to_the_rooms_is_told_when_it_does() -> None:
    session = running(cast_live(), "i3")
    assert "Next, in" not in painted(session, "observer", "rule")
    session.done((M1, StartItem("i1", "i3")), at=NOON + MINUTE)
    assert "before that, Off the record" in painted(session, "observer", "rule")


def test_everybody_is_told_when_another_rule_is_in_force_than_before() -> None:
    session = running(cast_live(), "i1")
    assert "New since" not in painted(session, "observer", "rule")
    running(session, "i3")
    shown = painted(session, "observer", "rule")
    assert "New since" in shown
    assert "before that, Chatham House" in shown
    assert 'data-voice-words="The rule is now Off the record, for this item: nothing that is said' in shown


def test_a_new_rule_of_the_room_is_told_to_all() -> None:
    session = cast_live().done((M1, SetAttribution("on_the_record")))
    for screen in ("observer", "projector"):
        assert "On the record.</b> What is said may be quoted" in painted(session, screen, "rule")
        assert "before that, Chatham House" in painted(session, screen, "rule")


def test_the_rooms_rule_is_offered_between_items_only() -> None:
    session = cast_live()
    assert 'id="room-rule-is"' in agenda_of_the_chair(session)
    assert 'id="room-rule-is"' not in agenda_of_the_chair(running(session, "i1"))
    assert "It changes between items only" in agenda_of_the_chair(session)


# The round of presenters


def standings(session: Session) -> dict[str, str]:
    shown = running_order.presenters(session.state)["presenters"]
    return {row["presenter"].delegation: row["standing"] for row in shown}


def test_the_round_shows_who_presented_presents_and_comes() -> None:
    session = running(cast_live(), "i2").done((M1, NextPresenter()), (JAPAN, floor.YieldFloor()))
    session.done((M1, NextPresenter()), (M1, PassPresenter("USA", "absent")))
    assert standings(session) == {"JPN": "presented", "PRC": "presents", "ROK": "next", "USA": "passed"}
    shown = painted(session, "observer", "table")
    assert "has presented" in shown
    assert "passed: <bdi>absent</bdi>" in shown
    assert "<form" not in shown


def test_the_chair_is_told_who_is_next_and_from_which_seat() -> None:
    session = running(cast_live(), "i2")
    assert running_order.presenters(session.state)["next_presenter"] == {"delegation": "JPN", "seat": "JPN-MFA"}
    session.done((M1, MovePresenter("USA", "JPN")))
    assert running_order.presenters(session.state)["next_presenter"] == {"delegation": "USA", "seat": ""}
    shown = painted(session, "moderator", "table", THE_MODERATORS)
    assert "Give the floor to Land USA" in shown
    assert "Nobody is here who may present for Land USA" in shown


def test_moving_up_passes_over_those_who_are_not_to_come() -> None:
    session = running(cast_live(), "i2").done((M1, PassPresenter("PRC")))
    ups = {row["presenter"].delegation: row["up"] for row in running_order.presenters(session.state)["presenters"]}
    assert ups == {"JPN": "", "PRC": "", "ROK": "JPN", "USA": "ROK"}


def test_without_a_round_there_is_nothing_to_show() -> None:
    assert running_order.presenters(running(cast_live(), "i3").state) == {"presenters": [], "next_presenter": None}
    assert "presenters" not in painted(running(cast_live(), "i3"), "observer", "table")
