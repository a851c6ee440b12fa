"""Amendments: a delegation asks to add, delete, alter or move a paragraph of a text that others have proposed.

    tabled -> accepted by who answers for the paragraph | put to a decision | withdrawn | fallen with the paragraph

What leaves too little of the wording is a new proposal, not an amendment. If several are put, the one furthest from
the original goes first; the chair ranks them. What becomes of them stands in `amending`.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rooms.domain import agreeing, amending, authorship, chairs_text, roles, settling, sight, texts
from rooms.domain.amending import adopted, may_be_put, rejected
from rooms.domain.documents import SECTIONS, Amendment, Document, Paragraph, with_amendment, with_document
from rooms.domain.record import Entry
from rooms.domain.refused import Refused
from rooms.domain.replacing import replace

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

__all__ = ("adopted", "may_be_put", "rejected")  # for those who put amendments to a decision

KINDS = ("add", "delete", "alter", "move")
KEPT = 3  # an alteration keeps at least one of so many words of the shorter wording
PENDING = 40  # amendments to one text; more are not read in a classroom


# Events


@dataclass(frozen=True, slots=True)
class AmendmentTabled:
    """See `Amendment`. `distance`: of the new wording from the one that stands, 0 to 1000."""

    document: str
    amendment: str
    delegation: str
    kind: str
    paragraph: str
    text: str
    after: str
    section: str
    seen: int
    reason: str
    distance: int


@dataclass(frozen=True, slots=True)
class AmendmentCosponsored:
    document: str
    amendment: str
    delegation: str


@dataclass(frozen=True, slots=True)
class AmendmentLeft:
    """A delegation no longer sponsors it; others do."""

    document: str
    amendment: str
    delegation: str


@dataclass(frozen=True, slots=True)
class AmendmentReworded:
    document: str
    amendment: str
    delegation: str
    text: str
    seen: int
    distance: int


@dataclass(frozen=True, slots=True)
class AmendmentsRanked:
    """`order`: amendments to one paragraph, or to the text, as they are to be put."""

    document: str
    order: tuple[str, ...]


# Commands


@dataclass(frozen=True, slots=True)
class TableAmendment:
    """A delegation asks to add (`text`; behind the paragraph `after`, or at the top of `section`), to delete or alter a
    paragraph (`text`, upon the version `seen`) or to move it (behind `after`, or to the top of `section`)."""

    kind: str
    paragraph: str = ""
    text: str = ""
    after: str = ""
    section: str = "operative"
    seen: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CosponsorAmendment:
    """A delegation puts its name behind another one's amendment."""

    amendment: str


@dataclass(frozen=True, slots=True)
class LeaveAmendment:
    """A delegation takes its name from an amendment that others sponsor, too."""

    amendment: str


@dataclass(frozen=True, slots=True)
class RewordAmendment:
    """The first sponsor gives an addition or alteration another wording, upon the version `seen` of the paragraph; the
    same wording again confirms it where the paragraph has changed meanwhile."""

    amendment: str
    text: str
    seen: int = 0


@dataclass(frozen=True, slots=True)
class RankAmendment:
    """The moderator gives an amendment its place, from 1, among those to the same paragraph."""

    amendment: str
    place: int


# Rules


def table_amendment(state: "RoomState", actor: str, command: TableAmendment, _at: int) -> list[Any]:
    code = roles.delegate(state, actor).delegation
    document = texts.negotiating(state)
    if len(document.pending) >= PENDING:
        raise Refused(
            "amendments_full", f"There are {PENDING} amendments on the table. Settle some before tabling more."
        )
    if command.kind not in KINDS:
        raise Refused("unknown_kind", "Add, delete, alter or move: choose one of these.", field="kind")
    if command.kind == "add":
        return [_addition(document, code, command)]
    paragraph = texts.on_the_table(document, command.paragraph)
    texts.not_agreed(paragraph)
    _not_doubled(document, code, command)
    if command.kind == "move":
        return [_move(document, code, paragraph, command)]
    if code == paragraph.proposer:
        raise Refused("own_paragraph", "You have proposed this paragraph: reword or withdraw it as you wish.")
    texts.as_seen(paragraph, command.seen)
    if command.kind == "delete":
        return [_tabled(document, code, command, paragraph=paragraph.id, seen=paragraph.version, distance=1000)]
    return [_alteration(document, code, paragraph, command)]


def _alteration(document: Document, code: str, paragraph: Paragraph, command: TableAmendment) -> AmendmentTabled:
    texts.fits(document, command.text)
    _alters(paragraph, command.text)
    distance = authorship.distance(paragraph.text, command.text)
    where = {"paragraph": paragraph.id, "seen": paragraph.version, "distance": distance}
    return _tabled(document, code, command, text=command.text, **where)


