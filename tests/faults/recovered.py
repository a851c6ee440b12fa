"""How long each fault takes to recover from, told at the end of a run: also of one that is spread over processes, whose
first one loads no more than the tests' outermost conftest."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

from tests import on_postgres

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
        on = ", on PostgreSQL" if on_postgres.wanted() else ""
        terminalreporter.section(f"seconds from a fault's end until everybody was heard and shown again{on}")
        for fault, seconds in told:
            terminalreporter.line(f"{seconds:8.2f}  {fault}")
