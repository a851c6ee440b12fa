"""Going on from a moment as a new room, through the real doors: who makes it, who comes in, what both records say."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from delegations.models import Scenario
from delegations.snapshot import snapshot
from rooms import access, log
from rooms.actions import act
from rooms.domain import agenda, channels, floor, forgetting, offices, room, seats, speakers, statements, texts
from rooms.domain.attribution import afterwards
from rooms.domain.fold import fold
from rooms.domain.forking import MOST, NoteFork
from rooms.domain.positions import DeclarePosition
from rooms.domain.record import CLOCK, Entry
from rooms.domain.reinviting import ReinvitePerson
from rooms.domain.sight import OBSERVERS, THE_MODERATORS, WAITING, audience_of, on_seat, visible
from rooms.domain.voting import CallVote
from rooms.models import Answered, DeclaredPosition, Event, Participant, Room
from rooms.process import folds
from tests.rooms.conftest import Played

pytestmark = pytest.mark.django_db(transaction=True)

SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}
JAPAN = on_seat("JPN-MFA", "JPN", officials=True)
Join = Callable[..., tuple[Client, str]]
InChair = Callable[[Played], Client]


@pytest.fixture
def played(open_room: Callable[..., Played], join: Join) -> Played:
    """A live room with Japan and China at the table and an observer, in which something was said, also in private."""
    one = open_room()
    for name, seat in (("Hanako", "JPN-MFA"), ("Wei", "PRC-MFA"), ("Olga", "observe")):
        join(one, name, seat)
    one.chair(room.StartSession())
    one.by(pid(one, "Hanako"), channels.SayInDelegation("Psst."))
    one.chair(agenda.StartItem(folds.at_head(one.room.pk).state.agenda.items[0].id))
    one.by(pid(one, "Hanako"), speakers.AskForFloor())
    one.chair(floor.NextSpeaker())
    one.by(pid(one, "Hanako"), statements.MakeStatement("We are ready."))
    one.chair(texts.OpenDocument("Draft"))
    return one


def pid(one: Played, name: str) -> str:
    return one.people[name].pid


def cursor_of(one: Played, kind: type) -> int:
    """Where the chair's record has the last event of a kind."""
    seen = visible(log.read(one.room.pk), THE_MODERATORS)
    return max(number for number, entry in enumerate(seen, start=1) if isinstance(entry.event, kind))


def asked(one: Played, browser: Client, cursor: int | str = "", headers: Any = SAME_ORIGIN, **form: Any) -> Any:
    cursor = cursor or cursor_of(one, texts.DocumentOpened)
    whole = {"cursor": cursor, "people": "same", "title": "Once more", **form}
    return browser.post(one.address(rest="fork/"), whole, headers=headers)


def made(one: Played, browser: Client, **form: Any) -> Room:
    response = asked(one, browser, **form)
    assert response.status_code == 302, response.content.decode()
    return Room.objects.get(code=response["Location"].split("/")[2])


def enter(one: Played, browser: Client, who: str, fork: Room) -> Any:
    return browser.get(one.address(who, f"fork/{fork.code}/"))


def record_of(one: Room) -> list[Entry]:
    return log.read(one.pk)


# Making it


def test_the_page_says_what_will_happen(played: Played, in_chair: InChair) -> None:
    page = in_chair(played).get(played.address(rest="fork/"), {"cursor": cursor_of(played, texts.DocumentOpened)})
    words = page.content.decode()
    assert page.status_code == 200
    assert page["Cache-Control"] == "no-store"
    assert "3 people, with the seats" in words
    assert "It is paused" in words
    assert "Psst" not in words


def test_a_room_with_the_same_people_goes_on_and_both_records_say_so(played: Played, in_chair: InChair) -> None:
    before = record_of(played.room)
    browser = in_chair(played)
    new = made(played, browser)
    assert log.verify(new) is None
    assert log.verify(played.room) is None
    assert (new.origin, new.origin_seq, new.opened_by, new.status) == (
        *(played.room, len(before)),
        *(played.room.opened_by, "paused"),
    )
    copied = record_of(new)[: len(before)]
    assert copied == [replace(entry, request_id="") for entry in before]
    state = folds.at_head(new.pk).state
    assert state.forks.origin
    assert (state.forks.origin.code, state.forks.origin.title) == (played.room.code, "Tuesday group")
    noted = folds.at_head(played.room.pk).state.forks
    assert [(one.code, one.title) for one in noted.made] == [(new.code, "Once more")]
    assert not Answered.objects.filter(room=new).exists()
    chair = new.participants.get(pid=played.chair_pid)
    assert browser.get(f"/rooms/{new.code}/{chair.pid}/").status_code == 200
    act(new.pk, chair.pid, room.ResumeSession())
    act(new.pk, pid(played, "Wei"), speakers.AskForFloor())
    assert log.verify(new) is None


