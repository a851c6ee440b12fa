"""A document as it is printed, whatever it is printed with: what it is called, its paragraphs with their brackets, what
was attached to it, who signs. Pure; every word in it is plain text, never markup.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rooms.domain import annexes, issuing, labels
from rooms.domain.calls import Call, adoption_of
from rooms.domain.documents import Document
from rooms.domain.outputs import Issued, Paragraphs, frozen_text
from rooms.domain.state import RoomState
from rooms.domain.wording import Held, Run, ledger

AD_REFERENDUM = "ad referendum"
PRIVATE_CAPACITY = "in a private capacity"
SECTIONS: Mapping[str, str] = {"preambular": "", "operative": "", "annex": "Annex"}
# What a delegation's words are to the text, as the heading of what it attached.
DISSENT: Mapping[str, str] = {
    annexes.STOOD_ASIDE: "Stood aside",
    "explanation": "Explanation of position",
    "interpretation": "Interpretative statement",
    "reservation": "Reservation",
    "footnote": "Footnote",
    "dissociation": "Dissociation",
    "objection": "Objection",
}
# What is said beside a signature of what its delegation attached, before its numbers.
SIGNED_WITH: Mapping[str, str] = {"reservation": "with reservation", "dissociation": "dissociates itself, see"}
HORIZONS: Mapping[str, str] = {"short": "Short term", "mid": "Medium term", "long": "Long term"}
CAPITALS: Mapping[str, str] = {
    "agreed": "agreed ad referendum",
    "sought": "instructions sought",
    "confirmed": "confirmed",
    "reserved": "confirmed with a reservation",
    "refused": "refused",
    "lapsed": "lapsed without an answer",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph. `number` as it is printed, "" for none; `notes` the numbers of what is attached to it."""

    number: str
    runs: tuple[Run, ...]
    notes: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        return "".join(one.text for one in self.runs)


@dataclass(frozen=True, slots=True)
class Part:
    """Preamble, operative part or annex; `heading` "" for none."""

    section: str
    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Attached:
    """One piece of dissent: “Reservation by Japan to paragraph 3”, with its words."""

    number: int
    heading: str
    text: str
    date: str


@dataclass(frozen=True, slots=True)
class Signature:
    """A place to sign. `note` stands under it: ad referendum."""

    name: str
    note: str


@dataclass(frozen=True, slots=True)
class Promise:
    """One line of the road map."""

    label: str
    actor: str
    act: str
    details: tuple[tuple[str, str], ...]
    when: str


@dataclass(frozen=True, slots=True)
class Picture:
    """`label` says what it is, `status` where it stands; `meeting` and `occasion` head the page; `words` are the
    chair's own; `brackets` and `vote` only where there are any; `foot` is the small print of every page."""

    title: str
    label: str
    status: str
    meeting: str
    occasion: str
    words: tuple[str, ...]
    parts: tuple[Part, ...]
    brackets: tuple[tuple[str, str], ...]
    vote: tuple[tuple[str, str], ...]
    capitals: tuple[tuple[str, str], ...]
    attached: tuple[Attached, ...]
    signatures: tuple[Signature, ...]
    promises: tuple[Promise, ...]
    foot: str

    @property
    def mark(self) -> str:
        """What stands at the head of every page: a text is never taken for more than it is."""
        return self.label


def of_document(state: RoomState, document: Document, *, clean: bool = False) -> Picture:
    """A text as it stands now. `clean`: without brackets and alternatives, as it would read if the first wording of
    each were agreed; its status still says how many are open."""
    call = adoption_of(state, document.id) if document.status == "adopted" else None
    adopted = document.status == "adopted" and labels.stands(state, document)
    signing = call.electorate if call and labels.is_joint(state, document) else ()
    text = _clean(document) if clean else frozen_text(document)
    rows = annexes.dissent_on(state, document)
    return Picture(
        document.title,
        labels.label_of(state, document),
        labels.status_line(state, document),
        *_heads(state),
        words=(),
        parts=_parts(text, rows, adopted=adopted),
        brackets=() if clean else tuple(_bracket(state, one) for one in ledger(document)),
        vote=_vote(state, call),
        capitals=_capitals(state, document),
        attached=_attached(state, rows),
        signatures=_signatures(state, signing, _waiting(state, document, signing), rows),
        promises=_promises(state, annexes.promises_of(state, document) if adopted else ()),
        foot=_foot(state),
    )


