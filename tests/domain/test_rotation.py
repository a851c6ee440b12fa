"""The round of presenters: who presents in which order, who is passed, and what the floor tells of it."""

import pytest

from rooms.domain import floor, muting, room, seats, speakers, statements
from rooms.domain.agenda import AddItem, EndItem, ItemStarted, StartItem
from rooms.domain.items import MINUTE, Presenter, item_from
from rooms.domain.rotation import (
    MovePresenter,
    NextPresenter,
    PassPresenter,
    PresenterMoved,
    PresenterPassed,
    RotationAnnounced,
    following,
    kinds,
    seat_of,
)
from rooms.domain.suspensions import SuspendItem

from .play import CHINA, CHINA_MOD, JAPAN, JAPAN_MOD, KOREA, M1, NOON, SECOND, Session, running

IN_ORDER = ("JPN", "PRC", "ROK", "USA")
SPEECH = NOON + 120 * SECOND


def rotation(session: Session) -> tuple[Presenter, ...]:
    assert session.state.agenda.running is not None
    return session.state.agenda.running.rotation


def order(session: Session) -> list[str]:
    return [one.delegation for one in rotation(session)]


def next_up(session: Session) -> str:
    coming = following(session.state.agenda.running)
    return coming.delegation if coming else ""


def added(session: Session, kind: str, may_speak: tuple[str, ...] = ()) -> Session:
    """A round of this kind is added, and begins."""
    number = session.state.agenda.added + 1
    session.done((M1, AddItem("Views", kind, 10, may_speak=may_speak)))
    return running(session, f"added-{number}")


def presented(session: Session) -> Session:
    """The next delegation presents, in writing."""
    speech = session.state.floor.speech
    session.done((M1, NextPresenter(speech.id if speech else "")))
    given = session.state.floor.speech
    assert given is not None
    return session.done((given.person, statements.MakeStatement("Our view.")))


# The order


def test_the_order_is_announced_when_the_round_begins(session: Session) -> None:
    session.when(M1, StartItem("i2"))
    session.then(ItemStarted("i2", NOON + 10 * MINUTE), RotationAnnounced("i2", IN_ORDER))
    assert rotation(session) == tuple(map(Presenter, IN_ORDER)), "the USA, too, for whom nobody sits"


def test_from_round_to_round_another_delegation_begins(session: Session) -> None:
    begins = []
    for kind in ("national_perspective", "military_perspective", "expert_presentation") * 2:
        added(session, kind)
        begins.append(order(session)[0])
    assert begins == ["JPN", "PRC", "ROK", "USA", "JPN", "PRC"]


@pytest.mark.parametrize("kind", ["opening", "discussion", "informal", "officials", "drafting", "hot_wash"])
def test_other_items_have_no_round(session: Session, kind: str) -> None:
    assert rotation(added(session, kind)) == ()


def test_a_scenario_may_have_a_round_in_any_item_but_the_officials() -> None:
    plain = {"id": "i", "title": "T", "minutes": 5, "presenters": ["EXP"]}
    assert kinds(item_from({**plain, "kind": "closing"})) == ("EXP",)
    assert kinds(item_from({**plain, "kind": "officials"})) == ()


def test_the_scenarios_seat_presents_before_the_usual_one_and_only_who_may_speak() -> None:
    plain = {"id": "i", "title": "T", "minutes": 5, "kind": "military_perspective"}
    assert kinds(item_from(plain)) == ("MOD", "MIL")
    assert kinds(item_from({**plain, "presenters": ["MIL"]})) == ("MIL", "MOD")
    assert kinds(item_from({**plain, "may_speak": ["MOD"]})) == ("MOD",)


def test_going_on_with_a_suspended_round_announces_nothing_anew(session: Session) -> None:
    presented(running(session, "i2")).done((M1, SuspendItem("i2")))
    session.when(M1, StartItem("i2"))
    assert not any(isinstance(event, RotationAnnounced) for event in session.new)
    assert next_up(session) == "PRC"


# The next presenter


