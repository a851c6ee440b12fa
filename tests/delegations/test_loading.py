"""Loading keeps what rooms may refer to: a changed folder is a new version, an unchanged one nothing new."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from delegations.library import find_scenario, newest_scenarios
from delegations.loading import store_papers
from delegations.models import PackPosition, Paper, Passage, Scenario
from delegations.paper_files import parse_papers
from delegations.prepared import PreparedPaper

pytestmark = pytest.mark.django_db

Load = Callable[[], tuple[Scenario, bool]]
Change = Callable[..., None]


def run(folder: Path) -> tuple[str, str, bool]:
    """What load_scenarios prints, tells as problems, and whether it ended well."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("load_scenarios", folder, stdout=out, stderr=err)
    except CommandError:
        return out.getvalue(), err.getvalue(), False
    return out.getvalue(), err.getvalue(), True


def test_a_scenario_is_stored_as_version_one(load: Load) -> None:
    scenario, written = load()
    assert (scenario.slug, scenario.version, written) == ("harbour-talks", 1, True)
    assert [str(delegation) for delegation in scenario.delegations.all()] == ["AAA", "BBB"]
    assert PackPosition.objects.get(pack__delegation__code="BBB").acceptable == ["b", "c"]


def test_an_unchanged_scenario_writes_nothing(load: Load) -> None:
    first, _ = load()
    with CaptureQueriesContext(connection) as queries:
        again, written = load()
    assert (again.pk, written) == (first.pk, False)
    writes = ("INSERT", "UPDATE", "DELETE")
    assert not [query["sql"] for query in queries if query["sql"].startswith(writes)]


def test_a_changed_scenario_becomes_a_new_version_and_the_old_one_stays(load: Load, change: Change) -> None:
    old, _ = load()
    change("packs/AAA.toml", "treasury", "purse")
    new, written = load()
    assert (new.version, written) == (2, True)
    old.refresh_from_db()
    assert old.delegations.get(code="AAA").pack.items.filter(text__contains="treasury").exists()
    assert new.delegations.get(code="AAA").pack.items.filter(text__contains="purse").exists()


def test_going_back_to_earlier_words_is_a_new_version_too(load: Load, change: Change) -> None:
    load()
    change("brief.md", "two coasts", "three coasts")
    load()
    change("brief.md", "three coasts", "two coasts")
    assert load()[0].version == 3


def test_the_library_shows_only_the_newest_version(load: Load, change: Change) -> None:
    load()
    change("scenario.toml", "Harbour Talks", "Harbour Talks, again")
    load()
    assert [scenario.title for scenario in newest_scenarios()] == ["Harbour Talks, again"]
    found = find_scenario(slug="harbour-talks")
    assert found is not None
    assert found.version == 2


def test_papers_are_corrected_in_place_and_keep_their_passages(folder: Path) -> None:
    path = folder / "papers.toml"
    assert store_papers(papers=parse_papers(path)) == ["harbour-paper"]
    paper = Paper.objects.get()
    Passage.objects.create(paper=paper, locator="Anker, 1", section="Ships", number=1, kind="paragraph", text="...")
    assert store_papers(papers=parse_papers(path)) == []
    path.write_text(path.read_text().replace("Two Harbours", "Three Harbours"))
    assert store_papers(papers=parse_papers(path)) == ["harbour-paper"]
    assert [str(paper) for paper in Paper.objects.all()] == ["Ada Anker; Bo Boje: Three Harbours (1998)"]
    assert paper.passages.count() == 1


def test_the_command_prints_one_line_per_scenario(folder: Path) -> None:
    assert run(folder) == ("papers: loaded 1 of 1\nharbour-talks: loaded as version 1\n", "", True)
    assert run(folder) == ("papers: unchanged\nharbour-talks: unchanged, version 1\n", "", True)


def test_the_command_loads_the_good_ones_and_tells_the_problems_of_the_bad(folder: Path, change: Change) -> None:
    bad = folder / "scenarios" / "a-bad-one"
    bad.mkdir()
    (bad / "scenario.toml").write_text('slug = "a-bad-one"\noutline = "perhaps"')
    out, err, well = run(folder)
    assert not well
    assert "a-bad-one: 6 problems, not loaded\nharbour-talks: loaded as version 1\n" in out
    assert "  scenario.toml: `outline` must be true or false.\n" in err
    assert list(Scenario.objects.values_list("slug", flat=True)) == ["harbour-talks"]


def test_the_command_names_papers_with_problems_and_goes_on(folder: Path) -> None:
    store_papers(papers=parse_papers(folder / "papers.toml"))
    (folder / "papers.toml").write_text("[[paper]")
    out, err, well = run(folder)
    assert not well
    assert "papers: 1 problem, not loaded\nharbour-talks: loaded as version 1\n" in out
    assert "papers.toml: this is not valid TOML" in err


def test_a_pack_may_cite_a_paper_that_a_user_imported(folder: Path, change: Change) -> None:
    imported = PreparedPaper("own-paper", "Own", "Ann Own", 2020, series="", publisher="", url="")
    store_papers(papers=[imported])
    change("issues.toml", "harbour-paper", "own-paper")
    assert run(folder)[2]


def test_a_folder_without_scenarios_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There are no scenarios in"):
        call_command("load_scenarios", tmp_path)


def test_the_shipped_scenarios_load_twice_without_a_second_version() -> None:
    call_command("load_scenarios", stdout=io.StringIO())
    call_command("load_scenarios", stdout=io.StringIO())
    assert set(Scenario.objects.values_list("version", flat=True)) == {1}
