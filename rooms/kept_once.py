"""What is equal, kept once: thirty seats of a room know almost the same, so their views can be made of the same parts.

Takes frozen values apart down to their words and puts them together again, each distinct part once. What comes out
equals what went in, in every part and in every order; nobody can tell, but that it takes a tenth of the memory.
"""

from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, TypeVar

State = TypeVar("State")
# Equal ones of these may differ in kind (1 and True): their kind is part of what they are known by.
PLAIN = (str, int, bool, float, type(None), frozenset)


class Once:
    """Every distinct part of what was given to it so far. Let go of it soon: it holds on to all that."""

    def __init__(self, known: Iterable[Any] = ()) -> None:
        self._parts: dict[tuple[Any, ...], Any] = {}
        self._looked_at: dict[int, tuple[Any, Any]] = {}  # by id: what was given, held so that its id stays its own
        for one in known:
            self.of(one)

    def of(self, value: State) -> State:
        """The same value, made of parts that are known already where there are any."""
        known = self._looked_at.get(id(value))
        if known is None:
            known = self._looked_at[id(value)] = (value, self._made(value))
        made: State = known[1]
        return made

    def _made(self, value: Any) -> Any:
        kind = type(value)
        if kind in PLAIN:
            return self._parts.setdefault((kind, value), value)
        parts = _parts(value, kind)
        if parts is None:
            return value  # of no kind that a state is made of: left as it is
        once = tuple(map(self.of, parts))
        key = (kind, *map(id, once))  # the parts are held by what holds them, so their ids stay their own
        held = self._parts.get(key)
        if held is None:
            same = all(new is old for new, old in zip(once, parts, strict=True))
            held = self._parts[key] = value if same else _together(kind, once)
        return held


def _parts(value: Any, kind: type) -> tuple[Any, ...] | None:
    if kind is tuple:
        return tuple(value)
    if kind is dict:
        return (*value, *value.values())
    if is_dataclass(kind):
        return tuple([getattr(value, name) for name in _names(kind)])
    return None


def _together(kind: type, parts: tuple[Any, ...]) -> Any:
    if kind is tuple:
        return parts
    if kind is dict:
        half = len(parts) // 2
        return dict(zip(parts[:half], parts[half:], strict=True))
    made: Any = object.__new__(kind)
    for name, part in zip(_names(kind), parts, strict=True):
        object.__setattr__(made, name, part)  # as a frozen dataclass does it itself
    return made


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
