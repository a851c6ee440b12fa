"""A picture as PDF, set by a template of our own that reads data: nothing that anybody typed is read as markup."""

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import typst

from rooms.exporting.picture import Line, Picture
from rooms.exporting.scripts import language_of, reads_from_right

TEMPLATE = Path(__file__).with_name("document.typ")
SHORT = 60  # characters of the title at the head of a page


def as_pdf(picture: Picture) -> bytes:
    """The same bytes for the same picture on the same machine: no date of its making stands in it."""
    return typst.compile(_template(), format="pdf", sys_inputs=_inputs(picture))


def as_pages(picture: Picture, ppi: int = 96) -> list[bytes]:
    """Each page as a PNG, for who wants to look at it."""
    made: Any = typst.compile(_template(), format="png", ppi=ppi, sys_inputs=_inputs(picture))
    return list(made) if isinstance(made, list) else [made]


def _inputs(picture: Picture) -> dict[str, str]:
    return {"picture": json.dumps(as_data(picture), ensure_ascii=False)}


@cache
def _template() -> bytes:
    return TEMPLATE.read_bytes()


def as_data(picture: Picture) -> dict[str, Any]:
    """What the template reads. Words that somebody typed come with their language and direction."""
    title = picture.title
    return {
        "title": title,
        "title_short": title if len(title) <= SHORT else f"{title[: SHORT - 1].rstrip()}…",
        "title_words": _spoken(title),
        "label": picture.label,
        "status": picture.status,
        "meeting": _spoken(picture.meeting),
        "occasion": _spoken(picture.occasion),
        "foot": picture.foot,
        "words": [_spoken(one) for one in picture.words],
        "parts": [{"heading": one.heading, "lines": [_line(line) for line in one.lines]} for one in picture.parts],
        "signatures": [{"name": _spoken(one.name), "note": one.note} for one in picture.signatures],
        "attached": [
            {"number": one.number, "heading": one.heading, "date": one.date, "words": _spoken(one.text)}
            for one in picture.attached
        ],
        "vote": _pairs(picture.vote),
        "capitals": _pairs(picture.capitals),
        "brackets": _pairs(picture.brackets),
        "promises": [
            {
                "label": one.label,
                "actor": one.actor,
                "act": _spoken(one.act),
                "details": _pairs(one.details),
                "when": _spoken(one.when),
            }
            for one in picture.promises
        ],
    }


def _spoken(text: str) -> dict[str, Any]:
    return {"text": text, "lang": language_of(text), "rtl": reads_from_right(text)}


def _line(line: Line) -> dict[str, Any]:
    runs = [{"text": one.text, "mark": one.mark} for one in line.runs]
    return {**_spoken(line.text), "number": line.number, "runs": runs, "notes": list(line.notes)}


def _pairs(rows: Iterable[tuple[str, str]]) -> list[list[Any]]:
    return [[name, _spoken(value)] for name, value in rows]
