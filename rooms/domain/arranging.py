"""The order of a text, its sections, and where each paragraph would settle an issue."""

from typing import Any

EVENTS: dict[str, tuple[type, Any, Any]] = {}
COMMANDS: dict[str, tuple[type, Any]] = {}
