"""A scenario as plain JSON values: what a room freezes into its opening events.

Once a room has it, nothing here is asked again, so later edits never change a running or recorded room. The
shape is a contract with `rooms`: add keys, never rename one. It holds every delegation's secret pack, and what
only the moderator may know (injects, history, road map); whoever takes it must part it by audience before showing
anything. `public_part` is what everybody may read.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import prefetch_related_objects

from delegations.library import MODERATOR_PARTS, PACK_PARTS, PUBLIC_PARTS
from delegations.models import (
    AgendaItem,
    Delegation,
    Inject,
    Issue,
    Measure,
    Pack,
    PackItem,
    PackPosition,
    Paragraph,
    Scenario,
    Sourced,
)
from delegations.table_rules import TableRules
from delegations.words import PackItemKind, ParagraphKind, SourceKind

Json = dict[str, Any]
DESIGN: Json = {"kind": SourceKind.DESIGN.value}


def snapshot(scenario: Scenario) -> Json:
    """The whole scenario, packs included, in a number of queries that does not grow with its size."""
    prefetch_related_objects([scenario], *PACK_PARTS)
    packs = {
        delegation.code: _pack(delegation.pack)
        for delegation in scenario.delegations.all()
        if hasattr(delegation, "pack")  # an outline may lack packs
    }
    return {**public_part(scenario), **moderators_part(scenario), "packs": packs}


def public_part(scenario: Scenario) -> Json:
    """What everybody may read before and while it is played."""
    prefetch_related_objects([scenario], *PUBLIC_PARTS)
    brief = paragraphs(scenario, ParagraphKind.BRIEF)
    return {
        "slug": scenario.slug,
        "version": scenario.version,
        "title": scenario.title,
        "moment": scenario.moment,
        "summary": scenario.summary,
        "brief": [paragraph["text"] for paragraph in brief],
        "brief_sourced": brief,
        "format": rules_of(scenario, name=scenario.format_name),
        "delegations": [_delegation(delegation) for delegation in scenario.delegations.all()],
        "issues": [_issue(issue) for issue in scenario.issues.all()],
        "agenda": [_agenda_item(item) for item in scenario.agenda.all()],
    }


def moderators_part(scenario: Scenario) -> Json:
    """What only a moderator may read; players meet it when the moderator lets them."""
    prefetch_related_objects([scenario], *PUBLIC_PARTS, *MODERATOR_PARTS)
    return {
        "injects": [_inject(inject) for inject in scenario.injects.all()],
        "history": paragraphs(scenario, ParagraphKind.HISTORY),
        "roadmap": [_measure(measure) for measure in scenario.roadmap.all()],
    }


def paragraphs(scenario: Scenario, kind: ParagraphKind) -> list[Json]:
    return [_paragraph(paragraph) for paragraph in scenario.paragraphs.all() if paragraph.kind == kind]


def rules_of(row: TableRules, *, name: str) -> Json:
    return {
        "name": name,
        "attribution": row.attribution,
        "decision": row.decision,
        "output": row.output,
        "speech_seconds": row.speech_seconds,
        "points_of_order": row.points_of_order,
        "votes": row.votes,
        "caucus_existence": row.caucus_existence,
        "caucus_readable_by_chair": row.caucus_readable_by_chair,
        "caucus_at_any_time": row.caucus_at_any_time,
        "rules": row.rules,
    }


def _sourced(row: Sourced) -> Json:
    """All sources, and the first of them alone, as lines had it when each had one."""
    return {"source": row.sources[0] if row.sources else DESIGN, "sources": row.sources}


def _paragraph(paragraph: Paragraph) -> Json:
    return {"heading": paragraph.heading, "text": paragraph.text, "sources": paragraph.sources}


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
        **_sourced(issue),
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


def _inject(inject: Inject) -> Json:
    return {
        "id": inject.key,
        "title": inject.title,
        "text": inject.text,
        "from": inject.sender,
        "to": inject.recipients,
        "when": inject.when,
        "objective": inject.objective,
        "expected": inject.expected,
        "contingency": inject.contingency,
        **_sourced(inject),
    }


def _measure(measure: Measure) -> Json:
    return {
        "id": measure.key,
        "track": measure.track,
        "horizon": measure.horizon,
        "text": measure.text,
        "actors": measure.actors,
        "counterpart": measure.counterpart,
        **_sourced(measure),
    }


# The lists of a pack: each name with the kind of its lines and what such a line holds besides its sources.
LISTS: dict[str, tuple[PackItemKind, Callable[[PackItem], Json]]] = {
    "interests": (PackItemKind.INTEREST, lambda item: {"text": item.text}),
    "constraints": (PackItemKind.CONSTRAINT, lambda item: {"text": item.text}),
    "talking_points": (PackItemKind.TALKING_POINT, lambda item: {"text": item.text}),
    "red_lines": (PackItemKind.RED_LINE, lambda item: {"text": item.text}),
    "knows": (PackItemKind.KNOWS, lambda item: {"text": item.text}),
    "relations": (PackItemKind.RELATION, lambda item: {"text": item.text, **item.extra}),
    "constituencies": (PackItemKind.CONSTITUENCY, lambda item: {"text": item.text, **item.extra}),
    "figures": (PackItemKind.FIGURE, lambda item: {"value": item.text, **item.extra}),
    "recommendations": (PackItemKind.RECOMMENDATION, lambda item: {"text": item.text}),
    "questions": (PackItemKind.QUESTION, lambda item: {"question": item.text, **item.extra}),
}


def _pack(pack: Pack) -> Json:
    items = pack.items.all()
    lists = {
        name: [{**shown(item), **_sourced(item)} for item in items if item.kind == kind]
        for name, (kind, shown) in LISTS.items()
    }
    return {"who": pack.who, "positions": [_position(position) for position in pack.positions.all()], **lists}


def _position(position: PackPosition) -> Json:
    return {
        "issue": position.issue.key,
        "preferred": position.preferred,
        "acceptable": position.acceptable,
        "red_lines": position.red_lines,
        "priority": position.priority,
        "text": position.text,
        "conditions": position.conditions,
        "fallback": position.fallback,
        **_sourced(position),
    }
