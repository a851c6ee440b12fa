"""Ad referendum: what delegations agreed waits until each capital has confirmed it."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Ratifications:
    pass


EVENTS: dict[str, tuple[type, Any, Any]] = {}
COMMANDS: dict[str, tuple[type, Any]] = {}
