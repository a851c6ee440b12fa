"""Who might sit at the table: countries by all their names, with how often and where a paper names them.

Beside the names that come with the project, a paper's own: a name that its sentences treat as a state ("the Republic
of Varland", "Varlandic", "Varland should") is one. What a sentence merely mentions is not.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from delegations.drafting.wording import Readable
from delegations.papers.gazetteer import Gazetteer, Named
from delegations.words import PassageKind

STATE: Final = r"(?:Republic|Kingdom|Federation|Commonwealth|Union|Principality|Sultanate|Emirate|State)"
NAME: Final = r"[A-Z][a-z]+(?:[- ][A-Z][a-z]+)?"
FULL_NAME: Final = re.compile(rf"\b((?:[A-Z][a-z]+ ){{0,2}}{STATE} of (?:the )?({NAME}))")
ACTS: Final = re.compile(
    rf"(?<![.!?] )\b({NAME})(?:['’]s government)? (?:(?:also|must|has|have) )?"
    r"(?:should|must|ought|needs|wants|seeks|fears|worries|insists|contends|argues|demands|refuses|relies|depends|"
    r"regards|opposes|claims|cannot|offers|calls|holds)\b"
)
ISLAND_STATE: Final = re.compile(rf"\b({NAME}), (?:an?|the) (?:[a-z]+ )?(?:state|country|republic|kingdom)\b")
CAPITAL_OF: Final = re.compile(rf"\b({NAME}), the (?:([A-Z][a-z]+) capital|capital of ({NAME}))\b")
OF_A_PEOPLE: Final = re.compile(r"(?:ians?|ans?|ish|ic|ers?|ese|i|s)$")
# What is called so acts, but is no state; and land is not a state either.
NO_STATE: Final = re.compile(
    r"\b(?:Commission|Council|Committee|Institute|Organi[sz]ation|Agency|Bank|Group|Forum|Party|Parties|Talks|Treaty|"
    r"President|Prime|Minister|Ministry|Congress|Parliament|Navy|Court|Peninsula|peninsula|Strait|Sea|Bay|Island|"
    r"Captains?|Ministries|Technicians|Scholars|Small|Every|Some|Many|Most|All|Each|Both|None|What|This|That|These|"
    r"Those|There|It|He|She|They|We|You|One|If|When|While|Where|Such|No|In|At|By|On|Of|The|And|But|Its|His|Her|Their)\b"
)
FEWEST_ACTS: Final = 2
FEWEST_PASSAGES: Final = 3
LEAST_SHARE: Final = 0.25  # of the passages of the most named: below it, the exercise may do without
SHORTEST_ROOT: Final = 4
LONG_NAME: Final = 3  # words: a label has room for fewer
KEY_AS_CODE: Final = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True, slots=True)
class Party:
    """A country that a paper speaks of. `places`: the numbers of the passages, `names`: as they stand, by count."""

    entry: Named
    code: str
    names: tuple[tuple[str, int], ...]
    places: tuple[int, ...]
    optional: bool = False


def widened(gazetteer: Gazetteer, passages: Sequence[Readable]) -> Gazetteer:
    """The gazetteer with the states that only this paper has."""
    text = "\n".join(passage.text for passage in passages)
    known = {name.casefold() for entry in gazetteer.entries for name in (entry.name, *entry.aliases, *entry.in_context)}
    full = {match[2]: match[1].removeprefix("The ") for match in FULL_NAME.finditer(text)}
    found = {name for name in _acting(text) | set(full) | set(ISLAND_STATE.findall(text))}
    states = [
        name
        for name in sorted(found)
        if name.casefold() not in known
        and not NO_STATE.search(name)
        and (name in full or name in ISLAND_STATE.findall(text) or _has_people(name, text))
        and not gazetteer.mentions(full.get(name, name))
    ]
    peoples = {name: _peoples(name, text) for name in states}
    capitals = _capitals(text, peoples)
    learnt = [
        Named(
            key=f"paper-{name.casefold().replace(' ', '-')}",
            kind="country",
            name=name,
            aliases=tuple(dict.fromkeys([*([full[name]] if name in full else []), *peoples[name], *capitals[name]])),
        )
        for name in states
        if not any(name in peoples[other] or name in capitals[other] for other in states)
    ]
    return Gazetteer((*gazetteer.entries, *learnt), gazetteer.asides, gazetteer.contexts)


def _acting(text: str) -> set[str]:
    counted = Counter(ACTS.findall(text))
    return {name for name, times in counted.items() if times >= FEWEST_ACTS}


def _has_people(name: str, text: str) -> bool:
    return bool(_peoples(name, text)) or bool(re.search(rf"\bcapital of {re.escape(name)}\b", text))


def _peoples(name: str, text: str) -> list[str]:
    """ "Varlandic", "Varlanders": the name's root with the ending of a people."""
    root = re.sub(r"(?:ia|y|a|e)$", "", name)
    if len(root) < SHORTEST_ROOT:
        return []
    found = {match for match in re.findall(rf"\b{re.escape(root)}[a-z]{{1,4}}\b", text) if match != name}
    return sorted(match for match in found if OF_A_PEOPLE.search(match))


