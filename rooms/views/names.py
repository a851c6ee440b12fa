"""Names: whose are kept, until when, and how they are forgotten. A moderator sees all of a room's, everybody else
their own. No seat is named here: after the session who sat where is nobody's but the assessment record's."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from neacd.errors import show_refusal, tell_refusal
from rooms import retention
from rooms.actions import Asked
from rooms.debrief.wording import listed
from rooms.domain.forgetting import ForgetPerson
from rooms.domain.refused import Refused
from rooms.domain.sight import WAITING
from rooms.looking_back import kept_private
from rooms.models import Participant, Room
from rooms.viewing import Viewer, carry_out, viewer_of
from rooms.writing import writer


@require_http_methods(["GET", "HEAD", "POST"])
def keep_names(request: HttpRequest, code: str, pid: str) -> HttpResponse:
    """The names of a room, with a button for each that has it forgotten; the chair chooses how long they are kept."""
    try:
        viewer = viewer_of(request, code, pid)
        if viewer.audience == WAITING:
            raise Refused("not_admitted", "You are not in this room yet. Ask the moderator to let you in.")
        if request.method == "POST":
            return _changed(request, viewer)
    except Refused as refused:
        return show_refusal(request, refused)
    return _page(request, viewer)


def _page(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    named = viewer.room.participants.filter(forgotten_at=None).exclude(role="projector").order_by("joined_at", "pk")
    if not viewer.moderates:
        named = named.filter(pid=viewer.person.id)
    closed_at = viewer.picture.state.room.closed_at
    context = {
        "viewer": viewer,
        "room": viewer.room,
        "state": viewer.view,
        "named": named,
        "forgotten": viewer.room.participants.exclude(forgotten_at=None).count() if viewer.moderates else 0,
        "until": None if closed_at is None else retention.kept_until(viewer.room, closed_at),
        "keep_days": retention.keep_days(viewer.room),
        "choices": sorted({*retention.CHOICES, retention.keep_days(viewer.room)}),
    }
    return kept_private(render(request, "rooms/names.html", context))


def _changed(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    code, pid = viewer.room.code, viewer.person.id
    try:
        if "keep_days" in request.POST:
            _keep_for(viewer, request.POST["keep_days"])
            messages.success(request, "That is how long the names are kept from now on.")
        else:
            _forget(viewer, request.POST.get("person", ""))
            messages.success(request, "The name is forgotten, here and in every room that shares this one’s people.")
    except Refused as refused:
        tell_refusal(request, refused)
        return redirect("rooms:names", code=code, pid=pid)
    if Participant.objects.filter(room=viewer.room, pid=pid, revoked=True).exists():
        return redirect("rooms:find")  # one's own: this seat opens for nobody any more
    return redirect("rooms:names", code=code, pid=pid)


def _keep_for(viewer: Viewer, days: str) -> None:
    if not viewer.moderates:
        raise Refused("not_moderator", "Only the moderator can do this. Ask the chair in the room.")
    if days not in {str(one) for one in retention.CHOICES}:
        raise Refused("unknown_length", "Choose one of the lengths that are offered.", field="keep_days")
    Room.objects.filter(pk=viewer.room.pk).update(keep_days=int(days))


def _forget(viewer: Viewer, person: str) -> None:
    """In this room, and in those that share its people because one goes on from the other."""
    carry_out(viewer, ForgetPerson(person))
    still = Participant.objects.filter(room__in=_related(viewer.room), pid=person, forgotten_at=None)
    left = [f"“{one.room.title}”" for one in still.select_related("room") if not _is_forgotten(one, viewer.person.id)]
    if left:
        raise Refused(
            "still_here_elsewhere",
            f"The name is forgotten here, but still stands in {listed(left)}, where this session goes on or comes from."
            " The moderator there can have it forgotten once that room is closed.",
        )


def _is_forgotten(participant: Participant, asked_by: str) -> bool:
    try:
        writer.act_and_wait(Asked(participant.room_id, asked_by, ForgetPerson(participant.pid)))
    except Refused:  # they are still in that room, or whoever asks does not moderate it
        return False
    return True


def _related(room: Room) -> set[int]:
    """The rooms whose people came from this one, or whose people this one has, near and far, and this one."""
    found = fresh = {room.pk}
    while fresh:
        near = Room.objects.filter(Q(origin__in=fresh) | Q(forks__in=fresh)).values_list("pk", flat=True)
        fresh = set(near) - found
        found = found | fresh
    return found
