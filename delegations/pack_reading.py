"""A briefing pack put into the order in which somebody reads it: on the page for moderators and beside the table.

Takes the values of a snapshot, frozen ones too, and asks nothing of the database. What a pack of an older room does
not have is simply not there.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Line = Mapping[str, Any]
LISTS = ("interests", "constraints", "red_lines", "knows", "figures", "recommendations")


def for_reading(pack: Line, *, delegation: Line, delegations: Sequence[Line], issues: Iterable[Line]) -> dict[str, Any]:
    """What `delegations/pack_body.html` shows. `delegations`: those at the table, `issues`: with their options."""
    by_id = {issue["id"]: issue for issue in issues}
    points = list(pack.get("talking_points", ()))
    return {
        "delegation": delegation,
        "who": pack["who"],
        "first_words": points[0] if points else None,
        "talking_points": points[1:],
        "positions": _positions(pack.get("positions", ()), by_id),
        "relations": _relations(pack.get("relations", ()), delegations),
        "constituencies": [_constituency(line, by_id) for line in pack.get("constituencies", ())],
        "questions": [_question(line) for line in pack.get("questions", ())],
        "works": _works(pack),
        **{name: list(pack.get(name, ())) for name in LISTS},
    }


def standing(position: Line, option: str) -> str:
    """How an option stands for a delegation: "preferred", "acceptable", "red_line" or "" (not mentioned)."""
    if option == position["preferred"]:
        return "preferred"
    if option in position["red_lines"]:
        return "red_line"
    return "acceptable" if option in position["acceptable"] else ""


def _works(pack: Line) -> list[str]:
    """The slugs of the papers that any line rests on, in the order of the pack."""
    lines = [line for lines in pack.values() if not isinstance(lines, str) for line in lines]
    sources = [source for line in lines for source in line.get("sources") or [line["source"]]]
    return list(dict.fromkeys(source["paper"] for source in sources if "paper" in source))


def _positions(positions: Iterable[Line], issues: Mapping[str, Line]) -> list[dict[str, Any]]:
    """Most important first, each with its issue and how every option of it stands."""
    found = []
    for position in positions:
        issue = issues.get(position["issue"])
        if issue:
            options = [(option, standing(position, option["id"])) for option in issue["options"]]
            preferred = next((option for option, stands in options if stands == "preferred"), None)
            found.append({**position, "issue": issue, "options": options, "preferred": preferred})
    return sorted(found, key=lambda position: int(position["priority"]))


def _relations(relations: Iterable[Line], delegations: Sequence[Line]) -> list[dict[str, Any]]:
    """In the order of the table; those who are not at it stand last, known by their code."""
    seats = {one["code"]: (place, one) for place, one in enumerate(delegations)}
    absent = (len(seats), None)
    found = [{**line, "other": seats.get(line["to"], absent)[1]} for line in relations]
    return sorted(found, key=lambda line: seats.get(line["to"], absent)[0])


def _constituency(line: Line, issues: Mapping[str, Line]) -> dict[str, Any]:
    labels = {name: _labels(line.get(name, {}), issues) for name in ("accepts", "punishes")}
    return {**line, **labels}


def _labels(options: Mapping[str, Iterable[str]], issues: Mapping[str, Line]) -> list[tuple[str, list[str]]]:
    """Issue by issue, its title and the labels of the options that are meant."""
    return [
        (issues[key]["title"], [option["label"] for option in issues[key]["options"] if option["id"] in chosen])
        for key, chosen in options.items()
        if key in issues
    ]


def _question(line: Line) -> dict[str, Any]:
    return {**line, "right": line["options"][line["answer"]]}
