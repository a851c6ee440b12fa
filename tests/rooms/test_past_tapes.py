"""Tapes: any moment from key frames as from the beginning, going on with the record, through other eyes never more
and never failing, and no more of them kept than was said. What is hidden changes nothing of any of it."""

from collections.abc import Sequence
from dataclasses import replace
from threading import Event, Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms import log, searching
from rooms.domain.attribution import afterwards
from rooms.domain.channels import SayInDelegation
from rooms.domain.fold import apply, fold
from rooms.domain.notes import NoteToChair
from rooms.domain.record import Entry
from rooms.domain.room import AdmissionSet, CloseSession
from rooms.domain.sight import OBSERVERS, THE_MODERATORS, WAITING, Audience, visible
from rooms.domain.state import RoomState
from rooms.domain.statements import ChairStatement
from rooms.past import FRAME_EVERY, Tape, recorded
from rooms.tapes import PAINTED, TAPES_KEPT, Reader, Shelf, Tapes
from tests.domain.moves import Move, at_random, moves, played
from tests.domain.play import CHINA, JAPAN, M1, MINUTE, NOON, SECOND, Session
from tests.domain.test_noninterference import AUDIENCES, INSIDE, SEATS, fates, spoiled

from .test_changed_places import stored

NAMES = {"japan": "Sato", "china": "Chen"}
readers = st.sampled_from(INSIDE)
some_eyes = st.lists(st.sampled_from((OBSERVERS, *SEATS)), min_size=2, max_size=2, unique=True)


def screen_of(eyes: Audience) -> str:
    return "delegate" if eyes.seat else "observer"


def renumbered(entries: Sequence[Entry]) -> list[Entry]:
    return [replace(entry, seq=seq, request_id="") for seq, entry in enumerate(entries, start=1)]


def records(entries: Sequence[Entry], reader: Audience) -> tuple[list[Entry], list[Entry]]:
    """The two ways in which a reader may read: the assessment record, and within the rule."""
    seen = renumbered(visible(entries, reader))
    return seen, afterwards(seen)


@at_random
@given(drawn=moves(), reader=readers)
def test_through_any_eyes_any_record_can_be_seen_and_adds_nothing(drawn: list[Move], reader: Audience) -> None:
    for record in records(played(drawn).entries, reader):
        for eyes in AUDIENCES:
            tape = recorded(record, eyes)
            both = [entry for entry in record if eyes.sees(entry)]
            assert tape.state == fold(both)
            assert [record[step - 1] for step in tape.steps] == both
            assert all(one.cursor in tape.steps for one in tape.moments)
        for eyes in (OBSERVERS, SEATS[0]):
            recorded(record, eyes).paint(len(record), screen_of(eyes), eyes, NAMES)


@at_random
@given(drawn=moves(), reader=readers, eyes=some_eyes, fate=fates)
def test_nothing_hidden_changes_a_byte_of_replay_or_search(
    drawn: list[Move], reader: Audience, eyes: list[Audience], fate: list[str]
) -> None:
    if reader is WAITING:
        return
    entries = played(drawn).entries
    other = spoiled(entries, reader, fate)
    for one, two in zip(records(entries, reader), records(other, reader), strict=True):
        for through in (None, *eyes):
            assert told(recorded(one, through), reader) == told(recorded(two, through), reader)


