"""What time it is, for all that is written down: one clock for the whole house, which nobody can set.

A machine's own clock is stepped when it was found wrong, and two machines differ. So it is looked at, and counted on
from there by the machine's steady clock: what was an hour ahead stays so until the process ends, and no deadline waits
an hour for it. Where several processes share a database server, the time there is everybody's (`agree`).
"""

import time
from collections.abc import Callable

A_STEP = 1_000  # ms; by more than this no clock is set back while it is only kept right


def _own() -> int:
    return time.time_ns() // 1_000_000


def _steady() -> int:
    return time.monotonic_ns() // 1_000_000


class HouseClock:
    """See the module. `own` and `steady` tell ms: of the day, as this machine believes; and since some instant, never
    set."""

    def __init__(self, own: Callable[[], int] = _own, steady: Callable[[], int] = _steady) -> None:
        self._own, self._steady = own, steady
        self._ahead = own() - steady()  # of the day before the steady clock
        self._shared = False

    def now(self) -> int:
        """The time in ms UTC."""
        steady = self._steady()
        if not self._shared:
            self._follow(self._own() - steady)  # forward it is followed: a laptop that slept did not count on
        return steady + self._ahead

    def agree(self, theirs: int) -> None:
        """What a database server that all processes share said just now."""
        ahead = theirs - self._steady()
        if self._shared:
            self._follow(ahead)
        else:
            self._ahead, self._shared = ahead, True

    def _follow(self, ahead: int) -> None:
        if ahead > self._ahead - A_STEP:
            self._ahead = ahead
