"""Words not yet tabled: what a delegation, or the chair, drafts for itself alone.

    kept -> kept again ... -> tabled (a paragraph that all read) | dropped

Nobody else learns that there is a draft: it is addressed to its owner alone, its id is made of the owner's own count,
and nothing that others may do depends on it. A draft belongs to the delegation: who changes sides leaves it behind.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rooms.domain import roles, sight, texts
from rooms.domain.documents import open_document
from rooms.domain.record import Entry
from rooms.domain.refused import Refused
from rooms.domain.replacing import replace
from rooms.domain.seals import seal

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

MOST = 20  # drafts of one author: what is more than a delegation can keep apart


@dataclass(frozen=True, slots=True)
class Draft:
    """`paragraph` of `document` is the one it is about, and would stand behind; both "" for none. `version` counts from
    1."""

    id: str
    title: str
    text: str
    paragraph: str
    at: int
    version: int = 1
    document: str = ""


@dataclass(frozen=True, slots=True)
class Drafts:
    """By delegation, "" for the chair; in the order in which they were begun. `begun` counts them, also those that are
    gone."""

    by_author: Mapping[str, tuple[Draft, ...]] = field(default_factory=dict)
    begun: Mapping[str, int] = field(default_factory=dict)

    def of(self, author: str) -> tuple[Draft, ...]:
        return self.by_author.get(author, ())

    def draft(self, author: str, draft_id: str) -> Draft | None:
        return next((one for one in self.of(author) if one.id == draft_id), None)


# Events


@dataclass(frozen=True, slots=True)
class DraftKept:
    """`delegation` is "" for the chair; `paragraph` of `document` is what it is about, if anything."""

    draft: str
    delegation: str
    title: str
    text: str
    paragraph: str
    document: str


@dataclass(frozen=True, slots=True)
class DraftDropped:
    draft: str
    delegation: str


# Commands


@dataclass(frozen=True, slots=True)
class KeepDraft:
    """A delegation, or the chair, keeps words for itself: as a new draft, or as the new wording of one. `seen` is the
    version of the draft that was reworded; `paragraph` the one on the table it is about, if any."""

    text: str
    draft: str = ""
    title: str = ""
    paragraph: str = ""
    seen: int = 0


@dataclass(frozen=True, slots=True)
class DropDraft:
    """Whose draft it is throws it away."""

    draft: str


@dataclass(frozen=True, slots=True)
class TableDraft:
    """Whose draft it is proposes it to all as a paragraph: behind the one it is about, or at the end of a section."""

    draft: str
    section: str = "operative"


# Rules


def _own(state: "RoomState", author: str, draft_id: str) -> Draft:
    roles.open_room(state)
    draft = state.drafts.draft(author, draft_id)
    if draft is None:
        raise Refused(
            "unknown_draft", "You have no such draft; it was tabled or dropped. Keep your words as a new one."
        )
    return draft


def keep_draft(state: "RoomState", actor: str, command: KeepDraft, _at: int) -> list[Any]:
    author = roles.author(state, actor)
    roles.open_room(state)
    if not command.text:
        raise Refused("text_needed", "Write what you want to keep first.", field="text")
    if command.draft:
        return _kept_again(state, _own(state, author, command.draft), author, command)
    if len(state.drafts.of(author)) >= MOST:
        raise Refused("drafts_full", f"You keep {MOST} drafts already. Table or drop one first.")
    number = state.drafts.begun.get(author, 0) + 1
    about = _about(state, command.paragraph)
    return [DraftKept(seal("f", author, number), author, command.title, command.text, *about)]


def _about(state: "RoomState", paragraph_id: str) -> tuple[str, str]:
    """The paragraph of the text on the table, and that text; ("", "") for none. Words are kept also about nothing."""
    document = open_document(state)
    known = document is not None and document.paragraph(paragraph_id) is not None
    return (paragraph_id, document.id) if document and known else ("", "")


def _kept_again(state: "RoomState", draft: Draft, author: str, command: KeepDraft) -> list[Any]:
    if command.seen != draft.version:
        raise Refused(
            "changed_meanwhile",
            "Somebody of yours reworded this draft while you wrote. Compare, then keep your wording again.",
            draft=draft.id,
            text=draft.text,
            version=draft.version,
        )
    same = draft.paragraph == command.paragraph
    about = (draft.paragraph, draft.document) if same else _about(state, command.paragraph)
    kept = DraftKept(draft.id, author, command.title, command.text, *about)
    before = DraftKept(draft.id, author, draft.title, draft.text, draft.paragraph, draft.document)
    return [] if kept == before else [kept]


def drop_draft(state: "RoomState", actor: str, command: DropDraft, _at: int) -> list[Any]:
    author = roles.author(state, actor)
    return [DraftDropped(_own(state, author, command.draft).id, author)]


def table_draft(state: "RoomState", actor: str, command: TableDraft, _at: int) -> list[Any]:
    author = roles.author(state, actor)
    draft = _own(state, author, command.draft)
    document = texts.negotiating(state) if author else texts.drafting(state)
    about = document.paragraph(draft.paragraph) if draft.document == document.id else None
    after = about.id if about and not about.withdrawn else ""
    proposed = texts.new_paragraph(document, author, draft.text, command.section, after)
    return [proposed, DraftDropped(draft.id, author)]


# Fold


def _kept(state: "RoomState", event: DraftKept, entry: Entry) -> "RoomState":
    drafts, mine = state.drafts, state.drafts.of(event.delegation)
    before = drafts.draft(event.delegation, event.draft)
    version = before.version + 1 if before else 1
    draft = Draft(event.draft, event.title, event.text, event.paragraph, entry.at, version, event.document)
    rows = tuple(draft if one.id == draft.id else one for one in mine) if before else (*mine, draft)
    begun = drafts.begun if before else {**drafts.begun, event.delegation: drafts.begun.get(event.delegation, 0) + 1}
    return replace(state, drafts=Drafts({**drafts.by_author, event.delegation: rows}, begun))


def _dropped(state: "RoomState", event: DraftDropped, _entry: Entry) -> "RoomState":
    drafts = state.drafts
    rows = tuple(one for one in drafts.of(event.delegation) if one.id != event.draft)
    return replace(state, drafts=replace(drafts, by_author={**drafts.by_author, event.delegation: rows}))


def _for_the_author(event: DraftKept | DraftDropped) -> tuple[str, ...]:
    return (sight.delegation(event.delegation) if event.delegation else sight.MODERATORS,)


EVENTS: dict[str, tuple[type, Any, Any]] = {
    "drafts.kept": (DraftKept, _for_the_author, _kept),
    "drafts.dropped": (DraftDropped, _for_the_author, _dropped),
}
COMMANDS: dict[str, tuple[type, Any]] = {
    "keep_draft": (KeepDraft, keep_draft),
    "drop_draft": (DropDraft, drop_draft),
    "table_draft": (TableDraft, table_draft),
}
