"""What a room's page left out at first, for whoever has opened what it lies in."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from neacd.errors import show_refusal
from rooms import panels
from rooms.domain.refused import Refused
from rooms.viewing import viewer_of
from rooms.views.table import painted


@require_GET
def send_panel(request: HttpRequest, code: str, pid: str, name: str) -> HttpResponse:
    """One panel of this person's screen, whole, as it stands now; `X-Cursor` says when that is."""
    try:
        viewer = viewer_of(request, code, pid)
        if name not in panels.SCREENS[panels.screen_of(viewer.person)]:
            raise Refused("no_such_panel", "Your screen has no such part. Go back to the room.")
    except Refused as refused:
        return show_refusal(request, refused)
    response = HttpResponse(painted(viewer)[name])
    response["X-Cursor"] = viewer.view.count  # a page that knows of more asks again
    response["Cache-Control"] = "no-store"  # as the page that it belongs to
    return response
