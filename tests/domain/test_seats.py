"""People and seats: who comes in, sits, leaves, is moved or removed."""

import pytest

from rooms.domain import decisions, floor, room, speakers, statements, texts
from rooms.domain.seats import (
    AdmitAll,
    AdmitPerson,
    JoinRoom,
    LeaveSeat,
    MovePerson,
    PersonAdmitted,
    PersonJoined,
    PersonRemoved,
    RemovePerson,
    SeatLeft,
    SeatTaken,
    TakeSeat,
    head_of,
)
from rooms.domain.sight import OBSERVERS, WAITING, audience_of, on_seat

from .play import (
    CHINA,
    GONE,
    JAPAN,
    JAPAN_MOD,
    KOREA,
    M1,
    M2,
    NOON,
    OBSERVER,
    SCREEN,
    SECOND,
    STRANGER,
    Session,
    speaking,
)
from .play import WAITING as WAITER

NEW = "new"


@pytest.fixture
def automatic(session: Session) -> Session:
    """Whoever joins is let in at once."""
    return session.done((M1, room.SetAdmission(True)))


# Joining


@pytest.mark.parametrize(("role", "inside"), [("moderator", 1), ("projector", 1), ("delegate", 0), ("observer", 0)])
def test_who_joins_waits_unless_the_door_trusts_the_role(session: Session, role: str, inside: bool) -> None:
    session.when(NEW, JoinRoom(role)).then(PersonJoined(NEW, role, bool(inside)))


@pytest.mark.parametrize("role", ["delegate", "observer"])
def test_with_automatic_admission_nobody_waits(automatic: Session, role: str) -> None:
    automatic.when(NEW, JoinRoom(role)).then(PersonJoined(NEW, role, True))


def test_a_delegate_may_join_on_a_seat(session: Session) -> None:
    session.when(NEW, JoinRoom("delegate", "USA-MFA"))
    session.then(PersonJoined(NEW, "delegate", False), SeatTaken(NEW, "USA-MFA", "USA"))
    assert session.state.seats.people[NEW].sat_with == "", "who waits has heard nothing"


def test_a_delegate_let_in_on_a_seat_has_sat_with_the_delegation(automatic: Session) -> None:
    automatic.done((NEW, JoinRoom("delegate", "USA-MFA")))
    assert automatic.state.seats.people[NEW].sat_with == "USA"


def test_joining_is_refused_with_an_unknown_role(session: Session) -> None:
    session.when(NEW, JoinRoom("king")).refused("unknown_role")


@pytest.mark.parametrize("person", [M1, JAPAN, GONE])
def test_joining_twice_is_refused_even_after_removal(session: Session, person: str) -> None:
    session.when(person, JoinRoom("delegate")).refused("already_joined")


@pytest.mark.parametrize("role", ["moderator", "observer", "projector"])
def test_only_delegates_join_on_a_seat(session: Session, role: str) -> None:
    session.when(NEW, JoinRoom(role, "USA-MFA")).refused("not_delegate")


def test_joining_on_an_unknown_seat_is_refused(session: Session) -> None:
    session.when(NEW, JoinRoom("delegate", "RUS-MFA")).refused("unknown_seat")


def test_nobody_joins_a_closed_room(session: Session) -> None:
    session.done((M1, room.CloseSession())).when(NEW, JoinRoom("observer")).refused("closed")


# Taking a seat


def test_a_delegate_without_a_seat_takes_one_and_waits(session: Session) -> None:
    session.done((NEW, JoinRoom("delegate")))
    session.when(NEW, TakeSeat("USA-MFA")).then(SeatTaken(NEW, "USA-MFA", "USA"))
    assert audience_of(session.state.seats.people[NEW]) == WAITING


def test_who_waits_may_change_the_seat_and_still_waits(session: Session) -> None:
    session.when(WAITER, TakeSeat("PRC-EXP-1")).then(
        SeatLeft(WAITER, "JPN-EXP-1", "JPN", "changed seat", True), SeatTaken(WAITER, "PRC-EXP-1", "PRC")
    )
    assert not session.state.seats.people[WAITER].admitted


def test_taking_the_same_seat_again_changes_nothing(session: Session) -> None:
    session.when(WAITER, TakeSeat("JPN-EXP-1")).then()


