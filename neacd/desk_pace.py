"""How often an account may ask for what is prepared: the editor, papers, search. A word is looked for in all that there
is, and a file that is brought in is read whole.

Stands here because `delegations`, whose pages these are, knows nothing of `rooms`, whose throttles count.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.deprecation import MiddlewareMixin

from neacd.errors import CANNOT_BE_READ, show_refusal
from rooms import throttles
from rooms.domain.refused import Refused


class DeskPace(MiddlewareMixin):
    """See the module. Who is not signed in reads exercises and single passages alone: that costs next to nothing."""

    def process_view(
        self, request: HttpRequest, _view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or "delegations" not in match.app_names:
            return None
        try:
            if not request.user.is_authenticated:
                return None
            throttles.count_desk(request.user.pk, writes=request.method == "POST")
        except Refused as refused:
            return show_refusal(request, refused)
        except CANNOT_BE_READ:
            return None  # who it is cannot be read; the page asks itself, and says so
        return None
