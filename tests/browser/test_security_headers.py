"""What a hostile page, a hostile name and a curious script run into."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Cast
from tests.browser.people import DRAFTING, Person
from tests.programs import Served

IMAGE = "<img src=x onerror=\"document.title='owned'\">"
SCRIPT = "<script>document.title='owned'</script>"
HANDLER = '"><svg onload="document.title=\'owned\'">'


def policy(header: str) -> dict[str, list[str]]:
    directives = [part.split() for part in header.split(";") if part.strip()]
    return {words[0]: words[1:] for words in directives}


@pytest.mark.parametrize("path", ["/", "/join/", "/sign-in/", "/no-such-page/", "/healthz"])
def test_no_page_lets_a_script_in_from_anywhere_but_our_files(cast: Cast, path: str) -> None:
    answer = cast().context.request.get(path)
    directives = policy(answer.headers["content-security-policy"])
    assert directives["default-src"] == ["'self'"]
    assert directives["script-src"] == ["'self'"]
    assert directives["style-src"] == ["'self'"]
    assert directives["object-src"] == ["'none'"]
    assert directives["base-uri"] == ["'none'"]
    assert directives["frame-ancestors"] == ["'none'"]
    assert directives["form-action"] == ["'self'"]
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert "http" not in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["referrer-policy"] == "same-origin"


def test_the_room_is_as_strict_and_stays_out_of_caches(cast: Cast, moderator: Person) -> None:
    code = moderator.opens_a_room("Strict", automatic=True)
    delegate = cast()
    delegate.joins(code, "Ada", "Japan")
    for person in (moderator, delegate):
        answer = person.context.request.get(person.page.url)
        assert policy(answer.headers["content-security-policy"])["script-src"] == ["'self'"]
        assert "no-store" in answer.headers["cache-control"]
        page = answer.text()
        assert not re.search(r"<[^>]+\sstyle=", page)
        assert not re.search(r"<[^>]+\son[a-z]+=", page)
        assert not re.search(r"<script(?![^>]*\ssrc=)", page)


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(cast: Cast, moderator: Person) -> None:
    code = moderator.opens_a_room("Cookies", automatic=True)
    delegate = cast()
    delegate.joins(code, "Ada", "Japan")
    seats = [one for one in delegate.context.cookies() if one.get("name", "").startswith("seat_")]
    assert len(seats) == 1
    sessions = [one for one in moderator.context.cookies() if one.get("name") == "sessionid"]
    assert len(sessions) == 1
    for cookie in (*seats, *sessions):
        assert cookie.get("httpOnly") is True
        assert cookie.get("sameSite") == "Lax"
    assert "seat_" not in delegate.page.evaluate("document.cookie")


def test_what_people_write_is_shown_as_they_wrote_it(cast: Cast, moderator: Person) -> None:
    code = moderator.opens_a_room(f"Room {IMAGE}", automatic=True)
    moderator.sees(f"Room {IMAGE}")
    hostile, other = cast(), cast()
    hostile.joins(code, "<script>alert(1)</script> Eve", "China")
    other.joins(code, "Ada", "Japan")
    moderator.page.keyboard.press("p")
    moderator.starts_item(DRAFTING)
    hostile.says_after_asking(moderator, f"{SCRIPT} {IMAGE} {HANDLER}")
    hostile.tells_own_delegation(IMAGE)
    hostile.opens_tab("Text")
    hostile.proposes(f"{HANDLER} {SCRIPT}")
    hostile.opens_tab("Table")
    statement = other.part("What was said")
    expect(statement).to_contain_text(f"{SCRIPT} {IMAGE} {HANDLER}")
    expect(statement).to_contain_text("<script>alert(1)</script> Eve")
    other.opens_tab("Text")
    expect(other.page.locator("#panel-text")).to_contain_text(f"{HANDLER} {SCRIPT}")
    for person in (moderator, hostile, other):
        assert person.page.title() != "owned"
        person.page.reload()
        assert person.page.locator("img[src=x], svg[onload]").count() == 0
        assert person.page.title() != "owned"


def test_another_site_gets_no_socket(cast: Cast, moderator: Person, house: Served) -> None:
    code = moderator.opens_a_room("Sockets", automatic=True)
    delegate = cast()
    delegate.joins(code, "Ada", "Japan")
    socket = delegate.page.locator("body").get_attribute("hx-ws:connect")
    delegate.foresees("WebSocket connection", "asked another address")
    # The same browser, with its seat, looks at a page of somebody else's: the same machine by another name is that.
    elsewhere = f"http://localhost:{house.port}/elsewhere"
    delegate.context.route(elsewhere, lambda route: route.fulfill(body="<p>Elsewhere", content_type="text/html"))
    delegate.page.goto(elsewhere)
    opened = delegate.page.evaluate(
        """(url) => new Promise((tell) => {
          const socket = new WebSocket(url);
          socket.onopen = () => tell("opened");
          socket.onerror = socket.onclose = () => tell("refused");
        })""",
        f"ws://127.0.0.1:{house.port}{socket}",
    )
    assert opened == "refused"


def test_another_site_cannot_press_a_button_here(cast: Cast, moderator: Person) -> None:
    code = moderator.opens_a_room("Buttons", automatic=True)
    delegate = cast()
    delegate.joins(code, "Ada", "Japan")
    for headers in ({"Origin": "http://elsewhere.test"}, {"Sec-Fetch-Site": "cross-site"}, {}):
        answer = delegate.context.request.post(
            f"{delegate.page.url}act/", form={"command": "ask_for_floor"}, headers=headers, max_redirects=0
        )
        assert answer.status == 403
