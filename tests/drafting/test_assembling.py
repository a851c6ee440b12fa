"""From proposals to a folder that the loader accepts and a document that the editor reads."""

import tomllib
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from delegations.drafting.assembling import Work, document_from
from delegations.drafting.proposal import Kind, Place, Proposal
from delegations.editing.document import whole
from delegations.editing.folder import judge
from delegations.models import Paper, Scenario
from delegations.scenario_files import parse_scenario
from tests.drafting.conftest import of_kind, read_sample

WORK = Work("holm-2014", "Calm Water", "Inga Holm", 2014)


def test_everything_accepted_reads_as_an_outline_without_a_problem(proposals: tuple[Proposal, ...]) -> None:
    scenario, problems, missing = judge(whole(document_from(proposals, work=WORK)), papers=["holm-2014"])
    assert problems == []
    assert scenario is not None
    assert scenario.outline
    assert {one.code for one in scenario.delegations} == {"OSM", "KES", "VAR", "TEL"}
    assert len(scenario.issues) == 5
    assert missing  # a person still has to write it


def test_each_line_from_the_paper_carries_its_place(proposals: tuple[Proposal, ...]) -> None:
    document = document_from(proposals, work=WORK)
    first = document["packs"]["VAR"]["recommendation"][0]["source"]
    assert first == {"paper": "holm-2014", "locator": "Holm, Varland, 1", "anchor": "publish the positions"}
    bank = next(one for one in document["issues"]["issue"] if one["id"] == "arden-bank")
    assert len(bank["sources"]) == 4


def test_no_sentence_of_the_paper_is_in_the_document(proposals: tuple[Proposal, ...]) -> None:
    text = repr(document_from(proposals, work=WORK))
    sentences = {place.sentence for one in proposals for place in one.places}
    assert not any(sentence in text for sentence in sentences)
    assert not any(passage.text in text for passage in read_sample())


def test_a_heading_with_two_alternatives_gives_the_options_their_ends(proposals: tuple[Proposal, ...]) -> None:
    issues = document_from(proposals, work=WORK)["issues"]["issue"]
    hotline = next(one for one in issues if one["id"] == "shared-hotline")
    assert [one["label"] for one in hotline["option"]] == ["Shared hotline", "Something of both", "National channels"]


def test_a_number_without_a_country_goes_to_all(proposals: tuple[Proposal, ...]) -> None:
    packs = document_from(proposals, work=WORK)["packs"]
    assert all("214 incidents" in [one["value"] for one in pack["figure"]] for pack in packs.values())
    assert ["9,400 people" in [one["value"] for one in packs[code]["figure"]] for code in ("VAR", "OSM")] == [
        True,
        False,
    ]


def test_a_delegation_comes_with_what_was_accepted_for_it_unless_it_was_discarded(
    proposals: tuple[Proposal, ...],
) -> None:
    joint = next(one for one in of_kind(Kind.RECOMMENDATION, proposals) if one.codes == ("VAR", "OSM"))
    document = document_from([joint], work=WORK, known=proposals)
    assert set(document["packs"]) == {"VAR", "OSM"}
    document = document_from([joint], work=WORK, known=proposals, without=["OSM"])
    assert set(document["packs"]) == {"VAR"}


def test_equal_labels_and_long_words_do_no_harm() -> None:
    party = Proposal(Kind.DELEGATION, ("AAA",), "Alfa", "named", (Place("Holm, 1", "a b c", "Alfa."),))
    other = replace(party, codes=("BBB",), label="Bravo")
    figure = Proposal(Kind.FIGURE, ("AAA",), "Fish " * 100, "a number", party.places, value="9 tons")
    issue = Proposal(Kind.ISSUE, (), "?! " * 90, "a sign", party.places)
    document = document_from([party, other, figure, figure, issue, issue], work=WORK)
    _, problems, _ = judge(whole(document), papers=["holm-2014"])
    assert problems == []


def test_the_command_lists_proposals_with_their_places_and_no_sentence(paper: Paper) -> None:
    out = StringIO()
    call_command("draft_scenario", "holm-2014", stdout=out)
    told = out.getvalue()
    assert "recommendations: 26" in told
    assert "Holm, Varland, 1" in told
    assert "every week" not in told


def test_the_command_shows_sentences_where_asked(paper: Paper) -> None:
    out = StringIO()
    call_command("draft_scenario", "holm-2014", "--sentences", stdout=out)
    assert "every week" in out.getvalue()


def test_the_folder_that_the_command_writes_can_be_loaded(paper: Paper, tmp_path: Path) -> None:
    folder = tmp_path / "scenarios" / "merrow"
    call_command("draft_scenario", "holm-2014", "--out", str(folder), stdout=StringIO())
    assert parse_scenario(folder, papers=["holm-2014"]).outline
    assert tomllib.loads((folder / "scenario.toml").read_text())["outline"] is True
    (tmp_path / "papers.toml").write_text("")
    call_command("load_scenarios", str(tmp_path), stdout=StringIO())
    assert Scenario.objects.get(slug="merrow").outline


def test_the_command_overwrites_nothing(paper: Paper, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(CommandError, match="it is there already"):
        call_command("draft_scenario", "holm-2014", "--out", str(tmp_path), stdout=StringIO())
    assert [one.name for one in tmp_path.iterdir()] == ["mine.txt"]


def test_the_command_says_what_to_do_about_an_unknown_paper_and_one_without_text(db: None) -> None:
    with pytest.raises(CommandError, match="Import it first"):
        call_command("draft_scenario", "nobody-1900")
    Paper.objects.create(slug="bare-2000", title="Bare", authors="Ada Anker", year=2000)
    with pytest.raises(CommandError, match="Import the paper's text first"):
        call_command("draft_scenario", "bare-2000")
