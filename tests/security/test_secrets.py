"""A hostile delegate with a terminal asks every address there is, while the session runs and after, for words that are
somebody else's; and the log is searched for the keys to the doors."""

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Final

import httpx
import pytest

from rooms import access, throttles
from rooms.process import folds
from tests.programs import PATIENCE, Served
from tests.security import addresses
from tests.security.addresses import API, AT, ROOM, Address
from tests.security.stage import CHAIR, DELEGATE, OBSERVER, RIVAL, SCREEN, WAITING, Stage, staged
from tests.wire.client import SOON, Line, Place
from tests.wire.conftest import Server

PACK: Final = "mandate-of-{}"
# Who may read a secret besides its own side while the session runs; nobody further may afterwards, by what is shared.
CONFIDENCES: Final = {
    "word-in-delegation": (),
    "word-in-caucus": (),
    "draft-of-japan": (),
    "to-tokyo": (CHAIR,),
    "note-to-the-chair": (CHAIR,),
    "word-from-the-chair": (CHAIR,),
    "news-for-japan": (CHAIR,),
    "said-among-officials": (CHAIR, RIVAL),
    "mark-of-the-chair": (CHAIR,),
    "position-at-home": (),
}
NAME: Final = "Hiroko-Nakamura"  # read by all at the table; once it is over by who keeps the assessment record alone
EYES: Final = ("", "observers", "moderators", "JPN-MFA", "JPN-MOD", "PRC-MFA", "ROK-MFA", "USA-MFA")


def played(monkeypatch: pytest.MonkeyPatch) -> Stage:
    """A room in which each of these words has been said where it belongs."""
    monkeypatch.setattr(throttles, "PAGES", 10**6)
    monkeypatch.setattr(throttles, "REPORTS", 10**6)
    stage = staged(packs=PACK.format)
    japan, china = DELEGATE, "PRC-MFA"
    stage.played.room.participants.filter(pid=stage.pid(japan)).update(name=NAME)
    stage.do(japan, "say_in_delegation", text="word-in-delegation")
    stage.do(CHAIR, "convene_caucus", invite=("JPN", "PRC"), topic="Fuel", minutes=10)
    [caucus] = state_of(stage).caucuses.known
    stage.do(china, "say_in_caucus", caucus=caucus, text="word-in-caucus")
    stage.do(CHAIR, "call_back")
    stage.do(japan, "keep_draft", text="draft-of-japan")
    stage.do(japan, "write_to_capital", words="to-tokyo")
    stage.do(japan, "note_to_chair", text="note-to-the-chair")
    stage.do(CHAIR, "word_to_delegation", delegation="JPN", text="word-from-the-chair")
    stage.do(CHAIR, "add_inject", title="Flash", text="news-for-japan", sender="Wire", to=("JPN",))
    added = next(one for one in state_of(stage).injects.prepared.values() if one.text == "news-for-japan")
    stage.do(CHAIR, "release_inject", inject=added.id)
    stage.do(CHAIR, "set_bookmark", text="mark-of-the-chair")
    stage.do(japan, "declare_position", issue="scope", preferred="b", public=False, reason="position-at-home")
    stage.do(CHAIR, "add_item", title="Apart", kind="officials", minutes=20)
    stage.do(CHAIR, "start_item", item="added-1")
    stage.do(japan, "ask_for_floor")
    stage.do(CHAIR, "next_speaker")
    stage.do(japan, "make_statement", text="said-among-officials")
    stage.do(CHAIR, "end_item", item="added-1")
    return stage


def state_of(stage: Stage) -> Any:
    return folds.at_head(stage.played.room.pk).state


def told_to(stage: Stage, who: str) -> Iterator[tuple[str, str]]:
    """Everything that somebody is answered, at every address with every likely question: (where, what)."""
    client, seen = stage.client(who), state_of(stage).count
    parts = {"code": stage.code, "pid": stage.pid(who)}
    for one in addresses.every():
        if one.route in ("healthz", "readyz", "metrics"):
            continue
        paths = [one.path(**parts)]
        if "<str:delegation>" in one.route or "slug" in one.route:
            paths = [one.path(**{**parts, "delegation": "JPN"})]
        if "<str:form>" in one.route and "debrief" in one.route:
            paths = [one.path(**{**parts, "form": form}) for form in ("md", "json", "csv", "archive", "docx")]
        if one.route in (AT, f"{AT}panels/"):
            moments = (1, seen // 2, seen - 1)
            paths = [f"{one.path(**{**parts, 'cursor': n})}?from={eyes}" for n in moments for eyes in EYES]
        if one.route == f"{ROOM}at/tape/":
            paths = [f"{paths[0]}?from={eyes}" for eyes in EYES]
        if one.route == f"{ROOM}find/":
            paths = [f"{paths[0]}?q={word}" for word in ("word", "mandate", "draft", "note", "tokyo", "officials")]
        if one.route == f"{API}debrief/":
            paths = [paths[0], f"{paths[0]}?record=assessment"]
        if one.route == "rooms/compare/":
            paths = [f"{paths[0]}?room={stage.code}&room={stage.code}"]
        for path in paths:
            answer = client.get(path)
            assert answer.status_code < 500, path
            yield path, read(answer.content) + str(answer.headers)
    for other in (stage.pid(DELEGATE), stage.pid(CHAIR)):  # and in somebody else's seat
        for route in (ROOM, API, f"{API}events/", f"{ROOM}debrief/", f"{ROOM}mine/"):
            path = Address(route).path(code=stage.code, pid=other)
            if other != stage.pid(who):
                yield path, client.get(path).content.decode(errors="replace")


def read(content: bytes) -> str:
    """What an answer says, also within a zip."""
    if not content.startswith(b"PK"):
        return content.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(content)) as held:
        return " ".join(held.read(name).decode(errors="replace") for name in held.namelist())


