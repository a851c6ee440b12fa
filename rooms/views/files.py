"""Files to take away, and a record brought in. Which record a file is made from stands in `takings`; whoever takes one
is noted before it is handed over."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from delegations.citations import papers_by_slug
from neacd.errors import show_refusal, status_of
from rooms import archive, importing, showing_packages, takings, throttles
from rooms.debrief import exports
from rooms.debrief.cut import cut
from rooms.debrief.measures import report
from rooms.debrief.report import Report
from rooms.domain.fold import fold
from rooms.domain.refused import Refused
from rooms.domain.sharing import PARTS, SECRET
from rooms.exporting.blocks import Paper
from rooms.exporting.report_as_docx import as_docx
from rooms.exporting.report_as_pdf import as_pdf
from rooms.exporting.report_picture import of_report
from rooms.looking_back import kept_private, needs, parts_in_files, viewer_after
from rooms.takings import Chosen
from rooms.unpacking import MOST_PACKED
from rooms.viewing import Viewer

ELSEWHERE: Final = ("files", "mine")  # the parts of the debrief that no file holds
JSON: Final = "application/json"
ZIP: Final = "application/zip"
MARKDOWN: Final = "text/markdown; charset=utf-8"
PDF: Final = "application/pdf"
KEPT: Final = 8  # reports on paper of one process: a class takes the same one at the same moment
WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Form:
    """One form of file: `words` say what it is for, `ending` and `kind` are those of the file. `whole`: it holds the
    record itself, so it is given only to whom no part of the debrief is kept from."""

    title: str
    words: str
    ending: str
    kind: str
    make: Callable[[Viewer, Chosen, Report], bytes]
    whole: bool = False


def _on_paper(viewer: Viewer, taken: Chosen, made: Report) -> Paper:
    """The report as it is printed. By the mandates packages are told in the assessment record alone."""
    state, shown = fold(taken.entries), parts_in_files(viewer)
    bases = showing_packages.in_public(state)
    if taken.assesses and state.prepared.issues:
        bases.append(showing_packages.basis_of(state, showing_packages.MANDATES, packs=True))
    return of_report(made, state, shown, assesses=taken.assesses, papers=papers_by_slug(), bases=bases)


def _as_pdf(viewer: Viewer, taken: Chosen, made: Report) -> bytes:
    return _printed("pdf", _on_paper(viewer, taken, made))


def _as_docx(viewer: Viewer, taken: Chosen, made: Report) -> bytes:
    return _printed("docx", _on_paper(viewer, taken, made))


@lru_cache(KEPT)
def _printed(form: str, paper: Paper) -> bytes:
    return as_pdf(paper) if form == "pdf" else as_docx(paper)


def _as_markdown(_viewer: Viewer, taken: Chosen, made: Report) -> bytes:
    return exports.as_markdown(made, taken.name).encode()


def _as_csv(_viewer: Viewer, taken: Chosen, made: Report) -> bytes:
    return exports.as_csv_zip(made, taken.name)


def _as_json(viewer: Viewer, taken: Chosen, made: Report) -> bytes:
    data = exports.as_json(made, taken.entries if _reads_whole(viewer) else [], taken.name)
    if taken.assesses:  # events know people by id only; the assessment record says who they are
        people = archive.people_in(viewer.room, viewer.picture.state)
        data["people"] = {pid: one["name"] for pid, one in people.items() if one["name"]}
    return json.dumps(data, ensure_ascii=False).encode()


def _as_archive(viewer: Viewer, taken: Chosen, _made: Report) -> bytes:
    return takings.archive_of(viewer.room, taken, viewer.picture.state)


FORMS: Final[Mapping[str, Form]] = {
    "pdf": Form("PDF", "The whole report to print or to hand round, with its pictures.", "pdf", PDF, _as_pdf),
    "docx": Form("DOCX", "The same to work on further, in a word processor.", "docx", WORD, _as_docx),
    "md": Form("Markdown", "The report to read, to edit, to quote from.", "md", MARKDOWN, _as_markdown),
    "csv": Form("Tables", "CSV with a data dictionary, for a spreadsheet or statistics.", "zip", ZIP, _as_csv),
    "json": Form("JSON", "The report and its events, for a program of your own.", "json", JSON, _as_json),
    "archive": Form(
        "Archive",
        "The record itself: to verify by hand, to keep, to replay in another installation.",
        "zip",
        ZIP,
        _as_archive,
        whole=True,
    ),
}
LAST_SHOWN: Final = 50  # lines of who took what


@require_GET
def export_debrief(request: HttpRequest, code: str, pid: str, form: str) -> HttpResponse:
    """The debrief or its record as a file; `?record=assessment` asks for the moderator's own."""
    if takings.is_only_guessed(request):
        return kept_private(HttpResponse(status=503))
    try:
        viewer = viewer_after(request, code, pid)
        return file_for(viewer, form, request.GET.get("record", ""))
    except Refused as refused:
        return show_refusal(request, refused)


