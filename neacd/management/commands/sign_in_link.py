"""`manage.py sign_in_link [USERNAME]`: a new one-time link for a moderator, good for twelve hours. Prints its path; the
address before it is the one that people come by."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from neacd import ready


class Command(BaseCommand):
    help = "Make a one-time link that signs a moderator in."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", nargs="?", default="", help="whose (the account that starts print links for)")

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        if username:
            user = get_user_model().objects.filter(username=username, is_active=True).first()
            if user is None:
                raise CommandError(f"There is no account {username}. Leave the name out, or make it: createsuperuser.")
        else:
            user, _made = ready.moderator()
        self.stdout.write(ready.sign_in_path(user))
