"""Reading one scenario folder: everything in it, judged as a whole, or every problem with it at once.

A folder holds scenario.toml, brief.md, issues.toml, agenda.toml and packs/<CODE>.toml. An outline (outline =
true) needs only scenario.toml; what else is there is judged all the same. Reading touches no database.
"""

import hashlib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from delegations import words
from delegations.entries import Entry, holds_control_characters, read_toml, report_repeats
from delegations.entries import ScenarioProblems as ScenarioProblems
from delegations.issue_files import read_issues
from delegations.pack_files import read_packs
from delegations.prepared import (
    PreparedAgendaItem,
    PreparedDelegation,
    PreparedFormat,
    PreparedScenario,
    PreparedSeat,
)
from delegations.words import AgendaKind, Attribution, DecisionRule, SeatKind

FILES: Final = ("scenario.toml", "brief.md", "issues.toml", "agenda.toml")
CODE_SHAPE: Final = re.compile(r"[A-Z]{2,6}")
FEWEST_DELEGATIONS: Final = 2


@dataclass(frozen=True, slots=True)
class _Cover:
    """What scenario.toml says."""

    slug: str
    outline: bool
    title: str
    moment: str
    summary: str
    format: PreparedFormat
    delegations: tuple[PreparedDelegation, ...]


def parse_scenario(folder: Path, *, papers: Collection[str]) -> PreparedScenario:
    """The scenario in `folder`; its sources may name `papers`, by slug. Raises ScenarioProblems."""
    problems: list[str] = []
    whole = read_toml(folder / "scenario.toml", place="scenario.toml", problems=problems)
    if whole is None:
        raise ScenarioProblems(problems)
    cover = _read_cover(whole, folder_name=folder.name)
    needed = not cover.outline
    issues = read_issues(folder, papers=papers, needed=needed, problems=problems)
    options = {issue.key: tuple(option.key for option in issue.options) for issue in issues}
    codes = [delegation.code for delegation in cover.delegations]
    scenario = PreparedScenario(
        slug=cover.slug,
        digest=digest(folder),
        outline=cover.outline,
        title=cover.title,
        moment=cover.moment,
        summary=cover.summary,
        brief=_read_brief(folder, needed=needed, problems=problems),
        format=cover.format,
        delegations=cover.delegations,
        issues=issues,
        agenda=_read_agenda(folder, issues=options, needed=needed, problems=problems),
        packs=read_packs(folder, codes=codes, options=options, papers=papers, needed=needed, problems=problems),
    )
    _report_strays(folder, problems)
    if problems:
        raise ScenarioProblems(problems)
    return scenario


def digest(folder: Path) -> str:
    """SHA-256 over names and contents of the folder's files; the same whatever line ends a checkout uses."""
    total = hashlib.sha256()
    for path in sorted(_own_files(folder), key=lambda path: path.relative_to(folder).as_posix()):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        total.update(f"{path.relative_to(folder).as_posix()}\n{len(content)}\n".encode())
        total.update(content)
    return total.hexdigest()


def _own_files(folder: Path) -> list[Path]:
    named = [folder / name for name in FILES]
    return [path for path in (*named, *folder.glob("packs/*.toml")) if path.is_file()]


def _report_strays(folder: Path, problems: list[str]) -> None:
    """A misspelt file name would otherwise be passed over in silence."""
    for path in sorted(folder.glob("*.toml")):
        if path.name not in FILES and not path.name.startswith("."):
            problems.append(f"{path.name}: a scenario has no such file; use one of: {', '.join(FILES)}.")


def _read_cover(entry: Entry, *, folder_name: str) -> _Cover:
    cover = _Cover(
        slug=entry.key("slug"),
        outline=entry.flag("outline"),
        title=entry.text("title"),
        moment=entry.text("moment"),
        summary=entry.text("summary", most=words.TEXT),
        format=_read_format(entry.entry("format")),
        delegations=_read_delegations(entry),
    )
    entry.close()
    if cover.slug and cover.slug != folder_name:
        entry.problem(f"`slug` is '{cover.slug}' but the folder is '{folder_name}'; make them the same.")
    return cover


def _read_format(entry: Entry) -> PreparedFormat:
    format_ = PreparedFormat(
        name=entry.text("name", most=words.LABEL),
        attribution=entry.choice("attribution", Attribution.values),
        decision=entry.choice("decision", DecisionRule.values),
        output=entry.text("output", most=words.LABEL),
        speech_seconds=entry.number("speech_seconds", least=10, most=words.MOST_SPEECH_SECONDS),
    )
    entry.close()
    return format_


