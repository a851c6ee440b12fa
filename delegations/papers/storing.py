"""Keeping a paper's passages. The same file twice changes nothing; another copy takes the place of the one before.

Either the whole paper is stored, with its words in the search, or nothing is.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.db import transaction
from django.utils.text import slugify
from rapidfuzz import fuzz

from delegations import words
from delegations.models import Paper, Passage
from delegations.papers import naming, noise, searching
from delegations.papers.gazetteer import shipped_gazetteer
from delegations.papers.refusing import PaperRefused
from delegations.papers.structure import PreparedPassage, ReadPaper, read_paper

# A paper says what it is within its first lines.
FIRST_LINES: Final = 40
SAME_TITLE: Final = 92
YEAR: Final = re.compile(r"\b((?:18|19|20)\d\d)\b")
FIRST_YEAR: Final = 1800
LAST_YEAR: Final = 2200
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is said about a paper by whoever brings it; what is empty is looked for."""

    slug: str = ""
    title: str = ""
    authors: str = ""
    year: int = 0
    series: str = ""
    publisher: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
    paper: Paper
    written: bool
    read: ReadPaper


def import_text(*, text: str, facts: Facts, name: str, tell: Tell = lambda sentence: None) -> Imported:
    """Read the text as a paper and keep it. Raises PaperRefused; `tell` hears how far it is."""
    facts = complete_facts(text=text, facts=facts, name=name)
    tell(f"Reading {facts.title} ({facts.authors or 'no author'}, {facts.year}) ...")
    read = read_paper(text, authors=facts.authors, gazetteer=shipped_gazetteer())
    if not read.passages:
        raise PaperRefused(f"{name}: no paragraph was found in it. Check that it is the right file.")
    tell(f"Storing {len(read.passages)} passages ...")
    paper, written = store_paper(facts=facts, passages=read.passages)
    return Imported(paper, written, read)


@transaction.atomic
def store_paper(*, facts: Facts, passages: Sequence[PreparedPassage]) -> tuple[Paper, bool]:
    """The stored paper, and whether anything of it was written just now."""
    values = {name: getattr(facts, name) for name in ("title", "authors", "year", "series", "publisher", "url")}
    paper, created = Paper.objects.select_for_update().get_or_create(slug=facts.slug, defaults=values)
    changed = [name for name, value in values.items() if getattr(paper, name) != value]
    for name in changed:
        setattr(paper, name, values[name])
    if changed:
        paper.save(update_fields=changed)
    have = Passage.objects.filter(paper=paper).order_by("id")
    stored = [(one.locator, one.section, one.number, one.kind, one.text) for one in have]
    if stored == [(one.locator, one.section, one.number, one.kind, one.text) for one in passages]:
        return paper, created or bool(changed)
    have.delete()
    Passage.objects.bulk_create(
        Passage(paper=paper, locator=one.locator, section=one.section, number=one.number, kind=one.kind, text=one.text)
        for one in passages
    )
    searching.index_paper(paper=paper)
    return paper, True


def complete_facts(*, text: str, facts: Facts, name: str) -> Facts:
    """What is known of the paper: said, else stored already under its slug or title, else read from its head."""
    head = [noise.plain(line.lstrip("# ")) for line in text[:20_000].split("\n")]
    head = [line for line in head if line][:FIRST_LINES]
    known = Paper.objects.filter(slug=facts.slug).first() if facts.slug else _recognised(facts.title, head)
    if known is not None:
        stored = Facts(known.slug, known.title, known.authors, known.year, known.series, known.publisher, known.url)
        said = {key: getattr(facts, key) for key in Facts.__dataclass_fields__ if getattr(facts, key)}
        return _checked(replace(stored, **said), name)
    title = facts.title or _title(text, head)
    found = replace(
        facts,
        title=title,
        authors=facts.authors or _authors(head),
        year=facts.year or _year(head) or _year([name]),
    )
    return _checked(replace(found, slug=facts.slug or _free_slug(found)), name)


def _checked(facts: Facts, name: str) -> Facts:
    if not facts.title:
        raise PaperRefused(f"{name}: its title was not found. Say it (--title).")
    if not FIRST_YEAR <= facts.year <= LAST_YEAR:
        raise PaperRefused(f"{name}: its year was not found. Say it (--year 1998).")
    if not re.fullmatch(r"[a-z0-9]+(?:[-_][a-z0-9]+)*", facts.slug) or len(facts.slug) > words.KEY:
        raise PaperRefused(f"{name}: '{facts.slug}' cannot be its key. Use small letters, digits and hyphens (--slug).")
    if facts.url and not re.fullmatch(r"https?://\S+", facts.url):
        raise PaperRefused(f"{name}: its address must start with https:// or http:// (--url).")
    for key, most in (
        ("title", words.TITLE),
        ("authors", words.TITLE),
        ("series", words.TITLE),
        ("url", words.LOCATOR),
    ):
        if len(getattr(facts, key)) > most:
            raise PaperRefused(f"{name}: its {key} is longer than {most} characters. Say a shorter one (--{key}).")
    return facts


def _recognised(title: str, head: Sequence[str]) -> Paper | None:
    """A stored paper whose title stands among the first lines."""
    lines = [title] if title else head
    scored = [
        (fuzz.ratio(line.casefold(), paper.title.casefold()), len(paper.title), paper)
        for paper in Paper.objects.all()
        for line in lines
    ]
    score, _, paper = max(scored, key=lambda one: one[:2], default=(0, 0, None))
    return paper if score >= SAME_TITLE else None


def _title(text: str, head: Sequence[str]) -> str:
    heading = re.search(r"^\s{0,3}#{1,2}\s+(\S.*)$", text[:20_000], re.MULTILINE)
    title = noise.plain(heading[1]) if heading else next((line for line in head if len(line) > 3), "")
    return naming.heading_name(title, acronyms=())[: words.TITLE] if title else ""


def _authors(head: Sequence[str]) -> str:
    named = [naming.clean_name(line) for line in head[1:8] if naming.BY.match(line) and naming.looks_like_name(line)]
    return "; ".join(named) or next((line.strip(" .,*") for line in head[1:3] if naming.looks_like_name(line)), "")


def _year(lines: Sequence[str]) -> int:
    found = [int(match) for line in lines[:15] for match in YEAR.findall(line) if len(line) < 80]
    return found[0] if found else 0


def _free_slug(facts: Facts) -> str:
    names = naming.author_names(facts.authors)
    family = naming.family_name(names[0]) if names else facts.title
    base = slugify(f"{family[:40]}-{facts.year}") or f"paper-{facts.year}"
    taken = set(Paper.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in (base, *(f"{base}-{number}" for number in range(2, 1000))) if slug not in taken)
