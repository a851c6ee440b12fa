"""What the road map needs: commitments by track and horizon, links, warnings, what whoever looks can do. Pure; reads
only its fold."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.safestring import SafeString

from rooms import roadmap, roadmap_drawing
from rooms.domain import documents, measures, promises
from rooms.domain.prepared import Delegation, Prepared
from rooms.domain.promises import AFTER, OVER, VERIFICATION, Commitment, Commitments, Link
from rooms.domain.sight import THE_MODERATORS, Audience
from rooms.domain.state import RoomState

IN_ORDER = ("due", "overdue", "disputed", "claimed", "suspended", "dormant", "proposed", "verified", "waived")
PRESSING = ("due", "overdue", "disputed", "claimed")
READ_OFF = 40  # road maps: that of a room now, and while some see it change and others do not yet
ON_THE_WALL = 4  # commitments that can be read at eight metres in one picture
COLUMNS = (("short", "Short term"), ("mid", "Mid term"), ("long", "Long term"))
UNTIL = {AFTER: "is done", VERIFICATION: "is verified"}


@dataclass(frozen=True, slots=True)
class Row:
    """A commitment with what is shown beside it. `waits` says what it waits for as (label, until, met), `beside` what
    goes in parallel, `acts` what whoever looks can do with it; `unmet`: it cannot begin yet, nor what goes with it."""

    one: Commitment
    mark: str
    source: str
    waits: tuple[tuple[str, str, bool], ...]
    beside: tuple[str, ...]
    acts: frozenset[str]
    verified_by: str
    unmet: bool


def peopled(view: RoomState, _audience: Audience) -> tuple[str, ...]:
    """The delegations that have somebody in the room: who can verify, suspend, waive."""
    return tuple(one.code for one in view.prepared.delegations if view.seats.members(one.code))


def commitments(view: RoomState, audience: Audience) -> Mapping[str, Any]:
    """The whole panel: see the template for what each part is for."""
    drawn, known = view.commitments, _read_off(view.commitments, view.prepared.delegations)
    rows = [_row(view, audience, one, known.places[one.id]) for one in drawn.standing]
    by_id = {one.id: one for one in drawn.drawn}
    chair = audience == THE_MODERATORS
    counts = {status: sum(row.one.status == status for row in rows) for status in IN_ORDER}
    return {
        "rows": rows,
        "counts": [(roadmap_drawing.MARKS[status], n, status) for status, n in counts.items() if n],
        "now": [row for row in rows if row.acts & {"claim_now", "verify", "name_verifier", "resume"}],
        "to_promise": [row for row in rows if "accept" in row.acts],
        "tracks": _tracks(rows),
        "track_names": tuple(track for track in dict.fromkeys(row.one.track for row in rows) if track),
        "columns": COLUMNS,
        "cautions": known.cautions,
        "balance": known.balance,
        "graph": known.graph,
        "layout": known.layout,
        "order": _in_words(known.layout, rows),
        "alone": [one.label for one in known.layout.alone],
        "stalls": known.stalls,
        "links": [(one, by_id[one.first], by_id[one.second]) for one in drawn.links if _both_stand(by_id, one)],
        "dropped": [one for one in drawn.drawn if one.status == "dropped"],
        "measures": _measures(view) if chair else [],
        "paragraphs": _paragraphs(view),
        "changeable": [_named(row.one) for row in rows if "change" in row.acts],
        "linkable": [_named(row.one) for row in rows if row.one.status not in OVER],
        "to_link": [_named(row.one) for row in rows if _may_wait(audience, row.one)],
        "bound_parties": [one.code for one in view.prepared.delegations],
        "live": view.room.status == "live",
        "open": view.room.status not in ("", "closed"),
    }


def _both_stand(by_id: Mapping[str, Commitment], link: Link) -> bool:
    return by_id[link.first].status != "dropped" or by_id[link.second].status != "dropped"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a commitment stands among the others; see `Row`."""

    waits: tuple[tuple[str, str, bool], ...]
    beside: tuple[str, ...]
    unmet: bool


@dataclass(frozen=True, slots=True)
class ReadOff:
    """What a road map says by itself, whoever looks at it. `places` by commitment."""

    layout: roadmap.Map
    graph: SafeString
    cautions: tuple[roadmap.Caution, ...]
    balance: tuple[roadmap.Balance, ...]
    stalls: tuple[roadmap.Stall, ...]
    places: Mapping[str, Place]


@lru_cache(maxsize=READ_OFF)
def _read_off(drawn: Commitments, delegations: tuple[Delegation, ...]) -> ReadOff:
    """The same for all audiences that may see the same, so it is worked out once for all of them."""
    prepared, layout = Prepared(delegations=delegations), roadmap.laid_out(drawn)
    return ReadOff(
        layout,
        roadmap_drawing.drawing(layout, {one.id: one for one in drawn.drawn}),
        roadmap.cautions_of(drawn, prepared),
        roadmap.balance_of(drawn, prepared),
        roadmap.stalls_of(drawn, prepared),
        {one.id: _place(drawn, one) for one in drawn.standing},
    )


def _place(drawn: Commitments, one: Commitment) -> Place:
    beside = (member.label for member in promises.step_of(drawn, one.id) if member.id != one.id)
    waits = (
        (first.label, UNTIL[link.kind], promises.is_met(drawn, link))
        for link in promises.waited_for(drawn, {one.id})
        if (first := drawn.commitment(link.first))
    )
    return Place(tuple(waits), tuple(beside), bool(promises.unmet(drawn, one.id)))


