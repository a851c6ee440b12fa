"""Where the server listens: one address claimed before anything else is done, and the names it is called by there.

Sockets only; no settings and no Django, so that it can be asked before either is loaded.
"""

import errno
import ipaddress
import socket
from contextlib import suppress

WAITING = 2048  # connections the system holds for us while a lecture hall arrives at once
MOST_WORKERS = 64  # more than one for each core of a large machine help nobody
EVERYWHERE = ("0.0.0.0", "::")
LOOPBACK_NAMES = ("localhost", "127.0.0.1", "[::1]")


class CannotListen(Exception):
    """Why nothing can be served there, as a sentence that says what to do instead."""


def port_number(text: str) -> int:
    if text.isascii() and text.isdigit() and 0 < int(text) < 65536:
        return int(text)
    raise CannotListen(f"PORT={text} is not a port. Take a number from 1024 to 65535: PORT=8001 make run")


def worker_number(text: str) -> int:
    if text.isascii() and text.isdigit() and 0 < int(text) <= MOST_WORKERS:
        return int(text)
    raise CannotListen(f"{text} processes cannot be started. Say how many, from 1 to {MOST_WORKERS}: NEACD_WORKERS=3")


def claim(host: str, port: int) -> socket.socket:
    """A listening socket. From here on the port is ours: whoever connects early waits until the server answers."""
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listening = socket.socket(family, kind, protocol)
    except OSError as error:
        raise CannotListen(_why_not_here(host)) from error
    # A server that has just ended leaves its port waiting for stragglers; we need not wait with it.
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(address)
        listening.listen(WAITING)
    except OSError as error:
        listening.close()
        raise CannotListen(_why_not(error, host, port)) from error
    return listening


def _why_not(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        free = port + 1 if port < 65535 else 8001
        return f"Port {port} is taken, perhaps by another NEACD. Take another one: PORT={free} make run"
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"Port {port} is kept for the system. Take one from 1024 on: PORT=8000 make run"
    return _why_not_here(host)


def _why_not_here(host: str) -> str:
    return (
        f"HOST={host} is not an address of this machine. Leave HOST away to serve this machine alone, "
        "or let others in: HOST=0.0.0.0 make run"
    )


def in_a_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _addresses(family: socket.AddressFamily, elsewhere: str) -> list[str]:
    """This machine's addresses of one family, the one it is reached by from outside first."""
    found = []
    with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as asking:
        asking.connect((elsewhere, 9))  # a datagram socket: nothing is sent, only the way out is looked up
        found.append(asking.getsockname()[0])
    with suppress(OSError):
        found += [str(row[4][0]) for row in socket.getaddrinfo(socket.gethostname(), None, family)]
    return [one for one in dict.fromkeys(found) if not _is_for_this_machine_alone(one)]


def _is_for_this_machine_alone(address: str) -> bool:
    plain = ipaddress.ip_address(address.partition("%")[0])
    return plain.is_loopback or plain.is_link_local or plain.is_unspecified


def names_of(host: str) -> list[str]:
    """What people on the network may call this server when it listens on `host`; the one to tell them first.

    Empty where only this machine can reach it. The documentation addresses stand for "anywhere else".
    """
    if host in EVERYWHERE:
        names = _addresses(socket.AF_INET, "192.0.2.1")
        if host == "::":
            names += _addresses(socket.AF_INET6, "2001:db8::1")
        own = socket.gethostname().lower()
        return [*map(in_a_url, names), own, f"{own}.local"]
    with suppress(ValueError):
        return [] if _is_for_this_machine_alone(host) else [in_a_url(host)]
    return [] if host == "localhost" else [host.lower()]
