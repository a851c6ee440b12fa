"""What a phone fetches when it opens a room, and that nothing jumps while it is used."""

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Cast
from tests.browser.midway import Midway, in_full_swing
from tests.browser.people import PHONE, Person
from tests.programs import Served

# Bytes over the line: page, styles, scripts, signs, and what HTTP adds to each. The console, made for a laptop,
# holds every inject's words and a form for each of thirty people besides.
FIRST_LOAD = {"moderator": 112 * 1024, "delegate": 100 * 1024, "observer": 100 * 1024}
STILL = 0.01  # of layout shift; from 0.1 on it is called a nuisance
WATCH_SHIFTS = """
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) if (!one.hadRecentInput) (window.shifts ??= []).push([one.value,
    one.sources.map(({ node }) => node?.id || node?.parentElement?.id || node?.className || "?").join(" ")]);
}).observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture(scope="module")
def midway(house: Served, tmp_path_factory: pytest.TempPathFactory) -> Midway:
    return in_full_swing(house, tmp_path_factory.mktemp("midway"))


def room_of(browser: Browser, house: Served, link: str) -> tuple[str, object]:
    """The address behind a link, and the cookies that it gave; on a device that is put away again."""
    person = Person(browser, house.base_url, PHONE)
    person.goes_to(link)
    url, state = person.page.url, person.context.storage_state()
    person.context.close()
    return url, state


def fetched(page: Page, url: str) -> dict[str, int]:
    """Bytes over the line by address, until the room is live."""
    told: dict[str, str] = {}
    weights: dict[str, int] = {}
    wire = page.context.new_cdp_session(page)
    wire.on("Network.requestWillBeSent", lambda it: told.__setitem__(it["requestId"], it["request"]["url"]))
    wire.on(
        "Network.loadingFinished",
        lambda it: weights.__setitem__(told[it["requestId"]], int(it["encodedDataLength"])),
    )
    wire.send("Network.enable")
    page.goto(url)
    page.wait_for_load_state("networkidle")
    page.locator("body[data-tab]").wait_for()
    return weights


@pytest.mark.parametrize("role", ["moderator", "delegate", "observer"])
def test_a_room_in_full_swing_fetches_little(
    role: str, cast: Cast, browser: Browser, house: Served, midway: Midway
) -> None:
    url, state = room_of(browser, house, midway.links[role])
    weights = fetched(cast(PHONE, storage_state=state).page, url)
    assert {url, f"{house.base_url}/static/bundled/room.css", f"{house.base_url}/static/bundled/room.js"} <= set(
        weights
    )
    assert sum(weights.values()) < FIRST_LOAD[role], weights


@pytest.mark.parametrize("role", ["moderator", "delegate", "observer"])
def test_nothing_jumps_while_it_is_opened(
    role: str, cast: Cast, browser: Browser, house: Served, midway: Midway
) -> None:
    url, state = room_of(browser, house, midway.links[role])
    page = cast(PHONE, storage_state=state).page
    page.add_init_script(WATCH_SHIFTS)
    fetched(page, url)
    assert sum(value for value, _ in shifts(page)) < STILL, shifts(page)


def shifts(page: Page) -> list[tuple[float, str]]:
    found: list[tuple[float, str]] = page.evaluate(
        "() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(window.shifts ?? []))))"
    )
    return found


def test_nothing_jumps_while_events_come(cast: Cast, browser: Browser, house: Served, midway: Midway) -> None:
    """The chair speaks three times; whoever reads on a phone keeps the line they read."""
    chair, reader = cast(), cast(PHONE)
    chair.goes_to(midway.links["moderator"])
    reader.page.add_init_script(WATCH_SHIFTS)
    reader.goes_to(midway.links["observer"])
    reader.page.locator("#panel-transcript .statement").last.wait_for()
    before = len(shifts(reader.page))
    for words in ("One.", "Two words.", "And three words, at last."):
        chair.page.get_by_label("Say something as the chair").fill(words)
        chair.page.get_by_role("button", name="Say it").click()
        reader.page.locator("#panel-transcript").get_by_text(words, exact=True).wait_for(state="attached")
    assert sum(value for value, _ in shifts(reader.page)[before:]) < STILL, shifts(reader.page)
