"""Commitments, action for action: who does what for whom, by when, seen by whom, and what waits for what (rulebook 13).

    drawn -> proposed -> accepted by its actor (dormant) | dropped          drawn by its actor or the chair
    from an adopted text -> dormant

Drawn from a paragraph, from a measure of the scenario's own road map (see `measures`), or offered freely. What becomes
of them stands in `commitment_life` and `withholding`, links in `linking`.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rooms.domain import calls, commitment_life, documents, roles, sight
from rooms.domain.promises import CHAIR, HORIZONS, Commitment, change
from rooms.domain.record import Entry
from rooms.domain.refused import Refused
from rooms.domain.replacing import replace

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

UNPROMISED = 24  # drawn by one delegation and promised by nobody, dropped or not: more buries the road map
STANDING = 80  # more than that nobody can follow; the longest road map that ships makes 41


# Events


@dataclass(frozen=True, slots=True)
class CommitmentDrawn:
    """`by`: who drew it, "" the chair. `bound`: from an adopted text, so that its actor is bound at once."""

    commitment: str
    act: str
    actor: str
    beneficiary: str
    standard: str
    track: str
    horizon: str
    date: str
    trigger: str
    verifier: str
    document: str
    paragraph: str
    measure: str
    by: str
    bound: bool


@dataclass(frozen=True, slots=True)
class CommitmentAccepted:
    commitment: str
    delegation: str


@dataclass(frozen=True, slots=True)
class CommitmentChanged:
    commitment: str
    act: str
    standard: str
    track: str
    horizon: str
    date: str
    trigger: str
    verifier: str
    delegation: str


@dataclass(frozen=True, slots=True)
class CommitmentDropped:
    commitment: str
    delegation: str
    reason: str


# Commands


@dataclass(frozen=True, slots=True)
class DrawCommitment:
    """A delegation, or the chair, writes down who does what. `beneficiary`: who receives it, "" for all others;
    `horizon`: short, mid or long, `date` in words where there is one; `verifier`: a delegation, "the chair" or an
    outside body. `paragraph`: of the text on the table, or document/paragraph for another one's, "" for none."""

    act: str
    actor: str
    beneficiary: str = ""
    standard: str = ""
    track: str = ""
    horizon: str = "short"
    trigger: str = ""
    verifier: str = ""
    paragraph: str = ""
    measure: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class AcceptCommitment:
    """The delegation that is to act promises it. `seen`: the version that it read."""

    commitment: str
    seen: int


@dataclass(frozen=True, slots=True)
class ChangeCommitment:
    """Other words for a commitment; what is left empty stays. While it is proposed: who drew it, who is to act, or the
    chair; afterwards the chair alone, and no longer what is to be done."""

    commitment: str
    act: str = ""
    standard: str = ""
    track: str = ""
    horizon: str = ""
    date: str = ""
    trigger: str = ""
    verifier: str = ""


@dataclass(frozen=True, slots=True)
class DropCommitment:
    """Whoever drew it takes it back, or whoever is to act declines, while it is only proposed; or the chair."""

    commitment: str
    reason: str = ""


# Rules


def draw_commitment(state: "RoomState", actor: str, command: DrawCommitment, _at: int) -> list[Any]:
    by = roles.author(state, actor)
    roles.open_room(state)
    room_for(state, 1)
    idle = [one for one in state.commitments.drawn if one.by == by and one.status in ("proposed", "dropped")]
    if by and len(idle) >= UNPROMISED:
        raise Refused(
            "drawn_enough", f"You have drawn {len(idle)} commitments that nobody has promised. Let the chair draw more."
        )
    if not command.act:
        raise Refused("act_needed", "Say what is to be done, in one sentence.", field="act")
    if state.prepared.delegation(command.actor) is None:
        raise Refused("unknown_actor", "Choose the delegation that is to act.", field="actor")
    if command.beneficiary and state.prepared.delegation(command.beneficiary) is None:
        raise Refused("unknown_beneficiary", "Choose who receives it, or leave it empty for all.", field="beneficiary")
    if command.beneficiary == command.actor:
        raise Refused(
            "to_oneself", "Nobody commits to themselves. Choose another who receives it.", field="beneficiary"
        )
    _known_horizon(command.horizon)
    document = _source(state, command)
    own = by in ("", command.actor)  # what others read into a text binds nobody before its actor accepts it
    bound = own and document is not None and _binds(state, document, command.actor)
    return [
        CommitmentDrawn(
            next_id(state),
            command.act,
            command.actor,
            command.beneficiary,
            command.standard,
            command.track,
            command.horizon,
            command.date,
            command.trigger,
            _verifier(state, command.verifier, command.actor),
            document.id if document else "",
            command.paragraph.rpartition("/")[2],
            _measure(state, by, command.measure),
            by,
            bound,
        )
    ]


