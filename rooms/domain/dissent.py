"""Dissent that does not block: explanation, interpretation, reservation, footnote, dissociation, objection."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Dissents:
    pass


EVENTS: dict[str, tuple[type, Any, Any]] = {}
COMMANDS: dict[str, tuple[type, Any]] = {}
