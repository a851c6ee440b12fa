"""What we depend on is locked: every package with its version and its hashes, in both lists alike."""

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.programs import ROOT

PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)(?: ;[^\\]*)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")
LISTS = ("requirements.txt", "requirements-dev.txt")


def locked(name: str) -> dict[tuple[str, str], int]:
    """Of each package and version how many hashes; a line that is none of either fails. A package may have one version
    for older and one for newer Pythons."""
    found: dict[tuple[str, str], int] = {}
    package = ("", "")
    for line in (ROOT / name).read_text().splitlines():
        if pin := PIN.match(line):
            package = (pin[1], pin[2])
            assert package not in found, f"{package} stands there twice"
            found[package] = 0
        elif HASH.match(line):
            found[package] += 1
        else:
            assert not line or line.lstrip().startswith("#"), f"{name}: {line}"
    return found


@pytest.mark.parametrize("name", LISTS)
def test_every_package_has_its_version_and_hashes(name: str) -> None:
    assert len(locked(name)) > 20
    assert [package for package, hashes in locked(name).items() if not hashes] == []


def test_what_is_tested_is_what_is_run() -> None:
    run, tested = (locked(name) for name in LISTS)
    assert {package: tested.get(package) for package in run} == run


def test_what_is_asked_for_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {re.split(r"[\[<>=;! ]", one)[0].lower().replace("_", "-") for one in asked}
    assert names - {name for name, _version in locked("requirements-dev.txt")} == set()


if os.environ.get("NEACD_AUDIT") == "1":  # no test asks the network unbidden

    def test_no_locked_version_has_a_known_hole(tmp_path: Path) -> None:
        """An installed pip-audit is told the versions only, and installs nothing."""
        program = shutil.which("pip-audit")
        assert program is not None, "NEACD_AUDIT=1 wants pip-audit, which is not installed"
        plain = tmp_path / "locked.txt"
        plain.write_text("".join(f"{one}=={version}\n" for one, version in locked("requirements.txt")))
        asked = [
            program,
            "--requirement",
            str(plain),
            "--no-deps",
            "--disable-pip",
            "--progress-spinner=off",
            "--timeout=10",
        ]
        done = subprocess.run(asked, capture_output=True, text=True, check=False)
        assert "found" in done.stderr.lower() or "No known vulnerabilities" in done.stderr + done.stdout, done.stderr
        assert done.returncode == 0, done.stdout
