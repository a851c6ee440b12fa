"""The pack as it is read: everything in it for moderators and for its own delegation, nothing of it for others."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from delegations.models import Scenario
from delegations.pack_reading import for_reading
from delegations.snapshot import snapshot
from rooms.models import Room

pytestmark = pytest.mark.django_db

PAGE = "/exercises/harbour-talks/"
PACK = "/exercises/harbour-talks/packs/AAA/"
HEADINGS = [
    "Who you are",
    "What you want, in this order",
    "What you must never accept",
    "What to say first",
    "Where you stand, most important first",
    "What you know and others do not",
    "You and the others",
    "Who must be satisfied at home",
    "What binds you",
    "Facts and figures",
    "What the paper recommends to you",
    "Check yourself",
    "Drawn from",
]
FOR_MODERATORS = ["The tide of 0 is late.", "See who reads 0.", "In fact the harbour froze", "A buoy is laid."]


@pytest.fixture
def complete(db: None, whole: Path, load: Callable[[], tuple[Scenario, bool]]) -> Scenario:
    return load()[0]


@pytest.fixture
def moderator(db: None, client: Client) -> Client:
    client.force_login(User.objects.create_user("chair"))
    return client


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, response.content.decode()
    return response.content.decode()


def test_a_pack_shows_what_matters_first_and_then_all_of_it(moderator: Client, complete: Scenario) -> None:
    html = page(moderator, PACK)
    places = [html.index(f">{heading}</h2>") for heading in HEADINGS]
    assert places == sorted(places)
    first_page = html[: html.index("<details")]
    assert ">What to say first</h2>" in first_page
    for words in [
        "Terms of AAA on dredging.",
        "Fallback of AAA on dredging.",
        "AAA thinks of BBB.",
        "Coast BBB",
        "50 of 100",
        "Accepts on “On dredging”",
        "Punishes on “On tolls”",
        "c for tolls",
        "Depth at AAA",
        "7 fathoms",
        "A recommendation of AAA.",
        "Question 0 to AAA?",
        "Because of the tide.",
    ]:
        assert words in html, words
    assert re.search(r'<meter class="bar hue-0 pat-0" min="0" max="100" value="50"', html)


def test_each_source_is_told_apart(moderator: Client, complete: Scenario) -> None:
    html = page(moderator, PACK)
    figure = html[html.index("7 fathoms") :]
    sources = re.findall(r'<span class="source source-(\w+)">(.*?)</span>', figure[: figure.index("</div>")], re.DOTALL)
    assert [kind for kind, _ in sources] == ["paper", "public", "design"]
    assert sources[0][1] == "From the paper: Boje 1998, Depths, 2"
    assert 'href="https://example.org/report"' in sources[1][1]
    assert "Port Office, Annual report, Oslo, May 1998" in sources[1][1]
    drawn_from = html[html.index("Drawn from") :]
    assert "Ada Anker and Bo Boje, Two Harbours, Harbour Policy Paper 4, Harbour Institute, 1998" in drawn_from


def test_an_exercise_shows_rules_to_all_and_what_is_to_come_to_moderators(client: Client, complete: Scenario) -> None:
    html = page(client, PAGE)
    for words in [
        "Whoever speaks stands up.",
        "Caucuses are hidden",
        "The chair may read them.",
        "Part 2",
        "Drawn from",
    ]:
        assert words in html, words
    assert "Any delegation may raise one at any time" in html
    assert not [words for words in FOR_MODERATORS if words in html]
    client.force_login(User.objects.create_user("chair"))
    response = client.get(PAGE)
    html = response.content.decode()
    assert not [words for words in FOR_MODERATORS if words not in html]
    for words in ["When you choose", "Minute 35 of the session", "5 minutes into “On depth”", "As “Opening” begins"]:
        assert words in html, words
    assert response["Cache-Control"] == "no-store"


def test_the_road_map_is_a_table_of_tracks_by_horizons(moderator: Client, complete: Scenario) -> None:
    html = page(moderator, PAGE)
    table = html[html.index('<table class="roadmap">') : html.index("</table>")]
    cells = re.findall(r"<td>(.*?)</td>", table, re.DOTALL)
    assert [bool(re.search("buoy|bridge", cell)) for cell in cells] == [True, False, True]
    assert "nothing" in cells[1]


@pytest.mark.parametrize("path", ["/api/scenarios/harbour-talks/", "/api/scenarios/", PAGE, "/"])
def test_no_stranger_learns_what_is_to_come(client: Client, complete: Scenario, path: str) -> None:
    text = client.get(path).content.decode()
    assert not [words for words in (*FOR_MODERATORS, "A knows of AAA.", "Question 0") if words in text]


def test_a_snapshot_parts_into_what_is_public_and_what_is_not(complete: Scenario) -> None:
    taken = snapshot(complete)
    assert taken["brief"] == [paragraph["text"] for paragraph in taken["brief_sourced"]]
    assert taken["brief_sourced"][0]["sources"][0]["kind"] == "public"
    assert taken["injects"][0] == {
        "id": "news-0",
        "title": "News 0",
        "text": "The tide of 0 is late.",
        "from": "Wire service",
        "to": ["AAA", "BBB"],
        "when": "manual",
        "objective": "See who reads 0.",
        "expected": "Somebody asks.",
        "contingency": "Read it aloud.",
        "source": {"kind": "design"},
        "sources": [{"kind": "design"}],
    }
    assert taken["injects"][2]["when"] == {"item": "i2", "after": 5}
    assert (taken["roadmap"][0]["id"], taken["roadmap"][0]["horizon"]) == ("m1", "short")
    assert len(taken["history"]) == 6
    pack = taken["packs"]["BBB"]
    assert pack["relations"][0]["to"] == "AAA"
    assert pack["constituencies"][0]["accepts"] == {"dredging": ["b"]}
    assert (pack["figures"][0]["label"], pack["figures"][0]["value"]) == ("Depth at BBB", "7 fathoms")
    assert [source["kind"] for source in pack["figures"][0]["sources"]] == ["paper", "public", "design"]
    assert (pack["questions"][4]["question"], pack["questions"][4]["answer"]) == ("Question 4 to BBB?", 2)
    assert [len(pack[name]) for name in ("red_lines", "knows", "recommendations")] == [1, 1, 1]


@pytest.mark.parametrize(("path", "most"), [("/", 5), (PAGE, 16), (PACK, 16)])
def test_pages_of_a_complete_exercise_take_as_many_queries_as_of_a_small_one(
    moderator: Client, complete: Scenario, django_assert_max_num_queries: DjangoAssertNumQueries, path: str, most: int
) -> None:
    with django_assert_max_num_queries(most):
        moderator.get(path)


# In a room


@pytest.fixture
def room(moderator: Client, complete: Scenario) -> Room:
    form = {"attribution": "chatham_house", "delegation": ["AAA", "BBB"], "automatic_admission": "on"}
    moderator.post("/rooms/new/harbour-talks/", {**form, "keep-i1": "on", "minutes-i1": "5"})
    return Room.objects.get()


def seated(room: Room, seat: str) -> tuple[Client, str]:
    """Somebody in that seat, and the address of their screen."""
    client = Client()
    response = client.post(f"/join/{room.code}/", {"name": "Ann", "seat": seat})
    assert response.status_code == 302, response.content.decode()
    return client, str(response["Location"])


def test_a_delegation_reads_every_section_of_its_own_pack(room: Room) -> None:
    client, address = seated(room, "AAA-MFA")
    for path in [address, f"{address}pack/AAA/"]:
        html = page(client, path)
        shown = [heading for heading in HEADINGS if f">{heading}</h2>" in html]
        assert [heading for heading in HEADINGS if heading not in shown] == ["Check yourself"]
        assert "AAA thinks of CCC." in html
        assert "not at this table" in html, "CCC was left out"
        assert "From the paper: Boje 1998, Depths, 2" in html
        assert "A knows of BBB." not in html


def test_the_answers_of_the_check_stand_in_no_delegations_pack(room: Room, moderator: Client) -> None:
    client, address = seated(room, "AAA-MFA")
    assert "Because of the tide." not in page(client, f"{address}pack/AAA/")
    chair = moderator.get(f"/rooms/{room.code}/chair/")["Location"]
    assert "Because of the tide." in page(moderator, f"{chair}pack/AAA/")


def test_no_screen_of_a_delegation_holds_what_is_to_come(room: Room) -> None:
    client, address = seated(room, "AAA-MFA")
    html = page(client, address)
    assert not [words for words in FOR_MODERATORS if words in html]


def test_a_pack_frozen_before_there_were_several_sources_is_still_read() -> None:
    old = {
        "who": "You speak for a coast.",
        "interests": [
            {"text": "Ships must pass.", "source": {"kind": "paper", "paper": "p", "locator": "1", "anchor": ""}}
        ],
        "positions": [],
        "constraints": [],
        "talking_points": [{"text": "The sea belongs to nobody.", "source": {"kind": "design"}}],
    }
    read = for_reading(old, delegation={"code": "AAA"}, delegations=[], issues=[])
    assert read["first_words"]["text"] == "The sea belongs to nobody."
    assert read["works"] == ["p"]
    assert (read["relations"], read["questions"], read["red_lines"]) == ([], [], [])
