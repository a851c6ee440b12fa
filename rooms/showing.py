"""What panels need that is derived from the state: rows, matrices, whose turn it is. Pure; no templates, no rules.

Everything here reads only the fold it is given, so it can show nothing that the audience may not see.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rooms import running_order, showing_news, showing_people
from rooms.domain import decisions, texts
from rooms.domain.floor import SPEECH_KINDS
from rooms.domain.seats import Person, head_of
from rooms.domain.sight import Audience
from rooms.domain.state import RoomState


@dataclass(frozen=True, slots=True)
class Stance:
    """What distinguishes one person's own panel from another's; equal stances see the same. `place` is the place on
    the speakers' list, 0 for none; `delegate` is whether the person may take a seat; `heads` the seats to which one
    may pass on that one answers for the delegation."""

    seat: str = ""
    delegation: str = ""
    has_floor: bool = False
    place: int = 0
    may_ask: bool = False
    must_answer: bool = False
    answer: str = ""
    delegate: bool = False
    time_up: bool = False
    muted: bool = False
    heads: tuple[str, ...] = ()


def stance_of(view: RoomState, person: Person) -> Stance:
    """A person's stance in the room, as far as the fold they may see tells."""
    if not person.admitted:
        return Stance(seat=person.seat, delegation=person.delegation, delegate=person.role == "delegate")
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
        time_up=bool(speech and speech.seat == person.seat and speech.time_up),
        place=place,
        may_ask=floor.list_open and kind_allowed,
        must_answer=answers,
        answer=given.kind if given else "",
        delegate=True,
        muted=person.muted,
        heads=showing_people.other_heads(view, person),
    )


def nothing(_view: RoomState, _audience: Audience) -> Mapping[str, Any]:
    return {}


def table(view: RoomState, _audience: Audience) -> Mapping[str, Any]:
    """The floor: who speaks, who waits, with each delegation's speaking time so far beside its name in the queue."""
    waiting = view.floor.queue
    queue = [
        {
            "request": request,
            "spoken_ms": view.floor.spoken_ms.get(request.delegation, 0),
            "up": waiting[place - 1].id if place else "",
        }
        for place, request in enumerate(waiting)
    ]
    return {
        "speech": view.floor.speech,
        "queue": queue,
        "call": decisions.open_call(view),
        "kinds": SPEECH_KINDS,
        "taken_seats": [seat for one in view.prepared.delegations for seat in one.seats if _present(view, seat.id)],
        **running_order.place_on_agenda(view),
    }


def action(view: RoomState, _audience: Audience) -> Mapping[str, Any]:
    """What a delegate's own panel needs besides the stance: the open call, and the kind of speech that fits now."""
    running = view.agenda.running
    rounds = ("opening", "national_perspective", "military_perspective", "expert_presentation")
    return {
        "call": decisions.open_call(view),
        "kinds": SPEECH_KINDS,
        "fitting": "perspective" if running and running.kind in rounds else "statement",
        "running": running,
    }


def _present(view: RoomState, seat_id: str) -> bool:
    return bool(view.seats.may_speak(seat_id))


def transcript(view: RoomState, _audience: Audience) -> Mapping[str, Any]:
    """The last statements, oldest first, and how many came before them. None once the session is closed: what was said
    is then read in the debrief, within the attribution rule."""
    shown = () if view.room.status == "closed" else view.floor.transcript
    made = view.floor.statements + view.floor.restricted_statements
    return {"statements": shown, "earlier": made - len(view.floor.transcript)}


def text(view: RoomState, audience: Audience) -> Mapping[str, Any]:
    """The text on the table, or the last one adopted."""
    document = texts.open_document(view) or next(iter(reversed(view.texts.documents)), None)
    others = [one for one in view.texts.documents if one is not document]
    paragraphs = enumerate(document.standing, start=1) if document else ()
    frozen = document is None or document.status != "draft" or view.room.status == "closed"
    mine = "" if audience.name == "moderators" else audience.delegation or None
    return {
        "document": document,
        "paragraphs": list(paragraphs),
        "others": others,
        "frozen": frozen,
        "author": mine,
        "own_paragraphs": sum(1 for one in (document.standing if document else ()) if one.proposer == mine),
    }


def decision(view: RoomState, _audience: Audience) -> Mapping[str, Any]:
    """The open call, or the last one that ended; with one row a delegation."""
    calls = view.decisions.calls
    call = decisions.open_call(view) or (calls[-1] if calls else None)
    rows = [(code, call.answers.get(code)) for code in call.electorate] if call else []
    document = texts.open_document(view)
    return {
        "call": call,
        "answers": rows,
        "answered": len(call.answers) if call else 0,
        "earlier_calls": [one for one in calls if one is not call],
        "document": document,
        "may_call": bool(document and document.status == "draft" and document.standing),
    }


