"""The next version of this program, as a deployment lays it beside the running one: an event has one more field, and
an upcast lifts what was written before.
"""

import shutil
from pathlib import Path

from tests.programs import ROOT

KEPT = ("manage.py", "neacd", "rooms", "delegations", "fixtures")
EVENT = "channels.said_in_delegation"
LIFTED = "unknown"  # the new field of events from before
BEFORE = """class SaidInDelegation:
    message: str
    delegation: str
    person: str
    seat: str
    text: str
"""
CHANGES = {
    "rooms/domain/channels.py": {BEFORE: f'{BEFORE}    tone: str = "calm"\n'},
    "rooms/domain/codec.py": {
        "VERSIONS: dict[str, int] = {\n": f'VERSIONS: dict[str, int] = {{\n    "{EVENT}": 2,\n',
        "dict[str, Any]]] = {\n": (
            f'dict[str, Any]]] = {{\n    ("{EVENT}", 1): lambda data: {{"tone": "{LIFTED}", **data}},\n'
        ),
    },
}


def next_version(folder: Path) -> Path:
    """This program with that change, in a folder of its own."""
    for name in KEPT:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, folder / name)
    for path, changes in CHANGES.items():
        text = (folder / path).read_text()
        for old, new in changes.items():
            assert old in text, f"{path} is no longer as this change expects it"
            text = text.replace(old, new)
        (folder / path).write_text(text)
    return folder
