"""A draft's content: the files of a scenario folder, each as its parsed TOML, in one plain value.

{"scenario": {...}, "brief": {"paragraph": [...]}, ..., "packs": {"PRC": {...}}}. Nothing here judges: a draft may be
half written. Whoever changes a document changes a copy (`copy.deepcopy`), never what a row holds.
"""

from collections.abc import Iterator
from typing import Any, Final

from delegations.library import DRAWN_FROM
from delegations.models import Scenario
from delegations.snapshot import LISTS, snapshot
from delegations.sources import WEB_ADDRESS

Json = dict[str, Any]

# Each file that holds one list, with the name of its entries.
FILES: Final = {
    "brief": "paragraph",
    "issues": "issue",
    "agenda": "item",
    "injects": "inject",
    "history": "paragraph",
    "roadmap": "measure",
}
SEATS: Final = (("MFA", "Foreign ministry"), ("MOD", "Defence ministry"), ("EXP-1", "Private expert"))


def blank(*, slug: str, title: str) -> Json:
    """Two delegations with their seats and the rules of a plenary; everything else is still to be written."""
    cover: Json = {
        "slug": slug,
        "title": title,
        "moment": "",
        "summary": "",
        "format": {
            "name": "Plenary",
            "attribution": "chatham_house",
            "decision": "consensus",
            "output": "joint statement",
            "speech_seconds": 120,
        },
        "delegations": [_blank_delegation(code, name, mark) for mark, (code, name) in enumerate(_TWO, 1)],
    }
    return whole({"scenario": cover, "packs": {code: {"who": ""} for code, _ in _TWO}})


_TWO: Final = (("ALPHA", "Alpha"), ("BRAVO", "Bravo"))


def _blank_delegation(code: str, name: str, mark: int) -> Json:
    seats = [{"id": f"{code}-{kind}", "kind": kind[:3], "title": title} for kind, title in SEATS]
    return {"code": code, "name": name, "full_name": name, "hue": mark, "pattern": mark, "seats": seats}


def whole(document: Json) -> Json:
    """The document with every file there, empty where there is none."""
    found = {name: {entries: [], **document.get(name, {})} for name, entries in FILES.items()}
    return {"scenario": document.get("scenario", {}), **found, "packs": document.get("packs", {})}


def from_scenario(scenario: Scenario) -> Json:
    """A stored version as a document that reads as the same exercise."""
    plan = snapshot(scenario)
    papers = [row.paper.slug for row in Scenario.objects.prefetch_related(DRAWN_FROM).get(pk=scenario.pk).cited.all()]
    cover = {name: plan[name] for name in ("slug", "title", "moment", "summary", "format", "delegations")}
    cover |= {"outline": True} if scenario.outline else {}
    cover |= {"frame": True} if scenario.frame else {}
    return whole(
        {
            "scenario": {**cover, "papers": papers},
            "brief": {"paragraph": [_filled(_sourced(one)) for one in plan["brief_sourced"]]},
            "issues": {"issue": [_issue(one) for one in plan["issues"]]},
            "agenda": {"item": [_filled(one) for one in plan["agenda"]]},
            "injects": {"inject": [_sourced(one) for one in plan["injects"]]},
            "history": {"paragraph": [_filled(_sourced(one)) for one in plan["history"]]},
            "roadmap": {"measure": [_sourced(one) for one in plan["roadmap"]]},
            "packs": {code: _pack(pack) for code, pack in plan["packs"].items()},
        }
    )


def _issue(issue: Json) -> Json:
    line = {("option" if name == "options" else name): value for name, value in issue.items()}
    return _sourced(line)


def _pack(pack: Json) -> Json:
    lists = {str(kind): [_sourced(line) for line in pack[name]] for name, (kind, _) in LISTS.items() if pack[name]}
    positions = [_filled(_sourced(line), always=("acceptable", "red_lines")) for line in pack["positions"]]
    return {"who": pack["who"], "position": positions, **lists}


def _filled(line: Json, always: tuple[str, ...] = ()) -> Json:
    """Without the keys that say nothing, as somebody would write the file."""
    return {name: value for name, value in line.items() if value not in ("", []) or name in always}


def _sourced(line: Json) -> Json:
    """A snapshot's line with its sources as a file has them."""
    return with_sources(line, [as_written(source) for source in line["sources"]])


def with_sources(line: Json, sources: list[Any]) -> Json:
    rest = {name: value for name, value in line.items() if name not in ("source", "sources")}
    if len(sources) == 1:
        return {**rest, "source": sources[0]}
    return {**rest, "sources": sources} if sources else rest


def sources_of(line: Json) -> list[Any]:
    """All sources of an entry, as the file has them."""
    value = line.get("source", line.get("sources", []))
    return value if isinstance(value, list) else [value]


def as_written(source: Json) -> Any:
    """A source of a snapshot in the form of a file."""
    if source["kind"] == "paper":
        return {name: source[name] for name in ("paper", "locator", "anchor") if source[name] or name != "anchor"}
    if source["kind"] == "public":
        return {"public": source["reference"], **({"url": source["url"]} if source["url"] else {})}
    return "design"


def as_shown(source: Any) -> dict[str, str]:
    """A source of a file in the form that pages cite from."""
    if not isinstance(source, dict):
        return {"kind": "design"}
    if "public" in source:
        return {"kind": "public", "reference": source["public"], "url": _web(source.get("url", ""))}
    return {"kind": "paper", **{name: source.get(name, "") for name in ("paper", "locator", "anchor")}}


def _web(url: str) -> str:
    """Only a web address may become a link, also while a draft still holds another."""
    return url if WEB_ADDRESS.fullmatch(url) else ""


def delegations(document: Json) -> list[Json]:
    found: list[Json] = document["scenario"].setdefault("delegations", [])
    return found


def codes(document: Json) -> list[str]:
    return [one["code"] for one in document["scenario"].get("delegations", []) if one.get("code")]


def issues(document: Json) -> list[Json]:
    found: list[Json] = document["issues"]["issue"]
    return found


def lines(document: Json) -> Iterator[Json]:
    """Every entry of every list that is no delegation, whatever it holds."""
    for name, entries in FILES.items():
        yield from document[name][entries]
    for pack in document["packs"].values():
        for value in pack.values():
            if isinstance(value, list):
                yield from value
