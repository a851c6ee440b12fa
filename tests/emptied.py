"""The test database is emptied quickly, as it is after each test that commits: hundreds of times.

Django has PostgreSQL truncate its tables, which makes the files of all of them anew: a fifth of a second for the forty
of ours. And it writes down content types and permissions again, which nobody here asks for.
"""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.management import create_permissions
from django.contrib.contenttypes.management import create_contenttypes
from django.db.backends.postgresql.operations import DatabaseOperations
from django.db.models.signals import post_migrate

_truncated = DatabaseOperations.sql_flush


def _deleted(
    operations: DatabaseOperations, style: Any, tables: Sequence[str], *, reset_sequences: bool = False, **more: Any
) -> list[str]:
    """Like TRUNCATE it waits for whoever still writes; and it looks at no foreign key, so that any order will do."""
    if reset_sequences or not tables:
        return _truncated(operations, style, tables, reset_sequences=reset_sequences, **more)
    names = [operations.quote_name(table) for table in tables]
    locked, unbound = f"LOCK TABLE {', '.join(names)}", "SET LOCAL session_replication_role = replica"
    return [f"{locked}; {unbound}; {'; '.join(f'DELETE FROM {name}' for name in names)}"]


def quickly() -> None:
    DatabaseOperations.sql_flush = _deleted  # type: ignore[method-assign]
    post_migrate.disconnect(create_permissions, dispatch_uid="django.contrib.auth.management.create_permissions")
    post_migrate.disconnect(create_contenttypes)
