"""The timeline's sentences about a text: opened, proposed, sponsored, reworded, agreed, reopened, moved, commented.

A paragraph is called as it stood in the text at that moment. What a delegation drafted for itself is never told, and
of a non-paper nobody knows more than that it was circulated.
"""

from collections.abc import Callable, Mapping
from typing import Any

from rooms.debrief import wording
from rooms.debrief.wording import paragraph_called, quoted
from rooms.domain import agreeing, arranging, chairs_text, documents, non_papers, shelving, sponsoring, texts
from rooms.domain.record import Entry
from rooms.domain.state import RoomState

Teller = Callable[[Any, RoomState, RoomState, Entry], str]

MODES = {"negotiated": "", "chairs": " as a chair's text"}
SECTIONS = {"preambular": "the preamble", "operative": "the operative part", "annex": "the annex"}


def _paragraph(state: RoomState, document_id: str, paragraph_id: str) -> documents.Paragraph | None:
    document = state.texts.document(document_id)
    return document.paragraph(paragraph_id) if document else None


def _title(state: RoomState, document_id: str) -> str:
    document = state.texts.document(document_id)
    return quoted(document.title) if document else "the text"


def _proposer(state: RoomState, document_id: str, paragraph_id: str) -> str:
    paragraph = _paragraph(state, document_id, paragraph_id)
    return wording.who(state, paragraph.proposer) if paragraph else "somebody"


def _opened(event: texts.DocumentOpened, *_: Any) -> str:
    return f"drafting of {quoted(event.title)}{MODES[event.mode]} began"


def _shelved(event: shelving.DocumentShelved, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    return f"the chair put {_title(after, event.document)} aside{wording.because(event.reason)}"


def _taken_up(event: shelving.DocumentTakenUp, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    return f"the chair took {_title(after, event.document)} up again"


def _mode(event: chairs_text.ModeSet, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    what = "a chair's text: the chair writes, delegations comment" if event.mode == "chairs" else "a negotiated text"
    return f"{_title(after, event.document)} became {what}"


def _proposed(event: texts.ParagraphProposed, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    called = paragraph_called(after, event.document, event.paragraph)
    return f"{wording.who(after, event.delegation)} proposed {called}: {quoted(event.text)}"


def _revised(event: texts.ParagraphRevised, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    who = _proposer(after, event.document, event.paragraph)
    return f"{who} reworded {paragraph_called(after, event.document, event.paragraph)}: {quoted(event.text)}"


def _withdrawn(event: texts.ParagraphWithdrawn, before: RoomState, _after: RoomState, entry: Entry) -> str:
    called = paragraph_called(before, event.document, event.paragraph)
    paragraph, person = _paragraph(before, event.document, event.paragraph), before.seats.people.get(entry.actor)
    if paragraph and paragraph.proposer and person and person.role == "moderator":
        return f"the chair took {called} off the table: nobody of its sponsors was in the room"
    who = _proposer(before, event.document, event.paragraph)
    return f"{who} withdrew {called}"


def _joined(event: sponsoring.SponsorJoined, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    return (
        f"{wording.who(after, event.delegation)} sponsored {paragraph_called(after, event.document, event.paragraph)}"
    )


def _left(event: texts.SponsorLeft, before: RoomState, after: RoomState, _entry: Entry) -> str:
    who, called = wording.who(after, event.delegation), paragraph_called(after, event.document, event.paragraph)
    now = _proposer(after, event.document, event.paragraph)
    if now == _proposer(before, event.document, event.paragraph):
        return f"{who} no longer sponsored {called}"
    return f"{who} no longer stood behind {called}, which {now} kept on the table"


def _given(event: agreeing.AgreementGiven, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    called = paragraph_called(after, event.document, event.paragraph)
    return f"{wording.who(after, event.delegation)} agreed to {called} ad referendum"


def _taken_back(event: agreeing.AgreementTakenBack, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    called = paragraph_called(after, event.document, event.paragraph)
    return f"{wording.who(after, event.delegation)} took its agreement to {called} back"


def _agreed(event: agreeing.ParagraphAgreed, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    called = paragraph_called(after, event.document, event.paragraph)
    how = "the chair saw no objection" if event.gavelled else "no delegation was left that had not"
    return f"{called} was agreed ad referendum: {how}"


def _reopened(event: agreeing.ParagraphReopened, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    called = paragraph_called(after, event.document, event.paragraph)
    return f"{wording.who(after, event.delegation)} reopened {called}{wording.because(event.reason)}"


def _moved(event: arranging.ParagraphMoved, before: RoomState, after: RoomState, _entry: Entry) -> str:
    was, now = (paragraph_called(state, event.document, event.paragraph) for state in (before, after))
    return f"the chair moved {was} within the text: it became {now}, in {SECTIONS[event.section]}"


def _linked(event: arranging.ParagraphLinked, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    issue, called = after.prepared.issue(event.issue), paragraph_called(after, event.document, event.paragraph)
    option = issue.option(event.option) if issue else None
    if issue is None or option is None:
        return ""
    return f"{called} was said to settle {quoted(issue.title)} at {quoted(option.label)}"


def _commented(event: chairs_text.Commented, _before: RoomState, after: RoomState, entry: Entry) -> str:
    protected = "a participant" if entry.attribution == "not_for_attribution" else "somebody"
    who = wording.who(after, event.delegation) if event.delegation else protected
    what = paragraph_called(after, event.document, event.paragraph) if event.paragraph else "the chair's text"
    return f"{who} commented on {what}: {quoted(event.text)}"


def _issued(event: chairs_text.DraftIssued, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    return f"the chair issued draft {event.draft} of {_title(after, event.document)}"


def _circulated(event: non_papers.NonPaperCirculated, *_: Any) -> str:
    return f"a non-paper was circulated: {quoted(event.title)}"


TELLERS: Mapping[type, tuple[str, Teller]] = {
    texts.DocumentOpened: ("texts", _opened),
    shelving.DocumentShelved: ("texts", _shelved),
    shelving.DocumentTakenUp: ("texts", _taken_up),
    chairs_text.ModeSet: ("texts", _mode),
    texts.ParagraphProposed: ("texts", _proposed),
    texts.ParagraphRevised: ("texts", _revised),
    texts.ParagraphWithdrawn: ("texts", _withdrawn),
    sponsoring.SponsorJoined: ("texts", _joined),
    texts.SponsorLeft: ("texts", _left),
    agreeing.AgreementGiven: ("texts", _given),
    agreeing.AgreementTakenBack: ("texts", _taken_back),
    agreeing.ParagraphAgreed: ("texts", _agreed),
    agreeing.ParagraphReopened: ("texts", _reopened),
    arranging.ParagraphMoved: ("texts", _moved),
    arranging.ParagraphLinked: ("texts", _linked),
    chairs_text.Commented: ("texts", _commented),
    chairs_text.DraftIssued: ("texts", _issued),
    non_papers.NonPaperCirculated: ("texts", _circulated),
}
