"""Whoever circulates a non-paper leaves no trace: not in the record, not in what a program reads, not beside it."""

import json
from typing import Any

import pytest
from django.apps import apps
from django.core import serializers

from rooms import log, wire
from rooms.domain.record import CLOCK
from rooms.domain.refused import Refused
from rooms.domain.sight import OBSERVERS, THE_MODERATORS, visible
from rooms.models import Answered, Event
from tests.rooms.kit import live_played

pytestmark = pytest.mark.django_db
PAPER: dict[str, Any] = {"title": "Elements", "text": "Fuel for calm seas."}


def everything() -> list[str]:
    """Every row of the live rooms, written out, but the record itself."""
    kept = [model for model in apps.get_app_config("rooms").get_models() if model is not Event]
    rows = [json.loads(serializers.serialize("json", model._default_manager.all())) for model in kept]
    return [str(row) for of_one in rows for row in of_one]


@pytest.mark.parametrize("who", ["JPN-MFA", "PRC-MFA", "moderator"])
def test_the_record_says_that_it_was_circulated_and_nothing_else(who: str) -> None:
    played = live_played()
    before = everything()
    played.do(who, "circulate_non_paper", request_id="mine", **PAPER)
    entry = log.read(played.room.pk)[-1]
    assert (entry.actor, entry.request_id) == (CLOCK, "")
    for audience in (OBSERVERS, THE_MODERATORS):
        seen = visible([entry], audience)
        told = json.dumps([wire.event_data(1, one) for one in seen])
        assert "Fuel for calm seas." in told
        assert played.pid(who) not in told
    rows = [row for row in everything() if row not in before]
    assert [row for row in rows if "rooms.room'" not in row] == [], "only the room's head has moved"


def test_a_request_that_comes_twice_circulates_once() -> None:
    played = live_played()
    for _ in range(2):
        played.do("JPN-MFA", "circulate_non_paper", request_id="mine", **PAPER)
    assert Event.objects.filter(name="papers.circulated").count() == 1
    assert not Answered.objects.filter(request_id="mine").exists()


def test_who_is_refused_leaves_no_trace_either() -> None:
    played = live_played()
    before, rows = Event.objects.count(), everything()
    for who, fields in (("JPN-MFA", {**PAPER, "text": ""}), ("observer", PAPER)):
        with pytest.raises(Refused):
            played.do(who, "circulate_non_paper", request_id="mine", **fields)
    assert (Event.objects.count(), everything()) == (before, rows)
