"""The shape of a command as it comes over the wire: types, lengths, unknown fields. No rules of the dialogue.

Two dialects of the same thing: an HTML form sends strings ("on", "12"), a program sends JSON types.
"""

import json
import re
import types
import typing
import unicodedata
from collections.abc import Mapping
from dataclasses import MISSING, fields
from functools import cache
from typing import Any

from rooms.domain.fold import COMMANDS
from rooms.domain.refused import Refused

# Characters. 16,000 is a speech of over 2,000 words in any script; the rest is what fits its place on the screen.
LIMITS = {
    "text": 16_000,
    "alternative": 16_000,  # other words for what stands in brackets, which may be a whole paragraph
    "words": 4_000,
    "conditions": 2_000,
    "act": 500,
    "standard": 500,
    "trigger": 500,
    "reason": 2_000,
    "outcome": 500,
    "title": 200,
    "resumes": 200,
    "topic": 200,
    "sources": 200,
    "guesses": 200,  # three names of things
}
SHORT = 100
LONGEST_MESSAGE = 64 * 1024  # characters of one message; a speech of 16,000 characters fits in any script
CHOICES = 20  # options in one answer
# Of these there is one for each question: for each other delegation, for each other delegation and issue.
CHOICES_OF = {"trust": 40, "guesses": 400}
BEYOND_COUNTING = 10**9  # whole numbers of commands lie between this and its negative
LONGEST_RECORD = BEYOND_COUNTING - 1  # entries; no cursor lies further on
REQUEST_ID = re.compile(r"[A-Za-z0-9._:-]{1,64}")
UNSEEN = ("Cc", "Cf", "Zs", "Zl", "Zp")  # spaces and marks of direction or joining: alone they say nothing
# All control and surrogate characters but newline and tab; and those that turn the direction of all that follows, so
# that an adopted text would read otherwise than it is written (the marks that right-to-left scripts need stay). What
# is left is shown as text, never interpreted.
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufff9-\ufffb\ufffe\uffff]"
)
# On one letter. No script has more; a tower of them covers the lines above, and takes seconds to put in order.
MOST_MARKS = 8
PILED_UP = re.compile(rf"[^\w\s\x00-\x7f]{{{MOST_MARKS + 1},}}")


def clean_text(value: str) -> str:
    """One spelling of what was typed: NFC, plain newlines, no control characters, no space at the ends; "" for what
    nobody would see."""
    plain = UNPRINTABLE.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    text = unicodedata.normalize("NFC", PILED_UP.sub(_thinned, plain)).strip()
    return text if any(unicodedata.category(one) not in UNSEEN for one in text) else ""


def _thinned(run: re.Match[str]) -> str:
    """A run of signs with at most so many marks on any letter in it."""
    kept, marks = [], 0
    for one in run[0]:
        marks = marks + 1 if unicodedata.category(one) in ("Mn", "Me") or unicodedata.combining(one) else 0
        if marks <= MOST_MARKS:
            kept.append(one)
    return "".join(kept)


def message_from(text: str | None) -> dict[str, Any]:
    """One message of a socket as an object, or `Refused`."""
    if text is None or len(text) > LONGEST_MESSAGE:
        raise Refused("too_long", "That message is too long to send at once. Shorten it and send again.")
    try:
        message = json.loads(text)
    except (ValueError, RecursionError):
        message = None
    if not isinstance(message, dict):
        raise Refused("bad_shape", "Send one JSON object a message.")
    return message


def request_id_of(message: Mapping[str, Any]) -> str:
    """A message's request id: a header of htmx's, or a program's own field."""
    headers = message.get("headers")
    return request_id_from(headers.get("HX-Request-ID") if isinstance(headers, dict) else message.get("request_id"))


def command_fields(message: Mapping[str, Any]) -> tuple[Any, Any]:
    """Name and fields, from htmx's form message or from a program's."""
    if isinstance(message.get("body"), dict):
        fields = dict(message["body"])
        return fields.pop("command", None), fields
    return message.get("command"), message.get("data", {})


def request_id_from(value: Any) -> str:
    """A client's request id, or "" if it sent none."""
    if value in (None, ""):
        return ""
    if not isinstance(value, str) or not REQUEST_ID.fullmatch(value):
        raise Refused("bad_request_id", "A request id is 1 to 64 letters, digits, dots, colons, dashes.")
    return value


def command_from(name: Any, data: Any) -> Any:
    """The command of that name from a form's or a program's fields, or `Refused` with the field that is wrong."""
    if not isinstance(name, str) or name not in COMMANDS:
        raise Refused("unknown_command", "This room does not know that command.", command=clean_text(str(name)[:60]))
    if not isinstance(data, Mapping):
        raise Refused("bad_shape", "Send the command's fields as an object.")
    cls = COMMANDS[name][0]
    known = {field.name: field for field in fields(cls)}
    unknown = sorted(clean_text(str(key)[:60]) for key in data if key not in known)
    if unknown:
        raise Refused("unknown_field", f"“{name}” has no field “{unknown[0]}”.", field=unknown[0])
    types_of = _types_of(cls)
    values = {}
    for field in known.values():
        if field.name in data:
            values[field.name] = _value(field.name, types_of[field.name], data[field.name])
        elif field.default is MISSING and types_of[field.name] is not bool:
            raise Refused("field_needed", f"“{name}” needs the field “{field.name}”.", field=field.name)
        elif field.default is MISSING:
            values[field.name] = False  # an unticked box sends nothing
    return cls(**values)


@cache
def _types_of(cls: type) -> dict[str, Any]:
    return typing.get_type_hints(cls)


def _value(name: str, kind: Any, value: Any) -> Any:
    if kind is str:
        return _text(name, value)
    if kind is int:
        return _whole_number(name, value)
    if kind is bool:
        return _yes_or_no(name, value)
    if isinstance(kind, types.GenericAlias) and typing.get_origin(kind) is tuple:
        return _several(name, value)
    raise TypeError(f"no wire shape for {kind}")


def _text(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise Refused("bad_type", f"“{name}” must be text.", field=name)
    limit = LIMITS.get(name, SHORT)
    text = clean_text(value)
    if len(text) > limit:
        raise Refused(
            "too_long", f"That is {len(text):,} characters; {limit:,} at most. Shorten it and send again.", field=name
        )
    return text


def _whole_number(name: str, value: Any) -> int:
    if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,9}", value.strip()):
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < BEYOND_COUNTING:
        return value
    raise Refused("bad_type", f"“{name}” must be a whole number.", field=name)


def whole_number(typed: str, most: int) -> int | None:
    """What was typed into a form or an address as a number from 0 to `most`, in plain digits; None for anything else.
    Numbers that are far too long are never counted out: Python refuses that with an error of its own."""
    typed = typed.strip()
    if not typed.isascii() or not typed.isdigit() or len(typed) > len(str(most)) or int(typed) > most:
        return None
    return int(typed)


def _yes_or_no(name: str, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in ("true", "on", "1", "yes"):
        return True
    if isinstance(value, str) and value.lower() in ("false", "off", "0", "no", ""):
        return False
    raise Refused("bad_type", f"“{name}” must be yes or no.", field=name)


def _several(name: str, value: Any) -> tuple[str, ...]:
    values = value if isinstance(value, list | tuple) else [value]
    most = CHOICES_OF.get(name, CHOICES)
    if len(values) > most:
        raise Refused("too_many", f"“{name}” takes at most {most} choices.", field=name)
    return tuple(_text(name, one) for one in values)
