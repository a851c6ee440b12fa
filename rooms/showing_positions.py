"""What the panels of positions need: who wants what, and each delegation's own mandate. Pure; reads only its fold."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rooms.domain import documents, positions
from rooms.domain.positions import Position
from rooms.domain.prepared import Delegation, Issue
from rooms.domain.sight import Audience
from rooms.domain.state import RoomState

Filed = Sequence[tuple[Delegation, Position]]
Landing = tuple[tuple[str, str, tuple[str, ...]], ...]  # issue, option, numbers of the paragraphs


# The matrix


def matrix(view: RoomState, _audience: Audience) -> Mapping[str, Any]:
    """Public positions, a grid for each issue: a row for each option along the axis, a column for each delegation."""
    rows = [_issue(view, issue) for issue in view.prepared.issues]
    compared = [row for row in rows if row["filed"] > 1]
    return {
        "rows": rows,
        "filed": sum(row["filed"] for row in rows),
        "unfiled": sum(not row["filed"] for row in rows),
        "compared": len(compared),
        "met": sum(bool(row["common"]) for row in compared),
    }


def _issue(view: RoomState, issue: Issue) -> dict[str, Any]:
    held = [(one, view.positions.public_of(one.code, issue.id)) for one in view.prepared.delegations]
    filed = [(one, position) for one, position in held if position]
    common = [option for option in issue.options if all(option.id in one.acceptable for _, one in filed)]
    several = len(filed) > 1
    return {
        "issue": issue,
        "filed": len(filed),
        "missing": [one.code for one, position in held if not position],
        "columns": [(one, position, _has_words(position)) for one, position in held],
        "options": [
            {
                "option": option,
                "marks": [(one, mark(position, option.id)) for one, position in held],
                "common": several and option in common,
            }
            for option in issue.options
        ],
        "common": common if several else [],
        "common_linked": [one.code for one, position in filed if position.links],
        "apart": _apart(issue, filed) if several and not common else None,
        "spread": _spread(issue, [position for _, position in filed]),
        "words": [_words(view, one, position) for one, position in filed],
    }


def mark(position: Position | None, option: str) -> str:
    """How a position stands to an option: preferred, acceptable, linked (acceptable on a condition) or nothing."""
    if position is None or option not in position.acceptable:
        return ""
    if option == position.preferred:
        return "preferred"
    return "linked" if position.links else "acceptable"


def _has_words(position: Position | None) -> bool:
    return bool(position and (position.conditions or position.links))


def place(issue: Issue, option: str) -> int:
    """The place of an option along the axis, from 0."""
    return next((n for n, one in enumerate(issue.options) if one.id == option), 0)


def _spread(issue: Issue, held: Iterable[Position]) -> int:
    """How many places the preferred options lie apart."""
    places = [place(issue, one.preferred) for one in held]
    return max(places) - min(places) if places else 0


def _apart(issue: Issue, filed: Filed) -> dict[str, Any]:
    """Where no option is acceptable to all: the one that is least far from everybody, whom it leaves out, how far."""

    def steps(option: str, position: Position) -> int:
        return min(abs(place(issue, option) - place(issue, one)) for one in position.acceptable)

    def distance(option: str) -> tuple[int, int]:
        away = [steps(option, position) for _, position in filed]
        return max(away), sum(one > 0 for one in away)

    nearest = min((option.id for option in issue.options), key=distance)
    return {
        "option": issue.option(nearest),
        "steps": distance(nearest)[0],
        "left_out": [one.code for one, position in filed if steps(nearest, position)],
    }


def _words(view: RoomState, delegation: Delegation, position: Position) -> dict[str, Any]:
    """What a delegation says of its position, and what it declared before."""
    history = view.positions.history_of(delegation.code, position.issue)
    return {
        "delegation": delegation,
        "held": position,
        "links": positions.links_in_words(view, position),
        "history": history if len(history) > 1 else (),
        "moved": position.before if position.before not in ("", position.preferred) else "",
    }


# A delegation's own


def stand(view: RoomState, audience: Audience) -> Mapping[str, Any]:
    """The audience's own delegation: mandate, public and private position on each issue, and where the text stands."""
    pack = view.prepared.packs.get(audience.delegation, {})
    mandates = {one["issue"]: one for one in pack.get("positions", ())}
    lands: dict[str, dict[str, tuple[str, ...]]] = {}
    for issue_id, option, numbers in landing(view):
        lands.setdefault(issue_id, {})[option] = numbers
    rows = [
        _own(view, audience.delegation, issue, mandates.get(issue.id), lands.get(issue.id, {}))
        for issue in view.prepared.issues
    ]
    rows.sort(key=lambda row: row["mandate"]["priority"] if row["mandate"] else len(rows) + 1)
    letters = list(dict.fromkeys(option.id for issue in view.prepared.issues for option in issue.options))
    return {"rows": rows, "letters": letters, "crossed": [row for row in rows if row["text_crosses"]]}


