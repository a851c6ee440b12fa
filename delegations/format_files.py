"""Reading the formats that any scenario can run in: one file each, rules and an agenda template."""

from pathlib import Path

from delegations import words
from delegations.entries import Entry, ScenarioProblems, read_toml
from delegations.prepared import PreparedFormat
from delegations.table_files import CODE_SHAPE, read_agenda, read_rules
from delegations.words import SeatKind


def parse_formats(folder: Path) -> tuple[PreparedFormat, ...]:
    """Every format of the folder, by file name. Raises ScenarioProblems with everything wrong in them."""
    problems: list[str] = []
    formats = []
    for path in sorted(folder.glob("[!._]*.toml")):
        whole = read_toml(path, place=f"formats/{path.name}", problems=problems)
        if whole is not None:
            formats.append(_read_format(whole, file_name=path.stem))
    if problems:
        raise ScenarioProblems(problems)
    return tuple(formats)


def _read_format(whole: Entry, *, file_name: str) -> PreparedFormat:
    format_ = PreparedFormat(
        slug=whole.key("slug"),
        summary=whole.text("summary", most=words.TEXT),
        rules=read_rules(whole),
        delegations=_read_codes(whole),
        seat_kinds=whole.choices("seat_kinds", SeatKind.values),
        agenda=read_agenda(whole, issues=()),
    )
    whole.close()
    if format_.slug and format_.slug != file_name:
        whole.problem(f"`slug` is '{format_.slug}' but the file is '{file_name}.toml'; make them the same.")
    if not format_.rules.rules:
        whole.problem("`rules` is missing; say in plain sentences what a student must know of this format.")
    if not format_.agenda:
        whole.problem("there are no items; write at least one under [[item]].")
    return format_


def _read_codes(whole: Entry) -> tuple[str, ...]:
    """Codes that a scenario may or may not have; here only their shape can be judged."""
    codes = whole.texts("delegations", most=words.KEY)
    for code in codes:
        if not CODE_SHAPE.fullmatch(code):
            whole.problem(f"`delegations` names '{code}'; use 2 to 6 capital letters.")
    return codes
