"""Muting, inviting anew, and presence: what may become of somebody who is in the room."""

import pytest

from rooms.domain import channels, floor, room, speakers, statements
from rooms.domain.muting import MutePerson, PersonMuted, PersonUnmuted, UnmutePerson
from rooms.domain.presence import NoteAway, NoteBack, PersonAway, PersonBack
from rooms.domain.record import CLOCK
from rooms.domain.reinviting import PersonReinvited, ReinvitePerson
from rooms.domain.seats import JoinRoom, LeaveSeat, MovePerson, RemovePerson, SeatTaken
from rooms.domain.sight import OBSERVERS, audience_of, on_seat
from rooms.domain.sight import WAITING as OUTSIDE

from .play import CHINA, GONE, JAPAN, KOREA, M1, M2, NOON, OBSERVER, SCREEN, SECOND, STRANGER, Session, speaking
from .play import WAITING as WAITER

# Muting


def test_who_is_muted_loses_the_floor(session: Session) -> None:
    speaking(session)
    session.when(M1, MutePerson(JAPAN), NOON + SECOND).then(
        floor.SpeechEnded("r1", "JPN", "ended by the chair", SECOND), PersonMuted(JAPAN)
    )
    session.when(M2, MutePerson(JAPAN)).then()


def test_who_is_muted_loses_the_place_on_the_list(session: Session) -> None:
    session.done((JAPAN, speakers.AskForFloor()))
    session.when(M1, MutePerson(JAPAN)).then(speakers.RequestWithdrawn("r1", by_chair=True), PersonMuted(JAPAN))


def test_the_chair_does_not_call_on_a_seat_where_all_are_muted(session: Session) -> None:
    session.done((M1, MutePerson(JAPAN)))
    session.when(M1, floor.CallOn("JPN-MFA")).refused("seat_empty")


def test_of_two_on_a_seat_the_one_who_is_not_muted_is_called(session: Session) -> None:
    session.done(("new", JoinRoom("delegate")), (M1, MovePerson("new", "JPN-MFA")), (M1, MutePerson(JAPAN)))
    session.when(M1, floor.CallOn("JPN-MFA"))
    assert session.new[0].person == "new"
    session.when(JAPAN, statements.MakeStatement("I was first.")).refused("muted")
    session.done(("new", statements.MakeStatement("For both of us.")))


def test_who_is_unmuted_speaks_again(session: Session) -> None:
    session.done((M1, MutePerson(JAPAN)))
    session.when(M2, UnmutePerson(JAPAN)).then(PersonUnmuted(JAPAN))
    session.when(M2, UnmutePerson(JAPAN)).then()
    session.done((JAPAN, speakers.AskForFloor()), (JAPAN, channels.SayInDelegation("Back.")))


def test_muting_holds_over_a_move_and_over_leaving(session: Session) -> None:
    session.done((M1, MutePerson(JAPAN)), (M1, MovePerson(JAPAN, "JPN-EXP-1")))
    session.when(JAPAN, speakers.AskForFloor()).refused("muted")
    session.done((JAPAN, LeaveSeat()), (M1, MovePerson(JAPAN, "JPN-MFA")))
    session.when(JAPAN, speakers.AskForFloor()).refused("muted")


@pytest.mark.parametrize("person", [M2, OBSERVER, SCREEN])
def test_only_who_can_speak_is_muted(session: Session, person: str) -> None:
    session.when(M1, MutePerson(person)).refused("not_delegate")


@pytest.mark.parametrize("person", [GONE, STRANGER])
def test_nobody_outside_the_room_is_muted(session: Session, person: str) -> None:
    session.when(M1, MutePerson(person)).refused("unknown_person")
    session.when(M1, UnmutePerson(person)).refused("unknown_person")


# Inviting anew


def test_an_invitation_anew_is_counted_and_changes_nothing_else(session: Session) -> None:
    before = session.state.seats.people[JAPAN]
    session.when(M1, ReinvitePerson(JAPAN)).then(PersonReinvited(JAPAN))
    after = session.state.seats.people[JAPAN]
    assert (after.generation, after.seat, after.admitted) == (1, before.seat, True)
    session.done((M2, ReinvitePerson(JAPAN)))
    assert session.state.seats.people[JAPAN].generation == 2


