"""The attribution rule: which is in force, and when the chair may change it."""

import pytest

from rooms.domain import floor, room, seats, speakers, speeches, statements
from rooms.domain.agenda import AddItem, EndItem, StartItem
from rooms.domain.ground_rules import (
    ATTRIBUTION_RULES,
    ItemAttributionSet,
    RoomAttributionSet,
    SetAttribution,
    rule_in_force,
)
from rooms.domain.sight import WAITING, visible
from rooms.domain.suspensions import SuspendItem

from .play import JAPAN, M1, MINUTE, NOON, SECOND, Session, running, speaking


def was(session: Session) -> str:
    return session.state.agenda.rule_was


@pytest.mark.parametrize("rule", [one for one in ATTRIBUTION_RULES if one != "chatham_house"])
def test_the_chair_sets_the_rooms_rule_between_items(session: Session, rule: str) -> None:
    session.when(M1, SetAttribution(rule)).then(RoomAttributionSet(rule))
    assert rule_in_force(session.state) == rule
    assert (was(session), session.state.agenda.rule_since) == ("chatham_house", NOON)
    session.done((M1, statements.ChairStatement("Under the new rule.")))
    assert session.entries[-1].attribution == rule


def test_the_change_itself_is_on_the_record_and_those_who_wait_hear_of_it(lobby: Session) -> None:
    lobby.done((M1, SetAttribution("on_the_record")))
    assert any(isinstance(entry.event, RoomAttributionSet) for entry in visible(lobby.entries, WAITING))


def test_who_asked_for_the_floor_under_one_rule_does_not_speak_under_another(session: Session) -> None:
    """It would be known who asked, and told whose the next words were."""
    session.done((JAPAN, speakers.AskForFloor()))
    session.when(M1, SetAttribution("on_the_record")).then(
        speakers.RequestWithdrawn("r1", by_chair=True), RoomAttributionSet("on_the_record")
    )
    assert [entry.attribution for entry in session.entries[-2:]] == ["chatham_house", "chatham_house"]
    session.done((M1, floor.CallOn("JPN-MFA")), (M1, floor.EndSpeech("r2")), (M1, SetAttribution("off_the_record")))
    session.done((M1, floor.CallOn("PRC-MFA")))
    session.when(M1, speeches.UndoNext("r3")).then(speeches.TurnUndone("r3", "PRC", "", 0))


def test_the_same_rule_again_changes_nothing(session: Session) -> None:
    session.when(M1, SetAttribution("chatham_house")).then()
    session.when(M1, SetAttribution("", "i1")).then()
    session.when(M1, SetAttribution("off_the_record", "i3")).then()


@pytest.mark.parametrize("rule", ["", "whispering"])
def test_the_rooms_rule_is_one_of_four(session: Session, rule: str) -> None:
    assert session.when(M1, SetAttribution(rule)).refused("unknown_rule").data == {"field": "rule"}


def test_while_an_item_runs_the_rooms_rule_stays(session: Session) -> None:
    running(session, "i1").when(M1, SetAttribution("on_the_record")).refused("item_running")
    session.done((M1, EndItem("i1")), (M1, SetAttribution("on_the_record")))


def test_what_was_said_in_a_suspended_item_binds_the_rule(session: Session) -> None:
    running(session, "i1").done((M1, SuspendItem("i1")), (M1, SetAttribution("on_the_record")))
    speaking(running(session, "i1")).done((M1, SuspendItem("i1")))
    assert "End that item" in session.when(M1, SetAttribution("chatham_house")).refused("item_suspended").message
    session.done((M1, EndItem("i1")), (M1, SetAttribution("chatham_house")))


def test_the_chairs_words_bind_it_too(session: Session) -> None:
    running(session, "i1").done((M1, statements.ChairStatement("Welcome.")), (M1, SuspendItem("i1")))
    session.when(M1, SetAttribution("on_the_record")).refused("item_suspended")


def test_a_suspended_item_under_a_rule_of_its_own_binds_nothing(session: Session) -> None:
    speaking(running(session, "i3")).done((M1, SuspendItem("i3")), (M1, SetAttribution("on_the_record")))


