"""Markdown: somebody's words made harmless, quotations, tables."""

import re
from collections.abc import Sequence

from rooms.debrief import wording

SPECIAL = re.compile(r"([\\`*_\[\]|~#$^])")
ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
# What makes a line a list, a rule or a heading if it stands at the beginning.
BEGINNING = re.compile(r"^([-+=]|\d+(?=[.)]))")


def plain(text: str) -> str:
    """Somebody's words on one line, with nothing in them that Markdown or HTML would read as its own."""
    flat = " ".join(text.split())
    for letter, entity in ENTITIES.items():
        flat = flat.replace(letter, entity)
    return BEGINNING.sub(_held, SPECIAL.sub(r"\\\1", flat))


def _held(match: re.Match[str]) -> str:
    """Markdown lets the sign be escaped, but not a digit: there it is the dot or bracket after it."""
    sign = match.group(1)
    return f"\\{sign}" if sign in "-+=" else f"{sign}\\"


def quoted(text: str) -> str:
    """Somebody's words as a quotation, line by line."""
    return "\n".join(f"> {plain(line)}".rstrip() for line in text.splitlines()) or ">"


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of cells that are safe already."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def clock(at: int | None) -> str:
    """To the second, for reading; UTC as everywhere."""
    return wording.instant(at)[:19].replace("T", " ")


def listed(lines: Sequence[str]) -> str:
    """A list of lines that are safe already."""
    return "\n".join(f"- {line}" for line in lines)
