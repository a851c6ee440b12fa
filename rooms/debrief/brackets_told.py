"""The timeline's sentences about brackets and amendments: put, held, bridged, settled; tabled, taken up, rejected.

A paragraph is called as it stood in the text at that moment.
"""

from collections.abc import Callable, Mapping
from typing import Any

from rooms.debrief import wording
from rooms.debrief.wording import paragraph_called, quoted
from rooms.domain import amending, amendments, brackets, bridging, settling
from rooms.domain.documents import Alternative, Amendment, Bracket
from rooms.domain.record import Entry
from rooms.domain.state import RoomState

Teller = Callable[[Any, RoomState, RoomState, Entry], str]


# Brackets


def _bracket(state: RoomState, event: Any) -> Bracket:
    document = state.texts.document(event.document)
    bracket = document.bracket(event.bracket) if document else None
    return bracket or Bracket(event.bracket, "", 0, 0, "", 0)


def _words(state: RoomState, document_id: str, bracket: Bracket) -> str:
    """“the words “open ports” of paragraph 3”, or the paragraph where all of it is meant."""
    document = state.texts.document(document_id)
    paragraph = document.paragraph(bracket.paragraph) if document else None
    called = paragraph_called(state, document_id, bracket.paragraph)
    if paragraph is None or bracket.whole:
        return called
    return f"{quoted(paragraph.text[bracket.start : bracket.end])} in {called}"


def _takes(alternative: Alternative | None, held: str) -> str:
    """That somebody would take an alternative."""
    return (
        f"would take {quoted(alternative.text)} for {held}"
        if alternative and alternative.text
        else f"would do without {held}"
    )