def test_with_automatic_admission_taking_a_seat_lets_in(automatic: Session) -> None:
    automatic.when(WAITER, TakeSeat("PRC-EXP-1"))
    assert automatic.new[-1] == PersonAdmitted(WAITER)
    assert automatic.state.seats.people[WAITER].sat_with == "PRC"


def test_a_seated_delegate_does_not_change_seats_alone(session: Session) -> None:
    session.when(JAPAN, TakeSeat("JPN-EXP-1")).refused("seated")


def test_a_seat_that_is_not_in_the_room_is_refused(session: Session) -> None:
    session.when(WAITER, TakeSeat("RUS-MFA")).refused("unknown_seat")


@pytest.mark.parametrize("person", [M1, OBSERVER, SCREEN, GONE, STRANGER])
def test_only_delegates_take_seats(session: Session, person: str) -> None:
    session.when(person, TakeSeat("USA-MFA")).refused("not_delegate")


def test_two_share_a_seat_and_a_third_is_refused(session: Session) -> None:
    session.done((NEW, JoinRoom("delegate")), ("third", JoinRoom("delegate")))
    session.when(NEW, TakeSeat("JPN-MFA")).then(SeatTaken(NEW, "JPN-MFA", "JPN"))
    refusal = session.when("third", TakeSeat("JPN-MFA")).refused("seat_full")
    assert refusal.data == {"seat": "JPN-MFA"}
    session.when("fourth", JoinRoom("delegate", "JPN-MFA")).refused("seat_full")


# Leaving, and not carrying confidences elsewhere


def test_who_leaves_gives_up_the_floor_and_waits_outside(session: Session) -> None:
    speaking(session)
    session.when(JAPAN, LeaveSeat("We walk out."), NOON + 9 * SECOND).then(
        floor.SpeechEnded("r1", "JPN", "left", 9 * SECOND), SeatLeft(JAPAN, "JPN-MFA", "JPN", "We walk out.", True)
    )
    person = session.state.seats.people[JAPAN]
    assert (person.seat, person.delegation, person.admitted, person.sat_with) == ("", "", False, "JPN")
    assert audience_of(person) == WAITING


def test_who_leaves_gives_up_the_place_on_the_list(session: Session) -> None:
    session.done((JAPAN, speakers.AskForFloor()))
    session.when(JAPAN, LeaveSeat()).then(
        speakers.RequestWithdrawn("r1", by_chair=False), SeatLeft(JAPAN, "JPN-MFA", "JPN", "", True)
    )
    assert session.state.floor.queue == ()


@pytest.mark.parametrize("person", [M1, OBSERVER, SCREEN, GONE, STRANGER])
def test_who_has_no_seat_leaves_none(session: Session, person: str) -> None:
    session.when(person, LeaveSeat()).refused("not_delegate")


def test_who_waits_does_not_leave(session: Session) -> None:
    session.when(WAITER, LeaveSeat()).refused("not_admitted")


def test_who_left_comes_back_to_the_same_delegation_at_once_if_admission_is_automatic(automatic: Session) -> None:
    automatic.done((JAPAN, LeaveSeat()))
    automatic.when(JAPAN, TakeSeat("JPN-EXP-1")).then(SeatTaken(JAPAN, "JPN-EXP-1", "JPN"), PersonAdmitted(JAPAN))


def test_who_left_enters_another_delegation_only_by_the_chairs_hand(automatic: Session) -> None:
    automatic.done((JAPAN, LeaveSeat()))
    automatic.when(JAPAN, TakeSeat("PRC-EXP-1")).then(SeatTaken(JAPAN, "PRC-EXP-1", "PRC"))
    assert audience_of(automatic.state.seats.people[JAPAN]) == WAITING
    automatic.when(M1, AdmitPerson(JAPAN)).then(PersonAdmitted(JAPAN))
    assert automatic.state.seats.people[JAPAN].sat_with == "PRC"


def test_who_was_let_in_again_without_a_seat_does_not_enter_another_delegation_alone(automatic: Session) -> None:
    automatic.done((JAPAN, LeaveSeat()), (M1, AdmitAll()))
    assert audience_of(automatic.state.seats.people[JAPAN]) == OBSERVERS
    automatic.when(JAPAN, TakeSeat("PRC-EXP-1")).refused("chair_seats")
    automatic.when(JAPAN, TakeSeat("JPN-MFA")).then(SeatTaken(JAPAN, "JPN-MFA", "JPN"))


