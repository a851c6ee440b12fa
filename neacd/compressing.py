"""Pages and files go over the line compressed, where that tells nobody anything.

The length of a compressed page tells whether two of its parts are alike. Who can make a browser ask for a page again
and again, with words of their own in it, and who watches the line, could so guess what else stands there (the attack
is called BREACH). Therefore nothing is compressed that another site made the browser ask for: browsers say so in
Sec-Fetch-Site, and no script can change it. Those that are too old to say it get pages as they are, unless the line is
open to read anyway. The token against forged forms is masked anew in each page, and each is made longer at random.

Styles and scripts hold no secret. `make run` serves them as they are written, and compresses each once, here; a
deployment has done it when it collected them.
"""

import gzip
import re
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.text import compress_string

WORDS: Final = re.compile(r"text/|application/json|image/svg\+xml")
TOO_SHORT: Final = 400  # bytes: it would be one packet in any case
RANDOM_BYTES: Final = 100
OURS: Final = ("same-origin", "none")  # a page of ours asked, or the person did: by a bookmark, or typing
OK: Final = 200

Answer = Callable[[HttpRequest], HttpResponseBase]


class Compressed:
    """Stands outside of all that writes an answer's body."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self._files: dict[str, tuple[str, bytes]] = {}  # by path: which state of the file, and that one compressed

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not WORDS.match(response.headers.get("Content-Type", "")) or "Content-Encoding" in response.headers:
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        plain = response.status_code != OK or request.method != "GET"
        if plain or "gzip" not in request.headers.get("Accept-Encoding", ""):
            return response
        if request.path.startswith(settings.STATIC_URL):
            self._compress_file(request.path, response)
        elif not response.streaming and asked_by_us(request):
            _compress_page(response)
        return response

    def _compress_file(self, path: str, response: HttpResponseBase) -> None:
        state = response.headers.get("ETag", "") + response.headers.get("Last-Modified", "")
        known, packed = self._files.get(path, ("", b""))
        if known != state:
            packed = gzip.compress(b"".join(response), mtime=0)
            self._files[path] = (state, packed)
        response.close()
        response.streaming_content = [packed]  # type: ignore[attr-defined]  # whitenoise's are
        response.headers["Content-Length"] = str(len(packed))
        response.headers["Content-Encoding"] = "gzip"


def _compress_page(response: HttpResponseBase) -> None:
    content: bytes = response.content  # type: ignore[attr-defined]  # it does not stream
    if len(content) < TOO_SHORT:
        return
    response.content = packed = compress_string(content, max_random_bytes=RANDOM_BYTES)  # type: ignore[attr-defined]
    response.headers["Content-Length"] = str(len(packed))
    response.headers["Content-Encoding"] = "gzip"


def asked_by_us(request: HttpRequest) -> bool:
    """Whether no other site can have made the browser ask; where nobody tells, whether it does not matter."""
    told = request.headers.get("Sec-Fetch-Site")
    return told in OURS if told else not request.is_secure()
