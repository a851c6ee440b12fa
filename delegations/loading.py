"""Storing what was read from files, so that rooms can be opened from it.

A scenario that has not changed is left alone; a changed one becomes a new version and the old ones stay,
because rooms name the version that they were opened from. Papers and formats are kept up to date in place: of a
paper only the metadata, never its passages. Judging the files is not done here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from django.db import IntegrityError, transaction

from delegations.completeness import lacking_to_open, missing_for_play
from delegations.models import (
    AgendaItem,
    CitedPaper,
    Delegation,
    Format,
    Inject,
    Issue,
    Measure,
    Option,
    Pack,
    PackItem,
    PackPosition,
    Paper,
    Paragraph,
    Scenario,
    Seat,
)
from delegations.prepared import (
    PreparedAgendaItem,
    PreparedDelegation,
    PreparedFormat,
    PreparedIssue,
    PreparedPack,
    PreparedPaper,
    PreparedRules,
    PreparedScenario,
    Sources,
)
from delegations.words import ParagraphKind


@transaction.atomic
def store_papers(*, papers: Iterable[PreparedPaper]) -> list[str]:
    """Add new papers and correct known ones. Returns the slugs of those written."""
    stored = {paper.slug: paper for paper in Paper.objects.all()}
    written = []
    for prepared in papers:
        values = asdict(prepared)
        paper = stored.get(prepared.slug)
        if paper is None:
            Paper.objects.create(**values)
        elif any(getattr(paper, name) != value for name, value in values.items()):
            Paper.objects.filter(pk=paper.pk).update(**values)
        else:
            continue
        written.append(prepared.slug)
    return written


@transaction.atomic
def store_formats(*, formats: Iterable[PreparedFormat]) -> list[str]:
    """Add new formats and correct known ones. Returns the slugs of those written."""
    stored = {row.slug: row for row in Format.objects.all()}
    written = []
    for prepared in formats:
        values = _format_columns(prepared)
        row = stored.get(prepared.slug)
        if row is None or any(getattr(row, name) != value for name, value in values.items()):
            Format.objects.update_or_create(slug=prepared.slug, defaults=values)
            written.append(prepared.slug)
    return written


def _format_columns(prepared: PreparedFormat) -> dict[str, Any]:
    return {
        "name": prepared.rules.name,
        "summary": prepared.summary,
        "delegations": list(prepared.delegations),
        "seat_kinds": list(prepared.seat_kinds),
        "agenda": [_agenda_as_json(item) for item in prepared.agenda],
        **_rules_columns(prepared.rules),
    }


def _rules_columns(rules: PreparedRules) -> dict[str, Any]:
    return {
        "attribution": rules.attribution,
        "decision": rules.decision,
        "output": rules.output,
        "speech_seconds": rules.speech_seconds,
        "points_of_order": rules.points_of_order,
        "votes": rules.votes,
        "caucus_existence": rules.caucus_existence,
        "caucus_readable_by_chair": rules.caucus_readable_by_chair,
        "caucus_at_any_time": rules.caucus_at_any_time,
        "rules": list(rules.rules),
    }


def _agenda_as_json(item: PreparedAgendaItem) -> dict[str, Any]:
    values = {"may_speak": list(item.may_speak), "presenters": list(item.presenters)}
    return {"id": item.key, **{name: value for name, value in asdict(item).items() if name != "key"}, **values}


def store(*, scenario: PreparedScenario, from_draft: bool = False) -> tuple[Scenario, bool]:
    """The newest version of the scenario, and whether it was written just now."""
    try:
        return _store(scenario, from_draft)
    except IntegrityError:
        # Another server loading at the same moment took this version between our look and our write.
        return _store(scenario, from_draft)


@transaction.atomic
def _store(prepared: PreparedScenario, from_draft: bool) -> tuple[Scenario, bool]:
    versions = Scenario.objects.filter(slug=prepared.slug).order_by("-version")
    newest = versions.first()
    # A folder that has not changed must not come back over what a moderator has published since.
    known = newest if from_draft else versions.filter(from_draft=False).first()
    missing = list(missing_for_play(prepared))
    if newest is not None and known is not None and known.digest == prepared.digest:
        if newest != known:
            return newest, False
        if newest.missing != missing:  # the files stand as they were; what is asked of them has changed
            Scenario.objects.filter(pk=newest.pk).update(missing=missing)
            newest.missing = missing
        return newest, False
    scenario = Scenario.objects.create(
        slug=prepared.slug,
        version=newest.version + 1 if newest else 1,
        digest=prepared.digest,
        # What no room can do without makes it an outline, whatever its cover says.
        outline=prepared.outline or bool(lacking_to_open(prepared)),
        frame=prepared.frame,
        from_draft=from_draft,
        missing=missing,
        title=prepared.title,
        moment=prepared.moment,
        summary=prepared.summary,
        format_name=prepared.rules.name,
        **_rules_columns(prepared.rules),
    )
    papers = {paper.slug: paper for paper in Paper.objects.filter(slug__in=prepared.papers)}
    CitedPaper.objects.bulk_create(
        CitedPaper(scenario=scenario, paper=papers[slug], order=order) for order, slug in enumerate(prepared.papers)
    )
    issues = _store_issues(scenario, prepared.issues)
    delegations = _store_delegations(scenario, prepared.delegations)
    _store_agenda(scenario, prepared, issues)
    _store_paragraphs(scenario, prepared)
    _store_moderators_part(scenario, prepared)
    _store_packs(prepared.packs, delegations, issues)
    return scenario, True


def _store_issues(scenario: Scenario, prepared: tuple[PreparedIssue, ...]) -> dict[str, Issue]:
    issues = Issue.objects.bulk_create(
        Issue(
            scenario=scenario,
            order=order,
            key=issue.key,
            title=issue.title,
            question=issue.question,
            axis=issue.axis,
            sources=_as_json(issue.sources),
        )
        for order, issue in enumerate(prepared)
    )
    Option.objects.bulk_create(
        Option(issue=stored, order=order, key=option.key, label=option.label, detail=option.detail)
        for stored, issue in zip(issues, prepared, strict=True)
        for order, option in enumerate(issue.options)
    )
    return {issue.key: issue for issue in issues}


def _store_delegations(scenario: Scenario, prepared: tuple[PreparedDelegation, ...]) -> dict[str, Delegation]:
    delegations = Delegation.objects.bulk_create(
        Delegation(
            scenario=scenario,
            order=order,
            code=delegation.code,
            name=delegation.name,
            full_name=delegation.full_name,
            hue=delegation.hue,
            pattern=delegation.pattern,
            optional=delegation.optional,
        )
        for order, delegation in enumerate(prepared)
    )
    Seat.objects.bulk_create(
        Seat(delegation=stored, order=order, key=seat.key, kind=seat.kind, title=seat.title)
        for stored, delegation in zip(delegations, prepared, strict=True)
        for order, seat in enumerate(delegation.seats)
    )
    return {delegation.code: delegation for delegation in delegations}


def _store_agenda(scenario: Scenario, prepared: PreparedScenario, issues: Mapping[str, Issue]) -> None:
    AgendaItem.objects.bulk_create(
        AgendaItem(
            scenario=scenario,
            order=order,
            key=item.key,
            title=item.title,
            kind=item.kind,
            minutes=item.minutes,
            attribution=item.attribution,
            may_speak=list(item.may_speak),
            issue=issues[item.issue] if item.issue else None,
            presenters=list(item.presenters),
        )
        for order, item in enumerate(prepared.agenda)
    )


def _store_packs(
    prepared: tuple[PreparedPack, ...],
    delegations: Mapping[str, Delegation],
    issues: Mapping[str, Issue],
) -> None:
    packs = Pack.objects.bulk_create(Pack(delegation=delegations[pack.code], who=pack.who) for pack in prepared)
    PackItem.objects.bulk_create(
        PackItem(
            pack=stored,
            kind=item.kind,
            order=order,
            text=item.text,
            extra=dict(item.extra),
            sources=_as_json(item.sources),
        )
        for stored, pack in zip(packs, prepared, strict=True)
        for order, item in enumerate(pack.items)
    )
    PackPosition.objects.bulk_create(
        PackPosition(
            pack=stored,
            order=order,
            issue=issues[position.issue],
            preferred=position.preferred,
            acceptable=list(position.acceptable),
            red_lines=list(position.red_lines),
            priority=position.priority,
            text=position.text,
            conditions=position.conditions,
            fallback=position.fallback,
            sources=_as_json(position.sources),
        )
        for stored, pack in zip(packs, prepared, strict=True)
        for order, position in enumerate(pack.positions)
    )


def _store_paragraphs(scenario: Scenario, prepared: PreparedScenario) -> None:
    Paragraph.objects.bulk_create(
        Paragraph(
            scenario=scenario,
            kind=kind,
            order=order,
            heading=paragraph.heading,
            text=paragraph.text,
            sources=_as_json(paragraph.sources),
        )
        for kind, text in ((ParagraphKind.BRIEF, prepared.brief), (ParagraphKind.HISTORY, prepared.history))
        for order, paragraph in enumerate(text)
    )


def _store_moderators_part(scenario: Scenario, prepared: PreparedScenario) -> None:
    Inject.objects.bulk_create(
        Inject(
            scenario=scenario,
            order=order,
            key=inject.key,
            title=inject.title,
            text=inject.text,
            sender=inject.sender,
            recipients=list(inject.recipients),
            when=inject.when,
            objective=inject.objective,
            expected=inject.expected,
            contingency=inject.contingency,
            sources=_as_json(inject.sources),
        )
        for order, inject in enumerate(prepared.injects)
    )
    Measure.objects.bulk_create(
        Measure(
            scenario=scenario,
            order=order,
            key=measure.key,
            track=measure.track,
            horizon=measure.horizon,
            text=measure.text,
            actors=list(measure.actors),
            counterpart=list(measure.counterpart),
            sources=_as_json(measure.sources),
        )
        for order, measure in enumerate(prepared.roadmap)
    )


# What a source of each kind holds; the same words as in a snapshot, which takes them as they are stored.
SOURCE_KEYS = {"paper": ("kind", "paper", "locator", "anchor"), "public": ("kind", "reference", "url")}


def _as_json(sources: Sources) -> list[dict[str, str]]:
    return [{key: getattr(source, key) for key in SOURCE_KEYS.get(source.kind, ("kind",))} for source in sources]
