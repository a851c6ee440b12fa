"""The pictures' numbers follow from the report's."""

import pytest

from rooms.debrief import charts
from rooms.debrief.measures import report
from rooms.debrief.report import Report
from rooms.domain import agenda, room
from tests.debrief.session import MINUTE, Session, plenary


@pytest.fixture(scope="module")
def told() -> Report:
    return report(plenary().entries)


@pytest.fixture(scope="module")
def empty() -> Report:
    return report(Session().entries)


def test_speaking_bars_are_measured_by_the_longest(told: Report, empty: Report) -> None:
    assert [(bar.delegation, bar.length, bar.seconds) for bar in charts.speaking_bars(told)] == [
        ("PRC", 667, 40),
        ("JPN", 1000, 60),
        ("ROK", 833, 50),
        ("RUS", 333, 20),
        ("USA", 0, 0),
    ]
    assert {bar.length for bar in charts.speaking_bars(empty)} == {0}


def test_agenda_bars_share_one_scale(told: Report) -> None:
    assert [(bar.item, bar.planned, bar.granted, bar.actual) for bar in charts.agenda_bars(told)] == [
        ("i1", 200, 200, 200),
        ("i2", 1000, 1000, 700),
        ("i3", 500, 500, 300),
        ("i4", 1000, 1000, 195),
        ("i5", 500, 500, 100),
    ]


def test_added_time_widens_what_was_granted_and_an_overrun_the_scale() -> None:
    played = Session()
    played.sit("PRC-MFA")
    played.chair(room.StartSession())
    played.start("i1")
    played.chair(agenda.ExtendItem("i1", 3))
    played.chair(agenda.EndItem("i1"), 20 * MINUTE)
    first = charts.agenda_bars(report(played.entries))[0]

    assert (first.planned, first.granted, first.actual) == (100, 250, 1000)


def test_options_stand_in_the_middle_of_equal_rows(told: Report) -> None:
    assert [(tick.option, tick.place) for tick in charts.ticks(told.issues[0])] == [
        ("a", 125),
        ("b", 375),
        ("c", 625),
        ("d", 875),
    ]


def test_moves_and_ranges_run_along_the_axis(told: Report, empty: Report) -> None:
    scope = told.issues[0]

    assert [(one.delegation, one.row, one.first, one.last) for one in charts.moves(scope)] == [
        ("PRC", 250, 125, 375),
        ("JPN", 750, 875, 625),
    ]
    start, end = charts.ranges(scope)
    assert ((start.lowest, start.highest), (end.lowest, end.highest)) == ((125, 875), (375, 625))
    assert charts.ranges(empty.issues[0]) is None


def test_position_lines_step_over_time_without_lying_on_each_other(told: Report) -> None:
    china, japan = charts.position_lines(told, told.issues[0])

    # China filed at 60 s and 470 s of 1077 s, Japan at 80 s, 460 s and 957 s.
    assert china.points == ((56, 75), (436, 75), (436, 325), (1000, 325))
    assert japan.points == ((74, 925), (427, 925), (427, 425), (889, 425), (889, 675), (1000, 675))
    assert china.drawn == "56,75 436,75 436,325 1000,325"


def test_lines_stay_within_their_rows() -> None:
    played = Session()
    seats = ("PRC-MFA", "JPN-MFA", "ROK-MFA", "RUS-MFA", "USA-MFA")
    played.sit(*seats)
    for seat in seats:
        played.files(seat, "scope", "b")
    told = report(played.entries)
    heights = [line.points[0][1] for line in charts.position_lines(told, told.issues[0])]

    assert heights == sorted(set(heights))
    assert all(250 < height < 500 for height in heights)


def test_the_film_strip_has_a_track_for_each_kind_and_loses_no_moment(told: Report) -> None:
    tracks = charts.tracks(told)

    assert [kind for kind, _marks in tracks] == ["room", "agenda", "floor", "positions", "texts", "decisions"]
    assert sorted(mark.cursor for _kind, marks in tracks for mark in marks) == [one.cursor for one in told.timeline]
    for _kind, marks in tracks:
        places = [mark.place for mark in marks]
        assert places == sorted(places)
        assert all(0 <= place <= 1000 for place in places)
    assert tracks[0][1][-1].place == 1000


def test_nothing_is_drawn_beyond_the_scale() -> None:
    assert [charts.scaled(value, 10) for value in (-1, 0, 5, 10, 11)] == [0, 0, 500, 1000, 1000]
    assert charts.scaled(5, 0) == 0
