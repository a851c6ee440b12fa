"""A link that opens nothing any more: no page, no answer of the API, no command, whatever the record says of whose it
was. And what somebody in the lobby reads: nothing that is said inside."""

import pytest

from rooms.models import Event, Participant
from tests.security import addresses
from tests.security.addresses import ADMITTED, API, CHAIR, PAST, READS, ROOM, SEAT, Address
from tests.security.stage import CHAIR as IN_CHAIR
from tests.security.stage import DELEGATE, OBSERVER, WAITING, Stage, staged
from tests.security.test_secrets import told_to

pytestmark = pytest.mark.django_db


def revoked(who: str) -> Stage:
    """A session that is over, in which somebody's link was revoked and nothing else changed."""
    stage = staged()
    stage.do(IN_CHAIR, "close_session")
    Participant.objects.filter(pid=stage.pid(who)).update(revoked=True)
    return stage


@pytest.mark.parametrize("who", [DELEGATE, IN_CHAIR])
def test_a_revoked_link_opens_no_page_and_no_answer(who: str) -> None:
    stage = revoked(who)
    theirs = [one for one in addresses.every() if READS.get(one.route) in (SEAT, ADMITTED, PAST, CHAIR)]
    assert len(theirs) > 20
    for address in theirs:
        answer = stage.client(who).get(address.path(code=stage.code, pid=stage.pid(who)))
        led_to = answer.headers.get("Location", "")
        assert answer.status_code in (403, 404) or led_to.startswith("/sign-in/"), (address.route, answer.status_code)


def test_a_revoked_link_carries_nothing_out() -> None:
    stage = staged()
    Participant.objects.filter(pid=stage.pid(DELEGATE)).update(revoked=True)
    before = Event.objects.count()
    own = {"code": stage.code, "pid": stage.pid(DELEGATE)}
    asked = {"command": "ask_for_floor", "kind": "statement"}
    here = {"Sec-Fetch-Site": "same-origin"}
    pressed = stage.client(DELEGATE).post(Address(f"{ROOM}act/").path(**own), asked, headers=here)
    asked_for = stage.client(DELEGATE).post(
        Address(f"{API}commands/").path(**own),
        {"command": "ask_for_floor", "data": {}},
        content_type="application/json",
        headers=here,
    )
    assert (pressed.status_code, asked_for.status_code) == (403, 403)
    assert Event.objects.count() == before


def test_who_waits_is_answered_nothing_that_is_said_inside() -> None:
    stage = staged()
    stage.do(IN_CHAIR, "start_item", item="i1")
    stage.do(IN_CHAIR, "chair_statement", text="welcome-by-the-chair")
    stage.do(DELEGATE, "declare_position", issue="scope", preferred="a", public=True, reason="reason-in-public")
    words = ("welcome-by-the-chair", "reason-in-public")
    heard = " ".join(said for _path, said in told_to(stage, OBSERVER))
    assert all(word in heard for word in words)
    assert [path for path, said in told_to(stage, WAITING) if any(word in said for word in words)] == []
