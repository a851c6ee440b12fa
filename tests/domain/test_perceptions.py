"""Perceptions before and after: who is asked when, what is sealed, and when it is counted."""

from typing import Any

import pytest

from rooms.domain import adjourning, forking, muting, room, seats, sight
from rooms.domain.fold import IN_THE_OPEN, fold
from rooms.domain.perceptions import (
    ClosePerceptions,
    GivePerceptions,
    OpenPerceptions,
    PerceptionsCounted,
    PerceptionsGiven,
    PerceptionsOpened,
    PerceptionsReceived,
)
from rooms.domain.record import CLOCK
from rooms.domain.sight import OBSERVERS, THE_MODERATORS, on_seat, own_sealed, visible

from .play import CHINA, CHINA_MOD, JAPAN, JAPAN_MOD, KOREA, M1, OBSERVER, WAITING, Session, cast_joined

BEFORE, AFTER = OpenPerceptions("before"), OpenPerceptions("after")
COUNT = ClosePerceptions("before")
NOTHING = PerceptionsCounted("before", (), (), (), ())


def give(*trust: str, **more: Any) -> GivePerceptions:
    return GivePerceptions("before", trust, **more)


def asked(session: Session) -> Session:
    return session.done((M1, BEFORE))


# When a round is asked


def test_the_questions_before_are_asked_in_the_lobby() -> None:
    session = cast_joined().when(M1, BEFORE).then(PerceptionsOpened("before"))
    session.when(JAPAN, give("PRC 4")).then(
        PerceptionsGiven("before", "JPN", (("PRC", 4),), 0, ()), PerceptionsReceived("before", "JPN", 1)
    )


@pytest.mark.parametrize(
    "command", [room.PauseSession("Coffee"), adjourning.AdjournSession("Thursday"), adjourning.AdjournSession("Friday")]
)
def test_the_questions_before_are_asked_while_the_session_stands_still(session: Session, command: Any) -> None:
    session.done((M1, command)).when(M1, BEFORE).then(PerceptionsOpened("before"))


def test_the_questions_before_are_not_asked_once_the_session_is_closed(session: Session) -> None:
    session.done((M1, room.CloseSession(""))).when(M1, BEFORE).refused("closed")


def test_who_was_asked_before_the_closing_cannot_answer_after_it_and_is_counted_all_the_same(session: Session) -> None:
    asked(session).done((JAPAN, give("PRC 4")), (M1, room.CloseSession("")))
    session.when(JAPAN_MOD, give("PRC 4")).refused("closed")
    session.when(M1, COUNT)
    assert session.new[0].answers == (("JPN", 1),)


def test_the_questions_after_are_asked_in_the_debrief_and_change_nothing_else(session: Session) -> None:
    session.done((M1, room.CloseSession("")))
    closed = session.state
    session.done(
        (M1, AFTER), (JAPAN, GivePerceptions("after", ("PRC 4",))), (M1, ClosePerceptions("after")), at=session.now + 1
    )
    assert {one for one in closed.__slots__ if getattr(closed, one) != getattr(session.state, one)} == {
        *("perceptions", "count", "at")
    }


def test_the_questions_after_need_a_session_that_began() -> None:
    cast_joined().when(M1, AFTER).refused("not_started")


def test_there_are_no_other_rounds(session: Session) -> None:
    session.when(M1, OpenPerceptions("during")).refused("unknown_round")
    session.when(M1, ClosePerceptions("during")).refused("unknown_round")
    session.when(JAPAN, GivePerceptions("during", ("PRC 4",))).refused("unknown_round")


def test_one_round_is_asked_at_a_time(session: Session) -> None:
    asked(session).when(M1, AFTER).refused("round_open")
    session.when(M1, BEFORE).then()
    session.when(M1, ClosePerceptions("after")).refused("round_not_open")
    session.when(JAPAN, GivePerceptions("after", ("PRC 4",))).refused("round_not_open")


def test_answers_are_given_while_the_chair_asks(session: Session) -> None:
    session.when(JAPAN, give("PRC 4")).refused("round_not_open")
    session.when(M1, COUNT).refused("round_not_open")


def test_what_was_counted_is_never_asked_again(session: Session) -> None:
    """Counted anew after one more answer, the difference would tell that answer."""
    asked(session).done((JAPAN, give("PRC 4")), (M1, COUNT))
    session.when(M1, BEFORE).refused("round_counted")
    session.when(JAPAN_MOD, give("PRC 4")).refused("round_not_open")


def test_a_round_that_nobody_answered_can_be_asked_again(session: Session) -> None:
    asked(session).when(M1, COUNT).then(NOTHING)
    asked(session).done((JAPAN, give("PRC 4")), (M1, COUNT))
    assert session.state.perceptions.counted["before"].n == 1


# Who answers what


