"""Whole random sessions: whatever people try, these things stay true. That a state is sound after every step, a machine
asks (see `test_machine`); here the record is asked afterwards."""

from collections import Counter
from dataclasses import replace

from hypothesis import given, note

from rooms.domain import (
    adjourning,
    agenda,
    ballots,
    calls,
    capitals,
    decisions,
    dissent,
    documents,
    floor,
    items,
    muting,
    non_papers,
    notes,
    offices,
    orders,
    podium,
    points,
    presence,
    ratification,
    reinviting,
    room,
    seats,
    silence,
    speakers,
    speeches,
    statements,
    texts,
    voting,
)
from rooms.domain.codec import name_of
from rooms.domain.record import CLOCK, Entry
from rooms.domain.state import RoomState

from .moves import Move, at_random, every_command_can_be_drawn, moves, played
from .play import GONE, STRANGER, Session

# After these no clock stands still: it runs on, or there is none any more.
GOES_ON = room.SessionResumed | adjourning.SessionReconvened | room.SessionClosed
# What is noted in nobody's name, also while all clocks stand.
NOTED = presence.PersonAway | presence.PersonBack | notes.RefusalNoted | non_papers.NonPaperCirculated


def test_every_command_can_be_drawn() -> None:
    assert every_command_can_be_drawn()


def sound_floor(state: RoomState) -> None:
    listed = [request.seat for request in state.floor.queue]
    assert len(set(listed)) == len(listed), "a seat is on the list once"
    with_right = [request.seat for request in state.floor.replies]
    assert len(set(with_right)) == len(with_right), "and has one right of reply at a time"
    for waiting in (state.floor.queue, state.floor.replies):
        assert not any(request.recognised for request in waiting[1:]), "whom the chair announced stands first"
    heard: list[podium.Request | podium.Speech] = [
        *state.floor.queue,
        *state.floor.replies,
        *([state.floor.speech] if state.floor.speech else []),
    ]
    assert len({one.id for one in heard}) == len(heard)
    for one in heard:
        person = state.seats.people[one.person]
        assert (person.role, person.admitted, person.removed) == ("delegate", True, False)
        assert not person.muted
        assert (person.seat, person.delegation) == (one.seat, one.delegation)
    if state.floor.speech:
        by_right = state.floor.speech.kind == podium.RIGHT_OF_REPLY  # which waits beside the list
        assert by_right or state.floor.speech.seat not in listed
        assert state.room.status in ("live", "paused", "adjourned")
    assert sum(state.floor.speeches.values()) >= len(state.floor.spoken_ms)


def sound_seats(state: RoomState) -> None:
    for person in state.seats.people.values():
        assert bool(person.seat) == bool(person.delegation)
        assert not person.seat or person.role == "delegate"
        assert not (person.removed and (person.admitted or person.seat))
        if person.seat and person.admitted:
            assert person.sat_with == person.delegation
    taken = Counter(person.seat for person in state.seats.people.values() if person.seat)
    assert all(state.prepared.seat(seat) for seat in taken)
    assert max(taken.values(), default=0) <= seats.PEOPLE_ON_A_SEAT
    assert STRANGER not in state.seats.people
    assert state.seats.people[GONE].removed or state.seats.people[GONE].generation, "only the chair brings back"
    assert state.seats.people[state.room.chair] in state.seats.inside("moderator")
    for delegation in state.prepared.delegations:
        head = seats.head_of(state, delegation.code)
        assert bool(head) == bool(state.seats.members(delegation.code))


def sound_capitals(before: RoomState, state: RoomState) -> None:
    for person in state.seats.people.values():
        assert bool(person.instructs) == (person.role == capitals.ROLE)
        if person.instructs:
            assert (person.seat, person.sat_with) == ("", person.instructs)
            assert person.admitted or person.removed
    held = state.ratifications
    for document_id, courses in held.by_document.items():
        call = calls.adoption_of(state, document_id)
        assert call
        assert call.ad_referendum
        assert tuple(courses) == call.electorate
        assert held.deadlines.keys() == held.given.keys()
        was = before.ratifications.by_document.get(document_id, {})
        final = [code for code, one in was.items() if one.status in ratification.ANSWERS.values()]
        assert all(courses[code] == was[code] for code in final), "an answer stays as it was given"
        failed = ratification.outcome_of(state, document_id) in ("refused", "lapsed")
        assert document_id not in held.successors or failed, "only what failed is taken up again"
    for one in state.dissents.entries:
        assert state.texts.document(one.document)
        provisional = one.status in (dissent.PROVISIONAL, dissent.CONFIRMED, dissent.FALLEN)
        assert not provisional or one.kind == dissent.RESERVATION
    entered = before.dissents.entries
    same = [(one.id, one.kind, one.delegation, one.text, one.at) for one in state.dissents.entries[: len(entered)]]
    assert same == [(one.id, one.kind, one.delegation, one.text, one.at) for one in entered], "none edits another"


