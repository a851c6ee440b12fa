"""A person is forgotten: what the record says of it, when, and at whose word; and rooms that nobody uses."""

import pytest

from rooms.domain import decisions, room, seats, texts
from rooms.domain.disuse import CloseUnused
from rooms.domain.forgetting import ForgetNames, ForgetPerson, PersonForgotten
from rooms.domain.record import CLOCK
from rooms.domain.reinviting import ReinvitePerson

from .play import CHINA, GONE, JAPAN, M1, M2, OBSERVER, STRANGER, Session

DAYS = 90


def closed(session: Session) -> Session:
    return session.done((M1, room.CloseSession()))


def test_a_moderator_has_somebody_forgotten_once_the_session_is_closed(session: Session) -> None:
    before = closed(session).state.seats.people[JAPAN].generation
    session.when(M2, ForgetPerson(JAPAN)).then(PersonForgotten(JAPAN))
    assert session.state.seats.forgotten == (JAPAN,)
    assert session.state.seats.people[JAPAN].generation == before + 1


@pytest.mark.parametrize("person", [JAPAN, OBSERVER])
def test_anybody_has_their_own_name_forgotten_and_nobody_elses(session: Session, person: str) -> None:
    closed(session).when(person, ForgetPerson(CHINA)).refused("not_moderator")
    session.when(person, ForgetPerson(person)).then(PersonForgotten(person))


def test_who_is_in_an_open_room_keeps_a_name(session: Session) -> None:
    session.when(M1, ForgetPerson(JAPAN)).refused("still_here")
    session.when(JAPAN, ForgetPerson(JAPAN)).refused("still_here")
    session.when(M1, ForgetPerson(M2)).refused("still_here")


def test_who_was_removed_from_an_open_room_can_be_forgotten(session: Session) -> None:
    session.when(M1, ForgetPerson(GONE)).then(PersonForgotten(GONE))
    session.when(M1, ReinvitePerson(GONE)).refused("forgotten")


def test_forgetting_twice_changes_nothing_and_strangers_are_unknown(session: Session) -> None:
    closed(session).done((M1, ForgetPerson(JAPAN)))
    session.when(M1, ForgetPerson(JAPAN)).then()
    session.when(M1, ForgetPerson(STRANGER)).refused("unknown_person")
    session.when(STRANGER, ForgetPerson(STRANGER)).refused("not_moderator")


def test_the_clock_has_all_names_of_a_closed_room_forgotten(session: Session) -> None:
    closed(session).done((M1, ForgetPerson(JAPAN))).when(CLOCK, ForgetNames())
    left = [pid for pid in session.state.seats.people if pid != JAPAN]
    session.then(*(PersonForgotten(pid) for pid in left))
    session.when(CLOCK, ForgetNames()).then()


def test_names_of_an_open_room_stay_and_nobody_but_the_clock_takes_them(session: Session) -> None:
    session.when(CLOCK, ForgetNames()).then()
    closed(session).when(M1, ForgetNames()).then()


def test_a_room_that_nobody_uses_is_closed_with_a_sentence(session: Session) -> None:
    session.when(CLOCK, CloseUnused(DAYS))
    assert isinstance(session.new[-1], room.SessionClosed)
    assert "90 days" in session.new[-1].words
    session.when(CLOCK, CloseUnused(DAYS)).then()


def test_what_waited_for_a_decision_in_an_unused_room_is_taken_back(session: Session) -> None:
    session.done((M1, texts.OpenDocument("Draft")), (M1, texts.ProposeParagraph("Calm seas.")))
    session.done((M1, decisions.CallConsensus(2)))
    call = session.state.decisions.calls[-1]
    session.when(CLOCK, CloseUnused(DAYS))
    assert session.new[0] == decisions.CallWithdrawn(call.id, call.document)
    assert session.state.room.status == "closed"


def test_nobody_but_the_clock_closes_a_room_for_disuse(session: Session) -> None:
    session.when(M1, CloseUnused(DAYS)).then()
    assert session.state.room.status != "closed"


def test_a_name_is_nothing_that_the_record_ever_held() -> None:
    assert not any("name" in field for field in seats.PersonJoined.__dataclass_fields__)
