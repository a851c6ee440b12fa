"""Papers to read: small ones of our own for every kind of noise, and the three shared ones where they are here."""

import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from delegations.models import Passage
from delegations.papers.gazetteer import shipped_gazetteer
from delegations.papers.reading import read_paper_file
from delegations.papers.structure import PreparedPassage, ReadPaper, read_paper
from tests.programs import ROOT

SHARED = ROOT.parent / "shared" / "papers"
AUTHORS = {
    "igcc-pp45": "Ahn Byung-joon; Konstantin Sarkisov; Michael Stankiewicz (editor)",
    "park-2001": "Jong-Chul Park",
    "sigal-2009": "Leon V. Sigal",
}
FILES = {
    "igcc-pp45": "000_204492df0ac4c11b.txt",
    "park-2001": "001_e5f10d949c7691d0.txt",
    "sigal-2009": "004_68e82204743ada8c.txt",
}
Read = Callable[..., ReadPaper]


def shared_file(slug: str) -> Path:
    path = SHARED / FILES[slug]
    if not path.is_file():
        pytest.skip("the three shared papers are not beside this checkout (../shared/papers)")
    return path


def shared_text(slug: str) -> str:
    path = shared_file(slug)
    return read_paper_file(name=path.name, content=path.read_bytes())


def read_text(text: str, authors: str = "") -> ReadPaper:
    return read_paper(text, authors=authors, gazetteer=shipped_gazetteer())


def locators(paper: ReadPaper) -> dict[str, str]:
    """The text of each passage by its locator."""
    return {passage.locator: passage.text for passage in paper.passages}


def as_rows(passages: tuple[PreparedPassage, ...]) -> list[Passage]:
    """Passages as finding gets them, without a database."""
    return [
        Passage(locator=one.locator, section=one.section, number=one.number, kind=one.kind, text=one.text)
        for one in passages
    ]


def shipped_citations() -> list[dict[str, str]]:
    """Every citation of a paper in the folders that come with the project."""
    files = sorted((ROOT / "fixtures" / "scenarios").rglob("*.toml"))
    return [one for path in files for one in _citations(tomllib.loads(path.read_text("utf-8")))]


def _citations(value: Any) -> Iterator[dict[str, str]]:
    if isinstance(value, dict):
        if "paper" in value and "locator" in value:
            yield value
        for one in value.values():
            yield from _citations(one)
    elif isinstance(value, list):
        for one in value:
            yield from _citations(one)
