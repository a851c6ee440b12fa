"""A citation reads as author, work, year, place."""

import pytest

from delegations.citations import cite, cite_place
from delegations.models import Paper

COLLECTION = Paper(
    slug="igcc-pp45",
    title="Guidelines",
    authors="Ahn Byung-joon; Konstantin Sarkisov; Michael Stankiewicz (editor)",
    year=1998,
    series="IGCC Policy Paper 45",
)
ARTICLE = Paper(slug="own", title="Three Harbours", authors="Ada Anker", year=2001, series="A Long Volume")


@pytest.mark.parametrize(
    ("paper", "locator", "citation"),
    [
        (
            COLLECTION,
            "Sarkisov, Country agendas, China, 1",
            "Sarkisov, in IGCC Policy Paper 45 (1998), Country agendas, China, 1",
        ),
        (COLLECTION, "Ahn, Preface, 2", "Ahn, in IGCC Policy Paper 45 (1998), Preface, 2"),
        (
            COLLECTION,
            "Conclusion, 2",
            "Ahn Byung-joon, Konstantin Sarkisov and Michael Stankiewicz, IGCC Policy Paper 45 (1998), Conclusion, 2",
        ),
        (ARTICLE, "Anker, Ships, 4", "Ada Anker, Three Harbours (2001), Ships, 4"),
        (ARTICLE, "Ships, 4", "Ada Anker, Three Harbours (2001), Ships, 4"),
        (ARTICLE, "Anker", "Ada Anker, Three Harbours (2001), Anker"),
    ],
)
def test_a_place_in_a_paper_is_cited_for_a_reader(paper: Paper, locator: str, citation: str) -> None:
    assert cite_place(paper=paper, locator=locator) == citation


def test_the_source_of_a_snapshot_is_cited_alike() -> None:
    source = {"kind": "paper", "paper": "own", "locator": "Anker, Ships, 4", "anchor": "must pass"}
    assert cite(source=source, papers={"own": ARTICLE}) == "Ada Anker, Three Harbours (2001), Ships, 4"


def test_a_paper_that_this_installation_lacks_is_cited_by_its_slug() -> None:
    assert cite(source={"kind": "paper", "paper": "lost", "locator": "Ships, 4"}, papers={}) == "lost, Ships, 4"


def test_exercise_design_has_no_citation() -> None:
    assert cite(source={"kind": "design"}, papers={}) == ""