def told(tape: Tape, reader: Audience) -> object:
    """All that is sent of a tape, at a few of its moments."""
    looking = tape.eyes or reader
    moments = range(tape.last, 0, -max(1, tape.last // 3))
    panels = [tape.paint(cursor, screen_of(looking), looking, {}) for cursor in moments]
    found = [searching.find(tape, word) for word in ("e", "land", "port")]
    return panels, tape.times, list(tape.steps), list(tape.moments), tape.tracks, tape.stops, found


@at_random
@given(drawn=moves(), cuts=st.lists(st.integers(1, 200), min_size=1, max_size=4))
def test_a_tape_that_goes_on_with_the_record_is_one_made_at_once(drawn: list[Move], cuts: list[int]) -> None:
    entries = played(drawn).entries
    for reader, eyes, protected in (
        (THE_MODERATORS, None, False),
        (THE_MODERATORS, SEATS[0], False),
        (OBSERVERS, None, True),
    ):
        tape = Tape(eyes=eyes)
        for cut in (*sorted(cuts), len(entries)):
            seen = renumbered(visible(entries[:cut], reader))
            record = afterwards(seen) if protected else seen
            tape = recorded(record, eyes, tape)
        assert tape == recorded(tape.entries, eyes)


# A long record


@pytest.fixture(scope="module")
def long() -> list[Entry]:
    """Some hundred entries: what all hear, between what only some do."""
    session = played([])
    for number in range(2 * FRAME_EVERY):
        session.when(JAPAN, SayInDelegation(f"Among us, {number}."), session.now + SECOND)
        session.when(M1, ChairStatement(f"To all, {number}."), session.now)
        session.when(CHINA, NoteToChair(f"To you, {number}."), session.now + number % 3 * SECOND)
    assert len(session.entries) > 4 * FRAME_EVERY
    return session.entries


def test_every_moment_from_its_frame_is_as_from_the_beginning(long: list[Entry]) -> None:
    tape = recorded(long)
    assert len(tape.frames) == len(long) // FRAME_EVERY + 1
    states = [RoomState()]
    for entry in long:
        states.append(apply(states[-1], entry))
    there_and_back = [*range(len(long) + 1), *range(len(long), -1, -1), *range(0, len(long), 37)]
    assert all(tape.state_at(cursor) == states[cursor] for cursor in there_and_back)


def test_steps_lead_from_one_thing_seen_to_the_next(long: list[Entry]) -> None:
    tape = recorded(visible(long, THE_MODERATORS), OBSERVERS)
    walked, cursor = [], 0
    while cursor := tape.after(cursor):
        walked.append(cursor)
    assert walked == list(tape.steps)
    assert len(walked) < tape.last
    back, cursor = [], tape.last + 1
    while cursor := tape.before(cursor):
        back.append(cursor)
    assert back == walked[::-1]


def test_an_instant_belongs_to_the_last_moment_not_after_it(long: list[Entry]) -> None:
    tape = recorded(long)
    assert tape.cursor_at(0) == tape.cursor_at(long[0].at - 1) == 1
    assert tape.cursor_at(long[-1].at) == tape.cursor_at(10**30) == tape.last
    for cursor in range(1, tape.last, 11):
        found = tape.cursor_at(tape.times[cursor - 1])
        assert tape.times[found - 1] == tape.times[cursor - 1]
        assert found == tape.last or tape.times[found] > tape.times[found - 1]


def test_a_clock_that_went_back_does_not_turn_the_strip_around() -> None:
    entries = played([]).entries
    back = [*entries[:-1], replace(entries[-1], at=entries[-1].at - MINUTE)]
    assert recorded(back).times == sorted(recorded(back).times)


def test_what_came_long_after_the_closing_does_not_press_the_session_together() -> None:
    session: Session = played([]).done((M1, CloseSession()))
    end = replace(session.entries[-1], event=AdmissionSet(False))
    late = [*session.entries, replace(end, seq=end.seq + 1, at=end.at + 40 * MINUTE)]
    assert recorded(late).until == end.at + 40 * MINUTE
    later = [*late, replace(end, seq=end.seq + 2, at=end.at + 900 * MINUTE)]
    assert recorded(later).until == end.at + 40 * MINUTE
    assert recorded(later).place(later[-1].at) == 1000


def test_other_names_are_painted_anew() -> None:
    tape = recorded(visible(played([]).entries, THE_MODERATORS))
    told_so = tape.paint(tape.last, "moderator", THE_MODERATORS, NAMES)["people"]
    forgotten = tape.paint(tape.last, "moderator", THE_MODERATORS, {})["people"]
    assert "Sato" in told_so
    assert "Sato" not in forgotten
    assert tape.paint(tape.last, "moderator", THE_MODERATORS, NAMES)["people"] == told_so


def test_nothing_yet_is_a_tape_too() -> None:
    tape = Tape()
    assert (tape.last, tape.tracks, tape.stops, tape.told(0), tape.state_at(0)) == (0, (), [], None, RoomState())
    assert tape.since == tape.until == 0


# What is kept


def test_a_shelf_lets_go_of_what_was_not_used_for_longest() -> None:
    shelf: Shelf[str] = Shelf(6, len)
    shelf.put("a", "aaa")
    shelf.put("b", "bb")
    assert shelf.take("a") == "aaa"
    shelf.put("c", "cc")
    assert (shelf.take("b"), shelf.take("a"), shelf.weight) == (None, "aaa", 5)
    shelf.put("d", "d" * 50)
    assert (len(shelf), shelf.take("d")) == (1, "d" * 50)


def test_no_more_tapes_are_kept_than_was_said() -> None:
    shelf: Shelf[Tape] = Shelf(TAPES_KEPT, lambda one: PAINTED + len(one.steps))
    for number in range(3 * TAPES_KEPT // PAINTED):
        shelf.put(number, Tape())
    assert shelf.weight <= TAPES_KEPT


class Waits(Audience):
    """Eyes that do not see before they are let."""

    begun, gate = Event(), Event()

    def sees(self, entry: Entry) -> bool:
        self.begun.set()
        assert self.gate.wait(60)
        return super().sees(entry)


def test_while_one_room_is_made_ready_others_do_not_wait(long: list[Entry]) -> None:
    tapes = Tapes()
    for room_id in (1, 2):
        tapes._rooms.put((room_id, "CODE"), long)
    slow = Thread(target=tapes.tape, args=(reader_of(1), long[-1].seq, Waits("slow", frozenset({"all"}))))
    slow.start()
    try:
        assert Waits.begun.wait(60)
        assert tapes.tape(reader_of(2), long[-1].seq).last
        assert slow.is_alive()
    finally:
        Waits.gate.set()
        slow.join()
    assert len(tapes._tapes) == 2


def reader_of(room_id: int) -> Reader:
    return Reader(room_id, "CODE", THE_MODERATORS, assesses=True)


@pytest.mark.django_db
def test_a_record_is_read_once_for_all_who_look_at_it(django_assert_num_queries: pytest.FixtureRequest) -> None:
    session = played([])
    room = stored(session, "BCDFGH")
    tapes, head = Tapes(), len(session.entries)
    moderator = Reader(room.pk, room.code, THE_MODERATORS, assesses=True)
    with django_assert_num_queries(1):  # type: ignore[operator]
        first = tapes.tape(moderator, head)
        for eyes in (OBSERVERS, *SEATS):
            tapes.tape(moderator, head, eyes)
            tapes.tape(Reader(room.pk, room.code, eyes, assesses=False), head)
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert tapes.tape(moderator, head) is first
        assert tapes.tape(moderator, head - 1) is first  # what is known already is not unlearned
    session.when(M1, CloseSession(), NOON + 90 * MINUTE)
    log.append(room.pk, room.code, room.head_hash, session.entries[head:], session.state)
    with django_assert_num_queries(1):  # type: ignore[operator]
        longer = tapes.tape(moderator, len(session.entries))
    assert longer.entries[:head] == first.entries
    assert longer.state.room.status == "closed"
    assert first.state.room.status == "live"
    tapes.forget_all()
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert tapes.tape(moderator, len(session.entries)) == longer


@pytest.mark.django_db
def test_through_other_eyes_one_sees_what_those_saw_whoever_looked_before() -> None:
    session = played([])
    for actor, command in ((JAPAN, SayInDelegation("Among us.")), (CHINA, NoteToChair("To you."))):
        session.when(actor, command, session.now + SECOND)
    room = stored(session, "BCDFGH")
    head = len(session.entries)
    looking = (None, OBSERVERS, *SEATS)
    for order in (looking, looking[::-1]):
        tapes = Tapes()
        for eyes in order:
            tape = tapes.tape(Reader(room.pk, room.code, THE_MODERATORS, assesses=True), head, eyes)
            assert tape == recorded(tape.entries, eyes), eyes
