"""A text is negotiated: proposed, put in brackets by words marked in it, bridged, amended, agreed, reopened; by a chair
and three delegations, one of them on a phone, and in one case without script."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Cast
from tests.browser.people import DRAFTING, LAPTOP, PHONE, WIDER, Person

LINE = "The participants will open a line and will test the line on Mondays."
FISHERIES = "Fishing boats are told of exercises a week before they begin."
OURS = "as often as both sides wish"
BRIDGE = "regularly"
TYPED = "three weeks"


@pytest.fixture
def table(moderator: Person, cast: Cast) -> tuple[Person, ...]:
    """A text is being drafted: the chair, Japan, China on a phone, South Korea."""
    code = moderator.opens_a_room("On paper", automatic=True)
    japan, china, korea = cast(), cast(PHONE), cast()
    japan.joins(code, "Morikawa Reiko", "Japan")
    china.joins(code, "Shen Liyan", "China")
    korea.joins(code, "Han Seo-jin", "South Korea")
    expect(moderator.page.get_by_text("3 at the table")).to_be_visible()
    moderator.page.keyboard.press("p")
    moderator.starts_item(DRAFTING)
    for person in (japan, china, korea):
        person.opens_tab("Text")
    return moderator, japan, china, korea


def para(person: Person, number: str = "1") -> Locator:
    return person.page.locator(f'#panel-text .para[data-number="{number}"]')


def reads(person: Person, words: str, number: str = "1") -> None:
    """The paragraph reads like this, brackets and all."""
    expect(para(person, number).locator(".words-now")).to_have_text(words)


WHERE = """(element, words) => {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (walker.nextNode()) {
    const at = walker.currentNode.data.lastIndexOf(words);
    if (at < 0) continue;
    range.setStart(walker.currentNode, at);
    range.setEnd(walker.currentNode, at + words.length);
    const lines = [...range.getClientRects()];
    const [first, last] = [lines[0], lines.at(-1)];
    return [first.left, first.top + first.height / 2, last.right, last.top + last.height / 2];
  }
}"""
SELECT = """(element, words) => {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(words);
    if (at >= 0) {
      document.getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + words.length);
    }
  }
}"""


def drags_over(person: Person, words: str, number: str = "1") -> None:
    """Marks words with the mouse, where they stand last in the paragraph."""
    text = para(person, number).locator(".words-now")
    text.scroll_into_view_if_needed()
    left, top, right, bottom = text.evaluate(WHERE, words)
    mouse = person.page.mouse
    mouse.move(left + 1, top)
    mouse.down()
    mouse.move(right - 1, bottom, steps=4)
    mouse.up()


def form_of(person: Person, number: str = "1") -> Locator:
    return para(person, number).locator(".put-brackets")


def unfolds(person: Person, *names: str | re.Pattern[str], number: str = "1") -> None:
    """What is folded away in a paragraph, one thing within the other."""
    for name in names:
        summary = para(person, number).locator("summary").filter(has_text=name).first
        if summary.locator("..").get_attribute("open") is None:
            summary.click()


def test_a_paragraph_from_the_proposal_to_agreed_ad_ref_and_back(table: tuple[Person, ...]) -> None:
    chair, japan, china, korea = table
    japan.proposes(LINE)

    # China marks words on a phone and offers others; the second "line" is meant, not the first.
    china.page.locator("#words-d1-p1").evaluate(SELECT, "on Mondays")
    china.page.get_by_role("button", name="Put brackets round these words").tap()
    expect(form_of(china).get_by_label("Words we cannot accept")).to_have_value("on Mondays")
    form_of(china).get_by_label("Words we could accept instead").fill(OURS)
    form_of(china).get_by_role("button", name="Put brackets").tap()
    for person in table:
        reads(person, "The participants will open a line and will test the line [on Mondays].")
    drags_over(korea, "the line")
    korea.page.get_by_role("button", name="Put brackets round these words").click()
    expect(form_of(korea).get_by_label("Words we cannot accept")).to_have_value("the line")
    form_of(korea).get_by_label("Because").fill("Which line?")
    form_of(korea).get_by_role("button", name="Put brackets").click()
    reads(japan, "The participants will open a line and will test [the line] [on Mondays].")
    expect(japan.page.locator("#panel-text .ledger")).to_contain_text("2 brackets open, 0 of them ours")
    expect(korea.page.locator("#panel-text .ledger")).to_contain_text("2 brackets open, 1 of them ours")
    assert china.page.evaluate(WIDER) == []

    # Korea lifts its hold; the chair offers a bridge; China and Japan take it, and the words are the text's.
    para(korea).get_by_role("button", name="Lift our hold").click()
    reads(china, "The participants will open a line and will test the line [on Mondays].")
    unfolds(chair, "Offer a bridge")
    para(chair).get_by_label("Words that all could accept").fill(BRIDGE)
    para(chair).get_by_role("button", name="Offer the bridge").click()
    bridge = para(china).locator(".wording").filter(has_text="The chair’s bridge")
    bridge.get_by_role("button", name="We accept this").tap()
    para(japan).locator(".wording").filter(has_text="The chair’s bridge").get_by_role("button").click()
    for person in table:
        reads(person, f"The participants will open a line and will test the line {BRIDGE}.")

    # Three ways of reading; the choice outlasts what others do, and another page.
    korea.page.get_by_text("With changes", exact=True).click()
    expect(para(korea).locator(".words-changed")).to_contain_text(BRIDGE)
    china.page.get_by_text("Clean", exact=True).tap()
    expect(para(china).locator(".para-margin")).to_be_hidden()
    japan.proposes(FISHERIES)
    reads(china, FISHERIES, "2")
    expect(para(china).locator(".para-margin")).to_be_hidden()
    china.page.reload()
    expect(para(china).locator(".para-margin")).to_be_hidden()
    china.page.get_by_text("With brackets", exact=True).tap()
    korea.page.get_by_text("With brackets", exact=True).click()

    # Agreed by all, the proposer too, since the words are the chair's now; then reopened with a reason.
    unfolds(china, "Our word on 1")
    para(china).get_by_role("button", name="Agree ad ref").tap()
    expect(para(korea).locator(".agreed-by")).to_contain_text("PRC")
    unfolds(korea, "Our word on 1")
    para(korea).get_by_role("button", name="Agree ad ref").click()
    expect(para(japan).locator(".agreed-by")).to_contain_text("ROK")
    unfolds(japan, "Our word on 1")
    para(japan).get_by_role("button", name="Agree ad ref").click()
    for person in table:
        expect(para(person).locator(".para-state")).to_have_text("Agreed ad ref")
    unfolds(china, "Our word on 1", "Reopen")
    para(china).get_by_label(re.compile("Why it has to be opened again")).fill("Our capital asks what a line is.")
    para(china).get_by_role("button", name="Reopen paragraph 1").tap()
    for person in table:
        expect(para(person).locator(".para-state")).to_have_text("Reopened")


def test_two_at_once_on_a_paragraph_lose_no_word_and_an_amendment_is_taken_up(table: tuple[Person, ...]) -> None:
    _chair, japan, _china, korea = table
    japan.proposes(FISHERIES)

    # Korea writes; Japan is quicker. Korea keeps its words and is shown what changed; the second press is meant.
    unfolds(korea, "Our word on 1", "Put brackets")
    form_of(korea).get_by_label("Words we cannot accept").fill("a week")
    form_of(korea).get_by_label("Words we could accept instead").fill(TYPED)
    unfolds(japan, "Our word on 1", "Reword")
    para(japan).get_by_label("New wording of paragraph 1").fill(FISHERIES.replace("boats", "vessels"))
    para(japan).get_by_role("button", name="Put this wording").click()
    reads(korea, FISHERIES.replace("boats", "vessels"))
    form_of(korea).get_by_role("button", name="Put brackets").click()
    korea.sees(re.compile("Somebody reworded this paragraph while you wrote"))
    expect(form_of(korea).get_by_label("Words we could accept instead")).to_have_value(TYPED)
    expect(para(korea).locator(".version-list .is-news")).to_have_count(1)
    expect(para(korea).locator(".version-list .is-news ins")).to_have_text(re.compile("vessels"))
    form_of(korea).get_by_role("button", name="Put brackets").click()
    reads(japan, FISHERIES.replace("boats", "vessels").replace("a week", "[a week]"))

    # Japan cannot change the words in brackets by the back door, but may take Korea's.
    para(japan).locator(".wording").filter(has_text=TYPED).get_by_role("button", name="We accept this").click()
    reads(korea, f"Fishing vessels are told of exercises {TYPED} before they begin.")

    unfolds(korea, "Our word on 1", "Amend")
    para(korea).get_by_label("As it should read").fill(
        f"Fishing vessels of all coasts are told of them {TYPED} before."
    )
    para(korea).get_by_role("button", name="Propose this wording").click()
    amendment = para(japan).locator(".amendment")
    expect(amendment.locator("ins").first).to_contain_text("of all coasts")
    amendment.get_by_role("button", name="Accept it").click()
    reads(korea, f"Fishing vessels of all coasts are told of them {TYPED} before.")
    expect(para(korea).locator(".versions summary").first).to_have_text("4 versions")


SHOWN = """() => {
  const panel = document.getElementById("panel-text").cloneNode(true);
  for (const field of panel.querySelectorAll("[hx-morph-skip]")) field.removeAttribute("hx-morph-skip");
  for (const fold of panel.querySelectorAll("details")) fold.removeAttribute("open");
  return panel.outerHTML.replace(/>\\s+/g, ">").replace(/\\s+</g, "<").replace(/ data-htmx-powered="[^"]*"/g, "");
}"""


def test_a_text_that_was_changed_part_by_part_is_the_text_that_a_reload_shows(table: tuple[Person, ...]) -> None:
    chair, japan, _china, korea = table
    for words in (LINE, FISHERIES):
        japan.proposes(words)
    reads(korea, FISHERIES, "2")
    unfolds(korea, "Our word on 1", "Put brackets")
    form_of(korea).get_by_label("Words we could accept instead").fill(TYPED)
    told = korea.page.evaluate_handle("""() => {
      const kinds = [];
      document.body.addEventListener("htmx:before:swap", (event) => {
        for (const one of event.detail.tasks || []) kinds.push(`${one.swapSpec.style} ${one.target.id}`);
      });
      return kinds;
    }""")
    japan.proposes("They will meet again.")  # comes behind the second
    reads(korea, "They will meet again.", "3")
    unfolds(japan, "Our word on 2", "Reword", number="2")
    para(japan, "2").get_by_label("New wording of paragraph 2").fill(LINE)
    para(japan, "2").get_by_role("button", name="Put this wording").click()
    reads(korea, LINE, "2")
    unfolds(japan, "Our word on 3", number="3")
    para(japan, "3").get_by_role("button", name="Withdraw it").click()
    japan.page.get_by_role("dialog").get_by_role("button").filter(has_text=re.compile("Withdraw|Yes")).first.click()
    expect(para(korea, "3")).to_have_count(0)
    expect(form_of(korea).get_by_label("Words we could accept instead")).to_have_value(TYPED)
    kinds = told.json_value()
    assert "outerMorph panel-text" not in kinds
    assert {"afterend para-d1-p2", "outerMorph para-d1-p2", "delete para-d1-p3"} <= set(kinds)
    for person in (korea, japan, chair):
        shown = person.page.evaluate(SHOWN)
        person.page.reload()
        expect(para(person, "2")).to_have_count(1)
        assert person.page.evaluate(SHOWN) == shown


def test_words_are_chosen_by_keyboard_alone(table: tuple[Person, ...]) -> None:
    _chair, japan, _china, korea = table
    japan.proposes("They will meet and will meet again.")
    unfolds(korea, "Our word on 1", "Put brackets")
    korea.page.get_by_role("button", name="Choose them by arrow keys").press("Enter")
    press = korea.page.keyboard.press
    for key in ("ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight", "Shift+ArrowRight", "Enter"):
        press(key)
    expect(form_of(korea).get_by_label("Words we cannot accept")).to_have_value("will meet")
    expect(form_of(korea).get_by_label("If they occur several times, which")).to_have_value("2")
    expect(form_of(korea).get_by_label("Words we could accept instead")).to_be_focused()


def test_brackets_are_put_without_script(moderator: Person, cast: Cast) -> None:
    code = moderator.opens_a_room("On plain paper", automatic=True)
    plain, japan = cast(LAPTOP, java_script_enabled=False), cast()
    japan.joins(code, "Morikawa Reiko", "Japan")
    plain.joins(code, "Shen Liyan", "China")
    expect(moderator.page.get_by_text("2 at the table")).to_be_visible()
    moderator.page.keyboard.press("p")
    moderator.starts_item(DRAFTING)
    japan.opens_tab("Text")
    japan.proposes(LINE)
    plain.page.reload()
    unfolds(plain, "Our word on 1", "Put brackets")
    form_of(plain).get_by_label("Words we cannot accept").fill("the line")
    form_of(plain).get_by_role("button", name="Put brackets").click()
    reads(plain, "The participants will open a line and will test [the line] on Mondays.")
    plain.page.get_by_text("Clean", exact=True).click()
    expect(para(plain).locator(".para-margin")).to_be_hidden()
    expect(para(plain).locator(".brk").first).to_be_hidden()
