"""`make bench`: how long from an event to every screen, and how much one core delivers, beside the Channels tutorial.

    python -m tests.load.bench [--quick] [--only latency|throughput|deadlines|packages] [--profile] [--servers]

Everything runs here, on loopback, in under five minutes (`--quick`: one), and ends what it started. The server has one
core and the clients another, where there are two. Figures go to the screen and to var/bench.json; they tell of this
machine and this hour, so compare ratios of one run. `--profile` says where the server's time goes (and slows it);
`--servers` tries each WebSocket implementation of the server on the same minute of play.
"""

import argparse
import asyncio
import importlib.util
import json
import os
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Coroutine
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar

import uvloop

from tests.load import deadlines, latency, packages, throughput
from tests.load.launch import OPTIONS, pinned
from tests.load.server import ROOT, environment, serving

OBSERVERS = 100  # the room whose latency is measured: 6 delegations x 5 seats and these
SOCKETS = 200  # the room whose throughput is measured
PEOPLE = 31  # of them a moderator and 30 delegates
USUAL_EVENT_BYTES = 300  # of JSON; where a sitting is measured too, its median event is what the tutorial sends
TOO_LONG = 60.0  # seconds over its own length that a measurement may take before it is given up
TARGET_MS, TARGET_RATIO = 100, 5
PARTS = ("latency", "throughput", "deadlines", "packages")
PROCESSES = (1, 3)  # that watch over the same deadlines
DEADLINE_MS = 250
PACKAGES = ("Django", "channels", "uvicorn", "websockets", "uvloop")
IMPLEMENTATIONS = ("websockets-sansio", "websockets", "wsproto")


Found = TypeVar("Found")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.load.bench", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="under a minute: shorter windows, noisier figures")
    parser.add_argument("--only", choices=PARTS, help="one of the measurements")
    parser.add_argument("--profile", action="store_true", help="print where the server's time goes; slows it")
    parser.add_argument("--servers", action="store_true", help="compare the server's WebSocket implementations")
    return parser.parse_args()


def machine() -> dict[str, Any]:
    """What the figures depend on."""
    model = next(
        (line.partition(":")[2].strip() for line in _cpuinfo() if line.startswith("model name")), platform.processor()
    )
    return {
        "processor": model,
        "cores": os.cpu_count(),
        "load_before": round(os.getloadavg()[0], 2),
        "system": platform.platform(),
        "python": platform.python_version(),
        "packages": {name: version(name) for name in PACKAGES},
        "server": OPTIONS,
        "database": "SQLite, WAL, synchronous=FULL",
    }


def _cpuinfo() -> list[str]:
    path = Path("/proc/cpuinfo")
    return path.read_text().splitlines() if path.exists() else []


def cast(var: Path, rooms: list[dict[str, int]]) -> list[dict[str, Any]]:
    """Rooms in an installation of their own."""
    command = [sys.executable, "-m", "tests.load.casting", json.dumps(rooms)]
    made = subprocess.run(command, cwd=ROOT, env=environment(var), check=True, stdout=subprocess.PIPE, text=True)
    found: list[dict[str, Any]] = json.loads(made.stdout)
    return found


def within(seconds: float, measuring: Coroutine[Any, Any, Found]) -> Found:
    """A measurement's result, or an error where the machine is too busy to come to an end."""
    return uvloop.run(asyncio.wait_for(measuring, seconds + TOO_LONG))


