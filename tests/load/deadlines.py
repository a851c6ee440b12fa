"""How late deadlines are: rooms in which a speech's time runs out, one after the other, watched by one process and by
three over the same record. Lateness is from the deadline to the instant at which it is written down.
"""

import json
import sqlite3
import subprocess
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from tests.load.figures import Spread, spread
from tests.load.server import ROOT, environment, serving

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


def measure(var: Path, processes: int, rooms: int) -> Deadlines:
    """Serve rooms whose deadlines come one a second, and see how late they were kept."""
    title = f"Due in {processes}"
    wanted = [{"title": title, "seconds": FIRST + number * APART} for number in range(rooms)]
    command = [sys.executable, "-m", "tests.load.casting", json.dumps(wanted)]
    subprocess.run(command, cwd=ROOT, env=environment(var), check=True, stdout=subprocess.DEVNULL)
    with ExitStack() as stack:
        for _ in range(processes):
            stack.enter_context(serving("neacd", var))
        time.sleep(FIRST + rooms * APART + PATIENCE)
    file = sqlite3.connect(var / "neacd.sqlite3", timeout=60)
    try:
        late = [row[0] for row in file.execute(LATE, [title]) if row[0] is not None]
    finally:
        file.close()
    return Deadlines(processes, rooms, len(late), spread([ms / 1000 for ms in late]))
