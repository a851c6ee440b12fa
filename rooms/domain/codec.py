"""Events to and from plain JSON data. Stored names are frozen for ever; a changed event gets an upcast, never a rename.

`UPCASTS` maps (name, version) to a function that lifts the stored data by one version.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

from rooms.domain.fold import EVENTS, NAMES
from rooms.domain.record import frozen

# Events whose shape has changed, with their present version; all others are at 1.
VERSIONS: dict[str, int] = {
    "positions.declared": 2,
    "positions.noted": 2,
    "decisions.consensus_called": 2,
    "texts.document_opened": 2,
    "texts.paragraph_proposed": 2,
}
UPCASTS: dict[tuple[str, int], Callable[[dict[str, Any]], dict[str, Any]]] = {
    # 2: conditions on other issues, and citations
    ("positions.declared", 1): lambda data: {"links": (), "sources": (), **data},
    ("positions.noted", 1): lambda data: {"links": (), "sources": (), **data},
    # 2: an amendment can be put, too; and what is adopted may wait for the capitals
    ("decisions.consensus_called", 1): lambda data: {"subject": "", "ad_referendum": False, **data},
    # 2: a chair's text, too; and what it is to become
    ("texts.document_opened", 1): lambda data: {"mode": "negotiated", "output": "", **data},
    # 2: a preamble and an annex; and a place
    ("texts.paragraph_proposed", 1): lambda data: {"section": "operative", "after": "", **data},
}


class WrittenLater(KeyError):
    """An event that a newer version of this program wrote: while one process after another is renewed, the old ones
    meet it, and must not guess at it."""


def name_of(event: Any) -> str:
    return NAMES[type(event)]


def version_of(name: str) -> int:
    return VERSIONS.get(name, 1)


def to_data(event: Any) -> dict[str, Any]:
    """The event's fields as JSON data (tuples become lists when it is written)."""
    return {field.name: getattr(event, field.name) for field in fields(event)}


def from_data(name: str, version: int, data: Mapping[str, Any]) -> Any:
    """The event that was stored under a name, whatever version wrote it up to ours; else `WrittenLater`."""
    if name not in EVENTS or version > version_of(name):
        raise WrittenLater(name, version)
    lifted = dict(data)
    while version < version_of(name):
        lifted = UPCASTS[name, version](lifted)
        version += 1
    return EVENTS[name][0](**{key: frozen(value) for key, value in lifted.items()})


def canonical(data: Any) -> bytes:
    """One spelling of JSON data, for hashing: sorted keys, no spaces, UTF-8."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
