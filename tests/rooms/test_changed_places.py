"""Two delegations change places in a session under a protecting rule: not a byte of any page, export, replay or answer
of the API that anybody else gets afterwards is another one. The same if what was said off the record was not said."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from rooms import access, log
from rooms.domain import agenda, floor, statements
from rooms.models import Participant, Room
from tests.domain.play import CHINA, JAPAN, KOREA, M1, MINUTE, OBSERVER, ROLES, Session
from tests.domain.test_unattributed import PROTECTED, begun, closed, exchange, on_paper

pytestmark = pytest.mark.django_db

READERS = (OBSERVER, KOREA)
ONCE = ("", "earlier/", "debrief/", "debrief.json", "debrief.csv", "debrief.md")
# What time it is for the server, in ms (the session was in 1997), and how far its page had come while it ran.
OF_THE_PAGE = re.compile(r'data-server-now="\d+"|data-cursor="\d+"')
OF_THE_API = ("", "events/", "texts/", "positions/", "agreements/", "debrief/")


def stored(session: Session, code: str) -> Room:
    """The session as if it had been played through the door."""
    stored = Room.objects.create(code=code, title="Monday group")
    log.append(stored.pk, code, "", session.entries, session.state)
    for pid in session.state.seats.people:
        Participant.objects.create(room=stored, pid=pid, name=f"Name of {pid}", role=ROLES.get(pid, "delegate"))
    return stored


def read(stored: Room, pid: str) -> Iterator[tuple[str, str]]:
    """What somebody can look at, by address, without the room's code; of the moments of the past every seventh."""
    client = Client()
    participant = Participant.objects.get(room=stored, pid=pid)
    client.cookies[access.cookie_name(stored.code, pid)] = access.ticket_of(participant)
    pages = [f"/rooms/{stored.code}/{pid}/{rest}" for rest in ONCE]
    data = [f"/api/rooms/{stored.code}/{pid}/{rest}" for rest in OF_THE_API]
    events = client.get(data[1]).json()["events"]
    moments = [f"/rooms/{stored.code}/{pid}/at/{one['cursor']}/" for one in (*events[1::7], events[-1])]
    for address in (*pages, *data, *moments):
        response = client.get(address)
        assert response.status_code == 200, (address, response.content[:300])
        for name, text in _texts(response):
            same = text.replace(access.ticket_of(participant), "TICKET").replace(stored.code, "CODE")
            yield f"{address} {name}".replace(stored.code, "CODE"), OF_THE_PAGE.sub("", same)


def _texts(response: Any) -> Iterator[tuple[str, str]]:
    if response["Content-Type"] == "application/zip":
        with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
            yield from ((name, archive.read(name).decode()) for name in archive.namelist())
    else:
        yield "", response.content.decode()


def same_to_everybody_else(one: Session, other: Session) -> None:
    here, there = stored(one, "BCDFGH"), stored(other, "JKLMNP")
    for reader in READERS:
        first, second = dict(read(here, reader)), dict(read(there, reader))
        assert first.keys() == second.keys()
        for address, text in first.items():
            assert text == second[address], (reader, address)


@pytest.mark.parametrize(("rule", "item"), [*((rule, "i1") for rule in PROTECTED), ("chatham_house", "")])
def test_nobody_else_can_tell_that_two_delegations_changed_places(rule: str, item: str) -> None:
    def played(first: str, second: str) -> Session:
        session = exchange(begun(rule, item), first, second)
        closed(session)
        return session

    same_to_everybody_else(played(JAPAN, CHINA), played(CHINA, JAPAN))


@pytest.mark.parametrize("rule", PROTECTED)
def test_nobody_else_can_tell_who_commented_on_a_text_circulated_a_paper_or_wrote_home(rule: str) -> None:
    def played(first: str, second: str) -> Session:
        session = on_paper(begun(rule, "i1"), first, second)
        closed(session)
        return session

    same_to_everybody_else(played(JAPAN, CHINA), played(CHINA, JAPAN))


def test_nobody_else_can_tell_that_something_was_said_off_the_record() -> None:
    def played(*said: tuple[str, Any]) -> Session:
        session = begun("chatham_house", "i3")
        ends_at = session.now + 2 * MINUTE
        session.done(*said, at=session.now + MINUTE)
        session.done((M1, agenda.EndItem("i3")), at=ends_at)
        closed(session)
        return session

    said = (
        *((M1, floor.CallOn("JPN-MFA")), (JAPAN, statements.MakeStatement("Between us, yes."))),
        *((M1, statements.ChairStatement("Thank you.")), (M1, floor.CallOn("PRC-MFA")), (CHINA, floor.YieldFloor())),
    )
    spoken = played(*said)
    assert len(spoken.state.floor.transcript) == 2
    same_to_everybody_else(spoken, played())
