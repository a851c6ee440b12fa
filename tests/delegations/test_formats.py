"""Any exercise can be run in any format: the shipped ones are whole, and a room is opened in the one chosen."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client

from delegations.entries import ScenarioProblems
from delegations.format_files import parse_formats
from delegations.formats import format_as_json, in_format, usually_present
from delegations.loading import store_formats
from delegations.models import Format, Scenario
from delegations.snapshot import snapshot
from rooms.domain.state import RoomState
from rooms.models import Room
from rooms.process import folds

SHIPPED = Path(settings.BASE_DIR) / "fixtures" / "formats"
NEW = "/rooms/new/harbour-talks/"
PIER = """
slug = "pier-talks"
name = "Pier talks"
summary = "Two sit on a pier."
attribution = "off_the_record"
decision = "consensus"
output = "handshake"
speech_seconds = 60
caucus_existence = "hidden"
caucus_at_any_time = true
delegations = ["BBB", "AAA", "ZZZ"]
seat_kinds = ["EXP"]
rules = ["Feet in the water."]

[[item]]
id = "p1"
title = "Sitting down"
kind = "opening"
minutes = 3

[[item]]
id = "p2"
title = "Fishing"
kind = "informal"
minutes = 30
"""


@pytest.fixture
def pier(tmp_path: Path) -> Path:
    folder = tmp_path / "formats"
    folder.mkdir()
    (folder / "pier-talks.toml").write_text(PIER)
    return folder


@pytest.fixture
def stored(db: None, pier: Path) -> Format:
    store_formats(formats=parse_formats(pier))
    return Format.objects.get()


def test_the_eight_formats_that_recur_are_shipped() -> None:
    formats = parse_formats(SHIPPED)
    assert {one.slug for one in formats} == {
        "neacd-plenary",
        "four-party-talks",
        "six-party-talks",
        "two-plus-two-plus-two",
        "tcog",
        "bilateral-track",
        "officials-session",
        "blank",
    }
    for one in formats:
        kinds = [item.kind for item in one.agenda]
        assert kinds[0] == "opening"
        assert {"drafting", "decision"} <= set(kinds)
        assert 60 <= sum(item.minutes for item in one.agenda) <= 120
    asking = {one.slug for one in formats if one.rules.caucus_at_any_time}
    assert asking == {"four-party-talks", "tcog", "bilateral-track"}, "elsewhere caucuses have their period"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('slug = "pier-talks"', 'slug = "other"', "`slug` is 'other' but the file is 'pier-talks.toml'"),
        ('rules = ["Feet in the water."]', "", "formats/pier-talks.toml: `rules` is missing"),
        ('"off_the_record"', '"whispered"', "`attribution` names 'whispered'"),
        ('["EXP"]', '["SPY"]', "`seat_kinds` names 'SPY'"),
        ('"ZZZ"', '"zz top"', "`delegations` names 'zz top'"),
        ('kind = "informal"', 'kind = "party"', "item 'p2': `kind` names 'party'"),
        ('id = "p2"', 'id = "p2"\nissue = "tides"', "item 'p2': `issue` names 'tides'"),
        ("[[item]]", "[[items]]", "there are no items"),
        ("summary =", "summery =", "`summary` is missing"),
        ("[[item]]", "[[item", "this is not valid TOML"),
    ],
)
def test_a_mistake_in_a_format_is_told(pier: Path, old: str, new: str, told: str) -> None:
    path = pier / "pier-talks.toml"
    path.write_text(path.read_text().replace(old, new))
    with pytest.raises(ScenarioProblems) as raised:
        parse_formats(pier)
    assert any(told in sentence for sentence in raised.value.problems), raised.value.problems


@pytest.mark.django_db
def test_formats_are_corrected_in_place(pier: Path) -> None:
    assert store_formats(formats=parse_formats(pier)) == ["pier-talks"]
    assert store_formats(formats=parse_formats(pier)) == []
    path = pier / "pier-talks.toml"
    path.write_text(path.read_text().replace("a pier", "a long pier"))
    assert store_formats(formats=parse_formats(pier)) == ["pier-talks"]
    assert Format.objects.get().summary == "Two sit on a long pier."


def test_in_a_format_rules_agenda_and_seats_change_and_the_question_does_not(
    scenario: Scenario, stored: Format
) -> None:
    plan = snapshot(scenario)
    chosen = format_as_json(stored)
    played = in_format(plan, chosen)
    assert played["format"]["name"] == "Pier talks"
    assert played["format"]["caucus_existence"] == "hidden"
    assert played["format"]["caucus_at_any_time"]
    assert set(played["format"]) == set(plan["format"])
    assert [item["id"] for item in played["agenda"]] == ["p1", "p2"]
    assert set(played["agenda"][0]) == set(plan["agenda"][0])
    assert played["issues"] == plan["issues"]
    assert played["packs"] == plan["packs"]
    seats = {one["code"]: [seat["id"] for seat in one["seats"]] for one in played["delegations"]}
    assert seats == {"AAA": ["AAA-EXP-1"], "BBB": ["BBB-MFA"]}, "who has none of its seats keeps its own"


def test_in_a_format_an_inject_planned_for_an_item_waits_for_the_chairs_hand(
    scenario: Scenario, stored: Format
) -> None:
    plan = snapshot(scenario)
    inject = {"id": "bell", "title": "A bell", "text": "It rings.", "from": "The pier", "to": ["all"]}
    plan["injects"] = [{**inject, "when": when} for when in ({"item": "p1", "after": 2}, {"minute": 5}, "manual")]
    played = in_format(plan, format_as_json(stored))
    assert [one["when"] for one in played["injects"]] == ["manual", {"minute": 5}, "manual"]
    assert plan["injects"][0]["when"] == {"item": "p1", "after": 2}


def test_a_format_begins_with_those_usually_present_or_with_the_exercises_own(
    scenario: Scenario, stored: Format
) -> None:
    plan = snapshot(scenario)
    assert usually_present(plan, format_as_json(stored)) == ["AAA", "BBB"]
    assert usually_present(plan, {"delegations": ["BBB", "ZZZ"]}) == ["AAA"]


# Opening a room


@pytest.fixture
def moderator(db: None, client: Client) -> Client:
    client.force_login(User.objects.create_user("chair"))
    return client


def opened(moderator: Client, **fields: object) -> RoomState:
    form = {"title": "Ours", "attribution": "chatham_house", "delegation": ["AAA", "BBB"], **fields}
    response = moderator.post(NEW, form)
    assert response.status_code == 302, response.content.decode()
    return folds.at_head(Room.objects.get().pk).state


def test_the_form_starts_in_the_exercises_own_format(moderator: Client, scenario: Scenario, stored: Format) -> None:
    html = moderator.get(NEW).content.decode()
    assert "Plenary, the exercise’s own" in html
    assert '<option value="pier-talks">Pier talks</option>' in html
    assert "On depth" in html
    assert 'type="hidden" name="format"' not in html


def test_the_form_of_another_format_has_its_agenda_rule_and_table(
    moderator: Client, scenario: Scenario, stored: Format
) -> None:
    html = moderator.get(NEW, {"format": "pier-talks"}).content.decode()
    assert '<option value="pier-talks" selected>' in html
    assert '<input type="hidden" name="format" value="pier-talks">' in html
    assert "Two sit on a pier." in html
    assert "Feet in the water." in html
    assert "Fishing" in html
    assert "On depth" not in html
    ticked = re.findall(r'name="([\w-]+)"(?: [\w-]+="[^"]*")* checked', html[: html.index("<footer")])
    assert ticked == [*["delegation", "seat"] * 2, "keep-p1", "keep-p2", "attribution", "assessment_record"]
    assert '<input type="radio" name="attribution" value="off_the_record" checked>' in html


def test_a_room_is_opened_in_the_chosen_format(moderator: Client, scenario: Scenario, stored: Format) -> None:
    fields = {"format": "pier-talks", "keep-p1": "on", "minutes-p1": "4", "keep-p2": "on", "minutes-p2": "20"}
    state = opened(moderator, **fields)
    assert state.prepared.format_name == "Pier talks"
    assert state.prepared.speech_seconds == 60
    assert [(item.title, item.minutes) for item in state.agenda.items] == [("Sitting down", 4), ("Fishing", 20)]
    assert [seat.id for seat in state.prepared.delegations[0].seats] == ["AAA-EXP-1"]


def test_without_a_choice_a_room_keeps_the_exercises_own_format(
    moderator: Client, scenario: Scenario, stored: Format
) -> None:
    assert opened(moderator, **{"keep-i1": "on", "minutes-i1": "4"}).prepared.format_name == "Plenary"


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_unknown_format_opens_nothing(moderator: Client, scenario: Scenario, method: str) -> None:
    response = getattr(moderator, method)(NEW, {"format": "../../etc"})
    assert 400 <= response.status_code < 500
    assert "There is no such format here." in response.content.decode()
    assert not Room.objects.exists()


def test_a_format_of_the_same_name_is_not_offered_twice(
    moderator: Client, scenario: Scenario, pier: Path, stored: Format
) -> None:
    Format.objects.update(name="Plenary")
    assert '<select id="format"' not in moderator.get(NEW).content.decode()


def test_everything_typed_stays_in_the_format_when_one_thing_is_wrong(
    moderator: Client, scenario: Scenario, stored: Format
) -> None:
    form = {"format": "pier-talks", "title": "Mine", "delegation": ["AAA"], "keep-p1": "on", "minutes-p1": "4"}
    html = moderator.post(NEW, {**form, "attribution": "on_the_record"}).content.decode()
    assert "at least two delegations" in html
    assert 'value="Mine"' in html
    assert '<input type="hidden" name="format" value="pier-talks">' in html
    assert 'name="minutes-p1" value="4"' in html


def test_the_blank_exercise_opens_as_a_room(moderator: Client, load_shipped: Callable[[], None]) -> None:
    load_shipped()
    assert "A frame to fill" in moderator.get("/").content.decode()
    html = moderator.get("/rooms/new/blank-exercise/").content.decode()
    assert html.count('name="delegation"') == 2
    form = {"title": "", "attribution": "chatham_house", "delegation": ["ALPHA", "BRAVO"]}
    response = moderator.post("/rooms/new/blank-exercise/", {**form, "keep-i3": "on", "minutes-i3": "15"})
    assert response.status_code == 302, response.content.decode()
    state = folds.at_head(Room.objects.get().pk).state
    assert state.room.title == "Blank exercise"
    assert set(state.prepared.packs) == {"ALPHA", "BRAVO"}
