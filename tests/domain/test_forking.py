"""A room goes on from a moment of another: where it stands, who chairs it, what its clocks show, whom it waits for."""

from typing import Any

import pytest

from rooms.domain import (
    adjourning,
    agenda,
    forgetting,
    forking,
    offices,
    presence,
    reinviting,
    room,
    seats,
    silence,
    texts,
    voting,
)
from rooms.domain.attribution import readable
from rooms.domain.calls import open_call
from rooms.domain.fold import Tick, fold
from rooms.domain.forking import ForkMade, ForkRoom, NoteFork, OriginNamed, RoomForked
from rooms.domain.record import CLOCK
from rooms.domain.sight import OBSERVERS, THE_MODERATORS, WAITING, on_seat, visible

from .play import (
    CHINA,
    DELEGATES,
    GONE,
    JAPAN,
    KOREA,
    M1,
    M2,
    MINUTE,
    NOON,
    OBSERVER,
    SCREEN,
    Session,
    cast_joined,
    speaking,
)
from .play import WAITING as WAITER

DAY = 24 * 60 * MINUTE
LATER = NOON + DAY


def going_on(session: Session, actor: str = M1, at: int = LATER, *, moment: int = 0, **known: Any) -> Session:
    """The session's record so far as that of a new room, and its first command, a day later."""
    new = Session()
    for entry in session.entries:
        new.given(entry.event, actor=entry.actor, at=entry.at)
    whole: dict[str, Any] = {"same_people": True, **known}
    return new.when(actor, ForkRoom("Once more", "Monday group", "BCDFGH", moment or session.now, **whole), at)


def away(*people: str) -> list[Any]:
    return [presence.PersonAway(pid) for pid in people]


# The new room


def test_a_live_room_goes_on_paused_at_the_moment(session: Session) -> None:
    new = going_on(session)
    assert new.new[:2] == [RoomForked("Once more", "Monday group", NOON, True), OriginNamed("BCDFGH")]
    assert new.new[2:] == away(M2, *(one for one in session.state.seats.people if one not in (M1, M2, SCREEN, GONE)))
    assert (new.state.room.status, new.state.room.paused_at, new.state.room.title) == ("paused", NOON, "Once more")
    assert new.state.seats.people[M1].away is False


@pytest.mark.parametrize("status", ["lobby", "paused", "adjourned"])
def test_a_room_that_stood_still_stands_as_it_did(status: str) -> None:
    session = cast_joined()
    if status != "lobby":
        session.done((M1, room.StartSession()))
    if status == "paused":
        session.done((M1, room.PauseSession("Coffee")), at=NOON + MINUTE)
    if status == "adjourned":
        session.done((M1, adjourning.AdjournSession("Thursday")), at=NOON + MINUTE)
    before = session.state.room
    new = going_on(session, moment=NOON + 2 * MINUTE)
    assert new.state.room.status == status
    assert (new.state.room.paused_at, new.state.room.resumes) == (before.paused_at, before.resumes)


def test_every_clock_runs_on_from_the_moment_once_the_room_is_resumed(session: Session) -> None:
    session.done((M1, agenda.StartItem("i1")))
    speaking(session, JAPAN)
    item, speech = session.state.agenda.running, session.state.floor.speech
    assert item
    assert item.ends_at
    assert speech
    moment = NOON + MINUTE
    new = going_on(session.given(at=moment), at=LATER)
    new.when(CLOCK, Tick(), LATER + DAY).then()
    new.done((M1, room.ResumeSession()), at=LATER + DAY)
    stood = LATER + DAY - moment
    assert new.state.agenda.running
    assert new.state.agenda.running.ends_at == item.ends_at + stood
    assert new.state.floor.speech
    assert new.state.floor.speech.ends_at == speech.ends_at + stood
    assert new.when(CLOCK, Tick(), LATER + DAY + 59_999).new == []
    assert new.when(CLOCK, Tick(), LATER + DAY + MINUTE).new, "two minutes of speech, one of them before the moment"


def under_silence(session: Session, *, stops: bool = False) -> Session:
    session.done((M1, texts.OpenDocument("Draft")), (JAPAN, texts.ProposeParagraph("Calm seas.")))
    return session.done((M1, silence.ProposeSilence(10, stops_on_adjournment=stops)))


