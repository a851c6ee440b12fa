"""What a page leaves out at first is asked for by whoever may see it, and by nobody else."""

import re
from collections.abc import Callable
from http import HTTPStatus

import pytest
from django.test import Client

from rooms import access

from .conftest import Played

pytestmark = pytest.mark.django_db

LEFT_OUT = re.compile(r'id="([\w-]+)"[^>]*data-later="([^"]+)"')


def sits(played: Played, role: str, seat: str = "") -> tuple[Client, str]:
    """Somebody on a device of their own, and the address of their room."""
    participant = access.join(played.room, "Ada", role, seat)
    client = Client()
    client.cookies[access.cookie_name(played.room.code, participant.pid)] = access.ticket_of(participant)
    return client, played.address(participant.pid)


def words(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == HTTPStatus.OK, answer.content.decode()
    return str(answer.content.decode())


def test_what_lies_in_a_sheet_comes_when_it_is_opened(open_room: Callable[..., Played]) -> None:
    client, address = sits(open_room(), "moderator")
    page, whole = words(client, address), words(client, f"{address}?whole")
    left_out = dict(LEFT_OUT.findall(page))
    assert left_out["injects-sheet"] == "panel/injects/"
    assert not LEFT_OUT.search(whole)
    assert "Write your own" in whole
    assert "Write your own" not in page
    assert len(page) < len(whole) / 2
    for name in set(left_out.values()):
        panel = words(client, f"{address}{name}")
        assert panel in whole, f"{name}: what is sent later is what stands on a whole page"


def test_a_delegation_reads_the_first_page_of_its_pack_at_once(open_room: Callable[..., Played]) -> None:
    client, address = sits(open_room(), "delegate", "JPN-MFA")
    page, pack = words(client, address), words(client, f"{address}pack/JPN/")
    left_out = {place: where for place, where in LEFT_OUT.findall(page) if where == "pack/JPN/"}
    assert left_out
    assert "What you must never accept" in page
    for place in left_out:
        assert f'id="{place}"' in pack, "its place is found in the answer"
    assert "You and the others" in page, "what there is to open is named"


def test_nobody_asks_for_a_part_of_somebody_elses_screen(open_room: Callable[..., Played]) -> None:
    played = open_room()
    client, address = sits(played, "delegate", "JPN-MFA")
    for name in ("injects", "desk", "packages", "waiting", "action", "no-such-panel"):
        answer = client.get(f"{address}panel/{name}/")
        assert answer.status_code == HTTPStatus.NOT_FOUND, name
        assert "Your screen has no such part." in answer.content.decode()


def test_nobody_asks_with_somebody_elses_seat(open_room: Callable[..., Played]) -> None:
    played = open_room()
    _, address = sits(played, "delegate", "JPN-MFA")
    other, _ = sits(played, "delegate", "PRC-MFA")
    for asker in (other, Client()):
        answer = asker.get(f"{address}panel/stand/")
        assert answer.status_code == HTTPStatus.FORBIDDEN
        assert "panel-stand" not in answer.content.decode()


def test_what_was_left_out_is_not_kept_by_any_cache(open_room: Callable[..., Played]) -> None:
    client, address = sits(open_room(), "delegate", "JPN-MFA")
    answer = client.get(f"{address}panel/stand/")
    assert answer["Cache-Control"] == "no-store"


def test_what_was_left_out_says_how_much_it_tells(open_room: Callable[..., Played]) -> None:
    """So that a page to which more has been told meanwhile, in parts for which it had no place yet, asks again."""
    client, address = sits(open_room(), "delegate", "JPN-MFA")
    page = words(client, address)
    answer = client.get(f"{address}panel/stand/")
    assert f'data-cursor="{answer["X-Cursor"]}"' in page
