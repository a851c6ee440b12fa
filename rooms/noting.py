"""What is read of a state, noted: as long as those parts of it are the same objects, it would read the same again.

A state is frozen, and an event makes anew only the parts that it touches. A state is nothing but its parts (there is a
test for that), and who reads it reads nothing else, so what was noted is all that an outcome can depend on.
"""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from operator import attrgetter
from typing import Any

from rooms.domain.state import RoomState

PARTS = tuple(one.name for one in fields(RoomState))
_all_of = attrgetter(*PARTS)


class Noting:
    """In place of a state: `parts` is what was read of it so far, by name."""

    __slots__ = ("_state", "parts")

    def __init__(self, state: RoomState, known: Iterable[str] = ()) -> None:
        """`known`: what is read of it in any case."""
        self._state = state
        self.parts: dict[str, Any] = {name: getattr(state, name) for name in known}

    def __getattr__(self, part: str) -> Any:
        found = self.parts[part] = getattr(self._state, part)
        return found


def still(parts: Mapping[str, Any], state: RoomState) -> bool:
    """Whether these parts of a state are the same in this one."""
    return all(getattr(state, name) is part for name, part in parts.items())


def differing(before: RoomState, now: RoomState) -> frozenset[str]:
    """The parts that are others now, by name."""
    return frozenset(
        name for name, old, new in zip(PARTS, _all_of(before), _all_of(now), strict=True) if old is not new
    )
