"""Who stands behind a paragraph: sponsors join and leave; a paragraph stays while one of them does."""

from typing import Any

EVENTS: dict[str, tuple[type, Any, Any]] = {}
COMMANDS: dict[str, tuple[type, Any]] = {}
