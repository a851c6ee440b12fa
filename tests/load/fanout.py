"""One changed panel to all sockets of a room, and to 100 rooms at once, beside servers that pass the same number of
bytes on as they came.

Ours *alone*: each event is decided by the rules, folded for every audience, rendered and sent, one after the other,
only not written down: frame for frame with the others. Ours *hot*: events come as fast as they can be made, and what
comes at once is shown at once; a delivery is an event that a socket was brought up to date with. Ours *kept*: the same
the whole way, by commands of delegates who press as often as they may, each written down for good before it is shown.
"""

import asyncio
from dataclasses import asdict
from typing import Any

from tests.load import relays
from tests.load.crowd import gathered
from tests.load.crowded import Steady, busy_room, pressed
from tests.load.places import seat
from tests.load.relays import PEERS, Rate
from tests.load.report import Row, ms, ratio
from tests.load.run import Run, say, within
from tests.load.server import Server, serving

SIZES = (50, 200, 500, 1_000)
QUICK_SIZES = (50, 1_000)
ROOMS, EACH = 100, 20
PEOPLE = 31  # of a room's sockets a moderator and 30 delegates, the others observers
TARGETS = {"ws": 1.0, "socket.io": 1.3, "tutorial": 30.0}
HOT_TARGET = 5.0
OPENED_AT_ONCE = 50
SETTLE = 0.5


def measured(run: Run) -> dict[str, Any]:
    sizes = QUICK_SIZES if run.quick else SIZES
    missing = relays.installed(run.scratch)
    if missing:
        say(f"ws and Socket.IO are left out: {missing}")
    peers = [name for name in PEERS if name == "tutorial" or not missing]
    many = 0 if run.quick else ROOMS
    rooms = run.cast(
        *({"observers": size - PEOPLE} for size in sizes),
        *map(busy_room, sizes),
        *[{"delegates": 10, "observers": EACH - 11}] * many,
    )
    one, busy, small = rooms[: len(sizes)], rooms[len(sizes) : 2 * len(sizes)], rooms[2 * len(sizes) :]
    places = [*(([room], [pressing]) for room, pressing in zip(one, busy, strict=True)), (small, small)]
    found = [_contest(run, some, pressing, peers) for some, pressing in places if some]
    return {"contests": found, "left_out": missing, "versions": relays.versions(run.scratch)}


def _contest(run: Run, rooms: list[dict[str, Any]], busy: list[dict[str, Any]], peers: list[str]) -> dict[str, Any]:
    """One room, or many, for all contestants one after the other; `busy`: as many sockets, more of them delegates."""
    seconds = run.seconds(3.0, 1.5)
    each = len(rooms[0]["people"])
    say(f"fan-out, {len(rooms)} x {each} sockets ...")
    alone, painting = _ours(run, rooms, seconds, hot=False)
    shown = {"alone": alone}
    if len(rooms) == 1:
        shown["hot"] = _ours(run, rooms, seconds, hot=True)[0]
    kept = _kept(run, busy, seconds)
    length = shown["alone"].bytes // max(1, shown["alone"].frames)
    for name in peers:
        with relays.relaying(name, run.scratch) as server:
            measuring = relays.measure(name, server, run.scratch, len(rooms), each, length, seconds)
            shown[name] = within(seconds, measuring)
    return {
        "rooms": len(rooms),
        "each": each,
        "frame_bytes": length,
        "painting": painting,
        "kept": {**asdict(kept), "per_cpu_second": kept.came.deliveries / kept.cpu},
        **{name: _told(one) for name, one in shown.items()},
    }


def _told(rate: Rate) -> dict[str, Any]:
    return {
        **asdict(rate),
        "per_second": rate.per_second,
        "frames_per_cpu_second": rate.frames_per_cpu_second,
        "frame_microseconds": rate.frame_microseconds,
        "per_cpu_second": rate.deliveries / rate.cpu if rate.cpu else 0.0,
    }


def _kept(run: Run, rooms: list[dict[str, Any]], seconds: float) -> Steady:
    with serving("neacd", run.var, profile=run.profile(f"kept-{len(rooms)}x{len(rooms[0]['people'])}")) as server:
        return within(seconds, pressed(run, server, rooms, seconds, 0))


def _ours(run: Run, rooms: list[dict[str, Any]], seconds: float, *, hot: bool) -> tuple[Rate, float]:
    name = f"fanout-{len(rooms)}x{len(rooms[0]['people'])}{'-hot' if hot else ''}"
    with serving("neacd", run.var, profile=run.profile(name)) as server:
        return within(seconds, beaten(run, server, rooms, seconds, hot=hot))


