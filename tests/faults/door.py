"""How people come into a room of a real server: by the pages everybody uses, over HTTP."""

import re
from types import TracebackType

import httpx

from tests.programs import PATIENCE, Served
from tests.wire.client import Place

SCENARIO = "neacd-vii-tokyo-1997"
DELEGATIONS = ("PRC", "JPN", "ROK", "RUS", "USA")


class Door:
    """One browser at one server, and the places in rooms that it has been given."""

    def __init__(self, served: Served, browser: httpx.Client | None = None) -> None:
        self._served = served
        self.browser = browser or httpx.Client(base_url=served.base_url, follow_redirects=True, timeout=PATIENCE)

    def __enter__(self) -> "Door":
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.browser.close()

    @property
    def token(self) -> str:
        """What a form of this browser's must hold."""
        return self.browser.cookies.get("csrftoken") or ""

    def send(self, path: str, fields: dict[str, str | list[str]]) -> httpx.Response:
        """Fill in the form on that page and send it."""
        where = str(self.browser.base_url.join(path))
        told = {**fields, "csrfmiddlewaretoken": self.token}
        return self.browser.post(path, data=told, headers={"Referer": where})

    def _post(self, path: str, fields: dict[str, str | list[str]]) -> httpx.Response:
        """The same, and it is done."""
        answer = self.send(path, fields)
        assert answer.status_code == 200, f"{path}: {answer.status_code}\n{answer.text}\n{self._served.output.text}"
        return answer

    def open_room(self, title: str = "Under fire", *, automatic_admission: bool = True) -> Place:
        """Open the shipped exercise, signed in by the printed link; the chair of the new room."""
        if "sessionid" not in self.browser.cookies:
            link = self._served.sign_in_link.removeprefix(self._served.base_url)
            self.browser.get(link)
            self._post(link, {})
        path = f"/rooms/new/{SCENARIO}/"
        items = re.findall(r'name="keep-([^"]+)"', self.browser.get(path).text)
        assert items, "the form names no item of the agenda"
        kept: dict[str, str | list[str]] = {f"keep-{item}": "on" for item in items}
        minutes: dict[str, str | list[str]] = {f"minutes-{item}": "10" for item in items}
        rules: dict[str, str | list[str]] = {"attribution": "chatham_house", "assessment_record": "on"}
        if automatic_admission:
            rules["automatic_admission"] = "on"
        chosen: dict[str, str | list[str]] = {"title": title, "delegation": list(DELEGATIONS)}
        return self._place(self._post(path, {**chosen, **rules, **kept, **minutes}))

    def join(self, code: str, seat: str = "observe", name: str = "") -> Place:
        """Join by the room's code on a seat, or to observe."""
        self.browser.get(f"/join/{code}/")
        return self._place(self._post(f"/join/{code}/", {"name": name or f"Somebody {seat}", "seat": seat}))

    def _place(self, room_page: httpx.Response) -> Place:
        """Where one has arrived; the ticket is in the seat's cookie."""
        _nothing, _rooms, code, pid, *_rest = room_page.url.path.split("/")
        return Place(code, pid, self.browser.cookies[f"seat_{code}_{pid}"])
