"""Pictures of the report: every one named in a sentence, well formed, opened by its marks, and complete alone."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pytest

from rooms.debrief.measures import report
from rooms.debrief.pictures import (
    balance,
    brackets,
    burn,
    drawn,
    floor,
    meetings,
    positions,
    roadmap,
    scale,
    standalone,
    strip,
)
from rooms.debrief.report import Report
from rooms.debrief.report_parts import Meetings, OnePage, Pair, Promises, Share
from rooms.debrief.report_texts import BracketStory, Held, OpenCount, TextHistory
from rooms.domain.promises import Commitment, Commitments, Link
from tests.debrief.session import MINUTE, NINE, SECOND, plenary

SVG = "{http://www.w3.org/2000/svg}"
NASTY = '<script>alert("x")</script> & Ünïcode 서울'


@pytest.fixture(scope="module")
def made() -> Report:
    """The plenary's report, with parts that it has none of put in by hand."""
    found = report(plenary().entries)
    pairs = (
        Pair("PRC", "JPN", 2, 9 * MINUTE, (12, 19)),
        Pair("PRC", "ROK", 1, 1 * MINUTE, (12,)),
        Pair("JPN", "ROK", 0, 0, ()),
    )
    shares = (Share("PRC", "China", 3, 1, 0, 0, 1), Share("JPN", "Japan", 0, 0, 3, 1, 0))
    return replace(
        found,
        meetings=Meetings(pairs=pairs),
        promises=Promises(balance=shares),
        one_page=OnePage("by hand", len(found.timeline), found.timeline[::3]),
        histories=(history(),),
    )


def held(code: str) -> Held:
    return Held(code, code, "", False, NINE + 16 * MINUTE, 20, None, None)


def bracket(number: int, ended: str, ended_at: int | None, words: str = "at sea") -> BracketStory:
    return BracketStory(
        *("d1", f"b{number}", "p1", "1", words, "", "PRC", "China", NINE + (15 + number) * MINUTE, 20 + number),
        *((held("PRC"), held("JPN")), (), ended, ended, "", "", ended_at, 30 if ended_at else None, MINUTE, ()),
    )


def history() -> TextHistory:
    ends = (NINE + 18 * MINUTE, None)
    stories = (bracket(1, "lifted", ends[0], NASTY), bracket(2, "open", ends[1], ""))
    counts = ((15, 0, 19), (16, 1, 21), (17, 2, 22), (18, 1, 30))
    steps = tuple(OpenCount(NINE + minute * MINUTE, cursor, n) for minute, n, cursor in counts)
    ended = (("open", 1), ("lifted", 1))
    return TextHistory("d1", NASTY, NINE + 15 * MINUTE, 19, steps, 2, 2, 1, ended, stories, (), ())


def commitments() -> Commitments:
    drawn_up = tuple(Commitment(f"cm{n}", "Do it", "PRC", "JPN", status="dormant") for n in (1, 2, 3))
    return Commitments(drawn=drawn_up, links=(Link("cm1", "cm2", "after"), Link("cm2", "cm3", "verification")))


@pytest.fixture(scope="module")
def pictures(made: Report) -> Mapping[str, Any]:
    return {
        "positions": positions.of_issue(made, made.issues[0]),
        "burn": burn.of_text(made, made.histories[0]),
        "brackets": brackets.of_text(made, made.histories[0]),
        "floor": floor.of_report(made),
        "meetings": meetings.of_report(made),
        "strip": strip.of_report(made),
        "balance": balance.of_report(made),
        "roadmap": roadmap.of_commitments(commitments()),
    }


NAMES = ("positions", "burn", "brackets", "floor", "meetings", "strip", "balance", "roadmap")
THAT_OPEN = ("positions", "burn", "brackets", "floor", "meetings", "strip")


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


@pytest.mark.parametrize("name", NAMES)
def test_in_the_page_it_is_well_formed_and_named_in_a_sentence(name: str, pictures: Mapping[str, Any]) -> None:
    for linked in (True, False):
        root = parsed(drawn(name, pictures[name], linked=linked).strip())
        assert root.get("aria-label", "").endswith(".")
        assert root.get("aria-label") == pictures[name].says
        # A group may hold links; an image is one thing.
        assert root.get("role") == ("group" if linked and name != "roadmap" else "img")


