"""One id for everything that a request sets off, so that what a person reports is found in the log.

It is taken from X-Request-ID where a proxy gave one that a machine has made, and made here else; every answer carries
it. It names a request and nobody, and is kept nowhere but in the log.
"""

import logging
import re
import time
import uuid
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from inspect import iscoroutinefunction
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.decorators import sync_and_async_middleware

HEADER = "X-Request-ID"
# A UUID, or another that a machine drew.
SANE = re.compile(r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}|[0-9A-Fa-f]{16,64}")
NONE = ""

logger = logging.getLogger(__name__)
_current: ContextVar[str] = ContextVar("request_id", default=NONE)


def current() -> str:
    """The id of what is being done, "" outside of any request."""
    return _current.get()


def begin(given: str = "") -> str:
    """Take up an id for the rest of this context, the given one if it is sane."""
    chosen = given if SANE.fullmatch(given) else uuid.uuid4().hex
    _current.set(chosen)
    return chosen


def begin_in(scope: dict[str, Any]) -> None:
    """The same for a connection that is no HTTP request: all that comes by one socket has one id."""
    headers: list[tuple[bytes, bytes]] = scope.get("headers", [])
    begin(next((value.decode("latin-1") for name, value in headers if name == HEADER.lower().encode()), ""))


def route_of(request: HttpRequest) -> str:
    """Which kind of page was asked for, without the codes and tickets that stand in an address."""
    match = request.resolver_match
    return match.route if match else "(no such page)"


def _finish(request: HttpRequest, response: HttpResponse, chosen: str, began: float) -> HttpResponse:
    response[HEADER] = chosen
    spent = round((time.perf_counter() - began) * 1_000, 1)
    asked = {"method": request.method, "route": route_of(request), "status": response.status_code, "ms": spent}
    logger.info("answered", extra={"told": asked})
    return response


@sync_and_async_middleware
def request_ids(get_response: Callable[[HttpRequest], Any]) -> Callable[[HttpRequest], Any]:
    """See the module. First in line, so that whatever is logged or refused further in has an id."""

    def answer(request: HttpRequest) -> HttpResponse:
        chosen, began = begin(request.headers.get(HEADER, "")), time.perf_counter()
        return _finish(request, get_response(request), chosen, began)

    async def answer_async(request: HttpRequest) -> HttpResponse:
        chosen, began = begin(request.headers.get(HEADER, "")), time.perf_counter()
        waiting: Awaitable[HttpResponse] = get_response(request)
        return _finish(request, await waiting, chosen, began)

    return answer_async if iscoroutinefunction(get_response) else answer
