"""One clock for the whole house, which nobody can set."""

from rooms.house_clock import HouseClock

NOON = 12 * 3_600_000
AN_HOUR = 3_600_000


class Machine:
    """A machine's two clocks, in ms."""

    def __init__(self) -> None:
        self.day, self.since = NOON, 5_000

    def passes(self, ms: int) -> None:
        self.day += ms
        self.since += ms

    def clock(self) -> HouseClock:
        return HouseClock(lambda: self.day, lambda: self.since)


def test_it_tells_the_time_of_the_machine() -> None:
    machine = Machine()
    clock = machine.clock()
    machine.passes(250)
    assert clock.now() == NOON + 250


def test_a_step_back_is_not_followed_and_time_goes_on() -> None:
    machine = Machine()
    clock = machine.clock()
    machine.day -= AN_HOUR
    assert clock.now() == NOON
    machine.passes(10_000)
    assert clock.now() == NOON + 10_000


def test_a_step_forward_and_a_small_correction_are_followed() -> None:
    machine = Machine()
    clock = machine.clock()
    machine.day += AN_HOUR  # it slept, and did not count
    assert clock.now() == NOON + AN_HOUR
    machine.day -= 20
    assert clock.now() == NOON + AN_HOUR - 20


def test_the_database_servers_time_counts_more_than_a_machines_own() -> None:
    ahead, behind = Machine(), Machine()
    ahead.day += AN_HOUR
    clocks = [ahead.clock(), behind.clock()]
    for clock in clocks:
        clock.agree(NOON + 7)
    assert [clock.now() for clock in clocks] == [NOON + 7, NOON + 7]
    ahead.day += AN_HOUR
    assert clocks[0].now() == NOON + 7
    for clock in clocks:
        clock.agree(NOON - AN_HOUR)  # stepped back there
    assert [clock.now() for clock in clocks] == [NOON + 7, NOON + 7]
