"""What a rehearsal's script may refer to: ids that only the running room knows, written `@kind` or `@kind:about`.

    @speech, @item, @point     what has the floor, runs, or waits for a ruling now; "" for nothing
    @call                      the consensus call that is open, else the last one
    @person:WHO                the participant of somebody in the cast
    @request:SEAT              the seat's name on the speakers' list; @reply:SEAT its right of reply
    @statement:SEAT            the seat's last statement, without a seat the chair's
    @spoken:SEAT               the seat's last speech that left nothing in writing
    @question:DELEGATION       the oldest question that waits for this delegation's reply
    @version:PARAGRAPH         how often a paragraph has been worded
    @news:INJECT               what an inject has delivered to whoever acts
    @caucus:NAME, @item:NAME, @inject:NAME     what a step with `name` has brought about
    @bracket:NAME, @amendment:NAME, @commitment:NAME   the same
    @bridge:NAME               the chair's last offer for those brackets, @alternative:NAME the last wording on offer
    @amendment, @bracket       the last one that was tabled or put
    @read:NAME                 the version of a commitment as it stands
    @dissent:DELEGATION        what the delegation entered last
    @kept:TITLE                the draft of that title that whoever acts, or their delegation, keeps for itself
    @terms:NAME, @draft:NAME   the number of a caucus's terms, or of its report, as they stand

Reads the state, changes nothing. What a reference stands for is looked up when its step is played.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from rooms.domain.agenda import ItemAdded
from rooms.domain.amendments import AmendmentTabled
from rooms.domain.brackets import BracketOpened
from rooms.domain.caucuses import Caucus, CaucusProposed
from rooms.domain.commitments import CommitmentDrawn
from rooms.domain.documents import Bracket, open_document
from rooms.domain.injects import InjectAdded
from rooms.domain.record import Entry
from rooms.domain.state import RoomState

# The commands whose steps may have a name, and what is kept under it.
NAMING = (
    *("propose_caucus", "convene_caucus", "add_item", "add_inject"),
    *("put_brackets", "table_amendment", "draw_commitment"),
)
NAMED = (
    *(
        "caucus",
        "item",
        "inject",
        "terms",
        "draft",
        "bracket",
        "bridge",
        "alternative",
        "amendment",
        "commitment",
        "read",
    ),
)
# Those of them that mean the last one where they name none.
OR_THE_LAST = ("@item", "@bracket", "@amendment")


@dataclass
class Known:
    """What the player has learnt so far: participant ids by cast name, and ids by the names that steps gave."""

    pids: dict[str, str] = field(default_factory=dict)
    named: dict[str, str] = field(default_factory=dict)


# What a reference stands for: (state, what it is about, what the player knows, who acts) -> the value.
Reference = Callable[[RoomState, str, Known, str], Any]


def _now(value: Any) -> str:
    """The id of what there is now, "" for nothing."""
    return str(value.id) if value else ""


def _item(state: RoomState, about: str, known: Known, _actor: str) -> str:
    return known.named.get(about, "") if about else _now(state.agenda.running)


def _statement(state: RoomState, seat: str, _known: Known, _actor: str) -> str:
    return _now(next((one for one in reversed(state.floor.transcript) if one.seat == seat), None))


def _spoken(state: RoomState, seat: str, _known: Known, _actor: str) -> str:
    return _now(next((one for one in reversed(state.floor.spoken) if one.seat == seat), None))


def _question(state: RoomState, code: str, _known: Known, _actor: str) -> str:
    return _now(next(iter(state.questions.put_to(code)), None))


def _version(state: RoomState, paragraph_id: str, _known: Known, _actor: str) -> int:
    paragraphs = (one for document in reversed(state.texts.documents) for one in document.paragraphs)
    return next((one.version for one in paragraphs if one.id == paragraph_id), 0)


def _news(state: RoomState, inject_id: str, known: Known, actor: str) -> str:
    inject, person = state.injects.prepared.get(known.named.get(inject_id, inject_id)), state.seats.people.get(actor)
    if inject is None or person is None:
        return ""
    delivered = (state.news.pieces.get(news) for _to, news in inject.news)
    return _now(next((one for one in delivered if one and one.is_for(person.seat, person.delegation)), None))


def _caucus(state: RoomState, name: str, known: Known) -> Caucus | None:
    return state.caucuses.known.get(known.named.get(name, ""))


def _terms(state: RoomState, name: str, known: Known, _actor: str) -> int:
    caucus = _caucus(state, name, known)
    return caucus.terms if caucus else 0


def _draft(state: RoomState, name: str, known: Known, _actor: str) -> int:
    caucus = _caucus(state, name, known)
    return caucus.report.number if caucus and caucus.report else 0


def _bracket(state: RoomState, name: str, known: Known) -> Bracket | None:
    every = [one for document in state.texts.documents for one in document.brackets]
    document = open_document(state)
    if not name:
        return document.brackets[-1] if document and document.brackets else None
    return next((one for one in reversed(every) if one.id == known.named.get(name)), None)


def _bridge(state: RoomState, name: str, known: Known, _actor: str) -> str:
    bracket = _bracket(state, name, known)
    return _now(bracket.bridge if bracket else None)


def _alternative(state: RoomState, name: str, known: Known, _actor: str) -> str:
    bracket = _bracket(state, name, known)
    return _now(bracket.alternatives[-1] if bracket and bracket.alternatives else None)


def _amendment(state: RoomState, name: str, known: Known, _actor: str) -> str:
    if name:
        return known.named.get(name, "")
    document = open_document(state)
    return _now(document.amendments[-1] if document and document.amendments else None)


def _read(state: RoomState, name: str, known: Known, _actor: str) -> int:
    commitment = state.commitments.commitment(known.named.get(name, ""))
    return commitment.version if commitment else 0


def _dissent(state: RoomState, code: str, _known: Known, _actor: str) -> str:
    return _now(next((one for one in reversed(state.dissents.entries) if one.delegation == code), None))


def _kept(state: RoomState, title: str, _known: Known, actor: str) -> str:
    person = state.seats.people.get(actor)
    own = state.drafts.of(person.delegation) if person else ()
    return _now(next((one for one in reversed(own) if one.title == title), None))


REFERENCES: Mapping[str, Reference] = {
    "speech": lambda state, _about, _known, _actor: _now(state.floor.speech),
    "item": _item,
    "point": lambda state, _about, _known, _actor: _now(state.orders.open),
    "call": lambda state, _about, _known, _actor: state.decisions.calls[-1].id if state.decisions.calls else "",
    "person": lambda _state, about, known, _actor: known.pids.get(about, ""),
    "request": lambda state, about, _known, _actor: _now(state.floor.request_from_seat(about)),
    "reply": lambda state, about, _known, _actor: _now(state.floor.reply_from_seat(about)),
    "statement": _statement,
    "spoken": _spoken,
    "question": _question,
    "version": _version,
    "news": _news,
    "caucus": lambda _state, about, known, _actor: known.named.get(about, ""),
    "inject": lambda _state, about, known, _actor: known.named.get(about, ""),
    "bracket": lambda state, about, known, _actor: _now(_bracket(state, about, known)),
    "bridge": _bridge,
    "alternative": _alternative,
    "amendment": _amendment,
    "commitment": lambda _state, about, known, _actor: known.named.get(about, ""),
    "read": _read,
    "dissent": _dissent,
    "kept": _kept,
    "terms": _terms,
    "draft": _draft,
}


def is_reference(value: Any) -> bool:
    return isinstance(value, str) and value.startswith("@")


def fault(value: str, cast: Iterable[str], names: Iterable[str]) -> str:
    """What is wrong with a reference before anything is played, "" for nothing. `names`: those given so far."""
    kind, _, about = value[1:].partition(":")
    if kind not in REFERENCES:
        return f"refers to “{value}”, which stands for nothing"
    if kind == "person" and about not in cast:
        return f"refers to “{about}”, who is not in the cast"
    if kind in NAMED and value not in OR_THE_LAST and about not in names:
        return f"refers to “{about}”, a name that no step before it has given"
    return ""


def resolved(value: Any, state: RoomState, known: Known, actor: str) -> Any:
    """A field of a step with what its reference stands for now; anything else as it is."""
    if not is_reference(value):
        return value
    kind, _, about = value[1:].partition(":")
    return REFERENCES[kind](state, about, known, actor)


def brought_about(entries: Iterable[Entry]) -> str:
    """The id of what a step with a name has brought about; "" where it has made nothing that has one."""
    for entry in entries:
        if isinstance(entry.event, CaucusProposed):
            return entry.event.caucus
        if isinstance(entry.event, ItemAdded):
            return str(entry.event.item["id"])
        if isinstance(entry.event, InjectAdded):
            return entry.event.inject
        if isinstance(entry.event, BracketOpened):
            return entry.event.bracket
        if isinstance(entry.event, AmendmentTabled):
            return entry.event.amendment
        if isinstance(entry.event, CommitmentDrawn):
            return entry.event.commitment
    return ""
