"""PostgreSQL has few connections left, and a class loads its pages all at once."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager

import httpx
import psycopg
import pytest

from neacd.page_connections import AT_ONCE
from tests.faults.databases import database_of
from tests.faults.door import SCENARIO
from tests.faults.steadfast import Steadfast, present
from tests.faults.test_database_away import room_with_two
from tests.programs import PATIENCE, Postgres, Served

pytestmark = [pytest.mark.served, pytest.mark.postgres]

READERS, PAGES, SAID = 48, 4, 10
OF_THE_HOUSE = 8  # connections; it may have more, and hardly needs them here
RESERVED = 3  # for the superuser


@contextmanager
def so_many_left(address: str, number: int) -> Iterator[None]:
    """Others hold all connections but so many."""
    with ExitStack() as held, psycopg.connect(address, autocommit=True) as looking:
        row = looking.execute(
            "SELECT current_setting('max_connections')::int"
            " - (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend')"
        ).fetchone()
        assert row
        for _ in range(row[0] - number):
            held.enter_context(psycopg.connect(address))
        yield


def test_readers_wait_for_one_another_and_who_is_in_a_room_goes_on(
    served: Callable[..., Served], postgres_program: Postgres
) -> None:
    server = served(DATABASE_URL=database_of(postgres_program, "readers"))
    chair, _japan = room_with_two(server)

    def read(_number: int) -> list[int]:
        with httpx.Client(base_url=server.base_url, timeout=PATIENCE) as reader:
            return [reader.get(f"/exercises/{SCENARIO}/").status_code for _ in range(PAGES)]

    with (
        so_many_left(server.env["DATABASE_URL"], AT_ONCE + OF_THE_HOUSE + RESERVED),
        present(Steadfast(chair, [server.port], "html")) as (moderator,),
        ThreadPoolExecutor(READERS) as readers,
    ):
        reading = [readers.submit(read, number) for number in range(READERS)]
        for number in range(SAID):
            moderator.done("chair_statement", text=f"Word {number}")
        assert [one.result(PATIENCE) for one in reading] == [[200] * PAGES] * READERS
