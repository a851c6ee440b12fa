"""One refusal, translated once for each edge: here for the API and for pages."""

import sys
from typing import Any

from django.contrib import messages
from django.db import DataError, InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from rest_framework.response import Response
from rest_framework.views import exception_handler

from neacd import request_ids
from rooms import figures
from rooms.domain import codec
from rooms.domain.refused import Refused

# Codes that HTTP has a word for; every other refusal is a conflict with the state of the room.
STATUS = {
    "unknown_code": 404,
    "no_room": 404,
    "no_such_moment": 404,
    "no_such_panel": 404,
    "unknown_eyes": 404,
    "unknown_form": 404,
    "unknown_paper": 404,
    "unknown_command": 400,
    "unknown_field": 400,
    "field_needed": 400,
    "bad_type": 400,
    "bad_shape": 400,
    "bad_request_id": 400,
    "bad_sign": 400,
    "too_long": 400,
    "too_many": 400,
    "not_yours_to_see": 403,
    "not_moderator": 403,
    "not_delegate": 403,
    "not_admitted": 403,
    "not_shared": 403,
    "not_keeper": 403,
    "muted": 403,
    "foreign_page": 403,
    "too_many_codes": 429,
    "too_many_joins": 429,
    "too_many_passwords": 429,
    "slow_down": 429,
    "unavailable": 503,
    "busy": 503,
    "unsure": 503,
    "renewed": 503,
}
# A name and an address that guessed too often; neither says whether there is such a name.
LOCKED = Refused(
    "too_many_passwords",
    "Too many wrong passwords. Wait a quarter of an hour, or sign in by the link that a start of the server prints.",
)
# What is said where not even reading is possible; who acts is told so by `act`.
CANNOT_BE_READ = (OperationalError, InterfaceError, codec.WrittenLater)
API = "/api/"  # its answers have one shape, whoever gives them
CHANGES_NOTHING = ("GET", "HEAD", "OPTIONS")
# What the database can neither look up nor keep, such as NUL in PostgreSQL. No text that was cleaned holds it.
NO_SUCH_SIGN = ("22021", "22P05")  # PostgreSQL's character_not_in_repertoire and untranslatable_character
BAD_SIGN = Refused("bad_sign", "There is a sign in it that cannot be kept here. Take it out and send it again.")
AWAY = Refused("unavailable", "The records cannot be reached just now. Nothing was changed; try again shortly.")
PERHAPS_KEPT = Refused(
    "unsure",
    "The records could be reached no more, so we could not learn whether this was kept. Look before you send it anew.",
)


def status_of(refused: Refused) -> int:
    return STATUS.get(refused.code, 409)


def refusal_for(error: BaseException | None, method: str | None = "GET") -> Refused | None:
    """What is said of an error of the database that is no error of ours; None for any other. `method`: how it was asked
    for. What is sent may have been done before the database went; not so where there was no line to it at all."""
    if isinstance(error, CANNOT_BE_READ):
        return AWAY if method in CHANGES_NOTHING or connection.connection is None else PERHAPS_KEPT
    return BAD_SIGN if isinstance(error, DataError) and _is_of_a_sign(error) else None


def _is_of_a_sign(error: DataError) -> bool:
    """Whether a sign is the reason, not a number that is too large or a value that is too long: those are errors of
    ours. The client keeps NUL from the server itself, and gives that no number."""
    state = getattr(error.__cause__, "sqlstate", None)
    return state in NO_SUCH_SIGN or (state is None and "NUL" in str(error))


def api_error(error: Exception, context: dict[str, Any]) -> Response | None:
    """A refusal as JSON: code, message, data. Everything else as REST framework says it, in the same shape."""
    error = refusal_for(error, context["request"].method) or error
    if isinstance(error, Refused):
        figures.refused(error.code)
        return Response(error.as_data(), status=status_of(error))
    response = exception_handler(error, context)
    if response is not None:
        code = getattr(error, "default_code", "error")
        detail = response.data.get("detail", "") if isinstance(response.data, dict) else ""
        message = str(detail) or "That request has not the right shape. Correct it and send it again."
        response.data = {"code": code, "message": message, "data": {}}
    return response


def show_away(request: HttpRequest, error: BaseException | None) -> HttpResponse | None:
    """What `refusal_for` says, in whichever way was asked."""
    refused = refusal_for(error, request.method)
    return None if refused is None else show_without_database(request, refused)


def show_without_database(request: HttpRequest, refused: Refused) -> HttpResponse:
    """A refusal in whichever way was asked. No page is made with the request: who is signed in, too, is asked of the
    database."""
    figures.refused(refused.code)
    status = status_of(refused)
    if request.path.startswith(API):
        return JsonResponse(refused.as_data(), status=status)
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"refused": refused.as_data()}, status=status)
    return HttpResponse(render_to_string("neacd/refused.html", {"refused": refused}), status=status)


def show_refusal(request: HttpRequest, refused: Refused) -> HttpResponse:
    """A refusal as a page of its own: the sentence, and a way out."""
    figures.refused(refused.code)
    where = "" if refused.code == "not_yours_to_see" else room_page(request)
    context = {"refused": refused, "room_page": where}
    return render(request, "neacd/refused.html", context, status=status_of(refused))


def tell_refusal(request: HttpRequest, refused: Refused) -> None:
    """A refusal as a sentence on the page that comes next."""
    figures.refused(refused.code)
    messages.error(request, refused.message)


def room_page(request: HttpRequest) -> str:
    """The page of the seat behind which the address lies that is asked for; "" for any other address."""
    match = request.resolver_match
    if match is None or not {"code", "pid"} <= match.kwargs.keys():
        return ""
    page = reverse("rooms:room", args=[match.kwargs["code"], match.kwargs["pid"]])
    return page if page != request.path else ""


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No such page."""
    return show_refusal(request, Refused("unknown_code", "There is no such page here. Go back to the front page."))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without this browser's token: an old page, or another site's."""
    sentence = "This page was open too long, or came from elsewhere. Load it again and press the button once more."
    return show_refusal(request, Refused("foreign_page", sentence))


def locked_out(request: HttpRequest, _response: HttpResponse | None, _credentials: Any) -> HttpResponse:
    """Instead of the sign-in page, for whom `axes` lets try no more."""
    return show_refusal(request, LOCKED)


def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke that is ours to mend, or the database is away for what stands around the pages: who is signed in
    is asked also for a page that is not there. Else kept free of templates that could break again."""
    return show_away(request, sys.exception()) or HttpResponse(
        "Something went wrong on our side. What you did before is kept. Go back and try again.\n\n"
        f"Whoever runs this finds it in the log as {request_ids.current()}.\n",
        status=500,
        content_type="text/plain; charset=utf-8",
    )
