"""What the measurements of one run share: its folder, whether it must be quick, rooms with people in them."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import uvloop

from tests.load.server import ROOT, environment

TOO_LONG = 300.0  # seconds over its own length that a measurement may take, connecting and all

Found = TypeVar("Found")


@dataclass
class Run:
    """`var` is the installation's folder, `scratch` what else is needed and thrown away."""

    var: Path
    scratch: Path
    quick: bool
    profiled: bool = False
    profiles: list[tuple[str, Path]] = field(default_factory=list)

    def seconds(self, usual: float, quick: float) -> float:
        return quick if self.quick else usual

    def profile(self, name: str) -> Path | None:
        """Where the server shall write down its time, if that was asked for."""
        if not self.profiled:
            return None
        path = self.scratch / f"{name}.profile"
        self.profiles.append((name, path))
        return path

    def cast(self, *rooms: dict[str, Any], database: str = "") -> list[dict[str, Any]]:
        """Rooms as `casting` makes them, in this installation's records or in that database."""
        done = subprocess.run(
            [sys.executable, "-m", "tests.load.casting"],
            cwd=ROOT,
            env=environment(self.var, database),
            input=json.dumps(rooms),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"the rooms could not be made:\n{done.stderr}")
        found: list[dict[str, Any]] = json.loads(done.stdout)
        return found


def within(seconds: float, measuring: Coroutine[Any, Any, Found]) -> Found:
    """A measurement's result, or an error where the machine is too busy to come to an end."""
    return uvloop.run(asyncio.wait_for(measuring, seconds + TOO_LONG))


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
