"""What a browser did, line by line with the time, for whoever wonders why a page did not show what it should.

A test's trail is printed where it failed, and only there: pages that came, what the console said, what was asked and
answered, and what went over each line.
"""

import time
from collections import deque
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Error, Page

KEPT = 400  # lines of one person; what was before is hardly why the last step failed
WIDE = 160  # characters of one line
DULL = ("/static/", "data:", "blob:")  # answers that are told only if they are failures


# How a page stands, in a few words.
STANDING = """() => {
  const address = document.body?.getAttribute("hx-ws:connect");
  const { socket } = (address && window.htmx?.ext?.ws?.getRegistry().get(address)) || {};
  const line = socket ? ["on its way", "open", "being closed", "closed"][socket.readyState] : "never asked for";
  return `${document.readyState}, ${document.visibilityState}${address ? `, its line ${line}` : ""}`;
}"""


class Trail:
    """The last of what happened in one person's browser. Begins with the context."""

    def __init__(self, context: BrowserContext) -> None:
        self._context = context
        self._began = time.monotonic()
        self._lines: deque[str] = deque(maxlen=KEPT)
        context.on("console", lambda message: self._note(f"console {message.type}", message.text))
        context.on("weberror", lambda error: self._note("page error", str(error.error)))
        context.on("request", lambda request: self._asked(request))
        context.on("response", lambda response: self._answered(response))
        context.on("requestfailed", lambda request: self._note("failed", f"{request.failure} {request.url}"))
        context.on("page", self._watch)

    def _note(self, what: str, words: str = "") -> None:
        line = f"{time.strftime('%H:%M:%S')} +{time.monotonic() - self._began:7.3f}  {what:<10} {words}"
        self._lines.append(" ".join(line.split("\n"))[:WIDE])

    def _asked(self, request: Any) -> None:
        if request.resource_type in ("document", "fetch", "xhr"):
            self._note("asks", f"{request.method} {_path(request.url)}")

    def _answered(self, response: Any) -> None:
        if response.status >= 400 or not any(part in response.url for part in DULL):
            self._note("answer", f"{response.status} {_path(response.url)}")

    def _watch(self, page: Page) -> None:
        page.on("domcontentloaded", lambda page: self._note("parsed", _path(page.url)))
        page.on("load", lambda page: self._note("loaded", _path(page.url)))
        page.on("crash", lambda page: self._note("crashed", _path(page.url)))
        page.on("websocket", self._line)

    def _line(self, line: Any) -> None:
        self._note("line", f"opens {_path(line.url)}")
        line.on("framesent", lambda text: self._note("line >", str(text)))
        line.on("framereceived", lambda text: self._note("line <", str(text)))
        line.on("socketerror", lambda words: self._note("line", f"fails: {words}"))
        line.on("close", lambda _line: self._note("line", "closed"))

    def end(self) -> None:
        """Note how every page stands now."""
        for page in self._context.pages:
            with suppress(Error):  # it may be on its way to another, or gone
                self._note("stands", f"{_path(page.url)} {page.evaluate(STANDING)}")

    def __str__(self) -> str:
        return "\n".join(self._lines) or "nothing happened"


def _path(url: str) -> str:
    """Without the address, which is the same for all."""
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
