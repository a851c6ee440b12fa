"""Putting what was typed into a document: one entry or one table at a time, and all that names it follows.

Works on a copy that the caller makes. Refuses only what no later page could put right.
"""

import re
from typing import Final

from django.utils.text import slugify

from delegations import words
from delegations.editing.document import Json, delegations
from delegations.editing.fields import MOST_ENTRIES
from delegations.editing.pages import AGENDA, COVER, DELEGATIONS, ISSUES, Page
from delegations.editing.renaming import rename_delegation, rename_issue, rename_item, rename_options
from delegations.editing.rows import changed
from delegations.entries import KEY_SHAPE
from delegations.table_files import CODE_SHAPE

LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"


class CannotSave(Exception):
    """Why not, as a sentence for the person who typed it."""


def put_table(document: Json, page: Page, typed: Json) -> None:
    """Put what was typed on a page that edits one table."""
    if page is COVER and not KEY_SHAPE.fullmatch(typed["slug"]):
        raise CannotSave("The short name must be small letters and digits, with single hyphens between; write one.")
    table = page.table(document)
    for key in {key for field in page.fields for key in field.keys} - typed.keys():
        table.pop(key, None)
    table.update(typed)


def put_entry(document: Json, page: Page, number: int | None, typed: Json) -> int:
    """Put an entry in its place (`number` from 1), or at the end where there is no such place. Returns its number."""
    entries = page.list(document)
    at = number - 1 if number and number <= len(entries) else len(entries)
    if at >= MOST_ENTRIES:
        raise CannotSave(f"There are {MOST_ENTRIES} entries already; remove one first.")
    before = entries[at] if at < len(entries) else None
    others = [entry for place, entry in enumerate(entries) if place != at]
    entry = dict(typed)
    if page is DELEGATIONS:
        _finish_delegation(document, entry, before, others)
    elif page.named_by == "id" and any("id" in field.keys for field in page.fields):
        entry["id"] = _free(entry.get("id") or f"{page.called}-{at + 1}", {one.get("id") for one in others})
    if page is ISSUES:
        entry["option"] = _finish_options(document, entry, before)
    if page in (ISSUES, AGENDA) and before and before.get("id") and before["id"] != entry["id"]:
        rename = rename_issue if page is ISSUES else rename_item
        rename(document, before["id"], entry["id"])
    entries[at : at + 1] = [entry]
    return at + 1


def change_order(document: Json, page: Page, deed: str, place: str) -> None:
    """Move or remove an entry; `place` counts from 0."""
    entries = page.list(document)
    entries[:] = changed(entries, deed, place)
    if page is DELEGATIONS:
        left = {one["code"] for one in entries}
        document["packs"] = {code: pack for code, pack in document["packs"].items() if code in left}


def first_of(page: Page, document: Json) -> Json:
    """What a new entry begins with."""
    if page is DELEGATIONS:
        taken = {one.get("hue") for one in delegations(document)}
        mark = next((mark for mark in range(words.MARKS) if mark not in taken), 0)
        return {"hue": mark, "pattern": mark, "seats": [{}]}
    if page is ISSUES:
        return {"option": [{}, {}, {}], "source": "design"}
    begun: Json = {"to": ["all"], "when": "manual"} if page.entries == "inject" else {}
    sourced = any("sources" in field.keys for field in page.fields)
    return {**begun, "sources": [{"paper": "", "locator": ""}]} if sourced else begun


def _finish_delegation(document: Json, entry: Json, before: Json | None, others: list[Json]) -> None:
    code = re.sub(r"[^A-Z]", "", entry["code"].upper())
    if not CODE_SHAPE.fullmatch(code):
        raise CannotSave("The monogram must be 2 to 6 letters from A to Z; write one.")
    if code in {one["code"] for one in others}:
        raise CannotSave(f"Another delegation has the monogram {code} already; choose another.")
    entry["code"] = code
    entry["seats"] = _finish_seats(code, entry.get("seats", []))
    if before is None:
        document["packs"].setdefault(code, {"who": ""})
    elif before["code"] != code:
        rename_delegation(document, before["code"], code)


def _finish_seats(code: str, seats: list[Json]) -> list[Json]:
    """Each with an id that begins with its delegation's monogram, as the rules of seats ask."""
    finished: list[Json] = []
    for seat in seats:
        written = str(seat.get("id", ""))
        fits = re.fullmatch(rf"{code}-[A-Z]+(?:-[0-9]+)?", written)
        taken = {one["id"] for one in finished} | {one.get("id") for one in seats if one is not seat}
        stem = f"{code}-{seat.get('kind') or 'EXP'}"
        free = (f"{stem}-{number}" for number in range(1, 100))
        own = written if fits else stem if stem not in taken else next(one for one in free if one not in taken)
        kept = {name: value for name, value in seat.items() if name != "was"}
        finished.append({**kept, "id": own})
    return finished


def _finish_options(document: Json, entry: Json, before: Json | None) -> list[Json]:
    rows = entry.get("option", [])
    taken = {row["id"] for row in rows if row.get("id")}
    finished: list[Json] = []
    names: dict[str, str] = {}
    for row in rows:
        own = slugify(row.get("id", "")) or next(letter for letter in LETTERS if letter not in taken)
        own = _free(own, {one["id"] for one in finished})
        taken.add(own)
        if row.get("was") and row["was"] != own:
            names[row["was"]] = own
        finished.append({"id": own, "label": row.get("label", ""), "detail": row.get("detail", "")})
    if names and before:
        rename_options(document, before.get("id", ""), names)
    return finished


def _free(key: str, taken: set[str | None]) -> str:
    """The key, or with a number behind it where another entry has it."""
    candidates = (key, *(f"{key}-{number}" for number in range(2, MOST_ENTRIES + 3)))
    return next(one for one in candidates if one not in taken)
