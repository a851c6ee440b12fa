"""How fast one person may ask, however many connections they open."""

import pytest

from rooms.domain.refused import Refused
from rooms.pace import BURST, PER_SECOND, pace_of


def test_all_connections_of_a_person_share_one_allowance() -> None:
    phone, laptop, other = pace_of(1, 0.0), pace_of(1, 0.0), pace_of(2, 0.0)
    for _ in range(int(BURST)):
        phone.count(0.0)
    with pytest.raises(Refused, match="too much at once"):
        laptop.count(0.0)
    other.count(0.0)
    laptop.count(1 / PER_SECOND)