def of_output(state: RoomState, issued: Issued) -> Picture:
    """An output as it was issued, whatever has become of its text since."""
    chairs = issued.kind in issuing.THE_CHAIRS
    waits = issued.adherents if issued.label.endswith(AD_REFERENDUM) else ()
    signatures = _signatures(state, issued.adherents, waits, issued.attached)
    return Picture(
        issued.title,
        issued.label,
        issued.status,
        *_heads(state),
        words=_split(issued.words),
        parts=_parts(issued.paragraphs, issued.attached, adopted=not chairs),
        brackets=(),
        vote=(),
        capitals=(),
        attached=_attached(state, issued.attached),
        signatures=(Signature("The Chair", ""),) if chairs else signatures,
        promises=_promises(state, issued.promises),
        foot=f"Issued by the chair on {labels.date(issued.at)}. {_foot(state)}",
    )


def _heads(state: RoomState) -> tuple[str, str]:
    """The meeting, and when and where it takes place in the exercise."""
    return (state.room.title or state.prepared.scenario_title, state.prepared.moment)


def _foot(state: RoomState) -> str:
    exercise = f" “{state.prepared.scenario_title}”" if state.prepared.scenario_title else ""
    return f"Text of an exercise{exercise}, written by people who played their parts. It is no act of any government."


def _split(words: str) -> tuple[str, ...]:
    """What was typed, paragraph by paragraph."""
    return tuple(one.strip() for one in words.split("\n") if one.strip())


def _clean(document: Document) -> Paragraphs:
    lines = zip(document.standing, frozen_text(document), strict=True)
    return tuple((section, number, ((one.text, ""),)) for one, (section, number, _runs) in lines)


def _parts(text: Paragraphs, rows: Sequence[Mapping[str, Any]], *, adopted: bool) -> tuple[Part, ...]:
    """The sections that hold anything. An adopted preamble bears no numbers; a draft's does, to be spoken of."""
    notes: dict[str, list[int]] = {}
    for place, row in enumerate(rows, start=1):
        notes.setdefault(row["paragraph"], []).append(place)
    parts = []
    for section, heading in SECTIONS.items():
        lines = tuple(
            Line(
                "" if adopted and section == "preambular" else _printed(section, number),
                tuple(Run(words, mark) for words, mark in runs),
                tuple(notes.get(number, ())),
            )
            for where, number, runs in text
            if where == section
        )
        if lines:
            parts.append(Part(section, heading, lines))
    return tuple(parts)


def _printed(section: str, number: str) -> str:
    return f"{number}." if section == "operative" else number


def _bracket(state: RoomState, held: Held) -> tuple[str, str]:
    """An open bracket for the ledger: where it stands, and who holds it for which words."""
    what = f"“{held.words}”" if held.words else "the whole paragraph"
    against = [f"cannot be accepted by {labels.together(state, held.against)}"] if held.against else []
    others = [
        f"“{words}”{f' would be accepted by {labels.together(state, codes)}' if codes else ' is offered'}"
        for words, codes in held.alternatives
    ]
    return (held.number, f"{what}: {'; '.join([*against, *others])}.")


def _vote(state: RoomState, call: Call | None) -> tuple[tuple[str, str], ...]:
    """The recorded vote; of a secret one only the numbers stand in the status line."""
    if call is None or call.kind != "vote" or call.method == "secret":
        return ()
    rows = [("In favour", "yes"), ("Against", "no"), ("Abstaining", "abstain")]
    named = [(words, [code for code, one in call.answers.items() if one.kind == vote]) for words, vote in rows]
    return tuple((words, labels.together(state, _by_name(state, codes))) for words, codes in named if codes)


