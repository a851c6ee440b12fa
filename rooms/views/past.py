"""The room as it was at a moment, as the reader may read it now: the same panels, and the ways to other moments."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from neacd.errors import show_refusal, status_of
from rooms import access, searching, throttles
from rooms.debrief.timeline import KINDS
from rooms.domain.refused import Refused
from rooms.eyes import Eyes, choices, eyes_of
from rooms.forms import LONGEST_RECORD, whole_number
from rooms.looking_back import kept_private, needs, tape_of, viewer_after
from rooms.models import Room
from rooms.past import Tape
from rooms.viewing import Viewer

NO_SEAT_HERE = Refused(
    "not_yours_to_see",
    "No seat of this room is yours on this device. Open your own link here first, then this one again.",
)


def _film(request: HttpRequest, code: str, pid: str) -> tuple[Viewer, Eyes, Tape]:
    """Who looks back, through whose eyes, at what."""
    viewer = viewer_after(request, code, pid)
    needs(viewer, "replay")
    eyes = eyes_of(viewer, request.GET.get("from", ""))
    return viewer, eyes, tape_of(viewer, eyes.audience)


def _check_moment(tape: Tape, cursor: int) -> None:
    if not 1 <= cursor <= tape.last:
        raise Refused("no_such_moment", f"The record has moments 1 to {tape.last}. Choose one from the timeline.")


def _painted(viewer: Viewer, eyes: Eyes, tape: Tape, cursor: int) -> dict[str, str]:
    """The panels that those eyes had before them. Names stay with who keeps the assessment record."""
    names = viewer.picture.names if viewer.assesses else {}
    return tape.paint(cursor, eyes.screen, eyes.audience or viewer.audience, names)


@require_GET
def show_replay(request: HttpRequest, code: str, pid: str, cursor: int) -> HttpResponse:
    """The room as it was at a moment, in the same panels; `?from=` the eyes of a seat or of observers."""
    try:
        viewer, eyes, tape = _film(request, code, pid)
        _check_moment(tape, cursor)
    except Refused as refused:
        return kept_private(show_refusal(request, refused))
    at = tape.times[cursor - 1]
    context = {
        "viewer": viewer,
        "room": viewer.room,
        "state": tape.state_at(cursor),
        "panels": _painted(viewer, eyes, tape, cursor),
        "screen": eyes.screen,
        "assesses": viewer.assesses,
        "cursor": cursor,
        "last": tape.last,
        "at": at,
        "previous": tape.before(cursor),
        "next": tape.after(cursor),
        "told": tape.told(cursor),
        "eyes": choices(viewer, eyes),
        "eyes_chosen": eyes,
        "eyes_words": eyes.words,
        "tracks": tape.tracks,
        "stops": tape.stops,
        "playhead": tape.place(at),
        "kinds": KINDS,
        "moment_url": reverse("rooms:moment", args=[viewer.room.code, at]),
    }
    return kept_private(render(request, "rooms/replay.html", context))


@require_GET
def send_panels(request: HttpRequest, code: str, pid: str, cursor: int) -> HttpResponse:
    """The same panels for a page that is open already, as JSON: `cursor`, `at` (ms), `told` with the `told_cursor` it
    belongs to, `panels` by name. With `?have=` another moment, only those that differ from its panels."""
    try:
        viewer, eyes, tape = _film(request, code, pid)
        _check_moment(tape, cursor)
    except Refused as refused:
        return _refused(refused)
    told = tape.told(cursor)
    kept = _painted(viewer, eyes, tape, have) if (have := _moment_had(request, tape)) else {}
    panels = _painted(viewer, eyes, tape, cursor)
    answer = {
        "cursor": cursor,
        "at": tape.times[cursor - 1],
        "told": told.sentence if told else "",
        "told_cursor": told.cursor if told else 0,
        "panels": {name: html for name, html in panels.items() if kept.get(name) != html},
    }
    return _as_json(answer)


@require_GET
def send_tape(request: HttpRequest, code: str, pid: str) -> HttpResponse:
    """What a player needs to know of the whole record, as JSON: `last`; the strip's `since` and `until` (ms); `times`,
    the instant of each moment; `steps`, the moments at which these eyes saw something; `marks`, rows of [moment, kind,
    sentence]."""
    try:
        viewer, _eyes, tape = _film(request, code, pid)
        throttles.count_report(f"seat-{viewer.participant.pk}")
    except Refused as refused:
        return _refused(refused)
    answer = {
        "last": tape.last,
        "since": tape.since,
        "until": tape.until,
        "times": tape.times,
        "steps": list(tape.steps),
        "marks": [[one.cursor, one.kind, one.sentence] for one in tape.moments],
    }
    return _as_json(answer)


def _moment_had(request: HttpRequest, tape: Tape) -> int:
    """The moment whose panels the page has already; 0 for none, or for what is no moment."""
    return whole_number(request.GET.get("have", ""), tape.last) or 0


def _as_json(answer: dict[str, Any], status: int = 200) -> HttpResponse:
    return kept_private(JsonResponse(answer, status=status, json_dumps_params={"ensure_ascii": False}))


def _refused(refused: Refused) -> HttpResponse:
    return _as_json({"refused": refused.as_data()}, status_of(refused))


@require_GET
def find_moment(request: HttpRequest, code: str, pid: str) -> HttpResponse:
    """From the number somebody typed to that moment; past the end, to the last one."""
    try:
        viewer, eyes, tape = _film(request, code, pid)
        cursor = _number(request.GET.get("cursor", ""))
    except Refused as refused:
        return kept_private(show_refusal(request, refused))
    return kept_private(_to(viewer, max(1, min(cursor, tape.last)), eyes.value))


def _number(typed: str) -> int:
    """The number of a moment that somebody typed."""
    number = whole_number(typed, LONGEST_RECORD)
    if number is None:
        raise Refused("no_such_moment", "Type the number of a moment, or choose one from the debrief's timeline.")
    return number


@require_GET
def open_moment(request: HttpRequest, code: str, at: int) -> HttpResponse:
    """A link to a moment (`at`: ms UTC), which anybody may pass on: it leads the reader to that instant of their own
    record, on the seat they have on this device."""
    room = Room.objects.filter(code=code).first()
    refused = NO_SEAT_HERE  # also where there is no such room: whoever guesses codes learns nothing
    # Somebody who holds several seats here looks back from the chair rather than from any other.
    for one in sorted(access.seats_held(request, room) if room else [], key=lambda one: one.role != "moderator"):
        try:
            viewer = viewer_after(request, code, one.pid)
            needs(viewer, "replay")
        except Refused as no:
            refused = no
        else:
            return kept_private(_to(viewer, tape_of(viewer).cursor_at(at)))
    return kept_private(show_refusal(request, refused))


def _to(viewer: Viewer, cursor: int, eyes: str = "") -> HttpResponse:
    address = reverse("rooms:replay", args=[viewer.room.code, viewer.participant.pid, cursor])
    return redirect(f"{address}?from={eyes}" if eyes else address)


@require_GET
def leave_past(request: HttpRequest, code: str, pid: str, cursor: int, page: str) -> HttpResponse:
    """A panel's own links lead, also from the past, where they lead in the room."""
    if page not in ("debrief", "earlier"):
        return show_refusal(request, Refused("unknown_code", "There is no such page here. Go back to the room."))
    return redirect(f"rooms:{page}", code=code, pid=pid)


@require_GET
def find_words(request: HttpRequest, code: str, pid: str) -> HttpResponse:
    """Words (`?q=`) in the record as the reader may read it, after a moment (`&after=`); each hit opens its moment."""
    try:
        viewer = viewer_after(request, code, pid)
        needs(viewer, "replay")
        throttles.count_report(f"seat-{viewer.participant.pk}")
        query = searching.query_from(request.GET.get("q", ""))
        after = _number(request.GET.get("after", "0"))
    except Refused as refused:
        return kept_private(show_refusal(request, refused))
    tape = tape_of(viewer)
    found = searching.find(tape, query, after)
    context = {
        "viewer": viewer,
        "room": viewer.room,
        "state": tape.state,
        "assesses": viewer.assesses,
        "found": found,
        "after": after,
        "total": len(found.hits) + found.more,
    }
    return kept_private(render(request, "rooms/find_moment.html", context))
