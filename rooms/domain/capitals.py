"""The capital: who instructs a delegation - the moderator, a student cell, or the pack's constituencies."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Capitals:
    pass


EVENTS: dict[str, tuple[type, Any, Any]] = {}
COMMANDS: dict[str, tuple[type, Any]] = {}
