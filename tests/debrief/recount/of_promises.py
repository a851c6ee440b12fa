"""Commitments: how they stand, what waits for what, who gives how much to whom."""

from collections import Counter
from typing import Any

from tests.debrief.recount.raw import Raw, Row

BECOMES = {
    "commitments.accepted": "dormant",
    "commitments.dropped": "dropped",
    "commitments.due_set": "due",
    "commitments.fell_due": "due",
    "commitments.went_overdue": "overdue",
    "commitments.claimed": "claimed",
    "commitments.verified": "verified",
    "commitments.disputed": "disputed",
    "commitments.suspended": "suspended",
    "commitments.waived": "waived",
}
STATUSES = [
    *("proposed", "dormant", "due", "claimed", "verified", "disputed", "overdue", "suspended", "waived", "dropped"),
]
DONE = ("claimed", "verified")


def counted(raw: Raw) -> dict[str, Any]:
    drawn, links = commitments_of(raw), links_of(raw)
    standing = [one for one in drawn if one["status"] != "dropped"]
    kept = [one for one in standing if one["status"] != "waived"]
    places = _places(standing, links)
    tracks = list(dict.fromkeys(one["track"] for one in standing))
    to_whom = list(dict.fromkeys((one["actor"], one["beneficiary"]) for one in kept))
    return {
        "promises": {
            "commitments": [_commitment(one, places) for one in drawn],
            "by_status": _tally([one["status"] for one in drawn], STATUSES),
            "by_link": _tally([row["kind"] for row in links], ["parallel", "after", "verification"]),
            "by_horizon": _tally([one["horizon"] for one in standing], ["short", "mid", "long"]),
            "by_track": _tally([one["track"] for one in standing], tracks),
            "balance": [row for code in raw.codes if (row := _balance(code, kept, links))],
            "to_whom": [
                _given([one for one in kept if (one["actor"], one["beneficiary"]) == pair]) for pair in to_whom
            ],
            "waits": [{"cursor": row["_n"]} for row in links],
        }
    }


def commitments_of(raw: Raw) -> list[dict[str, Any]]:
    """Every commitment as it was drawn, with its status, the row that last changed it, how often it was claimed and
    where it first was or last became something."""
    found: dict[str, dict[str, Any]] = {}
    for row in raw.rows:
        if row["_name"] == "commitments.drawn":
            status = "dormant" if row["bound"] else "proposed"
            found[row["commitment"]] = {**row, "status": status, "moved": row, "claims": 0, "was": "", "once": {}}
            continue
        one = found.get(row.get("commitment", ""))
        if one is None:
            continue
        if row["_name"] == "commitments.changed":
            one |= {field: row[field] for field in ("track", "horizon")}
        status = one["was"] or "dormant" if row["_name"] == "commitments.resumed" else BECOMES.get(row["_name"], "")
        if row["_name"] == "commitments.due_set" and one["status"] == "disputed":
            continue
        if not status or (status == one["status"] and status not in ("claimed", "verified", "disputed")):
            continue
        one["was"] = one["status"] if status == "suspended" else one["was"]
        one["claims"] += status == "claimed" and row["_name"] == "commitments.claimed"
        one |= {"status": status, "moved": row}
        one["once"].setdefault(status, row["_n"])
    return list(found.values())


def links_of(raw: Raw) -> list[Row]:
    """The links that stand, in the order in which they were drawn."""
    links: list[Row] = []
    for row in raw.all("commitments.linked", "commitments.unlinked", "commitments.dropped"):
        if row["_name"] == "commitments.linked":
            links.append(row)
        elif row["_name"] == "commitments.unlinked":
            links = [one for one in links if {one["first"], one["second"]} != {row["first"], row["second"]}]
    return links


def _commitment(one: dict[str, Any], places: dict[str, int]) -> dict[str, Any]:
    once = one["once"]
    return {
        "drawn_at": one["_at"],
        "cursor": one["_n"],
        "moved_at": one["moved"]["_at"],
        "moved_cursor": one["moved"]["_n"],
        "claims": one["claims"],
        "overdue_cursor": once.get("overdue"),
        "withheld_cursor": once.get("suspended"),
        "verified_cursor": once.get("verified") if one["status"] == "verified" else None,
        "place": places.get(one["commitment"]),
    }


def _tally(values: list[str], order: list[str]) -> list[dict[str, int]]:
    counts = Counter(values)
    return [{"times": counts[kind]} for kind in order if counts[kind]]


def _balance(code: str, kept: list[dict[str, Any]], links: list[Row]) -> dict[str, int] | None:
    own = [one for one in kept if one["actor"] == code]
    gets = [one for one in kept if one["actor"] != code and one["beneficiary"] in (code, "")]
    if not own and not any(one["beneficiary"] == code for one in gets):
        return None
    orders = [row for row in links if row["kind"] != "parallel"]
    waited_for, waiting = {row["first"] for row in orders}, {row["second"] for row in orders}
    return {
        "gives": len(own),
        "given": sum(one["status"] in DONE for one in own),
        "receives": len(gets),
        "received": sum(one["status"] in DONE for one in gets),
        "first": len([one for one in own if one["commitment"] in waited_for - waiting]),
    }


def _given(some: list[dict[str, Any]]) -> dict[str, int]:
    return {"times": len(some), "done": sum(one["status"] in DONE for one in some)}


def _places(standing: list[dict[str, Any]], links: list[Row]) -> dict[str, int]:
    """How many steps lie before each linked commitment on the longest way, and one more."""
    ids = [one["commitment"] for one in standing]
    links = [row for row in links if row["first"] in ids and row["second"] in ids]
    step = {one: one for one in ids}
    for row in links:
        if row["kind"] == "parallel":
            old, new = step[row["second"]], step[row["first"]]
            step = {one: new if its == old else its for one, its in step.items()}
    edges = {(step[row["first"]], step[row["second"]]) for row in links if row["kind"] != "parallel"}
    depth = dict.fromkeys(step.values(), 1)
    for _round in depth:
        for first, second in edges:
            depth[second] = max(depth[second], depth[first] + 1)
    assert all(depth[first] < depth[second] for first, second in edges), "a circle: not played in these rehearsals"
    linked = {one for row in links for one in (row["first"], row["second"])}
    return {one: depth[step[one]] for one in ids if one in linked}
