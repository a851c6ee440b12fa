"""Reading the briefing packs of a scenario folder: a file per delegation, every sentence with its source."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from delegations import words
from delegations.entries import Entry, read_toml, report_repeats
from delegations.pack_items import Around, read_items
from delegations.prepared import PreparedPack, PreparedPosition
from delegations.sources import read_sources


def read_packs(
    folder: Path,
    *,
    codes: Sequence[str],
    options: Mapping[str, Sequence[str]],
    papers: Collection[str],
    problems: list[str],
) -> tuple[PreparedPack, ...]:
    """Packs in the order of the delegations (`codes`). `options`: the option ids of each issue id."""
    found = {path.stem for path in folder.glob("packs/*.toml")}
    for code in sorted(found - set(codes)):
        problems.append(f"packs/{code}.toml: there is no delegation '{code}'; rename the file or add the delegation.")
    packs = []
    for code in codes:
        place = f"packs/{code}.toml"
        whole = read_toml(folder / place, place=place, problems=problems) if code in found else None
        if whole is not None:
            others = [other for other in codes if other != code]
            packs.append(_read_pack(whole, code=code, around=Around(others, options, papers)))
    return tuple(packs)


def _read_pack(whole: Entry, *, code: str, around: Around) -> PreparedPack:
    pack = PreparedPack(
        code=code,
        who=whole.text("who", most=words.TEXT),
        items=read_items(whole, around),
        positions=_read_positions(whole, around),
    )
    whole.close()
    return pack


def _read_positions(whole: Entry, around: Around) -> tuple[PreparedPosition, ...]:
    read = [(entry, _read_position(entry, around)) for entry in whole.entries("position", named_by="issue")]
    report_repeats([(entry, position.issue) for entry, position in read], what="the position on issue")
    report_repeats([(entry, str(position.priority)) for entry, position in read], what="priority")
    return tuple(position for _, position in read)


def _read_position(entry: Entry, around: Around) -> PreparedPosition:
    issue = entry.choice("issue", around.options)
    # Without a known issue its options cannot be judged: that one problem is enough.
    known = around.options.get(issue) or _as_written(entry)
    position = PreparedPosition(
        issue=issue,
        preferred=entry.choice("preferred", known),
        acceptable=entry.choices("acceptable", known),
        red_lines=entry.choices("red_lines", known),
        priority=entry.number("priority", least=1, most=max(len(around.options), 1)),
        text=entry.text("text", most=words.TEXT),
        conditions=entry.text("conditions", most=words.TEXT, required=False),
        fallback=entry.text("fallback", most=words.TEXT, required=False),
        sources=read_sources(entry, papers=around.papers),
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
