"""Every page and screen, as somebody meets it who does not see it, does not use a mouse, or prints it."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, expect

from tests.browser.people import DRAFTING, LAPTOP, PHONE, Person, follow, settle, too_wide, too_wide_in_wide_letters
from tests.programs import Served

ALL = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]},
}
COLOURS = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
}  # all that a theme changes
SIZES = {"phone": {"width": 390, "height": 844}, "laptop": {"width": 1280, "height": 800}}
ON_A_WALL = {"wall": {"width": 1920, "height": 1080}}
THEMES = {"light": ALL, "dark": COLOURS}
LONG_NAME = "Александра Константиновна Верещагина-Р."
SPEECH = (
    "한반도의 평화는 여섯 나라가 함께 읽을 수 있는 한 문장에서 시작된다.\n\n" + "We say this twice, and slowly. " * 60
)


class Play:
    """A room of the house with people in it, so far as the pages of these tests need one."""

    def __init__(self, browser: Browser, house: Served, signed_in: Any) -> None:
        def person(device: Any = LAPTOP, **more: Any) -> Person:
            return Person(browser, house.base_url, device, **more)

        self.house = house
        self.chair = person(storage_state=signed_in)
        self.guest, self.delegate, self.rival, self.late = person(), person(), person(), person()
        self.code = self.chair.opens_a_room("Every page", minutes={"Opening": 1})
        with self.chair.page.expect_popup() as popup:
            self.chair.presses("Projector")
        self.wall: Page = popup.value
        self.delegate.joins(self.code, LONG_NAME, "Japan")
        self.rival.joins(self.code, "沈立言 Shen Liyan", "China")
        self.guest.joins(self.code, "Ingrid Aasen")
        self.late.joins(self.code, "Late Comer", "South Korea")

    @property
    def people(self) -> list[Person]:
        return [self.chair, self.delegate, self.rival, self.guest, self.late]

    def begins(self) -> None:
        """All but one are let in, a speech is made, another is under way, somebody waits."""
        chair, waiting = self.chair, self.chair.part("Waits for you")
        for name in (LONG_NAME, "Shen Liyan", "Ingrid Aasen"):
            waiting.get_by_role("listitem").filter(has_text=name).get_by_role("button", name="Admit").click()
        chair.page.locator("body").press("p")
        chair.presses(re.compile("^Start: Opening"))
        self.delegate.says_after_asking(chair, SPEECH)
        self.rival.asks_for_the_floor()
        expect(chair.page.get_by_role("button", name="Give the floor to China")).to_be_visible()
        chair.page.locator("body").press("n")
        expect(self.rival.page.get_by_label("You have the floor")).to_be_visible()
        self.delegate.asks_for_the_floor()
        self.delegate.tells_own_delegation("Only between us.")
        self.delegate.files_position("Openness about the Guidelines", "d", ["c"], public=True, why="Nothing to hide.")

    def drafts_and_calls(self) -> None:
        """A text of one paragraph is put to the delegations; one has answered."""
        self.chair.starts_item(DRAFTING)
        self.rival.opens_tab("Text")
        self.rival.proposes("The participants will tell each other of exercises before the press does.")
        expect(self.chair.page.get_by_role("button", name="Call for consensus")).to_be_visible()
        self.chair.page.locator("body").press("c")
        self.rival.opens_tab("Table")
        self.rival.page.get_by_label("Your reason, if you stand aside or object").fill("Without prejudice.")
        self.rival.presses("Stand aside")
        expect(self.chair.page.locator("#panel-decision .answer-aside")).to_have_count(1)

    def is_asked(self) -> None:
        """The questions before, in the middle of it; one has unfolded them."""
        asking = self.chair.part("Before and after")
        asking.locator("summary", has_text="Ask all delegates").click()
        asking.get_by_role("button", name="Ask the questions before").click()
        self.delegate.part("Before and after").locator("summary", has_text="The questions before").click()
        expect(self.delegate.page.get_by_role("button", name="Send under seal")).to_be_visible()

    def ends(self) -> None:
        self.chair.once_agrees("Close and count")
        self.delegate.opens_tab("Table")
        self.delegate.presses("Join", exact=True)
        expect(self.chair.page.get_by_role("heading", name="Adopted by consensus")).to_be_visible()
        self.chair.page.locator("summary", has_text="Close").click()
        self.chair.once_agrees("Close the session")
        expect(self.chair.page.get_by_role("link", name="Open the debrief").first).to_be_visible()

    def is_washed(self) -> None:
        """The hot wash is held, with a note on each side of its board."""
        self.chair.presses("Begin the hot wash")
        for kind, words in (
            ("Keep this", "우리는 들었다. We listened."),
            ("Change this", "More time on the text. " * 5),
        ):
            self.rival.page.get_by_label("Your note for the board").fill(words)
            self.rival.presses(kind)
            expect(self.rival.page.get_by_label("Your note for the board")).to_have_value("")
        expect(self.wall.get_by_text("1 to keep, 1 to change")).to_be_visible()


@pytest.fixture(scope="module")
def play(browser: Browser, house: Served, signed_in: Any) -> Iterator[Play]:
    play = Play(browser, house, signed_in)
    yield play
    for person in play.people:
        person.context.close()
        person.check()


def breaches(page: Page, rules: dict[str, Any] = ALL) -> list[str]:
    settle(page)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("(rules) => axe.run(document, rules).then((told) => told.violations)", rules)
    return [
        f"{one['id']} ({one['impact']}): {node['target'][0]} {node['html'][:160]} {_why(node)}"
        for one in found
        for node in one["nodes"][:4]
        if not _can_have_the_focus(one["id"], node)
    ]


def _can_have_the_focus(rule: str, node: dict[str, Any]) -> bool:
    """The past is a disabled fieldset. axe takes all in it for disabled; browsers only the controls."""
    return rule == "scrollable-region-focusable" and 'tabindex="0"' in node["html"]


def _why(node: dict[str, Any]) -> str:
    return "; ".join(one["message"] for one in (*node["any"], *node["all"], *node["none"]))[:200]


@contextmanager
def looked_at(page: Page) -> Iterator[Callable[..., None]]:
    """Look at a page in both sizes, or in some, and in both themes; what is wrong is told at the end, all at once."""
    wrong: list[str] = []
    page.bring_to_front()
    page.emulate_media(reduced_motion="reduce")

    def look(where: str, *sizes: str) -> None:
        for size in sizes or SIZES:
            page.set_viewport_size((SIZES | ON_A_WALL)[size])  # type: ignore[arg-type]
            for theme, rules in THEMES.items():
                page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
                wrong.extend(f"{where}, {size}, {theme}: {line}" for line in breaches(page, rules))
            wrong.extend(f"{where}, {size}: too wide: {line}" for line in too_wide(page))
            wrong.extend(f"{where}, {size}: in wide letters: {line}" for line in too_wide_in_wide_letters(page))
        page.set_viewport_size(LAPTOP["viewport"])
        page.emulate_media(color_scheme="light", reduced_motion="no-preference")

    yield look
    assert not wrong, "\n".join(sorted(set(wrong)))


def look_at_tabs(person: Person, where: str, names: tuple[str, ...]) -> None:
    """On a phone each tab is a page of its own; a laptop shows all at once, but for the text."""
    with looked_at(person.page) as look:
        for name in names:
            person.page.set_viewport_size(SIZES["phone"])  # type: ignore[arg-type]
            person.opens_tab(name)
            look(f"{where}, {name}", *(SIZES if name in ("Table", "Text") else ("phone",)))
        person.page.set_viewport_size(SIZES["laptop"])  # type: ignore[arg-type]
        person.opens_tab("Table")


# The tests of one room stand in the order of its session.


def test_pages_before_anybody_signs_in_are_open_to_all(play: Play) -> None:
    person = play.guest
    page = person.context.new_page()
    person.foresees("status of 404", "status of 403")
    with looked_at(page) as look:
        for path in ("/", "/exercises/neacd-vii-tokyo-1997/", "/join/", "/join/?code=XXXXXX", "/sign-in/"):
            page.goto(path)
            look(path)
        page.goto(f"/join/{play.code}/")
        page.locator("summary", has_text="Japan").click()
        look("join")
        page.goto("/sign-in/any-secret/")
        look("sign in by link")
        page.goto("/no-such-page/")
        look("404")
        page.goto(f"/rooms/{play.code}/p-00000000/")
        look("refused")
    page.close()


def test_pages_of_a_moderator_are_open_to_all(play: Play) -> None:
    page = play.chair.context.new_page()
    with looked_at(page) as look:
        for path in ("/rooms/", "/rooms/new/neacd-vii-tokyo-1997/", "/exercises/neacd-vii-tokyo-1997/packs/JPN/"):
            page.goto(path)
            look(path)
        page.goto(f"{play.chair.page.url}pack/JPN/")
        look("a pack in the room")
    page.close()


def test_the_lobby_is_open_to_all(play: Play) -> None:
    with looked_at(play.late.page) as look:
        look("lobby")
    with looked_at(play.chair.page) as look:
        look("console in the lobby")
    with looked_at(play.wall) as look:
        look("wall in the lobby")


def test_a_live_room_is_open_to_all(play: Play) -> None:
    play.begins()
    look_at_tabs(play.delegate, "delegate", ("Table", "Text", "Pack", "Private", "People"))
    look_at_tabs(play.guest, "observer", ("Table", "Text", "People"))
    for page, where in ((play.rival.page, "speaker"), (play.chair.page, "console"), (play.wall, "wall")):
        with looked_at(page) as look:
            look(where)


def test_what_is_folded_is_open_to_all(play: Play) -> None:
    for person in (play.chair, play.delegate):
        person.page.evaluate(UNFOLD, "details")
        with looked_at(person.page) as look:
            look("unfolded")
        person.page.reload()


def test_questions_under_seal_are_open_to_all(play: Play) -> None:
    play.is_asked()
    play.delegate.page.evaluate(UNFOLD, "#panel-perceptions details")
    for page, where in ((play.delegate.page, "who is asked"), (play.chair.page, "who asks")):
        with looked_at(page) as look:
            look(f"questions, {where}")


UNFOLD = "(which) => document.querySelectorAll(which).forEach((one) => { one.open = true; })"


def test_the_console_holds_all_in_one_screen(play: Play) -> None:
    page = play.chair.page
    page.set_viewport_size({"width": 1280, "height": 800})
    assert page.evaluate("document.documentElement.scrollHeight <= window.innerHeight")
    for person in (play.delegate, play.guest):
        assert person.page.evaluate("document.documentElement.scrollHeight <= window.innerHeight")
    # What is done most is in sight, and wholly so.
    for name in ("Give the floor to Japan", "End", "Pause", "Next item", "Close the list", "Admit all"):
        expect(page.get_by_role("button", name=name).first).to_be_in_viewport(ratio=1)


def test_the_list_of_keys_opens_and_closes(play: Play) -> None:
    page = play.chair.page
    page.locator("body").press("?")
    keys = page.get_by_role("dialog", name="Keys")
    expect(keys).to_be_visible()
    expect(keys).to_contain_text("Give the floor to Japan")
    assert breaches(page) == []
    page.keyboard.press("n")  # a key pressed here is for the list alone
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    expect(page.get_by_role("button", name="Give the floor to Japan")).to_be_visible()


def test_keys_are_letters_where_one_writes(play: Play) -> None:
    page = play.chair.page
    page.locator("body").press("m")
    words = page.get_by_label("Say something as the chair")
    expect(words).to_be_focused()
    page.keyboard.type("npx?l")
    expect(words).to_have_value("npx?l")
    expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()
    words.fill("")


def test_focus_stays_where_it_was_while_panels_change(play: Play) -> None:
    page = play.delegate.page
    summary = page.locator("#who-PRC > summary")
    summary.focus()
    summary.press("Enter")
    expect(page.locator("#who-PRC")).to_have_attribute("open", "")
    play.chair.page.get_by_label("Say something as the chair").fill("Order.")
    play.chair.part("What was said").get_by_role("button", name="Say it").click()
    play.chair.part("Agenda").get_by_role("button", name="+5 min").click()
    expect(play.delegate.part("What was said")).to_contain_text("Order.")
    expect(summary).to_be_focused()
    expect(page.locator("#who-PRC")).to_have_attribute("open", "")
    # A button that is pressed and stays keeps the focus too.
    more = play.chair.page.get_by_role("button", name="+30 s")
    more.focus()
    before = play.chair.page.locator(".now time").get_attribute("data-ends")
    play.chair.page.keyboard.press("Enter")
    expect(play.chair.page.locator(".now time")).not_to_have_attribute("data-ends", before or "")
    expect(more).to_be_focused()


def test_motion_is_off_for_whom_it_disturbs(play: Play) -> None:
    page = play.delegate.page
    page.emulate_media(reduced_motion="reduce")
    moving = page.evaluate(
        """() => [...document.querySelectorAll("*")].filter((one) => {
          const style = getComputedStyle(one);
          return parseFloat(style.animationDuration) > 0.01 || parseFloat(style.transitionDuration) > 0.01;
        }).length"""
    )
    assert moving == 0
    page.emulate_media(reduced_motion="no-preference")


def test_a_call_for_consensus_is_open_to_all(play: Play) -> None:
    play.drafts_and_calls()
    pages = (play.chair.page, play.delegate.page, play.rival.page, play.guest.page, play.wall)
    for page, where in zip(pages, ("console", "who must answer", "who answered", "observer", "wall"), strict=True):
        with looked_at(page) as look:
            look(f"call, {where}")
    look_at_tabs(play.guest, "call, observer", ("Text",))


def test_the_debrief_and_the_past_are_open_to_all(play: Play) -> None:
    play.ends()
    look_back(play.chair, "", "debrief/", "at/20/", "find/?q=twice", "names/", "mine/")
    look_back(play.delegate, "", "debrief/", "at/1/", "at/20/", "earlier/", "find/", "find/?q=twice", "names/", "mine/")
    look_back(play.guest, "")
    with looked_at(play.wall) as look:
        look("wall, closed")


def test_the_hot_wash_is_open_to_all(play: Play) -> None:
    play.is_washed()
    pages = (play.chair.page, play.delegate.page, play.rival.page, play.wall)
    for page, where in zip(pages, ("console", "still in role", "who wrote", "wall"), strict=True):
        with looked_at(page) as look:
            look(f"hot wash, {where}", *(("wall", "laptop") if page is play.wall else ()))
    look_back(play.delegate, "debrief/")


def test_going_on_comparing_and_bringing_in_are_open_to_all(play: Play) -> None:
    room, page = play.chair.page.url.partition("#")[0], play.chair.context.new_page()
    page.goto(f"{room}find/?q=twice")
    found = page.get_by_role("main").get_by_role("listitem").get_by_role("link").first.get_attribute("href") or ""
    moment = found.split("/at/")[1].strip("/")
    look_back(play.chair, f"fork/?cursor={moment}")
    page.goto(f"{room}fork/?cursor={moment}")
    page.get_by_role("radio", name="Other people").check()
    page.get_by_label("Name of the new room").fill("Every page, once more")
    follow(page.get_by_role("button", name="Make the new room"))
    with looked_at(page) as look:
        look("room that goes on, console", "laptop")
        page.goto("/rooms/compare/")
        look("compare, choose")
        for name in ("Every page", "Every page, once more"):
            page.get_by_role("checkbox", name=re.compile(f"^{name}\\s+[A-Z0-9]{{6}}")).check()
        page.get_by_role("button", name="Compare them").click()
        expect(page.get_by_role("heading", name="2 runs beside each other")).to_be_visible()
        look("compare")
        page.evaluate(UNFOLD, "details")
        look("compare, unfolded", "phone")
        page.goto("/rooms/bring-in/")
        page.locator("summary", has_text="What is checked").click()
        look("bring in")
    page.close()


def look_back(person: Person, *paths: str) -> None:
    room = person.page.url.partition("#")[0]
    page = person.context.new_page()
    with looked_at(page) as look:
        for path in paths:
            page.goto(f"{room}{path}")
            look(path or "closed")
    page.close()


def test_what_is_printed_fits_the_paper(play: Play) -> None:
    page = play.delegate.context.new_page()
    room = play.delegate.page.url.partition("#")[0]
    page.set_viewport_size({"width": 680, "height": 960})  # A4 within its margins, at 96 dots an inch
    page.emulate_media(media="print")
    for path in ("", "debrief/", "pack/JPN/", "earlier/", "mine/"):
        page.goto(f"{room}{path}")
        assert too_wide(page) == [], path
        assert page.evaluate("document.documentElement.scrollHeight > 300"), path
        for name in ("Ask for the floor", "Send", "Say it"):
            expect(page.get_by_role("button", name=name).filter(visible=True)).to_have_count(0)
    page.close()


def test_by_keyboard_alone_from_the_door_to_the_floor(house: Served, browser: Browser, signed_in: Any) -> None:
    """A moderator who uses no mouse opens a room and gives the floor; a delegate who uses none takes it."""
    chair = Person(browser, house.base_url, storage_state=signed_in)
    delegate = Person(browser, house.base_url)
    chair.goes_to("/exercises/neacd-vii-tokyo-1997/")
    chair.page.keyboard.press("Tab")
    expect(chair.page.get_by_role("link", name="Skip to the content")).to_be_focused()
    expect(chair.page.get_by_role("link", name="Skip to the content")).to_be_in_viewport()
    chair.page.keyboard.press("Enter")
    expect(chair.page.locator("main")).to_be_focused()
    reach(chair.page, "link", "Open a room")
    chair.page.keyboard.press("Enter")
    reach(chair.page, "checkbox", "Let people in automatically")
    chair.page.keyboard.press("Space")
    reach(chair.page, "button", "Open the room")
    chair.page.keyboard.press("Enter")
    expect(chair.part("Agenda")).to_be_visible()
    code = chair.page.url.split("/")[4]

    delegate.goes_to("/join/")
    expect(delegate.page.get_by_label("Room code")).to_be_focused()
    delegate.page.keyboard.type(code)
    delegate.page.keyboard.press("Enter")
    reach(delegate.page, "textbox", "Your name")
    delegate.page.keyboard.type("Ada")
    for _ in range(2):
        delegate.page.keyboard.press("Tab")
    delegate.page.keyboard.press("Enter")
    delegate.page.keyboard.press("Tab")
    delegate.page.keyboard.press("Space")
    expect(delegate.page.get_by_role("radio").filter(visible=True).first).to_be_checked()
    reach(delegate.page, "button", "Take the seat")
    delegate.page.keyboard.press("Enter")
    expect(delegate.part("Agenda")).to_be_visible()

    chair.page.keyboard.press("p")
    expect(chair.page.get_by_role("button", name="Pause")).to_be_visible()
    chair.page.keyboard.press("i")
    expect(delegate.page.get_by_role("button", name="Ask for the floor")).to_be_enabled()
    delegate.page.keyboard.press("f")
    expect(chair.page.get_by_role("button", name="Give the floor to")).to_be_visible()
    chair.page.keyboard.press("n")
    reach(delegate.page, "textbox", "You have the floor")
    delegate.page.keyboard.type("By keyboard alone.")
    delegate.page.keyboard.press("Tab")
    delegate.page.keyboard.press("Enter")
    expect(chair.part("What was said")).to_contain_text("By keyboard alone.")
    for person in (chair, delegate):
        person.context.close()
        person.check()


def reach(page: Page, role: Any, name: str) -> None:
    """Tab until it has the focus; every stop on the way must show that it has it."""
    wanted = page.get_by_role(role, name=name).first
    expect(wanted).to_be_visible()
    for _ in range(80):
        page.keyboard.press("Tab")
        assert page.evaluate(SHOWN), page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        if wanted.evaluate("(one) => one === document.activeElement"):
            return
    raise AssertionError(f"{name} cannot be reached by Tab")


SHOWN = """() => {
  const style = getComputedStyle(document.activeElement);
  const hidden = document.activeElement === document.body;
  return hidden || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
}"""


def test_the_main_pages_fit_two_hundred_percent(play: Play) -> None:
    """Twice as large on a laptop leaves half as many pixels; nothing may hide behind the edge."""
    page = play.guest.context.new_page()
    page.set_viewport_size({"width": 640, "height": 400})
    for path in ("/", "/exercises/neacd-vii-tokyo-1997/", f"/join/{play.code}/", "/sign-in/"):
        page.goto(path)
        assert too_wide(page) == [], path
    page.close()


def test_phones_in_landscape_see_the_table(play: Play) -> None:
    page = play.delegate.context.new_page()
    page.set_viewport_size({"width": PHONE["viewport"]["height"], "height": PHONE["viewport"]["width"]})
    page.goto(play.delegate.page.url)
    assert too_wide(page) == []
    page.close()
