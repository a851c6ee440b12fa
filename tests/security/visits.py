"""People who come to a real server by the pages that everybody uses, each in a browser of their own; by https if they
are to, as through a proxy that ends it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from tests.programs import PATIENCE, Served
from tests.wire.client import Place

SCENARIO = "neacd-vii-tokyo-1997"
IN_USE = ("PRC", "JPN", "ROK", "RUS", "USA")


class Proxy(httpx.HTTPTransport):
    """Speaks plain http with the server, and says that the visitor came by https."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        told = {**request.headers, "X-Forwarded-Proto": "https"}
        url = request.url.copy_with(scheme="http")
        return super().handle_request(
            httpx.Request(request.method, url, headers=told, stream=request.stream, extensions=request.extensions)
        )


class Visitor:
    """One browser at one server. `cookies` is every cookie that it was given, as the server worded it."""

    def __init__(self, served: Served, *, https: bool = False) -> None:
        self.cookies: list[str] = []
        scheme, transport = ("https", Proxy()) if https else ("http", None)
        self.browser = httpx.Client(
            base_url=f"{scheme}://127.0.0.1:{served.port}",
            transport=transport,
            follow_redirects=True,
            timeout=PATIENCE,
            event_hooks={"response": [self._note]},
        )

    def _note(self, answer: httpx.Response) -> None:
        self.cookies += answer.headers.get_list("set-cookie")

    @property
    def token(self) -> str:
        """What a form of this browser's must hold."""
        return self.browser.cookies.get("csrftoken") or ""

    def send(self, path: str, fields: dict[str, Any]) -> httpx.Response:
        """Fill in the form on that page and send it."""
        where = str(self.browser.base_url.join(path))
        told = {**fields, "csrfmiddlewaretoken": self.token}
        return self.browser.post(path, data=told, headers={"Referer": where})

    def sign_in(self, path: str) -> None:
        self.browser.get(path)
        assert self.send(path, {}).status_code == 200

    def open_room(self, title: str = "Thursday group") -> Place:
        """As the form has it; who joins is let in at once."""
        path = f"/rooms/new/{SCENARIO}/"
        items = re.findall(r'name="keep-([^"]+)"', self.browser.get(path).text)
        plan = {f"keep-{item}": "on" for item in items} | {f"minutes-{item}": "10" for item in items}
        rules = {"attribution": "chatham_house", "assessment_record": "on", "automatic_admission": "on"}
        return self._place(self.send(path, {"title": title, "delegation": list(IN_USE), **rules, **plan}))

    def join(self, code: str, seat: str, name: str) -> Place:
        self.browser.get(f"/join/{code}/")
        return self._place(self.send(f"/join/{code}/", {"name": name, "seat": seat}))

    def _place(self, room_page: httpx.Response) -> Place:
        """Where one has arrived; the ticket is in the seat's cookie."""
        assert room_page.status_code == 200, room_page.text
        _nothing, _rooms, code, pid, *_rest = room_page.url.path.split("/")
        return Place(code, pid, self.browser.cookies[f"seat_{code}_{pid}"])

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
