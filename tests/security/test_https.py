"""By https all that is a key stays with it: on the real server, behind a proxy that ends it."""

from http.cookies import SimpleCookie
from typing import Any

import httpx
import pytest

from tests.programs import PATIENCE, Served
from tests.security.visits import Visitor, visitors

pytestmark = pytest.mark.served

YEAR = 31_536_000  # seconds
FOR_SCRIPTS = ("csrftoken",)  # a page's own script sends it along; it opens nothing by itself


@pytest.fixture
def secure(served: Any) -> Served:
    one: Served = served(NEACD_HTTPS="1", NEACD_PROXY="1")
    return one


def keys_of(visitor: Visitor) -> dict[str, Any]:
    """Every cookie that a browser was given, as it came last with something in it."""
    found = {}
    for worded in visitor.cookies:
        for name, one in SimpleCookie(worded).items():
            if one.value:
                found[name] = one
    return found


def test_no_cookie_ever_leaves_https_and_no_page_does(secure: Served) -> None:
    with visitors(secure, 2, https=True) as (chair, japan):
        chair.sign_in(secure.sign_in_link.removeprefix(secure.base_url))
        head = chair.open_room()
        place = japan.join(head.code, "JPN-MFA", "Hiroko")
        form = {"command": "chair_statement", "text": "I am the chair."}
        told = japan.browser.post(
            f"/rooms/{place.code}/{place.pid}/act/", data=form, headers={"Sec-Fetch-Site": "same-origin"}
        )
        assert told.status_code == 200
        assert "refused" not in told.url.path
        pages = [
            *told.history,
            told,
            *(
                japan.browser.get(path)
                for path in ("/", "/join/", "/no/such/page/", f"/api/rooms/{place.code}/{place.pid}/")
            ),
            chair.browser.get("/rooms/"),
            chair.browser.get("/static/neacd/base.css"),
        ]
        for answer in pages:
            policy = {part.strip() for part in answer.headers.get("Strict-Transport-Security", "").split(";")}
            assert policy == {f"max-age={YEAR}", "includeSubDomains"}, answer.url
        given = {**keys_of(chair), **keys_of(japan)}
        seats = {f"seat_{one.code}_{one.pid}" for one in (head, place)}
        assert {"sessionid", "csrftoken", *seats} <= given.keys()
        for name, cookie in given.items():
            assert cookie["secure"], name
            assert cookie["samesite"] in ("Lax", "Strict"), name
            assert bool(cookie["httponly"]) is (name not in FOR_SCRIPTS), name
            assert (cookie["path"], cookie["domain"]) == ("/", ""), name


def test_who_comes_by_plain_http_is_sent_to_https_and_given_nothing(secure: Served) -> None:
    for path in ("/join/", "/sign-in/", "/rooms/BBBBBB/p-00000000/"):
        answer = httpx.get(f"{secure.base_url}{path}", timeout=PATIENCE)
        assert answer.status_code == 301
        assert answer.headers["Location"] == f"https://127.0.0.1:{secure.port}{path}"
        assert "set-cookie" not in answer.headers
        assert "Strict-Transport-Security" not in answer.headers, "browsers believe it over https alone"


def test_on_plain_http_nothing_asks_for_https(served: Any) -> None:
    """One classroom, no certificate: a cookie that stayed with https would never come back."""
    one: Served = served()
    with visitors(one, 1) as [visitor]:
        visitor.browser.get("/join/", headers={"X-Forwarded-Proto": "https"})  # nobody is believed that
        visitor.sign_in(one.sign_in_link.removeprefix(one.base_url))
        given = keys_of(visitor)
        assert {"sessionid", "csrftoken"} <= given.keys()
        assert not [name for name, cookie in given.items() if cookie["secure"]]
        assert "Strict-Transport-Security" not in visitor.browser.get("/join/").headers
