"""A draft as its students will meet it: the page of the exercise and one delegation's pack, before there is either.

Takes what the code that reads folders made of the draft, and shows it with the templates that show what is published.
What is only for moderators is left out: a delegate would not see it.
"""

from typing import Any

from delegations.citations import cite_work, papers_by_slug
from delegations.editing.document import Json
from delegations.loading import SOURCE_KEYS
from delegations.pack_reading import for_reading
from delegations.prepared import PreparedPack, PreparedPosition, PreparedScenario, Sources
from delegations.snapshot import DESIGN, LISTS
from delegations.sources import WEB_ADDRESS
from delegations.words import AgendaKind, Attribution, PackItemKind

# What a line of a kind calls its text in a snapshot.
TEXTS = {PackItemKind.FIGURE.value: "value", PackItemKind.QUESTION.value: "question"}


def scenario_context(scenario: PreparedScenario) -> Json:
    """What `delegations/scenario.html` shows, from values instead of rows."""
    papers = papers_by_slug()
    issues = {issue.key: {"key": issue.key, "title": issue.title} for issue in scenario.issues}
    shown = {
        "title": scenario.title,
        "moment": scenario.moment,
        "summary": scenario.summary,
        "slug": scenario.slug,
        "delegations": {"all": [{**one, "seats": {"all": one["seats"]}} for one in delegations(scenario)]},
        "issues": {
            "all": [{**one, "key": one["id"], "options": {"all": _keyed(one["options"])}} for one in _issues(scenario)]
        },
        "agenda": {"all": [_item(item, issues) for item in scenario.agenda]},
    }
    rules = scenario.rules
    return {
        "scenario": shown,
        "preview": True,
        "brief": [{"heading": o.heading, "text": o.text, **_sourced(o.sources)} for o in scenario.brief],
        "minutes": sum(item.minutes for item in scenario.agenda),
        "table": {name: getattr(rules, name) for name in rules.__slots__},
        "papers": papers,
        "drawn_from": [(papers[slug], cite_work(papers[slug])) for slug in scenario.papers if slug in papers],
    }


def pack_context(scenario: PreparedScenario, code: str) -> Json | None:
    """What `delegations/pack_body.html` shows, or None where there is no such delegation."""
    seats = delegations(scenario)
    delegation = next((one for one in seats if one["code"] == code), None)
    if delegation is None:
        return None
    context: Json = {"delegation": delegation, "papers": papers_by_slug()}
    pack = next((one for one in scenario.packs if one.code == code), None)
    if pack is not None:
        context["pack"] = for_reading(_pack(pack), delegation=delegation, delegations=seats, issues=_issues(scenario))
    return context


def can_be_shown(scenario: PreparedScenario) -> bool:
    """Whether its table has rules that can be said in words."""
    return bool(scenario.rules.attribution in Attribution.values and scenario.rules.decision)


def delegations(scenario: PreparedScenario) -> list[Json]:
    return [
        {
            **{name: getattr(one, name) for name in ("code", "name", "full_name", "hue", "pattern", "optional")},
            "seats": [{"id": seat.key, "kind": seat.kind, "title": seat.title} for seat in one.seats],
        }
        for one in scenario.delegations
    ]


def _issues(scenario: PreparedScenario) -> list[Json]:
    return [
        {
            "id": issue.key,
            "title": issue.title,
            "question": issue.question,
            "axis": issue.axis,
            "options": [{"id": one.key, "label": one.label, "detail": one.detail} for one in issue.options],
            **_sourced(issue.sources),
        }
        for issue in scenario.issues
    ]


def _keyed(options: list[Json]) -> list[Json]:
    return [{**option, "key": option["id"]} for option in options]


def _item(item: Any, issues: Json) -> Json:
    return {
        **{name: getattr(item, name) for name in ("key", "title", "minutes", "may_speak", "presenters", "attribution")},
        "get_kind_display": dict(AgendaKind.choices).get(item.kind, ""),
        "get_attribution_display": dict(Attribution.choices).get(item.attribution, ""),
        "issue": issues.get(item.issue),
    }


def _sourced(sources: Sources) -> Json:
    held = [
        {**{key: getattr(source, key) for key in SOURCE_KEYS.get(source.kind, ("kind",))}, **_link(source.url)}
        for source in sources
    ]
    return {"source": held[0] if held else DESIGN, "sources": held}


def _link(url: str) -> Json:
    """A draft may still hold an address that is none; only a web address may become a link."""
    return {} if not url or WEB_ADDRESS.fullmatch(url) else {"url": ""}


def _pack(pack: PreparedPack) -> Json:
    lists = {
        name: [
            {TEXTS.get(kind, "text"): item.text, **item.extra, **_sourced(item.sources)}
            for item in pack.items
            if item.kind == kind and _is_whole(item.extra)
        ]
        for name, (kind, _) in LISTS.items()
    }
    return {"who": pack.who, "positions": [_position(one) for one in pack.positions], **lists}


def _is_whole(extra: Any) -> bool:
    """A question whose right answer is not written yet cannot be shown."""
    return "answer" not in extra or extra["answer"] < len(extra["options"])


def _position(position: PreparedPosition) -> Json:
    names = ("issue", "preferred", "acceptable", "red_lines", "priority", "text", "conditions", "fallback")
    return {**{name: getattr(position, name) for name in names}, **_sourced(position.sources)}
