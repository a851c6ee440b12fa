"""Twin sessions: the same one played again with other confidences.

A session is played once and kept as a script. For an audience it is played again, with what the audience may not know
of dropped or altered; what the audience is told, and what its people can do, must not change by a byte or an id.

What a caucus brings back to the plenary, a draft that is tabled, a bookmark that is taken up and a mandate that is
shared are left out of both: they are confidences that those who share them end themselves.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from rooms.domain import caucus_terms, channels, checks, forking, inject_control, notes, positions
from rooms.domain.caucuses import CaucusBegan, CaucusProposed
from rooms.domain.codec import name_of, to_data
from rooms.domain.fold import EVENTS, NAMES, record
from rooms.domain.injects import InjectAdded, InjectsPrepared
from rooms.domain.news import EVERYBODY
from rooms.domain.perceptions import GivePerceptions
from rooms.domain.record import Entry
from rooms.domain.room import PackDelivered
from rooms.domain.sight import THE_MODERATORS, Audience, audience_of, capital, visible
from rooms.domain.state import RoomState

from . import forking_play, moves, perceptions_play
from .moves import ASIDE, PRIVATE, Move
from .play import CHINA, JAPAN, KOREA, Session

KEEP, DROP, ALTER = "keep", "drop", "alter"
# How much of a step an audience knows: everything; that it was done, but not in which words; nothing.
EVERYTHING, NOT_THE_WORDS, NOTHING = "everything", "not the words", "nothing"
FOR_THE_CAPITAL = ("seek_instructions", "instruct", "write_to_capital", "write_from_capital")
LEFT_OUT = ("agree_report", "table_draft", "take_up_bookmark", "share_part")


@dataclass(frozen=True)
class Step:
    """One command of a script, with how things stood before it and what came of it."""

    name: str
    actor: str
    command: Any
    at: int
    before: RoomState
    outcome: Any


class Twin(Session):
    """The stage without its second opinion, which the first session has had."""

    def _write(self, actor: str, events: list[Any]) -> None:
        self.new = events
        self.state, entries = record(self.state, actor, events, self.now)
        self.entries.extend(entries)

    def _same_anew(self, anew: RoomState) -> None:
        pass


# The first session

OPENING: tuple[tuple[str, str, Any], ...] = (
    ("propose_caucus", JAPAN, caucus_terms.ProposeCaucus(("ROK",), "Fish", 5)),
    ("propose_caucus", CHINA, caucus_terms.ProposeCaucus(("JPN-MOD", "ROK"), "Ports", 9, alone=True)),
)


def aside(drawn: Sequence[Move], **rules: Any) -> tuple[Session, list[Step]]:
    """The session of these moves, and how it came about. Japan and Korea sit together from the start, and China has
    asked both."""
    session = moves.staged(**rules)
    steps = [_played(session, name, actor, command, session.now) for name, actor, command in OPENING]
    accept = caucus_terms.AcceptCaucus(next(iter(session.state.caucuses.known)))
    steps.append(_played(session, "accept_caucus", KOREA, accept, session.now))
    return session, [*steps, *script(session, drawn, LEFT_OUT)]


def script(session: Session, drawn: Sequence[Move], without: Sequence[str] = ()) -> list[Step]:
    """The session goes on with these moves, whatever comes of each."""
    steps = []
    for move in drawn:
        at = moves.instant_of(move, session)
        name = moves.name_of(move, session.state, at, without)
        actor, command = moves.actor_of(name, move, session.state), moves.command_of(name, move, session.state)
        steps.append(_played(session, name, actor, command, at))
    session.refusal = None
    return steps


def _played(session: Session, name: str, actor: str, command: Any, at: int) -> Step:
    before, session.refusal = session.state, None
    session.when(actor, command, at)
    return Step(name, actor, command, at, before, outcome(session))


def outcome(session: Session) -> Any:
    refusal = session.refusal
    return (refusal.code, refusal.message, refusal.data) if refusal else session.new


# What an audience knows of it


@dataclass(frozen=True)
class Facts:
    """Of a whole record: whom each caucus was proposed to, which of them met, and whom each inject is for."""

    asked: Mapping[str, tuple[str, ...]]
    met: frozenset[str]
    meant_for: Mapping[str, tuple[str, ...]]


def facts_of(entries: Iterable[Entry]) -> Facts:
    events = [entry.event for entry in entries]
    prepared = next(event for event in events if isinstance(event, InjectsPrepared))
    meant_for = {str(one["id"]): tuple(one["to"]) for one in prepared.injects}
    meant_for |= {event.inject: (EVERYBODY,) for event in events if isinstance(event, InjectAdded)}
    return Facts(
        {event.caucus: event.seats for event in events if isinstance(event, CaucusProposed)},
        frozenset(event.caucus for event in events if isinstance(event, CaucusBegan)),
        meant_for,
    )


def known_of(step: Step, audience: Audience, facts: Facts) -> str:
    """How much an audience knows of a step."""
    person = step.before.seats.people.get(step.actor)
    own = person is not None and person.delegation != "" and person.delegation == audience.delegation
    if forking_play.is_nobodys_else(step.command, audience):
        return NOTHING
    if step.name in perceptions_play.SEALED:
        return NOT_THE_WORDS
    if step.name in FOR_THE_CAPITAL and audience != THE_MODERATORS:
        return _known_of_instructions(step, audience, own=own)
    own = own and not is_a_capital(audience)  # which reads what is written home, and nothing else of its delegation
    own_seat = person is not None and person.seat != "" and person.seat == audience.seat
    if step.name in PRIVATE:
        among_chairs = person is not None and person.role == "moderator" and audience == THE_MODERATORS
        return EVERYTHING if own or among_chairs else NOTHING
    if step.name not in ASIDE and step.name != "answer_question":
        return EVERYTHING
    if audience == THE_MODERATORS:
        return _known_to_the_chair(step)
    member_of = "nobody's" if is_a_capital(audience) else audience.delegation
    known = {
        "answer_question": own,
        "note_to_chair": own_seat,
        "answer_note": getattr(step.command, "seat", "") == audience.seat,
        "put_note_aside": getattr(step.command, "seat", "") == audience.seat,
        "word_to_delegation": getattr(step.command, "delegation", "") == member_of,
        "set_bookmark": False,
        "note_refusal": False,
    }.get(step.name)
    if known is not None:
        return EVERYTHING if known else NOTHING
    if own_seat:
        return EVERYTHING
    if step.name in ("see_news", "answer_news"):
        piece = step.before.news.pieces.get(step.command.news)
        for_the_seat = piece is not None and person is not None and piece.to == person.seat
        return EVERYTHING if own and not for_the_seat else NOTHING
    if hasattr(step.command, "inject"):
        meant_for = facts.meant_for.get(step.command.inject, (EVERYBODY,))
        return EVERYTHING if {EVERYBODY, member_of, audience.seat} & set(meant_for) else NOTHING
    return _known_of_caucus(step, audience, facts)


def is_a_capital(audience: Audience) -> bool:
    return audience.name == capital(audience.delegation)


def _known_of_instructions(step: Step, audience: Audience, *, own: bool) -> str:
    """What a capital is asked and answers: to others only that it was, but a reservation is published."""
    if own or getattr(step.command, "delegation", "") == audience.delegation != "":
        return EVERYTHING
    if step.name in ASIDE:
        return NOTHING
    return EVERYTHING if getattr(step.command, "answer", "") == "reserve" else NOT_THE_WORDS


def _known_to_the_chair(step: Step) -> str:
    if step.before.prepared.caucus_readable:
        return EVERYTHING
    if step.name in ("say_in_caucus", "draft_report"):
        return NOTHING
    return NOT_THE_WORDS if step.name in ("propose_caucus", "counter_caucus") else EVERYTHING


def caucus_of(step: Step) -> str:
    """The caucus that a step is about, "" for none."""
    if isinstance(step.outcome, list) and step.outcome and isinstance(step.outcome[0], CaucusProposed):
        return step.outcome[0].caucus
    return str(getattr(step.command, "caucus", ""))


def _known_of_caucus(step: Step, audience: Audience, facts: Facts) -> str:
    caucus = caucus_of(step)
    if step.name in ("propose_caucus", "convene_caucus") and not caucus:
        return NOTHING  # it was refused
    if caucus not in facts.asked or audience.seat in facts.asked[caucus]:
        return EVERYTHING
    if step.before.prepared.caucus_existence == "hidden" or caucus not in facts.met:
        return NOTHING
    if step.name in ("say_in_caucus", "draft_report"):
        return NOTHING
    return NOT_THE_WORDS if step.name in ("propose_caucus", "counter_caucus", "convene_caucus") else EVERYTHING


# The second session


def otherwise_prepared(stage: Session, audience: Audience) -> Session:
    """The stage in a room where the packs and injects that the audience may not see say something else. A capital will
    read its delegation's pack as soon as somebody is appointed."""
    twin = Twin()
    for entry in stage.entries:
        own_pack = isinstance(entry.event, PackDelivered) and entry.event.delegation == audience.delegation
        told = own_pack or audience.sees(entry)
        event = entry.event if told else _otherwise_prepared(entry.event, audience)
        twin.given(event, actor=entry.actor, at=entry.at)
    return twin


