"""What must be there before the first person comes: tables, scenarios, a moderator. Each step leaves alone what is.

Says nothing itself; the caller tells people. Called at every start, so nothing here may be slow the second time.
"""

import logging
from io import StringIO
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from jinja2 import TemplateSyntaxError

from neacd import statics
from rooms import panel_templates
from rooms.access import sign_in_link_for
from rooms.models import Room

logger = logging.getLogger(__name__)

MODERATOR = "moderator"


def migrations_waiting() -> int:
    """How many migrations the database does not have yet."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def migrate() -> None:
    call_command("migrate", verbosity=0, interactive=False)


def collect_statics() -> int:
    """Styles and scripts gathered, hashed and compressed for a deployment; how many files were not there yet. Those
    of earlier versions stay."""
    return statics.collect(settings.VAR_DIR / "collecting", settings.STATIC_ROOT)


def load_scenarios() -> tuple[list[str], list[str]]:
    """The library brought up to date: the names of what is new in it, and what could not be loaded and why. A bad
    scenario must not keep a class from its good ones."""
    out, problems = StringIO(), StringIO()
    try:
        call_command("load_scenarios", stdout=out, stderr=problems)
    except CommandError as error:
        problems.write(f"{error}\n")
    news = [line.partition(":")[0] for line in out.getvalue().splitlines() if ": loaded" in line]
    return news, problems.getvalue().splitlines()


def moderator() -> tuple[Any, bool]:
    """The account that sign-in links are for, and whether it was made just now. It has no password until somebody
    gives it one."""
    users = get_user_model().objects
    user = (
        users.filter(username=MODERATOR, is_active=True).first() or users.filter(is_active=True).order_by("pk").first()
    )
    if user is not None:
        return user, False
    user, made = users.get_or_create(username=MODERATOR)  # two processes may start at once
    if made:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user, made


def sign_in_path(user: Any) -> str:
    """A one-time link's path, made at every start: whoever can start the server may sign in to it."""
    return sign_in_link_for(user)


def panels() -> int:
    """Compile what rooms are painted with, if any are open; how many templates that was. After a restart everybody
    comes back at once, and nobody would be answered while the first of them has it compiled."""
    try:
        if not Room.objects.exclude(status="closed").exists():
            return 0
    except (DatabaseError, InterfaceError):  # it is away: who comes meanwhile is told so
        return 0
    names = panel_templates.names()
    for name in names:
        try:
            panel_templates.compiled(name)
        except TemplateSyntaxError:
            logger.exception("the panel %s cannot be painted", name)
    return len(names)
