"""Turning a source into words that a reader can follow: author, series, year, place in the paper.

Works on stored rows and on the sources of a snapshot alike, so a room cites as the library does. The paper's
own sentences never pass through here.
"""

import re
from collections.abc import Mapping
from typing import TypedDict

from delegations.models import Paper, Sourced
from delegations.words import SourceKind


class Source(TypedDict, total=False):
    """As a snapshot holds it: {"kind": "design"} or {"kind": "paper", "paper", "locator", "anchor"}."""

    kind: str
    paper: str
    locator: str
    anchor: str


def source_of(row: Sourced) -> Source:
    """The source of a stored row, its paper already loaded."""
    if row.paper is None:
        return {"kind": SourceKind.DESIGN.value}
    return {
        "kind": SourceKind.PAPER.value,
        "paper": row.paper.slug,
        "locator": row.locator,
        "anchor": row.anchor,
    }


def papers_by_slug() -> dict[str, Paper]:
    return {paper.slug: paper for paper in Paper.objects.all()}


def cite_row(row: Sourced) -> str:
    """The citation of a stored row, its paper already loaded; empty for exercise design."""
    return cite_place(paper=row.paper, locator=row.locator) if row.paper else ""


def cite(*, source: Source, papers: Mapping[str, Paper]) -> str:
    """The citation of a snapshot's source; empty for exercise design. An unknown paper shows its slug."""
    if source.get("kind") != SourceKind.PAPER:
        return ""
    paper = papers.get(source["paper"])
    locator = source.get("locator", "")
    return cite_place(paper=paper, locator=locator) if paper else f"{source['paper']}, {locator}"


def cite_place(*, paper: Paper, locator: str) -> str:
    """For example "Sarkisov, in IGCC Policy Paper 45 (1998), Country agendas, China, 1".

    A collection has several authors; its locators begin with the one whose part is meant. Where they do not,
    all authors are named.
    """
    work = f"{paper.series or paper.title} ({paper.year})"
    first, _, rest = locator.partition(",")
    if rest and _is_author(first.strip(), paper):
        return f"{first.strip()}, in {work}, {rest.strip()}"
    return f"{_short_authors(paper)}, {work}, {locator}"


def _is_author(name: str, paper: Paper) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", paper.authors, re.IGNORECASE) is not None


def _short_authors(paper: Paper) -> str:
    """All authors, or the first and "and others" where there are more than three."""
    names = [name.strip() for name in paper.authors.split(";") if name.strip()] or [paper.authors]
    if len(names) > 3:
        return f"{names[0]} and others"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
