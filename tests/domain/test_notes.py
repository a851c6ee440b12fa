"""Between a seat and the chair: notes, answers, a private word; and what the chair keeps for the chair alone."""

from typing import Any

import pytest

from rooms.domain import adjourning, agenda, muting, room, seats
from rooms.domain.channels import Message
from rooms.domain.fold import fold
from rooms.domain.notes import (
    LONGEST,
    REFUSAL_MS,
    REFUSALS_A_PERSON,
    REFUSALS_KEPT,
    WINDOW,
    AnswerNote,
    Bookmark,
    Bookmarked,
    NoteAnswered,
    NotePutAside,
    NoteRefusal,
    Notes,
    NoteSent,
    NoteToChair,
    PutNoteAside,
    Refusal,
    RefusalNoted,
    SetBookmark,
    WordSent,
    WordToDelegation,
)
from rooms.domain.record import CLOCK
from rooms.domain.sight import OBSERVERS, THE_MODERATORS, WAITING, Audience, members_of, visible

from .aside_play import JPN_MFA, JPN_MOD, PRC_MFA
from .play import CHINA, GONE, JAPAN, JAPAN_MOD, KOREA, M1, M2, MINUTE, NOON, OBSERVER, OUTSIDERS, STRANGER, Session

REFUSED = NoteRefusal(JAPAN, "ask_for_floor", "list_closed", "The list is closed.")


def seen(session: Session, audience: Audience) -> Notes:
    return fold(visible(session.entries, audience)).notes


def thread(session: Session, seat: str = "JPN-MFA") -> list[str]:
    return [one.text for one in session.state.notes.threads.get(seat, ())]


# Notes and answers


def test_a_delegate_writes_to_the_chair_who_alone_reads_it(session: Session) -> None:
    session.when(JAPAN, NoteToChair("May I speak next?"))
    session.then(NoteSent("n-JPN-MFA-1", "JPN-MFA", JAPAN, "May I speak next?"))
    note = Message("n-JPN-MFA-1", JAPAN, "JPN-MFA", "May I speak next?", NOON)
    for reader in (JPN_MFA, THE_MODERATORS):
        assert seen(session, reader).threads == {"JPN-MFA": (note,)}
    for outsider in (JPN_MOD, PRC_MFA, members_of("JPN"), OBSERVERS, WAITING):
        assert seen(session, outsider) == Notes()


def test_it_waits_until_the_chair_answers(session: Session) -> None:
    session.done((JAPAN, NoteToChair("May I speak next?")))
    assert list(session.state.notes.waiting) == ["JPN-MFA"]
    session.when(M2, AnswerNote("JPN-MFA", "You may."))
    session.then(NoteAnswered("n-JPN-MFA-2", "JPN-MFA", M2, "You may."))
    assert list(session.state.notes.waiting) == []
    assert thread(session) == ["May I speak next?", "You may."]
    assert session.state.notes.threads["JPN-MFA"][-1].seat == ""
    assert seen(session, JPN_MFA).waiting == ()
    assert seen(session, JPN_MOD) == Notes()


def test_or_until_the_chair_puts_it_aside(session: Session) -> None:
    session.done((JAPAN, NoteToChair("The room is cold.")))
    session.when(M1, PutNoteAside("JPN-MFA")).then(NotePutAside("JPN-MFA"))
    assert (session.state.notes.waiting, thread(session)) == ((), ["The room is cold."])
    session.when(M1, PutNoteAside("JPN-MFA")).then()
    session.done((M1, AnswerNote("JPN-MFA", "I opened the stove.")))


def test_notes_wait_in_the_order_they_came_and_who_writes_again_keeps_their_place(session: Session) -> None:
    session.done((JAPAN, NoteToChair("One.")), (KOREA, NoteToChair("Two.")), (JAPAN, NoteToChair("Three.")))
    assert session.state.notes.waiting == ("JPN-MFA", "ROK-MFA")
    assert session.new[0].note == "n-JPN-MFA-2", "numbered in their own thread"
    session.done((M1, AnswerNote("JPN-MFA", "Yes.")), (JAPAN, NoteToChair("And now?")))
    assert session.state.notes.waiting == ("ROK-MFA", "JPN-MFA")


