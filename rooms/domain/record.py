"""One entry of the record: an event with the circumstances under which it was written."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

CLOCK = "clock"  # the actor of what happens because its time has come


@dataclass(frozen=True, slots=True)
class Entry:
    """`seq` counts from 1 in its room; `at` is milliseconds since 1970 UTC by the server's clock; `actor` is a
    participant id, or "clock"; `audience` names the groups it is addressed to; `attribution` is the rule in force."""

    seq: int
    at: int
    actor: str
    audience: tuple[str, ...]
    attribution: str
    event: Any
    request_id: str = ""


def frozen(value: Any) -> Any:
    """JSON data with every list a tuple, all the way down, in mappings of its own: what an event may hold, so that
    an event read back equals the event that was written and nobody can edit it from outside."""
    if isinstance(value, list | tuple):
        return tuple(frozen(one) for one in value)
    if isinstance(value, Mapping):
        return {key: frozen(one) for key, one in value.items()}
    return value
