"""A session looked back at: scrubbed, stepped and played, through one's own eyes or another seat's, alone or with the
chair.
"""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Cast
from tests.browser.people import LAPTOP, PHONE, Person, too_wide
from tests.browser.test_pages import SIZES, looked_at
from tests.programs import Served

REHEARSAL = "first_session"
LINKS = """
from rooms import access
from rooms.models import Room
from rooms.process import folds
room = Room.objects.get(code="{code}")
for one in room.participants.all():
    person = folds.at_head(room.pk).state.seats.people[one.pid]
    print("LINK", person.seat or person.role, f"/seat/{{room.code}}/{{one.pid}}/{{access.ticket_of(one)}}/")
"""


@dataclass
class Film:
    """A rehearsed session that is closed, and everybody's way to their seat in it."""

    code: str
    links: dict[str, str]

    def sits(self, cast: Cast, seat: str, device: Any = LAPTOP, **more: Any) -> Person:
        """Somebody on their seat, in the closed room."""
        person = cast(device, **more)
        person.goes_to(self.links[seat])
        person.page.wait_for_url(f"**/rooms/{self.code}/**")
        return person


@pytest.fixture(scope="module")
def film(house: Served) -> Film:
    told = house.manage("rehearse", REHEARSAL).stdout
    code = re.findall(r" in room (\w+)", told)[0]
    shell = house.manage("shell", "-v", "0", "-c", LINKS.format(code=code)).stdout
    links = [line.split(" ")[1:] for line in shell.splitlines() if line.startswith("LINK")]
    return Film(code, {seat: link for seat, link in reversed(links)})


def seat_of(page: Page) -> str:
    return re.sub(r"(/rooms/\w+/[\w-]+/).*", r"\1", page.url)


def looks_back(person: Person, moment: int, query: str = "") -> Page:
    page = person.page
    page.goto(f"{seat_of(page)}at/{moment}/{query}")
    ready(page)
    return page


def ready(page: Page) -> None:
    expect(page.locator("body")).to_have_class(re.compile("is-film"))


def moment_of(page: Page) -> int:
    return int(page.locator("#scrub").input_value())


def at_moment(page: Page, moment: int) -> None:
    """The strip is there at once; the address follows when it rests."""
    expect(page.locator("#scrub")).to_have_value(str(moment))
    page.wait_for_url(re.compile(rf"/at/{moment}/"))


def standing(page: Page) -> Locator:
    return page.locator("#panel-table h2").first


def strip_point(page: Page, share: float) -> tuple[float, float]:
    box = page.locator("#lanes").bounding_box()
    assert box
    return box["x"] + share * box["width"], box["y"] + box["height"] / 2


def shows_what_the_server_does(person: Person) -> None:
    """What was put in place piece by piece is what a page of its own would show."""
    page = person.page
    fresh = person.context.new_page()
    fresh.goto(page.url.partition("#")[0])
    expected = {name: words for name, words in person.panels(fresh).items() if name != "panel-status"}
    fresh.close()
    for name, words in expected.items():
        expect(page.locator(f"#{name}"), name).to_have_count(1)
        assert person.panels()[name] == words, name


# On one's own


def test_from_the_debrief_into_the_room_as_it_was_and_along_it_by_keys(film: Film, cast: Cast) -> None:
    japan = film.sits(cast, "JPN-MFA")
    page = japan.page
    page.goto(f"{seat_of(page)}debrief/")
    page.get_by_role("link", name="Walk through the session").click()
    ready(page)
    expect(page.get_by_text("You are looking at the past.")).to_be_visible()
    page.keyboard.press("End")
    expect(standing(page)).to_have_text("The session is closed")
    last = moment_of(page)
    at_moment(page, last)
    page.keyboard.press("ArrowLeft")
    at_moment(page, last - 1)
    page.keyboard.press("Home")
    at_moment(page, 1)
    page.keyboard.press("Shift+ArrowRight")
    marked = moment_of(page)
    assert marked > 1
    expect(page.locator("#told [data-before]")).to_be_hidden()
    page.keyboard.press("Shift+ArrowLeft")
    at_moment(page, 1)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_contain_text("play, pause")
    page.keyboard.press("Escape")
    # In the past nothing can be done, and nothing looks as if it could.
    expect(page.locator(".past-room").get_by_role("button").filter(visible=True)).to_have_count(0)
    # Looking around leaves no trail of pages to go back through.
    page.go_back()
    page.wait_for_url("**/debrief/**")


