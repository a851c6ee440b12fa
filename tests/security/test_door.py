"""The doors under attack: guessing, stolen and replayed links, locked-out moderators, look-alike names, odd letters."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError, connection
from django.test import Client, RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from neacd.management.commands.serve import configuration
from rooms import access, throttles
from rooms.domain.refused import Refused
from rooms.forms import MOST_MARKS, clean_text
from rooms.likeness import looks, told_apart
from rooms.models import Participant
from tests.security.stage import CHAIR, DELEGATE, opened, seated, signed_in, staged

PASSWORD = "a long sentence is a password"


@pytest.fixture
def mira(db: None, settings: Any) -> User:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # a good hash takes its time
    return User.objects.create_user("mira", password=PASSWORD)


def signs_in(client: Client, password: str, name: str = "mira", address: str = "192.0.2.1", **more: str) -> int:
    form = {"username": name, "password": password, **more}
    return client.post("/sign-in/", form, REMOTE_ADDR=address).status_code


# Passwords


def test_after_eight_wrong_passwords_even_the_right_one_waits(mira: User) -> None:
    for _ in range(7):
        assert signs_in(Client(), "guess") == 400
    assert signs_in(Client(), "guess") == 429
    locked = Client().post("/sign-in/", {"username": "mira", "password": PASSWORD}, REMOTE_ADDR="192.0.2.1")
    assert locked.status_code == 429
    assert b"Wait a quarter of an hour" in locked.content
    assert locked["Retry-After"]
    assert signs_in(Client(), PASSWORD, address="192.0.2.2") == 302, "only that name from that address is locked"


def test_who_locks_a_moderator_out_does_not_lock_the_one_time_link(mira: User) -> None:
    for _ in range(9):
        signs_in(Client(), "guess")
    assert Client().post(access.sign_in_link_for(mira), REMOTE_ADDR="192.0.2.1").status_code == 302


def test_a_name_that_is_not_there_is_answered_as_one_that_is(mira: User) -> None:
    answers = {name: [signs_in(Client(), "guess", name) for _ in range(9)] for name in ("mira", "nobody")}
    assert answers["mira"] == answers["nobody"]


def test_one_address_does_not_try_a_password_on_every_name(mira: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttles, "WRONG_PASSWORDS", 3)
    assert [signs_in(Client(), "guess", f"name-{n}") for n in range(4)] == [400, 400, 400, 429]
    assert signs_in(Client(), PASSWORD, address="192.0.2.9") == 302


def test_signing_in_makes_a_new_session_and_drops_what_was_planted(mira: User) -> None:
    client = Client()
    client.session["planted"] = "x"
    session = client.session
    session.save()
    planted = session.session_key
    assert signs_in(client, PASSWORD) == 302
    assert client.session.session_key != planted
    by_link = signed_in(User.objects.create_user("omar"))
    before = by_link.session.session_key
    assert by_link.post(access.sign_in_link_for(mira)).status_code == 302
    assert by_link.session.session_key != before
    assert by_link.session["_auth_user_id"] == str(mira.pk)


@pytest.mark.parametrize(
    "wanted",
    [
        "https://elsewhere.example/",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "javascript:alert(1)",
        "\x00/",
        "///x",
    ],
)
def test_signing_in_leads_nowhere_but_here(mira: User, wanted: str) -> None:
    answers = [
        Client().post("/sign-in/", {"username": "mira", "password": PASSWORD, "next": wanted}),
        Client().post(access.sign_in_link_for(mira), {"next": wanted}),
    ]
    assert {one["Location"] for one in answers} == {"/rooms/"}


# Addresses


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::"),
        ("2001:db8:1:2:bbbb::9", "2001:db8:1:2::"),
        ("fe80::1%eth0", "fe80::"),
        ("", ""),
        ("unix", ""),
    ],
)
def test_an_address_is_one_line_not_one_of_its_numbers(said: str, meant: str) -> None:
    asked = RequestFactory().get(
        "/", REMOTE_ADDR=said, HTTP_X_FORWARDED_FOR="203.0.113.5", HTTP_FORWARDED="for=1.2.3.4"
    )
    assert throttles.address_of(asked) == meant, "and no header is believed"


@pytest.mark.parametrize(("said", "believed"), [("", False), ("0", False), ("1", True)])
def test_a_word_for_an_address_is_believed_of_a_proxy_alone(
    said: str, believed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEACD_PROXY", said)
    assert configuration("127.0.0.1", 8000).proxy_headers is believed


def test_guessing_from_every_number_of_one_line_is_guessing_from_one(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "WRONG_CODES", 5)
    answers = [
        Client().get("/join/?code=zzzzzz", REMOTE_ADDR=f"2001:db8::{n}", headers={"X-Forwarded-For": f"192.0.2.{n}"})
        for n in range(1, 8)
    ]
    assert [one.status_code for one in answers] == [404] * 5 + [429] * 2


def test_a_class_behind_one_router_comes_in_at_once_and_a_crowd_waits(
    mira: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert throttles.JOINS >= 40, "a class"
    monkeypatch.setattr(throttles, "JOINS", 5)
    played = opened(mira)
    answers = [
        Client().post(f"/join/{played.room.code}/", {"name": f"Anna {n}", "seat": "observe"}).status_code
        for n in range(7)
    ]
    assert answers == [302] * 5 + [429] * 2
    assert played.room.participants.count() == 6
    other = Client(REMOTE_ADDR="192.0.2.8")
    assert other.post(f"/join/{played.room.code}/", {"name": "Boris", "seat": "observe"}).status_code == 302


def test_pages_and_reports_have_a_measure_of_their_own(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    stage = staged()
    stage.do(CHAIR, "close_session")
    monkeypatch.setattr(throttles, "REPORTS", 2)
    client, address = stage.client(DELEGATE), f"/rooms/{stage.code}/{stage.pid(DELEGATE)}/"
    answers = [client.get(f"{address}debrief/") for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert b"Wait a minute" in answers[-1].content
    for rest in ("find/?q=a", "debrief.md", "mine/", "at/tape/"):
        assert client.get(address + rest).status_code == 429, rest
    assert client.get(f"/api{address}debrief/").status_code == 429
    assert client.get(address).status_code == 200, "the room itself is open"
    assert stage.client("ROK-MFA").get(f"/rooms/{stage.code}/{stage.pid('ROK-MFA')}/debrief/").status_code == 200
    monkeypatch.setattr(throttles, "PAGES", 3)
    assert client.get(address).status_code == 429


# Links


def test_a_stolen_link_dies_with_a_new_one_everywhere(db: None) -> None:
    stage = staged()
    stolen, ticket = stage.client(DELEGATE), access.ticket_of(stage.played.people[DELEGATE])
    address = f"/rooms/{stage.code}/{stage.pid(DELEGATE)}/"
    stage.client(CHAIR).post(
        f"/rooms/{stage.code}/{stage.pid(CHAIR)}/invite/",
        {"person": stage.pid(DELEGATE)},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    same_origin = {"Sec-Fetch-Site": "same-origin", "Accept": "application/json"}
    assert stolen.get(address).status_code == 403
    assert stolen.post(f"{address}act/", {"command": "ask_for_floor"}, headers=same_origin).status_code == 403
    assert Client().get(f"/api{address}", headers={"Authorization": f"Bearer {ticket}"}).status_code == 403
    assert Client().get(f"/seat/{stage.code}/{stage.pid(DELEGATE)}/{ticket}/").status_code == 403
    anew = Participant.objects.select_related("room").get(pk=stage.played.people[DELEGATE].pk)
    stage.played.people[DELEGATE] = anew
    assert seated(stage.played, DELEGATE).get(address).status_code == 200


def test_a_ticket_that_is_not_signed_is_never_looked_up(
    db: None, django_assert_num_queries: Callable[..., object]
) -> None:
    """So that the time of an answer tells nothing of whose tickets there are; the signature is compared in constant
    time by Django."""
    stage = staged()
    pid, generation = stage.pid(DELEGATE), "0"
    for forged in (
        f"{stage.code}.{pid}.{generation}:{'A' * 43}",
        f"{stage.code}.{pid}.{generation}",
        "x",
        ":",
        "a.b:c",
    ):
        with django_assert_num_queries(0):  # type: ignore[attr-defined]
            assert access.participant_from({}, stage.code, pid, forged) is None


def test_a_ticket_signed_for_something_else_opens_no_seat(db: None) -> None:
    stage = staged()
    one = stage.played.people[DELEGATE]
    from_elsewhere = access.signing.Signer(salt="other").sign(f"{stage.code}.{one.pid}.0")
    assert access.participant_from({}, stage.code, one.pid, from_elsewhere) is None


# Names and letters


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Anna Kim", "Аnna Kim"),  # Cyrillic А
        ("Anna Kim", "ANNA KIM"),
        ("Anna Kim", "Anna\u200b Kim"),
        ("Anna Kim", "Anna\u00a0Kim."),
        ("Anna Kim", "Ａｎｎａ Ｋｉｍ"),
        ("Anna Kim", "𝐀nna Kim"),
        ("Anna Kim", "Ánna Kim"),
        ("Bill", "BiII"),
        ("Bob 0", "BOB O"),
        ("Christos", "Сhrіѕtоѕ"),
        ("ΝΙΚΟΣ", "NΙΚΟΣ"),
        ("Bernd", "Bemd"),
    ],
)
def test_names_that_look_alike_are_known_for_it(name: str, other: str) -> None:
    assert looks(name) == looks(other)


@pytest.mark.parametrize(
    ("name", "other"), [("Anna Kim", "Anna Lee"), ("김민준", "김민지"), ("Иван", "Игорь"), ("か", "き")]
)
def test_names_that_differ_are_left_alone(name: str, other: str) -> None:
    assert told_apart(other, [name]) == other


def test_who_is_called_nearly_as_somebody_there_is_told_apart_and_not_refused(mira: User) -> None:
    """To refuse would tell at the door who is inside."""
    played = opened(mira)
    played.join("JPN-MFA", name="Anna Kim")
    names = [
        access.new_participant(played.room, name, "delegate").name for name in ("Аnna Kim", "ANNA KIM", "Mirа", "Omar")
    ]
    assert names == ["Аnna Kim (2)", "ANNA KIM (3)", "Mirа (2)", "Omar"]
    assert access.new_participant(played.room, "Projector", "projector").name == "Projector"
    assert access.new_participant(played.room, "Projector", "projector").name == "Projector"


@given(st.text(max_size=60))
def test_every_name_can_be_told_apart_from_itself(name: str) -> None:
    assert looks(told_apart(name, [name])) != looks(name)


@given(
    st.text(
        alphabet=st.one_of(st.characters(), st.sampled_from("a\u0301\u0316\u20dd\u202e\u2066\u200f\u200d")),
        max_size=200,
    )
)
def test_text_is_in_one_spelling_without_towers_of_marks_or_turns_of_direction(text: str) -> None:
    clean = clean_text(text)
    assert clean_text(clean) == clean
    assert not set(clean) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x00\x1b")
    assert "\u0316" * (MOST_MARKS + 1) not in clean


def test_what_right_to_left_and_joined_scripts_need_stays() -> None:
    for text in ("שָׁלוֹם \u200fעולם", "می\u200cخواهم", "👨\u200d👩\u200d👧", "นั้น", "ཧྐྵྨླྺྼྻྂ", "Z̷̨a"):
        assert clean_text(text) == text


@pytest.mark.parametrize("name", ["\u202e", "\u200b\u200d", "\u0301" * 3 + "\u2066"])
def test_a_name_that_nobody_would_see_is_none(mira: User, name: str) -> None:
    played = opened(mira)
    if clean_text(name):
        assert len(access.new_participant(played.room, name, "observer").name) <= access.NAME_LENGTH
    else:
        with pytest.raises(Refused):
            access.new_participant(played.room, name, "observer")


# Cookies


def test_a_browser_keeps_the_last_seats_it_had_so_that_its_requests_stay_short(mira: User) -> None:
    client, other = Client(), opened(mira)
    theirs = {f"seat_OLDER{n:02}_p-1": "x" * 80 for n in range(access.MOST_SEATS + 5)}
    client.cookies.load({"theme": "dark", **theirs})
    client.post(f"/join/{other.room.code}/", {"name": "Anna", "seat": "observe"})
    left = [name for name, one in client.cookies.items() if one.value and name.startswith("seat_")]
    assert len(left) == access.MOST_SEATS
    assert left[-1].startswith(f"seat_{other.room.code}_")
    assert left[:-1] == list(theirs)[1 - access.MOST_SEATS :], "the newest"
    assert client.cookies["theme"].value == "dark"


# The desk


def test_what_is_prepared_has_a_measure_for_each_account(mira: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttles, "DESK", 4)
    monkeypatch.setattr(throttles, "DESK_WRITES", 2)
    client, other = signed_in(mira), signed_in(User.objects.create_user("second"))
    assert [client.post("/papers/").status_code for _ in range(3)] == [400, 400, 429]
    assert [client.get("/search/?q=a").status_code for _ in range(2)] == [200, 429]
    for address in ("/papers/", "/drafts/"):
        answer = client.get(address)
        assert answer.status_code == 429
        assert b"Wait a minute" in answer.content
    assert client.get("/rooms/").status_code == 200, "the rooms are open"
    assert other.get("/search/?q=a").status_code == 200
    assert Client().get("/").status_code == 200


def test_while_the_database_is_away_the_desk_says_so(mira: User) -> None:
    client = signed_in(mira)

    def gone(*_: Any) -> Any:
        raise OperationalError("gone")

    with connection.execute_wrapper(gone):
        answer = client.get("/papers/")
    assert answer.status_code == 503
    assert b"try again" in answer.content
