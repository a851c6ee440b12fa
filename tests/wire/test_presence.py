"""Who is here, over real sockets, with a grace of a second or two: longer than anything here takes by itself."""

from time import monotonic, sleep
from typing import Any

import pytest

from rooms.actions import act, now_ms
from rooms.domain.presence import NoteAway
from rooms.domain.record import CLOCK
from rooms.models import Event, Participant
from tests.rooms.kit import Played, live_played
from tests.wire.client import SOON, Client
from tests.wire.conftest import Server

pytestmark = pytest.mark.django_db(transaction=True)
GRACE = 1.6


@pytest.fixture(autouse=True)
def short(settings: Any) -> None:
    settings.PRESENCE_GRACE, settings.PRESENCE_NOTE_EVERY = GRACE, 0.2


def heard(client: Client, name: str, pid: str, within: float = SOON) -> bool:
    """Whether an event about somebody comes in time."""
    until = monotonic() + within
    while monotonic() < until:
        if any(one["name"] == name and one["data"]["person"] == pid for one in client.events):
            return True
        client.nothing(0.1)
    return False


def written(played: Played) -> list[str]:
    rows = Event.objects.filter(room=played.room, name__startswith="seats.person_", seq__gt=0)
    return [row.name for row in rows.order_by("seq") if row.name in ("seats.person_away", "seats.person_back")]


def test_who_drops_out_is_away_after_the_grace_and_back_at_once(server: Server) -> None:
    played = live_played()
    china = played.pid("PRC-MFA")
    with Client(server, played.people["moderator"]) as chair:
        chair.next()
        with Client(server, played.people["PRC-MFA"]) as asleep:
            asleep.next()
            assert not heard(chair, "seats.person_away", china, 1.2 * GRACE)
        assert heard(chair, "seats.person_away", china)
        with Client(server, played.people["PRC-MFA"]) as awake:
            awake.next()
            assert heard(chair, "seats.person_back", china, GRACE / 2)


def test_a_phone_that_sleeps_for_less_than_the_grace_does_not_flicker(server: Server) -> None:
    played = live_played()
    with Client(server, played.people["moderator"]) as chair:
        chair.next()
        for _ in range(4):
            with Client(server, played.people["PRC-MFA"]) as phone:
                phone.next()
                sleep(GRACE / 3)  # awake for some beats of the watch
            sleep(GRACE / 3)
        with Client(server, played.people["PRC-MFA"]) as phone:
            phone.next()
            sleep(GRACE / 2)
            assert written(played) == []


def test_one_device_of_two_that_goes_changes_nothing(server: Server) -> None:
    played = live_played()
    with Client(server, played.people["moderator"]) as chair, Client(server, played.people["PRC-MFA"]) as laptop:
        chair.next()
        laptop.next()
        with Client(server, played.people["PRC-MFA"]) as phone:
            phone.next()
        sleep(1.5 * GRACE)
        assert written(played) == []


def test_after_a_restart_nobody_is_away_before_they_could_come_back(server: Server) -> None:
    """The process before this one wrote down long ago whom it saw."""
    played = live_played()
    Participant.objects.filter(room=played.room).exclude(pid=played.pid("ROK-MFA")).update(seen_at=now_ms() - 600_000)
    with Client(server, played.people["moderator"]) as chair:
        chair.next()
        sleep(GRACE / 2)
        with Client(server, played.people["PRC-MFA"]) as china:
            china.next()
            assert heard(chair, "seats.person_away", played.pid("JPN-MFA"))
            away = {one["data"]["person"] for one in chair.events if one["name"] == "seats.person_away"}
            assert played.pid("PRC-MFA") not in away
            assert played.pid("ROK-MFA") not in away, "never had a connection"


def test_another_process_that_sees_somebody_keeps_them_here(server: Server) -> None:
    played = live_played()
    with Client(server, played.people["moderator"]) as chair:
        chair.next()
        until = monotonic() + 2 * GRACE
        while monotonic() < until:  # what the other process writes down
            Participant.objects.filter(pid=played.pid("PRC-MFA")).update(seen_at=now_ms())
            sleep(GRACE / 10)
        assert written(played) == []
        assert heard(chair, "seats.person_away", played.pid("PRC-MFA"))


def test_who_was_called_away_by_mistake_is_back_while_connected(server: Server) -> None:
    played = live_played()
    with Client(server, played.people["moderator"]) as chair, Client(server, played.people["PRC-MFA"]) as china:
        chair.next()
        china.next()
        act(played.room.pk, CLOCK, NoteAway((played.pid("PRC-MFA"),)))
        assert heard(chair, "seats.person_back", played.pid("PRC-MFA"))
