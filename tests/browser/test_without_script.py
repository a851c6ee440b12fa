"""Script and socket only hasten: the plain forms do the same."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Cast
from tests.browser.people import DRAFTING, LINE_DOWN, Person

# A network that lets pages through and no sockets: every attempt is answered like a page that is not there.
NO_SOCKETS = """window.WebSocket = class extends WebSocket {
  constructor(url) { super(url.replace("/ws/", "/no-sockets-here/")); }
};"""


def test_without_any_script_one_joins_asks_and_answers(cast: Cast, moderator: Person) -> None:
    code = moderator.opens_a_room("Plain")
    delegate = cast(java_script_enabled=False)
    page = delegate.page
    delegate.comes_by_code(code)
    delegate.takes_a_seat("Ada", "Japan", "Ministry of Foreign Affairs")
    expect(page.get_by_role("heading", name="The chair has your name")).to_be_visible()
    moderator.page.keyboard.press("a")
    moderator.page.keyboard.press("p")
    moderator.sees("The floor is free.")
    page.reload()

    # The floor.
    delegate.presses("Ask for the floor")
    expect(page.get_by_role("button", name="Take my name off the list")).to_be_visible()
    expect(moderator.page.get_by_role("button", name="Give the floor to Japan")).to_be_visible()
    moderator.page.keyboard.press("n")
    expect(moderator.page.get_by_role("button", name=re.compile("^End"))).to_be_visible()
    page.reload()
    page.get_by_label("You have the floor").fill("Without a script one still speaks.")
    delegate.presses("Put it on the record")
    expect(delegate.part("What was said")).to_contain_text("Without a script one still speaks.")
    expect(moderator.part("What was said")).to_contain_text("Without a script one still speaks.")

    # A text and an answer.
    moderator.starts_item(DRAFTING)
    page.reload()
    delegate.proposes("A plain paragraph.")
    expect(moderator.page.locator("#panel-text")).to_contain_text("A plain paragraph.")
    moderator.page.keyboard.press("c")
    expect(moderator.page.get_by_role("button", name="Take the call back")).to_be_visible()
    page.reload()

    # A refusal is a sentence on the page: an objection needs a reason.
    delegate.presses("Object", exact=True)
    expect(page.get_by_role("alert").filter(visible=True)).to_contain_text(re.compile(r"reason|why", re.IGNORECASE))
    expect(page.get_by_text("Does your delegation join the consensus?")).to_be_visible()
    delegate.presses("Join", exact=True)
    expect(page.get_by_role("heading", name="Adopted by consensus")).to_be_visible()


def test_where_no_socket_gets_through_the_forms_still_work(cast: Cast, moderator: Person) -> None:
    code = moderator.opens_a_room("A school's firewall", automatic=True)
    delegate = cast()
    delegate.foresees(*LINE_DOWN, "status of 409", "status of 400")
    delegate.context.add_init_script(NO_SOCKETS)
    delegate.joins(code, "Ada", "Japan")
    page = delegate.page
    expect(page.get_by_text("The line is down.", exact=False).first).to_be_visible()
    moderator.page.keyboard.press("p")
    moderator.sees("The floor is free.")
    page.reload()

    # What was asked is done, and seen, though nothing is pushed.
    page.get_by_label("To your delegation alone").fill("Half a thought")
    delegate.presses("Ask for the floor")
    expect(moderator.page.get_by_role("button", name="Give the floor to Japan")).to_be_visible()
    expect(page.get_by_role("button", name="Take my name off the list")).to_be_visible()
    expect(page.get_by_label("To your delegation alone")).to_have_value("Half a thought")

    # What others do is seen after a while too.
    moderator.page.keyboard.press("n")
    expect(page.get_by_label("You have the floor")).to_be_visible(timeout=30_000)
    page.get_by_label("You have the floor").fill("One hears me all the same.")
    delegate.presses("Put it on the record")
    expect(moderator.part("What was said")).to_contain_text("One hears me all the same.")
    expect(delegate.part("What was said")).to_contain_text("One hears me all the same.")

    # What came when it was opened is still there.
    expect(delegate.part("Our positions").get_by_role("article")).not_to_have_count(0)
    expect(page.locator("[data-later]:visible")).to_have_count(0)

    # A refusal says why.
    moderator.starts_item(DRAFTING)
    delegate.opens_tab("Text")
    expect(page.get_by_label("Propose a paragraph")).to_be_visible(timeout=30_000)
    page.get_by_label("Propose a paragraph").fill("   ")
    delegate.presses("Propose it")
    expect(page.locator("#notice")).to_be_visible()
    expect(page.get_by_label("Propose a paragraph")).to_have_value("   ")


def test_a_finger_that_slips_says_it_once(cast: Cast, moderator: Person) -> None:
    code = moderator.opens_a_room("Twice", automatic=True)
    delegate = cast()
    delegate.joins(code, "Ada", "Japan")
    delegate.page.get_by_label("To your delegation alone").fill("Once.")
    delegate.part("Our delegation").get_by_role("button", name="Send").dblclick()
    expect(delegate.page.get_by_label("To your delegation alone")).to_have_value("")
    delegate.tells_own_delegation("Then something else.")
    messages = delegate.part("Our delegation").get_by_role("list", name="Messages").get_by_role("listitem")
    expect(messages).to_have_count(2)