def _tabled(document: Document, code: str, command: TableAmendment, **fields: Any) -> AmendmentTabled:
    number = f"am{len(document.amendments) + 1}"
    blank = AmendmentTabled(document.id, number, code, command.kind, "", "", "", "", 0, command.reason, 0)
    return replace(blank, **fields)


def _addition(document: Document, code: str, command: TableAmendment) -> AmendmentTabled:
    if not command.text:
        raise Refused("text_needed", "Write the paragraph you would add first.", field="text")
    texts.fits(document, command.text)
    after, section = _place(document, command)
    return _tabled(document, code, command, text=command.text, after=after, section=section)


def _place(document: Document, command: TableAmendment) -> tuple[str, str]:
    """(behind which paragraph, in which section)."""
    if command.after:
        return command.after, texts.on_the_table(document, command.after).section
    if command.section not in SECTIONS:
        raise Refused("unknown_section", "Choose the preamble, the operative part or the annex.", field="section")
    return "", command.section


def _move(document: Document, code: str, paragraph: Paragraph, command: TableAmendment) -> AmendmentTabled:
    if command.after == paragraph.id:
        raise Refused("after_itself", "A paragraph cannot stand behind itself. Choose another place.", field="after")
    after, section = _place(document, command)
    tabled = _tabled(document, code, command, paragraph=paragraph.id, after=after, section=section)
    if amending.moved_to(document, paragraph, after, section).standing == document.standing:
        raise Refused("same_place", "The paragraph stands there already. Choose another place.", field="after")
    return tabled


def _not_doubled(document: Document, code: str, command: TableAmendment) -> None:
    """Refuses what is on the table already."""
    for one in document.amendments_to(command.paragraph):
        same = (one.kind, one.text, one.after) == (command.kind, command.text, command.after)
        if one.kind == command.kind == "delete" or same:
            raise Refused("amendment_twice", "That amendment is on the table already. Put your name behind it.")


def _alters(paragraph: Paragraph, text: str) -> None:
    """Refuses an alteration that is none, or is a new proposal."""
    if not text:
        raise Refused("text_needed", "Write how the paragraph would read, or ask to delete it.", field="text")
    if text == paragraph.text:
        raise Refused("same_words", "The paragraph reads like this already. Alter what you would alter.", field="text")
    if not keeps_enough(paragraph.text, text):
        raise Refused(
            "replacement",
            "This leaves too little of the wording to be an amendment. Propose it as a paragraph of your own.",
            field="text",
        )


def keeps_enough(old: str, new: str) -> bool:
    """Whether a new wording still is the old one, altered: it keeps a third of the words of the shorter of the two."""
    shorter = min(authorship.count(old), authorship.count(new))
    return authorship.kept_words(old, new) * KEPT >= shorter


def written(document: Document, delegation: str, paragraph_id: str, text: str, reason: str) -> list[Any]:
    """The amendment that comes with a written objection, whatever the status of the text: an alteration of a paragraph,
    which is reopened if it was agreed; an addition behind it where little of its wording is kept; or, of no paragraph,
    at the end of the operative part. On a chair's text it is a comment: only the chair writes that."""
    paragraph = document.paragraph(paragraph_id)
    if document.mode == "chairs":
        chairs_text.proper(document, delegation, text)
        return [chairs_text.Commented(document.id, delegation, paragraph.id if paragraph else "", text)]
    if paragraph is None or paragraph.withdrawn:
        last = next((one.id for one in reversed(document.standing) if one.section == "operative"), "")
        return [_addition(document, delegation, TableAmendment("add", text=text, after=last, reason=reason))]
    if text != paragraph.text and not keeps_enough(paragraph.text, text):
        return [_addition(document, delegation, TableAmendment("add", text=text, after=paragraph.id, reason=reason))]
    reopened = [agreeing.ParagraphReopened(document.id, paragraph.id, delegation, reason)] if paragraph.agreed else []
    command = TableAmendment("alter", paragraph.id, text, seen=paragraph.version, reason=reason)
    return [*reopened, _alteration(document, delegation, paragraph, command)]


def cosponsor_amendment(state: "RoomState", actor: str, command: CosponsorAmendment, _at: int) -> list[Any]:
    code = roles.delegate(state, actor).delegation
    document = texts.negotiating(state)
    amendment = amending.on_the_table(document, command.amendment)
    if code in amendment.sponsors:
        return []
    paragraph = document.paragraph(amendment.paragraph)
    if paragraph and amendment.kind != "move" and code == settling.answers_for(state, paragraph):
        raise Refused("own_paragraph", "You answer for this paragraph: accept the amendment instead.")
    return [AmendmentCosponsored(document.id, amendment.id, code)]


