"""A record as plain rows, and what all the counts ask of it: what the session was opened with, when it ran, who sat
where and what kind of record it is.

A row holds the fields of its event, and besides `_n` (its place from 1), `_at`, `_rule`, `_to` (the audience), `_name`.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from rooms.domain import codec
from rooms.domain.record import Entry

Row = dict[str, Any]
TEN_MINUTES = 600_000
PROTECTED_EVENTS = (
    *("caucuses.proposed", "caucuses.topic_set", "caucuses.countered", "caucuses.accepted", "caucuses.declined"),
    *("caucuses.lapsed", "caucuses.said", "caucuses.broadcast_made", "caucuses.report_drafted"),
    *("caucuses.report_agreed", "notes.sent", "notes.answered", "notes.put_aside", "notes.word_sent"),
    *("notes.refusal_noted", "news.seen", "news.answered", "capitals.word_sent", "seats.person_muted"),
    *("seats.person_unmuted", "seats.person_away", "seats.person_back"),
)


def rows_of(entries: Sequence[Entry]) -> list[Row]:
    return [
        {
            **codec.to_data(entry.event),
            **{"_n": n, "_at": entry.at, "_rule": entry.attribution, "_to": entry.audience, "_press": entry.request_id},
            "_name": codec.name_of(entry.event),
        }
        for n, entry in enumerate(entries, start=1)
    ]


class Raw:
    """The rows of a record."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.rows = rows_of(entries)
        self.plan = self.rows[0]["scenario"]
        self.codes = [one["code"] for one in self.plan["delegations"]]
        self.seat_of = {seat["id"]: one["code"] for one in self.plan["delegations"] for seat in one["seats"]}
        self.issues = {one["id"]: [option["id"] for option in one["options"]] for one in self.plan["issues"]}
        self.started = next((row["_at"] for row in self.all("room.session_started")), None)
        self.closed = next((row["_at"] for row in self.all("room.session_closed")), None)
        self.last = self.rows[-1]["_at"]
        self.end = self.closed or self.last
        self.pauses, self.adjourned = self._stood()
        self.people = self._people()
        self.seated = [code for code in self.codes if any(code in there.values() for there in self.tables)]

    def all(self, *names: str) -> list[Row]:
        return [row for row in self.rows if row["_name"] in names]

    # When it ran

    def _stood(self) -> tuple[list[tuple[int, int]], int]:
        spans, since, adjourned_since, adjourned = [], None, None, 0
        for row in self.rows:
            name, at = row["_name"], row["_at"]
            if name in ("room.session_paused", "room.session_adjourned") and since is None:
                since = at
            if name == "room.session_adjourned" and adjourned_since is None:
                adjourned_since = at
            if name in ("room.session_resumed", "room.session_reconvened", "room.session_closed"):
                spans += [(since, at)] if since is not None else []
                adjourned += at - adjourned_since if adjourned_since is not None else 0
                since = adjourned_since = None
        spans += [(since, self.last)] if since is not None else []
        return spans, adjourned + (self.last - adjourned_since if adjourned_since is not None else 0)

    def ran(self, since: int, until: int) -> int:
        """Milliseconds of a stretch in which the session ran."""
        if self.started is None:
            return 0
        since, until = max(since, self.started), min(until, self.end)
        edges = sorted({since, until, *(edge for span in self.pauses for edge in span)})
        pieces = [(one, two) for one, two in pairwise(edges) if since <= one and two <= until]
        stood = [(one, two) for one, two in pieces if any(a <= one and two <= b for a, b in self.pauses)]
        return sum(two - one for one, two in pieces) - sum(two - one for one, two in stood)

    def into(self, at: int) -> int:
        return self.ran(self.started, at) if self.started is not None else 0

    # Who sat where

    def _people(self) -> list[dict[str, tuple[str, str]]]:
        """After each row: the admitted people on seats, as person -> (seat, delegation)."""
        known: dict[str, dict[str, Any]] = {}
        after = []
        self.tables: list[dict[str, str]] = []
        for row in self.rows:
            name, who = row["_name"], row.get("person", "")
            if name == "seats.person_joined":
                known[who] = {"admitted": row["admitted"], "seat": "", "code": ""}
            elif name == "seats.person_admitted":
                known[who]["admitted"] = True
            elif name == "seats.seat_taken":
                known[who] |= {"seat": row["seat"], "code": row["delegation"]}
            elif name == "seats.seat_left":
                known[who] |= {"seat": "", "code": ""}
                known[who]["admitted"] = known[who]["admitted"] and not row["waits"]
            elif name == "seats.person_removed":
                known.pop(who)
            there = {who: one for who, one in known.items() if one["admitted"] and one["code"]}
            after.append({who: (one["seat"], one["code"]) for who, one in there.items()})
            self.tables.append({who: one["code"] for who, one in there.items()})
        return after

    def codes_of(self, seats: Iterable[str]) -> list[str]:
        there = {self.seat_of[seat] for seat in seats if seat in self.seat_of}
        return [code for code in self.codes if code in there]

    # What kind of record it is

    @property
    def of_chair(self) -> bool:
        packs = {row["delegation"] for row in self.all("room.pack_delivered")}
        return len(packs) > 1 or any(row["_to"] == ("moderators",) for row in self.rows)

    @property
    def whole(self) -> bool:
        protected = [row for row in self.rows[1:] if row["_rule"] != "on_the_record"]
        return not protected or any(map(self.is_protected, protected))

    def is_protected(self, row: Row) -> bool:
        """Whether others than the moderator would not read this row, or not as it stands."""
        if row["_rule"] == "on_the_record":
            return False
        if row["_press"]:
            return True
        named = row["_name"].startswith("floor.") and bool(row.get("delegation"))
        return named or row["_name"] in PROTECTED_EVENTS

    @property
    def tells_caucuses(self) -> bool:
        hidden = self.plan.get("format", {}).get("caucus_existence") == "hidden"
        off = any(row["_rule"] == "off_the_record" for row in self.rows)
        return (self.of_chair or not hidden) and (self.whole or not off)


def numbers(value: Any, path: str = "") -> dict[str, float]:
    """Every number in nested data, by where it stands; yes and no are not numbers."""
    if isinstance(value, dict):
        return {key: one for name, each in value.items() for key, one in numbers(each, f"{path}.{name}").items()}
    if isinstance(value, list | tuple):
        return {key: one for n, each in enumerate(value) for key, one in numbers(each, f"{path}[{n}]").items()}
    if isinstance(value, int | float) and not isinstance(value, bool):
        return {path.removeprefix("."): value}
    return {}
