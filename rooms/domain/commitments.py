"""Commitments, action for action: who does what for whom, by when, seen by whom, and what waits for what."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Commitments:
    pass


EVENTS: dict[str, tuple[type, Any, Any]] = {}
COMMANDS: dict[str, tuple[type, Any]] = {}
