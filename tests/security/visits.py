"""People who come to a real server by the pages that everybody uses, each in a browser of their own; by https if they
are to, as through a proxy that ends it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from tests.faults.door import Door
from tests.programs import PATIENCE, Served
from tests.wire.client import Place


class Proxy(httpx.HTTPTransport):
    """Speaks plain http with the server, and says that the visitor came by https."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        told = {**request.headers, "X-Forwarded-Proto": "https"}
        url = request.url.copy_with(scheme="http")
        return super().handle_request(
            httpx.Request(request.method, url, headers=told, stream=request.stream, extensions=request.extensions)
        )


class Visitor(Door):
    """One browser at one server. `cookies` is every cookie that it was given, as the server worded it."""

    def __init__(self, served: Served, *, https: bool = False) -> None:
        self.cookies: list[str] = []
        scheme, transport = ("https", Proxy()) if https else ("http", None)
        browser = httpx.Client(
            base_url=f"{scheme}://127.0.0.1:{served.port}",
            transport=transport,
            follow_redirects=True,
            timeout=PATIENCE,
            event_hooks={"response": [self._note]},
        )
        super().__init__(served, browser)

    def _note(self, answer: httpx.Response) -> None:
        self.cookies += answer.headers.get_list("set-cookie")

    def sign_in(self, path: str) -> None:
        self.browser.get(path)
        assert self.send(path, {}).status_code == 200

    def act(self, at: Place, command: str, request_id: str = "", **data: Any) -> dict[str, Any]:
        """A command as a program sends it."""
        told = {"command": command, "data": data, "request_id": request_id}
        headers = {"Authorization": f"Bearer {at.ticket}"}
        answer = self.browser.post(f"/api/rooms/{at.code}/{at.pid}/commands/", json=told, headers=headers)
        said: dict[str, Any] = answer.json()
        return said


@contextmanager
def visitors(served: Served, number: int, *, https: bool = False) -> Iterator[list[Visitor]]:
    """So many people with a browser each."""
    found = [Visitor(served, https=https) for _ in range(number)]
    try:
        yield found
    finally:
        for one in found:
            one.browser.close()
