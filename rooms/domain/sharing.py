"""Which parts of the debrief the moderator has shared, and with whom (rulebook 16)."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Sharing:
    """What has been shared."""


EVENTS: dict[str, tuple[type, Any, Any]] = {}
COMMANDS: dict[str, tuple[type, Any]] = {}
