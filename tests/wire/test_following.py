"""A session that the moderator shows to the class, over real sockets: who may follow, who may lead, what is told."""

import itertools
import json
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from rooms import access, following, log
from rooms.actions import act, now_ms
from rooms.domain.forgetting import ForgetPerson
from rooms.models import Participant, SharedReplay
from tests.faults.door import Door
from tests.programs import Served
from tests.rooms.kit import Played, live_played, open_played
from tests.wire.client import SOON, Place
from tests.wire.conftest import Server

pytestmark = pytest.mark.django_db(transaction=True)

TOLD = {"open", "at", "playing", "speed", "since", "now"}


def closed_played() -> Played:
    played = live_played()
    played.do("moderator", "chair_statement", text="Welcome.")
    played.do("JPN-MFA", "say_in_delegation", text="Only among us in Tokyo.")
    played.do("moderator", "close_session")
    return played


def place(who: Participant) -> Place:
    return Place(who.room.code, who.pid, access.ticket_of(who))


def ticket(who: Participant) -> dict[str, str]:
    return {"Authorization": f"Bearer {access.ticket_of(who)}"}


@contextmanager
def followed(port: int, where: Place, **headers: str) -> Iterator[ClientConnection]:
    address = f"ws://127.0.0.1:{port}/ws/rooms/{where.code}/{where.pid}/follow/"
    with connect(address, additional_headers=headers or {"Authorization": f"Bearer {where.ticket}"}) as line:
        yield line


def follows(server: Server, who: Participant, **headers: str) -> AbstractContextManager[ClientConnection]:
    return followed(server.port, place(who), **headers)


def told(line: ClientConnection, patience: float = SOON) -> dict[str, Any]:
    heard: dict[str, Any] = json.loads(line.recv(patience))
    assert set(heard) == TOLD, "an instant and how it runs on, and nothing else"
    return heard


def told_until(line: ClientConnection, fits: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    return next(heard for heard in iter(lambda: told(line), None) if fits(heard))


def silent(line: ClientConnection, patience: float = 0.4) -> bool:
    try:
        line.recv(patience)
    except TimeoutError:
        return True
    return False


def closed_with(line: ClientConnection) -> int:
    try:
        while True:
            line.recv(SOON)
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else 0


def refused_at_the_door(server: Server, who: Participant, **headers: str) -> bool:
    try:
        with follows(server, who, **headers):
            return False
    except InvalidStatus:
        return True


def posted(port: int, where: Place, page: str, site: str = "same-origin", **fields: object) -> httpx.Response:
    headers = {"Authorization": f"Bearer {where.ticket}", "Accept": "application/json", "Sec-Fetch-Site": site}
    address = f"http://127.0.0.1:{port}/rooms/{where.code}/{where.pid}/{page}/"
    return httpx.post(address, data={key: str(value) for key, value in fields.items()}, headers=headers)


def shows(server: Server, who: Participant, site: str = "same-origin", **fields: object) -> httpx.Response:
    return posted(server.port, place(who), "show", site, **fields)


def asks(server: Server, who: Participant, accept: str = "application/json") -> httpx.Response:
    address = f"http://127.0.0.1:{server.port}/rooms/{who.room.code}/{who.pid}/show/"
    return httpx.get(address, headers={**ticket(who), "Accept": accept})


# Who may follow


def test_everybody_who_was_let_in_follows_once_the_session_is_closed(server: Server) -> None:
    played = closed_played()
    for who in ("moderator", "JPN-MFA", "observer"):
        with follows(server, played.people[who]) as line:
            assert told(line)["open"] is False


def test_before_that_only_moderators_do(server: Server) -> None:
    played = live_played()
    with follows(server, played.people["moderator"]) as line:
        assert told(line)["open"] is False
    assert refused_at_the_door(server, played.people["JPN-MFA"])
    assert asks(server, played.people["JPN-MFA"]).json()["refused"]["code"] == "still_open"


def test_no_stranger_follows_nor_anybody_with_the_seat_of_another_room(server: Server) -> None:
    played, other = closed_played(), closed_played()
    seat = played.people["JPN-MFA"]
    assert refused_at_the_door(server, seat, Authorization="Bearer nothing")
    assert refused_at_the_door(server, seat, **ticket(other.people["JPN-MFA"]))
    assert refused_at_the_door(server, seat, **ticket(played.people["moderator"]))
    assert refused_at_the_door(server, seat, **ticket(seat), Origin="https://elsewhere.example")


def test_who_still_waits_in_the_lobby_does_not_follow(server: Server) -> None:
    played = open_played(automatic=False)
    played.do("moderator", "start_session")
    played.do("moderator", "close_session")
    assert refused_at_the_door(server, played.people["JPN-MFA"])
    assert asks(server, played.people["JPN-MFA"]).status_code == 403


def test_who_was_removed_does_not_follow(server: Server) -> None:
    played = live_played()
    played.do("moderator", "remove_person", person=played.pid("PRC-MFA"))
    played.do("moderator", "close_session")
    assert refused_at_the_door(server, played.people["PRC-MFA"])


@pytest.mark.parametrize("change", [{"generation": 7}, {"revoked": True}])
def test_who_loses_the_seat_is_sent_away_at_the_next_ping(server: Server, change: dict[str, Any]) -> None:
    played = closed_played()
    with follows(server, played.people["JPN-MFA"]) as line:
        told(line)
        Participant.objects.filter(pid=played.pid("JPN-MFA")).update(**change)
        line.send(following.PING)
        assert closed_with(line) == 4403


def test_a_page_of_ours_is_told_to_stay_away_and_not_only_turned_down(server: Server) -> None:
    """A browser does not hear why a line was refused, and would come back for ever."""
    played = closed_played()
    seat = played.people["PRC-MFA"]
    act(played.room.pk, played.pid("moderator"), ForgetPerson(seat.pid))
    own = {"Origin": f"http://127.0.0.1:{server.port}"}
    with follows(server, seat, **ticket(seat), **own) as line:
        assert closed_with(line) == 4403


# Who may lead


def test_only_moderators_show_anything(server: Server) -> None:
    played = closed_played()
    with follows(server, played.people["observer"]) as line:
        told(line)
        for who in ("JPN-MFA", "observer"):
            answer = shows(server, played.people[who], at=5, speed=1)
            assert (answer.status_code, answer.json()["refused"]["code"]) == (403, "not_moderator")
            assert shows(server, played.people[who], stop=1).status_code == 403
        assert silent(line)
    assert not SharedReplay.objects.exists()


def test_another_sites_page_shows_nothing(server: Server) -> None:
    played = closed_played()
    answer = shows(server, played.people["moderator"], site="cross-site", at=5, speed=1)
    assert answer.json()["refused"]["code"] == "foreign_page"
    assert not SharedReplay.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"at": -1, "speed": 1},
        {"at": "x", "speed": 1},
        {"at": 5, "speed": 7},
        {"at": 5, "speed": 60_000},
        {"at": 10**15 * 9, "speed": 60, "playing": 1, "code": "x"} | {"at": 2**53 + 1},
        {"at": "9" * 400, "speed": 1},
        {"at": "٣", "speed": 1},
    ],
)
def test_what_is_no_moment_is_refused(server: Server, fields: dict[str, Any]) -> None:
    played = closed_played()
    answer = shows(server, played.people["moderator"], **fields)
    assert (answer.status_code, answer.json()["refused"]["code"]) == (400, "bad_shape")
    assert not SharedReplay.objects.exists()


