"""A report as PDF, set by a template of our own that reads data: nothing that anybody typed is read as markup. Also its
pictures as images, for the formats that cannot hold a drawing."""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

import typst

from rooms.exporting.blocks import Block, Figure, Heading, Listing, Paper, Quote, Section, Table, Wordings, Words
from rooms.exporting.scripts import can_break, language_of, reads_from_right, settled

TEMPLATE: Final = Path(__file__).with_name("report.typ")
IMAGES: Final = b"""
#set page(width: 160mm, height: auto, margin: 0pt, fill: white)
#for (n, one) in json(bytes(sys.inputs.drawings)).enumerate() {
  if n > 0 { pagebreak() }
  image(bytes(one), format: "svg", width: 160mm)
}
"""
DOTS: Final = 200  # per inch
SHORT: Final = 70  # characters of the title at the head of a page
LONG: Final = 500  # characters from which a row of a table may run over to the next page
LEADS_TO: Final = (Table, Wordings, Figure, Listing)  # a sentence does not stand on the page before these
TOGETHER: Final = 900  # characters of a table up to which it stands on one page


def as_pdf(paper: Paper) -> bytes:
    """The same bytes for the same report on the same machine: no date of its making stands in it."""
    return typst.compile(_template(), format="pdf", sys_inputs=_inputs(paper))


def as_pages(paper: Paper, ppi: int = 96) -> list[bytes]:
    """Each page as a PNG, for who wants to look at it."""
    made: Any = typst.compile(_template(), format="png", ppi=ppi, sys_inputs=_inputs(paper))
    return list(made) if isinstance(made, list) else [made]


def as_images(figures: Sequence[Figure]) -> list[bytes]:
    """Pictures as PNG, 160 mm wide."""
    if not figures:
        return []
    drawings = json.dumps([one.svg for one in figures], ensure_ascii=False)
    made: Any = typst.compile(IMAGES, format="png", ppi=DOTS, sys_inputs={"drawings": drawings})
    return list(made) if isinstance(made, list) else [made]


def _inputs(paper: Paper) -> dict[str, str]:
    return {"paper": json.dumps(as_data(paper), ensure_ascii=False)}


@cache
def _template() -> bytes:
    return TEMPLATE.read_bytes()


def as_data(paper: Paper) -> dict[str, Any]:
    """What the template reads."""
    title = settled(paper.title)
    return {
        "title": title,
        "title_short": _told(title if len(title) <= SHORT else f"{title[: SHORT - 1].rstrip()}…"),
        "eyebrow": _told(paper.eyebrow),
        "headline": _told(paper.headline),
        "standfirst": _told(paper.standfirst),
        "notice": paper.notice,
        "record": paper.record,
        "record_words": paper.record_words,
        "figures": [[str(n), words] for n, words in paper.figures],
        "facts": [[_told(name), _told(words)] for name, words in paper.facts],
        "sections": [_section(one) for one in paper.sections],
        "foot": _told(paper.foot),
    }


def _section(section: Section) -> dict[str, Any]:
    behind = [*section.blocks[1:], None]
    blocks = [_block(one, following) for one, following in zip(section.blocks, behind, strict=True)]
    if len(blocks) > 1 and isinstance(section.blocks[0], Words):
        blocks[0]["sticky"] = True
    return {"id": section.id, "name": section.name, "finding": _told(section.finding), "blocks": blocks}


def _block(block: Block, following: Block | None) -> dict[str, Any]:
    match block:
        case Heading(words):
            return {"kind": "heading", "words": _told(words)}
        case Words(words, hint):
            return {
                "kind": "words",
                "words": _told(words),
                "hint": hint,
                "sticky": isinstance(following, LEADS_TO),
            }
        case Listing(lines):
            return {"kind": "listing", "lines": [_told(one) for one in lines]}
        case Quote(words, by):
            return {"kind": "quote", "words": _told(words), "by": _told(by), "long": len(words) > LONG * 3}
        case Wordings(rows):
            keys = ("number", "words", "note")
            named = [dict(zip(keys, map(_told, row), strict=True)) | {"long": _runs_on(row)} for row in rows]
            return {"kind": "wordings", "rows": named}
        case Table():
            return {
                "kind": "table",
                "header": [_told(one) for one in block.header],
                "rows": [{"cells": [_told(one) for one in row], "long": _runs_on(row)} for row in block.rows],
                "whole": sum(len(one) for row in block.rows for one in row) < TOGETHER,
                "widths": block.widths,
                "figures": block.figures,
                "said": block.said,
                "titled": block.titled,
            }
        case Figure(svg, says, caption, width):
            return {"kind": "figure", "svg": svg, "says": says, "caption": _told(caption), "width": width}


def _runs_on(row: Sequence[str]) -> bool:
    return max(map(len, row)) > LONG or sum(one.count("\n") for one in row) > LONG // 20


def _told(text: str) -> str | dict[str, Any]:
    """A text that a line can break in; with its language and direction where these are not the report's own."""
    words, language, right = can_break(settled(text)), language_of(text), reads_from_right(text)
    return {"text": words, "lang": language, "rtl": right} if right or language != "en" else words
