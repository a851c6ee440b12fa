"""A hub rests only under load, and what fails is tried again later and later."""

import asyncio

import pytest

from rooms.resting import AT_A_GO, LAST_LOOK, LAST_RETRY, LONGEST, SHORTEST, Resting, Turns, until_retry


def shown(took: float, every: float, times: int) -> list[float]:
    """The rests after showing something for so long, again and again, begun every so many seconds or after the rest."""
    now, rests = 0.0, list[float]()
    resting = Resting(now)
    for _ in range(times):
        began, now = now, now + took
        rests.append(resting.after(took, now))
        now = max(began + every, now + rests[-1])
    return rests


def test_below_its_share_of_the_time_it_hardly_rests() -> None:
    assert set(shown(took=0.03, every=0.1, times=1_000)) == {SHORTEST}


def test_a_burst_is_shown_without_rest_until_it_lasts() -> None:
    rests = shown(took=0.04, every=0.0, times=100)
    assert set(rests[: int(AT_A_GO / 0.04)]) == {SHORTEST}
    assert min(rests[-50:]) > SHORTEST


def test_under_load_it_leaves_two_thirds_of_the_time_and_rests_no_longer_than_it_may() -> None:
    assert sum(shown(took=0.04, every=0.0, times=200)[-50:]) == pytest.approx(50 * 0.08)
    assert set(shown(took=0.4, every=0.0, times=20)[-5:]) == {LONGEST}


def test_after_a_pause_there_is_no_need_to_rest() -> None:
    resting = Resting(0.0)
    assert resting.after(10.0, 10.0) == LONGEST
    assert resting.after(0.01, 12.0) == SHORTEST


def test_what_fails_is_tried_again_later_and_later() -> None:
    waits = [until_retry(failures) for failures in range(1, 40)]
    assert waits == sorted(waits)
    assert waits[0] < 1
    assert waits[-1] == LAST_RETRY
    assert [until_retry(failures, LAST_LOOK) for failures in (1, 40)] == [waits[0], LAST_LOOK]


@pytest.mark.parametrize(("most", "others"), [(-1.0, 20), (1_000.0, 1)])
def test_who_come_at_once_are_served_in_the_order_they_came_and_others_in_between(most: float, others: int) -> None:
    turns, served, looked_after = Turns(most), list[int](), list[int]()

    async def come(number: int) -> None:
        await turns.wait()
        served.append(number)

    async def another() -> None:
        while len(served) < 20:
            looked_after.append(len(served))
            await asyncio.sleep(0)

    async def all_at_once() -> None:
        await asyncio.gather(another(), *map(come, range(20)))

    asyncio.run(all_at_once())
    assert served == list(range(20))
    assert len(set(looked_after)) == others
