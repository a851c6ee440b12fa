"""How fast one person may ask, however many connections they open."""

import pytest

from rooms.domain.refused import Refused
from rooms.pace import BURST, PER_SECOND, REFUSALS, REFUSALS_PER_SECOND, hang_up_on, pace_of


def test_all_connections_of_a_person_share_one_allowance() -> None:
    phone, laptop, other = pace_of(1, 0.0), pace_of(1, 0.0), pace_of(2, 0.0)
    for _ in range(int(BURST)):
        phone.count(0.0)
    with pytest.raises(Refused, match="too much at once"):
        laptop.count(0.0)
    other.count(0.0)
    laptop.count(1 / PER_SECOND)


def test_who_is_refused_without_end_is_listened_to_no_more_and_does_not_begin_anew_by_coming_back() -> None:
    pace = pace_of(3, 0.0)
    assert [pace.bears_refusal(0.0) for _ in range(int(REFUSALS) + 2)] == [True] * int(REFUSALS) + [False] * 2
    hang_up_on(pace)
    del pace
    assert not pace_of(3, 0.0).bears_refusal(0.0)
    assert pace_of(3, 0.0).bears_refusal(2 / REFUSALS_PER_SECOND), "a page that was left alone is heard again"


def test_refusals_are_counted_apart_from_requests() -> None:
    pace = pace_of(4, 0.0)
    for _ in range(int(REFUSALS)):
        pace.bears_refusal(0.0)
    pace.count(0.0)
