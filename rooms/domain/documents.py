"""What a text consists of: documents of paragraphs, their versions, the brackets on them and the amendments to them.

    document: draft <-> under decision | under silence -> adopted          draft <-> shelved

Data and what can be read off it. The rules stand in `texts`, `brackets`, `amendments`, `agreeing`, `drafting`.
Spans are counted in characters of the paragraph's present text; "" as a delegation is the chair.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rooms.domain.replacing import replace

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

SECTIONS = ("preambular", "operative", "annex")
MODES = ("negotiated", "chairs")
FROZEN = ("under_decision", "under_silence")


@dataclass(frozen=True, slots=True)
class Version:
    """One wording of a paragraph. `author` brought in the words that are new in it; `cause` says how: proposed,
    reworded, alternative, bridged or amended."""

    text: str
    author: str
    at: int
    cause: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`proposer` is a delegation code, or "" for the chair; `sponsors` begins with the proposer; `version` counts from
    1. `agreed_by` are the delegations that have agreed it ad referendum, `agreed` is true once all have, or the chair
    saw no objection; `lands` says where it would settle issues, as (issue, option)."""

    id: str
    text: str
    proposer: str
    version: int = 1
    withdrawn: bool = False
    section: str = "operative"
    sponsors: tuple[str, ...] = ()
    versions: tuple[Version, ...] = ()
    agreed_by: tuple[str, ...] = ()
    agreed: bool = False
    reopened: bool = False
    lands: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Alternative:
    """Other words for what stands in brackets; "" means: without these words. `bridge`: the chair's offer."""

    id: str
    text: str
    author: str
    bridge: bool = False


@dataclass(frozen=True, slots=True)
class Bracket:
    """Text that some delegation cannot accept. `start` and `end` bound it in the paragraph; both 0 for the whole
    paragraph, whatever its wording. `holds` tells of each holder which alternative it would accept, "" for none;
    `consent` is the alternative to which who answers for the paragraph has agreed, None for none. `ended`: lifted,
    settled, withdrawn (with its paragraph) or set_aside."""

    id: str
    paragraph: str
    start: int
    end: int
    opened_by: str
    opened_at: int
    reason: str = ""
    alternatives: tuple[Alternative, ...] = ()
    holds: Mapping[str, str] = field(default_factory=dict)
    consent: str | None = None
    ended: str = ""
    ended_at: int | None = None
    ended_by: str = ""

    @property
    def open(self) -> bool:
        return not self.ended

    @property
    def whole(self) -> bool:
        return self.start == self.end == 0

    @property
    def place(self) -> tuple[bool, int]:
        """In the order of its paragraph's words; on the whole comes first."""
        return not self.whole, self.start

    @property
    def holders(self) -> tuple[str, ...]:
        return tuple(self.holds)

    def alternative(self, alternative_id: str) -> Alternative | None:
        return next((one for one in self.alternatives if one.id == alternative_id), None)

    @property
    def bridge(self) -> Alternative | None:
        """The chair's latest offer."""
        return next((one for one in reversed(self.alternatives) if one.bridge), None)


@dataclass(frozen=True, slots=True)
class Amendment:
    """`kind` is add, delete, alter or move. `text` is the new wording of an addition or alteration; `after` the
    paragraph behind which something is added or moved, "" for the top of `section`; `seen` the version that was
    altered; `distance` how far the new wording is from that, 0 to 1000. `sponsors` begins with who answers for it.
    `status`: tabled, adopted, rejected, withdrawn or fallen; `rank` 1 is put first, 0 until the chair has ranked it."""

    id: str
    kind: str
    paragraph: str
    text: str
    after: str
    section: str
    sponsors: tuple[str, ...]
    seen: int
    reason: str
    at: int
    status: str = "tabled"
    rank: int = 0
    ended_at: int | None = None
    distance: int = 0


@dataclass(frozen=True, slots=True)
class Comment:
    """What a delegation says of a chair's text, and to which draft of it. `paragraph` "" is the whole."""

    delegation: str
    paragraph: str
    text: str
    draft: int
    at: int


