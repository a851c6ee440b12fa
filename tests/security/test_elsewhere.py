"""Things of another room, named in every field of every command that names something: refused in a sentence, through
the form behind every button and through the API, and nothing changed in either room."""

import json
from dataclasses import fields
from typing import Any

import pytest
from django.test import Client

from rooms import access, actions
from rooms.domain.fold import COMMANDS
from rooms.house_clock import HouseClock
from rooms.models import FORGOTTEN, Event, Participant, Room
from tests.domain import texts_play
from tests.domain.every_command import USES
from tests.domain.play import CHINA, JAPAN, M1, NOON, Session
from tests.security import elsewhere
from tests.security.addresses import API, ROOM, Address

HERE = {"Sec-Fetch-Site": "same-origin", "Accept": "application/json"}
# What must have happened besides, so that something could be found by what is named.
BEFORE = {"keep_draft.paragraph": texts_play.DRAFT}
# Why something is refused before it is known what it names.
OF_SHAPE = {"unknown_command", "unknown_field", "field_needed", "bad_type", "bad_shape", "too_long", "too_many"}


@pytest.fixture(autouse=True)
def _at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The stages were played at an instant: what has a deadline there is open still."""
    monkeypatch.setattr(actions, "house_clock", HouseClock(lambda: NOON, lambda: NOON))


def housed(session: Session) -> Room:
    return elsewhere.housed(session.entries, session.state)


def held() -> tuple[Any, ...]:
    """All that a write could have changed, in whichever room; but the note for the chair of what was refused."""
    rooms = tuple(Room.objects.values_list("pk", "status", "keep_days").order_by("pk"))
    people = tuple(Participant.objects.values_list("pk", "name", "generation", "revoked", "role").order_by("pk"))
    events = Event.objects.exclude(name="notes.refusal_noted").order_by("room", "seq")
    return rooms, people, tuple(events.values_list("room", "hash")[:100_000])


def sent(room: Room, actor: str, command: str, data: dict[str, Any], *, by_form: bool) -> tuple[int, dict[str, Any]]:
    """A command of somebody's, as their page sends it or as a program does: the status, and the refusal."""
    one = Participant.objects.select_related("room").get(room=room, pid=actor)
    client, at = Client(), {"code": room.code, "pid": actor}
    client.cookies[access.cookie_name(room.code, actor)] = access.ticket_of(one)
    if by_form:
        answer = client.post(Address(f"{ROOM}act/").path(**at), {"command": command, **data}, headers=HERE)
        return answer.status_code, answer.json().get("refused", {})
    told = {"command": command, "data": data}
    answer = client.post(
        Address(f"{API}commands/").path(**at), json.dumps(told), content_type="application/json", headers=HERE
    )
    return answer.status_code, answer.json()


def aimed(name: str) -> list[tuple[str, dict[str, Any]]]:
    """The legal use of a command, once for each of its fields that names something, with what another room has."""
    command = USES[name].command
    data = {one.name: getattr(command, one.name) for one in fields(command)}
    found = []
    for field in elsewhere.textual(name):
        kind = elsewhere.named_by(name, field)
        if kind is not None:
            theirs = elsewhere.THEIRS[kind](elsewhere.further().state)
            named = (theirs,) if isinstance(data[field], tuple) else theirs
            found.append((field, {**data, **elsewhere.WITH.get(f"{name}.{field}", {}), field: named}))
    return found


def test_of_every_field_it_is_said_what_it_names() -> None:
    named = {elsewhere.named_by(name, field) for name in COMMANDS for field in elsewhere.textual(name)}
    assert named - {None} == elsewhere.THEIRS.keys(), "and nothing is said of a field that there is none of"
    assert len([name for name in COMMANDS if aimed(name)]) > 100


def test_what_is_named_is_there_and_not_here() -> None:
    there = set(elsewhere.strings(elsewhere.further().state))
    ours = {
        kind: elsewhere.PARTS.get(kind, (find(elsewhere.further().state),)) for kind, find in elsewhere.THEIRS.items()
    }
    assert [kind for kind, parts in ours.items() if kind != "statement" and not set(parts) <= there] == []
    for name in COMMANDS:
        here = set(elsewhere.strings(USES[name].stage().state))
        assert [kind for kind, parts in ours.items() if set(parts) & here] == [], name


