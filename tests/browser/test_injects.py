"""Injects in real browsers: the chair arms, holds, skips, releases; who it is for reads and answers; no other knows."""

import re

from playwright.sync_api import Locator, expect

from tests.browser.conftest import Cast
from tests.browser.people import PHONE, WALL, Person

FOR_JAPAN = "A question for tomorrow morning"
FOR_JAPAN_WORDS = "An opposition member has put down a question"
AT_MINUTE_25 = "Seoul and the Fund agree"
LEFT_OUT = "Pyongyang sets its first item"
BY_THE_CLOCK = "A town will vote on a base"
OWN = "A typhoon closes Narita"
DESCRIBE = "We describe, and promise nothing before the Diet has voted."
SECOND_ITEM = "National perspectives on security in Northeast Asia"


def line_of(chair: Person, title: str) -> Locator:
    """An inject's line on the chair's timeline, opened."""
    sheet = chair.page.get_by_role("region", name="All injects")
    line = sheet.get_by_role("listitem").filter(has=chair.page.locator("summary", has_text=title))
    if line.locator("> details[open]").count() == 0:
        line.locator("> details > summary").click()
    return line


def unfolded(line: Locator, words: str) -> Locator:
    line.locator("summary", has_text=words).click()
    return line


def knows_nothing(person: Person, frames: list[str], *secrets: str) -> None:
    """Neither the page, also out of sight, nor anything that was sent holds any of it."""
    for secret in secrets:
        assert secret not in person.page.content()
        assert not [frame for frame in frames if secret in frame]


def test_news_reaches_whom_it_is_for_when_the_chair_or_the_clock_says(cast: Cast, moderator: Person) -> None:
    chair, japan, china, guest = moderator, cast(), cast(PHONE), cast()
    frames: list[str] = []
    china.page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: frames.append(str(frame))))
    code = chair.opens_a_room("What happens outside", automatic=True)
    japan.joins(code, "Morikawa Reiko", "Japan")
    china.joins(code, "Shen Liyan", "China")
    guest.joins(code, "Ingrid Aasen")
    for person in (japan, china, guest):
        person.is_on_the_line()
    with chair.page.expect_popup() as popup:
        chair.presses("Projector")
    wall = popup.value
    wall.set_viewport_size(WALL["viewport"])
    chair.page.keyboard.press("p")
    chair.sees("The floor is free.")
    chair.presses(re.compile("^Start: Opening"))
    china.opens_tab("Table")
    expect(china.page.get_by_role("heading", name="Opening", exact=True)).to_be_visible()

    # On top stands what the clock sends next; it can be held there.
    console = chair.part("Injects")
    expect(console.locator(".is-next")).to_contain_text(AT_MINUTE_25)
    expect(console.locator(".is-next .clock")).to_have_text(re.compile(r"^24:"))
    chair.presses(f"Hold {AT_MINUTE_25}")
    expect(console.locator(".is-next")).not_to_contain_text(AT_MINUTE_25)

    # One is left out, with a reason; one is armed for the beginning of the next item; one is the chair's own.
    chair.page.locator("body").press("j")
    expect(line_of(chair, AT_MINUTE_25)).to_contain_text("Held")
    line = unfolded(line_of(chair, LEFT_OUT), "Leave it out")
    line.get_by_label("Why it is left out").fill("We are short of time.")
    line.get_by_role("button", name="Leave it out").click()
    expect(line_of(chair, LEFT_OUT)).to_contain_text("Left out: We are short of time.")
    line = unfolded(line_of(chair, BY_THE_CLOCK), "for another moment")
    line.get_by_label("Minutes into the item").fill("0")
    line.get_by_label("Item", exact=True).select_option(f"2. {SECOND_ITEM}")
    line.locator("form").filter(has_text="min into").get_by_role("button", name="Arm").click()
    expect(line_of(chair, BY_THE_CLOCK)).to_contain_text("at the start of item 2")
    chair.page.locator("summary", has_text="Write your own").click()
    chair.page.get_by_label("Headline").fill(OWN)
    chair.page.get_by_label("From", exact=True).fill("Airport")
    chair.page.get_by_label("What it says").fill("Nobody flies home tonight.")
    chair.presses("Put it on the list")
    expect(line_of(chair, OWN)).to_contain_text("Drafted")

    # What is for Japan is released; Japan is called, opens it, reads it.
    line_of(chair, FOR_JAPAN).get_by_role("button", name="Release now").click()
    chair.presses("Yes, do it")
    news = japan.part("News")
    expect(news).to_contain_text("News for you")
    expect(news.get_by_text(FOR_JAPAN_WORDS)).to_be_hidden()
    news.locator("summary", has_text=FOR_JAPAN).click()
    expect(news.get_by_text(FOR_JAPAN_WORDS)).to_be_visible()
    expect(console.locator(".is-out")).to_contain_text("seen 0 of 1, answered 0")
    japan.presses("We have read it")
    expect(console.locator(".is-out")).to_contain_text("seen 1 of 1, answered 0")
    news.get_by_label("What we do about it").fill(DESCRIBE)
    japan.presses("Tell the chair")
    expect(console.locator(".is-out")).to_contain_text("seen 1 of 1, answered 1")
    expect(news).to_contain_text(DESCRIBE)
    expect(news.get_by_label("What we do about it")).to_have_value("")
    expect(line_of(chair, FOR_JAPAN)).to_contain_text(DESCRIBE)

    # All the while nobody else has learnt of any of it, nor been sent a frame.
    for person in (china, guest):
        knows_nothing(person, frames, FOR_JAPAN, FOR_JAPAN_WORDS, DESCRIBE, AT_MINUTE_25, LEFT_OUT, BY_THE_CLOCK, OWN)
        expect(person.page.locator("#panel-news")).to_be_hidden()
    assert FOR_JAPAN not in wall.content()

    # The clock releases the second one with its item, to all: on every screen and on the wall.
    chair.starts_item(SECOND_ITEM)
    for person in (japan, china, guest):
        expect(person.part("News")).to_contain_text(BY_THE_CLOCK)
    expect(wall.get_by_role("heading", name=BY_THE_CLOCK)).to_be_visible()
    expect(console.locator(".is-out")).to_contain_text(BY_THE_CLOCK)
    assert [frame for frame in frames if BY_THE_CLOCK in frame], "what China is sent was watched"
    china.part("News").locator("summary").click()
    china.presses("We have read it")
    expect(console.locator(".is-out")).to_contain_text("seen 1 of 5")

    # The next who speaks has the wall; the chair closes what is over; what was held never came.
    china.asks_for_the_floor()
    chair.page.locator("body").press("n")
    expect(wall.get_by_role("heading", name="Shen Liyan")).to_be_visible()
    line = line_of(chair, FOR_JAPAN)
    line.get_by_label("What came of it").fill("Japan described.")
    line.get_by_role("button", name="Close it").click()
    expect(line).to_contain_text("What came of it: Japan described.")
    knows_nothing(china, frames, FOR_JAPAN, DESCRIBE, AT_MINUTE_25, LEFT_OUT, OWN)
    for person in (chair, japan, china, guest):
        assert person.panels() == person.fresh_panels()
