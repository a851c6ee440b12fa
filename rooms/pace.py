"""How fast one person may ask: a burst a person could make, then a steady rate above any a person keeps up. And how
often somebody may be refused before their line is closed: a page is refused now and then, a program in a loop always.
"""

from collections import deque
from weakref import WeakValueDictionary

from rooms.domain.refused import Refused

BURST, PER_SECOND = 30.0, 10.0
REFUSALS, REFUSALS_PER_SECOND = 500.0, 10.0


class Allowance:
    """So many at once, and then so many in a second. Instants are seconds on a clock that only goes forward."""

    def __init__(self, most: float, per_second: float, now: float) -> None:
        self._most, self._per_second = most, per_second
        self._left, self._at = most, now

    def take(self, now: float) -> bool:
        """One of them; False if none is left."""
        self._left = min(self._most, self._left + (now - self._at) * self._per_second)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


class Pace:
    """One person's allowance. `now` is seconds on a clock that only goes forward."""

    def __init__(self, now: float) -> None:
        self._requests = Allowance(BURST, PER_SECOND, now)
        self._refusals = Allowance(REFUSALS, REFUSALS_PER_SECOND, now)

    def count(self, now: float) -> None:
        """One more request, or `Refused` when there were too many."""
        if not self._requests.take(now):
            raise Refused("slow_down", "That was too much at once. Wait a moment, then go on.")

    def bears_refusal(self, now: float) -> bool:
        """One more who was refused something; False if it was so often that nobody listens any more."""
        return self._refusals.take(now)


_GRUDGES = 200
_kept: WeakValueDictionary[int, Pace] = WeakValueDictionary()
_hung_up_on: deque[Pace] = deque(maxlen=_GRUDGES)  # so that coming back at once is no way to have a new allowance


def hang_up_on(pace: Pace) -> None:
    """Remember the allowance of somebody whose line is closed for what they sent."""
    if pace not in _hung_up_on:
        _hung_up_on.append(pace)


def pace_of(participant: int, now: float) -> Pace:
    """The allowance that all connections of a participant in this process share, as long as there is one."""
    held = _kept.get(participant)
    if held is None:
        held = _kept[participant] = Pace(now)
    return held
