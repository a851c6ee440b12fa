"""The wire to PostgreSQL breaks between a COMMIT and its answer: nobody is told that nothing was changed if it was, and
nothing is carried out twice.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.faults.cut_at_commit import CutAtCommit
from tests.faults.databases import database_of
from tests.faults.door import Door
from tests.faults.record import events_of, holds
from tests.programs import PATIENCE, Postgres, Served
from tests.wire.client import Line, Place

pytestmark = [pytest.mark.served, pytest.mark.postgres]


@contextmanager
def over_a_wire(served: Callable[..., Served], postgres: Postgres, name: str) -> Iterator[tuple[Served, CutAtCommit]]:
    url = database_of(postgres, name)
    with CutAtCommit(postgres.port) as wire:
        yield served(DATABASE_URL=url.replace(f":{postgres.port}/", f":{wire.port}/")), wire


def session(server: Served, door: Door) -> Place:
    chair = door.open_room()
    with Line(server.port, chair) as line:
        assert line.ask("start_session")["done"]
    return chair


def said(server: Served, chair: Place) -> list[str]:
    return [one.data["text"] for one in events_of(server, chair.code) if "text" in one.data]


def test_an_answer_that_was_lost_is_found_again_or_said_to_be_unknown(
    served: Callable[..., Served], postgres_program: Postgres
) -> None:
    with over_a_wire(served, postgres_program, "unsure") as (server, wire):
        with Door(server) as door:
            chair = session(server, door)
        with Line(server.port, chair) as line:
            # It was kept: asked once more by the server itself, it gets its answer.
            wire.cut = 1
            assert line.ask("chair_statement", "kept", text="Kept")["done"]
            # It never arrived: it is carried out then.
            wire.cut, wire.kept_back = 1, True
            assert line.ask("chair_statement", "late", text="Late")["done"]
            assert (wire.cut, wire.lost) == (0, 2)
            # It was kept, and nobody can be asked.
            wire.cut, wire.kept_back, wire.closed = 1, False, True
            refused = line.ask("chair_statement", "open", text="Open")["refused"]
            assert refused["code"] == "unsure"
            assert "whether this was kept" in refused["message"]
            # Once it is back the same request gets the answer of the first.
            wire.closed = False
            assert line.ask("chair_statement", "open", text="Open")["done"]
            # Without an id of its own it could be carried out twice, so it is not tried.
            wire.cut = 1
            line.send({"command": "chair_statement", "data": {"text": "Nameless"}})
            assert line.outcome("", PATIENCE) == "unsure"
        assert said(server, chair) == ["Kept", "Late", "Open", "Nameless"]
        holds(server, chair.code)


def test_who_joins_while_an_answer_is_lost_is_in_the_room(
    served: Callable[..., Served], postgres_program: Postgres
) -> None:
    with over_a_wire(served, postgres_program, "joining") as (server, wire), Door(server) as door:
        chair = session(server, door)
        wire.cut = 1  # their name is there, whether they are in is open
        japan = door.join(chair.code, "JPN-MFA")
        assert wire.lost == 1
        with Line(server.port, japan) as line:
            assert line.ask("ask_for_floor")["done"]
        holds(server, chair.code)


def test_a_room_that_somebody_holds_up_holds_up_no_other(
    served: Callable[..., Served], postgres_program: Postgres
) -> None:
    with over_a_wire(served, postgres_program, "held") as (server, _wire):
        with Door(server) as door:
            stuck, free = session(server, door), session(server, door)
        url = urlsplit(server.env["DATABASE_URL"])
        with (
            psycopg.connect(f"postgres://neacd@127.0.0.1:{postgres_program.port}{url.path}") as other,
            Line(server.port, stuck) as one,
            Line(server.port, free) as two,
        ):
            other.execute("SELECT 1 FROM rooms_room WHERE code = %s FOR UPDATE", [stuck.code])
            one.send({"command": "chair_statement", "data": {"text": "Waits"}, "request_id": "waits"})
            two.send({"command": "chair_statement", "data": {"text": "Goes on"}, "request_id": "goes-on"})
            assert two.outcome("goes-on", PATIENCE) == "done"
            assert one.outcome("waits", PATIENCE) == "unavailable"
            other.rollback()
            assert one.ask("chair_statement", "waits", text="Waits")["done"]
        assert said(server, stuck) == ["Waits"]
