"""The container, compose and systemd examples fit the version they come with: every file that they take is there, every
variable that they set is read, and all of them start the same script.
"""

import configparser
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import require
from tests.operations.front import DEPLOY
from tests.operations.started import START
from tests.programs import ROOT

# Read by the server program itself, by Python, and by the images of others.
READ_BY_OTHERS = {"FORWARDED_ALLOW_IPS", "PYTHONUNBUFFERED"}
READ_BY_POSTGRES = {"POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD"}
SECRETS = ("SECRET_KEY", "POSTGRES_PASSWORD", "NEACD_METRICS_TOKEN", "DATABASE_URL")


def variables_read() -> set[str]:
    """Every environment variable that our code asks for."""
    asked = re.compile(r"""environ(?:\.get\(|\[)\s*["'](\w+)["']""")
    sources = [path.read_text() for path in (ROOT / "neacd").rglob("*.py")]
    found = {name for source in sources for name in asked.findall(source)}
    # dj_database_url.config() reads the one variable that it is named after.
    return (
        found
        | READ_BY_OTHERS
        | ({"DATABASE_URL"} if any("dj_database_url.config(" in one for one in sources) else set())
    )


def test_the_variables_that_are_read_are_found() -> None:
    assert {"DATABASE_URL", "REDIS_URL", "SECRET_KEY", "NEACD_HOSTS", "NEACD_WORKERS", "PORT"} <= variables_read()
    assert "NEACD_NO_SUCH" not in variables_read()


def assignments(path: Path) -> dict[str, str]:
    """The lines NAME=value of an environment file."""
    lines = [line for line in path.read_text().splitlines() if line and not line.startswith("#")]
    return {name: value for name, _equals, value in (line.partition("=") for line in lines)}


# The start script


def test_the_start_script_can_be_run_and_serves() -> None:
    assert os.access(START, os.X_OK)
    assert "manage.py serve" in START.read_text()


# The container


def instructions() -> list[tuple[str, str]]:
    """What the Dockerfile says, one instruction after the other."""
    text = re.sub(r"\\\n", " ", (ROOT / "Dockerfile").read_text())
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(word, rest.strip()) for word, _space, rest in (line.partition(" ") for line in lines)]


def said(instruction: str) -> list[str]:
    return [rest for word, rest in instructions() if word == instruction]


def copied() -> list[str]:
    return [source for rest in said("COPY") for source in rest.split()[:-1]]


def test_every_file_that_the_container_takes_is_in_the_checkout() -> None:
    assert "manage.py" in copied()
    assert [source for source in copied() if not (ROOT / source).exists()] == []


def test_the_container_takes_all_that_serving_needs_and_nothing_that_is_ignored() -> None:
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert set(copied()) == let_in
    assert {"neacd", "rooms", "delegations", "fixtures", "scripts", "manage.py", "requirements.txt"} <= let_in


def test_records_keys_and_tests_never_get_into_the_container() -> None:
    first = next(line for line in (ROOT / ".dockerignore").read_text().splitlines() if not line.startswith("#"))
    assert first == "*"
    assert not {"var", ".git", ".venv", "tests", ".env"} & set(copied())


def test_the_containers_python_is_one_that_the_project_runs_on() -> None:
    (image,) = said("FROM")
    version = re.fullmatch(r"python:(\d+)\.(\d+)-slim-\w+", image)
    assert version
    least = re.search(r'requires-python = ">=(\d+)\.(\d+)"', (ROOT / "pyproject.toml").read_text())
    assert least
    assert tuple(map(int, version.groups())) >= tuple(map(int, least.groups()))


def test_the_container_installs_what_is_locked_and_runs_the_start_script_as_nobody_special() -> None:
    assert any("--require-hashes" in rest and "requirements.txt" in rest for rest in said("RUN"))
    assert said("CMD") == ['["scripts/start"]']
    assert said("USER") == ["neacd"]
    assert (ROOT / "scripts" / "start") == START


def test_the_container_sets_variables_that_are_read_and_no_secret() -> None:
    names = {pair.partition("=")[0] for rest in said("ENV") for pair in shlex.split(rest)}
    assert names <= variables_read()
    assert not names & set(SECRETS)


# Compose


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
    return read


