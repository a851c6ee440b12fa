"""How long a hub rests in a room after it has shown something there, so that there is time left for commands. Only
under load: as long as less than its share of the time goes into showing, what is new is shown at once. Beyond that it
rests twice as long as it showed, a tenth of a second at most: more of what comes is shown at once then. Rooms do not
rest for each other: what comes in others goes out between two panels.

A room that could not be shown is not tried again at once, either. And when a thousand come back at once, commands are
carried out between one welcome and the next.
"""

import asyncio
import time

SHARE = 1 / 3  # of the time that may go into showing without a rest
AT_A_GO = 0.5  # seconds of it that may be used in one go, when there was little to do before
# Seconds. So the first event of a burst is shown at once and the others in one frame.
SHORTEST, LONGEST = 0.005, 0.1
FIRST_RETRY, LAST_RETRY = 0.25, 30.0  # seconds
# Where it was not even known how the room stands, which is the database's fault: it is back at once when that is.
LAST_LOOK = 2.0
ONE_TURN = 0.005  # seconds that may go into welcomes until others are looked after


class Resting:
    """See the module. `now` is seconds on a clock that only goes forward."""

    def __init__(self, now: float) -> None:
        self._left, self._at = AT_A_GO, now

    def after(self, took: float, now: float) -> float:
        """Seconds to rest after so many that something was shown."""
        self._left = max(0.0, min(AT_A_GO, self._left + (now - self._at) * SHARE) - took)
        self._at = now
        return SHORTEST if self._left > took else min(LONGEST, max(SHORTEST, took * (1 / SHARE - 1)))


class Turns:
    """Many who want to do something on one event loop at once do it one after the other, and let others in between."""

    def __init__(self, most: float = ONE_TURN) -> None:
        self._line, self._most = asyncio.Lock(), most
        self._since = time.monotonic()

    async def wait(self) -> None:
        """Until it is one's turn, which lasts until one awaits something."""
        async with self._line:
            if time.monotonic() - self._since > self._most:
                await asyncio.sleep(0)
                self._since = time.monotonic()


def until_retry(failures: int, most: float = LAST_RETRY) -> float:
    """Seconds after so many failures in a row until the next attempt."""
    return min(most, FIRST_RETRY * 2.0 ** min(failures - 1, 20))
