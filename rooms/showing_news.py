"""What the panels of injects and news need that is derived from the state: the chair's timeline, a delegate's pile of
cables, what hangs on the wall. Pure; no templates, no rules.

Everything here reads only the fold it is given, so it can show nothing that the audience may not see.
"""

from collections.abc import Iterator, Mapping
from textwrap import shorten
from typing import Any

from rooms import running_order
from rooms.domain.injects import (
    ARMED,
    BY_HAND,
    CAUCUS_BEGAN,
    CLOSED,
    DRAFTED,
    EVENT,
    HELD,
    ITEM,
    MINUTE,
    RELEASED,
    SKIPPED,
    TIME,
    UPON,
    Inject,
    Trigger,
    instant_of,
    is_missed,
)
from rooms.domain.items import Item
from rooms.domain.news import EVERYBODY, Piece
from rooms.domain.replacing import replace
from rooms.domain.sight import Audience
from rooms.domain.state import RoomState

Row = dict[str, Any]
LAST = 10**6  # behind every minute of a session
# Characters of news that are read at eight metres in one picture, by size of letter.
SIZES = (("large", 260), ("medium", 560))
MOST_ON_THE_WALL = 900
MOST_IN_SIGHT = 2  # unread news above the table: more would push away what is being decided there


# The chair's injects


def injects(view: RoomState, audience: Audience) -> Mapping[str, Any]:
    """The timeline: what is out, what is armed in the order in which it is expected, what is not armed, what was left
    out; the next one the clock or an event will release, and the last one that went out."""
    begins = {row["item"].id: row["begins"] for row in running_order.running_order(view, audience)["rows"]}
    rows = [_row(view, inject, begins) for inject in view.injects.prepared.values()]
    out = sorted((row for row in rows if row["released_at"] is not None), key=lambda row: row["released_at"])
    armed = sorted((row for row in rows if row["inject"].status == ARMED), key=lambda row: _expected(view, row))
    drafted = [row for row in rows if row["inject"].status in (DRAFTED, HELD)]
    over = view.room.status == "closed"
    groups = (
        ("Out", out),
        *((("Never sent", [*armed, *drafted]),) if over else (("Armed", armed), ("Not armed", drafted))),
        ("Left out", [row for row in rows if row["inject"].status == SKIPPED]),
    )
    return {
        "groups": [(name, members) for name, members in groups if members],
        "rows": rows,
        "next": next((row for row in armed if row["inject"].trigger.kind != BY_HAND and not row["missed"]), None),
        "latest": out[-1] if out else None,
        "missed": [row for row in armed if row["missed"]],
        "by_hand": [row for row in armed if row["inject"].trigger.kind == BY_HAND],
        "drafted": [row for row in drafted if row["inject"].status == DRAFTED],
        "answers": list(_answers(view, out)),
        "items": [(item, item_number(view, item)) for item in view.agenda.items if _is_to_come(item)],
        "upon": {name: words for name, words in UPON.items() if name != CAUCUS_BEGAN or not _caucuses_are_hidden(view)},
    }


def _is_to_come(item: Item) -> bool:
    return item.status in ("planned", "running", "suspended")


def _caucuses_are_hidden(view: RoomState) -> bool:
    return view.prepared.caucus_existence == "hidden"


def item_number(view: RoomState, item: Item) -> int:
    """An item's number among those that were not skipped; 0 for one that was."""
    taken = [one for one in view.agenda.items if one.status != "skipped"]
    return next((number for number, one in enumerate(taken, start=1) if one.id == item.id), 0)


def _row(view: RoomState, inject: Inject, begins: Mapping[str, running_order.Ahead | None]) -> Row:
    readers = list(_readers(view, inject))
    seen, answered = sum(1 for one in readers if one["seen"]), sum(1 for one in readers if one["reactions"])
    missed = is_missed(view, inject)
    instant = instant_of(view, inject) if view.room.status != "closed" else None
    trigger = inject.trigger if inject.status in (ARMED, HELD) else inject.planned
    return {
        "inject": inject,
        "to": [_addressee(view, to) for to in dict.fromkeys(to for to, _ in inject.news) or inject.to],
        "state": "missed" if missed else "answered" if answered and inject.status == RELEASED else inject.status,
        "missed": missed,
        "trigger": trigger,
        "when": in_words(view, trigger),
        "was_planned": inject.status in (DRAFTED, HELD) and trigger.kind != BY_HAND,
        "instant": instant,
        "since": instant - trigger.minutes * MINUTE if instant is not None else None,
        "item": view.agenda.item(trigger.what) if trigger.kind == ITEM else None,
        "released_at": inject.released_at,
        "about": _about(begins.get(trigger.what), trigger) if inject.status == ARMED and not missed else None,
        "readers": readers,
        "seen": seen,
        "answered": answered,
        "is_over": inject.status in (SKIPPED, CLOSED),
    }


def _about(begins: running_order.Ahead | None, trigger: Trigger) -> running_order.Ahead | None:
    """When an inject of an item that is still to come is likely to go out."""
    if begins is None or trigger.kind != ITEM:
        return None
    return replace(begins, rest_ms=begins.rest_ms + trigger.minutes * MINUTE, planned_at=None)


def _addressee(view: RoomState, to: str) -> tuple[str, str]:
    """A delegation's code and, if it is for one seat alone, what follows it in the seat's name; "" for all."""
    seat = view.prepared.seat(to)
    if seat is not None:
        return seat.delegation, seat.id.removeprefix(f"{seat.delegation}-")
    return ("" if to == EVERYBODY else to), ""