async def beaten(
    run: Run, server: Server, rooms: list[dict[str, Any]], seconds: float, *, hot: bool
) -> tuple[Rate, float]:
    """What came, and the share of the server's core that painting panels took."""
    places = [seat(room["code"], person) for room in rooms for person in room["people"]]
    crowd = await gathered(run.scratch, server.port, places)
    opened = await crowd.open(OPENED_AT_ONCE)
    if opened.failed:
        raise RuntimeError(f"{opened.failed} of {len(places)} lines did not open")
    await asyncio.sleep(SETTLE)
    server.begin()
    beating = asyncio.create_task(server.told("beat", rooms=rooms, seconds=seconds + 3 * SETTLE, hot=hot))
    await asyncio.sleep(SETTLE)
    found = await relays.watched(crowd, server, len(places), seconds)
    told = await beating
    await crowd.close()
    return found, told["painting"] / told["cpu"]


# In words


def rows(found: dict[str, Any]) -> list[Row]:
    told: list[Row] = []
    for one in found["contests"]:
        told += _contest_rows(one)
    told += _marginal([one for one in found["contests"] if one["rooms"] == 1])
    if found["left_out"]:
        told.append(Row("left out", f"ws and Socket.IO: {found['left_out']}"))
    return told


def _event(one: dict[str, Any], name: str) -> float:
    """Microseconds of the server's core for one event to one room."""
    return float(one[name]["frame_microseconds"] * one["each"])


def _marginal(rooms: list[dict[str, Any]]) -> list[Row]:
    """What each further socket of a room costs, from the smallest room to the largest: the fan-out without what is
    done once for each event and audience."""
    if len(rooms) < 2:
        return []
    small, large = rooms[0], rooms[-1]
    more = large["each"] - small["each"]
    costs = {name: (_event(large, name) - _event(small, name)) / more for name in ("alone", *PEERS) if name in large}
    once = _event(small, "alone") - costs["alone"] * small["each"]
    words = ", ".join(f"{name} {cost:.1f}" for name, cost in costs.items() if name != "alone")
    told = [Row("ours, once an event", f"{once / 1000:.1f} ms of the server's core, over all audiences")]
    told.append(Row("ours, a further socket", f"{costs['alone']:.1f} us of the server's core an event ({words})"))
    for name, least in TARGETS.items():
        if costs.get(name, 0) > 0 and costs["alone"] > 0:
            told.append(ratio(f"ours / {name}, a further socket", costs[name] / costs["alone"], least))
    return told


def _where(one: dict[str, Any]) -> str:
    return f"{one['each']:,} sockets" if one["rooms"] == 1 else f"{one['rooms']} rooms x {one['each']}"


def _rate(one: dict[str, Any]) -> str:
    return (
        f"{one['frame_microseconds']:.1f} us of the server's core a frame = {one['frames_per_cpu_second']:,.0f} frames"
        f" a CPU second; {one['frames'] / one['seconds']:,.0f} frames/s seen"
    )


def _contest_rows(one: dict[str, Any]) -> list[Row]:
    where, ours = _where(one), one["alone"]
    words = f"{_rate(ours)}; {one['painting']:.0%} of it is painting"
    told = [Row(f"{where}: ours, frames of {one['frame_bytes']:,} B", words)]
    told += [Row(f"{where}: {name}", _rate(one[name])) for name in PEERS if name in one]
    for name, least in TARGETS.items():
        if name in one:
            found = ours["frames_per_cpu_second"] / one[name]["frames_per_cpu_second"]
            told.append(ratio(f"{where}: ours / {name}, frame for frame", found, least))
    told += _kept_rows(one)
    if "hot" in one:
        hot = one["hot"]
        events, frames = hot["deliveries"] / one["each"] / hot["seconds"], hot["frames"] / hot["seconds"]
        words = f"{events:,.0f} events/s in {frames:,.0f} frames/s"
        told.append(Row(f"{where}: ours, hot", f"{hot['per_second']:,.0f} deliveries/s; {words}"))
        if "ws" in one:
            found = hot["per_cpu_second"] / one["ws"]["frames_per_cpu_second"]
            told.append(ratio(f"{where}: ours, hot / ws", found, HOT_TARGET))
    return told


def _kept_rows(one: dict[str, Any]) -> list[Row]:
    where, kept = _where(one), one["kept"]
    came, seconds = kept["came"], kept["seconds"]
    words = f"{came['answered']['count'] / seconds:,.0f} commands/s acknowledged, {ms(came['answered'])}"
    told = [Row(f"{where}: ours, kept", f"{came['deliveries'] / seconds:,.0f} deliveries/s; {words}")]
    for name, least in TARGETS.items():
        if name in one:
            found = kept["per_cpu_second"] / one[name]["frames_per_cpu_second"]
            told.append(ratio(f"{where}: ours, kept / {name}, deliveries a CPU second", found, least))
    return told
