"""Reports on paper for the tests, and what a reader finds in their files."""

import io
import zipfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import Any
from xml.etree import ElementTree

from pypdf import PdfReader

from rooms import showing_packages
from rooms.debrief.cut import cut
from rooms.debrief.measures import report
from rooms.domain import hot_wash, room, seats
from rooms.domain.attribution import afterwards
from rooms.domain.fold import fold
from rooms.domain.record import Entry
from rooms.domain.sharing import PARTS
from rooms.domain.sight import OBSERVERS, THE_MODERATORS, visible
from rooms.exporting.blocks import Paper
from rooms.exporting.report_picture import of_report
from tests.debrief.session import SECOND, Session
from tests.debrief.test_perceived import ANSWERS_BEFORE, PEOPLE, answered

EVERYTHING = frozenset(PARTS)


def told() -> Session:
    """A session on the record with something to tell in most of the sections."""
    session = Session("on_the_record")
    for person, seat in PEOPLE.items():
        session.act(person, seats.JoinRoom("delegate", seat))
    answered(session, "before", ANSWERS_BEFORE)
    session.chair(room.StartSession())
    session.start("i1")
    session.says("PRC-MFA", "An armistice is no peace.")
    session.files("PRC-MFA", "scope", "a", reason="Words without edges.")
    session.files("PRC-MFA", "scope", "b")
    session.start("i4")
    session.proposes("JPN-MFA", "All ports shall be open.")
    session.calls(PRC="object: Ports freeze.")
    session.close("Thank you.", SECOND)
    session.chair(hot_wash.BeginHotWash())
    session.act("jpn-mfa", hot_wash.AddWashNote("plus", "Five faces looked at the table."))
    return session


def taken(record: Sequence[Entry], *, assesses: bool = False) -> Sequence[Entry]:
    """The entries of the record that the files are made from."""
    return visible(record, THE_MODERATORS) if assesses else afterwards(visible(record, OBSERVERS))


def printed_of(
    entries: Sequence[Entry], shown: Collection[str] = EVERYTHING, *, assesses: bool = False, papers: Any = None
) -> Paper:
    """The same of entries that are chosen already."""
    state = fold(entries)
    bases = showing_packages.in_public(state)
    return of_report(cut(report(entries), shown), state, shown, assesses=assesses, papers=papers or {}, bases=bases)


def words_in(one: Any) -> Iterator[str]:
    """Every text of a report on paper."""
    if isinstance(one, str):
        yield one
    elif isinstance(one, tuple):
        for each in one:
            yield from words_in(each)
    elif is_dataclass(one):
        for field in fields(one):
            yield from words_in(getattr(one, field.name))


def flat(text: str) -> str:
    """Without blanks, line ends, hyphens and places to break a line: a page breaks lines where it will."""
    return "".join(text.replace("\u200b", "").replace("-", "").replace("\u2010", "").replace("\u00ad", "").split())


def pages_of(file: bytes) -> list[str]:
    return [flat(page.extract_text()) for page in PdfReader(io.BytesIO(file)).pages]


def alternatives_in(file: bytes) -> list[str]:
    """What a PDF says in place of its pictures."""
    found: list[str] = []
    seen: set[int] = set()

    def walk(node: Any) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if id(node) in seen:
            return
        seen.add(id(node))
        if isinstance(node, list):
            for each in node:
                walk(each)
        elif isinstance(node, dict):
            if "/Alt" in node:
                found.append(str(node["/Alt"]))
            walk(node.get("/K", []))

    root: Any = PdfReader(io.BytesIO(file)).trailer["/Root"]
    walk(root["/StructTreeRoot"])
    return found


def part_of(file: bytes, name: str = "word/document.xml") -> bytes:
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        return parts.read(name)


def words_of(file: bytes) -> str:
    """All words of the body, the heads and the feet of a DOCX."""
    names = ("word/document.xml", "word/header1.xml", "word/footer1.xml")
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        found = [parts.read(name) for name in parts.namelist() if name in names]
    return flat("".join("".join(ElementTree.fromstring(one).itertext()) for one in found))
