"""What a real server writes to its log while a class is in a room: that something happened, never who, where or what;
neither in lines for people nor in lines for machines."""

from typing import Any, Final

import pytest

from rooms import figures
from tests.programs import Served
from tests.security.visits import visitors
from tests.wire.client import Line, Place

pytestmark = pytest.mark.served

NAMES: Final = ("Hiroko-Nakamura", "Boris-Petrov", "Mira-in-the-chair")
WORDS: Final = (
    *("word-in-delegation", "word-in-caucus", "note-to-the-chair", "word-out-of-turn", "what-the-caucus-is-about"),
    *("asked-of-the-search", "title-of-the-room", "said-on-the-line", "name-of-a-field"),
)
# Request ids are the client's to choose, and could hold anything.
IDS: Final = ("Hiroko-Nakamura-objects", "our-ports-freeze." * 3 + "so-there", "Boris:" + "b" * 50, "anna.kim")
PAGES: Final = ("", "debrief/", "earlier/", "names/", "mine/", "find/?q=asked-of-the-search", "at/", "no-such-page/")


def played(one: Served) -> list[str]:
    """A room is opened, joined, talked in, and refuses; all keys and words that went through the server."""
    with visitors(one, 4) as (chair, japan, china, stranger):
        chair.sign_in(one.sign_in_link.removeprefix(one.base_url))
        head = chair.open_room("title-of-the-room")
        hiroko, boris = japan.join(head.code, "JPN-MFA", NAMES[0]), china.join(head.code, "PRC-MFA", NAMES[1])
        assert chair.act(head, "start_session")["done"]
        assert japan.act(hiroko, "say_in_delegation", "said-by-Hiroko-Nakamura", text="word-in-delegation")["done"]
        assert japan.act(hiroko, "note_to_chair", text="note-to-the-chair")["done"]
        topic: dict[str, Any] = {"invite": ["JPN", "PRC"], "topic": "what-the-caucus-is-about", "minutes": 10}
        assert chair.act(head, "convene_caucus", **topic)["done"]
        told = china.browser.get(
            f"/api/rooms/{boris.code}/{boris.pid}/events/", headers={"Authorization": f"Bearer {boris.ticket}"}
        )
        [caucus] = {event["data"]["caucus"] for event in told.json()["events"] if "caucus" in event["data"]}
        assert china.act(boris, "say_in_caucus", caucus=caucus, text="word-in-caucus")["done"]
        for number in IDS:  # refused: she is not in the chair
            said = japan.act(hiroko, "chair_statement", number, text="word-out-of-turn")
            assert "code" in said, (number, said)
            assert japan.act(hiroko, "chair_statement", number, **{"name-of-a-field": "word-out-of-turn"})["code"]
        refused_by_form(japan, hiroko)
        refused_on_a_line(one, boris)
        for visitor, place in ((japan, hiroko), (stranger, hiroko), (stranger, Place(head.code, "p-00000000", ""))):
            for page in PAGES:
                visitor.browser.get(f"/rooms/{place.code}/{place.pid}/{page}")
            visitor.browser.get(f"/seat/{place.code}/{place.pid}/{place.ticket}x/")
        stranger.send(f"/join/{head.code}/", {"name": NAMES[2], "seat": "JPN-MFA"})  # taken
        assert chair.act(head, "close_session")["done"]
        for page in PAGES:
            japan.browser.get(f"/rooms/{hiroko.code}/{hiroko.pid}/{page}")
        keys = [key for place in (head, hiroko, boris) for key in (place.pid, place.ticket.rpartition(":")[2])]
        cookies = [chair.browser.cookies["sessionid"], chair.token, japan.token]
        return [head.code, *keys, *cookies]


def refused_by_form(visitor: Any, place: Place) -> None:
    form = {"command": "chair_statement", "text": "word-out-of-turn"}
    for headers in ({"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "cross-site"}):
        for number in (*IDS, "Hiroko Nakamura " * 20):
            sent = {**form, "request_id": number}
            visitor.browser.post(f"/rooms/{place.code}/{place.pid}/act/", data=sent, headers=headers)


def refused_on_a_line(one: Served, place: Place) -> None:
    with Line(one.port, place) as line:
        line.next()
        for number in IDS:
            assert "refused" in line.ask("chair_statement", number, text="said-on-the-line")
        line.send({"command": "Hiroko-Nakamura", "request_id": "Hiroko Nakamura " * 20})
        while "refused" not in line.next():
            pass


@pytest.mark.parametrize("form", ["json", ""], ids=["json", "plain"])
def test_nothing_of_a_class_stands_in_the_log(served: Any, form: str) -> None:
    one: Served = served(NEACD_LOG=form)
    printed = len(one.output.lines)
    keys = played(one)
    assert len(keys) == len(set(keys)) == 10
    assert [number for number, key in enumerate(keys) if len(key) < 6] == []
    one.stop()
    said = "\n".join(one.output.lines[printed:])
    assert [word for word in (*keys, *NAMES, *WORDS, *IDS, "Hiroko", "127.0.0.1") if word in said] == []
    if form == "json":  # it was written to, all the same
        assert said.count('"message": "refused"') > len(IDS) * 3
        assert '"route": "rooms/<str:code>/<str:pid>/act/"' in said
        assert '"command_id": "#' in said
    else:
        assert "403 at rooms/<str:code>/<str:pid>/" in said


@pytest.mark.parametrize("given", ["s17", "17", "0" * 32, "1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed", ""])
def test_an_id_that_a_machine_made_is_logged_as_it_is(given: str) -> None:
    assert figures.in_the_log(given) == given


@pytest.mark.parametrize("given", [*IDS, "ada", "A" * 64, "0041791234567", "dead", "s17.Anna"])
def test_of_any_other_id_a_mark_is_logged_that_says_nothing(given: str) -> None:
    shown = figures.in_the_log(given)
    assert shown == figures.in_the_log(given), "who knows the id finds it"
    assert shown.startswith("#")
    assert len(shown) == 17
    assert given not in shown
    assert shown != figures.in_the_log(f"{given}1")
