"""Sharing parts of the debrief, from its own page: a moderator's, by a plain form."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from neacd.errors import show_refusal, tell_refusal
from rooms.domain.refused import Refused
from rooms.domain.sharing import PARTS, SECRET, TO, SharePart
from rooms.looking_back import kept_private
from rooms.viewing import Viewer, carry_out, viewer_of


@require_POST
def share_part(request: HttpRequest, code: str, pid: str) -> HttpResponse:
    """Share one part (`part`) with those named by `to`, and go back to it in the list."""
    part, to = request.POST.get("part", ""), request.POST.get("to", "")
    try:
        viewer = viewer_of(request, code, pid)
        carry_out(viewer, SharePart(part, to))
    except Refused as refused:
        if refused.code in ("not_moderator", "not_yours_to_see"):
            return kept_private(show_refusal(request, refused))
        tell_refusal(request, refused)
    else:
        messages.success(request, f"“{PARTS[part][0]}” is read by {TO[to]}.")
    anchor = f"share-{part}" if part in PARTS else "sharing"
    return redirect(f"{reverse('rooms:debrief', args=[code, pid])}#{anchor}")


def sharing_part(viewer: Viewer) -> dict[str, Any]:
    """What the debrief's section needs; {} for who does not moderate. `waits`: it is a secret of a session that goes
    on."""
    if not viewer.moderates:
        return {}
    state = viewer.picture.state
    parts = [
        {
            "id": part,
            "title": title,
            "words": words,
            "to": state.sharing.with_whom(part),
            "waits": part in SECRET and not viewer.closed,
        }
        for part, (title, words) in PARTS.items()
    ]
    return {"parts": parts, "to": list(TO.items())[::-1], "closed": viewer.closed}  # from the widest on
