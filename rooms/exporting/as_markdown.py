"""A picture as Markdown: what somebody typed is escaped, so that it reads as it was typed wherever it is shown."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from rooms.debrief.marked import plain
from rooms.domain.wording import PLAIN, Run
from rooms.exporting.picture import Line, Part, Picture


def as_markdown(picture: Picture) -> str:
    """One page, ending in a newline."""
    blocks = [
        *_head(picture),
        *(_words(one) for one in picture.words),
        *(block for part in picture.parts for block in _part(part)),
        *_signatures(picture),
        *_attached(picture),
        *_pairs("Recorded vote", picture.vote),
        *_pairs("Capitals", picture.capitals),
        *_pairs("Brackets", picture.brackets),
        *_road_map(picture),
        "---",
        f"*{_words(picture.foot)}*",
    ]
    return "\n\n".join(blocks) + "\n"


def _head(picture: Picture) -> list[str]:
    meeting = ", ".join(filter(None, (picture.meeting, picture.occasion)))
    return [
        f"# {_words(picture.title)}",
        f"**{_words(picture.label)}**",
        f"*{_words(picture.status)}*",
        _words(meeting),
    ]


def _words(text: str) -> str:
    """Somebody's words with every sign escaped that Markdown or HTML would read as its own; lines stay lines."""
    return "<br>".join(plain(line) for line in text.split("\n"))


def _part(part: Part) -> list[str]:
    heading = [f"## {part.heading}"] if part.heading else []
    return [*heading, *(_line(line) for line in part.lines)]


def _line(line: Line) -> str:
    """A numbered paragraph. The number is typed out and escaped: a list would be counted anew by whoever shows it."""
    number = f"{_words(line.number)} " if line.number else ""
    notes = f"<sup>{', '.join(map(str, line.notes))}</sup>" if line.notes else ""
    return f"{number}{_runs(line.runs)}{notes}"


def _runs(runs: Sequence[Run]) -> str:
    """Brackets stand in bold by tags: stars would not open within a word, as in Chinese or Korean."""
    parts = []
    for is_plain, together in groupby(runs, key=lambda one: one.mark == PLAIN):
        words = "".join(_spaced(one.text) for one in together)
        parts.append(words if is_plain else f"<strong>{words}</strong>")
    return "".join(parts)


def _spaced(text: str) -> str:
    """Escaped like all words, with the spaces at its ends."""
    before = " " if text[:1].isspace() else ""
    after = " " if text.strip() and text[-1:].isspace() else ""
    return f"{before}{_words(text.strip())}{after}"


def _signatures(picture: Picture) -> list[str]:
    return [
        f"{_words(one.name)}{f' (*{_words(one.note)}*)' if one.note else ''}: \\_\\_\\_\\_\\_\\_\\_\\_\\_\\_"
        for one in picture.signatures
    ]


def _attached(picture: Picture) -> list[str]:
    blocks = ["## Reservations and statements"] if picture.attached else []
    for one in picture.attached:
        blocks += [f"{one.number}\\. **{_words(one.heading)}** ({one.date})", f"> {_words(one.text)}"]
    return blocks


def _pairs(title: str, rows: Sequence[tuple[str, str]]) -> list[str]:
    return [f"## {title}", _list(f"**{_words(name)}** {_words(value)}" for name, value in rows)] if rows else []


def _road_map(picture: Picture) -> list[str]:
    blocks = ["## Road map"] if picture.promises else []
    for one in picture.promises:
        blocks.append(f"**{_words(one.label)}** {_words(one.actor)}: {_words(one.act)} ({_words(one.when)})")
        if one.details:
            blocks.append(_list(f"{name}: {_words(value)}" for name, value in one.details))
    return blocks


def _list(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)
