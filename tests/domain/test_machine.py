"""A machine plays a room: legal moves, illegal ones, the clock, in any order; after each step the rules still hold.

What must be so in every state stands in `test_sessions`; here is what no single step may do. That folding the record
anew gives the live state is checked by the stage itself, after every step.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from rooms.domain import (
    agenda,
    calls,
    capitals,
    caucus_sittings,
    caucuses,
    channels,
    commitment_life,
    decisions,
    dissent,
    floor,
    injects,
    news,
    notes,
    orders,
    perceptions,
    points,
    positions,
    ratification,
    reopening,
    replies,
    sight,
    silence,
    speakers,
    speeches,
    statements,
    suspensions,
    texts,
    voting,
)
from rooms.domain.fold import Tick, decide, next_deadline
from rooms.domain.record import CLOCK, Entry
from rooms.domain.sight import audience_of
from rooms.domain.state import RoomState
from tests.thorough import examples

from . import brackets_play, commitments_play, decisions_play, perceptions_play, texts_play, wash_play
from .moves import Move, one_move, play_one, staged
from .play import ANNOUNCED, MINUTE, READABLE, SECOND, Session
from .test_sessions import sound_agenda, sound_calls, sound_capitals, sound_floor, sound_seats, sound_texts

# What somebody says, or asks to say, by their own hand.
SAID = (
    *(speakers.FloorRequested, replies.RightOfReplyAsked, statements.StatementMade, orders.PointRaised),
    *(caucus_sittings.SaidInCaucus, caucus_sittings.ReportDrafted, channels.SaidInDelegation, texts.ParagraphProposed),
    *(dissent.DissentEntered, capitals.CapitalWord),
    *(news.NewsAnswered, decisions.AnswerGiven, orders.RulingVoted),
    *decisions_play.SIGNED,
    *texts_play.SIGNED,
    *brackets_play.SIGNED,
    *commitments_play.SAID,
)
# What a delegation does in its own name.
SIGNED = (
    *(decisions.AnswerGiven, orders.RulingVoted, orders.RulingAppealed, positions.PositionDeclared),
    positions.NoteTakenBack,
    *(positions.PositionNoted, caucuses.CaucusAccepted, caucuses.CaucusDeclined, caucuses.CaucusCountered),
    *(caucuses.CaucusLeft, caucus_sittings.ReportDrafted, caucus_sittings.ReportAgreed, news.NewsAnswered),
    ratification.InstructionsSought,
    *(news.NewsSeen, texts.ParagraphProposed),
    *decisions_play.SIGNED,
    *texts_play.SIGNED,
    *brackets_play.SIGNED,
    *commitments_play.SIGNED,
)
# What only the chair does.
OF_THE_CHAIR = (
    *(agenda.ItemStarted, agenda.ItemAdded, agenda.ItemMoved, agenda.ItemSkipped, agenda.ItemExtended),
    *(agenda.ItemEnded, suspensions.ItemSuspended, suspensions.ItemResumed, floor.FloorGiven, orders.PointRuled),
    *(orders.PointSettled, speakers.ListOpened, speakers.ListClosed, speakers.RequestMoved, speeches.SpeechExtended),
    *(speeches.SpeechSecondsSet, speeches.TurnUndone, caucuses.CaucusExtended, caucus_sittings.BroadcastMade),
    *(decisions.ConsensusCalled, decisions.CallWithdrawn, texts.DocumentOpened),
    *(notes.NoteAnswered, notes.NotePutAside, notes.WordSent, notes.Bookmarked),
    *(injects.InjectAdded, injects.InjectArmed, injects.InjectHeld, injects.InjectSkipped, injects.InjectClosed),
    injects.ContingencyPlayed,
    *decisions_play.OF_THE_CHAIR,
    *texts_play.OF_THE_CHAIR,
    *brackets_play.OF_THE_CHAIR,
    *commitments_play.OF_THE_CHAIR,
    *(capitals.CapitalsSet, capitals.CapitalAppointed, capitals.CapitalReleased, ratification.DeadlineSet),
    reopening.TextReopened,
    *perceptions_play.OF_THE_CHAIR,
    *wash_play.OF_THE_CHAIR,
)
# What moves the floor, and waits while a point of order does.
ON_THE_FLOOR = (floor.FloorGiven, speeches.SpeechResumed, speeches.TurnUndone)
ENDINGS = ("left", "item ended", floor.BY_CHAIR)  # how a speech ends also then: who leaves or is muted, the item


class RoomMachine(RuleBasedStateMachine):
    """Whoever does whatever, whenever."""

    def __init__(self) -> None:
        super().__init__()
        self.session = Session()
        self.before = self.session.state
        self.rung: set[tuple[str, str]] = set()

    @initialize(rules=st.sampled_from(({}, ANNOUNCED, READABLE)))
    def a_session_begins(self, rules: Mapping[str, Any]) -> None:
        self.session = staged(**rules)
        self.before = self.session.state

    @rule(move=one_move(fair=(True,)))
    def somebody_does_what_the_rules_allow(self, move: Move) -> None:
        self.played(move)

    @rule(move=one_move(fair=(False,)))
    def somebody_does_whatever_comes_to_mind(self, move: Move) -> None:
        self.played(move)

    @rule(after=st.sampled_from((0, 1, SECOND, MINUTE, 5 * MINUTE)))
    def time_goes_by(self, after: int) -> None:
        at = self.session.now + after
        self.act(CLOCK, Tick(), at)
        assert decide(self.session.state, CLOCK, Tick(), at) == [], "the clock says everything once"
        deadline = next_deadline(self.session.state)
        assert deadline is None or deadline > at

    def played(self, move: Move) -> None:
        self.step(lambda: play_one(self.session, move))

    def act(self, actor: str, command: Any, at: int) -> None:
        self.session.refusal = None
        self.step(lambda: self.session.when(actor, command, at))

    def step(self, done: Any) -> None:
        self.before, length = self.session.state, len(self.session.entries)
        done()
        new = self.session.entries[length:]
        if self.session.refusal:
            assert self.session.state is self.before
            assert not new
        for entry in new:
            acted_by_who_may(self.before, entry)
            addressed_to_whom_it_concerns(self.before, entry)
            self.rings_once(entry.event)
        waits_while_a_point_does(self.before, [entry.event for entry in new])
        clocks_run_on(self.before, self.session.state, self.session.now, [entry.event for entry in new])

    def rings_once(self, event: Any) -> None:
        """Each deadline is told once, unless the chair gave more time in between."""
        for what, kind, again in RINGS:
            if isinstance(event, kind):
                rung = (kind.__name__, getattr(event, what))
                assert rung not in self.rung
                self.rung.add(rung)
            if again and isinstance(event, again):
                self.rung.discard((kind.__name__, getattr(event, what)))
        if isinstance(event, floor.FloorGiven):  # a name whose turn was taken back is called again
            self.rung.discard((floor.SpeechTimeUp.__name__, event.request))

    @invariant()
    def the_state_is_sound(self) -> None:
        state = self.session.state
        if not state.room.status:
            return
        for sound in (sound_floor, sound_seats, sound_agenda, sound_caucuses):
            sound(state)
        commitments_play.sound_commitments(self.before, state)
        sound_texts(self.before, state)
        texts_play.sound_papers(self.before, state)
        brackets_play.sound_brackets(self.before, state)
        sound_calls(self.before, state)
        sound_capitals(self.before, state)
        if state.room.status != "live":
            silent = calls.open_call(state)
            assert next_deadline(state) in (None, silent.closes_at if silent and silent.kind == "silence" else None), (
                "clocks run in a live session only, but for a silence's"
            )

    @invariant()
    def who_was_removed_sees_nothing(self) -> None:
        people = self.session.state.seats.people.values()
        assert all(audience_of(person) is None for person in people if person.removed)
        assert all(audience_of(one) == sight.WAITING for one in people if not (one.removed or one.admitted))


RINGS: tuple[tuple[str, type, type | None], ...] = (
    ("speech", floor.SpeechTimeUp, speeches.SpeechExtended),
    ("item", agenda.ItemTimeUp, agenda.ItemExtended),
    ("caucus", caucuses.CaucusTimeUp, caucuses.CaucusExtended),
    ("call", decisions.ConsensusReached, None),
    ("call", silence.SilenceKept, None),
    ("call", silence.AdoptionAnnounced, None),
    ("call", voting.VoteDecided, None),
    ("inject", injects.InjectReleased, None),
    ("document", ratification.RatificationLapsed, ratification.DeadlineSet),
)


# No step does this


def acted_by_who_may(before: RoomState, entry: Entry) -> None:
    event, person = entry.event, before.seats.people.get(entry.actor)
    assert person is None or not person.removed, "who was removed does nothing any more"
    moderates = person is not None and person.role == "moderator"
    if isinstance(event, SAID) and entry.actor != CLOCK and not moderates:
        assert person
        assert person.admitted
        assert not person.muted, "who is muted says nothing"
    if isinstance(event, SIGNED) and entry.actor != CLOCK:
        assert event.delegation == ("" if moderates or person is None else person.delegation)
    if isinstance(event, OF_THE_CHAIR):
        assert moderates, f"{type(event).__name__} by {entry.actor}"
    if entry.audience == (sight.MODERATORS,) and not isinstance(event, injects.InjectReleased):
        assert moderates or isinstance(event, notes.RefusalNoted | perceptions.PerceptionsReceived)


def addressed_to_whom_it_concerns(before: RoomState, entry: Entry) -> None:
    """A caucus is heard by those who sit in it; by the chair only where the room says so; and never once it is over."""
    if isinstance(entry.event, caucus_sittings.SaidInCaucus):
        caucus = before.caucuses.known[entry.event.caucus]
        assert caucus.status == caucuses.IN_SESSION
        assert entry.event.seat in caucus.seats
        assert before.seats.people[entry.actor].seat == entry.event.seat
        chair = {sight.MODERATORS} if before.prepared.caucus_readable else set()
        assert set(entry.audience) == {*map(sight.seat, caucus.seats), *chair}
    if isinstance(entry.event, notes.NoteSent | notes.NoteAnswered):
        assert set(entry.audience) == {sight.seat(entry.event.seat), sight.MODERATORS}


def waits_while_a_point_does(before: RoomState, new: list[Any]) -> None:
    if before.orders.open is None:
        assert len([event for event in new if isinstance(event, orders.PointRaised)]) <= 1
        return
    if any(isinstance(event, orders.PointSettled | points.PointLapsed) for event in new):
        return
    for event in new:
        assert not isinstance(event, (*ON_THE_FLOOR, orders.PointRaised))
        assert not isinstance(event, floor.SpeechEnded) or event.how in ENDINGS
        assert not isinstance(event, statements.StatementMade) or event.delegation == ""


def clocks_run_on(before: RoomState, now: RoomState, at: int, new: list[Any]) -> None:
    """No step takes time from a clock or gives it any, but by saying so: also not a pause, nor the end of it."""
    given = {clock for event in new for clock in _given_time(event)}
    was, left = dict(_clocks(before, at)), dict(_clocks(now, at))
    for clock in was.keys() & left.keys() - given:
        assert was[clock] == left[clock], clock


def _given_time(event: Any) -> Iterator[str]:
    if isinstance(event, speeches.SpeechExtended):
        yield f"speech {event.speech}"
    if isinstance(event, agenda.ItemExtended):
        yield f"item {event.item}"
    if isinstance(event, caucuses.CaucusExtended):
        yield f"caucus {event.caucus}"
    if isinstance(event, silence.SilenceExtended):
        yield f"call {event.call}"
    if isinstance(event, injects.InjectArmed):
        yield f"inject {event.inject}"
    if isinstance(event, ratification.DeadlineSet):
        yield f"capitals {event.document}"
    if isinstance(event, commitment_life.DueSet):
        yield f"commitment {event.commitment}"


def _clocks(state: RoomState, at: int) -> Iterator[tuple[str, int]]:
    """What every clock shows at an instant: how long it has still to run. None runs once the session is closed."""
    if state.room.status == "closed":
        return
    speech, item, call = state.floor.speech, state.agenda.running, calls.open_call(state)
    instant = state.room.instant(at)
    if speech:
        yield f"speech {speech.id}", speech.ends_at - floor.clock(state, speech, at)
    if item and item.ends_at is not None:
        yield f"item {item.id}", item.ends_at - instant
    if call:
        yield f"call {call.id}", call.closes_at - calls.instant_of(state, call, at)
    for document, ends_at in state.ratifications.deadlines.items():
        if ratification.waiting(state, document):
            yield f"capitals {document}", ends_at - instant
    for caucus in state.caucuses.sitting():
        assert caucus.ends_at is not None
        yield f"caucus {caucus.id}", caucus.ends_at - instant
    yield from commitments_play.clocks(state, instant)
    for inject in state.injects.armed():
        when = injects.instant_of(state, inject)
        if when is not None:
            yield f"inject {inject.id}", when - instant


def sound_caucuses(state: RoomState) -> None:
    for caucus in state.caucuses.known.values():
        assert caucus.delegations == caucuses.delegations_of(state, caucus.seats)
        assert len(caucus.delegations) > 1
        assert not set(caucus.agreed) & set(caucus.declined)
        if caucus.status == caucuses.IN_SESSION:
            assert state.room.status != "closed"
            assert caucus.ended_at is None
            assert caucus.chair_reads == state.prepared.caucus_readable
        if caucus.status == caucuses.PROPOSED:
            assert (caucus.messages, caucus.report) == ((), None)
            assert caucus.by in caucus.agreed


TestRoomMachine = RoomMachine.TestCase
TestRoomMachine.settings = settings(
    max_examples=examples(20),
    stateful_step_count=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
