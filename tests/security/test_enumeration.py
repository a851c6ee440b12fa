"""What there is cannot be learnt by asking: whatever somebody holds that opens nothing is answered in the same words,
and with the same questions to the database, whether there is such a room and such a person or not.

The number of questions stands for the time that an answer takes; the comparison of signatures is Django's, which takes
the same time for all. The door alone tells which codes there are, and is throttled: see test_door.py.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, Final

import pytest
from django.core.signing import Signer
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.test import Client
from django.test.utils import CaptureQueriesContext
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from rooms import access
from rooms.models import Participant, Room
from tests.security import addresses
from tests.security.addresses import API, READS, ROOM, Address
from tests.security.stage import ACCOUNT, DELEGATE, ELSEWHERE, NOBODY, RIVAL, Stage, staged
from tests.wire.conftest import Server

ABSENT_ROOM, ABSENT_PID = "BBBBBB", "p-00000000"
HERE: Final = {"Sec-Fetch-Site": "same-origin"}


def places(stage: Stage, who: str = DELEGATE) -> dict[str, tuple[str, str]]:
    """Where somebody could knock: (code, person)."""
    there = stage.pid(who)
    return {
        "both are there": (stage.code, there),
        "no such person": (stage.code, ABSENT_PID),
        "no such room": (ABSENT_ROOM, there),
        "neither": (ABSENT_ROOM, ABSENT_PID),
    }


# What somebody holds for a place: forged, or signed by this installation.


def signed(code: str, pid: str, generation: int) -> str:
    return access.ticket_of(Participant(room=Room(code=code), pid=pid, generation=generation))


FORGED: Final[dict[str, Callable[[str, str], str]]] = {
    "nothing": lambda _code, _pid: "",
    "a word": lambda _code, _pid: "stolen",
    "without a signature": lambda code, pid: f"{code}.{pid}.0",
    "with a signature of no key of ours": lambda code, pid: f"{code}.{pid}.0:{'A' * 43}",
    "signed for something else": lambda code, pid: Signer(salt="other").sign(f"{code}.{pid}.0"),
}
OLD: Final[dict[str, Callable[[str, str], str]]] = {
    "of another generation": lambda code, pid: signed(code, pid, 7),
    "of another seat": lambda _code, _pid: signed("CCCCCC", "p-11111111", 0),
}
HELD: Final = {**FORGED, **OLD}


def by_link(code: str, pid: str, ticket: str) -> Any:
    return Client().get(
        Address("seat/<str:code>/<str:pid>/<str:ticket>/").path(code=code, pid=pid, ticket=ticket or "-")
    )


def by_cookie(route: str) -> Callable[[str, str, str], Any]:
    def asked(code: str, pid: str, ticket: str) -> Any:
        client = Client()
        client.cookies[access.cookie_name(code, pid)] = ticket
        return client.get(Address(route).path(code=code, pid=pid))

    return asked


def by_bearer(route: str) -> Callable[[str, str, str], Any]:
    def asked(code: str, pid: str, ticket: str) -> Any:
        path = Address(route).path(code=code, pid=pid)
        return Client().get(path, headers={"Authorization": f"Bearer {ticket}"})

    return asked


def by_command(route: str) -> Callable[[str, str, str], Any]:
    def asked(code: str, pid: str, ticket: str) -> Any:
        path = Address(route).path(code=code, pid=pid)
        told, headers = {"command": "ask_for_floor"}, {**HERE, "Authorization": f"Bearer {ticket}"}
        if route.startswith("api/"):
            return Client().post(path, told, content_type="application/json", headers=headers)
        return Client().post(path, told, headers=headers)

    return asked


WAYS: Final[dict[str, Callable[[str, str, str], Any]]] = {
    "link": by_link,
    "page": by_cookie(ROOM),
    "debrief": by_cookie(f"{ROOM}debrief/"),
    "api": by_bearer(API),
    "events": by_bearer(f"{API}events/"),
    "command": by_command(f"{API}commands/"),
    "form": by_command(f"{ROOM}act/"),
}


def plain(content: bytes, *parts: str) -> bytes:
    """What is said, without what was asked and the tokens that are new on every page."""
    text = b"".join(line for line in content.splitlines() if b"csrfmiddlewaretoken" not in line)
    for part in sorted(parts, key=len, reverse=True):
        text = text.replace(part.encode(), b"...") if part else text
    return text


def answered(ask: Callable[[], Any], *parts: str) -> tuple[int, bytes, str, list[str]]:
    """Status, words, where to, and what the database was asked: the sentences, without what was looked for."""
    with CaptureQueriesContext(connection) as found:
        answer = ask()
    where = plain(answer.headers.get("Location", "").encode(), *parts).decode()
    return answer.status_code, plain(answer.content, *parts), where, [_sentence(one["sql"]) for one in found]


def _sentence(sql: str) -> str:
    return re.sub(r"'[^']*'|\b\d+\b", "?", sql)


def differing(told: dict[str, Any]) -> set[str]:
    """The places at which something else is told than at none."""
    return {place for place, one in told.items() if one != told["neither"]}


@pytest.mark.django_db
@pytest.mark.parametrize("way", WAYS)
def test_what_opens_nothing_is_answered_alike_whatever_is_there(way: str) -> None:
    stage = staged()
    for held, ticket_for in HELD.items():
        told = {}
        for place, (code, pid) in places(stage).items():
            ticket = ticket_for(code, pid)
            told[place] = answered(partial(WAYS[way], code, pid, ticket), code, pid, ticket)
        assert differing(told) == set(), held
        status, _words, _where, asked = told["neither"]
        lookups = [one for one in asked if "rooms_participant" in one]
        assert (status, len(lookups)) == (403, 1 if held == "of another generation" else 0), held


@pytest.mark.django_db
@pytest.mark.parametrize("way", WAYS)
def test_a_link_that_was_revoked_is_answered_as_one_of_nobody(way: str) -> None:
    stage = staged()
    Participant.objects.filter(pid=stage.pid(RIVAL)).update(revoked=True)
    told = []
    for pid in (stage.pid(RIVAL), ABSENT_PID):
        ticket = signed(stage.code, pid, 0)
        told.append(answered(partial(WAYS[way], stage.code, pid, ticket), stage.code, pid, ticket))
    assert told[0] == told[1]
    own = signed(stage.code, stage.pid(DELEGATE), 0)
    assert WAYS[way](stage.code, stage.pid(DELEGATE), own).status_code != 403, (
        "one that opens something is known for it"
    )


def every_question() -> Iterator[tuple[str, str, Address]]:
    """Every address of a room, by every way of asking that it has."""
    for address in addresses.every():
        if "<str:code>" in address.route and address.route != "join/<str:code>/":
            if address.route in READS:
                yield "get", address.route, address
            yield "post", address.route, address


@pytest.mark.django_db
@pytest.mark.parametrize("who", [NOBODY, ACCOUNT, ELSEWHERE])
def test_no_address_tells_a_stranger_what_there_is(who: str) -> None:
    """Neither by its words nor by what it asks the database: from the table of all routes."""
    stage = staged()
    client, found = stage.client(who), []
    for method, route, address in every_question():
        told = {}
        for place, (code, pid) in places(stage, NOBODY).items():
            fields = {} if method == "get" else {"command": "ask_for_floor", "person": pid}
            ask = partial(getattr(client, method), address.path(code=code, pid=pid), fields, headers=HERE)
            told[place] = answered(ask, code, pid)
        found += [f"{method} {route}: {place}" for place in sorted(differing(told))]
    assert not found, "\n".join(found)


# The handshake of a socket


@contextmanager
def lookups(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What all threads ask of who is who, by a room's code."""
    asked, execute = list[str](), CursorWrapper.execute

    def counted(self: CursorWrapper, sql: Any, params: Any = None) -> Any:
        if "rooms_participant" in str(sql) and '"code"' in str(sql):
            asked.append(str(sql))
        return execute(self, sql, params)

    with monkeypatch.context() as patched:
        patched.setattr(CursorWrapper, "execute", counted)
        yield asked


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("path", ["", "follow/"])
def test_a_handshake_is_answered_alike_whatever_is_there(
    server: Server, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = staged()
    for held, ticket_for in HELD.items():
        for way in ("cookie", "bearer"):
            told = set()
            for code, pid in places(stage).values():
                ticket = ticket_for(code, pid)
                header = ("Authorization", f"Bearer {ticket}")
                if way == "cookie":
                    header = ("Cookie", f"{access.cookie_name(code, pid)}={ticket}")
                with lookups(monkeypatch) as asked, pytest.raises(InvalidStatus) as refused:
                    connect(f"ws://127.0.0.1:{server.port}/ws/rooms/{code}/{pid}/{path}", additional_headers=[header])
                response = refused.value.response
                told.add((response.status_code, bytes(response.body), len(asked)))
            [(status, _body, number)] = told
            assert (status, number) == (403, 1 if held == "of another generation" else 0), (held, way)
