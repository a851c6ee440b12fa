"""The tests that ask a database, on PostgreSQL: `python -m tests.on_postgres [--if-there] [what pytest takes]`.

Starts a PostgreSQL of its own and ends it. What asks no database is the same on both and is left out; each real server
that a test starts by the fixture `served` gets a database of its own, copied from one that is ready. Every function
here does nothing where the tests run on SQLite. With --if-there a machine without PostgreSQL is told that all this is
left out; where nothing may be skipped, it fails.
"""

import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest

from tests.programs import ROOT, Postgres, find_postgres
from tests.thorough import REQUIRE_ALL

WANTED = "NEACD_TESTS_ON"  # set to "postgresql" for the tests within
NEEDED = "PostgreSQL's initdb and pg_ctl are not installed"
NAME = "database"  # the file in a server's folder that names its database
# What a test asks for that has a database behind it.
ASKS = {"db", "transactional_db", "django_db_setup", "live_server", "served", "prepared_var"}


def wanted() -> bool:
    return os.environ.get(WANTED) == "postgresql"


def is_for_it(item: pytest.Item) -> bool:
    """Whether a test asks a database, and is not about SQLite or a PostgreSQL of its own, and learns something new."""
    if any(item.get_closest_marker(name) for name in ("sqlite", "postgres", "once")):
        return False
    return bool(item.get_closest_marker("django_db") or ASKS & set(getattr(item, "fixturenames", ())))


def empty_database(var: Path) -> dict[str, str]:
    """The settings of a new database for the server of that folder."""
    return _new_database(var, "") if wanted() else {}


def copy_database(prepared: Path, var: Path) -> None:
    """A database for the server of that folder as the other's is; nobody may be connected to that."""
    if wanted():
        _new_database(var, f" TEMPLATE {(prepared / NAME).read_text()}")


def database_of(var: Path) -> dict[str, str]:
    """The settings by which a server of that folder finds its database."""
    if not wanted() or not (var / NAME).exists():
        return {}
    return {"DATABASE_URL": os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{(var / NAME).read_text()}"}


def _new_database(var: Path, like: str) -> dict[str, str]:
    name = f"served_{secrets.token_hex(6)}"
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}{like}")
    (var / NAME).write_text(name)
    return database_of(var)


def main() -> int:
    if_there, asked = "--if-there" in sys.argv, [one for one in sys.argv[1:] if one != "--if-there"]
    if not find_postgres():
        left_out = if_there and not REQUIRE_ALL
        print(f"{NEEDED}{': the tests on it are left out' if left_out else ''}.", file=sys.stderr)
        return 0 if left_out else 1
    folder = Path(tempfile.mkdtemp(prefix="neacd-postgres-"))
    folder.chmod(0o755)  # the user postgres must be able to walk there
    postgres = Postgres(folder / "cluster")
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # however it is ended, PostgreSQL ends with it
    try:
        postgres.create()
        env = {**os.environ, "DATABASE_URL": postgres.url, WANTED: "postgresql"}
        return subprocess.run([sys.executable, "-m", "pytest", *asked], cwd=ROOT, env=env, check=False).returncode
    finally:
        postgres.stop()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