@dataclass(frozen=True, slots=True)
class Issued:
    """A draft that the chair issued, as it read: (paragraph id, text)."""

    number: int
    at: int
    paragraphs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Document:
    """`status`: draft, under_decision, under_silence, adopted or shelved; `mode`: negotiated, or chairs for a single
    negotiating text; `output` is what it is to become (see `labels`), "" while open; `draft` counts the chair's
    drafts, of which `issued` keeps those that followed the first. `shelved_for` says why it was put aside.
    `paragraphs` stand in the order of the text within their sections."""

    id: str
    title: str
    status: str = "draft"
    paragraphs: tuple[Paragraph, ...] = ()
    mode: str = "negotiated"
    output: str = ""
    draft: int = 1
    brackets: tuple[Bracket, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    comments: tuple[Comment, ...] = ()
    issued: tuple[Issued, ...] = ()
    shelved_for: str = ""

    @property
    def as_read(self) -> tuple[tuple[str, str], ...]:
        """The standing text as (paragraph id, text)."""
        return tuple((one.id, one.text) for one in self.standing)

    @property
    def standing(self) -> tuple[Paragraph, ...]:
        """The paragraphs that are on the table, as they are read: preamble, operative part, annex."""
        there = [one for one in self.paragraphs if not one.withdrawn]
        return tuple(one for section in SECTIONS for one in there if one.section == section)

    def paragraph(self, paragraph_id: str) -> Paragraph | None:
        return next((one for one in self.paragraphs if one.id == paragraph_id), None)

    def bracket(self, bracket_id: str) -> Bracket | None:
        return next((one for one in self.brackets if one.id == bracket_id), None)

    def amendment(self, amendment_id: str) -> Amendment | None:
        return next((one for one in self.amendments if one.id == amendment_id), None)

    @property
    def open_brackets(self) -> tuple[Bracket, ...]:
        return tuple(one for one in self.brackets if one.open)

    def brackets_on(self, paragraph_id: str) -> tuple[Bracket, ...]:
        """The open brackets of a paragraph, in the order of its words; those on the whole first."""
        here = [one for one in self.brackets if one.open and one.paragraph == paragraph_id]
        return tuple(sorted(here, key=lambda one: one.place))

    @property
    def pending(self) -> tuple[Amendment, ...]:
        """The amendments on the table: by paragraph in the order of the text, additions last; for each paragraph in the
        order in which they are put: as the chair has ranked them, then the furthest from the original first."""
        there = [one for one in self.amendments if one.status == "tabled"]
        if not there:
            return ()
        places = {one.id: place for place, one in enumerate(self.standing)}
        most = len(self.amendments) + len(places) + 1

        def in_turn(one: Amendment) -> tuple[int, int, int]:
            return places.get(one.paragraph, most), one.rank or most, -one.distance

        return tuple(sorted(there, key=in_turn))

    def amendments_to(self, paragraph_id: str) -> tuple[Amendment, ...]:
        return tuple(one for one in self.pending if one.paragraph == paragraph_id)

    @property
    def weight(self) -> int:
        """Characters of all that is read with the text: what stands, what is offered in brackets, what amendments
        would put there."""
        standing = sum(len(one.text) for one in self.paragraphs if not one.withdrawn)
        offered = sum(len(one.text) for bracket in self.open_brackets for one in bracket.alternatives)
        return standing + offered + sum(len(one.text) for one in self.amendments if one.status == "tabled")

    @property
    def landed(self) -> Mapping[str, tuple[str, ...]]:
        """Where the text as it stands would settle the issues: the options its paragraphs land on, by issue."""
        found: dict[str, tuple[str, ...]] = {}
        for paragraph in self.standing:
            for issue, option in paragraph.lands:
                found[issue] = tuple(dict.fromkeys((*found.get(issue, ()), option)))
        return found


@dataclass(frozen=True, slots=True)
class Texts:
    documents: tuple[Document, ...] = ()

    def document(self, document_id: str) -> Document | None:
        return next((document for document in self.documents if document.id == document_id), None)


def open_document(state: "RoomState") -> Document | None:
    """The text that is being drafted or decided; the newest one if there are several."""
    return next((one for one in reversed(state.texts.documents) if one.status not in ("adopted", "shelved")), None)


def status_of(document: Document, paragraph: Paragraph) -> str:
    """Where a paragraph stands: deleted, bracketed, bridged (all that stands in brackets has the chair's offer),
    agreed (ad referendum), reopened or proposed."""
    if paragraph.withdrawn:
        return "deleted"
    brackets = document.brackets_on(paragraph.id)
    if brackets:
        return "bridged" if all(one.bridge for one in brackets) else "bracketed"
    if paragraph.agreed:
        return "agreed"
    return "reopened" if paragraph.reopened else "proposed"


def numbered(document: Document) -> tuple[tuple[str, Paragraph], ...]:
    """The standing paragraphs with what they are called: P1, P2 … in the preamble, 1, 2 … in the operative part,
    A1, A2 … in the annex."""
    counts: dict[str, int] = {}
    rows = []
    for one in document.standing:
        counts[one.section] = counts.get(one.section, 0) + 1
        prefix = {"preambular": "P", "operative": "", "annex": "A"}[one.section]
        rows.append((f"{prefix}{counts[one.section]}", one))
    return tuple(rows)


def number_of(document: Document, paragraph_id: str) -> str:
    """What a standing paragraph is called (see `numbered`); "" for one that is not on the table."""
    return next((number for number, one in numbered(document) if one.id == paragraph_id), "")


# How other matters change a text


def placed(paragraphs: tuple[Paragraph, ...], one: Paragraph, after: str) -> tuple[Paragraph, ...]:
    """The paragraphs with one of them, or a new one, directly behind `after`; "" puts it at the top of its section."""
    rest = tuple(other for other in paragraphs if other.id != one.id)
    place = next((number for number, other in enumerate(rest, start=1) if other.id == after), 0)
    return (*rest[:place], one, *rest[place:])


def with_document(state: "RoomState", document_id: str, **fields: Any) -> "RoomState":
    """The state with one document changed."""
    documents = tuple(replace(one, **fields) if one.id == document_id else one for one in state.texts.documents)
    return replace(state, texts=Texts(documents))


def with_paragraph(state: "RoomState", document_id: str, paragraph_id: str, **fields: Any) -> "RoomState":
    """The state with one paragraph changed."""
    document = state.texts.document(document_id)
    if document is None:
        return state
    paragraphs = tuple(replace(one, **fields) if one.id == paragraph_id else one for one in document.paragraphs)
    return with_document(state, document.id, paragraphs=paragraphs)


def reworded(state: "RoomState", document_id: str, paragraph_id: str, version: Version) -> "RoomState":
    """The state in which a paragraph has another wording: whoever had agreed to the old one has not to this."""
    document = state.texts.document(document_id)
    paragraph = document.paragraph(paragraph_id) if document else None
    if paragraph is None:
        return state
    return with_paragraph(
        state,
        document_id,
        paragraph_id,
        text=version.text,
        version=paragraph.version + 1,
        versions=(*paragraph.versions, version),
        agreed_by=(),
        agreed=False,
    )


def with_bracket(state: "RoomState", document_id: str, bracket_id: str, **fields: Any) -> "RoomState":
    """The state with one bracket changed."""
    document = state.texts.document(document_id)
    if document is None:
        return state
    brackets = tuple(replace(one, **fields) if one.id == bracket_id else one for one in document.brackets)
    return with_document(state, document_id, brackets=brackets)


def with_amendment(state: "RoomState", document_id: str, amendment_id: str, **fields: Any) -> "RoomState":
    """The state with one amendment changed."""
    document = state.texts.document(document_id)
    if document is None:
        return state
    amendments = tuple(replace(one, **fields) if one.id == amendment_id else one for one in document.amendments)
    return with_document(state, document_id, amendments=amendments)
