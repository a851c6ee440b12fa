"""Beside the table, by people at their own devices: a caucus from the asking to the line it brings back, of which those
who are not in it learn no word; and the line to the chair."""

import re

import pytest
from playwright.sync_api import Locator, Page, WebSocket, expect

from tests.browser.conftest import Cast
from tests.browser.people import LAPTOP, PHONE, Person, too_wide

TOPIC = "Whose fuel, and who pays"
SECRET = "We pay a third if the inspectors land first."
ANSWER = "사찰관과 배는 같은 날에. The same day for both."
IN_LATIN = "The same day for both."  # however a frame spells the rest
DRAFT = "Ships and inspectors arrive in one week."
LINE = "Ships and inspectors arrive on the same day."
HASTE = "Three more minutes, then come back with a line."
WISH = "We would speak before China."
LEAVE = "You are next."
HINT = "Japan may accept the first of March."


class Listener:
    """All that reaches somebody's screen from now on: its page and every frame."""

    def __init__(self, page: Page) -> None:
        self.page, self.frames = page, list[str]()
        page.on("websocket", self._opened)
        page.reload()

    def _opened(self, socket: WebSocket) -> None:
        socket.on("framereceived", lambda data: self.frames.append(str(data)))

    def heard(self) -> str:
        """With what the page says if it is loaded anew."""
        fresh = self.page.context.request.get(self.page.url).text()
        return "\n".join((self.page.content(), fresh, *self.frames))


def private(person: Person, part: str) -> Locator:
    """One of the parts of Private, brought to the front."""
    if person.page.viewport_size == PHONE["viewport"]:
        person.opens_tab("Private")
    person.page.get_by_role("navigation", name="Private").get_by_role("link", name=re.compile(f"^{part}")).click()
    return person.page.locator("#private")


def asks_aside(person: Person, *names: str, minutes: int = 10) -> None:
    aside = private(person, "Caucuses")
    aside.get_by_text("Ask somebody aside").click()
    for name in names:
        aside.get_by_role("checkbox", name=re.compile(name)).first.check()
    aside.get_by_label("About", exact=True).fill(TOPIC)
    aside.get_by_label("Minutes", exact=True).fill(str(minutes))
    aside.get_by_role("button", name="Ask them aside").click()
    expect(aside.get_by_role("heading", name=f"You ask {' and '.join(names)} aside")).to_be_visible()


def says_aside(person: Person, words: str) -> None:
    field = person.page.get_by_label(re.compile("^To the caucus with"))
    field.fill(words)
    field.locator("xpath=ancestor::form").get_by_role("button", name="Send").click()
    expect(field).to_have_value("")


def reads_aside(person: Person, words: str) -> None:
    expect(person.page.locator(".caucus.is-sitting .talk")).to_contain_text(words)


@pytest.fixture
def room(moderator: Person, cast: Cast) -> tuple[Person, ...]:
    """A session runs: the chair, Japan on a phone, China, South Korea, the United States."""
    code = moderator.opens_a_room("Beside the table", automatic=True)
    japan, china, korea, usa = cast(PHONE), cast(), cast(), cast()
    japan.joins(code, "Morikawa Reiko", "Japan")
    china.joins(code, "Shen Liyan", "China")
    korea.joins(code, "Han Seo-jin", "South Korea")
    usa.joins(code, "Ann Walker", "United States", "Department of State")
    expect(moderator.page.get_by_text("4 at the table")).to_be_visible()
    moderator.page.keyboard.press("p")
    return moderator, japan, china, korea, usa


