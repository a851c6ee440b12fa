"""Output documents, from the chair's summary to the dated action plan, none labelled as another."""

from dataclasses import dataclass
from typing import Any

from rooms.domain.labels import label_of, status_line

__all__ = ["COMMANDS", "EVENTS", "Outputs", "label_of", "status_line"]


@dataclass(frozen=True, slots=True)
class Outputs:
    pass


EVENTS: dict[str, tuple[type, Any, Any]] = {}
COMMANDS: dict[str, tuple[type, Any]] = {}