def test_nothing_is_written_without_words(session: Session) -> None:
    session.when(JAPAN, NoteToChair("")).refused("text_needed")
    session.done((JAPAN, NoteToChair("Well?")))
    session.when(M1, AnswerNote("JPN-MFA", "")).refused("text_needed")
    session.when(M1, WordToDelegation("JPN", "")).refused("text_needed")


@pytest.mark.parametrize("person", [*OUTSIDERS, M1])
def test_only_seated_delegates_write_to_the_chair(session: Session, person: str) -> None:
    session.when(person, NoteToChair("Let me in."))
    session.refused("not_admitted" if person == "waiting" else "not_delegate")


def test_also_who_is_muted_may_write_to_the_chair(session: Session) -> None:
    session.done((M1, muting.MutePerson(JAPAN)), (JAPAN, NoteToChair("I am sorry.")))


@pytest.mark.parametrize(
    "command", [AnswerNote("PRC-MFA", "Yes."), PutNoteAside("PRC-MFA"), AnswerNote("moon", "Yes.")]
)
def test_the_chair_answers_only_who_has_written(session: Session, command: Any) -> None:
    session.when(M1, command).refused("no_note")


@pytest.mark.parametrize(
    "command",
    [AnswerNote("JPN-MFA", "Yes."), PutNoteAside("JPN-MFA"), WordToDelegation("PRC", "Psst."), SetBookmark("Here.")],
)
@pytest.mark.parametrize("person", [JAPAN, OBSERVER])
def test_only_the_chair_answers_puts_aside_and_marks(session: Session, command: Any, person: str) -> None:
    session.done((JAPAN, NoteToChair("Well?")))
    session.when(person, command).refused("not_moderator")


def test_notes_go_to_and_fro_in_the_lobby_in_a_pause_and_overnight_but_not_after_closing(lobby: Session) -> None:
    lobby.done((JAPAN, NoteToChair("Early.")), (M1, AnswerNote("JPN-MFA", "Yes?")), (M1, room.StartSession()))
    lobby.done((M1, room.PauseSession()), (JAPAN, NoteToChair("Meanwhile.")), (M1, WordToDelegation("JPN", "Later.")))
    lobby.done((M1, adjourning.AdjournSession("Thursday")), (JAPAN, NoteToChair("At home.")))
    lobby.done((M1, adjourning.ReconveneSession()), (M1, room.CloseSession()))
    lobby.when(JAPAN, NoteToChair("Late.")).refused("closed")
    for command in (
        AnswerNote("JPN-MFA", "Late."),
        PutNoteAside("JPN-MFA"),
        WordToDelegation("JPN", "Late."),
        SetBookmark("Late."),
    ):
        lobby.when(M1, command).refused("closed")


def test_a_thread_belongs_to_the_seat(session: Session) -> None:
    session.done((JAPAN, NoteToChair("Ours.")), (M1, seats.MovePerson(JAPAN, "PRC-EXP-1")))
    session.when(JAPAN, NoteToChair("From over here."))
    assert session.new[0].seat == "PRC-EXP-1"
    assert session.state.notes.waiting == ("JPN-MFA", "PRC-EXP-1")


def test_a_screen_holds_the_last_notes_and_the_count_goes_on(session: Session) -> None:
    session.done(*[(JAPAN, NoteToChair(f"Number {n}.")) for n in range(1, WINDOW + 2)])
    assert len(session.state.notes.threads["JPN-MFA"]) == WINDOW
    assert thread(session)[0] == "Number 2."
    assert session.state.notes.counts["JPN-MFA"] == WINDOW + 1


# The chair's private word


def test_the_chair_says_something_to_one_delegation_alone(session: Session) -> None:
    session.when(M1, WordToDelegation("JPN", "Korea waits for you."))
    session.then(WordSent("n-JPN-1", "JPN", M1, "Korea waits for you."))
    for reader in (JPN_MFA, JPN_MOD, members_of("JPN"), THE_MODERATORS):
        assert [one.text for one in seen(session, reader).words["JPN"]] == ["Korea waits for you."]
    for outsider in (PRC_MFA, OBSERVERS, WAITING):
        assert seen(session, outsider) == Notes()
    assert session.state.notes.waiting == ()


