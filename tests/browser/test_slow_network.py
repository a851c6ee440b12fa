"""A page whose parts come late, as they do on a crowded network, is as live as any other."""

from playwright.sync_api import Page, Route

from tests.browser.conftest import Cast
from tests.browser.people import Person

# All scripts of the page but one have come, and htmx, if it is among them, has had its time.
ALL_BUT_ONE = """async () => {
  if (document.readyState === "loading") return false;
  const asked = performance.getEntriesByType("resource").filter((one) => one.initiatorType === "script");
  if (asked.filter((one) => one.responseEnd).length + 1 < document.scripts.length) return false;
  for (let tick = 0; tick < 5; tick++) await new Promise((done) => setTimeout(done));
  return true;
}"""


def opens_with_its_last_script_late(page: Page, url: str, last: str) -> None:
    """The last one that the page names comes when all others have long been there."""
    held: list[Route] = []

    def hold(route: Route) -> None:  # a function of ours: Playwright marks what it is given
        held.append(route)

    page.route(f"**{last}", hold)
    with page.expect_request(f"**{last}"):  # a browser may put off the last ones until the others are there
        page.goto(url, wait_until="commit")
    page.wait_for_function(ALL_BUT_ONE)
    assert len(held) == 1
    held[0].continue_()


def test_a_page_whose_last_script_is_late_gets_its_line(cast: Cast, moderator: Person) -> None:
    code = moderator.opens_a_room("A crowded network", automatic=True)
    delegate = cast()
    delegate.joins(code, "Ada", "Japan")
    last = delegate.page.locator("script[src]").last.get_attribute("src")
    elsewhere = cast(storage_state=delegate.context.storage_state())
    opens_with_its_last_script_late(elsewhere.page, delegate.page.url, str(last))
    moderator.presses("Start the session")
    elsewhere.asks_for_the_floor()
