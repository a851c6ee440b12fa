"""Whole sessions, played by scripts: at every moment the record, folded anew, is what the room was live."""

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client

from rooms import access, log, panels, rehearsal
from rooms.actions import act, now_ms
from rooms.domain.fold import apply, fold
from rooms.domain.record import CLOCK
from rooms.domain.room import StartSession
from rooms.domain.sight import capital_of, on_seat, visible
from rooms.domain.state import RoomState
from rooms.management.commands.rehearse import FOLDER
from rooms.models import Agreement, DeclaredPosition, Participant, Room
from rooms.process import folds, painter
from tests.rooms.rehearsed import EVERY_ROLE, START, Heard, played
from tests.thorough import THOROUGH

pytestmark = pytest.mark.django_db(transaction=True)  # what is announced on commit is what is tested

PAPER = ("principles_on_paper", "statement_of_honolulu", "fuel_and_proof")  # see also test_on_paper
NAMES = ("first_session", "walkout", "late_agreement", "two_hours", *PAPER)
DELEGATIONS = ("PRC", "JPN", "ROK", "RUS", "USA")
SEATS = (
    *(on_seat("JPN-MFA", "JPN", officials=True), on_seat("PRC-EXP-1", "PRC", officials=False)),
    *(on_seat("DPRK-MFA", "DPRK", officials=True), on_seat("USA-EXP-1", "USA", officials=False)),
)
SCREENS = (*EVERY_ROLE, *((audience, "delegate") for audience in SEATS), (capital_of("DPRK"), "capital"))
# One step in so many is looked at in full, with the last one: every screen at every step would take minutes.
# `test_past_live` looks at more of them, each on one screen.
EVERY = (
    {}
    if THOROUGH
    else {"two_hours": 30, "first_session": 8, "walkout": 3, "late_agreement": 3, **dict.fromkeys(PAPER, 10)}
)


@pytest.fixture(params=NAMES)
def heard(request: pytest.FixtureRequest, hear: Callable[[str], Heard]) -> Heard:
    return hear(request.param)


# What must hold of every rehearsal


def test_the_record_holds_and_the_session_is_closed(heard: Heard) -> None:
    assert heard.fault is None
    assert heard.room.status == "closed"
    assert heard.room.next_deadline is None


def test_a_fresh_fold_equals_the_live_state_at_every_step(heard: Heard) -> None:
    folded = RoomState()
    for _one, picture, entries in heard.moments:
        folded = fold(entries, folded)
        assert folded == picture.state, picture.seq


def test_a_fresh_fold_of_what_each_audience_sees_equals_its_live_view(heard: Heard) -> None:
    """Each audience at every so manyth step, not all of them at the same one; and all of them at the end."""
    views = dict.fromkeys(heard.audiences, RoomState())
    for number, (_one, picture, entries) in enumerate(heard.moments):
        for entry in entries:
            views = {one: apply(view, entry) if one.sees(entry) else view for one, view in views.items()}
        for place, (audience, view) in enumerate(views.items()):
            if (number + place) % EVERY.get(heard.name, 1) == 0 or picture is heard.steps[-1][1]:
                assert view == picture.view(audience), (picture.seq, audience.name)
    assert all(view == fold(visible(heard.record, audience)) for audience, view in views.items())


@pytest.mark.once
def test_replayed_panels_equal_the_live_ones(heard: Heard) -> None:
    """The live ones with the painter's memory, as people saw them; the replayed ones from nothing but the record."""
    looked_at = heard.steps[:: EVERY.get(heard.name, 1)] + heard.steps[-1:]
    for audience, screen in SCREENS:
        if audience not in heard.audiences:  # a delegation that is not played here
            continue
        seen = visible(heard.record, audience)
        shown, folded, replayed = -1, RoomState(), dict[str, str]()
        for _one, picture in looked_at:
            view, of_circle = picture.view(audience), picture.view(audience.circle)
            live = painter.paint(heard.room.pk, screen, audience, view, picture.names, of_circle, picture.of_all)
            if view.count != shown:  # what an audience does not see changes nothing: `live` is what it was
                folded = fold(seen[max(shown, 0) : view.count], folded)
                replayed, shown = panels.paint(screen, audience, folded, picture.names), view.count
            assert live == replayed, (picture.seq, audience.name)


@pytest.mark.parametrize("name", ["first_session", "late_agreement"])
def test_rows_kept_beside_the_record_are_those_made_anew_from_it(name: str, user: Any) -> None:
    room = played(name, user).room
    written = _rows(room)
    with transaction.atomic():
        log.rebuild_read_models(room)
    assert _rows(room) == written
    assert written[1]


