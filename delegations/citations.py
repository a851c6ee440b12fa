"""Turning a source into words that a reader can follow: author, series, year, place in the paper.

Stored rows and snapshots hold sources in one form, so a room cites as the library does. The paper's own sentences
never pass through here.
"""

import re
from collections.abc import Mapping
from typing import Final, TypedDict

from delegations.models import Paper
from delegations.words import SourceKind

MOST_NAMES: Final = 3  # of a person: more words are an institution's


class Source(TypedDict, total=False):
    """As a snapshot holds it: {"kind": "design"}, {"kind": "paper", "paper", "locator", "anchor"} or
    {"kind": "public", "reference", "url"}."""

    kind: str
    paper: str
    locator: str
    anchor: str
    reference: str
    url: str


def papers_by_slug() -> dict[str, Paper]:
    return {paper.slug: paper for paper in Paper.objects.all()}


def cite(*, source: Source, papers: Mapping[str, Paper]) -> str:
    """The citation of a source; empty for exercise design. An unknown paper shows its slug."""
    if source.get("kind") == SourceKind.PUBLIC:
        return source["reference"]
    if source.get("kind") != SourceKind.PAPER:
        return ""
    paper = papers.get(source["paper"])
    locator = source.get("locator", "")
    return cite_place(paper=paper, locator=locator) if paper else f"{source['paper']}, {locator}"


def cite_briefly(*, source: Source, papers: Mapping[str, Paper]) -> str:
    """The same for a page that names the whole works at its end: "Sarkisov 1998, Country agendas, China, 1"."""
    paper = papers.get(source.get("paper", ""))
    if paper is None:
        return cite(source=source, papers=papers)
    locator = source.get("locator", "")
    first, _, rest = (part.strip() for part in locator.partition(","))
    names = _names(paper)
    if rest and _is_author(first, names):
        return f"{first} {paper.year}, {rest}"
    by = _family_name(names[0]) if len(names) == 1 else paper.series or paper.title
    return f"{by} {paper.year}, {locator}"


def cite_work(paper: Paper) -> str:
    """The whole work, as a list of papers has it."""
    parts = [_all(_names(paper)), paper.title, paper.series, paper.publisher]
    return f"{', '.join(part for part in parts if part)}, {paper.year}"


def cite_place(*, paper: Paper, locator: str) -> str:
    """For example "Sarkisov, in IGCC Policy Paper 45 (1998), Country agendas, China, 1".

    A collection has several authors; its locators begin with the one whose part is meant. Where they do not, all
    authors are named.
    """
    names = _names(paper)
    first, _, rest = (part.strip() for part in locator.partition(","))
    own = rest if rest and _is_author(first, names) else ""
    if len(names) == 1:
        return f"{names[0]}, {paper.title} ({paper.year}), {own or locator}"
    work = f"{paper.series or paper.title} ({paper.year})"
    return f"{first}, in {work}, {own}" if own else f"{_all(names)}, {work}, {locator}"


def _names(paper: Paper) -> list[str]:
    """The authors without what they did, such as "(editor)"."""
    names = [re.sub(r"\s*\(.*?\)", "", name).strip() for name in paper.authors.split(";")]
    return [name for name in names if name] or [paper.authors]


def _family_name(name: str) -> str:
    """Of a person; an institution keeps its whole name."""
    parts = name.split()
    return parts[-1] if len(parts) <= MOST_NAMES else name


def _is_author(name: str, names: list[str]) -> bool:
    """Whether `name` is one of the names or a word of it: a family name may stand first or last."""
    return any(name == full or name in full.split() for full in names)


def _all(names: list[str]) -> str:
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)
