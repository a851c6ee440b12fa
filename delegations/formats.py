"""Running an exercise in another format than its own: rules, agenda and seats change, the question does not.

Works on a snapshot's values and stores nothing: the room that is opened freezes what comes out.
"""

from collections.abc import Mapping
from typing import Any

from delegations.models import Format
from delegations.snapshot import Json, rules_of


def format_as_json(row: Format) -> Json:
    """A stored format as plain values; "table" holds its rules as a snapshot's "format" does."""
    return {
        "slug": row.slug,
        "name": row.name,
        "summary": row.summary,
        "delegations": row.delegations,
        "seat_kinds": row.seat_kinds,
        "table": rules_of(row, name=row.name),
        "agenda": row.agenda,
    }


def in_format(plan: Mapping[str, Any], chosen: Mapping[str, Any]) -> Json:
    """The snapshot `plan` as it is played in the format `chosen`."""
    kinds = chosen["seat_kinds"]
    return {
        **plan,
        "format": chosen["table"],
        "agenda": chosen["agenda"],
        "delegations": [{**one, "seats": _seats(one["seats"], kinds)} for one in plan["delegations"]],
        "injects": [_away_from_items(one) for one in plan["injects"]],
    }


def _away_from_items(inject: Json) -> Json:
    """What was planned for an item of the exercise's own agenda is released by hand: another item may bear its id."""
    when = inject["when"]
    return {**inject, "when": "manual"} if isinstance(when, dict) and "item" in when else inject


def usually_present(plan: Mapping[str, Any], chosen: Mapping[str, Any]) -> list[str]:
    """The delegations to begin with: those the format names, if the exercise has two of them, else its own."""
    known = [one["code"] for one in plan["delegations"]]
    named = [code for code in known if code in chosen["delegations"]]
    return named if len(named) > 1 else [one["code"] for one in plan["delegations"] if not one["optional"]]


def _seats(seats: list[Json], kinds: list[str]) -> list[Json]:
    """A delegation that has none of the format's seats keeps its own: it must not be left without a chair."""
    return [seat for seat in seats if seat["kind"] in kinds] or seats