def test_of_two_moderators_the_later_word_counts(server: Server) -> None:
    played = live_played()
    played.join("second", "moderator")
    played.do("moderator", "close_session")
    with follows(server, played.people["JPN-MFA"]) as line:
        first = shows(server, played.people["moderator"], at=1_000, speed=1).json()
        second = shows(server, played.people["second"], at=2_000, speed=1).json()
        assert second["since"] > first["since"]
        assert told_until(line, lambda heard: heard["since"] == second["since"])["at"] == 2_000
        shows(server, played.people["second"], stop=1)
        assert told_until(line, lambda heard: not heard["open"])


# What is told


def test_followers_are_told_when_the_moderator_moves_plays_and_pauses(server: Server) -> None:
    played = closed_played()
    chair = played.people["moderator"]
    with follows(server, played.people["JPN-MFA"]) as japan, follows(server, played.people["observer"]) as guest:
        for line in (japan, guest):
            assert told(line)["open"] is False
        shows(server, chair, at=1_000, speed=1)
        for line in (japan, guest):
            heard = told(line)
            assert (heard["open"], heard["at"], heard["playing"], heard["speed"]) == (True, 1_000, False, 1)
        shows(server, chair, at=1_500, speed=30, playing=1)
        for line in (japan, guest):
            heard = told(line)
            assert (heard["at"], heard["playing"], heard["speed"]) == (1_500, True, 30)
        shows(server, chair, stop=1)
        for line in (japan, guest):
            assert told(line)["open"] is False


def test_who_comes_late_is_told_since_when_it_runs(server: Server) -> None:
    played = closed_played()
    before = now_ms()
    shows(server, played.people["moderator"], at=1_000, speed=60, playing=1)
    time.sleep(0.1)
    with follows(server, played.people["observer"]) as line:
        heard = told(line)
    assert before <= heard["since"] <= heard["now"] - 100
    assert (heard["at"], heard["speed"]) == (1_000, 60)
    assert asks(server, played.people["observer"]).json() == {**heard, "now": pytest.approx(heard["now"], abs=5_000)}


