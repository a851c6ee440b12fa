"""The record: hash chain, tampering, reading."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rooms import log
from rooms.models import Event, Room
from tests.rooms.kit import Played, live_played

pytestmark = pytest.mark.django_db


def busy_room() -> Played:
    played = live_played()
    played.do("JPN-MFA", "ask_for_floor")
    played.do("moderator", "next_speaker")
    played.do("JPN-MFA", "make_statement", text="日本は透明性を重んじます。")
    played.do("JPN-MFA", "say_in_delegation", text="Keep it short.")
    return played


def test_an_untouched_record_holds() -> None:
    played = busy_room()
    assert log.verify(Room.objects.get(pk=played.room.pk)) is None


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_change_to_any_event_is_found_at_its_seq(data: st.DataObject) -> None:
    played = busy_room()
    room = Room.objects.get(pk=played.room.pk)
    seq = data.draw(st.integers(1, room.head))
    row = Event.objects.get(room=room, seq=seq)
    column = data.draw(st.sampled_from(["at", "actor", "name", "attribution", "data", "audience", "request_id"]))
    changed = {
        "at": row.at + 1,
        "actor": row.actor + "x",
        "name": "room.session_started" if row.name != "room.session_started" else "room.session_closed",
        "attribution": "on_the_record",
        "data": {**row.data, "extra": 1},
        "audience": [*row.audience, "moderators2"],
        "request_id": row.request_id + "y",
    }[column]
    Event.objects.filter(pk=row.pk).update(**{column: changed})
    fault = log.verify(room)
    assert fault is not None
    assert fault.seq == seq


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_removed_event_is_found(data: st.DataObject) -> None:
    played = busy_room()
    room = Room.objects.get(pk=played.room.pk)
    seq = data.draw(st.integers(1, room.head))
    Event.objects.filter(room=room, seq=seq).delete()
    fault = log.verify(room)
    assert fault is not None
    assert fault.seq == seq


def test_an_event_added_behind_the_rooms_back_is_found() -> None:
    played = busy_room()
    room = Room.objects.get(pk=played.room.pk)
    last = Event.objects.get(room=room, seq=room.head)
    last.pk, last.seq = None, room.head + 1
    last.save(force_insert=True)
    assert log.verify(room) is not None


def test_two_events_that_change_places_are_found() -> None:
    played = busy_room()
    room = Room.objects.get(pk=played.room.pk)
    one, two = Event.objects.get(room=room, seq=room.head - 1), Event.objects.get(room=room, seq=room.head)
    Event.objects.filter(pk=one.pk).update(seq=9999)
    Event.objects.filter(pk=two.pk).update(seq=one.seq)
    Event.objects.filter(pk=one.pk).update(seq=two.seq)
    fault = log.verify(room)
    assert fault is not None
    assert fault.seq == room.head - 1


def test_reading_after_and_up_to_a_seq() -> None:
    played = busy_room()
    head = Room.objects.get(pk=played.room.pk).head
    assert [entry.seq for entry in log.read(played.room.pk, after=head - 2)] == [head - 1, head]
    assert [entry.seq for entry in log.read(played.room.pk, upto=2)] == [1, 2]


def test_no_name_of_a_person_stands_in_the_record() -> None:
    played = live_played()
    played.join("USA-MFA", name="Eleanor Quackenbush")
    everything = "".join(str(row) for row in Event.objects.filter(room=played.room).values())
    assert "Quackenbush" not in everything
