"""What every test may ask for, and what a test needs from the machine.

A test marked browser, redis, postgres or nginx is skipped, with the reason, where that program is not installed; with
NEACD_REQUIRE_ALL=1 (continuous integration) it fails instead, so that nothing is left out unnoticed.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.cache import caches
from hypothesis import settings

from rooms import process
from rooms.writing import writer
from tests import emptied, on_postgres, one_chain
from tests.faults.recovered import pytest_terminal_summary
from tests.programs import Postgres, Redis, Served, find_chromium, find_nginx, find_postgres, find_redis
from tests.thorough import PROFILE, REQUIRE_ALL

__all__ = ["pytest_terminal_summary"]  # a hook: who runs tests side by side loads no conftest but this

NEEDS: dict[str, tuple[Callable[[], object], str]] = {
    "browser": (find_chromium, "Chromium is not installed (NEACD_CHROMIUM may say where it is)"),
    "redis": (find_redis, "redis-server is not installed"),
    "postgres": (find_postgres, on_postgres.NEEDED),
    "nginx": (find_nginx, "nginx is not installed"),
}

settings.register_profile("work", max_examples=25, deadline=None, derandomize="CI" in os.environ)
settings.register_profile("all", max_examples=50, deadline=None, derandomize=True, print_blob=True)
settings.register_profile("thorough", max_examples=500, deadline=None, print_blob=True)
settings.load_profile(PROFILE)

one_chain.share()
emptied.quickly()


def require(there: object, reason: str) -> None:
    """Go on if it is there; else skip, or fail where nothing may be skipped."""
    if there:
        return
    if REQUIRE_ALL:
        pytest.fail(f"{reason}, and NEACD_REQUIRE_ALL=1 forbids to skip", pytrace=False)
    pytest.skip(reason)


def pytest_runtest_setup(item: pytest.Item) -> None:
    for name, (find, reason) in NEEDS.items():
        if item.get_closest_marker(name):
            require(find(), reason)


@pytest.fixture(autouse=True)
def _fresh_process() -> Iterator[None]:
    """A test database gives the same ids to new rooms: what this process remembers of old ones must go; and no thread
    goes on writing in it."""
    for kept in caches.all():
        kept.clear()
    process.folds.forget_all()
    process.painter.forget_all()
    process.tapes.forget_all()
    yield
    writer.finish()


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Where Chromium is, for `playwright.chromium.launch(executable_path=...)`."""
    found = find_chromium()
    require(found, NEEDS["browser"][1])
    return str(found)


@pytest.fixture(scope="session")
def redis_program() -> Iterator[Redis]:
    """A Redis of our own that a test may stop and start; whoever stops it starts it again."""
    require(find_redis(), NEEDS["redis"][1])
    redis = Redis()
    try:
        yield redis.start()
    finally:
        redis.stop()


@pytest.fixture(scope="session")
def redis_server(redis_program: Redis) -> str:
    """The URL of that Redis."""
    return redis_program.url


@pytest.fixture(scope="session")
def postgres_program() -> Iterator[Postgres]:
    """A PostgreSQL of our own that a test may stop and start; whoever stops it starts it again."""
    require(find_postgres(), NEEDS["postgres"][1])
    # Not pytest's own folder: the user postgres must be able to walk there.
    folder = Path(tempfile.mkdtemp(prefix="neacd-postgres-"))
    folder.chmod(0o755)
    postgres = Postgres(folder / "cluster")
    try:
        yield postgres.create()
    finally:
        postgres.stop()
        shutil.rmtree(folder, ignore_errors=True)


# Files, and folders of them, that would keep all waiting for them alone if they came last.
LONGEST = (
    *("tests/faults/test_deadlines.py", "tests/operations/test_start.py", "tests/operations/test_behind_nginx.py"),
    *("tests/operations/test_backups.py", "tests/test_setup.py", "tests/faults/", "tests/load/"),
)


def _place(item: pytest.Item) -> int:
    return next((n for n, begins in enumerate(LONGEST) if item.nodeid.startswith(begins)), len(LONGEST))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What takes longest begins first. On PostgreSQL, what asks no database was tried already, and what is about SQLite
    does not apply."""
    items.sort(key=_place)
    if not on_postgres.wanted():
        return
    chosen = [item for item in items if on_postgres.is_for_it(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(chosen)])
    items[:] = chosen


@pytest.fixture(scope="session")
def prepared_var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A var folder as a first start leaves it: tables, scenarios, the moderator. To be copied, not used."""
    var = tmp_path_factory.mktemp("prepared")
    with Served(var, **on_postgres.empty_database(var)) as served:
        served.start()
    return var


@pytest.fixture
def served(tmp_path_factory: pytest.TempPathFactory, prepared_var: Path) -> Iterator[Callable[..., Served]]:
    """Start the real server: `served()`, or with settings, `served(DATABASE_URL=..., REDIS_URL=...)`.

    Each has a port and records of its own, unless `var=` names those of another. All are ended with the test.
    """
    started: list[Served] = []

    def start(var: Path | None = None, **env: str) -> Served:
        if var is None:
            var = tmp_path_factory.mktemp("var")
            shutil.copytree(prepared_var, var, dirs_exist_ok=True)
            on_postgres.copy_database(prepared_var, var)
        one = Served(var, None, **{**on_postgres.database_of(var), **env})
        started.append(one)
        return one.start()

    try:
        yield start
    finally:
        for one in started:
            one.stop()
