"""How often somebody may do what costs: join from one address, look at pages, have reports made. Knows no rooms.

Several processes count together where they have a Redis, else each for itself (`settings.CACHES`).
"""

import contextlib
from ipaddress import IPv4Address, IPv6Network, ip_address
from typing import Final

from django.core.cache import caches
from django.http import HttpRequest

from rooms.domain.refused import Refused

COUNTS: Final = "counts"  # where it is counted, of the caches in the settings
HOUSEHOLD: Final = 64  # bits of an IPv6 address that one line has; whoever has one line has all the rest to choose from
# People who may come in from one address in a minute: six classes behind one router, or a lecture hall in four.
JOINS, JOINS_SECONDS = 240, 60
# Pages and answers one seat may ask for: a replay that is played fast asks for some twenty in a second.
PAGES, PAGES_SECONDS = 400, 10
# Of these, what is made from a whole record: the debrief, files, search. Who leafs through asks once a second.
REPORTS, REPORTS_SECONDS = 90, 60
# What one account may ask of the editor, papers and search, and how much of that it may write or bring in.
DESK, DESK_WRITES, DESK_SECONDS = 400, 120, 60
# Wrong passwords from one address, whatever the names: a computer room mistypes less than this.
WRONG_PASSWORDS, WRONG_PASSWORDS_SECONDS = 60, 600


def address_of(request: HttpRequest) -> str:
    """Where a request comes from, as far as it tells one visitor from another. A proxy's word for it is believed, with
    NEACD_PROXY=1, by the server beneath; no header is read here."""
    raw = str(request.META.get("REMOTE_ADDR", "")).partition("%")[0]
    try:
        address = ip_address(raw)
    except ValueError:  # a proxy on a Unix socket says none
        return ""
    if isinstance(address, IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(IPv6Network((address, HOUSEHOLD), strict=False).network_address)


def address_or_none(request: HttpRequest) -> str | None:
    """The same for a column of addresses."""
    return address_of(request) or None


def count(key: str, seconds: int) -> int:
    """One more of something within so many seconds; how many that makes."""
    for _ in range(2):
        with contextlib.suppress(ValueError):  # nothing is counted yet, or its seconds are over
            return int(caches[COUNTS].incr(key))
        if caches[COUNTS].add(key, 1, seconds):
            break
    return 1


def counted(key: str) -> int:
    return int(caches[COUNTS].get(key, 0))


def count_join(address: str) -> None:
    """One more who comes in from an address, or `Refused`."""
    if count(f"joins:{address}", JOINS_SECONDS) > JOINS:
        raise Refused(
            "too_many_joins", "Very many people are joining from this network. Wait a minute, then press again."
        )


def check_passwords(address: str) -> None:
    """`Refused` for an address that guesses passwords, whatever names it tries; one name is `axes`' to guard."""
    if counted(f"passwords:{address}") >= WRONG_PASSWORDS:
        raise Refused(
            "too_many_passwords", "Too many wrong passwords from here. Wait ten minutes, or sign in by a one-time link."
        )


def count_wrong_password(address: str) -> None:
    count(f"passwords:{address}", WRONG_PASSWORDS_SECONDS)


def count_page(seat: int) -> None:
    """One more page or answer for a seat, or `Refused`."""
    if count(f"pages:{seat}", PAGES_SECONDS) > PAGES:
        raise Refused("slow_down", "That was too much at once. Wait a moment, then go on.")


def count_desk(account: int, *, writes: bool) -> None:
    """One more page of what is prepared for an account, or `Refused`; `writes`: it changes or brings in something."""
    asked = count(f"desk:{account}", DESK_SECONDS)
    written = count(f"desk-writes:{account}", DESK_SECONDS) if writes else 0
    if asked > DESK or written > DESK_WRITES:
        raise Refused("slow_down", "That was very much in a minute. Wait a minute, then go on; nothing is lost.")


def count_report(whose: str) -> None:
    """One more of what is made from a whole record, for a seat or an account, or `Refused`."""
    if count(f"reports:{whose}", REPORTS_SECONDS) > REPORTS:
        raise Refused(
            "slow_down", "You asked for very many reports and files in a minute. Wait a minute, then ask again."
        )