def test_the_strip_is_scrubbed_and_the_panels_follow(film: Film, cast: Cast) -> None:
    japan = film.sits(cast, "JPN-MFA")
    page = looks_back(japan, 1)
    page.mouse.move(*strip_point(page, 0.05))
    page.mouse.down()
    seen = []
    for step in range(6, 60, 3):
        page.mouse.move(*strip_point(page, step / 100))
        seen.append((moment_of(page), page.locator("#moment").inner_text()))
    page.mouse.up()
    assert [moment for moment, _time in seen] == sorted(moment for moment, _time in seen)
    assert len({time for _moment, time in seen}) == len(seen), "the time moves with the hand, not with the network"
    at_moment(page, seen[-1][0])
    shows_what_the_server_does(japan)
    # The same by the range, as a screen reader moves it.
    scrub = page.get_by_role("slider", name="Moment of the session")
    scrub.fill("40")
    at_moment(page, 40)
    expect(scrub).to_have_attribute("aria-valuetext", re.compile(r"^\d\d:\d\d:\d\d, \w"))
    shows_what_the_server_does(japan)
    # What one has unfolded stays so.
    page.locator("#who-PRC > summary").click()
    page.locator("#scrub").focus()
    page.keyboard.press("ArrowRight")
    at_moment(page, 41)
    expect(page.locator("#who-PRC")).to_have_attribute("open", "")


def test_the_strip_is_scrubbed_by_a_finger(film: Film, cast: Cast) -> None:
    page = looks_back(film.sits(cast, "observer", PHONE), 1)
    page.touchscreen.tap(*strip_point(page, 0.5))
    expect(page.locator("#scrub")).not_to_have_value("1")
    assert too_wide(page) == []
    for name in ("Text", "Positions", "Aside", "People", "Table"):
        page.get_by_role("navigation", name="The room as it was").get_by_role("link", name=name).click()
        expect(page.locator(f"#at-{name.lower() if name != 'Aside' else 'private'}")).to_be_visible()
        assert too_wide(page) == [], name


def test_it_plays_at_sixty_times_its_speed_and_passes_over_silence(film: Film, cast: Cast) -> None:
    page = looks_back(film.sits(cast, "JPN-MFA"), 30)
    for _ in range(5):
        page.keyboard.press("+")
    expect(page.get_by_label("Speed")).to_have_value("60")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    expect(page.locator("#scrub")).not_to_have_value(re.compile("^3[0-4]$"))
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    stands = moment_of(page)
    at_moment(page, stands)
    page.keyboard.press("-")
    expect(page.get_by_label("Speed")).to_have_value("30")
    # A silence is told of.
    page.keyboard.press("End")
    page.get_by_label("Speed").select_option("1")
    page.keyboard.press("Escape")
    page.locator("#scrub").focus()
    page.keyboard.press("Home")
    page.keyboard.press("Space")
    expect(page.locator("[data-quiet]")).to_contain_text("Nothing is recorded for")
    page.keyboard.press("Space")
    expect(page.locator("[data-quiet]")).to_be_hidden()


def test_markers_of_one_kind_and_tracks_that_do_not_count(film: Film, cast: Cast) -> None:
    page = looks_back(film.sits(cast, "moderator"), 1)
    page.get_by_label("Markers").select_option("decisions")
    page.get_by_role("button", name="Next marker").click()
    expect(page.locator("#told")).to_contain_text(re.compile("consensus|put", re.IGNORECASE))
    page.get_by_role("button", name="Previous marker").click()
    expect(page.locator("[data-spoken]")).to_have_text("No marker comes before.")
    page.get_by_role("button", name="Tracks").click()
    sheet = page.locator("#film-kinds")
    for kind in ("session", "items", "floor", "positions"):
        sheet.get_by_role("checkbox", name=kind).uncheck()
    page.keyboard.press("Escape")
    expect(page.locator(".lane-floor")).to_be_hidden()
    expect(page.locator(".lane-texts")).to_be_visible()
    page.get_by_label("Markers").select_option("")
    page.locator("#scrub").focus()
    page.keyboard.press("Home")
    page.keyboard.press("Shift+ArrowRight")
    first = moment_of(page)
    page.get_by_role("button", name="Tracks").click()
    sheet.get_by_role("checkbox", name="floor").check()
    page.keyboard.press("Escape")
    page.locator("#scrub").focus()
    page.keyboard.press("Home")
    page.keyboard.press("Shift+ArrowRight")
    assert moment_of(page) < first
    page.get_by_role("button", name="Items").click()
    page.locator("#film-items").get_by_role("link", name="Opening").click()
    expect(standing(page)).to_have_text("Opening")


