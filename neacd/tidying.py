"""When memory is searched for what nobody holds any more: in a quiet moment, and seldom.

Python does it by itself whenever memory has grown by a quarter, which is in the midst of a thousand people who come
back; and a process that holds many rooms stands still meanwhile, for some tenths of a second. Nearly all that we make
is let go of without that. What was loaded at the start stays, and is not looked at again.
"""

import asyncio
import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager

YOUNG = 2_000  # objects made and not let go of, after which those alone are looked through: less than a millisecond
NEVER = 1_000_000  # times that, until Python would look through everything unasked
LOOK = 1.0  # seconds
EVERY, AT_LAST = 60.0, 300.0  # seconds until all is looked through: when it is quiet, and in any case
QUIET = 0.1  # of a processor, used by this process between two looks


class Tidying:
    """Whether it is time. `now` in seconds on a clock that only goes forward, `used` in seconds of a processor."""

    def __init__(self, now: float, used: float) -> None:
        self._tidied = self._looked = now
        self._used = used

    def is_due(self, now: float, used: float) -> bool:
        """One more look."""
        quiet = used - self._used < QUIET * (now - self._looked)
        self._looked, self._used = now, used
        if now - self._tidied < (EVERY if quiet else AT_LAST):
            return False
        self._tidied = now
        return True


@contextmanager
def in_quiet_moments() -> Iterator[None]:
    """Meanwhile Python leaves it to `run`."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(YOUNG, before[1], NEVER)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


async def run() -> None:
    """Look until cancelled."""
    tidying = Tidying(time.monotonic(), time.process_time())
    while True:
        await asyncio.sleep(LOOK)
        if tidying.is_due(time.monotonic(), time.process_time()):
            gc.collect()
