"""A backup is made while people talk, and another installation goes on from it, on either database."""

import json
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings

from rooms.models import Room
from tests import on_postgres
from tests.conftest import NEEDS, require
from tests.faults.databases import database_of
from tests.faults.door import Door
from tests.faults.record import events_of, holds
from tests.faults.steadfast import Steadfast, present, sees_what_is_there
from tests.faults.talk import kept_once, remarks, statements, until_more_answers
from tests.programs import Postgres, Served
from tests.wire.client import Line

pytestmark = pytest.mark.served


@pytest.fixture(params=["sqlite", "postgresql"])
def databases(request: pytest.FixtureRequest) -> Iterator[Callable[[str], dict[str, str]]]:
    """The settings of a new, empty database of one kind, by name."""
    if request.param == "sqlite":
        yield lambda name: {}
        return
    found, reason = NEEDS["postgres"]
    require(found(), reason)
    postgres: Postgres = request.getfixturevalue("postgres_program")
    yield lambda name: {"DATABASE_URL": database_of(postgres, name)}


def acknowledged(people: tuple[Steadfast, ...]) -> set[tuple[str, str]]:
    """Whose requests have been carried out, as far as they know."""
    answers = [(one.place.pid, dict(one.answers)) for one in people]
    return {(pid, request) for pid, told in answers for request, answer in told.items() if answer == "done"}


def test_a_session_goes_on_from_a_backup_that_was_made_in_the_middle_of_it(
    databases: Callable[[str], dict[str, str]], tmp_path: Path
) -> None:
    file, news = tmp_path / "all.neacd", threading.Condition()
    with Served(tmp_path / "first", **databases("backed_up")) as first:
        first.start()
        with Door(first) as door:
            chair = door.open_room()
            japan, china = (door.join(chair.code, seat) for seat in ("JPN-MFA", "PRC-MFA"))
        people = (
            Steadfast(chair, [first.port], "html", statements(), news=news),
            Steadfast(japan, [first.port], "json", remarks("Japan"), news=news),
            Steadfast(china, [first.port], "html", remarks("China"), news=news),
        )
        with Line(first.port, chair) as line:
            assert line.ask("start_session")["done"]
        with present(*people):
            until_more_answers(news, people, 20)
            before = acknowledged(people)
            first.manage("backup", str(file))
            until_more_answers(news, people, 20)
            for one in people:
                one.finish()
        kept_once(first, chair.code, people)
        whole = events_of(first, chair.code)

    second = Served(tmp_path / "second", **databases("restored"))
    said = second.manage("restore", str(file)).stdout
    restored = events_of(second, chair.code)
    assert f"{chair.code}: {len(restored)} events, the chain holds" in said
    assert restored == whole[: len(restored)], "it is as it was at one instant"
    assert len(restored) < len(whole), "nobody talked on while it was made"
    assert before <= {(event.actor, event.request_id) for event in restored}
    with second.start():
        again = tuple(Steadfast(one.place, [second.port], "html") for one in people)
        with present(*again):
            again[0].done("chair_statement", text="We go on from the copy.")
            again[1].done("say_in_delegation", text="So do we.")
            for one in again:
                sees_what_is_there(one, second.port)
        assert len(events_of(second, chair.code)) >= len(restored) + 2
    holds(second, chair.code)


def spoilt(file: Path, **changed: object) -> Path:
    """The same backup with another manifest, or other records."""
    with zipfile.ZipFile(file) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    if "records" in changed:
        parts["records"] = bytes(str(changed.pop("records")), "utf-8")
    parts["manifest.json"] = json.dumps({**json.loads(parts["manifest.json"]), **changed}).encode()
    other = file.with_name("spoilt.neacd")
    with zipfile.ZipFile(other, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return other


@pytest.fixture(scope="module")
def backup(prepared_var: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of an installation without rooms."""
    file = tmp_path_factory.mktemp("backup") / "all.neacd"
    Served(prepared_var, **on_postgres.database_of(prepared_var)).manage("backup", str(file))
    return file


def test_a_backup_is_for_its_owner_alone_and_has_the_key(backup: Path, prepared_var: Path) -> None:
    assert backup.stat().st_mode & 0o077 == 0
    with zipfile.ZipFile(backup) as packed:
        assert packed.read("secret_key") == (prepared_var / "secret_key").read_bytes()


def test_no_backup_is_written_over_a_file_and_none_into_no_folder(backup: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="is there already"):
        call_command("backup", str(backup))
    with pytest.raises(CommandError, match="There is no folder"):
        call_command("backup", str(tmp_path / "nowhere" / "all.neacd"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"records": "others"}, "is damaged"),
        ({"neacd_backup": 99}, "of another kind"),
        ({"database": "oracle"}, "This backup is of oracle"),
        ({"migrations": ["rooms.9999_later"]}, "by a newer version"),
    ],
)
def test_what_does_not_fit_is_refused(changed: dict[str, object], words: str, backup: Path, tmp_path: Path) -> None:
    file = spoilt(backup, **{"database": connection.vendor, **changed})
    with override_settings(VAR_DIR=tmp_path), pytest.raises(CommandError, match=words):
        call_command("restore", str(file))
    assert {path.name for path in tmp_path.iterdir()} <= {"starting.lock"}, "nothing was left"


@pytest.mark.django_db
def test_what_is_no_backup_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("nothing of ours")
    for name in ("text", "missing"):
        with override_settings(VAR_DIR=tmp_path), pytest.raises(CommandError, match="is no backup that can be read"):
            call_command("restore", str(tmp_path / name))


def test_an_installation_that_has_only_been_started_may_be_restored_into(backup: Path, tmp_path: Path) -> None:
    second = Served(tmp_path, **on_postgres.empty_database(tmp_path))
    second.manage("migrate", "--verbosity", "0")
    second.manage("restore", str(backup))
    ask = "from delegations.models import Scenario; print(Scenario.objects.count())"
    assert int(second.manage("shell", "-v", "0", "-c", ask).stdout) > 0


@pytest.mark.django_db
def test_no_backup_is_restored_over_rooms(backup: Path, tmp_path: Path) -> None:
    Room.objects.create(code="BCDFGH", title="Somebody's")
    file = spoilt(backup, database=connection.vendor)
    with override_settings(VAR_DIR=tmp_path), pytest.raises(CommandError, match="they would be lost"):
        call_command("restore", str(file))
