"""From accepted proposals to a document that the editor and the loader read: the files of a scenario folder.

What the paper says carries its place there; everything else (options, agenda, seats, rules) is a frame of exercise
design, so that there is something to change. A draft is an outline: nobody plays it before a person has written it.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.utils.text import slugify

from delegations import words
from delegations.drafting.proposal import Kind, Place, Proposal
from delegations.words import MARKS, SourceKind

Json = dict[str, Any]
DESIGN: Final = SourceKind.DESIGN.value
SEATS: Final = (
    ("MFA", "MFA", "Foreign ministry"),
    ("MOD", "MOD", "Defence ministry"),
    ("EXP-1", "EXP", "Private expert"),
)
MOST_ISSUES_ON_AGENDA: Final = 8
MOST_SOURCES: Final = 4
# Steps that fit almost any question, until somebody writes the real ones.
STEPS: Final = (
    ("As it is", "Nothing changes; each goes on as before."),
    ("A first step", "Something limited is agreed, which can be taken back."),
    ("A full arrangement", "Something lasting is agreed, with a way to see that it is kept."),
)
FORMAT: Final[Json] = {
    "name": "Plenary",
    "attribution": "chatham_house",
    "decision": "consensus",
    "output": "chair's summary",
    "speech_seconds": 120,
}


@dataclass(frozen=True, slots=True)
class Work:
    """The paper that is drafted from."""

    slug: str
    title: str
    authors: str
    year: int


def document_from(
    accepted: Sequence[Proposal], *, work: Work, known: Sequence[Proposal] = (), without: Collection[str] = ()
) -> Json:
    """The document of a scenario folder. `known`: all proposals, for delegations that are needed but not accepted;
    `without`: codes of those that were discarded."""
    kept = [replace(one, codes=tuple(code for code in one.codes if code not in without)) for one in accepted]
    parties = _parties(kept, known)
    codes = [party.codes[0] for party in parties]
    issues = _issues([one for one in kept if one.kind is Kind.ISSUE], work)
    return {
        "scenario": _cover(parties, work),
        "brief": {"paragraph": _brief(parties, work)},
        "issues": {"issue": issues},
        "agenda": {"item": _agenda(issues)},
        "injects": {"inject": []},
        "history": {"paragraph": []},
        "roadmap": {"measure": []},
        "packs": {code: _pack(code, parties, kept, work) for code in codes},
    }


def _parties(kept: Sequence[Proposal], known: Sequence[Proposal]) -> list[Proposal]:
    """The accepted delegations, and those for which something was accepted."""
    accepted = {one.codes[0]: one for one in kept if one.kind is Kind.DELEGATION and one.codes}
    needed = dict.fromkeys(code for one in kept for code in one.codes)
    proposed = {one.codes[0]: one for one in known if one.kind is Kind.DELEGATION}
    return list(
        {**accepted, **{code: proposed[code] for code in needed if code in proposed and code not in accepted}}.values()
    )


def _cover(parties: Sequence[Proposal], work: Work) -> Json:
    return {
        "slug": slugify(f"draft-{work.slug}")[: words.KEY].strip("-"),
        "title": f"Draft: {work.title}"[: words.TITLE],
        "moment": f"To be set; the paper is of {work.year}",
        "summary": f"A first draft from {work.authors or 'an unnamed author'}, {work.title} ({work.year}).",
        "outline": True,
        "papers": [work.slug],
        "format": dict(FORMAT),
        "delegations": [_delegation(party, number) for number, party in enumerate(parties, 1)],
    }


def _delegation(party: Proposal, number: int) -> Json:
    code = party.codes[0]
    return {
        "code": code,
        "name": party.label[: words.LABEL],
        "full_name": (party.full_name or party.label)[: words.TITLE],
        "hue": number % MARKS,
        "pattern": (number + number // MARKS) % MARKS,
        "optional": party.optional,
        "seats": [{"id": f"{code}-{seat}", "kind": kind, "title": title} for seat, kind, title in SEATS],
    }


def _brief(parties: Sequence[Proposal], work: Work) -> list[Json]:
    who = ", ".join(party.label for party in parties) or "nobody yet"
    text = (
        f"At the table: {who}. This is a first draft from {work.title} ({work.year}); write here what all of them know."
    )
    return [{"text": text, "source": DESIGN}]


def _issues(accepted: Sequence[Proposal], work: Work) -> list[Json]:
    keys = _once([slugify(one.label)[:40].strip("-") or "issue" for one in accepted])
    return [_issue(one, key, work) for one, key in zip(accepted, keys, strict=True)]


def _issue(one: Proposal, key: str, work: Work) -> Json:
    steps = list(STEPS)
    if len(one.options) == 2:
        first, last = one.options
        steps = [
            (_label(first), "The first of the two that the paper weighs."),
            ("Something of both", "A way between the two."),
            (_label(last), "The second of the two that the paper weighs."),
        ]
    options = [
        {"id": chr(ord("a") + place), "label": label, "detail": detail} for place, (label, detail) in enumerate(steps)
    ]
    return {
        "id": key,
        "title": one.label[: words.TITLE],
        "question": f"What is to be done: {one.label}?"[: words.LOCATOR],
        "axis": f"from {steps[0][0]} to {steps[-1][0]}"[: words.LOCATOR],
        **_sources(one.places, work),
        "option": options,
    }


def _label(text: str) -> str:
    return (text[:1].upper() + text[1:])[: words.LABEL]


def _agenda(issues: Sequence[Json]) -> list[Json]:
    talks = [
        {"title": issue["title"], "kind": "discussion", "minutes": 15, "issue": issue["id"]}
        for issue in issues[:MOST_ISSUES_ON_AGENDA]
    ]
    whole: list[Json] = [
        {"title": "Opening", "kind": "opening", "minutes": 5},
        {"title": "National perspectives", "kind": "national_perspective", "minutes": 20},
        *talks,
        {"title": "Chair's summary", "kind": "summary", "minutes": 10},
    ]
    return [{"id": f"i{number}", **item} for number, item in enumerate(whole, 1)]


def _pack(code: str, parties: Sequence[Proposal], kept: Iterable[Proposal], work: Work) -> Json:
    party = next(one for one in parties if one.codes[0] == code)
    own = [one for one in kept if code in one.codes or (one.kind is Kind.FIGURE and not one.codes)]
    pack: Json = {
        "who": f"You speak for {party.full_name or party.label}. In the paper it is {party.why}."[: words.TEXT]
    }
    for kind in (Kind.INTEREST, Kind.RECOMMENDATION):
        if lines := [_line(one, work) for one in own if one.kind is kind]:
            pack[kind.value] = lines
    figures = [one for one in own if one.kind is Kind.FIGURE]
    labels = _once([one.label[: words.LOCATOR - 5] for one in figures])
    if figures:
        pack["figure"] = [
            {"label": label, "value": one.value, **_sources(one.places, work)}
            for one, label in zip(figures, labels, strict=True)
        ]
    return pack


def _line(one: Proposal, work: Work) -> Json:
    return {"text": one.label[: words.TEXT], **_sources(one.places, work)}


def _sources(places: Sequence[Place], work: Work) -> Json:
    cited = [_source(place, work) for place in places[:MOST_SOURCES]]
    return {"source": cited[0]} if len(cited) == 1 else {"sources": cited}


def _source(place: Place, work: Work) -> Json:
    source = {"paper": work.slug, "locator": place.locator[: words.LOCATOR]}
    return {**source, "anchor": place.anchor[: words.TITLE]} if place.anchor else source


def _once(names: Sequence[str]) -> list[str]:
    """The names, told apart by a number where one stands again."""
    found: list[str] = []
    for name in names:
        number = 1
        while (told := name if number == 1 else f"{name}-{number}") in found:
            number += 1
        found.append(told)
    return found
