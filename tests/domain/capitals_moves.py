"""How random sessions draw what capitals do and what delegations attach to a text."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rooms.domain import capitals, dissent, ratification, reopening
from rooms.domain.seats import Person
from rooms.domain.state import RoomState

from .play import IN_USE, OBSERVER

CODES = (*IN_USE, "JPN", "RUS")
# Done by who answers for a delegation.
BY_HEADS = ("seek_instructions", "enter_dissent", "confirm_reservation", "withdraw_dissent")
HARD = ("seek_instructions", "instruct", "reopen_text", "set_ratification_deadline", "release_capital")
SELDOM = ("appoint_capital", "set_capitals")


def _one(options: Sequence[Any], n: int, otherwise: Any = "") -> Any:
    return options[n % len(options)] if options else otherwise


def _document(state: RoomState) -> str:
    return str(_one(list(state.ratifications.by_document), -1, "d1"))


def _waiting(state: RoomState, n: int) -> str:
    return str(_one(ratification.waiting(state, _document(state)), n, "JPN"))


def _paragraph(state: RoomState, n: int) -> str:
    documents = state.texts.documents
    return str(_one([one.id for one in documents[-1].standing] if documents else [], n, "p1"))


def _attached(state: RoomState, n: int) -> str:
    return str(_one([one.id for one in state.dissents.entries if one.published], n, "x1"))


def _a_capital(state: RoomState, n: int) -> str:
    return str(_one([one.id for one in state.seats.inside(capitals.ROLE)], n, OBSERVER))


def _sought(state: RoomState, n: int) -> ratification.SeekInstructions:
    return ratification.SeekInstructions(_document(state), f"May we sign {n}?" if n else "")


def _instruct(state: RoomState, n: int) -> ratification.Instruct:
    answer = _one(("confirm", "confirm", "reserve", "refuse", "perhaps"), n)
    words = f"At home {n}." if n % 4 else ""
    paragraph = _paragraph(state, n) if answer == "reserve" and n % 5 else ""
    return ratification.Instruct(_document(state), _waiting(state, n), answer, words, paragraph)


def _entered(state: RoomState, n: int) -> dissent.EnterDissent:
    return dissent.EnterDissent(
        _one((*dissent.KINDS, "song"), n), f"We say {n}." if n else "", _paragraph(state, n) if n % 3 else ""
    )


def _person(state: RoomState, n: int) -> str:
    return str(_one(list(state.seats.people), n, OBSERVER))


BUILD: Mapping[str, Callable[[RoomState, int], Any]] = {
    "set_capitals": lambda _state, n: capitals.SetCapitals(_one((*capitals.KINDS, "king"), n), 40 + 10 * (n % 8)),
    "appoint_capital": lambda state, n: capitals.AppointCapital(_person(state, n), _one(CODES, n // 2)),
    "release_capital": lambda state, n: capitals.ReleaseCapital(_a_capital(state, n)),
    "seek_instructions": _sought,
    "instruct": _instruct,
    "set_ratification_deadline": lambda state, n: ratification.SetRatificationDeadline(_document(state), n),
    "reopen_text": lambda state, _n: reopening.ReopenText(_document(state)),
    "enter_dissent": _entered,
    "confirm_reservation": lambda state, n: dissent.ConfirmReservation(_attached(state, n)),
    "withdraw_dissent": lambda state, n: dissent.WithdrawDissent(_attached(state, n)),
}
# Between a delegation and its capital alone.
ASIDE: Mapping[str, Callable[[RoomState, Person | None, int], Any]] = {
    "write_to_capital": lambda _state, _person, n: capitals.WriteToCapital(f"We ask {n}." if n else ""),
    "write_from_capital": lambda _state, _person, n: capitals.WriteFromCapital(_one(CODES, n), f"We tell {n}."),
}
