"""The hot wash: who leads it, who writes, what nobody learns of who wrote, and what others read of it afterwards."""

from typing import Any

import pytest

from rooms.domain import agenda, floor, ground_rules, hot_wash, muting, notes, room, seats, speakers, statements
from rooms.domain.attribution import readable
from rooms.domain.fold import fold
from rooms.domain.hot_wash import (
    AddWashNote,
    BeginHotWash,
    EndHotWash,
    MomentTakenUp,
    NoteAdded,
    NoteTakenDown,
    PhaseTurned,
    RoleLeft,
    RolesCounted,
    StepOutOfRole,
    TakeDownNote,
    TakeUpBookmark,
    TurnToPhase,
    WashBegan,
    WashEnded,
)
from rooms.domain.record import CLOCK, Entry
from rooms.domain.sight import OBSERVERS, THE_MODERATORS, members_of, on_seat, visible
from rooms.domain.whiteboard import PHASES, Turn, WashNote, shown

from .play import (
    CHINA,
    DELEGATES,
    JAPAN,
    JAPAN_MOD,
    KOREA,
    M1,
    M2,
    MINUTE,
    NOON,
    OBSERVER,
    SCREEN,
    SECOND,
    Session,
    cast_joined,
    cast_live,
    speaking,
)
from .wash_play import ITEM, NAME, PLUS, closed, washing, washing_after

OFF, HOUSE = "off_the_record", "chatham_house"
STAGES = pytest.mark.parametrize("stage", [washing, washing_after], ids=["in its item", "after the session"])


def under(rule: str) -> Session:
    return cast_live().done((M1, ground_rules.SetAttribution(rule)))


def in_an_item_under(rule: str) -> Session:
    item = agenda.AddItem("Hot wash", "hot_wash", 10, rule)
    return cast_live().done((M1, item), (M1, agenda.StartItem("added-1")), (M1, BeginHotWash()))


def noted(session: Session) -> list[str]:
    """Which notes others may read now, in the record and on the board that is made of it."""
    read = readable(session.entries, OBSERVERS, assesses=False)
    told = [one.event.text for one in read if isinstance(one.event, NoteAdded)]
    assert [one.text for one in fold(read).hot_wash.notes] == told
    return told


# Phases


def test_it_begins_in_its_item_with_stepping_out_of_role() -> None:
    session = cast_live().done(*ITEM)
    session.when(M1, BeginHotWash(), NOON + MINUTE).then(WashBegan("role"))
    assert session.state.hot_wash.turns == (Turn("role", NOON + MINUTE),)
    assert hot_wash.is_held(session.state)
    session.when(M2, BeginHotWash()).then()


def test_it_begins_once_the_session_is_closed() -> None:
    session = closed(cast_live())
    session.when(M1, BeginHotWash()).then(WashBegan("role"))
    assert session.state.room.status == "closed"


@pytest.mark.parametrize("stage", [cast_joined, cast_live, lambda: cast_live().done((M1, agenda.StartItem("i1")))])
def test_it_has_no_time_elsewhere(stage: Any) -> None:
    stage().when(M1, BeginHotWash()).refused("no_time_for_it")


def test_it_waits_while_the_session_is_paused() -> None:
    session = washing(cast_live()).done((M1, room.PauseSession()))
    session.when(M1, TurnToPhase("feel")).refused("paused")
    session.when(JAPAN, PLUS).refused("paused")


def test_the_moderator_turns_to_any_phase_forward_and_back() -> None:
    session = washing(cast_live())
    for phase in (*PHASES, *reversed(PHASES)):
        if phase != session.state.hot_wash.phase:
            session.when(M1, TurnToPhase(phase)).then(PhaseTurned(phase))
            assert session.state.hot_wash.phase == phase
    session.when(M1, TurnToPhase(session.state.hot_wash.phase)).then()
    session.when(M1, TurnToPhase("party")).refused("unknown_phase")