def file_for(viewer: Viewer, form: str, asked: str) -> HttpResponse:
    """The file, noted as taken; or `Refused`."""
    throttles.count_report(f"seat-{viewer.participant.pk}")
    needs(viewer, "files")
    one = FORMS.get(form)
    if one is None:
        raise Refused("unknown_form", "There is no such file. Choose one of those that the debrief offers.")
    if one.whole and not _reads_whole(viewer):
        raise Refused(
            "not_shared", "The moderator keeps a part of the debrief back, and this file would hold it. Take another."
        )
    taken = takings.chosen(viewer, asked)
    made = report(taken.entries)
    content = one.make(viewer, taken, made if viewer.moderates else cut(made, parts_in_files(viewer)))
    takings.note(viewer.room, viewer.person.id, form, taken.name)
    response = HttpResponse(content, content_type=one.kind)
    name = "-".join(["neacd", viewer.room.code, *_of_name(taken, one)])
    response["Content-Disposition"] = f'attachment; filename="{name}.{one.ending}"'
    return kept_private(response)


def _of_name(taken: Chosen, form: Form) -> list[str]:
    """What else the name of a file says: the assessment record must not be handed on by mistake."""
    return [*(["record"] if form.whole else []), *([taken.scope] if taken.assesses else [])]


def _reads_whole(viewer: Viewer) -> bool:
    """Whether no part of the debrief that is made from the record is kept back from the files of a viewer."""
    return parts_in_files(viewer) >= PARTS.keys() - {*SECRET, *ELSEWHERE}


def files_part(viewer: Viewer) -> dict[str, Any]:
    """What the files part of the debrief shows: the forms, which records there are to choose from, who took what."""
    forms = {name: form for name, form in FORMS.items() if not form.whole or _reads_whole(viewer)}
    titles = {name: form.title for name, form in FORMS.items()}
    took = takings.takings(viewer) if viewer.moderates else []
    last = took[:LAST_SHOWN]
    return {
        "forms": forms,
        "chooses": viewer.assesses,
        "moderates": viewer.moderates,
        "takings": [{"taking": one, "form": titles.get(one.form, one.form)} for one in last],
        "more": len(took) - len(last),
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: HttpRequest) -> HttpResponse:
    """A record from elsewhere becomes a room of the signed-in moderator's, or the page says what is wrong with it."""
    refused = None
    if request.method == "POST":
        try:
            room = importing.bring_in(_uploaded(request), request.user)
        except Refused as found:
            refused = found
        else:
            messages.success(request, f"“{room.title}” is in, as room {room.code}: its chain holds.")
            return redirect("rooms:list")
    context = {"refused": refused, "most_megabytes": MOST_PACKED // 1_000_000}
    return kept_private(render(request, "rooms/bring_in.html", context, status=status_of(refused) if refused else 200))


def _uploaded(request: HttpRequest) -> bytes:
    uploaded = request.FILES.get("file")
    if uploaded is None:
        raise Refused("file_needed", "Choose the archive: a .zip that was downloaded from a debrief.", field="file")
    return bytes(uploaded.read(MOST_PACKED + 1))