def _capitals(state: RoomState, document: Document) -> tuple[tuple[str, str], ...]:
    said = labels.answers_of_capitals(state, document)
    return tuple((_name(state, code), CAPITALS[said[code]]) for code in _by_name(state, tuple(said)))


def _attached(state: RoomState, rows: Sequence[Mapping[str, Any]]) -> tuple[Attached, ...]:
    return tuple(
        Attached(place, _heading(state, row), row["text"], labels.date(row["at"]))
        for place, row in enumerate(rows, start=1)
    )


def _heading(state: RoomState, row: Mapping[str, Any]) -> str:
    """“Reservation by Japan to paragraph 3, provisional”."""
    who = labels.together(state, (row["delegation"],))
    if row["kind"] == annexes.STOOD_ASIDE:
        return f"{who[:1].upper()}{who[1:]} stood aside"
    where = f" to {place_of(row['paragraph'])}" if row["paragraph"] else ""
    provisional = ", provisional until it is confirmed" if row["provisional"] else ""
    return f"{DISSENT[row['kind']]} by {who}{where}{provisional}"


def place_of(number: str) -> str:
    """What a paragraph is called in a sentence: preambular paragraph 2, paragraph 5, annex paragraph 1."""
    section = {"P": "preambular ", "A": "annex "}.get(number[:1], "")
    return f"{section}paragraph {number[1:] if section else number}"


def _waiting(state: RoomState, document: Document, signing: Sequence[str]) -> tuple[str, ...]:
    """The delegations whose capital has still to confirm the text."""
    said = labels.answers_of_capitals(state, document)
    if not said and labels.is_provisional(state, document):
        return tuple(signing)
    return tuple(code for code in signing if said.get(code) in labels.WAITING)


def _signatures(
    state: RoomState, codes: Sequence[str], waiting: Sequence[str], rows: Sequence[Mapping[str, Any]]
) -> tuple[Signature, ...]:
    """A place for each delegation, with what it attached to its name: ad referendum, its reservation."""
    signatures = []
    for code in _by_name(state, codes):
        notes = [AD_REFERENDUM] if code in waiting else []
        for kind, words in SIGNED_WITH.items():
            places = [
                str(place) for place, row in enumerate(rows, 1) if (row["delegation"], row["kind"]) == (code, kind)
            ]
            notes += [f"{words} {', '.join(places)}"] if places else []
        notes += [PRIVATE_CAPACITY] if labels.binds_nobody(state) else []
        signatures.append(Signature(f"For {_full_name(state, code)}", "; ".join(notes)))
    return tuple(signatures)


def _by_name(state: RoomState, codes: Sequence[str]) -> list[str]:
    """In the alphabetical order of their names, as delegations sign."""
    return sorted(codes, key=lambda code: (_name(state, code), code))


def _name(state: RoomState, code: str) -> str:
    delegation = state.prepared.delegation(code)
    return delegation.name if delegation else code


def _full_name(state: RoomState, code: str) -> str:
    delegation = state.prepared.delegation(code)
    return labels.within(delegation.full_name) if delegation else code


def _promises(state: RoomState, rows: Sequence[Mapping[str, Any]]) -> tuple[Promise, ...]:
    return tuple(_promise(state, row) for row in rows)


def _promise(state: RoomState, row: Mapping[str, Any]) -> Promise:
    verifier = row["verifier"]
    known = state.prepared.delegation(verifier)
    said = (
        ("For", _name(state, row["beneficiary"]) if row["beneficiary"] else "all others"),
        ("Done when", row["standard"]),
        ("Set off by", row["trigger"]),
        ("In order", "; ".join(row["waits"])),
        ("Verified by", known.name if known else verifier),
        ("Drawn from", place_of(row["paragraph"]) if row["paragraph"] else ""),
    )
    when = ", ".join(filter(None, (HORIZONS.get(row["horizon"], row["horizon"]), row["date"])))
    details = tuple((name, value) for name, value in said if value)
    return Promise(row["label"], _name(state, row["actor"]), row["act"], details, when)
