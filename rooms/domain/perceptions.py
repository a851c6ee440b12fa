"""Perceptions before and after: trust, likelihood of conflict, guesses of what others prefer (rulebook 15).

Answers are sealed: no audience sees them. What all see is counted once, when a round closes."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Perceptions:
    """The rounds and what was counted of them."""


EVENTS: dict[str, tuple[type, Any, Any]] = {}
COMMANDS: dict[str, tuple[type, Any]] = {}
