"""What comes after a session, and what is asked before it, as those meet it who sat in it: two delegates, one on a
phone, their chair and the wall.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.people import LAPTOP, PHONE, Person
from tests.programs import Served

JAPAN, CHINA = "Morikawa Reiko", "沈立言 Shen Liyan"
SAID, MARKED = "We read the Guidelines aloud, with whoever asks.", "Here the tone changed."
PLUS, DELTA = "The second caucus: there we listened.", "Begin with the text, not with speeches."
TITLE, AGAIN = "An afternoon in Tokyo", "The afternoon, continued"


class Class:
    """One session from the questions before to the room that goes on from it. The tests stand in its order."""

    def __init__(self, browser: Browser, house: Served, signed_in: Any) -> None:
        def person(device: Any = LAPTOP, **more: Any) -> Person:
            return Person(browser, house.base_url, device, **more)

        self.chair = person(storage_state=signed_in, accept_downloads=True)
        self.japan, self.china = person(), person(PHONE)
        self.code = self.chair.opens_a_room(TITLE, automatic=True, attribution="On the record")
        with self.chair.page.expect_popup() as popup:
            self.chair.presses("Projector")
        self.wall: Page = popup.value
        self.japan.joins(self.code, JAPAN, "Japan")
        self.china.joins(self.code, CHINA, "China")
        self.archive: Path

    @property
    def people(self) -> list[Person]:
        return [self.chair, self.japan, self.china]


@pytest.fixture(scope="module")
def held(browser: Browser, house: Served, signed_in: Any) -> Iterator[Class]:
    held = Class(browser, house, signed_in)
    yield held
    for person in held.people:
        person.context.close()
    for person in held.people:
        person.check()


def beside(person: Person, path: str) -> Page:
    """A page of their seat in a tab of its own; the room stays open."""
    page = person.context.new_page()
    page.goto(re.sub(r"(/rooms/\w+/[\w-]+/).*", r"\1", person.page.url) + path)
    return page


def answers(person: Person, about: str, trust: int, conflict: int) -> None:
    """The questions that are open on this seat: trust in one delegation, conflict, and one guess."""
    asked = person.part("Before and after")
    asked.get_by_role("group", name="How much do you trust").get_by_label(about).select_option(index=trust)
    asked.get_by_label("Conflict").select_option(index=conflict)
    asked.locator("summary", has_text="Openness about the Guidelines").click()
    asked.get_by_label(about).filter(visible=True).last.select_option(index=2)
    asked.get_by_role("button", name="Send under seal").click()
    expect(person.page.get_by_text("Your answers are under seal.")).to_be_visible()


def sharing(page: Page, part: str) -> Locator:
    return page.get_by_role("group", name=f"Who reads “{part}”", exact=True)


def test_the_questions_before_are_answered_under_seal_and_told_only_of_enough(held: Class) -> None:
    chair, asking = held.chair, held.chair.part("Before and after")
    asking.locator("summary", has_text="Ask all delegates").click()
    chair.presses("Ask the questions before")
    held.china.opens_tab("Table")
    answers(held.japan, "China", 5, 3)
    answers(held.china, "Japan", 2, 6)
    expect(asking).to_contain_text("2 of 2 answered")
    chair.once_agrees("Close and count")
    for person in held.people:
        counted = person.part("Before and after")
        counted.locator("summary", has_text="Counted before").click()
        expect(counted.get_by_text("fewer than 3 answered, too few to show")).to_be_visible()
        expect(counted.get_by_role("row", name="all").get_by_role("cell").first).to_contain_text("–")


def test_after_a_speech_and_a_moment_marked_it_is_closed(held: Class) -> None:
    chair = held.chair
    chair.page.locator("body").press("p")
    chair.presses(re.compile("^Start: Opening"))
    held.japan.says_after_asking(chair, SAID)
    chair.page.get_by_label("Mark this moment").fill(MARKED)
    chair.presses(re.compile("^Mark"))
    expect(chair.page.get_by_text("1 moment marked")).to_be_visible()
    chair.page.locator("summary", has_text="close").click()
    chair.once_agrees("Close the session")
    for person in (held.japan, held.china):
        expect(person.page.get_by_role("link", name="Debrief", exact=True)).to_be_visible()
    expect(held.wall.get_by_role("heading", name="The session is closed")).to_be_visible()


def test_in_the_hot_wash_people_leave_their_roles_and_nobody_signs(held: Class) -> None:
    chair, japan, china = held.people
    chair.presses("Begin the hot wash")
    question = re.compile("^Who are you again")
    expect(held.wall.get_by_role("heading", name=question)).to_be_visible()
    for person, seat in ((japan, "Japan"), (china, "China")):
        expect(person.page.get_by_role("heading", name=question)).to_be_visible()
        person.presses(re.compile(f"again, not {seat}"))
        expect(person.page.get_by_role("heading", name="Step out of role")).to_be_hidden()
    expect(held.wall.get_by_text("2 of 2 have stepped out of role")).to_be_visible()
    chair.presses("On to: ")
    expect(held.wall.get_by_role("heading", name=question)).to_be_hidden()
    for person, words, button in ((japan, PLUS, "Keep this"), (china, DELTA, "Change this")):
        person.page.get_by_label("Your note for the board").fill(words)
        person.presses(button)
        expect(person.page.get_by_label("Your note for the board")).to_have_value("")
    for page in (chair.page, japan.page, china.page):
        expect(page.get_by_role("region", name="Keep").get_by_text(PLUS)).to_be_visible()
        expect(page.get_by_role("region", name="Change").get_by_text(DELTA)).to_be_visible()
    notes = held.wall.get_by_role("list", name="The newest notes")
    expect(notes).to_contain_text(PLUS)
    expect(notes).to_contain_text(DELTA)


def test_a_marked_moment_is_taken_up_and_opens_on_ones_own_seat(held: Class) -> None:
    chair, _japan, china = held.people
    expect(china.page.get_by_text(MARKED)).to_be_hidden()
    chair.presses(f"Take up: {MARKED}")
    expect(held.wall.get_by_text(MARKED)).to_be_visible()
    expect(china.page.get_by_text(MARKED).first).to_be_visible()
    link = china.page.get_by_role("link", name="See the room as it was").first.get_attribute("href")
    past = beside(china, link or "")
    expect(past.get_by_text("You are looking at the past.")).to_be_visible()
    expect(past.get_by_text(SAID).first).to_be_attached()
    assert re.sub("/at/.*", "/", past.url) == re.sub("#.*", "", china.page.url)
    past.close()
    chair.once_agrees("End the hot wash")
    expect(held.wall.get_by_role("heading", name="The session is closed")).to_be_visible()


def test_what_the_chair_shares_is_on_others_pages_until_it_is_not(held: Class) -> None:
    report, page = beside(held.chair, "debrief/#sharing"), beside(held.china, "debrief/")
    mandates = page.get_by_role("region", name=re.compile("mandate", re.IGNORECASE))
    expect(page.get_by_text(PLUS)).to_be_visible()
    expect(page.locator("#mandates")).to_have_count(0)
    sharing(report, "Against the mandates").get_by_role("button", name="All").click()
    expect(sharing(report, "Against the mandates").get_by_role("button", name="All", pressed=True)).to_be_visible()
    page.reload()
    expect(page.locator("#mandates")).to_be_visible()
    expect(mandates.first).to_be_attached()
    sharing(report, "Against the mandates").get_by_role("button", name="Moderators").click()
    expect(
        sharing(report, "Against the mandates").get_by_role("button", name="Moderators", pressed=True)
    ).to_be_visible()
    page.reload()
    expect(page.get_by_text(PLUS)).to_be_visible()
    expect(page.locator("#mandates")).to_have_count(0)
    for one in (report, page):
        one.close()


def test_each_has_a_page_of_their_own(held: Class) -> None:
    for person, name, about, given in ((held.japan, JAPAN, "PRC", "5"), (held.china, CHINA, "JPN", "2")):
        page = beside(person, "debrief/")
        page.get_by_role("link", name="Your page").click()
        expect(page.get_by_role("heading", name=f"Your page, {name}")).to_be_visible()
        expect(page.get_by_role("heading", name="What you thought before")).to_be_visible()
        expect(page.get_by_role("row", name=f"Trust in {about}").get_by_role("cell").first).to_have_text(given)
        expect(page.get_by_text(SAID)).to_have_count(1 if person is held.japan else 0)
        page.close()


def test_a_moment_is_found_by_a_word(held: Class) -> None:
    page = beside(held.china, "find/")
    page.get_by_role("searchbox", name="Words that were said").fill("aloud")
    page.get_by_role("button", name="Find", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="1 moment")).to_be_visible()
    page.get_by_role("main").get_by_role("listitem").get_by_role("link").first.click()
    expect(page.get_by_text("You are looking at the past.")).to_be_visible()
    page.close()


FILES = {
    "PDF": b"%PDF-",
    "DOCX": b"PK",
    "Markdown": b"#",
    "Archive": b"PK",
}


def test_files_are_taken_and_it_is_noted(held: Class, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder, page = tmp_path_factory.mktemp("taken"), beside(held.chair, "debrief/#files")
    files = page.get_by_role("region", name="Take it with you")
    for name, begins in FILES.items():
        with page.expect_download() as download:
            files.get_by_role("button", name=name).click()
        path = folder / download.value.suggested_filename
        download.value.save_as(path)
        assert path.read_bytes().startswith(begins), name
        assert path.stat().st_size > 500, name
        if name == "Archive":
            held.archive = path
    page.reload()
    for name in FILES:
        expect(files.get_by_role("row").filter(has_text=name)).to_have_count(1)
    page.close()
    page = beside(held.china, "debrief/#files")
    with page.expect_download() as download:
        page.get_by_role("region", name="Take it with you").get_by_role("button", name="PDF").click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF-")
    page.close()


def test_a_forgotten_name_is_gone_from_open_pages_and_its_seat_is_shut(held: Class) -> None:
    chair, japan, china = held.people
    chair.page.locator("#who-PRC > summary").click()
    expect(chair.part("Delegations").get_by_text("Shen Liyan")).to_be_visible()
    page = beside(chair, "names/")
    mine = page.get_by_role("listitem").filter(has_text=CHINA)
    mine.locator("summary").click()
    mine.get_by_role("button", name="Forget").click()
    expect(page.get_by_text("The name is forgotten")).to_be_visible()
    expect(page.get_by_text(CHINA)).to_have_count(0)
    page.close()
    for other in (chair, japan):
        expect(other.page.get_by_text(CHINA)).to_have_count(0)
        expect(other.page.get_by_text("Shen Liyan")).to_have_count(0)
    china.foresees("status of 403", "Unexpected response code: 403")  # the page, and its open sockets' way back
    china.page.reload()
    china.sees("This seat is not yours on this device.")


def test_it_goes_on_from_a_moment_with_the_same_people(held: Class) -> None:
    chair, japan, _china = held.people
    page = beside(chair, "find/?q=aloud")
    page.get_by_role("main").get_by_role("listitem").get_by_role("link").first.click()
    expect(page.locator("body")).to_have_class(re.compile("is-film"))
    page.get_by_role("button", name="This moment").click()
    page.get_by_role("link", name="Go on from here").click()
    page.get_by_role("radio", name="The same people").check()
    page.get_by_label("Name of the new room").fill(AGAIN)
    page.get_by_role("button", name="Make the new room").click()
    expect(page.get_by_role("heading", name=AGAIN)).to_be_visible()
    japan.page.get_by_role("link", name=AGAIN).click()
    expect(japan.page.get_by_role("heading", name=AGAIN)).to_be_visible()
    expect(japan.part("What was said").get_by_text(SAID)).to_be_visible()
    expect(japan.page.get_by_text("Everything stands as it did then.").first).to_be_visible()
    page.locator("body").press("p")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    expect(japan.page.get_by_role("button", name="Ask for the floor")).to_be_enabled()
    expect(japan.page.get_by_text(CHINA)).to_have_count(0)
    page.close()


def test_the_two_runs_stand_beside_each_other(held: Class) -> None:
    page = held.chair.context.new_page()
    page.goto("/rooms/")
    page.get_by_role("link", name="compare runs").click()
    for title in (TITLE, AGAIN):
        page.get_by_role("checkbox", name=title).check()
    page.get_by_role("button", name="Compare them").click()
    expect(page.get_by_role("heading", name="2 runs beside each other")).to_be_visible()
    expect(page.get_by_text("goes on from").first).to_be_visible()
    expect(page.get_by_role("table", name="Outcomes").get_by_role("columnheader")).to_have_count(2)
    page.close()


def test_an_archive_is_brought_in_and_walked_through(held: Class) -> None:
    page = held.chair.context.new_page()
    page.goto("/rooms/")
    page.get_by_role("link", name="Bring in a record").click()
    page.get_by_label("Archive").set_input_files(held.archive)
    page.get_by_role("button", name="Check it and bring it in").click()
    expect(page.get_by_text("its chain holds")).to_be_visible()
    page.get_by_role("row").filter(has_text="A record brought in").get_by_role("link", name="Open the debrief").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert held.code not in page.url
    page.get_by_role("link", name="Walk through the session").click()
    expect(page.locator("body")).to_have_class(re.compile("is-film"))
    page.keyboard.press("End")
    expect(page.locator("#panel-table h2").first).to_have_text("The session is closed")
    page.get_by_role("link", name="Find", exact=True).click()
    page.get_by_role("searchbox", name="Words that were said").fill("aloud")
    page.get_by_role("button", name="Find", exact=True).click()
    page.get_by_role("main").get_by_role("listitem").get_by_role("link").first.click()
    expect(page.locator("#panel-transcript").get_by_text(SAID)).to_be_attached()
    page.close()
