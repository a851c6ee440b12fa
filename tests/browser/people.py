"""People at their devices, as a facilitator would speak of them. Each has a browser context of their own, which writes
down whatever should never happen: an error, a breach of the content security policy, a request to another address.

They do what people do: find things by what they are called, press them, wait until something is seen. No rules, no
sleeping, no looking at ids where a person would read words.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.trail import Trail

# Without these Chromium looks for news of its own; nothing may leave the machine.
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
LAPTOP: Mapping[str, Any] = {"viewport": {"width": 1280, "height": 800}}
PHONE: Mapping[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
}
WALL: Mapping[str, Any] = {"viewport": {"width": 1920, "height": 1080}}
PATIENCE = 15_000  # ms until something that should be seen is given up; never a measure of speed

NEACD = "neacd-vii-tokyo-1997"  # the exercise, as addresses call it
DRAFTING = "Drafting a joint text of principles"  # the item of the exercise in which a text is written

# What a browser and htmx themselves write down when a line is down.
LINE_DOWN = ("ERR_INTERNET_DISCONNECTED", "ERR_CONNECTION_REFUSED", "WebSocket connection", "htmx:ws:error")

# What breaches the policy says so itself; the console's own words about it differ between versions.
TELL_BREACHES = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`content security policy: ${event.violatedDirective} ${event.blockedURI}`));
"""


