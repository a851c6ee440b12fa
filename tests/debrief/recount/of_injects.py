"""Injects: released when, read and answered by how many how soon, what followed."""

from typing import Any

from tests.debrief.recount.of_session import OPENED
from tests.debrief.recount.raw import TEN_MINUTES, Raw, Row


def counted(raw: Raw) -> dict[str, Any]:
    planned = [one["id"] for row in raw.all("injects.prepared") for one in row["injects"]]
    planned += [row["inject"] for row in raw.all("injects.added")]
    if planned:
        return {"reactions": [{"number": n, **_inject(raw, one)} for n, one in enumerate(planned, start=1)]}
    return {"reactions": [_news(raw, row) for row in raw.all("news.delivered")]}


def _news(raw: Raw, row: Row) -> dict[str, Any]:
    released = {"released_at": row["_at"], "cursor": row["_n"], "into_ms": raw.into(row["_at"])}
    return {"number": 0, **released, "after": _after(raw, row)}


def _inject(raw: Raw, inject: str) -> dict[str, Any]:
    its = [row for row in raw.rows if row.get("inject") == inject]
    released = next((row for row in its if row["_name"] == "injects.released"), None)
    played = next((row for row in its if row["_name"] == "injects.contingency_played"), None)
    closed = next((row for row in its if row["_name"] == "injects.closed"), None)
    if released is None:
        return {}
    first = [id_ for _to, id_ in released["news"]]
    every = [*first, *(id_ for _to, id_ in (played["news"] if played else ()))]
    pieces = [row for row in raw.all("news.delivered") if row["news"] in first]
    got = {(piece["news"], seat): piece["_at"] for piece in pieces for seat in _seats(raw, piece)}
    took: dict[tuple[str, str], int] = {}
    for row in raw.all("news.seen"):
        key = (row["news"], row["seat"])
        if key in got:
            took.setdefault(key, row["_at"] - got[key])
    counts: dict[str, Any] = {"seats": len({seat for _news, seat in got})}
    if raw.whole:
        counts |= {"seen": len(took), "median_ms": _median(sorted(took.values()))}
        counts["responses"] = [
            _response(raw, row) for one in every for row in raw.all("news.answered") if row["news"] == one
        ]
    return {
        "released_at": released["_at"],
        "cursor": released["_n"],
        "into_ms": raw.into(released["_at"]),
        **counts,
        "contingency_at": played["_at"] if played else None,
        "contingency_cursor": played["_n"] if played else None,
        "closed_at": closed["_at"] if closed else None,
        "closed_cursor": closed["_n"] if closed else None,
        "after": _after(raw, released),
    }


def _seats(raw: Raw, piece: Row) -> set[str]:
    there = raw.people[piece["_n"] - 1].values()
    return {seat for seat, code in there if piece["to"] in ("all", code, seat)}


def _median(some: list[int]) -> int | None:
    if not some:
        return None
    half = len(some) // 2
    return some[half] if len(some) % 2 else round((some[half - 1] + some[half]) / 2)


def _response(raw: Raw, row: Row) -> dict[str, int]:
    came = next(one["_at"] for one in raw.all("news.delivered") if one["news"] == row["news"])
    return {"at": row["_at"], "cursor": row["_n"], "ms": row["_at"] - came}


def moves(raw: Raw) -> list[Row]:
    """The rows by which a delegation moved to another option."""
    held: dict[tuple[str, str], str] = {}
    found = []
    for row in raw.all("positions.declared"):
        key = (row["delegation"], row["issue"])
        if held.get(key, row["preferred"]) != row["preferred"]:
            found.append(row)
        held[key] = row["preferred"]
    return found


def _after(raw: Raw, first: Row) -> list[dict[str, Any]]:
    kinds = (moves(raw), raw.all("brackets.opened"), raw.all("caucuses.began"), raw.all(*OPENED))
    rows = []
    for each in kinds:
        near = [row["_n"] for row in each if row["_n"] > first["_n"] and row["_at"] <= first["_at"] + TEN_MINUTES]
        rows.append({"times": len(near), "cursors": near})
    return rows
