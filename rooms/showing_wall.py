"""What of a text stands on the wall: the paragraph under discussion with what is in brackets, or the whole text while
it is short and undisputed; the text as it was put while a decision runs. Pure; reads only its fold."""

from collections.abc import Mapping, Sequence
from typing import Any

from rooms import showing_brackets, showing_capitals, showing_commitments, showing_text
from rooms.domain import calls, documents, promises, sight
from rooms.domain.documents import Document, Paragraph
from rooms.domain.state import RoomState

# Characters that can be read at eight metres in one picture, by size of letter; beyond the last, only the end is shown.
SIZES = (("large", 240), ("medium", 620), ("small", 1_300))
# Whether a whole text fits, on the smallest wall there is (1024 x 768): size of letter, characters a line holds, height
# of a line and space between paragraphs in px; and the height there is for all of it.
ROOM_FOR: tuple[tuple[str, int, int, int], ...] = (("large", 43, 54, 14), ("medium", 56, 41, 8), ("small", 72, 32, 8))
HEIGHT = 500
LAST_SHOWN = 2  # paragraphs of a text that is too long for the wall
# In these items the wall shows what came of the texts; in a discussion only what moved since it began.
ON_PAPER = ("discussion", "drafting", "decision", "summary", "closing")
NOTHING: Mapping[str, Any] = {"lines": [], "size": "large", "cut": False, "focus": None}


def wall(view: RoomState, scene: str) -> Mapping[str, Any]:
    """`lines` are paragraphs as (number, text, proposer), `focus` the one paragraph that is shown alone, `size` how
    large the letters are."""
    document, call = documents.open_document(view), calls.open_call(view)
    if scene == "decision" and call:
        put = view.texts.document(call.document)
        numbers = {one.id: number for number, one in documents.numbered(put)} if put else {}
        return _lines([(numbers.get(one, ""), text, "") for one, text in call.paragraphs])
    if scene == "roadmap":
        return {**NOTHING, **showing_commitments.wall(view)}
    if scene == "ratification":
        return {**NOTHING, "course": _course(view)}
    if scene != "text" or document is None or not document.standing:
        return NOTHING
    numbered = documents.numbered(document)
    undisputed = not document.open_brackets and not document.pending
    size = fitting([one.text for one in document.standing])
    if not undisputed or not size:
        return _focus(view, document)
    return {**NOTHING, "lines": [(number, one.text, one.proposer) for number, one in numbered], "size": size}


def on_paper(view: RoomState) -> str:
    """Between texts, what moved last: "roadmap", "ratification", or "" where a decision did, or nothing."""
    running = view.agenda.running
    if running is None or running.kind not in ON_PAPER:
        return ""
    course = _course(view)
    moved = {
        "": max((call.ended_at or 0 for call in view.decisions.calls), default=0),
        "roadmap": max(map(promises.last_moved, view.commitments.standing), default=0),
        "ratification": max((one.at for _, one, _ in course["rows"]), default=0) if course else 0,
    }
    last = max(moved.values())
    if not last or (running.kind == "discussion" and last < (running.started_at or 0)):
        return ""
    # A text adopted ad referendum goes home at the same instant: then it is the capitals' turn.
    return next(one for one in ("ratification", "roadmap", "") if moved[one] == last)


def _course(view: RoomState) -> Mapping[str, Any] | None:
    """The newest text agreed ad referendum, unless it was taken up as a new draft."""
    courses = showing_capitals.ratification(view, sight.OBSERVERS)["courses"]
    return next((one for one in courses if not one["successor"]), None)


def _lines(lines: list[tuple[str, str, str]]) -> Mapping[str, Any]:
    size = size_of(sum(len(text) for _, text, _ in lines))
    return {
        "lines": lines if size else lines[-LAST_SHOWN:],
        "size": size or "medium",
        "cut": not size,
        "focus": None,
    }


def fitting(paragraphs: Sequence[str]) -> str:
    """The largest letters in which these paragraphs fit the wall one below the other; "" for none."""
    for size, holds, line, space in ROOM_FOR:
        if sum(-(-len(text) // holds) * line + space for text in paragraphs) <= HEIGHT:
            return size
    return ""


def size_of(length: int) -> str:
    """The size of letter for so many characters; "" for more than the wall holds."""
    return next((name for name, most in SIZES if length <= most), "")


def _focus(view: RoomState, document: Document) -> Mapping[str, Any]:
    """The paragraph under discussion: the one that was last worked on."""
    held = {one.paragraph for one in document.open_brackets}
    touched = [(last_touched(document, one), one.id in held, place) for place, one in enumerate(document.standing)]
    here = document.standing[max(touched)[2]]
    rows = showing_text.paragraphs(view, document, None, showing_text.nobody_there(view))
    row = next(one for one in rows if one.paragraph.id == here.id)
    offered = [wording.text for held in row.brackets for wording in held.wordings[1:]]
    size = size_of(len(here.text) + sum(map(len, offered)))
    return {
        "lines": [],
        "size": size or "small",
        "cut": not size,
        "focus": row,
        "of": len(rows),
        "ledger": showing_brackets.ledger(document, ""),
    }


def last_touched(document: Document, paragraph: Paragraph) -> int:
    """When somebody last worked on a paragraph's words, put or ended brackets on it, or asked to amend it: an instant
    in ms."""
    brackets = [one for one in document.brackets if one.paragraph == paragraph.id]
    amendments = [one for one in document.amendments if one.paragraph == paragraph.id]
    instants = [one.at for one in paragraph.versions] + [one.at for one in amendments]
    instants += [at for one in brackets for at in (one.opened_at, one.ended_at or 0)]
    instants += [one.ended_at or 0 for one in amendments]
    return max(instants, default=0)