def test_whether_officials_spoke_is_not_told_by_what_the_chair_may_do(session: Session) -> None:
    session.done((M1, AddItem("Apart", "officials", 10)), (M1, StartItem("added-1")), (M1, SuspendItem("added-1")))
    session.when(M1, SetAttribution("on_the_record")).refused("item_suspended")


def test_the_rule_does_not_change_under_somebody_who_speaks(session: Session) -> None:
    speaking(session).when(M1, SetAttribution("on_the_record")).refused("floor_taken")
    session.done((M1, floor.EndSpeech("r1")), (M1, SetAttribution("on_the_record")))


def test_a_planned_item_is_given_a_rule_and_returned_to_the_rooms(session: Session) -> None:
    session.when(M1, SetAttribution("on_the_record", "i1")).then(ItemAttributionSet("i1", "on_the_record"))
    running(session, "i1")
    assert rule_in_force(session.state) == "on_the_record"
    session.when(M1, SetAttribution("", "i3")).then(ItemAttributionSet("i3", ""))
    running(session, "i3")
    assert rule_in_force(session.state) == "chatham_house"


def test_an_items_rule_is_set_while_another_runs(session: Session) -> None:
    running(session, "i1").when(M1, SetAttribution("on_the_record", "i2"))
    session.then(ItemAttributionSet("i2", "on_the_record"))


def test_an_item_that_has_begun_keeps_its_rule(session: Session) -> None:
    running(session, "i1").when(M1, SetAttribution("on_the_record", "i1")).refused("item_not_planned")
    session.done((M1, SuspendItem("i1"))).when(M1, SetAttribution("on_the_record", "i1")).refused("item_not_planned")
    session.done((M1, EndItem("i1"))).when(M1, SetAttribution("on_the_record", "i1")).refused("item_not_planned")


def test_an_items_rule_needs_an_item_and_a_rule(session: Session) -> None:
    session.when(M1, SetAttribution("on_the_record", "x")).refused("unknown_item")
    session.when(M1, SetAttribution("whispering", "i1")).refused("unknown_rule")


def test_who_may_set_the_rule_and_until_when(session: Session) -> None:
    session.when(JAPAN, SetAttribution("on_the_record")).refused("not_moderator")
    session.done((M1, room.CloseSession())).when(M1, SetAttribution("on_the_record")).refused("closed")


def test_it_is_kept_which_rule_was_in_force_before(session: Session) -> None:
    assert (was(session), session.state.agenda.rule_since) == ("", None)
    running(session, "i1")
    assert was(session) == "", "under the same rule nothing is to be told"
    session.done((M1, StartItem("i3", "i1")), at=NOON + MINUTE)
    assert (was(session), session.state.agenda.rule_since) == ("chatham_house", NOON + MINUTE)
    session.done((M1, SuspendItem("i3")), at=NOON + 2 * MINUTE)
    assert was(session) == "off_the_record"
    session.done((M1, StartItem("i3")), at=NOON + 3 * MINUTE)
    assert was(session) == "chatham_house"
    session.done((M1, EndItem("i3")), at=NOON + 4 * MINUTE)
    assert (was(session), session.state.agenda.rule_since) == ("off_the_record", NOON + 4 * MINUTE)


def test_from_one_rule_straight_into_another_what_counts_is_the_rule_before_the_press(session: Session) -> None:
    session.done((M1, SetAttribution("on_the_record", "i4")))
    running(session, "i3").done((M1, StartItem("i4", "i3")), at=NOON + SECOND)
    assert (rule_in_force(session.state), was(session)) == ("on_the_record", "off_the_record")


def test_from_an_item_into_another_under_the_same_rule_nothing_is_told(session: Session) -> None:
    session.done((M1, SetAttribution("off_the_record", "i4")))
    running(session, "i3").done((M1, StartItem("i4", "i3")), at=NOON + SECOND)
    assert (rule_in_force(session.state), was(session)) == ("off_the_record", "")


def test_a_newcomer_waits_under_the_rule_of_now(lobby: Session) -> None:
    lobby.done((M1, SetAttribution("on_the_record")), ("late", seats.JoinRoom("observer")))
    assert lobby.state.room.attribution == "on_the_record"
