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

    def __init__(self, served: Served) -> None:
        self._served = served
        self._browser = httpx.Client(base_url=served.base_url, follow_redirects=True, timeout=PATIENCE)

    def __enter__(self) -> "Door":
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._browser.close()

    def _post(self, path: str, fields: dict[str, str | list[str]]) -> httpx.Response:
        """Fill in the form on that page and send it."""
        token = self._browser.cookies.get("csrftoken", "")
        answer = self._browser.post(path, data={**fields, "csrfmiddlewaretoken": token})
        assert answer.status_code == 200, f"{path}: {answer.status_code}\n{answer.text}\n{self._served.output.text}"
        return answer

    def open_room(self, *, automatic_admission: bool = True) -> Place:
        """Open the shipped exercise, signed in by the printed link; the chair of the new room."""
        if "sessionid" not in self._browser.cookies:
            self._browser.get(self._served.sign_in_link)
            self._post(self._served.sign_in_link, {})
        path = f"/rooms/new/{SCENARIO}/"
        items = re.findall(r'name="keep-([^"]+)"', self._browser.get(path).text)
        assert items, "the form names no item of the agenda"
        kept: dict[str, str | list[str]] = {f"keep-{item}": "on" for item in items}
        minutes: dict[str, str | list[str]] = {f"minutes-{item}": "10" for item in items}
        rules: dict[str, str | list[str]] = {"attribution": "chatham_house", "assessment_record": "on"}
        if automatic_admission:
            rules["automatic_admission"] = "on"
        chosen: dict[str, str | list[str]] = {"title": "Under fire", "delegation": list(DELEGATIONS)}
        return self._place(self._post(path, {**chosen, **rules, **kept, **minutes}))

    def join(self, code: str, seat: str = "observe") -> Place:
        """Join by the room's code on a seat, or to observe."""
        self._browser.get(f"/join/{code}/")
        return self._place(self._post(f"/join/{code}/", {"name": f"Somebody {seat}", "seat": seat}))

    def _place(self, room_page: httpx.Response) -> Place:
        """Where one has arrived; the ticket is in the seat's cookie."""
        _nothing, _rooms, code, pid, *_rest = room_page.url.path.split("/")
        return Place(code, pid, self._browser.cookies[f"seat_{code}_{pid}"])
