"""Fresh eyes: a student from the code on the wall to the first page of the pack, a moderator who has read no manual.
What is counted is touches and pages, never seconds."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Cast
from tests.browser.people import PHONE, Person, too_wide

TOUCHES = 3  # the name, a delegation, the button
AGAIN = 2  # with the name of the last time
PAGES = 2  # the door and the room; where one waits, the room comes anew with the pack
HUMAN = 60  # ms from key to key

COUNT_TOUCHES = """addEventListener("pointerup", (event) => {
  if (event.isTrusted) sessionStorage.setItem("touches", 1 + Number(sessionStorage.getItem("touches") || 0));
}, true);"""


def touches(person: Person) -> int:
    return int(person.page.evaluate("Number(sessionStorage.getItem('touches') || 0)"))


class Pages:
    """The pages that a person was shown, one after the other."""

    def __init__(self, page: Page) -> None:
        self.shown: list[str] = []
        page.on("domcontentloaded", lambda shown: self.shown.append(shown.url))


@pytest.fixture
def student(cast: Cast) -> Person:
    person = cast(PHONE)
    person.context.add_init_script(COUNT_TOUCHES)
    return person


def in_reach(control: Locator) -> Locator:
    """On the screen as it is: nobody has to look for it by scrolling."""
    expect(control).to_be_in_viewport(ratio=0.9)
    return control


def scans(student: Person, moderator: Person) -> Page:
    """The code on the moderator's screen leads to the address that stands under it."""
    address = moderator.page.get_by_role("link", name="/join/").get_attribute("href")
    assert address
    return student.goes_to(address)


def takes_any_seat(page: Page, delegation: str, button: str) -> None:
    in_reach(page.locator("summary", has_text=delegation)).tap()
    expect(page.get_by_role("radio", name="Ministry of Foreign Affairs").filter(visible=True)).to_be_checked()
    in_reach(page.get_by_role("button", name=button)).tap()


def reads_the_first_page(page: Page) -> None:
    expect(page.get_by_role("heading", name="Who you are")).to_be_in_viewport()
    expect(page.locator(".pack-first p")).to_be_in_viewport()
    expect(page.get_by_role("link", name="Pack", exact=True)).to_have_attribute("aria-current", "true")
    assert page.evaluate("scrollY") == 0
    assert too_wide(page) == []


def test_from_the_code_to_the_pack_where_people_are_let_in_at_once(moderator: Person, student: Person) -> None:
    moderator.opens_a_room("Come in", automatic=True)
    pages = Pages(student.page)
    page = scans(student, moderator)
    in_reach(page.get_by_label("Your name")).tap()
    page.keyboard.type("Mina Kowalczyk", delay=HUMAN)
    takes_any_seat(page, "Japan", "Take the seat")
    reads_the_first_page(page)
    assert touches(student) == TOUCHES
    assert len(pages.shown) == PAGES


def test_from_the_code_to_the_pack_by_way_of_the_lobby(moderator: Person, student: Person) -> None:
    moderator.opens_a_room("Knock first")
    pages = Pages(student.page)
    page = scans(student, moderator)
    in_reach(page.get_by_label("Your name")).tap()
    page.keyboard.type("Mina Kowalczyk", delay=HUMAN)
    takes_any_seat(page, "Japan", "Ask to be let in")

    # What happens next is said where one looks, and there is something to read until then.
    expect(page.get_by_role("heading", name="The chair has your name")).to_be_in_viewport()
    expect(page.get_by_text("your briefing pack opens here by itself")).to_be_in_viewport()
    assert touches(student) == TOUCHES
    in_reach(page.get_by_role("link", name="read meanwhile what it is about")).tap()
    expect(page.locator(".lobby .read p").first).to_be_in_viewport()

    # Let in, one is at the beginning of the pack, wherever one was reading, with nothing more to press.
    waiting = moderator.part("Waits for you")
    waiting.get_by_role("listitem").filter(has_text="Mina").get_by_role("button", name="Admit", exact=True).click()
    reads_the_first_page(page)
    assert touches(student) == TOUCHES + 1
    assert len(pages.shown) == PAGES + 1


