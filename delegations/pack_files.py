"""Reading the briefing packs of a scenario folder: a file per delegation, every sentence with its source."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from delegations import words
from delegations.entries import Entry, read_toml, report_repeats
from delegations.prepared import PreparedPack, PreparedPackItem, PreparedPosition
from delegations.sources import read_source
from delegations.words import PackItemKind


def read_packs(
    folder: Path,
    *,
    codes: Sequence[str],
    options: Mapping[str, Sequence[str]],
    papers: Collection[str],
    needed: bool,
    problems: list[str],
) -> tuple[PreparedPack, ...]:
    """Packs in the order of the delegations (`codes`). `options`: the option ids of each issue id."""
    found = {path.stem: path for path in sorted(folder.glob("packs/*.toml"))}
    for code in found.keys() - set(codes):
        problems.append(f"packs/{code}.toml: there is no delegation '{code}'; rename the file or add the delegation.")
    packs = []
    for code in codes:
        if code in found or (needed and code):
            place = f"packs/{code}.toml"
            whole = read_toml(folder / place, place=place, problems=problems)
            if whole is not None:
                packs.append(_read_pack(whole, code=code, options=options, papers=papers))
    return tuple(packs)


def _read_pack(
    whole: Entry, *, code: str, options: Mapping[str, Sequence[str]], papers: Collection[str]
) -> PreparedPack:
    pack = PreparedPack(
        code=code,
        who=whole.text("who", most=words.TEXT),
        items=tuple(
            _read_item(entry, kind=kind, papers=papers)
            for kind in PackItemKind.values
            for entry in whole.entries(kind, called=kind.replace("_", " "))
        ),
        positions=_read_positions(whole, options=options, papers=papers),
    )
    whole.close()
    return pack


def _read_item(entry: Entry, *, kind: str, papers: Collection[str]) -> PreparedPackItem:
    item = PreparedPackItem(
        kind=kind, text=entry.text("text", most=words.TEXT), source=read_source(entry, papers=papers)
    )
    entry.close()
    return item


def _read_positions(
    whole: Entry, *, options: Mapping[str, Sequence[str]], papers: Collection[str]
) -> tuple[PreparedPosition, ...]:
    read = [
        (entry, _read_position(entry, options=options, papers=papers))
        for entry in whole.entries("position", named_by="issue")
    ]
    report_repeats([(entry, position.issue) for entry, position in read], what="the position on issue")
    report_repeats([(entry, str(position.priority)) for entry, position in read], what="priority")
    return tuple(position for _, position in read)


def _read_position(entry: Entry, *, options: Mapping[str, Sequence[str]], papers: Collection[str]) -> PreparedPosition:
    issue = entry.choice("issue", options)
    # Without a known issue its options cannot be judged: that one problem is enough.
    known = options.get(issue) or _as_written(entry)
    position = PreparedPosition(
        issue=issue,
        preferred=entry.choice("preferred", known),
        acceptable=entry.choices("acceptable", known),
        red_lines=entry.choices("red_lines", known),
        priority=entry.number("priority", least=1, most=max(len(options), 1)),
        text=entry.text("text", most=words.TEXT),
        source=read_source(entry, papers=papers),
    )
    entry.close()
    _judge_mandate(entry, position)
    return position


def _as_written(entry: Entry) -> list[str]:
    named: list[object] = []
    for name in ("preferred", "acceptable", "red_lines"):
        value = entry.table.get(name)
        named += value if isinstance(value, list) else [value]
    return [name for name in named if isinstance(name, str)]


def _judge_mandate(entry: Entry, position: PreparedPosition) -> None:
    """A mandate must not contradict itself: a student could not play it."""
    if position.preferred and position.preferred not in position.acceptable:
        entry.problem(f"`preferred` is '{position.preferred}', which `acceptable` lacks; add it there.")
    for option in position.red_lines:
        if option in position.acceptable:
            entry.problem(f"'{option}' is both acceptable and a red line; keep it in one of the two.")
