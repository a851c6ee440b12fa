"""What a supervisor such as systemd gives a process, and is told by it: a socket that is already listening, so that
nobody is turned away between two processes, and where to say that we are ready. By the protocols of sd_listen_fds(3)
and sd_notify(3); without a supervisor nothing of it happens.
"""

import os
import socket
from contextlib import suppress

FIRST = 3  # the first descriptor after the three that every process has


def given_socket() -> socket.socket | None:
    """The one listening socket that was opened for us, if there is one."""
    if os.environ.get("LISTEN_PID") != str(os.getpid()) or os.environ.get("LISTEN_FDS") != "1":
        return None
    return socket.socket(fileno=FIRST)


def tell(state: str) -> None:
    """Say READY=1, or STOPPING=1, to whoever started us."""
    path = os.environ.get("NOTIFY_SOCKET", "")
    if not path:
        return
    address = "\0" + path[1:] if path.startswith("@") else path
    # A supervisor that does not listen any more is no reason not to serve.
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as telling:
        telling.connect(address)
        telling.sendall(state.encode())
