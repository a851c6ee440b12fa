"""An address behind a button, opened as if it were a page: by a reload, a restored tab, a link that was copied. Django
answers such a request with nothing at all; whoever reads finds a sentence here, and the way back."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.deprecation import MiddlewareMixin

from neacd.errors import room_page
from rooms.domain.refused import Refused

NO_PAGE = Refused(
    "not_a_page", "This is what a button does, not a page. Nothing was changed; go back and press it again."
)


class Pressed(MiddlewareMixin):
    """See the module. Only for who looks: programs know 405."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if request.method != "GET" or response.status_code != 405 or response.streaming or response.content:
            return response
        # Without the request, as nothing is asked of the database for it.
        response.content = render_to_string("neacd/refused.html", {"refused": NO_PAGE, "room_page": room_page(request)})
        return response
