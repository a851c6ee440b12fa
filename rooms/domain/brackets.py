"""Brackets: words that some delegation cannot accept, with alternatives and holders, and the chair's bridges."""

from typing import Any

EVENTS: dict[str, tuple[type, Any, Any]] = {}
COMMANDS: dict[str, tuple[type, Any]] = {}
