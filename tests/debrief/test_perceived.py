"""Perceptions in the report: every number again from the sealed answers by other means; what a person reads alone."""

from collections.abc import Iterable
from statistics import median
from typing import Any

import pytest

from rooms.debrief import perceived, perceptions_told, tables
from rooms.debrief.exports import ASSESSMENT, PARTICIPANTS, as_csv_tables, as_json, as_markdown
from rooms.debrief.measures import report
from rooms.debrief.report import Report
from rooms.debrief.report_perceptions import FEW, KEPT, NONE, TOLD, Accuracy, Figure, Share
from rooms.domain import codec, room, seats
from rooms.domain.attribution import afterwards
from rooms.domain.fold import EVENTS
from rooms.domain.perceptions import (
    ClosePerceptions,
    GivePerceptions,
    OpenPerceptions,
    PerceptionsGiven,
    PerceptionsReceived,
)
from rooms.domain.positions import PositionDeclared
from rooms.domain.sight import OBSERVERS, THE_MODERATORS, visible

from .session import Session

PEOPLE = {
    **{"jpn-mfa": "JPN-MFA", "jpn-mod": "JPN-MOD", "jpn-two": "JPN-MFA"},
    **{"prc-mfa": "PRC-MFA", "prc-mod": "PRC-MOD", "prc-two": "PRC-MFA"},
    **{"rok-mfa": "ROK-MFA", "rus-mfa": "RUS-MFA", "rus-mod": "RUS-MOD"},
}
# person -> (trust, conflict, guesses)
ANSWERS_BEFORE: dict[str, tuple[tuple[str, ...], int, tuple[str, ...]]] = {
    "jpn-mfa": (("PRC 2", "ROK 5"), 6, ("PRC scope a", "PRC pace x")),
    "jpn-mod": (("PRC 3", "ROK 5"), 5, ("PRC scope a", "PRC pace y")),
    "jpn-two": (("PRC 3",), 5, ("PRC scope b", "PRC pace y")),
    "prc-mfa": (("JPN 1",), 7, ("JPN scope d", "ROK scope a")),
    "prc-mod": (("JPN 4",), 4, ("JPN scope d", "ROK scope a")),
    "prc-two": (("JPN 2",), 3, ("JPN scope c", "ROK scope b")),
    "rok-mfa": (("PRC 7", "JPN 6"), 0, ("JPN scope d",)),
}
ANSWERS_AFTER: dict[str, tuple[tuple[str, ...], int, tuple[str, ...]]] = {
    "jpn-mfa": (("PRC 4", "ROK 6"), 3, ("PRC scope b",)),
    "jpn-mod": (("PRC 5",), 4, ("PRC scope b",)),
    "jpn-two": (("PRC 5",), 2, ("PRC scope c",)),
    "prc-mfa": (("JPN 3",), 3, ()),
    "rok-mfa": (("PRC 6",), 2, ("PRC scope b",)),
    "rus-mfa": (("PRC 2",), 5, ("PRC scope a",)),
    "rus-mod": (("PRC 1",), 6, ("PRC scope b",)),
}


def answered(session: Session, name: str, answers: dict[str, tuple[tuple[str, ...], int, tuple[str, ...]]]) -> None:
    session.chair(OpenPerceptions(name))
    for person, (trust, conflict, guesses) in answers.items():
        session.act(person, GivePerceptions(name, trust, conflict, guesses), 1000)
    session.chair(ClosePerceptions(name))


@pytest.fixture(scope="module")
def session() -> Session:
    session = Session()
    for person, seat in PEOPLE.items():
        session.act(person, seats.JoinRoom("delegate", seat))
    # An answer that is replaced counts for nothing.
    session.chair(OpenPerceptions("before"))
    session.act("jpn-mfa", GivePerceptions("before", ("PRC 7",), 1))
    answered(session, "before", ANSWERS_BEFORE)
    session.chair(room.StartSession())
    session.files("PRC-MFA", "scope", "a")
    session.files("JPN-MFA", "scope", "d")
    session.files("PRC-MFA", "scope", "b")
    session.files("PRC-MFA", "pace", "z", public=False)
    session.chair(room.CloseSession("Thank you."))
    answered(session, "after", ANSWERS_AFTER)
    return session