def _row(view: RoomState, audience: Audience, one: Commitment, place: Place) -> Row:
    return Row(
        one,
        roadmap_drawing.MARKS[one.status],
        _source(view, one),
        place.waits,
        place.beside,
        frozenset(_acts(view, audience, one)),
        promises.verified_by(view, one),
        place.unmet,
    )


def _named(one: Commitment) -> tuple[str, str]:
    """A commitment as one of those that can be chosen: its id, and what it is, shortly."""
    return one.id, f"{one.label} {one.actor}: {_cut(one.act, 44)}"


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else f"{words[: most - 1]}…"


def _source(view: RoomState, one: Commitment) -> str:
    """Where it was drawn from, in words."""
    if one.measure:
        return "from the scenario’s road map"
    document = view.texts.document(one.document) if one.document else None
    if document is None:
        return "in no text"
    number = next((n for n, paragraph in documents.numbered(document) if paragraph.id == one.paragraph), "")
    if not number:
        return "from a paragraph that was withdrawn"
    state = "adopted" if document.status == "adopted" else "proposed"
    return f"from paragraph {number}, {state}"


def _acts(view: RoomState, audience: Audience, one: Commitment) -> Iterable[str]:
    """What whoever looks can do: only what the rules would let them."""
    chair, own = audience == THE_MODERATORS, audience.delegation
    if not (chair or own) or view.room.status == "closed":
        return
    status, by = one.status, "" if chair else own
    if status == "proposed" and (chair or own in (one.by, one.actor)):
        yield from ("drop", "change")
    elif chair and status not in OVER:
        yield "change"
    if view.room.status != "live":
        return
    if own and own == one.actor:
        if status == "proposed":
            yield "accept"
        if status in ("due", "disputed", "overdue"):
            yield "claim_now"
        if status == "dormant":
            yield "claim_early"
    if one.verifier and by == promises.verified_by(view, one) and status == "claimed":
        yield "verify"
    if (
        one.verifier
        and by == promises.verified_by(view, one)
        and (status == "disputed" or (status == "overdue" and one.claim))
    ):
        yield "verify_later"
    if chair and status == "claimed" and not one.verifier:
        yield "name_verifier"
    if one.binding and status not in OVER:
        yield from _of_the_other_side(view, one, by)
    if chair and status in ("dormant", "due", "overdue", "disputed"):
        yield "set_due"


def _may_wait(audience: Audience, one: Commitment) -> bool:
    """Whether whoever looks may make a commitment wait for another, or go with it."""
    own_offer = one.status == "proposed" and audience.delegation in (one.by, one.actor)
    return one.status not in OVER if audience == THE_MODERATORS else bool(audience.delegation) and own_offer


def _of_the_other_side(view: RoomState, one: Commitment, by: str) -> Iterable[str]:
    receives = by == promises.received_by(view, one)
    if one.status == "suspended" and by == promises.held_by(view, one):
        yield "resume"
    if receives:
        yield "waive"
    holds_back = by == one.actor and promises.stalls_beside(view.commitments, one)
    if one.status in ("dormant", "due", "disputed", "overdue") and (receives or holds_back):
        yield "suspend"


def _tracks(rows: Iterable[Row]) -> list[tuple[str, list[tuple[str, list[Row]]], int, str]]:
    """A row for each track, in it a cell for each horizon: (track, cells as (horizon, rows), how many, its number)."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.one.track, []).append(row)
    return [
        (
            track,
            [(words, [row for row in of_it if row.one.horizon == horizon]) for horizon, words in COLUMNS],
            len(of_it),
            str(number),
        )
        for number, (track, of_it) in enumerate(found.items(), start=1)
    ]


def _in_words(layout: roadmap.Map, rows: Iterable[Row]) -> list[list[list[Row]]]:
    """The graph for who does not see it: generations of steps of rows, each of which says what it waits for."""
    by_id = {row.one.id: row for row in rows}
    return [[[by_id[one] for one in step] for step in layer] for layer in layout.generations]


def _measures(view: RoomState) -> list[tuple[str, int]]:
    """The tracks of the scenario's own road map that are not wholly on the table: (track, how many measures)."""
    left = measures.undrawn(view)
    return [(track, sum(one.track == track for one in left)) for track in dict.fromkeys(one.track for one in left)]


def _paragraphs(view: RoomState) -> list[tuple[str, list[tuple[str, str]]]]:
    """The paragraphs from which a commitment can be drawn, by text: (title, paragraphs as (id, words)); the newest text
    first."""
    there = [one for one in reversed(view.texts.documents) if one.status != "shelved" and one.standing]
    return [
        (
            f"{_cut(document.title, 50)}{', adopted' if document.status == 'adopted' else ''}",
            [
                (f"{document.id}/{one.id}", f"{number}. {_cut(one.text, 60)}")
                for number, one in documents.numbered(document)
            ],
        )
        for document in there
    ]


def wall(view: RoomState) -> Mapping[str, Any]:
    """What a screen at the end of the room can show of it: how many stand where, and as many as can be read from there,
    first what presses, then what moved last."""
    standing = view.commitments.standing
    first = sorted(standing, key=lambda one: (one.status not in PRESSING, -promises.last_moved(one)))[:ON_THE_WALL]
    return {
        "counts": _counts(standing),
        "commitments": [(one, roadmap_drawing.MARKS[one.status]) for one in first],
        "more": len(standing) - len(first),
    }


def _counts(standing: Sequence[Commitment]) -> list[tuple[str, int, str]]:
    """How many stand where: mark, number, status."""
    found = ((status, sum(one.status == status for one in standing)) for status in IN_ORDER)
    return [(roadmap_drawing.MARKS[status], n, status) for status, n in found if n]
