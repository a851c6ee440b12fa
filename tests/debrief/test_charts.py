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


def test_nothing_is_drawn_beyond_the_scale() -> None:
    assert [charts.scaled(value, 10) for value in (-1, 0, 5, 10, 11)] == [0, 0, 500, 1000, 1000]
    assert charts.scaled(5, 0) == 0