def test_changing_seats_while_waiting_does_not_wash_the_past_away(automatic: Session) -> None:
    automatic.done((JAPAN, LeaveSeat()), (JAPAN, TakeSeat("PRC-EXP-1")))
    automatic.when(JAPAN, TakeSeat("ROK-MFA"))
    assert PersonAdmitted(JAPAN) not in automatic.new


# Being let in


def test_the_chair_lets_one_in_and_doing_it_again_changes_nothing(session: Session) -> None:
    session.when(M1, AdmitPerson(WAITER)).then(PersonAdmitted(WAITER))
    assert session.state.seats.people[WAITER].sat_with == "JPN"
    session.when(M2, AdmitPerson(WAITER)).then()


@pytest.mark.parametrize("person", [GONE, STRANGER])
def test_only_who_is_in_the_room_can_be_let_in_moved_or_removed(session: Session, person: str) -> None:
    for command in (AdmitPerson(person), MovePerson(person, "USA-MFA"), RemovePerson(person)):
        session.when(M1, command).refused("unknown_person")


def test_the_chair_lets_all_in_in_the_order_they_came(session: Session) -> None:
    session.done((NEW, JoinRoom("observer")))
    session.when(M1, AdmitAll()).then(PersonAdmitted(WAITER), PersonAdmitted(NEW))
    session.when(M1, AdmitAll()).then()


# Being moved and removed


def test_the_chair_moves_a_delegate_who_keeps_the_right_to_be_inside(session: Session) -> None:
    session.when(M1, MovePerson(JAPAN, "PRC-EXP-1")).then(
        SeatLeft(JAPAN, "JPN-MFA", "JPN", "moved by the chair", False), SeatTaken(JAPAN, "PRC-EXP-1", "PRC")
    )
    person = session.state.seats.people[JAPAN]
    assert person.sat_with == "PRC"
    assert audience_of(person) == on_seat("PRC-EXP-1", "PRC", officials=False)


def test_who_is_moved_gives_up_the_floor_and_the_place_on_the_list(session: Session) -> None:
    speaking(session).done((CHINA, speakers.AskForFloor()))
    session.when(M1, MovePerson(JAPAN, "JPN-EXP-1"), NOON + SECOND)
    assert session.new[0] == floor.SpeechEnded("r1", "JPN", "left", SECOND)
    session.when(M1, MovePerson(CHINA, "PRC-EXP-1"))
    assert session.new[0] == speakers.RequestWithdrawn("r2", by_chair=False)


def test_who_is_put_on_a_seat_while_waiting_is_let_in(session: Session) -> None:
    session.when(M1, MovePerson(WAITER, "USA-MFA")).then(
        SeatLeft(WAITER, "JPN-EXP-1", "JPN", "moved by the chair", False),
        SeatTaken(WAITER, "USA-MFA", "USA"),
        PersonAdmitted(WAITER),
    )
    person = session.state.seats.people[WAITER]
    assert audience_of(person) == on_seat("USA-MFA", "USA", officials=True)
    assert person.sat_with == "USA"


def test_who_waits_is_let_in_on_the_very_seat_they_chose(session: Session) -> None:
    session.when(M1, MovePerson(WAITER, "JPN-EXP-1")).then(PersonAdmitted(WAITER))


def test_the_chair_seats_a_delegate_who_has_no_seat(session: Session) -> None:
    session.done((JAPAN, LeaveSeat()))
    session.when(M1, MovePerson(JAPAN, "PRC-EXP-1")).then(SeatTaken(JAPAN, "PRC-EXP-1", "PRC"), PersonAdmitted(JAPAN))


def test_moving_onto_the_same_seat_changes_nothing(session: Session) -> None:
    session.when(M1, MovePerson(JAPAN, "JPN-MFA")).then()


@pytest.mark.parametrize("person", [M2, OBSERVER, SCREEN])
def test_only_delegates_are_moved(session: Session, person: str) -> None:
    session.when(M1, MovePerson(person, "USA-MFA")).refused("not_delegate")


def test_nobody_is_moved_onto_an_unknown_or_a_full_seat(session: Session) -> None:
    session.when(M1, MovePerson(JAPAN, "RUS-MFA")).refused("unknown_seat")
    session.done((M1, MovePerson(KOREA, "PRC-MFA")))
    session.when(M1, MovePerson(JAPAN, "PRC-MFA")).refused("seat_full")


