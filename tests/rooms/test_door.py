"""The door: joining by code and link, names and seats, being let in or removed, coming back, signing in."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client, override_settings

from rooms import access
from rooms.actions import act
from rooms.domain.refused import Refused
from rooms.domain.room import CloseSession, SetAdmission
from rooms.domain.seats import AdmitPerson, RemovePerson
from rooms.models import Participant, SignInLink
from rooms.process import folds
from rooms.undecided import UNSURE

from .conftest import Played

pytestmark = pytest.mark.django_db

Open = Callable[..., Played]
Join = Callable[..., tuple[Client, str]]
PASSWORD = "a long sentence is a password"
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def stranger() -> Client:
    return Client()


def page(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def seat_of(played: Played, pid: str) -> str:
    return folds.at_head(played.room.pk).state.seats.people[pid].seat


def is_in(played: Played, pid: str) -> bool:
    return folds.at_head(played.room.pk).state.seats.people[pid].admitted


# Finding the room


def test_the_code_may_be_typed_in_small_letters_and_in_groups(open_room: Open, stranger: Client) -> None:
    code = open_room().room.code
    typed = f" {code[:3].lower()}-{code[3:].lower()} "
    response = stranger.get("/join/", {"code": typed})
    assert response.status_code == 302
    assert response["Location"] == f"/join/{code}/"


def test_a_wrong_code_is_kept_in_the_field_and_said_beside_it(db: None, stranger: Client) -> None:
    html = page(stranger, "/join/?code=zzzzzz", 404)
    assert 'value="zzzzzz"' in html
    assert 'aria-describedby="code-error"' in html
    assert "No room has that code." in html


def test_a_wrong_link_leads_to_the_field_for_the_code(db: None, stranger: Client) -> None:
    assert 'id="code"' in page(stranger, "/join/ZZZZZZ/", 404)


def test_guessing_codes_is_throttled_by_address(open_room: Open, stranger: Client) -> None:
    code = open_room().room.code
    for _ in range(access.WRONG_CODES):
        assert stranger.get("/join/?code=zzzzzz").status_code == 404
    assert "Too many wrong codes" in page(stranger, "/join/?code=zzzzzz", 429)
    # Also the right one: otherwise an answer would still tell who guesses on.
    assert stranger.get(f"/join/{code}/").status_code == 429
    assert Client(REMOTE_ADDR="192.0.2.7").get(f"/join/{code}/").status_code == 200


# Before joining


def test_the_door_tells_the_rule_and_that_names_are_kept(open_room: Open, stranger: Client) -> None:
    html = page(stranger, f"/join/{open_room().room.code}/")
    assert "Chatham House: what is said may be used; who said it, and who else was here, may not." in html
    assert "A record with names is kept." in html


def test_the_door_tells_that_no_names_are_kept(open_room: Open, stranger: Client) -> None:
    html = page(stranger, f"/join/{open_room(assessment_record=False).room.code}/")
    assert "No record with names is kept." in html


def test_the_door_names_nobody_who_is_inside(open_room: Open, join: Join, stranger: Client) -> None:
    played = open_room()
    join(played, "Kim Secret-Name", "ROK-MFA")
    html = page(stranger, f"/join/{played.room.code}/")
    assert "Kim Secret-Name" not in html
    assert "Mira the Moderator" not in html
    assert "one person there, you would share it" in html


def test_a_closed_room_takes_nobody_in(open_room: Open, stranger: Client) -> None:
    played = open_room()
    played.chair(CloseSession())
    html = page(stranger, f"/join/{played.room.code}/")
    assert "The session is over" in html
    assert 'name="seat"' not in html
    late = stranger.post(f"/join/{played.room.code}/", {"name": "Late", "seat": "PRC-MFA"})
    assert late.status_code == 409
    assert played.room.participants.count() == 1


# Names


@pytest.mark.parametrize("name", ["", "   ", "\u0000\u0007", "x" * 41])
def test_a_name_that_cannot_be_shown_is_refused_beside_its_field(open_room: Open, stranger: Client, name: str) -> None:
    played = open_room()
    response = stranger.post(f"/join/{played.room.code}/", {"name": name, "seat": "JPN-MFA"})
    html = response.content.decode()
    assert response.status_code == 409
    assert 'aria-describedby="name-error"' in html
    assert re.search(r'value="JPN-MFA"[^>]* checked', html)
    assert played.room.participants.count() == 1


def test_spaces_and_control_characters_are_taken_out_of_a_name(open_room: Open, join: Join) -> None:
    played = open_room()
    _, pid = join(played, "  Anna \u0000 \n  Kim ", "ROK-MFA")
    assert Participant.objects.get(pid=pid).name == "Anna Kim"


def test_a_name_of_forty_letters_in_any_script_is_taken(open_room: Open, join: Join) -> None:
    _, pid = join(open_room(), "김" * 40)
    assert Participant.objects.get(pid=pid).name == "김" * 40


def test_markup_in_names_and_titles_is_shown_as_text(open_room: Open, stranger: Client) -> None:
    played = open_room(title="<b>Bold</b> room")
    response = stranger.post(f"/join/{played.room.code}/", {"name": "<script>alert(1)</script>", "seat": ""})
    html = response.content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "<b>Bold</b>" not in html


@pytest.mark.parametrize("is_in", [True, False])
def test_who_may_be_in_already_is_led_there_and_not_asked_once_more(
    open_room: Open, stranger: Client, monkeypatch: pytest.MonkeyPatch, is_in: bool
) -> None:
    """The line to the database broke while they came in, and nobody could be asked what became of it."""
    played = open_room()

    def broken(*command: Any, **more: Any) -> None:
        if is_in:
            act(*command, **more)
        raise Refused(UNSURE, "We could not learn whether this was kept.")

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(access, "act", broken)
        response = stranger.post(f"/join/{played.room.code}/", {"name": "Anna", "seat": "PRC-MFA"})
    assert response.status_code == 302
    there = stranger.get(response.headers["Location"])
    assert there.status_code == (200 if is_in else 403)
    if not is_in:
        assert "Join it with its code once more." in there.content.decode()
    assert Participant.objects.filter(room=played.room, name="Anna").count() == 1


# Seats


def test_somebody_without_a_seat_chosen_keeps_their_name(open_room: Open, stranger: Client) -> None:
    played = open_room()
    response = stranger.post(f"/join/{played.room.code}/", {"name": "Anna"})
    html = response.content.decode()
    assert response.status_code == 409
    assert 'value="Anna"' in html
    assert "Choose a seat, or choose to observe." in html


def test_a_seat_that_two_share_is_full(open_room: Open, join: Join, stranger: Client) -> None:
    played = open_room()
    join(played, "One", "PRC-MFA")
    join(played, "Two", "PRC-MFA")
    response = stranger.post(f"/join/{played.room.code}/", {"name": "Three", "seat": "PRC-MFA"})
    html = response.content.decode()
    assert response.status_code == 409
    assert "Two people already share PRC-MFA." in html
    assert re.search(r'value="PRC-MFA"[^>]* disabled', html)
    assert not Participant.objects.filter(name="Three").exists()


@pytest.mark.parametrize("seat", ["PRC-KING", "DPRK-MFA", "<svg>"])
def test_a_seat_that_is_not_in_the_room_is_refused(open_room: Open, stranger: Client, seat: str) -> None:
    played = open_room()
    response = stranger.post(f"/join/{played.room.code}/", {"name": "Anna", "seat": seat})
    assert response.status_code == 409
    assert b"There is no such seat in this room." in response.content


def test_a_delegate_cannot_join_as_the_moderator(open_room: Open, stranger: Client) -> None:
    played = open_room()
    fields = {"name": "Anna", "seat": "observe", "role": "moderator"}
    stranger.post(f"/join/{played.room.code}/", fields)
    assert Participant.objects.get(name="Anna").role == "observer"


# Being let in


def test_with_automatic_admission_people_are_in_at_once(open_room: Open, join: Join) -> None:
    played = open_room(automatic_admission=True)
    client, pid = join(played, "Anna", "JPN-MFA")
    assert is_in(played, pid)
    assert client.get(played.address(pid)).status_code == 200


def test_by_chair_admission_people_wait_in_the_lobby(open_room: Open, join: Join, stranger: Client) -> None:
    played = open_room(automatic_admission=False)
    assert "Ask to be let in" in page(stranger, f"/join/{played.room.code}/")
    client, pid = join(played, "Anna", "JPN-MFA")
    assert not is_in(played, pid)
    assert client.get(played.address(pid)).status_code == 200
    assert client.get(played.address(pid, "pack/JPN/")).status_code == 403
    played.chair(AdmitPerson(pid))
    assert is_in(played, pid)
    assert client.get(played.address(pid, "pack/JPN/")).status_code == 200


def test_the_chair_may_change_how_people_are_let_in(open_room: Open, join: Join) -> None:
    played = open_room(automatic_admission=False)
    played.chair(SetAdmission(True))
    _, pid = join(played, "Anna", "JPN-MFA")
    assert is_in(played, pid)


# The same browser, another browser, nobody's browser


def test_one_browser_can_hold_two_seats(open_room: Open, join: Join) -> None:
    played = open_room()
    client, first = join(played, "Anna", "JPN-MFA")
    assert "Go back to your seat" in page(client, f"/join/{played.room.code}/")
    _, second = join(played, "Boris", "RUS-MFA", client)
    assert client.get(played.address(first)).status_code == 200
    assert client.get(played.address(second)).status_code == 200
    door = page(client, f"/join/{played.room.code}/")
    assert door.count("Go back to your seat") == 2
    assert (seat_of(played, first), seat_of(played, second)) == ("JPN-MFA", "RUS-MFA")


def test_a_persons_own_link_opens_their_seat_on_another_device(open_room: Open, join: Join, stranger: Client) -> None:
    played = open_room()
    _, pid = join(played, "Anna", "JPN-MFA")
    ticket = access.ticket_of(played.people["Anna"])
    response = stranger.get(f"/seat/{played.room.code}/{pid}/{ticket}/")
    assert response["Location"] == played.address(pid)
    assert stranger.get(played.address(pid)).status_code == 200


@pytest.mark.parametrize("ticket", ["nonsense", "a.b.c:d", "☃"])
def test_a_link_that_was_made_up_opens_nothing(open_room: Open, join: Join, stranger: Client, ticket: str) -> None:
    played = open_room()
    _, pid = join(played, "Anna", "JPN-MFA")
    assert stranger.get(f"/seat/{played.room.code}/{pid}/{ticket}/").status_code == 403
    assert stranger.get(played.address(pid)).status_code == 403


def test_a_link_opens_only_its_own_seat(open_room: Open, join: Join, stranger: Client) -> None:
    played = open_room()
    _, anna = join(played, "Anna", "JPN-MFA")
    _, boris = join(played, "Boris", "RUS-MFA")
    ticket = access.ticket_of(Participant.objects.get(pid=anna))
    assert stranger.get(f"/seat/{played.room.code}/{boris}/{ticket}/").status_code == 403


def test_a_link_from_before_the_seat_was_given_anew_is_dead(open_room: Open, join: Join) -> None:
    played = open_room()
    client, pid = join(played, "Anna", "JPN-MFA")
    Participant.objects.filter(pid=pid).update(generation=1)
    assert client.get(played.address(pid)).status_code == 403


def test_somebody_removed_is_refused_with_a_way_out(open_room: Open, join: Join) -> None:
    played = open_room()
    client, pid = join(played, "Anna", "JPN-MFA")
    played.chair(RemovePerson(pid))
    html = page(client, played.address(pid), 403)
    assert "You are no longer in this room." in html
    assert 'href="/join/"' in html
    assert "<code>not_yours_to_see</code>" in html
    assert (
        client.post(played.address(pid, "act/"), {"command": "ask_for_floor"}, headers=SAME_ORIGIN).status_code == 403
    )


# What comes from other pages


def test_the_door_takes_no_form_without_its_own_token(open_room: Open) -> None:
    played = open_room()
    client = Client(enforce_csrf_checks=True)
    response = client.post(f"/join/{played.room.code}/", {"name": "Anna", "seat": "observe"})
    assert response.status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {},
    ],
)
def test_a_command_from_another_page_is_refused(open_room: Open, join: Join, headers: dict[str, str]) -> None:
    played = open_room()
    client, pid = join(played, "Anna", "JPN-MFA")
    before = folds.at_head(played.room.pk).seq
    fields = {"command": "say_in_delegation", "text": "Forged."}
    response = client.post(played.address(pid, "act/"), fields, headers=headers)
    assert response.status_code == 403
    assert b"That came from another page." in response.content
    assert folds.at_head(played.room.pk).seq == before


@pytest.mark.parametrize("headers", [SAME_ORIGIN, {"Origin": "http://testserver"}])
def test_a_command_from_our_own_page_is_carried_out(open_room: Open, join: Join, headers: dict[str, str]) -> None:
    played = open_room()
    client, pid = join(played, "Anna", "JPN-MFA")
    fields = {"command": "say_in_delegation", "text": "Ours."}
    response = client.post(played.address(pid, "act/"), fields, headers=headers)
    assert (response.status_code, response["Location"]) == (302, played.address(pid))
    assert folds.at_head(played.room.pk).state.channels.messages["JPN"][0].text == "Ours."


def test_who_posts_without_pause_is_slowed_down(open_room: Open, join: Join, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "COMMANDS_SECONDS", 600)  # so that a slow machine sends without pause, too
    monkeypatch.setattr(access, "MOST_COMMANDS", 3)
    played = open_room()
    client, pid = join(played, "Anna", "JPN-MFA")
    fields, headers = {"command": "say_in_delegation", "text": "Again."}, {**SAME_ORIGIN, "Accept": "application/json"}
    answers = [client.post(played.address(pid, "act/"), fields, headers=headers).status_code for _ in range(4)]
    assert answers == [200, 200, 200, 429]


# Moderators


@pytest.fixture
def with_password(moderator_user: User) -> User:
    """Made only where it is needed: a good hash takes its time."""
    moderator_user.set_password(PASSWORD)
    moderator_user.save()
    return moderator_user


def test_a_sign_in_link_works_once_and_only_by_its_button(moderator_user: User, stranger: Client) -> None:
    link = access.sign_in_link_for(moderator_user)
    assert "signs you in once" in page(stranger, link)
    assert "_auth_user_id" not in stranger.session  # a mail program that looks at it uses nothing up
    assert stranger.post(link)["Location"] == "/rooms/"
    assert stranger.get("/rooms/").status_code == 200
    again = Client().post(link)
    assert again.status_code == 409
    assert b"This sign-in link was used or is too old." in again.content


def test_an_old_sign_in_link_is_refused(moderator_user: User, stranger: Client) -> None:
    link = access.sign_in_link_for(moderator_user)
    made = SignInLink.objects.get()
    SignInLink.objects.update(expires_at=made.expires_at.replace(year=2000))
    assert stranger.post(link).status_code == 409


def test_of_a_sign_in_link_only_a_digest_is_kept(moderator_user: User) -> None:
    secret = access.sign_in_link_for(moderator_user).split("/")[2]
    assert secret not in SignInLink.objects.get().digest


def test_a_moderator_signs_in_by_password(with_password: User, stranger: Client) -> None:
    wrong = stranger.post("/sign-in/", {"username": "mira", "password": "guess", "next": "/rooms/"})
    assert wrong.status_code == 400
    assert 'value="mira"' in wrong.content.decode()
    assert "does not belong to this name" in wrong.content.decode()
    unknown = stranger.post("/sign-in/", {"username": "nobody", "password": "guess"})
    assert "does not belong to this name" in unknown.content.decode(), "it does not say whether there is such a name"
    right = stranger.post("/sign-in/", {"username": "mira", "password": PASSWORD})
    assert (right.status_code, right["Location"]) == (302, "/rooms/")


@pytest.mark.parametrize(
    "wanted",
    ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", "http:///x", "\\\\elsewhere"],
)
def test_signing_in_leads_to_no_foreign_page(with_password: User, stranger: Client, wanted: str) -> None:
    fields = {"username": "mira", "password": PASSWORD, "next": wanted}
    assert stranger.post("/sign-in/", fields)["Location"] == "/rooms/"
    link = access.sign_in_link_for(with_password)
    assert Client().post(f"{link}?next={wanted}")["Location"] == "/rooms/"


def test_signing_in_leads_back_to_where_one_came_from(with_password: User, stranger: Client) -> None:
    fields = {"username": "mira", "password": PASSWORD, "next": "/rooms/new/some-exercise/"}
    assert stranger.post("/sign-in/", fields)["Location"] == "/rooms/new/some-exercise/"


def test_who_is_not_signed_in_is_asked_to(open_room: Open, stranger: Client) -> None:
    code = open_room().room.code
    for path in (
        "/rooms/",
        "/rooms/new/neacd-vii-tokyo-1997/",
        f"/rooms/{code}/chair/",
        f"/rooms/{code}/chair/debrief/",
    ):
        response = stranger.get(path)
        assert response["Location"] == f"/sign-in/?next={path}"


def test_signing_out_gives_the_chair_up_in_this_browser(open_room: Open, in_chair: Callable[[Played], Client]) -> None:
    played = open_room()
    client = in_chair(played)
    assert client.get(played.address()).status_code == 200
    client.post("/sign-out/")
    assert client.get(played.address()).status_code == 403
    assert client.get("/rooms/").status_code == 302


@override_settings(SECURE_COOKIES=True)
def test_a_seats_cookie_is_for_our_server_alone(open_room: Open, join: Join) -> None:
    played = open_room()
    client, pid = join(played, "Anna", "JPN-MFA")
    cookie = client.cookies[access.cookie_name(played.room.code, pid)]
    assert cookie["httponly"]
    assert cookie["secure"]
    assert cookie["samesite"] == "Lax"


def test_no_page_at_the_door_needs_an_inline_style_or_script(open_room: Open, stranger: Client) -> None:
    code = open_room().room.code
    for path in ("/join/", f"/join/{code}/", "/sign-in/", "/sign-in/abc/"):
        html = page(stranger, path)
        assert " style=" not in html
        assert not re.search(r"<script(?![^>]*\bsrc=)", html)
        assert not re.search(r"\son[a-z]+=", html)


def test_a_form_without_a_token_is_refused_in_a_sentence_of_ours() -> None:
    response = Client(enforce_csrf_checks=True).post("/sign-in/", {"username": "x", "password": "y"})
    assert response.status_code == 403
    assert b"Load it again and press the button once more." in response.content
