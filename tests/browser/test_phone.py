"""The same path on a phone in a student's hand: 390 pixels wide, touched, nothing to scroll sideways."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Cast
from tests.browser.people import DRAFTING, PHONE, Person, too_wide

TABS = ("Table", "Text", "Pack", "Private", "People")
TAPS = 6  # a newcomer's patience, from the link to the first page of their pack
LEAST = 24  # pixels a target must measure both ways (WCAG 2.2, 2.5.8)

# What lies in the tab bar or among what one can do now, is shown, and is smaller than a finger may need.
SMALL = f"""() => [...document.querySelectorAll(
  ".tabbar a, #panel-action :is(a, button, select, summary), .room-head :is(a, button)"
)].filter((one) => one.getClientRects().length)
  .map((one) => [one.textContent.trim() || one.id, one.getBoundingClientRect()])
  .filter(([, box]) => box.width < {LEAST} || box.height < {LEAST})
  .map(([name, box]) => `${{name}}: ${{box.width}} x ${{box.height}}`)"""


def fits(page: Page) -> None:
    page.wait_for_load_state("load")  # until then its parts stand one under the other
    assert too_wide(page) == [], page.url


def fits_a_finger(page: Page) -> None:
    assert page.evaluate(SMALL) == []


def taps(person: Person) -> int:
    return int(person.page.evaluate("Number(sessionStorage.getItem('taps') || 0)"))


COUNT_TAPS = """addEventListener("click", (event) => {
  if (event.isTrusted) sessionStorage.setItem("taps", 1 + Number(sessionStorage.getItem("taps") || 0));
}, true);"""


def tap(locator: Any) -> None:
    locator.tap()


@pytest.fixture
def student(cast: Cast) -> Person:
    person = cast(PHONE)
    person.context.add_init_script(COUNT_TAPS)
    return person


def test_a_newcomer_is_at_their_pack_in_six_taps(moderator: Person, student: Person) -> None:
    code = moderator.opens_a_room("Six taps", automatic=True)
    page = student.goes_to(f"/join/{code}/")
    fits(page)
    tap(page.get_by_label("Your name"))
    page.keyboard.type("Ada")
    tap(page.locator("summary", has_text="Japan"))
    tap(page.get_by_text("Ministry of Foreign Affairs").filter(visible=True))
    tap(page.get_by_role("button", name="Take the seat"))
    tap(page.get_by_role("navigation", name="Room").get_by_role("link", name="Pack"))
    expect(page.get_by_role("heading", name="Who you are")).to_be_visible()
    expect(page.locator(".pack-first p")).to_be_in_viewport()
    # A label's tap counts once for the label and once for what it labels.
    assert taps(student) - 1 <= TAPS
    fits(page)


def test_a_phone_goes_from_the_door_to_the_decision(moderator: Person, student: Person, cast: Cast) -> None:
    code = moderator.opens_a_room("On the bus")
    page = student.goes_to("/")
    fits(page)
    page.get_by_label("Room code").fill(code)
    tap(page.get_by_role("button", name="Join the room"))
    expect(page.get_by_role("heading", name="Take a seat")).to_be_visible()
    fits(page)
    student.takes_a_seat("Александра Константиновна Верещагина-Романо", "Japan", "Ministry of Foreign Affairs")
    expect(page.get_by_role("heading", name="The chair has your name")).to_be_visible()
    fits(page)
    moderator.page.keyboard.press("a")
    expect(page.get_by_role("navigation", name="Room")).to_be_visible()
    moderator.page.keyboard.press("p")
    moderator.presses(re.compile("^Start: Opening"))
    other = cast()
    other.joins(code, "A second person, so that one is not alone", "China")
    moderator.page.keyboard.press("a")

    # Every tab, before and after: nothing sideways, nothing too small.
    for name in TABS:
        tap(page.get_by_role("navigation", name="Room").get_by_role("link", name=name))
        fits(page)
        fits_a_finger(page)

    # A statement.
    tap(page.get_by_role("navigation", name="Room").get_by_role("link", name="Table"))
    tap(page.get_by_role("button", name="Ask for the floor"))
    expect(page.get_by_text("You are first")).to_be_visible()
    fits_a_finger(page)
    expect(moderator.page.get_by_role("button", name="Give the floor to Japan")).to_be_visible()
    moderator.page.keyboard.press("n")
    page.get_by_label("You have the floor").fill("A word " + "sehrlangesZusammengesetztesWort" * 8)
    fits(page)
    fits_a_finger(page)
    tap(page.get_by_role("button", name="Put it on the record"))
    expect(moderator.part("What was said")).to_contain_text("sehrlangesZusammengesetztesWort")
    expect(student.part("What was said")).to_contain_text("sehrlangesZusammengesetztesWort")
    fits(page)

    # A position, beside the pack.
    tap(page.get_by_role("navigation", name="Room").get_by_role("link", name="Pack"))
    student.files_position("Openness about the Guidelines", "d", ["c"], public=True, why="We have nothing to hide.")
    fits(page)
    moderator.page.locator("body").press("3")
    expect(moderator.part("Positions on the table")).to_contain_text("prefers d")

    # Drafting: a paragraph from the phone.
    moderator.starts_item(DRAFTING)
    tap(page.get_by_role("navigation", name="Room").get_by_role("link", name="Text"))
    student.proposes("The participants meet again, before the first of May.")
    fits(page)

    # The answer to the call, whichever tab one is on when it comes.
    expect(moderator.page.get_by_role("button", name="Call for consensus")).to_be_visible()
    moderator.page.keyboard.press("c")
    tap(page.get_by_role("navigation", name="Room").get_by_role("link", name="Table"))
    expect(page.get_by_text("Does your delegation join the consensus?", exact=True)).to_be_visible()
    fits(page)
    fits_a_finger(page)
    tap(page.get_by_role("button", name="Join", exact=True))
    expect(moderator.page.locator("#panel-decision .answer-join")).to_have_count(1)
    fits(page)

    # China is silent; silence does not block.
    moderator.page.keyboard.press("c")
    moderator.presses("Yes, do it")
    expect(page.get_by_role("heading", name="Adopted by consensus")).to_be_visible()
    fits(page)

    # The end.
    moderator.page.locator("summary", has_text="Close").click()
    moderator.once_agrees("Close the session")
    tap(page.get_by_role("link", name="Open the debrief").filter(visible=True).first)
    expect(page.get_by_role("heading", name="How it went")).to_be_visible()
    fits(page)
    tap(page.get_by_role("link", name="Walk through the session"))
    expect(page.get_by_text("You are looking at the past.")).to_be_visible()
    fits(page)


def test_the_chair_can_run_a_room_from_a_phone(cast: Cast, signed_in: Any) -> None:
    chair, delegate = cast(PHONE, storage_state=signed_in), cast()
    code = chair.opens_a_room("A teacher standing up")
    fits(chair.page)
    delegate.joins(code, "Ada", "Japan")
    tap(chair.page.get_by_role("button", name="Admit", exact=True))
    tap(chair.page.get_by_role("button", name="Start the session"))
    delegate.asks_for_the_floor()
    fits(chair.page)
    tap(chair.page.get_by_role("button", name="Give the floor to Japan"))
    delegate.says("Thank you.")
    fits(chair.page)
