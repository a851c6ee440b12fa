"""What the tests of all commands and events need to know of decisions: a legal use of each command, how random sessions
draw them, and what was stored."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from rooms.domain import ballots, calls, documents, muting, silence, texts, voices, voting
from rooms.domain.seats import Person
from rooms.domain.state import RoomState

from .play import CHINA, DELEGATES, IN_USE, JAPAN, M1

Build = Callable[[RoomState, int], Any]
Move = tuple[str, Any]

DRAFT: tuple[Move, ...] = ((M1, texts.OpenDocument("Draft")), (JAPAN, texts.ProposeParagraph("Calm seas.")))
SHOW = voting.CallVote(5, "simple", "voting", 2, "show")
ROLL_CALL = voting.CallVote(5, "simple", "voting", 2, "roll_call")
SECRET = voting.CallVote(5, "simple", "voting", 2, "secret")
SILENT: tuple[Move, ...] = (*DRAFT, (M1, silence.ProposeSilence(10)))
NOBODY_SPEAKS: tuple[Move, ...] = tuple((M1, muting.MutePerson(person)) for person in DELEGATES)

# command -> who may send it, how, and what has to happen before
USES: Mapping[str, tuple[str, Any, tuple[Move, ...]]] = {
    "name_voice": (JAPAN, voices.NameVoice("JPN-MOD"), ()),
    "propose_silence": (M1, silence.ProposeSilence(10, True), DRAFT),
    "stop_silence": (JAPAN, silence.StopSilence("c1", "Too fast."), SILENT),
    "break_silence": (JAPAN, silence.BreakSilence("c1", "We cannot live with this."), SILENT),
    "extend_silence": (M1, silence.ExtendSilence("c1", 5), SILENT),
    "call_vote": (M1, SHOW, DRAFT),
    "cast_vote": (JAPAN, voting.CastVote("c1", "yes"), (*DRAFT, (M1, SHOW))),
    "pass_over": (M1, voting.PassOver("c1"), (*DRAFT, (M1, ROLL_CALL), *NOBODY_SPEAKS)),
    "cast_ballot": (CHINA, ballots.CastBallot("c1", "no"), (*DRAFT, (M1, SECRET))),
}

PUT: Mapping[str, Any] = {
    "call": "c1",
    "document": "d1",
    "title": "Joint text",
    "paragraphs": (("p1", "Calm seas."),),
    "electorate": ("JPN", "PRC", "ROK"),
    "closes_at": 881_150_520_000,
}
SAMPLES: tuple[Any, ...] = (
    voices.VoiceNamed("JPN", "JPN-MOD"),
    silence.SilenceProposed(**PUT, stops_on_adjournment=True, subject="", ad_referendum=False),
    silence.SilenceStopped("c1", "d1", "PRC", "Too fast."),
    silence.SilenceBroken("c1", "d1", "PRC", "We cannot live with this."),
    silence.SilenceExtended("c1", 881_150_820_000),
    silence.SilenceKept("c1", "d1"),
    silence.AdoptionAnnounced("c1", "d1"),
    voting.VoteCalled(
        **PUT,
        threshold="two_thirds",
        base="voting",
        quorum=2,
        method="roll_call",
        veto=("PRC",),
        order=("ROK", "JPN", "PRC"),
        subject="",
        ad_referendum=True,
    ),
    voting.VoteCast("c1", "JPN", "pass", "Let us hear the others."),
    voting.PassedOver("c1", "ROK"),
    voting.BallotsClosed("c1"),
    voting.VoteDecided("c1", "d1", "rejected", 1, 1, 0, 1),
    ballots.BallotDropped("c1", "JPN"),
    ballots.BallotsCounted("c1", 2, 1, 0),
)
# What a delegation says in its own name, and what only the chair does.
SIGNED = (*(silence.SilenceStopped, silence.SilenceBroken, voting.VoteCast, ballots.BallotDropped, voices.VoiceNamed),)
OF_THE_CHAIR = (silence.SilenceProposed, silence.SilenceExtended, voting.VoteCalled, voting.PassedOver)
SPELLED = (
    "consensus called answer given reached blocked call withdrawn voice named silence proposed stopped broken extended"
    " kept adoption announced vote cast passed over ballots ballot closed dropped counted decided"
)


def _one(options: Sequence[Any], n: int, otherwise: Any = "") -> Any:
    return options[n % len(options)] if options else otherwise


def _call(state: RoomState) -> str:
    call = calls.open_call(state)
    return call.id if call else "c1"


def subject(state: RoomState, n: int) -> str:
    """An amendment to be put, if there is one."""
    document = documents.open_document(state)
    return str(_one([one.id for one in document.pending], n)) if document and n % 2 else ""


def _vote(state: RoomState, n: int) -> voting.CallVote:
    return voting.CallVote(
        1 + n % 5,
        _one(("simple", "two_thirds", "all"), n),
        _one(("voting", "electorate"), n // 3),
        1 + n % 3,
        _one(("secret", "show", "roll_call", "secret"), n),
        (_one(IN_USE, n),) if n == 5 else (),
        subject(state, n),
        n % 3 == 0,
    )


def _breaking(state: RoomState, n: int) -> silence.BreakSilence:
    document = documents.open_document(state)
    paragraph = _one(document.standing if document else (), n, None)
    words = f"{paragraph.text} Nearly." if paragraph and n % 2 else ""
    return silence.BreakSilence(_call(state), "Because." if n % 4 else "", paragraph.id if paragraph else "", words)


BUILD: Mapping[str, Build] = {
    "name_voice": lambda _state, n: voices.NameVoice(_one(("JPN-MOD", "PRC-MOD", "JPN-MFA", "USA-MIL", ""), n)),
    "propose_silence": lambda state, n: silence.ProposeSilence(n, n % 2 == 0, subject(state, n), n % 3 == 0),
    "stop_silence": lambda state, n: silence.StopSilence(_call(state), "Not so." if n % 4 else ""),
    "break_silence": _breaking,
    "extend_silence": lambda state, n: silence.ExtendSilence(_call(state), n),
    "call_vote": _vote,
    "cast_vote": lambda state, n: voting.CastVote(
        _call(state), _one(("yes", "yes", "no", "abstain", "pass", "veto"), n)
    ),
    "pass_over": lambda state, _n: voting.PassOver(_call(state)),
    "cast_ballot": lambda state, n: ballots.CastBallot(_call(state), _one(("yes", "yes", "no", "abstain", "veto"), n)),
}
HEADS_DO = ("name_voice",)
VOICES_DO = ("answer_call", "stop_silence", "break_silence", "cast_vote", "cast_ballot")
SELDOM = ("name_voice",)
OFTEN = ("propose_silence", "call_vote")
HARD = ("cast_vote", "cast_ballot", "cast_vote", "cast_ballot", "break_silence", "stop_silence", "pass_over")


def at_the_voice(state: RoomState) -> Iterator[Person]:
    """Who answers for a delegation; in a roll call only for the one that is called, if anybody is there."""
    call = calls.open_call(state)
    codes = [one.code for one in state.prepared.delegations]
    called = call.called if call else ""
    for code in [called] if called and state.seats.members(called) else codes:
        yield from state.seats.on(voices.voice_of(state, code))
