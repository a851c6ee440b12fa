"""The API by its own description: whatever fits it, or nearly does, is answered as it says, and nothing breaks."""

import json
from typing import Any

import pytest
import schemathesis
from django.test import Client
from django.urls import resolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode

from rooms import access, log, openapi, throttles
from rooms.domain.fold import COMMANDS
from rooms.forms import command_from
from tests.domain.every_command import USES
from tests.security import addresses
from tests.security.stage import CHAIR, DELEGATE, NOBODY, Stage, staged

pytestmark = pytest.mark.django_db

SCHEMA = schemathesis.openapi.from_dict(openapi.description())
OPERATIONS = {one.ok().label: one.ok() for one in SCHEMA.get_all_operations()}
# As described, and wrong in one thing; an address without any part to it has nothing that could be wrong.
WAYS = [
    *((label, GenerationMode.POSITIVE) for label in sorted(OPERATIONS)),
    *((label, GenerationMode.NEGATIVE) for label in sorted(OPERATIONS) if "{" in label),
]
NOT_IN_IT = ("api/", "api/openapi.json")  # every other address, and the description itself


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Stage:
    monkeypatch.setattr(access, "MOST_COMMANDS", 10**6)
    monkeypatch.setattr(throttles, "PAGES", 10**6)
    monkeypatch.setattr(throttles, "REPORTS", 10**6)
    return staged()


def test_everybody_may_read_it_and_it_tells_of_every_address_and_command() -> None:
    answer = Client().get("/api/openapi.json")
    assert answer.status_code == 200
    told = answer.json()
    assert told == openapi.description()
    routes = {one.route for one in addresses.every() if one.route.startswith("api/")} - set(NOT_IN_IT)
    parts = {"code": "BCDFGH", "pid": "p-1", "slug": "harbour", "delegation": "JPN"}
    assert {resolve(path.format(**parts)).route for path in told["paths"]} == routes
    shapes = told["components"]["schemas"]
    assert {one["properties"]["command"]["const"] for name, one in shapes.items() if name != "Refused"} == set(COMMANDS)


def test_a_legal_use_of_every_command_fits_its_shape() -> None:
    """By the description and by the forms alike: what the one takes, the other does."""
    shapes = openapi.description()["components"]["schemas"]
    for name, use in USES.items():
        data = json.loads(json.dumps({key: getattr(use.command, key) for key in use.command.__dataclass_fields__}))
        assert command_from(name, data) is not None
        shape = next(one for one in shapes.values() if one["properties"].get("command") == {"const": name})[
            "properties"
        ]
        assert set(data) == set(shape["data"]["properties"]), name
        assert set(shape["data"].get("required", ())) <= set(data)


def sent(stage: Stage, who: str, case: Any, *, at_home: bool) -> Any:
    """A case as an HTTP request of somebody's, to their own seat if `at_home`."""
    parts = {**(case.path_parameters or {}), **({"code": stage.code, "pid": stage.pid(who)} if at_home else {})}
    path = case.operation.path.format(**{name: _in_a_path(value) for name, value in parts.items()})
    query = {key: _plain(value) for key, value in (case.query or {}).items()}
    ticket = {"Authorization": f"Bearer {access.ticket_of(stage.played.people[who])}"}
    if case.method.upper() == "GET":
        return stage.client(NOBODY).get(path, query, headers=ticket)
    body = case.body if isinstance(case.body, bytes) else json.dumps(case.body, default=str).encode(errors="replace")
    return stage.client(NOBODY).generic(
        case.method.upper(), path, body, content_type="application/json", headers=ticket
    )


def _in_a_path(value: Any) -> str:
    return str(value).replace("/", "%2F").replace("?", "%3F").replace("#", "%23") or "-"


def _plain(value: Any) -> Any:
    return [str(one) for one in value] if isinstance(value, list) else str(value)


@pytest.mark.parametrize(("label", "mode"), WAYS)
@settings(suppress_health_check=list(HealthCheck), max_examples=25)
@given(data=st.data())
def test_whatever_is_sent_is_answered_as_described(
    stage: Stage, label: str, mode: GenerationMode, data: st.DataObject
) -> None:
    operation = OPERATIONS[label]
    case = data.draw(operation.as_strategy(generation_mode=mode))
    answer = sent(stage, data.draw(st.sampled_from([CHAIR, DELEGATE])), case, at_home=data.draw(st.booleans()))
    assert answer.status_code < 500, answer.content
    if answer.status_code in (401, 405, 406, 415):
        return  # REST framework's own, in the same shape
    if answer.status_code != 200:
        assert str(answer.status_code) in openapi.REFUSALS, answer.content
        assert answer.json().keys() == {"code", "message", "data"}
    assert answer["Cache-Control"] in ("no-store", "private, no-store")


def test_after_all_of_that_the_record_holds(stage: Stage) -> None:
    operation = OPERATIONS[f"POST {openapi.COMMANDS_PATH}"]
    stage.played.do("moderator", "chair_statement", text="Whatever comes.")  # else all that is drawn may be refused

    @settings(suppress_health_check=list(HealthCheck), max_examples=60)
    @given(operation.as_strategy(generation_mode=GenerationMode.POSITIVE))
    def told(case: Any) -> None:
        assert sent(stage, CHAIR, case, at_home=True).status_code in (200, 400, 403, 404, 409)

    told()
    assert log.verify(stage.played.room) is None
