"""Pictures of every main screen, to be looked at by people: `python -m tests.browser.shots [FOLDER]`.

Starts a server of its own over records of its own, plays a rehearsal and a room with a few people in it, and writes
PNGs to shots/ (which git ignores): phone, laptop and wall, light and dark. It judges nothing; the tests do that.
"""

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.people import DRAFTING, LAPTOP, PHONE, QUIET, WALL, Person, settle
from tests.programs import ROOT, Served, find_chromium

SIZES = {
    "390": PHONE["viewport"],
    "1024": {"width": 1024, "height": 768},  # an old beamer
    "1280": LAPTOP["viewport"],
    "1920": WALL["viewport"],
}
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
STATEMENT = (
    "Mr. Chairman, we have read the Guidelines with care. They speak of situations, not of places.\n\n"
    "A map would help us more than a dictionary. 우리는 지도를 부탁드립니다. Мы просим показать карту."
)


class Album:
    """Where the pictures go, numbered as they are taken."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.taken = folder, 0
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)

    def take(self, page: Page, name: str, *sizes: str, whole: bool = False) -> None:
        """In every size named (all, if none is), light and dark; `whole` to the end of the page."""
        page.bring_to_front()
        for size in sizes or SIZES:
            page.set_viewport_size(SIZES[size])
            for theme in THEMES:
                page.emulate_media(color_scheme=theme, reduced_motion="reduce")
                settle(page)
                self.taken += 1
                page.screenshot(path=self.folder / f"{self.taken:03}-{name}-{size}-{theme}.png", full_page=whole)
        page.set_viewport_size(LAPTOP["viewport"])


def public_pages(album: Album, person: Person, code: str) -> None:
    page = person.page
    for path, name in (("/", "library"), ("/exercises/neacd-vii-tokyo-1997/", "exercise"), ("/sign-in/", "sign-in")):
        page.goto(path)
        album.take(page, name, "390", "1280", whole=True)
    page.goto("/join/?code=XXXXXX")
    album.take(page, "unknown-code", "390", "1280")
    page.goto(f"/join/{code}/")
    page.locator("summary", has_text="Japan").click()
    album.take(page, "join", "390", "1280", whole=True)
    page.goto("/no-such-page/")
    album.take(page, "no-such-page", "390", "1280")


def moderators_pages(album: Album, chair: Person) -> None:
    page = chair.context.new_page()
    for path, name in (
        ("/rooms/", "rooms"),
        ("/rooms/new/neacd-vii-tokyo-1997/", "open-a-room"),
        ("/exercises/neacd-vii-tokyo-1997/packs/JPN/", "pack-in-the-library"),
    ):
        page.goto(path)
        album.take(page, name, "390", "1280", whole=True)
    page.close()


def delegates_tabs(album: Album, person: Person, name: str) -> None:
    album.take(person.page, name, "1280", "1920")
    for tab in ("Table", "Text", "Pack", "Private", "People"):
        person.page.set_viewport_size(SIZES["390"])
        person.opens_tab(tab)
        album.take(person.page, f"{name}-{tab.lower()}", "390")
    person.opens_tab("Text")
    album.take(person.page, f"{name}-text", "1280")
    person.opens_tab("Table")


def consoles_parts(album: Album, chair: Person) -> None:
    """What the chair brings to the front: by a key on a laptop, by the bar at the foot on a phone."""
    for key, part in (("3", "positions"), ("2", "text"), ("1", "caucuses")):
        chair.page.locator("body").press(key)
        album.take(chair.page, f"console-{part}", "1280")
    bar = chair.page.get_by_role("navigation", name="Console")
    for tab in ("For you", "Agenda", "People", "Text", "Floor"):
        chair.page.set_viewport_size(SIZES["390"])
        bar.get_by_role("link", name=tab).click()
        album.take(chair.page, f"console-{tab.lower().replace(' ', '-')}", "390")


def session(album: Album, new: Callable[..., Person], chair: Person) -> None:
    code = chair.opens_a_room("NEACD VII, Monday's class")
    with chair.page.expect_popup() as popup:
        chair.presses("Projector")
    wall = popup.value
    japan, china, korea, guest = (new() for _ in range(4))
    japan.joins(code, "森川玲子 Morikawa Reiko", "Japan")
    china.joins(code, "沈立言 Shen Liyan", "China")
    korea.joins(code, "한서진 Han Seo-jin", "South Korea")
    guest.joins(code, "Ingrid Aasen")
    public_pages(album, new(), code)
    moderators_pages(album, chair)
    album.take(japan.page, "lobby", "390", "1280", whole=True)
    album.take(chair.page, "console-lobby")
    album.take(wall, "wall-lobby", "1024", "1920")

    chair.page.locator("body").press("a")
    chair.page.locator("body").press("p")
    chair.presses("Start: Opening")
    album.take(japan.page, "delegate-empty", "390", "1280")
    china.says_after_asking(chair, STATEMENT)
    korea.says_after_asking(chair, "We would like to hear the American side on this.")
    japan.tells_own_delegation("Let the Russians speak first.")
    japan.files_position("Openness about the Guidelines", "d", ["c"], public=True, why="We have nothing to hide.")
    china.files_position("Openness about the Guidelines", "b", ["c"], public=True, why="Words are not maps.")
    japan.asks_for_the_floor()
    expect(chair.page.get_by_role("button", name="Give the floor to Japan")).to_be_visible()
    album.take(wall, "wall-item", "1024", "1920")
    chair.page.locator("body").press("n")
    china.asks_for_the_floor()
    korea.asks_for_the_floor()
    expect(japan.page.get_by_label("You have the floor")).to_be_visible()
    new().joins(code, "Late Comer", "Russia")
    delegates_tabs(album, japan, "speaker")
    delegates_tabs(album, china, "delegate")
    album.take(guest.page, "observer", "390", "1280")
    album.take(chair.page, "console")
    consoles_parts(album, chair)
    album.take(wall, "wall-speech", "1024", "1920")
    japan.says("We open the Guidelines to whoever reads them aloud with us.")

    chair.starts_item(DRAFTING)
    japan.opens_tab("Text")
    japan.proposes("The participants will tell each other of exercises before the press does.")
    japan.proposes("They meet again before the first of May, in Seoul.")
    china.opens_tab("Text")
    china.proposes("No party reads the Guidelines as naming a place.")
    album.take(japan.page, "drafting", "390", "1280")
    album.take(wall, "wall-text", "1024", "1920")
    chair.page.locator("body").press("c")
    china.opens_tab("Table")
    china.page.get_by_label("Your reason, if you stand aside or object").fill("Without prejudice to our view of 1997.")
    china.presses("Stand aside")
    japan.opens_tab("Table")
    expect(japan.page.get_by_text("Without prejudice to our view of 1997.").first).to_be_attached()
    album.take(japan.page, "call", "390", "1280")
    album.take(chair.page, "console-call")
    album.take(wall, "wall-call", "1024", "1920")
    japan.presses("Join", exact=True)
    korea.presses("Join", exact=True)
    expect(chair.page.get_by_role("heading", name="Adopted by consensus")).to_be_visible()
    chair.page.locator("summary", has_text="Close").click()
    chair.once_agrees("Close the session")
    expect(chair.page.get_by_role("link", name="Open the debrief").first).to_be_visible()
    album.take(japan.page, "closed", "390", "1280")
    album.take(wall, "wall-closed", "1920")
    looking_back(album, chair, "chair")
    looking_back(album, japan, "delegate")


def looking_back(album: Album, person: Person, name: str) -> None:
    room = person.page.url.partition("#")[0]
    for path, what in (("debrief/", "debrief"), ("at/24/", "replay"), ("earlier/", "earlier")):
        person.goes_to(f"{room}{path}")
        album.take(person.page, f"{name}-{what}", "390", "1280", whole=what != "replay")


def rehearsed(album: Album, server: Served, chair: Person) -> None:
    """A full session's debrief, as a class would have it."""
    told = server.manage("rehearse", "first_session").stdout
    code = next(line.split("room ")[1][:6] for line in told.splitlines() if " in room " in line)
    chair.goes_to(f"/rooms/{code}/chair/debrief/")
    album.take(chair.page, "rehearsed-debrief", "390", "1280", whole=True)
    chair.page.emulate_media(media="print")
    chair.page.pdf(path=album.folder / "rehearsed-debrief.pdf", format="A4")


def take_all(browser: Browser, server: Served, folder: Path) -> int:
    album = Album(folder)
    people: list[Person] = []

    def new(**more: Any) -> Person:
        people.append(Person(browser, server.base_url, **more))
        return people[-1]

    chair = new()
    chair.signs_in(server.sign_in_link)
    session(album, new, chair)
    rehearsed(album, server, chair)
    for person in people:
        person.context.close()
    return album.taken


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "shots"
    with tempfile.TemporaryDirectory() as var, Served(Path(var)) as server, sync_playwright() as playwright:
        server.start()
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(QUIET))
        taken = take_all(browser, server, folder)
        browser.close()
    print(f"{taken} pictures in {folder}")


if __name__ == "__main__":
    main()
