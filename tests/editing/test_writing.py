"""Every kind of thing in an exercise can be written, changed, moved and removed in the browser."""

import pytest

from delegations.editing.pages import all_pages
from tests.editing.conftest import Desk, fields_of

pytestmark = pytest.mark.django_db

PLACE = {"sources__count": "1", "sources__0__kind": "paper", "sources__0__paper": "harbour-paper"}
PLACE |= {"sources__0__locator": "Boje, Depths, 3", "sources__0__anchor": "ten fathoms"}
AS_WRITTEN = {"paper": "harbour-paper", "locator": "Boje, Depths, 3", "anchor": "ten fathoms"}


def test_cover_and_rules_are_written(desk: Desk) -> None:
    desk.write("cover/", title=" Two   Harbours ", summary="One.\r\nTwo.", papers=["harbour-paper"], frame="1")
    cover = desk.content["scenario"]
    assert (cover["title"], cover["summary"], cover["papers"], cover["frame"]) == (
        "Two Harbours",
        "One. Two.",
        ["harbour-paper"],
        True,
    )
    desk.write(
        "rules/", decision="silence", speech_seconds="90", rules="Speak in turn.\n\nBe brief.", points_of_order="1"
    )
    rules = desk.content["scenario"]["format"]
    assert rules["rules"] == ["Speak in turn.", "Be brief."]
    assert (rules["decision"], rules["speech_seconds"], rules["points_of_order"]) == ("silence", 90, True)
    assert "votes" not in rules, "there are, unless somebody says no"
    desk.write("rules/", votes=[])
    assert desk.content["scenario"]["format"]["votes"] is False
    assert desk.draft.problems == []


def test_a_number_that_is_none_stays_as_typed_and_is_told(desk: Desk) -> None:
    desk.write("rules/", speech_seconds="two minutes")
    assert "“Seconds for a speech” must be a number" in desk.page("pages/rules/")
    assert desk.form("rules/")["speech_seconds"] == ["two minutes"]


def test_a_delegation_comes_with_seats_and_a_pack(desk: Desk) -> None:
    form = fields_of(desk.press("delegations/new/", do="add:seats").content.decode())
    assert form["seats-count"] == ["2"]
    typed = {
        "code": "ccc",
        "name": "Charlie",
        "full_name": "Charlie",
        "seats__0__kind": "MFA",
        "seats__0__title": "Office",
    }
    more = {"seats__1__kind": "EXP", "seats__1__title": "Expert"}
    assert desk.send("delegations/new/", {**form, "do": "save"}, **typed, **more).status_code == 302
    made = desk.content["scenario"]["delegations"][2]
    assert made["code"] == "CCC"
    assert [seat["id"] for seat in made["seats"]] == ["CCC-MFA", "CCC-EXP"]
    assert desk.content["packs"]["CCC"] == {"who": ""}
    desk.write("pack-CCC/", who="You are the third.")
    assert desk.content["packs"]["CCC"]["who"] == "You are the third."
    assert desk.draft.problems == []


@pytest.mark.parametrize(
    ("code", "why"), [("B", "2 to 6 letters"), ("AAA", "has the monogram AAA already"), ("../x", "2 to 6")]
)
def test_a_monogram_must_be_one_and_its_own(desk: Desk, code: str, why: str) -> None:
    response = desk.press("delegations/2/", code=code, name="Still typed")
    assert response.status_code == 422
    assert why in response.content.decode()
    assert 'value="Still typed"' in response.content.decode()


def test_a_new_monogram_is_followed_everywhere(desk: Desk) -> None:
    desk.write("pack-AAA-relation/new/", to="BBB", text="A rival.", **PLACE)
    desk.write("injects/new/", **{**INJECT, "to": ["BBB"]})
    desk.write(
        "roadmap/new/", track="Sea", horizon="short", text="Dredge.", actors=["BBB"], counterpart=["AAA"], **PLACE
    )
    desk.write("delegations/2/", code="ZZZ")
    content = desk.content
    assert list(content["packs"]) == ["AAA", "ZZZ"]
    assert content["packs"]["AAA"]["relation"][0]["to"] == "ZZZ"
    assert content["injects"]["inject"][0]["to"] == ["ZZZ"]
    assert content["roadmap"]["measure"][0]["actors"] == ["ZZZ"]
    assert [seat["id"] for seat in content["scenario"]["delegations"][1]["seats"]] == ["ZZZ-MFA"]
    assert desk.draft.problems == []


def test_a_new_name_of_an_issue_an_option_or_an_item_is_followed(desk: Desk) -> None:
    desk.write("injects/new/", **{**INJECT, "when": "item", "when__item": "i2", "when__after": "3"})
    desk.write("issues/1/", id="depth", option__1__id="seven")
    desk.write("agenda/2/", id="talk")
    content = desk.content
    position = content["packs"]["AAA"]["position"][0]
    assert (position["issue"], position["preferred"], position["acceptable"]) == ("depth", "seven", ["seven", "c"])
    assert content["agenda"]["item"][1]["issue"] == "depth"
    assert content["injects"]["inject"][0]["when"] == {"item": "talk", "after": 3}
    assert desk.draft.problems == []


