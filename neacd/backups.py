"""A running installation in one file, and an installation from it: the database as it was at one instant, and the key
that links and seats are signed with. Nobody in a room notices that it is made.

SQLite copies itself while it is written to; for PostgreSQL its own pg_dump and pg_restore are called. A backup goes
back into the kind of database that it came from, and never over rooms that are there.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tempfile
import zipfile
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from rooms.models import Room

MANIFEST, RECORDS, KEY = "manifest.json", "records", "secret_key"
FORMAT = 1
# Where libpq looks for what would otherwise stand on a command line, for everybody on the machine to read.
LIBPQ = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD", "NAME": "PGDATABASE"}
PIECE = 1 << 20


class CannotBackUp(Exception):
    """Why no backup was made, or none was restored, as a sentence that says what to do."""


def make(path: Path) -> dict[str, Any]:
    """Write a backup to `path`, which must not be there yet; what its manifest says."""
    if path.exists():
        raise CannotBackUp(f"{path} is there already. Name another file: no backup is written over another.")
    if not path.parent.is_dir():
        raise CannotBackUp(f"There is no folder {path.parent}. Make it, or name another.")
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=path.parent) as folder:
        records = Path(folder) / RECORDS
        dump = {"sqlite": _copy_sqlite, "postgresql": _dump_postgres}[connection.vendor]
        applied = _applied()  # before the copy: it may know of more migrations, but not of fewer
        dump(records)
        key = settings.VAR_DIR / KEY
        manifest = {
            "neacd_backup": FORMAT,
            "database": connection.vendor,
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "migrations": applied,
            "sha256": _digest(records),
            "has_key": key.exists() and not os.environ.get("SECRET_KEY"),
        }
        whole = Path(folder) / "whole"
        with os.fdopen(os.open(whole, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            _pack(file, manifest, records, key)
            file.flush()
            os.fsync(file.fileno())
        os.link(whole, path)  # as a whole, or not at all; and never over another
    return manifest


def _pack(file: Any, manifest: dict[str, Any], records: Path, key: Path) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as packed:
        packed.writestr(MANIFEST, json.dumps(manifest, indent=1))
        packed.write(records, RECORDS)
        if manifest["has_key"]:
            packed.write(key, KEY)


def restore(path: Path) -> dict[str, Any]:
    """Bring a backup into this installation, which must have no rooms; what its manifest says. Tables of an older
    version are for the caller to bring up to date."""
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=settings.VAR_DIR) as folder:
        manifest = _unpack(path, Path(folder))
        _check_fits(manifest)
        load = {"sqlite": _load_sqlite, "postgresql": _load_postgres}[connection.vendor]
        load(Path(folder) / RECORDS)
        if manifest["has_key"]:
            os.replace(Path(folder) / KEY, settings.VAR_DIR / KEY)
    return manifest


def _unpack(path: Path, folder: Path) -> dict[str, Any]:
    try:
        with zipfile.ZipFile(path) as packed:
            manifest: dict[str, Any] = json.loads(packed.read(MANIFEST))
            if manifest.get("neacd_backup") != FORMAT:
                raise CannotBackUp(
                    f"{path} is a backup of another kind than this version reads. Use the newest version."
                )
            for name in (RECORDS, KEY) if manifest["has_key"] else (RECORDS,):
                with packed.open(name) as source, (folder / name).open("wb") as target:
                    shutil.copyfileobj(source, target, PIECE)
                (folder / name).chmod(0o600)
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise CannotBackUp(f"{path} is no backup that can be read ({type(error).__name__}). Take another.") from error
    if _digest(folder / RECORDS) != manifest["sha256"]:
        raise CannotBackUp(f"{path} is damaged: its records are not those that were written. Take another.")
    return manifest


def _check_fits(manifest: dict[str, Any]) -> None:
    if manifest["database"] != connection.vendor:
        raise CannotBackUp(
            f"This backup is of {manifest['database']}, and DATABASE_URL names {connection.vendor}. Restore it into "
            "its own kind; single sessions go from one to the other with export_record and import_record."
        )
    known = {".".join(one) for one in MigrationLoader(None).disk_migrations}
    if unknown := sorted(set(manifest["migrations"]) - known):
        raise CannotBackUp(
            f"This backup was made by a newer version (it has {unknown[0]}). Update first, then restore."
        )
    if _has_rooms():
        raise CannotBackUp(
            "There are rooms in this installation, and they would be lost. Restore into an empty one: another "
            "NEACD_VAR, or another database."
        )


def _has_rooms() -> bool:
    return Room._meta.db_table in connection.introspection.table_names() and Room.objects.exists()


def _applied() -> list[str]:
    return sorted(".".join(one) for one in MigrationRecorder(connection).applied_migrations())


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# SQLite


def _copy_sqlite(to: Path) -> None:
    with closing(sqlite3.connect(to)) as copy:
        connection.ensure_connection()
        connection.connection.backup(copy)  # in one go: as at one instant, and no writer waits
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, without another beside it
    to.chmod(0o600)


def _load_sqlite(records: Path) -> None:
    connection.ensure_connection()
    with closing(sqlite3.connect(records)) as kept:
        if kept.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise CannotBackUp("The backup's database is damaged. Take another.")
        kept.backup(connection.connection)  # through the database, so that whoever has it open sees it whole
    connection.close()


# PostgreSQL


def _dump_postgres(to: Path) -> None:
    _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={to}")
    to.chmod(0o600)


def _load_postgres(records: Path) -> None:
    connection.close()
    # All of it or nothing; what a first start may have laid makes way.
    how = ("--clean", "--if-exists", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
    _run("pg_restore", *how, f"--dbname={settings.DATABASES['default']['NAME']}", str(records))


def _run(program: str, *args: str) -> None:
    found = shutil.which(program) or next(
        (str(path) for path in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), reverse=True)), None
    )
    if found is None:
        raise CannotBackUp(f"{program} is not installed; on Debian and Ubuntu: apt install postgresql-client")
    database: Mapping[str, Any] = settings.DATABASES["default"]
    named = {variable: str(database[name]) for name, variable in LIBPQ.items() if database.get(name)}
    named |= {f"PG{name.upper()}": str(value) for name, value in database.get("OPTIONS", {}).items() if "ssl" in name}
    done = subprocess.run([found, *args], env={**os.environ, **named}, capture_output=True, text=True, check=False)
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["it does not say why"]
        raise CannotBackUp(f"{program} did not succeed: {last[0]}")
