"""Reading the lines of a briefing pack, kind by kind: what a plain one has, and what only its kind has."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from delegations import words
from delegations.entries import Entry, report_repeats
from delegations.prepared import PreparedPackItem
from delegations.sources import read_sources
from delegations.words import PackItemKind

FEWEST_ANSWERS: Final = 3
MOST_ANSWERS: Final = 4


@dataclass(frozen=True, slots=True)
class Around:
    """What a pack's lines may name: the other delegations, the options of each issue, the papers."""

    others: Sequence[str]
    options: Mapping[str, Sequence[str]]
    papers: Collection[str]


Read = Callable[[Entry, Around], tuple[str, dict[str, Any]]]


def read_items(pack: Entry, around: Around) -> tuple[PreparedPackItem, ...]:
    """Every line of the pack, kind after kind, in the order of the file within each kind."""
    return tuple(item for kind in PackItemKind.values for item in _read_kind(pack, kind, around))


def _read_kind(pack: Entry, kind: str, around: Around) -> list[PreparedPackItem]:
    named_by, read = KINDS.get(kind, ("", _plain))
    found = []
    for entry in pack.entries(kind, named_by=named_by, called=kind.replace("_", " ")):
        text, extra = read(entry, around)
        found.append((entry, PreparedPackItem(kind, text, read_sources(entry, papers=around.papers), extra)))
        entry.close()
    if named_by:
        report_repeats([(entry, item.extra[named_by]) for entry, item in found], what=f"`{named_by}`")
    return [item for _, item in found]


def _plain(entry: Entry, _around: Around) -> tuple[str, dict[str, Any]]:
    return entry.text("text", most=words.TEXT), {}


def _relation(entry: Entry, around: Around) -> tuple[str, dict[str, Any]]:
    return entry.text("text", most=words.TEXT), {"to": entry.choice("to", around.others)}


def _constituency(entry: Entry, around: Around) -> tuple[str, dict[str, Any]]:
    accepts, punishes = (_options_by_issue(entry, name, around) for name in ("accepts", "punishes"))
    extra = {
        "name": entry.text("name"),
        "weight": entry.number("weight", least=1, most=words.WEIGHTS),
        "accepts": accepts,
        "punishes": punishes,
    }
    for issue, accepted in accepts.items():
        for option in accepted:
            if option in punishes.get(issue, ()):
                entry.problem(f"it both accepts and punishes '{option}' on {issue}; keep it in one of the two.")
    return entry.text("text", most=words.TEXT), extra


def _options_by_issue(constituency: Entry, name: str, around: Around) -> dict[str, list[str]]:
    value = constituency.raw(name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        constituency.problem(f'`{name}` must be a table such as {{some-issue = ["a", "b"]}}.')
        return {}
    table = Entry(value, place=f"{constituency.place}, {name}", problems=constituency.problems)
    for issue in value.keys() - around.options.keys():
        table.problem(f"there is no issue '{issue}'; use one of: {', '.join(around.options) or 'none yet'}.")
    return {issue: list(table.choices(issue, around.options[issue])) for issue in value if issue in around.options}


def _figure(entry: Entry, _around: Around) -> tuple[str, dict[str, Any]]:
    return entry.text("value", most=words.TEXT), {"label": entry.text("label", most=words.LOCATOR)}


def _question(entry: Entry, _around: Around) -> tuple[str, dict[str, Any]]:
    options = entry.texts("options", most=words.LOCATOR)
    if not FEWEST_ANSWERS <= len(options) <= MOST_ANSWERS:
        entry.problem(f"`options` has {len(options)} answers; write {FEWEST_ANSWERS} or {MOST_ANSWERS}.")
    if len(set(options)) < len(options):
        entry.problem("`options` has the same answer twice; each must be different.")
    extra = {
        "options": list(options),
        "answer": entry.number("answer", least=0, most=max(len(options) - 1, 0)),
        "why": entry.text("why", most=words.TEXT),
    }
    return entry.text("question", most=words.TEXT), extra


# For each kind that has more than a text: the key that no two of its entries share, and how to read it.
KINDS: Final[Mapping[str, tuple[str, Read]]] = {
    PackItemKind.RELATION.value: ("to", _relation),
    PackItemKind.CONSTITUENCY.value: ("name", _constituency),
    PackItemKind.FIGURE.value: ("label", _figure),
    PackItemKind.QUESTION.value: ("", _question),
}
