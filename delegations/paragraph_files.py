"""Reading the two texts of a scenario folder: the brief that everybody reads, the history that the debrief tells.

A format-1 folder has its brief in brief.md, plain and without sources; a format-2 folder has brief.toml, where each
paragraph carries its own. Whether a source may be absent is not judged here.
"""

import re
from collections.abc import Collection
from pathlib import Path

from delegations import words
from delegations.entries import Entry, holds_control_characters, read_optional_toml
from delegations.prepared import PreparedParagraph
from delegations.sources import read_sources


def read_brief(folder: Path, *, papers: Collection[str], problems: list[str]) -> tuple[PreparedParagraph, ...]:
    if not (folder / "brief.toml").exists():
        return _read_plain(folder / "brief.md", problems)
    if (folder / "brief.md").exists():
        problems.append("brief.md: brief.toml takes its place; remove brief.md.")
    return _read_paragraphs(folder / "brief.toml", papers=papers, problems=problems)


def read_history(folder: Path, *, papers: Collection[str], problems: list[str]) -> tuple[PreparedParagraph, ...]:
    return _read_paragraphs(folder / "history.toml", papers=papers, problems=problems)


def _read_paragraphs(path: Path, *, papers: Collection[str], problems: list[str]) -> tuple[PreparedParagraph, ...]:
    whole = read_optional_toml(path, problems=problems)
    if whole is None:
        return ()
    paragraphs = tuple(_read_paragraph(entry, papers=papers) for entry in whole.entries("paragraph"))
    whole.close()
    if sum(len(paragraph.text) for paragraph in paragraphs) > words.BRIEF:
        whole.problem(f"it is longer than {words.BRIEF} characters; shorten it.")
    return paragraphs


def _read_paragraph(entry: Entry, *, papers: Collection[str]) -> PreparedParagraph:
    paragraph = PreparedParagraph(
        heading=entry.text("heading", required=False),
        text=entry.text("text", most=words.TEXT),
        sources=read_sources(entry, papers=papers, required=False),
    )
    entry.close()
    return paragraph


def _read_plain(path: Path, problems: list[str]) -> tuple[PreparedParagraph, ...]:
    """Plain paragraphs, parted by empty lines; line breaks inside one are only wrapping."""
    if not path.is_file():
        return ()
    try:
        text = path.read_text("utf-8").strip()
    except UnicodeDecodeError:
        problems.append("brief.md: the file is not UTF-8 text; save it as UTF-8.")
        return ()
    if len(text) > words.BRIEF:
        problems.append(f"brief.md: it has {len(text)} characters; shorten it to {words.BRIEF}.")
    if holds_control_characters(text):
        problems.append("brief.md: it holds a control character; remove it.")
    parts = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text) if part.strip()]
    return tuple(PreparedParagraph("", part, ()) for part in parts)
