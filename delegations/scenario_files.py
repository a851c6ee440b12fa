"""Reading one scenario folder: everything in it, judged as a whole, or every problem with it at once.

A folder holds scenario.toml, a brief (brief.toml, or brief.md in format 1), issues.toml, agenda.toml, injects.toml,
history.toml, roadmap.toml and packs/<CODE>.toml. What is wrong keeps a folder out; what is merely absent does not:
`completeness` says what an exercise still lacks. Reading touches no database.
"""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from delegations import words
from delegations.entries import Entry, read_toml
from delegations.entries import ScenarioProblems as ScenarioProblems
from delegations.issue_files import read_issues
from delegations.moderator_files import read_injects, read_roadmap
from delegations.pack_files import read_packs
from delegations.paragraph_files import read_brief, read_history
from delegations.prepared import PreparedDelegation, PreparedRules, PreparedScenario, Sources
from delegations.table_files import read_agenda_file, read_delegations, read_rules

FILES: Final = (
    "scenario.toml",
    "brief.toml",
    "brief.md",
    "issues.toml",
    "agenda.toml",
    "injects.toml",
    "history.toml",
    "roadmap.toml",
)


@dataclass(frozen=True, slots=True)
class _Cover:
    """What scenario.toml says."""

    slug: str
    outline: bool
    frame: bool
    title: str
    moment: str
    summary: str
    papers: tuple[str, ...]
    rules: PreparedRules
    delegations: tuple[PreparedDelegation, ...]


def parse_scenario(folder: Path, *, papers: Collection[str]) -> PreparedScenario:
    """The scenario in `folder`; its sources may name `papers`, by slug. Raises ScenarioProblems."""
    scenario, problems = read_scenario(folder, papers=papers)
    if scenario is None or problems:
        raise ScenarioProblems(problems)
    return scenario


def read_scenario(folder: Path, *, papers: Collection[str]) -> tuple[PreparedScenario | None, list[str]]:
    """What can be read of `folder`, harmless values standing in for what is wrong, and every problem with it."""
    problems: list[str] = []
    whole = read_toml(folder / "scenario.toml", place="scenario.toml", problems=problems)
    if whole is None:
        return None, problems
    cover = _read_cover(whole, folder_name=folder.name, papers=papers)
    scenario = _read_folder(folder, cover, papers, problems)
    _report_strays(folder, problems)
    return scenario, problems


def _read_folder(folder: Path, cover: _Cover, papers: Collection[str], problems: list[str]) -> PreparedScenario:
    issues = read_issues(folder, papers=papers, problems=problems)
    options = {issue.key: tuple(option.key for option in issue.options) for issue in issues}
    codes = [delegation.code for delegation in cover.delegations if delegation.code]
    agenda = read_agenda_file(folder, issues=options, problems=problems)
    brief = read_brief(folder, papers=papers, problems=problems)
    history = read_history(folder, papers=papers, problems=problems)
    items = [item.key for item in agenda]
    injects = read_injects(folder, codes=codes, agenda=items, papers=papers, problems=problems)
    roadmap = read_roadmap(folder, codes=codes, papers=papers, problems=problems)
    packs = read_packs(folder, codes=codes, options=options, papers=papers, problems=problems)
    several = [one.sources for one in brief] + [one.sources for one in issues] + [one.sources for one in history]
    several += [one.sources for one in injects] + [one.sources for one in roadmap]
    several += [line.sources for pack in packs for line in pack.items]
    several += [position.sources for pack in packs for position in pack.positions]
    return PreparedScenario(
        slug=cover.slug,
        digest=digest(folder),
        folder_format=2 if (folder / "brief.toml").exists() else 1,
        outline=cover.outline,
        frame=cover.frame,
        title=cover.title,
        moment=cover.moment,
        summary=cover.summary,
        papers=tuple(dict.fromkeys([*cover.papers, *_papers_in(several)])),
        brief=brief,
        rules=cover.rules,
        delegations=cover.delegations,
        issues=issues,
        agenda=agenda,
        injects=injects,
        history=history,
        roadmap=roadmap,
        packs=packs,
    )


def _papers_in(sources: list[Sources]) -> list[str]:
    """The papers that are cited, in the order of the folder."""
    return [source.paper for several in sources for source in several if source.paper]


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


def _read_cover(entry: Entry, *, folder_name: str, papers: Collection[str]) -> _Cover:
    cover = _Cover(
        slug=entry.key("slug"),
        outline=entry.flag("outline"),
        frame=entry.flag("frame"),
        title=entry.text("title"),
        moment=entry.text("moment"),
        summary=entry.text("summary", most=words.TEXT),
        papers=entry.choices("papers", papers),
        rules=_read_format(entry.entry("format")),
        delegations=read_delegations(entry),
    )
    entry.close()
    if cover.slug and cover.slug != folder_name:
        entry.problem(f"`slug` is '{cover.slug}' but the folder is '{folder_name}'; make them the same.")
    return cover


def _read_format(entry: Entry) -> PreparedRules:
    rules = read_rules(entry)
    entry.close()
    return rules
