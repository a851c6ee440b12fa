"""A paper is kept whole or not at all; the same file changes nothing; what is known of it need not be said again."""

import pytest

from delegations.models import Paper, Passage
from delegations.papers.refusing import PaperRefused
from delegations.papers.searching import search
from delegations.papers.storing import Facts, Imported, import_text

pytestmark = pytest.mark.django_db

TEXT = "# Two Harbours\n\n*Ada Anker*\n\nPrinted in May 1998.\n\n## Ships\n\nThe ferries must pass the narrow mouth.\n"


def bring(text: str = TEXT, **said: object) -> Imported:
    return import_text(text=text, facts=Facts(**said), name="harbours.md")  # type: ignore[arg-type]


def test_what_is_not_said_is_read_from_the_head_of_the_paper() -> None:
    paper = bring().paper
    assert (paper.slug, paper.title, paper.authors, paper.year) == ("anker-1998", "Two Harbours", "Ada Anker", 1998)


def test_what_is_said_goes_before_what_is_read() -> None:
    paper = bring(slug="harbours", title="Two Harbours, Again", authors="Bo Boje", year=2001).paper
    assert (paper.slug, paper.title, paper.authors, paper.year) == ("harbours", "Two Harbours, Again", "Bo Boje", 2001)


def test_a_known_paper_is_recognised_by_its_title_and_keeps_its_facts() -> None:
    Paper.objects.create(slug="old", title="Two Harbours", authors="Ada Anker", year=1990, series="Harbour Papers 4")
    paper = bring().paper
    assert (paper.slug, paper.year, paper.series) == ("old", 1990, "Harbour Papers 4")
    assert Paper.objects.count() == 1


def test_the_same_file_again_changes_nothing() -> None:
    first = bring()
    kept = list(Passage.objects.values_list("pk", "locator", "text"))
    again = bring()
    assert (first.written, again.written) == (True, False)
    assert list(Passage.objects.values_list("pk", "locator", "text")) == kept


def test_another_copy_takes_the_place_of_the_one_before_also_in_the_search() -> None:
    bring()
    bring(TEXT.replace("ferries", "trawlers"))
    assert Passage.objects.filter(text__contains="ferries").count() == 0
    assert search("ferries") == []
    assert len(search("trawlers")) == 1


def test_two_papers_of_one_author_and_year_get_keys_of_their_own() -> None:
    bring()
    other = bring(TEXT.replace("Two Harbours", "Three Lighthouses of the Outer Coast")).paper
    assert other.slug == "anker-1998-2"


@pytest.mark.parametrize(
    ("said", "word"),
    [({"slug": "Not A Key"}, "--slug"), ({"year": 99}, "--year"), ({"url": "javascript:alert(1)"}, "--url")],
)
def test_impossible_facts_are_refused_and_nothing_is_stored(said: dict[str, object], word: str) -> None:
    with pytest.raises(PaperRefused, match=word):
        bring(**said)
    assert not Paper.objects.exists()


def test_a_paper_without_a_year_asks_for_it() -> None:
    with pytest.raises(PaperRefused, match="--year 1998"):
        bring(TEXT.replace("1998", "spring"))
