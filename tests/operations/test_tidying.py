"""Memory is searched in quiet moments, seldom, and in any case at last; nothing of it outlives the server."""

import gc
from contextlib import suppress

from neacd.tidying import AT_LAST, EVERY, LOOK, Tidying, in_quiet_moments


def looks(share: float, seconds: float) -> list[float]:
    """When all was looked through, by a process that used such a share of a processor."""
    tidying, now, found = Tidying(0.0, 0.0), 0.0, list[float]()
    while now < seconds:
        now += LOOK
        if tidying.is_due(now, now * share):
            found.append(now)
    return found


def test_in_a_quiet_process_now_and_then() -> None:
    assert looks(0.02, 5 * EVERY) == [EVERY * number for number in range(1, 6)]


def test_in_a_busy_one_seldom_and_at_last() -> None:
    assert looks(0.6, 2 * AT_LAST) == [AT_LAST, 2 * AT_LAST]


def test_the_first_quiet_moment_after_a_busy_hour_serves() -> None:
    tidying = Tidying(0.0, 0.0)
    assert not tidying.is_due(EVERY + 1, 40.0)
    assert tidying.is_due(EVERY + 2, 40.01)


def test_python_is_left_as_it_was() -> None:
    before = gc.get_threshold()
    with suppress(KeyboardInterrupt), in_quiet_moments():
        assert gc.get_threshold() != before
        assert gc.get_freeze_count() > 0
        raise KeyboardInterrupt
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() == 0
