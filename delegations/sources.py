"""Reading where a sentence comes from: a place in a known paper, or exercise design."""

from collections.abc import Collection

from delegations import words
from delegations.entries import Entry
from delegations.prepared import Source
from delegations.words import SourceKind

HOW = 'write source = "design" or source = {paper = "...", locator = "...", anchor = "..."}'
DESIGN = Source(kind=SourceKind.DESIGN.value)


def read_source(entry: Entry, *, papers: Collection[str]) -> Source:
    """The `source` of an entry; every sentence of a pack and every issue must have one."""
    value = entry.raw("source")
    if isinstance(value, dict):
        return _read_citation(value, entry, papers)
    if value is None:
        entry.problem(f"`source` is missing; {HOW}.")
    elif value != SourceKind.DESIGN:
        entry.problem(f"`source` is not understood; {HOW}.")
    return DESIGN


def _read_citation(table: dict[str, object], entry: Entry, papers: Collection[str]) -> Source:
    citation = Entry(table, place=f"{entry.place}, source", problems=entry.problems)
    source = Source(
        kind=SourceKind.PAPER.value,
        paper=citation.choice("paper", papers),
        locator=citation.text("locator", most=words.LOCATOR),
        anchor=citation.text("anchor", required=False),
    )
    citation.close()
    return source
