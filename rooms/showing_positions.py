"""What the panels of positions need: who wants what, and each delegation's own mandate. Pure; reads only its fold."""

from collections.abc import Mapping
from typing import Any

from rooms.domain.sight import Audience
from rooms.domain.state import RoomState


def matrix(view: RoomState, _audience: Audience) -> Mapping[str, Any]:
    """Public positions: one row an issue, one cell a delegation, each option marked preferred or acceptable."""
    rows = []
    for issue in view.prepared.issues:
        cells = [(one, view.positions.public_of(one.code, issue.id)) for one in view.prepared.delegations]
        filed = [(one, held) for one, held in cells if held]
        lanes = [
            {
                "option": option,
                "prefer": [one for one, held in filed if held.preferred == option.id],
                "accept": [one for one, held in filed if option.id in held.acceptable and held.preferred != option.id],
            }
            for option in issue.options
        ]
        words = [(one, held) for one, held in filed if held.conditions or held.reason or held.before]
        rows.append({"issue": issue, "cells": cells, "lanes": lanes, "filed": len(filed), "words": words})
    return {"rows": rows, "filed": sum(row["filed"] for row in rows)}


def stand(view: RoomState, audience: Audience) -> Mapping[str, Any]:
    """The audience's own delegation: mandate, public and private position on each issue."""
    code = audience.delegation
    pack = view.prepared.packs.get(code, {})
    mandates = {one["issue"]: one for one in pack.get("positions", ())}
    rows: list[dict[str, Any]] = [
        {
            "issue": issue,
            "options": [(option, mandated(mandates.get(issue.id), option.id)) for option in issue.options],
            "mandate": mandates.get(issue.id),
            "declared": view.positions.public_of(code, issue.id),
            "noted": view.positions.private_of(code, issue.id),
        }
        for issue in view.prepared.issues
    ]
    rows.sort(key=lambda row: row["mandate"]["priority"] if row["mandate"] else len(rows))
    return {"rows": rows}


def mandated(mandate: Mapping[str, Any] | None, option: str) -> str:
    """What a delegation's mandate says of an option: preferred, red_line, acceptable or nothing."""
    if mandate is None:
        return ""
    if option == mandate["preferred"]:
        return "preferred"
    if option in mandate["red_lines"]:
        return "red_line"
    return "acceptable" if option in mandate["acceptable"] else ""
