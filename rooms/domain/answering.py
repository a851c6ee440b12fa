"""Reading what somebody answered to the questions before and after, with a refusal for whatever cannot be counted."""

from collections.abc import Mapping

from rooms.domain.prepared import Prepared
from rooms.domain.refused import Refused
from rooms.domain.tallying import Answer, Asked

LOWEST, HIGHEST = 1, 7


def read(prepared: Prepared, own: str, trust: tuple[str, ...], conflict: int, guesses: tuple[str, ...]) -> Answer:
    """The answer of somebody of the delegation `own`: `trust` as "JPN 4", `guesses` as "JPN scope a", `conflict` 0 for
    none. Empty lines are what somebody left out."""
    answer = Answer(own, _trust(prepared, own, trust), _conflict(conflict), _guesses(prepared, own, guesses))
    if not (answer.trust or answer.conflict or answer.guesses):
        raise Refused("nothing_answered", "Answer at least one of the questions, then send.", field="trust")
    return answer


def _conflict(given: int) -> int:
    if given and not LOWEST <= given <= HIGHEST:
        raise _out_of_range("conflict")
    return given


def _out_of_range(name: str) -> Refused:
    return Refused("one_to_seven", f"Choose a number from {LOWEST} to {HIGHEST}, or leave it out.", field=name)


def _trust(prepared: Prepared, own: str, given: tuple[str, ...]) -> Mapping[str, int]:
    """By delegation, in the order of the delegations."""
    found: dict[str, int] = {}
    for line in filter(None, given):
        about, number = _parts(line, 2, "trust")
        _other(prepared, own, about, "trust")
        if number not in map(str, range(LOWEST, HIGHEST + 1)):
            raise _out_of_range("trust")
        _once(about in found, "trust")
        found[about] = int(number)
    return {one.code: found[one.code] for one in prepared.delegations if one.code in found}


def _guesses(prepared: Prepared, own: str, given: tuple[str, ...]) -> Mapping[Asked, str]:
    """By delegation and issue, in their order."""
    found: dict[Asked, str] = {}
    for line in filter(None, given):
        about, issue_id, option = _parts(line, 3, "guesses")
        _other(prepared, own, about, "guesses")
        issue = prepared.issue(issue_id)
        if issue is None:
            raise Refused("unknown_issue", "There is no such issue in this exercise.", field="guesses")
        if issue.option(option) is None:
            raise Refused(
                "unknown_option", "That option is not on this issue. Choose one of the list.", field="guesses"
            )
        _once((about, issue_id) in found, "guesses")
        found[about, issue_id] = option
    order = [(one.code, issue.id) for one in prepared.delegations for issue in prepared.issues]
    return {asked: found[asked] for asked in order if asked in found}


def _parts(line: str, wanted: int, name: str) -> list[str]:
    parts = line.split()
    if len(parts) != wanted:
        raise Refused("bad_answer", "That answer cannot be read. Choose from the lists of the form.", field=name)
    return parts


def _other(prepared: Prepared, own: str, code: str, name: str) -> None:
    if prepared.delegation(code) is None:
        raise Refused("unknown_delegation", "There is no such delegation in this room.", field=name)
    if code == own:
        raise Refused("own_delegation", "You are asked about the other delegations, not about your own.", field=name)


def _once(again: bool, name: str) -> None:
    if again:
        raise Refused("answered_twice", "Answer each question once; choose one of the two.", field=name)
