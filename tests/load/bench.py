"""`make bench`: what one small machine carries, as ratios measured in one run, beside what others do.

    python -m tests.load.bench [--quick] [--only PART ...] [--markdown] [--profile] [--servers]

Everything runs here, on loopback, in about ten minutes (`--quick`: about three, and less of it), and ends what it
started. The server has one core and the clients another, where there are two. Figures go to the screen and to
var/bench.json, with `--markdown` also as a table for the README; they tell of this machine and this hour, so compare
ratios of one run. `--profile` says where the server's time goes (and slows it); `--servers` tries each WebSocket
implementation of the server.
"""

import argparse
import importlib.util
import json
import os
import platform
import shutil
import signal
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tests.load import (
    browsing,
    crowded,
    deadlines,
    deflating,
    fanout,
    latency,
    long_rooms,
    memory,
    packages,
    report,
    soaking,
    storm,
    throughput,
    writes,
)
from tests.load.launch import OPTIONS, pinned
from tests.load.report import Row
from tests.load.run import Run, say
from tests.load.server import ROOT

# By the name under which each is asked for.
PARTS: dict[str, Any] = {
    "latency": latency,
    "throughput": throughput,
    "fanout": fanout,
    "crowded": crowded,
    "writes": writes,
    "storm": storm,
    "long": long_rooms,
    "memory": memory,
    "soak": soaking,
    "deadlines": deadlines,
    "deflate": deflating,
    "packages": packages,
    "browser": browsing,
}
PACKAGES = ("Django", "channels", "uvicorn", "websockets", "uvloop")
IMPLEMENTATIONS = ("websockets-sansio", "websockets", "wsproto")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.load.bench", description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--quick", action="store_true", help="about three minutes: less of it, shorter windows, noisier figures"
    )
    parser.add_argument("--only", choices=PARTS, nargs="+", help="some of the measurements")
    parser.add_argument("--markdown", action="store_true", help="print the table for the README, too")
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
        "server": {name: str(value) for name, value in OPTIONS.items()},
        "database": "SQLite, WAL, synchronous=FULL",
    }


def _cpuinfo() -> list[str]:
    path = Path("/proc/cpuinfo")
    return path.read_text().splitlines() if path.exists() else []


def measured(run: Run, names: list[str]) -> tuple[dict[str, Any], dict[str, str]]:
    """What was found, by part; and of the parts that came to nothing, why."""
    found: dict[str, Any] = {}
    failed: dict[str, str] = {}
    for name in names:
        began = time.time()
        try:
            found[name] = PARTS[name].measured(run)
        except Exception as error:  # one that fails must not take what the others found with it
            failed[name] = f"{type(error).__name__}: {error}"
            say(f"{name} failed: {failed[name]}")
        say(f"  {name}: {time.time() - began:.0f} s")
    return found, failed


def servers(run: Run) -> dict[str, Any]:
    """Throughput, with each WebSocket implementation that is installed."""
    there = [ws for ws in IMPLEMENTATIONS if importlib.util.find_spec(ws.partition("-")[0])]
    rooms = run.cast(*[{"observers": throughput.SOCKETS - throughput.PEOPLE}] * len(there))
    return {ws: throughput.compared(run, room, ws) for ws, room in zip(there, rooms, strict=True)}


def told(results: dict[str, Any], failed: dict[str, str]) -> dict[str, list[Row]]:
    """The lines of each part."""
    parts = {name: PARTS[name].rows(found) for name, found in results.items() if name in PARTS}
    for ws, row in results.get("servers", {}).items():
        words = f"ours {throughput.rates(row['ours'])}; tutorial {throughput.rates(row['tutorial'])}"
        parts.setdefault("throughput", []).append(Row(f"--ws {ws}", words))
    return {**parts, **{name: [Row("failed", reason)] for name, reason in failed.items()}}


def main() -> None:
    asked = arguments()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # to end is one thing, however it is asked for
    pinned(1)
    facts = machine()
    records = ROOT / "var"
    records.mkdir(exist_ok=True)
    # Where the records of an installation live: a measurement on a disk that does not keep things would flatter us.
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=records))
    run = Run(folder / "var", folder, asked.quick, asked.profile)
    run.var.mkdir()
    began = time.time()
    try:
        results, failed = measured(run, asked.only or list(PARTS))
        if asked.servers:
            results["servers"] = servers(run)
        for name, path in run.profiles:
            print(f"== {name}\n{path.read_text() if path.exists() else 'no profile'}")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    command = " ".join(["python -m tests.load.bench", *sys.argv[1:]])
    facts["load_after"] = round(os.getloadavg()[0], 2)
    kept = {"command": command, "machine": facts, "results": results, "failed": failed}
    (records / "bench.json").write_text(json.dumps(kept, indent=1) + "\n")
    shown = told(results, failed)
    print(f"\n{command}   ({time.time() - began:.0f} s)")
    print(about(facts) + "\n")
    print(report.plain(shown))
    if asked.markdown:
        print(f"{about(facts)}\n\n{report.markdown(shown)}")
    sys.exit(1 if failed else 0)


def about(facts: dict[str, Any]) -> str:
    """The machine, in two lines."""
    named = ", ".join(f"{name} {number}" for name, number in facts["packages"].items())
    return (
        f"{facts['processor']}, {facts['cores']} cores, load {facts['load_before']} before and {facts['load_after']}"
        f" after; {facts['system']}\nPython {facts['python']}, {named}; {facts['database']}"
    )


if __name__ == "__main__":
    main()
