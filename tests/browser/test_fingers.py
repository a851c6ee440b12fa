"""Everything is pressed by a finger as well: what can be pressed is as high as one needs, on all pages of the bar and
with every fold open. Measured is where a press arrives, not how something is drawn."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Cast
from tests.browser.midway import Midway, in_full_swing
from tests.browser.people import PHONE, Person
from tests.programs import Served

ENOUGH = 40  # pixels; 44 are meant, and lines that touch share one or two
SMALL_PHONE = {**PHONE, "viewport": {"width": 360, "height": 640}}

# [what can be pressed and has less, how many were measured]. What lies under an opened sheet is measured elsewhere.
TOO_LOW = f"""() => {{
  for (const fold of document.querySelectorAll("details:not(.menu)")) fold.open = true;
  const low = [];
  let measured = 0;
  for (const one of document.querySelectorAll("a[href], button, select, summary, input, textarea")) {{
    if (!one.checkVisibility({{ visibilityProperty: true, opacityProperty: true }}) || one.disabled) continue;
    if (one.closest(".sr-only, .skip-link, svg, [aria-hidden=true]")) continue;
    one.scrollIntoView({{ block: "center", behavior: "instant" }});
    const [line] = one.getClientRects();
    const target = one.closest("label") ?? one;
    const arrives = (at) => at && (target.contains(at) || at.closest("label")?.control === one);
    const x = line.left + Math.min(line.width / 2, 60), y = line.top + line.height / 2;
    if (!arrives(document.elementFromPoint(x, y))) continue;
    measured += 1;
    let above = 0, beneath = 0;
    while (above < 44 && arrives(document.elementFromPoint(x, y - above - 1))) above += 1;
    while (beneath < 44 && arrives(document.elementFromPoint(x, y + beneath + 1))) beneath += 1;
    const high = above + beneath + 1;
    const name = one.textContent.trim().slice(0, 40) || one.name;
    if (high < {ENOUGH}) low.push(`${{one.tagName}} ${{one.className}} “${{name}}”: ${{high}}`);
  }}
  return [low, measured];
}}"""
FOLD = "() => { for (const one of document.querySelectorAll('details[open]')) one.open = false; }"


@pytest.fixture(scope="module")
def midway(house: Served, tmp_path_factory: pytest.TempPathFactory) -> Midway:
    return in_full_swing(house, tmp_path_factory.mktemp("fingers"), "principles_on_paper")


def sits(person: Person, link: str) -> Page:
    page = person.goes_to(link)
    page.wait_for_url("**/rooms/**")
    person.is_on_the_line()
    page.evaluate("document.body.dispatchEvent(new Event('neacd:all'))")
    expect(page.locator("[data-later]")).to_have_count(0)
    return page


@pytest.mark.parametrize("role", ["moderator", "delegate"])
def test_whatever_is_pressed_is_as_high_as_a_finger_needs(role: str, midway: Midway, cast: Cast) -> None:
    page = sits(cast(SMALL_PHONE), midway.links[role])
    tabs = page.locator(".tabbar a").filter(visible=True)
    total = 0
    for place in range(tabs.count()):
        page.evaluate(FOLD)
        tabs.nth(place).tap()
        low, measured = page.evaluate(TOO_LOW)
        assert low == [], tabs.nth(place).inner_text()
        total += measured
    assert total > 100


def test_two_quick_presses_do_not_enlarge_the_page(midway: Midway, cast: Cast) -> None:
    page = sits(cast(PHONE), midway.links["delegate"])
    acts = page.locator("button, summary, a[href], select").filter(visible=True)
    assert set(acts.evaluate_all("all => all.map((one) => getComputedStyle(one).touchAction)")) == {"manipulation"}


def test_beside_a_keyboard_one_sees_what_one_writes_and_what_sends_it(midway: Midway, cast: Cast) -> None:
    page = sits(cast(SMALL_PHONE), midway.links["delegate"])
    page.locator(".tabbar [href='#private']").tap()
    writing = page.locator(".compose:visible").first
    writing.locator("textarea").fill("Only between us.")
    page.set_viewport_size({"width": 360, "height": 340})
    writing.locator("textarea").scroll_into_view_if_needed()
    expect(page.locator(".tabbar")).to_be_hidden()
    expect(writing.get_by_role("button")).to_be_in_viewport(ratio=1)
    writing.get_by_role("button").tap()
    expect(writing.locator("textarea")).to_have_value("")
    expect(page.get_by_text("Only between us.").last).to_be_visible()
