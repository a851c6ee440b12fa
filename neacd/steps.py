"""What a person sees while something is made ready: one calm line for each step, with the time it took.

Standard library only, because it speaks before anything is installed. It decides nothing.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

WIDTH = 14  # characters for a step's name; the longest is "environment"


class Step:
    """One line on its way. `doing` tells what goes on, `done` what came of it."""

    def __init__(self, out: TextIO, name: str) -> None:
        self._out, self._name = out, name
        self._began = time.monotonic()
        self._shown = 0
        self._outcome = "done"

    def doing(self, words: str) -> None:
        """On a terminal the line is rewritten in place; elsewhere (a log) only the outcome is kept."""
        if self._out.isatty():
            self._line(words, end="")

    def done(self, words: str) -> None:
        self._outcome = words

    def finish(self) -> None:
        seconds = time.monotonic() - self._began
        self._line(f"{self._outcome} ({seconds:.1f} s)", end="\n")

    def abandon(self) -> None:
        """Leave a terminal's half-written line behind, so that the next sentence begins at the margin."""
        if self._shown:
            print(file=self._out, flush=True)

    def _line(self, words: str, end: str) -> None:
        text = f"  {self._name:<{WIDTH}}{words}"
        back = "\r" if self._shown else ""
        print(f"{back}{text:<{self._shown}}", end=end, file=self._out, flush=True)
        self._shown = len(text)


@contextmanager
def step(out: TextIO, name: str, doing: str = "") -> Iterator[Step]:
    """A step from its beginning to its end; an exception leaves it without an outcome."""
    one = Step(out, name)
    if doing:
        one.doing(doing)
    try:
        yield one
    except BaseException:
        one.abandon()
        raise
    one.finish()
