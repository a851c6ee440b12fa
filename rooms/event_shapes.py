"""The shape of an event from elsewhere: every column of its row, every field of what it tells. No rules of the
dialogue; ValueError says in half a sentence what is wrong."""

import re
import typing
from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from typing import Any, Final

from rooms.domain.attribution import RULES
from rooms.domain.fold import EVENTS, NAMES
from rooms.forms import REQUEST_ID
from rooms.log import Row

LATEST: Final = 253_402_300_799_999  # ms: the last instant that a calendar of four digits knows
LARGEST: Final = 10**14
ID: Final = re.compile(r"[A-Za-z0-9_-]{1,20}")
HASH: Final = re.compile(r"[0-9a-f]{64}")
GROUP: Final = re.compile(r"all|lobby|moderators|officials|sealed|(delegation|seat|capital):[A-Za-z0-9_-]{1,40}")
MOST_GROUPS: Final = 200
# What cannot be written in XML, nor into every database.
UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LONGEST_NAME: Final = 60
# column -> the type of its value; exactly these
COLUMNS: Final[Mapping[str, type]] = {
    "seq": int,
    "at": int,
    "name": str,
    "version": int,
    "actor": str,
    "audience": list,
    "attribution": str,
    "data": dict,
    "request_id": str,
    "hash": str,
}


def check_text(text: str) -> None:
    if UNWRITABLE.search(text):
        raise ValueError("it holds characters that no screen shows")


def is_id(text: str) -> bool:
    """Whether that can be a person's id."""
    return bool(ID.fullmatch(text))


def check_row(parsed: Any) -> Row:
    """The row that stands in a line, or ValueError."""
    if not isinstance(parsed, dict) or parsed.keys() != COLUMNS.keys():
        raise ValueError("it has not the parts that an event has")
    for name, kind in COLUMNS.items():
        if type(parsed[name]) is not kind:  # so that true is no number
            raise ValueError(f"its {name} is of the wrong kind")
    row = Row(**parsed)
    wrong = {
        "instant": not 0 < row.at <= LATEST,
        "name": not 0 < len(row.name) <= LONGEST_NAME,
        "version": not 1 <= row.version < 2**15,
        "actor": row.actor != "" and not is_id(row.actor),
        "audience": not _is_audience(row.audience),
        "attribution": row.attribution not in RULES,
        "request id": row.request_id != "" and not REQUEST_ID.fullmatch(row.request_id),
        "hash": not HASH.fullmatch(row.hash),
    }
    for part, is_wrong in wrong.items():
        if is_wrong:
            raise ValueError(f"its {part} cannot be")
    return row


def _is_audience(groups: list[Any]) -> bool:
    known = all(isinstance(one, str) and GROUP.fullmatch(one) for one in groups)
    return known and 0 < len(groups) <= MOST_GROUPS


@cache
def _hints(name: str) -> Mapping[str, Any]:
    return typing.get_type_hints(EVENTS[name][0])


def check_event(event: Any) -> None:
    """Every field of an event is of the type that it has, all the way down."""
    hints = _hints(NAMES[type(event)])
    for field in fields(event):
        if not fits(getattr(event, field.name), hints[field.name]):
            raise ValueError(f"its {field.name} is of the wrong kind")


def fits(value: Any, hint: Any) -> bool:
    """Whether a frozen JSON value is of a field's type. A mapping may hold any JSON."""
    if hint is int:
        return type(value) is int and abs(value) < LARGEST
    if hint in (str, bool):
        return type(value) is hint
    arguments = typing.get_args(hint)
    if type(None) in arguments:
        return value is None or fits(value, arguments[0])
    if typing.get_origin(hint) is tuple:
        return isinstance(value, tuple) and _fit(value, arguments)
    return isinstance(value, Mapping)


def _fit(values: tuple[Any, ...], arguments: tuple[Any, ...]) -> bool:
    if arguments[-1] is Ellipsis:
        return all(fits(one, arguments[0]) for one in values)
    return len(values) == len(arguments) and all(map(fits, values, arguments))
