"""A wire to PostgreSQL that breaks where it hurts most: when COMMIT has arrived there, before its answer is back."""

import contextlib
import socket
import threading
from dataclasses import dataclass, field

from tests.programs import PATIENCE, free_port

BEGIN, COMMIT = b"BEGIN", b"COMMIT"
WRITES = (b"INSERT", b"rooms_event")  # what a transaction holds that adds to a record


class CutAtCommit:
    """A relay to PostgreSQL on a port of its own. `cut`: how many COMMITs of what adds to a record still lose their
    answer, and the line with it, while those of others pass; `closed`: nobody new is let through; `kept_back`: the
    COMMIT itself is lost, too."""

    def __init__(self, port: int) -> None:
        self.port, self._behind = free_port(), port
        self.cut, self.closed, self.kept_back = 0, False, False
        self.lost = 0
        self._listening = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._let_in, daemon=True).start()

    def __enter__(self) -> "CutAtCommit":
        return self

    def __exit__(self, *_: object) -> None:
        self._listening.close()

    def _let_in(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _address = self._listening.accept()
                if self.closed:
                    near.close()
                    continue
                far = socket.create_connection(("127.0.0.1", self._behind))
                for one in (near, far):
                    one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                line = _Line(near, far)
                threading.Thread(target=self._ask, args=(line,), daemon=True).start()
                threading.Thread(target=self._answer, args=(line,), daemon=True).start()

    def _ask(self, line: "_Line") -> None:
        adds, near, far = False, line.near, line.far
        with contextlib.suppress(OSError):
            while asked := near.recv(65_536):
                adds = (adds and BEGIN not in asked) or all(word in asked for word in WRITES)
                if COMMIT in asked and adds and self.cut:
                    self.cut -= 1
                    self.lost += 1
                    line.cut.set()  # before anything can come back
                    if not self.kept_back:
                        far.sendall(asked)
                        line.carried_out.wait(PATIENCE)  # else it might be read too early whether it was
                    near.shutdown(socket.SHUT_RDWR)
                    break
                far.sendall(asked)
        with contextlib.suppress(OSError):
            far.shutdown(socket.SHUT_RDWR)  # a mere `close` would wait for the other thread, which reads from it
        far.close()
        if line.cut.is_set():
            near.close()

    def _answer(self, line: "_Line") -> None:
        with contextlib.suppress(OSError):
            while said := line.far.recv(65_536):
                if line.cut.is_set():
                    line.carried_out.set()
                    return  # whoever asks closes it
                line.near.sendall(said)
        line.near.close()


@dataclass
class _Line:
    """Of one who asks, to PostgreSQL: `cut` as soon as nothing comes back any more."""

    near: socket.socket
    far: socket.socket
    cut: threading.Event = field(default_factory=threading.Event)
    carried_out: threading.Event = field(default_factory=threading.Event)
