"""An archive read from anybody, with distrust: everything is checked before anything is written.

Nothing is unpacked to disk. What comes out of here is a record that this version can read: its files are the ones
that the manifest names, its chain holds, each event has the shape that its kind has, and it folds for every reader.
"""

import hashlib
import io
import json
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, NoReturn

from rooms import archive, log
from rooms.archive import DICTIONARY, EVENTS_FILE, MANIFEST, PARTICIPANTS, PEOPLE, README
from rooms.archive_words import SCOPES
from rooms.domain import codec
from rooms.domain.attribution import RULES
from rooms.domain.fold import EVENTS, apply
from rooms.domain.record import Entry
from rooms.domain.refused import Refused
from rooms.domain.state import RoomState
from rooms.event_shapes import check_event, check_row, check_text, is_id
from rooms.forms import clean_text

MOST_PACKED: Final = 10_000_000  # bytes; a two-hour session is half a megabyte unpacked
MOST_UNPACKED: Final = 30_000_000
MOST_PACKED_TIGHT: Final = 100  # times smaller than unpacked; text is some ten times
SMALL: Final = 1_000_000  # bytes up to which no ratio is asked for
PACKED_AS: Final = (
    zipfile.ZIP_STORED,
    zipfile.ZIP_DEFLATED,
)  # others may take any memory, and fail in ways of their own
MOST_EVENTS: Final = 50_000
MOST_PEOPLE: Final = 500  # who ever came in; each of them makes every later event dearer to read
LONGEST_NUMBER: Final = 15  # digits; an instant has 13
DEEPEST: Final = 20  # lists and objects within each other
ALWAYS: Final = frozenset({MANIFEST, EVENTS_FILE, DICTIONARY, README})
# What the manifest says that must be as the events say; its words may be those of another version.
TOLD: Final = ("room", "events", "head", "first_at", "last_at", "closed_at", "scenario", "assessment_record")
CODE: Final = re.compile(r"[A-Z0-9]{1,12}")
LONGEST_TITLE: Final = 200


@dataclass(frozen=True, slots=True)
class Unpacked:
    """An archive that holds. `entries` are its rows as this version reads them, `state` what they fold to; `people`
    says names by id, where the archive tells them."""

    chain: archive.Chain
    entries: tuple[Entry, ...]
    state: RoomState
    people: Mapping[str, str]

    @property
    def head(self) -> str:
        return self.chain.rows[-1].hash


def unpacked(data: bytes) -> Unpacked:
    """What is in an archive, or `Refused` with the first thing that is wrong with it."""
    files = _files(data)
    manifest = _object(files[MANIFEST], MANIFEST)
    scope, code = _which(manifest)
    _check_files(manifest, files, scope)
    rows = _rows(files[EVENTS_FILE], code, everything=scope == archive.EVERYTHING)
    if sum(row.name == "seats.person_joined" for row in rows) > MOST_PEOPLE:
        _refuse("archive_too_large", f"A record has at most {MOST_PEOPLE} people.")
    entries = tuple(_entry(row) for row in rows)
    if scope == PARTICIPANTS and (alone := [one.seq for one in entries if "all" not in one.audience]):
        _refuse("archive_mismatch", f"Event {alone[0]} is not for everybody, as all of this record should be.")
    state = _folded(entries)
    chain = archive.Chain(scope, code, rows)
    if state.room.attribution not in RULES:
        _refuse("archive_shape", "The record has an attribution rule that there is not.")
    _check_facts(manifest, archive.facts(chain, state))
    names = _names(files.get(PEOPLE), state)
    return Unpacked(chain, entries, state, names)


def _refuse(code: str, sentence: str) -> NoReturn:
    raise Refused(code, f"{sentence} Ask whoever packed the archive for it again. Nothing was brought in.")


def _newer(what: str) -> NoReturn:
    raise Refused(
        "archive_newer",
        f"{what}, so the archive was written by a newer version: update this installation, then bring it in again.",
    )


# The zip


