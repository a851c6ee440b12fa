"""Where a server's processor time goes, without slowing it much: stacks looked at some hundred times a second.

Each look at a thread weighs what that thread has used of the processor since the last one, so that waiting costs
nothing. What uvloop and the kernel do between two callbacks stands under "the event loop".
"""

import collections
import contextlib
import sys
import threading
import time
from types import FrameType

EVERY = 0.003  # seconds
SHOWN = 40
OURS = ("rooms/", "domain/", "views/", "templatetags/")


class Sampler:
    """Looks on from when it is made; `begin` forgets what was seen before, `report` ends it."""

    def __init__(self) -> None:
        self.own: collections.Counter[str] = collections.Counter()
        self.under: collections.Counter[str] = collections.Counter()
        self.threads: collections.Counter[str] = collections.Counter()
        self._used: dict[int, float] = {}
        self._stop = threading.Event()
        sys.setswitchinterval(0.0005)  # else a look comes where the lock is given up, not where the time goes
        self._thread = threading.Thread(target=self._look_on, name="sampler", daemon=True)
        self._thread.start()

    def begin(self) -> None:
        for seen in (self.own, self.under, self.threads):
            seen.clear()

    def _look_on(self) -> None:
        while not self._stop.wait(EVERY):
            frames = sys._current_frames()
            for thread in threading.enumerate():
                if thread is not self._thread and thread.ident in frames:
                    self._look(thread, thread.ident, frames[thread.ident])

    def _look(self, thread: threading.Thread, ident: int, frame: FrameType) -> None:
        used = 0.0
        with contextlib.suppress(OSError):  # it may have ended meanwhile
            used = time.clock_gettime(time.pthread_getcpuclockid(ident))
        spent = used - self._used.get(ident, used)
        self._used[ident] = used
        if spent <= 0:
            return
        self.threads[thread.name] += spent  # type: ignore[assignment]
        names = _names(frame)
        self.own[names[0]] += spent  # type: ignore[assignment]
        for name in dict.fromkeys(names):
            self.under[name] += spent  # type: ignore[assignment]

    def report(self) -> str:
        """The functions that took most: by themselves, and with what they called."""
        self._stop.set()
        self._thread.join(1)
        total = sum(self.threads.values()) or 1
        lines = [f"processor time looked at: {total:.2f} s"]
        lines += [f"  {spent / total:6.1%}  thread {name}" for name, spent in self.threads.most_common(6)]
        ours = [(name, spent) for name, spent in self.under.most_common() if name.startswith(OURS)]
        for title, rows in (
            ("our functions, with what they called", ours),
            ("all functions, with what they called", self.under.most_common()),
            ("by itself", self.own.most_common()),
        ):
            lines += ["", title, *(f"  {spent / total:6.1%}  {name}" for name, spent in rows[:SHOWN])]
        return "\n".join(lines) + "\n"


def _names(frame: FrameType | None) -> list[str]:
    """The functions of a stack, innermost first."""
    names = []
    while frame is not None:
        code = frame.f_code
        place = "/".join(code.co_filename.rsplit("/", 3)[-2:])
        names.append("the event loop" if place == "asyncio/runners.py" else f"{place} {code.co_qualname}")
        frame = frame.f_back
    return names