def test_it_ends_and_goes_on_where_it_ended() -> None:
    session = washing_after(cast_live()).done((M1, TurnToPhase("learned")))
    session.when(M1, EndHotWash(), NOON + MINUTE).then(WashEnded())
    assert session.state.hot_wash.ended_at == NOON + MINUTE
    session.when(JAPAN, PLUS).refused("no_hot_wash")
    session.when(M1, TurnToPhase("next")).refused("no_hot_wash")
    session.when(M1, EndHotWash()).refused("no_hot_wash")
    session.when(M1, BeginHotWash()).then(WashBegan("learned"))


def test_it_stands_still_when_its_item_ends_and_goes_on_when_the_session_is_closed() -> None:
    session = washing(cast_live()).done((M1, agenda.EndItem("added-1")))
    assert not hot_wash.is_held(session.state)
    session.when(JAPAN, PLUS).refused("no_time_for_it")
    assert hot_wash.is_held(closed(session).state)
    session.done((JAPAN, PLUS))


# Out of role


@STAGES
def test_everybody_who_played_somebody_steps_out_once_and_all_are_told_how_many(stage: Any) -> None:
    session = stage(cast_live())
    session.when(JAPAN, StepOutOfRole()).then(RoleLeft(JAPAN, "JPN-MFA", "JPN"), RolesCounted(1))
    session.when(JAPAN, StepOutOfRole()).then()
    session.when(CHINA, StepOutOfRole()).then(RoleLeft(CHINA, "PRC-MFA", "PRC"), RolesCounted(2))
    assert session.state.hot_wash.out_count == 2
    assert len(hot_wash.in_roles(session.state)) == len(DELEGATES)


def test_who_stepped_out_is_known_on_their_seat_alone() -> None:
    session = washing(cast_live()).done((JAPAN, StepOutOfRole()))
    own, count = session.entries[-2:]
    assert on_seat("JPN-MFA", "JPN", officials=True).sees(own)
    others = (OBSERVERS, THE_MODERATORS, members_of("JPN", officials=True), on_seat("JPN-MOD", "JPN", officials=True))
    assert not any(one.sees(own) for one in others)
    assert (count.actor, count.request_id) == (CLOCK, "")


@pytest.mark.parametrize("person", [M1, OBSERVER, SCREEN])
def test_who_played_nobody_has_no_role_to_step_out_of(person: str) -> None:
    washing(cast_live()).when(person, StepOutOfRole()).refused("not_delegate")


def test_before_it_begins_nobody_steps_out_or_writes() -> None:
    session = cast_live().done(*ITEM)
    session.when(JAPAN, StepOutOfRole()).refused("no_hot_wash")
    session.when(JAPAN, PLUS).refused("no_hot_wash")


# The board


@STAGES
@pytest.mark.parametrize("person", [JAPAN, KOREA, OBSERVER, M1, M2])
def test_everybody_inside_writes_and_the_record_does_not_say_who(person: str, stage: Any) -> None:
    session = stage(cast_live())
    session.done((person, PLUS))
    entry = session.entries[-1]
    item = "added-1" if stage is washing else ""
    assert entry == Entry(entry.seq, NOON, CLOCK, ("all",), HOUSE, NoteAdded(NAME, "plus", "role", PLUS.text, item))


def test_the_same_note_from_two_people_is_one_note() -> None:
    one, other = (washing(cast_live()).done((person, PLUS)) for person in (JAPAN, CHINA))
    assert one.entries == other.entries
    one.when(CHINA, PLUS).then()
    one.when(CHINA, AddWashNote("delta", PLUS.text), NOON + 1)
    assert len(one.state.hot_wash.board) == 2


def test_a_note_is_short_and_of_a_kind() -> None:
    session = washing(cast_live())
    session.when(JAPAN, AddWashNote("song", "La.")).refused("unknown_kind")
    session.when(JAPAN, AddWashNote("plus", "")).refused("text_needed")
    session.when(JAPAN, AddWashNote("plus", "x" * (hot_wash.LONGEST + 1))).refused("too_long")
    session.done((JAPAN, AddWashNote("plus", "x" * hot_wash.LONGEST)))