def test_a_caucus_from_the_asking_to_the_line_it_brings_back(room: tuple[Person, ...]) -> None:
    chair, japan, china, korea, usa = room
    with chair.page.expect_popup() as popup:
        chair.presses("Projector")
    member = Listener(korea.page)
    outsiders = [Listener(usa.page), Listener(popup.value), Listener(chair.page)]

    # Not now, but then: who asks too early is told when.
    expect(private(japan, "Caucuses")).to_contain_text("Others see that a caucus meets")
    expect(private(japan, "Caucuses")).to_contain_text("The chair does not read it.")
    japan.page.get_by_text("Ask somebody aside").click()
    expect(japan.page.locator("#ask-aside")).to_contain_text("The next one: Informal period")
    chair.starts_item("Informal period")
    expect(japan.page.get_by_role("button", name="Ask them aside")).to_be_visible()

    # Asked, countered, accepted.
    japan.page.get_by_text("Ask somebody aside").click()
    asks_aside(japan, "China", "South Korea", minutes=8)
    badge = korea.page.locator('.asides [href="#panel-caucuses"]')
    expect(badge).to_have_attribute("data-unread", "1")
    asked = private(korea, "Caucuses").get_by_role("article").filter(has_text="Japan asks you aside")
    expect(asked).to_contain_text(TOPIC)
    expect(badge).not_to_have_attribute("data-unread", re.compile(".*"))
    asked.get_by_text("Other terms").click()
    asked.get_by_label("Minutes").fill("12")
    asked.get_by_role("button", name="Propose these terms").click()
    countered = private(china, "Caucuses").get_by_role("article").filter(has_text="South Korea proposes other terms")
    expect(countered).to_contain_text("12 minutes")
    countered.get_by_role("button", name="Accept").click()
    japan.page.get_by_role("button", name="Accept").click()

    # In session: members talk, the others see that they meet, who, and how long still.
    says_aside(japan, SECRET)
    reads_aside(korea, SECRET)
    says_aside(korea, ANSWER)
    reads_aside(china, ANSWER)
    assert too_wide(japan.page) == []
    elsewhere = private(usa, "Caucuses").locator(".elsewhere")
    for code in ("PRC", "JPN", "ROK"):
        expect(elsewhere).to_contain_text(code)
    expect(elsewhere.locator("time")).to_have_text(re.compile(r"^1[01]:"))
    desk = chair.part("Caucuses")
    expect(desk.get_by_role("listitem").filter(has_text="PRC").first).to_be_visible()

    # The chair extends, and speaks into it.
    desk.get_by_role("button", name=re.compile("^5 minutes more for")).click()
    expect(japan.page.locator(".caucus.is-sitting time").first).to_have_text(re.compile(r"^1[67]:"))
    desk.get_by_label("Say something into every caucus").fill(HASTE)
    desk.get_by_role("button", name="Say it to all").click()
    reads_aside(china, HASTE)
    assert HASTE not in usa.page.content()

    # A line for the plenary: drafted, reworded, agreed to by all; then everybody reads it as the caucus's.
    drafts_line(japan, DRAFT)
    expect(china.page.get_by_role("button", name="Agree", exact=True)).to_be_visible()
    drafts_line(korea, LINE)
    expect(china.page.locator(".line-back")).to_contain_text(LINE)
    china.page.get_by_role("button", name="Agree", exact=True).click()
    japan.page.get_by_role("button", name="Agree, and bring it back").click()
    for person in (usa, chair):
        said = person.part("What was said")
        expect(said).to_contain_text("The caucus of China, Japan and South Korea reports:")
        expect(said).to_contain_text(LINE)

    # Called back: it is over for its members and for everybody.
    desk.get_by_role("button", name=re.compile("^Call China, Japan and South Korea back")).click()
    expect(japan.page.locator("#caucuses-over")).to_be_visible()
    expect(private(usa, "Caucuses").locator(".elsewhere")).to_have_count(0)
    japan.page.locator("#caucuses-over > summary").click()
    expect(japan.page.locator("#caucuses-over")).to_contain_text("The chair called it back.")

    # Those outside, the chair among them, never got a word of it, on no page and in no frame.
    for outsider in outsiders:
        heard = outsider.heard()
        assert [words for words in (SECRET, IN_LATIN, TOPIC, DRAFT) if words in heard] == []
        assert outsider.frames
    heard = member.heard()
    assert SECRET in heard
    assert IN_LATIN in heard


def drafts_line(person: Person, words: str) -> None:
    caucus = person.page.locator(".caucus.is-sitting")
    caucus.get_by_text(re.compile("Bring a line back to the plenary|Put it in other words")).click()
    caucus.get_by_label("The line, as all shall read it").fill(words)
    caucus.get_by_role("button", name="Propose this line").click()
    expect(caucus.locator(".line-back")).to_contain_text(words)


