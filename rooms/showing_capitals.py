"""What the panels of ratification and of the capital need: where each capital stands with a text, what those at home
say of it, what a delegation and its capital write. Pure; reads only its fold: it shows a delegation its own alone."""

from collections.abc import Mapping
from typing import Any

from rooms.domain import capitals, dissent, labels, sight
from rooms.domain import ratification as ratifying
from rooms.domain.documents import Document, numbered, open_document
from rooms.domain.ratification import LAPSED, WAITING, Ratification
from rooms.domain.sight import THE_MODERATORS, Audience
from rooms.domain.state import RoomState
from rooms.domain.support import ACCEPTS, Stance, support_of
from rooms.domain.voices import voice_of

# Where a delegation stands with a text, as all read it.
STANDS = {
    "agreed": "agreed here, has not asked home yet",
    "sought": "has asked home for instructions",
    "confirmed": "confirmed",
    "reserved": "confirmed, with a reservation",
    "refused": "refused",
    "lapsed": "did not answer in time",
}
HOLDS = {"accepts": "can accept", "cannot_accept": "cannot well accept", "punishes": "would punish"}
SIDES = {"for": "for it", "undecided": "undecided", "against": "against it"}


def ratification(view: RoomState, _audience: Audience) -> Mapping[str, Any]:
    """The texts agreed ad referendum, the newest first, each with a row a delegation."""
    documents = [document for document in view.texts.documents if document.id in view.ratifications.by_document]
    return {"courses": [_course(view, one) for one in reversed(documents)], "closed": view.room.status == "closed"}


def _course(view: RoomState, document: Document) -> dict[str, Any]:
    held = view.ratifications.by_document[document.id]
    waiting = ratifying.waiting(view, document.id)
    successor = view.texts.document(view.ratifications.successors.get(document.id, ""))
    outcome = ratifying.outcome_of(view, document.id)
    ends_at = view.ratifications.deadlines.get(document.id) if waiting else None
    return {
        "document": document,
        "rows": [(code, one, STANDS[one.status]) for code, one in held.items()],
        "outcome": outcome,
        "status_line": labels.status_line(view, document),
        "waiting": waiting,
        "ends_at": ends_at,
        "began_at": None if ends_at is None else ends_at - view.ratifications.given[document.id],
        "successor": successor,
        "may_reopen": outcome in ("refused", "lapsed") and successor is None,
        "table_free": open_document(view) is None,
        "may_wait": successor is None and any(one.status in (*WAITING, LAPSED) for one in held.values()),
    }


def who_answers(view: RoomState, audience: Audience) -> tuple[Any, ...]:
    """Who speaks for whom: the voices and the cells that the panel names."""
    found = []
    for code in _codes(view, audience):
        cell = tuple((one.id, one.away) for one in capitals.cell_of(view, code))
        found.append((code, voice_of(view, code), cell))
    return tuple(found)


def capital(view: RoomState, audience: Audience) -> Mapping[str, Any]:
    """For a delegation and its cell one row, its own; for the chair one a delegation, those who wait first."""
    # Once the session is closed, who wrote what is for the assessment record, where there is one; the two who wrote it
    # have it anyhow.
    over = view.room.status == "closed" and not view.room.assessment_record and audience == THE_MODERATORS
    rows = [_row(view, code, () if over else view.capitals.words.get(code, ())) for code in _codes(view, audience)]
    if audience == THE_MODERATORS:
        rows.sort(key=lambda row: not row["asks"])
    return {
        "rows": rows,
        "asking": [row for row in rows if row["asks"]],
        "news": _news(view, audience),
        "kind": view.capitals.kind,
        "share": view.capitals.share,
        "closed": view.room.status == "closed",
    }


def _news(view: RoomState, audience: Audience) -> int:
    """How much has come so far for who looks: what the other side wrote, and for a delegation the texts that wait."""
    code, cell = audience.delegation, audience.name == sight.capital(audience.delegation)
    theirs = sum(1 for one in view.capitals.words.get(code, ()) if (one.voice == "delegation") == cell)
    return theirs + sum(1 for courses in view.ratifications.by_document.values() if code in courses)