def _read_delegations(cover: Entry) -> tuple[PreparedDelegation, ...]:
    read = [
        (entry, _read_delegation(entry)) for entry in cover.entries("delegations", named_by="code", called="delegation")
    ]
    report_repeats([(entry, delegation.code) for entry, delegation in read], what="code")
    # Hue and pattern are how a page, a print and a projector tell delegations apart: the pair must differ.
    marks = [(entry, f"hue {d.hue} with pattern {d.pattern}") for entry, d in read]
    report_repeats(marks, what="the mark")
    if len(read) < FEWEST_DELEGATIONS:
        cover.problem(f"there are {len(read)} delegations; write at least two under [[delegations]].")
    return tuple(delegation for _, delegation in read)


def _read_delegation(entry: Entry) -> PreparedDelegation:
    code = entry.key("code", shape=CODE_SHAPE, shape_in_words="2 to 6 capital letters")
    delegation = PreparedDelegation(
        code=code,
        name=entry.text("name", most=words.LABEL),
        full_name=entry.text("full_name"),
        hue=entry.number("hue", least=0, most=words.MARKS - 1),
        pattern=entry.number("pattern", least=0, most=words.MARKS - 1),
        optional=entry.flag("optional"),
        seats=_read_seats(entry, code=code),
    )
    entry.close()
    return delegation


def _read_seats(delegation: Entry, *, code: str) -> tuple[PreparedSeat, ...]:
    read = [(entry, _read_seat(entry, code=code)) for entry in delegation.entries("seats", called="seat")]
    report_repeats([(entry, seat.key) for entry, seat in read], what="id")
    if not read:
        delegation.problem("it has no seats; list at least one in `seats`.")
    return tuple(seat for _, seat in read)


def _read_seat(entry: Entry, *, code: str) -> PreparedSeat:
    # With its delegation's code in front, a seat's id is unique in the whole scenario.
    shape = re.compile(rf"{re.escape(code)}-[A-Z]+(?:-[0-9]+)?")
    seat = PreparedSeat(
        key=entry.key(shape=shape, shape_in_words=f"the delegation, the kind, a number: {code}-EXP-1"),
        kind=entry.choice("kind", SeatKind.values),
        title=entry.text("title", most=words.LABEL),
    )
    entry.close()
    return seat


def _read_brief(folder: Path, *, needed: bool, problems: list[str]) -> tuple[str, ...]:
    """Plain paragraphs, parted by empty lines; line breaks inside one are only wrapping."""
    path = folder / "brief.md"
    if not path.is_file():
        if needed:
            problems.append("brief.md: the file is missing; write what everybody at the table knows.")
        return ()
    try:
        text = path.read_text("utf-8").strip()
    except UnicodeDecodeError:
        problems.append("brief.md: the file is not UTF-8 text; save it as UTF-8.")
        return ()
    if needed and not text:
        problems.append("brief.md: the file is empty; write what everybody at the table knows.")
    if len(text) > words.BRIEF:
        problems.append(f"brief.md: it has {len(text)} characters; shorten it to {words.BRIEF}.")
    if holds_control_characters(text):
        problems.append("brief.md: it holds a control character; remove it.")
    return tuple(" ".join(part.split()) for part in re.split(r"\n\s*\n", text) if part.strip())


def _read_agenda(
    folder: Path, *, issues: Mapping[str, Collection[str]], needed: bool, problems: list[str]
) -> tuple[PreparedAgendaItem, ...]:
    path = folder / "agenda.toml"
    if not needed and not path.exists():
        return ()
    whole = read_toml(path, place="agenda.toml", problems=problems)
    if whole is None:
        return ()
    read = [(entry, _read_agenda_item(entry, issues=issues)) for entry in whole.entries("item")]
    whole.close()
    report_repeats([(entry, item.key) for entry, item in read], what="id")
    if needed and not read:
        whole.problem("there are no items; write at least one under [[item]].")
    return tuple(item for _, item in read)


def _read_agenda_item(entry: Entry, *, issues: Mapping[str, Collection[str]]) -> PreparedAgendaItem:
    item = PreparedAgendaItem(
        key=entry.key(),
        title=entry.text("title"),
        kind=entry.choice("kind", AgendaKind.values),
        minutes=entry.number("minutes", least=1, most=words.MOST_MINUTES),
        attribution=entry.choice("attribution", Attribution.values, required=False),
        may_speak=entry.choices("may_speak", SeatKind.values),
        issue=entry.choice("issue", issues, required=False),
        presenters=entry.choices("presenters", SeatKind.values),
    )
    entry.close()
    return item
