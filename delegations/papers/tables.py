"""Reading tables into cells: Markdown pipes, tabs, HTML, and HTML lists inside cells.

A cell that holds a list gives one piece for each of its items; a row without lists gives one piece for the whole
row. What the pieces are called is decided elsewhere.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

ITEM: Final = re.compile(r"<li\b[^<>]*>(.*?)(?=</li>|<li\b|</[uo]l>|$)", re.IGNORECASE | re.DOTALL)
ROW: Final = re.compile(r"<tr\b[^<>]*>(.*?)(?=</tr>|<tr\b|$)", re.IGNORECASE | re.DOTALL)
CELL: Final = re.compile(r"<t[hd]\b[^<>]*>(.*?)(?=</t[hd]>|<t[hd]\b|</tr>|$)", re.IGNORECASE | re.DOTALL)
DIVIDER: Final = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
CAPTION: Final = re.compile(r"(?:<[^<>]{3,200}>|(?:Table|Figure)\s+[\dIVX]+\b.{0,200})$", re.IGNORECASE)
BULLETS: Final = "*•- \u25cf"
FEWEST_TABS: Final = 2


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    path: tuple[str, ...]  # row and column headings, and the number within them where there are several


def is_table(lines: Sequence[str]) -> bool:
    """Whether these lines, taken together, are one table."""
    if re.search(r"<table\b", lines[0], re.IGNORECASE):
        return True
    if len(lines) < 2:
        return False
    if all(line.lstrip().startswith("|") for line in lines):
        return True
    return sum("\t" in line.strip("\r\n ") for line in lines) >= max(FEWEST_TABS, 0.8 * len(lines))


def is_caption(text: str) -> bool:
    """Whether a line names the table under it: "Table 2 ...", or "<...>" as some presses set it."""
    return bool(CAPTION.fullmatch(text.strip()))


def caption_name(text: str) -> str:
    return text.strip().strip("<>").strip()


def read_cells(lines: Sequence[str]) -> list[Cell]:
    grid = _grid(lines)
    if not grid:
        return []
    head, *rows = grid
    if not rows:
        head, rows = [""] * len(head), [head]
    with_lists = any(ITEM.search(cell) for row in rows for cell in row)
    cells: list[Cell] = []
    for number, row in enumerate(rows, 1):
        name = _plain(row[0]) if row else ""
        if with_lists:
            cells += _listed(row, head, name or f"row {number}")
        else:
            cells.append(Cell(_whole_row(row, head), (f"row {number}",)))
    return cells


def _listed(row: list[str], head: list[str], name: str) -> list[Cell]:
    cells: list[Cell] = []
    for place, cell in enumerate(row[1:], 1):
        column = _plain(head[place]) if place < len(head) else f"column {place + 1}"
        items = ITEM.findall(cell) or [cell]
        cells += [
            Cell(_plain(item), (name, column, str(number))) for number, item in enumerate(items, 1) if _plain(item)
        ]
    return cells


def _whole_row(row: list[str], head: list[str]) -> str:
    """A row as it is read aloud: "Japan: Short-term: lifts; Long-term: talks"."""
    named = [
        f"{_plain(head[place])}: {_plain(cell)}" if place < len(head) and _plain(head[place]) else _plain(cell)
        for place, cell in enumerate(row)
        if _plain(cell)
    ]
    return "; ".join(named)


def _grid(lines: Sequence[str]) -> list[list[str]]:
    if re.search(r"<table\b", lines[0], re.IGNORECASE):
        return [CELL.findall(row) for row in ROW.findall("\n".join(lines))]
    if lines[0].lstrip().startswith("|"):
        return [
            [cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines if not DIVIDER.match(line)
        ]
    return [line.split("\t") for line in lines]


def _plain(cell: str) -> str:
    return " ".join(re.sub(r"<[^<>]*>", " ", cell).split()).lstrip(BULLETS)
