"""Reading a citation's place, and citing a passage the Chicago way.

A locator is "author, heading[, heading], place": the place is a bare number (an item of a numbered list, or a
paragraph where there is none), "paragraph 4", "note 7". How the paper itself spells its headings does not matter
here; `finding` compares them with patience.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from delegations.models import Paper, Passage
from delegations.papers import naming
from delegations.words import PassageKind

PLACE: Final = re.compile(
    r"^(?:(paragraph|para\.?|¶|item|no\.?|note|n\.?|row)\s*)?(\d{1,3}|[a-h]|\*|†)$", re.IGNORECASE
)
WORDS: Final = {"para": "paragraph", "¶": "paragraph", "no": "item", "n": "note"}
EDITOR: Final = re.compile(r"\((?:editor|ed\.?|eds\.?|editors)\)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """A locator in its parts: words before the place, what kind of place ("" where not said), its number."""

    words: tuple[str, ...]
    kind: str
    number: str


def parse_locator(locator: str) -> Place:
    """Commas inside a heading do no harm: the words are compared as a whole."""
    parts = [part.strip() for part in locator.split(",") if part.strip()]
    if parts and (found := PLACE.match(parts[-1])):
        kind = (found[1] or "").casefold().strip(".")
        return Place(tuple(parts[:-1]), WORDS.get(kind, kind), found[2].casefold())
    return Place(tuple(parts), "", "")


def chicago(*, paper: Paper, passage: Passage, chapters: Sequence[tuple[str, str]] = ()) -> str:
    """A note in the Chicago style for one passage; `chapters` as `chapters_of` gives them."""
    author = passage.section.split(",")[0].strip()
    names = naming.author_names(paper.authors)
    full = next((name for name in names if naming.family_name(name).casefold() == author.casefold()), "")
    editors = [naming.ROLE.sub("", name).strip() for name in paper.authors.split(";") if EDITOR.search(name)]
    title = next((title for family, title in chapters if family == author), "") if len(names) > 1 else ""
    imprint = ", ".join(part for part in (paper.publisher, str(paper.year)) if part)
    work = ", ".join(
        part
        for part in (paper.title, f"ed. {_all(editors)}" if editors and full not in editors else "", paper.series)
        if part
    )
    if full and len(names) > 1:
        head = f"{full}, “{title},” in {work}" if title else f"{full}, in {work}"
    else:
        head = f"{full or _all(names)}, {work}"
    own = [one.strip() for one in passage.locator.split(",")]
    place = ", ".join(own[1:]) if full else passage.locator
    place = place.removeprefix(f"{title}, ") if title else place
    tail = [f"{head} ({imprint})", _in_words(place, passage), paper.url]
    return ", ".join(part for part in tail if part) + "."


def chapters_of(passages: Sequence[Passage]) -> list[tuple[str, str]]:
    """Each author of the paper with the title of the chapter: the heading under which the chapter begins."""
    chapters: dict[str, str] = {}
    for passage in passages:
        author, _, title = passage.section.partition(",")
        if title and not title.strip().startswith("Table:"):
            chapters.setdefault(author.strip(), title.strip())
    return list(chapters.items())


def _in_words(place: str, passage: Passage) -> str:
    """Headings in quotes, then what is counted: "“Country Agendas, China,” item 3"."""
    head, _, last = place.rpartition(", ")
    words = last.replace("paragraph ", "para. ").replace("note ", "n. ")
    if passage.kind == PassageKind.LIST_ITEM and last.isdigit():
        words = f"item {last}"
    return f"“{head},” {words}" if head else words


def _all(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)