# Through other eyes, and with others


def test_seen_from_another_seat_the_page_says_what_is_left_out(film: Film, cast: Cast) -> None:
    chair = film.sits(cast, "moderator")
    page = looks_back(chair, 120)
    expect(page.locator("#panel-desk")).to_have_count(1)
    page.get_by_label("Seen from").select_option("JPN-MFA")
    page.wait_for_url("**/at/120/?from=JPN-MFA**")
    ready(page)
    expect(page.get_by_text("You see what the seat JPN-MFA of Japan saw")).to_be_visible()
    expect(page.locator("#panel-desk")).to_have_count(0)
    page.keyboard.press("ArrowRight")
    page.wait_for_url(lambda url: "/at/120/" not in url and url.endswith("?from=JPN-MFA"))
    shows_what_the_server_does(chair)


def test_a_link_to_a_moment_opens_it_in_ones_own_seat(film: Film, cast: Cast) -> None:
    page = looks_back(film.sits(cast, "moderator"), 100)
    page.keyboard.press("ArrowRight")
    at_moment(page, moment_of(page))
    page.get_by_role("button", name="This moment").click()
    link = page.get_by_label("A link to it").input_value()
    time = page.locator("#moment").inner_text()
    japan = film.sits(cast, "JPN-MFA")
    own = seat_of(japan.page)
    japan.goes_to(link)
    ready(japan.page)
    assert japan.page.url.startswith(f"{own}at/")
    assert japan.page.locator("#moment").inner_text() <= time, "the last of their own before that instant"
    stranger = cast()
    stranger.foresees("status of 403")
    stranger.goes_to(link)
    stranger.sees("No seat of this room is yours on this device.")


@pytest.fixture
def class_of_three(film: Film, cast: Cast) -> tuple[Page, Page, Page]:
    chair, phone, laptop = (
        film.sits(cast, seat, device)
        for seat, device in (("moderator", LAPTOP), ("JPN-MFA", PHONE), ("observer", LAPTOP))
    )
    return looks_back(chair, 100), looks_back(phone, 5), laptop.page


def same_instant(leader: Page, *others: Page) -> None:
    for page in others:
        expect(page.locator("#moment")).to_have_text(leader.locator("#moment").inner_text())


def test_the_class_follows_the_moderator(class_of_three: tuple[Page, Page, Page]) -> None:
    chair, phone, laptop = class_of_three
    laptop.goto(f"{seat_of(laptop)}debrief/")
    expect(laptop.get_by_text("The chair is showing the session.")).to_be_hidden()
    chair.get_by_role("button", name="Show this to the class").click()
    expect(chair.get_by_text("The class follows what you do here")).to_be_visible()
    for page in (phone, laptop):
        expect(page.get_by_text("The chair is showing the session.").first).to_be_visible()
        page.get_by_role("link", name="Follow", exact=True).click()
    ready(laptop)
    for page in (phone, laptop):
        expect(page.get_by_text("You follow the chair, through your own eyes.")).to_be_visible()
    same_instant(chair, phone, laptop)
    chair.keyboard.press("Shift+ArrowRight")
    same_instant(chair, phone, laptop)
    chair.mouse.move(*strip_point(chair, 0.3))
    chair.mouse.down()
    for step in range(30, 50, 2):
        chair.mouse.move(*strip_point(chair, step / 100))
    chair.mouse.up()
    same_instant(chair, phone, laptop)
    chair.get_by_label("Speed").select_option("30")
    chair.locator("#scrub").focus()
    before = phone.locator("#moment").inner_text()
    chair.keyboard.press("Space")
    for page in (phone, laptop):
        expect(page.locator("#moment")).not_to_have_text(before)
        expect(page.get_by_label("Speed")).to_have_value("30")
    chair.keyboard.press("Space")
    same_instant(chair, phone, laptop)
    # One looks on her own, and comes back.
    phone.get_by_role("link", name="Back", exact=True).click()
    expect(phone.get_by_text("You look on your own.")).to_be_visible()
    chair.keyboard.press("Home")
    same_instant(chair, laptop)
    assert phone.locator("#moment").inner_text() != chair.locator("#moment").inner_text()
    phone.get_by_role("button", name="Follow again").click()
    same_instant(chair, phone)
    chair.get_by_role("button", name="Stop showing").click()
    for page in (phone, laptop):
        expect(page.locator("#following")).to_be_hidden()
    expect(chair.get_by_role("button", name="Show this to the class")).to_be_visible()


