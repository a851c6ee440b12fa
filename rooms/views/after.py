"""What comes after, and what can be looked back at: the debrief, its exports, the room as it was at a moment."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from neacd.errors import show_refusal
from rooms import panels
from rooms.debrief import exports
from rooms.debrief.measures import report
from rooms.domain.fold import fold
from rooms.domain.refused import Refused
from rooms.viewing import Viewer, stream, viewer_of

FORMS = ("json", "csv", "md")


def _viewer_after(request: HttpRequest, code: str, pid: str) -> Viewer:
    """Looking back is for the moderator at any time, for everybody else once the session is closed."""
    viewer = viewer_of(request, code, pid)
    if not viewer.closed and not viewer.moderates:
        raise Refused("still_open", "The debrief opens when the moderator closes the session. Stay at the table.")
    if viewer.audience.name == "lobby":
        raise Refused("not_admitted", "The debrief is for those who took part. Ask the moderator to let you in.")
    return viewer


def _record_name(viewer: Viewer) -> str:
    return "assessment record (moderator)" if viewer.assesses else "within the attribution rule (participants)"


@require_GET
def show_debrief(request: HttpRequest, code: str, pid: str) -> HttpResponse:
    """Outcome, positions, adopted text, timeline, speaking time: from the record, within the attribution rule."""
    try:
        viewer = _viewer_after(request, code, pid)
    except Refused as refused:
        return show_refusal(request, refused)
    entries = stream(viewer)
    context = {
        "viewer": viewer,
        "room": viewer.room,
        "state": fold(entries),
        "report": report(entries),
        "record": _record_name(viewer),
        "last": len(entries),
    }
    response = render(request, "rooms/debrief.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_GET
def export_debrief(request: HttpRequest, code: str, pid: str, form: str) -> HttpResponse:
    """The debrief as JSON, as CSV tables in a zip, or as Markdown."""
    try:
        viewer = _viewer_after(request, code, pid)
        if form not in FORMS:
            raise Refused("unknown_form", "Choose JSON, CSV or Markdown.")
    except Refused as refused:
        return show_refusal(request, refused)
    entries = stream(viewer)
    made, record = report(entries), _record_name(viewer)
    response: HttpResponse
    if form == "json":
        response = JsonResponse(exports.as_json(made, entries, record), json_dumps_params={"ensure_ascii": False})
    elif form == "csv":
        response = HttpResponse(exports.as_csv_zip(made, record), content_type="application/zip")
    else:
        response = HttpResponse(exports.as_markdown(made, record), content_type="text/markdown; charset=utf-8")
    ending = "zip" if form == "csv" else form
    response["Content-Disposition"] = f'attachment; filename="neacd-{viewer.room.code}.{ending}"'
    response["Cache-Control"] = "no-store"
    return response


@require_GET
def show_replay(request: HttpRequest, code: str, pid: str, cursor: int) -> HttpResponse:
    """The room as it was at a moment, in the same panels."""
    try:
        viewer = _viewer_after(request, code, pid)
        entries = stream(viewer)
        if not 1 <= cursor <= len(entries):
            raise Refused(
                "no_such_moment", f"The record has moments 1 to {len(entries)}. Choose one from the timeline."
            )
    except Refused as refused:
        return show_refusal(request, refused)
    then = fold(entries[:cursor])
    named = viewer.assesses or not viewer.closed
    screen = "moderator" if viewer.moderates else "observer"
    context = {
        "viewer": viewer,
        "room": viewer.room,
        "state": then,
        "screen": screen,
        "panels": panels.paint(screen, viewer.audience, then, viewer.picture.names if named else {}),
        "cursor": cursor,
        "last": len(entries),
        "at": then.at,
        "live": False,
    }
    response = render(request, "rooms/replay.html", context)
    response["Cache-Control"] = "no-store"
    return response
