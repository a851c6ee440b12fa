"""A client that takes for ever to say what it wants keeps its place for a measured time only; one that is slow, or has
to wait for its answer, is served."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import pytest
import uvicorn

from neacd import http_protocol
from neacd.http_protocol import HttpProtocol
from neacd.management.commands.serve import configuration

HEAD, BODY, SILENT = 1.0, 1.0, 2.0  # seconds
A_WHILE = 0.3  # seconds: what somebody slow takes; a stall of twice that is no harm
MUCH = 64 * 1024 * 1024  # bytes
ASKED = b"GET / HTTP/1.1\r\nHost: here\r\n"
POSTED = b"POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 8\r\n\r\n"

Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def answering(scope: Any, receive: Any, send: Any) -> None:
    """Says how much was sent to it, once all of it has come and it has thought about it, longer than any measure."""
    length, more = 0, True
    while more:
        message = await receive()
        length, more = length + len(message.get("body", b"")), message.get("more_body", False)
    if length:
        await asyncio.sleep(SILENT)
    words = str(length).encode()
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(words))]})
    await send({"type": "http.response.body", "body": words})


async def generous(scope: Any, receive: Any, send: Any) -> None:
    """Says more than any line holds."""
    length = (b"content-length", b"%d" % MUCH)
    await send({"type": "http.response.start", "status": 200, "headers": [length, (b"connection", b"close")]})
    await send({"type": "http.response.body", "body": bytes(MUCH)})


async def piecemeal(scope: Any, receive: Any, send: Any) -> None:
    """The same in many pieces, each when the one before is on its way; and thinks longer than any measure first."""
    await asyncio.sleep(SILENT)
    length, pieces = (b"content-length", b"%d" % MUCH), 64
    await send({"type": "http.response.start", "status": 200, "headers": [length]})
    for number in range(pieces):
        await send({"type": "http.response.body", "body": bytes(MUCH // pieces), "more_body": number < pieces - 1})


async def served(deed: Callable[[Callable[[], Awaitable[Line]]], Awaitable[None]], app: Any = answering) -> None:
    """Do something to a server of ours whose measures are a second or two."""
    config = uvicorn.Config(app, port=0, http=HttpProtocol, lifespan="off", log_level="critical", ws="none")
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        await asyncio.wait_for(deed(lambda: asyncio.open_connection("127.0.0.1", port)), 20)
    finally:
        server.should_exit = True
        await running


@pytest.fixture(autouse=True)
def _in_a_second_or_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_protocol, "HEAD_WITHIN", HEAD)
    monkeypatch.setattr(http_protocol, "BODY_WITHIN", BODY)
    monkeypatch.setattr(http_protocol, "SILENT_WITHIN", SILENT)
    monkeypatch.setattr(http_protocol, "LOOK", 0.05)


def test_the_server_is_served_by_it() -> None:
    config = configuration("127.0.0.1", 0)
    config.load()
    assert config.http_protocol_class is HttpProtocol


def test_who_opens_a_line_and_asks_nothing_is_let_go_without_a_word() -> None:
    """Browsers open lines in advance: what is said on one unasked is taken for the answer to what is asked next."""

    async def deed(opened: Callable[[], Awaitable[Line]]) -> None:
        began = asyncio.get_running_loop().time()
        reader, _ = await opened()
        assert await reader.read() == b""
        assert asyncio.get_running_loop().time() - began >= SILENT

    asyncio.run(served(deed))


def test_what_is_asked_late_on_a_line_opened_in_advance_has_its_whole_time() -> None:
    async def deed(opened: Callable[[], Awaitable[Line]]) -> None:
        reader, writer = await opened()
        await asyncio.sleep(HEAD - A_WHILE / 3)
        writer.write(ASKED)
        await asyncio.sleep(A_WHILE)  # longer ago than it may take, since the line was opened
        writer.write(b"\r\n")
        assert b" 200 " in await reader.readline()
        writer.close()

    asyncio.run(served(deed))


def test_who_never_ends_the_head_of_a_request_is_told_and_let_go() -> None:
    async def deed(opened: Callable[[], Awaitable[Line]]) -> None:
        reader, writer = await opened()
        writer.write(ASKED)
        answer = await reader.read()  # to the end: the line is closed
        assert answer.startswith(b"HTTP/1.1 400 ")
        assert answer.endswith(b"did not come to its end in time. Send it again.")

    asyncio.run(served(deed))


def test_who_drips_a_head_is_let_go_all_the_same() -> None:
    async def deed(opened: Callable[[], Awaitable[Line]]) -> None:
        reader, writer = await opened()
        writer.write(ASKED)
        drips = 0
        while not reader.at_eof() and drips < 200:
            writer.write(b"X-Drip: 1\r\n")
            drips += 1
            try:
                await asyncio.wait_for(reader.read(1), 0.05)
            except TimeoutError:
                continue
            break
        assert drips < 200

    asyncio.run(served(deed))


def test_who_never_sends_the_rest_is_let_go() -> None:
    async def deed(opened: Callable[[], Awaitable[Line]]) -> None:
        reader, writer = await opened()
        writer.write(POSTED + b"1234")
        assert await reader.read() == b""

    asyncio.run(served(deed))


def test_who_is_slow_and_who_waits_is_served_again_and_again() -> None:
    async def deed(opened: Callable[[], Awaitable[Line]]) -> None:
        reader, writer = await opened()
        for _ in range(2):
            writer.write(POSTED + b"1234")
            await asyncio.sleep(A_WHILE)
            writer.write(b"5678")
            assert b" 200 " in await reader.readline()
            head = await reader.readuntil(b"\r\n\r\n")
            assert b"content-length: 1" in head.lower()
            assert await reader.readexactly(1) == b"8"
        writer.close()

    asyncio.run(served(deed))


@pytest.mark.parametrize("app", [generous, piecemeal])
def test_who_does_not_read_an_answer_to_its_end_is_let_go(app: Any) -> None:
    async def deed(opened: Callable[[], Awaitable[Line]]) -> None:
        reader, writer = await opened()
        writer.write(ASKED + b"\r\n")
        assert b" 200 " in await reader.readline()
        writer.transport.pause_reading()  # type: ignore[attr-defined]
        await asyncio.sleep(2 * BODY)
        writer.transport.resume_reading()  # type: ignore[attr-defined]
        read = 0
        with suppress(ConnectionError):
            while some := await reader.read(MUCH):
                read += len(some)
        assert read < MUCH

    asyncio.run(served(deed, app))


@pytest.mark.parametrize("app", [generous, piecemeal])
def test_who_reads_it_slowly_is_given_all_of_it(app: Any) -> None:
    async def deed(opened: Callable[[], Awaitable[Line]]) -> None:
        reader, writer = await opened()
        writer.write(ASKED + b"\r\n")
        await reader.readuntil(b"\r\n\r\n")
        read, began = 0, asyncio.get_running_loop().time()
        while some := await reader.read(MUCH):
            read += len(some)
            if asyncio.get_running_loop().time() - began < 1.5 * BODY:
                await asyncio.sleep(BODY / 20)
        assert read == MUCH
        writer.close()

    asyncio.run(served(deed, app))