def test_the_floor_goes_to_the_right_seat_of_the_next_delegation(session: Session) -> None:
    running(session, "i2").when(M1, NextPresenter())
    session.then(floor.FloorGiven("r1", JAPAN, "JPN-MFA", "JPN", "perspective", SPEECH))
    session.when(M1, NextPresenter("r1"), NOON + SECOND)
    session.then(
        floor.SpeechEnded("r1", "JPN", "ended by the chair", SECOND),
        floor.FloorGiven("r2", CHINA, "PRC-MFA", "PRC", "perspective", SPEECH + SECOND),
    )


def test_a_name_the_seat_has_on_the_list_is_used_up(session: Session) -> None:
    running(session, "i2").done((JAPAN, speakers.AskForFloor()), (M1, NextPresenter()))
    assert session.state.floor.queue == ()
    assert session.state.floor.speech is not None
    assert (session.state.floor.speech.id, session.state.floor.speech.kind) == ("r1", "perspective")


def test_a_military_view_is_given_by_the_ministry_else_by_an_officer(session: Session) -> None:
    session.done(("general", seats.JoinRoom("delegate", "USA-MIL")), (M1, seats.AdmitPerson("general")))
    added(session, "military_perspective")
    seats_in_order = {code: seat_of(session.state, session.state.agenda.items[-1], code) for code in IN_ORDER}
    assert seats_in_order == {"JPN": "JPN-MOD", "PRC": "PRC-MOD", "ROK": "ROK-MFA", "USA": "USA-MIL"}


def test_where_the_right_seat_is_empty_the_head_presents_if_the_item_lets_it(session: Session) -> None:
    added(session, "expert_presentation").when(M1, NextPresenter())
    session.then(floor.FloorGiven("r1", JAPAN, "JPN-MFA", "JPN", "perspective", SPEECH))
    added(session, "expert_presentation", may_speak=("EXP",))
    session.when(M1, NextPresenter()).refused("no_presenter")


def test_where_nobody_sits_the_chair_is_told_whom_to_pass(session: Session) -> None:
    running(session, "i2").done((M1, MovePresenter("USA", "JPN")))
    assert "Pass Land USA" in session.when(M1, NextPresenter()).refused("no_presenter").message


def test_who_is_muted_does_not_present(session: Session) -> None:
    session.done((M1, muting.MutePerson(JAPAN)))
    running(session, "i2").when(M1, NextPresenter()).refused("no_presenter")
    session.done((M1, muting.UnmutePerson(JAPAN)), (M1, NextPresenter()))


def test_when_everybody_has_presented_or_was_passed_the_round_is_over(session: Session) -> None:
    running(session, "i2").done((M1, PassPresenter("USA")))
    for _ in range(3):
        presented(session)
    assert next_up(session) == ""
    session.when(M1, NextPresenter()).refused("round_over")


def test_of_two_who_press_at_once_the_second_is_told(session: Session) -> None:
    running(session, "i2").done((M1, NextPresenter()))
    session.when(M1, NextPresenter()).refused("changed_meanwhile")


@pytest.mark.parametrize("command", [NextPresenter(), PassPresenter("JPN"), MovePresenter("JPN")])
def test_without_a_round_there_is_nobody_to_call_pass_or_move(session: Session, command: object) -> None:
    session.when(M1, command).refused("no_rotation")
    running(session, "i1").when(M1, command).refused("no_rotation")
    running(session, "i2").done((M1, SuspendItem("i2"))).when(M1, command).refused("no_rotation")


@pytest.mark.parametrize("command", [NextPresenter(), PassPresenter("JPN"), MovePresenter("JPN")])
def test_the_round_is_the_chairs_and_stands_still_in_a_pause(session: Session, command: object) -> None:
    running(session, "i2").when(JAPAN, command).refused("not_moderator")
    session.done((M1, room.PauseSession())).when(M1, command).refused("paused")


# Progress


def test_whoever_has_the_floor_for_a_perspective_presents(session: Session) -> None:
    running(session, "i2").done((M1, floor.CallOn("PRC-MFA", "perspective")))
    assert [one.speech for one in rotation(session)] == ["", "r1", "", ""]
    assert next_up(session) == "JPN"


