"""Who asked, replied, raised a point of order or was announced is nobody's to read afterwards, but on the record."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rooms.domain import agenda, attribution, floor, fold, ground_rules, questions, room, statements
from rooms.domain.attribution import ON_THE_FLOOR, afterwards
from rooms.domain.record import Entry
from rooms.domain.replacing import replace
from rooms.domain.sight import OBSERVERS, visible

from .floor_play import QUESTION, USES
from .play import CHINA, JAPAN, KOREA, M1, MINUTE, Session, cast_live

PROTECTED = ("chatham_house", "not_for_attribution", "off_the_record")


def read(session: Session) -> list[Entry]:
    result = afterwards(visible(session.entries, OBSERVERS))
    fold.fold(result)
    assert afterwards(result) == result
    return result


def played(name: str, rule: str) -> Session:
    """A session in which a command has been given under a rule, and that is closed."""
    actor, command, before = USES[name]
    session = cast_live().done((M1, ground_rules.SetAttribution(rule)))
    session.done(*before, (actor, command), at=session.now + MINUTE)
    return session.done((M1, room.CloseSession()), at=session.now + MINUTE)


def test_every_module_of_the_floor_is_bound() -> None:
    bound = {row[0] for matter in ON_THE_FLOOR for row in matter.EVENTS.values()}
    of_the_floor = {row[0] for name, row in fold.EVENTS.items() if name.startswith("floor.")}
    assert of_the_floor <= bound == bound & set(attribution.FLOOR_EVENTS)


@pytest.mark.parametrize("rule", PROTECTED)
@pytest.mark.parametrize("name", sorted(USES))
def test_nothing_of_the_floor_but_words_is_left(name: str, rule: str) -> None:
    left = [entry.event for entry in read(played(name, rule)) if isinstance(entry.event, attribution.FLOOR_EVENTS)]
    for event in left:
        assert not getattr(event, "delegation", "")
        assert not getattr(event, "seat", "")
        assert hasattr(event, "text"), event
    assert not left or rule != "off_the_record"


@pytest.mark.parametrize("name", sorted(USES))
def test_on_the_record_all_of_it_is_left(name: str) -> None:
    session = played(name, "on_the_record")
    kinds = [type(entry.event) for entry in visible(session.entries, OBSERVERS)]
    assert [type(entry.event) for entry in read(session)] == kinds


@settings(max_examples=20, deadline=None)
@given(asker=st.sampled_from((JAPAN, CHINA, KOREA)), rule=st.sampled_from(("chatham_house", "not_for_attribution")))
def test_who_asked_whom_leaves_no_trace(asker: str, rule: str) -> None:
    """The same question and the same reply, whoever asked and whoever was asked."""

    def session(asker: str, seat: str, to: str, answerer: str) -> list[Entry]:
        one = cast_live().done((M1, ground_rules.SetAttribution(rule)), (M1, agenda.StartItem("i1")))
        one.done((M1, floor.CallOn(seat, "question")), (asker, statements.MakeStatement("Why?", to)))
        one.done((answerer, USES["reply_to_question"][1]), (M1, floor.NextSpeaker()))
        one.done((answerer, statements.MakeStatement("Because.")), (M1, room.CloseSession()))
        return read(one)

    sits = {JAPAN: ("JPN-MFA", "JPN"), CHINA: ("PRC-MFA", "PRC"), KOREA: ("ROK-MFA", "ROK")}
    others = [person for person in sits if person != asker]
    first = session(asker, sits[asker][0], sits[others[0]][1], others[0])
    second = session(others[1], sits[others[1]][0], sits[asker][1], asker)
    assert first == second


def test_a_reply_on_the_record_does_not_tell_who_had_asked_under_another_rule() -> None:
    session = cast_live().done(*QUESTION, (M1, ground_rules.SetAttribution("on_the_record")))
    session.when(CHINA, USES["reply_to_question"][1]).refused("not_pending")
    session.done((M1, floor.CallOn("PRC-MFA", "reply")), (CHINA, statements.MakeStatement("Because.")))
    session.done((M1, room.CloseSession()))
    left = [entry.event for entry in read(session)]
    assert not [event for event in left if isinstance(event, attribution.ANSWERS)]
    made = [event for event in left if isinstance(event, statements.StatementMade)]
    assert [(one.text, one.delegation) for one in made if one.delegation] == [("Because.", "PRC")]
    assert "JPN" not in repr([event for event in left if isinstance(event, attribution.FLOOR_EVENTS)])


@pytest.mark.parametrize("protected", [questions.QuestionPut, attribution.ANSWERS])
def test_who_asked_and_who_answered_is_left_where_both_were_on_the_record_alone(protected: Any) -> None:
    """While one is played a question lapses with its rule; a record from elsewhere may tell otherwise."""
    session = cast_live().done((M1, ground_rules.SetAttribution("on_the_record")), *QUESTION)
    session.done((CHINA, USES["reply_to_question"][1]), (M1, floor.NextSpeaker()))
    session.done((CHINA, statements.MakeStatement("Because.")), (M1, room.CloseSession()))
    assert len([one for one in read(session) if isinstance(one.event, attribution.ANSWERS)]) == 2
    entries = [
        replace(one, attribution="chatham_house") if isinstance(one.event, protected) else one
        for one in visible(session.entries, OBSERVERS)
    ]
    assert not [one for one in afterwards(entries) if isinstance(one.event, attribution.ANSWERS)]


def test_ids_of_questions_and_points_are_counted_anew_with_the_names_on_the_list() -> None:
    session = cast_live().done((M1, floor.CallOn("ROK-MFA")), (M1, floor.EndSpeech("r1")))
    session.done((M1, ground_rules.SetAttribution("on_the_record")), (M1, floor.CallOn("JPN-MFA", "question")))
    session.done((JAPAN, statements.MakeStatement("Why?", "PRC")), (M1, room.CloseSession()))
    put = [entry.event for entry in read(session) if isinstance(entry.event, questions.QuestionPut)]
    assert put == [questions.QuestionPut("r1", "s1", "JPN", "PRC")]