def test_no_silence_runs_out_before_the_room_goes_on(session: Session) -> None:
    new = going_on(under_silence(session), moment=NOON + MINUTE)
    call = open_call(new.state)
    assert call
    assert (call.stands_since, call.at_the_table) == (NOON + MINUTE, False)
    new.when(CLOCK, Tick(), LATER + DAY).then()
    new.done((M1, room.ResumeSession()), at=LATER + DAY)
    new.when(CLOCK, Tick(), LATER + DAY + 9 * MINUTE - 1).then()
    new.when(CLOCK, Tick(), LATER + DAY + 9 * MINUTE)
    assert new.new == [silence.SilenceKept(call.id, "d1")]


@pytest.mark.parametrize("stops", [True, False])
def test_a_silence_in_an_adjourned_room_runs_on_once_it_is_reconvened(session: Session, stops: bool) -> None:
    under_silence(session, stops=stops).done((M1, adjourning.AdjournSession("Thursday")), at=NOON + 2 * MINUTE)
    new = going_on(session.given(at=NOON + 5 * MINUTE), moment=NOON + 5 * MINUTE)
    new.when(CLOCK, Tick(), LATER + DAY).then()
    new.done((M1, adjourning.ReconveneSession()), at=LATER + DAY)
    left = 8 if stops else 5
    new.when(CLOCK, Tick(), LATER + DAY + left * MINUTE - 1).then()
    assert new.when(CLOCK, Tick(), LATER + DAY + left * MINUTE).new == [silence.SilenceKept("c1", "d1")]


def test_a_silence_can_be_broken_while_it_stands(session: Session) -> None:
    new = going_on(under_silence(session))
    new.done((JAPAN, silence.BreakSilence("c1", "Not so."))).read()
    assert open_call(new.state) is None


def test_a_pause_still_stops_no_silence(session: Session) -> None:
    under_silence(session).done((M1, room.PauseSession()), (M1, room.ResumeSession()), at=NOON + MINUTE)
    call = open_call(session.state)
    assert call
    assert call.closes_at == NOON + 10 * MINUTE


def test_nobody_can_go_on_from_before_the_room_was_open_or_after_it_was_closed(session: Session) -> None:
    Session().when(M1, ForkRoom("Once more", "Monday", "BCDFGH", NOON, True)).refused("not_open_yet")
    session.done((M1, room.CloseSession()))
    going_on(session).refused("closed_then")


@pytest.mark.parametrize("same", [True, False])
def test_nobody_can_go_on_from_within_a_secret_ballot(session: Session, same: bool) -> None:
    session.done((M1, texts.OpenDocument("Draft")), (JAPAN, texts.ProposeParagraph("Calm seas.")))
    session.done((M1, voting.CallVote(5, "simple", "voting", 2, "secret")))
    going_on(session, same_people=same).refused("ballots_in_the_box")


@pytest.mark.parametrize("method", ["show", "roll_call"])
def test_a_vote_that_everybody_sees_goes_on(session: Session, method: str) -> None:
    session.done((M1, texts.OpenDocument("Draft")), (JAPAN, texts.ProposeParagraph("Calm seas.")))
    session.done((M1, voting.CallVote(5, "simple", "voting", 2, method)))
    assert open_call(going_on(session).state) is not None


# Its people


def test_whoever_was_removed_or_forgotten_since_is_not_in_it(session: Session) -> None:
    speaking(session, CHINA)
    new = going_on(session, removed=(CHINA, GONE), forgotten=(KOREA,))
    people = new.state.seats.people
    assert [people[pid].removed for pid in (CHINA, KOREA, GONE, JAPAN)] == [True, True, True, False]
    assert new.state.floor.speech is None
    assert new.state.seats.forgotten == (KOREA,)
    assert new.new.count(seats.PersonRemoved(GONE)) == 0, "nobody is removed twice"
    assert not [one for one in new.new if one in away(CHINA, KOREA, GONE)]


def test_what_somebody_had_spoken_is_counted_to_the_moment(session: Session) -> None:
    speaking(session, CHINA).given(at=NOON + 20_000)
    new = going_on(session, removed=(CHINA,))
    assert new.state.floor.spoken_ms == {"PRC": 20_000}


@pytest.mark.parametrize("actor", [JAPAN, WAITER, GONE, "late"])
def test_whoever_goes_on_from_here_chairs_with_the_moderators_of_that_moment(session: Session, actor: str) -> None:
    new = going_on(session, actor)
    person = new.state.seats.people[actor]
    assert (person.role, person.admitted, person.removed, person.seat) == ("moderator", True, False, "")
    assert new.state.room.chair == M1
    new.done((actor, room.ResumeSession()))


