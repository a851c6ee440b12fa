"""`manage.py restore FILE`: an empty installation becomes the one that was backed up. See `neacd.backups`.

Afterwards the tables are brought up to date and every room's chain is followed, so that what does not hold is known at
once.
"""

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from neacd import backups, ready
from neacd.one_at_a_time import one_at_a_time


class Command(BaseCommand):
    help = "Bring a backup into this installation, which must have no rooms yet. End the server before."
    requires_system_checks = []  # there may be no tables yet

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="a file that `backup` wrote")

    def handle(self, *args: Any, file: str, **options: Any) -> None:
        try:
            with one_at_a_time():
                manifest = backups.restore(Path(file))
                ready.migrate()
        except backups.CannotBackUp as reason:
            raise CommandError(str(reason)) from reason
        self.stdout.write(f"Everything is as it was at {manifest['made_at']}.")
        call_command("verify_record", stdout=self.stdout)
        if not manifest["has_key"]:
            self.stdout.write("The key was not in it: start with the SECRET_KEY that you had, or links open nothing.")
