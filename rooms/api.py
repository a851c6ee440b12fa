"""The API of what happens live: the same sight and the same refusals as the screens, as JSON.

A participant is known by the ticket of the seat: in the browser's cookie, or as `Authorization: Bearer TICKET`.
Whatever is numbered here is numbered by the viewer's own cursor, never by the room's seq. Holds no rules.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse
from django.urls import reverse
from rest_framework.decorators import api_view, authentication_classes
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from rooms import access, api_texts, forms, looking_back, openapi, wire
from rooms.actions import Asked
from rooms.domain import attribution, calls
from rooms.domain.calls import Call, rule_in_words
from rooms.domain.documents import open_document
from rooms.domain.fold import fold
from rooms.domain.ground_rules import rule_in_force
from rooms.domain.positions import Key, Position
from rooms.domain.refused import Refused
from rooms.domain.state import RoomState
from rooms.forms import LONGEST_MESSAGE, LONGEST_RECORD
from rooms.models import Room
from rooms.viewing import Viewer, stream, stream_after, viewer_of
from rooms.views.files import file_for
from rooms.writing import writer

NO_STORE = {"Cache-Control": "no-store"}  # a shared computer must not keep what a delegation may read
EVENTS = 200  # in one answer, where the client asks for no other number
MOST_EVENTS = 1_000
COMMAND_KEYS = {"command", "data", "request_id"}


def _answer(data: Any) -> Response:
    return Response(data, headers=NO_STORE)


@api_view(["GET", "POST", "PUT", "PATCH", "DELETE"])
@authentication_classes([])
def show_nothing(request: Request) -> Response:
    """Every other address: a refusal in the same shape as all others."""
    raise NotFound("There is no such address here. All addresses of the API end with a slash.")


@api_view(["GET"])
@authentication_classes([])
def show_description(request: Request) -> Response:
    """The API as OpenAPI: the same for everybody."""
    return Response(openapi.description(), headers={"Cache-Control": "public, max-age=300"})


# For moderators


@api_view(["GET"])
def list_rooms(request: Request) -> Response:
    """The signed-in moderator's own rooms, newest first, with the paths that people join and chair them by."""
    if not request.user.is_authenticated:
        raise Refused("not_moderator", "Rooms are listed for the moderator who opened them. Sign in first.")
    rooms = Room.objects.filter(opened_by=request.user).select_related("scenario").order_by("-created_at", "-pk")
    return _answer([_room_line(room) for room in rooms])


def _room_line(room: Room) -> dict[str, Any]:
    return {
        "code": room.code,
        "title": room.title,
        "status": room.status,
        "scenario": room.scenario.slug if room.scenario else "",
        "join": reverse("rooms:join", args=[room.code]),
        "chair": reverse("rooms:chair", args=[room.code]),
    }


# For participants


def _known(viewer: Viewer) -> tuple[RoomState, int]:
    """The room as this viewer may read it now, and how far their cursor has come."""
    if viewer.within_rule:
        state = fold(stream(viewer))
        return state, state.count
    return viewer.view, viewer.view.count


def _record_of(viewer: Viewer) -> str:
    """Which record the cursor counts: it is another one once the attribution rule has been applied."""
    if not viewer.closed:
        return "live"
    return "assessment" if viewer.assesses else "attributed"


@api_view(["GET"])
@authentication_classes([])
def show_state(request: Request, code: str, pid: str) -> Response:
    """Where the room stands. Instants are ms since 1970 UTC."""
    viewer = viewer_of(request, code, pid)
    state, cursor = _known(viewer)
    room, rule, document = state.room, rule_in_force(state), open_document(state)
    call = calls.open_call(state)
    return _answer(
        {
            "cursor": cursor,
            "record": _record_of(viewer),
            "scenario": state.prepared.scenario,
            "title": room.title,
            "status": room.status,
            "started_at": room.started_at,
            "paused_at": room.paused_at,
            "adjourned_at": room.adjourned_at,
            "resumes": room.resumes,
            "chair": room.chair,
            "closed_at": room.closed_at,
            "closing_words": room.closing_words,
            "rule": {"id": rule, "name": attribution.name_of(rule), "words": attribution.in_full_words(rule)},
            "you": {
                "pid": viewer.person.id,
                "role": viewer.person.role,
                "seat": viewer.person.seat,
                "delegation": viewer.person.delegation,
                "admitted": viewer.person.admitted,
                "muted": viewer.person.muted,
            },
            "agenda": [asdict(item) for item in state.agenda.items],
            "floor": _floor(state),
            "text": api_texts.document_told(state, document) if document else None,
            "call": _call(call) if call else None,
        }
    )


def _floor(state: RoomState) -> dict[str, Any]:
    """The list and who speaks; what was said is read from the events."""
    floor, running, point = state.floor, state.agenda.running, state.orders.open
    return {
        "list_open": floor.list_open,
        "list_status": floor.list_status(running.id if running else ""),
        "speech": asdict(floor.speech) if floor.speech else None,
        "queue": [asdict(one) for one in floor.queue],
        "replies": [asdict(one) for one in floor.replies],
        "questions": [asdict(one) for one in state.questions.pending],
        "point": asdict(point) if point else None,
        "speech_seconds": floor.speech_seconds,
        "spoken_ms": dict(floor.spoken_ms),
        "speeches": dict(floor.speeches),
    }


