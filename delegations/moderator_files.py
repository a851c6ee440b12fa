"""Reading what only the moderator of an exercise sees: its injects, and the road map that a paper draws."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, Final

from delegations import words
from delegations.entries import Entry, read_optional_toml, report_repeats
from delegations.prepared import PreparedInject, PreparedMeasure
from delegations.sources import read_sources
from delegations.words import Horizon

EVERYBODY: Final = "all"
BY_HAND: Final = "manual"
WHEN: Final = 'write "manual", {minute = 35} or {item = "i5", after = 5}'


def read_injects(
    folder: Path, *, codes: Collection[str], agenda: Collection[str], papers: Collection[str], problems: list[str]
) -> tuple[PreparedInject, ...]:
    """Every inject, or none where there is no such file. `agenda`: the ids of its items."""
    whole = read_optional_toml(folder / "injects.toml", problems=problems)
    if whole is None:
        return ()
    read = [
        (entry, _read_inject(entry, codes=codes, agenda=agenda, papers=papers)) for entry in whole.entries("inject")
    ]
    whole.close()
    report_repeats([(entry, inject.key) for entry, inject in read], what="id")
    return tuple(inject for _, inject in read)


def _read_inject(
    entry: Entry, *, codes: Collection[str], agenda: Collection[str], papers: Collection[str]
) -> PreparedInject:
    inject = PreparedInject(
        key=entry.key(),
        title=entry.text("title"),
        text=entry.text("text", most=words.TEXT),
        sender=entry.text("from"),
        recipients=entry.choices("to", [EVERYBODY, *codes]),
        when=_read_when(entry, agenda=agenda),
        objective=entry.text("objective", most=words.TEXT),
        expected=entry.text("expected", most=words.TEXT),
        contingency=entry.text("contingency", most=words.TEXT),
        sources=read_sources(entry, papers=papers),
    )
    entry.close()
    if not inject.recipients:
        told = "is missing" if "to" not in entry.table else "names nobody"
        entry.problem(f'`to` {told}; write to = ["all"] or the codes of delegations.')
    elif EVERYBODY in inject.recipients and len(inject.recipients) > 1:
        entry.problem('`to` names "all" and others; keep one of the two.')
    return inject


def _read_when(inject: Entry, *, agenda: Collection[str]) -> str | Mapping[str, Any]:
    value = inject.raw("when")
    if not isinstance(value, dict):
        if value != BY_HAND:
            inject.problem(f"`when` is {'missing' if value is None else 'not understood'}; {WHEN}.")
        return BY_HAND
    entry = Entry(value, place=f"{inject.place}, when", problems=inject.problems)
    when: dict[str, Any] = {}
    if "item" in value:
        when["item"] = entry.choice("item", agenda)
        # Nothing said: as the item begins.
        when["after"] = entry.number("after", least=0, most=words.MOST_MINUTES) if "after" in value else 0
    else:
        when["minute"] = entry.number("minute", least=0, most=words.MOST_MINUTES)
    entry.close()
    return when


def read_roadmap(
    folder: Path, *, codes: Collection[str], papers: Collection[str], problems: list[str]
) -> tuple[PreparedMeasure, ...]:
    """Every measure, or none where the paper has no road map."""
    whole = read_optional_toml(folder / "roadmap.toml", problems=problems)
    if whole is None:
        return ()
    read = [(entry, _read_measure(entry, codes=codes, papers=papers)) for entry in whole.entries("measure")]
    whole.close()
    report_repeats([(entry, measure.key) for entry, measure in read], what="id")
    return tuple(measure for _, measure in read)


def _read_measure(entry: Entry, *, codes: Collection[str], papers: Collection[str]) -> PreparedMeasure:
    measure = PreparedMeasure(
        key=entry.key(),
        track=entry.text("track", most=words.LABEL),
        horizon=entry.choice("horizon", Horizon.values),
        text=entry.text("text", most=words.TEXT),
        actors=entry.choices("actors", codes),
        counterpart=entry.choices("counterpart", codes),
        sources=read_sources(entry, papers=papers),
    )
    entry.close()
    if not measure.actors:
        entry.problem("nobody acts; name who does it in `actors`.")
    return measure