def test_the_same_is_told_to_everybody_and_only_instants(server: Server) -> None:
    """Whoever they are and whatever they may read: nobody can tell from it what others' records hold."""
    played = closed_played()
    record = log.read(played.room.pk)
    shows(server, played.people["moderator"], at=record[-1].at, speed=1)
    heard = []
    for who in ("moderator", "JPN-MFA", "PRC-MFA", "observer"):
        with follows(server, played.people[who]) as line:
            heard.append({name: value for name, value in told(line).items() if name != "now"})
    assert all(one == heard[0] for one in heard)
    assert set(heard[0]) == TOLD - {"now"}
    assert all(isinstance(value, bool | int) for value in heard[0].values())


def test_nothing_is_heard_of_another_room(server: Server) -> None:
    played, other = closed_played(), closed_played()
    with follows(server, other.people["observer"]) as line:
        told(line)
        shows(server, played.people["moderator"], at=1_000, speed=1)
        assert silent(line)
    assert asks(server, other.people["observer"]).json()["open"] is False


def test_a_page_without_script_is_led_to_the_moment_in_its_own_record(server: Server) -> None:
    played = closed_played()
    seat = f"/rooms/{played.room.code}/{played.pid('observer')}"
    assert asks(server, played.people["observer"], "text/html").headers["Location"] == f"{seat}/debrief/"
    record = log.read(played.room.pk)
    for at in (0, record[3].at, record[-1].at):
        shows(server, played.people["moderator"], at=at, speed=1)
        found = asks(server, played.people["observer"], "text/html")
        assert found.headers["Cache-Control"] == "no-store"
        assert found.headers["Location"].startswith(f"{seat}/at/")
        assert found.headers["Location"].endswith("/#follow")
        page = httpx.get(
            f"http://127.0.0.1:{server.port}{found.headers['Location']}", headers=ticket(played.people["observer"])
        )
        assert page.status_code == 200
        assert "Only among us in Tokyo." not in page.text


# What a socket may say


@pytest.mark.parametrize(
    "message",
    ["", "pong", "{}", '{"at": 5}', "[" * 50_000, b"\x00\xff", b"ping", '{"type": "shown.changed"}', "ping" * 9],
)
def test_garbage_ends_the_line_and_changes_nothing(server: Server, message: str | bytes) -> None:
    played = closed_played()
    with follows(server, played.people["moderator"]) as line, follows(server, played.people["observer"]) as other:
        told(line)
        told(other)
        line.send(message)
        assert closed_with(line) == following.NOT_UNDERSTOOD
        assert silent(other)
    assert not SharedReplay.objects.exists()


def test_a_ping_is_answered_with_what_is_shown(server: Server) -> None:
    played = closed_played()
    with follows(server, played.people["observer"]) as line:
        told(line)
        SharedReplay.objects.create(room=played.room, open=True, at=77, since=now_ms())  # a word that was lost
        line.send(following.PING)
        assert told(line)["at"] == 77


def test_too_many_pings_end_the_line(server: Server) -> None:
    played = closed_played()
    with follows(server, played.people["observer"]) as line:
        for _ in range(200):
            try:
                line.send(following.PING)
            except ConnectionClosed:
                break
        assert closed_with(line) == 1013


def test_a_moderator_who_scrubs_fast_holds_nobody_up(server: Server) -> None:
    """Everybody ends where the moderator does; what lies between may be left out."""
    played = closed_played()
    with follows(server, played.people["observer"]) as slow, follows(server, played.people["JPN-MFA"]) as line:
        for at in itertools.count(1_000, 10):
            answer = shows(server, played.people["moderator"], at=at, speed=1)
            if at == 1_300:
                last = answer.json()["since"]
                break
        assert told_until(line, lambda heard: heard["since"] == last)["at"] == 1_300
        assert told_until(slow, lambda heard: heard["since"] == last)["at"] == 1_300


@pytest.mark.redis
@pytest.mark.served
def test_who_follows_at_one_process_hears_of_the_moderator_at_another(
    served: Callable[..., Served], redis_server: str
) -> None:
    first = served(REDIS_URL=redis_server)
    second = served(var=first.var, REDIS_URL=redis_server)
    with Door(first) as door:
        chair = door.open_room()
        guest = door.join(chair.code)
    for command in ("start_session", "close_session"):
        assert posted(first.port, chair, "act", command=command).json() == {"done": True}
    with followed(second.port, guest) as line:
        assert told(line)["open"] is False
        assert posted(first.port, chair, "show", at=1_000, speed=2, playing=1).status_code == 200
        heard = told(line)
        assert (heard["at"], heard["speed"], heard["playing"]) == (1_000, 2, True)
