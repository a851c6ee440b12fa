"""What a deployment's settings promise: Django's own checks pass, styles and scripts go out hashed and compressed."""

import ast
import gzip
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.programs import ROOT, SETTINGS


def managed(var: Path, *command: str, **env: str) -> "subprocess.CompletedProcess[str]":
    kept = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env={**kept, "NEACD_VAR": str(var), **env},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_checks_for_a_deployment_find_nothing(tmp_path: Path) -> None:
    done = managed(tmp_path, "check", "--deploy", "--fail-level", "INFO", NEACD_HTTPS="1", NEACD_DEPLOYED="1")
    assert done.returncode == 0, done.stderr


def test_the_checks_would_find_something(tmp_path: Path) -> None:
    assert managed(tmp_path, "check", "--deploy", "--fail-level", "WARNING", NEACD_HTTPS="").returncode == 1


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    var = tmp_path_factory.mktemp("collected")
    assert collect(var) > 100
    return var / "static"


def collect(var: Path) -> int:
    """As at a start of a deployment; how many files were new."""
    as_a_start_does = "from neacd import ready; print(ready.collect_statics())"
    done = managed(var, "shell", "--no-imports", "-c", as_a_start_does, NEACD_DEPLOYED="1")
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


def as_they_lie(folder: Path) -> dict[str, tuple[int, int]]:
    """Which file lies under each name, and since when."""
    return {
        str(path.relative_to(folder)): (path.stat().st_ino, path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_who_starts_later_takes_no_file_from_under_who_serves(collected: Path) -> None:
    earlier = collected / "rooms" / "earlier.0123456789ab.js"
    earlier.write_text("of an earlier version")
    before = as_they_lie(collected)
    assert collect(collected.parent) == 0
    assert as_they_lie(collected) == before
    assert not (collected.parent / "collecting").exists()


def test_what_a_start_left_half_done_is_made_whole(collected: Path) -> None:
    script, listed = hashed(collected, "neacd/first_paint.js"), collected / "staticfiles.json"
    whole, names = script.read_bytes(), listed.read_bytes()
    script.write_bytes(whole[:10])
    listed.unlink()
    (collected.parent / "collecting" / "rooms").mkdir(parents=True)
    (collected.parent / "collecting" / "rooms" / "half.js").write_text("half")
    assert collect(collected.parent) == 1
    assert script.read_bytes() == whole
    assert json.loads(listed.read_bytes()) == json.loads(names)
    assert not (collected / "rooms" / "half.js").exists()


def hashed(folder: Path, name: str) -> Path:
    stem, _dot, suffix = name.rpartition(".")
    found = [path for path in folder.glob(f"{stem}.*.{suffix}") if re.search(r"\.[0-9a-f]{12}\.\w+$", path.name)]
    assert len(found) == 1, (name, found)
    return found[0]


def test_every_file_has_a_hash_in_its_name_and_is_compressed(collected: Path) -> None:
    for name in ("neacd/tokens.css", "rooms/room.js", "neacd/first_paint.js"):
        file = hashed(collected, name)
        packed = file.with_name(file.name + ".gz")
        assert gzip.decompress(packed.read_bytes()) == file.read_bytes()
        assert packed.stat().st_size < file.stat().st_size


def test_scripts_import_each_other_by_their_hashed_names(collected: Path) -> None:
    imported = [
        (script, name)
        for script in collected.glob("rooms/*.js")
        if re.search(r"\.[0-9a-f]{12}\.js$", script.name)
        for name in re.findall(r"""(?:from|import)\s+["'](\./[^"']+)["']""", script.read_text())
    ]
    assert len(imported) > 20
    assert [(script.name, name) for script, name in imported if not re.search(r"\.[0-9a-f]{12}\.js$", name)] == []
    assert [(script.name, name) for script, name in imported if not (script.parent / name).exists()] == []


def test_what_the_database_url_says_of_its_wire_goes_first(tmp_path: Path) -> None:
    url = "postgres://nobody@127.0.0.1:1/none?connect_timeout=30&sslmode=require"
    asked = "from django.db import connection; print(connection.settings_dict['OPTIONS'])"
    done = managed(tmp_path, "shell", "--no-imports", "-c", asked, DATABASE_URL=url)
    assert done.returncode == 0, done.stderr
    options = ast.literal_eval(done.stdout)
    assert (int(options["connect_timeout"]), options["sslmode"]) == (30, "require")
    assert options["keepalives_idle"] == 10
    assert "idle_in_transaction_session_timeout" in options["options"]
