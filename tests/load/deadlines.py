"""How late deadlines are: rooms in which a speech's time runs out, one after the other, watched by one process and by
three over the same record. Lateness is from the deadline to the instant at which it is written down.
"""

import sqlite3
import time
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from typing import Any

from tests.load.figures import Spread, spread
from tests.load.report import Row, ms
from tests.load.run import Run, say
from tests.load.server import serving

PROCESSES = (1, 3)  # that watch over the same deadlines
MOST_MS = 250

FIRST, APART = 20, 1  # seconds until the first deadline, and between two: the servers are up before it
PATIENCE = 5.0  # seconds after the last one
LATE = """
    SELECT up.at - json_extract(given.data, '$.ends_at') FROM rooms_event given
    LEFT JOIN rooms_event up ON up.room_id = given.room_id AND up.name = 'floor.speech_time_up'
    WHERE given.name = 'floor.given' AND given.room_id IN (SELECT id FROM rooms_room WHERE title = ?)
"""


@dataclass(frozen=True, slots=True)
class Deadlines:
    """`late` in seconds; `fired` how often in all, of `rooms` that should have once each."""

    processes: int
    rooms: int
    fired: int
    late: Spread


def measured(run: Run) -> list[dict[str, Any]]:
    rooms, processes = (4, PROCESSES[-1:]) if run.quick else (10, PROCESSES)
    return [asdict(measure(run, number, rooms)) for number in processes]


def measure(run: Run, processes: int, rooms: int) -> Deadlines:
    """Serve rooms whose deadlines come one a second, and see how late they were kept."""
    say(f"{rooms} deadlines, {processes} process{'es' if processes > 1 else ''} ...")
    title = f"Due in {processes}"
    run.cast(*({"title": title, "seconds": FIRST + number * APART} for number in range(rooms)))
    with ExitStack() as stack:
        for _ in range(processes):
            stack.enter_context(serving("neacd", run.var))
        time.sleep(FIRST + rooms * APART + PATIENCE)
    file = sqlite3.connect(run.var / "neacd.sqlite3", timeout=60)
    try:
        late = [row[0] for row in file.execute(LATE, [title]) if row[0] is not None]
    finally:
        file.close()
    return Deadlines(processes, rooms, len(late), spread([ms / 1000 for ms in late]))


def rows(found: list[dict[str, Any]]) -> list[Row]:
    return [
        Row(
            f"deadline to record, {one['processes']} process{'es' if one['processes'] > 1 else ''}",
            f"{ms(one['late'])}; {one['fired']} fired of {one['rooms']}",
            f"within {MOST_MS} ms",
            one["fired"] == one["rooms"] and one["late"]["most"] * 1000 < MOST_MS,
        )
        for one in found
    ]
