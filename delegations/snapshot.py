"""A scenario as plain JSON values: what a room freezes into its opening events.

Once a room has it, nothing here is asked again, so later edits never change a running or recorded room. The
shape is a contract with `rooms`: add keys, never rename one. It holds every delegation's secret pack; whoever
takes it must part the packs by audience before showing anything.
"""

from typing import Any

from django.db.models import prefetch_related_objects

from delegations.citations import source_of
from delegations.library import PACK_PARTS, PUBLIC_PARTS
from delegations.models import (
    AgendaItem,
    Delegation,
    Issue,
    Pack,
    PackPosition,
    Scenario,
)
from delegations.words import PackItemKind

Json = dict[str, Any]


def snapshot(scenario: Scenario) -> Json:
    """The whole scenario, packs included, in a number of queries that does not grow with its size."""
    prefetch_related_objects([scenario], *PUBLIC_PARTS, *PACK_PARTS)
    delegations = scenario.delegations.all()
    return {
        "slug": scenario.slug,
        "version": scenario.version,
        "title": scenario.title,
        "moment": scenario.moment,
        "summary": scenario.summary,
        "brief": paragraphs(scenario.brief),
        "format": {
            "name": scenario.format_name,
            "attribution": scenario.attribution,
            "decision": scenario.decision,
            "output": scenario.output,
            "speech_seconds": scenario.speech_seconds,
        },
        "delegations": [_delegation(delegation) for delegation in delegations],
        "issues": [_issue(issue) for issue in scenario.issues.all()],
        "agenda": [_agenda_item(item) for item in scenario.agenda.all()],
        "packs": {
            delegation.code: _pack(delegation.pack)
            for delegation in delegations
            if hasattr(delegation, "pack")  # an outline may lack packs
        },
    }


def paragraphs(text: str) -> list[str]:
    """A stored brief as its paragraphs."""
    return [part for part in text.split("\n\n") if part]


def _delegation(delegation: Delegation) -> Json:
    return {
        "code": delegation.code,
        "name": delegation.name,
        "full_name": delegation.full_name,
        "hue": delegation.hue,
        "pattern": delegation.pattern,
        "optional": delegation.optional,
        "seats": [{"id": seat.key, "kind": seat.kind, "title": seat.title} for seat in delegation.seats.all()],
    }


def _issue(issue: Issue) -> Json:
    return {
        "id": issue.key,
        "title": issue.title,
        "question": issue.question,
        "options": [
            {"id": option.key, "label": option.label, "detail": option.detail} for option in issue.options.all()
        ],
        "axis": issue.axis,
        "source": source_of(issue),
    }


def _agenda_item(item: AgendaItem) -> Json:
    return {
        "id": item.key,
        "title": item.title,
        "kind": item.kind,
        "minutes": item.minutes,
        "attribution": item.attribution,
        "may_speak": item.may_speak,
        "issue": item.issue.key if item.issue else "",
        "presenters": item.presenters,
    }


def _pack(pack: Pack) -> Json:
    return {
        "who": pack.who,
        "interests": _items(pack, PackItemKind.INTEREST),
        "positions": [_position(position) for position in pack.positions.all()],
        "constraints": _items(pack, PackItemKind.CONSTRAINT),
        "talking_points": _items(pack, PackItemKind.TALKING_POINT),
    }


def _items(pack: Pack, kind: PackItemKind) -> list[Json]:
    return [{"text": item.text, "source": source_of(item)} for item in pack.items.all() if item.kind == kind]


def _position(position: PackPosition) -> Json:
    return {
        "issue": position.issue.key,
        "preferred": position.preferred,
        "acceptable": position.acceptable,
        "red_lines": position.red_lines,
        "priority": position.priority,
        "text": position.text,
        "source": source_of(position),
    }