def _opened(event: brackets.BracketOpened, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    held = _words(after, event.document, _bracket(after, event))
    return f"{wording.who(after, event.delegation)} put brackets around {held}{wording.because(event.reason)}"


def _added(event: brackets.AlternativeAdded, before: RoomState, _after: RoomState, _entry: Entry) -> str:
    held = _words(before, event.document, _bracket(before, event))
    who = wording.who(before, event.delegation)
    if not event.text:
        return f"{who} asked to do without {held}"
    return f"{who} offered {quoted(event.text)} for {held}"


def _held(event: brackets.BracketHeld, before: RoomState, _after: RoomState, _entry: Entry) -> str:
    bracket, who = _bracket(before, event), wording.who(before, event.delegation)
    held = _words(before, event.document, bracket)
    if event.alternative:
        return f"{who} {_takes(bracket.alternative(event.alternative), held)}"
    joined = (
        "would take none of the wordings on offer for" if event.delegation in bracket.holds else "joined in holding"
    )
    return f"{who} {joined} {held}"


def _lifted(event: brackets.HoldLifted, before: RoomState, _after: RoomState, _entry: Entry) -> str:
    held = _words(before, event.document, _bracket(before, event))
    return f"{wording.who(before, event.delegation)} lifted its hold on {held}"


def _bridged(event: bridging.BridgeOffered, before: RoomState, _after: RoomState, _entry: Entry) -> str:
    held = _words(before, event.document, _bracket(before, event))
    if not event.text:
        return f"the chair offered to do without {held}"
    return f"the chair offered a bridge for {held}: {quoted(event.text)}"


def _consented(event: bridging.WordingConsented, before: RoomState, _after: RoomState, _entry: Entry) -> str:
    bracket, who = _bracket(before, event), wording.who(before, event.delegation)
    held = _words(before, event.document, bracket)
    if not event.alternative:
        return f"{who}, answering for the paragraph, took back its consent on {held}"
    return f"{who}, answering for the paragraph, {_takes(bracket.alternative(event.alternative), held)}"


def _set_aside(event: bridging.HoldSetAside, before: RoomState, _after: RoomState, _entry: Entry) -> str:
    held = _words(before, event.document, _bracket(before, event))
    return (
        f"the chair set aside the hold of {wording.who(before, event.delegation)}, which had left the room, on {held}"
    )


def _settled(event: settling.BracketSettled, before: RoomState, _after: RoomState, _entry: Entry) -> str:
    bracket = _bracket(before, event)
    chosen, held = bracket.alternative(event.alternative), _words(before, event.document, bracket)
    if not event.text:
        return f"{paragraph_called(before, event.document, bracket.paragraph)} was taken out: all who held it agreed"
    if chosen is None or not chosen.text:
        return f"{held} was taken out: all who held it agreed"
    whose = "the chair's bridge" if chosen.bridge else f"the wording of {wording.who(before, chosen.author)}"
    return f"{held} was settled with {whose}: {quoted(chosen.text)}"


def _ended(event: settling.BracketEnded, before: RoomState, _after: RoomState, _entry: Entry) -> str:
    return f"the brackets around {_words(before, event.document, _bracket(before, event))} were gone: the words stood"


# Amendments


def _amendment(state: RoomState, event: Any) -> Amendment:
    document = state.texts.document(event.document)
    amendment = document.amendment(event.amendment) if document else None
    return amendment or Amendment(event.amendment, "add", "", "", "", "operative", ("",), 0, "", 0)


def _asked(state: RoomState, document_id: str, amendment: Amendment) -> str:
    """“to delete paragraph 3”."""
    about = paragraph_called(state, document_id, amendment.paragraph)
    if amendment.kind == "add":
        return f"to add {quoted(amendment.text)}"
    if amendment.kind == "alter":
        return f"to alter {about} to {quoted(amendment.text)}"
    return f"to {amendment.kind} {about}"


def _whose(state: RoomState, event: Any) -> str:
    """“the amendment of Japan to delete paragraph 3”, before the event."""
    amendment = _amendment(state, event)
    return f"the amendment of {wording.who(state, amendment.sponsors[0])} {_asked(state, event.document, amendment)}"


def _tabled(event: amendments.AmendmentTabled, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    asked = _asked(after, event.document, _amendment(after, event))
    return f"{wording.who(after, event.delegation)} tabled an amendment {asked}{wording.because(event.reason)}"


def _cosponsored(event: amendments.AmendmentCosponsored, before: RoomState, *_: Any) -> str:
    return f"{wording.who(before, event.delegation)} put its name behind {_whose(before, event)}"


def _left(event: amendments.AmendmentLeft, before: RoomState, *_: Any) -> str:
    return f"{wording.who(before, event.delegation)} took its name from {_whose(before, event)}"


def _reworded(event: amendments.AmendmentReworded, before: RoomState, after: RoomState, _entry: Entry) -> str:
    was, now = _amendment(before, event), _amendment(after, event)
    asked = _asked(after, event.document, now)
    if was.text == now.text:
        return f"{wording.who(after, event.delegation)} still asked {asked}, as the paragraph read now"
    return f"{wording.who(after, event.delegation)} reworded its amendment: {asked}"


def _ranked(event: amendments.AmendmentsRanked, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    document = after.texts.document(event.document)
    first = document.amendment(event.order[0]) if document and event.order else None
    if first is None or len(event.order) < 2:
        return ""
    asked = f"{wording.who(after, first.sponsors[0])} {_asked(after, event.document, first)}"
    return f"the chair ranked {wording.counted(len(event.order), 'amendment')}: first the one of {asked}"


def _accepted(event: amending.AmendmentAccepted, before: RoomState, *_: Any) -> str:
    return f"{wording.who(before, event.delegation)} accepted {_whose(before, event)}"


def _adopted(event: amending.AmendmentAdopted, before: RoomState, after: RoomState, _entry: Entry) -> str:
    kind = _amendment(before, event).kind
    state = before if kind == "delete" else after
    became = {"add": "was added", "delete": "was deleted", "alter": "was altered", "move": "was moved"}[kind]
    return f"{paragraph_called(state, event.document, event.paragraph)} {became} as the amendment asked"


def _rejected(event: amending.AmendmentRejected, before: RoomState, *_: Any) -> str:
    return f"{_whose(before, event)} was not adopted"


def _withdrawn(event: amending.AmendmentWithdrawn, before: RoomState, *_: Any) -> str:
    if not event.delegation:
        return f"the chair took off {_whose(before, event)}: nobody of its sponsors was in the room"
    asked = _asked(before, event.document, _amendment(before, event))
    return f"{wording.who(before, event.delegation)} withdrew its amendment {asked}"


def _passed_on(event: amending.AmendmentPassedOn, before: RoomState, after: RoomState, _entry: Entry) -> str:
    now = wording.who(after, _amendment(after, event).sponsors[0])
    asked = _asked(before, event.document, _amendment(before, event))
    return f"{wording.who(before, event.delegation)} gave up its amendment {asked}; {now} kept it on the table"


TELLERS: Mapping[type, tuple[str, Teller]] = {
    brackets.BracketOpened: ("texts", _opened),
    brackets.AlternativeAdded: ("texts", _added),
    brackets.BracketHeld: ("texts", _held),
    brackets.HoldLifted: ("texts", _lifted),
    bridging.BridgeOffered: ("texts", _bridged),
    bridging.WordingConsented: ("texts", _consented),
    bridging.HoldSetAside: ("texts", _set_aside),
    settling.BracketSettled: ("texts", _settled),
    settling.BracketEnded: ("texts", _ended),
    amendments.AmendmentTabled: ("texts", _tabled),
    amendments.AmendmentCosponsored: ("texts", _cosponsored),
    amendments.AmendmentLeft: ("texts", _left),
    amendments.AmendmentReworded: ("texts", _reworded),
    amendments.AmendmentsRanked: ("texts", _ranked),
    amending.AmendmentAccepted: ("texts", _accepted),
    amending.AmendmentAdopted: ("texts", _adopted),
    amending.AmendmentRejected: ("texts", _rejected),
    amending.AmendmentWithdrawn: ("texts", _withdrawn),
    amending.AmendmentPassedOn: ("texts", _passed_on),
}