def _rows(room: Room) -> tuple[list[Any], list[Any]]:
    positions, agreements = DeclaredPosition.objects.filter(room=room), Agreement.objects.filter(room=room)
    fields = [one.name for one in Agreement._meta.fields if one.name != "id"]
    return list(positions.order_by("seq").values_list("seq", "delegation", "issue", "preferred", "acceptable")), list(
        agreements.order_by("seq").values_list(*fields)
    )


def test_times_are_those_of_the_script(heard: Heard) -> None:
    last = START + sum(step.after_ms for step in heard.script.steps)
    assert [one.at for one, _picture in heard.steps] == sorted(one.at for one, _picture in heard.steps)
    assert heard.steps[-1][0].at == last


# What each of them is for


def test_the_first_session_goes_from_lobby_to_closing(user: Any) -> None:
    heard = played("first_session", user)
    state = heard.state
    refused = [one for one, _picture in heard.steps if one.refused]
    first, second = state.decisions.calls
    assert len(heard.script.steps) >= 120
    assert len(refused) >= 8
    assert {one.delegation for one in state.seats.people.values()} >= set(DELEGATIONS)
    assert all(len(state.seats.members(code)) >= 2 for code in DELEGATIONS)
    assert (first.status, [code for code, _answer in first.objections]) == ("objection", ["PRC"])
    assert (second.status, [code for code, _answer in second.asides]) == ("adopted", ["JPN"])
    assert [one.id for one in state.texts.documents[0].paragraphs if one.withdrawn] == ["p4"]
    assert state.positions.declared["PRC", "guidelines-scope"].changes == 1


def test_names_in_every_script_reach_the_participants(user: Any) -> None:
    heard = played("first_session", user)
    names = set(Participant.objects.filter(room=heard.room).values_list("name", flat=True))
    assert {"沈立言 Shen Liyan", "森川玲子 Morikawa Reiko", "한서진 Han Seo-jin", "Вера Андреевна Лужина"} <= names


def test_a_walkout_leaves_the_others_to_decide(user: Any) -> None:
    state = played("walkout", user).state
    (call,) = state.decisions.calls
    assert call.electorate == ("JPN", "ROK", "RUS", "USA")
    assert call.status == "adopted"
    assert len(state.seats.members("PRC")) == 2


def test_silence_adopts_at_the_very_instant_a_pause_carried_it_to(user: Any) -> None:
    heard = played("late_agreement", user)
    (call,) = heard.state.decisions.calls
    reached = [entry for entry in heard.record if entry.actor == CLOCK][-1]
    paused = 600_000  # the script resumes ten minutes after it paused
    assert call.silent == ("PRC", "ROK")
    assert call.closes_at == call.opened_at + 120_000 + paused
    assert (reached.at, call.ended_at) == (call.closes_at, call.closes_at)
    assert sum(1 for one, _picture in heard.steps if one.step is None) == 4


# Scripts that do not go as they say


HEAD = """
title = "Short"
scenario = "neacd-vii-tokyo-1997"
delegations = ["PRC", "JPN"]
[cast]
moderator = "Chair"
JPN-MFA = "Reiko"
"""


def script_of(tmp_path: Path, steps: str, head: str = HEAD) -> rehearsal.Rehearsal:
    path = tmp_path / "short.toml"
    path.write_text(head + steps)
    return rehearsal.parse(path)


def play_through(script: rehearsal.Rehearsal, user: Any) -> list[rehearsal.Played]:
    return list(rehearsal.play(script, rehearsal.fresh_stage(script, user, START)))


def test_a_refusal_that_was_not_expected_stops_and_names_the_step(tmp_path: Path, user: Any) -> None:
    script = script_of(tmp_path, '[[step]]\ndo = "start_session"\n[[step]]\ndo = "start_session"\n')
    with pytest.raises(rehearsal.Stopped, match=r"^Step 2 \(moderator: start_session\) .* already_started: "):
        play_through(script, user)


def test_an_expected_refusal_that_does_not_come_stops(tmp_path: Path, user: Any) -> None:
    script = script_of(tmp_path, '[[step]]\ndo = "start_session"\nrefused = "paused"\n')
    with pytest.raises(rehearsal.Stopped, match=r"Step 1 .* should be refused as paused but was done"):
        play_through(script, user)


def test_another_refusal_than_the_expected_one_stops(tmp_path: Path, user: Any) -> None:
    script = script_of(tmp_path, '[[step]]\ndo = "resume_session"\nrefused = "closed"\n')
    with pytest.raises(rehearsal.Stopped, match=r"as closed but was refused as not_paused"):
        play_through(script, user)


def test_a_command_of_the_wrong_shape_can_be_expected_to_be_refused(tmp_path: Path, user: Any) -> None:
    script = script_of(tmp_path, '[[step]]\ndo = "start_item"\nwith = {item = 7}\nrefused = "bad_type"\n')
    (one,) = play_through(script, user)
    assert one.refused is not None
    assert not one.entries