def test_who_is_not_reached_by_a_socket_follows_all_the_same(film: Film, cast: Cast) -> None:
    chair, guest = film.sits(cast, "moderator"), film.sits(cast, "observer")
    leading = looks_back(chair, 60)
    leading.get_by_role("button", name="Show this to the class").click()
    expect(leading.get_by_role("button", name="Stop showing")).to_be_visible()
    guest.page.route_web_socket(re.compile("/follow/$"), lambda socket: socket.close())
    page = guest.page
    page.goto(f"{seat_of(page)}show/")
    ready(page)
    expect(page.get_by_text("You follow the chair, through your own eyes.")).to_be_visible()
    same_instant(leading, page)
    leading.keyboard.press("Home")
    same_instant(leading, page)
    leading.get_by_role("button", name="Stop showing").click()
    expect(page.locator("#following")).to_be_hidden()


# For everybody


def test_without_script_the_past_is_walked_by_links_and_forms(film: Film, browser: Browser, house: Served) -> None:
    person = Person(browser, house.base_url, java_script_enabled=False)
    try:
        page = person.page
        person.goes_to(film.links["moderator"])
        page.goto(f"{seat_of(page)}at/50/")
        expect(page.get_by_text("You are looking at the past.")).to_be_visible()
        page.get_by_role("link", name="Next", exact=True).click()
        page.wait_for_url("**/at/51/")
        expect(page.get_by_role("button", name="Play")).to_be_hidden()
        page.get_by_label("Seen from").select_option("JPN-MFA")
        page.get_by_role("button", name="Look").click()
        expect(page.get_by_text("You see what the seat JPN-MFA of Japan saw")).to_be_visible()
        page.get_by_role("button", name="This moment").click()
        page.get_by_label("Moment", exact=True).fill("70")
        page.get_by_role("button", name="Go", exact=True).click()
        page.wait_for_url("**/at/70/**")
        page.get_by_role("button", name="Show this to the class").click()
        expect(page.get_by_role("button", name="Stop showing")).to_be_visible()
        page.get_by_role("button", name="Stop showing").click()
        expect(page.get_by_role("button", name="Show this to the class")).to_be_visible()
        person.check()
    finally:
        person.context.close()


def test_the_past_is_open_to_all(film: Film, cast: Cast) -> None:
    page = looks_back(film.sits(cast, "JPN-MFA"), 118)
    with looked_at(page) as look:
        look("a delegate")
    page = looks_back(film.sits(cast, "moderator"), 118)
    page.get_by_role("button", name="This moment").click()
    with looked_at(page) as look:
        look("the chair", "laptop")


def test_the_past_is_printed_whole(film: Film, cast: Cast) -> None:
    page = looks_back(film.sits(cast, "JPN-MFA"), 118)
    for size in SIZES.values():
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.emulate_media(media="print")
        assert too_wide(page) == []
        expect(page.locator("#film")).to_be_hidden()
        for panel in ("#panel-table", "#panel-text", "#panel-matrix", "#panel-people"):
            expect(page.locator(panel)).to_be_visible()
