"""How random sessions draw what happens beside the table: caucuses, notes, injects, news.

Whoever acts is somebody whom it suits, and a command is built from what that person's own seat knows; now and then
from what it does not, as a hostile delegate with a terminal would try.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rooms.domain import caucus_sittings, caucus_terms, inject_control, news, notes
from rooms.domain.caucuses import CLOSED, IN_SESSION, PROPOSED, Caucus
from rooms.domain.seats import Person
from rooms.domain.state import RoomState

from .play import CAST, IN_USE

INJECTS = ("x1", "x2", "x3", "x4", "x5")  # four of the scenario, and one that the chair adds
NOTING = ("JPN-MFA", "JPN-MOD", "PRC-MFA", "ROK-MFA")
# Whom somebody asks aside, sometimes in vain.
INVITED = (
    *(("ROK",), ("PRC",), ("JPN",), ("PRC", "ROK"), ("JPN", "ROK"), ("JPN-MFA",), ("PRC-MFA", "ROK-MFA")),
    *(("JPN", "PRC", "ROK"), ("USA",), ("RUS",), ()),
)


def _one(options: Sequence[Any], n: int, otherwise: Any = "") -> Any:
    return options[n % len(options)] if options else otherwise


# What of the caucuses and the news that there are suits somebody, by command.
Suits = Callable[[Caucus, Person], bool]


def _asked(caucus: Caucus, person: Person) -> bool:
    return caucus.status == PROPOSED and caucus.by != person.delegation and person.delegation not in caucus.agreed


def _asks(caucus: Caucus, person: Person) -> bool:
    return caucus.status == PROPOSED and caucus.by == person.delegation


def _sits(caucus: Caucus, _person: Person) -> bool:
    return caucus.status == IN_SESSION


def _may_report(caucus: Caucus, _person: Person) -> bool:
    return caucus.status in (IN_SESSION, CLOSED) and not caucus.reported


def _may_agree(caucus: Caucus, person: Person) -> bool:
    report = caucus.report
    return _may_report(caucus, person) and report is not None and person.delegation not in report.agreed


SUITS: Mapping[str, Suits] = {
    "counter_caucus": _asked,
    "accept_caucus": _asked,
    "decline_caucus": _asked,
    "begin_caucus": lambda caucus, person: _asks(caucus, person) and len(caucus.agreed) > 1,
    "withdraw_caucus": _asks,
    "say_in_caucus": _sits,
    "leave_caucus": _sits,
    "draft_report": _may_report,
    "agree_report": _may_agree,
}


def fitting(name: str, state: RoomState, person: Person | None) -> list[str]:
    """The ids of caucuses or news upon which somebody can do this, as far as their seat knows."""
    if person is None or not person.seat:
        return []
    if name in ("see_news", "answer_news"):
        read = [one for one in state.news.pieces.values() if one.is_for(person.seat, person.delegation)]
        return [one.id for one in read if name == "answer_news" or not one.seen_by(person.seat)]
    known = [one for one in state.caucuses.known.values() if person.seat in one.seats]
    return [one.id for one in known if SUITS[name](one, person)]


def whom_it_suits(name: str, state: RoomState, people: Sequence[Person]) -> Sequence[Person]:
    """Those who can do this; all, if nobody can or everybody may."""
    if name not in SUITS and name not in ("see_news", "answer_news"):
        return people
    return [one for one in people if fitting(name, state, one)] or people


def _caucus(name: str, state: RoomState, person: Person | None, n: int) -> str:
    """One of the caucuses that suit; or, seldom, one of those that the person may know nothing of."""
    own = fitting(name, state, person) if n % 8 else []
    return str(_one(own or tuple(state.caucuses.known), n // 8, "k0"))


def _piece(name: str, state: RoomState, person: Person | None, n: int) -> str:
    own = fitting(name, state, person) if n % 8 else []
    return str(_one(own or tuple(state.news.pieces), n // 8, "w0"))


def _any_caucus(state: RoomState, n: int) -> str:
    """For the chair: all of them, or one."""
    return "" if n % 3 == 0 else str(_one(tuple(state.caucuses.known), n, "k0"))


def _terms(state: RoomState, caucus: str) -> int:
    known = state.caucuses.known.get(caucus)
    return known.terms if known else 1


def _counter(state: RoomState, person: Person | None, n: int) -> caucus_terms.CounterCaucus:
    caucus = _caucus("counter_caucus", state, person, n)
    # Never the minutes of the terms that stand, so that a topic which others do not know decides nothing.
    return caucus_terms.CounterCaucus(
        caucus, (20 + 12 * _terms(state, caucus) + n) % 150, f"Topic {n}" if n % 2 else ""
    )


def _accept(state: RoomState, person: Person | None, n: int) -> caucus_terms.AcceptCaucus:
    caucus = _caucus("accept_caucus", state, person, n)
    return caucus_terms.AcceptCaucus(caucus, _terms(state, caucus) - (n == 5) if n % 2 else 0)


def _draft(state: RoomState, person: Person | None, n: int) -> caucus_sittings.DraftReport:
    seat = person.seat if person else ""  # each seat words its own, so that nobody agrees by writing the same
    return caucus_sittings.DraftReport(_caucus("draft_report", state, person, n), f"Line {n} of {seat}." if n else "")


def _propose(_state: RoomState, person: Person | None, n: int) -> caucus_terms.ProposeCaucus:
    own = person.delegation if person else ""
    invited = [one for one in INVITED if n == 11 or own not in one]
    return caucus_terms.ProposeCaucus(_one(invited, n), f"Topic {n}" if n % 3 else "", n or 200, n % 4 == 1)


def _armed(_state: RoomState, n: int) -> inject_control.ArmInject:
    kind, what = _one(
        (
            *(("manual", ""), ("time", ""), ("item", "i3"), ("item", "i1"), ("event", "texts.paragraph_proposed")),
            *(("event", "decisions.consensus_blocked"), ("event", "seats.seat_left"), ("song", "")),
        ),
        n // 2,
    )
    return inject_control.ArmInject(_one(INJECTS, n), kind, n, what)


def _released(_state: RoomState, n: int) -> inject_control.ReleaseInject:
    # What was planned for some is never sent to others: twin sessions know of each inject whom it may reach.
    inject = _one(INJECTS, n)
    return inject_control.ReleaseInject(inject, ("PRC", "JPN-MFA") if inject == "x1" and n % 2 else ())


def _added(_state: RoomState, n: int) -> inject_control.AddInject:
    to = _one((("all",), ("JPN",), ("ROK-MFA", "PRC"), ("RUS",), ()), n)
    return inject_control.AddInject(f"Title {n}", f"News {n}.", "Wire" if n else "", to)


Build = Callable[[RoomState, Person | None, int], Any]

BUILD: Mapping[str, Build] = {
    "propose_caucus": _propose,
    "counter_caucus": _counter,
    "accept_caucus": _accept,
    "decline_caucus": lambda state, who, n: caucus_terms.DeclineCaucus(_caucus("decline_caucus", state, who, n)),
    "begin_caucus": lambda state, who, n: caucus_terms.BeginCaucus(_caucus("begin_caucus", state, who, n)),
    "withdraw_caucus": lambda state, who, n: caucus_terms.WithdrawCaucus(_caucus("withdraw_caucus", state, who, n)),
    "convene_caucus": lambda _state, _who, n: caucus_terms.ConveneCaucus(
        _one(INVITED, n), f"Work {n}" if n % 2 else "", n
    ),
    "say_in_caucus": lambda state, who, n: caucus_sittings.SayInCaucus(
        _caucus("say_in_caucus", state, who, n), f"Aside {n}." if n else ""
    ),
    "leave_caucus": lambda state, who, n: caucus_sittings.LeaveCaucus(_caucus("leave_caucus", state, who, n)),
    "draft_report": _draft,
    "agree_report": lambda state, who, n: caucus_sittings.AgreeReport(
        _caucus("agree_report", state, who, n), 1 if n == 5 else 0
    ),
    "extend_caucus": lambda state, _who, n: caucus_sittings.ExtendCaucus(n, _any_caucus(state, n)),
    "call_back": lambda state, _who, n: caucus_sittings.CallBack(_any_caucus(state, n)),
    "broadcast": lambda _state, _who, n: caucus_sittings.Broadcast(f"Soon {n}." if n else ""),
    "note_to_chair": lambda _state, _who, n: notes.NoteToChair(f"Note {n}." if n else ""),
    "answer_note": lambda _state, _who, n: notes.AnswerNote(_one(NOTING, n), f"Answer {n}." if n else ""),
    "put_note_aside": lambda _state, _who, n: notes.PutNoteAside(_one(NOTING, n)),
    "word_to_delegation": lambda _state, _who, n: notes.WordToDelegation(_one((*IN_USE, "RUS"), n), f"Word {n}."),
    "set_bookmark": lambda _state, _who, n: notes.SetBookmark(f"Here {n}." if n % 2 else ""),
    "add_inject": lambda state, _who, n: _added(state, n),
    "arm_inject": lambda state, _who, n: _armed(state, n),
    "arm_as_planned": lambda _state, _who, _n: inject_control.ArmAsPlanned(),
    "hold_inject": lambda _state, _who, n: inject_control.HoldInject(_one(INJECTS, n)),
    "skip_inject": lambda _state, _who, n: inject_control.SkipInject(_one(INJECTS, n), "No time" if n % 4 else ""),
    "release_inject": lambda state, _who, n: _released(state, n),
    "play_contingency": lambda _state, _who, n: inject_control.PlayContingency(
        _one(INJECTS, n), f"Now then, {n}." if n % 2 else ""
    ),
    "close_inject": lambda _state, _who, n: inject_control.CloseInject(_one(INJECTS, n), f"Outcome {n}."),
    "see_news": lambda state, who, n: news.SeeNews(_piece("see_news", state, who, n)),
    "answer_news": lambda state, who, n: news.AnswerNews(
        _piece("answer_news", state, who, n), f"Our answer {n}." if n else ""
    ),
}
EXTRA: Mapping[str, Build] = {
    "note_refusal": lambda _state, _who, n: notes.NoteRefusal(
        _one(CAST, n), "make_statement", _one(("no_floor", "muted"), n), f"You cannot, {n}."
    ),
}
SELDOM = (
    *("leave_caucus", "withdraw_caucus", "decline_caucus", "call_back", "convene_caucus", "skip_inject", "add_inject"),
    *("set_bookmark", "put_note_aside", "hold_inject", "close_inject", "arm_as_planned", "note_refusal"),
)
# Seldom possible, so tried whenever it is.
HARD = (
    *("accept_caucus", "accept_caucus", "begin_caucus", "say_in_caucus", "say_in_caucus", "draft_report"),
    *("agree_report", "agree_report", "see_news", "answer_news", "answer_note", "play_contingency"),
)
OFTEN = ("propose_caucus", "note_to_chair")
