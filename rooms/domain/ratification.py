"""Ad referendum: what delegations agreed waits until each capital has confirmed it (rulebook 11).

    agreed ad referendum -> instructions sought -> confirmed | confirmed with reservation | refused | lapsed

One course a delegation, from the moment a whole text is adopted ad referendum. The text is provisional until all have
confirmed. One refusal, or one answer that does not come in time, and it is not in force: it stays in the record as it
was agreed, and the chair may take it up again as a new draft, or give those who let their time lapse more of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rooms.domain import capitals, dissent, roles, sight, support
from rooms.domain.calls import MINUTE
from rooms.domain.documents import Document
from rooms.domain.record import Entry
from rooms.domain.refused import Refused
from rooms.domain.replacing import replace

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

AGREED, SOUGHT = "agreed", "sought"
CONFIRMED, RESERVED, REFUSED, LAPSED = "confirmed", "reserved", "refused", "lapsed"
WAITING = (AGREED, SOUGHT)
ANSWERS = {"confirm": CONFIRMED, "reserve": RESERVED, "refuse": REFUSED}
LONGEST_MINUTES = 600  # a class meeting a week later has a deadline of its own: clocks stand between sittings


@dataclass(frozen=True, slots=True)
class Ratification:
    """Where one delegation stands with one text. `by` says who answered: capital or constituencies, "" for nobody."""

    delegation: str
    status: str
    at: int
    sought_at: int | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Ratifications:
    """By document and delegation; by document the `deadlines`, the time (ms) `given` for each, and the `successors`:
    the draft as which a text that failed was taken up again."""

    by_document: Mapping[str, Mapping[str, Ratification]] = field(default_factory=dict)
    deadlines: Mapping[str, int] = field(default_factory=dict)
    given: Mapping[str, int] = field(default_factory=dict)
    successors: Mapping[str, str] = field(default_factory=dict)


# Events


@dataclass(frozen=True, slots=True)
class InstructionsSought:
    document: str
    delegation: str


@dataclass(frozen=True, slots=True)
class CapitalAnswered:
    """`status`: confirmed, reserved or refused."""

    document: str
    delegation: str
    status: str


@dataclass(frozen=True, slots=True)
class ConstituenciesAnswered:
    """The same, by the constituencies alone, because the room says so."""

    document: str
    delegation: str
    status: str


@dataclass(frozen=True, slots=True)
class DeadlineSet:
    """Until `closes_at` the capitals can answer. Whose time had lapsed has it again."""

    document: str
    closes_at: int


@dataclass(frozen=True, slots=True)
class RatificationLapsed:
    """The time was up before these capitals had answered."""

    document: str
    delegations: tuple[str, ...]


# Commands


@dataclass(frozen=True, slots=True)
class SeekInstructions:
    """The delegate who answers for a delegation asks the capital about a text that it agreed ad referendum. `words`:
    what they write home; asked again, only these are sent."""

    document: str
    words: str


@dataclass(frozen=True, slots=True)
class Instruct:
    """A delegation's capital (the moderator, or its cell) decides on a text: confirm, reserve or refuse. `words`: with
    confirm and refuse, what the delegation alone reads; with reserve, the reservation as it is published, to the
    paragraph, if the delegation has not entered one itself."""

    document: str
    delegation: str
    answer: str
    words: str = ""
    paragraph: str = ""


@dataclass(frozen=True, slots=True)
class SetRatificationDeadline:
    """The moderator gives the capitals some minutes from now, 1 to 600, in place of what they had."""

    document: str
    minutes: int


# Rules


def waiting(state: "RoomState", document_id: str) -> tuple[str, ...]:
    """The delegations whose capitals can still answer."""
    if document_id in state.ratifications.successors:
        return ()
    courses = state.ratifications.by_document.get(document_id, {})
    return tuple(code for code, one in courses.items() if one.status in WAITING)


def outcome_of(state: "RoomState", document_id: str) -> str:
    """What has become of a text: refused as soon as one capital refuses, else lapsed as soon as one answer did not
    come in time; pending while any is waited for; confirmed when all have confirmed; "" if it waits for nobody."""
    held = {one.status for one in state.ratifications.by_document.get(document_id, {}).values()}
    if not held:
        return ""
    for failed in (REFUSED, LAPSED):
        if failed in held:
            return failed
    return "pending" if held & set(WAITING) else CONFIRMED


def _course(state: "RoomState", document_id: str, code: str, at: int) -> tuple[Document, Ratification]:
    """A text that waits for this delegation's capital, and where it stands."""
    document = state.texts.document(document_id)
    one = state.ratifications.by_document.get(document_id, {}).get(code)
    if document is None or one is None:
        raise Refused("not_ad_referendum", "This text does not wait for that capital. Look at the list of texts again.")
    if document_id in state.ratifications.successors:
        raise Refused("text_reopened", "This text is being drafted anew. Wait for what comes of it.")
    if one.status == LAPSED or _is_over(state, document_id, at):
        raise Refused("deadline_over", "The time for an answer has lapsed. The chair can give the capitals more.")
    if one.status not in WAITING:
        raise Refused("already_answered", "That capital has answered already; its answer is in the record.")
    return document, one