def test_who_is_no_moderator_any_more_is_none_in_the_new_room(session: Session) -> None:
    new = going_on(session, M2, stepped_down=(M1, JAPAN))
    assert offices.ChairHandedOver(M2) in new.new
    assert (new.state.seats.people[M1].role, new.state.room.chair) == ("observer", M2)
    assert new.state.seats.people[JAPAN].seat == DELEGATES[JAPAN]
    removed = going_on(session, M2, removed=(M1,), stepped_down=())
    assert removed.state.seats.people[M1].removed
    assert removed.state.room.chair == M2


def test_the_new_rooms_links_are_counted_from_the_moment(session: Session) -> None:
    session.done((M1, reinviting.ReinvitePerson(CHINA)))
    origin = going_on(session).state.forks.origin
    assert origin
    assert (origin.generations[CHINA], origin.generations[JAPAN]) == (1, 0)


def test_other_people_find_a_chair_and_nobody_else() -> None:
    opened = Session().done((M1, room.OpenRoom("Monday", *_plan())))
    new = going_on(opened, "new", same_people=False)
    assert new.new[2:] == [seats.PersonJoined("new", "moderator", True)]
    assert new.state.room.chair == "new"


def _plan() -> tuple[Any, ...]:
    [opened] = [one.event for one in cast_joined().entries if isinstance(one.event, room.RoomOpened)]
    plan = {**opened.scenario, "packs": {}}
    return plan, ("JPN", "PRC"), "chatham_house", True, False


# The note in the other record


def note(code: str = "JKLMNP", *, same: bool = True) -> NoteFork:
    return NoteFork(code, "Once more", NOON, same)


@pytest.mark.parametrize("closed", [True, False])
def test_a_moderator_notes_the_new_room_also_after_closing(session: Session, closed: bool) -> None:
    if closed:
        session.done((M1, room.CloseSession()))
    before = session.state
    session.when(M1, note()).then(ForkMade("JKLMNP", "Once more", NOON, True))
    assert session.state.forks.followed == session.state.forks.leading_to("JKLMNP") != None  # noqa: E711
    assert session.state.room == before.room, "nothing else has changed"


@pytest.mark.parametrize("person", [JAPAN, OBSERVER, SCREEN, WAITER, GONE, "stranger", CLOCK])
def test_nobody_else_notes_one(session: Session, person: str) -> None:
    session.when(person, note()).refused("not_moderator")


def test_a_room_is_gone_on_from_twelve_times_at_most(session: Session) -> None:
    for number in range(forking.MOST):
        session.done((M1, note(f"ROOM{number}")))
    session.when(M1, note()).refused("too_many_forks")


def test_a_room_with_the_same_people_is_told_to_all_and_one_with_others_to_the_moderators(session: Session) -> None:
    session.done((M1, note("SAME", same=True)), (M1, note("OTHER", same=False)))
    codes = {
        one.name: [made.code for made in fold(visible(session.entries, one)).forks.made]
        for one in (THE_MODERATORS, OBSERVERS, WAITING, on_seat("JPN-MFA", "JPN", officials=True))
    }
    assert codes == {
        "moderators": ["SAME", "OTHER"],
        "observers": ["SAME"],
        "lobby": ["SAME"],
        "seat:JPN-MFA": ["SAME"],
    }


def test_where_a_room_comes_from_is_told_to_all_and_its_code_to_the_moderators(session: Session) -> None:
    new = going_on(session)
    told = [fold(visible(new.entries, one)).forks.origin for one in (THE_MODERATORS, OBSERVERS, WAITING)]
    assert [(one.title, one.moment, one.code) for one in told if one] == [
        ("Monday group", NOON, "BCDFGH"),
        ("Monday group", NOON, ""),
        ("Monday group", NOON, ""),
    ]


def test_what_went_on_from_the_other_room_does_not_go_on_from_this_one(session: Session) -> None:
    session.done((M1, note()))
    new = going_on(session)
    assert new.state.forks.made == ()
    again = going_on(new.given(at=LATER), at=LATER + DAY)
    assert again.state.forks.origin
    assert again.state.forks.origin.title == "Monday group"


def test_it_is_read_afterwards_too(session: Session) -> None:
    new = going_on(session).done((M1, room.ResumeSession()), (M1, room.CloseSession()), (M1, note()))
    state = fold(readable(new.entries, OBSERVERS, assesses=False))
    assert state.forks.origin
    assert [one.code for one in state.forks.made] == ["JKLMNP"]


def test_a_name_that_is_forgotten_in_the_first_room_only_is_forgotten_by_its_own_event(session: Session) -> None:
    new = going_on(session, forgotten=(JAPAN, "never here"))
    assert [one for one in new.new if isinstance(one, forgetting.PersonForgotten)] == [
        forgetting.PersonForgotten(JAPAN)
    ]
