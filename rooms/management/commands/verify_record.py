"""`manage.py verify_record [CODE]`: walk the hash chain of one room's record, or of every room's.

Prints one line a room and ends with 1 if any record does not hold. Reads only; repairs nothing. May be run while
people are in the rooms.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from rooms import access, log
from rooms.models import Room


class Command(BaseCommand):
    help = "Check that a room's record (without CODE: every room's) is as it was written."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", nargs="?", metavar="CODE", help="the room's code")

    def handle(self, *args: Any, code: str | None, **options: Any) -> None:
        rooms = list(Room.objects.order_by("pk"))
        if code is not None:
            rooms = [room for room in rooms if room.code == access.spelled(code)]
            if not rooms:
                raise CommandError(f"No room has the code “{code}”. Check it, or leave it out to check every room.")
        faults = [room.code for room in rooms if not self._holds(room)]
        if faults:
            raise CommandError(f"The record does not hold in {len(faults)} of {len(rooms)} rooms: {', '.join(faults)}.")

    def _holds(self, room: Room) -> bool:
        fault = log.verify(room)
        if fault is None:
            room.refresh_from_db()
            self.stdout.write(f"{room.code}: {room.head} events, the chain holds")
            return True
        self.stdout.write(f"{room.code}: {fault.reason}")
        return False