def _capitals(text: str, peoples: dict[str, list[str]]) -> dict[str, list[str]]:
    capitals: dict[str, list[str]] = defaultdict(list)
    for city, people, country in CAPITAL_OF.findall(text):
        for name, called in peoples.items():
            if country == name or (people and people in called):
                capitals[name].append(city)
    return capitals


def parties(passages: Sequence[Readable], gazetteer: Gazetteer, *, advised: Collection[str] = ()) -> tuple[Party, ...]:
    """The countries of the paper, the most named first; those that it advises (by key) however rarely it names them.

    Footnotes name whoever wrote, so they do not count.
    """
    names: dict[str, Counter[str]] = defaultdict(Counter)
    places: dict[str, list[int]] = defaultdict(list)
    entries: dict[str, Named] = {}
    for place, passage in enumerate(passages):
        if passage.kind == PassageKind.FOOTNOTE:
            continue
        for mention in gazetteer.mentions(passage.text, around=passage.section):
            if mention.entry.kind != "country" or NO_STATE.search(mention.entry.name):
                continue
            entries[mention.entry.key] = mention.entry
            names[mention.entry.key][passage.text[mention.start : mention.end]] += 1
            if place not in places[mention.entry.key]:
                places[mention.entry.key].append(place)
    for key in frozenset(advised) - places.keys():
        _by_heading(key, passages, gazetteer, entries, names, places)
    often = sorted(
        (key for key in places if len(places[key]) >= FEWEST_PASSAGES or key in advised),
        key=lambda key: (-len(places[key]), key),
    )
    most = len(places[often[0]]) if often else 0
    found: list[Party] = []
    for key in often:
        found.append(
            Party(
                entry=entries[key],
                code=_code(entries[key], {party.code for party in found}),
                names=tuple(names[key].most_common()),
                places=tuple(places[key]),
                optional=len(places[key]) < LEAST_SHARE * most,
            )
        )
    return tuple(found)


def _by_heading(
    key: str,
    passages: Sequence[Readable],
    gazetteer: Gazetteer,
    entries: dict[str, Named],
    names: dict[str, Counter[str]],
    places: dict[str, list[int]],
) -> None:
    """A country that only a heading names, with advice to it below."""
    for place, passage in enumerate(passages):
        for mention in gazetteer.mentions(passage.section):
            if mention.entry.key == key and not NO_STATE.search(mention.entry.name):
                entries[key] = mention.entry
                names[key][passage.section[mention.start : mention.end]] += 1
                places[key].append(place)
                break


def _code(entry: Named, taken: set[str]) -> str:
    """The country's own code, else three letters of its name that no other has."""
    if entry.code or KEY_AS_CODE.fullmatch(entry.key):
        return entry.code or entry.key.upper()
    letters = re.sub(r"[^A-Z]", "", entry.name.upper())
    choices = [letters[:3], letters[:2] + letters[-1:], *(letters[:2] + chr(ord("A") + place) for place in range(26))]
    return next(code for code in choices if len(code) == 3 and code not in taken)


def short_name(entry: Named) -> str:
    """ "North Korea" rather than the name on its letterhead; "KEDO" rather than five words."""
    if " of " not in entry.name and len(entry.name.split()) <= LONG_NAME:
        return entry.name
    if entry.kind == "country":
        return next((one for one in entry.aliases if re.fullmatch(r"[A-Z][a-z]+ [A-Z][a-z]+", one)), entry.name)
    return next((one for one in entry.aliases if one.isupper()), entry.name)
