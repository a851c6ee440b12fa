"""uvicorn's WebSocket protocol, which also takes frames that were built once for many sockets.

The only place that knows the server's insides. What it offers stands in the scope as an ASGI extension, so that an
application finds out whether it is there, and on any other server does without (see `rooms.sockets`):

    scope["extensions"]["neacd.websocket.write"] = {"write": ..., "waiting": ..., "finish": ...}

`write(data)` writes whole frames as they are, behind all that was sent before; False if the connection is closing.
`waiting()` is how many bytes have not left yet. `finish(code)` closes behind what was written, without waiting for a
client that does not read: one that has not read it in ten seconds is cut off.
"""

from asyncio import TimerHandle

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request

from rooms.sockets import STRAIGHT

UPGRADED = 101


class SocketProtocol(WebSocketsSansIOProtocol):
    """See the module."""

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        # A frame that was built beforehand knows of no extension, such as compression, that this client agreed upon.
        if self.response.status_code == UPGRADED and not self.conn.extensions:
            ways: dict[object, object] = {
                "write": self.write_frames,
                "waiting": self.transport.get_write_buffer_size,
                "finish": self.finish,
            }
            self.scope["extensions"] = {**(self.scope["extensions"] or {}), STRAIGHT: ways}

    def data_received(self, data: bytes) -> None:
        """Whose first line or headers are beyond measure is told so and let go; uvicorn would keep it for ever."""
        super().data_received(data)
        if self.conn.handshake_exc is not None and not self.handshake_complete and not self.transport.is_closing():
            self.transport.write(b"".join(self.conn.data_to_send()))
            self.transport.close()

    def _closing(self) -> bool:
        return self.close_sent or self.disconnected or self.transport.is_closing()

    def write_frames(self, data: bytes) -> bool:
        """Write whole frames as they are; False if the connection takes no more."""
        if self._closing() or not self.handshake_complete:
            return False
        self.transport.write(data)
        return True

    def finish(self, code: int) -> None:
        """Close behind what was written; cut off who does not read it."""
        if self._closing():
            return
        self.queue.put_nowait({"type": "websocket.disconnect", "code": code, "reason": ""})
        self.conn.send_close(code)
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        if self.read_paused:  # else the answer to our close is never read
            self.read_paused = False
            self.transport.resume_reading()
        self.close_timer = self._cut_off_later()

    def keepalive_timeout(self) -> None:
        """Nobody answered a ping. uvicorn would wait without end for what is still to be written."""
        super().keepalive_timeout()
        self.close_timer = self._cut_off_later()

    def _cut_off_later(self) -> TimerHandle:
        return self.loop.call_later(self.close_timeout, self.transport.abort)