@pytest.fixture(scope="module")
def made(session: Session) -> Report:
    return report(afterwards(visible(session.entries, OBSERVERS)))


def raw(session: Session, name: str) -> list[PerceptionsGiven]:
    """Each person's last answer to a round, from the whole record."""
    last = {
        entry.actor: entry.event
        for entry in session.entries
        if isinstance(entry.event, PerceptionsGiven) and entry.event.round == name
    }
    return list(last.values())


def expected(values: dict[str, list[int]], by: str) -> Figure:
    """The figure of a delegation, or of all, from everybody's answers to one question."""
    own = [one for code, several in values.items() if by in ("", code) for one in several]
    small = [one for several in values.values() if len(several) < 3 for one in several]
    if not own:
        return Figure(0, None, NONE)
    if len(own) < 3:
        return Figure(len(own), None, FEW)
    if by == "" and len(small) in (1, 2):
        return Figure(len(own), None, KEPT)
    return Figure(len(own), float(median(own)), TOLD)


def by_delegation(pairs: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for code, value in pairs:
        found.setdefault(code, []).append(value)
    return found


def trust_in(session: Session, name: str, about: str) -> dict[str, list[int]]:
    return by_delegation(
        (one.delegation, dict(one.trust)[about]) for one in raw(session, name) if about in dict(one.trust)
    )


def conflict(session: Session, name: str) -> dict[str, list[int]]:
    return by_delegation((one.delegation, one.conflict) for one in raw(session, name) if one.conflict)


def test_every_median_is_that_of_the_answers(session: Session, made: Report) -> None:
    found = made.perceptions
    for line in found.trust:
        assert line.before == expected(trust_in(session, "before", line.about), line.by)
        assert line.after == expected(trust_in(session, "after", line.about), line.by)
    for line in found.conflict:
        assert line.before == expected(conflict(session, "before"), line.by)
        assert line.after == expected(conflict(session, "after"), line.by)
    for line in (*found.trust, *found.conflict):
        both = line.before.median is not None and line.after.median is not None
        assert line.change == ((line.after.median or 0) - (line.before.median or 0) if both else None)
    asked = {
        (one.delegation, about) for name in ("before", "after") for one in raw(session, name) for about, _ in one.trust
    }
    assert {(line.by, line.about) for line in found.trust if line.by} == asked


def test_the_medians_as_one_reads_them(made: Report) -> None:
    lines = {(one.by, one.about): one for one in made.perceptions.trust}
    japan = lines["JPN", "PRC"]
    assert (japan.before, japan.after, japan.change) == (Figure(3, 3.0, TOLD), Figure(3, 5.0, TOLD), 2.0)
    assert lines["", "PRC"].before == Figure(4, None, KEPT), "Korea's one answer could be had by difference"
    assert lines["", "PRC"].after == Figure(6, 4.5, TOLD), "Korea's one and Russia's two are three together"
    assert lines["JPN", "ROK"].before == Figure(2, None, FEW)
    assert lines["", "ROK"].after == Figure(1, None, FEW)
    everybody = next(one for one in made.perceptions.conflict if one.by == "")
    assert (everybody.before, everybody.after, everybody.change) == (Figure(6, 5.0, TOLD), Figure(7, 3.0, TOLD), -2.0)
    assert everybody.before.place == 667
    assert made.perceptions.finding == "Conflict was thought less likely after than before: 3 of 7, from 5"


def test_guesses_are_held_against_what_was_declared_first_and_last(session: Session, made: Report) -> None:
    entries = afterwards(visible(session.entries, OBSERVERS))
    declared = [one.event for one in session.entries if isinstance(one.event, PositionDeclared)]
    for guess in made.perceptions.guesses:
        own = [one.preferred for one in declared if (one.delegation, one.issue) == (guess.about, guess.issue)]
        assert guess.truth == ("" if not own else own[0] if guess.round == "before" else own[-1])
        if guess.truth_cursor is not None:
            event = entries[guess.truth_cursor - 1].event
            assert (event.delegation, event.issue, event.preferred) == (guess.about, guess.issue, guess.truth)
        named = [
            option
            for one in raw(session, guess.round)
            for about, issue, option in one.guesses
            if (about, issue) == (guess.about, guess.issue) and guess.by in ("", one.delegation)
        ]
        assert guess.n == len(named)
        if guess.named:
            assert {one.option: one.times for one in guess.named if one.times} == {o: named.count(o) for o in named}
        assert guess.right == (named.count(guess.truth) if guess.named and guess.truth else None)


def test_right_guesses_are_told_of_how_many(made: Report) -> None:
    found = made.perceptions
    told = {(one.round, one.by, one.about, one.issue): one for one in found.guesses}
    assert told["before", "JPN", "PRC", "scope"].right == 2
    assert told["before", "", "PRC", "pace"].right is None, "what China kept for itself is nobody's truth"
    assert (told["before", "", "JPN", "scope"].n, told["before", "", "JPN", "scope"].status) == (4, KEPT)
    assert told["after", "", "PRC", "scope"].right == 4
    assert found.accuracy == (
        Accuracy("", "", "", Share(2, 3), Share(4, 6)),
        Accuracy("PRC", "", "", Share(2, 3), Share(4, 6)),
        Accuracy("", "scope", "Scope", Share(2, 3), Share(4, 6)),
    )
    assert found.accuracy[0].after is not None
    assert found.accuracy[0].after.place == 667


def test_what_is_too_small_is_said(made: Report) -> None:
    found = made.perceptions
    assert [(one.name, one.n, dict(one.answers)) for one in found.rounds] == [
        ("before", 7, {"PRC": 3, "JPN": 3, "ROK": 1}),
        ("after", 7, {"PRC": 1, "JPN": 3, "ROK": 1, "RUS": 2}),
    ]
    few = [each for one in (*found.trust, *found.conflict) for each in (one.before, one.after) if each.status == FEW]
    kept = [each for one in (*found.trust, *found.conflict) for each in (one.before, one.after) if each.status == KEPT]
    kept_guesses = [one for one in found.guesses if one.status == KEPT]
    assert few
    assert (len(kept), len(kept_guesses)) == (2, 1)
    assert found.limits[0].endswith("figures of fewer than 3 answers: too few to show.")
    assert found.limits[1].startswith("Three figures over all: not shown")
    assert "nothing" in found.limits[2]
    assert "not of people" in found.limits[3]


def test_all_readers_read_the_same_of_it(session: Session, made: Report) -> None:
    chairs = report(visible(session.entries, THE_MODERATORS)).perceptions
    assert [one.before for one in chairs.trust] == [one.before for one in made.perceptions.trust]
    assert [(one.named, one.right) for one in chairs.guesses] == [
        (one.named, one.right) for one in made.perceptions.guesses
    ]


def test_what_was_not_asked_is_not_reported() -> None:
    session = Session()
    assert report(session.entries).perceptions.rounds == ()
    session.chair(OpenPerceptions("before"))
    found = report(session.entries).perceptions
    assert ([one.counted_at for one in found.rounds], found.finding) == ([None], "The questions are still open")
    session.chair(ClosePerceptions("before"))
    found = report(session.entries).perceptions
    assert (found.trust, found.conflict, found.finding) == ((), (), "Too few answered to tell anything")
    assert found.limits[0].startswith("The questions after were not asked")


def test_the_tables_hold_every_figure_and_no_person(session: Session, made: Report) -> None:
    rows = as_csv_tables(made, PARTICIPANTS)
    for name in ("perceptions", "guesses"):
        assert all(list(row) == tables.columns(name) for row in rows[name])
    [japan] = [
        row
        for row in rows["perceptions"]
        if (row["round"], row["question"], row["by"], row["about"]) == ("after", "trust", "JPN", "PRC")
    ]
    assert (japan["n"], japan["median"], japan["status"]) == (3, 5.0, "told")
    scope = [row for row in rows["guesses"] if (row["round"], row["by"], row["about"]) == ("after", "", "PRC")]
    assert [(row["option"], row["named"], row["declared"]) for row in scope] == [
        *(("a", 1, "no"), ("b", 4, "yes"), ("c", 1, "no"), ("d", 0, "no"))
    ]
    assert not set(PEOPLE) & {str(cell) for each in rows.values() for row in each for cell in row.values()}


def test_the_page_says_it_too(made: Report) -> None:
    page = as_markdown(made, PARTICIPANTS)
    assert "| Trust in China | Japan | 3 (n 3) | 5 (n 3) | +2 |" in page
    assert "| China | Scope | kept back" not in page
    assert "a 1, b 4, c 1; declared b, 4 of 6 right" in page


def test_no_export_holds_a_sealed_answer(session: Session) -> None:
    for audience, record in ((THE_MODERATORS, ASSESSMENT), (OBSERVERS, PARTICIPANTS)):
        seen = visible(session.entries, audience)
        entries = seen if record == ASSESSMENT else afterwards(seen)
        names = {one["name"] for one in as_json(report(entries), entries, record)["entries"]}
        assert "perceptions.given" not in names
        assert ("perceptions.received" in names) == (audience is THE_MODERATORS)


def test_the_timeline_tells_that_they_were_asked_and_counted(made: Report) -> None:
    told = [one.sentence for one in made.timeline if "questions" in one.sentence]
    assert told == [
        "The delegates were asked the questions before.",
        "The questions before were closed and counted: seven people answered.",
        "The delegates were asked the questions after.",
        "The questions after were closed and counted: seven people answered.",
    ]


def test_nothing_is_told_of_who_answered() -> None:
    events = {row[0] for name, row in EVENTS.items() if name.startswith("perceptions.")}
    assert events - set(perceptions_told.TELLERS) == {PerceptionsGiven, PerceptionsReceived}


# One's own


def test_a_person_reads_their_own_answers_beside_the_medians(session: Session) -> None:
    before, after = perceived.own(session.entries, "jpn-mfa")
    assert (before.name, before.delegation, after.name) == ("before", "JPN", "after")
    [china, korea] = before.trust
    assert (china.about, china.given, china.delegation, china.everybody) == (
        *("PRC", 2, Figure(3, 3.0, TOLD), Figure(4, None, KEPT)),
    )
    assert (korea.given, korea.delegation.status) == (5, FEW)
    assert before.conflict is not None
    assert (before.conflict.given, before.conflict.everybody.median) == (6, 5.0)
    assert [(one.issue, one.option, one.truth, one.right) for one in before.guesses] == [
        *(("scope", "a", "a", True), ("pace", "x", "", None)),
    ]
    assert (before.right, before.judged) == (1, 1)
    assert [(one.option, one.truth, one.truth_label, one.right) for one in after.guesses] == [
        ("b", "b", "Military contacts", True)
    ]


def test_who_answered_nothing_has_nothing_of_their_own(session: Session) -> None:
    assert perceived.own(session.entries, "chair-1") == ()
    assert [one.name for one in perceived.own(session.entries, "rus-mfa")] == ["after"]


def test_ones_own_is_there_while_the_round_is_open() -> None:
    session = Session()
    session.sit("JPN-MFA")
    session.chair(OpenPerceptions("before"))
    session.act("jpn-mfa", GivePerceptions("before", ("PRC 2",)))
    [only] = perceived.own(session.entries, "jpn-mfa")
    assert [(one.given, one.delegation) for one in only.trust] == [(2, Figure(0, None, NONE))]
    assert only.conflict is None


def test_the_stored_counts_read_back_as_they_were_written(session: Session) -> None:
    for entry in session.entries:
        name = codec.name_of(entry.event)
        if name.startswith("perceptions."):
            stored: Any = codec.canonical(codec.to_data(entry.event))
            assert b"jpn-" not in stored
