"""`manage.py import_record FILE --for USERNAME`: an archive becomes a room of that moderator's.

Everything is checked before anything is written; what is wrong is said in a sentence. The same archive brought in twice
makes two rooms.
"""

from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from rooms import importing
from rooms.domain.refused import Refused
from rooms.unpacking import MOST_PACKED


def content_of(path: str) -> bytes:
    """What is in a file, up to one byte more than an archive may have; CommandError where it cannot be read."""
    try:
        with Path(path).open("rb") as file:
            return file.read(MOST_PACKED + 1)
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error


class Command(BaseCommand):
    help = "Bring in the record of a session from an archive."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="the archive, a .zip")
        parser.add_argument("--for", dest="username", metavar="USERNAME", required=True, help="whose room it becomes")

    def handle(self, *args: Any, **options: Any) -> None:
        user = get_user_model().objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError(f"Nobody here is called “{options['username']}”. Name a moderator's account.")
        try:
            room = importing.bring_in(content_of(options["file"]), user)
        except Refused as refused:
            raise CommandError(refused.message) from refused
        self.stdout.write(f"{room.code}: “{room.title}”, {room.head} events, closed, to be looked at by {user}.")
