"""Processes of one installation that start at once make it ready one after the other: on one machine by a lock on a
file in its folder, over several machines by one that PostgreSQL keeps. Both go with the process that holds them.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

if sys.platform != "win32":
    import fcntl

STARTING = 0x6E65616364  # "neacd": under this number PostgreSQL keeps the lock


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Wait for whoever makes things ready just now; then it is our turn until the end of the block."""
    with _on_this_machine(settings.VAR_DIR / "starting.lock"), _over_the_database():
        yield


@contextmanager
def _on_this_machine(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        if sys.platform != "win32":
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def _over_the_database() -> Iterator[None]:
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = 0")  # however long the others take; and tables are altered when it is free
        cursor.execute("SELECT pg_advisory_lock(%s)", [STARTING])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [STARTING])
            cursor.execute("RESET lock_timeout")
