"""A room that is printed from the browser is black on white in every one of them."""

from playwright.sync_api import expect

from tests.browser.conftest import Cast
from tests.browser.people import DRAFTING, Person

# What Firefox leaves white on paper: a grid within a container that is asked for its size.
LEFT_WHITE = """() => [...document.querySelectorAll("main *")].filter((one) => {
  const grid = (each) => getComputedStyle(each).display.includes("grid");
  return getComputedStyle(one).containerType !== "normal" && [one, ...one.querySelectorAll("*")].some(grid);
}).map((one) => `${one.tagName} ${one.className} ${one.id}`)"""


def test_the_text_of_a_room_is_printed_in_every_browser(moderator: Person, cast: Cast) -> None:
    code = moderator.opens_a_room("On paper", automatic=True)
    japan = cast()
    japan.joins(code, "Mori Yoshiko", "Japan")
    moderator.page.locator("body").press("p")
    moderator.starts_item(DRAFTING)
    japan.opens_tab("Text")
    japan.proposes("They meet again.")
    page = japan.page
    page.set_viewport_size({"width": 680, "height": 960})  # A4 within its margins, at 96 dots an inch
    expect(page.locator(".text-panel .para")).to_be_visible()
    assert page.evaluate(LEFT_WHITE), "on a screen there are some"
    page.emulate_media(media="print")
    expect(page.locator(".text-panel .para")).to_be_visible()
    assert page.evaluate(LEFT_WHITE) == []
    assert page.evaluate("getComputedStyle(document.body).minHeight") == "0px", "no page more than it needs"
