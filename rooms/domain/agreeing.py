"""Paragraphs agreed ad referendum, one by one, and reopened: nothing is agreed until everything is agreed."""

from typing import Any

EVENTS: dict[str, tuple[type, Any, Any]] = {}
COMMANDS: dict[str, tuple[type, Any]] = {}
