"""Somebody inside at the address of somebody else who is inside, too: every route of a seat, read and written to, from
the table of routes. A seat is opened by its own ticket alone, also for the chair."""

from typing import Any

import pytest

from rooms import access
from rooms.models import Event, Export, SharedReplay
from tests.security import addresses
from tests.security.addresses import ALL, READS, Address
from tests.security.stage import CHAIR, DELEGATE, INSIDE, Stage
from tests.security.test_secrets import CONFIDENCES, NAME, PACK, played, read
from tests.security.test_writes import OWN, rows

pytestmark = pytest.mark.django_db

OF_A_SEAT = [one for one in addresses.every() if "<str:pid>" in one.route and not one.route.startswith("seat/")]
WORDS = (*CONFIDENCES, NAME, *(PACK.format(code) for code in ("JPN", "PRC", "ROK", "USA")))
FORMS: tuple[dict[str, Any], ...] = (
    {"command": "ask_for_floor", "data": {}},
    {"command": "say_in_delegation", "text": "In your name.", "person": "", "keep_days": "0", "part": "positions"},
)


def masked(stage: Stage, who: str, other: str) -> Any:
    """Their own browser, which shows its own ticket under the name of the other seat's cookie besides."""
    client = stage.client(who)
    own = access.ticket_of(stage.played.people[who])
    client.cookies[access.cookie_name(stage.code, stage.pid(other))] = own
    return client


def asked(client: Any, address: Address, path: str, ticket: str) -> list[Any]:
    """All answers that one gets there: by cookie, and by one's own ticket as a bearer's."""
    bearer = {"Authorization": f"Bearer {ticket}"} if address.route.startswith("api/") else {}
    found = [client.get(path), client.get(path, headers=bearer)] if address.route in READS else []
    for fields in FORMS:
        found.append(client.post(path, fields, headers={**OWN, **bearer}))
        found.append(client.post(path, fields, content_type="application/json", headers={**OWN, **bearer}))
    return found


def changed() -> tuple[Any, ...]:
    return *rows(), Event.objects.order_by("pk").last(), Export.objects.count(), SharedReplay.objects.count()


@pytest.mark.parametrize("over", [False, True], ids=["running", "over"])
@pytest.mark.parametrize("who", INSIDE)
def test_nobody_is_anybody_at_the_seat_of_another(who: str, over: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    stage = played(monkeypatch)
    if over:
        stage.do(CHAIR, "close_session")
    assert len(OF_A_SEAT) > 35
    before, wrong = changed(), []
    for other in {DELEGATE, CHAIR} - {who}:
        client, ticket = masked(stage, who, other), access.ticket_of(stage.played.people[who])
        for address in OF_A_SEAT:
            path = address.path(code=stage.code, pid=stage.pid(other))
            for answer in asked(client, address, path, ticket):
                # Some lead on to the same seat's page without a look at who asks: that page is asked here as well.
                leads_on = READS.get(address.route) == ALL and answer.status_code == 302
                if answer.status_code not in (403, 405) and not leads_on:
                    wrong.append(f"{other}'s {address.route}: {answer.status_code}")
                wrong += [f"{other}'s {address.route} shows {word}" for word in WORDS if word in read(answer.content)]
    assert not wrong, "\n".join(wrong)
    assert changed() == before


def test_at_their_own_seats_they_are_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that the table above is not kept by refusing everybody."""
    stage = played(monkeypatch)
    stage.do(CHAIR, "close_session")
    for who in INSIDE:
        path = Address(addresses.ROOM).path(code=stage.code, pid=stage.pid(who))
        assert masked(stage, who, who).get(path).status_code == 200
