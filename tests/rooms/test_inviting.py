"""A new link for somebody: every way in by the old one is shut, and the new one is shown once."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from rooms import access, log
from rooms.actions import act
from rooms.domain.channels import SayInDelegation
from rooms.domain.refused import Refused
from rooms.domain.reinviting import ReinvitePerson
from rooms.domain.seats import RemovePerson
from rooms.models import Participant
from tests.rooms.conftest import Played

pytestmark = pytest.mark.django_db

LINK = re.compile(r'value="http://testserver(/seat/[^"]+)"')
OWN = {"Sec-Fetch-Site": "same-origin"}


def press(chair: Client, played: Played, pid: str) -> str:
    """The chair presses the button; the path of the new link."""
    answer = chair.post(played.address(rest="invite/"), {"person": pid}, headers=OWN)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    found = LINK.search(answer.content.decode())
    assert found, "the page shows the link"
    return found[1]


def test_the_old_cookie_and_the_old_link_die_and_the_new_one_opens_the_seat(
    open_room: Callable[..., Played], join: Callable[..., tuple[Client, str]], in_chair: Callable[[Played], Client]
) -> None:
    played = open_room()
    theirs, pid = join(played, "Kim", "ROK-MFA")
    old = f"/seat/{played.room.code}/{pid}/{access.ticket_of(played.people['Kim'])}/"
    link = press(in_chair(played), played, pid)

    assert theirs.get(played.address(pid)).status_code == 403
    assert Client().get(old).status_code == 403
    fresh = Client()
    assert fresh.get(link)["Location"] == played.address(pid)
    assert fresh.get(played.address(pid)).status_code == 200


def test_who_was_removed_comes_back_by_the_new_link(
    open_room: Callable[..., Played], join: Callable[..., tuple[Client, str]], in_chair: Callable[[Played], Client]
) -> None:
    played = open_room()
    _theirs, pid = join(played, "Kim", "ROK-MFA")
    played.chair(RemovePerson(pid))
    link = press(in_chair(played), played, pid)
    fresh = Client()
    fresh.get(link)
    assert 'id="panel-action"' in fresh.get(played.address(pid)).content.decode(), "on a seat again"


def test_an_observer_and_the_projector_get_new_links_too(
    open_room: Callable[..., Played], join: Callable[..., tuple[Client, str]], in_chair: Callable[[Played], Client]
) -> None:
    played = open_room()
    _theirs, observer = join(played, "Olga")
    chair = in_chair(played)
    screen = chair.post(played.address(rest="projector/"), headers=OWN)["Location"].rstrip("/").rpartition("/")[2]
    for pid in (observer, screen):
        fresh = Client()
        fresh.get(press(chair, played, pid))
        assert fresh.get(played.address(pid)).status_code == 200
    assert chair.get(played.address(screen)).status_code == 403


def test_a_moderator_who_renews_their_own_link_stays_in_the_chair(
    open_room: Callable[..., Played], in_chair: Callable[[Played], Client]
) -> None:
    played = open_room()
    chair = in_chair(played)
    press(chair, played, played.chair_pid)
    assert chair.get(played.address()).status_code == 200


def test_only_a_moderator_is_shown_a_link(
    open_room: Callable[..., Played], join: Callable[..., tuple[Client, str]]
) -> None:
    played = open_room()
    theirs, pid = join(played, "Kim", "ROK-MFA")
    answer = theirs.post(played.address(pid, "invite/"), {"person": played.chair_pid}, headers=OWN)
    assert answer.status_code == 302
    assert "/seat/" not in answer.content.decode()
    assert Participant.objects.get(pid=played.chair_pid).generation == 0


def test_a_stranger_a_foreign_page_and_an_unknown_person_get_nothing(
    open_room: Callable[..., Played], join: Callable[..., tuple[Client, str]], in_chair: Callable[[Played], Client]
) -> None:
    played = open_room()
    _theirs, pid = join(played, "Kim", "ROK-MFA")
    chair = in_chair(played)
    address = played.address(rest="invite/")
    assert Client().post(address, {"person": pid}, headers=OWN).status_code == 403
    assert chair.post(address, {"person": pid}, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert chair.post(address, {"person": "p-nobody"}, headers=OWN).status_code == 302
    opened = chair.get(address)
    assert opened.status_code == 405
    assert "what a button does, not a page" in opened.content.decode()
    assert f'href="{address.removesuffix("invite/")}">Back to the room' in opened.content.decode()
    assert chair.head(address).content == b""
    assert Participant.objects.get(pid=pid).generation == 0


def test_a_command_that_is_on_its_way_by_an_old_link_is_refused(
    open_room: Callable[..., Played], join: Callable[..., tuple[Client, str]]
) -> None:
    """The check is made where the command is decided, not only where the link was looked at."""
    played = open_room()
    _theirs, pid = join(played, "Kim", "ROK-MFA")
    played.chair(ReinvitePerson(pid))
    with pytest.raises(Refused) as refusal:
        act(played.room.pk, pid, SayInDelegation("By the old line."), generation=0)
    assert refusal.value.code == "not_yours_to_see"
    act(played.room.pk, pid, SayInDelegation("By the new line."), generation=1)


def test_which_links_are_good_can_be_told_from_the_record_alone(
    open_room: Callable[..., Played], join: Callable[..., tuple[Client, str]]
) -> None:
    played = open_room()
    _theirs, pid = join(played, "Kim", "ROK-MFA")
    played.chair(ReinvitePerson(pid))
    Participant.objects.filter(pid=pid).update(generation=0)
    log.rebuild_read_models(played.room)
    assert Participant.objects.get(pid=pid).generation == 1