class Bench:
    """One run: its folder, its windows, its results."""

    def __init__(self, asked: argparse.Namespace, var: Path) -> None:
        self.asked = asked
        self.var = var
        self.play_seconds, self.drive_seconds = (10.0, 4.0) if asked.quick else (30.0, 10.0)
        self.results: dict[str, Any] = {}
        self.profiles: list[tuple[str, Path]] = []

    def _profile(self, name: str) -> Path | None:
        if not self.asked.profile:
            return None
        path = self.var / f"{name}.profile"
        self.profiles.append((name, path))
        return path

    def run(self) -> None:
        say("filling the rooms ...")
        drives = self._asks("throughput") + (len(IMPLEMENTATIONS) if self.asked.servers else 0)
        sittings = int(self._asks("latency"))
        rooms = cast(self.var, [{"observers": OBSERVERS}] * sittings + [{"observers": SOCKETS - PEOPLE}] * drives)
        event_bytes = USUAL_EVENT_BYTES
        if self._asks("latency"):
            event_bytes = self._latency(rooms.pop(0)).event_bytes
        if self._asks("throughput"):
            self._throughput(rooms.pop(0), event_bytes)
        if self.asked.servers:
            self._servers(rooms, event_bytes)
        if self._asks("deadlines"):
            self._deadlines(4 if self.asked.quick else 15)
        if self._asks("packages"):
            say("the package finder ...")
            self.results["packages"] = packages.measured()

    def _asks(self, part: str) -> bool:
        return self.asked.only in (None, part)

    def _deadlines(self, rooms: int) -> None:
        found = []
        for processes in PROCESSES:
            say(f"{rooms} deadlines, {processes} process{'es' if processes > 1 else ''} ...")
            found.append(asdict(deadlines.measure(self.var, processes, rooms)))
        self.results["deadlines"] = found

    def _latency(self, room: dict[str, Any]) -> latency.Latency:
        say(f"a sitting of {self.play_seconds:.0f} s ...")
        with serving("neacd", self.var, profile=self._profile("latency")) as server:
            found = within(self.play_seconds, latency.measure(server, room, self.play_seconds))
        self.results["latency"] = asdict(found)
        return found

    def _throughput(self, room: dict[str, Any], event_bytes: int) -> None:
        ours = self._ours(room, self._profile("throughput"))
        theirs = self._tutorial(event_bytes)
        self.results["throughput"] = {
            "ours": _told(ours),
            "tutorial": _told(theirs),
            "message_bytes": event_bytes,
            "ratio_per_second": ours.per_second / theirs.per_second,
            "ratio_per_cpu_second": ours.per_cpu_second / theirs.per_cpu_second,
        }

    def _ours(self, room: dict[str, Any], profile: Path | None = None, ws: str = "") -> throughput.Throughput:
        say(f"ours at {SOCKETS} sockets, {self.drive_seconds:.0f} s {ws} ...")
        with serving("neacd", self.var, profile=profile, ws=ws) as server:
            return within(self.drive_seconds, throughput.ours(server, room, self.drive_seconds))

    def _tutorial(self, event_bytes: int, ws: str = "") -> throughput.Throughput:
        say(f"the tutorial's at {SOCKETS} sockets, {self.drive_seconds:.0f} s {ws} ...")
        with serving("tutorial", self.var, ws=ws) as server:
            driven = throughput.tutorial(server, SOCKETS, event_bytes, self.drive_seconds)
            return within(self.drive_seconds, driven)

    def _servers(self, rooms: list[dict[str, Any]], event_bytes: int) -> None:
        rows = {}
        for ws, room in zip(IMPLEMENTATIONS, rooms, strict=True):
            if importlib.util.find_spec(ws.partition("-")[0]) is None:
                say(f"{ws} is not installed; left out")
                continue
            rows[ws] = {
                "ours": _told(self._ours(room, ws=ws)),
                "tutorial": _told(self._tutorial(event_bytes, ws=ws)),
            }
        self.results["servers"] = rows


def _told(found: throughput.Throughput) -> dict[str, Any]:
    return {**asdict(found), "per_second": found.per_second, "per_cpu_second": found.per_cpu_second}


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def table(results: dict[str, Any]) -> str:
    """The figures, a line each."""
    rows: list[tuple[str, str]] = []
    if "latency" in results:
        rows += _latency_rows(results["latency"])
    if "throughput" in results:
        rows += _throughput_rows(results["throughput"])
    rows += _deadline_rows(results.get("deadlines", []))
    if "packages" in results:
        rows.append(("the package finder", packages.in_words(results["packages"])))
    for ws, row in results.get("servers", {}).items():
        rows.append((f"--ws {ws}", f"ours {_rates(row['ours'])}; tutorial {_rates(row['tutorial'])}"))
    wide = max(len(name) for name, _value in rows)
    return "\n".join(f"  {name.ljust(wide)}  {value}" for name, value in rows)