def test_who_is_muted_writes_nothing_and_still_steps_out() -> None:
    session = washing(cast_live()).done((M1, muting.MutePerson(JAPAN)))
    session.when(JAPAN, PLUS).refused("muted")
    session.done((JAPAN, StepOutOfRole()))


def test_the_board_is_bounded_and_what_comes_down_makes_room() -> None:
    session = washing_after(cast_live())
    many = [NoteAdded(f"n{number}", "plus", "feel", f"{number}", "") for number in range(hot_wash.MOST)]
    session.given(*many)
    session.when(JAPAN, PLUS).refused("board_full")
    session.done((M1, TakeDownNote("n0", "Twice.")), (JAPAN, PLUS))


def test_the_moderator_takes_a_note_down_with_a_reason_and_it_stays_down() -> None:
    session = washing(cast_live()).done((JAPAN, PLUS))
    session.when(M1, TakeDownNote(NAME, "")).refused("reason_needed")
    session.when(M1, TakeDownNote("w0", "Why not.")).refused("unknown_note")
    session.when(M1, TakeDownNote(NAME, "It names somebody.")).then(NoteTakenDown(NAME, "It names somebody."))
    assert session.state.hot_wash.board == ()
    session.when(M1, TakeDownNote(NAME, "Again.")).then()
    session.when(JAPAN, PLUS).then()


# Moments


def test_a_bookmark_that_is_taken_up_is_everybodys_until_the_next_turn() -> None:
    session = cast_live().done((M1, agenda.StartItem("i1")), at=NOON + SECOND)
    session.done((M1, notes.SetBookmark("Here it turned.")), at=NOON + 2 * SECOND)
    session.done((M1, agenda.AddItem("Wash", "hot_wash", 5)), (M1, agenda.StartItem("added-1", "i1")))
    session.done((M1, BeginHotWash()), at=NOON + MINUTE)
    taken = MomentTakenUp("Here it turned.", "i1", NOON + 2 * SECOND)
    session.when(M1, TakeUpBookmark("b1")).then(taken)
    view = fold(visible(session.entries, OBSERVERS))
    assert (view.hot_wash.up, view.hot_wash.moments[-1].instant) == (True, NOON + 2 * SECOND)
    assert view.notes.bookmarks == (), "the others stay the chair's own"
    session.when(M1, TurnToPhase("role")).then(PhaseTurned("role"))
    assert not session.state.hot_wash.up
    session.when(M1, TakeUpBookmark("b2")).refused("unknown_bookmark")


# What others read afterwards


@pytest.mark.parametrize("rule", ["on_the_record", "not_for_attribution", HOUSE])
def test_what_was_noted_in_the_item_is_read_afterwards(rule: str) -> None:
    session = closed(in_an_item_under(rule).done((JAPAN, PLUS)))
    assert noted(session) == [PLUS.text]


def test_what_was_noted_off_the_record_is_nobodys_afterwards_not_even_its_number() -> None:
    without, with_it = (
        in_an_item_under(OFF),
        in_an_item_under(OFF).done((JAPAN, PLUS), (CHINA, AddWashNote("delta", "x"))),
    )
    first, other = (closed(one).done((M1, TurnToPhase("feel")), (KOREA, PLUS)) for one in (without, with_it))
    read = [readable(one.entries, OBSERVERS, assesses=False) for one in (first, other)]
    assert read[0] == read[1]
    assert noted(other) == [PLUS.text], "after the session the room's rule is in force"


def test_after_a_session_off_the_record_the_board_is_for_those_who_are_there_and_then_gone() -> None:
    session = closed(under(OFF)).done((M1, BeginHotWash()), (JAPAN, PLUS))
    assert [one.text for one in shown(session.state)] == [PLUS.text]
    assert noted(session) == []
    session.done((M1, EndHotWash()))
    assert shown(session.state) == ()
    assert len(shown(session.state, assesses=True)) == 1


def test_off_the_record_no_board_outlasts_the_session() -> None:
    session = in_an_item_under(OFF).done((JAPAN, PLUS))
    assert len(shown(session.state)) == 1
    closed(session).done((JAPAN, AddWashNote("delta", "Later.")))
    assert [one.text for one in shown(session.state)] == ["Later."], "the room itself is under Chatham House"


