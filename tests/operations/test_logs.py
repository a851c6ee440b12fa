"""What stands in the log can be found again by an id, and tells nothing of anybody."""

import json
import logging
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import resolve

from neacd import errors, logs, request_ids
from rooms import figures

SECRET = "a-ticket-that-opens-a-seat"


class Kept(logging.Handler):
    """The lines as they would be written."""

    def __init__(self, formatter: logging.Formatter) -> None:
        super().__init__()
        self.setFormatter(formatter)
        self.addFilter(logs.NamesNoAddress())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture(params=["plain", "json"])
def kept(request: pytest.FixtureRequest) -> Iterator[Kept]:
    handler = Kept(logs.Plain() if request.param == "plain" else logs.Json())
    loggers = [logging.getLogger(name) for name in ("neacd", "rooms", "django")]
    levels = [one.level for one in loggers]
    for one in loggers:
        one.setLevel(logging.INFO)
    logging.getLogger().addHandler(handler)
    yield handler
    logging.getLogger().removeHandler(handler)
    for one, level in zip(loggers, levels, strict=True):
        one.setLevel(level)


def told(kept: Kept, message: str) -> dict[str, Any]:
    return next(line for line in map(json.loads, kept.lines) if line["message"] == message)


OF_MACHINES = ("5f2c1c4ae2b04d0c9a8d7f6e5b4c3d2e", "C0FFEE00-0000-4000-8000-123456789abc", "A" * 64)
OF_OTHERS = ("", "A" * 65, "two words", "Hiroko-Nakamura", "0041791234567", "line\nbreak", "<script>", "-x", "é")


@pytest.mark.parametrize("given", OF_MACHINES)
def test_an_id_that_a_proxy_gave_is_kept_and_returned(client: Client, given: str) -> None:
    assert client.get("/healthz", headers={"X-Request-ID": given})["X-Request-ID"] == given


@pytest.mark.parametrize("given", OF_OTHERS)
def test_what_is_no_id_is_replaced_by_one(client: Client, given: str) -> None:
    answer = client.get("/healthz", headers={"X-Request-ID": given})
    assert answer["X-Request-ID"] != given
    assert request_ids.SANE.fullmatch(answer["X-Request-ID"])


def test_two_requests_have_two_ids(client: Client) -> None:
    assert client.get("/healthz")["X-Request-ID"] != client.get("/healthz")["X-Request-ID"]


@pytest.mark.parametrize("kept", ["json"], indirect=True)
@pytest.mark.django_db
def test_an_answer_is_told_by_the_kind_of_page(client: Client, kept: Kept) -> None:
    given = client.get(f"/seat/BCDFGH/p-12345678/{SECRET}/")["X-Request-ID"]
    line = told(kept, "answered")
    assert (line["request_id"], line["route"]) == (given, "seat/<str:code>/<str:pid>/<str:ticket>/")
    assert line["status"] >= 400


@pytest.mark.django_db
def test_no_address_is_written_down_whatever_came_of_the_request(client: Client, kept: Kept) -> None:
    client.raise_request_exception = False
    for path in (f"/seat/BCDFGH/p-12345678/{SECRET}/", f"/no/such/{SECRET}", f"/sign-in/{SECRET}/"):
        client.get(path)
        client.post(path, {"csrfmiddlewaretoken": SECRET}, headers={"Sec-Fetch-Site": "cross-site"})
    assert kept.lines
    assert [line for line in kept.lines if SECRET in line or "BCDFGH" in line] == []


def test_an_error_is_told_by_its_type_and_place_and_not_by_what_it_says(kept: Kept) -> None:
    request: HttpRequest = RequestFactory().get(f"/join/{SECRET}/")
    request.resolver_match = resolve("/join/BCDFGH/")
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as error:
            raise ValueError(SECRET) from error
    except ValueError:
        logging.getLogger("django.request").error(
            "Internal Server Error: %s", request.path, exc_info=sys.exc_info(), extra={"request": request}
        )
    said = "\n".join(kept.lines)
    assert "ValueError" in said
    assert "KeyError" in said
    assert "test_logs.py" in said
    assert SECRET not in said


@pytest.mark.parametrize("kept", ["json"], indirect=True)
def test_a_refusal_is_told_under_the_id_that_its_sender_knows(kept: Kept) -> None:
    figures.refused("not_your_turn", "s17")
    line = told(kept, "refused")
    assert (line["code"], line["command_id"]) == ("not_your_turn", "s17")


def test_who_meets_an_error_of_ours_is_told_the_id() -> None:
    given = request_ids.begin()
    answer = errors.server_error(RequestFactory().get("/"))
    assert isinstance(answer, HttpResponse)
    assert given in answer.content.decode()


def test_a_socket_has_an_id_from_its_beginning() -> None:
    request_ids.begin_in({"headers": [(b"x-request-id", b"0123456789abcdef")]})
    assert request_ids.current() == "0123456789abcdef"
    request_ids.begin_in({"headers": []})
    assert request_ids.current() != "0123456789abcdef"
