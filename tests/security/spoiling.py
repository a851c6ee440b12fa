"""Markup, formulas and templates in whatever people can type or prepare, and how it is found where it has force."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final
from xml.etree import ElementTree

from rooms.domain.record import Entry
from rooms.forms import LIMITS

HOSTILE: Final = """"'><x-owned onfocus="x()"><script>x()</script>{{ settings }}&lt;"""
# The same, as what a spreadsheet or a reader of Markdown would carry out.
COMPUTED: Final = f"=cmd|'/C x'!A0 {HOSTILE} [link](javascript:x()) `x` *x* | #"
# By these names words stand in commands and in what is recorded of them; and in what an exercise prepares.
WORDS: Final = frozenset({*LIMITS, "sender", "verifier", "outcome", "note", "date", "track"})
PREPARED: Final = WORDS | {"name", "full_name", "label", "detail", "question", "axis", "moment", "summary", "who"}
UNSAFE: Final = re.compile(r"<x-owned|<script>|onfocus=['\"]|\"'><")
MARK: Final = "x-owned"


def spoiled(value: Any, words: str, names: Iterable[str] = PREPARED) -> Any:
    """An event, or what is in it, with `words` in each of its fields that holds text that somebody wrote."""
    if isinstance(value, Mapping):
        return {key: _spoiled(key, one, words, names) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(spoiled(one, words, names) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        changed = {one.name: _spoiled(one.name, getattr(value, one.name), words, names) for one in fields(value)}
        return replace(value, **changed)
    return value


def _spoiled(name: str, value: Any, words: str, names: Iterable[str]) -> Any:
    if name in names and isinstance(value, str) and value:
        return words
    if name in names and isinstance(value, list | tuple) and value and all(isinstance(one, str) for one in value):
        return type(value)(words for _ in value)
    return spoiled(value, words, names)


def spoiled_record(entries: Sequence[Entry], words: str) -> list[Entry]:
    """A record in which whatever people wrote, and whatever was prepared for them, is this."""
    return [replace(entry, event=spoiled(entry.event, words)) for entry in entries]


def owned(xml: str | bytes) -> list[str]:
    """What somebody's words have become in XML besides text: an element, an attribute with a script, a link to one.
    Fails if it is no XML at all."""
    found = []
    for element in ElementTree.fromstring(xml).iter():
        name = str(element.tag).rpartition("}")[2].lower()
        if name in (MARK, "script", "foreignobject"):
            found.append(name)
        for key, value in element.attrib.items():
            if key.rpartition("}")[2].lower().startswith("on") and "x()" in value:
                found.append(f"{key}={value}")
            if key.rpartition("}")[2].lower() in ("href", "target", "src") and "javascript:" in value.lower():
                found.append(f"{key}={value}")
    return found
