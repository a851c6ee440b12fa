"""Words not yet tabled: what a delegation, or the chair, drafts for itself alone."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Drafts:
    pass


EVENTS: dict[str, tuple[type, Any, Any]] = {}
COMMANDS: dict[str, tuple[type, Any]] = {}