def _otherwise_prepared(event: Any, audience: Audience) -> Any:
    if isinstance(event, PackDelivered):
        return replace(event, pack={"who": "Somebody else."})
    if isinstance(event, InjectsPrepared):
        return InjectsPrepared(tuple(_other_inject(one, audience) for one in event.injects))
    return event


def _other_inject(inject: Mapping[str, Any], audience: Audience) -> Mapping[str, Any]:
    words = ["objective", "expected", "contingency"]
    member_of = "nobody's" if is_a_capital(audience) else audience.delegation
    if not {EVERYBODY, member_of, audience.seat} & set(inject["to"]):
        words += ["title", "text", "from"]
    return {**inject, **{word: "Something else." for word in words}}


def play_twin(twin: Session, step: Step, known: str, fate: str) -> None:
    """The step again, or what fate makes of it."""
    twin.refusal = None
    if known == NOTHING and fate == DROP:
        twin.now = step.at  # time goes by as before
        return
    command = step.command
    if fate == ALTER and known == NOTHING:
        command = otherwise_done(command)
    elif fate == ALTER and known == NOT_THE_WORDS:
        command = reworded(command)
    twin.when(step.actor, command, step.at)


def fate_of(step: Step, number: int, fates: Sequence[str], facts: Facts) -> str:
    """A caucus that is announced when it meets cannot be altered by halves: if it never met, all of it goes or none."""
    caucus = caucus_of(step)
    if step.before.prepared.caucus_existence == "hidden" or caucus not in facts.asked or caucus in facts.met:
        return fates[number % len(fates)]
    return DROP if fates[sum(caucus.encode()) % len(fates)] == DROP else KEEP