def test_paragraphs_are_added_moved_and_removed(desk: Desk) -> None:
    desk.write("brief/new/", heading="Ships", text="They must pass.", **PLACE)
    assert desk.content["brief"]["paragraph"][2] == {
        "heading": "Ships",
        "text": "They must pass.",
        "source": AS_WRITTEN,
    }
    desk.press("brief/", do="up:2")
    assert desk.content["brief"]["paragraph"][1]["heading"] == "Ships"
    desk.press("brief/", do="remove:1")
    assert [one["text"][:3] for one in desk.content["brief"]["paragraph"]] == ["The", "Bot"]
    desk.write(
        "history/new/",
        text="It was dredged.",
        sources__count="1",
        sources__0__kind="public",
        sources__0__reference="Boje, Diary, 1999",
    )
    assert desk.content["history"]["paragraph"] == [
        {"text": "It was dredged.", "source": {"public": "Boje, Diary, 1999"}}
    ]


def test_sources_are_added_without_losing_what_is_typed(desk: Desk) -> None:
    response = desk.press("brief/1/", do="add:sources", text="Half typed")
    assert response.status_code == 200
    form = fields_of(response.content.decode())
    assert (form["text"], form["sources-count"]) == (["Half typed"], ["1"])
    assert "Half typed" not in str(desk.content)
    second = fields_of(desk.send("brief/1/", {**form, "do": "add:sources"}, sources__0__kind="design").content.decode())
    public = {
        "sources__1__kind": "public",
        "sources__1__reference": "Anker, Letters, 1998",
        "sources__1__url": "https://example.org/",
    }
    desk.send("brief/1/", {**second, "do": "save"}, **public)
    assert desk.content["brief"]["paragraph"][0]["sources"] == [
        "design",
        {"public": "Anker, Letters, 1998", "url": "https://example.org/"},
    ]


def test_options_are_ordered_along_their_axis(desk: Desk) -> None:
    moved = fields_of(desk.press("issues/1/", do="up:option:2").content.decode())
    assert moved["option-1-label"] == ["Ten fathoms"]
    desk.send("issues/1/", {**moved, "do": "save"})
    assert [one["id"] for one in desk.content["issues"]["issue"][0]["option"]] == ["a", "c", "b"]
    more = fields_of(desk.press("issues/1/", do="add:option").content.decode())
    desk.send("issues/1/", {**more, "do": "save"}, option__3__label="Twelve", option__3__detail="Deeper still.")
    assert desk.content["issues"]["issue"][0]["option"][3] == {"id": "d", "label": "Twelve", "detail": "Deeper still."}
    assert desk.draft.problems == []


def test_an_issue_and_an_item_are_named_by_their_title(desk: Desk) -> None:
    rows = {f"option__{at}__{name}": f"{name} {at}" for at in range(3) for name in ("label", "detail")}
    desk.write("issues/new/", title="Dredging", question="Who pays?", axis="from one to all", **rows)
    made = desk.content["issues"]["issue"][1]
    assert (made["id"], [one["id"] for one in made["option"]]) == ("dredging-2", ["a", "b", "c"])
    desk.write("agenda/new/", title="Last words", kind="closing", minutes="5", may_speak=["MFA"], issue="dredging-2")
    assert desk.content["agenda"]["item"][2] == {
        "title": "Last words",
        "kind": "closing",
        "minutes": 5,
        "issue": "dredging-2",
        "may_speak": ["MFA"],
        "id": "last-words",
    }
    assert desk.draft.problems == []


INJECT = {
    "title": "Storm",
    "text": "A storm closes the harbour.",
    "from": "Wire service",
    "to": ["all"],
    "when": "minute",
    "when__minute": "35",
    "objective": "Haste.",
    "expected": "A pause.",
    "contingency": "Another storm.",
    "sources__count": "1",
    "sources__0__kind": "design",
}


def test_an_inject_is_written(desk: Desk) -> None:
    desk.write("injects/new/", **INJECT)
    made = desk.content["injects"]["inject"][0]
    assert (made["id"], made["when"], made["to"], made["source"]) == ("storm", {"minute": 35}, ["all"], "design")
    assert desk.draft.problems == []
    desk.write("injects/1/", when="manual")
    assert desk.content["injects"]["inject"][0]["when"] == "manual"


@pytest.mark.parametrize("kind", ["interest", "red_line", "knows", "constraint", "talking_point", "recommendation"])
def test_a_plain_line_of_a_pack_is_written(desk: Desk, kind: str) -> None:
    desk.write(f"pack-BBB-{kind}/new/", text="A new line.", **PLACE)
    assert desk.content["packs"]["BBB"][kind][-1] == {"text": "A new line.", "source": AS_WRITTEN}
    assert desk.draft.problems == []


