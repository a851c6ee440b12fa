"""Decisions among several people in one room: a silence broken and a silence kept, a secret ballot, what the capitals
say, a commitment from promise to proof. Japan answers for itself by keyboard alone.
"""

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Cast
from tests.browser.people import Person
from tests.programs import Served

EXERCISE = "tcog-comprehensive-approach-2001"  # its format knows votes
LINE = "The parties open a line between their duty officers before the winter."
WHY_NOT = "Our capital has not read the second half of it."
OUR_READING = "We read the winter as ending in March."
WRITTEN_HOME = "We gave up the date and kept the line."
FROM_HOME = "The cabinet takes it as it stands."
REFUSAL = "Nobody here will pay for a line without a date."
PROMISE = "Publish the meter readings of the first delivery"
PROOF = "They hang on the door of the conference room."

# The clock looks at one room as it will an hour from now: what would have fallen due by then falls due.
AN_HOUR_ON = """
from rooms.actions import act, now_ms
from rooms.domain.fold import Tick
from rooms.domain.record import CLOCK
from rooms.models import Room
act(Room.objects.get(code={code!r}).pk, CLOCK, Tick(), at=now_ms() + 3_600_000)
"""
FAR = 250  # steps by Tab within which everything lies that a delegation answers with
FOCUSED = "element => element === document.activeElement"


def goes_to(person: Person, control: Locator) -> None:
    """By Tab alone, from wherever the person is."""
    expect(control).to_be_visible()
    for _ in range(FAR):
        if control.evaluate(FOCUSED):
            return
        person.page.keyboard.press("Tab")
    raise AssertionError(f"{control} cannot be reached by Tab")


def types(person: Person, field: Locator, words: str) -> None:
    goes_to(person, field)
    person.page.keyboard.insert_text(words)


def keys(person: Person, control: Locator) -> None:
    """Goes to it and presses Enter."""
    goes_to(person, control)
    person.page.keyboard.press("Enter")


def tab(person: Person, name: str) -> None:
    keys(person, person.page.get_by_role("navigation", name="Room").get_by_role("link", name=name, exact=True))


def summary(person: Person, words: str) -> Locator:
    return person.page.locator("summary").filter(has_text=words).filter(visible=True).first


def button(person: Person, name: str) -> Locator:
    return person.page.get_by_role("button", name=name).filter(visible=True).first


def label(person: Person, name: str | re.Pattern[str]) -> Locator:
    return person.page.get_by_label(name).filter(visible=True).first


def all_are_told(people: tuple[Person, ...], heading: str, *more: str) -> None:
    """The panel of decisions says so on every screen, without anybody asking for it."""
    for person in people:
        panel = person.page.locator("#panel-decision")
        for words in (heading, *more):
            expect(panel).to_contain_text(words)


@pytest.fixture
def code(moderator: Person) -> str:
    return moderator.opens_a_room("A line", exercise=EXERCISE, automatic=True)


@pytest.fixture
def table(moderator: Person, cast: Cast, code: str) -> tuple[Person, ...]:
    """The chair; Japan, North Korea, South Korea, each alone for its delegation; and a paragraph on the table."""
    japan, north, korea = cast(), cast(), cast()
    japan.joins(code, "Morikawa Reiko", "Japan")
    north.joins(code, "Ri Song-ho", "North Korea")
    korea.joins(code, "Han Seo-jin", "South Korea")
    expect(moderator.page.get_by_text("3 at the table")).to_be_visible()
    moderator.page.keyboard.press("p")
    opens_a_text(moderator, "On a line")
    tab(japan, "Text")
    types(japan, label(japan, "Propose a paragraph"), LINE)
    keys(japan, button(japan, "Propose it"))
    expect(moderator.page.locator("#panel-text")).to_contain_text(LINE)
    return moderator, japan, north, korea


def opens_a_text(chair: Person, title: str) -> None:
    chair.page.locator("body").press("2")
    summary(chair, "Put a new text on the table").click()
    chair.page.locator("#open-document").get_by_label("Its title").fill(title)
    chair.presses("Open the text")
    expect(chair.page.locator("#text-title")).to_have_text(title)


def proposes_silence(chair: Person) -> None:
    """For a minute, ad referendum."""
    chair.page.locator("body").press("2")
    summary(chair, "Propose silence instead").click()
    form = chair.page.locator("#propose-silence")
    form.get_by_label("minutes").fill("1")
    form.get_by_label("ad referendum").check()
    form.get_by_role("button", name="Propose silence").click()


