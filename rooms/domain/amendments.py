"""Amendments: to add, delete, alter or move; taken up by the sponsors, put to a decision, or withdrawn."""

from typing import Any

EVENTS: dict[str, tuple[type, Any, Any]] = {}
COMMANDS: dict[str, tuple[type, Any]] = {}
