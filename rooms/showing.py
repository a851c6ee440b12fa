"""What panels need that is derived from the state: rows, matrices, whose turn it is. Pure; no templates, no rules.

Everything here reads only the fold it is given, so it can show nothing that the audience may not see.
"""

from collections.abc import Mapping
from typing import Any

from rooms import showing_aside, showing_floor, showing_news, showing_people
from rooms.domain import decisions, texts
from rooms.domain.sight import Audience
from rooms.domain.state import RoomState


def nothing(_view: RoomState, _audience: Audience) -> Mapping[str, Any]:
    return {}


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
    meeting = showing_aside.caucuses(view, audience)["meeting"]
    scene = _scene(view, meet_aside=bool(meeting), apart=showing_floor.apart(view, audience))
    return {
        "scene": scene,
        "meeting": meeting,
        "last": view.decisions.calls[-1] if view.decisions.calls else None,
        **_on_the_wall(view, scene),
        **showing_news.wall(view),
        **showing_floor.table(view, audience),
        **text(view, audience),
        **decision(view, audience),
        **showing_people.people(view, audience),
    }


def _scene(view: RoomState, *, meet_aside: bool, apart: bool) -> str:
    running = view.agenda.running
    if view.room.status in ("lobby", "paused", "adjourned", "closed"):
        return view.room.status
    if decisions.open_call(view):
        return "decision"
    if view.floor.speech or view.orders.open:
        return "speech"
    if showing_news.on_the_wall(view):
        return "news"
    if apart:
        return "apart"
    if meet_aside and running and running.kind == "informal":
        return "caucuses"
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
