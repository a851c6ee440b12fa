"""Check yourself: the pack's questions on a page of their own, one answer each, before the session."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from neacd.errors import show_refusal, status_of
from rooms import access, figures
from rooms.domain.checks import AnswerQuestion
from rooms.domain.refused import Refused
from rooms.forms import command_from
from rooms.viewing import Viewer, carry_out, viewer_of


@csrf_exempt  # a plain form of the room; see access.is_same_origin
@require_http_methods(["GET", "HEAD", "POST"])
def check_yourself(request: HttpRequest, code: str, pid: str) -> HttpResponse:
    """The questions one has not answered as a form, the answered ones with what is right and why."""
    try:
        viewer = viewer_of(request, code, pid)
        if request.method != "POST":
            return _page(request, viewer, None)
        if not access.is_same_origin(request):
            raise Refused("foreign_page", "That came from another page. Answer on the page of your room.")
    except Refused as refused:
        return show_refusal(request, refused)
    try:
        for command in _answers(request):
            carry_out(viewer, command)
    except Refused as refused:
        figures.refused(refused.code)
        return _page(request, viewer_of(request, code, pid), refused)
    return redirect("rooms:check", code=code, pid=pid)


def _answers(request: HttpRequest) -> list[AnswerQuestion]:
    """What was ticked, as commands: fields named q0, q1 ... with the number of the answer."""
    chosen = {key[1:]: value for key, value in request.POST.items() if key[:1] == "q" and key[1:].isdigit()}
    if not chosen:
        raise Refused("answer_needed", "Choose an answer to at least one question.")
    return [command_from("answer_question", {"question": number, "answer": value}) for number, value in chosen.items()]


def _page(request: HttpRequest, viewer: Viewer, refused: Refused | None) -> HttpResponse:
    delegation = viewer.view.prepared.delegation(viewer.person.delegation)
    questions: Any = viewer.view.prepared.packs.get(viewer.person.delegation, {}).get("questions", ())
    if delegation is None or not viewer.person.admitted or not questions:
        return show_refusal(request, Refused("no_questions", "Your pack asks no questions. Go back to the table."))
    given = viewer.view.checks.of_person(viewer.person.id)
    rows = [{"number": number, "asked": asked, "given": given.get(number)} for number, asked in enumerate(questions)]
    context = {
        "viewer": viewer,
        "room": viewer.room,
        "state": viewer.view,
        "delegation": delegation,
        "rows": rows,
        "open": len(questions) - len(given),
        "right": sum(1 for one in given.values() if one.right),
        "refused": refused,
    }
    response = render(request, "rooms/check.html", context, status=status_of(refused) if refused else 200)
    response["Cache-Control"] = "no-store"
    return response