def test_who_is_removed_loses_floor_seat_and_sight(session: Session) -> None:
    speaking(session)
    session.when(M1, RemovePerson(JAPAN), NOON + SECOND).then(
        floor.SpeechEnded("r1", "JPN", "left", SECOND),
        SeatLeft(JAPAN, "JPN-MFA", "JPN", "removed by the chair", True),
        PersonRemoved(JAPAN),
    )
    assert audience_of(session.state.seats.people[JAPAN]) is None
    assert session.state.seats.on("JPN-MFA") == ()
    session.when(JAPAN, TakeSeat("JPN-MFA")).refused("not_delegate")


@pytest.mark.parametrize("person", [OBSERVER, SCREEN, WAITER])
def test_anybody_but_a_moderator_is_removed(session: Session, person: str) -> None:
    session.when(M1, RemovePerson(person))
    assert session.new[-1] == PersonRemoved(person)
    assert not session.state.seats.people[person].admitted
    assert person not in [one.id for one in (*session.state.seats.waiting(), *session.state.seats.observers())]


@pytest.mark.parametrize("person", [M1, M2])
def test_no_moderator_is_removed(session: Session, person: str) -> None:
    session.when(M1, RemovePerson(person)).refused("is_moderator")


# Sharing a seat, and the head of a delegation


def shared(session: Session) -> Session:
    return session.done((NEW, JoinRoom("delegate", "JPN-MFA")), (M1, AdmitPerson(NEW)))


def test_two_on_one_seat_have_one_place_on_the_list(session: Session) -> None:
    shared(session).done((JAPAN, speakers.AskForFloor()))
    session.when(NEW, speakers.AskForFloor()).refused("already_listed")
    session.when(NEW, speakers.WithdrawRequest()).then(speakers.RequestWithdrawn("r1", by_chair=False))


def test_either_of_two_on_one_seat_uses_its_turn(session: Session) -> None:
    speaking(shared(session))
    session.when(NEW, speakers.AskForFloor()).refused("has_floor")
    session.when(NEW, statements.MakeStatement("For both of us."))
    assert session.new[0] == statements.StatementMade("s1", NEW, "JPN-MFA", "JPN", "statement", "For both of us.", "")


def test_the_turn_of_a_shared_seat_ends_only_with_the_one_who_was_called(session: Session) -> None:
    speaking(shared(session))
    session.when(NEW, LeaveSeat()).then(SeatLeft(NEW, "JPN-MFA", "JPN", "", True))
    session.when(JAPAN, LeaveSeat())
    assert session.new[0] == floor.SpeechEnded("r1", "JPN", "left", 0)


def test_calling_on_a_shared_seat_calls_the_one_who_asked(session: Session) -> None:
    shared(session).done((NEW, speakers.AskForFloor()))
    session.when(M1, floor.CallOn("JPN-MFA"))
    assert session.new[0].person == NEW


def test_the_head_is_the_first_taken_seat_in_the_delegations_own_order(session: Session) -> None:
    assert head_of(session.state, "JPN") == "JPN-MFA"
    session.done((JAPAN, LeaveSeat()))
    assert head_of(session.state, "JPN") == "JPN-MOD"
    session.done((M1, MovePerson(CHINA, "JPN-MFA")))
    assert head_of(session.state, "JPN") == "JPN-MFA"


def test_who_waits_is_not_head_and_an_empty_delegation_has_none(session: Session) -> None:
    session.done((JAPAN, LeaveSeat()), (JAPAN_MOD, LeaveSeat()))
    assert head_of(session.state, "JPN") == ""
    assert head_of(session.state, "USA") == ""
    assert head_of(session.state, "RUS") == ""


def test_when_the_head_leaves_the_next_seat_answers(session: Session) -> None:
    session.done((M1, texts.OpenDocument("Text")), (M1, texts.ProposeParagraph("Peace.")))
    session.done((M1, decisions.CallConsensus()))
    session.when(JAPAN_MOD, decisions.AnswerCall("c1", "join")).refused("not_head")
    session.done((JAPAN, LeaveSeat()))
    session.when(JAPAN_MOD, decisions.AnswerCall("c1", "join"))
    session.then(decisions.AnswerGiven("c1", "JPN", "join", ""))
