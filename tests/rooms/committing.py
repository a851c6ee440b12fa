"""A test's own transaction never commits, so that this process keeps no picture of what is written in it: each command
of a long rehearsal would read the whole record anew, and cost more the longer it is."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from django.db import connection

from rooms import actions, folds

AT_REST = SimpleNamespace(get_connection=lambda: SimpleNamespace(in_atomic_block=False))


@contextmanager
def committed_at_once() -> Iterator[None]:
    """What is written meanwhile counts as committed for this process, and is announced."""
    carry_out = actions._in_one_transaction

    def committed(asked: Sequence[actions.Asked], *, wait: bool) -> list[Any]:
        outcomes: list[Any] = carry_out(asked, wait=wait)
        to_do, connection.run_on_commit = connection.run_on_commit, []
        for _savepoints, announce, _robust in to_do:
            announce()
        return outcomes

    with patch.object(actions, "_in_one_transaction", committed), patch.object(folds, "transaction", AT_REST):
        yield
