"""Cells of a table that are safe to open in a spreadsheet, and from which the text can be had back as it was written.

What begins like a formula, whatever invisible characters stand before it, has one apostrophe put before it; so has
what begins with an apostrophe itself. Who reads the table takes one apostrophe away where a text begins with one.
Numbers are numbers and stay as they are.
"""

import unicodedata
from typing import Any

# A cell that begins like this, blanks and invisible characters aside, is taken for a formula or a command somewhere.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
MARK = "'"
WHEN = "UTC, ISO 8601"
CODE = "delegation code"
CODES = "delegation codes, with blanks between"
CURSOR = "entries of the record to read to see the room at that moment"
ESCAPED = (
    "A text that begins with =, +, -, @, a tab, a new line or an apostrophe has one apostrophe put before it: no"
    " spreadsheet computes it. To have the text as it was written, take one apostrophe away. Numbers are as they are."
)


def _bare(text: str) -> str:
    """The text from its first visible character on."""
    for place, sign in enumerate(text):
        if not sign.isspace() and unicodedata.category(sign)[0] not in "ZC":
            return text[place:]
    return ""


def safe(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula; numbers stay numbers, nothing is an empty cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str) and any(text.startswith((*FORMULA, MARK)) for text in (value.lstrip(" "), _bare(value))):
        return MARK + value
    return value


def as_written(cell: str) -> str:
    """The text of which `safe` made a cell."""
    return cell.removeprefix(MARK)


def seconds(ms: int | None) -> float | None:
    """Milliseconds as seconds; None for None."""
    return None if ms is None else ms / 1000
