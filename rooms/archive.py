"""A room's record as one file that can be verified by hand, kept, and brought into another installation.

A zip of plain text: the events one a line, each chained to the one before; what they are; who the people are, where
that may be told; how to check it all. It holds what it is handed and nothing else: equal records give equal bytes,
wherever and whenever they are packed. How it is read again, with distrust, is in `unpacking`.
"""

import hashlib
import io
import json
import typing
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final

from rooms import log
from rooms.archive_words import READ_ME, SCOPES
from rooms.domain import codec
from rooms.domain.attribution import in_full_words
from rooms.domain.fold import EVENTS, fold
from rooms.domain.record import Entry
from rooms.domain.state import RoomState
from rooms.models import Participant, Room

FORMAT: Final = "neacd-record"
VERSION: Final = 1
MADE_BY: Final = "NEACD 0.1.0"
PARTICIPANTS, ASSESSMENT, EVERYTHING = SCOPES
MANIFEST, EVENTS_FILE, PEOPLE = "manifest.json", "events.jsonl", "people.json"
DICTIONARY, README = "dictionary.json", "README.txt"
NO_TIME: Final = (1980, 1, 1, 0, 0, 0)  # a zip keeps a time for each file; one that never changes tells nothing
TYPES: Final = {str: "text", int: "whole number", bool: "true or false"}

People = Mapping[str, Mapping[str, str]]  # pid -> name ("" for whom it was forgotten) and role


@dataclass(frozen=True, slots=True)
class Chain:
    """Rows with the code that their hashes cover, and how much of the room's record they are."""

    scope: str
    code: str
    rows: Sequence[log.Row]


def code_of(room: Room) -> str:
    """The code that a room's hashes cover: the same wherever its record is."""
    return room.chained_as or room.code


def rechained(scope: str, code: str, entries: Iterable[Entry]) -> Chain:
    """Entries of one reader as a record of their own: counted from 1, without request ids, chained anew. The room's
    own numbers and hashes would tell of what is not among them."""
    rows: list[log.Row] = []
    link = ""
    for seq, entry in enumerate(entries, start=1):
        alone = replace(entry, seq=seq, request_id="")
        link = log.chained(link, code, alone)
        rows.append(log.row_of(alone, link))
    return Chain(scope, code, rows)


def whole(room: Room) -> Chain:
    """The record of a room as it is stored, with the chain it was written with."""
    return Chain(EVERYTHING, code_of(room), log.written(room.pk))


def people_in(room: Room, state: RoomState) -> People:
    """The names of a room's people, where they have not been forgotten; for those who may read names."""
    named = Participant.objects.filter(room=room, forgotten_at=None).values_list("pid", "name")
    names = {pid: name for pid, name in named if pid not in state.seats.forgotten}
    return {one.id: {"name": names.get(one.id, ""), "role": one.role} for one in state.seats.people.values()}


def pack(chain: Chain, people: People | None = None) -> bytes:
    """The archive. `people` is None where nobody's name may be in it."""
    if (people is None) != (chain.scope == PARTICIPANTS):
        raise ValueError("names are in an archive exactly where its readers may read them")
    files = {EVENTS_FILE: b"".join(line(row) for row in chain.rows), DICTIONARY: _json(_dictionary(chain.rows))}
    if people is not None:
        files[PEOPLE] = _json({"people": people})
    state = fold(log.entry_of(row) for row in chain.rows)
    told = {**facts(chain, state), "made_by": MADE_BY, "left_out": list(SCOPES[chain.scope].left_out)}
    files[README] = _read_me(told).encode()
    digests = {name: {"bytes": len(files[name]), "sha256": _digest(files[name])} for name in sorted(files)}
    return _zipped({MANIFEST: _json({**told, "files": digests}), **{name: files[name] for name in sorted(files)}})


def line(row: log.Row) -> bytes:
    """One event as it stands in the file: the row's columns, in the one spelling that is hashed, and a newline."""
    return codec.canonical({field.name: getattr(row, field.name) for field in fields(row)}) + b"\n"


def facts(chain: Chain, state: RoomState) -> dict[str, Any]:
    """What the manifest says that can be found out from the events alone; `state` is their fold. Instants are ms since
    1970 UTC."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "scope": chain.scope,
        "record": SCOPES[chain.scope].record,
        "room": {"code": chain.code, "title": state.room.title},
        "events": len(chain.rows),
        "head": chain.rows[-1].hash,
        "first_at": chain.rows[0].at,
        "last_at": chain.rows[-1].at,
        "closed_at": state.room.closed_at,
        "scenario": {
            "slug": state.prepared.scenario,
            "version": state.prepared.version,
            "title": state.prepared.scenario_title,
        },
        "attribution": {"rule": state.room.attribution, "words": in_full_words(state.room.attribution)},
        "assessment_record": state.room.assessment_record,
    }


def _dictionary(rows: Sequence[log.Row]) -> dict[str, Any]:
    """What the kinds of event in this archive mean, with their fields, as the present version writes them."""
    return {"events": {name: _meaning(name) for name in sorted({row.name for row in rows})}}


def _meaning(name: str) -> dict[str, Any]:
    cls: type = EVENTS[name][0]
    said = (cls.__doc__ or "").strip()
    own = "" if said.startswith(f"{cls.__name__}(") else " ".join(said.split())  # a dataclass describes itself else
    hints = typing.get_type_hints(cls)
    types = {field.name: in_words(hints[field.name]) for field in fields(cls)}
    return {"meaning": own or _spelled(name), "version": codec.version_of(name), "fields": types}


def _spelled(name: str) -> str:
    matter, _, deed = name.partition(".")
    return f"{matter.replace('_', ' ').capitalize()}: {deed.replace('_', ' ')}."


def in_words(hint: Any) -> str:
    """The type of a field, for who reads no Python."""
    if hint in TYPES:
        return TYPES[hint]
    arguments = typing.get_args(hint)
    if type(None) in arguments:
        return f"{in_words(arguments[0])}, or null"
    if typing.get_origin(hint) is tuple:
        several = arguments[:1] if arguments[-1] is Ellipsis else arguments
        return f"list of ({', '.join(map(in_words, several))})"
    return "object"


def _read_me(told: Mapping[str, Any]) -> str:
    scope = SCOPES[told["scope"]]
    return READ_ME.format(
        title=told["room"]["title"],
        code=told["room"]["code"],
        events=told["events"],
        head=told["head"],
        made_by=told["made_by"],
        record=scope.record,
        holds=scope.holds,
        attribution=told["attribution"]["words"],
        left_out="\n".join(f"- {one}" for one in scope.left_out),
        people=scope.people,
    )


def _json(data: Any) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _zipped(files: Mapping[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        for name, content in files.items():
            file = zipfile.ZipInfo(name, NO_TIME)
            file.compress_type = zipfile.ZIP_DEFLATED
            file.create_system = 3  # the same on every system
            file.external_attr = 0o644 << 16
            packed.writestr(file, content)
    return held.getvalue()