def test_nobody_acts_before_joining(tmp_path: Path, user: Any) -> None:
    script = script_of(tmp_path, '[[step]]\nwho = "JPN-MFA"\ndo = "ask_for_floor"\n')
    with pytest.raises(rehearsal.Stopped, match="JPN-MFA has not joined"):
        play_through(script, user)


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        ('do = "applaud"', "no command"),
        ('do = "join"\nwho = "FRA-MFA"', "not in the cast"),
        ('do = "wait"\nafter = -1', "0 or more"),
        ('do = "wait"\nwhen = 3', "means nothing here"),
        ('do = "wait"\nwith = 3', "a table of their own"),
        ('do = "start_item"\nwith = {item = "@planet"}', "stands for nothing"),
        ('do = "admit_person"\nwith = {person = "@person:FRA-MFA"}', "not in the cast"),
        ('do = "call_back"\nwith = {caucus = "@caucus:tea"}', "no step before it has given"),
        ('do = "admit_all"\nname = "tea"', "names nothing"),
    ],
)
def test_a_step_that_makes_no_sense_is_told_before_anything_is_played(tmp_path: Path, step: str, sentence: str) -> None:
    with pytest.raises(rehearsal.Stopped, match=f"^Step 1\\b.*{sentence}"):
        script_of(tmp_path, f"[[step]]\n{step}\n")


def test_a_name_is_given_once(tmp_path: Path) -> None:
    named = '[[step]]\ndo = "add_item"\nname = "tea"\nwith = {title = "Tea", kind = "informal", minutes = 5}\n'
    with pytest.raises(rehearsal.Stopped, match=r"^Step 2 has the name “tea”, which is taken"):
        script_of(tmp_path, named + named)


def test_what_a_step_begins_is_called_by_its_name_from_then_on(tmp_path: Path, user: Any) -> None:
    steps = """
[[step]]
do = "add_item"
name = "tea"
with = {title = "Tea", kind = "informal", minutes = 5}
[[step]]
do = "move_item"
with = {item = "@item:tea", before = "i2"}
[[step]]
do = "add_inject"
name = "tray"
with = {title = "A tray", text = "Tea is served.", sender = "The host"}
[[step]]
do = "hold_inject"
with = {inject = "@inject:tray"}
"""
    script = script_of(tmp_path, steps)
    stage = rehearsal.fresh_stage(script, user, START)
    list(rehearsal.play(script, stage))
    state = stage.state
    assert [item.title for item in state.agenda.items][1] == "Tea"
    assert [one.title for one in state.injects.prepared.values() if one.status == "held"] == ["A tray"]


def test_a_reference_to_what_is_not_there_is_empty_and_the_rules_refuse_it(tmp_path: Path, user: Any) -> None:
    steps = """
[[step]]
do = "start_session"
[[step]]
do = "remove_request"
with = {request = "@request:JPN-MFA"}
refused = "not_listed"
[[step]]
do = "log_gist"
with = {speech = "@spoken:JPN-MFA", text = "Nothing was said."}
refused = "no_such_speech"
[[step]]
do = "drop_question"
with = {question = "@question:JPN"}
refused = "not_pending"
[[step]]
do = "see_news"
with = {news = "@news:tanker"}
refused = "not_delegate"
"""
    assert all(one.refused for one in play_through(script_of(tmp_path, steps), user)[1:])


@pytest.mark.parametrize(
    ("head", "sentence"),
    [
        (HEAD.replace('title = "Short"', ""), "no “title”"),
        ('weather = "rain"' + HEAD, "means nothing here"),
        (HEAD.replace('moderator = "Chair"', ""), "no moderator"),
        ("title = ", "cannot be read"),
    ],
)
def test_a_script_that_makes_no_sense_is_told(tmp_path: Path, head: str, sentence: str) -> None:
    with pytest.raises(rehearsal.Stopped, match=sentence):
        script_of(tmp_path, '[[step]]\ndo = "wait"\n', head)


def test_an_exercise_that_is_not_loaded_cannot_be_played(tmp_path: Path, user: Any) -> None:
    script = script_of(tmp_path, '[[step]]\ndo = "wait"\n', HEAD.replace("neacd-vii-tokyo-1997", "westphalia-1648"))
    with pytest.raises(rehearsal.Stopped, match="westphalia-1648"):
        rehearsal.fresh_stage(script, user, START)


# The command


def rehearse(*args: str) -> str:
    out = io.StringIO()
    call_command("rehearse", *args, stdout=out)
    return out.getvalue()


