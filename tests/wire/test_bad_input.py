"""What a clumsy or hostile client sends on a real socket: a clear refusal, nothing half-done, nothing lost."""

import json
import socket
from contextlib import suppress

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from rooms import access, log, pace
from rooms.models import Event, Room
from rooms.sockets import COME_BACK
from tests.rooms.kit import Played, live_played
from tests.wire.client import SOON, Client
from tests.wire.conftest import Server

pytestmark = pytest.mark.django_db(transaction=True)

SPEECH = "word " * 2_000  # what a long-winded delegate pastes: must go through


def refusal(client: Client, message: object) -> str:
    client.send(message)  # type: ignore[arg-type]
    while True:
        answer = client.next()
        if "refused" in answer:
            sentence: str = answer["refused"]["message"]
            assert sentence.endswith(".")
            return str(answer["refused"]["code"])


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("not json", "bad_shape"),
        ("[1, 2]", "bad_shape"),
        ("null", "bad_shape"),
        ("[" * 50_000, "bad_shape"),
        (b"\x00\xff binary", "too_long"),
        ({"command": "ask_for_floor", "data": "x"}, "bad_shape"),
        ({"command": 7, "data": {}}, "unknown_command"),
        ({"command": "__class__", "data": {}}, "unknown_command"),
        ({"command": "\ud800", "data": {}}, "unknown_command"),
        ({"command": "ask_for_floor", "data": {"\ud800\x00": 1}}, "unknown_field"),
        ({"command": "open_room", "data": {}}, "unknown_command"),
        ({"command": "ask_for_floor", "data": {"delegation": "PRC"}}, "unknown_field"),
        ({"command": "make_statement", "data": {"text": {"a": 1}}}, "bad_type"),
        ({"command": "make_statement", "data": {"text": "x" * 16_001}}, "too_long"),
        ({"command": "chair_statement", "data": {"text": "I am the chair"}}, "not_moderator"),
        ({"command": "next_speaker", "data": {}}, "not_moderator"),
        ({"command": "make_statement", "data": {"text": "out of turn"}}, "no_floor"),
        ({"command": "ask_for_floor", "data": {}, "request_id": "a b"}, "bad_request_id"),
        ({"command": "ask_for_floor", "data": {}, "request_id": {"x": 1}}, "bad_request_id"),
        ({"headers": 5, "body": {"command": "yield_floor"}}, "no_floor"),
        ({"hello": {"cursor": 0}}, "already_here"),
    ],
)
def test_a_bad_message_is_refused_and_the_line_stays_open(server: Server, message: object, code: str) -> None:
    played = live_played()
    changes = Event.objects.exclude(name="notes.refusal_noted")  # what the chair is told of it
    before = changes.count()
    with Client(server, played.people["JPN-MFA"]) as japan:
        japan.next()
        assert refusal(japan, message) == code
        assert changes.count() == before
        assert japan.ask("ask_for_floor")["done"]


def test_a_message_beyond_all_measure_ends_the_line_and_one_comes_back(server: Server) -> None:
    played = live_played()
    with Client(server, played.people["JPN-MFA"]) as japan:
        japan.next()
        assert refusal(japan, json.dumps({"command": "make_statement", "data": {"text": "x" * 70_000}})) == "too_long"
    with Client(server, played.people["JPN-MFA"]) as japan:
        japan.next()
        assert japan.ask("ask_for_floor")["done"]


def test_a_long_speech_in_any_script_goes_through_as_text(server: Server) -> None:
    played = live_played()
    text = SPEECH + "\u202e<script>alert(1)</script> 안녕하십니까 \x00\x07"
    with (
        Client(server, played.people["JPN-MFA"]) as japan,
        Client(server, played.people["PRC-MFA"], dialect="html") as china,
    ):
        japan.next()
        start = china.next()["cursor"]
        japan.ask("ask_for_floor")
        played.do("moderator", "next_speaker")
        assert japan.ask("make_statement", text=text)["done"]
        china.until(start + 4)
        shown = china.panels["transcript"]
        assert "<script>" not in shown
        assert "&lt;script&gt;" in shown
        assert "안녕하십니까" in shown
        assert "\x00" not in shown


def test_the_same_request_id_twice_is_carried_out_once_and_answered_twice(server: Server) -> None:
    played = live_played()
    with Client(server, played.people["JPN-MFA"]) as japan:
        japan.next()
        assert japan.ask("ask_for_floor", request_id="same")["done"]
        assert japan.ask("ask_for_floor", request_id="same")["done"]
        assert "refused" in japan.ask("ask_for_floor", request_id="other")
    assert Event.objects.filter(name="floor.requested").count() == 1


def test_two_moderators_press_next_at_once_on_two_sockets(server: Server) -> None:
    played = live_played()
    played.join("second", "moderator")
    played.do("JPN-MFA", "ask_for_floor")
    played.do("PRC-MFA", "ask_for_floor")
    with Client(server, played.people["moderator"]) as one, Client(server, played.people["second"]) as two:
        one.next()
        two.next()
        press = {"command": "next_speaker", "data": {"seen": ""}, "request_id": "n"}
        one.send(press)
        two.send(press)
        answers = []
        for client in (one, two):
            while True:
                answer = client.next()
                if answer.get("request_id") == "n":
                    break
            answers.append(answer["refused"]["code"] if "refused" in answer else "done")
    assert sorted(answers) == ["changed_meanwhile", "done"]
    assert Event.objects.filter(name="floor.given").count() == 1


