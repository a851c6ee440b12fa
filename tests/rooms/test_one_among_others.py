"""What one room, or one part of a debrief, cannot do to the others."""

import pytest
from django.test import Client

from rooms import access, clock
from rooms.models import Event, Participant, Room
from rooms.process import folds
from tests.rooms.kit import Played, live_played

pytestmark = pytest.mark.django_db


def debrief_of(played: Played, who: str) -> str:
    mine = Participant.objects.select_related("room").get(room=played.room, pid=played.pid(who))
    client = Client()
    client.cookies[access.cookie_name(played.room.code, mine.pid)] = access.ticket_of(mine)
    return str(client.get(f"/rooms/{played.room.code}/{mine.pid}/debrief/").content.decode())


def speaking() -> Played:
    """A session in which somebody's time runs."""
    played = live_played()
    played.do("JPN-MFA", "ask_for_floor")
    played.do("moderator", "next_speaker")
    return played


@pytest.mark.parametrize("broken_is_first", [True, False])
def test_a_room_that_cannot_be_decided_stops_no_other_clock(broken_is_first: bool) -> None:
    """Whoever brings a record in and goes on from it has written what the clock then reads."""
    first, second = speaking(), speaking()
    broken, sound = (first, second) if broken_is_first else (second, first)
    Event.objects.filter(room=broken.room, seq=1).update(name="nobody.wrote_this")
    folds.forget_all()
    due = max(room.next_deadline or 0 for room in Room.objects.all())
    heads = clock.beat([broken.room.pk, sound.room.pk], due)
    assert {room_id for room_id, _head in heads} == {broken.room.pk, sound.room.pk}
    assert [one.room_id for one in Event.objects.filter(name="floor.speech_time_up")] == [sound.room.pk]


def test_positions_that_are_kept_do_not_show_in_the_packages() -> None:
    played = live_played()
    issue = folds.at_head(played.room.pk).state.prepared.issues[0]
    for who, option in (("JPN-MFA", issue.options[0]), ("PRC-MFA", issue.options[-1])):
        played.do(who, "declare_position", issue=issue.id, preferred=option.id, acceptable=(option.id,), public=True)
    played.do("moderator", "close_session")
    for who in ("PRC-MFA", "observer"):
        assert 'id="packages"' in debrief_of(played, who)
    played.do("moderator", "share_part", part="positions", to="delegates")
    assert 'id="packages"' in debrief_of(played, "PRC-MFA")
    assert 'id="packages"' not in debrief_of(played, "observer")
    assert "as far as they read “Positions”" in debrief_of(played, "moderator")
