"""What is made ready at a start: whoever comes back to a room after a restart finds its panels compiled."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError, connection

from neacd import ready
from rooms import panel_templates
from rooms.models import Room
from tests.rooms.kit import open_played

pytestmark = pytest.mark.django_db


def test_panels_are_compiled_where_a_room_is_open_and_only_there(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ready.panels() == 0
    room = open_played().room
    made = [panel_templates.compiled(name) for name in panel_templates.names()]
    assert len(made) > 100
    monkeypatch.setattr(panel_templates, "_templates", panel_templates._made())
    assert ready.panels() == len(made) == len(panel_templates._templates.cache or ())
    Room.objects.filter(pk=room.pk).update(status="closed")
    assert ready.panels() == 0


def test_a_database_that_is_away_keeps_no_server_from_its_start() -> None:
    def away(_execute: Callable[..., Any], *_asked: object) -> None:
        raise OperationalError("away")

    with connection.execute_wrapper(away):
        assert ready.panels() == 0