def leave_amendment(state: "RoomState", actor: str, command: LeaveAmendment, _at: int) -> list[Any]:
    code = roles.delegate(state, actor).delegation
    document = texts.negotiating(state)
    amendment = amending.on_the_table(document, command.amendment)
    if code not in amendment.sponsors:
        return []
    if len(amendment.sponsors) == 1:
        raise Refused("last_sponsor", "Nobody else sponsors this amendment. Withdraw it instead.")
    return [AmendmentLeft(document.id, amendment.id, code)]


def reword_amendment(state: "RoomState", actor: str, command: RewordAmendment, _at: int) -> list[Any]:
    code = roles.delegate(state, actor).delegation
    document = texts.negotiating(state)
    amendment = amending.on_the_table(document, command.amendment)
    if amendment.sponsors[0] != code:
        raise Refused("not_yours", "Only its first sponsor rewords an amendment. Table one of your own.")
    if amendment.kind == "move":
        raise Refused("no_words", "This amendment moves a paragraph and has no words. Withdraw it and table another.")
    if amendment.kind == "add":
        if not command.text:
            raise Refused("text_needed", "Write the paragraph you would add first.", field="text")
        if command.text == amendment.text:
            return []
        texts.fits(document, command.text)
        return [AmendmentReworded(document.id, amendment.id, code, command.text, 0, 0)]
    paragraph = texts.on_the_table(document, amendment.paragraph)
    texts.as_seen(paragraph, command.seen)
    text, distance = "", 1000
    if amendment.kind == "alter":
        texts.fits(document, command.text)
        _alters(paragraph, command.text)
        text, distance = command.text, authorship.distance(paragraph.text, command.text)
    if (text, command.seen) == (amendment.text, amendment.seen):
        return []
    return [AmendmentReworded(document.id, amendment.id, code, text, paragraph.version, distance)]


def rank_amendment(state: "RoomState", actor: str, command: RankAmendment, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    document = texts.negotiating(state)
    amendment = amending.on_the_table(document, command.amendment)
    present = [one.id for one in document.amendments_to(amendment.paragraph)]
    if not 1 <= command.place <= len(present):
        raise Refused("unknown_place", f"Give it a place from 1 to {len(present)}.", field="place")
    order = [one for one in present if one != amendment.id]
    order.insert(command.place - 1, amendment.id)
    ranked = all(one.rank for one in document.amendments_to(amendment.paragraph))
    return [] if order == present and ranked else [AmendmentsRanked(document.id, tuple(order))]


# Fold


def _amendment(state: "RoomState", document_id: str, amendment_id: str) -> Amendment | None:
    document = state.texts.document(document_id)
    return document.amendment(amendment_id) if document else None


def _was_tabled(state: "RoomState", event: AmendmentTabled, entry: Entry) -> "RoomState":
    document = state.texts.document(event.document)
    if document is None:
        return state
    what = (event.kind, event.paragraph, event.text, event.after, event.section)
    circumstances = (event.seen, event.reason, entry.at)
    new = Amendment(event.amendment, *what, (event.delegation,), *circumstances, distance=event.distance)
    return with_document(state, document.id, amendments=(*document.amendments, new))


def _cosponsored(state: "RoomState", event: AmendmentCosponsored, _entry: Entry) -> "RoomState":
    amendment = _amendment(state, event.document, event.amendment)
    sponsors = (*amendment.sponsors, event.delegation) if amendment else ()
    return with_amendment(state, event.document, event.amendment, sponsors=sponsors)


def _reworded(state: "RoomState", event: AmendmentReworded, _entry: Entry) -> "RoomState":
    fields = {"text": event.text, "seen": event.seen, "distance": event.distance}
    return with_amendment(state, event.document, event.amendment, **fields)


def _ranked(state: "RoomState", event: AmendmentsRanked, _entry: Entry) -> "RoomState":
    for rank, amendment in enumerate(event.order, start=1):
        state = with_amendment(state, event.document, amendment, rank=rank)
    return state


EVENTS: dict[str, tuple[type, Any, Any]] = {
    "amendments.tabled": (AmendmentTabled, sight.everyone, _was_tabled),
    "amendments.cosponsored": (AmendmentCosponsored, sight.everyone, _cosponsored),
    "amendments.left": (AmendmentLeft, sight.everyone, amending.without_sponsor),
    "amendments.reworded": (AmendmentReworded, sight.everyone, _reworded),
    "amendments.ranked": (AmendmentsRanked, sight.everyone, _ranked),
}
COMMANDS: dict[str, tuple[type, Any]] = {
    "table_amendment": (TableAmendment, table_amendment),
    "cosponsor_amendment": (CosponsorAmendment, cosponsor_amendment),
    "leave_amendment": (LeaveAmendment, leave_amendment),
    "reword_amendment": (RewordAmendment, reword_amendment),
    "rank_amendment": (RankAmendment, rank_amendment),
}
