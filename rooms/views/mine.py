"""A participant's own page: nobody else reads it, the moderator neither."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from delegations.citations import papers_by_slug
from delegations.papers.finding import Finder
from neacd.errors import show_refusal
from rooms import log
from rooms.debrief.measures import report
from rooms.debrief.own import own_page
from rooms.debrief.report import Report
from rooms.debrief.report_prepared import MandateReport
from rooms.domain.refused import Refused
from rooms.looking_back import kept_private, needs, parts_for, record_of, viewer_after
from rooms.viewing import Viewer


@require_GET
def show_own_page(request: HttpRequest, code: str, pid: str) -> HttpResponse:
    """What the person who asks said, did and answered, beside what their delegation was to want."""
    try:
        viewer = viewer_after(request, code, pid)
        needs(viewer, "mine")
    except Refused as refused:
        return kept_private(show_refusal(request, refused))
    record = log.read(viewer.room.pk)
    own = own_page(record, viewer.person.id, viewer.audience)
    context = {
        "viewer": viewer,
        "room": viewer.room,
        "state": viewer.view,
        "own": own,
        "mandate": _mandate(viewer, report(record_of(viewer))) if viewer.person.delegation else None,
        "linked": "replay" in parts_for(viewer),
        "papers_known": papers_by_slug(),
        "finder": Finder(),
    }
    return kept_private(render(request, "rooms/mine.html", context))


def _mandate(viewer: Viewer, made: Report) -> MandateReport | None:
    return next((one for one in made.mandates if one.delegation == viewer.person.delegation), None)
