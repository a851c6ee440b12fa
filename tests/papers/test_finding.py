"""Citations lead to their passages, also in another copy of the paper; what cannot be found is said to be."""

import pytest
from rapidfuzz import fuzz

from delegations.models import Passage
from delegations.papers.finding import How, find_in
from tests.papers.conftest import AUTHORS, as_rows, read_text, shared_text, shipped_citations
from tests.papers.spoiling import spoiled

HARBOUR = """
# Two Harbours

*Ada Anker*

## Ships

The ferries of both coasts must pass the narrow mouth twice a day.

A lighthouse keeper counted forty vessels in one foggy week.

## Country agendas for a shared and open harbour in the north

#### China

China should:

- 1. send two pilots every spring;
- 2. publish its charts of the western shoal.

#### Japan

Japan should:

- 1. mend the breakwater before winter;
- 2. lend a dredger to its neighbour.
"""


@pytest.fixture(scope="module")
def harbour() -> list[Passage]:
    return as_rows(read_text(HARBOUR, "Ada Anker").passages)


@pytest.mark.parametrize(
    ("locator", "anchor", "begins"),
    [
        ("Anker, Ships, paragraph 2", "counted forty vessels", "A lighthouse"),
        ("Anker, Ships, 2", "counted forty vessels", "A lighthouse"),
        ("Anker, ships, para. 2", "", "A lighthouse"),
        ("Anker, Country agendas, China, 2", "charts of the western shoal", "publish"),
        ("Anker, Country Agendas for a Shared and Open Harbour in the North, Japan, 2", "lend a dredger", "lend"),
        ("Anker, Country agendas, Japan, paragraph 1", "Japan should", "Japan should"),
        ("Anker, Countrv agendas, Japon, 1", "mend the breakwater", "mend"),
    ],
)
def test_a_locator_leads_to_its_passage(harbour: list[Passage], locator: str, anchor: str, begins: str) -> None:
    found = find_in(harbour, locator=locator, anchor=anchor)
    assert found.how is How.LOCATOR
    assert found.passage is not None
    assert found.passage.text.startswith(begins)


def test_the_anchor_leads_where_the_locator_is_wrong(harbour: list[Passage]) -> None:
    found = find_in(harbour, locator="Anker, Ships, paragraph 1", anchor="lend a dredger to its")
    assert found.how is How.ANCHOR
    assert found.passage is not None
    assert found.passage.locator.endswith("Japan, 2")


def test_of_two_passages_with_the_same_words_the_nearer_is_taken(harbour: list[Passage]) -> None:
    rows = [
        *harbour,
        Passage(locator="Anker, Fog, paragraph 1", section="Anker, Fog", number=1, text="counted forty vessels"),
    ]
    found = find_in(rows, locator="Anker, Fog, paragraph 7", anchor="counted forty vessels")
    assert found.passage is rows[-1]


def test_words_that_stand_nowhere_are_unresolved_even_at_a_good_place(harbour: list[Passage]) -> None:
    found = find_in(harbour, locator="Anker, Ships, paragraph 2", anchor="submarine cable to the moon")
    assert found.how is How.NOWHERE
    assert found.passage is None


def test_an_unknown_place_without_words_is_unresolved(harbour: list[Passage]) -> None:
    assert find_in(harbour, locator="Boje, Depths, 4", anchor="").how is How.NOWHERE


@pytest.mark.parametrize("slug", AUTHORS)
def test_every_citation_that_ships_leads_to_its_place_in_the_shared_paper(slug: str) -> None:
    rows = as_rows(read_text(shared_text(slug), AUTHORS[slug]).passages)
    cited = [one for one in shipped_citations() if one["paper"] == slug]
    assert cited
    lost = [
        one["locator"]
        for one in cited
        if find_in(rows, locator=one["locator"], anchor=one.get("anchor", "")).how is not How.LOCATOR
    ]
    assert lost == []


@pytest.mark.parametrize("seed", [7, 1997])
def test_another_copy_with_other_breaks_and_misread_letters_gives_the_same_passages(seed: int) -> None:
    right = whole = 0
    wrong: list[str] = []
    for slug, authors in AUTHORS.items():
        text = shared_text(slug)
        rows = as_rows(read_text(text, authors).passages)
        copy = as_rows(read_text(spoiled(text, seed=seed), authors).passages)
        for one in shipped_citations():
            if one["paper"] != slug:
                continue
            whole += 1
            meant = find_in(rows, locator=one["locator"], anchor=one.get("anchor", "")).passage
            found = find_in(copy, locator=one["locator"], anchor=one.get("anchor", "")).passage
            same = meant is not None and found is not None and fuzz.ratio(meant.text, found.text) >= 85
            right += same
            wrong += [] if same else [f"{one['locator']} -> {found and found.locator}"]
    assert right >= 0.95 * whole, wrong
