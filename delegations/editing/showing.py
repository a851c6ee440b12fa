"""An entry as somebody reads it in the list of a page: a heading, a text, a few words beside it, its sources."""

from collections.abc import Iterable, Sequence
from typing import Any

from delegations.editing.document import Json, as_shown, sources_of
from delegations.editing.fields import Around, Named
from delegations.editing.findings import in_words, on_entry, on_page, page_of
from delegations.editing.pages import COMMON, Page, pack_pages
from delegations.models import Draft
from delegations.templatetags.prepared import when_in_words
from delegations.words import AgendaKind, Horizon


def shown_entries(page: Page, entries: Sequence[Json], around: Around, findings: Sequence[str]) -> list[Json]:
    return [
        {
            **in_brief(page, entry, around),
            "number": number,
            "place": number - 1,
            "sources": [as_shown(source) for source in sources_of(entry)],
            "findings": list(dict.fromkeys(in_words(one, page) for one in on_entry(page, entry, number, findings))),
        }
        for number, entry in enumerate(entries, 1)
    ]


def in_brief(page: Page, entry: Json, around: Around) -> Json:
    """`heading`, `text` and `meta`, each perhaps empty."""
    brief = {"heading": entry.get("heading", ""), "text": entry.get("text", ""), "meta": ""}
    match page.entries:
        case "delegations":
            seats = [seat.get("title", "") for seat in entry.get("seats", [])]
            brief |= {
                "heading": entry.get("full_name") or entry.get("name", ""),
                "meta": " · ".join(seats),
                "delegation": entry,
            }
        case "issue":
            options = [f"{one.get('id', '')}: {one.get('label', '')}" for one in entry.get("option", [])]
            brief |= {"heading": entry.get("title", ""), "text": entry.get("question", ""), "meta": " · ".join(options)}
        case "item":
            kind = dict(AgendaKind.choices).get(entry.get("kind", ""), "")
            brief |= {"heading": entry.get("title", ""), "meta": f"{kind}, {entry.get('minutes', '')} minutes"}
        case "inject":
            brief |= {"heading": entry.get("title", ""), "meta": _delivery(entry, around)}
        case "measure":
            term = dict(Horizon.choices).get(entry.get("horizon", ""), "")
            who = _codes(entry.get("actors", []), " and ")
            brief |= {"heading": f"{entry.get('track', '')}, {str(term).lower()}", "meta": who}
        case "position":
            brief |= {"heading": _called(around.issues, entry.get("issue", "")), "meta": _mandate(entry)}
        case "relation":
            brief |= {"heading": _called(around.delegations, entry.get("to", ""))}
        case "constituency":
            brief |= {"heading": entry.get("name", ""), "meta": f"Weight {entry.get('weight', '')} of 100"}
        case "figure":
            brief |= {"heading": entry.get("label", ""), "text": entry.get("value", "")}
        case "question":
            brief |= {"text": entry.get("question", ""), "meta": _right(entry)}
    return brief


def _called(named: Named, key: str) -> str:
    return dict(named).get(key, key)


def _codes(codes: Iterable[str], sign: str) -> str:
    return sign.join(codes)


def _delivery(inject: Json, around: Around) -> str:
    when = inject.get("when", "manual")
    to = "everybody" if inject.get("to") == ["all"] else _codes(inject.get("to", []), ", ")
    known = isinstance(when, dict) and ("minute" in when or {"item", "after"} <= when.keys())
    moment = when_in_words(when if known else "manual", dict(around.agenda))
    return f"{moment} · from {inject.get('from', '')} · to {to}"


def _mandate(position: Json) -> str:
    parts = [f"Rank {position.get('priority', '')}", f"prefers {position.get('preferred', '')}"]
    for name, words in (("acceptable", "can live with"), ("red_lines", "never")):
        if position.get(name):
            parts.append(f"{words} {', '.join(position[name])}")
    return " · ".join(parts)


def _right(question: Json) -> str:
    options, answer = question.get("options", []), question.get("answer")
    return f"Right: {options[answer]}" if isinstance(answer, int) and 0 <= answer < len(options) else ""


def contents(draft: Draft, here: Page | None) -> Json:
    """The list of pages: each with how much is wrong or missing there; the sections of the pack that is open."""
    counts: dict[str, list[int]] = {}
    for kind, sentences in enumerate((draft.problems, draft.missing)):
        for sentence in sentences:
            counts.setdefault(page_of(sentence), [0, 0])[kind] += 1

    def line(page: Page, label: str = "") -> Json:
        wrong, missing = counts.get(page.name, [0, 0])
        return {
            "name": page.name,
            "label": label or page.title,
            "wrong": wrong,
            "missing": missing,
            "here": page == here,
        }

    packs = []
    for one in draft.content["scenario"].get("delegations", []):
        first, *sections = pages = pack_pages(one["code"], one.get("name", ""))
        wrong, missing = (sum(counts.get(page.name, [0, 0])[kind] for page in pages) for kind in (0, 1))
        is_open = here is not None and here.code == one["code"]
        packs.append(
            {
                **line(first),
                "delegation": one,
                "wrong": wrong,
                "missing": missing,
                "sections": [line(page) for page in sections] if is_open else [],
            }
        )
    return {"common": [line(page) for page in COMMON], "packs": packs}


def said_on(page: Page, sentences: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(in_words(one, page) for one in on_page(page, sentences)))


def by_page(draft: Draft, pages: Iterable[Page]) -> list[dict[str, Any]]:
    """For the overview: the pages where something is to be done, with what."""
    found = [
        {"page": page, "wrong": said_on(page, draft.problems), "missing": said_on(page, draft.missing)}
        for page in pages
    ]
    return [one for one in found if one["wrong"] or one["missing"]]
