"""uvicorn's HTTP protocol, which does not wait for ever.

Who opens a line and never ends what they ask keeps a place that others need, and uvicorn has a measure only for lines
that stand idle between two requests.
"""

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_WITHIN = 20.0  # seconds for the head of a request, from when the line was free for it
BODY_WITHIN = 300.0  # for the rest of it: a large paper over a poor line
LOOK = 5.0  # seconds between two looks at a line


class HttpProtocol(H11Protocol):
    """See the module."""

    free_since = 0.0
    unread = 0  # octets of an answer that still waited for the client at the last look
    _next_look: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self.free_since = self.loop.time()
        self._next_look = self.loop.call_later(LOOK, self._look)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._next_look is not None:
            self._next_look.cancel()
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        self.free_since = self.loop.time()
        super().on_response_complete()

    def _look(self) -> None:
        if self.transport.get_protocol() is not self:
            return  # it has become a WebSocket
        waited, asked = self.loop.time() - self.free_since, self.cycle is not None and not self.cycle.response_complete
        if self.transport.is_closing():
            unread = self.transport.get_write_buffer_size()
            if unread != self.unread:
                self.unread, self.free_since = unread, self.loop.time()  # it is being read, however slowly
            elif waited > BODY_WITHIN:
                self.transport.abort()  # who does not read the end of an answer keeps it no longer
        elif waited > HEAD_WITHIN and not asked:
            self.send_400_response("Your request did not come to its end in time. Send it again.")
        elif waited > BODY_WITHIN and asked and self.cycle.more_body:
            self.transport.close()
        self._next_look = self.loop.call_later(LOOK, self._look)
