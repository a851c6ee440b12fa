"""Who answers for a delegation: its head, or the seat that the head has named."""

import pytest

from rooms.domain import heads, muting, seats
from rooms.domain.decisions import AnswerCall, AnswerGiven, CallConsensus
from rooms.domain.voices import NameVoice, VoiceNamed, voice_of

from .decisions_play import DRAFT
from .play import CHINA, JAPAN, JAPAN_MOD, M1, Session


@pytest.fixture
def named(session: Session) -> Session:
    """Japan's head has named its defence ministry, and the chair calls for consensus."""
    return session.done((JAPAN, NameVoice("JPN-MOD")), *DRAFT, (M1, CallConsensus(2)))


def test_the_head_names_a_seat_and_takes_that_back(session: Session) -> None:
    assert voice_of(session.state, "JPN") == "JPN-MFA"
    session.when(JAPAN, NameVoice("JPN-MOD")).then(VoiceNamed("JPN", "JPN-MOD"))
    assert voice_of(session.state, "JPN") == "JPN-MOD"
    session.when(JAPAN, NameVoice("JPN-MOD")).then()
    session.when(JAPAN, NameVoice("JPN-MFA")).then(VoiceNamed("JPN", ""))
    session.when(JAPAN, NameVoice("")).then()
    assert voice_of(session.state, "JPN") == "JPN-MFA"


def test_only_the_head_names_and_only_a_seat_of_its_own_that_is_taken(session: Session) -> None:
    session.when(JAPAN_MOD, NameVoice("JPN-MOD")).refused("not_head")
    session.when(JAPAN, NameVoice("PRC-MOD")).refused("not_yours")
    session.when(JAPAN, NameVoice("nowhere")).refused("not_yours")
    session.when(JAPAN, NameVoice("JPN-EXP-1")).refused("seat_empty")


def test_the_named_seat_answers_and_the_head_does_not(named: Session) -> None:
    assert "JPN-MOD" in named.when(JAPAN, AnswerCall("c1", "join")).refused("not_head").message
    named.when(JAPAN_MOD, AnswerCall("c1", "join")).then(AnswerGiven("c1", "JPN", "join", ""))


@pytest.mark.parametrize("how", [muting.MutePerson(JAPAN_MOD), seats.RemovePerson(JAPAN_MOD)])
def test_a_voice_that_is_muted_or_removed_leaves_the_answer_to_the_head(named: Session, how: object) -> None:
    named.done((M1, how))
    named.when(JAPAN, AnswerCall("c1", "join")).then(AnswerGiven("c1", "JPN", "join", ""))


def test_a_voice_that_may_speak_again_answers_again(named: Session) -> None:
    named.done((M1, muting.MutePerson(JAPAN_MOD)), (M1, muting.UnmutePerson(JAPAN_MOD)))
    named.when(JAPAN, AnswerCall("c1", "join")).refused("not_head")


def test_a_new_head_begins_anew(named: Session) -> None:
    named.done((M1, heads.NameHead("JPN-MOD")), (M1, heads.NameHead("JPN-MFA")))
    assert voice_of(named.state, "JPN") == "JPN-MFA"


def test_nobody_answers_for_an_empty_delegation(session: Session) -> None:
    assert voice_of(session.state, "USA") == voice_of(session.state, "nobody") == ""
    session.done((CHINA, NameVoice("PRC-MOD")))
    assert (voice_of(session.state, "PRC"), voice_of(session.state, "JPN")) == ("PRC-MOD", "JPN-MFA")
