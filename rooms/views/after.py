"""What comes after, and what can be looked back at: the debrief, its exports, the room as it was at a moment.

Which record a viewer reads is settled in `_record` and `shared_record`, once for all of these pages: whoever has no
assessment record reads within the attribution rule, before the session is closed as well as after.
"""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from neacd.errors import show_refusal
from rooms import access, log, panels, showing_packages
from rooms.debrief import charts, exports
from rooms.debrief.measures import report
from rooms.debrief.report import IssueReport, Moment, Report
from rooms.debrief.timeline import KINDS
from rooms.domain.attribution import afterwards
from rooms.domain.fold import fold
from rooms.domain.record import Entry
from rooms.domain.refused import Refused
from rooms.domain.sight import OBSERVERS, visible
from rooms.domain.state import RoomState
from rooms.models import Room
from rooms.viewing import Viewer, stream, viewer_of

FORMS = ("json", "csv", "md")
LONGEST_CURSOR = 9  # digits; no record is longer


def viewer_after(request: HttpRequest, code: str, pid: str) -> Viewer:
    """Looking back is for the moderator at any time, for everybody else once the session is closed."""
    viewer = viewer_of(request, code, pid)
    if viewer.audience.name == "lobby":
        raise Refused("not_admitted", "The debrief is for those who took part. Ask the moderator to let you in.")
    if not viewer.closed and not viewer.moderates:
        raise Refused("still_open", "The debrief opens when the moderator closes the session. Stay at the table.")
    return viewer


def _record(viewer: Viewer) -> list[Entry]:
    """The record as this viewer looks back at it; a cursor counts its entries."""
    entries = stream(viewer)
    return entries if viewer.closed or viewer.assesses else afterwards(entries)


def shared_record(viewer: Viewer) -> list[Entry]:
    """The record that a file holds. A file goes from hand to hand: unless it is the moderator's own assessment
    record, it holds what observers may read, and no delegation's private words."""
    if viewer.assesses:
        return stream(viewer)
    return afterwards(visible(log.read(viewer.room.pk), OBSERVERS))


def _record_name(viewer: Viewer) -> str:
    return exports.ASSESSMENT if viewer.assesses else exports.PARTICIPANTS


def kept_private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"  # a shared computer's back button must not show who said what
    return response


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
    entries = _record(viewer)
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
    record = _record_name(viewer)
    if form == "csv":
        return HttpResponse(exports.as_csv_zip(made, record), content_type="application/zip")
    if form == "md":
        return HttpResponse(exports.as_markdown(made, record), content_type="text/markdown; charset=utf-8")
    data = exports.as_json(made, entries, record)
    if viewer.assesses:  # events know people by id only; the assessment record says who they are
        data["people"] = dict(viewer.picture.names)
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False})


@require_GET
def find_moment(request: HttpRequest, code: str, pid: str) -> HttpResponse:
    """From the number somebody typed to that moment; past the end, to the last one."""
    try:
        viewer = viewer_after(request, code, pid)
        typed = request.GET.get("cursor", "").strip()
        if not typed.isascii() or not typed.isdigit() or len(typed) > LONGEST_CURSOR:
            raise Refused("no_such_moment", "Type the number of a moment, or choose one from the debrief's timeline.")
    except Refused as refused:
        return show_refusal(request, refused)
    cursor = max(1, min(int(typed), len(_record(viewer))))
    return redirect("rooms:replay", code=code, pid=pid, cursor=cursor)


@require_GET
def show_replay(request: HttpRequest, code: str, pid: str, cursor: int) -> HttpResponse:
    """The room as it was at a moment, in the same panels."""
    try:
        viewer = viewer_after(request, code, pid)
        entries = _record(viewer)
        if not 1 <= cursor <= len(entries):
            raise Refused(
                "no_such_moment", f"The record has moments 1 to {len(entries)}. Choose one from the timeline."
            )
    except Refused as refused:
        return show_refusal(request, refused)
    then = fold(entries[:cursor])
    context = {
        "viewer": viewer,
        "room": viewer.room,
        "state": then,
        "panels": _painted(viewer, then),
        "assesses": viewer.assesses,
        **_strip(report(entries), cursor, len(entries), then.at),
    }
    return kept_private(render(request, "rooms/replay.html", context))


def _painted(viewer: Viewer, then: RoomState) -> dict[str, str]:
    """The panels as somebody saw them who could only look: in the past nothing can be done. A delegation sees its own
    channel again."""
    names = viewer.picture.names if viewer.assesses else {}
    painted = panels.paint("observer", viewer.audience, then, names)
    if panels.screen_of(viewer.person) == "delegate":
        painted["channel"] = panels.paint("delegate", viewer.audience, then, names)["channel"]
    return painted


@require_GET
def leave_past(request: HttpRequest, code: str, pid: str, cursor: int, page: str) -> HttpResponse:
    """A panel's own links lead, also from the past, where they lead in the room."""
    if page not in ("debrief", "earlier"):
        return show_refusal(request, Refused("unknown_code", "There is no such page here. Go back to the room."))
    return redirect(f"rooms:{page}", code=code, pid=pid)


def _strip(made: Report, cursor: int, last: int, at: int) -> dict[str, object]:
    """The film strip: where this moment lies among all, and the ways to others."""
    since = made.started_at or made.opened_at or 0
    until = made.closed_at or max((one.at for one in made.timeline), default=at)
    return {
        "cursor": cursor,
        "last": last,
        "at": at,
        "previous": cursor - 1,
        "next": cursor + 1 if cursor < last else 0,
        "told": _told(made.timeline, cursor),
        "playhead": charts.scaled(at - since, until - since),
        "tracks": charts.tracks(made),
        "stops": [line for line in made.agenda if line.cursor],
    }


def _told(timeline: tuple[Moment, ...], cursor: int) -> Moment | None:
    """The last thing worth telling that had happened by this moment."""
    return next((one for one in reversed(timeline) if one.cursor <= cursor), None)
