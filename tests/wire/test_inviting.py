"""Inviting somebody anew shuts every open line that came by an older link."""

import contextlib

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from rooms.actions import act
from rooms.domain.reinviting import PersonReinvited, ReinvitePerson
from rooms.models import Participant
from tests.rooms.kit import Played, live_played
from tests.wire.client import Client
from tests.wire.conftest import Server
from tests.wire.test_delivery import write_without_poke

pytestmark = pytest.mark.django_db(transaction=True)


def invite(played: Played, who: str) -> Participant:
    act(played.room.pk, played.pid("moderator"), ReinvitePerson(played.pid(who)))
    return Participant.objects.select_related("room").get(pid=played.pid(who))


@pytest.mark.parametrize("dialect", ["json", "html"])
def test_every_line_of_the_old_link_is_closed_and_the_new_link_opens_one(server: Server, dialect: str) -> None:
    played = live_played()
    old = played.people["PRC-MFA"]
    with Client(server, old, dialect=dialect) as laptop, Client(server, old, dialect=dialect) as phone:
        laptop.next()
        phone.next()
        fresh = invite(played, "PRC-MFA")
        for line in (laptop, phone):
            assert line.closed_with() == 4403
            assert line.reload
    with pytest.raises(InvalidStatus):
        Client(server, old)
    with Client(server, fresh) as line:
        assert line.next()["cursor"]
        assert line.ask("ask_for_floor")["done"]


def test_another_process_closes_them_at_the_next_event(server: Server) -> None:
    """The poke of the process that wrote it is lost; the heartbeat finds it."""
    played = live_played()
    with Client(server, played.people["PRC-MFA"]) as china:
        china.next()
        write_without_poke(played, PersonReinvited(played.pid("PRC-MFA")))
        assert china.closed_with() == 4403


def test_a_command_sent_by_the_old_line_is_not_carried_out(server: Server) -> None:
    played = live_played()
    with Client(server, played.people["PRC-MFA"]) as china:
        china.next()
        quiet = played.people["JPN-MFA"]
        with Client(server, quiet) as japan:
            japan.next()
            invite(played, "JPN-MFA")
            with contextlib.suppress(ConnectionClosed):
                japan.send({"command": "ask_for_floor", "data": {}, "request_id": "late"})
            assert japan.closed_with() == 4403
        assert not any(one["name"] == "floor.requested" for one in china.events)


def test_who_was_removed_is_back_by_the_new_link(server: Server) -> None:
    played = live_played()
    played.do("moderator", "remove_person", person=played.pid("PRC-MFA"))
    with Client(server, invite(played, "PRC-MFA")) as china:
        china.next()
        assert china.ask("ask_for_floor")["done"]
