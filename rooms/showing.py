"""What panels need that is derived from the state: rows, matrices, whose turn it is. Pure; no templates, no rules.

Everything here reads only the fold it is given, so it can show nothing that the audience may not see.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rooms.domain import agenda, decisions, texts
from rooms.domain.attribution import in_full_words
from rooms.domain.floor import SPEECH_KINDS
from rooms.domain.prepared import Delegation
from rooms.domain.seats import PEOPLE_ON_A_SEAT, Person, head_of
from rooms.domain.sight import Audience
from rooms.domain.state import RoomState


@dataclass(frozen=True, slots=True)
class Stance:
    """What distinguishes one delegate's own panel from another's; equal stances see the same. `place` is the place
    on the speakers' list, 0 for none. `person` is only set where the panel must know who."""

    seat: str = ""
    delegation: str = ""
    has_floor: bool = False
    place: int = 0
    may_ask: bool = False
    must_answer: bool = False
    answer: str = ""
    person: str = ""


def stance_of(view: RoomState, person: Person) -> Stance:
    """A person's stance in the room, as far as the fold they may see tells."""
    if not person.admitted:
        return Stance(seat=person.seat, delegation=person.delegation, person=person.id)
    floor, call = view.floor, decisions.open_call(view)
    speech = floor.speech
    listed = [request.seat for request in floor.queue]
    place = listed.index(person.seat) + 1 if person.seat in listed else 0
    running = view.agenda.running
    seat = view.prepared.seat(person.seat)
    kind_allowed = not running or not running.may_speak or bool(seat and seat.kind in running.may_speak)
    answers = bool(call and person.delegation in call.electorate and head_of(view, person.delegation) == person.seat)
    given = call.answers.get(person.delegation) if call else None
    return Stance(
        seat=person.seat,
        delegation=person.delegation,
        has_floor=bool(speech and speech.seat == person.seat),
        place=place,
        may_ask=floor.list_open and kind_allowed,
        must_answer=answers,
        answer=given.kind if given else "",
    )


def nothing(_view: RoomState, _audience: Audience) -> Mapping[str, Any]:
    return {}


def rule_words(view: RoomState) -> str:
    return in_full_words(agenda.rule_in_force(view))


def table(view: RoomState, _audience: Audience) -> Mapping[str, Any]:
    """The floor, with each delegation's speaking time so far beside its name in the queue."""
    head = view.floor.speech
    return {
        "speech": head,
        "queue": [(request, view.floor.spoken_ms.get(request.delegation, 0)) for request in view.floor.queue],
        "call": decisions.open_call(view),
        "kinds": SPEECH_KINDS,
        "taken_seats": [seat for one in view.prepared.delegations for seat in one.seats if _present(view, seat.id)],
    }


def _present(view: RoomState, seat_id: str) -> bool:
    return any(person.admitted for person in view.seats.on(seat_id))


def transcript(view: RoomState, _audience: Audience) -> Mapping[str, Any]:
    """The last statements, oldest first, and whether there were earlier ones."""
    shown = view.floor.transcript
    return {"statements": shown, "earlier": view.floor.statements - len(shown)}


def text(view: RoomState, audience: Audience) -> Mapping[str, Any]:
    """The text on the table, or the last one adopted."""
    document = texts.open_document(view) or next(iter(reversed(view.texts.documents)), None)
    paragraphs = enumerate(document.standing, start=1) if document else ()
    frozen = document is None or document.status != "draft" or view.room.status == "closed"
    mine = "" if audience.name == "moderators" else audience.delegation or None
    return {"document": document, "paragraphs": list(paragraphs), "frozen": frozen, "author": mine}


def decision(view: RoomState, _audience: Audience) -> Mapping[str, Any]:
    """The open call, or the last one that ended; with one row a delegation."""
    calls = view.decisions.calls
    call = decisions.open_call(view) or (calls[-1] if calls else None)
    rows = [(view.prepared.delegation(code), call.answers.get(code)) for code in call.electorate] if call else []
    return {"call": call, "rows": rows, "document": texts.open_document(view)}


def matrix(view: RoomState, _audience: Audience) -> Mapping[str, Any]:
    """Public positions: one row an issue, one cell a delegation, each option marked preferred or acceptable."""
    rows = []
    for issue in view.prepared.issues:
        cells = [(one, view.positions.public_of(one.code, issue.id)) for one in view.prepared.delegations]
        lanes = [
            (
                option,
                [one for one, held in cells if held and held.preferred == option.id],
                [one for one, held in cells if held and option.id in held.acceptable and held.preferred != option.id],
            )
            for option in issue.options
        ]
        rows.append({"issue": issue, "cells": cells, "lanes": lanes, "filed": sum(1 for _, held in cells if held)})
    return {"rows": rows}


def stand(view: RoomState, audience: Audience) -> Mapping[str, Any]:
    """The audience's own delegation: mandate, public and private position on each issue."""
    code = audience.delegation
    pack = view.prepared.packs.get(code, {})
    mandates = {one["issue"]: one for one in pack.get("positions", ())}
    rows = [
        {
            "issue": issue,
            "mandate": mandates.get(issue.id),
            "public": view.positions.public_of(code, issue.id),
            "private": view.positions.private_of(code, issue.id),
        }
        for issue in view.prepared.issues
    ]
    return {"rows": rows}


def people(view: RoomState, _audience: Audience) -> Mapping[str, Any]:
    """Delegations as rows with their seats, who sits there, and how much they have spoken and filed."""
    filed = {code for code, _issue in view.positions.declared}
    rows = [_delegation_row(view, one, one.code in filed) for one in view.prepared.delegations]
    return {
        "rows": rows,
        "observers": view.seats.observers(),
        "waiting": view.seats.waiting(),
        "moderators": [one for one in view.seats.people.values() if one.role == "moderator"],
    }


def _delegation_row(view: RoomState, one: Delegation, filed: bool) -> dict[str, Any]:
    seats = [
        {"seat": seat, "people": view.seats.on(seat.id), "free": len(view.seats.on(seat.id)) < PEOPLE_ON_A_SEAT}
        for seat in one.seats
    ]
    return {
        "delegation": one,
        "seats": seats,
        "present": len(view.seats.members(one.code)),
        "spoken_ms": view.floor.spoken_ms.get(one.code, 0),
        "speeches": view.floor.speeches.get(one.code, 0),
        "positions": sum(1 for code, _issue in view.positions.declared if code == one.code),
        "filed": filed,
        "head": head_of(view, one.code),
    }


def channel(view: RoomState, audience: Audience) -> Mapping[str, Any]:
    messages = view.channels.messages.get(audience.delegation, ())
    return {"messages": messages, "earlier": view.channels.counts.get(audience.delegation, 0) - len(messages)}


def stage(view: RoomState, audience: Audience) -> Mapping[str, Any]:
    """What the projector shows: one thing at a time, chosen by what happens."""
    call = decisions.open_call(view)
    last = view.decisions.calls[-1] if view.decisions.calls else None
    running = view.agenda.running
    if view.room.status in ("lobby", "paused", "closed"):
        scene = view.room.status
    elif call:
        scene = "decision"
    elif view.floor.speech:
        scene = "speech"
    elif running and running.kind in ("drafting", "decision") and view.texts.documents:
        scene = "text"
    else:
        scene = "item"
    return {
        "scene": scene,
        "last": last,
        "rule": rule_words(view),
        **table(view, audience),
        **text(view, audience),
        **decision(view, audience),
        **people(view, audience),
    }