def test_silence_is_broken_then_kept_and_the_capitals_have_the_last_word(
    table: tuple[Person, ...], code: str, house: Served
) -> None:
    chair, japan, north, korea = table

    # At the table it could be stopped by a word; once the table has moved on it is broken in writing, also in a pause.
    proposes_silence(chair)
    all_are_told(table, "Under silence", LINE, "waits for the capitals")
    expect(button(japan, "Object at the table")).to_have_count(0)  # it lies under another tab
    tab(japan, "Table")
    expect(button(japan, "Object at the table")).to_be_visible()
    chair.page.locator("body").press("p")
    keys(japan, summary(japan, "Break the silence"))
    types(japan, label(japan, "I object because"), WHY_NOT)
    keys(japan, button(japan, "Object in writing"))
    all_are_told(table, "The silence is broken", WHY_NOT, "Nothing is adopted")

    # Again; North Korea goes along and says where it differs, and this time nobody objects until the time is over.
    chair.page.locator("body").press("p")
    proposes_silence(chair)
    all_are_told(table, "Under silence")
    north.opens_tab("Text")
    summary(north, "Go along, and say where we differ").click()
    north.page.get_by_role("radio", name=re.compile("^Reservation")).check()
    north.page.get_by_label("To what").select_option(index=1)
    north.page.get_by_label("In our words, as they are published").fill(OUR_READING)
    north.presses("Sign it and attach it")
    for person in table:
        expect(person.page.locator("#panel-dissent")).to_contain_text(OUR_READING)
    house.manage("shell", "-c", AN_HOUR_ON.format(code=code))
    all_are_told(table, "Adopted under silence: nobody objected in time")

    # The capitals: Japan's confirms, South Korea's refuses, and so the text is not in force.
    keys(japan, capital(japan))
    types(japan, label(japan, re.compile("^What we write home")), WRITTEN_HOME)
    keys(japan, button(japan, "Seek instructions"))
    answers(chair, "JPN", WRITTEN_HOME, "confirm", FROM_HOME)
    expect(japan.page.locator("#panel-capital")).to_contain_text(FROM_HOME)
    for person in table:
        expect(person.page.locator("#panel-ratification")).to_contain_text("confirmed")
    assert FROM_HOME not in north.page.content()
    capital(korea).click()
    label(korea, re.compile("^What we write home")).fill(WRITTEN_HOME)
    korea.presses("Seek instructions")
    answers(chair, "ROK", WRITTEN_HOME, "refuse", REFUSAL)
    for person in table:
        expect(person.page.locator("#panel-ratification")).to_contain_text("It is not in force.")
    expect(korea.page.locator("#panel-capital")).to_contain_text(REFUSAL)
    assert REFUSAL not in north.page.content()


def capital(person: Person) -> Locator:
    """The way to it, among what is private."""
    return person.page.get_by_role("navigation", name="Private").get_by_role("link", name=re.compile("^Capital"))


def answers(chair: Person, code: str, asked: str, answer: str, words: str) -> None:
    """As a delegation's capital, once it has asked."""
    row = chair.page.locator(f"#capital-{code}")
    expect(row).to_contain_text("asks for instructions")
    if row.get_attribute("open") is None:
        row.locator("summary").first.click()
    expect(row).to_contain_text(asked)
    form = row.locator("form.instruct")
    form.get_by_role("radio", name=re.compile(f"^{answer}", re.IGNORECASE)).first.check()
    form.get_by_label("Your words").fill(words)
    form.get_by_role("button", name="Send the answer").click()
    chair.presses("Yes, do it")
    expect(form).to_have_count(0)


def test_a_secret_ballot_adopts_and_a_commitment_is_kept(table: tuple[Person, ...]) -> None:
    chair, japan, north, korea = table
    summary(chair, "Put it to the vote instead").click()
    form = chair.page.locator("#call-vote")
    form.get_by_label("Votes are given").select_option("secret")
    form.get_by_role("button", name="Call the vote").click()
    all_are_told(table, "The chair puts it to the vote", "0 of 3", "Nobody, not even the chair, learns who voted how.")

    # Japan by keyboard; each sees that another has voted, nobody how.
    tab(japan, "Table")
    keys(japan, button(japan, "Yes"))
    all_are_told(table, "1 of 3", "Has voted")
    north.presses("No", exact=True)
    all_are_told(table, "2 of 3")
    korea.presses("Yes", exact=True)
    all_are_told(table, "Adopted by vote", "2 yes", "1 no")
    for person in table:
        rows = person.page.locator("#panel-decision .answers li .answer").filter(visible=True)
        assert set(rows.all_inner_texts()) <= {"Has voted"}

    # Japan promises what North Korea asks for, does it, and North Korea finds it done.
    north.opens_tab("Text")
    summary(north, "Write down a commitment").click()
    draw = north.page.locator("#rm-draw")
    draw.get_by_label("What is to be done").fill(PROMISE)
    draw.get_by_label("Who acts").select_option("JPN")
    draw.get_by_label("Who receives it").select_option("DPRK")
    draw.get_by_label("Who verifies it").fill("DPRK")
    draw.get_by_role("button", name="Write it down").click()
    tab(japan, "Text")
    keys(japan, button(japan, "We promise"))
    says_of_it(table, "dormant")
    chair.page.locator("body").press("4")
    entry = chair.page.locator("#panel-commitments .rm-entry").first
    entry.locator("summary").click()
    entry.get_by_role("button", name="Set", exact=True).click()
    says_of_it(table, "due")
    types(japan, label(japan, re.compile("^What was done for")), PROOF)
    keys(japan, button(japan, "We have done"))
    says_of_it(table, "claimed")
    north.presses("It is done: verify")
    says_of_it(table, "verified")

    # What was adopted is taken away.
    for ending in ("docx", "pdf"):
        with japan.page.expect_download() as download:
            keys(japan, japan.part("Documents").get_by_role("link", name=ending.upper(), exact=True))
        taken = Path(download.value.path()).read_bytes()
        assert download.value.suggested_filename.endswith(ending)
        if ending == "pdf":
            assert taken.startswith(b"%PDF-")
        else:
            words = zipfile.ZipFile(BytesIO(taken)).read("word/document.xml").decode()
            assert LINE in words


def says_of_it(people: tuple[Person, ...], status: str) -> None:
    """The one commitment on the road map stands so, on every screen."""
    for person in people:
        expect(person.page.locator("#panel-commitments .rm-entry .rm-state")).to_contain_text(status)