def test_the_command_tells_where_to_join_and_what_happens(user: Any) -> None:
    told = rehearse("walkout")
    room = Room.objects.get()
    assert room.opened_by == user
    assert f"/join/{room.code}/" in told
    assert f"/rooms/{room.code}/chair/" in told
    assert "refused, as it must be: not_in_electorate" in told
    assert told.strip().endswith("its chain holds.")


def test_the_command_waits_in_real_time_only_when_it_is_asked_to(user: Any) -> None:
    rehearse("late_agreement", "--speed", "1000000")
    (agreement,) = Agreement.objects.all()
    assert agreement.answers == [
        {"delegation": "JPN", "answer": "join", "reason": ""},
        {"delegation": "USA", "answer": "join", "reason": ""},
    ]


def test_a_new_installation_gets_an_account_for_the_room(scenarios: None) -> None:
    rehearse("walkout")
    account = get_user_model().objects.get()
    assert account.username == "moderator"
    assert not account.has_usable_password()
    assert Participant.objects.get(role="moderator").user == account


def test_the_command_can_open_the_room_for_another_account(user: Any) -> None:
    other = get_user_model().objects.create_user("second")
    rehearse("walkout", "--as", "second")
    assert Room.objects.get().opened_by == other


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["harmony"], "There is no rehearsal “harmony”"),
        (["walkout", "--speed", "0.5"], "The speed is 1 or more"),
        (["walkout", "--as", "nobody"], "There is no account “nobody”"),
        (["walkout", "--room", "ZZZZZZ"], "No room has the code"),
    ],
)
def test_the_command_says_what_is_wrong_with_what_it_was_told(user: Any, args: list[str], sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        rehearse(*args)
    assert not Room.objects.exists()


def opened(user: Any, name: str) -> Room:
    """A room that the user has opened, and sits in the chair of."""
    return rehearsal.fresh_stage(rehearsal.parse(FOLDER / f"{name}.toml"), user, now_ms()).room


def test_the_command_plays_in_a_room_that_waits_in_its_lobby(user: Any) -> None:
    room = opened(user, "walkout")
    onlooker = access.join(room, "Onlooker", "observer")
    rehearse("walkout", "--room", room.code.lower())
    room.refresh_from_db()
    assert room.status == "closed"
    assert Room.objects.count() == 1
    assert folds.at_head(room.pk).state.seats.people[onlooker.pid].admitted


def test_the_command_leaves_a_room_alone_that_has_begun(user: Any) -> None:
    room = opened(user, "walkout")
    act(room.pk, Participant.objects.get(room=room).pid, StartSession())
    with pytest.raises(CommandError, match="has begun already"):
        rehearse("walkout", "--room", room.code)


def test_the_command_leaves_a_room_alone_where_somebody_of_the_script_has_no_seat(user: Any) -> None:
    room = opened(user, "late_agreement")
    with pytest.raises(CommandError, match="was opened without RUS"):
        rehearse("walkout", "--room", room.code)


class Interrupted(io.StringIO):
    """A terminal at which somebody presses Ctrl-C when the session starts."""

    def write(self, text: str) -> int:
        if "start_session" in text:
            raise KeyboardInterrupt
        return super().write(text)


def test_a_rehearsal_that_is_interrupted_leaves_the_room_as_it_is(user: Any) -> None:
    out = Interrupted()
    call_command("rehearse", "walkout", stdout=out)
    room = Room.objects.get()
    assert "stays as it is" in out.getvalue()
    assert room.status == "live"
    assert log.verify(room) is None


def test_who_serves_it_is_told_how_to_watch_and_what_to_look_at(user: Any, client: Client) -> None:
    told = rehearse("walkout", "--speed", "1000000", "--address", "http://127.0.0.1:8123")
    room = Room.objects.get()
    links = re.findall(r"http://127\.0\.0\.1:8123(/\S+)", told)
    assert links[0] == f"/rooms/{room.code}/chair/"
    assert links[3] == f"/join/{room.code}/"
    for link, role in zip(links[1:3], ("delegate", "projector"), strict=True):
        answer = client.get(link)
        assert answer.status_code == 302, link
        pid = answer["Location"].rstrip("/").rpartition("/")[2]
        assert Participant.objects.get(room=room, pid=pid).role == role
    assert "China leaves the table, in the middle of its own speech." in told
    assert "make_statement" not in told


@pytest.mark.parametrize("name", NAMES)
def test_nobody_waits_through_a_night_that_a_session_is_adjourned_for(name: str) -> None:
    script = rehearsal.parse(FOLDER / f"{name}.toml")
    gaps = [step.after_ms for step in script.steps]
    assert sum(map(rehearsal.watched, gaps)) <= 2.25 * 3_600_000
    assert all(rehearsal.watched(gap) == gap for gap in gaps if gap <= 3_600_000)