def test_of_several_caucuses_on_a_phone_the_one_with_news_is_open(room: tuple[Person, ...]) -> None:
    chair, japan, china, korea, usa = room
    chair.starts_item("Informal period")
    for other in (korea, usa):
        asks_aside(other, "Japan")
        private(japan, "Caucuses").get_by_role("button", name="Accept").tap()
        expect(other.page.locator(".caucus.is-sitting")).to_be_visible()
    page = japan.page
    seoul, washington = (page.locator(".caucus.is-sitting").filter(has_text=code) for code in ("ROK", "USA"))
    expect(washington).to_have_attribute("open", "")
    expect(seoul).not_to_have_attribute("open", "")

    # While one of them is read, news of another is only marked there; nothing closes under the reader's eyes.
    says_aside(korea, ANSWER)
    expect(seoul).to_have_attribute("data-unread", "1")
    expect(washington).to_have_attribute("open", "")
    seoul.locator("summary").first.tap()
    expect(seoul).to_contain_text(ANSWER)
    expect(washington).not_to_have_attribute("open", "")

    # What is being written stays; what comes while one looks elsewhere is open when one comes back.
    seoul.get_by_label("To the caucus with South Korea").fill("Half a thought")
    japan.opens_tab("Table")
    says_aside(usa, SECRET)
    expect(page.locator('.tabbar [href="#private"]')).to_have_attribute("data-unread", "1")
    japan.opens_tab("Private")
    expect(washington).to_contain_text(SECRET)
    expect(washington.locator(".talk")).to_be_visible()
    expect(seoul.get_by_label("To the caucus with South Korea")).to_have_value("Half a thought")
    assert too_wide(page) == []
    asks_aside(china, "Japan")
    expect(page.get_by_role("heading", name="China asks you aside")).to_be_visible()


def test_a_note_to_the_chair_in_two_taps_and_the_answer_at_once(room: tuple[Person, ...]) -> None:
    chair, japan, china, _korea, _usa = room
    page = japan.page
    page.get_by_role("navigation", name="Room").get_by_role("link", name="Private").tap()
    page.get_by_role("navigation", name="Private").get_by_role("link", name="The chair").tap()
    field = page.get_by_label("A note to the chair")
    expect(field).to_be_in_viewport()
    field.fill(WISH)
    note_form(page).get_by_role("button", name="Send").tap()
    expect(page.locator("#panel-chairline")).to_contain_text("has not answered yet")
    japan.opens_tab("Table")

    # It waits on the console, and is answered by keyboard alone.
    inbox = chair.part("Notes to you")
    expect(inbox).to_contain_text(WISH)
    expect(inbox.get_by_text("1", exact=True)).to_be_visible()
    chair.page.locator("body").press("r")
    expect(chair.page.get_by_label("Answer Japan")).to_be_focused()
    chair.page.keyboard.type(LEAVE)
    chair.page.keyboard.press("Enter")
    expect(inbox).to_contain_text("No note waits.")
    expect(page.locator('.tabbar [href="#private"]')).to_have_attribute("data-unread", "1")
    japan.opens_tab("Private")
    expect(page.locator("#panel-chairline")).to_contain_text(LEAVE)
    expect(page.locator('.tabbar [href="#private"]')).not_to_have_attribute("data-unread", re.compile(".*"))

    # A second one is put aside; and a private word goes to a whole delegation, from its row.
    field.fill("The room is cold.")
    note_form(page).get_by_role("button", name="Send").tap()
    inbox.get_by_role("button", name="Put the note of JPN-MFA aside").click()
    expect(page.locator("#panel-chairline")).to_contain_text("The chair has read it.")
    row = chair.page.locator("#delegation-PRC")
    row.locator("summary").first.click()
    row.get_by_label("A private word to China").fill(HINT)
    row.get_by_label("A private word to China").press("Enter")
    expect(private(china, "The chair")).to_contain_text(HINT)
    assert HINT not in page.content()
    assert WISH not in china.page.content()
    assert too_wide(page) == []


def note_form(page: Page) -> Locator:
    return page.locator("#panel-chairline form")


def test_without_script_private_stands_below_the_table_and_works(moderator: Person, cast: Cast) -> None:
    code = moderator.opens_a_room("By plain forms", automatic=True)
    plain = cast(LAPTOP, java_script_enabled=False)
    plain.joins(code, "Morikawa Reiko", "Japan")
    plain.page.get_by_label("A note to the chair").fill(WISH)
    note_form(plain.page).get_by_role("button", name="Send").click()
    expect(plain.page.locator("#panel-chairline")).to_contain_text(WISH)
    expect(moderator.part("Notes to you")).to_contain_text(WISH)
