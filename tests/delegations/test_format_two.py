"""A folder of format 2: every section is read with its sources, and a mistake is told with its place."""

from collections.abc import Callable
from pathlib import Path

import pytest

from delegations.entries import ScenarioProblems
from delegations.prepared import PreparedPackItem, PreparedScenario, Source
from delegations.scenario_files import parse_scenario

from .whole import PAPER, write_whole

DESIGN = (Source("design"),)
FROM_PAPER = Source("paper", "harbour-paper", "Boje, Depths, 2", "seven fathoms")
FROM_REPORT = Source("public", reference="Port Office, Annual report, Oslo, May 1998", url="https://example.org/report")
Change = Callable[[str, str, str], None]


@pytest.fixture
def talks(tmp_path: Path) -> Path:
    return write_whole(tmp_path / "harbour-talks")


@pytest.fixture
def change(talks: Path) -> Change:
    def replace(name: str, old: str, new: str) -> None:
        content = (talks / name).read_text()
        assert old in content
        (talks / name).write_text(content.replace(old, new, 1))

    return replace


def read(folder: Path) -> PreparedScenario:
    return parse_scenario(folder, papers=["harbour-paper"])


def problems(folder: Path) -> tuple[str, ...]:
    with pytest.raises(ScenarioProblems) as raised:
        read(folder)
    return raised.value.problems


def of_kind(scenario: PreparedScenario, kind: str) -> list[PreparedPackItem]:
    return [item for item in scenario.packs[0].items if item.kind == kind]


def test_the_cover_holds_the_rules_of_the_format(talks: Path) -> None:
    scenario = read(talks)
    assert (scenario.folder_format, scenario.outline, scenario.frame) == (2, False, False)
    assert scenario.papers == ("harbour-paper",)
    assert scenario.rules.rules == ("Whoever speaks stands up.", "Nobody sails during the talks.")
    assert scenario.rules.points_of_order
    assert not scenario.rules.votes
    assert scenario.rules.caucus_existence == "hidden"
    assert scenario.rules.caucus_readable_by_chair
    assert scenario.rules.caucus_at_any_time


def test_brief_history_injects_and_road_map_are_read_with_their_sources(talks: Path) -> None:
    scenario = read(talks)
    assert [one.heading for one in scenario.brief] == ["Part 1", "Part 2"]
    assert scenario.brief[0].sources == (FROM_REPORT,)
    assert scenario.history[5].text == "In fact the harbour froze 5 times."
    assert scenario.history[5].sources == (FROM_REPORT,)
    assert [one.when for one in scenario.injects[:4]] == [
        "manual",
        {"minute": 35},
        {"item": "i2", "after": 5},
        {"item": "i1", "after": 0},
    ]
    assert [one.recipients for one in scenario.injects[:2]] == [("AAA", "BBB"), ("all",)]
    assert scenario.injects[0].sender == "Wire service"
    measure = scenario.roadmap[0]
    assert (measure.track, measure.horizon, measure.actors) == ("AAA-BBB", "short", ("AAA",))
    assert measure.sources == (FROM_PAPER,)


def test_every_section_of_a_pack_is_read(talks: Path) -> None:
    scenario = read(talks)
    for kind in ("interest", "red_line", "knows", "constraint", "talking_point", "recommendation"):
        assert [item.text for item in of_kind(scenario, kind)] == [f"A {kind} of AAA."]
    assert [item.extra for item in of_kind(scenario, "relation")] == [{"to": "BBB"}, {"to": "CCC"}]
    assert of_kind(scenario, "constituency")[0].extra == {
        "name": "Party 0",
        "weight": 50,
        "accepts": {"dredging": ["b"]},
        "punishes": {"dredging": ["a"], "tolls": ["c"]},
    }
    (figure,) = of_kind(scenario, "figure")
    assert (figure.text, figure.extra) == ("7 fathoms", {"label": "Depth at AAA"})
    question = of_kind(scenario, "question")[0]
    assert question.extra == {"options": ["yes", "no", "perhaps"], "answer": 2, "why": "Because of the tide."}
    position = scenario.packs[0].positions[0]
    assert position.conditions == "Terms of AAA on dredging."
    assert position.fallback == "Fallback of AAA on dredging."


def test_a_line_may_rest_on_several_sources(talks: Path) -> None:
    (figure,) = of_kind(read(talks), "figure")
    assert figure.sources == (FROM_PAPER, FROM_REPORT, *DESIGN)


