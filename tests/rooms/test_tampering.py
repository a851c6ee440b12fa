"""Whatever somebody does to the rows of a record, verifying finds it and names the first event that is not as it was
written.

A record is tampered with where it is kept, in the database; the chain itself is asked, too, on rows alone.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rooms import archive, log
from rooms.domain.record import Entry
from rooms.models import Event, Room
from tests.domain.moves import Move, moves, played
from tests.rooms.archives import CODE, chain_of
from tests.rooms.kit import live_played


@pytest.fixture(autouse=True)
def _committed_at_once() -> None:
    """Here nothing counts as committed that is not: these tests take back themselves what was written."""


COLUMNS = ("at", "actor", "name", "version", "attribution", "data", "audience", "request_id", "hash")
in_rows = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
in_database = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def other(row: Any, column: str) -> Any:
    """Something else than a row has in a column."""
    if column == "hash":
        return ("0" if row.hash[0] != "0" else "1") + row.hash[1:]
    if column == "data":
        return {**row.data, "extra": True}
    if column == "audience":
        return [*row.audience, "moderators2"]
    value = getattr(row, column)
    return value + 1 if isinstance(value, int) else f"{value}x"


# On rows alone: any session


def first_fault(code: str, rows: list[log.Row]) -> int:
    """The place of the first row that does not follow from those before it, from 1; 0 if all do."""
    link = ""
    for place, row in enumerate(rows, start=1):
        link = log.link_of(link, code, row)
        if row.hash != link or row.seq != place:
            return place
    return 0


@in_rows
@given(drawn=moves(), data=st.data())
def test_in_any_session_the_first_row_that_is_not_as_written_is_found(drawn: list[Move], data: st.DataObject) -> None:
    entries: list[Entry] = played(drawn).entries
    rows = list(chain_of(entries, archive.EVERYTHING).rows)
    assert first_fault(CODE, rows) == 0
    assert first_fault("ZZZZZZ", rows) == 1
    one, two = sorted(data.draw(st.lists(st.integers(0, len(rows) - 1), min_size=2, max_size=2, unique=True)))
    column = data.draw(st.sampled_from(COLUMNS))
    changed = {name: getattr(rows[one], name) for name in log.Row.__slots__} | {column: other(rows[one], column)}
    assert first_fault(CODE, [*rows[:one], log.Row(**changed), *rows[one + 1 :]]) == one + 1
    without = [*rows[:one], *rows[one + 1 :]]
    assert first_fault(CODE, without) == one + 1
    assert first_fault(CODE, [*rows[: one + 1], rows[one], *rows[one + 1 :]]) == one + 2
    swapped = [*rows]
    swapped[one], swapped[two] = rows[two], rows[one]
    assert first_fault(CODE, swapped) == one + 1
    assert first_fault(CODE, [*rows[:one], rows[two], *rows[one:]]) == one + 1


# In the database

Tamper = Callable[[Room, st.DataObject], int]  # what is done to a room's record; the seq that must be named


def a_seq(room: Room, data: st.DataObject) -> int:
    return int(data.draw(st.integers(1, room.head)))


def change(room: Room, data: st.DataObject) -> int:
    seq, column = a_seq(room, data), data.draw(st.sampled_from(COLUMNS))
    row = Event.objects.get(room=room, seq=seq)
    Event.objects.filter(pk=row.pk).update(**{column: other(row, column)})
    return seq


def remove(room: Room, data: st.DataObject) -> int:
    seq = a_seq(room, data)
    Event.objects.filter(room=room, seq=seq).delete()
    return seq


def remove_and_close_the_gap(room: Room, data: st.DataObject) -> int:
    seq = remove(room, data)
    moved(room, seq + 1, -1)
    Room.objects.filter(pk=room.pk).update(head=room.head - 1)
    return min(seq, room.head - 1)


def moved(room: Room, since: int, by: int) -> None:
    """Every event from a seq on is numbered otherwise."""
    rows = list(Event.objects.filter(room=room, seq__gte=since).order_by("seq" if by < 0 else "-seq"))
    for row in rows:
        Event.objects.filter(pk=row.pk).update(seq=row.seq + by)


def insert(room: Room, data: st.DataObject) -> int:
    """An event stands a second time, before or after itself, with all behind it moved on."""
    seq, of = a_seq(room, data), a_seq(room, data)
    row = Event.objects.get(room=room, seq=of)
    moved(room, seq, 1)
    row.pk, row.seq = None, seq
    row.save(force_insert=True)
    Room.objects.filter(pk=room.pk).update(head=room.head + 1)
    return seq + 1 if of == seq else seq


def swap(room: Room, data: st.DataObject) -> int:
    one = data.draw(st.integers(1, room.head - 1))
    two = data.draw(st.integers(one + 1, room.head))
    first, second = (Event.objects.get(room=room, seq=seq) for seq in (one, two))
    Event.objects.filter(pk=first.pk).update(seq=10_000)
    Event.objects.filter(pk=second.pk).update(seq=one)
    Event.objects.filter(pk=first.pk).update(seq=two)
    return int(one)


def cut_off(room: Room, data: st.DataObject) -> int:
    """The end is gone, and the room does not know; only its hash does."""
    seq = data.draw(st.integers(1, room.head - 1))
    Event.objects.filter(room=room, seq__gt=seq).delete()
    Room.objects.filter(pk=room.pk).update(head=seq)
    return int(seq)


def another_head(room: Room, data: st.DataObject) -> int:
    head = data.draw(st.integers(0, room.head + 3).filter(lambda seq: seq != room.head))
    Room.objects.filter(pk=room.pk).update(head=head)
    return room.head + 1 if head > room.head else max(1, head)


def another_head_hash(room: Room, data: st.DataObject) -> int:
    Room.objects.filter(pk=room.pk).update(head_hash=data.draw(st.sampled_from(("", "0" * 64))))
    return room.head


def another_code(room: Room, data: st.DataObject) -> int:
    Room.objects.filter(pk=room.pk).update(chained_as=data.draw(st.sampled_from(("ZZZZZZ", "QQQQQQ"))))
    return 1


def into_another_room(room: Room, data: st.DataObject) -> int:
    seq = a_seq(room, data)
    elsewhere = Room.objects.create(code=room.code[::-1] + "W", title="Elsewhere")
    Event.objects.filter(room=room, seq=seq).update(room=elsewhere)
    assert log.verify(elsewhere) is not None
    return seq


TAMPERED: tuple[Tamper, ...] = (
    *(change, remove, remove_and_close_the_gap, insert, swap, cut_off),
    *(another_head, another_head_hash, another_code, into_another_room),
)


@pytest.mark.django_db(transaction=False)
@in_database
@given(data=st.data(), tamper=st.sampled_from(TAMPERED))
def test_whatever_is_done_to_a_record_is_found_where_it_begins(data: st.DataObject, tamper: Tamper) -> None:
    with transaction.atomic():
        room = tried_on()
        seq = tamper(room, data)
        fault = log.verify(Room.objects.get(pk=room.pk))
        assert fault is not None, tamper.__name__
        assert fault.seq == seq, (tamper.__name__, fault.reason)
        transaction.set_rollback(True)


def tried_on() -> Room:
    """A room with a little of everything in its record."""
    session = live_played()
    session.do("JPN-MFA", "ask_for_floor", request_id="a1")
    session.do("moderator", "next_speaker")
    session.do("JPN-MFA", "make_statement", text="日本は透明性を重んじます。", request_id="a2")
    session.do("JPN-MFA", "say_in_delegation", text="Keep it short.")
    room = Room.objects.get(pk=session.room.pk)
    assert log.verify(room) is None
    return room


@pytest.mark.django_db
def test_what_was_written_anew_with_all_its_hashes_holds_and_a_noted_head_tells() -> None:
    """What verifying alone cannot find, as its docstring says: here it is, and what finds it."""
    room = tried_on()
    noted = room.head_hash
    row = Event.objects.get(room=room, name="floor.statement_made")
    Event.objects.filter(pk=row.pk).update(data={**row.data, "text": "Nothing of the kind."})
    link = ""
    for one in log.written(room.pk):
        link = log.link_of(link, room.code, one)
        Event.objects.filter(room=room, seq=one.seq).update(hash=link)
    Room.objects.filter(pk=room.pk).update(head_hash=link)
    room.refresh_from_db()
    assert log.verify(room) is None
    assert not log.follows(room, room.head, noted)
    assert log.follows(room, room.head, link)
