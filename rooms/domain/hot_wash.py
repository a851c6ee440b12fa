"""The hot wash: phases, what each phase brings up, plus and delta, bookmarks in order (rulebook 16).

It runs while its item does, or after the session has been closed. Nobody signs a note."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class HotWash:
    """Where the hot wash is, and what is on its board."""


EVENTS: dict[str, tuple[type, Any, Any]] = {}
COMMANDS: dict[str, tuple[type, Any]] = {}
