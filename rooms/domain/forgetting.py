"""Somebody is forgotten: from then on nobody in the room has that name. The record knew people by id only."""

from typing import Any

EVENTS: dict[str, tuple[type, Any, Any]] = {}
COMMANDS: dict[str, tuple[type, Any]] = {}
INTERNAL: dict[str, tuple[type, Any]] = {}
