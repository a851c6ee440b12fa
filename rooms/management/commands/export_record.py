"""`manage.py export_record CODE FILE [--assessment | --everything]`: one room's record as an archive.

Without an option it holds what participants may take: within the attribution rule. --assessment is what the moderator
may take, where the room keeps an assessment record. --everything is the record as it is stored, with its own chain and
every private word: to move a room to another installation, or to keep it. Each is noted as taken.
"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from rooms import access, archive, log, takings
from rooms.archive_words import SCOPES
from rooms.domain.fold import fold
from rooms.domain.state import RoomState
from rooms.models import Room


class Command(BaseCommand):
    help = "Write one room's record as a verifiable archive."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", metavar="CODE", help="the room's code")
        parser.add_argument("file", metavar="FILE", help="where the archive goes; it must not be there yet")
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--assessment", action="store_true", help="the moderator's record, with names")
        which.add_argument("--everything", action="store_true", help="every private word, with the original chain")

    def handle(self, *args: Any, **options: Any) -> None:
        room = Room.objects.filter(code=access.spelled(options["code"])).first()
        if room is None or not room.head:
            raise CommandError(f"No room with a record has the code “{options['code']}”. Check it.")
        if fault := log.verify(room):
            raise CommandError(f"The record of {room.code} does not hold: {fault.reason}. Nothing was written.")
        scope = next((one for one in (archive.ASSESSMENT, archive.EVERYTHING) if options[one]), archive.PARTICIPANTS)
        content = self._packed(room, scope, fold(log.read(room.pk)))
        try:
            with Path(options["file"]).open("xb") as file:
                file.write(content)
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be written: {error.strerror}.") from error
        takings.note(room, "", "archive", SCOPES[scope].record)
        self.stdout.write(f"{room.code}: {options['file']}, {SCOPES[scope].record}.")
        if scope != archive.PARTICIPANTS:
            self.stdout.write(SCOPES[scope].holds)

    def _packed(self, room: Room, scope: str, state: RoomState) -> bytes:
        if scope == archive.EVERYTHING:
            return archive.pack(archive.whole(room), archive.people_in(room, state))
        if scope == archive.PARTICIPANTS:
            return takings.archive_of(room, takings.within_the_rule(room), state)
        if not state.room.assessment_record or room.scope == archive.PARTICIPANTS:
            raise CommandError(f"Room {room.code} keeps no assessment record. Leave the option out.")
        return takings.archive_of(room, takings.for_assessment(room), state)
