"""Numbers as a hostile terminal types them: far too long, in other scripts, signed; never an error of ours."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from delegations.models import Scenario
from delegations.snapshot import snapshot
from rooms import throttles
from rooms.forms import whole_number
from tests.rooms.conftest import moderator_user, read, scenario
from tests.security.stage import CHAIR, DELEGATE, Stage, signed_in, staged

__all__ = ["moderator_user", "read", "scenario"]

ENDLESS = "9" * 4_301  # Python counts out 4,300 digits and not one more
ODD = ["", "-1", "1e9", "1.0", "0x10", "NaN", "1_000", "٣", "²", "９", "\0", "1\0", ENDLESS, "000001" + "0" * 4_300]


@pytest.mark.parametrize(
    ("typed", "number"),
    [("0", 0), ("7", 7), (" 42 ", 42), ("007", 7), ("240", 240), ("241", None), ("0240", None), ("1" * 40, None)],
)
def test_a_whole_number_in_plain_digits_up_to_the_most_there_is(typed: str, number: int | None) -> None:
    assert whole_number(typed, 240) == number


@pytest.mark.parametrize("typed", ODD)
def test_what_is_no_such_number_is_none(typed: str) -> None:
    assert whole_number(typed, 240) is None


@pytest.fixture
def stage(db: None, monkeypatch: pytest.MonkeyPatch) -> Stage:
    monkeypatch.setattr(throttles, "REPORTS", 10**6)
    stage = staged()
    stage.do(CHAIR, "close_session")
    return stage


# Where a page or the API takes a number, and from whom.
ASKED = [
    (CHAIR, "rooms/{code}/{pid}/at/", "cursor"),
    (CHAIR, "rooms/{code}/{pid}/at/1/panels/", "have"),
    (CHAIR, "rooms/{code}/{pid}/fork/", "cursor"),
    (CHAIR, "rooms/{code}/{pid}/fork/", "at"),
    (DELEGATE, "rooms/{code}/{pid}/find/?q=a&", "after"),
    (DELEGATE, "rooms/{code}/{pid}/earlier/", "before"),
    (DELEGATE, "rooms/{code}/{pid}/debrief/", "at"),
    (DELEGATE, "api/rooms/{code}/{pid}/events/", "after"),
    (DELEGATE, "api/rooms/{code}/{pid}/events/", "limit"),
]


@pytest.mark.parametrize(("who", "route", "name"), ASKED)
def test_no_number_in_an_address_breaks_a_page(stage: Stage, who: str, route: str, name: str) -> None:
    address = "/" + route.format(code=stage.code, pid=stage.pid(who))
    for typed in ODD:
        path, _, rest = address.partition("?")
        query = {name: typed, **dict(one.split("=") for one in rest.split("&") if one)}
        assert stage.client(who).get(path, query).status_code in (200, 302, 400, 404, 409), (path, typed[:20])


def test_no_number_breaks_what_is_shown_to_the_class(stage: Stage) -> None:
    address = f"/rooms/{stage.code}/{stage.pid(CHAIR)}/show/"
    for name in ("at", "speed"):
        for typed in ODD:
            answer = stage.client(CHAIR).post(
                address,
                {"at": "1", "speed": "1", name: typed},
                headers={"Sec-Fetch-Site": "same-origin", "Accept": "application/json"},
            )
            assert answer.json()["refused"]["code"] == "bad_shape", (name, typed[:20])


def test_no_minutes_break_the_page_on_which_a_room_is_opened(scenario: Scenario, moderator_user: User) -> None:
    plan = snapshot(scenario)
    client, address = signed_in(moderator_user), f"/rooms/new/{scenario.slug}/"
    form: dict[str, Any] = {"title": "x", "attribution": "chatham_house", "delegation": ["JPN", "PRC"]}
    for item in plan["agenda"]:
        form |= {f"keep-{item['id']}": "on", f"minutes-{item['id']}": "10"}
    first = plan["agenda"][0]
    for typed in (*ODD, "0", "241", "0000010000"):
        answer = client.post(address, {**form, f"minutes-{first['id']}": typed})
        assert answer.status_code == 409, typed[:20]
        assert f"Plan 1 to 240 whole minutes for “{first['title']}”." in answer.content.decode()


def test_a_year_of_a_paper_is_four_digits(moderator_user: User) -> None:
    client = Client()
    client.force_login(moderator_user, backend="django.contrib.auth.backends.ModelBackend")
    for typed in ("٣", "²", "12345", ENDLESS):
        with open(__file__, "rb") as file:
            answer = client.post("/papers/", {"title": "A paper", "year": typed, "file": file})
        assert answer.status_code == 400
        assert "is not a year" in answer.content.decode()
