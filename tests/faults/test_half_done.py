"""The database fails at each statement in turn: what was begun is done whole or not at all."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError, connection
from django.test import Client

from delegations.loading import store, store_papers
from delegations.paper_files import parse_papers
from delegations.scenario_files import parse_scenario
from rooms import log
from rooms.domain.refused import Refused
from rooms.models import Answered, Event, Participant, Room
from tests.faults.door import DELEGATIONS, SCENARIO
from tests.programs import ROOT
from tests.rooms.kit import live_played

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def failing_at(number: int) -> Iterator[list[str]]:
    """Let the database fail at this statement, and at every one after it; yields what was asked of it before."""
    asked: list[str] = []

    def ask(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if len(asked) >= number:
            raise OperationalError("gone")
        asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(ask):
        yield asked


def answer_to(call: Callable[[], object]) -> str:
    """done, or the code of the refusal."""
    try:
        call()
    except Refused as refused:
        return refused.code
    return "done"


def test_a_command_is_written_whole_or_not_at_all() -> None:
    played = live_played()
    before = log.read(played.room.pk)
    for number in range(100):
        with failing_at(number):
            answer = answer_to(lambda: played.do("moderator", "chair_statement", request_id="r1", text="The bell."))
        if answer == "done":
            break
        assert answer == "unavailable"
        assert log.read(played.room.pk) == before
        assert not Answered.objects.filter(request_id="r1").exists()
        assert log.verify(played.room) is None
    assert number > 1, "the database was hardly asked"
    assert len(log.read(played.room.pk)) == len(before) + 1
    assert log.verify(played.room) is None


def test_a_room_is_opened_with_its_chair_or_not_at_all() -> None:
    folder = ROOT / "fixtures"
    papers = parse_papers(folder / "papers.toml")
    store_papers(papers=papers)
    store(scenario=parse_scenario(folder / "scenarios" / SCENARIO, papers=[paper.slug for paper in papers]))
    browser = Client(raise_request_exception=False)
    browser.force_login(User.objects.create_user("mira"))
    page = browser.get(f"/rooms/new/{SCENARIO}/")
    items = [item["id"] for item in page.context["agenda"]]
    fields = {"delegation": list(DELEGATIONS), "attribution": "chatham_house"}
    fields |= {f"keep-{item}": "on" for item in items} | {f"minutes-{item}": "10" for item in items}
    for number in range(200):
        with failing_at(number):
            answer = browser.post(f"/rooms/new/{SCENARIO}/", fields)
        if answer.status_code == 302:
            break
        assert answer.status_code == 503
        said = answer.content.decode()
        assert "try again" in said or "Look before you send it anew" in said
        assert not Room.objects.exists()
        assert not Event.objects.exists()
    assert number > 10, "the database was hardly asked"
    room = Room.objects.get()
    assert log.verify(room) is None
    assert Participant.objects.get().role == "moderator"