def leaks(stage: Stage, who: str, secrets: Any) -> set[str]:
    """Where somebody reads one of these words; what one asks for is told back by the search, and is no leak."""
    found = set()
    for path, said in told_to(stage, who):
        found |= {f"{who} reads {word} at {path}" for word in secrets if word in said}
    return found


def secrets_from(who: str) -> set[str]:
    packs = set() if who == CHAIR else {PACK.format(code) for code in ("JPN", "PRC", "ROK") if not who.startswith(code)}
    return {word for word, readers in CONFIDENCES.items() if who not in readers} | packs


@pytest.mark.django_db
@pytest.mark.parametrize("who", [RIVAL, OBSERVER, CHAIR])
def test_nothing_that_is_somebody_elses_is_read_anywhere(who: str, monkeypatch: pytest.MonkeyPatch) -> None:
    stage = played(monkeypatch)
    assert leaks(stage, who, secrets_from(who)) == set()
    stage.do(CHAIR, "close_session")
    # News and the marks of the chair are then told in the debrief; see tests/rooms/test_sharing.py.
    lasting = secrets_from(who) - {"news-for-japan", "mark-of-the-chair"}
    lasting |= set() if who == CHAIR else {NAME}
    assert leaks(stage, who, lasting) == set()


@pytest.mark.django_db
def test_whoever_they_belong_to_reads_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that the words above are there to be found."""
    stage = played(monkeypatch)
    everywhere = " ".join(said for _path, said in told_to(stage, DELEGATE))
    expected = (*CONFIDENCES, PACK.format("JPN"), NAME)
    assert {word for word in expected if word not in everywhere} <= {"mark-of-the-chair"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("dialect", ["json", "html"])
@pytest.mark.parametrize("who", [RIVAL, OBSERVER, SCREEN, WAITING])
def test_nothing_that_is_somebody_elses_comes_over_a_line(
    server: Server, who: str, dialect: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the beginning of the record, and while more of it is said."""
    stage = played(monkeypatch)
    heard: list[str] = []
    with Line(server.port, place(stage, who), dialect=dialect) as line:
        heard.append(line.socket.recv(SOON))
        stage.do(DELEGATE, "say_in_delegation", text="word-in-delegation, again")
        stage.do(DELEGATE, "note_to_chair", text="note-to-the-chair, again")
        stage.do(CHAIR, "chair_statement", text="Heard by all.")
        stage.do(CHAIR, "set_admission", automatic=True)
        hears = who != WAITING and (who, dialect) != (SCREEN, "html")
        while hears and not any("Heard by all." in str(one) for one in heard):
            heard.append(line.socket.recv(SOON))
        with suppress(TimeoutError):
            while True:
                heard.append(line.socket.recv(0.5))
    said = " ".join(str(one) for one in heard)
    assert [word for word in secrets_from(who) if word in said] == []
    assert who != WAITING or "Heard by all." not in said


def place(stage: Stage, who: str) -> Place:
    one = stage.played.people[who]
    return Place(stage.code, one.pid, access.ticket_of(one))


# Keys


@pytest.mark.served
def test_no_key_to_any_door_is_ever_written_to_the_log(served: Any) -> None:
    """One whole way through the real server, with all that goes wrong on it, in the log that says most."""
    one: Served = served(NEACD_LOG="json")
    link = one.sign_in_link
    secret = link.rstrip("/").rpartition("/")[2]
    printed = len(one.output.lines)
    with httpx.Client(base_url=one.base_url, timeout=PATIENCE, follow_redirects=True) as chair:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', chair.get(link).text)
        assert token
        form = {"csrfmiddlewaretoken": token[1]}
        assert chair.post(link, data=form, headers={"Referer": link}).status_code == 200
        chair.post(link, data=form)  # once more: refused
        session = chair.cookies["sessionid"]
        wrong = {"username": "moderator", "password": "hunter2-typed", **form}
        chair.post("/sign-in/", data=wrong)
        for path in (
            "/rooms/BBBBBB/p-12345678/",
            "/seat/BBBBBB/p-12345678/stolen-ticket/",
            "/join/BCDFGH/",
            "/x/secret-path/",
        ):
            chair.get(path)
        chair.post("/api/rooms/BBBBBB/p-12345678/commands/", json={"command": "typed-words"})
        chair.get("/rooms/", headers={"Authorization": "Bearer bearer-ticket"})
    one.stop()
    said = "\n".join(one.output.lines[printed:])
    keys = (secret, session, form["csrfmiddlewaretoken"], "hunter2-typed", "stolen-ticket", "bearer-ticket", "BBBBBB")
    assert [
        key for key in (*keys, "BCDFGH", "p-12345678", "secret-path", "typed-words", "127.0.0.1") if key in said
    ] == []
    assert '"status": 403' in said, "it was written to, all the same"
