"""When something gets another name, everything that names it follows. Each function changes the document it is given.

Without this, a new monogram for a delegation would tear its pack, its relations and its injects away from it.
"""

from typing import Any

from delegations.editing.document import Json, lines


def rename_delegation(document: Json, old: str, new: str) -> None:
    document["packs"] = {new if code == old else code: pack for code, pack in document["packs"].items()}
    for line in lines(document):
        if line.get("to") == old:
            line["to"] = new
        for name in ("to", "actors", "counterpart"):
            _in_list(line, name, old, new)


def rename_issue(document: Json, old: str, new: str) -> None:
    for line in lines(document):
        if line.get("issue") == old:
            line["issue"] = new
        for name in ("accepts", "punishes"):
            if old in line.get(name, {}):
                line[name] = {new if issue == old else issue: options for issue, options in line[name].items()}


def rename_options(document: Json, issue: str, names: dict[str, str]) -> None:
    """`names`: the new one of each option of that issue whose name has changed."""
    for pack in document["packs"].values():
        for position in pack.get("position", []):
            if position.get("issue") == issue:
                position["preferred"] = names.get(position.get("preferred"), position.get("preferred", ""))
                for name in ("acceptable", "red_lines"):
                    position[name] = [names.get(one, one) for one in position.get(name, [])]
        for line in pack.get("constituency", []):
            for name in ("accepts", "punishes"):
                if issue in line.get(name, {}):
                    line[name][issue] = [names.get(one, one) for one in line[name][issue]]


def rename_item(document: Json, old: str, new: str) -> None:
    for inject in document["injects"]["inject"]:
        when: Any = inject.get("when")
        if isinstance(when, dict) and when.get("item") == old:
            when["item"] = new


def _in_list(line: Json, name: str, old: str, new: str) -> None:
    if isinstance(line.get(name), list):
        line[name] = [new if one == old else one for one in line[name]]
