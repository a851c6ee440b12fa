"""Every address of the site, asked by everybody: made from the routes, so that no new page is forgotten."""

import pytest

from rooms.models import Event, Participant, Room
from tests.security import addresses
from tests.security.addresses import (
    ADMITTED,
    ALL,
    CHAIR,
    MODERATORS,
    OWNER,
    PAST,
    READS,
    SEAT,
    WRITES_ALONE,
    Address,
)
from tests.security.stage import ACCOUNT, ELSEWHERE, EVERYBODY, INSIDE, NOBODY, WAITING, Stage, staged
from tests.security.stage import CHAIR as IN_CHAIR

pytestmark = pytest.mark.django_db

ALLOWED = {
    ALL: EVERYBODY,
    SEAT: (*INSIDE, WAITING),
    ADMITTED: INSIDE,
    PAST: INSIDE,
    CHAIR: (IN_CHAIR,),
    MODERATORS: (IN_CHAIR, ACCOUNT),
    OWNER: (IN_CHAIR,),
}
NOT_THERE = 404


def test_every_address_stands_in_the_table() -> None:
    routes = {one.route for one in addresses.every()}
    assert routes == READS.keys() | WRITES_ALONE.keys()
    assert not READS.keys() & WRITES_ALONE.keys()


def answered(stage: Stage, who: str, address: Address) -> int:
    """The status of an answer; that of a refusal for who is led to the sign-in."""
    path = address.path(code=stage.code, pid=stage.pid(who))
    answer = stage.client(who).get(path, headers={"Accept": "*/*"})
    if answer.status_code == 302 and answer["Location"].startswith("/sign-in/"):
        return 401
    return answer.status_code


def wrong(stage: Stage, *, over: bool) -> list[str]:
    """Who is answered what they may not read, or refused what they may; or anything that broke."""
    found = []
    for address in addresses.every():
        whose = READS.get(address.route)
        if whose is None or address.route in addresses.OF_THE_HOUSE:
            continue
        for who in EVERYBODY:
            status = answered(stage, who, address)
            refused = status in (401, 403) or (whose == OWNER and status == NOT_THERE)
            early = whose in (PAST, CHAIR) and not over and who in INSIDE and who != IN_CHAIR
            if status >= 500:
                found.append(f"{who} breaks {address.route}: {status}")
            elif early and status not in (403, 409):
                found.append(f"{who} looks back too early at {address.route}: {status}")
            elif not early and who not in ALLOWED[whose] and not refused:
                found.append(f"{who} reads {address.route}: {status}")
    return found


def test_while_a_session_runs_nobody_reads_what_is_not_theirs() -> None:
    stage = staged()
    before = Event.objects.count(), Participant.objects.count(), Room.objects.count()
    found = wrong(stage, over=False)
    assert not found, "\n".join(found)
    assert (Event.objects.count(), Participant.objects.count(), Room.objects.count()) == before, (
        "reading writes nothing"
    )


def test_once_it_is_closed_nobody_reads_what_is_not_theirs() -> None:
    stage = staged()
    stage.do(IN_CHAIR, "close_session")
    found = wrong(stage, over=True)
    assert not found, "\n".join(found)


def test_those_who_may_do_read_their_own_pages() -> None:
    """So that the tables above are not kept by refusing everything."""
    stage = staged()
    room, texts = Address(addresses.ROOM), Address(f"{addresses.API}texts/")
    for who in (*INSIDE, WAITING):
        assert answered(stage, who, room) == 200
        assert answered(stage, who, texts) == 200
    assert answered(stage, IN_CHAIR, Address("rooms/")) == answered(stage, ACCOUNT, Address("rooms/")) == 200
    stage.do(IN_CHAIR, "close_session")
    for route in (f"{addresses.ROOM}debrief/", addresses.AT, f"{addresses.AT}panels/", f"{addresses.ROOM}find/"):
        assert {answered(stage, who, Address(route)) for who in INSIDE} == {200}, route


def test_a_room_that_is_not_there_is_answered_as_one_that_is_somebody_elses() -> None:
    """Else whoever asks for one code after the other, past the throttle of the door, learns which rooms there are."""
    stage = staged()
    for address in addresses.every():
        if "<str:code>" not in address.route or address.route in ("join/<str:code>/", *WRITES_ALONE):
            continue
        for who in (NOBODY, ACCOUNT, ELSEWHERE):  # the others hold a ticket of this very room
            client, pid = stage.client(who), stage.pid(NOBODY)
            there = client.get(address.path(code=stage.code, pid=pid))
            nowhere = client.get(address.path(code="BBBBBB", pid=pid))
            told = [one.content.replace(stage.code.encode(), b"BBBBBB") for one in (there, nowhere)]
            assert (there.status_code, _plain(told[0])) == (nowhere.status_code, _plain(told[1])), (who, address.route)


def _plain(content: bytes) -> bytes:
    """Without the tokens that are new on every page."""
    return b"".join(line for line in content.splitlines() if b"csrfmiddlewaretoken" not in line)
