"""The API described for programs: OpenAPI 3.1, made from the commands and their shapes, never out of date.

Says what may be sent and what is answered; holds no rules and reads no room.
"""

import typing
from collections.abc import Mapping
from dataclasses import MISSING, fields
from functools import cache
from typing import Any, Final

from rooms.domain.fold import COMMANDS
from rooms.forms import BEYOND_COUNTING, CHOICES, CHOICES_OF, LIMITS, LONGEST_RECORD, REQUEST_ID, SHORT

Json = dict[str, Any]

SEAT: Final[list[Json]] = [{"ticket": []}, {"cookie": []}]
ACCOUNT: Final[list[Json]] = [{"session": []}]
NOBODY: Final[list[Json]] = []
# path -> (what it tells, who asks, its parameters in the query)
READS: Final[Mapping[str, tuple[str, list[Json], tuple[Json, ...]]]] = {
    "/api/scenarios/": ("The newest version of each exercise.", NOBODY, ()),
    "/api/scenarios/{slug}/": ("One exercise, as everybody at the table knows it.", NOBODY, ()),
    "/api/scenarios/{slug}/packs/{delegation}/": ("A delegation's briefing pack, for moderators.", ACCOUNT, ()),
    "/api/rooms/": ("The signed-in moderator's own rooms.", ACCOUNT, ()),
    "/api/rooms/{code}/{pid}/": ("Where the room stands, as this seat sees it.", SEAT, ()),
    "/api/rooms/{code}/{pid}/events/": (
        "The events that this seat may see, after a cursor.",
        SEAT,
        (
            {"name": "after", "in": "query", "schema": {"type": "integer", "minimum": 0, "maximum": LONGEST_RECORD}},
            {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 1_000}},
        ),
    ),
    "/api/rooms/{code}/{pid}/texts/": ("Texts, brackets, amendments, drafts of one's own side.", SEAT, ()),
    "/api/rooms/{code}/{pid}/positions/": ("Declared positions, and those of one's own delegation.", SEAT, ()),
    "/api/rooms/{code}/{pid}/agreements/": ("The texts that were adopted, with every answer.", SEAT, ()),
    "/api/rooms/{code}/{pid}/debrief/": (
        "The debrief as a file: for moderators at any time, for others once the session is closed.",
        SEAT,
        ({"name": "record", "in": "query", "schema": {"enum": ["", "participants", "assessment"]}},),
    ),
}
COMMANDS_PATH: Final = "/api/rooms/{code}/{pid}/commands/"
PARTS: Final[Mapping[str, Json]] = {
    "code": {"type": "string", "maxLength": 12},
    "pid": {"type": "string", "maxLength": 20},
    "slug": {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"},
    "delegation": {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"},
}
# What any of them may answer instead: a refusal, with its stable code.
REFUSALS: Final[Mapping[str, str]] = {
    "400": "It has not the right shape.",
    "403": "Not yours to see or to do.",
    "404": "There is no such thing.",
    "409": "Not as the room stands now.",
    "429": "Too much at once.",
    "503": "The records cannot be reached just now.",
}


@cache
def description() -> Json:
    """The whole document. The same for everybody: it tells what a seat could do, and nothing of any room."""
    paths: Json = {path: {"get": _read(path, *told)} for path, told in READS.items()}
    paths[COMMANDS_PATH] = {"post": _command()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "NEACD",
            "version": "1",
            "description": "What happens live, with the sight and the refusals of the screens. A seat's ticket is the "
            "last part of its own link.",
            "license": {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"},
        },
        "paths": paths,
        "components": {
            "schemas": {"Refused": _refused(), **{_schema_of(name): _shape(name) for name in sorted(COMMANDS)}},
            "securitySchemes": {
                "ticket": {"type": "http", "scheme": "bearer"},
                "cookie": {"type": "apiKey", "in": "cookie", "name": "seat_CODE_PID"},
                "session": {"type": "apiKey", "in": "cookie", "name": "sessionid"},
            },
        },
    }


def _read(path: str, words: str, security: list[Json], query: tuple[Json, ...]) -> Json:
    answer = {"description": words, "content": {"application/json": {"schema": {"type": ["object", "array"]}}}}
    return {
        "operationId": "read" + "".join(part.strip("{}").title() for part in path.split("/")[2:]),
        "summary": words,
        "security": security,
        "parameters": [*_parts(path), *query],
        "responses": {"200": answer, **_refusals()},
    }


def _parts(path: str) -> list[Json]:
    return [
        {"name": name, "in": "path", "required": True, "schema": schema}
        for name, schema in PARTS.items()
        if f"{{{name}}}" in path
    ]


def _command() -> Json:
    """One address for all commands: `command` says which, and `data` has that one's fields."""
    one_of = [{"$ref": f"#/components/schemas/{_schema_of(name)}"} for name in sorted(COMMANDS)]
    done = {
        "type": "object",
        "properties": {"done": {"const": True}, "cursor": {"type": "integer"}},
        "required": ["done", "cursor"],
    }
    return {
        "operationId": "giveCommand",
        "summary": "Do something in the room.",
        "security": SEAT,
        "parameters": _parts(COMMANDS_PATH),
        "requestBody": {"required": True, "content": {"application/json": {"schema": {"oneOf": one_of}}}},
        "responses": {
            "200": {"description": "It was carried out.", "content": {"application/json": {"schema": done}}},
            **_refusals(),
        },
    }


def _refusals() -> Json:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Refused"}}}
    return {status: {"description": words, "content": content} for status, words in REFUSALS.items()}


def _refused() -> Json:
    return {
        "type": "object",
        "properties": {"code": {"type": "string"}, "message": {"type": "string"}, "data": {"type": "object"}},
        "required": ["code", "message", "data"],
    }


def _schema_of(command: str) -> str:
    return "".join(part.title() for part in command.split("_"))


def _shape(command: str) -> Json:
    """One command as it is sent, from the fields of its class; `rooms.forms` holds it to the same."""
    cls = COMMANDS[command][0]
    types_of = typing.get_type_hints(cls)
    needed = [one.name for one in fields(cls) if one.default is MISSING and types_of[one.name] is not bool]
    data: Json = {
        "type": "object",
        "properties": {one.name: _value(one.name, types_of[one.name]) for one in fields(cls)},
        "additionalProperties": False,
        **({"required": needed} if needed else {}),
    }
    return {
        "type": "object",
        "description": " ".join((cls.__doc__ or "").split()),
        "properties": {
            "command": {"const": command},
            "data": data,
            "request_id": {"type": "string", "pattern": f"^({REQUEST_ID.pattern})?$"},
        },
        "required": ["command", "data"] if needed else ["command"],
        "additionalProperties": False,
    }


def _value(name: str, kind: Any) -> Json:
    text: Json = {"type": "string", "maxLength": LIMITS.get(name, SHORT)}
    if kind is int:
        return {"type": "integer", "exclusiveMinimum": -BEYOND_COUNTING, "exclusiveMaximum": BEYOND_COUNTING}
    if kind is bool:
        return {"type": "boolean"}
    if typing.get_origin(kind) is tuple:
        return {"type": "array", "items": text, "maxItems": CHOICES_OF.get(name, CHOICES)}
    return text
