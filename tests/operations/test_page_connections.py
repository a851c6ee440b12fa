"""What a page asked the database over is let go with the page, so that a class that loads its pages leaves PostgreSQL
as many connections as it found."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Event, Thread

import httpx
import psycopg
import pytest
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from neacd.page_connections import PageConnections
from tests.faults.databases import database_of
from tests.programs import PATIENCE, Postgres, Served

VISITORS, PAGES = 20, 8  # one who comes alone leaves little behind, a class does
OF_THE_HOUSE = 8  # that may begin meanwhile to look after rooms, in threads of their own
OURS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


def asks(_request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse()


def breaks(request: HttpRequest) -> HttpResponse:
    asks(request)
    raise ValueError("no page")


def breaks_at_once(_request: HttpRequest) -> HttpResponse:
    raise ValueError("no page")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("view", [asks, breaks])
def test_a_page_lets_go_of_its_connection_also_where_it_breaks(view: Callable[[HttpRequest], HttpResponse]) -> None:
    held = list[bool]()

    def page() -> None:
        with suppress(ValueError):
            PageConnections(view)(HttpRequest())
        held.append(connection.connection is not None)

    thread = Thread(target=page)
    thread.start()
    thread.join()
    assert held == [False]


@pytest.mark.django_db(transaction=True)
def test_within_a_transaction_and_in_a_thread_that_was_there_before_it_stays() -> None:
    held = list[bool]()

    def page() -> None:
        with transaction.atomic():
            PageConnections(asks)(HttpRequest())
            held.append(connection.connection is not None)
        connection.close()

    thread = Thread(target=page)
    thread.start()
    thread.join()
    PageConnections(asks)(HttpRequest())
    assert [*held, connection.connection is not None] == [True, True]


@pytest.fixture
def full() -> Iterator[PageConnections]:
    """One page is being read, and there is a place for no other; it is done with the test."""
    begun, let_go = Event(), Event()

    def view(request: HttpRequest) -> HttpResponse:
        if request.path == "/slow/":
            begun.set()
            let_go.wait(PATIENCE)
        return HttpResponse("made")

    pages = PageConnections(view, at_once=1, longest=0)
    with ThreadPoolExecutor(1) as reader:
        reading = reader.submit(pages, RequestFactory().get("/slow/"))
        assert begun.wait(PATIENCE)
        yield pages
        let_go.set()
        assert reading.result(PATIENCE).content == b"made"
    assert pages(RequestFactory().get("/")).content == b"made", "its place is free again"


def test_who_finds_no_place_to_read_is_told_when_to_come_again(full: PageConnections) -> None:
    page = full(RequestFactory().get("/"))
    assert (page.status_code, page.headers["Retry-After"]) == (503, "5")
    assert "<code>busy</code>" in page.content.decode()
    told = full(RequestFactory().get("/api/rooms/")).content.decode()
    assert told.startswith('{"code": "busy"')


def test_what_is_sent_and_who_asks_whether_all_is_well_wait_for_no_reader(full: PageConnections) -> None:
    assert full(RequestFactory().post("/")).content == b"made"
    assert full(RequestFactory().get("/healthz")).content == b"made"


def test_who_breaks_leaves_the_place_to_the_next() -> None:
    pages = PageConnections(breaks_at_once, at_once=1, longest=0)
    for _ in range(2):
        with pytest.raises(ValueError, match="no page"):
            pages(RequestFactory().get("/"))


@pytest.mark.served
@pytest.mark.postgres
def test_pages_leave_no_connection_behind(served: Callable[..., Served], postgres_program: Postgres) -> None:
    server = served(DATABASE_URL=database_of(postgres_program, "pages"))
    with psycopg.connect(server.env["DATABASE_URL"], autocommit=True) as looking:

        def connected() -> int:
            row = looking.execute(OURS).fetchone()
            assert row
            return int(row[0])

        def visit(_number: int) -> list[int]:
            with httpx.Client(base_url=server.base_url, timeout=PATIENCE) as visitor:
                return [visitor.get("/readyz").status_code for _ in range(PAGES)]

        before = connected()
        with ThreadPoolExecutor(VISITORS) as visitors:
            assert list(visitors.map(visit, range(VISITORS))) == [[200] * PAGES] * VISITORS
        assert connected() <= before + OF_THE_HOUSE