def _codes(view: RoomState, audience: Audience) -> tuple[str, ...]:
    if audience == THE_MODERATORS:
        return tuple(one.code for one in view.prepared.delegations)
    return (audience.delegation,) if view.prepared.delegation(audience.delegation) else ()


def _row(view: RoomState, code: str, words: tuple[capitals.Word, ...]) -> dict[str, Any]:
    """`asks`: a text waits for instructions, or the delegation has written and has no answer. `cell_decides`: somebody
    of the cell is there, and the room lets cells decide."""
    cell, texts = capitals.cell_of(view, code), [_text(view, code, one) for one in _waiting(view, code)]
    asked = any(one["course"].status == "sought" for one in texts)
    unread = bool(words) and words[-1].voice == "delegation"
    cell_decides = bool(cell) and view.capitals.kind == capitals.CELL
    return {
        "delegation": view.prepared.delegation(code),
        "code": code,
        "voice": voice_of(view, code),
        "cell": cell,
        "cell_decides": cell_decides,
        "texts": texts,
        "asks": (asked or unread) and not cell_decides,
        "answered": _answered(view, code),
        "words": [(one, view.seats.people.get(one.person)) for one in words],
        "last": words[-1] if words else None,
        "earlier": view.capitals.counts.get(code, 0) - len(words) if words else 0,
        "home": _home(view, code),
    }


def _waiting(view: RoomState, code: str) -> list[Document]:
    return [one for one in view.texts.documents if code in ratifying.waiting(view, one.id)]


def _text(view: RoomState, code: str, document: Document) -> dict[str, Any]:
    """A text that this capital can still answer, with what its delegation has reserved so far."""
    return {
        "document": document,
        "course": view.ratifications.by_document[document.id][code],
        "reserved": dissent.provisional(view, document.id, code),
        "paragraphs": numbered(document),
    }


def _answered(view: RoomState, code: str) -> tuple[Document, Ratification, str] | None:
    """The last text on which the delegation's course has come to its end, and how."""
    for document in reversed(view.texts.documents):
        one = view.ratifications.by_document.get(document.id, {}).get(code)
        if one and one.status not in WAITING and document.id not in view.ratifications.successors:
            return document, one, STANDS[one.status]
    return None


def _home(view: RoomState, code: str) -> dict[str, Any] | None:
    """What the constituencies say of the text that matters now; None where the pack tells of none."""
    document = _text_that_matters(view, code)
    support = support_of(view.prepared.packs.get(code, {}), document.landed if document else {})
    if not support.stances:
        return None
    return {
        "document": document,
        "landed": bool(document and document.landed),
        "support": support,
        "undecided_from": support.in_favour,
        "against_from": support.in_favour + support.undecided,
        "stances": [(one, SIDES[one.stance], _why(view, one), _moves(view, one)) for one in support.stances],
    }


def _text_that_matters(view: RoomState, code: str) -> Document | None:
    """The one that waits for this capital, else the one on the table, else the last one adopted."""
    waiting = _waiting(view, code)
    if waiting:
        return waiting[-1]
    adopted = [one for one in view.texts.documents if one.status == "adopted"]
    return open_document(view) or (adopted[-1] if adopted else None)


def _why(view: RoomState, stance: Stance) -> list[tuple[str, str, str]]:
    """(what it does, the issue, the option), what hurts first."""
    hurts_first = sorted(stance.why, key=lambda reason: reason.holds == ACCEPTS)
    return [(HOLDS[one.holds], *_called(view, one.issue, (one.option,))) for one in hurts_first]


def _moves(view: RoomState, stance: Stance) -> list[tuple[str, str]]:
    return [_called(view, one.issue, one.options) for one in stance.moves]


def _called(view: RoomState, issue_id: str, option_ids: tuple[str, ...]) -> tuple[str, str]:
    """An issue's title, and the labels of some of its options; a bare id where the room knows no more."""
    issue = view.prepared.issue(issue_id)
    if issue is None:
        return issue_id, ", ".join(option_ids)
    found = [issue.option(one) for one in option_ids]
    return issue.title, " or ".join(f"“{one.label}”" for one in found if one)