def test_too_much_at_once_is_slowed_down_and_nothing_breaks(server: Server) -> None:
    played = live_played()
    with Client(server, played.people["observer"]) as observer, Client(server, played.people["JPN-MFA"]) as japan:
        observer.next()
        japan.next()
        for _ in range(300):
            observer.send({"command": "ask_for_floor", "data": {}})
        assert japan.ask("ask_for_floor")["done"]
        codes: list[str] = []
        while len(codes) < 300:
            message = observer.next()
            codes += [message["refused"]["code"]] if "refused" in message else []
        assert set(codes) == {"not_delegate", "slow_down"}


def test_garbage_without_end_is_answered_for_a_while_and_then_the_line_is_closed(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "REFUSALS", 50.0)
    monkeypatch.setattr(pace, "REFUSALS_PER_SECOND", 0.001)  # however slow the machine is that this runs on
    played = live_played()
    with Client(server, played.people["PRC-MFA"]) as china, Client(server, played.people["JPN-MFA"]) as japan:
        china.next()
        japan.next()
        with suppress(ConnectionClosed):
            for _ in range(100):
                china.send("garbage")
        assert china.closed_with() == COME_BACK
        assert japan.ask("ask_for_floor")["done"], "nobody else suffers from it"
        with pytest.raises(ConnectionClosed) as closed, Client(server, played.people["PRC-MFA"]) as again:
            again.socket.recv(SOON)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == COME_BACK, "coming back at once is no way round it"


def test_an_address_of_no_sockets_is_refused_like_a_seat_that_is_not_theirs(server: Server) -> None:
    with pytest.raises(InvalidStatus) as refused:
        connect(f"ws://127.0.0.1:{server.port}/ws/nowhere/")
    assert refused.value.response.status_code == 403


@pytest.mark.parametrize(
    ("path", "cookie", "answer"),
    [("x" * 9_000, "", b"HTTP/1.1 414 "), ("x", "a" * 9_000, b"HTTP/1.1 431 ")],
    ids=["address", "header"],
)
def test_a_handshake_beyond_measure_is_answered_and_let_go(
    server: Server, path: str, cookie: str, answer: bytes
) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as line:
        asks = f"GET /ws/{path}/ HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n"
        upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        line.sendall(f"{asks}{upgrade}Sec-WebSocket-Key: {'A' * 22}==\r\n\r\n".encode())
        told = b""
        while piece := line.recv(65_536):
            told += piece
    assert told.startswith(answer)


def open_status(server: Server, played: Played, headers: dict[str, str], pid: str = "") -> int:
    address = f"ws://127.0.0.1:{server.port}/ws/rooms/{played.room.code}/{pid or played.pid('JPN-MFA')}/"
    try:
        with connect(address, additional_headers=headers):
            return 101
    except InvalidStatus as refused:
        return refused.response.status_code


def test_a_socket_opens_only_for_its_own_ticket_and_our_own_pages(server: Server) -> None:
    played = live_played()
    own, other = access.ticket_of(played.people["JPN-MFA"]), access.ticket_of(played.people["PRC-MFA"])
    cookie = access.cookie_name(played.room.code, played.pid("JPN-MFA"))
    here = f"http://127.0.0.1:{server.port}"
    assert open_status(server, played, {"Cookie": f"{cookie}={own}", "Origin": here}) == 101
    assert open_status(server, played, {"Cookie": f"{cookie}={own}"}) == 101
    assert open_status(server, played, {"Cookie": f"{cookie}={own}", "Origin": "http://evil.example"}) == 403
    assert open_status(server, played, {"Cookie": f"{cookie}={other}", "Origin": here}) == 403
    assert open_status(server, played, {"Cookie": f"{cookie}=nonsense"}) == 403
    assert open_status(server, played, {}) == 403
    assert open_status(server, played, {"Authorization": f"Bearer {own}"}, pid=played.pid("PRC-MFA")) == 403


def test_a_form_from_another_site_is_refused(server: Server) -> None:
    played = live_played()
    cookie = access.cookie_name(played.room.code, played.pid("JPN-MFA"))
    cookies = {cookie: access.ticket_of(played.people["JPN-MFA"])}
    address = f"http://127.0.0.1:{server.port}/rooms/{played.room.code}/{played.pid('JPN-MFA')}/act/"
    form = {"command": "ask_for_floor"}
    for headers in ({}, {"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = httpx.post(address, data=form, cookies=cookies, headers={"Accept": "application/json", **headers})
        assert answer.status_code == 403
        assert answer.json()["refused"]["code"] == "foreign_page"
    own = {"Accept": "application/json", "Origin": f"http://127.0.0.1:{server.port}"}
    assert httpx.post(address, data=form, cookies=cookies, headers=own).json() == {"done": True}
    assert log.verify(Room.objects.get(pk=played.room.pk)) is None


def test_a_picture_longer_than_any_queue_still_reaches_who_reads(server: Server) -> None:
    """A colleague pasted much: whoever were closed for the length of one frame could never come back."""
    played = live_played()
    for _ in range(15):
        played.do("JPN-MFA", "say_in_delegation", text='"' * 16_000)
    with Client(server, played.people["JPN-MOD"], dialect="html") as colleague:
        assert len(colleague.next()["content"]) > 1_000_000
        played.do("JPN-MFA", "say_in_delegation", text="That was all.")
        colleague.next()
        assert "That was all." in colleague.panels["channel"]
