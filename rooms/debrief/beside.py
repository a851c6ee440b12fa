"""The timeline's sentences about what goes beside the list of speakers: questions and replies, points of order, gists,
the chair's second thoughts, caucuses, news from outside, and the moments that the chair marked.

A record holds no more of it than its reader may know; nothing that somebody wrote in confidence is told from any.
"""

from collections.abc import Callable, Mapping
from typing import Any

from rooms.debrief import wording
from rooms.domain import caucus_sittings, caucuses, gists, injects, news, notes, orders, questions, replies, speeches
from rooms.domain.record import Entry
from rooms.domain.state import RoomState

Teller = Callable[[Any, RoomState, RoomState, Entry], str]


def _named(state: RoomState, code: str) -> str:
    return wording.named(state, code, "somebody")


def _all(state: RoomState, codes: tuple[str, ...]) -> str:
    return wording.listed([_named(state, code) for code in codes])


# The floor


def _asked(event: questions.QuestionPut, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    return f"{_named(after, event.delegation)} put a question to {_named(after, event.to)}"


def _replied(event: questions.QuestionReplied, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    return f"{_named(after, event.delegation)} answered the question of {_named(after, event.to)}"


def _right_of_reply(event: replies.RightOfReplyAsked, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    return f"{_named(after, event.delegation)} asked for a right of reply{wording.because(event.about)}"


def _raised(event: orders.PointRaised, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    return f"{_named(after, event.delegation)} raised a point of order{wording.because(event.text)}"


def _ruled(event: orders.PointRuled, *_: Any) -> str:
    return f"the chair {'upheld' if event.upheld else 'rejected'} the point of order{wording.because(event.words)}"


def _appealed(event: orders.RulingAppealed, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    return f"{_named(after, event.delegation)} appealed against the ruling"


def _decided(event: orders.AppealDecided, *_: Any) -> str:
    count = f"{len(event.overturning)} to {len(event.upholding)}"
    return f"the ruling was overturned, {count}" if event.overturned else f"the ruling stands, {count} for overturning"


def _gist(event: gists.GistLogged, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    return f"{_named(after, event.delegation)} said, as it was noted down: {wording.excerpt(event.text)}"


def _interrupted(event: speeches.SpeechInterrupted, *_: Any) -> str:
    return f"the speech was interrupted{wording.because(event.reason)}"


def _undone(event: speeches.TurnUndone, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    return f"the chair took the floor back from {_named(after, event.delegation)}: it had been given by mistake"


# Caucuses


def _began(event: caucuses.CaucusBegan, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    return f"{_all(after, caucuses.delegations_of(after, event.seats))} met in a caucus"


def _left(event: caucuses.CaucusLeft, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    return f"{_named(after, event.delegation)} left a caucus"


def _closed(event: caucuses.CaucusClosed, before: RoomState, after: RoomState, _entry: Entry) -> str:
    caucus = before.caucuses.known.get(event.caucus)
    began = caucus.began_at if caucus else None
    lasted = f" after {wording.lasting(before.room.instant(after.at) - began)}" if began is not None else ""
    back = ", called back by the chair" if event.how == "called back" else ""
    return f"the caucus of {_all(after, caucuses.delegations_of(after, event.seats))} ended{lasted}{back}"


def _reported(event: caucus_sittings.CaucusReported, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    whose = f"the caucus of {_all(after, event.delegations)}" if event.delegations else "a caucus"
    return f"{whose} reported: {wording.excerpt(event.text)}"


# From outside


def _released(event: injects.InjectReleased, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    inject = after.injects.prepared.get(event.inject)
    if inject is None:
        return ""
    to = [one for one, _ in event.news]
    whom = "everybody" if news.EVERYBODY in to else ", ".join(_addressee(after, one) for one in to)
    return f"inject {inject.number}, “{wording.excerpt(inject.title)}”, went to {whom}"


def _addressee(state: RoomState, one: str) -> str:
    return _named(state, one) if state.prepared.delegation(one) else f"the seat {one}"


def _skipped(event: injects.InjectSkipped, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    inject = after.injects.prepared.get(event.inject)
    return f"inject {inject.number} was left out{wording.because(event.reason)}" if inject else ""


def _contingency(event: injects.ContingencyPlayed, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    inject = after.injects.prepared.get(event.inject)
    return f"the contingency of inject {inject.number} was played" if inject else ""


def _inject_closed(event: injects.InjectClosed, _before: RoomState, after: RoomState, _entry: Entry) -> str:
    inject = after.injects.prepared.get(event.inject)
    return f"inject {inject.number} was closed{wording.because(event.outcome)}" if inject else ""


def _arrived(event: news.NewsDelivered, before: RoomState, *_: Any) -> str:
    """Who knows of the inject itself reads of its release."""
    return "" if before.injects.prepared else f"news from {event.sender}: “{wording.excerpt(event.title)}”"


def _marked(event: notes.Bookmarked, *_: Any) -> str:
    return f"the chair marked this moment{wording.because(event.text)}"


TELLERS: Mapping[type, tuple[str, Teller]] = {
    questions.QuestionPut: ("floor", _asked),
    questions.QuestionReplied: ("floor", _replied),
    replies.RightOfReplyAsked: ("floor", _right_of_reply),
    orders.PointRaised: ("floor", _raised),
    orders.PointRuled: ("floor", _ruled),
    orders.RulingAppealed: ("floor", _appealed),
    orders.AppealDecided: ("floor", _decided),
    gists.GistLogged: ("floor", _gist),
    speeches.SpeechInterrupted: ("floor", _interrupted),
    speeches.TurnUndone: ("floor", _undone),
    caucuses.CaucusBegan: ("caucuses", _began),
    caucuses.CaucusLeft: ("caucuses", _left),
    caucuses.CaucusClosed: ("caucuses", _closed),
    caucus_sittings.CaucusReported: ("caucuses", _reported),
    injects.InjectReleased: ("injects", _released),
    injects.InjectSkipped: ("injects", _skipped),
    injects.ContingencyPlayed: ("injects", _contingency),
    injects.InjectClosed: ("injects", _inject_closed),
    news.NewsDelivered: ("injects", _arrived),
    notes.Bookmarked: ("bookmarks", _marked),
}
