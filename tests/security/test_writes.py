"""Every address that changes something, and every command, from the wrong hands: nothing is changed by them."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from delegations.models import Scenario
from rooms.domain.fold import COMMANDS
from rooms.models import Event, Participant, Room
from tests.security import addresses
from tests.security.addresses import ALL, CHAIR, MODERATORS, READS, SEAT, WRITES_ALONE, Address
from tests.security.stage import CHAIR as IN_CHAIR
from tests.security.stage import (
    DELEGATE,
    ELSEWHERE,
    EVERYBODY,
    INSIDE,
    NOBODY,
    OBSERVER,
    REMOVED,
    Stage,
    opened,
    staged,
)

pytestmark = pytest.mark.django_db

OWN = {"Sec-Fetch-Site": "same-origin", "Accept": "application/json"}
OTHERS = {"Sec-Fetch-Site": "cross-site", "Origin": "https://elsewhere.example"}
# What anybody may do: come in by the door, sign in with what they know, sign out of their own browser.
DOORS = ("join/<str:code>/", "sign-in/", "sign-in/<str:secret>/", "sign-out/")


def rows() -> tuple[Any, ...]:
    """All that a write could have changed."""
    rooms = tuple(Room.objects.values_list("pk", "head", "keep_days", "status").order_by("pk"))
    people = tuple(Participant.objects.values_list("pk", "name", "generation", "revoked").order_by("pk"))
    return rooms, people, Event.objects.count(), User.objects.count(), Scenario.objects.count()


def path_of(stage: Stage, who: str, address: Address) -> str:
    return address.path(code=stage.code, pid=stage.pid(who))


def test_no_form_from_another_site_changes_anything_whoever_is_signed_in() -> None:
    """With the cookies of the chair, who may do most; the browser says where the form came from."""
    stage = staged()
    hostile = Client(enforce_csrf_checks=True)
    hostile.cookies = stage.client(IN_CHAIR).cookies
    before, found = rows(), []
    for address in addresses.every():
        for fields in ({"command": "close_session", "person": stage.pid(DELEGATE), "at": "1"}, {}):
            answer = hostile.post(path_of(stage, IN_CHAIR, address), fields, headers=OTHERS)
            if answer.status_code not in (403, 404, 405):
                found.append(f"{address.route}: {answer.status_code}")
    assert found == []
    assert rows() == before
    assert stage.client(IN_CHAIR).get("/rooms/").status_code == 200, "nor was anybody signed out"


@pytest.mark.parametrize("who", sorted(set(EVERYBODY) - {IN_CHAIR}))
def test_nobody_writes_where_they_may_not(who: str) -> None:
    stage = staged()
    client, before, found = stage.client(who), rows(), []
    may = {ALL: EVERYBODY, SEAT: (*INSIDE, "waiting"), CHAIR: (IN_CHAIR,), MODERATORS: (IN_CHAIR, "account")}
    for address in addresses.every():
        whose = WRITES_ALONE.get(address.route) or READS[address.route]
        if address.route in DOORS or who in may.get(whose, ()) or address.route in ("healthz", "readyz", "metrics"):
            continue
        fields = {"command": "admit_all", "person": stage.pid(DELEGATE), "keep_days": "0", "part": "positions"}
        answer = client.post(path_of(stage, who, address), fields, headers=OWN)
        if answer.status_code == 302:  # to the sign-in, or back to one's own page with the reason
            back = answer["Location"].startswith(("/sign-in/", f"/rooms/{stage.code}/{stage.pid(who)}/"))
        else:
            back = answer.status_code in (400, 403, 404, 405, 409, 415)
        if not back:
            found.append(f"{address.route}: {answer.status_code} {answer.headers.get('Location', '')}")
    assert found == []
    assert rows() == before


@pytest.mark.parametrize("who", [NOBODY, ELSEWHERE, REMOVED])
def test_no_command_is_taken_from_who_has_no_seat(who: str) -> None:
    """Each of them, by the form and by the API; inside the room, `tests/domain/test_roles.py` tries everybody."""
    stage = staged()
    client, before = stage.client(who), rows()
    acting, telling = (Address(f"{addresses.ROOM}act/"), Address(f"{addresses.API}commands/"))
    for name in COMMANDS:
        form = client.post(path_of(stage, who, acting), {"command": name}, headers=OWN)
        told = client.post(
            path_of(stage, who, telling), {"command": name, "data": {}}, content_type="application/json", headers=OWN
        )
        assert (form.status_code, told.status_code) == (403, 403), name
        assert told.json()["code"] == "not_yours_to_see"
    assert rows() == before


@pytest.mark.parametrize("who", [DELEGATE, OBSERVER])
def test_no_page_of_one_room_makes_a_link_for_somebody_of_another(who: str) -> None:
    stage = staged()
    other = opened(stage.owner, title="A third group")
    other.join(DELEGATE)
    victim = other.people[DELEGATE]
    for route in ("invite/", "names/"):
        stage.client(IN_CHAIR).post(
            f"/rooms/{stage.code}/{stage.pid(IN_CHAIR)}/{route}", {"person": victim.pid}, headers=OWN
        )
        stage.client(who).post(f"/rooms/{stage.code}/{stage.pid(who)}/{route}", {"person": victim.pid}, headers=OWN)
    victim.refresh_from_db()
    assert (victim.generation, victim.revoked, victim.name) == (0, False, DELEGATE)