def next_id(state: "RoomState", further: int = 0) -> str:
    """The id of the next commitment, or of one so many further on."""
    return f"cm{len(state.commitments.drawn) + 1 + further}"


def room_for(state: "RoomState", more: int) -> None:
    """So many more commitments can still be followed."""
    if len(state.commitments.standing) + more > STANDING:
        raise Refused("map_full", f"A road map of over {STANDING} commitments cannot be followed. Drop some first.")


def _known_horizon(horizon: str) -> None:
    if horizon not in HORIZONS:
        raise Refused("unknown_horizon", "Choose short, mid or long; a date goes beside it.", field="horizon")


def _verifier(state: "RoomState", words: str, acting: str) -> str:
    """A delegation's code, CHAIR, or an outside body as it was called."""
    plain = words.casefold()
    if plain in ("chair", CHAIR):
        return CHAIR
    found = next((one.code for one in state.prepared.delegations if plain in _called(one.code, one.name)), words)
    if found == acting:
        raise Refused(
            "verifies_itself", "Nobody verifies what they do themselves. Name somebody else.", field="verifier"
        )
    return found


def _called(code: str, name: str) -> tuple[str, str]:
    return code.casefold(), name.casefold()


def _source(state: "RoomState", command: DrawCommitment) -> documents.Document | None:
    """The text from whose paragraph it is drawn: the one that is named, else the one on the table, else the last one
    that was adopted."""
    if not command.paragraph:
        return None
    adopted = (one for one in reversed(state.texts.documents) if one.status == "adopted")
    named, _, paragraph_id = command.paragraph.rpartition("/")
    on_the_table = documents.open_document(state) or next(adopted, None)
    document = state.texts.document(named) if named else on_the_table
    paragraph = document.paragraph(paragraph_id) if document else None
    if document is None or paragraph is None or paragraph.withdrawn or document.status == "shelved":
        raise Refused(
            "unknown_paragraph", "That paragraph is not in the text. Choose one that stands.", field="paragraph"
        )
    return document


def _binds(state: "RoomState", document: documents.Document, acting: str) -> bool:
    """A text binds who took part in adopting it, unless it still waits for the capitals."""
    call = calls.adoption_of(state, document.id) if document.status == "adopted" else None
    return call is not None and not call.ad_referendum and acting in call.electorate


def _measure(state: "RoomState", by: str, measure: str) -> str:
    if measure and (by or not any(one.id == measure for one in state.prepared.measures)):
        raise Refused(
            "unknown_measure", "There is no such measure. The chair draws the scenario's own.", field="measure"
        )
    return measure


def _proposed(state: "RoomState", commitment_id: str) -> Commitment:
    one = commitment_life.standing(state, commitment_id)
    if one.status != "proposed":
        raise Refused("accepted", f"{one.label} has been promised; it is no longer only proposed. Look at its state.")
    return one


def accept_commitment(state: "RoomState", actor: str, command: AcceptCommitment, at: int) -> list[Any]:
    person = roles.delegate(state, actor)
    roles.live(state)
    one = _proposed(state, command.commitment)
    if person.delegation != one.actor:
        raise Refused("not_actor", f"Only {one.actor}, who is to act, can promise {one.label}.")
    if command.seen != one.version:
        raise Refused(
            "changed_meanwhile",
            f"{one.label} was changed while you read it. Read it again, then accept it as it stands now.",
            commitment=one.id,
            version=one.version,
        )
    begins = commitment_life.falling_due(state.commitments.with_one(one.id, status="dormant"), one.id, at)
    return [CommitmentAccepted(one.id, one.actor), *begins]


