"""Which output the facts carry: the guards of `outputs`, and what an issued one is called. Pure.

A joint statement is adopted by all, an action plan also has dates; a communiqué and a concept paper rest on an
adoption; a chairman's statement on nobody's objection; a chair's summary is the chair's own and always honest.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from rooms.domain import annexes
from rooms.domain.calls import adoption_of
from rooms.domain.documents import FROZEN, Document
from rooms.domain.labels import (
    KINDS,
    answers_of_capitals,
    is_joint,
    is_provisional,
    stands,
    status_line,
    together,
)
from rooms.domain.refused import Refused

if TYPE_CHECKING:
    from rooms.domain.state import RoomState

# The kinds in which the chair may use words and a title of the chair's own.
THE_CHAIRS = ("chairs_summary", "chairmans_statement")
ADOPTED_BY_ALL = ("joint_statement", "action_plan")
A_MOMENT = 20_000  # ms in which a delegation can object to what it has just heard


def mislabelled(sentence: str, instead: str) -> Refused:
    """A label that says more than happened, with the strongest one that does not."""
    return Refused("mislabelled", f"{sentence} It may be issued as a {KINDS[instead][0].lower()}.", instead=instead)


def must_be_open(document: Document) -> None:
    """A text whose fate is being decided is not issued meanwhile."""
    if document.status in FROZEN:
        how = "under silence" if document.status == "under_silence" else "being decided on"
        raise Refused(document.status, f"This text is {how}. Wait for the result, then issue it as what it has become.")


def must_carry(state: "RoomState", document: Document, kind: str) -> None:
    """Refuses a kind that the facts do not carry, with what they do carry."""
    must_be_open(document)
    if why := CARRIES[kind](state, document):
        raise mislabelled(why, carried(state, document)[-1])


def carried(state: "RoomState", document: Document) -> tuple[str, ...]:
    """What a text may be issued as, weak to strong; a chairman's statement apart, which rests on its being read out."""
    kinds = [kind for kind in KINDS if kind != "chairmans_statement"]
    return tuple(kind for kind in kinds if not CARRIES[kind](state, document))


def _nothing(_state: "RoomState", _document: Document) -> str:
    return ""


def _not_adopted(state: "RoomState", document: Document) -> str:
    """Why a text cannot be told to the press, or worked on, as adopted; "" if it can."""
    if document.status != "adopted":
        return "This text was not adopted."
    return "" if stands(state, document) else _failed(state, document)


def _not_joint(state: "RoomState", document: Document) -> str:
    """Why a text is not everybody's, "" if it is."""
    if why := _not_adopted(state, document):
        return why
    return "" if is_joint(state, document) else "Not all delegations adopted this text: somebody voted against it."


def _not_dated(state: "RoomState", document: Document) -> str:
    """Why a text is no plan of action with dates, "" if it is."""
    if why := _not_joint(state, document):
        return why
    promises = annexes.promises_of(state, document)
    if not promises:
        return "Nobody is committed to anything by this text: an action plan says who does what by when."
    if undated := sum(1 for one in promises if not (one["horizon"] or one["date"])):
        return f"{undated} of the {len(promises)} commitments of this text have neither a date nor a horizon."
    return ""


def _failed(state: "RoomState", document: Document) -> str:
    said = answers_of_capitals(state, document)
    refused = [code for code, one in said.items() if one == "refused"]
    lapsed = [code for code, one in said.items() if one == "lapsed"]
    if refused:
        return f"This text was agreed ad referendum and then refused at home by {together(state, refused)}."
    return f"This text was agreed ad referendum, and {together(state, lapsed)} let the time for its answer lapse."


# kind -> why a text cannot be issued as that, "" if it can.
CARRIES: Mapping[str, Callable[["RoomState", Document], str]] = {
    "chairs_summary": _nothing,
    "chairmans_statement": _nothing,
    "communique": _not_adopted,
    "concept_paper": _not_adopted,
    "joint_statement": _not_joint,
    "action_plan": _not_dated,
}