def test_whoever_is_muted_answers_all_the_same(session: Session) -> None:
    asked(session).done((M1, muting.MutePerson(JAPAN)), (JAPAN, give("PRC 4")))


@pytest.mark.parametrize(
    ("person", "code"), [(OBSERVER, "not_delegate"), (M1, "not_delegate"), (WAITING, "not_admitted")]
)
def test_those_at_the_table_are_asked_and_nobody_else(session: Session, person: str, code: str) -> None:
    asked(session).when(person, give("PRC 4")).refused(code)


def test_an_answer_may_be_partial(session: Session) -> None:
    for person, command in (
        (JAPAN, give("PRC 1", "", "ROK 7")),
        (JAPAN_MOD, give(conflict=7)),
        (CHINA, give("", guesses=("", "JPN scope a", "JPN hotline c"))),
    ):
        asked(session).done((person, command))
    held = session.state.perceptions.sealed
    assert (held[JAPAN].trust, held[JAPAN].conflict, held[JAPAN].guesses) == ({"PRC": 1, "ROK": 7}, 0, {})
    assert held[JAPAN_MOD].conflict == 7
    assert held[CHINA].guesses == {("JPN", "scope"): "a", ("JPN", "hotline"): "c"}


@pytest.mark.parametrize(
    ("command", "code", "field"),
    [
        (give(), "nothing_answered", "trust"),
        (give("", guesses=("",)), "nothing_answered", "trust"),
        (give("PRC"), "bad_answer", "trust"),
        (give("PRC 4 5"), "bad_answer", "trust"),
        (give("PRC 0"), "one_to_seven", "trust"),
        (give("PRC 8"), "one_to_seven", "trust"),
        (give("PRC ٤"), "one_to_seven", "trust"),
        (give("PRC 04"), "one_to_seven", "trust"),
        (give("RUS 4"), "unknown_delegation", "trust"),
        (give("JPN 4"), "own_delegation", "trust"),
        (give("PRC 4", "PRC 5"), "answered_twice", "trust"),
        (give(conflict=8), "one_to_seven", "conflict"),
        (give(conflict=-1), "one_to_seven", "conflict"),
        (give(guesses=("PRC scope",)), "bad_answer", "guesses"),
        (give(guesses=("RUS scope a",)), "unknown_delegation", "guesses"),
        (give(guesses=("JPN scope a",)), "own_delegation", "guesses"),
        (give(guesses=("PRC weather a",)), "unknown_issue", "guesses"),
        (give(guesses=("PRC scope z",)), "unknown_option", "guesses"),
        (give(guesses=("PRC scope a", "PRC scope b")), "answered_twice", "guesses"),
    ],
)
def test_what_cannot_be_counted_is_refused(session: Session, command: GivePerceptions, code: str, field: str) -> None:
    assert asked(session).when(JAPAN, command).refused(code).data == {"field": field}


# One answer a person


def test_a_later_answer_replaces_the_whole_of_an_earlier_one_and_is_no_second_one(session: Session) -> None:
    asked(session).done((JAPAN, give("PRC 4", conflict=3)))
    session.when(JAPAN, give("ROK 2")).then(PerceptionsGiven("before", "JPN", (("ROK", 2),), 0, ()))
    assert session.state.perceptions.received == {"JPN": 1}
    session.when(M1, COUNT)
    assert [(row["about"], row["n"]) for row in session.new[0].trust] == [("ROK", 1), ("ROK", 1)]
    assert session.new[0].conflict == ()


def test_the_same_answer_again_writes_nothing(session: Session) -> None:
    asked(session).done((JAPAN, give("PRC 4", "ROK 2"))).when(JAPAN, give("ROK 2", "PRC 4")).then()


def test_who_has_changed_places_answers_for_where_they_sit_now(session: Session) -> None:
    asked(session).done((JAPAN, give("PRC 4")), (M1, seats.MovePerson(JAPAN, "ROK-MFA")))
    session.when(JAPAN, give("PRC 5")).then(
        PerceptionsGiven("before", "ROK", (("PRC", 5),), 0, ()),
        PerceptionsReceived("before", "JPN", 0),
        PerceptionsReceived("before", "ROK", 1),
    )
    session.when(M1, COUNT)
    assert session.new[0].answers == (("ROK", 1),)


def test_what_somebody_answered_counts_after_they_have_gone(session: Session) -> None:
    asked(session).done((JAPAN, give("PRC 4")), (M1, seats.RemovePerson(JAPAN)), (M1, COUNT))
    assert session.state.perceptions.counted["before"].answers == {"JPN": 1}


# Sealed


