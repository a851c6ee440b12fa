"""Words for prepared material on pages: citations, seat kinds, when an inject comes. No queries of its own: the view
that shows sources gives the papers along, and a finder where passages shall open."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django import template
from django.db.models import TextChoices

from delegations.citations import Source, cite_briefly, cite_work
from delegations.models import Paper
from delegations.papers.links import passage_link
from delegations.words import Attribution, CaucusExistence, DecisionRule, SeatKind, SourceKind

register = template.Library()


@register.inclusion_tag("delegations/sources.html", takes_context=True)
def sources(context: Mapping[str, Any], entry: Any, papers: Mapping[str, Paper]) -> dict[str, Any]:
    """Where a line comes from, each source told apart. `entry`: a stored row, or a line of a snapshot. Where the
    page gives a `finder`, a paper that is loaded opens at the passage."""
    finder = context.get("finder")
    cited = {}
    for one in sources_of(entry):
        words = cite_briefly(source=one, papers=papers)
        cited[one["kind"], words] = {"kind": one["kind"], "words": words, "url": one.get("url", "")}
        if finder and one["kind"] == SourceKind.PAPER:
            cited[one["kind"], words]["passage"] = passage_link(one, finder=finder)
    return {"cited": cited.values()}  # two anchors in one paragraph are one source to a reader


def sources_of(entry: Any) -> list[Source]:
    """Rooms that were opened when each line had one source hold only that."""
    if not isinstance(entry, Mapping):
        return list(entry.sources)
    return list(entry.get("sources") or [entry["source"]]) if "source" in entry else list(entry.get("sources", ()))


@register.filter
def works(slugs: Iterable[str], papers: Mapping[str, Paper]) -> list[str]:
    """The whole works behind brief citations; one that is not known here goes by its slug."""
    return [cite_work(papers[slug]) if slug in papers else slug for slug in slugs]


@register.filter
def seat_kinds(kinds: Iterable[str]) -> str:
    """["MOD", "MIL"] as "Defence ministry, Uniformed officer"."""
    return ", ".join(str(SeatKind(kind).label) for kind in kinds)


WORDS: Final[Mapping[str, type[TextChoices]]] = {
    "attribution": Attribution,
    "decision": DecisionRule,
    "caucus": CaucusExistence,
}


@register.filter
def in_words(value: str, matter: str) -> str:
    """A rule in force as a full sentence; `matter` is attribution, decision or caucus."""
    return str(WORDS[matter](value).label)


@register.filter
def when_in_words(when: Any, agenda: Mapping[str, str]) -> str:
    """{"item": "i5", "after": 5} as a moderator would say it. `agenda`: the title of each item."""
    if not isinstance(when, Mapping):
        return "When you choose"
    if "minute" in when:
        return f"Minute {when['minute']} of the session"
    title = agenda.get(when["item"], when["item"])
    after = f"{when['after']} minute{'' if when['after'] == 1 else 's'}"
    return f"{after} into “{title}”" if when["after"] else f"As “{title}” begins"