def must_be_own(state: "RoomState", document: Document | None, kind: str, title: str, text: str) -> None:
    """The chair's words stand only in what is the chair's, and are not called joint there."""
    name = KINDS[kind][0].lower()
    if kind in THE_CHAIRS:
        if document is None and not text:
            raise Refused("text_needed", f"Write what the {name} says, or choose a text.", field="text")
        if "joint" in title.casefold() and not (document and is_joint(state, document)):
            raise mislabelled("The title calls joint what all have not adopted. Give it another title.", kind)
        return
    if text:
        raise Refused(
            "not_adopted_words",
            f"In a {name} stands only what was adopted. Leave your own words out, or issue them as a chair’s summary.",
            field="text",
        )
    proper = title_for(state, document, kind)
    if title not in ("", proper):
        raise Refused("not_adopted_title", f"It is issued as “{proper}”. Leave the title as it is.", field="title")


def must_be_acquiesced(state: "RoomState", objections: Mapping[str, str], read_at: int, at: int) -> None:
    """Nobody objects to what was read out, and there was a moment in which somebody could."""
    if objections:
        who, several = together(state, tuple(objections)), len(objections) > 1
        who = who[:1].upper() + who[1:]
        raise mislabelled(
            f"{who} object{'' if several else 's'} to what was read out. Ask {'them' if several else 'it'} to lift "
            f"{'their objections' if several else 'its objection'}, or read out other words.",
            "chairs_summary",
        )
    if at - read_at < A_MOMENT:
        raise Refused(
            "too_soon", f"Leave {A_MOMENT // 1000} seconds after reading it out, so that somebody can object."
        )


# What an issued output is called and says of itself


def title_for(state: "RoomState", document: Document | None, kind: str) -> str:
    """The title where none was given: the text's own, unless it would promise more than the kind does."""
    if document is None or (document.status != "adopted" and kind in THE_CHAIRS):
        return KINDS[kind][0]
    if "joint" in document.title.casefold() and not is_joint(state, document):
        return KINDS[kind][0]
    return document.title


def issued_label(state: "RoomState", document: Document | None, kind: str) -> str:
    """“Joint statement, ad referendum”; “Chair’s summary, under the chair’s own name”."""
    name = KINDS[kind][0]
    if kind == "chairs_summary":
        return f"{name}, under the chair’s own name"
    return f"{name}, ad referendum" if document and is_provisional(state, document) else name


def issued_status(state: "RoomState", document: Document | None, kind: str) -> str:
    """What an output says of itself in small print: how it came about and whom it binds."""
    if kind == "chairmans_statement":
        own = "Read out by the chair; no delegation objected."
    elif kind == "chairs_summary":
        own = "The chair’s own; it commits no delegation."
    else:
        return status_line(state, document) if document else ""
    return " ".join(filter(None, (own, _of_the_text_in_it(state, document))))


def _of_the_text_in_it(state: "RoomState", document: Document | None) -> str:
    if document is None:
        return ""
    if document.status != "adopted":
        return "The text in it was not adopted."
    return status_line(state, document) if stands(state, document) else _failed(state, document)


def adherents(state: "RoomState", document: Document | None, kind: str) -> tuple[str, ...]:
    """The delegations whose text an output is: all that adopted it, none for what is the chair's."""
    if document is None or kind not in ADOPTED_BY_ALL:
        return ()
    call = adoption_of(state, document.id)
    return call.electorate if call else ()


def attached(state: "RoomState", document: Document | None) -> tuple[Mapping[str, Any], ...]:
    """The dissent that is published with it."""
    return annexes.dissent_on(state, document) if document else ()


def promises(state: "RoomState", document: Document | None, kind: str) -> tuple[Mapping[str, Any], ...]:
    """The road map that is published with what the delegations adopted."""
    return annexes.promises_of(state, document) if document and kind in ADOPTED_BY_ALL else ()
