"""Reading where a sentence comes from: places in known papers, public sources, or exercise design."""

import re
from collections.abc import Collection
from typing import Any, Final

from delegations import words
from delegations.entries import Entry
from delegations.prepared import Source, Sources
from delegations.words import SourceKind

HOW: Final = (
    'write source = "design", source = {paper = "...", locator = "...", anchor = "..."} or '
    'source = {public = "Author, Title, publisher, date"}; several stand in sources = [...]'
)
DESIGN: Final = Source(kind=SourceKind.DESIGN.value)
# Addresses become links on pages; anything but a web address (javascript:, file:) must not get there.
WEB_ADDRESS: Final = re.compile(r"https?://\S+")


def read_sources(entry: Entry, *, papers: Collection[str], required: bool = True) -> Sources:
    """The `source` or `sources` of an entry; every sentence of a pack and every issue must have one."""
    one, several = entry.raw("source"), entry.raw("sources")
    if one is not None and several is not None:
        entry.problem("it has both `source` and `sources`; keep one of the two.")
    values = several if one is None else one
    if values is None:
        if required:
            entry.problem(f"`source` is missing; {HOW}.")
        return ()
    if not isinstance(values, list):
        return _read_source(values, entry, "source", papers)
    if not values:
        entry.problem(f"`sources` is empty; {HOW}.")
    numbered = enumerate(values, 1)
    return tuple(one for number, value in numbered for one in _read_source(value, entry, f"source {number}", papers))


def _read_source(value: Any, entry: Entry, called: str, papers: Collection[str]) -> Sources:
    """One source, or none with the reason among the problems."""
    if value == SourceKind.DESIGN:
        return (DESIGN,)
    if not isinstance(value, dict):
        entry.problem(f"`{called}` is not understood; {HOW}.")
        return ()
    table = Entry(value, place=f"{entry.place}, {called}", problems=entry.problems)
    source = _read_public(table) if "public" in value else _read_place(table, papers)
    table.close()
    return (source,)


def _read_place(table: Entry, papers: Collection[str]) -> Source:
    return Source(
        kind=SourceKind.PAPER.value,
        paper=table.choice("paper", papers),
        locator=table.text("locator", most=words.LOCATOR),
        anchor=table.text("anchor", required=False),
    )


def _read_public(table: Entry) -> Source:
    reference = table.text("public", most=words.REFERENCE)
    return Source(kind=SourceKind.PUBLIC.value, reference=reference, url=read_address(table))


def read_address(entry: Entry) -> str:
    """The optional `url` of an entry, fit to be a link."""
    url = entry.text("url", most=words.LOCATOR, required=False)
    if url and not WEB_ADDRESS.fullmatch(url):
        entry.problem("`url` must start with https:// or http://.")
    return url