def test_whether_it_was_made_is_not_claimed_where_the_answer_to_the_commit_was_lost(
    played: Played, in_chair: InChair, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, rooms, commit = in_chair(played), Room.objects.count(), connection._commit
    made: list[str] = []

    def seen(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        made.extend([sql] if sql.startswith('INSERT INTO "rooms_room"') else [])
        return execute(sql, params, many, context)

    def lost() -> None:
        if made:
            made.clear()
            raise OperationalError("the line broke")
        commit()

    with connection.execute_wrapper(seen), monkeypatch.context() as line:
        line.setattr(connection, "_commit", lost)
        response = asked(played, browser)
    assert response.status_code == 503
    # A file always says what became of it; over a line nobody knows.
    words = "Nothing was made" if connection.vendor == "sqlite" else "Look under Your rooms before you make it anew"
    assert words in response.content.decode()
    assert Room.objects.count() == rooms


def test_everybody_reads_in_it_what_they_read_and_no_more(played: Played, in_chair: InChair) -> None:
    before = record_of(played.room)
    new = record_of(made(played, in_chair(played)))
    for audience in (JAPAN, OBSERVERS, THE_MODERATORS, on_seat("PRC-MFA", "PRC", officials=True)):
        seen = [replace(entry, request_id="") for entry in visible(before, audience)]
        assert visible(new, audience)[: len(seen)] == seen


def test_other_people_find_the_exercise_and_nobody_in_it(played: Played, in_chair: InChair, join: Join) -> None:
    browser = in_chair(played)
    new = made(played, browser, people="other")
    assert log.verify(new) is None
    assert new.participants.count() == 1
    everything = str(list(Event.objects.filter(room=new).values_list("data", "actor", "audience")))
    assert not [one.pid for one in played.room.participants.all() if one.pid in everything]
    assert "Psst" not in everything
    state = folds.at_head(new.pk).state
    chair = new.participants.get()
    assert (state.room.chair, set(state.prepared.packs)) == (chair.pid, {"PRC", "JPN", "ROK", "RUS", "USA"})
    [said] = state.floor.transcript
    assert (said.text, said.delegation) == ("We are ready.", "")
    act(new.pk, chair.pid, room.ResumeSession())
    fresh, guest = join(Played(new, chair.pid), "Kenji", "JPN-MFA")
    act(new.pk, guest, texts.ProposeParagraph("Calm seas."))
    assert "Psst" not in fresh.get(f"/rooms/{new.code}/{guest}/").content.decode()
    assert browser.get(f"/rooms/{new.code}/{chair.pid}/").status_code == 200
    assert log.verify(new) is None


def test_a_room_with_others_is_told_to_no_seat(played: Played, in_chair: InChair) -> None:
    new = made(played, in_chair(played), people="other")
    for audience in (JAPAN, OBSERVERS):
        assert new.code not in str(visible(record_of(played.room), audience))
        assert played.room.code not in str(visible(record_of(new), audience))
    browser = in_chair(played)
    assert browser.get(played.address(rest=f"fork/{new.code}/"))["Location"] == f"/rooms/{new.code}/chair/"


def test_the_first_room_goes_on_as_if_nothing_were(played: Played, in_chair: InChair) -> None:
    made(played, in_chair(played))
    assert folds.at_head(played.room.pk).state.room.status == "live"
    played.by(pid(played, "Wei"), speakers.AskForFloor())


@pytest.mark.parametrize("people", ["same", "other"])
def test_a_closed_session_is_gone_on_from_before_its_closing(played: Played, in_chair: InChair, people: str) -> None:
    cursor = cursor_of(played, texts.DocumentOpened)
    played.chair(room.CloseSession())
    browser = in_chair(played)
    at_the_end = cursor_of(played, room.SessionClosed)
    assert asked(played, browser, at_the_end).status_code == 409
    new = made(played, browser, cursor=cursor, people=people)
    assert (new.status, folds.at_head(played.room.pk).state.room.status) == ("paused", "closed")
    again = made(played, browser, cursor=cursor, people=people)
    assert (log.verify(new), log.verify(again), log.verify(played.room)) == (None, None, None)
    page = browser.get(played.address(rest="debrief/")).content.decode()
    assert f"/fork/{new.code}/" in page
    assert f"/fork/{again.code}/" in page


def test_without_an_assessment_record_the_instant_counts(
    open_room: Callable[..., Played], join: Join, in_chair: InChair
) -> None:
    one = open_room(assessment_record=False)
    join(one, "Hanako", "JPN-MFA")
    one.chair(room.StartSession())
    one.by(pid(one, "Hanako"), channels.SayInDelegation("Psst."))
    one.chair(texts.OpenDocument("Draft"))
    opened = next(entry for entry in record_of(one.room) if isinstance(entry.event, texts.DocumentOpened))
    one.chair(statements.ChairStatement("Later."))
    browser = in_chair(one)
    reads = browser.get(one.address(rest="debrief.json"))
    assert reads.status_code == 200
    new = made(one, browser, cursor=_cursor_at(one, opened.at))
    assert [entry.event for entry in record_of(new)][: opened.seq] == [
        entry.event for entry in record_of(one.room)[: opened.seq]
    ]
    assert "Later." not in str(record_of(new))


def _cursor_at(one: Played, at: int) -> int:
    read = afterwards(visible(record_of(one.room), THE_MODERATORS))
    return max(number for number, entry in enumerate(read, start=1) if entry.at <= at)


def test_positions_are_kept_beside_the_new_record(played: Played, in_chair: InChair) -> None:
    issue = folds.at_head(played.room.pk).state.prepared.issues[0]
    played.by(pid(played, "Wei"), DeclarePosition(issue.id, issue.options[0].id, public=True))
    cursor = folds.at_head(played.room.pk, [THE_MODERATORS]).view(THE_MODERATORS).count
    for people in ("same", "other"):
        new = made(played, in_chair(played), cursor=cursor, people=people)
        assert [one.delegation for one in DeclaredPosition.objects.filter(room=new)] == ["PRC"]


def test_a_link_of_the_replay_names_the_instant(played: Played, in_chair: InChair) -> None:
    browser = in_chair(played)
    opened = next(entry for entry in record_of(played.room) if isinstance(entry.event, texts.DocumentOpened))
    address = played.address(rest="fork/")
    page = browser.get(address, {"at": opened.at})
    assert f'name="at" value="{opened.at}"' in page.content.decode()
    for at in ("0", "1" * 16, "x", ""):
        assert browser.get(address, {"at": at}).status_code == 404
    form = {"at": opened.at, "people": "same", "title": "Once more"}
    assert browser.post(address, form, headers=SAME_ORIGIN).status_code == 302
    assert Room.objects.get(origin=played.room).origin_seq == opened.seq
    for through in ("", "?from=JPN-MFA"):
        replay = browser.get(played.address(rest=f"at/5/{through}")).content.decode()
        [at] = re.findall(r'id="film"[^>]* data-at="(\d+)"', replay)
        assert f"fork/?at={at}" in replay


# What is refused


def test_a_secret_ballot_is_not_handed_on(
    open_room: Callable[..., Played], scenario: Scenario, join: Join, in_chair: InChair
) -> None:
    played = open_room(format={**snapshot(scenario)["format"], "votes": True})
    for name, seat in (("Hanako", "JPN-MFA"), ("Wei", "PRC-MFA"), ("Minjun", "ROK-MFA"), ("Ann", "USA-MFA")):
        join(played, name, seat)
    played.chair(room.StartSession())
    played.chair(texts.OpenDocument("Draft"))
    played.by(pid(played, "Hanako"), texts.ProposeParagraph("Calm seas."))
    before = cursor_of(played, texts.ParagraphProposed)
    played.chair(CallVote(5, "simple", "voting", 1, "secret"))
    cursor = before + 1
    browser = in_chair(played)
    page = browser.get(played.address(rest="fork/"), {"cursor": cursor})
    assert "nobody can hand a ballot on" in page.content.decode()
    assert asked(played, browser, cursor).status_code == 409
    assert made(played, browser, cursor=before)


@pytest.mark.parametrize("cursor", ["0", "100000", "-1", "x", "1" * 30, "²"])
def test_a_moment_that_is_not_there(played: Played, in_chair: InChair, cursor: str) -> None:
    browser = in_chair(played)
    assert asked(played, browser, cursor).status_code == 404
    assert browser.get(played.address(rest="fork/"), {"cursor": cursor}).status_code == 404
    assert browser.get(played.address(rest="fork/")).status_code == 404


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"people": ""}, "Choose who goes on"),
        ({"people": "all"}, "Choose who goes on"),
        ({"title": " \u200b "}, "Give the new room a title"),
        ({"title": "x" * 121}, "at most 120"),
    ],
)
def test_a_form_that_is_not_filled_in(played: Played, in_chair: InChair, form: Any, words: str) -> None:
    response = asked(played, in_chair(played), **form)
    assert response.status_code in (400, 409)
    assert words in response.content.decode()
    assert Room.objects.count() == 1


