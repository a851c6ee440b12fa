"""Reading what stands before everybody: a table's rules, its delegations and their seats, its agenda.

Shared by scenarios and by the formats that any scenario can run in.
"""

import re
from collections.abc import Collection
from pathlib import Path
from typing import Final

from delegations import words
from delegations.entries import Entry, read_optional_toml, report_repeats
from delegations.prepared import PreparedAgendaItem, PreparedDelegation, PreparedRules, PreparedSeat
from delegations.words import AgendaKind, Attribution, CaucusExistence, DecisionRule, SeatKind

CODE_SHAPE: Final = re.compile(r"[A-Z]{2,6}")
FEWEST_DELEGATIONS: Final = 2


def read_rules(entry: Entry) -> PreparedRules:
    """The rules of a table. What an older folder does not say is as NEACD has it."""
    caucus_existence = entry.choice("caucus_existence", CaucusExistence.values, required=False)
    return PreparedRules(
        name=entry.text("name", most=words.LABEL),
        attribution=entry.choice("attribution", Attribution.values),
        decision=entry.choice("decision", DecisionRule.values),
        output=entry.text("output", most=words.LABEL),
        speech_seconds=entry.number("speech_seconds", least=10, most=words.MOST_SPEECH_SECONDS),
        points_of_order=entry.flag("points_of_order"),
        votes=entry.flag("votes", unless_said=True),
        caucus_existence=caucus_existence or CaucusExistence.ANNOUNCED.value,
        caucus_readable_by_chair=entry.flag("caucus_readable_by_chair"),
        caucus_at_any_time=entry.flag("caucus_at_any_time"),
        rules=entry.texts("rules"),
    )


def read_delegations(cover: Entry) -> tuple[PreparedDelegation, ...]:
    read = [
        (entry, _read_delegation(entry)) for entry in cover.entries("delegations", named_by="code", called="delegation")
    ]
    report_repeats([(entry, delegation.code) for entry, delegation in read], what="code")
    # Hue and pattern are how a page, a print and a projector tell delegations apart: the pair must differ.
    marks = [(entry, f"hue {d.hue} with pattern {d.pattern}") for entry, d in read]
    report_repeats(marks, what="the mark")
    if len(read) < FEWEST_DELEGATIONS:
        cover.problem(f"there are {len(read)} delegations; write at least two under [[delegations]].")
    return tuple(delegation for _, delegation in read)


def _read_delegation(entry: Entry) -> PreparedDelegation:
    code = entry.key("code", shape=CODE_SHAPE, shape_in_words="2 to 6 capital letters")
    delegation = PreparedDelegation(
        code=code,
        name=entry.text("name", most=words.LABEL),
        full_name=entry.text("full_name"),
        hue=entry.number("hue", least=0, most=words.MARKS - 1),
        pattern=entry.number("pattern", least=0, most=words.MARKS - 1),
        optional=entry.flag("optional"),
        seats=_read_seats(entry, code=code),
    )
    entry.close()
    return delegation


def _read_seats(delegation: Entry, *, code: str) -> tuple[PreparedSeat, ...]:
    read = [(entry, _read_seat(entry, code=code)) for entry in delegation.entries("seats", called="seat")]
    report_repeats([(entry, seat.key) for entry, seat in read], what="id")
    if not read:
        delegation.problem("it has no seats; list at least one in `seats`.")
    return tuple(seat for _, seat in read)


def _read_seat(entry: Entry, *, code: str) -> PreparedSeat:
    # With its delegation's code in front, a seat's id is unique in the whole scenario.
    shape = re.compile(rf"{re.escape(code)}-[A-Z]+(?:-[0-9]+)?")
    seat = PreparedSeat(
        key=entry.key(shape=shape, shape_in_words=f"the delegation, the kind, a number: {code}-EXP-1"),
        kind=entry.choice("kind", SeatKind.values),
        title=entry.text("title", most=words.LABEL),
    )
    entry.close()
    return seat


def read_agenda_file(folder: Path, *, issues: Collection[str], problems: list[str]) -> tuple[PreparedAgendaItem, ...]:
    """A scenario's agenda, or none where there is no such file. `issues`: the ids it may name."""
    whole = read_optional_toml(folder / "agenda.toml", problems=problems)
    if whole is None:
        return ()
    items = read_agenda(whole, issues=issues)
    whole.close()
    return items


def read_agenda(whole: Entry, *, issues: Collection[str]) -> tuple[PreparedAgendaItem, ...]:
    read = [(entry, _read_agenda_item(entry, issues=issues)) for entry in whole.entries("item")]
    report_repeats([(entry, item.key) for entry, item in read], what="id")
    return tuple(item for _, item in read)


def _read_agenda_item(entry: Entry, *, issues: Collection[str]) -> PreparedAgendaItem:
    item = PreparedAgendaItem(
        key=entry.key(),
        title=entry.text("title"),
        kind=entry.choice("kind", AgendaKind.values),
        minutes=entry.number("minutes", least=1, most=words.MOST_MINUTES),
        attribution=entry.choice("attribution", Attribution.values, required=False),
        may_speak=entry.choices("may_speak", SeatKind.values),
        issue=entry.choice("issue", issues, required=False),
        presenters=entry.choices("presenters", SeatKind.values),
    )
    entry.close()
    return item