def change_commitment(state: "RoomState", actor: str, command: ChangeCommitment, _at: int) -> list[Any]:
    by = roles.author(state, actor)
    roles.open_room(state)
    one = commitment_life.standing(state, command.commitment)
    if one.status in ("verified", "waived"):
        raise Refused("over", f"{one.label} is {one.status}; nothing about it changes any more.")
    if by and one.binding:
        raise Refused("accepted", f"{one.label} has been promised. Ask the chair to write down what you agree on now.")
    if by not in ("", one.by, one.actor):
        raise Refused("not_yours", f"{one.label} is changed by who drew it, by {one.actor} or by the chair. Ask them.")
    if command.act and one.binding:
        raise Refused("promised", "What was promised is not reworded. Have it waived and draw another.", field="act")
    if command.horizon:
        _known_horizon(command.horizon)
    changed = CommitmentChanged(
        one.id,
        command.act or one.act,
        command.standard or one.standard,
        command.track or one.track,
        command.horizon or one.horizon,
        command.date or one.date,
        command.trigger or one.trigger,
        _verifier(state, command.verifier, one.actor) or one.verifier,
        by,
    )
    before = (one.act, one.standard, one.track, one.horizon, one.date, one.trigger, one.verifier)
    return [] if changed == CommitmentChanged(one.id, *before, by) else [changed]


def drop_commitment(state: "RoomState", actor: str, command: DropCommitment, at: int) -> list[Any]:
    by = roles.author(state, actor)
    roles.open_room(state)
    one = _proposed(state, command.commitment)
    if by not in ("", one.by, one.actor):
        raise Refused("not_yours", f"{one.label} is dropped by who drew it, by {one.actor} or by the chair. Ask them.")
    after = state.commitments.with_one(one.id, status="dropped")
    begins = commitment_life.falling_due(after, one.id, at) if state.room.status == "live" else []
    return [CommitmentDropped(one.id, by, command.reason), *begins]


# Fold


def _drawn(state: "RoomState", event: CommitmentDrawn, entry: Entry) -> "RoomState":
    one = Commitment(
        event.commitment,
        event.act,
        event.actor,
        event.beneficiary,
        event.standard,
        event.track,
        event.horizon,
        event.date,
        event.trigger,
        event.verifier,
        event.document,
        event.paragraph,
        event.measure,
        event.by,
        status="dormant" if event.bound else "proposed",
        drawn_at=entry.at,
    )
    return replace(state, commitments=replace(state.commitments, drawn=(*state.commitments.drawn, one)))


def _accepted(state: "RoomState", event: CommitmentAccepted, _entry: Entry) -> "RoomState":
    return change(state, event.commitment, status="dormant")


def _changed(state: "RoomState", event: CommitmentChanged, _entry: Entry) -> "RoomState":
    one = state.commitments.commitment(event.commitment)
    return change(
        state,
        event.commitment,
        act=event.act,
        standard=event.standard,
        track=event.track,
        horizon=event.horizon,
        date=event.date,
        trigger=event.trigger,
        verifier=event.verifier,
        version=one.version + 1 if one else 1,
    )


def _dropped(state: "RoomState", event: CommitmentDropped, entry: Entry) -> "RoomState":
    return change(state, event.commitment, status="dropped", reason=event.reason, ended_at=entry.at)


EVENTS = {
    "commitments.drawn": (CommitmentDrawn, sight.everyone, _drawn),
    "commitments.accepted": (CommitmentAccepted, sight.everyone, _accepted),
    "commitments.changed": (CommitmentChanged, sight.everyone, _changed),
    "commitments.dropped": (CommitmentDropped, sight.everyone, _dropped),
}
COMMANDS = {
    "draw_commitment": (DrawCommitment, draw_commitment),
    "accept_commitment": (AcceptCommitment, accept_commitment),
    "change_commitment": (ChangeCommitment, change_commitment),
    "drop_commitment": (DropCommitment, drop_commitment),
}
