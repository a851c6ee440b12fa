"""The record as the database has it, read by another program: what was really kept."""

import json
import sqlite3
from dataclasses import dataclass
from typing import Any

import psycopg

from tests.programs import Served

EVENTS = """
    SELECT seq, event.at, event.name, actor, request_id, data
    FROM rooms_event event JOIN rooms_room room ON room.id = room_id
    WHERE code = '{code}' ORDER BY seq
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """One event as it stands in the record."""

    seq: int
    at: int
    name: str
    actor: str
    request_id: str
    data: dict[str, Any]


def events_of(served: Served, code: str) -> list[Kept]:
    """Every event of a room, whether the server is up or not."""
    assert code.isalnum()
    question = EVENTS.format(code=code)
    if url := served.env.get("DATABASE_URL", ""):
        with psycopg.connect(url) as connection:
            return [Kept(*row) for row in connection.execute(question)]  # type: ignore[arg-type]
    file = sqlite3.connect(served.var / "neacd.sqlite3", timeout=60)
    try:
        return [Kept(*told, json.loads(data)) for *told, data in file.execute(question)]
    finally:
        file.close()


def holds(served: Served, code: str) -> None:
    """The chain verifies, and the numbers run from 1 without a gap; fails the test else. Where the room's clock has
    written something while we looked, we look again."""
    for _ in range(5):
        events = events_of(served, code)
        said = served.manage("verify_record", code).stdout
        if len(events_of(served, code)) == len(events):
            break
    assert f"{code}: {len(events)} events, the chain holds" in said
    assert [one.seq for one in events] == list(range(1, len(events) + 1))