def ours(compose: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from (one for name, one in compose["services"].items() if name.startswith("web-"))


def test_compose_starts_three_of_ours_from_the_dockerfile_beside_it(compose: dict[str, Any]) -> None:
    services = list(ours(compose))
    assert len(services) == 3
    for one in services:
        assert one["build"] == "."
        assert "command" not in one
        assert set(one["environment"]) <= variables_read()


def test_compose_has_what_they_wait_for_and_connect_to(compose: dict[str, Any]) -> None:
    names = set(compose["services"])
    for one in compose["services"].values():
        assert set(one.get("depends_on", ())) <= names
    for one in ours(compose):
        found = re.search(r"@(\w+):", one["environment"]["DATABASE_URL"])
        assert found
        assert found[1] in names
        assert one["environment"]["REDIS_URL"].split("/")[2].partition(":")[0] in names


def test_compose_mounts_files_that_are_there(compose: dict[str, Any]) -> None:
    mounts = [mount for one in compose["services"].values() for mount in one.get("volumes", ())]
    files = [mount.partition(":")[0] for mount in mounts if mount.startswith("./")]
    assert len(files) == 2
    assert [name for name in files if not (ROOT / name).is_file()] == []
    assert {mount.partition(":")[0] for mount in mounts} - set(files) == set(compose["volumes"])


def test_nginx_in_compose_stands_before_all_of_ours(compose: dict[str, Any]) -> None:
    upstream = set(re.findall(r"server (web-\d+):8000", (DEPLOY / "nginx-compose.conf").read_text()))
    assert upstream == {name for name in compose["services"] if name.startswith("web-")}


def test_compose_holds_no_secret_and_asks_for_each(compose: dict[str, Any]) -> None:
    asked = assignments(DEPLOY / "compose.env")
    for one in compose["services"].values():
        for name, value in one.get("environment", {}).items():
            assert name in READ_BY_POSTGRES | variables_read()
            if name in SECRETS:
                assert re.search(r"\$\{\w+:[?-]", value), f"{name} is written down"
                assert set(re.findall(r"\$\{(\w+):\?", value)) <= set(asked)
    assert {name: value for name, value in asked.items() if value} == {}


# systemd


@pytest.fixture(scope="module")
def unit() -> configparser.RawConfigParser:
    return parsed("neacd@.service")


def parsed(name: str) -> configparser.RawConfigParser:
    read = configparser.RawConfigParser(strict=True)
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read(DEPLOY / name)
    return read


def test_systemd_runs_the_start_script_by_its_protocols(unit: configparser.RawConfigParser) -> None:
    service = unit["Service"]
    assert service["ExecStart"] == "/opt/neacd/scripts/start"
    assert service["Type"] == "notify"
    assert service["User"] == "neacd"
    assert unit["Unit"]["Requires"] == "neacd@%i.socket"
    assert parsed("neacd@.socket")["Socket"]["ListenStream"] == "127.0.0.1:%i"


def test_systemd_sets_variables_that_are_read_and_no_secret(unit: configparser.RawConfigParser) -> None:
    service = unit["Service"]
    named = {pair.partition("=")[0] for pair in service["Environment"].split()}
    kept = assignments(DEPLOY / "neacd.env")
    assert named | set(kept) <= variables_read()
    assert service["EnvironmentFile"] == "/etc/neacd.env"
    assert [name for name in SECRETS if kept.get(name)] == []


def test_systemd_waits_longer_than_a_process_takes_to_end(unit: configparser.RawConfigParser) -> None:
    source = (ROOT / "neacd" / "workers.py").read_text()
    longest = re.search(r"LONGEST_END = ([\d.]+)", source)
    assert longest
    assert float(unit["Service"]["TimeoutStopSec"]) > float(longest[1])


def test_systemd_itself_finds_no_fault(tmp_path: Path) -> None:
    verify = shutil.which("systemd-analyze")
    require(verify, "systemd-analyze is not installed")
    for name in ("neacd@.service", "neacd@.socket"):
        text = (
            (DEPLOY / name)
            .read_text()
            .replace("/opt/neacd/scripts/start", str(START))
            .replace("User=neacd", "User=root")
        )
        (tmp_path / name).write_text(text)
    checked = subprocess.run(
        [str(verify), "verify", tmp_path / "neacd@8001.service"], capture_output=True, text=True, check=False
    )
    assert [line for line in checked.stderr.splitlines() if "neacd" in line] == []


def test_the_examples_are_all_told_of() -> None:
    told = (DEPLOY / "README.md").read_text()
    names = [path.name for path in DEPLOY.iterdir() if path.name != "README.md"]
    assert [name for name in names if name not in told] == []