def test_nobody_but_the_moderator_makes_one(played: Played, join: Join, in_chair: InChair) -> None:
    browser, delegate = join(played, "Kenji", "JPN-MOD")
    form = {"cursor": 3, "people": "same", "title": "Mine"}
    address = played.address(delegate, "fork/")
    for _closed in (False, True):
        assert browser.get(address, {"cursor": 3}).status_code in (403, 409)
        assert browser.post(address, form, headers=SAME_ORIGIN).status_code in (403, 409)
        assert Client().post(played.address(rest="fork/"), form, headers=SAME_ORIGIN).status_code == 403
        if not _closed:
            played.chair(room.CloseSession())
    assert Room.objects.count() == 1


def test_a_co_moderator_without_an_account_makes_none(played: Played, join: Join) -> None:
    browser, helper = join(played, "Kenji", "JPN-MOD")
    played.chair(offices.AppointModerator(helper))
    response = browser.get(played.address(helper, "fork/"), {"cursor": 3})
    assert (response.status_code, "belongs to an account" in response.content.decode()) == (409, True)


def test_the_moderator_of_another_room_makes_none_here(
    played: Played, open_room: Callable[..., Played], in_chair: InChair
) -> None:
    other = open_room("Another group")
    browser = in_chair(other)
    assert browser.get(played.address(rest="fork/"), {"cursor": 3}).status_code == 403
    crossed = f"/rooms/{played.room.code}/{other.chair_pid}/fork/"
    assert browser.get(crossed, {"cursor": 3}).status_code == 403


