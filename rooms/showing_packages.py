"""What the package finder's panel needs: its findings in words of this exercise. Pure; reads only its fold.

Two bases stand side by side: what is declared on the table (a delegation's mandate where it has declared nothing), and
the mandates alone. Private positions are never read. The view decides who sees packs: only the moderator's holds all.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from rooms import showing_positions
from rooms.domain.positions import Position
from rooms.domain.prepared import Issue
from rooms.domain.sight import Audience
from rooms.domain.state import RoomState
from rooms.package_standing import Change, Said, Standing, standing
from rooms.packages import Found, Problem, Wish, find, steps

DECLARED, MANDATES = "declared", "mandates"


def packages(view: RoomState, _audience: Audience) -> Mapping[str, Any]:
    """For the moderator: by what is declared, and by the mandates."""
    bases = [DECLARED, MANDATES] if view.positions.declared else [MANDATES]
    return {"bases": [basis_of(view, one, packs=True) for one in bases] if view.prepared.issues else []}


def in_public(view: RoomState) -> list[Mapping[str, Any]]:
    """For everybody, afterwards: by what was declared on the table, and by nothing else."""
    return [basis_of(view, DECLARED, packs=False)] if view.positions.declared else []


def basis_of(view: RoomState, basis: str, *, packs: bool) -> Mapping[str, Any]:
    """The finder's answer on one basis. Without `packs` a delegation that declared nothing rules nothing out, and all
    issues weigh the same."""
    codes = [one.code for one in view.prepared.delegations]
    issues = view.prepared.issues
    problem = Problem(
        tuple(len(one.options) for one in issues),
        tuple(tuple(_wish(view, code, issue, basis, packs=packs) for issue in issues) for code in codes),
    )
    found, said = find(problem), _said(view)
    beyond = _beyond(view, problem, codes) if packs and found.complete and not found.count else None
    told = find(beyond) if beyond else found
    stands = standing(problem, said) if any(one is not None for one in said) else None
    within = standing(beyond, said) if beyond and stands else stands
    return {
        "key": basis,
        "found": found,
        "beyond": told if beyond else None,
        "possible": _possible(issues),
        "unknown": _unknown(problem, codes),
        "in_words": _hanging_in_words(view, basis),
        "blocked": _blocked(issues, codes, found),
        "without": [(codes[one], count) for one, count in found.without],
        "rows": _rows(issues, told, said),
        "nearness": [
            (code, [(one.nearness[n], _asked(problem, n, one.options)) for one in told.packages])
            for n, code in enumerate(codes)
        ],
        "stands": stands,
        "text": _text(issues, codes, problem, stands, within) if stands and within else None,
    }


def _beyond(view: RoomState, problem: Problem, codes: Sequence[str]) -> Problem:
    """The same table with every delegation giving way up to its red lines, whatever its conditions."""
    rows = []
    for code, row in zip(codes, problem.wishes, strict=True):
        given = []
        for issue, wish in zip(view.prepared.issues, row, strict=True):
            mandate = _mandate(view, code, issue.id)
            red = mandate["red_lines"] if mandate else ()
            free = {n for n, one in enumerate(issue.options) if one.id not in red}
            given.append(Wish(wish.preferred, wish.acceptable | free, wish.weight) if wish and mandate else wish)
        rows.append(tuple(given))
    return Problem(problem.options, tuple(rows))


def _asked(problem: Problem, delegation: int, options: Sequence[int]) -> int:
    """On how many issues a package goes beyond what a delegation accepts."""
    wishes = zip(problem.wishes[delegation], options, strict=True)
    return sum(wish is not None and option not in wish.acceptable for wish, option in wishes)


def _wish(view: RoomState, code: str, issue: Issue, basis: str, *, packs: bool) -> Wish | None:
    mandate = _mandate(view, code, issue.id) if packs else None
    weight = len(view.prepared.issues) + 1 - mandate["priority"] if mandate else 1
    held = view.positions.public_of(code, issue.id) if basis == DECLARED else None
    if held:
        return Wish(*_places(issue, held.preferred, held.acceptable), max(1, weight), _conditions(view, held))
    if mandate is None or issue.option(mandate["preferred"]) is None:
        return None
    return Wish(*_places(issue, mandate["preferred"], mandate["acceptable"]), max(1, weight))


def _mandate(view: RoomState, code: str, issue: str) -> Mapping[str, Any] | None:
    lines = view.prepared.packs.get(code, {}).get("positions", ())
    return next((one for one in lines if one["issue"] == issue and "preferred" in one), None)


def _places(issue: Issue, preferred: str, acceptable: Sequence[str]) -> tuple[int, frozenset[int]]:
    place = showing_positions.place
    first = place(issue, preferred)
    return first, frozenset({first, *(place(issue, one) for one in acceptable if issue.option(one))})


def _conditions(view: RoomState, held: Position) -> tuple[tuple[int, int], ...]:
    places = {one.id: n for n, one in enumerate(view.prepared.issues)}
    return tuple(
        (places[issue], showing_positions.place(view.prepared.issues[places[issue]], option))
        for issue, option in held.links
        if issue in places
    )


def _said(view: RoomState) -> Said:
    """Where the text lands; open where it says nothing or two things at once."""
    lands: dict[str, list[str]] = {}
    for issue, option, _ in showing_positions.landing(view):
        lands.setdefault(issue, []).append(option)
    return tuple(
        showing_positions.place(one, lands[one.id][0]) if len(lands.get(one.id, ())) == 1 else None
        for one in view.prepared.issues
    )


def _possible(issues: Sequence[Issue]) -> int:
    count = 1
    for one in issues:
        count *= len(one.options)
    return count


def _unknown(problem: Problem, codes: Sequence[str]) -> list[str]:
    """Delegations of which something is not known: there, everything counts as acceptable to them."""
    return [code for code, row in zip(codes, problem.wishes, strict=True) if any(one is None for one in row)]


def _hanging_in_words(view: RoomState, basis: str) -> list[str]:
    """Delegations with conditions in words, which no finder weighs."""
    if basis != DECLARED:
        return []
    held = view.positions.declared.values()
    return [
        one.code for one in view.prepared.delegations if any(p.conditions and p.delegation == one.code for p in held)
    ]


def _blocked(issues: Sequence[Issue], codes: Sequence[str], found: Found) -> list[dict[str, Any]]:
    """Issues on which every option leaves somebody out; the least bad options with whom."""
    rows = []
    for one in found.blocked:
        fewest = min(len(left_out) for left_out in one.left_out)
        options = [
            (option, [codes[n] for n in left_out])
            for option, left_out in zip(issues[one.issue].options, one.left_out, strict=True)
            if len(left_out) == fewest
        ]
        rows.append({"issue": issues[one.issue], "options": options})
    return rows


def _rows(issues: Sequence[Issue], found: Found, said: Said) -> list[dict[str, Any]]:
    """A row for each issue: where the text lands, and what each package says."""
    return [
        {
            "issue": issue,
            "text": None if said[n] is None else issue.options[said[n] or 0],
            "cells": [
                (issue.options[one.options[n]], said[n] is not None and one.options[n] != said[n])
                for one in found.packages
            ],
        }
        for n, issue in enumerate(issues)
    ]


def _text(
    issues: Sequence[Issue], codes: Sequence[str], problem: Problem, stands: Standing, within: Standing
) -> dict[str, Any]:
    """Where the text stands, with titles and letters for numbers; `within` says it of what there is to choose from."""

    def moves(change: Change) -> list[tuple[Issue, Any]]:
        return [(issues[issue], issues[issue].options[option]) for issue, option in change.moves]

    landed = {one.issue: one.option for one in stands.left_out}
    return {
        "open": [issues[one] for one in stands.open],
        "left_out": [_leaves_out(issues[n], codes, problem, n, option) for n, option in sorted(landed.items())],
        "unmet": [
            {
                "code": codes[one.delegation],
                "issue": issues[one.issue],
                "other": issues[one.other],
                "least": issues[one.other].options[one.least],
            }
            for one in stands.unmet
        ],
        "changes": [(moves(one), one.ways) for one in within.changes],
        "size": len(within.changes[0].moves) if within.changes else 0,
        "within": within.ways,
        "better": [(issue, issue.options[option]) for issue, option in zip(issues, stands.better, strict=False)],
    }


def _leaves_out(issue: Issue, codes: Sequence[str], problem: Problem, n: int, option: int) -> dict[str, Any]:
    """Whom the text leaves out on an issue, and the option nearest to it that leaves out fewest."""

    def left_out(one: int) -> list[str]:
        rows = zip(codes, problem.wishes, strict=True)
        return [code for code, row in rows if (wish := row[n]) and one not in wish.acceptable]

    best = min(range(len(issue.options)), key=lambda one: (len(left_out(one)), steps(one, option)))
    instead = issue.options[best] if len(left_out(best)) < len(left_out(option)) else None
    return {
        "issue": issue,
        "option": issue.options[option],
        "codes": left_out(option),
        "instead": instead,
        "others": left_out(best),
    }
