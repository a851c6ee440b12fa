"""`manage.py backup FILE`: the whole installation in one file, while it runs. See `neacd.backups`."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from neacd import backups


class Command(BaseCommand):
    help = "Write everything that this installation keeps into one file, while people are in the rooms."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="where it goes; it must not be there yet")

    def handle(self, *args: Any, file: str, **options: Any) -> None:
        path = Path(file)
        try:
            manifest = backups.make(path)
        except backups.CannotBackUp as reason:
            raise CommandError(str(reason)) from reason
        size = max(1, round(path.stat().st_size / 1_000_000))
        self.stdout.write(f"{path}: {size} MB. It holds names and every private word: keep it where nobody reads it.")
        if not manifest["has_key"]:
            self.stdout.write("SECRET_KEY comes from your settings and is not in it. Keep that as well, elsewhere.")