class Person:
    """Somebody at one device. `page` is what they look at; `troubles` what went wrong there unnoticed by them; `trail`
    what happened there."""

    def __init__(self, browser: Browser, base_url: str, device: Mapping[str, Any] = LAPTOP, **more: Any) -> None:
        self.base_url = base_url
        self.troubles: list[str] = []
        self.foreseen: list[str] = []
        self.context: BrowserContext = browser.new_context(base_url=base_url, **{**device, **more})
        self.context.set_default_timeout(PATIENCE)
        self.context.set_default_navigation_timeout(PATIENCE)
        self.context.add_init_script(TELL_BREACHES)
        self.context.on("console", self._heard)
        self.context.on("weberror", lambda error: self.troubles.append(f"page error: {error.error}"))
        self.context.on("request", lambda request: self._went_to(request.url))
        self.context.on("page", self._watch)
        self.trail = Trail(self.context)
        self.page: Page = self.context.new_page()

    def _watch(self, page: Page) -> None:
        page.on("websocket", lambda socket: self._went_to(socket.url))

    def _heard(self, message: Any) -> None:
        if message.type == "error":
            self.troubles.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _went_to(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob") and parts.netloc != urlsplit(self.base_url).netloc:
            self.troubles.append(f"asked another address: {url}")

    def foresees(self, *words: str) -> None:
        """The browser will note this itself, and rightly: a refusal's status, a line that is down."""
        self.foreseen.extend(words)

    def check(self) -> None:
        """Nothing went wrong behind this person's back."""
        unforeseen = [one for one in self.troubles if not any(words in one for words in self.foreseen)]
        assert not unforeseen, "\n".join(unforeseen)

    # Pages

    def goes_to(self, path: str) -> Page:
        self.page.goto(path)
        return self.page

    def sits(self, code: str, pid: str, ticket: str) -> Page:
        """On a seat, by what makes it theirs; and is live."""
        self.context.add_cookies([{"name": f"seat_{code}_{pid}", "value": ticket, "url": self.base_url}])
        self.goes_to(f"/rooms/{code}/{pid}/")
        self.is_on_the_line()
        return self.page

    def sees(self, words: str | re.Pattern[str]) -> None:
        """These words are somewhere on the page, for the eye."""
        expect(self.page.get_by_text(words).filter(visible=True).first).to_be_visible(timeout=PATIENCE)

    def presses(self, name: str | re.Pattern[str], *, exact: bool = False) -> None:
        self.page.get_by_role("button", name=name, exact=exact).first.click()

    def part(self, title: str) -> Locator:
        """A part of the screen by its heading; a count may stand behind it."""
        return self.page.get_by_role("region", name=re.compile(rf"^{re.escape(title)}(\s*\d+)?$"))

    # Moderators

    def signs_in(self, link: str) -> None:
        """By the one-time link that the server prints."""
        self.goes_to(link)
        self.presses("Sign in")
        expect(self.page.get_by_role("heading", name="Your rooms")).to_be_visible()

    def finds_in_the_library(self, exercise: str) -> None:
        """By its name, as far as the page on which a room of it is opened."""
        page = self.goes_to("/")
        page.get_by_role("link", name=exercise).click()
        page.get_by_role("link", name="Open a room").click()
        expect(page.get_by_label("Name of the room")).to_be_visible()

    def opens_a_room(
        self,
        title: str,
        *,
        exercise: str = NEACD,
        without: Iterable[str] = (),
        minutes: Mapping[str, int] | None = None,
        automatic: bool = False,
        attribution: str = "",
    ) -> str:
        """An exercise, adjusted, on the page that `finds_in_the_library` leads to, or on its address at once. Returns
        the code; the chair is then taken."""
        address = f"/rooms/new/{exercise}/"
        page = self.page if urlsplit(self.page.url).path == address else self.goes_to(address)
        page.get_by_label("Name of the room").fill(title)
        for name in without:
            page.get_by_role("checkbox", name=name).uncheck()
        for item, number in (minutes or {}).items():
            page.get_by_role("spinbutton", name=f"Minutes for {item}").fill(str(number))
        page.get_by_role("checkbox", name="Let people in automatically").set_checked(automatic)
        if attribution:
            page.get_by_role("radio", name=attribution).check()
        self.presses("Open the room")
        expect(page.get_by_role("heading", name=title)).to_be_visible()
        return urlsplit(page.url).path.split("/")[2]

    def once_agrees(self, name: str | re.Pattern[str]) -> None:
        """Press what asks first, and say yes."""
        self.presses(name)
        self.presses("Yes, do it")

    def starts_item(self, title: str) -> None:
        """As the chair: this item of the agenda, out of its turn."""
        item = self.part("Agenda").get_by_role("listitem").filter(has_text=title)
        if item.locator("details[open]").count() == 0:
            item.locator("summary").click()
        item.get_by_role("button", name="Start now").click()
        expect(self.page.get_by_role("heading", name=title)).to_be_visible()

    # Players

    def comes_by_code(self, code: str) -> None:
        """Types the code on the front page."""
        page = self.goes_to("/")
        page.get_by_label("Room code").fill(code.lower())
        self.presses("Join the room")
        expect(page.get_by_role("heading", name="Take a seat")).to_be_visible()

    def takes_a_seat(self, name: str, delegation: str, seat: str) -> None:
        """On the page that the code or the link led to. Delegation "" observes."""
        page = self.page
        page.get_by_label("Your name").fill(name)
        if delegation:
            page.locator("summary", has_text=delegation).click()
            page.get_by_role("radio", name=seat).filter(visible=True).check()
        else:
            page.get_by_role("radio", name="Observe").check()
        self.presses(re.compile("Ask to be let in|Take the seat"))
        page.wait_for_url("**/rooms/**")

    def joins(self, code: str, name: str, delegation: str = "", seat: str = "Ministry of Foreign Affairs") -> None:
        self.goes_to(f"/join/{code}/")
        self.takes_a_seat(name, delegation, seat)

    def asks_for_the_floor(self) -> None:
        self.presses("Ask for the floor")
        expect(self.page.get_by_role("button", name="Take my name off the list")).to_be_visible()

    def says(self, words: str) -> None:
        """From the floor; it is on the record when this returns."""
        self.page.get_by_label("You have the floor").fill(words)
        self.presses(re.compile("Put it on the record|Say it"))
        expect(self.part("What was said").get_by_text(words)).to_be_visible()

    def says_after_asking(self, chair: "Person", words: str) -> None:
        """The whole way to the record: ask, be given the floor by the chair's key, speak."""
        self.asks_for_the_floor()
        expect(chair.page.get_by_role("button", name="Give the floor to")).to_be_visible()
        chair.page.locator("body").press("n")
        self.says(words)

    def opens_tab(self, name: str) -> None:
        self.page.get_by_role("navigation", name="Room").get_by_role("link", name=name).click()

    def tells_own_delegation(self, words: str) -> None:
        self.page.get_by_label("To your delegation alone").fill(words)
        self.part("Our delegation").get_by_role("button", name="Send").click()

    def files_position(
        self, issue: str, prefer: str, accept: Iterable[str] = (), *, public: bool, why: str = ""
    ) -> None:
        """On one issue, by its title and the options' letters."""
        heading = self.page.get_by_role("heading", name=issue)
        card = self.part("Our positions").get_by_role("article").filter(has=heading)
        card.locator("details[id^=file-] > summary").click()
        card.get_by_role("radio", name=f"Prefer {prefer}", exact=True).check()
        for option in accept:
            card.get_by_role("checkbox", name=f"Accept {option}", exact=True).check()
        if why:
            card.get_by_label("Because").fill(why)
        card.get_by_role("button", name="Put it on the table for all" if public else "Keep it for us alone").click()
        held = f"On the table: {prefer}" if public else f"For us alone: {prefer}"
        expect(card.get_by_text(held)).to_be_visible()
        expect(card.get_by_label("Because")).to_be_hidden()  # folded again

    def proposes(self, words: str) -> None:
        """A paragraph, at the end of the text."""
        self.page.get_by_label("Propose a paragraph").fill(words)
        self.presses("Propose it")
        expect(self.page.locator("#panel-text .para-text").filter(has_text=words)).to_be_visible()

    # Lines

    def loses_the_line(self) -> None:
        """The network goes, and with it the socket."""
        self.foresees(*LINE_DOWN)
        self.context.set_offline(True)
        self.cuts_the_socket()
        expect(self.page.get_by_text("The line is down.", exact=False).first).to_be_visible(timeout=PATIENCE)

    def cuts_the_socket(self) -> None:
        self.page.evaluate(
            "() => htmx.ext.ws.getRegistry().get(document.body.getAttribute('hx-ws:connect')).socket.close()"
        )

    def gets_the_line_back(self) -> None:
        self.context.set_offline(False)
        self.is_on_the_line()

    def is_on_the_line(self) -> None:
        expect(self.page.locator("body")).not_to_have_class(re.compile("is-offline"), timeout=PATIENCE)

    def panels(self, page: Page | None = None) -> dict[str, str]:
        """What every panel says, by its id; counting clocks say nothing."""
        return dict((page or self.page).evaluate(PANELS))

    def fresh_panels(self) -> dict[str, str]:
        """The same of a page that was just loaded."""
        page = self.context.new_page()
        try:
            page.goto(self.page.url)
            return self.panels(page)
        finally:
            page.close()


# What the page left out until it is opened is asked for first.
PANELS = """async () => {
  document.body.dispatchEvent(new Event("neacd:all"));
  for (let n = 0; n < 500 && document.querySelector("[data-later]"); n += 1) {
    await new Promise((done) => setTimeout(done, 20));
  }
  return [...document.querySelectorAll('[id^="panel-"]')].map((panel) => {
    const copy = panel.cloneNode(true);
    for (const clock of copy.querySelectorAll("time[data-ends]")) clock.textContent = "";
    return [panel.id, copy.textContent.replace(/\\s+/g, " ").trim()];
  });
}"""


# What makes a page scroll sideways; empty if it does not.
WIDER = """() => {
  const { clientWidth, scrollWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  const wide = [...document.querySelectorAll("body *")].filter((one) => {
    const box = one.getBoundingClientRect();
    return box.width && box.right > clientWidth + 0.5;
  });
  return [`${scrollWidth} pixels`, ...wide.map((one) => `${one.tagName} ${one.className} ${one.id}`).slice(0, 8)];
}"""


def follow(way: Locator) -> None:
    """Press what leads to another page, and wait for that: until then one would look at the page before."""
    with way.page.expect_event("load"):
        way.click()


def too_wide(page: Page) -> list[str]:
    """The elements that reach past the right edge of a page that scrolls sideways."""
    return list(page.evaluate(WIDER))


def too_wide_in_wide_letters(page: Page) -> list[str]:
    """The same on a device whose letters are wider than ours: which those are, each system decides."""
    page.evaluate("document.documentElement.style.letterSpacing = '0.06em'")
    try:
        return too_wide(page)
    finally:
        page.evaluate("document.documentElement.style.letterSpacing = ''")


# After a change of theme nothing may still be on its way from one colour to another, nor inherited from the other
# theme (Chromium puts that off). Not awaited: a page in the background draws no frames.
SETTLED = """() => {
  const { style } = document.documentElement;
  style.display = "none";
  document.documentElement.getClientRects();
  style.display = "";
  document.getAnimations().forEach((one) => one.finish());
}"""


def settle(page: Page) -> None:
    """Let a change of theme be over before one looks."""
    page.evaluate(SETTLED)
