"""What every answer tells browsers and caches: that it is for one reader alone, and what no page of ours ever needs."""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

# Powers of a browser that nothing here uses: a script that got in all the same would not have them either.
UNUSED: Final = (
    *("accelerometer", "bluetooth", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope", "hid"),
    *("identity-credentials-get", "local-fonts", "magnetometer", "microphone", "midi", "payment"),
    *("publickey-credentials-get", "serial", "usb", "xr-spatial-tracking"),
)
POLICY: Final = ", ".join(f"{name}=()" for name in UNUSED)
A_MINUTE: Final = "60"
TOO_MANY: Final = 429


class Headers:
    """Stands outside of all that answers. Content is kept by nobody unless its own view said otherwise: it depends on
    who asks, by cookie or by bearer token. Styles and scripts are the same for all and say for themselves."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if response.status_code == TOO_MANY:
            response.headers.setdefault("Retry-After", A_MINUTE)
        if not request.path.startswith(settings.STATIC_URL):  # files have no powers to lose, and are many
            response.headers.setdefault("Permissions-Policy", POLICY)
            response.headers.setdefault("Cache-Control", "private, no-store")
            patch_vary_headers(response, ("Cookie", "Authorization"))
        return response
