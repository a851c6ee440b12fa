"""The figures of a run as a table: for people to read, and as Markdown for the README."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """One line: what was measured, the figure, what it should be ("" if nothing was promised), and whether it is."""

    what: str
    figure: str
    target: str = ""
    met: bool | None = None


def ratio(what: str, found: float, least: float, words: str = "") -> Row:
    return Row(what, f"{found:.2f}" + (f" ({words})" if words else ""), f"at least {least:g}", found >= least)


def at_most(what: str, found: float, most: float, unit: str, words: str = "", *, digits: int = 0) -> Row:
    figure = f"{found:,.{digits}f} {unit}" + (f" ({words})" if words else "")
    return Row(what, figure, f"under {most:g} {unit}", found < most)


def at_least(what: str, found: float, least: float, unit: str, words: str = "") -> Row:
    return Row(what, f"{found:,.0f} {unit}" + (f" ({words})" if words else ""), f"at least {least:g}", found >= least)


def ms(found: Mapping[str, Any]) -> str:
    """A `Spread` as it was stored, in words."""
    p50, p99, most = (found[key] * 1000 for key in ("p50", "p99", "most"))
    return f"p50 {p50:.1f} ms, p99 {p99:.1f} ms, max {most:.0f} ms"


def _judged(row: Row) -> str:
    return "" if row.met is None else "yes" if row.met else "no"


def plain(parts: Mapping[str, Iterable[Row]]) -> str:
    """For a terminal: a heading for each part, a line for each figure."""
    rows = [row for part in parts.values() for row in part]
    wide = max((len(row.what) for row in rows), default=0)
    lines = []
    for name, part in parts.items():
        lines.append(f"{name}   (make bench ARGS='--only {name}')")
        for row in part:
            target = f"   [{row.target}: {_judged(row)}]" if row.target else ""
            lines.append(f"  {row.what.ljust(wide)}  {row.figure}{target}")
        lines.append("")
    return "\n".join(lines)


def markdown(parts: Mapping[str, Iterable[Row]]) -> str:
    """For the README: one table, the command beside the first figure of each part."""
    lines = ["| what | measured | target | met | command |", "|---|---|---|---|---|"]
    for name, part in parts.items():
        for number, row in enumerate(part):
            command = "" if number else f"`make bench ARGS='--only {name}'`"
            cells = (row.what, row.figure, row.target, _judged(row), command)
            lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines)
