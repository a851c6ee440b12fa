"""What of a session is handed on to other people, who go on from one of its moments.

The exercise goes on: its papers and mandates, the agenda, what delegations declared, wrote, bracketed, decided and
promised, what had happened outside. The people do not: who sat where, who asked for the floor, what was said in
confidence, noted or drafted stays with them. What was said at the table is handed on as far as the attribution rule
lets others read it, and nobody's id is left in anything. What is not named here is not handed on.
"""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from rooms.domain import (
    adjourning,
    agenda,
    agreeing,
    amending,
    amendments,
    arranging,
    ballots,
    brackets,
    bridging,
    capitals,
    caucus_sittings,
    chairs_text,
    commitment_life,
    commitments,
    decisions,
    dissent,
    forking,
    gists,
    ground_rules,
    history,
    injects,
    linking,
    measures,
    news,
    non_papers,
    outputs,
    positions,
    ratification,
    reopening,
    room,
    rotation,
    settling,
    shelving,
    silence,
    sponsoring,
    statements,
    suspensions,
    texts,
    voting,
    withholding,
)
from rooms.domain.attribution import ON_THE_RECORD, afterwards
from rooms.domain.record import CLOCK, Entry
from rooms.domain.replacing import replace
from rooms.domain.sight import OBSERVERS

WHOLE = (
    *(room, adjourning, ground_rules, agenda, suspensions, statements, gists),
    *(texts, shelving, sponsoring, agreeing, arranging, brackets, bridging, settling, amendments, amending),
    *(chairs_text, non_papers, decisions, silence, voting, ballots, dissent, ratification, reopening, outputs),
    *(commitments, measures, linking, commitment_life, withholding, history, injects),
)
# Of their matters nothing else: not what a delegation held for itself, who was appointed or met, who read the news.
SINGLE: tuple[type, ...] = (
    *(positions.PositionDeclared, capitals.CapitalsSet, caucus_sittings.CaucusReported, news.NewsDelivered),
    *(rotation.RotationAnnounced, forking.RoomForked),
)
HANDED_ON: tuple[type, ...] = (*(row[0] for matter in WHOLE for row in matter.EVENTS.values()), *SINGLE)
# Part of the exercise, though not before everybody's eyes.
PREPARED: tuple[type, ...] = (
    *(room.PackDelivered, measures.MeasuresPrepared, history.HistoryPrepared, news.NewsDelivered),
    *(row[0] for row in injects.EVENTS.values()),
)


def to_other_people(entries: Sequence[Entry]) -> list[Entry]:
    """The entries with which other people begin, numbered anew. Their fold never fails."""
    shown = [_announced(entry) for entry in entries if OBSERVERS.sees(entry) or isinstance(entry.event, PREPARED)]
    kept = [entry for entry in afterwards(shown) if isinstance(entry.event, HANDED_ON)]
    rules = iter([entry.attribution for entry in entries if _is_round(entry)])  # they all stay, in their order
    ruled = (replace(one, attribution=next(rules)) if _is_round(one) else one for one in kept)
    return [_nobodys(entry, seq) for seq, entry in enumerate(ruled, start=1)]


def _is_round(entry: Entry) -> bool:
    return isinstance(entry.event, rotation.RotationAnnounced)


def _announced(entry: Entry) -> Entry:
    """In which order the delegations present was drawn before anybody spoke: no rule protects it."""
    return replace(entry, attribution=ON_THE_RECORD) if _is_round(entry) else entry


def _nobodys(entry: Entry, seq: int) -> Entry:
    """The entry without anybody of the earlier session in it."""
    return replace(
        entry,
        seq=seq,
        actor=CLOCK if entry.actor == CLOCK else "",
        event=_without_person(_without_ties(entry.event)),
        request_id="",
    )


def _without_ties(event: Any) -> Any:
    """The event without what leads to something that is not handed on, and without what the chair noted of people."""
    if isinstance(event, gists.GistLogged):
        return replace(event, speech="")
    if isinstance(event, caucus_sittings.CaucusReported):
        return replace(event, caucus="")
    if isinstance(event, injects.InjectSkipped):
        return replace(event, reason="")
    if isinstance(event, injects.InjectClosed):
        return replace(event, outcome="")
    return event


def _without_person(event: Any) -> Any:
    """The event without who did it; of what is handed on, only what was said names anybody."""
    return replace(event, person="") if any(one.name == "person" for one in fields(event)) else event
