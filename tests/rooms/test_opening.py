"""Opening a room: what is typed is kept, what cannot be is said beside the form; one's own rooms, and only those."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from delegations.models import Scenario
from delegations.snapshot import snapshot
from rooms.domain.state import RoomState
from rooms.models import Participant, Room
from rooms.process import folds

from .conftest import Played

pytestmark = pytest.mark.django_db

NEW = "/rooms/new/neacd-vii-tokyo-1997/"
Open = Callable[..., Played]


@pytest.fixture
def moderator(moderator_user: User) -> Client:
    client = Client()
    client.force_login(moderator_user)
    return client


@pytest.fixture
def form(scenario: Scenario) -> dict[str, Any]:
    """What the browser sends if nothing was changed."""
    plan = snapshot(scenario)
    fields: dict[str, Any] = {
        "title": plan["title"],
        "attribution": plan["format"]["attribution"],
        "assessment_record": "on",
        "delegation": [one["code"] for one in plan["delegations"] if not one["optional"]],
    }
    for item in plan["agenda"]:
        fields[f"keep-{item['id']}"] = "on"
        fields[f"minutes-{item['id']}"] = str(item["minutes"])
    return fields


def opened(moderator: Client, form: dict[str, Any]) -> RoomState:
    response = moderator.post(NEW, form)
    assert response.status_code == 302, response.content.decode()
    room = Room.objects.get()
    assert response["Location"] == f"/rooms/{room.code}/chair/"
    return folds.at_head(room.pk).state


def refused(moderator: Client, form: dict[str, Any], words: str) -> str:
    """The form again, with the reason; no room was made."""
    response = moderator.post(NEW, form)
    html = response.content.decode()
    assert 400 <= response.status_code < 500
    assert words in html
    assert not Room.objects.exists()
    return html


def box(html: str, name: str, value: str = "") -> bool:
    """Whether a box is ticked on the page."""
    pattern = rf'<input[^>]*name="{name}"' + (rf'[^>]*value="{value}"' if value else "") + r"[^>]*>"
    found = re.search(pattern, html)
    assert found
    return " checked" in found.group()


def test_the_form_starts_as_the_exercise_was_prepared(moderator: Client, scenario: Scenario) -> None:
    html = moderator.get(NEW).content.decode()
    assert not box(html, "delegation", "DPRK")
    assert box(html, "delegation", "PRC")
    assert box(html, "attribution", "chatham_house")
    assert box(html, "assessment_record")
    assert not box(html, "automatic_admission")
    assert "With automatic admission anybody who has the code can take any free seat." in html
    assert f"{sum(item.minutes for item in scenario.agenda.all())} minutes" in html


def test_all_four_rules_stand_there_in_full_words(moderator: Client, scenario: Scenario) -> None:
    html = moderator.get(NEW).content.decode()
    for words in (
        "What is said may be quoted, with the names of who said it and of the delegation.",
        "What is said may be used as the words of “a participant”; no person and no delegation may be named.",
        "What is said may be used; who said it, and who else was here, may not.",
        "Nothing that is said may be used; only that a discussion took place, its title and its length.",
    ):
        assert words in html


def test_a_room_is_opened_as_the_form_says(moderator: Client, form: dict[str, Any]) -> None:
    form |= {"title": "  IR 340,  Thursday ", "attribution": "on_the_record", "automatic_admission": "on"}
    form["delegation"] = ["PRC", "USA", "DPRK"]
    form["minutes-i1"] = "7"
    del form["keep-i3"], form["assessment_record"]
    state = opened(moderator, form)
    assert state.room.title == "IR 340, Thursday"
    assert state.room.attribution == "on_the_record"
    assert state.room.automatic_admission
    assert not state.room.assessment_record
    assert {one.code for one in state.prepared.delegations} == {"PRC", "USA", "DPRK"}
    assert state.agenda.items[0].minutes == 7
    assert state.agenda.item("i3") is None


def test_who_opens_a_room_sits_in_its_chair(moderator: Client, form: dict[str, Any]) -> None:
    opened(moderator, form)
    room = Room.objects.get()
    chair = Participant.objects.get()
    assert chair.role == "moderator"
    response = moderator.get(f"/rooms/{room.code}/chair/")
    assert response["Location"] == f"/rooms/{room.code}/{chair.pid}/"
    assert moderator.get(response["Location"]).status_code == 200


def test_a_room_without_a_name_takes_the_exercises(moderator: Client, form: dict[str, Any]) -> None:
    assert opened(moderator, form | {"title": "  "}).room.title == form["title"]


def test_everything_typed_is_kept_when_one_thing_is_wrong(moderator: Client, form: dict[str, Any]) -> None:
    form |= {"title": "My <i>own</i> title", "attribution": "off_the_record", "automatic_admission": "on"}
    form |= {"minutes-i1": "9", "minutes-i2": "0"}
    form["delegation"] = ["PRC", "DPRK"]
    del form["keep-i3"], form["assessment_record"]
    html = refused(moderator, form, "Plan 1 to 240 whole minutes")
    assert 'value="My &lt;i&gt;own&lt;/i&gt; title"' in html
    assert box(html, "attribution", "off_the_record")
    assert box(html, "automatic_admission")
    assert not box(html, "assessment_record")
    assert [box(html, "delegation", code) for code in ("PRC", "JPN", "DPRK")] == [True, False, True]
    assert not box(html, "keep-i3")
    assert re.search(r'name="minutes-i1" value="9"', html)
    assert re.search(r'name="minutes-i2" value="0"[^>]*aria-invalid="true"', html)
    assert not re.search(r'name="minutes-i1"[^>]*aria-invalid', html)


@pytest.mark.parametrize("minutes", ["", "0", "241", "-5", "2.5", "a lot", "٣", "9" * 400])
def test_minutes_are_whole_and_bounded(moderator: Client, form: dict[str, Any], minutes: str) -> None:
    refused(moderator, form | {"minutes-i1": minutes}, "Plan 1 to 240 whole minutes")


def test_minutes_of_an_item_that_is_left_out_do_not_matter(moderator: Client, form: dict[str, Any]) -> None:
    del form["keep-i1"]
    opened(moderator, form | {"minutes-i1": "never"})


def test_an_agenda_needs_an_item(moderator: Client, form: dict[str, Any]) -> None:
    kept = {name: value for name, value in form.items() if not name.startswith("keep-")}
    html = refused(moderator, kept, "Keep at least one item on the agenda.")
    assert "<output>0 minutes</output>" in html


@pytest.mark.parametrize("codes", [[], ["PRC"], ["PRC", "PRC"], ["PRC", "XXX"]])
def test_a_dialogue_needs_two_delegations(moderator: Client, form: dict[str, Any], codes: list[str]) -> None:
    html = refused(moderator, form | {"delegation": codes}, "at least two delegations")
    assert 'aria-describedby="delegations-error"' in html


def test_only_the_four_rules_can_be_chosen(moderator: Client, form: dict[str, Any]) -> None:
    refused(moderator, form | {"attribution": "gossip"}, "Choose one of the four attribution rules.")
    del form["attribution"]
    refused(moderator, form, "Choose one of the four attribution rules.")


def test_a_title_is_bounded(moderator: Client, form: dict[str, Any]) -> None:
    html = refused(moderator, form | {"title": "x" * 121}, "Use at most 120 characters for the title.")
    assert 'aria-describedby="title-error"' in html


def test_the_total_counts_what_is_kept_and_typed(moderator: Client, form: dict[str, Any]) -> None:
    form = {name: value for name, value in form.items() if not name.startswith("keep-") or name == "keep-i1"}
    html = refused(moderator, form | {"minutes-i1": "12", "delegation": []}, "at least two delegations")
    assert "<output>12 minutes</output>" in html


def test_an_outline_cannot_be_opened(moderator: Client, scenario: Scenario) -> None:
    Scenario.objects.update(outline=True)
    assert b"only an outline" in moderator.get(NEW).content
    assert moderator.get("/rooms/new/no-such-exercise/").status_code == 409


def test_the_form_needs_its_own_token(moderator_user: User, form: dict[str, Any]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(moderator_user)
    assert client.post(NEW, form).status_code == 403
    assert not Room.objects.exists()


# One's own rooms


def test_an_empty_list_says_what_a_room_is(moderator: Client) -> None:
    assert "A room is one run of an exercise" in moderator.get("/rooms/").content.decode()


def test_the_list_shows_state_code_and_ways_in(open_room: Open, moderator: Client) -> None:
    code = open_room(title="<b>Tuesday</b>").room.code
    html = moderator.get("/rooms/").content.decode()
    assert "&lt;b&gt;Tuesday&lt;/b&gt;" in html
    assert code in html
    assert "Lobby" in html
    assert f'href="/rooms/{code}/chair/"' in html
    assert f'href="/rooms/{code}/chair/debrief/"' in html


def test_another_moderators_room_is_not_in_the_list_and_not_to_be_entered(open_room: Open) -> None:
    code = open_room().room.code
    other = Client()
    other.force_login(User.objects.create_user("other"))
    assert code not in other.get("/rooms/").content.decode()
    assert other.get(f"/rooms/{code}/chair/").status_code == 404
    assert other.get(f"/rooms/{code}/chair/debrief/").status_code == 404


def test_the_list_leads_to_the_debrief_on_any_device(open_room: Open, moderator: Client) -> None:
    played = open_room()
    response = moderator.get(f"/rooms/{played.room.code}/chair/debrief/")
    assert response["Location"] == played.address(rest="debrief/")
    assert moderator.get(response["Location"]).status_code == 200


def test_the_list_is_made_with_few_queries(
    open_room: Open, moderator: Client, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for _ in range(3):
        open_room()
    with django_assert_max_num_queries(4):
        moderator.get("/rooms/")


# The projector


def test_only_the_moderator_opens_the_projector_and_only_from_the_console(
    open_room: Open, join: Callable[..., tuple[Client, str]], in_chair: Callable[[Played], Client]
) -> None:
    played = open_room()
    chair = in_chair(played)
    ours = {"Sec-Fetch-Site": "same-origin"}
    assert chair.post(played.address(rest="projector/"), headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    response = chair.post(played.address(rest="projector/"), headers=ours)
    assert response.status_code == 302
    assert chair.get(response["Location"]).status_code == 200
    delegate, pid = join(played, "Anna", "JPN-MFA")
    assert delegate.post(played.address(pid, "projector/"), headers=ours).status_code == 403


def test_a_small_class_uses_fewer_seats(moderator: Client, form: dict[str, Any]) -> None:
    form |= {"delegation": ["JPN", "PRC"], "seat": ["JPN-MFA", "PRC-MFA", "PRC-EXP-1"]}
    state = opened(moderator, form)
    seats = {one.code: [seat.id for seat in one.seats] for one in state.prepared.delegations}
    assert seats == {"PRC": ["PRC-MFA", "PRC-EXP-1"], "JPN": ["JPN-MFA"]}


def test_a_delegation_without_a_seat_is_refused_and_the_choice_is_kept(moderator: Client, form: dict[str, Any]) -> None:
    form |= {"delegation": ["JPN", "PRC"], "seat": ["JPN-MFA"]}
    html = refused(moderator, form, "Keep at least one seat of China, or leave China out.")
    assert re.search(r'value="JPN-MFA" checked', html)
    assert not re.search(r'value="JPN-MOD" checked', html)


def test_the_news_of_the_exercise_is_sent_as_planned_unless_the_moderator_unticks_it(
    moderator: Client, scenario: Scenario, form: dict[str, Any]
) -> None:
    html = moderator.get(NEW).content.decode()
    assert box(html, "arm_injects")
    [prepared] = re.findall(r"news as planned \((\d+) prepared\)", html)
    state = opened(moderator, {**form, "arm_injects": "on"})
    assert len(state.injects.prepared) == int(prepared) > 3
    assert {one.status for one in state.injects.prepared.values()} == {"armed"}
    assert all(one.trigger == one.planned for one in state.injects.prepared.values())


def test_without_the_tick_the_news_of_the_exercise_is_only_prepared(
    moderator: Client, scenario: Scenario, form: dict[str, Any]
) -> None:
    state = opened(moderator, form)
    assert {one.status for one in state.injects.prepared.values()} == {"drafted"}


def test_news_for_who_is_not_there_or_of_an_item_that_is_left_out_is_not_sent(
    moderator: Client, scenario: Scenario, form: dict[str, Any]
) -> None:
    plan = snapshot(scenario)
    [for_japan] = [one["id"] for one in plan["injects"] if one["id"] == "question-in-the-diet"]
    del form["keep-i5"]
    form["delegation"] = ["PRC", "USA"]
    state = opened(moderator, {**form, "arm_injects": "on"})
    assert for_japan not in state.injects.prepared
    assert "i5" not in {one.trigger.what for one in state.injects.prepared.values()}
    old_minister = state.injects.prepared["old-minister"]
    assert (old_minister.status, old_minister.trigger.kind) == ("armed", "manual")


def test_a_tick_that_was_taken_away_stays_away_when_something_else_is_wrong(
    moderator: Client, scenario: Scenario, form: dict[str, Any]
) -> None:
    wrong = {**form, "delegation": ["PRC"]}
    assert not box(refused(moderator, wrong, "at least two delegations"), "arm_injects")
    assert box(refused(moderator, {**wrong, "arm_injects": "on"}, "at least two delegations"), "arm_injects")


def test_an_exercise_without_injects_does_not_speak_of_them(moderator: Client, scenario: Scenario) -> None:
    scenario.injects.all().delete()
    assert "arm_injects" not in moderator.get(NEW).content.decode()
