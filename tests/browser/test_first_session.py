"""One session from the library to the debrief, by a moderator, two delegations, an observer and a wall."""

import json
import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import Cast
from tests.browser.people import DRAFTING, LINE_DOWN, PATIENCE, WALL, Person
from tests.programs import Served

FLANKED = "China will not be flanked while it is told that nobody stands there."
OPEN_BOOK = "Japan opens the Guidelines to whoever reads them aloud with us."
CONFIDENCE = "Our line: nothing on Taiwan, everything on openness."
RED_PENCIL = "Keep the red pencil for paragraph one."
PARAGRAPH = "The participants will tell each other of exercises before the press does."
ASIDE = "China reads this without prejudice to its view of the Guidelines."
HALF_TYPED = "We have listened carefully, and we would"
ISSUE = "Openness about the Guidelines"


def downloaded(page: Page, name: str) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("button", name=name, exact=True).click()
    return Path(download.value.path()).read_bytes()


def seen_by(person: Person) -> str:
    """All that this person's page holds, also what is not in sight."""
    return person.page.content()


def everybody_sees(people: list[Person], words: str) -> None:
    for person in people:
        expect(person.page.locator("main")).to_contain_text(words)


def test_a_session_from_the_library_to_the_debrief(served: Callable[..., Served], cast: Cast) -> None:
    server = served()
    chair, china, colleague, japan, guest = (cast(base_url=server.base_url) for _ in range(5))

    # The moderator opens a room, with less time and without Russia.
    chair.signs_in(server.sign_in_link)
    chair.finds_in_the_library("NEACD VII, Tokyo, December 1997")
    code = chair.opens_a_room("Monday's class", without=["Russian Federation"], minutes={"Opening": 3})
    agenda = chair.part("Agenda")
    expect(agenda.locator(".agenda-item").first).to_contain_text("3 min")
    assert "RUS" not in chair.part("Delegations").inner_text()

    # One comes by code, one by the link on the wall, the others by the address.
    china.comes_by_code(code)
    china.takes_a_seat("沈立言 Shen Liyan", "China", "Ministry of Foreign Affairs")
    link = chair.page.get_by_role("link", name=f"/join/{code}/").get_attribute("href")
    assert link
    japan.goes_to(link)
    japan.takes_a_seat("森川玲子 Morikawa Reiko", "Japan", "Ministry of Foreign Affairs")
    colleague.joins(code, "高志远 Gao Zhiyuan", "China", "Ministry of National Defence")
    guest.joins(code, "Ingrid Aasen")
    for person in (china, japan, colleague, guest):
        expect(person.page.get_by_role("heading", name="The chair has your name")).to_be_visible()

    # A wall is set up; it invites.
    with chair.page.expect_popup() as popup:
        chair.presses("Projector")
    wall = popup.value
    wall.set_viewport_size(WALL["viewport"])
    expect(wall.get_by_text(f"{code[:3]} {code[3:]}")).to_be_visible()

    # One is let in by name, the rest at once; their pages change by themselves.
    waiting = chair.part("Waits for you")
    waiting.get_by_role("listitem").filter(has_text="Shen Liyan").get_by_role("button", name="Admit").click()
    expect(china.page.get_by_role("heading", name="Who you are")).to_be_visible()
    chair.page.keyboard.press("a")
    expect(japan.page.get_by_role("heading", name="Who you are")).to_be_visible()
    expect(colleague.part("Our delegation")).to_be_visible()
    expect(guest.part("Agenda")).to_be_visible()
    at_the_table = [china, colleague, japan, guest]

    # Under way: the session, the first item.
    chair.page.keyboard.press("p")
    chair.sees("The floor is free.")
    chair.presses(re.compile("^Start: Opening"))
    for person in (chair, *at_the_table):
        expect(person.page.get_by_role("heading", name="Opening", exact=True)).to_be_visible()
    expect(wall.get_by_role("heading", name="Opening")).to_be_visible()

    # China asks, the chair gives by a key, China speaks, all read it.
    china.asks_for_the_floor()
    japan.page.get_by_label("What you will say").fill(HALF_TYPED)
    expect(chair.page.get_by_role("button", name="Give the floor to China")).to_be_visible()
    chair.page.keyboard.press("n")
    expect(wall.get_by_role("heading", name="沈立言 Shen Liyan")).to_be_visible()
    expect(china.page.locator(".now time")).to_have_text(re.compile(r"^1:"))  # it counts, and by now a second is spoken
    expect(china.page.locator(".now time")).not_to_have_text("1:59")
    china.says(FLANKED)
    everybody_sees([chair, *at_the_table], FLANKED)
    spoken = chair.page.locator("#delegation-PRC .spoken")
    expect(spoken).not_to_have_text(re.compile(r"0:00$"))

    # Japan was writing all the while; nothing of it is lost, nor the place in it.
    words = japan.page.get_by_label("What you will say")
    expect(words).to_have_value(HALF_TYPED)
    expect(words).to_be_focused()
    japan.page.keyboard.type(" gladly")
    japan.asks_for_the_floor()
    expect(words).to_have_value(f"{HALF_TYPED} gladly")
    chair.page.keyboard.press("n")
    expect(japan.page.get_by_label("You have the floor")).to_have_value(f"{HALF_TYPED} gladly")
    japan.says(OPEN_BOOK)
    expect(japan.page.get_by_label("What you will say")).to_have_value("")
    everybody_sees([chair, *at_the_table], OPEN_BOOK)

    # What a delegation tells itself stays with it.
    china.tells_own_delegation(CONFIDENCE)
    expect(colleague.part("Our delegation")).to_contain_text(CONFIDENCE)
    expect(china.page.get_by_label("To your delegation alone")).to_have_value("")
    colleague.tells_own_delegation(RED_PENCIL)
    expect(china.part("Our delegation")).to_contain_text(RED_PENCIL)

    # One position is for all to see, one is not.
    china.files_position(ISSUE, "b", ["c"], public=True, why="Openness must reach the map.")
    japan.files_position(ISSUE, "d", public=False, why="For Tokyo's eyes.")
    for person in (japan, guest):
        person.opens_tab("Text")
        expect(person.part("Positions on the table")).to_contain_text("Openness must reach the map.")
    japan.opens_tab("Table")
    for person in (chair, china, colleague, guest):
        assert "For Tokyo's eyes." not in seen_by(person)
        assert not re.search(r"For us alone: d", seen_by(person))
    for outsider in (chair, japan, guest):
        assert CONFIDENCE not in seen_by(outsider)
        assert RED_PENCIL not in seen_by(outsider)
        assert CONFIDENCE not in outsider.context.request.get(outsider.page.url).text()
    assert CONFIDENCE not in wall.content()

    # The line of the observer goes; two things happen meanwhile; it comes back by itself.
    guest.loses_the_line()
    chair.page.get_by_label("Say something as the chair").fill("The chair thanks both sides.")
    chair.part("What was said").get_by_role("button", name="Say it").click()
    china.says_after_asking(chair, "China has read the map.")
    expect(guest.page.locator("main")).not_to_contain_text("China has read the map.")
    guest.gets_the_line_back()
    everybody_sees([guest], "China has read the map.")
    assert guest.panels() == guest.fresh_panels()

    # So does the server.
    for person in (chair, *at_the_table):
        person.foresees(*LINE_DOWN)
    server.restart()
    for person in (chair, *at_the_table):
        expect(person.page.locator("#panel-status")).to_be_visible()
        person.is_on_the_line()

    # Drafting: the chair goes straight there.
    chair.starts_item(DRAFTING)
    japan.opens_tab("Text")
    japan.proposes(PARAGRAPH)
    everybody_sees([chair, *at_the_table], PARAGRAPH)
    expect(wall.locator("#panel-stage")).to_contain_text(PARAGRAPH)
    for person in (chair, *at_the_table):
        assert person.panels() == person.fresh_panels()

    # The decision: one stands aside and says why, the other joins; with the last answer it is adopted.
    chair.page.keyboard.press("c")
    expect(japan.page.get_by_text("Does your delegation join the consensus?")).to_be_attached()
    expect(china.page.get_by_text("Does your delegation join the consensus?")).to_be_visible()
    expect(colleague.page.get_by_text("Does your delegation join the consensus?")).to_have_count(0)  # the head answers
    china.page.get_by_label("Your reason, if you stand aside or object").fill(ASIDE)
    china.presses("Stand aside")
    expect(china.page.get_by_text("Your delegation stands aside")).to_be_visible()
    everybody_sees([chair, *at_the_table], ASIDE)
    japan.opens_tab("Table")
    japan.presses("Join", exact=True)
    everybody_sees([chair, *at_the_table], "Adopted by consensus")

    # The end: everybody is led to the debrief.
    chair.page.locator("summary", has_text="Close").click()
    chair.page.get_by_label("Your last word").fill("Go home and read each other.")
    chair.once_agrees("Close the session")
    expect(wall.get_by_text("Go home and read each other.")).to_be_visible()
    for person in (chair, *at_the_table):
        person.page.get_by_role("link", name=re.compile("debrief", re.IGNORECASE)).filter(visible=True).first.click()
        expect(person.page.get_by_role("heading", name="What they agreed")).to_be_visible()
        expect(person.page.locator("main")).to_contain_text(PARAGRAPH)
        expect(person.page.locator("main")).to_contain_text(ASIDE)

    # From the timeline into the room as it was, and on by a key.
    timeline = japan.page.locator("ol.timeline")
    japan.page.locator("#timeline summary").click()
    timeline.get_by_role("link").filter(has_text="Opening").first.click()
    expect(japan.page.get_by_text("You are looking at the past.")).to_be_visible()
    expect(japan.page.get_by_role("heading", name="Opening", exact=True)).to_be_visible()
    expect(japan.page.locator("body")).to_have_class(re.compile("is-film"))
    before = japan.page.url
    japan.page.keyboard.press("ArrowRight")
    japan.page.wait_for_url(lambda url: url != before, timeout=PATIENCE)
    japan.page.go_back()

    # Files: the moderator's own with names, the others' within the rule.
    chair.page.get_by_label("Assessment record, names kept").check()
    ours = json.loads(downloaded(chair.page, "JSON"))
    assert PARAGRAPH in json.dumps(ours, ensure_ascii=False)
    assert "沈立言 Shen Liyan" in json.dumps(ours, ensure_ascii=False)
    told = downloaded(japan.page, "JSON").decode()
    assert json.loads(told)
    assert PARAGRAPH in told
    assert OPEN_BOOK in told
    assert "Shen Liyan" not in told
    made = [one["data"] for one in json.loads(told)["entries"] if one["name"] == "floor.statement_made"]
    assert {one.get("delegation", "") for one in made if one.get("kind") != "chair"} == {""}
    assert CONFIDENCE not in told
    assert "For Tokyo's eyes." not in told
    page = downloaded(japan.page, "Markdown").decode()
    assert PARAGRAPH in page
    assert "Shen Liyan" not in page
    tables = zipfile.ZipFile(BytesIO(downloaded(japan.page, "Tables")))
    said = "\n".join(tables.read(name).decode() for name in tables.namelist())
    assert tables.testzip() is None
    assert PARAGRAPH in said
    assert "Shen Liyan" not in said