def sound_agenda(state: RoomState) -> None:
    running = [item for item in state.agenda.items if item.status == "running"]
    assert len(running) <= 1
    assert len({item.id for item in state.agenda.items}) == len(state.agenda.items)
    for item in state.agenda.items:
        assert (item.status == "done") == (item.ended_at is not None)
        assert item.ended_at is None or item.started_at is None or item.ended_at >= item.started_at
        assert (item.ends_at is not None) == (item.status in ("running", "done")), "only what runs, or ran, has a clock"
        assert item.spent_ms >= 0
        assert (item.began_at is None) <= (item.status in ("planned", "skipped"))
        sound_round(state, item)
    if state.room.status == "closed":
        assert not running


def sound_round(state: RoomState, item: items.Item) -> None:
    codes = [one.delegation for one in item.rotation]
    assert sorted(codes) == sorted(one.code for one in state.prepared.delegations if codes), "everybody once"
    assert not any(one.speech and one.passed for one in item.rotation)
    assert not (item.kind == "officials" and codes)
    assert item.began_at is not None or not codes


def sound_texts(before: RoomState, now: RoomState) -> None:
    for document in before.texts.documents:
        if document.status == "adopted":
            assert now.texts.document(document.id) == document, "what was adopted stays as it was adopted"
    assert len([one for one in now.texts.documents if one.status not in ("adopted", "shelved")]) <= 1
    frozen = [(one.id, one.status) for one in now.texts.documents if one.status in documents.FROZEN]
    call = calls.open_call(now)
    how = "under_silence" if call and call.kind == "silence" else "under_decision"
    assert frozen == ([(call.document, how)] if call else [])


def sound_calls(before: RoomState, now: RoomState) -> None:
    for call in before.decisions.calls:
        later = now.decisions.call(call.id)
        assert later is not None
        assert (later.electorate, later.paragraphs, later.rule) == (call.electorate, call.paragraphs, call.rule)
        if not call.is_running:
            assert replace(later, announced=call.announced) == call, "a call that is over stays as it ended"
    for call in now.decisions.calls:
        assert set(call.answers) <= set(call.electorate)
        assert all(one.at < call.closes_at for one in call.answers.values())
        assert bool(call.objections) == (call.status in ("objection", "broken", "stopped"))
        if call.method == "secret":
            assert not call.answers, "nobody knows who voted how"
            assert len(call.dropped) == len(set(call.dropped) & set(call.electorate))
        if call.tally:
            assert sum(call.tally.values()) == len(call.electorate)
        if call.status == "adopted" and not call.subject:
            document = now.texts.document(call.document)
            assert document is not None
            assert tuple((one.id, one.text) for one in document.standing) == call.paragraphs


@at_random
@given(drawn=moves())
def test_the_record_alone_tells_a_sound_story(drawn: list[Move]) -> None:
    """The same from the entries, without the fold: a second opinion."""
    session = played(drawn)
    note(str([name_of(entry.event) for entry in session.entries]))
    assert [entry.seq for entry in session.entries] == list(range(1, len(session.entries) + 1))
    assert all(one.at <= other.at for one, other in zip(session.entries, session.entries[1:], strict=False))
    one_speaker_at_a_time(session.entries)
    nothing_moves_while_a_point_waits(session.entries)
    nothing_rings_in_a_pause(session.entries)
    nothing_follows_closing(session.entries)
    who_speaks_has_been_let_in(session.entries)
    time_spoken_is_time_not_paused(session)


def one_speaker_at_a_time(entries: list[Entry]) -> None:
    speaking = ""
    about_it = floor.SpeechEnded | floor.SpeechTimeUp | speeches.SpeechExtended | speeches.TurnUndone
    for event in (entry.event for entry in entries):
        if isinstance(event, floor.FloorGiven):
            assert not speaking
            speaking = event.request
        if isinstance(event, about_it | speeches.SpeechInterrupted | speeches.SpeechResumed):
            assert event.speech == speaking
        if isinstance(event, floor.SpeechEnded):
            speaking = ""
        if isinstance(event, speeches.TurnUndone):
            speaking = event.again


