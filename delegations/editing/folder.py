"""A document as the files of a scenario folder, and the judgement of the code that reads such folders.

There is one set of rules: the document is written out to a folder of its own that lives for a moment, and read back
as every other folder is.
"""

import tempfile
from collections.abc import Collection
from pathlib import Path
from typing import Final

import tomli_w

from delegations.completeness import missing_for_play
from delegations.editing.document import FILES, Json
from delegations.prepared import PreparedScenario
from delegations.scenario_files import read_scenario

UNNAMED: Final = "draft"  # the folder of a draft that has no short name yet


def as_files(document: Json) -> dict[str, str]:
    """The text of each file by its name in the folder. brief.toml is always there: it says which format this is."""
    files = {"scenario.toml": tomli_w.dumps(document["scenario"])}
    for name, entries in FILES.items():
        if document[name][entries] or name == "brief":
            files[f"{name}.toml"] = tomli_w.dumps(document[name] if document[name][entries] else {})
    for code, pack in document["packs"].items():
        files[f"packs/{code}.toml"] = tomli_w.dumps(pack)
    return files


def judge(document: Json, *, papers: Collection[str]) -> tuple[PreparedScenario | None, list[str], list[str]]:
    """The scenario as far as it can be read, what is wrong with it, and what it lacks for play."""
    with tempfile.TemporaryDirectory(prefix="neacd-draft-") as parent:
        folder = Path(parent) / (document["scenario"].get("slug") or UNNAMED)
        (folder / "packs").mkdir(parents=True)
        for name, text in as_files(document).items():
            (folder / name).write_text(text, "utf-8", newline="\n")
        scenario, problems = read_scenario(folder, papers=papers)
    return scenario, problems, list(missing_for_play(scenario)) if scenario else []
