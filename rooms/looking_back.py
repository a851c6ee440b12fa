"""Looking back: who may, which record they then read, and under which name it goes.

Settled here, once for the debrief, its exports, replay, search and forks: whoever has no assessment record reads within
the attribution rule, before the session is closed as well as after.
"""

from django.http import HttpRequest, HttpResponse

from rooms import log
from rooms.debrief import exports
from rooms.domain.attribution import afterwards
from rooms.domain.record import Entry
from rooms.domain.refused import Refused
from rooms.domain.sight import OBSERVERS, THE_MODERATORS, WAITING, Audience, visible
from rooms.viewing import Viewer, stream, viewer_of


def viewer_after(request: HttpRequest, code: str, pid: str) -> Viewer:
    """The viewer a request comes from, or `Refused`. Looking back is for the moderator at any time, for everybody else
    once the session is closed."""
    viewer = viewer_of(request, code, pid)
    check_may_look_back(viewer.audience, closed=viewer.closed)
    return viewer


def check_may_look_back(audience: Audience, *, closed: bool) -> None:
    """The rule itself, for pages and for sockets: `Refused` for whom it is not yet, or not at all."""
    if audience == WAITING:
        raise Refused("not_admitted", "The debrief is for those who took part. Ask the moderator to let you in.")
    if not closed and audience != THE_MODERATORS:
        raise Refused("still_open", "The debrief opens when the moderator closes the session. Stay at the table.")


def record_of(viewer: Viewer) -> list[Entry]:
    """The record as this viewer looks back at it; a cursor counts its entries from 1."""
    entries = stream(viewer)
    return entries if viewer.closed or viewer.assesses else afterwards(entries)


def shared_record(viewer: Viewer) -> list[Entry]:
    """The record that a file holds. A file goes from hand to hand: unless it is the moderator's own assessment
    record, it holds what observers may read, and no delegation's private words."""
    if viewer.assesses:
        return stream(viewer)
    return afterwards(visible(log.read(viewer.room.pk), OBSERVERS))


def record_name(viewer: Viewer) -> str:
    """What the record of this viewer is called in files."""
    return exports.ASSESSMENT if viewer.assesses else exports.PARTICIPANTS


def kept_private(response: HttpResponse) -> HttpResponse:
    """The response, never to be kept: a shared computer's back button must not show who said what."""
    response["Cache-Control"] = "no-store"
    return response