def test_a_question_in_between_is_no_presentation(session: Session) -> None:
    running(session, "i2").done((M1, floor.CallOn("PRC-MFA", "question")))
    assert not any(one.speech for one in rotation(session))


def test_any_seat_may_present_for_its_delegation(session: Session) -> None:
    added(session, "military_perspective").done((M1, floor.CallOn("JPN-MFA", "perspective")))
    assert next_up(session) == "PRC"


def test_a_second_perspective_of_a_delegation_changes_nothing(session: Session) -> None:
    presented(running(session, "i2")).done((M1, floor.CallOn("JPN-MFA", "perspective")))
    assert rotation(session)[0] == Presenter("JPN", "r1")


def test_a_presentation_that_its_item_cut_off_is_to_come_again(session: Session) -> None:
    presented(running(session, "i2")).done((M1, NextPresenter()), (M1, SuspendItem("i2")), (M1, StartItem("i2")))
    assert next_up(session) == "PRC"
    session.done((M1, NextPresenter()), (CHINA, floor.YieldFloor()))
    assert next_up(session) == "ROK"


def test_in_another_item_a_perspective_is_of_no_round(session: Session) -> None:
    running(session, "i2").done((M1, EndItem("i2")), (M1, floor.CallOn("JPN-MFA", "perspective")))
    item = session.state.agenda.item("i2")
    assert item is not None
    assert not any(one.speech for one in item.rotation)


# Passing and moving


def test_who_is_absent_or_declines_is_passed(session: Session) -> None:
    running(session, "i2").when(M1, PassPresenter("JPN", "Absent")).then(PresenterPassed("i2", "JPN", "Absent"))
    assert rotation(session)[0] == Presenter("JPN", "", True, "Absent")
    assert next_up(session) == "PRC"
    session.when(M1, PassPresenter("JPN")).then()


def test_who_was_passed_and_speaks_after_all_has_presented(session: Session) -> None:
    running(session, "i2").done((M1, PassPresenter("JPN")), (M1, floor.CallOn("JPN-MFA", "perspective")))
    assert rotation(session)[0] == Presenter("JPN", "r1")


def test_the_chair_moves_a_delegation_before_another_or_to_the_end(session: Session) -> None:
    running(session, "i2").when(M1, MovePresenter("ROK", "JPN")).then(PresenterMoved("i2", "ROK", "JPN"))
    assert order(session) == ["ROK", "JPN", "PRC", "USA"]
    session.when(M1, MovePresenter("ROK")).then(PresenterMoved("i2", "ROK", ""))
    assert order(session) == ["JPN", "PRC", "USA", "ROK"]
    session.when(M1, MovePresenter("ROK", "ROK")).then()


def test_who_was_passed_is_called_again_by_being_moved(session: Session) -> None:
    running(session, "i2").done((M1, PassPresenter("JPN", "Late")), (M1, MovePresenter("JPN")))
    assert order(session) == ["PRC", "ROK", "USA", "JPN"]
    assert rotation(session)[-1] == Presenter("JPN")


def test_who_has_presented_is_neither_passed_nor_moved(session: Session) -> None:
    presented(running(session, "i2"))
    for command in (PassPresenter("JPN"), MovePresenter("JPN"), MovePresenter("PRC", "JPN")):
        assert "Land JPN" in session.when(M1, command).refused("has_presented").message


def test_only_delegations_of_the_room_are_in_the_round(session: Session) -> None:
    running(session, "i2")
    for command in (PassPresenter("RUS"), MovePresenter("RUS"), MovePresenter("JPN", "RUS")):
        session.when(M1, command).refused("not_in_round")


def test_everybody_who_sits_somewhere_else_than_expected_can_still_be_called(session: Session) -> None:
    added(session, "military_perspective").done((M1, NextPresenter()))
    assert session.state.floor.speech is not None
    assert session.state.floor.speech.person == JAPAN_MOD
    session.done((M1, NextPresenter(session.state.floor.speech.id)))
    assert session.state.floor.speech is not None
    assert session.state.floor.speech.person == CHINA_MOD
    session.done((M1, NextPresenter(session.state.floor.speech.id)))
    assert session.state.floor.speech is not None
    assert session.state.floor.speech.person == KOREA, "its head, where no other sits"
