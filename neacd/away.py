"""The database is away: said in a sentence, in whichever way was asked, instead of an error of ours.

Only what a database that is locked, full or gone raises, or one that a newer version writes in already; a wrong
question to it stays an error. What acts in a room
has refused before it comes here; this is for all that reads.
"""

import logging

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.deprecation import MiddlewareMixin

from neacd.errors import AWAY, CANNOT_BE_READ, status_of

logger = logging.getLogger(__name__)


class DatabaseAway(MiddlewareMixin):
    """See the module. The API has its own edge, `errors.api_error`."""

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, CANNOT_BE_READ):
            return None
        logger.warning("refused, the database is away: %s", type(exception).__name__)
        if request.headers.get("Accept", "").startswith("application/json"):
            body = {"refused": {"code": AWAY.code, "message": AWAY.message, "data": AWAY.data}}
            return JsonResponse(body, status=status_of(AWAY))
        # Without the request: who is signed in, too, is asked of the database.
        return HttpResponse(render_to_string("neacd/refused.html", {"refused": AWAY}), status=status_of(AWAY))
