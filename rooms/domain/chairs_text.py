"""A single negotiating text: only the chair writes, delegations comment, the chair issues new drafts."""

from typing import Any

EVENTS: dict[str, tuple[type, Any, Any]] = {}
COMMANDS: dict[str, tuple[type, Any]] = {}
