"""Reading `papers.toml`: what citations need to be readable. The papers' own texts are not shipped."""

from pathlib import Path
from typing import Final

from delegations.entries import Entry, ScenarioProblems, read_toml, report_repeats
from delegations.prepared import PreparedPaper
from delegations.sources import read_address

FIRST_YEAR: Final = 1800
LAST_YEAR: Final = 2200


def parse_papers(path: Path) -> tuple[PreparedPaper, ...]:
    """Every paper of the file. Raises ScenarioProblems with everything wrong in it."""
    problems: list[str] = []
    papers: list[tuple[Entry, PreparedPaper]] = []
    if whole := read_toml(path, place=path.name, problems=problems):
        papers = [(entry, _read_paper(entry)) for entry in whole.entries("paper", named_by="slug", called="paper")]
        whole.close()
    report_repeats([(entry, paper.slug) for entry, paper in papers], what="slug")
    if problems:
        raise ScenarioProblems(problems)
    return tuple(paper for _, paper in papers)


def _read_paper(entry: Entry) -> PreparedPaper:
    paper = PreparedPaper(
        slug=entry.key("slug"),
        title=entry.text("title"),
        authors=entry.text("authors"),
        year=entry.number("year", least=FIRST_YEAR, most=LAST_YEAR),
        series=entry.text("series", required=False),
        publisher=entry.text("publisher", required=False),
        url=read_address(entry),
    )
    entry.close()
    return paper
