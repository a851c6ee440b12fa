"""What the room says aloud, how it calls people, and what one finds by typing: all of it by people who look elsewhere,
listen, or use no mouse."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Cast
from tests.browser.people import PATIENCE, PHONE, Person

A_SPEECH = 10_000  # ms: the shortest that the rules allow
# What a screen reader would be told, and what would be heard: kept, because both are gone a moment later.
LISTEN = """(() => {
  window.told = [];
  window.tones = 0;
  addEventListener("DOMContentLoaded", () => {
    const place = document.getElementById("voice");
    if (!place) return;
    new MutationObserver(() => place.textContent && told.push(place.textContent)).observe(place, { childList: true });
  });
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...when) { tones += 1; return start.apply(this, when); };
})();"""
LOOK_AWAY = """() => {
  Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""
LOOK_BACK = """() => {
  delete document.visibilityState;
  document.dispatchEvent(new Event("visibilitychange"));
}"""
NO_STORAGE = """for (const name of ["localStorage", "sessionStorage"]) {
  Object.defineProperty(window, name, { get() { throw new DOMException("refused", "SecurityError"); } });
}"""
KEYED = """() => [...document.querySelectorAll("[data-key]")]
  .filter((one) => one.checkVisibility() && !one.disabled).map((one) => one.dataset.key.toUpperCase())"""


def listens(cast: Cast, *args: Any, **more: Any) -> Person:
    person = cast(*args, **more)
    person.context.add_init_script(LISTEN)
    return person


def hears(person: Person, words: str, patience: float = PATIENCE) -> None:
    """Once, from the room."""
    person.page.wait_for_function("(words) => told.some((one) => one.includes(words))", arg=words, timeout=patience)
    assert sum(words in one for one in told(person)) == 1, told(person)


def told(person: Person) -> list[str]:
    return list(person.page.evaluate("told"))


def tones(person: Person) -> int:
    return int(person.page.evaluate("tones"))


def gives_the_floor(chair: Person, to: str) -> None:
    expect(chair.page.get_by_role("button", name=f"Give the floor to {to}")).to_be_visible()
    chair.page.locator("body").press("n")


@pytest.fixture
def chair(cast: Cast, signed_in: Any) -> Person:
    return listens(cast, storage_state=signed_in)


def test_each_is_told_once_what_changes_for_them(chair: Person, cast: Cast) -> None:
    china, japan = listens(cast), listens(cast)
    code = chair.opens_a_room("Said aloud")
    for person, delegation in ((china, "China"), (japan, "Japan")):
        person.joins(code, f"Somebody of {delegation}", delegation)
        hears(chair, f"Somebody of {delegation} waits at the door.")
    chair.page.locator("body").press("a")
    hears(china, "You are in, and sit for China: Ministry of Foreign Affairs.")
    hears(japan, "You are in, and sit for Japan: Ministry of Foreign Affairs.")

    chair.presses("Start the session")
    hears(japan, "The session is running.")
    chair.presses("Start: Opening")
    hears(china, "Opening has begun.")
    hears(japan, "Opening has begun.")
    china.asks_for_the_floor()
    hears(china, "You are next on the list.")
    gives_the_floor(chair, "China")
    hears(china, "You have the floor.")
    hears(japan, "China, Ministry of Foreign Affairs, has the floor.")
    hears(chair, "China, Ministry of Foreign Affairs, has the floor.")
    china.says("We thank the host.")
    hears(japan, "The floor is free.")
    chair.presses(re.compile("^Pause"))
    hears(japan, "The session is paused.")

    # Nobody heard what was said to another, nor themselves called twice.
    assert not [one for one in told(japan) if "You have" in one or "You are next" in one or "waits at" in one]
    assert not [one for one in told(china) if "China, Ministry" in one]
    # And nothing at all that is not on one's own page.
    assert japan.page.locator("[data-voice=door]").count() == 0


def test_whoever_looks_elsewhere_is_called(chair: Person, cast: Cast) -> None:
    china, japan = listens(cast), listens(cast, PHONE)
    code = chair.opens_a_room("Called by name", automatic=True)
    china.joins(code, "Ada", "China")
    japan.joins(code, "Mina", "Japan")
    title = china.page.title()
    chair.presses("Start the session")
    chair.presses("Start: Opening")
    china.asks_for_the_floor()
    assert tones(china) == 0
    china.page.evaluate(LOOK_AWAY)
    gives_the_floor(chair, "China")
    expect(china.page).to_have_title(f"(!) You have the floor · {title}")
    assert tones(china) == 2
    china.page.evaluate(LOOK_BACK)
    expect(china.page).to_have_title(title)
    hears(japan, "China, Ministry of Foreign Affairs, has the floor.")
    assert tones(japan) == 0
    assert not japan.page.title().startswith("(!)")


def test_time_that_is_up_calls_the_speaker_and_the_chair(chair: Person, cast: Cast) -> None:
    china, japan = listens(cast), listens(cast)
    code = chair.opens_a_room("Ten seconds each", automatic=True)
    china.joins(code, "Ada", "China")
    japan.joins(code, "Mina", "Japan")
    chair.presses("Start the session")
    chair.presses("Start: Opening")
    chair.page.locator("body").press("/")
    chair.page.keyboard.type("seconds a speech")
    chair.page.keyboard.press("Enter")
    expect(chair.page.get_by_label("Seconds a speech")).to_be_focused()
    chair.page.keyboard.type("10")
    chair.page.keyboard.press("Enter")
    chair.page.keyboard.press("Escape")
    china.asks_for_the_floor()
    gives_the_floor(chair, "China")
    hears(china, "You have the floor.")
    before = tones(chair)
    china.page.evaluate(LOOK_AWAY)
    hears(china, "Your time is up.", PATIENCE + A_SPEECH)
    expect(china.page).to_have_title(re.compile(r"^\(!\) Your time is up · "))
    hears(chair, "Time is up for China.")
    assert tones(chair) == before + 2
    hears(japan, "Time is up for China.")
    assert tones(japan) == 0


def choices(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Sounds and signals").get_by_role("checkbox")


def opens_the_choices_by_keyboard(person: Person) -> None:
    opener = person.page.get_by_role("button", name="Sounds and signals")
    opener.focus()
    person.page.keyboard.press("Enter")
    expect(choices(person.page)).to_have_count(3)


def test_sound_mark_and_sentence_can_each_be_switched_off_for_good(chair: Person, cast: Cast) -> None:
    china = listens(cast)
    code = chair.opens_a_room("Quiet, please", automatic=True)
    china.joins(code, "Ada", "China")
    page = china.page
    opens_the_choices_by_keyboard(china)
    for box in choices(page).all():
        expect(box).to_be_checked()

    # Tried first: it rings, marks and speaks. Then, one after the other, all is off.
    page.get_by_role("button", name="Try it").click()
    hears(china, "This is how you are called.")
    assert tones(china) == 2
    expect(page).to_have_title(re.compile(r"^\(!\) "))
    for box in choices(page).all():
        box.focus()
        page.keyboard.press("Space")
        expect(box).not_to_be_checked()
    page.get_by_role("button", name="Back to the room").click()
    page.reload()
    opens_the_choices_by_keyboard(china)
    for box in choices(page).all():
        expect(box).not_to_be_checked()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Sounds and signals")).to_be_focused()

    title = page.title()
    chair.presses("Start the session")
    chair.presses("Start: Opening")
    china.asks_for_the_floor()
    page.evaluate(LOOK_AWAY)
    gives_the_floor(chair, "China")
    expect(page.get_by_label("You have the floor")).to_be_visible()
    hears(chair, "China, Ministry of Foreign Affairs, has the floor.")  # by now the others know
    assert (tones(china), told(china), page.title()) == (0, [], title)


def test_where_storage_is_refused_the_choice_lasts_as_long_as_the_page(chair: Person, cast: Cast) -> None:
    china = listens(cast)
    china.context.add_init_script(NO_STORAGE)
    code = chair.opens_a_room("Nothing is kept", automatic=True)
    china.joins(code, "Ada", "China")
    opens_the_choices_by_keyboard(china)
    choices(china.page).nth(0).uncheck()
    china.page.get_by_role("button", name="Try it").click()
    hears(china, "This is how you are called.")
    assert tones(china) == 0
    expect(china.page).to_have_title(re.compile(r"^\(!\) "))


def test_every_screen_has_the_sounds_and_signals(chair: Person, cast: Cast) -> None:
    guest, waiting = cast(), cast()
    code = chair.opens_a_room("On every wall")
    waiting.joins(code, "Ada", "China")
    guest.joins(code, "Ingrid")
    with chair.page.expect_popup() as popup:
        chair.presses("Projector")
    wall = popup.value
    for page in (chair.page, waiting.page, wall):
        expect(page.get_by_role("button", name="Sounds and signals")).to_be_attached()
    chair.page.locator("body").press("a")
    expect(guest.part("Agenda")).to_be_visible()
    guest.presses("Sounds and signals")
    expect(choices(guest.page)).to_have_count(3)
    wall.get_by_role("button", name="Sounds and signals").focus()
    wall.keyboard.press("Enter")
    expect(choices(wall)).to_have_count(3)


# The list of commands


@pytest.fixture
def commands(chair: Person, cast: Cast) -> Locator:
    """The list, closed, in a room that runs with China at the table."""
    code = chair.opens_a_room("Find it by name", automatic=True)
    cast().joins(code, "Ada", "China")
    expect(chair.part("Delegations")).to_contain_text("1 at the table")
    chair.presses("Start the session")
    expect(chair.page.get_by_role("button", name="Start: Opening")).to_be_visible()
    return chair.page.get_by_role("dialog", name="Find a command")


def test_any_command_is_found_by_its_name_and_pressed_by_keys_alone(chair: Person, commands: Locator) -> None:
    page = chair.page
    page.locator("body").press("/")
    field = commands.get_by_role("combobox")
    expect(field).to_be_focused()
    expect(field).to_have_accessible_name("Find a command by its name")
    options = commands.get_by_role("option")
    expect(field).to_have_attribute("aria-activedescendant", "command-0")
    expect(options.nth(0)).to_have_attribute("aria-selected", "true")
    keyed = {text.rsplit("\n", 1)[-1] for text in options.all_inner_texts()}
    assert set(page.evaluate(KEYED)) <= keyed

    page.keyboard.press("ArrowUp")  # round to the last
    expect(field).to_have_attribute("aria-activedescendant", f"command-{options.count() - 1}")
    page.keyboard.press("ArrowDown")
    expect(options.nth(0)).to_have_attribute("aria-selected", "true")
    page.keyboard.type("pau")
    expect(options.first).to_contain_text("Pause")
    page.keyboard.press("Enter")
    expect(commands).to_be_hidden()
    expect(page.get_by_role("button", name="Resume")).to_be_visible()


def test_a_command_that_needs_words_opens_its_place_and_waits_for_them(chair: Person, commands: Locator) -> None:
    page = chair.page
    page.get_by_label("Say something as the chair").focus()
    page.keyboard.press("Control+k")  # also while one writes
    page.keyboard.type("add an item")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Title", exact=True)).to_be_focused()
    page.keyboard.type("A word on fishing")
    page.keyboard.press("Enter")
    expect(chair.part("Agenda")).to_contain_text("A word on fishing")

    # One that needs none is pressed where it lies, folded away or not.
    page.locator("body").press("Control+k")
    page.keyboard.type("start now fishing")
    expect(commands.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="A word on fishing")).to_be_visible()

    # What asks first still does.
    page.locator("body").press("/")
    page.keyboard.type("close the session")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Your last word")).to_be_focused()


def test_the_list_follows_the_room_and_teaches_when_it_is_empty(chair: Person, commands: Locator, cast: Cast) -> None:
    page = chair.page
    chair.presses("Start: Opening")
    page.locator("body").press("/")
    page.keyboard.type("give the floor")
    expect(commands.get_by_text("Nothing here is called that.")).to_be_visible()
    expect(commands.get_by_role("combobox")).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Enter")  # presses nothing
    expect(commands).to_be_visible()
    other = cast()
    other.joins(page.url.split("/")[4], "Mina", "Japan")
    other.asks_for_the_floor()
    expect(commands.get_by_role("option").first).to_contain_text("Give the floor to Japan")
    page.keyboard.press("Enter")
    expect(other.page.get_by_label("You have the floor")).to_be_visible()
    page.locator("body").press("/")
    page.keyboard.press("Escape")
    expect(commands).to_be_hidden()


def test_the_keys_that_are_shown_are_the_keys_that_work(chair: Person, commands: Locator) -> None:
    page = chair.page
    for step in (None, "i", "p"):
        if step:
            page.locator("body").press(step)
            expect(page.get_by_role("button", name="Resume" if step == "p" else "Next item")).to_be_visible()
        page.locator("body").press("?")
        dialog = page.get_by_role("dialog", name="Keys")
        now = dialog.locator("[data-keys-now] kbd").all_inner_texts()
        later = dialog.locator("[data-keys-later] kbd").filter(visible=True).all_inner_texts()
        assert set(now) == set(page.evaluate(KEYED))
        assert not set(now) & set(later)
        assert {"P", "A", "I", "N", "E", "X", "L", "M", "C"} <= set(now) | set(later)
        expect(dialog.get_by_role("definition").filter(has_text="Pause" if step != "p" else "Resume")).to_be_visible()
        page.keyboard.press("Escape")
    page.get_by_role("button", name="All keys").click()
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
