"""Offices: several moderators, the one who presides, the rapporteur, the head of a delegation."""

import pytest

from rooms.domain import decisions, floor, room, speakers, statements, texts
from rooms.domain.heads import HeadNamed, NameHead
from rooms.domain.muting import MutePerson
from rooms.domain.offices import (
    AppointModerator,
    AppointRapporteur,
    ChairHandedOver,
    HandOverChair,
    ModeratorAppointed,
    ModeratorSteppedDown,
    RapporteurAppointed,
    RapporteurReleased,
    ReleaseRapporteur,
    StepDown,
)
from rooms.domain.seats import JoinRoom, LeaveSeat, MovePerson, SeatLeft, TakeSeat, head_of
from rooms.domain.sight import OBSERVERS, THE_MODERATORS, audience_of

from .play import CHINA, GONE, JAPAN, JAPAN_MOD, M1, M2, NOON, OBSERVER, SCREEN, SECOND, STRANGER, Session, speaking
from .play import WAITING as WAITER

# Moderators


def test_an_observer_becomes_a_co_moderator(session: Session) -> None:
    session.when(M1, AppointModerator(OBSERVER)).then(ModeratorAppointed(OBSERVER))
    assert audience_of(session.state.seats.people[OBSERVER]) == THE_MODERATORS
    session.done((OBSERVER, room.PauseSession()))
    session.when(M2, AppointModerator(OBSERVER)).then()


def test_a_delegate_leaves_floor_and_seat_to_become_a_moderator(session: Session) -> None:
    speaking(session)
    session.when(M1, AppointModerator(JAPAN), NOON + SECOND).then(
        floor.SpeechEnded("r1", "JPN", "left", SECOND),
        SeatLeft(JAPAN, "JPN-MFA", "JPN", "became a moderator", False),
        ModeratorAppointed(JAPAN),
    )
    person = session.state.seats.people[JAPAN]
    assert (person.role, person.seat, person.delegation) == ("moderator", "", "")
    session.when(JAPAN, speakers.AskForFloor()).refused("not_delegate")


def test_who_waits_is_let_in_as_a_moderator(session: Session) -> None:
    session.done((M1, AppointModerator(WAITER)))
    assert audience_of(session.state.seats.people[WAITER]) == THE_MODERATORS
    assert session.state.seats.on("JPN-EXP-1") == ()


def test_a_muted_delegate_may_speak_as_a_moderator(session: Session) -> None:
    session.done((M1, MutePerson(CHINA)), (M1, AppointModerator(CHINA)))
    session.done((CHINA, statements.ChairStatement("Welcome back.")))


@pytest.mark.parametrize(("person", "code"), [(GONE, "unknown_person"), (STRANGER, "unknown_person")])
def test_nobody_outside_the_room_holds_an_office(session: Session, person: str, code: str) -> None:
    for command in (AppointModerator(person), AppointRapporteur(person), HandOverChair(person), StepDown(person)):
        session.when(M1, command).refused(code)


def test_a_screen_holds_no_office(session: Session) -> None:
    session.when(M1, AppointModerator(SCREEN)).refused("is_screen")
    session.when(M1, AppointRapporteur(SCREEN)).refused("is_screen")


# Who presides


def test_the_chair_is_handed_over_to_another_moderator(session: Session) -> None:
    session.when(M1, HandOverChair(M2)).then(ChairHandedOver(M2))
    assert session.state.room.chair == M2
    session.when(M1, HandOverChair(M2)).then()


def test_a_co_moderator_takes_the_chair_when_who_presides_is_gone(session: Session) -> None:
    session.when(M2, HandOverChair(M2)).then(ChairHandedOver(M2))


def test_only_a_moderator_can_preside(session: Session) -> None:
    session.when(M1, HandOverChair(JAPAN)).refused("not_co_moderator")


# Stepping down


def test_a_co_moderator_steps_down_and_observes(session: Session) -> None:
    session.when(M2, StepDown()).then(ModeratorSteppedDown(M2))
    assert audience_of(session.state.seats.people[M2]) == OBSERVERS
    session.when(M2, room.PauseSession()).refused("not_moderator")


def test_a_former_moderator_who_has_read_every_pack_takes_no_seat(session: Session) -> None:
    session.done((M1, AppointModerator(JAPAN)), (JAPAN, StepDown()))
    session.when(JAPAN, TakeSeat("JPN-MFA")).refused("not_delegate")


def test_who_presides_relieves_a_co_moderator_and_not_the_other_way_round(session: Session) -> None:
    session.when(M2, StepDown(M1)).refused("not_presiding")
    session.when(M1, StepDown(M2)).then(ModeratorSteppedDown(M2))


def test_who_presides_hands_the_chair_over_first(session: Session) -> None:
    session.when(M1, StepDown()).refused("presides")
    session.done((M1, HandOverChair(M2)))
    session.when(M1, StepDown()).then(ModeratorSteppedDown(M1))


def test_the_last_moderator_does_not_step_down(session: Session) -> None:
    session.done((M2, StepDown()))
    session.when(M1, StepDown()).refused("last_moderator")


def test_only_a_moderator_steps_down(session: Session) -> None:
    session.when(M1, StepDown(JAPAN)).refused("not_co_moderator")


# The rapporteur


