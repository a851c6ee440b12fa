"""What a moderator prepares with: papers, search, the editor, and the check a student takes; open to all, and whole."""

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import Cast
from tests.browser.people import PHONE, Person, follow
from tests.browser.test_pages import looked_at

SAMPLE = Path(__file__).parents[1] / "drafting" / "sample_paper.md"


def test_a_paper_is_uploaded_read_searched_and_proposes_a_draft(moderator: Person) -> None:
    page = moderator.goes_to("/papers/")
    with looked_at(page) as look:
        look("papers, none yet")
        page.locator("input[type=file]").set_input_files(SAMPLE)
        follow(page.get_by_role("button", name="Import", exact=True))
        look("a paper was imported")
        page.goto("/papers/")
        follow(page.get_by_role("main").get_by_role("listitem").get_by_role("link").first)
        look("a paper to read")
        follow(
            page.get_by_role("button", name="Propose a first draft")
            .or_(page.get_by_role("link", name="Propose a first draft"))
            .first
        )
        look("proposals")
        page.goto("/search/?q=strait")
        expect(page.locator("mark").first).to_be_visible()
        look("found")


def test_an_exercise_is_changed_in_the_browser_and_published_as_ones_own(moderator: Person) -> None:
    page = moderator.goes_to("/exercises/blank-exercise/")
    follow(page.get_by_role("link", name="Edit a copy"))
    with looked_at(page) as look:
        look("drafts")
        page.get_by_label("Title").first.fill("Harbour talks, Oslo")
        page.get_by_label(re.compile("Short name")).first.fill("harbour-oslo")
        follow(page.get_by_role("button", name="Begin the draft"))
        look("overview of a draft")
        draft = page.url
        page.goto(f"{draft}pages/issues/")
        look("issues of a draft")
        page.goto(f"{draft}pages/issues/1/")
        page.get_by_label("Title").first.fill("Who keeps the harbour")
        look("one issue")
        follow(page.get_by_role("button", name="Save", exact=True))
    page.goto(draft)
    follow(page.get_by_role("button", name="Publish"))
    page.goto("/exercises/harbour-oslo/")
    expect(page.get_by_role("heading", name="Who keeps the harbour")).to_be_visible()


def test_a_student_checks_what_they_have_read_on_a_phone(cast: Cast, moderator: Person) -> None:
    code = moderator.opens_a_room("A room to prepare in", automatic=True)
    student = cast(PHONE)
    student.joins(code, "Mina", "Japan")
    student.opens_tab("Pack")
    page = student.page
    follow(page.get_by_role("link", name="Check yourself"))
    with looked_at(page) as look:
        look("questions", "phone")
        for number in range(5):
            page.locator(f"input[name=q{number}]").first.check()
        page.get_by_role("button", name="Send my answers").click()
        expect(page.get_by_text(re.compile(r"You had \d of 5 right"))).to_be_visible()
        look("answers", "phone")
