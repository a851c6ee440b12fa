"""The room as each person sees it, and the plain form behind every button."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from delegations.citations import papers_by_slug
from delegations.pack_reading import for_reading
from delegations.papers.finding import Finder
from neacd.errors import show_refusal, status_of, tell_refusal
from rooms import access, figures, forms, joining, panels, read_back, running_order
from rooms.actions import now_ms
from rooms.domain.attribution import SAID
from rooms.domain.gists import GistLogged
from rooms.domain.record import Entry
from rooms.domain.refused import Refused
from rooms.domain.statements import StatementWithdrawn
from rooms.looking_back import record_of
from rooms.process import painter
from rooms.viewing import Viewer, carry_out, viewer_of

EARLIER = 200  # statements on one page of what was said before
AT_ONCE = 1_000  # entries in one reading for it: of these, one in eight is a statement


@require_GET
def show_room(request: HttpRequest, code: str, pid: str) -> HttpResponse:
    """The screen of this person's role. Once the session is closed, the debrief is the room."""
    try:
        viewer = viewer_of(request, code, pid)
    except Refused as refused:
        return show_refusal(request, refused)
    screen = panels.screen_of(viewer.person)
    context = {
        "viewer": viewer,
        "room": viewer.room,
        "state": viewer.view,
        "person": viewer.person,
        "panels": painted(viewer),
        "screen": screen,
        "live": True,
        "pack": pack_of(viewer, viewer.audience.delegation) if screen in ("delegate", "capital") else None,
        "check_url": check_url_of(viewer, viewer.person.delegation),
        "join": joining.invitation(request, viewer.room) if screen in ("moderator", "projector") else None,
        "my_link": _my_link(request, viewer),
        "rule": running_order.rule_words(viewer.view),
        "view_name": panels.view_name(viewer.person),
        "now": max(now_ms(), viewer.view.at),  # a room that is rehearsed fast is ahead of the clock on the wall
    }
    response = render(request, f"rooms/screens/{screen}.html", context)
    response["Cache-Control"] = "no-store"  # a shared computer's back button must not show a mandate
    return response


def painted(viewer: Viewer) -> dict[str, str]:
    """Every panel of this person's screen, by name."""
    screen = panels.screen_of(viewer.person)
    room_id, picture, audience = viewer.room.pk, viewer.picture, viewer.audience
    own = painter.personal(room_id, screen, audience, viewer.view, picture.names, viewer.person)
    return {**painter.paint_of(room_id, screen, audience, picture), **own}


def _my_link(request: HttpRequest, viewer: Viewer) -> str:
    """The person's own way back to this seat, for another device."""
    participant = viewer.participant
    path = reverse("rooms:come_back", args=[viewer.room.code, participant.pid, access.ticket_of(participant)])
    return request.build_absolute_uri(path)


def pack_of(viewer: Viewer, code: str) -> dict[str, Any] | None:
    """A delegation's pack as far as this viewer may see it, in reading order, with the papers that it cites."""
    prepared = viewer.view.prepared
    pack = prepared.packs.get(code)
    delegation = prepared.delegation(code)
    if pack is None or delegation is None:
        return None
    read = for_reading(
        pack,
        delegation=asdict(delegation),
        delegations=[asdict(one) for one in prepared.delegations],
        issues=[asdict(issue) for issue in prepared.issues],
    )
    if not viewer.moderates:
        read["questions"] = []  # they are asked on a page of their own; here their answers would stand beside them
    return {**read, "papers": papers_by_slug(), "finder": Finder()}


def check_url_of(viewer: Viewer, code: str) -> str:
    """Where a member checks what they read of their own pack; "" for all others, and where nothing is asked."""
    own = viewer.person.delegation == code and viewer.person.admitted
    asked = viewer.view.prepared.packs.get(code, {}).get("questions")
    return reverse("rooms:check", args=[viewer.room.code, viewer.person.id]) if own and asked else ""


