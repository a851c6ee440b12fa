"""From the hot wash to the moment that is being talked about."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from neacd.errors import show_refusal
from rooms.domain.refused import Refused
from rooms.looking_back import kept_private, tape_of, viewer_after


@require_GET
def see_moment(request: HttpRequest, code: str, pid: str, at: int, cursor: int = 0) -> HttpResponse:
    """The room at an instant (`at`: ms UTC), as this seat may look back at it. A panel's own link, which leads there
    also from the past, whatever moment (`cursor`) it is shown at."""
    try:
        viewer = viewer_after(request, code, pid)
    except Refused as refused:
        return kept_private(show_refusal(request, refused))
    return kept_private(redirect("rooms:replay", code=code, pid=pid, cursor=tape_of(viewer).cursor_at(at)))