def test_another_page_makes_none(played: Played, in_chair: InChair) -> None:
    for foreign in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}, {}):
        assert asked(played, in_chair(played), headers=foreign).status_code == 403
    assert Room.objects.count() == 1


def test_a_room_is_gone_on_from_a_dozen_times(played: Played, in_chair: InChair) -> None:
    for number in range(MOST):
        played.chair(NoteFork(f"CODE{number}", "Once more", 1, False))
    assert asked(played, in_chair(played)).status_code == 409
    assert Room.objects.count() == 1


def test_what_is_refused_at_the_end_leaves_nothing_behind(played: Played, in_chair: InChair) -> None:
    browser = in_chair(played)
    played.chair(ReinvitePerson(played.chair_pid))
    assert asked(played, browser).status_code == 403
    assert (Room.objects.count(), Participant.objects.exclude(room=played.room).count()) == (1, 0)


# Records from elsewhere


@pytest.mark.parametrize("scope", ["participants", "assessment", "everything"])
def test_a_record_that_was_brought_in_goes_on_with_others_only(played: Played, in_chair: InChair, scope: str) -> None:
    played.chair(room.CloseSession())
    Room.objects.filter(pk=played.room.pk).update(scope=scope)
    browser = in_chair(played)
    cursor = 8  # within the rule there are fewer moments
    page = browser.get(played.address(rest="fork/"), {"cursor": cursor})
    assert "have no seats in this installation" in page.content.decode()
    assert asked(played, browser, cursor).status_code == 409
    new = made(played, browser, cursor=cursor, people="other")
    assert (new.scope, new.chained_as, log.verify(new)) == ("", "", None)


