"""Rooms as full as they get, the whole way: commands, each written down, decided, folded, rendered and shown.

1,000 sockets in one room at 10 events a second: from the instant an event was stamped to its frame read, on every
socket. 100 rooms of 20 at an event a second each: the share of a core that takes. And a room in which 120 delegates
press as often as they may: how many sockets are brought up to date with how many events in a second.
"""

import asyncio
from dataclasses import asdict, dataclass
from typing import Any

from tests.load.crowd import Crowd, gathered
from tests.load.places import Tally, seat
from tests.load.report import Row, at_most, ms
from tests.load.run import Run, say, within
from tests.load.server import Server, serving

SOCKETS, PER_SECOND, MOST_MS = 1_000, 10, 50
ROOMS, EACH, MOST_OF_A_CORE = 100, 20, 15
DELEGATES, SEATS = 120, 20  # of a room where everybody presses: 6 delegations of 20
BUSY = (50, 200, 1_000)
OPENED_AT_ONCE = 50
SETTLE = 1.0


@dataclass(frozen=True, slots=True)
class Steady:
    """What the server used and what came, in so many seconds."""

    sockets: int
    seconds: float
    cpu: float
    kept_waiting: float
    came: Tally

    @property
    def share(self) -> float:
        return self.cpu / self.seconds


def measured(run: Run) -> dict[str, Any]:
    many = 0 if run.quick else ROOMS
    one, *rest = run.cast(
        {"observers": SOCKETS - 31},
        *[{"delegates": 10, "observers": EACH - 11}] * many,
        *map(busy_room, BUSY),
    )
    small, busy = rest[:many], rest[many:]
    seconds = run.seconds(10.0, 4.0)
    say(f"{SOCKETS:,} sockets, {PER_SECOND} events/s ...")
    found = {"one": _told(_pressed(run, "crowded-one", [one], seconds, PER_SECOND))}
    if many:
        say(f"{many} rooms x {EACH}, 1 event/s each ...")
        found["many"] = _told(_pressed(run, "crowded-many", small, seconds, many))
    for size, room in zip(BUSY, busy, strict=True):
        if run.quick and size != BUSY[-1]:
            continue
        say(f"{size:,} sockets, as many commands as it takes ...")
        found[f"busy-{size}"] = _told(_pressed(run, f"crowded-{size}", [room], run.seconds(6.0, 4.0), 0))
    return found


def busy_room(size: int) -> dict[str, int]:
    """A room of so many sockets, as many of them delegates as a room has places for."""
    delegates = min(DELEGATES, size - 1)
    return {"seats": SEATS, "delegates": delegates, "observers": size - 1 - delegates}


def _told(steady: Steady) -> dict[str, Any]:
    return {**asdict(steady), "share": steady.share}


def _pressed(run: Run, name: str, rooms: list[dict[str, Any]], seconds: float, rate: float) -> Steady:
    with serving("neacd", run.var, profile=run.profile(name)) as server:
        return within(seconds, pressed(run, server, rooms, seconds, rate))


async def pressed(run: Run, server: Server, rooms: list[dict[str, Any]], seconds: float, rate: float) -> Steady:
    """All people of these rooms look on while the delegates press, so many commands a second in all."""
    crowd, pressers = await looked_on(run, server, rooms)
    await asyncio.sleep(SETTLE)
    server.begin()
    await crowd.press(pressers, rate)
    # Where everybody presses at once, their first 30 commands each are no measure of what goes on and on.
    await asyncio.sleep(SETTLE)
    found = await watched(crowd, server, sum(len(room["people"]) for room in rooms), seconds)
    await crowd.quiet()
    await crowd.close()
    return found


async def looked_on(run: Run, server: Server, rooms: list[dict[str, Any]]) -> tuple[Crowd, int]:
    """Everybody of these rooms on their lines; delegates come first, one of each room after the other. And how many
    delegates they are."""
    delegates = [[(room["code"], one) for one in room["people"] if one["seat"]] for room in rooms]
    others = [(room["code"], one) for room in rooms for one in room["people"] if not one["seat"]]
    first = [row for one in zip(*delegates, strict=True) for row in one]
    crowd = await gathered(run.scratch, server.port, [seat(code, one) for code, one in (*first, *others)])
    opened = await crowd.open(OPENED_AT_ONCE)
    if opened.failed:
        raise RuntimeError(f"{opened.failed} of {len(first) + len(others)} lines did not open")
    return crowd, len(first)


async def watched(crowd: Crowd, server: Server, sockets: int, seconds: float) -> Steady:
    """What comes in the next seconds."""
    await crowd.count()
    cpu, waited, began = server.cpu(), server.kept_waiting(), asyncio.get_running_loop().time()
    await asyncio.sleep(seconds)
    came = await crowd.count()
    took = asyncio.get_running_loop().time() - began
    return Steady(sockets, took, server.cpu() - cpu, server.kept_waiting() - waited, came)


# In words


def rows(found: dict[str, Any]) -> list[Row]:
    one, many = found["one"], found.get("many")
    told = [
        at_most(
            f"{one['sockets']:,} sockets, {_rate(one)}: stamped to shown, p99",
            one["came"]["waited"]["p99"] * 1000,
            MOST_MS,
            "ms",
            f"{ms(one['came']['waited'])}; {_core(one)}",
            digits=1,
        )
    ]
    if many:
        told.append(
            at_most(
                f"{many['sockets'] // EACH} rooms x {EACH}, {_rate(many)} in all: the server's core",
                many["share"] * 100,
                MOST_OF_A_CORE,
                "%",
                f"shown {ms(many['came']['waited'])}",
                digits=1,
            )
        )
    return told + [_busy(found[f"busy-{size}"]) for size in BUSY if f"busy-{size}" in found]


def _rate(one: dict[str, Any]) -> str:
    return f"{one['came']['answered']['count'] / one['seconds']:.0f} commands/s"


def _core(one: dict[str, Any]) -> str:
    return f"{one['share']:.0%} of the server's core"


def _busy(one: dict[str, Any]) -> Row:
    came, seconds = one["came"], one["seconds"]
    return Row(
        f"{one['sockets']:,} sockets, as many commands as it takes",
        f"{came['deliveries'] / seconds:,.0f} deliveries/s of {came['events'] / seconds:,.0f} events/s,"
        f" {came['deliveries'] / one['cpu']:,.0f} a CPU second; {_rate(one)}, answered {ms(came['answered'])}",
    )