@pytest.mark.parametrize("rule", ["not_for_attribution", HOUSE])
def test_neither_place_nor_time_tells_in_an_item_who_wrote(rule: str) -> None:
    def played(*order: tuple[str, str, int]) -> list[Entry]:
        session = in_an_item_under(rule)
        for person, text, second in order:
            session.when(person, AddWashNote("plus", text), NOON + second * SECOND)
        session.when(JAPAN, seats.LeaveSeat(), NOON + 40 * SECOND)
        session.when(CHINA, AddWashNote("delta", "Last."), NOON + 50 * SECOND)
        session.when(M1, agenda.EndItem("added-1"), NOON + MINUTE)
        return readable(closed(session).entries, OBSERVERS, assesses=False)

    one = played((JAPAN, "Aye.", 1), (CHINA, "No.", 2))
    assert one == played((KOREA, "No.", 5), (JAPAN_MOD, "Aye.", 30))
    assert {entry.at for entry in one if isinstance(entry.event, NoteAdded)} == {NOON + MINUTE}
    assert {entry.actor for entry in one if isinstance(entry.event, NoteAdded)} == {""}


def test_after_the_session_what_has_been_read_stays_in_its_place() -> None:
    session = washing_after(cast_live())
    before: list[Entry] = []
    for number in range(6):
        session.done((JAPAN, AddWashNote("plus", f"{number}")))
        now = readable(session.entries, OBSERVERS, assesses=False)
        assert now[: len(before)] == before
        before = now


def test_what_the_chair_took_down_is_left_out_unless_it_was_on_the_record() -> None:
    for rule, left in (("on_the_record", [PLUS.text]), (HOUSE, [])):
        for later in (False, True):
            session = in_an_item_under(rule).done((JAPAN, PLUS))
            session = closed(session) if later else session
            session.done((M1, TakeDownNote(NAME, "It names somebody.")))
            session = session if later else closed(session)
            assert noted(session) == left
            read = readable(session.entries, OBSERVERS, assesses=False)
            assert fold(read).hot_wash.board == ()
            assert any(isinstance(one.event, NoteTakenDown) for one in read) == bool(left)
    session = closed(cast_live()).done((M1, BeginHotWash()), (JAPAN, PLUS), (M1, TakeDownNote(NAME, "It names.")))
    assert noted(session) == []


def test_who_stepped_out_and_when_is_nobodys_afterwards() -> None:
    session = closed(washing(cast_live()).done((JAPAN, StepOutOfRole()), (CHINA, StepOutOfRole())))
    seat = on_seat("JPN-MFA", "JPN", officials=True)
    read = readable(session.entries, seat, assesses=False)
    assert not any(isinstance(one.event, RoleLeft) for one in read)
    assert fold(read).hot_wash.out_count == 2


@pytest.mark.parametrize(("rule", "told"), [(OFF, False), (HOUSE, True), ("on_the_record", True)])
def test_a_moment_taken_up_is_told_unless_that_was_off_the_record(rule: str, told: bool) -> None:
    session = closed(under(rule).done((M1, notes.SetBookmark("Here it turned."))))
    session.done((M1, BeginHotWash()), (M1, TakeUpBookmark("b1")))
    read = readable(session.entries, OBSERVERS, assesses=False)
    assert any(isinstance(one.event, MomentTakenUp) for one in read) == told


def test_what_is_said_in_the_item_is_treated_as_everywhere() -> None:
    session = speaking(in_an_item_under(HOUSE)).done((JAPAN, statements.MakeStatement("I was cross.")))
    session.done((JAPAN, PLUS), (CHINA, speakers.AskForFloor()), (M1, floor.NextSpeaker()))
    read = readable(closed(session).entries, OBSERVERS, assesses=False)
    said = [one for one in read if isinstance(one.event, statements.StatementMade | NoteAdded)]
    assert [(one.actor, one.at) for one in said] == [("", NOON)] * 2
    assert fold(read).hot_wash.notes == (WashNote(NAME, "plus", "role", PLUS.text, NOON, HOUSE, after_closing=False),)