# Coming in


def test_each_person_comes_in_from_their_old_seat(played: Played, join: Join, in_chair: InChair) -> None:
    browser, kenji = join(played, "Kenji", "JPN-MOD")
    cursor = folds.at_head(played.room.pk, [THE_MODERATORS]).view(THE_MODERATORS).count
    new = made(played, in_chair(played), cursor=cursor)
    assert folds.at_head(new.pk).state.seats.people[kenji].away
    assert f"fork/{new.code}/" in browser.get(played.address(kenji)).content.decode()
    assert browser.get(f"/rooms/{new.code}/{kenji}/").status_code == 403
    response = enter(played, browser, kenji, new)
    assert response["Location"] == f"/rooms/{new.code}/{kenji}/"
    page = browser.get(response["Location"])
    assert page.status_code == 200
    assert "Kenji" in page.content.decode()
    assert not folds.at_head(new.pk).state.seats.people[kenji].away
    assert enter(played, browser, kenji, new).status_code == 302, "and again from another device"
    played.chair(room.CloseSession())
    assert enter(played, browser, kenji, new).status_code == 302


def test_whoever_came_later_comes_in_by_the_door(played: Played, join: Join, in_chair: InChair) -> None:
    cursor = cursor_of(played, texts.DocumentOpened)
    browser, kenji = join(played, "Kenji", "JPN-MOD")
    new = made(played, in_chair(played), cursor=cursor)
    assert not new.participants.filter(pid=kenji).exists()
    assert enter(played, browser, kenji, new)["Location"] == f"/join/{new.code}/"


def test_a_new_link_in_the_new_room_shuts_the_old_way_in(played: Played, join: Join, in_chair: InChair) -> None:
    browser, kenji = join(played, "Kenji", "JPN-MOD")
    cursor = folds.at_head(played.room.pk, [THE_MODERATORS]).view(THE_MODERATORS).count
    new = made(played, in_chair(played), cursor=cursor)
    act(new.pk, played.chair_pid, ReinvitePerson(kenji))
    assert enter(played, browser, kenji, new).status_code == 403
    act(new.pk, played.chair_pid, seats.RemovePerson(kenji))
    assert enter(played, browser, kenji, new).status_code == 403


def test_an_old_link_of_the_first_room_leads_nowhere(played: Played, join: Join, in_chair: InChair) -> None:
    browser, kenji = join(played, "Kenji", "JPN-MOD")
    cursor = folds.at_head(played.room.pk, [THE_MODERATORS]).view(THE_MODERATORS).count
    new = made(played, in_chair(played), cursor=cursor)
    played.chair(ReinvitePerson(kenji))
    assert enter(played, browser, kenji, new).status_code == 403
    assert enter(played, Client(), pid(played, "Wei"), new).status_code == 403


def test_a_code_that_does_not_go_on_from_here(
    played: Played, open_room: Callable[..., Played], join: Join, in_chair: InChair
) -> None:
    other = open_room("Another group")
    browser, kenji = join(played, "Kenji", "JPN-MOD")
    for code in (other.room.code, "NOSUCH"):
        response = browser.get(played.address(kenji, f"fork/{code}/"))
        assert response.status_code == 404
        assert access.cookie_name(code, kenji) not in response.cookies


def test_whoever_was_removed_or_forgotten_since_stays_so(played: Played, join: Join, in_chair: InChair) -> None:
    browser, kenji = join(played, "Kenji", "JPN-MOD")
    cursor = folds.at_head(played.room.pk, [THE_MODERATORS]).view(THE_MODERATORS).count
    played.chair(seats.RemovePerson(kenji))
    played.chair(room.CloseSession())
    act(played.room.pk, played.chair_pid, forgetting.ForgetPerson(pid(played, "Wei")))
    new = made(played, in_chair(played), cursor=cursor)
    state = folds.at_head(new.pk).state
    assert state.seats.people[kenji].removed
    assert state.seats.people[pid(played, "Wei")].removed
    assert state.seats.forgotten == (pid(played, "Wei"),)
    assert not new.participants.filter(name__in=["Wei"]).exists()
    assert enter(played, browser, kenji, new).status_code == 403


