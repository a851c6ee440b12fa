"""What comes after: the debrief. Which record a viewer reads is settled in `looking_back`."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from delegations.citations import papers_by_slug
from delegations.papers.finding import Finder
from neacd.errors import show_refusal
from rooms import access, showing_packages, throttles
from rooms.debrief import charts, wording
from rooms.debrief.contents import contents
from rooms.debrief.cut import BESIDE, cut, may_stand
from rooms.debrief.measures import report
from rooms.debrief.pictures import every
from rooms.debrief.timeline import KINDS
from rooms.domain.fold import fold
from rooms.domain.refused import Refused
from rooms.domain.sharing import CHAIR, PARTS, TO
from rooms.domain.state import RoomState
from rooms.looking_back import kept_private, parts_for, record_of, viewer_after
from rooms.models import Room
from rooms.viewing import Viewer
from rooms.views.files import files_part
from rooms.views.sharing import sharing_part


@login_required
@require_GET
def open_debrief(request: HttpRequest, code: str) -> HttpResponse:
    """The moderator's way from the list of rooms to the debrief, on any device they are signed in on."""
    room = get_object_or_404(Room, code=code, opened_by=request.user)
    chair = get_object_or_404(room.participants, user=request.user, role="moderator", revoked=False)
    response = redirect("rooms:debrief", code=room.code, pid=chair.pid)
    access.remember(request, response, chair)
    return response


@require_GET
def show_debrief(request: HttpRequest, code: str, pid: str) -> HttpResponse:
    """What came of it, how it got there and what it can tell: from the record, within the attribution rule, in the
    parts that are shared with the viewer."""
    try:
        viewer = viewer_after(request, code, pid)
        throttles.count_report(f"seat-{viewer.participant.pk}")
    except Refused as refused:
        return show_refusal(request, refused)
    entries = record_of(viewer)
    shown = parts_for(viewer)
    made, state = cut(report(entries), shown), fold(entries)
    packages = _packages(viewer, state) if may_stand("packages", shown) else []
    shares = sharing_part(viewer)
    there = [name for name, is_there in (("packages", packages), ("sharing", shares)) if is_there]
    context = {
        "viewer": viewer,
        "room": viewer.room,
        "state": state,
        "report": made,
        "linked": "replay" in shown,
        "shared_with": _shared_with(viewer),
        "sections": contents(made, state, shown, there),
        "sharing": shares,
        "files": files_part(viewer) if "files" in shown else {},
        "packages": packages,
        "pictures": every.of_report(made, state, shown),
        "agenda": list(zip(charts.agenda_bars(made), made.agenda, strict=True)),
        "kinds": [kind for kind in KINDS if any(one.kind == kind for one in made.timeline)],
        "assesses": viewer.assesses,
        "last": len(entries),
        "papers_known": papers_by_slug(),
        "finder": Finder(),
    }
    return kept_private(render(request, "rooms/debrief.html", context))


def _shared_with(viewer: Viewer) -> Mapping[str, str]:
    """With whom each part is shared, in words: for the moderators, who alone know what others do not read."""
    if not viewer.moderates:
        return {}
    sharing = viewer.picture.state.sharing
    words = {part: TO[sharing.with_whom(part)] for part in PARTS}
    for part, beside in BESIDE.items():
        if sharing.with_whom(part) != CHAIR:
            titles = wording.listed([f"“{PARTS[one][0]}”" for one in beside])
            words[part] += f", as far as they read {titles}"
    return words


def _packages(viewer: Viewer, state: RoomState) -> list[Mapping[str, Any]]:
    """What the package finder says: to all by what was declared, to the moderator by the mandates, too."""
    bases = showing_packages.in_public(state)
    if viewer.moderates:
        bases += [showing_packages.basis_of(state, showing_packages.MANDATES, packs=True)]
    return [one for one in bases if state.prepared.issues]
