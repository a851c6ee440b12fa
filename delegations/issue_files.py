"""Reading the issues of a scenario folder: questions, each with its options in order along an axis."""

from collections.abc import Collection
from pathlib import Path

from delegations import words
from delegations.entries import Entry, read_optional_toml, report_repeats
from delegations.prepared import PreparedIssue, PreparedOption
from delegations.sources import read_sources


def read_issues(folder: Path, *, papers: Collection[str], problems: list[str]) -> tuple[PreparedIssue, ...]:
    """Every issue, or none where there is no such file."""
    whole = read_optional_toml(folder / "issues.toml", problems=problems)
    if whole is None:
        return ()
    read = [(entry, _read_issue(entry, papers=papers)) for entry in whole.entries("issue")]
    whole.close()
    report_repeats([(entry, issue.key) for entry, issue in read], what="id")
    return tuple(issue for _, issue in read)


def _read_issue(entry: Entry, *, papers: Collection[str]) -> PreparedIssue:
    issue = PreparedIssue(
        key=entry.key(),
        title=entry.text("title"),
        question=entry.text("question", most=words.LOCATOR),
        axis=entry.text("axis", most=words.LOCATOR),
        sources=read_sources(entry, papers=papers),
        options=_read_options(entry),
    )
    entry.close()
    return issue


def _read_options(issue: Entry) -> tuple[PreparedOption, ...]:
    read = [(entry, _read_option(entry)) for entry in issue.entries("option")]
    report_repeats([(entry, option.key) for entry, option in read], what="id")
    if not words.FEWEST_OPTIONS <= len(read) <= words.MOST_OPTIONS:
        issue.problem(
            f"it has {len(read)} options; write {words.FEWEST_OPTIONS} to {words.MOST_OPTIONS}, "
            "in order along the axis."
        )
    return tuple(option for _, option in read)


def _read_option(entry: Entry) -> PreparedOption:
    option = PreparedOption(
        key=entry.key(),
        label=entry.text("label", most=words.LABEL),
        detail=entry.text("detail", most=words.TEXT),
    )
    entry.close()
    return option
