"""The room as it was at a moment, as the reader may read it now: the same panels, and the ways to other moments."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from neacd.errors import show_refusal
from rooms import panels
from rooms.debrief import charts
from rooms.debrief.measures import report
from rooms.debrief.report import Moment, Report
from rooms.domain.fold import fold
from rooms.domain.refused import Refused
from rooms.domain.state import RoomState
from rooms.looking_back import kept_private, record_of, viewer_after
from rooms.viewing import Viewer

LONGEST_CURSOR = 9  # digits; no record is longer


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
    cursor = max(1, min(int(typed), len(record_of(viewer))))
    return redirect("rooms:replay", code=code, pid=pid, cursor=cursor)


@require_GET
def show_replay(request: HttpRequest, code: str, pid: str, cursor: int) -> HttpResponse:
    """The room as it was at a moment, in the same panels."""
    try:
        viewer = viewer_after(request, code, pid)
        entries = record_of(viewer)
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
