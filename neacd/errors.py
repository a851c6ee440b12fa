"""One refusal, translated once for each edge: here for the API and for pages."""

from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
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
    "unknown_eyes": 404,
    "unknown_form": 404,
    "unknown_paper": 404,
    "unknown_command": 400,
    "unknown_field": 400,
    "field_needed": 400,
    "bad_type": 400,
    "bad_shape": 400,
    "bad_request_id": 400,
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
    "renewed": 503,
}
# A name and an address that guessed too often; neither says whether there is such a name.
LOCKED = Refused(
    "too_many_passwords",
    "Too many wrong passwords. Wait a quarter of an hour, or sign in by the link that a start of the server prints.",
)
# What is said where not even reading is possible; who acts is told so by `act`.
CANNOT_BE_READ = (OperationalError, InterfaceError, codec.WrittenLater)
AWAY = Refused("unavailable", "The records cannot be reached just now. Nothing was changed; try again shortly.")


def status_of(refused: Refused) -> int:
    return STATUS.get(refused.code, 409)


def api_error(error: Exception, context: dict[str, Any]) -> Response | None:
    """A refusal as JSON: code, message, data. Everything else as REST framework says it, in the same shape."""
    if isinstance(error, CANNOT_BE_READ):
        error = AWAY
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


def show_refusal(request: HttpRequest, refused: Refused) -> HttpResponse:
    """A refusal as a page of its own: the sentence, and a way out."""
    figures.refused(refused.code)
    return render(request, "neacd/refused.html", {"refused": refused}, status=status_of(refused))


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
    """Something broke that is ours to mend. Kept free of templates that could break again."""
    return HttpResponse(
        "Something went wrong on our side. What you did before is kept. Go back and try again.\n\n"
        f"Whoever runs this finds it in the log as {request_ids.current()}.\n",
        status=500,
        content_type="text/plain; charset=utf-8",
    )
