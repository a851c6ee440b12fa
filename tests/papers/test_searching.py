"""Words are found in papers and packs, in their context, and nothing in a query is an order to the database."""

from collections.abc import Callable

import pytest
from pytest_django import DjangoAssertNumQueries

from delegations.models import Scenario
from delegations.papers.searching import MOST_HITS, search
from delegations.papers.storing import Facts, import_text
from tests.delegations.conftest import change, folder, load, scenario, talks

__all__ = ["change", "folder", "load", "scenario", "talks"]
pytestmark = pytest.mark.django_db

TEXT = "# Two Harbours\n\n*Ada Anker*\n\n## Ships\n\nThe ferries of both coasts pass.\n\nA naïve keeper & his lamp.\n"


@pytest.fixture(autouse=True)
def paper(db: None) -> None:
    import_text(text=TEXT, facts=Facts(slug="two", year=1998, authors="Ada Anker"), name="two.md")


def shown(query: str) -> list[str]:
    return ["".join(f"[{one.text}]" if one.hit else one.text for one in hit.pieces) for hit in search(query)]


def test_a_hit_stands_in_its_context() -> None:
    assert shown("ferries") == ["The [ferries] of both coasts pass."]


@pytest.mark.parametrize("query", ["FERRIES", "ferry", "coast ferries", '"both coasts"', "naive lamp"])
def test_case_endings_order_and_accents_do_not_matter(query: str) -> None:
    assert len(search(query)) == 1


def test_a_long_passage_is_cut_around_the_first_hit() -> None:
    words = " ".join(f"word{number}" for number in range(200))
    text = f"# Long\n\n*Ada Anker*\n\n{words} lighthouse {words}.\n"
    import_text(text=text, facts=Facts(slug="long", year=1999), name="long.md")
    (around,) = shown("lighthouse")
    assert around.startswith("… word")
    assert "word199 [lighthouse] word0" in around
    assert around.endswith(" …")
    assert len(around) < 440


def test_words_in_quotes_stand_together() -> None:
    assert search('"coasts ferries"') == []


ODD = ["", "   ", '"', "***", "( )", "'; DROP TABLE delegations_found_text; --", "a OR", "NEAR(", "body:", "\0", "-"]


@pytest.mark.parametrize("query", ODD)
def test_odd_queries_find_nothing_and_break_nothing(query: str) -> None:
    assert search(query) == []
    assert len(search("ferries")) == 1


def test_packs_are_found_by_delegation(scenario: Scenario) -> None:
    hits = search("secret fathoms Alfa")
    assert [(hit.kind, hit.target) for hit in hits] == [("pack", ("harbour-talks", "AAA"))]


def test_only_the_newest_version_of_a_pack_is_found(
    scenario: Scenario, load: Callable[[], tuple[Scenario, bool]], change: Callable[..., None]
) -> None:
    assert len(search("treasury")) == 2
    change("packs/AAA.toml", "treasury is empty", "chest is empty")
    load()
    assert [hit.target for hit in search("treasury")] == [("harbour-talks", "BBB")]
    assert len(search("chest empty")) == 1


def test_a_search_over_indexed_packs_takes_few_queries(
    scenario: Scenario, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    search("treasury")
    with django_assert_max_num_queries(3):
        search("treasury")


def test_hits_have_an_end() -> None:
    text = "# Long\n\n*Ada Anker*\n\n" + "\n\n".join(
        f"Number {number} of the ferries." for number in range(MOST_HITS + 9)
    )
    import_text(text=text, facts=Facts(slug="long", year=1999), name="long.md")
    assert len(search("ferries")) == MOST_HITS
