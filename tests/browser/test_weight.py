"""What a phone fetches when it opens a room, and that nothing jumps while it is used."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, Route, WebSocketRoute, expect

from tests.browser.conftest import Cast
from tests.browser.midway import Midway, in_full_swing
from tests.browser.people import PHONE, Person
from tests.load.run import Run
from tests.programs import Served

# Bytes over the line: page, styles, scripts, signs, and what HTTP adds to each. At the end of two hours, with thirty
# seats taken, it may be a hundred thousand; measured then: chair 95, delegate 88, observer 78. Here it is a short one.
FIRST_LOAD = {"moderator": 94_000, "delegate": 88_000, "observer": 80_000}
SHEETS = {"moderator": "console", "delegate": "pack", "observer": "room"}
A_WHILE = 100  # ms: less than what is fetched waits for what it is ahead of
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
    bundles = {f"{house.base_url}/static/bundled/{name}" for name in (f"{SHEETS[role]}.css", "room.js")}
    assert {url, *bundles} <= set(weights)
    assert sum(weights.values()) < FIRST_LOAD[role], weights


def test_what_lies_behind_comes_when_it_is_opened(cast: Cast, browser: Browser, house: Served, midway: Midway) -> None:
    """A tab and a fold of a phone."""
    url, state = room_of(browser, house, midway.links["delegate"])
    reader = cast(PHONE, storage_state=state)
    page = reader.goes_to(url)
    expect(page.locator("#panel-stand[data-later]")).to_have_count(1)
    reader.opens_tab("Pack")
    expect(reader.part("Our positions").get_by_role("article")).not_to_have_count(0)
    behind = page.locator("#pack-others")
    expect(behind).to_have_attribute("data-later", re.compile("^pack/"))
    page.locator("summary", has_text="You and the others").click()
    expect(behind.locator("li").first).to_be_visible()
    expect(behind).not_to_have_attribute("data-later", re.compile("."))


def test_what_is_displayed_at_first_is_fetched_once_however_late_htmx_comes(cast: Cast, moderator: Person) -> None:
    code = moderator.opens_a_room("Fetched once", automatic=True)
    japan = cast()
    japan.joins(code, "Aiko", "Japan")
    page, asked, held = japan.page, list[str](), list[Route]()
    page.on("request", lambda request: asked.append(request.url))
    page.route("**/bundled/htmx*", lambda route: held.append(route))
    with page.expect_response("**/panel/stand/") as fetched:
        page.goto(page.url, wait_until="commit")
    fetched.value.finished()
    page.wait_for_timeout(5 * A_WHILE)
    for route in held:
        route.continue_()
    expect(page.locator("#panel-stand[data-later]")).to_have_count(0)
    page.wait_for_load_state("networkidle")
    assert len([url for url in asked if url.endswith("/panel/stand/")]) == 1
    assert held


def test_what_is_fetched_waits_for_the_frames_that_it_is_ahead_of(cast: Cast, moderator: Person) -> None:
    """A frame adds to what stood before it: put under it, what is newer would have some of that twice."""
    held: list[Callable[[], None]] = []
    holds = False

    def listens(line: WebSocketRoute) -> None:
        server = line.connect_to_server()
        server.on_message(lambda frame: held.append(lambda: line.send(frame)) if holds else line.send(frame))

    moderator.page.route_web_socket(re.compile("/ws/rooms/"), listens)
    code = moderator.opens_a_room("Two ways to reckon", automatic=True)
    japan = cast()
    japan.joins(code, "Aiko", "Japan")
    page = moderator.page
    expect(page.locator("#panel-people")).to_contain_text("Aiko")
    expect(page.locator("#panel-packages[data-later]")).to_have_count(1)
    holds = True
    japan.files_position("Openness about the Guidelines", "d", public=True)
    with page.expect_response("**/panel/packages/"):
        page.locator("body").press("3")
    page.wait_for_timeout(A_WHILE)
    expect(page.locator("#panel-packages[data-later]")).to_have_count(1)
    for let_through in held:
        let_through()
    holds = False
    expect(page.locator("#panel-packages[data-later]")).to_have_count(0)
    expect(moderator.part("Packages").get_by_text("By what is on the table")).to_have_count(1)
    assert moderator.panels() == moderator.fresh_panels()


def test_the_list_of_commands_knows_what_lies_behind(
    cast: Cast, browser: Browser, house: Served, midway: Midway
) -> None:
    chair = cast()
    page = chair.goes_to(midway.links["moderator"])
    expect(page.locator("#injects-sheet[data-later]")).to_have_count(1)
    chair.is_on_the_line()
    page.locator("body").press("/")
    page.get_by_label("Find a command by its name").fill("Put it on the list")
    expect(page.get_by_role("listbox", name="Commands").get_by_role("option").first).to_contain_text(
        "Put it on the list"
    )


@pytest.mark.parametrize("role", ["moderator", "delegate", "observer"])
def test_nothing_jumps_while_it_is_opened(
    role: str, cast: Cast, browser: Browser, house: Served, midway: Midway
) -> None:
    url, state = room_of(browser, house, midway.links[role])
    page = cast(PHONE, storage_state=state).page
    page.add_init_script(WATCH_SHIFTS)
    fetched(page, url)
    assert sum(value for value, _ in shifts(page)) < STILL, shifts(page)


OF_ONE_TURN = 2  # what was put on the record, and the speech by word of mouth beside it
TOUCHED = """
window.touched = { came: [], went: [], changed: [] };
new MutationObserver((records) => {
  const named = (nodes) => [...nodes].filter((one) => one.matches?.(".statement")).map((one) => one.id);
  for (const { type, target, addedNodes, removedNodes, attributeName } of records) {
    window.touched.came.push(...named(addedNodes));
    window.touched.went.push(...named(removedNodes));
    const within = (target.closest ? target : target.parentElement)?.closest(".statement");
    // The library names for an instant what it swaps, and nothing is drawn anew by that.
    const marked = type === "attributes" && /^(class|data-htmx-powered)$/.test(attributeName);
    if (within && !marked) window.touched.changed.push(`${within.id} ${type} ${attributeName}`);
  }
}).observe(document.getElementById("panel-transcript"),
  { childList: true, subtree: true, attributes: true, characterData: true });
"""


def test_one_statement_more_touches_no_other(cast: Cast, browser: Browser, house: Served) -> None:
    """After hundreds, too: the new one is put in, the one that was shown longest goes, and the others stay the same
    elements. What that costs after a thousand is measured by `make bench ARGS='--only browser'`."""
    (room,) = Run(house.var, house.var, quick=True).cast({"events": 2_000})
    chair, reader = room["people"][0], next(one for one in room["people"] if one["seat"])
    phone = cast(PHONE)
    phone.sits(room["code"], reader["pid"], reader["ticket"])
    laptop = cast()
    laptop.sits(room["code"], chair["pid"], chair["ticket"])
    page = phone.page
    shown = page.locator("#panel-transcript .statement[id]")
    held = shown.count()
    assert page.locator("#panel-transcript .earlier").count() == 1
    page.evaluate(TOUCHED)
    laptop.page.get_by_label("Say something as the chair").fill("And one more.")
    laptop.page.get_by_role("button", name="Say it").click()
    page.locator("#panel-transcript").get_by_text("And one more.").wait_for(state="attached")
    touched = page.evaluate("() => window.touched")
    assert len(touched["came"]) == 1, touched
    assert len(touched["went"]) <= OF_ONE_TURN, touched
    assert touched["changed"] == [], touched
    assert shown.count() <= held + 1


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