def test_no_audience_ever_sees_an_answer_and_who_gave_it_alone_has_it_again(session: Session) -> None:
    asked(session).done((JAPAN, give("PRC 4")), (CHINA, give("JPN 2")), (JAPAN, give("PRC 5")))
    given = [entry for entry in session.entries if isinstance(entry.event, PerceptionsGiven)]
    for audience in (OBSERVERS, THE_MODERATORS, on_seat("JPN-MFA", "JPN", officials=True)):
        assert not set(map(id, given)) & set(map(id, visible(session.entries, audience)))
        assert fold(visible(session.entries, audience)).perceptions.sealed == {}
    assert [one.event.trust for one in own_sealed(session.entries, JAPAN)] == [(("PRC", 4),), (("PRC", 5),)]
    assert own_sealed(session.entries, KOREA) == []


def test_the_chair_sees_how_many_have_answered_and_not_who(session: Session) -> None:
    asked(session).done((JAPAN, give("PRC 4")))
    [entry] = [one for one in visible(session.entries, THE_MODERATORS) if isinstance(one.event, PerceptionsReceived)]
    assert (entry.actor, entry.request_id, entry.audience) == (CLOCK, "", (sight.MODERATORS,))
    assert fold(visible(session.entries, THE_MODERATORS)).perceptions.received == {"JPN": 1}
    assert fold(visible(session.entries, OBSERVERS)).perceptions.received == {}


def test_that_an_answer_was_refused_is_told_to_nobody_else() -> None:
    assert GivePerceptions not in IN_THE_OPEN


def test_answers_leave_the_state_once_they_are_counted(session: Session) -> None:
    asked(session).done((JAPAN, give("PRC 4")), (M1, COUNT))
    held = session.state.perceptions
    assert (held.asked, held.sealed, held.received) == ("", {}, {})


def test_everybody_reads_the_same_counts(session: Session) -> None:
    asked(session).done(*((one, give(conflict=5)) for one in (JAPAN, JAPAN_MOD, CHINA)), (M1, COUNT))
    whole = session.state.perceptions.counted
    assert whole["before"].conflict_by().value == 5
    for audience in (OBSERVERS, THE_MODERATORS, on_seat("PRC-MFA", "PRC", officials=True)):
        assert fold(visible(session.entries, audience)).perceptions.counted == whole


# Counted


def test_medians_and_numbers_are_counted_as_the_small_numbers_allow(session: Session) -> None:
    asked(session).done((M1, seats.AdmitPerson(WAITING)))
    session.done(
        (JAPAN, give("PRC 2", "ROK 1", conflict=7, guesses=("PRC scope a",))),
        (JAPAN_MOD, give("PRC 5", "ROK 2", conflict=4, guesses=("PRC scope b",))),
        (WAITING, give("PRC 3", conflict=4, guesses=("PRC scope b",))),
        (CHINA, give("ROK 6", conflict=1)),
        (CHINA_MOD, give("ROK 6")),
        (KOREA, give("PRC 7", guesses=("PRC scope c", "JPN scope a"))),
    )
    session.when(M1, COUNT)
    [counted] = session.new
    assert counted.answers == (("JPN", 3), ("PRC", 2), ("ROK", 1))
    assert counted.trust == (
        # of China: Japan's three are told; over all, Korea's one could be had from the difference
        {"about": "PRC", "by": "JPN", "n": 3, "halves": 6},
        {"about": "PRC", "by": "ROK", "n": 1, "halves": None},
        {"about": "PRC", "by": "", "n": 4, "halves": None},
        # of Korea: two and two are each too few, and four together are not
        {"about": "ROK", "by": "JPN", "n": 2, "halves": None},
        {"about": "ROK", "by": "PRC", "n": 2, "halves": None},
        {"about": "ROK", "by": "", "n": 4, "halves": 8},
    )
    assert counted.conflict == (
        {"by": "JPN", "n": 3, "halves": 8},
        {"by": "PRC", "n": 1, "halves": None},
        {"by": "", "n": 4, "halves": None},
    )
    assert counted.guesses == (
        {"about": "JPN", "issue": "scope", "by": "", "n": 1, "options": None},
        {"about": "PRC", "issue": "scope", "by": "JPN", "n": 3, "options": {"a": 1, "b": 2, "c": 0}},
        {"about": "PRC", "issue": "scope", "by": "", "n": 4, "options": None},
    )


def test_answers_are_counted_only_in_the_room_where_they_were_given(session: Session) -> None:
    """Else a room that goes on from before the last answer, and one from after it, would tell that answer."""
    asked(session).done(*((one, give(conflict=5)) for one in (JAPAN, JAPAN_MOD, CHINA)))
    session.given(forking.RoomForked("Another end", "Monday", session.now, True), actor=M1)
    session.when(M1, COUNT).refused("round_not_open")
    asked(session).when(M1, COUNT).then(NOTHING)


def test_what_was_counted_before_a_room_goes_on_stays_counted(session: Session) -> None:
    asked(session).done((JAPAN, give("PRC 4")), (M1, COUNT))
    session.given(forking.RoomForked("Another end", "Monday", session.now, True), actor=M1)
    session.when(M1, BEFORE).refused("round_counted")
