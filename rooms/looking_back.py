"""Looking back: who may, and which record they then read.

Settled here, once for the debrief, replay, search and forks (for files, see `takings`): whoever has no assessment
record reads within the attribution rule, before the session is closed as well as after.
"""

from django.http import HttpRequest, HttpResponse

from rooms.domain.record import Entry
from rooms.domain.refused import Refused
from rooms.domain.sharing import PARTS, may_read
from rooms.domain.sight import OBSERVERS, THE_MODERATORS, WAITING, Audience
from rooms.past import Tape
from rooms.process import tapes
from rooms.tapes import Reader
from rooms.viewing import Viewer, viewer_of


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
    return list(tapes.record(_reader(viewer), viewer.picture.seq))


def tape_of(viewer: Viewer, eyes: Audience | None = None) -> Tape:
    """The same record, every moment of it at hand; through somebody else's eyes, which only leave out."""
    return tapes.tape(_reader(viewer), viewer.picture.seq, eyes)


def _reader(viewer: Viewer) -> Reader:
    return Reader(viewer.room.pk, viewer.room.code, viewer.audience, viewer.assesses)


def parts_for(viewer: Viewer) -> frozenset[str]:
    """The parts of the debrief that this viewer may read."""
    return _parts(viewer, viewer.audience)


def parts_in_files(viewer: Viewer) -> frozenset[str]:
    """The parts that a file holds: a moderator's all, anybody else's what observers may read. See `takings`."""
    return _parts(viewer, viewer.audience if viewer.moderates else OBSERVERS)


def _parts(viewer: Viewer, audience: Audience) -> frozenset[str]:
    return frozenset(part for part in PARTS if may_read(viewer.picture.state, part, audience))


def needs(viewer: Viewer, part: str) -> None:
    """`Refused` where the moderator has not shared this part of the debrief with the viewer."""
    if not may_read(viewer.picture.state, part, viewer.audience):
        title = PARTS[part][0]
        raise Refused("not_shared", f"The moderator has not shared “{title}” with you. Ask for it at the debriefing.")


def kept_private(response: HttpResponse) -> HttpResponse:
    """The response, never to be kept: a shared computer's back button must not show who said what."""
    response["Cache-Control"] = "no-store"
    return response
