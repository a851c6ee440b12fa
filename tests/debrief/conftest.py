"""Rehearsals for the debrief: the whole record of each, played once when somebody first asks for it."""

import io
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from rooms import log, rehearsal
from rooms.domain.record import Entry
from rooms.management.commands.rehearse import FOLDER
from tests.rooms.committing import committed_at_once
from tests.rooms.rehearsed import START

Record = list[Entry]


@pytest.fixture(scope="session")
def played_records() -> dict[str, Record]:
    """The records of the rehearsals that were played already, by name."""
    return {}


@pytest.fixture
def rehearse(db: None, played_records: dict[str, Record]) -> Callable[[str], Record]:
    """The whole record of a rehearsal."""

    def record_of(name: str) -> Record:
        if name not in played_records:
            call_command("load_scenarios", stdout=io.StringIO())
            script = rehearsal.parse(FOLDER / f"{name}.toml")
            user, _new = User.objects.get_or_create(username="castellane")
            stage = rehearsal.fresh_stage(script, user, START)
            with committed_at_once():
                for _step in rehearsal.play(script, stage):
                    pass
            played_records[name] = log.read(stage.room.pk)
        return played_records[name]

    return record_of