def _ms(found: dict[str, Any]) -> str:
    p50, p99, most = (found[key] * 1000 for key in ("p50", "p99", "most"))
    return f"p50 {p50:.0f} ms, p99 {p99:.0f} ms, max {most:.0f} ms"


def _latency_rows(found: dict[str, Any]) -> list[tuple[str, str]]:
    rate = found["events"] / found["seconds"]
    return [
        ("room", f"{found['sockets']} sockets; {found['events']} events in {found['seconds']:.0f} s = {rate:.1f}/s"),
        (
            "stamped to shown, browsers",
            f"{_ms(found['shown'])} over {found['shown']['count']:,} (target: p99 under {TARGET_MS} ms)",
        ),
        ("stamped to heard, programs", _ms(found["witnessed"])),
        ("command to its answer", _ms(found["answered"])),
        (
            "the server's core",
            f"in use {found['server_cpu']:.0%}, taken by others when wanted {found['server_waited']:.0%};"
            f" a frame {found['frame_bytes'] / 1024:.1f} KB on average",
        ),
        ("refused, never shown, lines lost", f"{found['refused']}, {found['unseen']}, {found['lost']}"),
    ]


def _deadline_rows(found: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [
        (
            f"deadline to record, {one['processes']} process{'es' if one['processes'] > 1 else ''}",
            f"{_ms(one['late'])}; {one['fired']} fired of {one['rooms']} (target: within {DEADLINE_MS} ms)",
        )
        for one in found
    ]


def _rates(found: dict[str, Any]) -> str:
    return f"{found['per_second']:,.0f} deliveries/s, {found['per_cpu_second']:,.0f} per CPU second"


def _throughput_rows(found: dict[str, Any]) -> list[tuple[str, str]]:
    rows = []
    for name in ("ours", "tutorial"):
        one = found[name]
        seconds = one["seconds"]
        rows += [
            (f"{name}: delivered at {one['sockets']} sockets", _rates(one)),
            (
                f"{name}: underneath",
                f"{one['events'] / seconds:,.0f} events/s, {one['frames'] / seconds:,.0f} frames/s,"
                f" {one['bytes'] / seconds / 1e6:,.1f} MB/s; server {one['cpu_seconds'] / seconds:.0%} of a core"
                f" (waited for it {one['waited_seconds'] / seconds:.0%}),"
                f" client {one['client_cpu_seconds'] / seconds:.0%}",
            ),
            (
                f"{name}: sent to answered",
                f"{_ms(one['answered'])}; {one['refused']} refused, {one['lost']} lines lost",
            ),
        ]
    ratio, per_core = found["ratio_per_second"], found["ratio_per_cpu_second"]
    rows.append(
        ("ours / tutorial", f"{ratio:.1f} per second, {per_core:.1f} per CPU second (target: at least {TARGET_RATIO})")
    )
    return rows


def main() -> None:
    asked = arguments()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # to end is one thing, however it is asked for
    pinned(1)
    facts = machine()
    records = ROOT / "var"
    records.mkdir(exist_ok=True)
    # Where the records of an installation live: a measurement on a disk that does not keep things would flatter us.
    var = Path(tempfile.mkdtemp(prefix="bench-", dir=records))
    began = time.time()
    bench = Bench(asked, var)
    try:
        bench.run()
        for name, path in bench.profiles:
            print(f"== {name}\n{path.read_text()}")
    finally:
        shutil.rmtree(var, ignore_errors=True)
    command = " ".join(["python -m tests.load.bench", *sys.argv[1:]])
    facts["load_after"] = round(os.getloadavg()[0], 2)
    (records / "bench.json").write_text(
        json.dumps({"command": command, "machine": facts, "results": bench.results}, indent=1) + "\n"
    )
    packages = ", ".join(f"{name} {number}" for name, number in facts["packages"].items())
    print(f"\n{command}   ({time.time() - began:.0f} s)")
    print(f"{facts['processor']}, {facts['cores']} cores, load {facts['load_before']} before; {facts['system']}")
    print(f"Python {facts['python']}, {packages}; {facts['database']}\n")
    print(table(bench.results))


if __name__ == "__main__":
    main()
