"""The library and an exercise are for everybody; a pack is for moderators only."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from delegations.models import Scenario

pytestmark = pytest.mark.django_db

SECRETS = ["Hold out for seven fathoms", "Ships of Alfa", "treasury is empty", "sea belongs to nobody", "coast."]
PAGE = "/exercises/harbour-talks/"
PACK = "/exercises/harbour-talks/packs/AAA/"


@pytest.fixture
def moderator(client: Client) -> Client:
    client.force_login(User.objects.create_user("chair"))
    return client


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def outline(scenario: Scenario) -> Scenario:
    return Scenario.objects.create(
        slug="bare",
        version=1,
        outline=True,
        title="Bare Bones",
        moment="Some day",
        summary="Only the cover is written.",
        format_name="Plenary",
        attribution="chatham_house",
        decision="consensus",
        output="chair's summary",
        speech_seconds=120,
    )


def test_the_front_page_lets_players_join_by_code(client: Client) -> None:
    html = page(client, "/")
    assert re.search(r'<form[^>]*action="/join/"', html)
    assert 'name="code"' in html


def test_an_empty_library_says_what_it_is_for(client: Client) -> None:
    assert "None is loaded yet." in page(client, "/")


def test_the_library_lists_exercises_and_marks_outlines(client: Client, outline: Scenario) -> None:
    html = page(client, "/")
    assert html.index("Harbour Talks") < html.index("Bare Bones")
    assert 'href="/exercises/harbour-talks/"' in html
    assert "25 minutes" in html
    assert html.count("Outline, not yet playable") == 1
    assert '<span class="mono hue-1 pat-1"' in html


def test_an_exercise_shows_everything_that_is_common(client: Client, scenario: Scenario) -> None:
    html = page(client, PAGE)
    for words in [
        "Oslo, May 1998",
        "The harbour lies between two coasts.",
        "Republic of Alfa",
        "Optional",
        "How deep should the harbour be?",
        "from shallow to deep",
        "Seven fathoms",
        "From the paper: Boje 1998, Depths, 2",
        "Agenda, 25 minutes",
        "Presents, delegation by delegation: Foreign ministry",
        "Off the record: others learn only",
        "Chatham House Rule: what is said may be used",
    ]:
        assert words in html, words


def test_an_exercise_tells_nothing_of_the_packs_to_anybody(client: Client, scenario: Scenario) -> None:
    stranger = page(client, PAGE)
    client.force_login(User.objects.create_user("chair"))
    for html in [stranger, page(client, PAGE)]:
        assert not [secret for secret in SECRETS if secret in html]
    assert "/packs/" not in stranger


def test_a_stranger_is_asked_to_sign_in_before_opening_a_room(client: Client, scenario: Scenario) -> None:
    html = page(client, PAGE)
    assert 'href="/sign-in/?next=/rooms/new/harbour-talks/"' in html
    assert 'href="/rooms/new/harbour-talks/"' not in html


def test_a_moderator_opens_a_room_and_reads_packs_from_the_exercise(moderator: Client, scenario: Scenario) -> None:
    html = page(moderator, PAGE)
    assert 'href="/rooms/new/harbour-talks/"' in html
    assert f'href="{PACK}"' in html


def test_an_outline_cannot_be_opened_as_a_room(moderator: Client, outline: Scenario) -> None:
    html = page(moderator, "/exercises/bare/")
    assert "Outline, not yet playable" in html
    assert "/rooms/new/" not in html
    assert "It is not written yet" in html


@pytest.mark.parametrize("path", [PACK, "/exercises/harbour-talks/packs/ZZZ/", "/exercises/none/packs/AAA/"])
def test_a_stranger_asking_for_any_pack_is_sent_to_sign_in(client: Client, scenario: Scenario, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 302
    assert response["Location"] == f"/sign-in/?next={path}"
    assert response.content == b""


def test_a_moderator_reads_a_pack_with_the_source_of_each_line(moderator: Client, scenario: Scenario) -> None:
    response = moderator.get(PACK)
    html = response.content.decode()
    for secret in SECRETS:
        assert secret in html, secret
    assert "From the paper: Anker 1998, Ships, 1" in html
    assert html.count("Exercise design") == 3
    assert "Bravo" not in html
    assert "no-store" in response["Cache-Control"]


def test_a_pack_says_how_each_option_stands_in_words(moderator: Client, scenario: Scenario) -> None:
    html = page(moderator, PACK)
    standings = re.findall(r'option-letter">(\w)</span>.*?<span class="tag[^"]*">([^<]+)</span>', html, re.DOTALL)
    assert standings == [("a", "Red line"), ("b", "You prefer this"), ("c", "You can live with it")]


@pytest.mark.parametrize("path", ["/exercises/none/", "/exercises/harbour-talks/packs/ZZZ/"])
def test_what_does_not_exist_is_not_found(moderator: Client, scenario: Scenario, path: str) -> None:
    assert moderator.get(path).status_code == 404


def test_the_pack_page_shows_the_newest_version_only(
    moderator: Client, scenario: Scenario, load: Callable[[], object], change: Callable[..., None]
) -> None:
    change("packs/AAA.toml", "treasury", "purse")
    load()
    html = page(moderator, PACK)
    assert "purse" in html
    assert "treasury" not in html


def test_pages_only_read(moderator: Client, scenario: Scenario) -> None:
    assert [moderator.post(path).status_code for path in ["/", PAGE, PACK]] == [405, 405, 405]


def test_what_writers_write_is_shown_as_text(
    client: Client, load: Callable[[], object], change: Callable[..., None]
) -> None:
    change("brief.md", "Both want it open.", "<script>alert(1)</script> 한국 中国 Россия")
    load()
    html = page(client, PAGE)
    assert "&lt;script&gt;alert(1)&lt;/script&gt; 한국 中国 Россия" in html


def test_pages_keep_to_the_content_security_policy(moderator: Client, scenario: Scenario) -> None:
    for path in ["/", PAGE, PACK]:
        html = page(moderator, path)
        assert not re.search(r"\sstyle=|\son\w+=|<style|<script(?![^>]*\ssrc=)", html)


@pytest.mark.parametrize(("path", "most"), [("/", 5), (PAGE, 14), (PACK, 16)])
def test_pages_take_a_bounded_number_of_queries(
    moderator: Client,
    scenario: Scenario,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    path: str,
    most: int,
) -> None:
    with django_assert_max_num_queries(most):
        moderator.get(path)