@pytest.mark.parametrize("name", NAMES)
def test_nothing_in_it_needs_a_style_or_a_script(name: str, pictures: Mapping[str, Any]) -> None:
    svg = drawn(name, pictures[name], linked=True)
    assert " style=" not in svg
    assert "<script" not in svg
    assert not re.search(r"\son[a-z]+=", svg)


@pytest.mark.parametrize("name", THAT_OPEN)
def test_its_marks_open_the_record_and_say_what_they_open(name: str, pictures: Mapping[str, Any]) -> None:
    links = parsed(drawn(name, pictures[name], linked=True).strip()).findall(".//a")
    assert links
    for link in links:
        assert re.fullmatch(r"\.\./at/\d+/", link.get("href", ""))
        assert len(link.get("aria-label", "")) > 5
        assert link.findtext("title") == link.get("aria-label")


@pytest.mark.parametrize("name", NAMES)
def test_who_may_not_open_the_record_gets_the_same_picture_without_links(
    name: str, pictures: Mapping[str, Any]
) -> None:
    with_links, without = (parsed(drawn(name, pictures[name], linked=one).strip()) for one in (True, False))
    assert not without.findall(".//a")
    shapes = [[len(root.findall(f".//{tag}")) for tag in ("path", "text", "rect")] for root in (with_links, without)]
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("name", NAMES)
def test_alone_it_is_a_whole_file_in_ink(name: str, pictures: Mapping[str, Any]) -> None:
    svg = standalone(name, pictures[name])
    root = parsed(svg)
    assert root.tag == f"{SVG}svg"
    assert int(root.get("width", 0)) > 0 < int(root.get("height", 0))
    assert root.findtext(f"{SVG}title") == pictures[name].says
    css = root.findtext(f"{SVG}style") or ""
    assert "var(" not in svg
    assert "light-dark" not in svg
    assert set(re.findall(r"#[0-9a-f]+", css)) <= {"#000", "#333", "#888", "#999", "#e4e4e4", "#ececec", "#eee", "#fff"}
    assert not root.findall(f".//{SVG}a")
    assert root.get("role") == "img"


@pytest.mark.parametrize("name", NAMES)
def test_its_shapes_lie_on_the_sheet(name: str, pictures: Mapping[str, Any]) -> None:
    root = parsed(standalone(name, pictures[name]))
    width, height = (int(root.get(side, 0)) for side in ("width", "height"))
    for one in root.iter():
        assert 0 <= float(one.get("cx", 0)) <= width
        assert 0 <= float(one.get("cy", 0)) <= height
        if one.tag == f"{SVG}rect":
            assert 0 <= float(one.get("x", 0)) + float(one.get("width", 0)) <= width


@pytest.mark.parametrize("name", NAMES)
def test_every_id_in_it_is_its_own(name: str, pictures: Mapping[str, Any]) -> None:
    for svg in (drawn(name, pictures[name], linked=True), standalone(name, pictures[name])):
        ids = re.findall(r'\bid="([^"]+)"', svg)
        assert len(ids) == len(set(ids))
        assert all(one in ids for one in re.findall(r"url\(#([^)]+)\)", svg))


def test_delegations_are_told_apart_without_colour(pictures: Mapping[str, Any]) -> None:
    dashes = {way.delegation: way.dash for way in pictures["positions"].ways}
    assert len(set(dashes.values())) == len(dashes) > 1
    patterns = {bar.delegation: bar.pattern for bar in pictures["floor"].bars}
    assert len(set(patterns.values())) == len(patterns) > 1
    svg = drawn("positions", pictures["positions"], linked=False)
    assert all(f">{code}</text>" in svg for code in dashes)


def test_no_two_delegations_share_a_lane(pictures: Mapping[str, Any]) -> None:
    ends = [way.end for way in pictures["positions"].ways]
    assert len(ends) == len(set(ends))