def _files(data: bytes) -> dict[str, bytes]:
    if len(data) > MOST_PACKED:
        _refuse("archive_too_large", f"This file is larger than the {MOST_PACKED // 1_000_000} MB that a record needs.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            entries = packed.infolist()
            _check_names([one.filename for one in entries])
            return _contents(packed, entries)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise Refused(
            "archive_unreadable", "This is no archive that can be read. Choose the .zip as it was downloaded."
        ) from error


def _check_names(names: list[str]) -> None:
    known = ALWAYS | {PEOPLE}
    if foreign := [name for name in names if name not in known]:
        _refuse("archive_files", f"The archive holds a file that no record has: “{clean_text(foreign[0][:60])}”.")
    if twice := [name for name in known if names.count(name) > 1]:
        _refuse("archive_files", f"The archive holds {twice[0]} more than once.")
    if missing := sorted(ALWAYS.difference(names)):
        _refuse("archive_files", f"The archive lacks {missing[0]}: it is no record of a session.")


def _contents(packed: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    contents: dict[str, bytes] = {}
    left = MOST_UNPACKED
    for one in entries:
        if one.compress_type not in PACKED_AS:
            _refuse("archive_unreadable", f"{one.filename} is packed in a way that no record is.")
        if one.file_size > SMALL and one.file_size > MOST_PACKED_TIGHT * max(one.compress_size, 1):
            _refuse("archive_too_large", f"{one.filename} is packed tighter than any text.")
        with packed.open(one) as file:
            content = file.read(left + 1)  # what the zip says of its sizes may be a lie
        left -= len(content)
        if left < 0:
            _refuse("archive_too_large", f"Unpacked, this is larger than {MOST_UNPACKED // 1_000_000} MB.")
        contents[one.filename] = content
    return contents


# JSON


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text[:20]} is no number that a record holds")


def _whole(text: str) -> int:
    if len(text.lstrip("-")) > LONGEST_NUMBER:
        raise ValueError("no number of a record is that long")
    return int(text)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a key stands there twice")
    return made


def _parsed(text: bytes) -> Any:
    """JSON of whole numbers, text, lists and objects; ValueError for anything else."""
    try:
        parsed = json.loads(
            text.decode(),
            parse_constant=_no_number,
            parse_float=_no_number,
            parse_int=_whole,
            object_pairs_hook=_once,
        )
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    _check_value(parsed, DEEPEST)
    return parsed


def _check_value(value: Any, deeper: int) -> None:
    """Nothing below is deeper than that, and every text in it can be written and shown anywhere."""
    if deeper == 0:
        raise ValueError("it is nested too deeply")
    if isinstance(value, str):
        check_text(value)
    elif isinstance(value, list):
        for one in value:
            _check_value(one, deeper - 1)
    elif isinstance(value, dict):
        for key, one in value.items():
            check_text(key)
            _check_value(one, deeper - 1)


def _object(content: bytes, name: str) -> dict[str, Any]:
    try:
        parsed = _parsed(content)
    except ValueError:
        parsed = None
    if not isinstance(parsed, dict):
        _refuse("archive_unreadable", f"{name} is not the JSON that it should be.")
    return parsed


# The manifest


def _which(manifest: Mapping[str, Any]) -> tuple[str, str]:
    """The scope of the archive and the code that its chain covers."""
    if manifest.get("format") != archive.FORMAT:
        _refuse("archive_unreadable", "This zip is not the record of a session.")
    version = manifest.get("version")
    if type(version) is not int or version < 1:
        _refuse("archive_mismatch", "The manifest says no version.")
    if version > archive.VERSION:
        _newer(f"Its form is {version}, and this version reads up to {archive.VERSION}")
    scope, room = manifest.get("scope"), manifest.get("room")
    code = room.get("code") if isinstance(room, dict) else None
    if not isinstance(scope, str) or scope not in SCOPES:
        _refuse("archive_mismatch", "The manifest does not say which record this is.")
    if not isinstance(code, str) or not CODE.fullmatch(code):
        _refuse("archive_mismatch", "The manifest does not say under which code the record was kept.")
    return scope, code


def _check_files(manifest: Mapping[str, Any], files: Mapping[str, bytes], scope: str) -> None:
    """The files are the ones that the manifest names, to the byte, and the ones that such a record has."""
    if (PEOPLE in files) == (scope == PARTICIPANTS):
        _refuse("archive_mismatch", "People's names are not where such a record has them.")
    others = {name: content for name, content in files.items() if name != MANIFEST}
    told = manifest.get("files")
    if not isinstance(told, dict) or told.keys() != others.keys():
        _refuse("archive_mismatch", "The manifest names other files than the archive holds.")
    for name, content in sorted(others.items()):
        if told[name] != {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}:
            _refuse("archive_mismatch", f"{name} is not the file that the manifest names.")


def _check_facts(manifest: Mapping[str, Any], found: Mapping[str, Any]) -> None:
    rule = manifest.get("attribution")
    said = {**manifest, "attribution": rule.get("rule") if isinstance(rule, dict) else None}
    told = {**{name: found[name] for name in TOLD}, "attribution": found["attribution"]["rule"]}
    for name, one in told.items():
        if json.dumps(said.get(name), sort_keys=True) != json.dumps(one, sort_keys=True):  # true is not 1
            _refuse("archive_mismatch", f"The manifest says another “{name}” than the events do.")
    title = found["room"]["title"]
    if not 0 < len(title) <= LONGEST_TITLE:
        _refuse("archive_shape", f"A room's title has 1 to {LONGEST_TITLE} characters.")


# The events


def _rows(content: bytes, code: str, *, everything: bool) -> list[log.Row]:
    lines = content.split(b"\n")
    if lines.pop() != b"" or not lines:
        _refuse("archive_broken", "The events are cut off, or there are none.")
    if len(lines) > MOST_EVENTS:
        _refuse("archive_too_large", f"A record has at most {MOST_EVENTS:,} events.")
    rows: list[log.Row] = []
    link, at = "", 0
    for seq, line in enumerate(lines, start=1):
        row = _row(seq, line, everything=everything)
        link = log.link_of(link, code, row)
        if row.hash != link:
            _refuse("archive_broken", f"Event {seq} is not what was written: its hash does not fit.")
        if row.seq != seq:
            _refuse("archive_broken", f"Event {seq} is missing: the next one is numbered {row.seq}.")
        if row.at < at:
            _refuse("archive_broken", f"Event {seq} is older than the one before it.")
        at = row.at
        rows.append(row)
    return rows


def _row(seq: int, line: bytes, *, everything: bool) -> log.Row:
    try:
        row = check_row(_parsed(line))
        if archive.line(row) != line + b"\n":
            raise ValueError("it is not spelled as a record spells it")
        if row.request_id and not everything:
            raise ValueError("a request id does not belong there")
    except (ValueError, RecursionError) as error:
        raise Refused(
            "archive_shape", f"Event {seq} cannot be read: {error}. Ask for the archive again. Nothing was brought in."
        ) from error
    return row


def _entry(row: log.Row) -> Entry:
    if row.name not in EVENTS:
        _newer(f"Event {row.seq} is of a kind that is not known here (“{row.name}”)")
    if row.version > codec.version_of(row.name):
        _newer(f"Event {row.seq} (“{row.name}”) has a shape that is not known here")
    try:
        entry = log.entry_of(row)
        check_event(entry.event)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Refused(
            "archive_shape",
            f"Event {row.seq} has not the fields that “{row.name}” has. Ask for the archive again. "
            "Nothing was brought in.",
        ) from error
    return entry


def _folded(entries: tuple[Entry, ...]) -> RoomState:
    state = RoomState()
    for entry in entries:
        first = codec.name_of(entry.event) == "room.opened"
        if first != (entry.seq == 1):
            _refuse("archive_shape", "A record begins with the opening of its room, and has no other.")
        try:
            state = apply(state, entry)
        except Exception as error:  # whatever a fold cannot do with an event that nobody could have written
            raise Refused(
                "archive_shape",
                f"Event {entry.seq} cannot follow those before it. Ask for the archive again. Nothing was brought in.",
            ) from error
    return state


# People


def _names(content: bytes | None, state: RoomState) -> dict[str, str]:
    """Names by id, of those who have one."""
    if wrong := [pid for pid in state.seats.people if not is_id(pid)]:
        _refuse("archive_shape", f"“{clean_text(wrong[0][:40])}” is no id of anybody.")
    if content is None:
        return {}
    people = _object(content, PEOPLE).get("people")
    if not isinstance(people, dict) or people.keys() != state.seats.people.keys():
        _refuse("archive_mismatch", "people.json tells of others than the events do.")
    names: dict[str, str] = {}
    for pid, told in people.items():
        if (
            not isinstance(told, dict)
            or told.keys() != {"name", "role"}
            or told["role"] != state.seats.people[pid].role
        ):
            _refuse("archive_mismatch", f"people.json does not say who {pid} was.")
        name = told["name"]
        if not isinstance(name, str) or len(name) > 60 or " ".join(clean_text(name).split()) != name:
            _refuse("archive_shape", f"people.json has no name for {pid} that could be shown.")
        if name and pid not in state.seats.forgotten:
            names[pid] = name
    return names