def test_a_rapporteur_sees_what_observers_see(session: Session) -> None:
    session.when(M1, AppointRapporteur(OBSERVER)).then(RapporteurAppointed(OBSERVER))
    assert audience_of(session.state.seats.people[OBSERVER]) == OBSERVERS
    session.when(M1, AppointRapporteur(OBSERVER)).then()


def test_a_delegate_leaves_floor_and_seat_to_become_rapporteur(session: Session) -> None:
    session.done((JAPAN, speakers.AskForFloor()))
    session.when(M1, AppointRapporteur(JAPAN)).then(
        speakers.RequestWithdrawn("r1", by_chair=False),
        SeatLeft(JAPAN, "JPN-MFA", "JPN", "became the rapporteur", False),
        RapporteurAppointed(JAPAN),
    )
    assert audience_of(session.state.seats.people[JAPAN]) == OBSERVERS


def test_who_waits_is_let_in_as_the_rapporteur(session: Session) -> None:
    session.done((M1, AppointRapporteur(WAITER)))
    assert session.state.seats.people[WAITER].admitted


def test_a_moderator_is_no_rapporteur_besides(session: Session) -> None:
    session.when(M1, AppointRapporteur(M2)).refused("is_moderator")


def test_who_came_to_observe_observes_again_when_released(session: Session) -> None:
    session.done((M1, AppointRapporteur(OBSERVER)))
    session.when(M1, ReleaseRapporteur(OBSERVER)).then(RapporteurReleased(OBSERVER, "observer"))


def test_who_sat_at_the_table_is_given_a_seat_again_when_released(session: Session) -> None:
    session.done((M1, AppointRapporteur(JAPAN)))
    session.when(M1, ReleaseRapporteur(JAPAN)).then(RapporteurReleased(JAPAN, "delegate"))
    session.done((M1, MovePerson(JAPAN, "JPN-MFA")), (JAPAN, speakers.AskForFloor()))


def test_only_a_rapporteur_is_released(session: Session) -> None:
    session.when(M1, ReleaseRapporteur(OBSERVER)).refused("not_rapporteur")
    session.when(M1, ReleaseRapporteur(STRANGER)).refused("unknown_person")


# The head of a delegation


def test_the_chair_names_the_head_of_any_delegation(session: Session) -> None:
    session.when(M1, NameHead("JPN-MOD")).then(HeadNamed("JPN", "JPN-MOD"))
    assert head_of(session.state, "JPN") == "JPN-MOD"
    assert head_of(session.state, "PRC") == "PRC-MFA"
    session.when(M1, NameHead("JPN-MOD")).then()


def test_the_present_head_passes_it_on(session: Session) -> None:
    session.when(JAPAN, NameHead("JPN-MOD")).then(HeadNamed("JPN", "JPN-MOD"))
    session.when(JAPAN, NameHead("JPN-MFA")).refused("not_head")
    session.when(JAPAN_MOD, NameHead("JPN-MFA")).then(HeadNamed("JPN", "JPN-MFA"))


def test_nobody_but_the_head_names_a_head_and_only_at_home(session: Session) -> None:
    session.when(JAPAN_MOD, NameHead("JPN-MOD")).refused("not_head")
    session.when(CHINA, NameHead("JPN-MOD")).refused("not_yours")


def test_a_head_sits_on_a_seat_of_the_room(session: Session) -> None:
    session.when(M1, NameHead("RUS-MFA")).refused("unknown_seat")
    session.when(M1, NameHead("USA-MFA")).refused("seat_empty")
    session.when(M1, NameHead("JPN-EXP-1")).refused("seat_empty")  # somebody waits to sit there


def test_a_named_head_answers_while_somebody_is_on_the_seat(session: Session) -> None:
    session.done((M1, NameHead("JPN-MOD")), (JAPAN_MOD, LeaveSeat()))
    assert head_of(session.state, "JPN") == "JPN-MFA"
    session.done((M1, MovePerson(JAPAN_MOD, "JPN-MOD")))
    assert head_of(session.state, "JPN") == "JPN-MOD"


def test_a_muted_head_answers_for_nobody_unless_all_are_muted(session: Session) -> None:
    session.done((M1, MutePerson(JAPAN)))
    assert head_of(session.state, "JPN") == "JPN-MOD"
    session.done((M1, MutePerson(JAPAN_MOD)))
    assert head_of(session.state, "JPN") == "JPN-MFA"


def test_two_on_the_heads_seat_both_answer_for_it(session: Session) -> None:
    session.done(("new", JoinRoom("delegate")), (M1, MovePerson("new", "JPN-MFA")))
    session.when("new", NameHead("JPN-MOD")).then(HeadNamed("JPN", "JPN-MOD"))


def test_the_named_head_answers_a_call(session: Session) -> None:
    session.done((M1, texts.OpenDocument("Text")), (M1, texts.ProposeParagraph("Peace.")))
    session.done((M1, NameHead("JPN-MOD")), (M1, decisions.CallConsensus()))
    session.when(JAPAN, decisions.AnswerCall("c1", "join")).refused("not_head")
    session.when(JAPAN_MOD, decisions.AnswerCall("c1", "join"))
    session.then(decisions.AnswerGiven("c1", "JPN", "join", ""))
