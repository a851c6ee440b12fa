"""The end of a record, read from behind: who missed three lines of a long session makes nobody read all of it."""

from collections.abc import Callable

from rooms import log
from rooms.domain.record import Entry
from rooms.domain.sight import Audience, visible

AT_ONCE = 500  # entries in one reading; a screen that was away a while has missed fewer


def after(
    room_id: int, audience: Audience, cursor: int, *, seq: int, count: int, at_once: int = AT_ONCE
) -> list[tuple[int, Entry]]:
    """The entries after a cursor that an audience may see of a record of `seq` entries, each with the cursor to which
    it brings them; `count` is how many of all these the audience may see."""
    found = until(room_id, audience, lambda some: len(some) >= count - cursor, seq=seq, at_once=at_once)
    numbered = enumerate(found, start=count - len(found) + 1)
    return [(number, entry) for number, entry in numbered if number > cursor]


def until(
    room_id: int, audience: Audience, enough: Callable[[list[Entry]], bool], *, seq: int, at_once: int = AT_ONCE
) -> list[Entry]:
    """So many of the last entries that an audience may see of a record of `seq` entries that they are `enough`; or all
    of them."""
    found: list[Entry] = []
    while not enough(found) and seq > 0:
        found = [*visible(log.read(room_id, max(0, seq - at_once), seq), audience), *found]
        seq -= at_once
    return found