def test_who_comes_again_types_no_name(moderator: Person, student: Person) -> None:
    moderator.opens_a_room("The first week", automatic=True)
    page = scans(student, moderator)
    page.get_by_label("Your name").fill("Mina Kowalczyk")
    takes_any_seat(page, "Japan", "Take the seat")
    reads_the_first_page(page)
    moderator.opens_a_room("The second week", automatic=True)
    page = scans(student, moderator)
    expect(page.get_by_label("Your name")).to_have_value("Mina Kowalczyk")
    before = touches(student)
    takes_any_seat(page, "China", "Take the seat")
    reads_the_first_page(page)
    assert touches(student) == before + AGAIN


def test_the_seat_that_is_offered_is_one_that_nobody_has(moderator: Person, student: Person, cast: Cast) -> None:
    code = moderator.opens_a_room("Sit where you like", automatic=True)
    cast().joins(code, "Ada", "Japan")
    page = scans(student, moderator)
    page.get_by_label("Your name").fill("Mina")
    page.get_by_label("Your name").press("Enter")  # on to the seats: a name alone is not enough
    expect(page.locator("summary").first).to_be_focused()
    page.locator("summary", has_text="Japan").tap()
    expect(page.get_by_role("radio", name="Japan Defense Agency")).to_be_checked()
    page.get_by_text("one person there, you would share it").tap()
    page.get_by_role("button", name="Take the seat").tap()
    reads_the_first_page(page)
    expect(page.locator(".room-me")).to_contain_text("Ministry of Foreign Affairs")


def test_who_comes_late_sees_the_table_first(moderator: Person, student: Person) -> None:
    code = moderator.opens_a_room("Already talking", automatic=True)
    moderator.presses("Start the session")
    student.joins(code, "Mina", "Japan")
    expect(student.page.get_by_role("link", name="Table")).to_have_attribute("aria-current", "true")
    expect(student.page.get_by_text("The floor is free.")).to_be_in_viewport()


def test_a_moderator_runs_a_room_by_what_the_screen_says(moderator: Person, cast: Cast) -> None:
    """Every step is a press of something in sight, by the words on it."""
    page = moderator.page
    student = cast()

    def press(name: str | re.Pattern[str], role: Any = "button") -> None:
        in_reach(page.get_by_role(role, name=name).filter(visible=True).first).click()

    moderator.goes_to("/exercises/neacd-vii-tokyo-1997/")
    press("Open a room", "link")
    page.get_by_label("Name of the room").fill("Nobody told me how")
    page.get_by_role("button", name="Open the room").click()

    # The empty room says what to do, in order.
    steps = page.locator(".steps").get_by_role("listitem")
    expect(steps).to_have_text([re.compile("join with the code"), re.compile("Let them in"), re.compile("Start")])
    scans(student, moderator)
    student.takes_a_seat("Mina", "Japan", "Ministry of Foreign Affairs")
    press(re.compile("^Admit$"))
    expect(student.part("Agenda")).to_be_visible()

    press("Start the session")
    press(re.compile("^Start: Opening"))
    expect(page.get_by_role("heading", name="Opening", exact=True)).to_be_visible()
    student.asks_for_the_floor()
    press("Give the floor to Japan")
    student.says("Thank you for having us.")
    press("Next item")
    expect(page.get_by_role("heading", name="National perspectives")).to_be_visible()

    in_reach(page.locator("summary").filter(has_text=re.compile("[Cc]lose …$"))).first.click()
    press("Close the session")
    press("Yes, do it")
    press("Open the debrief", "link")
    expect(page.get_by_role("heading", name="How it went")).to_be_visible()
