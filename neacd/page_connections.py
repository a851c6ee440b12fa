"""A page's connection to the database ends with it. Each page is made in a thread of its own that ends with it, too: a
connection that was kept for the next one would wait for Python to look through its memory (see `tidying`), and a class
that loads its pages would meanwhile take all that PostgreSQL has.

For the same reason only so many pages are read at once, where connections are few: who comes then waits for a place
instead of being turned away. What is sent never waits here: it may have to wait for a room that somebody holds, and
would keep those out who read.
"""

import threading
from collections.abc import Callable
from typing import Final

from django.db import connection, connections
from django.http import HttpRequest, HttpResponse

from neacd.errors import show_without_database
from rooms.domain.refused import Refused

# Three processes with 15 connections of the house each (see README) leave so many of the 97 that PostgreSQL gives.
AT_ONCE: Final = 16
LONGEST: Final = 20.0  # seconds; proxies and people wait longer
SOON: Final = "5"
READS: Final = ("GET", "HEAD")
NEVER_WAIT: Final = ("/healthz", "/readyz", "/metrics")  # who asks whether we are well learns it also in a crowd
CROWD = Refused(
    "busy", "Very many pages are asked for at this moment. Nothing was changed; load this one again shortly."
)


class PageConnections:
    """Stands outside of all that asks the database. A thread that was there before, as in tests, keeps its own."""

    def __init__(
        self,
        get_response: Callable[[HttpRequest], HttpResponse],
        at_once: int | None = None,
        longest: float = LONGEST,
    ) -> None:
        self.get_response, self._longest = get_response, longest
        if at_once is None and connection.vendor == "postgresql":  # SQLite's file is open to any number
            at_once = AT_ONCE
        self._places = None if at_once is None else threading.Semaphore(at_once)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._places is None or request.method not in READS or request.path in NEVER_WAIT:
            return self._answer(request)
        if not self._places.acquire(timeout=self._longest):
            response = show_without_database(request, CROWD)
            response.headers["Retry-After"] = SOON
            return response
        try:
            return self._answer(request)
        finally:
            self._places.release()

    def _answer(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        finally:
            if threading.current_thread() is not threading.main_thread():
                _let_go()


def _let_go() -> None:
    for one in connections.all(initialized_only=True):
        if not one.in_atomic_block:
            one.close()