def test_who_was_removed_is_back_on_the_seat(session: Session) -> None:
    session.when(M1, ReinvitePerson(GONE)).then(PersonReinvited(GONE), SeatTaken(GONE, "PRC-EXP-1", "PRC"))
    person = session.state.seats.people[GONE]
    assert audience_of(person) == on_seat("PRC-EXP-1", "PRC", officials=False)
    session.done((GONE, speakers.AskForFloor()))


def test_who_was_removed_is_back_without_a_seat_if_others_share_it(session: Session) -> None:
    for other in ("one", "other"):
        session.done((other, JoinRoom("delegate")), (M1, MovePerson(other, "PRC-EXP-1")))
    session.when(M1, ReinvitePerson(GONE)).then(PersonReinvited(GONE))
    person = session.state.seats.people[GONE]
    assert (person.removed, person.admitted, person.seat) == (False, True, "")
    assert audience_of(person) == OBSERVERS


@pytest.mark.parametrize("person", [OBSERVER, SCREEN])
def test_an_observer_and_a_screen_are_invited_anew_too(session: Session, person: str) -> None:
    session.done((M1, RemovePerson(person)))
    session.when(M1, ReinvitePerson(person)).then(PersonReinvited(person))
    assert audience_of(session.state.seats.people[person]) == OBSERVERS


def test_a_moderator_is_invited_anew(session: Session) -> None:
    session.when(M1, ReinvitePerson(M2)).then(PersonReinvited(M2))


def test_who_waits_goes_on_waiting_with_a_new_link(session: Session) -> None:
    session.done((M1, ReinvitePerson(WAITER)))
    assert audience_of(session.state.seats.people[WAITER]) == OUTSIDE


def test_who_was_never_here_is_not_invited_anew(session: Session) -> None:
    session.when(M1, ReinvitePerson(STRANGER)).refused("unknown_person")


@pytest.mark.parametrize("person", [JAPAN, OBSERVER, WAITER, GONE, STRANGER])
def test_only_a_moderator_invites_anew(session: Session, person: str) -> None:
    session.when(person, ReinvitePerson(JAPAN)).refused("not_moderator")


def test_nobody_is_invited_into_a_closed_room(session: Session) -> None:
    session.done((M1, room.CloseSession())).when(M1, ReinvitePerson(JAPAN)).refused("closed")


# Presence


def test_the_clock_notes_who_is_away_and_who_is_back(session: Session) -> None:
    session.when(CLOCK, NoteAway((JAPAN, KOREA))).then(PersonAway(JAPAN), PersonAway(KOREA))
    assert session.state.seats.people[JAPAN].away
    session.when(CLOCK, NoteBack((JAPAN, CHINA))).then(PersonBack(JAPAN))
    assert not session.state.seats.people[JAPAN].away


def test_noting_the_same_twice_changes_nothing(session: Session) -> None:
    session.done((CLOCK, NoteAway((JAPAN,))))
    session.when(CLOCK, NoteAway((JAPAN,))).then()
    session.when(CLOCK, NoteBack((KOREA,))).then()


@pytest.mark.parametrize("person", [SCREEN, GONE, STRANGER])
def test_presence_is_of_people_in_the_room(session: Session, person: str) -> None:
    session.when(CLOCK, NoteAway((person,))).then()
    session.when(CLOCK, NoteBack((person,))).then()


@pytest.mark.parametrize("person", [M1, JAPAN, STRANGER])
def test_nobody_but_the_clock_notes_presence(session: Session, person: str) -> None:
    session.when(person, NoteAway((KOREA,))).then()
    session.when(person, NoteBack((KOREA,))).then()


def test_who_is_away_keeps_every_right(session: Session) -> None:
    speaking(session).done((CLOCK, NoteAway((JAPAN,))))
    session.done((JAPAN, statements.MakeStatement("By another line.")))


def test_in_a_closed_room_nobody_is_noted(session: Session) -> None:
    session.done((M1, room.CloseSession())).when(CLOCK, NoteAway((JAPAN,))).refused("closed")
