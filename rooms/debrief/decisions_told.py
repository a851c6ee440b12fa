"""The timeline's sentences about decisions: what was put by which rule, who answered how, what came of it.

Of a secret ballot it tells that a delegation has voted, and how many voted how: more is not in any record.
"""

from collections.abc import Callable, Mapping
from typing import Any

from rooms.debrief import wording
from rooms.domain import ballots, calls, decisions, silence, voices, voting
from rooms.domain.record import Entry
from rooms.domain.state import RoomState

Teller = Callable[[Any, RoomState, RoomState, Entry], str]

ANSWERS = {
    "join": "joined",
    "stand_aside": "stood aside",
    "object": "objected",
    "silent": "did not answer",
    "yes": "voted yes",
    "no": "voted no",
    "abstain": "abstained",
    "pass": "passed",
}
OUTCOMES = {
    "adopted": "was adopted by vote",
    "rejected": "was rejected by vote",
    "vetoed": "was not adopted: a veto",
    "no_quorum": "was not decided: the quorum was lost",
    "void": "was not decided: too few ballots were cast to be counted in secret",
}


def _title(state: RoomState, call_id: str) -> str:
    """What was put, in quotes; an amendment as one."""
    call = state.decisions.call(call_id)
    quoted = f"“{wording.excerpt(call.title if call else call_id)}”"
    return f"an amendment to {quoted}" if call and call.subject else quoted


def _put(event: Any, after: RoomState, how: str) -> str:
    size = "" if event.subject else f", {wording.counted(len(event.paragraphs), 'paragraph')},"
    ad_referendum = ", ad referendum" if event.ad_referendum else ""
    return f"the chair put {_title(after, event.call)}{size} {how}{ad_referendum}"


def _called(event: decisions.ConsensusCalled, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    return _put(event, after, f"to {wording.counted(len(event.electorate), 'delegation')}")


def _answered(event: decisions.AnswerGiven, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    return f"{wording.who(after, event.delegation)} {ANSWERS[event.answer]}{wording.because(event.reason)}"


def _reached(event: decisions.ConsensusReached, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    return f"{_title(after, event.call)} was adopted: no delegation objected"


def _blocked(event: decisions.ConsensusBlocked, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    return f"{_title(after, event.call)} was not adopted: {wording.who(after, event.delegation)} objected"


def _withdrawn(event: decisions.CallWithdrawn, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    return f"the chair took the call on {_title(after, event.call)} back"


def _silent(event: silence.SilenceProposed, _before: RoomState, after: RoomState, entry: Entry) -> str:
    return _put(event, after, f"under silence for {wording.lasting(event.closes_at - entry.at)}")


def _stopped(event: silence.SilenceStopped, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    return f"{wording.who(after, event.delegation)} objected to the silence at the table{wording.because(event.reason)}"


def _broken(event: silence.SilenceBroken, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    who = wording.who(after, event.delegation)
    return f"{who} broke the silence on {_title(after, event.call)}{wording.because(event.reason)}"


def _extended(event: silence.SilenceExtended, before: RoomState, after: RoomState, _entry: Entry) -> str:
    call = before.decisions.call(event.call)
    more = wording.lasting(event.closes_at - (call.closes_at if call else event.closes_at))
    return f"the chair gave the silence on {_title(after, event.call)} {more} more"


def _kept(event: silence.SilenceKept, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    return f"{_title(after, event.call)} was adopted under silence: nobody objected in time"


def _announced(event: silence.AdoptionAnnounced, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    return f"the sitting was told that {_title(after, event.call)} had been adopted under silence"


def _vote(event: voting.VoteCalled, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    whom = wording.counted(len(event.electorate), "delegation")
    return _put(event, after, f"to the vote of {whom} {calls.METHODS[event.method]}")


def _cast(event: voting.VoteCast, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    return f"{wording.who(after, event.delegation)} {ANSWERS[event.vote]}{wording.because(event.reason)}"


def _passed_over(event: voting.PassedOver, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    return f"{wording.who(after, event.delegation)} was called and absent"


def _dropped(event: ballots.BallotDropped, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    return f"{wording.who(after, event.delegation)} cast a secret ballot"


def _decided(event: voting.VoteDecided, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    what = f"{_title(after, event.call)} {OUTCOMES[event.outcome]}"
    if event.outcome == "void":
        return what
    return f"{what}, {event.yes} yes, {event.no} no, {event.abstain} abstained, {event.absent} absent"


def _voice(event: voices.VoiceNamed, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    who = wording.who(after, event.delegation)
    return f"{event.seat} answers for {who} in decisions" if event.seat else f"the head of {who} answers in decisions"


TELLERS: Mapping[type, tuple[str, Teller]] = {
    decisions.ConsensusCalled: ("decisions", _called),
    decisions.AnswerGiven: ("decisions", _answered),
    decisions.ConsensusReached: ("decisions", _reached),
    decisions.ConsensusBlocked: ("decisions", _blocked),
    decisions.CallWithdrawn: ("decisions", _withdrawn),
    silence.SilenceProposed: ("decisions", _silent),
    silence.SilenceStopped: ("decisions", _stopped),
    silence.SilenceBroken: ("decisions", _broken),
    silence.SilenceExtended: ("decisions", _extended),
    silence.SilenceKept: ("decisions", _kept),
    silence.AdoptionAnnounced: ("decisions", _announced),
    voting.VoteCalled: ("decisions", _vote),
    voting.VoteCast: ("decisions", _cast),
    voting.PassedOver: ("decisions", _passed_over),
    voting.VoteDecided: ("decisions", _decided),
    ballots.BallotDropped: ("decisions", _dropped),
    voices.VoiceNamed: ("decisions", _voice),
}
