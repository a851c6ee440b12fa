"""The database is away: said in a sentence, in whichever way was asked, instead of an error of ours.

Only what a database that is locked, full or gone raises, or one that a newer version writes in already, or one that is
asked for signs that it cannot hold. A wrong question to it, or a value that does not fit, stays an error. What acts in
a room has refused before it comes here; this is for all that reads.
"""

import logging

from django.http import HttpRequest, HttpResponse
from django.utils.deprecation import MiddlewareMixin

from neacd.errors import show_away

logger = logging.getLogger(__name__)


class DatabaseAway(MiddlewareMixin):
    """See the module. The API has its own edge, `errors.api_error`; what breaks around the views comes to
    `errors.server_error`."""

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        answer = show_away(request, exception)
        if answer is not None:
            logger.warning("refused by the database: %s", type(exception).__name__)
        return answer
