"""Votes by show, by roll call in drawn order, or secret; with threshold, base, quorum and veto list."""

from typing import Any

EVENTS: dict[str, tuple[type, Any, Any]] = {}
COMMANDS: dict[str, tuple[type, Any]] = {}
