"""Whether a document from outside has the shape that the editor's forms can show. Its sense is judged elsewhere.

Follows the pages: what no field of a page holds would be invisible in the editor and is told here.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from delegations.editing.document import FILES, Json
from delegations.editing.fields import MOST_ENTRIES, misfits
from delegations.editing.pages import COMMON, COVER, DELEGATIONS, RULES, Page, pack_pages
from delegations.entries import KEY_SHAPE, holds_control_characters
from delegations.table_files import CODE_SHAPE


def check_shape(document: Json) -> list[str]:
    """Sentences, each naming the file and the entry; none if every page can show its part."""
    problems = [*_check_cover(document["scenario"])]
    lists = {page.file: page for page in COMMON if page.entries and page is not DELEGATIONS}
    for name in FILES:
        problems += _check_file(document.get(name, {}), [lists[f"{name}.toml"]], f"{name}.toml")
    problems += _check_packs(document)
    return problems or [*_check_texts(document)]


def _check_cover(cover: Json) -> Iterator[str]:
    for page in (COVER, RULES, DELEGATIONS):
        if page.part and not isinstance(cover.get(page.part, {}), dict):
            yield f"{page.file}: `{page.part}` must be a table [{page.part}]."
        elif not page.entries:
            table = cover.get(page.part, {}) if page.part else _without(cover, ("format", "delegations"))
            yield from (f"{page.file}: {wrong}." for wrong in misfits(page.fields, table))
    yield from _check_list(cover, DELEGATIONS)
    if not isinstance(cover.get("slug"), str) or not KEY_SHAPE.fullmatch(cover["slug"]) or len(cover["slug"]) > 60:
        yield "scenario.toml: `slug` must be a short name in small letters, digits and hyphens."


def _without(table: Json, keys: Sequence[str]) -> Json:
    return {key: value for key, value in table.items() if key not in keys}


def _check_file(table: Json, pages: Sequence[Page], file: str) -> Iterator[str]:
    known = {page.entries for page in pages}
    yield from (
        f"{file}: `{key}` is not known here; remove it or correct its spelling." for key in table.keys() - known
    )
    for page in pages:
        yield from _check_list(table, page)


def _check_list(table: Json, page: Page) -> Iterator[str]:
    entries = table.get(page.entries, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        yield f"{page.file}: `{page.entries}` must be a list of tables."
        return
    if len(entries) > MOST_ENTRIES:
        yield f"{page.file}: there are {len(entries)} entries; {MOST_ENTRIES} are the most."
    for number, entry in enumerate(entries, 1):
        yield from (f"{page.place(entry, number)}: {wrong}." for wrong in misfits(page.fields, entry))


def _check_packs(document: Json) -> Iterator[str]:
    delegations = document["scenario"].get("delegations", [])
    fine = isinstance(delegations, list) and all(isinstance(one, dict) for one in delegations)
    codes = [one.get("code") for one in delegations] if fine else []
    for code in codes:
        if not isinstance(code, str) or not CODE_SHAPE.fullmatch(code):
            yield f"scenario.toml: a delegation's `code` is {code!r}; use 2 to 6 capital letters."
    if len(set(map(str, codes))) < len(codes):
        yield "scenario.toml: two delegations have the same `code`; each must have its own."
    for code, pack in document["packs"].items():
        if code not in codes:
            yield f"packs/{code}.toml: there is no delegation '{code}'; rename the file or add the delegation."
        first, *sections = pack_pages(code, "")
        rest = _without(pack, ("who",))
        yield from (f"{first.file}: {wrong}." for wrong in misfits(first.fields, {"who": pack.get("who", "")}))
        yield from _check_file(rest, sections, first.file)


def _check_texts(value: Any, place: str = "") -> Iterator[str]:
    """No control characters anywhere: some databases cannot keep them, and no page should show them."""
    if isinstance(value, str):
        if holds_control_characters(value.replace("\r\n", "\n")) or "\ufffe" in value:
            yield f"{place}: it holds a control character; remove it."
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _check_texts(key, place or key)
            yield from _check_texts(one, f"{place}, {key}" if place else key)
    elif isinstance(value, list):
        for number, one in enumerate(value, 1):
            yield from _check_texts(one, f"{place} {number}")