@pytest.mark.parametrize("code", ["RUS", "JPN-MFA", ""])
def test_a_word_goes_to_a_delegation_of_this_room(session: Session, code: str) -> None:
    session.when(M1, WordToDelegation(code, "Psst.")).refused("unknown_delegation")


# Bookmarks


def test_the_chair_marks_a_moment_for_the_debrief(session: Session) -> None:
    session.when(M1, SetBookmark()).then(Bookmarked("b1", "", ""))
    session.done((M1, agenda.StartItem("i1")))
    session.when(M2, SetBookmark("The turn."), at=NOON + MINUTE).then(Bookmarked("b2", "The turn.", "i1"))
    assert session.state.notes.bookmarks[-1] == Bookmark("b2", "The turn.", "i1", NOON + MINUTE)
    assert seen(session, THE_MODERATORS).bookmarks == session.state.notes.bookmarks
    for outsider in (JPN_MFA, OBSERVERS, WAITING):
        assert seen(session, outsider) == Notes()


# What was refused


def test_what_was_refused_to_somebody_is_told_to_the_chair_alone(session: Session) -> None:
    session.when(CLOCK, REFUSED).then(RefusalNoted(JAPAN, "ask_for_floor", "list_closed", "The list is closed."))
    [refusal] = session.state.notes.refusals
    assert refusal == Refusal(JAPAN, "ask_for_floor", "list_closed", "The list is closed.", NOON)
    assert seen(session, THE_MODERATORS).refusals == (refusal,)
    assert seen(session, JPN_MFA) == Notes()


def test_who_presses_ten_times_fills_nobodys_record(session: Session) -> None:
    session.done((CLOCK, REFUSED))
    session.when(CLOCK, REFUSED, at=NOON + REFUSAL_MS - 1).then()
    session.done((CLOCK, NoteRefusal(CHINA, "ask_for_floor", "list_closed", "The list is closed.")))
    session.done((CLOCK, REFUSED), at=NOON + REFUSAL_MS)
    assert [one.person for one in session.state.notes.refusals] == [JAPAN, CHINA, JAPAN]


@pytest.mark.parametrize("person", [M1, STRANGER, GONE])
def test_nothing_is_noted_of_the_chair_nor_of_who_is_not_here(session: Session, person: str) -> None:
    session.when(CLOCK, NoteRefusal(person, "ask_for_floor", "not_delegate", "Take a seat first.")).then()


def test_only_our_own_code_notes_it_and_only_while_the_room_is_open(session: Session) -> None:
    session.when(JAPAN, REFUSED).then()
    session.done((M1, room.CloseSession()))
    session.when(CLOCK, REFUSED).then()


def test_the_last_refusals_are_kept(session: Session) -> None:
    people = (JAPAN, CHINA, KOREA, JAPAN_MOD)
    for n in range(REFUSALS_KEPT + 3):
        session.done((CLOCK, NoteRefusal(people[n % 4], "say", f"code_{n}", "No.")))
    assert [one.code for one in session.state.notes.refusals] == [f"code_{n}" for n in range(3, REFUSALS_KEPT + 3)]
    session.done((CLOCK, NoteRefusal(JAPAN_MOD, "say", "code", "No.")))


def test_who_presses_everything_in_turn_hides_nobody_elses_trouble(session: Session) -> None:
    session.done((CLOCK, NoteRefusal(CHINA, "say", "code", "No.")))
    session.done(*[(CLOCK, NoteRefusal(JAPAN, "say", f"code_{n}", "No.")) for n in range(REFUSALS_A_PERSON)])
    session.when(CLOCK, NoteRefusal(JAPAN, "say", "one_more", "No.")).then()
    assert session.state.notes.refusals[0].person == CHINA
    session.when(CLOCK, NoteRefusal(JAPAN, "say", "one_more", "No."), at=NOON + REFUSAL_MS)
    assert len(session.new) == 1


def test_a_note_is_no_speech(session: Session) -> None:
    session.done((JAPAN, NoteToChair("x" * LONGEST)))
    session.when(JAPAN, NoteToChair("x" * (LONGEST + 1))).refused("too_long")
    session.when(M1, AnswerNote("JPN-MFA", "x" * (LONGEST + 1))).refused("too_long")
