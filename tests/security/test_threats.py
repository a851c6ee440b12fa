"""`SECURITY.md` says of each attack which test holds it off: each is there, and none of ours stands outside."""

import re

from tests.programs import ROOT

HERE = ROOT / "tests" / "security"
SAID = (ROOT / "SECURITY.md").read_text()
ROW = re.compile(r"^\| (?P<attack>[^|]+) \| (?P<holds>[^|]+) \| (?P<tests>[^|]+) \|$", re.M)


def rows() -> dict[str, list[str]]:
    """attack -> its tests, by their place in the project."""
    _before, _mark, table = SAID.partition("| attack | what holds | test |")
    found = {}
    for row in ROW.finditer(table):
        if not row["attack"].startswith("---"):
            named = re.findall(r"`([^`]+)`", row["tests"])
            found[row["attack"]] = [one if "/" in one else f"tests/security/{one}" for one in named]
    return found


def test_every_line_names_a_test_that_there_is() -> None:
    assert len(rows()) >= 20
    for attack, tests in rows().items():
        assert tests, attack
        for one in tests:
            assert (ROOT / one).is_file(), f"{attack}: {one}"
            assert re.search(r"^(?:async )?def test_", (ROOT / one).read_text(), re.M), f"{one} tests nothing"


def test_every_test_of_ours_stands_in_a_line() -> None:
    ours = {f"tests/security/{one.name}" for one in HERE.glob("test_*.py")}
    named = {one for tests in rows().values() for one in tests}
    assert ours - named <= {"tests/security/test_threats.py", "tests/security/test_privacy.py"}
    assert "`/privacy/`" in SAID


def test_whatever_else_it_points_to_is_there() -> None:
    paths = re.findall(r"`([\w.]+/[\w./]+\.\w+)`", SAID)
    assert [one for one in paths if not (ROOT / one).exists()] == []
