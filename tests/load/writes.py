"""Acknowledged commands: how many a second, and how long from sending one to its answer, in one room and in 100, on
SQLite and on PostgreSQL. Each is decided by the rules, chained, written down for good, and shown to everybody there.

At the promised rate, commands come on a beat that waits for no answer; at most, each person sends the next one as soon
as the last was answered, as often as a room allows one person.
"""

import asyncio
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.load.crowded import SETTLE, Steady, looked_on, watched
from tests.load.report import Row, ms
from tests.load.run import Run, say, within
from tests.load.server import Server, serving
from tests.programs import Postgres, find_postgres

# Rooms, commands a second, and p99 in ms that are promised.
PROMISES = ((1, 300, 10), (100, 1_000, 100))
ONE_ROOM = {"seats": 20, "delegates": 120}
MANY_ROOMS = {"delegates": 18}
ENOUGH = 0.97  # of the promised rate: it came


class Keeping(Postgres):
    """A PostgreSQL that keeps what it has acknowledged through a power cut, as one that is served does."""

    def start(self) -> None:
        how = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
        self._run("pg_ctl", "start", "--wait", "--pgdata=data", "--log=log", "-o", how)


@contextmanager
def databases() -> Iterator[dict[str, str]]:
    """URL by name; "" is the file in the run's folder."""
    if find_postgres() is None:
        say("PostgreSQL is not installed; left out")
        yield {"SQLite": ""}
        return
    # Not below the checkout: PostgreSQL does not run as root, and its own user must be able to walk there.
    folder = Path(tempfile.mkdtemp(prefix="neacd-bench-"))
    folder.chmod(0o755)
    cluster = Keeping(folder / "cluster")
    try:
        cluster.create()
        yield {"SQLite": "", "PostgreSQL": cluster.url}
    finally:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


def measured(run: Run) -> list[dict[str, Any]]:
    if run.quick:
        return [_of(run, "SQLite", "", *PROMISES[0])]
    with databases() as kept:
        return [_of(run, name, url, *promise) for name, url in kept.items() for promise in PROMISES]


def _of(run: Run, name: str, url: str, rooms: int, rate: int, most_ms: int) -> dict[str, Any]:
    wanted = [ONE_ROOM] if rooms == 1 else [MANY_ROOMS] * rooms
    say(f"writes on {name}, {rooms} room{'s' if rooms > 1 else ''} ...")
    cast = run.cast(*wanted, database=url)
    profile = run.profile(f"writes-{name}-{rooms}")
    with serving("neacd", run.var, profile=profile, database=url) as server:
        promised, most = within(20, _pressed(run, server, cast, rate))
    return {
        "database": name,
        "rooms": rooms,
        "rate": rate,
        "most_ms": most_ms,
        "promised": asdict(promised),
        "most": asdict(most),
    }


async def _pressed(run: Run, server: Server, rooms: list[dict[str, Any]], rate: float) -> tuple[Steady, Steady]:
    """At the promised rate, and then as many as it takes, by the same people."""
    crowd, pressers = await looked_on(run, server, rooms)
    sockets = sum(len(room["people"]) for room in rooms)
    await asyncio.sleep(SETTLE)
    server.begin()
    found = []
    for commands in (rate, 0):
        await crowd.press(pressers, commands)
        await asyncio.sleep(SETTLE)
        found.append(await watched(crowd, server, sockets, run.seconds(6.0, 3.0)))
        await crowd.quiet()
        await asyncio.sleep(SETTLE)  # what is under way is answered
    await crowd.close()
    return found[0], found[1]


# In words


def rows(found: list[dict[str, Any]]) -> list[Row]:
    return [row for one in found for row in (_promised(one), _most(one))]


def _where(one: dict[str, Any]) -> str:
    return f"{one['database']}, {one['rooms']} room{'s' if one['rooms'] > 1 else ''}"


def _came(steady: dict[str, Any]) -> tuple[float, dict[str, Any]]:
    """Commands acknowledged in a second, and how long each took."""
    answered = steady["came"]["answered"]
    return (answered["count"] - steady["came"]["refused"]) / steady["seconds"], answered


def _underneath(steady: dict[str, Any]) -> str:
    refused = f", {steady['came']['refused']} refused" if steady["came"]["refused"] else ""
    per_command = steady["cpu"] / max(1, steady["came"]["answered"]["count"]) * 1000
    return f"{per_command:.1f} ms of the server's core each, {steady['sockets']:,} sockets looking on{refused}"


def _promised(one: dict[str, Any]) -> Row:
    rate, answered = _came(one["promised"])
    return Row(
        f"{_where(one)}, {one['rate']:,} commands/s sent",
        f"{rate:,.0f}/s acknowledged, {ms(answered)}; {_underneath(one['promised'])}",
        f"{one['rate']:,}/s, p99 under {one['most_ms']} ms",
        rate >= one["rate"] * ENOUGH and answered["p99"] * 1000 < one["most_ms"],
    )


def _most(one: dict[str, Any]) -> Row:
    rate, answered = _came(one["most"])
    return Row(
        f"{_where(one)}, as many as it takes",
        f"{rate:,.0f}/s acknowledged, {ms(answered)}; {_underneath(one['most'])}",
    )
