"""Anything at all on a real socket: an answer in words or an end of the line; nothing half-done, nothing in the log."""

import json
import logging
from dataclasses import fields
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from websockets.exceptions import ConnectionClosed

from rooms import log, pace
from rooms.domain.fold import COMMANDS
from rooms.models import Event
from tests.domain.every_command import USES
from tests.rooms.kit import Played, live_played
from tests.wire.client import Client
from tests.wire.conftest import Server

pytestmark = pytest.mark.django_db(transaction=True)

EXAMPLES = 150  # for each role in each dialect
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
SHAPED = st.fixed_dictionaries(
    {},
    optional={
        "command": st.sampled_from(sorted(COMMANDS)) | ANY_JSON,
        "data": ANY_JSON,
        "body": ANY_JSON,
        "headers": ANY_JSON,
        "request_id": st.text(max_size=80) | ANY_JSON,
        "hello": ANY_JSON,
    },
)


@st.composite
def mutated(draw: st.DrawFn) -> dict[str, Any]:
    """A legal command with one of its fields changed, left out or added."""
    name = draw(st.sampled_from(sorted(USES)))
    command = USES[name].command
    data = {one.name: getattr(command, one.name) for one in fields(command)}
    changed = draw(st.sampled_from([*data, "more"]))
    if draw(st.booleans()):
        data[changed] = draw(ANY_JSON)
    else:
        data.pop(changed, None)
    return {"command": name, "data": data}


def as_a_page_sends_it(told: dict[str, Any]) -> dict[str, Any]:
    """The same from htmx: fields of a form, and a header with the request's id."""
    return {"headers": {"HX-Request-ID": "0" * 32}, "body": {"command": told["command"], **told["data"]}}


MESSAGES = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=200),
    ANY_JSON.map(json.dumps),
    SHAPED.map(json.dumps),
    mutated().map(lambda one: json.dumps(one, default=list)),
    mutated().map(lambda one: json.dumps(as_a_page_sends_it(one), default=list)),
)


def record(played: Played) -> list[str]:
    """The names of all that was written by others than the clock's note of what was refused."""
    rows = Event.objects.filter(room=played.room).exclude(name="notes.refusal_noted")
    return list(rows.order_by("seq").values_list("name", flat=True))


@pytest.mark.parametrize("dialect", ["json", "html"])
@pytest.mark.parametrize("who", ["observer", "JPN-MFA", "moderator"])
def test_whatever_is_said_on_a_line_nothing_breaks(
    server: Server, who: str, dialect: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "BURST", 10**9)
    played = live_played()
    begun = record(played)

    def comes() -> Client:
        """A program or a browser, from the beginning of the record."""
        line = Client(server, played.people[who], dialect=dialect)
        line.next()
        return line

    client = comes()
    done: list[str] = []
    ended: list[int] = []

    @settings(suppress_health_check=list(HealthCheck), max_examples=EXAMPLES, deadline=None)
    @given(MESSAGES)
    @example('{"command": "leave_seat", "data": {}}')
    def told(message: bytes | str) -> None:
        nonlocal client
        try:
            client.send(message)
            client.send('{"command": "no-such-command", "request_id": "last"}')
            while True:
                answer = client.next()
                # "reload": what was said was legal, and moved them to another place in the room.
                assert {"refused", "done", "cursor", "reload"} & set(answer), answer
                if "refused" in answer:
                    assert answer["refused"]["message"]
                    assert answer["refused"]["code"] != "unavailable"
                if answer.get("done") or "reload" in answer:  # who left their seat may hear no more than that
                    done.append(str(message))
                if answer.get("request_id") == "last":
                    return
        except ConnectionClosed as closed:
            ended.append(closed.rcvd.code if closed.rcvd else 0)
            client = comes()

    with caplog.at_level(logging.WARNING):
        told()
    client.line.close()
    assert [one.getMessage() for one in caplog.records if one.levelno >= logging.ERROR or one.exc_info] == []
    assert 1011 not in ended, "a line that we ended because something broke"
    assert log.verify(played.room) is None
    if who == "observer":
        assert record(played) == begun, "who may do nothing has done nothing"
    elif not done:
        assert record(played) == begun
