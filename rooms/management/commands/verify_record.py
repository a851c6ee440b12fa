"""`manage.py verify_record [CODE or FILE] [--against ARCHIVE]`: walk the hash chain of one room's record, of every
room's, or of an archive.

Prints one line each and ends with 1 if any record does not hold. Reads only; repairs nothing. May be run while people
are in the rooms. A chain that was computed anew from some event on holds; so the line names the head, to be compared
with one that was noted before, and --against asks whether the room's record still begins with that of an archive of
everything; or whether one archive of everything goes on from another, wherever the room itself may be.
"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from rooms import access, archive, log
from rooms.archive_words import SCOPES
from rooms.domain.refused import Refused
from rooms.management.commands.import_record import content_of
from rooms.models import Room
from rooms.unpacking import Unpacked, unpacked


class Command(BaseCommand):
    help = "Check that a room's record (without CODE: every room's), or an archive, is as it was written."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", nargs="?", metavar="CODE or FILE", help="the room's code, or an archive (.zip)")
        parser.add_argument(
            "--against",
            metavar="ARCHIVE",
            help="an archive of everything that the room, or the archive, must go on from",
        )

    def handle(self, *args: Any, code: str | None, **options: Any) -> None:
        against = options.get("against")
        kept = _everything(against) if against else None
        if code is not None and Path(code).suffix == ".zip":
            self._tell_archive(code, _everything(code) if kept else _opened(code), kept)
            return
        rooms = list(Room.objects.order_by("pk"))
        if code is not None:
            rooms = [room for room in rooms if room.code == access.spelled(code)]
            if not rooms:
                raise CommandError(f"No room has the code “{code}”. Check it, or leave it out to check every room.")
        elif kept:
            rooms = [room for room in rooms if archive.code_of(room) == kept.chain.code]
            if not rooms:
                raise CommandError(f"No room here has the record of {kept.chain.code}. Name the room's code, too.")
        faults = [room.code for room in rooms if not self._holds(room, kept)]
        if faults:
            raise CommandError(f"The record does not hold in {len(faults)} of {len(rooms)} rooms: {', '.join(faults)}.")

    def _holds(self, room: Room, kept: Unpacked | None) -> bool:
        fault = log.verify(room)
        if fault is not None:
            self.stdout.write(f"{room.code}: {fault.reason}")
            return False
        room.refresh_from_db()
        if kept and not log.follows(room, len(kept.chain.rows), kept.head):
            self.stdout.write(f"{room.code}: the chain holds, but it does not go on from this archive")
            return False
        self.stdout.write(f"{room.code}: {room.head} events, the chain holds, head {room.head_hash or 'none'}")
        return True

    def _tell_archive(self, name: str, found: Unpacked, kept: Unpacked | None) -> None:
        if kept and not _goes_on_from(found, kept):
            raise CommandError(f"{name}: its chain holds, but it does not go on from the other archive.")
        events, scope = len(found.chain.rows), SCOPES[found.chain.scope].record
        self.stdout.write(f"{name}: {events} events, the chain holds, head {found.head}")
        self.stdout.write(f"{found.state.room.title}, room {found.chain.code}; {scope}.")


def _opened(name: str) -> Unpacked:
    try:
        return unpacked(content_of(name))
    except Refused as refused:
        raise CommandError(f"{name}: {refused.message}") from refused


def _goes_on_from(found: Unpacked, kept: Unpacked) -> bool:
    """Whether an archive begins with all of another, event by event."""
    length = len(kept.chain.rows)
    return found.chain.code == kept.chain.code and [one.hash for one in found.chain.rows[length - 1 : length]] == [
        kept.head
    ]


def _everything(name: str) -> Unpacked:
    found = _opened(name)
    if found.chain.scope != archive.EVERYTHING:
        raise CommandError(f"{name} has a chain of its own. Only an archive of everything has the room's.")
    return found
