"""A participant's own page: nobody else reads it, the moderator neither."""

from collections.abc import Collection

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from delegations.citations import papers_by_slug
from delegations.papers.finding import Finder
from neacd.errors import show_refusal
from rooms import log, throttles
from rooms.debrief.cut import BESIDE
from rooms.debrief.measures import report
from rooms.debrief.own import own_page
from rooms.debrief.report_prepared import MandateReport
from rooms.domain.refused import Refused
from rooms.looking_back import kept_private, needs, parts_for, record_of, viewer_after
from rooms.viewing import Viewer


@require_GET
def show_own_page(request: HttpRequest, code: str, pid: str) -> HttpResponse:
    """What the person who asks said, did and answered, beside what their delegation was to want."""
    try:
        viewer = viewer_after(request, code, pid)
        throttles.count_report(f"seat-{viewer.participant.pk}")
        needs(viewer, "mine")
    except Refused as refused:
        return kept_private(show_refusal(request, refused))
    record, shown = log.read(viewer.room.pk), parts_for(viewer)
    own = own_page(record, viewer.person.id, viewer.audience, shown, assesses=viewer.assesses)
    context = {
        "viewer": viewer,
        "room": viewer.room,
        "state": viewer.view,
        "own": own,
        "mandate": _mandate(viewer, shown),
        "beside": [part for part in ("positions", "perceptions") if part in shown],
        "linked": "replay" in shown,
        "papers_known": papers_by_slug(),
        "finder": Finder(),
    }
    return kept_private(render(request, "rooms/mine.html", context))


def _mandate(viewer: Viewer, shown: Collection[str]) -> MandateReport | None:
    """One's own delegation's, beside what came of it: for whom both what came of it and what was declared is shared."""
    if not viewer.person.delegation or not all(part in shown for part in BESIDE["mandates"]):
        return None
    made = report(record_of(viewer))
    return next((one for one in made.mandates if one.delegation == viewer.person.delegation), None)
