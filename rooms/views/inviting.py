"""A new link for somebody: made by the moderator's press of a button, shown once, never in any panel."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from neacd.errors import show_refusal, tell_refusal
from rooms import access, joining
from rooms.domain.refused import Refused
from rooms.domain.reinviting import ReinvitePerson
from rooms.models import Participant
from rooms.viewing import Viewer, carry_out, viewer_of


@csrf_exempt  # the panels are shared by many viewers; see access.is_same_origin
@require_POST
def invite_again(request: HttpRequest, code: str, pid: str) -> HttpResponse:
    """Every link and cookie of a person dies, a new link is shown, to be handed over by whatever way there is."""
    try:
        if not access.is_same_origin(request):
            raise Refused("foreign_page", "That came from another page. Make the link from the list of people.")
        viewer = viewer_of(request, code, pid)
        invited = _invited(viewer, request.POST.get("person", ""))
    except Refused as refused:
        if refused.code in ("foreign_page", "not_yours_to_see"):
            return show_refusal(request, refused)
        tell_refusal(request, refused)
        return redirect("rooms:room", code=code, pid=pid)
    return _page(request, viewer, invited)


def _invited(viewer: Viewer, person: str) -> Participant:
    carry_out(viewer, ReinvitePerson(person))
    return Participant.objects.select_related("room").get(room=viewer.room, pid=person)


def _page(request: HttpRequest, viewer: Viewer, invited: Participant) -> HttpResponse:
    path = reverse("rooms:come_back", args=[viewer.room.code, invited.pid, access.ticket_of(invited)])
    link = request.build_absolute_uri(path)
    context = {"room": viewer.room, "viewer": viewer, "invited": invited, "link": link, "qr": joining.qr_of(link)}
    response = render(request, "rooms/invited.html", context)
    response["Cache-Control"] = "no-store"  # it is shown once: the back button must not show it again
    if invited.pid == viewer.person.id:  # one's own: this browser goes on with the new one
        access.remember(request, response, invited)
    return response
