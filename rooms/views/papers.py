"""Documents to read as a page and to take away as files: texts as they stand, outputs as they were issued.

A file goes from hand to hand, and a page is printed: both are made from what observers may see, whoever asks, so that
no draft, position or instruction of a delegation can be in them. Formal acts keep the names of delegations under every
attribution rule.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from neacd.errors import show_refusal
from rooms import takings, throttles
from rooms.domain.refused import Refused
from rooms.domain.sight import OBSERVERS, WAITING
from rooms.domain.state import RoomState
from rooms.exporting.as_docx import as_docx
from rooms.exporting.as_markdown import as_markdown
from rooms.exporting.as_pdf import as_pdf
from rooms.exporting.picture import Picture, of_document, of_output
from rooms.process import folds
from rooms.viewing import Viewer, viewer_of

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# form -> (what it is, how it is made)
FORMS: Mapping[str, tuple[str, Callable[[Picture], bytes]]] = {
    "pdf": ("application/pdf", as_pdf),
    "docx": (WORD, as_docx),
    "md": ("text/markdown; charset=utf-8", lambda picture: as_markdown(picture).encode()),
}
LONGEST_NAME = 60  # characters of a title in the name of a file
KEPT = 32  # files of one process: a class downloads the same one at the same moment


def _shared_view(viewer: Viewer) -> RoomState:
    """What anybody in the room may see of it."""
    if viewer.audience == WAITING:
        raise Refused("not_admitted", "The papers are for those in the room. Ask the moderator to let you in.")
    return folds.at_head(viewer.room.pk, [OBSERVERS]).view(OBSERVERS)


def picture_of(state: RoomState, paper: str, *, clean: bool) -> Picture:
    """A text or an output by its id, as a picture."""
    if issued := state.outputs.output(paper):
        return of_output(state, issued)
    if document := state.texts.document(paper):
        return of_document(state, document, clean=clean)
    raise Refused("unknown_paper", "There is no such document in this room. Choose one from the list there.")


@require_GET
def show_paper(request: HttpRequest, code: str, pid: str, paper: str) -> HttpResponse:
    """One document as a page to read and to print: with its brackets, or clean."""
    clean = _is_clean(request)
    try:
        viewer = viewer_of(request, code, pid)
        state = _shared_view(viewer)
        picture = picture_of(state, paper, clean=clean)
    except Refused as refused:
        return show_refusal(request, refused)
    document = state.texts.document(paper)
    context = {
        "viewer": viewer,
        "room": viewer.room,
        "state": state,
        "picture": picture,
        "paper": paper,
        "clean": clean,
        "has_brackets": bool(document and document.open_brackets),
        "forms": tuple(FORMS),
    }
    response = render(request, "rooms/paper.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_GET
def download_paper(request: HttpRequest, code: str, pid: str, paper: str, form: str) -> HttpResponse:
    """The same as a file: PDF, DOCX or Markdown."""
    if takings.is_only_guessed(request):
        return HttpResponse(status=503, headers={"Cache-Control": "no-store"})
    try:
        viewer = viewer_of(request, code, pid)
        throttles.count_report(f"seat-{viewer.participant.pk}")
        if form not in FORMS:
            raise Refused("unknown_form", "Choose PDF, DOCX or Markdown.")
        picture = picture_of(_shared_view(viewer), paper, clean=_is_clean(request))
    except Refused as refused:
        return show_refusal(request, refused)
    content = _file(picture, form)
    takings.note(viewer.room, viewer.person.id, form, f"{paper}: {picture.title}")
    response = HttpResponse(content, content_type=FORMS[form][0])
    response["Content-Disposition"] = content_disposition_header(True, f"{_name(picture, paper)}.{form}")
    response["Cache-Control"] = "no-store"
    return response


@require_GET
def leave_past(request: HttpRequest, code: str, pid: str, cursor: int, paper: str, form: str = "") -> HttpResponse:
    """From a panel of the past to the document, or its file, as it stands now."""
    if form:
        return redirect("rooms:paper_file", code=code, pid=pid, paper=paper, form=form)
    return redirect("rooms:paper", code=code, pid=pid, paper=paper)


def _is_clean(request: HttpRequest) -> bool:
    return request.GET.get("clean") == "1"


@lru_cache(maxsize=KEPT)
def _file(picture: Picture, form: str) -> bytes:
    """A file depends on its picture alone, so equal pictures share it."""
    return FORMS[form][1](picture)


def _name(picture: Picture, paper: str) -> str:
    """A name that no file system minds, in the script of the title."""
    words = slugify(picture.title, allow_unicode=True)[:LONGEST_NAME].strip("-")
    return words or f"document-{slugify(paper)}"