def test_the_other_lines_of_a_pack_are_written(desk: Desk) -> None:
    desk.write("pack-AAA-relation/new/?to=BBB", text="A rival.", **PLACE)
    desk.write("pack-AAA-figure/new/", label="Depth", value="5.5 m", **PLACE)
    people = {"name": "Fishers", "weight": "100", "text": "They vote.", "accepts": ["dredging:b", "dredging:c"]}
    desk.write("pack-AAA-constituency/new/", **people, punishes=["dredging:a"], **PLACE)
    answers = {"answers__0": "One", "answers__1": "", "answers__2": "Two", "answers__3": "Three", "answers__right": "2"}
    desk.write("pack-AAA-question/new/", question="How many?", why="Because.", **answers, **PLACE)
    pack = desk.content["packs"]["AAA"]
    assert pack["relation"] == [{"to": "BBB", "text": "A rival.", "source": AS_WRITTEN}]
    assert pack["figure"] == [{"label": "Depth", "value": "5.5 m", "source": AS_WRITTEN}]
    assert pack["constituency"][0]["accepts"] == {"dredging": ["b", "c"]}
    assert pack["constituency"][0]["punishes"] == {"dredging": ["a"]}
    assert (pack["question"][0]["options"], pack["question"][0]["answer"]) == (["One", "Two", "Three"], 1)
    assert desk.draft.problems == []
    assert "5.5 m" in desk.page("preview/AAA/")


def test_a_position_is_written_and_judged_by_the_rules_of_folders(desk: Desk) -> None:
    desk.write("pack-AAA-position/1/", preferred="a", conditions="If paid.", fallback="Wait.")
    html = desk.page("pages/pack-AAA-position/")
    assert "“You prefer” is &#x27;a&#x27;, which “You can live with” lacks; add it there." in html
    desk.write("pack-AAA-position/1/", preferred="c", acceptable=["c"], red_lines=["a"])
    position = desk.content["packs"]["AAA"]["position"][0]
    assert (position["preferred"], position["conditions"], position["fallback"]) == ("c", "If paid.", "Wait.")
    assert desk.draft.problems == []


def test_a_measure_of_a_road_map_is_written(desk: Desk) -> None:
    desk.write("roadmap/new/", track="Sea", horizon="long", text="Dredge.", actors=["AAA"], **PLACE)
    made = desk.content["roadmap"]["measure"][0]
    assert (made["id"], made["counterpart"]) == ("sea", [])
    assert desk.draft.problems == []


def test_what_is_missing_stands_on_the_page_where_it_can_be_put_right(desk: Desk) -> None:
    for page in all_pages(desk.content):
        html = desk.page(f"pages/{page.name}/")
        assert "under [[" not in html, page.name
        assert "`" not in html, page.name
    assert "There are 1 issues; write at least 6." in desk.page("pages/issues/")
    assert "There is no relation to BBB" in desk.page("pages/pack-AAA-relation/")
    assert "There are no red lines" in desk.page("pages/pack-AAA-red_line/")


def test_what_is_typed_is_shown_as_text(desk: Desk) -> None:
    wicked = '<script>alert(1)</script>"><b>'
    desk.write("cover/", title=wicked, summary=wicked)
    desk.write("brief/1/", heading=wicked, text=wicked)
    desk.write("delegations/1/", name=wicked, full_name=wicked)
    desk.write(
        "issues/1/",
        title=wicked,
        option__0__label=wicked,
        sources__count="1",
        sources__0__kind="public",
        sources__0__reference=wicked,
        sources__0__url="javascript:alert(1)",
    )
    rests = ["", "preview/", "preview/AAA/", *(f"pages/{page.name}/" for page in all_pages(desk.content))]
    for rest in [*rests, "pages/brief/1/", "pages/issues/1/", "pages/delegations/1/"]:
        html = desk.page(rest)
        assert "<script>alert" not in html, rest
        assert '"><b>' not in html, rest
        assert 'href="javascript' not in html, rest
    assert "“Address” must start with https://" in desk.page("pages/issues/")


def test_control_characters_do_not_get_in(desk: Desk) -> None:
    desk.write("brief/1/", text="one\x00two\x07three 한국")
    assert desk.content["brief"]["paragraph"][0]["text"] == "one two three 한국"


def test_pages_keep_to_the_content_security_policy(desk: Desk) -> None:
    for rest in ["", "pages/issues/1/", "pages/brief/", "preview/"]:
        html = desk.page(rest)
        assert "style=" not in html
        assert " onclick" not in html
        assert html.count("<script") == html.count("<script src=")


@pytest.mark.parametrize(
    "rest", ["pages/nothing/", "pages/cover/1/", "pages/brief/99/", "pages/pack-ZZZ/", "preview/ZZZ/"]
)
def test_what_is_not_there_is_not_found(desk: Desk, rest: str) -> None:
    assert desk.client.get(desk.address(rest)).status_code == 404
