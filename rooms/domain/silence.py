"""The silence procedure: adopted at a named instant unless a delegation objects in writing before."""

from typing import Any

EVENTS: dict[str, tuple[type, Any, Any]] = {}
COMMANDS: dict[str, tuple[type, Any]] = {}
