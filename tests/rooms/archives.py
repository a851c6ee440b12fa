"""Archives to try things out with: of a session of the rules' own stage, and spoiled ones with hashes that fit."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rooms import archive, log
from rooms.domain import codec
from rooms.domain.attribution import afterwards
from rooms.domain.floor import NextSpeaker
from rooms.domain.fold import fold
from rooms.domain.positions import DeclarePosition
from rooms.domain.record import Entry
from rooms.domain.room import CloseSession
from rooms.domain.sight import OBSERVERS, THE_MODERATORS, visible
from rooms.domain.speakers import AskForFloor
from rooms.domain.statements import MakeStatement
from tests.domain.play import CHINA, JAPAN, M1, Session, cast_live, running

CODE = "BCDFGH"
Line = dict[str, Any]


def small(*, closed: bool = True) -> Session:
    """Japan speaks, China declares where it stands, the chair closes."""
    session = running(cast_live(), "i1")
    session.done((JAPAN, AskForFloor()), (M1, NextSpeaker()), (JAPAN, MakeStatement("日本は透明性を重んじます。")))
    session.done((CHINA, DeclarePosition("scope", "b", public=True, reason="A start.")))
    return session.done((M1, CloseSession("Thank you."))) if closed else session


def chain_of(entries: Sequence[Entry], scope: str, code: str = CODE) -> archive.Chain:
    """These entries as the record that a scope has of them."""
    if scope == archive.PARTICIPANTS:
        return archive.rechained(scope, code, afterwards(visible(entries, OBSERVERS)))
    if scope == archive.ASSESSMENT:
        return archive.rechained(scope, code, visible(entries, THE_MODERATORS))
    rows: list[log.Row] = []
    for entry in entries:
        rows.append(log.row_of(entry, log.chained(rows[-1].hash if rows else "", code, entry)))
    return archive.Chain(scope, code, rows)


def packed(entries: Sequence[Entry], scope: str = archive.PARTICIPANTS, code: str = CODE) -> bytes:
    """The archive of a scope, everybody called by their id."""
    chain = chain_of(entries, scope, code)
    if scope == archive.PARTICIPANTS:
        return archive.pack(chain)
    there = fold(map(log.entry_of, chain.rows)).seats.people.values()
    return archive.pack(chain, {one.id: {"name": f"Name of {one.id}", "role": one.role} for one in there})


def files_in(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        return {name: held.read(name) for name in held.namelist()}


def zipped(files: Mapping[str, bytes] | Sequence[tuple[str, bytes]], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    pairs = files.items() if isinstance(files, Mapping) else files
    with zipfile.ZipFile(out, "w", how) as held:
        for name, content in pairs:
            held.writestr(name, content)
    return out.getvalue()


def fitting(files: Mapping[str, bytes], **told: Any) -> bytes:
    """The zip of these files with a manifest that names them as they are; `told` is said in it otherwise."""
    manifest = {**json.loads(files[archive.MANIFEST]), **told}
    manifest["files"] = {
        name: {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in files.items()
        if name != archive.MANIFEST
    }
    return zipped({**files, archive.MANIFEST: json.dumps(manifest).encode()})


def lines_of(data: bytes) -> list[Line]:
    return [json.loads(line) for line in files_in(data)[archive.EVENTS_FILE].splitlines()]


def with_lines(data: bytes, lines: Sequence[Line], **told: Any) -> bytes:
    """The archive with other events, its chain and its manifest made anew so that they fit: what only somebody can do
    who means to deceive."""
    code, link, out = json.loads(files_in(data)[archive.MANIFEST])["room"]["code"], "", []
    for line in lines:
        body = {name: value for name, value in line.items() if name != "hash"}
        link = hashlib.sha256(link.encode() + codec.canonical({**body, "room": code})).hexdigest()
        out.append(codec.canonical({**body, "hash": link}))
    files = {**files_in(data), archive.EVENTS_FILE: b"".join(one + b"\n" for one in out)}
    facts = {"events": len(lines), "head": link, "first_at": lines[0]["at"], "last_at": lines[-1]["at"]}
    return fitting(files, **{**facts, **told})


def with_event(data: bytes, name: str, change: Callable[[Line], Line]) -> bytes:
    """The archive in which the first event of a kind was changed, and everything made to fit."""
    lines = lines_of(data)
    at = next(place for place, line in enumerate(lines) if line["name"] == name)
    return with_lines(data, [*lines[:at], change(lines[at]), *lines[at + 1 :]])
