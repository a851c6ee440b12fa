"""uvicorn's HTTP protocol, which does not wait for ever.

Who opens a line and never ends what they ask keeps a place that others need, and uvicorn has a measure only for lines
that stand idle between two requests.
"""

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

SILENT_WITHIN = 65.0  # seconds for a line on which nothing was asked yet; browsers open such in advance, for a minute
HEAD_WITHIN = 20.0  # for the head of a request, from its first octet
BODY_WITHIN = 300.0  # for the rest of it: a large paper over a poor line; and for reading some of what is answered
LOOK = 5.0  # seconds between two looks at a line


class HttpProtocol(H11Protocol):
    """See the module."""

    since = 0.0  # when the line was opened, was free again, or a request began on it
    unread = 0  # octets of an answer that still waited for the client at the last look
    _next_look: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self.since = self.loop.time()
        self._next_look = self.loop.call_later(LOOK, self._look)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._next_look is not None:
            self._next_look.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self.conn.their_state is h11.IDLE and not self._begun():
            self.since = self.loop.time()  # not for each octet of what was answered before it was all here
        super().data_received(data)

    def on_response_complete(self) -> None:
        self.since = self.loop.time()
        super().on_response_complete()

    def _asked(self) -> bool:
        """A request is here and not yet answered."""
        return self.cycle is not None and not self.cycle.response_complete

    def _begun(self) -> bool:
        """Some of the next request is here."""
        return bool(self.conn.trailing_data[0])

    def _look(self) -> None:
        if self.transport.get_protocol() is not self:
            return  # it has become a WebSocket
        self._next_look = self.loop.call_later(LOOK, self._look)
        if self.transport.is_closing() or (self._asked() and not self.cycle.more_body):
            self._look_at_reading()
            return
        waited = self.loop.time() - self.since
        if self._asked():
            if waited > BODY_WITHIN:
                self.transport.close()
        elif self._begun() and self.conn.our_state is h11.IDLE:
            if waited > HEAD_WITHIN:
                self.send_400_response("Your request did not come to its end in time. Send it again.")
        elif waited > SILENT_WITHIN:
            self.transport.close()  # without a word: it would pass for the answer to what is asked at this instant

    def _look_at_reading(self) -> None:
        """Let go of who does not read what is answered: the rest would be kept for them for ever."""
        unread = self.transport.get_write_buffer_size()
        if unread != self.unread or not (unread or self.transport.is_closing()):
            self.unread, self.since = unread, self.loop.time()  # it is being read, however slowly, or still made
        elif self.loop.time() - self.since > BODY_WITHIN:
            self.transport.abort()
