"""Names go, the record stays: by a press of a button, or when their time is over; and rooms that nobody uses close."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from rooms import access, folds, log, retention
from rooms.actions import Asked, act, act_on
from rooms.domain.forgetting import ForgetPerson
from rooms.domain.room import OpenRoom
from rooms.domain.seats import JoinRoom
from rooms.domain.sight import OBSERVERS
from rooms.models import FORGOTTEN, Event, Participant, Room
from rooms.process import folds as kept_folds
from tests.domain.play import snapshot
from tests.rooms.kit import IN_USE, Played, live_played, open_played
from tests.rooms.test_writing import held

pytestmark = pytest.mark.django_db

NAME = "Kim Whose-Name-Goes"
DAY = retention.DAY


@pytest.fixture
def closed() -> Played:
    """A closed session in which somebody of that name sat for Japan and spoke."""
    played = open_played(attribution="on_the_record")
    Participant.objects.filter(room=played.room, pid=played.pid("JPN-MFA")).update(name=NAME)
    kept_folds.forget_all()
    played.do("moderator", "start_session")
    played.do("moderator", "start_item", item="i1")
    played.do("moderator", "open_list")
    played.do("JPN-MFA", "ask_for_floor")
    played.do("moderator", "next_speaker")
    played.do("JPN-MFA", "make_statement", text="Calm seas.")
    played.do("moderator", "close_session")
    return played


def browser(played: Played, who: str) -> Client:
    client = Client()
    participant = Participant.objects.select_related("room").get(room=played.room, pid=played.pid(who))
    client.cookies[access.cookie_name(played.room.code, participant.pid)] = access.ticket_of(participant)
    return client


def page(played: Played, who: str, name: str) -> str:
    return f"/rooms/{played.room.code}/{played.pid(who)}/{name}"


def forget(played: Played, who: str, whom: str) -> None:
    browser(played, who).post(page(played, who, "names/"), {"person": played.pid(whom)})


def everything_told(played: Played) -> str:
    """Every page and file that a moderator has of the session."""
    chair = browser(played, "moderator")
    names = ("", "debrief/", "earlier/", "names/", "at/5/", "at/12/", "debrief.json", "debrief.md")
    told = [chair.get(page(played, "moderator", one), headers={"accept": "*/*"}) for one in names]
    assert [one.status_code for one in told] == [200] * len(names)
    return "".join(one.content.decode() for one in told)


def test_a_forgotten_name_is_gone_from_every_page_and_file_and_the_chain_holds(closed: Played) -> None:
    assert NAME in everything_told(closed)
    before = list(Event.objects.filter(room=closed.room).values_list("seq", "hash"))
    forget(closed, "moderator", "JPN-MFA")
    told = everything_told(closed)
    assert NAME not in told
    assert "Calm seas." in told
    assert list(Event.objects.filter(room=closed.room).values_list("seq", "hash"))[: len(before)] == before
    assert log.verify(Room.objects.get(pk=closed.room.pk)) is None


def test_no_row_of_the_installation_holds_a_forgotten_name(closed: Played) -> None:
    forget(closed, "moderator", "JPN-MFA")
    out = StringIO()
    call_command("dumpdata", "rooms", stdout=out)
    assert NAME not in out.getvalue()
    assert json.loads(out.getvalue())


def test_a_forgotten_seat_opens_for_nobody(closed: Played) -> None:
    theirs = browser(closed, "JPN-MFA")
    assert theirs.get(page(closed, "JPN-MFA", "debrief/")).status_code == 200
    forget(closed, "moderator", "JPN-MFA")
    assert theirs.get(page(closed, "JPN-MFA", "debrief/")).status_code == 403


def test_another_process_lets_go_of_the_name_too(closed: Played) -> None:
    """Its picture of the room was made while the name was known."""
    elsewhere = folds.Folds()
    assert NAME in elsewhere.at_head(closed.room.pk, [OBSERVERS]).names.values()
    forget(closed, "moderator", "JPN-MFA")
    assert NAME not in elsewhere.at_head(closed.room.pk, [OBSERVERS]).names.values()


def test_somebody_has_their_own_name_forgotten(closed: Played) -> None:
    theirs = browser(closed, "JPN-MFA")
    shown = theirs.get(page(closed, "JPN-MFA", "names/")).content.decode()
    assert NAME in shown
    assert "PRC-MFA" not in shown
    answer = theirs.post(page(closed, "JPN-MFA", "names/"), {"person": closed.pid("JPN-MFA")})
    assert answer.url == "/join/"  # type: ignore[attr-defined]
    assert Participant.objects.get(room=closed.room, pid=closed.pid("JPN-MFA")).name == FORGOTTEN


def test_nobody_has_another_name_forgotten_but_the_moderator(closed: Played) -> None:
    forget(closed, "PRC-MFA", "JPN-MFA")
    forget(closed, "observer", "JPN-MFA")
    assert Participant.objects.get(room=closed.room, pid=closed.pid("JPN-MFA")).name == NAME
    assert browser(closed, "PRC-MFA").get(page(closed, "moderator", "names/")).status_code == 403


def going_on(played: Played, code: str, *, origin: Room) -> Played:
    """A room with the same people that goes on from another."""
    fork = Room.objects.create(code=code, title=f"On in {code}", origin=origin)
    act(fork.pk, "", OpenRoom(fork.title, snapshot(), IN_USE, "on_the_record", True, True))
    for row in Participant.objects.filter(room=played.room):
        Participant.objects.create(room=fork, pid=row.pid, name=row.name, role=row.role)
        act(fork.pk, row.pid, JoinRoom(row.role, ""))
    return Played(fork, played.people)


def test_a_name_is_forgotten_in_rooms_that_share_its_people(closed: Played) -> None:
    fork = going_on(closed, "FRKFRK", origin=closed.room)
    fork.do("moderator", "close_session")
    going_on(closed, "FRKFRM", origin=fork.room).do("moderator", "close_session")
    forget(closed, "moderator", "JPN-MFA")
    assert not Participant.objects.filter(name=NAME).exists()


def test_where_a_name_still_stands_is_said_and_keeps_it_nowhere_else(closed: Played) -> None:
    going_on(closed, "FRKFRK", origin=closed.room)  # still in use
    going_on(closed, "FRKFRM", origin=closed.room).do("moderator", "close_session")
    answer = browser(closed, "moderator").post(
        page(closed, "moderator", "names/"), {"person": closed.pid("JPN-MFA")}, follow=True
    )
    assert "still stands in “On in FRKFRK”" in answer.content.decode()
    assert Participant.objects.get(name=NAME).room.code == "FRKFRK"


def test_names_go_by_themselves_when_their_time_is_over(closed: Played) -> None:
    Room.objects.filter(pk=closed.room.pk).update(keep_days=30)
    room = Room.objects.get(pk=closed.room.pk)
    state = kept_folds.at_head(room.pk).state
    assert state.room.closed_at is not None
    due = retention.kept_until(room, state.room.closed_at)
    assert retention.sweep(due - 1) == ([], [])
    assert retention.sweep(due) == ([], [room.code])
    assert set(Participant.objects.filter(room=room).values_list("name", flat=True)) == {FORGOTTEN}
    assert retention.sweep(due + DAY) == ([], [])
    assert log.verify(Room.objects.get(pk=room.pk)) is None


def test_who_never_got_in_leaves_no_name_either(closed: Played) -> None:
    """The line to the database broke for good while they joined."""
    room = Room.objects.get(pk=closed.room.pk)
    access.new_participant(room, "Nobody Came", "observer")
    closed_at = kept_folds.at_head(room.pk).state.room.closed_at
    assert closed_at is not None
    due = retention.kept_until(room, closed_at)
    assert retention.sweep(due) == ([], [room.code])
    assert not Participant.objects.filter(name="Nobody Came").exists()
    assert retention.sweep(due + DAY) == ([], [])


def test_the_chair_chooses_how_long_and_nobody_else(closed: Played) -> None:
    browser(closed, "moderator").post(page(closed, "moderator", "names/"), {"keep_days": "90"})
    assert Room.objects.get(pk=closed.room.pk).keep_days == 90
    for wrong in ("0", "-5", "x", "99999999"):
        browser(closed, "moderator").post(page(closed, "moderator", "names/"), {"keep_days": wrong})
    browser(closed, "JPN-MFA").post(page(closed, "JPN-MFA", "names/"), {"keep_days": "30"})
    assert Room.objects.get(pk=closed.room.pk).keep_days == 90


def test_an_unused_room_is_closed_and_a_used_one_is_not() -> None:
    played = live_played()
    days = 90
    last = Event.objects.filter(room=played.room).order_by("-seq")[0].at
    assert retention.sweep(last + days * DAY - DAY) == ([], [])
    closed_now, _ = retention.sweep(last + days * DAY + DAY)
    assert closed_now == [played.room.code]
    assert Room.objects.get(pk=played.room.pk).status == "closed"


def test_who_is_in_the_room_is_told_why_their_name_stays() -> None:
    played = live_played()
    answer = browser(played, "moderator").post(
        page(played, "moderator", "names/"), {"person": played.pid("JPN-MFA")}, follow=True
    )
    assert "needs a name" in answer.content.decode()


def test_the_moderators_account_keeps_its_way_in(closed: Played, django_user_model: object) -> None:
    user = django_user_model.objects.create_user("teacher")  # type: ignore[attr-defined]
    Participant.objects.filter(room=closed.room, pid=closed.pid("moderator")).update(user=user)
    act(closed.room.pk, closed.pid("moderator"), ForgetPerson(closed.pid("moderator")))
    chair = Participant.objects.get(room=closed.room, pid=closed.pid("moderator"))
    assert (chair.name, chair.revoked, chair.user_id) == (FORGOTTEN, False, user.pk)


def test_an_open_page_elsewhere_is_sent_away(closed: Played) -> None:
    """Its link was counted anew: whoever sits there with the old one is refused."""
    old = Participant.objects.get(room=closed.room, pid=closed.pid("JPN-MFA")).generation
    act(closed.room.pk, closed.pid("moderator"), ForgetPerson(closed.pid("JPN-MFA")))
    state = kept_folds.at_head(closed.room.pk).state
    assert state.seats.people[closed.pid("JPN-MFA")].generation > old


def test_what_an_archive_says_of_its_age_keeps_no_name_longer(closed: Played) -> None:
    Room.objects.filter(pk=closed.room.pk).update(scope="assessment")
    room = Room.objects.get(pk=closed.room.pk)
    arrived = round(room.created_at.timestamp() * 1000)
    for claimed in (1, 253_402_300_799_999):
        assert retention.kept_until(room, claimed) == arrived + retention.keep_days(room) * DAY


def test_a_room_that_cannot_be_read_keeps_the_names_of_no_other(
    closed: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever brings a record in has written it; one that breaks must break alone."""
    broken = live_played(code="BRKBRK")
    broken.do("moderator", "close_session")

    def breaks(asked: Asked, *, wait: bool) -> object:
        if asked.room_id == broken.room.pk:
            raise KeyError(asked.room_id)
        return act_on(asked, wait=wait)

    monkeypatch.setattr(retention, "act_on", breaks)
    later = Event.objects.order_by("-at")[0].at + 2000 * DAY
    assert retention.sweep(later) == ([], [closed.room.code])


def test_a_record_that_cannot_be_folded_keeps_the_names_of_no_other(closed: Played) -> None:
    broken = live_played(code="BRKBRK")
    broken.do("moderator", "close_session")
    Event.objects.filter(room=broken.room, seq=1).update(name="nobody.wrote_this")
    kept_folds.forget_all()
    later = Event.objects.order_by("-at")[0].at + 2000 * DAY
    assert retention.sweep(later) == ([], [closed.room.code])


@pytest.mark.django_db(transaction=True)
def test_a_room_that_somebody_holds_is_passed_over_and_looked_after_the_next_time() -> None:
    stuck, free = live_played(), live_played()
    for played in (stuck, free):
        played.do("moderator", "close_session")
    later = Event.objects.order_by("-at")[0].at + 2000 * DAY
    with held(stuck):
        looked_after = retention.sweep(later)[1]
    at_once = [] if log.writes_side_by_side() else [stuck.room.code]
    assert looked_after == [*at_once, free.room.code]
    assert retention.sweep(later)[1] == [code for code in (stuck.room.code,) if code not in at_once]
    assert not Participant.objects.filter(forgotten_at=None).exists()
