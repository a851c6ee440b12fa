"""What a deployment's settings promise: Django's own checks pass, styles and scripts go out hashed and compressed."""

import gzip
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
    done = managed(var, "collectstatic", "--no-input", NEACD_DEPLOYED="1")
    assert done.returncode == 0, done.stderr
    return var / "static"


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
