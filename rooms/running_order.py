"""The agenda as the screens show it: its rows, planned against actual time, the round of presenters, when the session
ends, and which attribution rule governs what. Pure; no templates, no rules of the dialogue.

Nothing here knows the time of day. What depends on it is given as instants and lengths, which a browser adds up.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rooms.domain import ground_rules, items, rotation
from rooms.domain.attribution import RULES, in_full_words
from rooms.domain.items import MINUTE, Item, Presenter
from rooms.domain.sight import Audience
from rooms.domain.state import RoomState

LATE_MS = 30_000  # an item that ran over by less than this was on time

# What each kind of item is for, and who speaks in it: for those who have never sat at such a table.
PURPOSES = {
    "opening": "The chair welcomes everybody and says how we work. Listen; there is nothing to answer yet.",
    "national_perspective": "One after the other, foreign ministries say how their country sees the region. "
    "Questions come later.",
    "military_perspective": "One after the other, defence ministries and officers say what forces do, and why. "
    "Questions come later.",
    "expert_presentation": "One after the other, private experts open a question with what they know. "
    "Ask for the floor afterwards.",
    "discussion": "Everybody may ask for the floor: to question, to answer, to propose. The chair keeps the order.",
    "informal": "Leave the table and sound each other out, two or three together. Nothing said here binds.",
    "officials": "Ministries and officers speak among themselves; experts and observers do not hear it.",
    "drafting": "Delegations write the text together, paragraph by paragraph. Speak to the wording on the table.",
    "decision": "The chair puts the text. Each delegation joins, stands aside or objects; its head answers.",
    "summary": "The chair says in the chair’s own words what some held and others held. Listen for what is missing.",
    "closing": "The chair closes the meeting. Delegations may thank; nothing new is opened.",
    "hot_wash": "Step out of your role: what happened, what have you learned, what now? Everybody speaks.",
}


def rule_words(view: RoomState) -> str:
    return in_full_words(ground_rules.rule_in_force(view))


def rule(view: RoomState, _audience: Audience) -> Mapping[str, Any]:
    """The attribution rule in force: its name, its meaning, whether it is the running item's own; the rule that was in
    force before it, if another; and what comes next, if that is under a rule of its own."""
    in_force, agenda = ground_rules.rule_in_force(view), view.agenda
    name, meaning = RULES[in_force]
    coming = agenda.next
    another = coming is not None and coming.attribution not in ("", in_force)
    return {
        "rule_name": name,
        "rule_meaning": meaning,
        "of_item": in_force != view.room.attribution,
        "rule_was": RULES[agenda.rule_was][0] if agenda.rule_was else "",
        "rule_since": agenda.rule_since,
        "coming": coming if another and view.room.status != "closed" else None,
    }


@dataclass(frozen=True, slots=True)
class Ahead:
    """What is still to be done before something: of the running item what is left of it until `running_ends_at` (its
    clock stands at `paused_at`, None while it runs), and `rest_ms` besides. A browser adds the time of day.

    `at` is the instant at which it will be done, where that can be said without knowing the time of day: while an item
    runs within its time. `ms` is how long it will take from now, as far as that can be said; `planned_at` is when it
    was to be."""

    rest_ms: int
    running_ends_at: int | None
    paused_at: int | None
    planned_at: int | None

    @property
    def at(self) -> int | None:
        if self.running_ends_at is None or self.paused_at is not None:
            return None
        return self.running_ends_at + self.rest_ms

    @property
    def minutes(self) -> int:
        """How many minutes it takes besides what is left of a running item whose clock runs."""
        held = 0
        if self.running_ends_at is not None and self.paused_at is not None:
            held = max(0, self.running_ends_at - self.paused_at)
        return -(-(held + self.rest_ms) // MINUTE)

    @property
    def late_minutes(self) -> int | None:
        """Whole minutes behind the plan, less than none before it; None where that depends on the time of day."""
        if self.at is None or self.planned_at is None:
            return None
        return minutes_late(self.at - self.planned_at)


def minutes_late(ms: int) -> int:
    """Minutes behind the plan; within one minute is on time."""
    return 0 if abs(ms) < MINUTE else round(ms / MINUTE)


def _to_do(item: Item) -> int:
    """How long an item that does not run now will still take."""
    if item.status == "suspended":
        return max(0, item.left_ms)
    return item.minutes * MINUTE if item.status == "planned" else 0


def forecast(view: RoomState) -> Ahead | None:
    """When the session will end if everything that is planned takes its time; None before it has begun and after it was
    closed."""
    if view.room.started_at is None or view.room.status == "closed":
        return None
    return _ahead(view, sum(map(_to_do, view.agenda.items)), view.agenda.plan_ends_at)


def _ahead(view: RoomState, rest_ms: int, planned_at: int | None) -> Ahead:
    running = view.agenda.running
    # A clock that has run out holds nothing up any more: from then on the end moves with the time of day.
    ends_at = running.ends_at if running and not running.time_up else None
    return Ahead(rest_ms, ends_at, view.room.paused_at, planned_at)


def running_order(view: RoomState, _audience: Audience) -> Mapping[str, Any]:
    """The agenda as rows; a planned item knows what it would stand before if moved `up` or `down` (None: it cannot),
    and when it is expected to begin."""
    planned = [item.id for item in view.agenda.items if item.status == "planned"]
    return {
        "rows": list(_rows(view, planned)),
        "running": view.agenda.running,
        "next_item": view.agenda.next,
        "forecast": forecast(view),
        "planned_minutes": sum(item.minutes for item in view.agenda.items if item.status == "planned"),
        "kinds": items.KINDS,
        "rules": ground_rules.ATTRIBUTION_RULES,
        "seat_kinds": list(dict.fromkeys(seat.kind for one in view.prepared.delegations for seat in one.seats)),
    }


def _rows(view: RoomState, planned: list[str]) -> Iterator[Mapping[str, Any]]:
    started, before = view.room.started_at is not None, 0
    for item in view.agenda.items:
        yield {
            "item": item,
            **_moves(planned, item.id),
            "late": _is_late(item),
            "over_ms": item.spent_ms - item.minutes * MINUTE,
            "began_aside": item.planned_at is None or abs((item.began_at or 0) - item.planned_at) >= MINUTE,
            "begins": _ahead(view, before, item.planned_at) if started and item.status == "planned" else None,
        }
        before += _to_do(item)


def _moves(planned: list[str], item_id: str) -> dict[str, str | None]:
    if item_id not in planned:
        return {"up": None, "down": None}
    place = planned.index(item_id)
    after_next = planned[place + 2] if place + 2 < len(planned) else ""
    return {
        "up": planned[place - 1] if place else None,
        "down": after_next if place + 1 < len(planned) else None,
    }


def _is_late(item: Item) -> bool:
    return item.time_up or item.spent_ms > item.minutes * MINUTE + LATE_MS


def place_on_agenda(view: RoomState) -> Mapping[str, Any]:
    """The running item with its number among those that were not skipped, what it is for, its round of presenters, what
    is suspended, and the item that comes next."""
    running, taken = view.agenda.running, [item for item in view.agenda.items if item.status != "skipped"]
    number = next((n for n, item in enumerate(taken, start=1) if item is running), 0)
    issue = view.prepared.issue(running.issue) if running and running.issue else None
    return {
        "running": running,
        "number": number,
        "total": len(taken),
        "purpose": PURPOSES[running.kind] if running else "",
        "issue": issue,
        "next_item": view.agenda.next,
        "suspended": view.agenda.suspended,
        "forecast": forecast(view),
        **presenters(view),
    }


def presenters(view: RoomState) -> Mapping[str, Any]:
    """The round of the running item: one row a delegation, and who is next with the seat that presents ("" if nobody
    there may)."""
    running = view.agenda.running
    if running is None or not running.rotation:
        return {"presenters": [], "next_presenter": None}
    coming = rotation.following(running)
    seat = rotation.seat_of(view, running, coming.delegation) if coming else ""
    return {
        "presenters": list(_presenter_rows(view, running, coming)),
        "next_presenter": {"delegation": coming.delegation, "seat": seat} if coming else None,
    }


def _presenter_rows(view: RoomState, running: Item, coming: Presenter | None) -> Iterator[Mapping[str, Any]]:
    """`up`: whom a delegation would stand before if it were moved up, "" if it cannot be."""
    above = ""
    for one in running.rotation:
        yield {"presenter": one, "standing": _standing(view, one, coming), "up": above if one.is_open else ""}
        above = one.delegation if one.is_open else above


def _standing(view: RoomState, one: Presenter, coming: Presenter | None) -> str:
    speech = view.floor.speech
    if one.passed:
        return "passed"
    if one.speech:
        return "presents" if speech and speech.id == one.speech else "presented"
    return "next" if one == coming else "to_come"
