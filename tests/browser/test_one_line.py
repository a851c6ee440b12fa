"""What has room for it stands on one line, on a laptop: the names of tabs whatever is new behind them, and what is
offered in a whole sentence."""

from playwright.sync_api import Locator, expect

from tests.browser.conftest import Cast
from tests.browser.people import Person

LINES = """one => {
  const words = document.createRange();
  words.selectNodeContents(one);
  return new Set([...words.getClientRects()].map((line) => Math.round(line.top))).size;
}"""
NEW = "all => all.forEach((one) => { one.dataset.unread = '3'; })"
OVER = """all => all.filter((one, n) => n && one.getBoundingClientRect().left
  < all[n - 1].getBoundingClientRect().right).length"""


def lines(place: Locator) -> list[int]:
    return [int(one.evaluate(LINES)) for one in place.all()]


def test_names_and_offers_are_not_broken_while_there_is_room(moderator: Person, cast: Cast) -> None:
    code = moderator.opens_a_room("Two of one delegation", automatic=True)
    head, colleague = cast(), cast()
    head.joins(code, "Mori Yoshiko", "Japan")
    colleague.joins(code, "Ono Ken", "Japan", "Self-Defense Forces")
    moderator.page.locator("body").press("p")
    moderator.presses("Start: Opening")
    tabs = head.page.get_by_role("navigation", name="Private").get_by_role("link")
    expect(tabs).to_have_count(4)
    tabs.evaluate_all(NEW)
    assert lines(tabs) == [1, 1, 1, 1]
    assert tabs.evaluate_all(OVER) == 0
    offer = head.page.locator("summary", has_text="You answer for your delegation.")
    expect(offer).to_be_visible()
    assert lines(offer) == [1]
    colleague.asks_for_the_floor()
    expect(moderator.page.get_by_role("button", name="Give the floor to Japan")).to_be_visible()
    moderator.page.locator("body").press("n")
    expect(head.page.get_by_text("Has the floor").first).to_be_attached()
    assert lines(offer) == [1]
