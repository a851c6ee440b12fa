"""Coming together on words in brackets: the chair offers a bridge, holders and who answers for the paragraph accept.

The chair moves nobody's hold. It may set aside the hold of a delegation of which nobody is in the room any more, which
would otherwise stand for ever.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rooms.domain import brackets, roles, settling, sight, texts
from rooms.domain.documents import Alternative, with_bracket
from rooms.domain.record import Entry
from rooms.domain.refused import Refused
from rooms.domain.replacing import replace

if TYPE_CHECKING:
    from rooms.domain.state import RoomState


# Events


@dataclass(frozen=True, slots=True)
class BridgeOffered:
    """The chair's words in place of the bracketed ones; "" for none."""

    document: str
    bracket: str
    alternative: str
    text: str


@dataclass(frozen=True, slots=True)
class WordingConsented:
    """Who answers for a paragraph would take an alternative; "" takes that back."""

    document: str
    bracket: str
    delegation: str
    alternative: str


@dataclass(frozen=True, slots=True)
class HoldSetAside:
    """The chair took away the hold of a delegation that has left."""

    document: str
    bracket: str
    delegation: str


# Commands


@dataclass(frozen=True, slots=True)
class OfferBridge:
    """The moderator offers words, or that there be none (`delete`), in place of those in brackets."""

    bracket: str
    text: str = ""
    delete: bool = False


@dataclass(frozen=True, slots=True)
class AcceptWording:
    """A holder would take an alternative: its hold moves there. Who answers for the paragraph, a delegation or the
    chair, consents to it. "" accepts the words as they stand: a hold is lifted, a consent taken back."""

    bracket: str
    alternative: str = ""


@dataclass(frozen=True, slots=True)
class SetAsideHold:
    """The moderator sets aside the hold of a delegation of which nobody is in the room."""

    bracket: str
    delegation: str


# Rules


def offer_bridge(state: "RoomState", actor: str, command: OfferBridge, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    document = texts.negotiating(state)
    bracket, paragraph = brackets.open_bracket(document, command.bracket)
    brackets.room_for_words(document, bracket)
    text = brackets.offered(paragraph, bracket, command.text, command.delete)
    texts.fits(document, text)
    return [BridgeOffered(document.id, bracket.id, brackets.next_alternative(bracket), text)]


def accept_wording(state: "RoomState", actor: str, command: AcceptWording, _at: int) -> list[Any]:
    code = roles.author(state, actor)
    document = texts.negotiating(state)
    bracket, paragraph = brackets.open_bracket(document, command.bracket)
    if code in bracket.holds:
        if not command.alternative:
            return brackets.lifted(state, document, bracket, code)
        return brackets.held(state, document, bracket, code, command.alternative)
    if code != settling.answers_for(state, paragraph):
        raise Refused(
            "not_holder", "You neither hold these brackets nor answer for the paragraph. Hold them to choose."
        )
    if command.alternative and bracket.alternative(command.alternative) is None:
        raise Refused("unknown_alternative", "That wording is not on offer here. Choose one that is.")
    after = replace(bracket, consent=command.alternative or None)
    given = WordingConsented(document.id, bracket.id, code, command.alternative)
    new = [] if after.consent == bracket.consent else [given]
    return [*new, *settling.follows(state, document, after, code)]


def set_aside_hold(state: "RoomState", actor: str, command: SetAsideHold, _at: int) -> list[Any]:
    roles.moderator(state, actor)
    document = texts.negotiating(state)
    bracket, _ = brackets.open_bracket(document, command.bracket)
    if command.delegation not in bracket.holds:
        raise Refused("no_such_hold", "That delegation does not hold these brackets. Look at who does.")
    if state.seats.members(command.delegation):
        raise Refused(
            "holder_present", "Somebody of that delegation is in the room; only they lift their hold. Ask them."
        )
    after = replace(bracket, holds=brackets.without(bracket.holds, command.delegation))
    set_aside = HoldSetAside(document.id, bracket.id, command.delegation)
    return [set_aside, *settling.follows(state, document, after, "", "set_aside")]


# Fold


def _offered(state: "RoomState", event: BridgeOffered, _entry: Entry) -> "RoomState":
    document = state.texts.document(event.document)
    bracket = document.bracket(event.bracket) if document else None
    if document is None or bracket is None:
        return state
    new = Alternative(event.alternative, event.text, "", bridge=True)
    return with_bracket(state, document.id, bracket.id, alternatives=(*bracket.alternatives, new))


def _consented(state: "RoomState", event: WordingConsented, _entry: Entry) -> "RoomState":
    return with_bracket(state, event.document, event.bracket, consent=event.alternative or None)


def _set_aside(state: "RoomState", event: HoldSetAside, _entry: Entry) -> "RoomState":
    document = state.texts.document(event.document)
    bracket = document.bracket(event.bracket) if document else None
    if document is None or bracket is None:
        return state
    holds = brackets.without(bracket.holds, event.delegation)
    return with_bracket(state, document.id, bracket.id, holds=holds)


EVENTS: dict[str, tuple[type, Any, Any]] = {
    "brackets.bridge_offered": (BridgeOffered, sight.everyone, _offered),
    "brackets.consented": (WordingConsented, sight.everyone, _consented),
    "brackets.hold_set_aside": (HoldSetAside, sight.everyone, _set_aside),
}
COMMANDS: dict[str, tuple[type, Any]] = {
    "offer_bridge": (OfferBridge, offer_bridge),
    "accept_wording": (AcceptWording, accept_wording),
    "set_aside_hold": (SetAsideHold, set_aside_hold),
}
