"""A scenario folder is read whole, or everything wrong with it is told at once."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

from delegations.entries import ScenarioProblems
from delegations.paper_files import parse_papers
from delegations.prepared import PreparedScenario, Source
from delegations.scenario_files import digest, parse_scenario

Change = Callable[..., None]
PAPERS = ["harbour-paper"]
SHIPPED = Path(settings.BASE_DIR) / "fixtures"


def read(folder: Path) -> PreparedScenario:
    return parse_scenario(folder, papers=PAPERS)


def problems(folder: Path) -> tuple[str, ...]:
    with pytest.raises(ScenarioProblems) as raised:
        read(folder)
    return raised.value.problems


def test_every_shipped_scenario_loads_without_problems() -> None:
    papers = [paper.slug for paper in parse_papers(SHIPPED / "papers.toml")]
    folders = [path for path in (SHIPPED / "scenarios").iterdir() if path.is_dir()]
    assert folders
    for folder in folders:
        assert parse_scenario(folder, papers=papers).slug == folder.name


def test_a_whole_folder_is_read(talks: Path) -> None:
    scenario = read(talks)
    assert scenario.title == "Harbour Talks"
    assert scenario.outline is False
    assert [one.text for one in scenario.brief] == ["The harbour lies between two coasts.", "Both want it open."]
    assert [one.sources for one in scenario.brief] == [(), ()]
    assert scenario.folder_format == 1
    assert scenario.papers == ("harbour-paper",)
    assert [delegation.code for delegation in scenario.delegations] == ["AAA", "BBB"]
    assert [seat.key for seat in scenario.delegations[0].seats] == ["AAA-MFA", "AAA-EXP-1"]
    assert [option.key for option in scenario.issues[0].options] == ["a", "b", "c"]
    assert scenario.issues[0].sources == (Source("paper", "harbour-paper", "Boje, Depths, 2", "seven fathoms"),)
    assert scenario.agenda[1].presenters == ("MFA",)
    assert [pack.code for pack in scenario.packs] == ["AAA", "BBB"]
    assert [item.kind for item in scenario.packs[0].items] == ["interest", "constraint", "talking_point"]
    assert scenario.packs[0].positions[0].acceptable == ("b", "c")


def test_a_source_may_be_a_table_of_its_own(talks: Path, change: Change) -> None:
    line = 'source = {paper = "harbour-paper", locator = "Boje, Depths, 2", anchor = "seven fathoms"}'
    change("issues.toml", line, "")
    table = '[issue.source]\npaper = "harbour-paper"\nlocator = "Boje, Depths, 2"\n'
    change("issues.toml", "[[issue.option]]", f"{table}[[issue.option]]")
    assert read(talks).issues[0].sources[0].locator == "Boje, Depths, 2"


def test_an_outline_loads_from_its_cover_alone(talks: Path, change: Change) -> None:
    change("scenario.toml", 'slug = "harbour-talks"', 'slug = "harbour-talks"\noutline = true')
    for name in ["brief.md", "issues.toml", "agenda.toml", "packs/AAA.toml", "packs/BBB.toml"]:
        (talks / name).unlink()
    scenario = read(talks)
    assert scenario.outline
    assert (scenario.brief, scenario.issues, scenario.agenda, scenario.packs) == ((), (), (), ())


def test_what_an_outline_has_is_judged_all_the_same(talks: Path, change: Change) -> None:
    change("scenario.toml", 'slug = "harbour-talks"', 'slug = "harbour-talks"\noutline = true')
    change("agenda.toml", 'kind = "opening"', 'kind = "party"')
    assert len(problems(talks)) == 1


# Each row: the file, what is written there, what a hasty writer puts instead, and what they must be told.
MISTAKES = [
    (
        "scenario.toml",
        'slug = "harbour-talks"',
        'slug = "other"',
        "scenario.toml: `slug` is 'other' but the folder",
    ),
    ("scenario.toml", 'title = "Harbour Talks"\n', "", "scenario.toml: `title` is missing"),
    ("scenario.toml", "Harbour Talks", "Harbour \\u0000 Talks", "`title` holds a control character"),
    ("scenario.toml", "Oslo, May 1998", "o" * 201, "`moment` has 201 characters; shorten it to 200"),
    ("scenario.toml", 'moment = "Oslo, May 1998"', "moment = 1998", "`moment` must be a text in quotes"),
    ("scenario.toml", 'moment = "Oslo, May 1998"', 'moment = " "', "`moment` is empty"),
    ("scenario.toml", "chatham_house", "whispered", "scenario.toml, format: `attribution` names 'whispered'"),
    ("scenario.toml", '"consensus"', '"dice"', "scenario.toml, format: `decision` names 'dice'"),
    (
        "scenario.toml",
        "speech_seconds = 120",
        "speech_seconds = 1",
        "`speech_seconds` must be a number from 10",
    ),
    ("scenario.toml", "[format]", "[formats]", "scenario.toml: `format` is missing"),
    ("scenario.toml", "[format]", "[formats]", "scenario.toml: `formats` is not known here"),
    (
        "scenario.toml",
        'code = "BBB"',
        'code = "AAA"',
        "scenario.toml, delegation 'AAA': code 'AAA' is there already",
    ),
    ("scenario.toml", 'code = "BBB"', 'code = "bravo"', "`code` is 'bravo'; use 2 to 6 capital letters"),
    (
        "scenario.toml",
        "hue = 2\npattern = 2",
        "hue = 1\npattern = 1",
        "the mark 'hue 1 with pattern 1' is there",
    ),
    ("scenario.toml", "hue = 2", "hue = 10", "delegation 'BBB': `hue` must be a number from 0 to 9"),
    ("scenario.toml", "hue = 2", "hue = true", "delegation 'BBB': `hue` must be a number from 0 to 9"),
    ("scenario.toml", "optional = true", 'optional = "yes"', "`optional` must be true or false"),
    ("scenario.toml", 'kind = "EXP"', 'kind = "SPY"', "seat 'AAA-EXP-1': `kind` names 'SPY'"),
    ("scenario.toml", '"BBB-MFA"', '"AAA-MFA"', "`id` is 'AAA-MFA'; use the delegation, the kind"),
    ("scenario.toml", '"AAA-EXP-1"', '"AAA-MFA"', "id 'AAA-MFA' is there already"),
    ("scenario.toml", "seats = [{", "chairs = [{", "delegation 'BBB': it has no seats"),
    ("scenario.toml", "[format]", "[format", "scenario.toml: this is not valid TOML"),
    ("brief.md", "harbour", "har\x00bour", "brief.md: it holds a control character"),
    (
        "issues.toml",
        'id = "c"',
        'id = "b"',
        "issues.toml, issue 'dredging', option 'b': id 'b' is there already",
    ),
    ("issues.toml", 'id = "dredging"', 'id = "Dredging!"', "use small letters, digits and hyphens"),
    ("issues.toml", "axis =", "axes =", "issues.toml, issue 'dredging': `axes` is not known here"),
    (
        "issues.toml",
        '{paper = "harbour-paper"',
        '{paper = "lost"',
        "issue 'dredging', source: `paper` names 'lost'",
    ),
    ("issues.toml", 'locator = "Boje, Depths, 2", ', "", "issue 'dredging', source: `locator` is missing"),
    ("issues.toml", "anchor =", "page = 3, anchor =", "source: `page` is not known here"),
    ("issues.toml", "[[issue]]", "[[topic]]", "issues.toml: `topic` is not known here"),
    ("issues.toml", "[[issue.option]]", "[issue.option]", "issues.toml: this is not valid TOML"),
    ("agenda.toml", '"opening"', '"party"', "agenda.toml, item 'i1': `kind` names 'party'"),
    ("agenda.toml", 'id = "i2"', 'id = "i1"', "agenda.toml, item 'i1': id 'i1' is there already"),
    ("agenda.toml", "minutes = 5", "minutes = 0", "item 'i1': `minutes` must be a number from 1 to 600"),
    ("agenda.toml", 'issue = "dredging"', 'issue = "tides"', "item 'i2': `issue` names 'tides'"),
    ("agenda.toml", 'may_speak = ["MFA"]', 'may_speak = ["SPY"]', "item 'i2': `may_speak` names 'SPY'"),
    ("agenda.toml", 'may_speak = ["MFA"]', 'may_speak = "MFA"', "item 'i2': `may_speak` must be a list"),
    ("agenda.toml", 'may_speak = ["MFA"]', 'may_speak = ["MFA", "MFA"]', "`may_speak` names something twice"),
    ("agenda.toml", '"off_the_record"', '"secret"', "item 'i2': `attribution` names 'secret'"),
    ("packs/AAA.toml", 'issue = "dredging"\n', "", "packs/AAA.toml, position 1: `issue` is missing"),
    ("packs/AAA.toml", 'issue = "dredging"', 'issue = "tides"', "position 'tides': `issue` names 'tides'"),
    ("packs/AAA.toml", 'preferred = "b"', 'preferred = "z"', "position 'dredging': `preferred` names 'z'"),
    ("packs/AAA.toml", '["b", "c"]', '["b", "z"]', "position 'dredging': `acceptable` names 'z'"),
    ("packs/AAA.toml", '["b", "c"]', '["c"]', "`preferred` is 'b', which `acceptable` lacks"),
    ("packs/AAA.toml", 'red_lines = ["a"]', 'red_lines = ["c"]', "'c' is both acceptable and a red line"),
    ("packs/AAA.toml", "priority = 1", "priority = 2", "`priority` must be a number from 1 to 1"),
    (
        "packs/AAA.toml",
        'source = "design"\n\n[[t',
        "\n[[t",
        "packs/AAA.toml, constraint 1: `source` is missing",
    ),
    ("packs/AAA.toml", 'source = "design"', 'source = "my head"', "`source` is not understood"),
    ("packs/AAA.toml", "[[talking_point]]", "[[talk]]", "packs/AAA.toml: `talk` is not known here"),
    ("packs/AAA.toml", "[[talking_point]]", "[talking_point]", "`talking_point` must be written as a list"),
]


@pytest.mark.parametrize(("name", "old", "new", "told"), MISTAKES)
def test_a_mistake_is_told_with_its_place(
    talks: Path, change: Change, name: str, old: str, new: str, told: str
) -> None:
    change(name, old, new)
    assert any(told in sentence for sentence in problems(talks)), problems(talks)


def test_all_mistakes_are_told_at_once_and_each_once(talks: Path, change: Change) -> None:
    change("scenario.toml", "hue = 2", "hue = 12")
    change("agenda.toml", '"opening"', '"party"')
    change("packs/BBB.toml", 'preferred = "b"', 'preferred = "z"')
    change("packs/AAA.toml", 'issue = "dredging"', 'issue = "tides"')
    assert sorted(sentence.split(":")[0] for sentence in problems(talks)) == [
        "agenda.toml, item 'i1'",
        "packs/AAA.toml, position 'tides'",
        "packs/BBB.toml, position 'dredging'",
        "packs/BBB.toml, position 'dredging'",
        "scenario.toml, delegation 'BBB'",
    ]


@pytest.mark.parametrize("count", [2, 7])
def test_an_issue_has_three_to_six_options(talks: Path, count: int) -> None:
    head = (talks / "issues.toml").read_text().split("[[issue.option]]")[0]
    options = "".join(f'[[issue.option]]\nid = "{n}"\nlabel = "L"\ndetail = "D"\n' for n in range(count))
    (talks / "issues.toml").write_text(head + options)
    assert f"issues.toml, issue 'dredging': it has {count} options; write 3 to 6" in problems(talks)[0]


def test_a_folder_without_a_cover_is_told(tmp_path: Path) -> None:
    assert problems(tmp_path) == ("scenario.toml: the file is missing; add it.",)


@pytest.mark.parametrize("name", ["brief.md", "agenda.toml"])
def test_a_file_in_another_encoding_is_told(talks: Path, name: str) -> None:
    (talks / name).write_bytes("Häfen".encode("latin-1"))
    assert f"{name}: the file is not UTF-8 text; save it as UTF-8." in problems(talks)


def test_a_pack_for_an_unknown_delegation_is_told(talks: Path) -> None:
    (talks / "packs" / "CCC.toml").write_text('who = "Nobody"')
    assert problems(talks) == ("packs/CCC.toml: there is no delegation 'CCC'; rename the file or add the delegation.",)


def test_a_misspelt_file_is_told(talks: Path) -> None:
    (talks / "injets.toml").write_text("")
    assert problems(talks)[0].startswith("injets.toml: a scenario has no such file")


def test_two_positions_on_one_issue_are_told(talks: Path) -> None:
    pack = talks / "packs" / "AAA.toml"
    position = pack.read_text().split("[[position]]")[1].split("[[constraint]]")[0]
    pack.write_text(f"{pack.read_text()}[[position]]{position}")
    assert any("the position on issue 'dredging' is there already" in told for told in problems(talks))


def test_the_digest_follows_the_words_and_not_the_line_ends(talks: Path, change: Change) -> None:
    before = digest(talks)
    (talks / "brief.md").write_bytes((talks / "brief.md").read_bytes().replace(b"\n", b"\r\n"))
    assert digest(talks) == before
    change("packs/BBB.toml", "treasury", "purse")
    assert digest(talks) != before


def test_the_papers_file_is_judged_too(folder: Path) -> None:
    path = folder / "papers.toml"
    assert parse_papers(path)[0].series == "Harbour Policy Paper 4"
    path.write_text(path.read_text().replace("https://", "javascript:").replace("1998", '"1998"') * 2)
    with pytest.raises(ScenarioProblems) as raised:
        parse_papers(path)
    told = raised.value.problems
    assert "papers.toml, paper 'harbour-paper': `url` must start with https:// or http://." in told
    assert "papers.toml, paper 'harbour-paper': `year` must be a number from 1800 to 2200." in told
    assert any("slug 'harbour-paper' is there already" in sentence for sentence in told)