@pytest.mark.django_db
def test_what_another_room_has_cannot_be_named() -> None:
    housed(elsewhere.further())
    found = []
    for name in sorted(COMMANDS):
        use, tried = USES[name], aimed(name)
        if not tried:
            continue
        room = housed(use.stage())
        before = held()
        for field, data in tried:
            if f"{name}.{field}" in elsewhere.LET_GO:
                continue
            for by_form in (True, False):
                status, refused = sent(room, use.actor, name, data, by_form=by_form)
                if not 400 <= status < 500 or refused["code"] in OF_SHAPE or refused["message"][-1:] not in (".", "?"):
                    found.append(f"{name} takes {field}={data[field]!r}: {status} {refused}")
        if held() != before:
            found.append(f"{name} changed something")
    assert not found, "\n".join(found)


@pytest.mark.django_db
@pytest.mark.parametrize("own", sorted(elsewhere.LET_GO))
def test_what_is_named_in_vain_is_kept_nowhere(own: str) -> None:
    far = housed(elsewhere.further())
    name, field = own.split(".")
    [data] = [data for one, data in aimed(name) if one == field]
    room = housed(USES[name].stage().done(*BEFORE.get(own, ())))
    before = Event.objects.count(), Event.objects.filter(room=far).count()
    assert sent(room, USES[name].actor, name, data, by_form=False)[0] == 200
    new = Event.objects.filter(room=room).order_by("seq")[before[0] - before[1] :]
    assert new
    assert data[field] not in [text for event in new for text in elsewhere.strings(event.data)]
    assert Event.objects.filter(room=far).count() == before[1]


@pytest.mark.django_db
def test_with_what_the_room_has_itself_the_same_commands_are_carried_out() -> None:
    """So that they were refused for what they named, and for nothing else."""
    refused = []
    for name in sorted(COMMANDS):
        use = USES[name]
        if aimed(name):
            data = {one.name: getattr(use.command, one.name) for one in fields(use.command)}
            status, told = sent(housed(use.stage()), use.actor, name, data, by_form=False)
            refused += [f"{name}: {told}"] if status != 200 else []
    assert refused == []


@pytest.mark.django_db
def test_a_ticket_for_a_person_of_the_same_number_in_another_room_opens_nothing() -> None:
    """As in a room that was brought in, or that goes on from another."""
    here, there = (housed(USES["start_item"].stage()) for _ in range(2))
    ticket = access.ticket_of(there.participants.select_related("room").get(pid=M1))
    client, at, before = Client(), {"code": here.code, "pid": M1, "ticket": ticket}, held()
    client.cookies[access.cookie_name(here.code, M1)] = ticket
    bearer = {"Authorization": f"Bearer {ticket}", **HERE}
    for route in (ROOM, API, f"{ROOM}names/", "seat/<str:code>/<str:pid>/<str:ticket>/"):
        assert client.get(Address(route).path(**at)).status_code == 403, route
        assert client.get(Address(route).path(**at), headers=bearer).status_code == 403, route
    for route in (f"{ROOM}act/", f"{API}commands/"):
        assert client.post(Address(route).path(**at), {"command": "close_session"}, headers=bearer).status_code == 403
    assert held() == before
    there_at = {**at, "code": there.code}
    assert client.get(Address(API).path(**there_at), headers=bearer).status_code == 200, "where it is from, it does"


@pytest.mark.django_db
def test_what_is_done_to_somebody_is_done_to_nobody_of_the_same_number_in_another_room() -> None:
    here, there = (housed(USES["start_item"].stage()) for _ in range(2))
    before = list(there.participants.order_by("pk").values()), there.events.count()
    client = Client()
    client.cookies[access.cookie_name(here.code, M1)] = access.ticket_of(here.participants.get(pid=M1))
    for path, form in (
        ("invite/", {"person": JAPAN}),
        ("act/", {"command": "close_session"}),
        ("names/", {"person": CHINA}),  # to be forgotten
    ):
        client.post(f"/rooms/{here.code}/{M1}/{path}", form, headers=HERE)
    mine = {one.pid: one for one in here.participants.all()}
    assert (mine[JAPAN].generation, mine[CHINA].name) == (1, FORGOTTEN)
    assert (list(there.participants.order_by("pk").values()), there.events.count()) == before
