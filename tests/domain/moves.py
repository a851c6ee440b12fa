"""Random sessions: legal and illegal moves by random people at growing instants.

A move is drawn as small numbers and made into a command only when it is played, from how things stand at that moment,
so that many moves are legal. What happens beside the table is drawn in `aside_moves`, what is new on the floor in
`floor_play`.
"""

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from rooms.domain import (
    adjourning,
    agenda,
    calls,
    channels,
    checks,
    decisions,
    documents,
    floor,
    forgetting,
    ground_rules,
    heads,
    inject_control,
    muting,
    offices,
    presence,
    reinviting,
    room,
    rotation,
    seats,
    speakers,
    speeches,
    statements,
    suspensions,
    texts,
)
from rooms.domain.fold import COMMANDS, Tick, decide, next_deadline
from rooms.domain.record import CLOCK
from rooms.domain.refused import Refused
from rooms.domain.state import RoomState
from tests.thorough import examples

from . import (
    aside_moves,
    brackets_play,
    capitals_moves,
    commitments_play,
    decisions_play,
    floor_play,
    forking_play,
    outputs_moves,
    perceptions_play,
    positions_play,
    texts_moves,
    wash_play,
)
from .every_command import USES
from .play import CAST, DELEGATES, IN_USE, KOREA, M1, MINUTE, OBSERVER, SECOND, WAITING, Session, cast_live