def in_words(view: RoomState, trigger: Trigger) -> str:
    """When an inject is released: at 25 min, 4 min into item 5, when a text is adopted, by hand."""
    if trigger.kind == TIME:
        return f"at {trigger.minutes} min"
    if trigger.kind == EVENT:
        return f"when {UPON.get(trigger.what, trigger.what)}"
    item = view.agenda.item(trigger.what) if trigger.kind == ITEM else None
    if item is None:
        return "by hand"
    number = item_number(view, item)
    place = f"item {number}" if number else f"“{item.title}”, which was left out"
    return f"{trigger.minutes} min into {place}" if trigger.minutes else f"at the start of {place}"


def _expected(view: RoomState, row: Row) -> tuple[int, int, int, int]:
    """Armed injects in the order in which they are likely to go out: the clock's, the agenda's, upon events, by hand;
    last what waits in vain."""
    inject, trigger = row["inject"], row["trigger"]
    if row["missed"]:
        return 4, 0, 0, inject.number
    if row["instant"] is not None:
        return 0, row["instant"], 0, inject.number
    if trigger.kind == TIME:
        return 0, trigger.minutes, 0, inject.number
    if trigger.kind == ITEM:
        place = next((n for n, item in enumerate(view.agenda.items) if item.id == trigger.what), LAST)
        return 1, place, trigger.minutes, inject.number
    return (2 if trigger.kind == EVENT else 3), 0, 0, inject.number


def _readers(view: RoomState, inject: Inject) -> Iterator[Row]:
    """Whom a released inject reached: each delegation, or the seat where it was for one alone; who there has read the
    first or a later piece of it, and what was answered."""
    if view.room.status == "closed" and not view.room.assessment_record:
        return  # who did what is then in no record that anybody reads
    pieces = [view.news.pieces[news] for _, news in inject.news if news in view.news.pieces]
    for unit in dict.fromkeys(unit for piece in pieces for unit in _units(view, piece.to)):
        mine = [piece for piece in pieces if piece.to in (EVERYBODY, unit)]
        seat = view.prepared.seat(unit)
        code = seat.delegation if seat else unit
        yield {
            "delegation": code,
            "seat": seat,
            "seen": [(one, at) for piece in mine for one, at in piece.seen if _belongs(view, one, unit)],
            "reactions": [one for piece in mine for one in piece.reactions if one.delegation == code],
        }


def _units(view: RoomState, to: str) -> tuple[str, ...]:
    return tuple(one.code for one in view.prepared.delegations) if to == EVERYBODY else (to,)


def _belongs(view: RoomState, seat_id: str, unit: str) -> bool:
    seat = view.prepared.seat(seat_id)
    return seat is not None and unit in (seat.id, seat.delegation)


def _answers(view: RoomState, out: list[Row]) -> Iterator[Row]:
    """Every answer that came: what the chair's page says aloud when a new one does."""
    for row in out:
        for reader in row["readers"]:
            for count, _ in enumerate(reader["reactions"], start=1):
                yield {"inject": row["inject"], "delegation": reader["delegation"], "count": count}


# What delegations read


def news(view: RoomState, audience: Audience) -> Mapping[str, Any]:
    """The newest first: what this seat has not yet read, but no more than leaves the table in sight, or else the last
    that came; then the earlier ones."""
    rows = [_cable(view, piece, audience) for piece in reversed(list(view.news.pieces.values()))]
    shown = [row for row in rows if row["unread"]][:MOST_IN_SIGHT] or rows[:1]
    earlier = [row for row in rows if row not in shown]
    return {
        "shown": shown,
        "earlier": earlier,
        "earlier_unread": sum(1 for row in earlier if row["unread"]),
        "unread": sum(1 for row in rows if row["unread"]),
        "may_answer": bool(audience.seat) and view.room.status != "closed",
        "closed": view.room.status == "closed",
    }


def _cable(view: RoomState, piece: Piece, audience: Audience) -> Row:
    """`read_by`: those of the own delegation who have read it; `reactions`: what the own delegation told the chair."""
    mine = [seat for seat, _ in piece.seen if _belongs(view, seat, audience.delegation)]
    return {
        "piece": piece,
        "to": [_addressee(view, piece.to)],
        "unread": bool(audience.seat) and view.room.status != "closed" and audience.seat not in mine,
        "read": audience.seat in mine,
        "read_by": [seat for one in mine if (seat := view.prepared.seat(one)) is not None],
        "reactions": [one for one in piece.reactions if one.delegation == audience.delegation],
        "reach": "all" if piece.to == EVERYBODY else "seat" if piece.to == audience.seat else "delegation",
    }


# What hangs on the wall


def on_the_wall(view: RoomState) -> Piece | None:
    """The last news to all, until something else wants the wall."""
    return view.news.pieces.get(view.news.wall)


def wall(view: RoomState) -> Mapping[str, Any]:
    """The news on the wall as far as it can be read from there; `cut`, if the rest is only on everybody's screen."""
    piece = on_the_wall(view)
    if piece is None:
        return {"news": None}
    size = next((name for name, most in SIZES if len(piece.text) <= most), "small")
    text = shorten(piece.text, MOST_ON_THE_WALL, placeholder=" …") if len(piece.text) > MOST_ON_THE_WALL else piece.text
    return {"news": piece, "news_text": text, "news_size": size, "news_cut": text != piece.text}
