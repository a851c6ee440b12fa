"""The same search on PostgreSQL: the tests of `test_searching`, run once more with a cluster of their own."""

import os
import subprocess
import sys

import pytest

from tests.faults.databases import database_of
from tests.programs import ROOT, Postgres


@pytest.mark.postgres
def test_papers_and_packs_are_searched_on_postgres_as_on_sqlite(postgres_program: Postgres) -> None:
    environment = {**os.environ, "DATABASE_URL": database_of(postgres_program, "papers")}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "tests/papers/test_searching.py", "tests/papers/test_storing.py"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:]
