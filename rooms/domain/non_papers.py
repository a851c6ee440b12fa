"""Non-papers: texts without author or status, which no adopted text may cite."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class NonPapers:
    pass


EVENTS: dict[str, tuple[type, Any, Any]] = {}
COMMANDS: dict[str, tuple[type, Any]] = {}