def nothing_moves_while_a_point_waits(entries: list[Entry]) -> None:
    waits = ""
    for event in (entry.event for entry in entries):
        if isinstance(event, orders.PointRaised):
            assert not waits
            waits = event.point
        if isinstance(event, orders.PointSettled | points.PointLapsed):
            assert event.point == waits
            waits = ""
        if waits:
            assert not isinstance(event, floor.FloorGiven | speeches.TurnUndone | speeches.SpeechResumed)
            assert not isinstance(event, statements.StatementMade) or not event.delegation


def nothing_rings_in_a_pause(entries: list[Entry]) -> None:
    paused = False
    for entry in entries:
        paused = paused and not isinstance(entry.event, GOES_ON)
        assert not (paused and entry.actor == CLOCK) or isinstance(entry.event, NOTED | silence.SilenceKept)
        assert not (paused and isinstance(entry.event, floor.FloorGiven | agenda.ItemStarted | decisions.AnswerGiven))
        assert not (paused and isinstance(entry.event, voting.VoteCast | ballots.BallotDropped))
        paused = paused or isinstance(entry.event, room.SessionPaused | adjourning.SessionAdjourned)


# The matters that go on when the session is over.
AFTERWARDS = ("perceptions", "wash", "sharing", "forks", "seats")


def nothing_follows_closing(entries: list[Entry]) -> None:
    """But looking back: what the debrief itself writes, and whose name is forgotten."""
    closed = [n for n, entry in enumerate(entries) if isinstance(entry.event, room.SessionClosed)]
    assert len(closed) < 2
    after = entries[closed[0] + 1 :] if closed else []
    assert all(name_of(entry.event).split(".")[0] in AFTERWARDS for entry in after)


def who_speaks_has_been_let_in(entries: list[Entry]) -> None:
    inside, removed, muted = set[str](), set[str](), set[str]()
    let_in = seats.PersonAdmitted | offices.ModeratorAppointed | offices.RapporteurAppointed | capitals.CapitalAppointed
    heard_again = (
        muting.PersonUnmuted | offices.ModeratorAppointed | offices.RapporteurAppointed | capitals.CapitalAppointed
    )
    for entry in entries:
        event = entry.event
        if isinstance(event, let_in) or (isinstance(event, seats.PersonJoined) and event.admitted):
            inside.add(event.person)
        if isinstance(event, reinviting.PersonReinvited) and event.person in removed:
            inside.add(event.person)
            removed.discard(event.person)
        if isinstance(event, seats.PersonRemoved) or (isinstance(event, seats.SeatLeft) and event.waits):
            inside.discard(event.person)
        if isinstance(event, seats.PersonRemoved):
            removed.add(event.person)
        if isinstance(event, muting.PersonMuted):
            muted.add(event.person)
        if isinstance(event, heard_again):
            muted.discard(event.person)
        if isinstance(event, floor.FloorGiven | speakers.FloorRequested | statements.StatementMade):
            assert event.person in inside
            assert event.person not in muted
        if isinstance(event, texts.ParagraphProposed):
            assert entry.actor in inside
            assert entry.actor not in muted


def time_spoken_is_time_not_paused(session: Session) -> None:
    """Adds up, from the entries' instants alone, how long each speech had the floor while the room was live and nobody
    interrupted it."""
    spoken: Counter[str] = Counter()
    delegation: dict[str, str] = {}
    speech, live, stands, last = "", False, set[str](), 0
    for entry in session.entries:
        event = entry.event
        if speech and live and speech not in stands:
            spoken[speech] += entry.at - last
        last = entry.at
        if isinstance(event, floor.FloorGiven):
            speech, delegation[event.request] = event.request, event.delegation
        if isinstance(event, floor.SpeechEnded):
            speech = ""
        if isinstance(event, speeches.TurnUndone):
            del spoken[speech]
            speech = event.again
        if isinstance(event, speeches.SpeechInterrupted):
            stands.add(speech)
        if isinstance(event, speeches.SpeechResumed):
            stands.discard(speech)
        if isinstance(event, room.SessionStarted | room.SessionResumed | adjourning.SessionReconvened):
            live = True
        if isinstance(event, room.SessionPaused | adjourning.SessionAdjourned):
            live = False
    running = session.state.floor.speech
    if running:
        assert spoken.pop(running.id, 0) == _so_far(session, running)
    by_delegation: Counter[str] = Counter()
    for one, ms in spoken.items():
        by_delegation[delegation[one]] += ms
    assert +by_delegation == +Counter(session.state.floor.spoken_ms)


def _so_far(session: Session, speech: podium.Speech) -> int:
    return floor.clock(session.state, speech, session.state.at) - speech.started_at