at_random = settings(
    max_examples=examples(20),  # each is a session of up to 60 moves
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

NEWCOMERS = ("new-1", "new-2", "new-3")
SEATS = ("JPN-MFA", "JPN-MOD", "JPN-EXP-1", "PRC-MFA", "PRC-EXP-1", "ROK-MFA", "USA-MFA", "USA-MIL", "RUS-MFA")
ITEMS = ("i1", "i2", "i3", "i4", "i5", "added-1")
# What a delegation, or the chair, does among itself; the second is declare_position, not made public.
PRIVATE = ("say_in_delegation", "note_position", "take_back_note", "keep_draft", "drop_draft")

Build = Callable[[RoomState, int], Any]


def _one(options: Sequence[Any], n: int, otherwise: Any = "") -> Any:
    return options[n % len(options)] if options else otherwise


def _person(_state: RoomState, n: int) -> str:
    return str(_one((*DELEGATES, *NEWCOMERS, WAITING, *CAST), n))


def _of_role(state: RoomState, role: str, n: int) -> str:
    return str(_one([one.id for one in state.seats.people.values() if one.role == role], n, OBSERVER))


def _muted(state: RoomState, n: int) -> str:
    return str(_one([one.id for one in state.seats.people.values() if one.muted], n, KOREA))


def _speech(state: RoomState) -> str:
    return state.floor.speech.id if state.floor.speech else ""


def _request(state: RoomState, n: int) -> str:
    return str(_one([request.id for request in state.floor.queue], n, "r1"))


def _item(state: RoomState) -> str:
    return state.agenda.running.id if state.agenda.running else ""


def _call(state: RoomState) -> str:
    call = calls.open_call(state)
    return call.id if call else "c1"


def _paragraph(state: RoomState, n: int) -> documents.Paragraph:
    document = documents.open_document(state)
    paragraph: documents.Paragraph = _one(document.paragraphs if document else (), n, documents.Paragraph("p1", "", ""))
    return paragraph


def _planned(state: RoomState, n: int) -> str:
    return str(_one([item.id for item in state.agenda.items if item.status == "planned"] or ITEMS, n))


def _suspended(state: RoomState) -> str:
    return next((item.id for item in state.agenda.suspended), "")


def _to_start(state: RoomState, n: int) -> str:
    return (_suspended(state) if n % 3 == 0 else "") or _planned(state, n)


def _revision(state: RoomState, n: int) -> texts.ReviseParagraph:
    paragraph = _paragraph(state, n)
    return texts.ReviseParagraph(paragraph.id, f"Wording {n}.", paragraph.version - (n % 5 == 0))


BUILD: dict[str, Build] = {
    "start_session": lambda _state, _n: room.StartSession(),
    "pause_session": lambda _state, _n: room.PauseSession("Coffee"),
    "resume_session": lambda _state, _n: room.ResumeSession(),
    "close_session": lambda _state, _n: room.CloseSession("Thank you."),
    "set_admission": lambda _state, n: room.SetAdmission(n % 2 == 0),
    "adjourn_session": lambda _state, n: adjourning.AdjournSession(f"Thursday, room {n}" if n else ""),
    "reconvene_session": lambda _state, _n: adjourning.ReconveneSession(),
    "take_seat": lambda _state, n: seats.TakeSeat(_one(SEATS, n)),
    "leave_seat": lambda _state, _n: seats.LeaveSeat("Enough."),
    "admit_person": lambda state, n: seats.AdmitPerson(_one([one.id for one in state.seats.waiting()], n)),
    "admit_all": lambda _state, _n: seats.AdmitAll(),
    "move_person": lambda state, n: seats.MovePerson(_person(state, n), _one(SEATS, n // 3)),
    "remove_person": lambda state, n: seats.RemovePerson(_person(state, n)),
    "mute_person": lambda state, n: muting.MutePerson(_person(state, n)),
    "unmute_person": lambda state, n: muting.UnmutePerson(_muted(state, n)),
    "name_head": lambda _state, n: heads.NameHead(_one(SEATS, n)),
    "appoint_moderator": lambda state, n: offices.AppointModerator(_person(state, n)),
    "step_down": lambda state, n: offices.StepDown(_of_role(state, "moderator", n) if n % 3 else ""),
    "hand_over_chair": lambda state, n: offices.HandOverChair(_of_role(state, "moderator", n)),
    "appoint_rapporteur": lambda state, n: offices.AppointRapporteur(_person(state, n)),
    "release_rapporteur": lambda state, n: offices.ReleaseRapporteur(_of_role(state, "rapporteur", n)),
    "start_item": lambda state, n: agenda.StartItem(_to_start(state, n), _item(state) if n % 6 else "i1"),
    "suspend_item": lambda state, n: suspensions.SuspendItem(_item(state), "Lunch" if n % 2 else ""),
    "end_item": lambda state, n: agenda.EndItem(_item(state) if n % 3 else _suspended(state)),
    "set_attribution": lambda state, n: ground_rules.SetAttribution(
        _one((*ground_rules.ATTRIBUTION_RULES, ""), n), _planned(state, n) if n % 2 else ""
    ),
    "next_presenter": lambda state, n: rotation.NextPresenter(_speech(state) if n % 6 else ""),
    "pass_presenter": lambda _state, n: rotation.PassPresenter(_one((*IN_USE, "RUS"), n), "Absent"),
    "move_presenter": lambda _state, n: rotation.MovePresenter(
        _one((*IN_USE, "RUS"), n), "" if n % 3 == 0 else _one(IN_USE, n // 2)
    ),
    "extend_item": lambda state, n: agenda.ExtendItem(_item(state), n),
    "skip_item": lambda state, n: agenda.SkipItem(_to_start(state, n), "No time" if n % 5 else ""),
    "add_item": lambda _state, n: agenda.AddItem(
        "More",
        _one(("informal", "drafting", "officials", "military_perspective", "hot_wash", "party"), n),
        1 + n,
        _one(("", "off_the_record"), n // 2),
        ("MFA", "MIL") if n == 7 else (),
    ),
    "move_item": lambda state, n: agenda.MoveItem(_planned(state, n), "" if n % 3 == 0 else _planned(state, n + 1)),
    "open_list": lambda _state, _n: speakers.OpenList(),
    "close_list": lambda _state, _n: speakers.CloseList(),
    "ask_for_floor": lambda _state, n: speakers.AskForFloor(_one((*floor.SPEECH_KINDS, "song"), n)),
    "remove_request": lambda state, n: speakers.RemoveRequest(_request(state, n)),
    "move_request": lambda state, n: speakers.MoveRequest(
        _request(state, n), "" if n % 3 == 0 else _request(state, n + 1)
    ),
    "next_speaker": lambda state, n: floor.NextSpeaker(
        _speech(state) if n % 6 else "", _request(state, n) if n % 4 == 1 else ""
    ),
    "call_on": lambda _state, n: floor.CallOn(_one((*SEATS, ""), n)),
    "end_speech": lambda state, _n: floor.EndSpeech(_speech(state)),
    "extend_speech": lambda state, n: speeches.ExtendSpeech(_speech(state), 10 * n),
    **floor_play.BUILD,
    **commitments_play.BUILD,
    **decisions_play.BUILD,
    **capitals_moves.BUILD,
    "chair_statement": lambda _state, n: statements.ChairStatement(f"From the chair {n}."),
    "withdraw_statement": lambda state, n: statements.WithdrawStatement(
        _one([one.id for one in state.floor.transcript], n, "s1")
    ),
    "set_speech_seconds": lambda _state, n: speeches.SetSpeechSeconds(20 * n),
    "answer_question": lambda _state, n: checks.AnswerQuestion(n % 3, n % 4),
    "say_in_delegation": lambda _state, n: channels.SayInDelegation(f"Between us {n}." if n else ""),
    **positions_play.BUILD,
    **perceptions_play.BUILD,
    **wash_play.BUILD,
    **texts_moves.BUILD,
    **brackets_play.BUILD,
    "revise_paragraph": _revision,
    "withdraw_paragraph": lambda state, n: texts.WithdrawParagraph(_paragraph(state, n).id),
    "call_consensus": lambda _state, n: decisions.CallConsensus(n % 4, ad_referendum=n > 5),
    "answer_call": lambda state, n: decisions.AnswerCall(
        _call(state), _one(("join", "join", "stand_aside", "object"), n), "Because." if n % 5 else ""
    ),
    "close_call": lambda state, _n: decisions.CloseCall(_call(state)),
    "withdraw_call": lambda state, _n: decisions.WithdrawCall(_call(state)),
    **outputs_moves.BUILD,
}
EXTRA: dict[str, Build] = {
    **positions_play.EXTRA,
    "join_room": lambda _state, n: seats.JoinRoom(
        _one(("delegate", "delegate", "observer", "king"), n), _one((*SEATS, ""), n) if n % 4 < 2 else ""
    ),
    "reinvite_person": lambda state, n: reinviting.ReinvitePerson(_person(state, n)),
    "forget_person": lambda state, n: forgetting.ForgetPerson(_person(state, n)),
    "note_fork": forking_play.noted,
    "note_away": lambda state, n: presence.NoteAway((_person(state, n), _person(state, n + 1))),
    "note_back": lambda state, n: presence.NoteBack((_person(state, n), _person(state, n + 2))),
    "tick": lambda _state, _n: Tick(),
}
ASIDE: Mapping[str, aside_moves.Build] = {
    **aside_moves.BUILD,
    **aside_moves.EXTRA,
    **texts_moves.DRAFTS,
    **capitals_moves.ASIDE,
    **perceptions_play.SEALED,
}
BY_CLOCK = ("tick", "note_away", "note_back", "note_refusal")
OFTEN = (
    *("ask_for_floor", "next_speaker", "make_statement", "propose_paragraph", "call_consensus", "answer_call"),
    *("ask_for_floor", "next_speaker", "call_on", "start_item", *decisions_play.OFTEN),
)
LAST = "close_session"  # drawn seldom, because nothing comes after it
SELDOM = (
    *("pause_session", "leave_seat", "remove_person", "move_item", "skip_item", "add_item", "set_speech_seconds"),
    *("adjourn_session", "mute_person", "appoint_moderator", "step_down", "hand_over_chair", "close_list"),
    *(*floor_play.SELDOM, *commitments_play.SELDOM, *capitals_moves.SELDOM, *texts_moves.SELDOM, *brackets_play.SELDOM),
    *(*decisions_play.SELDOM, *forking_play.SELDOM, *perceptions_play.SELDOM, *wash_play.SELDOM),
    *("appoint_rapporteur", "release_rapporteur", "reinvite_person", "forget_person", "note_away", "note_back"),
)
# Seldom possible, so tried whenever it is.
HARD = (
    *("resume_session", "reconvene_session", "open_list", "make_statement", "make_statement", "yield_floor", "tick"),
    *(
        "answer_call",
        "revise_paragraph",
        "extend_item",
        "extend_speech",
        *floor_play.HARD,
        *commitments_play.HARD,
        *capitals_moves.HARD,
        *decisions_play.HARD,
        *texts_moves.HARD,
        *brackets_play.HARD,
        *wash_play.HARD,
    ),
)
NAMES = (*[name for name in (*BUILD, *EXTRA) if name not in (LAST, *SELDOM)] * 2, *SELDOM, *OFTEN * 4, *HARD * 6)
ASIDE_NAMES = (
    *[name for name in ASIDE if name not in aside_moves.SELDOM] * 2,
    *(*aside_moves.SELDOM, *aside_moves.OFTEN * 4, *aside_moves.HARD * 4, *perceptions_play.HARD * 4),
)


@dataclass(frozen=True)
class Move:
    """A `fair` move is one that the rules allow when it is made, any other is whatever comes to mind. `pick` chooses
    what is done; `who` below RIGHT means the person whom it suits best, above it somebody at random."""

    fair: bool
    pick: int
    who: int
    n: int
    after: str | int


RIGHT = 7
AFTER = (0, 0, 0, 1, SECOND, 20 * SECOND, MINUTE, "deadline", "just before")


def one_move(fair: Sequence[bool] = (True, True, True, False)) -> st.SearchStrategy[Move]:
    return st.builds(
        Move,
        st.sampled_from(fair),
        st.integers(0, 9_999),
        st.integers(0, RIGHT + len(CAST)),
        st.integers(0, 11),
        st.sampled_from(AFTER),
    )


def moves() -> st.SearchStrategy[list[Move]]:
    return st.lists(one_move(), min_size=30, max_size=60)


def name_of(move: Move, state: RoomState, at: int, without: Container[str] = ()) -> str:
    """What is done: every third time something beside the table. Never what is in `without`."""
    if move.pick % 500 == 117 and LAST not in without:
        return LAST
    names = [name for name in (NAMES if move.pick % 3 else ASIDE_NAMES) if name not in without]
    if move.fair:
        fair = {name for name in set(names) if allowed(name, move, state, at)}
        names = [name for name in names if name in fair]
    return str(_one(names, move.pick // 3, "tick"))


def allowed(name: str, move: Move, state: RoomState, at: int) -> bool:
    """Whether the rules let it be done, and something comes of it."""
    try:
        return bool(decide(state, actor_of(name, move, state), command_of(name, move, state), at))
    except Refused:
        return False


def actor_of(name: str, move: Move, state: RoomState) -> str:
    if name in BY_CLOCK:
        return CLOCK
    if name == "join_room":
        return str(_one(NEWCOMERS, move.who))
    if not move.fair and move.who > RIGHT:
        return str(_one((*CAST, *NEWCOMERS), move.who))
    if name in ("reinvite_person", "forget_person", "note_fork") or (name in USES and USES[name].actor == M1):
        return str(_one([one.id for one in state.seats.inside("moderator")], move.who, M1))
    if name in ("propose_paragraph", "revise_paragraph") and texts_moves.is_the_chairs(state):
        return str(_one([one.id for one in state.seats.inside("moderator")], move.who, M1))
    speech = state.floor.speech
    if name in ("make_statement", "yield_floor") and speech:
        return speech.person
    suits = commitments_play.whom_it_suits(name, state, move.n) or brackets_play.whom_it_suits(name, state, move.n)
    if suits:
        return suits
    if name == "take_seat":
        return str(_one([one.id for one in state.seats.people.values() if not one.seat], move.who, WAITING))
    if name in decisions_play.VOICES_DO:
        return str(_one([one.id for one in decisions_play.at_the_voice(state)], move.who, KOREA))
    if name in ("vote_on_ruling", *decisions_play.HEADS_DO, *outputs_moves.BY_HEADS, *capitals_moves.BY_HEADS):
        return str(_one([one.id for one in _heads(state)], move.who, KOREA))
    seated = [one for one in state.seats.people.values() if one.seat and one.admitted]
    if name in ASIDE:
        seated = list(aside_moves.whom_it_suits(name, state, seated))
    return str(_one([one.id for one in seated], move.who, KOREA))


def _heads(state: RoomState) -> Iterator[seats.Person]:
    for delegation in state.prepared.delegations:
        yield from state.seats.on(seats.head_of(state, delegation.code))


def instant_of(move: Move, session: Session) -> int:
    if isinstance(move.after, int):
        return session.now + move.after
    deadline = next_deadline(session.state) or session.now
    return max(session.now, deadline - (move.after == "just before"))


def command_of(name: str, move: Move, state: RoomState) -> Any:
    if name in ASIDE:
        return ASIDE[name](state, state.seats.people.get(actor_of(name, move, state)), move.n)
    return (BUILD.get(name) or EXTRA[name])(state, move.n)


def play_one(session: Session, move: Move) -> None:
    """One move, whatever comes of it; the outcome is in the session's `new` and `refusal`."""
    at = instant_of(move, session)
    play_as(session, name_of(move, session.state, at), move, at)


def play_as(session: Session, name: str, move: Move, at: int) -> None:
    session.refusal = None
    session.when(actor_of(name, move, session.state), command_of(name, move, session.state), at)


def staged(**rules: Any) -> Session:
    """The live cast, with the injects of the scenario armed: by hand, in five minutes, with an item, upon an event."""
    upon = inject_control.ArmInject("x4", "event", 0, "texts.paragraph_proposed")
    return cast_live(**rules).done((M1, inject_control.ArmAsPlanned()), (M1, upon))


def played(drawn: Sequence[Move], **rules: Any) -> Session:
    session = staged(**rules)
    for move in drawn:
        play_one(session, move)
    session.refusal = None
    return session


def every_command_can_be_drawn() -> bool:
    aside = {*aside_moves.BUILD, *texts_moves.DRAFTS, *capitals_moves.ASIDE, *perceptions_play.SEALED}
    return set(COMMANDS) == {*BUILD, *aside} <= {*NAMES, *ASIDE_NAMES, LAST}