# Each row: the file, what is written there, what a hasty writer puts instead, and what they must be told.
MISTAKES = [
    ("scenario.toml", '"hidden"', '"secret"', "scenario.toml, format: `caucus_existence` names 'secret'"),
    ("scenario.toml", 'rules = ["Whoever', 'rules = [1, "Whoever', "format, rules: `1` must be a text in quotes"),
    ("scenario.toml", 'papers = ["harbour-paper"]', 'papers = ["lost"]', "`papers` names 'lost'"),
    ("brief.toml", "heading", "head", "brief.toml, paragraph 1: `head` is not known here"),
    ("brief.toml", "public =", "publik =", "paragraph 1, source: `publik` is not known here"),
    ("brief.toml", "https://example.org/report", "javascript:go()", "`url` must start with https:// or http://"),
    ("brief.toml", "source = {public", 'sources = ["memory"]\n#', "paragraph 1: `source 1` is not understood"),
    ("brief.toml", "source = {public", "sources = []\n#", "paragraph 1: `sources` is empty"),
    ("brief.toml", "source = {public", 'sources = ["design"]\nsource = {public', "has both `source` and `sources`"),
    ("injects.toml", '"news-1"', '"news-0"', "inject 'news-0': id 'news-0' is there already"),
    ("injects.toml", '["AAA", "BBB"]', '["XXX"]', "inject 'news-0': `to` names 'XXX'"),
    ("injects.toml", '["AAA", "BBB"]', '["all", "BBB"]', '`to` names "all" and others'),
    ("injects.toml", '["AAA", "BBB"]', "[]", "`to` names nobody"),
    ("injects.toml", 'to = ["AAA", "BBB"]', "", "inject 'news-0': `to` is missing"),
    ("injects.toml", '"manual"', '"soon"', "inject 'news-0': `when` is not understood"),
    ("injects.toml", 'when = "manual"', "", "inject 'news-0': `when` is missing"),
    ("injects.toml", "{minute = 35}", '{minute = "noon"}', "inject 'news-1', when: `minute` must be a number"),
    ("injects.toml", "{minute = 35}", "{minute = 35, item = 1}", "when: `item` must be a text"),
    ("injects.toml", '"i2"', '"i9"', "inject 'news-2', when: `item` names 'i9'"),
    ("injects.toml", "contingency =", "if_not =", "inject 'news-0': `contingency` is missing"),
    ("history.toml", "text =", "words =", "history.toml, paragraph 1: `text` is missing"),
    ("roadmap.toml", '"short"', '"soon"', "roadmap.toml, measure 'm1': `horizon` names 'soon'"),
    ("roadmap.toml", 'actors = ["AAA"]', "", "measure 'm1': nobody acts"),
    ("roadmap.toml", '"m2"', '"m1"', "measure 'm1': id 'm1' is there already"),
    ("packs/AAA.toml", 'to = "BBB"', 'to = "AAA"', "packs/AAA.toml, relation 'AAA': `to` names 'AAA'"),
    ("packs/AAA.toml", 'to = "BBB"', 'to = "CCC"', "relation 'CCC': `to` 'CCC' is there already"),
    ("packs/AAA.toml", '"Party 1"', '"Party 0"', "constituency 'Party 0': `name` 'Party 0' is there already"),
    ("packs/AAA.toml", "weight = 50", "weight = 0", "`weight` must be a number from 1 to 100"),
    ("packs/AAA.toml", "accepts = {dredging", "accepts = {tides", "'Party 0', accepts: there is no issue 'tides'"),
    ("packs/AAA.toml", 'accepts = {dredging = ["b"]}', 'accepts = ["b"]', "`accepts` must be a table"),
    ("packs/AAA.toml", 'punishes = {dredging = ["a"]', 'punishes = {dredging = ["z"]', "`dredging` names 'z'"),
    ("packs/AAA.toml", 'punishes = {dredging = ["a"]', 'punishes = {dredging = ["b"]', "both accepts and punishes 'b'"),
    ("packs/AAA.toml", "answer = 2", "answer = 3", "question 1: `answer` must be a number from 0 to 2"),
    ("packs/AAA.toml", '["yes", "no", "perhaps"]', '["yes", "no"]', "`options` has 2 answers; write 3 or 4"),
    ("packs/AAA.toml", '["yes", "no", "perhaps"]', '["yes", "no", "no"]', "`options` has the same answer twice"),
    ("packs/AAA.toml", 'label = "Depth', 'name = "Depth', "figure 1: `label` is missing"),
    ("packs/AAA.toml", f"[{PAPER}", '[{paper = "lost", locator = "1"}', "source 1: `paper` names 'lost'"),
    ("packs/AAA.toml", "fallback =", "fall_back =", "position 'dredging': `fall_back` is not known here"),
]


@pytest.mark.parametrize(("name", "old", "new", "told"), MISTAKES)
def test_a_mistake_is_told_with_its_place(
    talks: Path, change: Change, name: str, old: str, new: str, told: str
) -> None:
    change(name, old, new)
    assert any(told in sentence for sentence in problems(talks)), problems(talks)


def test_two_briefs_are_one_too_many(talks: Path) -> None:
    (talks / "brief.md").write_text("It rains.")
    assert problems(talks) == ("brief.md: brief.toml takes its place; remove brief.md.",)


def test_a_brief_is_bounded(talks: Path) -> None:
    (talks / "brief.toml").write_text(f'[[paragraph]]\ntext = "{"x" * 4000}"\nsource = "design"\n' * 11)
    assert problems(talks) == ("brief.toml: it is longer than 40000 characters; shorten it.",)


@pytest.mark.parametrize("name", ["brief.toml", "injects.toml", "history.toml", "roadmap.toml"])
@pytest.mark.parametrize(("content", "told"), [(b"[[x", "is not valid TOML"), (b"\xe4", "is not UTF-8 text")])
def test_a_file_that_cannot_be_read_is_told(talks: Path, name: str, content: bytes, told: str) -> None:
    (talks / name).write_bytes(content)
    assert any(sentence.startswith(f"{name}: ") and told in sentence for sentence in problems(talks))
