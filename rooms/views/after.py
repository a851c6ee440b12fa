"""What comes after: the debrief and its exports. Which record a viewer reads is settled in `looking_back`."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from neacd.errors import show_refusal
from rooms import access, showing_packages
from rooms.debrief import charts, exports
from rooms.debrief.measures import report
from rooms.debrief.report import IssueReport, Report
from rooms.debrief.timeline import KINDS
from rooms.domain.fold import fold
from rooms.domain.record import Entry
from rooms.domain.refused import Refused
from rooms.domain.state import RoomState
from rooms.looking_back import kept_private, record_name, record_of, shared_record, viewer_after
from rooms.models import Room
from rooms.viewing import Viewer

FORMS = ("json", "csv", "md")


@login_required
@require_GET
def open_debrief(request: HttpRequest, code: str) -> HttpResponse:
    """The moderator's way from the list of rooms to the debrief, on any device they are signed in on."""
    room = get_object_or_404(Room, code=code, opened_by=request.user)
    chair = get_object_or_404(room.participants, user=request.user, role="moderator", revoked=False)
    response = redirect("rooms:debrief", code=room.code, pid=chair.pid)
    access.remember(response, chair)
    return response


@require_GET
def show_debrief(request: HttpRequest, code: str, pid: str) -> HttpResponse:
    """Outcome, positions, adopted text, timeline, speaking time: from the record, within the attribution rule."""
    try:
        viewer = viewer_after(request, code, pid)
    except Refused as refused:
        return show_refusal(request, refused)
    entries = record_of(viewer)
    made, state = report(entries), fold(entries)
    context = {
        "viewer": viewer,
        "room": viewer.room,
        "state": state,
        "report": made,
        "pictures": [_picture(issue) for issue in made.issues],
        "packages": _packages(viewer, state),
        "bars": list(zip(charts.speaking_bars(made), made.speaking, strict=True)),
        "agenda": list(zip(charts.agenda_bars(made), made.agenda, strict=True)),
        "kinds": KINDS,
        "assesses": viewer.assesses,
        "last": len(entries),
    }
    return kept_private(render(request, "rooms/debrief.html", context))


def _packages(viewer: Viewer, state: RoomState) -> list[Mapping[str, Any]]:
    """What the package finder says: to all by what was declared, to the moderator by the mandates, too."""
    bases = showing_packages.in_public(state)
    if viewer.moderates:
        bases += [showing_packages.basis_of(state, showing_packages.MANDATES, packs=True)]
    return [one for one in bases if state.prepared.issues]


def _picture(issue: IssueReport) -> dict[str, object]:
    """An issue with each delegation's way along its axis."""
    ways = list(zip(charts.moves(issue), issue.paths, strict=True))
    return {"issue": issue, "ticks": charts.ticks(issue), "ways": ways}


@require_GET
def export_debrief(request: HttpRequest, code: str, pid: str, form: str) -> HttpResponse:
    """The debrief as JSON, as CSV tables in a zip, or as Markdown."""
    try:
        viewer = viewer_after(request, code, pid)
        if form not in FORMS:
            raise Refused("unknown_form", "Choose JSON, CSV or Markdown.")
    except Refused as refused:
        return show_refusal(request, refused)
    entries = shared_record(viewer)
    response = as_file(viewer, form, report(entries), entries)
    ending = "zip" if form == "csv" else form
    response["Content-Disposition"] = f'attachment; filename="neacd-{viewer.room.code}.{ending}"'
    return kept_private(response)


def as_file(viewer: Viewer, form: str, made: Report, entries: list[Entry]) -> HttpResponse:
    record = record_name(viewer)
    if form == "csv":
        return HttpResponse(exports.as_csv_zip(made, record), content_type="application/zip")
    if form == "md":
        return HttpResponse(exports.as_markdown(made, record), content_type="text/markdown; charset=utf-8")
    data = exports.as_json(made, entries, record)
    if viewer.assesses:  # events know people by id only; the assessment record says who they are
        data["people"] = dict(viewer.picture.names)
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False})
