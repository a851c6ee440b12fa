"""What the tests of faults start from: the in-process server of the wire's tests, and real ones. How long each fault
takes to recover from is printed at the end of the run."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

from tests.wire.conftest import server

__all__ = ["server"]

RECOVERED = "recovered"  # as a test's property, so that it also comes from runs side by side

Recovers = Callable[[str], AbstractContextManager[None]]


@pytest.fixture
def recovers(record_property: Callable[[str, object], None]) -> Recovers:
    """`with recovers("what failed"):` from when the fault ends until all is well again."""

    @contextmanager
    def timed(fault: str) -> Iterator[None]:
        began = time.monotonic()
        yield
        record_property(RECOVERED, (fault, time.monotonic() - began))

    return timed


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    told = [
        (fault, seconds)
        for report in terminalreporter.getreports("passed")
        if report.when == "call"
        for name, (fault, seconds) in ((name, value) for name, value in report.user_properties if name == RECOVERED)
    ]
    if told:
        terminalreporter.section("seconds from a fault's end until everybody was heard and shown again")
        for fault, seconds in told:
            terminalreporter.line(f"{seconds:8.2f}  {fault}")