@require_GET
def show_pack(request: HttpRequest, code: str, pid: str, delegation: str) -> HttpResponse:
    """One delegation's pack on a page of its own, for its members and the moderator."""
    try:
        viewer = viewer_of(request, code, pid)
        pack = pack_of(viewer, delegation)
        if pack is None:
            raise Refused("not_yours_to_see", "That briefing pack is not yours to read.")
    except Refused as refused:
        return show_refusal(request, refused)
    context = {"viewer": viewer, "room": viewer.room, "state": viewer.view, "pack": pack}
    context["check_url"] = check_url_of(viewer, delegation)
    response = render(request, "rooms/pack.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_GET
def show_earlier(request: HttpRequest, code: str, pid: str) -> HttpResponse:
    """What was said before the statements on the screen."""
    try:
        viewer = viewer_of(request, code, pid)
    except Refused as refused:
        return show_refusal(request, refused)
    entries = _lately_read(viewer)
    # From the record that is read: after closing its statements are counted anew.
    withdrawn = {entry.event.statement for entry in entries if isinstance(entry.event, StatementWithdrawn)}
    context = {
        "viewer": viewer,
        "room": viewer.room,
        "state": viewer.view,
        "names": {} if viewer.within_rule else viewer.picture.names,
        "entries": _said(entries)[-EARLIER:],
        "withdrawn": withdrawn,
    }
    response = render(request, "rooms/earlier.html", context)
    response["Cache-Control"] = "no-store"  # it names who spoke, and what officials said apart
    return response


def _lately_read(viewer: Viewer) -> list[Entry]:
    """The end of the record as this viewer may read it, with as much in it as one page shows. Within the rule all of it
    has to be read, since that moves things; once for all who look back."""
    if viewer.within_rule:
        return record_of(viewer)
    return read_back.until(viewer.room.pk, viewer.audience, _fill_a_page, seq=viewer.picture.seq, at_once=AT_ONCE)


def _fill_a_page(entries: Iterable[Entry]) -> bool:
    return len(_said(entries)) >= EARLIER


def _said(entries: Iterable[Entry]) -> list[Entry]:
    """What was put on the record in writing, and of each speech by word of mouth the last gist that was kept."""
    kept = [entry for entry in entries if isinstance(entry.event, (*SAID, GistLogged))]
    last = {entry.event.speech: entry for entry in kept if isinstance(entry.event, GistLogged) and entry.event.speech}
    return [entry for entry in kept if last.get(getattr(entry.event, "speech", ""), entry) is entry]


@csrf_exempt  # the panels are shared by many viewers; see access.is_same_origin
@require_POST
def act_by_form(request: HttpRequest, code: str, pid: str) -> HttpResponse:
    """The plain form behind every button: works when the socket is down, and without any script."""
    wants_json = request.headers.get("Accept", "").startswith("application/json")
    try:
        if not access.is_same_origin(request):
            raise Refused("foreign_page", "That came from another page. Go to your room and press the button there.")
        viewer = viewer_of(request, code, pid)
        _carry_out(request, viewer)
    except Refused as refused:
        if not wants_json and refused.code in ("foreign_page", "not_yours_to_see"):
            return show_refusal(request, refused)
        if wants_json:
            figures.refused(refused.code)
            return JsonResponse({"refused": refused.as_data()}, status=status_of(refused))
        tell_refusal(request, refused)
        return redirect("rooms:room", code=code, pid=pid)
    if wants_json:
        return JsonResponse({"done": True})
    return redirect("rooms:room", code=code, pid=pid)


def _carry_out(request: HttpRequest, viewer: Viewer) -> None:
    fields: dict[str, Any] = {}
    for key in request.POST:
        values = request.POST.getlist(key)
        fields[key] = values if len(values) > 1 else values[0]
    name = fields.pop("command", None)
    request_id = forms.request_id_from(fields.pop("request_id", ""))
    command = forms.command_from(name, fields)
    carry_out(viewer, command, request_id)
