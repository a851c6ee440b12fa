"""What is wrong or missing, sorted by the page where it can be put right and said without the files' own signs."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from delegations.editing.document import Json
from delegations.editing.pages import Page
from delegations.editing.rows import Rows
from delegations.sources import HOW

UNDER: Final = re.compile(r" under \[\[(\w+)\]\]")
IN_PACK: Final = re.compile(r"packs/(\w+)\.toml(?:, ([a-z ]+?)(?: '| \d|,|:)|:)")
NAMED: Final = re.compile(r"`(\w+)`")
IN_SOURCES: Final = {
    "paper": "Paper",
    "locator": "Place in it",
    "anchor": "Its words",
    "public": "Public source",
    "url": "Address",
}
LISTED: Final = (("constituenc", "constituency"), ("questions to check", "question"), ("position", "position"))


def page_of(sentence: str) -> str:
    """The name of the page where it can be put right."""
    if pack := IN_PACK.match(sentence):
        return _page_in_pack(sentence, pack[1], (pack[2] or "").replace(" ", "_"))
    if sentence.startswith("packs"):
        return "issues"
    file = sentence.split(".toml", 1)[0]
    if file != "scenario":
        return file
    if re.match(r"scenario\.toml(, delegation\b|: there are \d+ delegations|: `delegations`)", sentence):
        return "delegations"
    return "rules" if re.match(r"scenario\.toml(, format|: `format)", sentence) else "cover"


def _page_in_pack(sentence: str, code: str, kind: str) -> str:
    if under := UNDER.search(sentence):
        kind = under[1]
    elif not kind:
        kind = next((kind for words, kind in LISTED if words in sentence), "")
    return f"pack-{code}-{kind}" if kind else f"pack-{code}"


def on_page(page: Page, sentences: Iterable[str]) -> list[str]:
    return [sentence for sentence in sentences if page_of(sentence) == page.name]


def on_entry(page: Page, entry: Json, number: int, sentences: Iterable[str]) -> list[str]:
    """Those about one entry of the page's list, without its place."""
    place = page.place(entry, number)
    own = [one for one in sentences if one.startswith((f"{place}: ", f"{place}, "))]
    return [one.removeprefix(place).lstrip(":, ") for one in own]


def not_on_entries(page: Page, entries: Sequence[Json], sentences: Iterable[str]) -> list[str]:
    """Those about the page as a whole."""
    places = [page.place(entry, number) for number, entry in enumerate(entries, 1)]
    starts = tuple(place + sign for place in places for sign in (": ", ", "))
    return [one for one in sentences if not (starts and one.startswith(starts))]


def in_words(sentence: str, page: Page) -> str:
    """For somebody who sees the form of that page and no file: fields go by their labels."""
    plain = sentence.replace(HOW, "say where it comes from")
    plain = plain.replace(' give one, or write source = "design".', " give one.")
    plain = UNDER.sub("", plain)
    plain = re.sub(r"^[\w/]+\.toml(, |: )", "", plain)
    plain = re.sub(r"^format: ", "", plain)
    labels = _labels(page)
    plain = NAMED.sub(lambda named: f"“{labels[named[1]]}”" if named[1] in labels else named[0], plain)
    return plain[:1].upper() + plain[1:]


def _labels(page: Page) -> dict[str, str]:
    """The label of each key of the file that the page's form has a field for."""
    rows = {field.name: field.label for whole in page.fields if isinstance(whole, Rows) for field in whole.fields}
    own = {key: field.label for field in page.fields for key in field.keys}
    return {**IN_SOURCES, **rows, **own}