@api_view(["GET"])
@authentication_classes([])
def show_events(request: Request, code: str, pid: str) -> Response:
    """The visible events after a cursor, as the socket's JSON dialect tells them.

    `cursor` is where to go on, `more` whether there is anything there. A cursor beyond the end is not of this record
    (`again`: begin anew with these). `record` says which record is counted; when it changes, begin anew, too.
    """
    viewer = viewer_of(request, code, pid)
    cursor = _number(request, "after", 0, 0, LONGEST_RECORD)
    limit = _number(request, "limit", EVENTS, 1, MOST_EVENTS)
    count, missed = stream_after(viewer, cursor)
    again = cursor > count
    if again:
        _count, missed = stream_after(viewer, 0)
    shown = missed[:limit]
    last = shown[-1][0] if shown else 0 if again else cursor
    data = {
        "cursor": last,
        "record": _record_of(viewer),
        "events": [wire.event_data(number, entry) for number, entry in shown],
        "more": last < count,
    }
    return _answer({**data, "again": True} if again else data)


def _number(request: Request, name: str, default: int, least: int, most: int) -> int:
    value = request.query_params.get(name)
    if value is None:
        return default
    number = forms.whole_number(value, most)
    if number is not None and number >= least:
        return number
    raise Refused("bad_type", f"“{name}” must be a whole number from {least} to {most}.", field=name)


@api_view(["GET"])
@authentication_classes([])
def show_texts(request: Request, code: str, pid: str) -> Response:
    """All texts with their paragraphs, brackets and amendments; the non-papers; the drafts of the viewer's own side."""
    viewer = viewer_of(request, code, pid)
    state, cursor = _known(viewer)
    own = "" if viewer.moderates else viewer.person.delegation or None
    return _answer({"cursor": cursor, **api_texts.told(state, own)})


@api_view(["GET"])
@authentication_classes([])
def show_positions(request: Request, code: str, pid: str) -> Response:
    """Where the delegations stand in public, and where the viewer's own stands among itself."""
    state, cursor = _known(viewer_of(request, code, pid))
    positions = state.positions
    return _answer(
        {
            "cursor": cursor,
            "issues": [asdict(issue) for issue in state.prepared.issues],
            "declared": _positions(positions.declared),
            "private": _positions(positions.private),
        }
    )


def _positions(held: Mapping[Key, Position]) -> list[dict[str, Any]]:
    return [asdict(held[key]) for key in sorted(held)]


@api_view(["GET"])
@authentication_classes([])
def show_agreements(request: Request, code: str, pid: str) -> Response:
    """The texts that were adopted, as they were adopted, each with its rule and every answer; no amendments."""
    state, cursor = _known(viewer_of(request, code, pid))
    adopted = [_call(call) for call in state.decisions.calls if call.status == "adopted" and not call.subject]
    return _answer({"cursor": cursor, "agreements": adopted})


def _call(call: Call) -> dict[str, Any]:
    return {
        "id": call.id,
        "title": call.title,
        "status": call.status,
        "rule": call.rule,
        "rule_in_words": rule_in_words(call),
        "subject": call.subject,
        "ad_referendum": call.ad_referendum,
        "tally": dict(call.tally),
        "electorate": call.electorate,
        "paragraphs": [{"id": number, "text": text} for number, text in call.paragraphs],
        "answers": [
            {"delegation": code, "answer": one.kind, "reason": one.reason, "at": one.at}
            for code, one in call.answers.items()
        ],
        "silent": [code for code in call.silent if code not in call.dropped],
        "opened_at": call.opened_at,
        "closes_at": call.closes_at,
        "ended_at": call.ended_at,
    }


@api_view(["GET"])
@authentication_classes([])
def show_debrief(request: Request, code: str, pid: str) -> HttpResponse:
    """The debrief as its page exports it: for the moderator at any time, for others once the session is closed. Within
    the attribution rule, unless the moderator asks for `?record=assessment`."""
    viewer = looking_back.viewer_after(request, code, pid)
    return file_for(viewer, "json", request.query_params.get("record", ""))


# Commands


@api_view(["POST"])
@authentication_classes([])
def give_command(request: Request, code: str, pid: str) -> Response:
    """{"command": name, "data": fields, "request_id": optional} -> {"done": true, "cursor": n}, or the refusal."""
    if not access.bearer_of(request) and not access.is_same_origin(request):
        raise Refused("foreign_page", "That came from another page. Send the seat's ticket as a bearer token instead.")
    viewer = viewer_of(request, code, pid)
    access.count_command(viewer.participant)
    message = _message(request)
    request_id = forms.request_id_from(message.get("request_id"))
    command = forms.command_from(message.get("command"), message.get("data", {}))
    generation = viewer.participant.generation
    writer.act_and_wait(Asked(viewer.room.pk, pid, command, request_id, generation=generation))
    _state, cursor = _known(viewer_of(request, code, pid))
    return _answer({"done": True, "cursor": cursor})


def _message(request: Request) -> dict[str, Any]:
    try:
        text = request._request.body.decode()
    except RequestDataTooBig:
        text = " " * (LONGEST_MESSAGE + 1)
    except UnicodeDecodeError:
        text = ""
    if len(text) > LONGEST_MESSAGE:
        raise Refused("too_long", "That message is too long to send at once. Shorten it and send again.")
    try:
        # A lone surrogate can be read but never written again, not even in the refusal that quotes it.
        message = json.loads(json.dumps(json.loads(text), ensure_ascii=False).encode(errors="ignore"))
    except (ValueError, RecursionError):
        message = None
    if not isinstance(message, dict):
        raise Refused("bad_shape", "Send one JSON object: command, data, and request_id if you like.")
    if unknown := sorted(key[:60] for key in message.keys() - COMMAND_KEYS):
        raise Refused("unknown_field", f"A command has no “{unknown[0]}”, only command, data, request_id.")
    return message
