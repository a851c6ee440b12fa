"""Storing what was read from files, so that rooms can be opened from it.

A scenario that has not changed is left alone; a changed one becomes a new version and the old ones stay,
because rooms name the version that they were opened from. Papers are kept up to date in place: only their
metadata, never their passages. Judging the files is not done here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict

from django.db import IntegrityError, transaction

from delegations.models import (
    AgendaItem,
    Delegation,
    Issue,
    Option,
    Pack,
    PackItem,
    PackPosition,
    Paper,
    Scenario,
    Seat,
)
from delegations.prepared import (
    PreparedDelegation,
    PreparedIssue,
    PreparedPack,
    PreparedPaper,
    PreparedScenario,
)
from delegations.prepared import Source as PreparedSource


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


def store(*, scenario: PreparedScenario) -> tuple[Scenario, bool]:
    """The newest version of the scenario, and whether it was written just now."""
    try:
        return _store(scenario)
    except IntegrityError:
        # Another server loading at the same moment took this version between our look and our write.
        return _store(scenario)


@transaction.atomic
def _store(prepared: PreparedScenario) -> tuple[Scenario, bool]:
    newest = Scenario.objects.filter(slug=prepared.slug).order_by("-version").first()
    if newest is not None and newest.digest == prepared.digest:
        return newest, False
    scenario = Scenario.objects.create(
        slug=prepared.slug,
        version=newest.version + 1 if newest else 1,
        digest=prepared.digest,
        outline=prepared.outline,
        title=prepared.title,
        moment=prepared.moment,
        summary=prepared.summary,
        brief="\n\n".join(prepared.brief),
        format_name=prepared.format.name,
        attribution=prepared.format.attribution,
        decision=prepared.format.decision,
        output=prepared.format.output,
        speech_seconds=prepared.format.speech_seconds,
    )
    papers = {paper.slug: paper for paper in Paper.objects.all()}
    issues = _store_issues(scenario, prepared.issues, papers)
    delegations = _store_delegations(scenario, prepared.delegations)
    _store_agenda(scenario, prepared, issues)
    _store_packs(prepared.packs, delegations, issues, papers)
    return scenario, True


def _store_issues(
    scenario: Scenario, prepared: tuple[PreparedIssue, ...], papers: Mapping[str, Paper]
) -> dict[str, Issue]:
    issues = Issue.objects.bulk_create(
        Issue(
            scenario=scenario,
            order=order,
            key=issue.key,
            title=issue.title,
            question=issue.question,
            axis=issue.axis,
            **_source_columns(issue.source, papers),
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
    papers: Mapping[str, Paper],
) -> None:
    packs = Pack.objects.bulk_create(Pack(delegation=delegations[pack.code], who=pack.who) for pack in prepared)
    PackItem.objects.bulk_create(
        PackItem(pack=stored, kind=item.kind, order=order, text=item.text, **_source_columns(item.source, papers))
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
            **_source_columns(position.source, papers),
        )
        for stored, pack in zip(packs, prepared, strict=True)
        for order, position in enumerate(pack.positions)
    )


def _source_columns(source: PreparedSource, papers: Mapping[str, Paper]) -> dict[str, str | Paper | None]:
    return {
        "source_kind": source.kind,
        "paper": papers[source.paper] if source.paper else None,
        "locator": source.locator,
        "anchor": source.anchor,
    }
