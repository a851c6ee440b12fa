"""What an exercise still lacks for play, as sentences for the person who writes it. Wrong is another matter:
that keeps a folder out (`scenario_files`); what stands here never does.

Of a format-1 folder, and of a frame that a teacher fills, only what a room cannot do without is asked.
"""

from collections.abc import Iterator
from typing import Final

from delegations import words
from delegations.prepared import PreparedPack, PreparedScenario
from delegations.words import PackItemKind

FEWEST_ISSUES: Final = 6
FEWEST_INJECTS: Final = 8
FEWEST_HISTORY: Final = 6
FEWEST_BRIEF_WORDS: Final = 800  # two pages are 900 to 1,200
FEWEST_CONSTITUENCIES: Final = 3
MOST_CONSTITUENCIES: Final = 5
FEWEST_QUESTIONS: Final = 5
SECTIONS: Final = {
    PackItemKind.INTEREST: "interests",
    PackItemKind.RED_LINE: "red lines",
    PackItemKind.KNOWS: "lines on what it knows that others do not",
    PackItemKind.CONSTRAINT: "constraints",
    PackItemKind.TALKING_POINT: "talking points",
    PackItemKind.FIGURE: "facts and figures",
    PackItemKind.RECOMMENDATION: "lines on what the paper recommends to it",
}


def lacking_to_open(scenario: PreparedScenario) -> tuple[str, ...]:
    """What no room can do without."""
    return tuple(_lacking_to_open(scenario))


def missing_for_play(scenario: PreparedScenario) -> tuple[str, ...]:
    """Everything that a complete exercise has and this one has not."""
    missing = list(lacking_to_open(scenario))
    if scenario.folder_format > 1 and not scenario.frame:
        missing += [*_missing_in_common(scenario), *_missing_agreement(scenario)]
        missing += [sentence for pack in scenario.packs for sentence in _missing_in_pack(pack, scenario)]
    return tuple(missing)


def _lacking_to_open(scenario: PreparedScenario) -> Iterator[str]:
    if not scenario.brief:
        yield "brief.toml: there is no brief; write what everybody at the table knows."
    if not scenario.issues:
        yield "issues.toml: there are no issues; write at least one under [[issue]]."
    if not scenario.agenda:
        yield "agenda.toml: there are no items; write at least one under [[item]]."
    written = {pack.code for pack in scenario.packs}
    for delegation in scenario.delegations:
        if delegation.code not in written:
            yield f"packs/{delegation.code}.toml: {delegation.name} has no pack; write one."


def _missing_in_common(scenario: PreparedScenario) -> Iterator[str]:
    if not scenario.rules.rules:
        yield "scenario.toml, format: there are no `rules`; say in plain sentences what a student must know."
    if scenario.brief:
        yield from _missing_in_brief(scenario)
    for name, what, count, fewest in (
        ("issues.toml", "issues", len(scenario.issues), FEWEST_ISSUES),
        ("injects.toml", "injects", len(scenario.injects), FEWEST_INJECTS),
        ("history.toml", "paragraphs of what in fact happened", len(scenario.history), FEWEST_HISTORY),
    ):
        if count < fewest:
            yield f"{name}: there are {count} {what}; write at least {fewest}."
    for number, paragraph in enumerate(scenario.history, 1):
        if not paragraph.sources:
            yield f"history.toml, paragraph {number}: it has no source; say where this is known from."


def _missing_in_brief(scenario: PreparedScenario) -> Iterator[str]:
    count = sum(len(paragraph.text.split()) for paragraph in scenario.brief)
    if count < FEWEST_BRIEF_WORDS:
        yield f"brief.toml: it has {count} words; two pages, at least {FEWEST_BRIEF_WORDS}, carry a seminar."
    for number, paragraph in enumerate(scenario.brief, 1):
        if not paragraph.sources:
            yield f'brief.toml, paragraph {number}: it has no source; give one, or write source = "design".'


def _missing_agreement(scenario: PreparedScenario) -> Iterator[str]:
    """An exercise needs something that all can agree on, and something that they cannot yet."""
    shared = []
    for issue in scenario.issues:
        accepted = [set(one.acceptable) for pack in scenario.packs for one in pack.positions if one.issue == issue.key]
        if accepted and len(accepted) == len(scenario.delegations):
            shared.append(bool(set.intersection(*accepted)))
    if shared and not any(shared):
        yield "packs: on no issue is there an option that all delegations accept; give them one to find."
    if shared and all(shared):
        yield "packs: on every issue there is an option that all delegations accept; let them differ on one."


def _missing_in_pack(pack: PreparedPack, scenario: PreparedScenario) -> Iterator[str]:
    place = f"packs/{pack.code}.toml"
    kinds = [item.kind for item in pack.items]
    for kind, what in SECTIONS.items():
        if kind not in kinds:
            yield f"{place}: there are no {what}; write at least one under [[{kind}]]."
    held = {position.issue for position in pack.positions}
    if lacking := [issue.key for issue in scenario.issues if issue.key not in held]:
        yield f"{place}: there is no position on {', '.join(lacking)}; write one for each under [[position]]."
    related = {item.extra["to"] for item in pack.items if item.kind == PackItemKind.RELATION}
    if alone := [one.code for one in scenario.delegations if one.code not in related | {pack.code}]:
        yield f"{place}: there is no relation to {', '.join(alone)}; write one for each under [[relation]]."
    yield from _missing_at_home(pack, place)
    if kinds.count(PackItemKind.QUESTION) < FEWEST_QUESTIONS:
        asked = kinds.count(PackItemKind.QUESTION)
        yield f"{place}: there are {asked} questions to check oneself; write {FEWEST_QUESTIONS} under [[question]]."


def _missing_at_home(pack: PreparedPack, place: str) -> Iterator[str]:
    weights = [item.extra["weight"] for item in pack.items if item.kind == PackItemKind.CONSTITUENCY]
    if not FEWEST_CONSTITUENCIES <= len(weights) <= MOST_CONSTITUENCIES:
        yield (
            f"{place}: there are {len(weights)} constituencies; write {FEWEST_CONSTITUENCIES} to "
            f"{MOST_CONSTITUENCIES} under [[constituency]]."
        )
    if weights and sum(weights) != words.WEIGHTS:
        yield f"{place}: the weights of its constituencies sum to {sum(weights)}; make them {words.WEIGHTS}."