def reworded(command: Any) -> Any:
    """The same, in other words."""
    if isinstance(command, GivePerceptions):
        return perceptions_play.otherwise_answered(command)
    words = ("text", "topic", "reason", "outcome", "message", "title", "sender", "words")
    there = {one.name: getattr(command, one.name) for one in fields(command) if one.name in words}
    return replace(command, **{name: f"{value} Or not." for name, value in there.items() if value})


def otherwise_done(command: Any) -> Any:
    """Something else that the same person could have done in its place, told to nobody else than the first."""
    match command:
        case caucus_terms.AcceptCaucus():
            return caucus_terms.DeclineCaucus(command.caucus)
        case caucus_terms.DeclineCaucus() | caucus_terms.BeginCaucus():
            return caucus_terms.AcceptCaucus(command.caucus)
        case caucus_terms.WithdrawCaucus():
            return caucus_terms.BeginCaucus(command.caucus)
        case inject_control.HoldInject():
            return inject_control.SkipInject(command.inject, "No time.")
        case inject_control.SkipInject():
            return inject_control.ReleaseInject(command.inject)
        case forking.NoteFork():
            return forking_play.otherwise_noted(command)
        case checks.AnswerQuestion():
            return replace(command, answer=1 - command.answer % 2)
        case positions.TakeBackNote():
            return positions.DeclarePosition(command.issue, "c")
        case positions.DeclarePosition():
            return replace(command, preferred="c")
        case notes.PutNoteAside():
            return notes.AnswerNote(command.seat, "Or so.")
        case channels.SayInDelegation():
            return replace(command, text=f"{command.text} Or not.")
    return reworded(command)


# What is compared


def is_compared(step: Step, audience: Audience) -> bool:
    """Whether what came of a step is to be the same: all that is done in public, and whatever the audience does."""
    person = step.before.seats.people.get(step.actor)
    return step.name not in ASIDE or audience_of(person) == audience


def told(result: Any, audience: Audience) -> Any:
    """What the audience is told of an outcome: a refusal in full, of events those that it may see."""
    if not isinstance(result, list):
        return result
    return [one for one in result if not audience.groups.isdisjoint(EVENTS[NAMES[type(one)]][1](one))]


def sight_of(entries: Sequence[Entry], audience: Audience) -> list[Any]:
    """All that a viewer could be told of an entry but its place in the record, which is for the log alone."""
    return [
        (name_of(one.event), one.at, to_data(one.event), one.audience, one.actor, one.attribution)
        for one in visible(entries, audience)
    ]
