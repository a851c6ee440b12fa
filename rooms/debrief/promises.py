"""Commitments in the report: how many there are of each kind, who gives how much to whom, what waits for what, what a
careful reader would point at. The road map itself is read by `rooms.roadmap`, as it was live.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from rooms import roadmap
from rooms.debrief import wording
from rooms.debrief.reading import Mark, Reading
from rooms.debrief.report_parts import CommitmentReport, Given, Promises, Share, Tally, Wait, Warned
from rooms.domain import promises as domain
from rooms.domain.promises import CHAIR, HORIZONS, LINKS, PARALLEL, Commitment, Commitments, Link
from rooms.domain.record import Entry
from rooms.domain.state import RoomState
from rooms.roadmap import DONE, Caution

# In the order in which a commitment lives.
STATUSES = (
    *("proposed", "dormant", "due", "claimed", "verified", "disputed", "overdue", "suspended", "waived", "dropped"),
)
# What the report says of a commitment that was so at some moment.
ONCE = ("overdue", "suspended", "verified")


@dataclass(slots=True)
class PromiseNotes:
    """What is written down about commitments while going through the record once. `once`: when one was first overdue
    or suspended, and last verified."""

    drawn: dict[str, Mark] = field(default_factory=dict)
    moved: dict[str, Mark] = field(default_factory=dict)
    once: dict[tuple[str, str], Mark] = field(default_factory=dict)
    linked: dict[Link, Mark] = field(default_factory=dict)


# Writing down


def note(notes: PromiseNotes, cursor: int, entry: Entry, before: RoomState, after: RoomState) -> None:
    """Write down what an entry changed in the commitments."""
    if after.commitments is before.commitments:
        return
    mark = Mark(entry.at, cursor)
    for one in after.commitments.drawn:
        old = before.commitments.commitment(one.id)
        notes.drawn.setdefault(one.id, mark)
        if old is None or (old.status, old.claims, old.findings) != (one.status, one.claims, one.findings):
            notes.moved[one.id] = mark
        if one.status in ONCE and (old is None or old.status != one.status):
            notes.once.setdefault((one.id, one.status), mark)
    notes.linked = {one: notes.linked.get(one, mark) for one in after.commitments.links}


# Telling


def promises(notes: PromiseNotes, reading: Reading) -> Promises:
    """All of it."""
    drawn, prepared = reading.state.commitments, reading.state.prepared
    standing, order = drawn.standing, _order(drawn)
    linked = _labels_by_link(drawn)
    return Promises(
        tuple(_commitment(notes, reading, one, order) for one in drawn.drawn),
        _tallies(drawn.drawn, STATUSES, lambda one: one.status),
        tuple(Tally(kind, len(which), which) for kind in LINKS if (which := linked[kind])),
        _tallies(standing, HORIZONS, lambda one: one.horizon),
        _tallies(standing, dict.fromkeys(one.track for one in standing), lambda one: one.track),
        tuple(
            Share(
                one.delegation,
                reading.name(one.delegation),
                one.gives,
                one.given,
                one.receives,
                one.received,
                one.first,
            )
            for one in roadmap.balance_of(drawn, prepared)
        ),
        tuple(_to_whom(standing)),
        order,
        tuple(_wait(notes, drawn, one) for one in drawn.links),
        tuple(_warned(one, reading) for one in roadmap.cautions_of(drawn, prepared)),
    )


def _tallies(
    some: Sequence[Commitment], kinds: Iterable[str], kind_of: Callable[[Commitment], str]
) -> tuple[Tally, ...]:
    """How many there are of each kind, those of which there are none left out."""
    by_kind = ((kind, tuple(one.label for one in some if kind_of(one) == kind)) for kind in kinds)
    return tuple(Tally(kind, len(which), which) for kind, which in by_kind if which)


def _label(drawn: Commitments, commitment_id: str) -> str:
    one = drawn.commitment(commitment_id)
    return one.label if one else commitment_id


def _labels_by_link(drawn: Commitments) -> dict[str, tuple[str, ...]]:
    """Of each kind of link, the two that it joins, as “C1 C2”."""
    return {
        kind: tuple(
            f"{_label(drawn, one.first)} {_label(drawn, one.second)}" for one in drawn.links if one.kind == kind
        )
        for kind in LINKS
    }


def _order(drawn: Commitments) -> tuple[tuple[str, ...], ...]:
    """The generations of the road map, each as labels in the order they were drawn."""
    return tuple(
        tuple(_label(drawn, one) for step in layer for one in step) for layer in roadmap.laid_out(drawn).generations
    )


def _commitment(
    notes: PromiseNotes, reading: Reading, one: Commitment, order: Sequence[Sequence[str]]
) -> CommitmentReport:
    drawn, moved = notes.drawn[one.id], notes.moved[one.id]
    overdue, withheld, verified = (notes.once.get((one.id, status)) for status in ONCE)
    everything = reading.state.commitments
    waits_for = [link for link in everything.links if link.second == one.id and link.kind != PARALLEL]
    is_verified = one.status == "verified"
    return CommitmentReport(
        one.id,
        one.label,
        one.act,
        one.actor,
        reading.name(one.actor),
        one.beneficiary,
        reading.name(one.beneficiary) if one.beneficiary else "All others",
        one.verifier,
        _verifier(reading, one.verifier),
        one.standard,
        one.track,
        one.horizon,
        one.date,
        one.status,
        one.document,
        one.paragraph,
        drawn.at,
        drawn.cursor,
        moved.at,
        moved.cursor,
        len(one.claims),
        overdue is not None,
        overdue.cursor if overdue else None,
        withheld is not None,
        withheld.cursor if withheld else None,
        is_verified,
        verified.cursor if verified and is_verified else None,
        next((place for place, step in enumerate(order, start=1) if one.label in step), None),
        tuple(_label(everything, link.first) for link in waits_for),
    )


def _verifier(reading: Reading, verifier: str) -> str:
    if verifier == CHAIR:
        return "The chair"
    return reading.name(verifier) if verifier else "Nobody"


def _to_whom(standing: Sequence[Commitment]) -> list[Given]:
    pairs = dict.fromkeys((one.actor, one.beneficiary) for one in standing if one.status != "waived")
    rows = []
    for actor, beneficiary in pairs:
        own = [
            one for one in standing if (one.actor, one.beneficiary) == (actor, beneficiary) and one.status != "waived"
        ]
        done = sum(one.status in DONE for one in own)
        rows.append(Given(actor, beneficiary, len(own), done, tuple(one.label for one in own)))
    return rows


def _wait(notes: PromiseNotes, drawn: Commitments, link: Link) -> Wait:
    met = link.kind == PARALLEL or domain.is_met(drawn, link)
    return Wait(_label(drawn, link.first), _label(drawn, link.second), link.kind, met, notes.linked[link].cursor)


def _warned(one: Caution, reading: Reading) -> Warned:
    labels = tuple(each.label for each in one.about)
    return Warned(one.kind, wording.sentence(_in_words(one, labels, reading)), labels, one.delegations)


def _in_words(one: Caution, labels: Sequence[str], reading: Reading) -> str:
    all_of_them = wording.listed(labels)
    match one.kind:
        case "circle":
            return f"{all_of_them} wait for one another: none of them can begin"
        case "unpromised":
            return f"{labels[0]} waits for {wording.listed(labels[1:])}, which nobody has promised"
        case "front_loaded":
            first, second = (wording.within(reading.name(code)) for code in one.delegations)
            return f"{first} acts before {second} in every exchange: {all_of_them}"
        case "no_verifier":
            return f"nobody is named to verify {all_of_them}"
        case _:
            rests = "rests" if len(labels) == 1 else "rest"
            return f"{all_of_them} {rests} on no paragraph: nobody has agreed the words"