def matrix(view: RoomState, _audience: Audience) -> Mapping[str, Any]:
    """Public positions: one row an issue, one cell a delegation, each option marked preferred or acceptable."""
    rows = []
    for issue in view.prepared.issues:
        cells = [(one, view.positions.public_of(one.code, issue.id)) for one in view.prepared.delegations]
        filed = [(one, held) for one, held in cells if held]
        lanes = [
            {
                "option": option,
                "prefer": [one for one, held in filed if held.preferred == option.id],
                "accept": [one for one, held in filed if option.id in held.acceptable and held.preferred != option.id],
            }
            for option in issue.options
        ]
        words = [(one, held) for one, held in filed if held.conditions or held.reason or held.before]
        rows.append({"issue": issue, "cells": cells, "lanes": lanes, "filed": len(filed), "words": words})
    return {"rows": rows, "filed": sum(row["filed"] for row in rows)}


def stand(view: RoomState, audience: Audience) -> Mapping[str, Any]:
    """The audience's own delegation: mandate, public and private position on each issue."""
    code = audience.delegation
    pack = view.prepared.packs.get(code, {})
    mandates = {one["issue"]: one for one in pack.get("positions", ())}
    rows: list[dict[str, Any]] = [
        {
            "issue": issue,
            "options": [(option, mandated(mandates.get(issue.id), option.id)) for option in issue.options],
            "mandate": mandates.get(issue.id),
            "declared": view.positions.public_of(code, issue.id),
            "noted": view.positions.private_of(code, issue.id),
        }
        for issue in view.prepared.issues
    ]
    rows.sort(key=lambda row: row["mandate"]["priority"] if row["mandate"] else len(rows))
    return {"rows": rows}


def mandated(mandate: Mapping[str, Any] | None, option: str) -> str:
    """What a delegation's mandate says of an option: preferred, red_line, acceptable or nothing."""
    if mandate is None:
        return ""
    if option == mandate["preferred"]:
        return "preferred"
    if option in mandate["red_lines"]:
        return "red_line"
    return "acceptable" if option in mandate["acceptable"] else ""


def channel(view: RoomState, audience: Audience) -> Mapping[str, Any]:
    messages = view.channels.messages.get(audience.delegation, ())
    said = view.channels.counts.get(audience.delegation, 0)
    return {"messages": messages, "said": said, "earlier": said - len(messages)}


def stage(view: RoomState, audience: Audience) -> Mapping[str, Any]:
    """What the projector shows: one thing at a time, chosen by what happens."""
    scene = _scene(view)
    return {
        "scene": scene,
        "last": view.decisions.calls[-1] if view.decisions.calls else None,
        **_on_the_wall(view, scene),
        **showing_news.wall(view),
        **table(view, audience),
        **text(view, audience),
        **decision(view, audience),
        **showing_people.people(view, audience),
    }


def _scene(view: RoomState) -> str:
    running = view.agenda.running
    if view.room.status in ("lobby", "paused", "adjourned", "closed"):
        return view.room.status
    if decisions.open_call(view):
        return "decision"
    if view.floor.speech:
        return "speech"
    if showing_news.on_the_wall(view):
        return "news"
    if running and running.kind in ("drafting", "decision") and texts.open_document(view):
        return "text"
    return "item"


# Characters that can be read at eight metres in one picture, by size of letter; beyond the last, only the end is shown.
SIZES = (("large", 240), ("medium", 620), ("small", 1_300))
LAST_SHOWN = 2  # paragraphs of a text that is too long for the wall


def _on_the_wall(view: RoomState, scene: str) -> Mapping[str, Any]:
    """The paragraphs of the text being drafted or decided as (number, text, proposer), and how large they are."""
    document, call = texts.open_document(view), decisions.open_call(view)
    if scene == "decision" and call:
        lines = [(text, "") for _, text in call.paragraphs]
    elif scene == "text" and document:
        lines = [(one.text, one.proposer) for one in document.standing]
    else:
        return {"lines": [], "size": "large", "cut": False}
    length = sum(len(text) for text, _ in lines)
    size = next((name for name, most in SIZES if length <= most), "")
    numbered = [(number, text, proposer) for number, (text, proposer) in enumerate(lines, start=1)]
    return {"lines": numbered if size else numbered[-LAST_SHOWN:], "size": size or "medium", "cut": not size}
