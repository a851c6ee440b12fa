"""The database goes while a page is made: also around the views it is said in a sentence, and "Nothing was changed"
only where that is so."""

from collections.abc import Callable
from itertools import count

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError, connection
from django.test import Client, RequestFactory

from neacd.errors import show_away
from rooms.models import Event, Participant
from tests.faults.test_half_done import failing_at
from tests.rooms.kit import live_played

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("path", ["/no-such-page/", "/rooms/"])
def test_also_a_page_that_is_not_there_says_to_who_is_signed_in_that_the_records_are_away(path: str) -> None:
    browser = Client(raise_request_exception=False)
    browser.force_login(User.objects.create_user("moderator"))
    with failing_at(0):
        page, told = browser.get(path), browser.get(path, headers={"Accept": "application/json"})
    assert (page.status_code, told.status_code) == (503, 503)
    assert "<code>unavailable</code>" in page.content.decode()
    assert told.json()["refused"]["code"] == "unavailable"


def test_who_joins_is_told_that_nothing_was_changed_only_if_nothing_was() -> None:
    played = live_played()
    path = f"/join/{played.room.code}/"

    def kept() -> tuple[int, int]:
        return Participant.objects.count(), Event.objects.count()

    said = set[str]()
    for number in count():
        browser, before = Client(raise_request_exception=False), kept()
        with failing_at(number):
            answer = browser.post(path, {"name": f"Ann {number}", "seat": "observe"})
        page = answer.content.decode()
        if answer.status_code == 302:
            break
        assert answer.status_code == 503
        assert "Nothing was changed" not in page or kept() == before
        said.add("unsure" if "<code>unsure</code>" in page else "unavailable")
    assert "unsure" in said


@pytest.mark.parametrize(
    ("sent", "code"), [(RequestFactory().get, "unavailable"), (RequestFactory().post, "unsure")], ids=["read", "sent"]
)
def test_what_was_sent_may_have_been_kept_unless_there_was_no_line_at_all(
    sent: Callable[..., object], code: str
) -> None:
    def told() -> str:
        answer = show_away(sent("/", headers={"Accept": "application/json"}), OperationalError("gone"))
        assert answer is not None
        return answer.content.decode()

    connection.ensure_connection()
    assert f'"{code}"' in told()
    connection.close()
    assert '"unavailable"' in told()