def _own(
    view: RoomState,
    code: str,
    issue: Issue,
    mandate: Mapping[str, Any] | None,
    lands: Mapping[str, tuple[str, ...]],
) -> dict[str, Any]:
    declared, noted = view.positions.public_of(code, issue.id), view.positions.private_of(code, issue.id)
    red = [option.id for option in issue.options if mandated(mandate, option.id) == "red_line"]
    held = declared or noted
    return {
        "issue": issue,
        "mandate": mandate,
        "options": [
            {
                "option": option,
                "mandate": mandated(mandate, option.id),
                "declared": mark(declared, option.id),
                "noted": mark(noted, option.id),
                "text": lands.get(option.id, ()),
            }
            for option in issue.options
        ],
        "declared": declared,
        "noted": noted,
        "held": held,
        "links": positions.links_in_words(view, declared) if declared else (),
        "pairs": (*(held.links if held else ()), ("", ""), ("", ""))[: positions.MOST_LINKS],
        "others": [one for one in view.prepared.issues if one.id != issue.id],
        "cited": cited(mandate),
        "own_sources": [one for one in (held.sources if held else ()) if one not in cited(mandate)],
        "designed": mandate is not None and not cited(mandate),
        "declared_crosses": [one for one in (declared.acceptable if declared else ()) if one in red],
        "noted_crosses": [one for one in (noted.acceptable if noted else ()) if one in red],
        "text_crosses": [(issue.option(one), lands[one]) for one in red if one in lands],
        "text_outside": _outside(mandate, red, lands),
        "history": view.positions.history_of(code, issue.id),
        "noted_before": view.positions.privately_replaced.get((code, issue.id), ()),
    }


def _outside(mandate: Mapping[str, Any] | None, red: Sequence[str], lands: Iterable[str]) -> list[str]:
    """Where the text lands on neither what the mandate accepts nor a red line."""
    if mandate is None:
        return []
    return [one for one in lands if one not in red and not mandated(mandate, one)]


def mandated(mandate: Mapping[str, Any] | None, option: str) -> str:
    """What a delegation's mandate says of an option: preferred, red_line, acceptable or nothing."""
    if mandate is None:
        return ""
    if option == mandate["preferred"]:
        return "preferred"
    if option in mandate["red_lines"]:
        return "red_line"
    return "acceptable" if option in mandate["acceptable"] else ""


def cited(mandate: Mapping[str, Any] | None) -> list[str]:
    """The places in papers that vouch for a mandate's reasoning; all else in it is exercise design."""
    if mandate is None:
        return []
    sources = mandate.get("sources") or ([mandate["source"]] if "source" in mandate else [])
    cited = [one for one in sources if one.get("kind") != "design"]
    places = [str(one.get("locator") or one.get("reference") or "")[:200] for one in cited]
    return list(dict.fromkeys(one for one in places if one))


# Where the text lands


def landing(view: RoomState, _audience: Audience | None = None) -> Landing:
    """Where the text as it stands would settle the issues; of the one on the table, or else the last one adopted."""
    document = documents.open_document(view) or next(
        (one for one in reversed(view.texts.documents) if one.status == "adopted"), None
    )
    if document is None:
        return ()
    found: dict[tuple[str, str], list[str]] = {}
    for number, paragraph in documents.numbered(document):
        for lands in paragraph.lands:
            found.setdefault(lands, []).append(number)
    return tuple((issue, option, tuple(numbers)) for (issue, option), numbers in found.items())


def own(view: RoomState, audience: Audience) -> Any:
    """All that the audience's own delegation filed: what others file changes nothing beside its pack."""
    held = view.positions
    kept = (held.declared, held.private, held.replaced, held.privately_replaced)
    return tuple(tuple((key, filed) for key, filed in each.items() if key[0] == audience.delegation) for each in kept)