def _is_over(state: "RoomState", document_id: str, at: int) -> bool:
    closes_at = state.ratifications.deadlines.get(document_id)
    return closes_at is not None and state.room.instant(at) >= closes_at


def seek_instructions(state: "RoomState", actor: str, command: SeekInstructions, at: int) -> list[Any]:
    person = dissent.voice(state, actor)
    code = person.delegation
    document, one = _course(state, command.document, code, at)
    asked = capitals.word(
        state,
        code,
        "delegation",
        capitals.written(command.words),
        person=actor,
        seat=person.seat,
        document=document.id,
    )
    sought = [InstructionsSought(document.id, code)] if one.status == AGREED else []
    return [*sought, asked, *_by_constituencies(state, document, code, state.capitals, after=1)]


def _by_constituencies(
    state: "RoomState", document: Document, code: str, kind: capitals.Capitals, after: int = 0
) -> list[Any]:
    """The answer of those at home, if the room lets them decide and one side of them weighs enough."""
    if kind.kind != capitals.CONSTITUENCIES:
        return []
    held = support.support_of(state.prepared.packs.get(code, {}), document.landed)
    decided = [
        (status, weight, side)
        for status, weight, side in ((CONFIRMED, held.in_favour, "for"), (REFUSED, held.against, "against"))
        if weight >= kind.share
    ]
    if len(decided) != 1:  # nobody weighs enough, or both sides do: then the moderator decides
        return []
    [(status, weight, side)] = decided
    why = f"At home {weight} of 100 are {side} this text; {kind.share} were needed to decide."
    told = capitals.word(state, code, capitals.CONSTITUENCIES, why, document=document.id, after=after)
    fall = _without_reservations(state, document.id, code) if status == CONFIRMED else []
    return [ConstituenciesAnswered(document.id, code, status), *fall, told]


def _without_reservations(state: "RoomState", document_id: str, code: str) -> list[Any]:
    """What was reserved and is not confirmed with the answer falls with it."""
    return [dissent.ReservationFell(one.id) for one in dissent.provisional(state, document_id, code)]


def set_capitals(state: "RoomState", actor: str, command: capitals.SetCapitals, at: int) -> list[Any]:
    """Who decides at home from now on. Answers that were given stay; where constituencies decide from now on, those
    whose delegations wait for instructions do at once."""
    events = capitals.set_capitals(state, actor, command, at)
    if not events:
        return []
    kind = replace(state.capitals, kind=command.kind, share=command.share)
    for document_id, courses in state.ratifications.by_document.items():
        document = state.texts.document(document_id)
        if document is None or _is_over(state, document_id, at):
            continue
        for code in waiting(state, document_id):
            if courses[code].status == SOUGHT:
                told = sum(isinstance(one, capitals.CapitalWord) and one.delegation == code for one in events)
                events += _by_constituencies(state, document, code, kind, after=told)
    return events


def instruct(state: "RoomState", actor: str, command: Instruct, at: int) -> list[Any]:
    code = capitals.decides(state, actor, command.delegation)
    roles.open_room(state)
    document, _one = _course(state, command.document, code, at)
    if command.answer not in ANSWERS:
        raise Refused("unknown_answer", "Confirm, confirm with a reservation, or refuse.", field="answer")
    answered = CapitalAnswered(document.id, code, ANSWERS[command.answer])
    if command.answer == "reserve":
        return [answered, *_reserved(state, document, code, command)]
    if command.answer == "refuse" and not command.words:
        raise Refused("words_needed", "Tell your delegation why you refuse; it alone reads that.", field="words")
    events: list[Any] = [answered]
    if command.answer == "confirm":
        events += _without_reservations(state, document.id, code)
    if command.words:
        text = capitals.written(command.words)
        events.append(capitals.word(state, code, "capital", text, person=actor, document=document.id))
    return events


def _reserved(state: "RoomState", document: Document, code: str, command: Instruct) -> list[Any]:
    """The reservations that the delegation has entered, confirmed; and the capital's own."""
    held = dissent.provisional(state, document.id, code)
    confirmed = [dissent.ReservationConfirmed(one.id) for one in held]
    if not command.words and not held:
        raise Refused("reservation_needed", "Write the reservation; it is published with the text.", field="words")
    if not command.words:
        return confirmed
    if not command.paragraph:
        raise Refused("paragraph_needed", "A reservation is to one paragraph. Choose it.", field="paragraph")
    text = dissent.proper(command.words, "words")
    own = dissent.entered(state, document, code, dissent.RESERVATION, command.paragraph, text, dissent.CONFIRMED)
    return [*confirmed, own]


def set_ratification_deadline(state: "RoomState", actor: str, command: SetRatificationDeadline, at: int) -> list[Any]:
    roles.moderator(state, actor)
    roles.open_room(state)
    failed_or_pending(state, command.document)
    if not 1 <= command.minutes <= LONGEST_MINUTES:
        raise Refused("minutes_range", f"Give the capitals 1 to {LONGEST_MINUTES} minutes.", field="minutes")
    courses = state.ratifications.by_document[command.document].values()
    if not any(one.status in (*WAITING, LAPSED) for one in courses):
        raise Refused("all_answered", "Every capital has answered this text. No deadline is needed.")
    return [DeadlineSet(command.document, state.room.instant(at) + command.minutes * MINUTE)]


