"""Forks: a room that goes on from a moment of another, and the note of it that the other keeps."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Forks:
    """Where this room comes from, and which rooms came from it."""


EVENTS: dict[str, tuple[type, Any, Any]] = {}
COMMANDS: dict[str, tuple[type, Any]] = {}
