"""What the moderator shows the class of a recorded session: setting it, and asking for it."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from neacd.errors import show_refusal, status_of
from rooms import access, following
from rooms.actions import now_ms
from rooms.domain.refused import Refused
from rooms.forms import whole_number
from rooms.looking_back import kept_private, tape_of, viewer_after
from rooms.viewing import Viewer


@csrf_exempt  # as the room's own forms, and guarded as they are; see access.is_same_origin
@require_http_methods(["GET", "POST"])
def shared_replay(request: HttpRequest, code: str, pid: str) -> HttpResponse:
    """GET: what is shown, as JSON for a page that follows; a reader without script is led to that moment of their own
    record. POST (moderators): `stop`, or an instant `at` (ms), `playing` ("1" or ""), `speed`."""
    wants_json = request.headers.get("Accept", "").startswith("application/json")
    try:
        if request.method == "POST" and not access.is_same_origin(request):
            raise Refused("foreign_page", "That came from another page. Go to the replay and press the button there.")
        viewer = viewer_after(request, code, pid)
        shown = _set(request, viewer) if request.method == "POST" else following.shown_in(viewer.room.pk)
    except Refused as refused:
        if wants_json:
            return kept_private(JsonResponse({"refused": refused.as_data()}, status=status_of(refused)))
        return show_refusal(request, refused)
    if wants_json:
        return kept_private(JsonResponse(shown.as_told()))
    return kept_private(_to_the_moment(viewer, shown, follows=request.method == "GET"))


def _set(request: HttpRequest, viewer: Viewer) -> following.Shown:
    if not viewer.moderates:
        raise Refused("not_moderator", "Only the moderator shows the session to the class. Look on your own instead.")
    access.count_command(viewer.participant)
    if request.POST.get("stop"):
        return following.stop(viewer.room.pk)
    at, speed = (whole_number(request.POST.get(name, ""), following.LATEST) for name in ("at", "speed"))
    return following.show(viewer.room.pk, at=at, playing=request.POST.get("playing") == "1", speed=speed)


def _to_the_moment(viewer: Viewer, shown: following.Shown, *, follows: bool) -> HttpResponse:
    """The reader's own record at the instant that is shown; for who wants to follow, the debrief if nothing is."""
    seat = (viewer.room.code, viewer.participant.pid)
    if follows and not shown.open:
        return redirect(reverse("rooms:debrief", args=seat))
    cursor = tape_of(viewer).cursor_at(shown.instant(now_ms()))
    return redirect(reverse("rooms:replay", args=(*seat, cursor)) + ("#follow" if follows else ""))