def failed_or_pending(state: "RoomState", document_id: str) -> None:
    """Refuses what is asked of a text that waits for no capital, or is being drafted anew."""
    if document_id not in state.ratifications.by_document:
        raise Refused("not_ad_referendum", "This text does not wait for capitals. Look at the list of texts again.")
    if document_id in state.ratifications.successors:
        raise Refused("text_reopened", "This text is being drafted anew. Wait for what comes of it.")


def due(state: "RoomState", at: int) -> list[Any]:
    """At the very instant of the deadline, who has not answered has let their time lapse."""
    if state.room.status != "live":
        return []
    found = [(one, waiting(state, one)) for one, closes_at in state.ratifications.deadlines.items() if closes_at <= at]
    return [RatificationLapsed(document, codes) for document, codes in found if codes]


def next_deadline(state: "RoomState") -> int | None:
    """The nearest instant at which a text lapses, while the session is live."""
    if state.room.status != "live":
        return None
    running = [at for document, at in state.ratifications.deadlines.items() if waiting(state, document)]
    return min(running, default=None)


# Fold


def shifted(held: Ratifications, by_ms: int) -> Ratifications:
    """The same, with the deadlines carried over a pause."""
    return replace(held, deadlines={document: at + by_ms for document, at in held.deadlines.items()})


def _begins(state: "RoomState", event: Any, entry: Entry) -> "RoomState":
    """A whole text was adopted ad referendum: every delegation of the electorate has its course."""
    call = state.decisions.call(event.call)
    if call is None or call.status != "adopted" or call.subject or not call.ad_referendum:
        return state
    held = state.ratifications
    courses = {code: Ratification(code, AGREED, entry.at) for code in call.electorate}
    by_document = {**held.by_document, call.document: courses}
    return replace(state, ratifications=replace(held, by_document=by_document))


def _with(state: "RoomState", document_id: str, changed: Mapping[str, Ratification]) -> "RoomState":
    held = state.ratifications
    courses = {**held.by_document.get(document_id, {}), **changed}
    return replace(state, ratifications=replace(held, by_document={**held.by_document, document_id: courses}))


def _sought(state: "RoomState", event: InstructionsSought, entry: Entry) -> "RoomState":
    return _with(state, event.document, {event.delegation: Ratification(event.delegation, SOUGHT, entry.at, entry.at)})


def _answer(state: "RoomState", event: Any, entry: Entry, by: str) -> "RoomState":
    one = state.ratifications.by_document.get(event.document, {}).get(event.delegation)
    sought_at = one.sought_at if one else None
    answered = Ratification(event.delegation, event.status, entry.at, sought_at, by)
    return _with(state, event.document, {event.delegation: answered})


def _answered(state: "RoomState", event: CapitalAnswered, entry: Entry) -> "RoomState":
    return _answer(state, event, entry, "capital")


def _decided(state: "RoomState", event: ConstituenciesAnswered, entry: Entry) -> "RoomState":
    return _answer(state, event, entry, "constituencies")


def _deadline_set(state: "RoomState", event: DeadlineSet, entry: Entry) -> "RoomState":
    held = state.ratifications
    again = {
        code: replace(one, status=AGREED if one.sought_at is None else SOUGHT, at=entry.at)
        for code, one in held.by_document.get(event.document, {}).items()
        if one.status == LAPSED
    }
    given = {**held.given, event.document: event.closes_at - state.room.instant(entry.at)}
    running = replace(held, deadlines={**held.deadlines, event.document: event.closes_at}, given=given)
    return _with(replace(state, ratifications=running), event.document, again)


def _lapsed(state: "RoomState", event: RatificationLapsed, entry: Entry) -> "RoomState":
    courses = state.ratifications.by_document.get(event.document, {})
    lapsed = {code: replace(courses[code], status=LAPSED, at=entry.at) for code in event.delegations if code in courses}
    return _with(state, event.document, lapsed)


EVENTS = {
    "ratification.instructions_sought": (InstructionsSought, sight.everyone, _sought),
    "ratification.capital_answered": (CapitalAnswered, sight.everyone, _answered),
    "ratification.constituencies_answered": (ConstituenciesAnswered, sight.everyone, _decided),
    "ratification.deadline_set": (DeadlineSet, sight.everyone, _deadline_set),
    "ratification.lapsed": (RatificationLapsed, sight.everyone, _lapsed),
}
COMMANDS = {
    "seek_instructions": (SeekInstructions, seek_instructions),
    "instruct": (Instruct, instruct),
    "set_ratification_deadline": (SetRatificationDeadline, set_ratification_deadline),
    "set_capitals": (capitals.SetCapitals, set_capitals),
}
HEARS = {
    "decisions.consensus_reached": _begins,
    "decisions.silence_kept": _begins,
    "decisions.vote_decided": _begins,
}
