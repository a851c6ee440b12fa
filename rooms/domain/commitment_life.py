"""What becomes of commitments: due, claimed, verified or disputed, overdue, suspended, waived."""

from typing import Any

EVENTS: dict[str, tuple[type, Any, Any]] = {}
COMMANDS: dict[str, tuple[type, Any]] = {}