def test_names_forgotten_by_the_clock_leave_the_moderator_in_the_chair(played: Played, in_chair: InChair) -> None:
    cursor = cursor_of(played, texts.DocumentOpened)
    played.chair(room.CloseSession())
    act(played.room.pk, CLOCK, forgetting.ForgetNames())
    browser = in_chair(played)
    new = made(played, browser, cursor=cursor)
    assert list(new.participants.exclude(name="(name forgotten)").values_list("name", flat=True)) == ["mira"]
    assert browser.get(f"/rooms/{new.code}/chair/").status_code == 302
    act(new.pk, played.chair_pid, room.ResumeSession())


# Where it is said


def test_the_list_of_rooms_and_the_room_itself_say_where_it_comes_from(played: Played, in_chair: InChair) -> None:
    browser = in_chair(played)
    new = made(played, browser)
    assert "Goes on from “<bdi>Tuesday group</bdi>”" in browser.get("/rooms/").content.decode()
    assert "This room goes on from “<bdi>Tuesday group</bdi>”" in _screen(browser, new, played.chair_pid)
    act(new.pk, played.chair_pid, room.ResumeSession())
    assert "This room goes on from" not in _screen(browser, new, played.chair_pid)
    assert f"fork/{new.code}/" in _screen(browser, played.room, played.chair_pid)


def _screen(browser: Client, one: Room, who: str) -> str:
    return browser.get(f"/rooms/{one.code}/{who}/").content.decode()


def test_the_link_in_the_past_leads_where_it_leads_in_the_room(played: Played, in_chair: InChair) -> None:
    browser = in_chair(played)
    new = made(played, browser)
    past = browser.get(played.address(rest=f"at/1/fork/{new.code}/"))
    assert past["Location"] == played.address(rest=f"fork/{new.code}/")


def test_a_fork_can_be_gone_on_from(played: Played, in_chair: InChair) -> None:
    browser = in_chair(played)
    first = made(played, browser)
    one = Played(first, played.chair_pid)
    for people in ("same", "other"):
        cursor = folds.at_head(first.pk, [THE_MODERATORS]).view(THE_MODERATORS).count
        second = made(one, browser, cursor=cursor, people=people, title="And again")
        state = folds.at_head(second.pk).state
        assert state.forks.origin
        assert (state.forks.origin.title, state.room.title) == ("Once more", "And again")
        assert (second.origin, log.verify(second), log.verify(first)) == (first, None, None)
        assert fold(record_of(second)) == state


# What nobody may read by going on


def test_nobody_lets_themselves_into_a_room_that_holds_confidences(
    played: Played, join: Join, in_chair: InChair
) -> None:
    """A second browser of anybody's on the seat beside Hanako would read all that her delegation ever wrote."""
    new = made(played, in_chair(played))
    assert not folds.at_head(new.pk).state.room.automatic_admission
    stranger, spy = join(replace(played, room=new, people={}), "Nobody", "JPN-MFA")
    assert "Psst." not in stranger.get(f"/rooms/{new.code}/{spy}/").content.decode()
    assert audience_of(folds.at_head(new.pk).state.seats.people[spy]) == WAITING
    assert folds.at_head(made(played, in_chair(played), people="other").pk).state.room.automatic_admission


def test_where_nobody_keeps_who_said_what_the_same_room_does_not_tell_it_again(
    open_room: Callable[..., Played], join: Join, in_chair: InChair
) -> None:
    one = open_room(assessment_record=False)
    join(one, "Hanako", "JPN-MFA")
    one.chair(room.StartSession())
    one.chair(floor.CallOn("JPN-MFA"))
    one.by(pid(one, "Hanako"), statements.MakeStatement("We are ready."))
    one.chair(texts.OpenDocument("Draft"))
    browser = in_chair(one)
    assert made(one, browser, cursor=3)
    one.chair(room.CloseSession())
    page = browser.get(one.address(rest="fork/"), {"cursor": 3}).content.decode()
    assert "Not from here: this session is over" in page
    refused = asked(one, browser, 3)
    assert (refused.status_code, "who said what is nobody" in refused.content.decode()) == (409, True)
    assert made(one, browser, cursor=3, people="other")
