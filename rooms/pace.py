"""How fast one person may ask: a burst a person could make, then a steady rate above any a person keeps up."""

from weakref import WeakValueDictionary

from rooms.domain.refused import Refused

BURST, PER_SECOND = 30.0, 10.0


class Pace:
    """One person's allowance. `now` is seconds on a clock that only goes forward."""

    def __init__(self, now: float) -> None:
        self._left, self._at = BURST, now

    def count(self, now: float) -> None:
        """One more request, or `Refused` when there were too many."""
        self._left = min(BURST, self._left + (now - self._at) * PER_SECOND)
        self._at = now
        if self._left < 1:
            raise Refused("slow_down", "That was too much at once. Wait a moment, then go on.")
        self._left -= 1


_kept: WeakValueDictionary[int, Pace] = WeakValueDictionary()


def pace_of(participant: int, now: float) -> Pace:
    """The allowance that all connections of a participant in this process share, as long as there is one."""
    held = _kept.get(participant)
    if held is None:
        held = _kept[participant] = Pace(now)
    return held