def test_a_position_is_where_and_when_it_was_filed(made: Report, pictures: Mapping[str, Any]) -> None:
    bands = {band.option: band.top for band in pictures["positions"].bands}
    tops = [*bands.values(), pictures["positions"].base]
    for way, path in zip(pictures["positions"].ways, made.issues[0].paths, strict=True):
        for mark, filed in zip(way.filed, path.filed, strict=True):
            place = list(bands).index(filed.preferred)
            assert tops[place] < mark.y < tops[place + 1]
            assert mark.cursor == filed.cursor
        assert [mark.x for mark in way.filed] == sorted(mark.x for mark in way.filed)


def test_brackets_burn_down_from_count_to_count(made: Report, pictures: Mapping[str, Any]) -> None:
    found = pictures["burn"]
    assert [step.cursor for step in found.steps] == [21, 22, 30]
    heights = {level.words: level.place for level in found.levels}
    assert [step.y for step in found.steps] == [heights["1"], heights["2"], heights["1"]]
    assert found.says.endswith("at most two open at once, one at the end.")


def test_what_people_wrote_is_text_in_a_picture(pictures: Mapping[str, Any]) -> None:
    for name in ("burn", "brackets"):
        for svg in (drawn(name, pictures[name], linked=True), standalone(name, pictures[name])):
            assert "<script" not in svg
            assert "서울" in svg


def test_there_is_no_picture_of_nothing(made: Report) -> None:
    empty = report(())
    assert strip.of_report(empty) is None
    assert floor.of_report(empty) is None
    assert meetings.of_report(empty) is None
    assert balance.of_report(empty) is None
    assert roadmap.of_commitments(Commitments()) is None
    quiet = replace(made.histories[0], burn=(), opened=0, brackets=())
    assert burn.of_text(made, quiet) is None
    assert brackets.of_text(made, quiet) is None
    assert positions.of_issue(made, replace(made.issues[0], paths=())) is None


def test_a_circle_is_as_large_as_the_time_spent_together(pictures: Mapping[str, Any]) -> None:
    long, short, never = pictures["meetings"].cells
    assert long.radius == pytest.approx(3 * short.radius, abs=2)  # nine minutes to one: areas go by the time
    assert never.radius == 0
    assert "Japan and South Korea never met aside" in never.says


# Scales


def hours(stood: tuple[tuple[int, int], ...] = ()) -> scale.Hours:
    return scale.Hours(NINE, NINE + 10 * MINUTE, stood, 100, 900)


def test_time_runs_from_the_beginning_to_the_end() -> None:
    time = hours()
    assert [time.place(NINE + n * MINUTE) for n in (-5, 0, 5, 10, 15)] == [100, 100, 500, 900, 900]


def test_while_the_clocks_stand_nothing_moves_on() -> None:
    time = hours(((NINE + 2 * MINUTE, NINE + 6 * MINUTE),))
    assert time.place(NINE + 2 * MINUTE) == time.place(NINE + 4 * MINUTE) == time.place(NINE + 6 * MINUTE)
    assert time.place(NINE + 8 * MINUTE) - time.place(NINE + 6 * MINUTE) == pytest.approx(800 / 3, abs=1)
    assert time.ran(NINE + 10 * MINUTE) == 6 * MINUTE


def test_ticks_are_round_minutes_and_few() -> None:
    for minutes in (0, 1, 7, 61, 125, 600, 4000):
        ticks = scale.Hours(NINE, NINE + minutes * MINUTE + SECOND, (), 0, 1000).ticks()
        assert 1 <= len(ticks) <= scale.MOST_TICKS + 1
        assert [one.place for one in ticks] == sorted({one.place for one in ticks})
        assert ticks[0].words == "start"


def test_levels_reach_the_most_in_whole_numbers() -> None:
    for most in range(1, 120):
        levels = scale.whole_numbers(most)
        assert levels[0] == 0
        assert levels[-1] >= most
        assert len(levels) <= 6


@pytest.mark.parametrize("words", ["", "short", "a " * 200, "unbreakable" * 20, "서울 " * 40])
def test_words_are_cut_into_lines_that_fit(words: str) -> None:
    found = scale.lines(words, 20, 2)
    assert 1 <= len(found) <= 2
    assert all(len(one) <= 21 for one in found)
    assert "".join(found).replace(" ", "").rstrip("…") in words.replace(" ", "")
