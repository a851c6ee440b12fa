"""The commands on papers: progress, citations for every locator, and no citation dropped in silence."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from delegations.models import Paper, Passage, Scenario
from tests.delegations.conftest import change, folder, load, scenario, talks

__all__ = ["change", "folder", "load", "scenario", "talks"]
pytestmark = pytest.mark.django_db

# What the exercise of the tests cites: "Boje, Depths, 2" with "seven fathoms", "Anker, Ships, 1" with "must pass".
TEXT = (
    "# Two Harbours\n\n# Ships of Both Coasts\n\n*Ada Anker*\n\n## Ships\n\nAll vessels must pass the narrow mouth.\n\n"
    "# What Lies Below\n\n*Bo Boje*\n\n## Depths\n\nNobody has measured.\n\nSeven fathoms would do.\n"
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "harbours.md"
    path.write_text(TEXT)
    return path


def run(name: str, *arguments: object, **options: object) -> str:
    out = StringIO()
    call_command(name, *map(str, arguments), stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def test_every_locator_is_printed_with_its_citation(file: Path) -> None:
    said = run(
        "import_paper", file, "--year=1998", "--author=Ada Anker", "--author=Bo Boje", "--author=Cem Celik (editor)"
    )
    lines = said.splitlines()
    for locator in Passage.objects.values_list("locator", flat=True):
        assert locator in lines
    assert "    Bo Boje, “Depths,” in Two Harbours, ed. Cem Celik (1998), para. 2." in lines
    assert "imported, " in lines[-1]


def test_progress_is_told_beside_the_result(file: Path) -> None:
    told = StringIO()
    call_command("import_paper", str(file), "--year=1998", "--summary", stdout=StringIO(), stderr=told)
    assert [line.split(" ")[0] for line in told.getvalue().splitlines()] == ["Opening", "Reading", "Storing"]


def test_a_second_import_says_that_nothing_has_changed(file: Path) -> None:
    run("import_paper", file, "--year=1998")
    assert "unchanged" in run("import_paper", file, "--year=1998", "--summary")


def test_a_refused_file_fails_with_its_sentence_and_stores_nothing(tmp_path: Path) -> None:
    path = tmp_path / "photo.txt"
    path.write_bytes(b"\0" * 500)
    with pytest.raises(CommandError, match="not text"):
        run("import_paper", path, "--year=1998")
    with pytest.raises(CommandError, match="cannot be read"):
        run("import_paper", tmp_path / "none.txt", "--year=1998")
    assert not Paper.objects.exists()


def test_citations_of_a_paper_that_is_not_imported_fail_and_say_how_to_import_it(scenario: Scenario) -> None:
    out = StringIO()
    with pytest.raises(CommandError, match="3 of 3 citations lead nowhere") as failed:
        call_command("check_sources", stdout=out)
    assert failed.value.returncode == 1
    assert "import_paper FILE --slug harbour-paper" in out.getvalue()


def test_every_citation_is_listed_with_where_it_leads(scenario: Scenario, file: Path) -> None:
    run("import_paper", file, "--summary")
    assert Paper.objects.get().slug == "harbour-paper"
    said = run("check_sources", "harbour-talks")
    assert "resolved: issues 1: harbour-paper, Boje, Depths, 2" in said
    assert "resolved: packs, AAA, interests 1: harbour-paper, Anker, Ships, 1" in said
    assert "3 resolved" in said


def test_a_citation_that_only_its_words_lead_home_is_told_apart(scenario: Scenario, file: Path) -> None:
    file.write_text(TEXT.replace("Nobody has measured.\n\n", "").replace("## Depths", "## Soundings"))
    run("import_paper", file, "--summary")
    said = run("check_sources")
    assert "resolved by anchor only: issues 1" in said
    assert "-> Boje, Soundings, paragraph 1" in said


def test_a_citation_that_leads_nowhere_is_listed_and_fails(scenario: Scenario, file: Path) -> None:
    file.write_text(TEXT.replace("Seven fathoms would do.", "Ten would do."))
    run("import_paper", file, "--summary")
    out = StringIO()
    with pytest.raises(CommandError, match="1 of 3 citations lead nowhere"):
        call_command("check_sources", stdout=out)
    assert "unresolved: issues 1: harbour-paper, Boje, Depths, 2 “seven fathoms”" in out.getvalue()


def test_an_unknown_exercise_is_told_so(db: None) -> None:
    with pytest.raises(CommandError, match="no exercise 'none'"):
        run("check_sources", "none")
