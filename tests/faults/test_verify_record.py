"""`manage.py verify_record` says of each room whether its record holds, and fails where one does not."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from rooms import log
from rooms.models import Event, Room
from tests.rooms.kit import live_played

pytestmark = pytest.mark.django_db


def said_of(*codes: str) -> str:
    out = StringIO()
    call_command("verify_record", *codes, stdout=out)
    return out.getvalue()


def test_every_room_has_a_line_and_one_room_may_be_asked_for() -> None:
    one, two = live_played(), live_played()
    heads = {code: (head, link) for code, head, link in Room.objects.values_list("code", "head", "head_hash")}
    lines = [
        f"{code}: {heads[code][0]} events, the chain holds, head {heads[code][1]}"
        for code in (one.room.code, two.room.code)
    ]
    assert said_of().splitlines() == lines
    assert said_of(two.room.code.lower()).splitlines() == lines[1:]


def test_a_changed_record_is_named_and_fails_the_command() -> None:
    one, two = live_played(), live_played()
    Event.objects.filter(room=two.room, seq=3).update(actor="somebody")
    out = StringIO()
    with pytest.raises(CommandError, match=f"1 of 2 rooms: {two.room.code}"):
        call_command("verify_record", stdout=out)
    assert f"{one.room.code}: " in out.getvalue()
    assert f"{two.room.code}: event 3 is not what was written" in out.getvalue()


def test_a_code_that_no_room_has_is_refused() -> None:
    with pytest.raises(CommandError, match="No room has the code"):
        said_of("NOSUCH")


def test_what_is_added_while_a_record_is_walked_is_no_fault() -> None:
    played = live_played()
    stale = Room.objects.get(pk=played.room.pk)
    played.do("JPN-MFA", "ask_for_floor")
    assert log.verify(stale) is None


def test_a_last_event_that_was_taken_away_is_missed() -> None:
    played = live_played()
    room = Room.objects.get(pk=played.room.pk)
    Event.objects.filter(room=room, seq=room.head).delete()
    assert log.verify(room) == log.Fault(room.head, f"event {room.head} is missing")
