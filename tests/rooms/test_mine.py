"""A participant's own page: their words, deeds and answers, and nobody else's; nobody else opens it."""

from dataclasses import replace

import pytest
from django.test import Client

from rooms import access, log
from rooms.debrief.own import own_page
from rooms.domain.sight import audience_of, on_seat
from rooms.models import Participant
from rooms.process import folds
from tests.domain.aside_play import _MET as MET
from tests.domain.play import JAPAN, cast_live
from tests.rooms.kit import Played, open_played

pytestmark = pytest.mark.django_db

OURS, THEIRS, PRIVATE, OFF = "Calm seas, please.", "Stormy seas, we fear.", "Psst, give way.", "Between us: no."


@pytest.fixture
def played() -> Played:
    """Under the Chatham House Rule Japan and China spoke; off the record Japan spoke again; Japan wrote to itself."""
    session = open_played()
    session.do("moderator", "start_session")
    session.do("moderator", "start_item", item="i1")
    session.do("moderator", "open_list")
    for who, words in (("JPN-MFA", OURS), ("PRC-MFA", THEIRS)):
        said(session, who, words)
    session.do("moderator", "end_item", item="i1")
    session.do("moderator", "start_item", item="i3")
    session.do("moderator", "open_list")
    said(session, "JPN-MFA", OFF)
    session.do("JPN-MOD", "say_in_delegation", text=PRIVATE)
    session.do("JPN-MFA", "declare_position", issue="scope", preferred="a", acceptable=("a",), public=True)
    session.do("JPN-MFA", "note_to_chair", text="May we?")
    session.do("moderator", "close_session")
    return session


def said(session: Played, who: str, words: str) -> None:
    session.do(who, "ask_for_floor")
    session.do("moderator", "next_speaker")
    session.do(who, "make_statement", text=words)


def page(session: Played, who: str, of: str = "") -> tuple[int, str]:
    client = Client()
    mine = Participant.objects.select_related("room").get(room=session.room, pid=session.pid(who))
    client.cookies[access.cookie_name(session.room.code, mine.pid)] = access.ticket_of(mine)
    answer = client.get(f"/rooms/{session.room.code}/{session.pid(of or who)}/mine/")
    assert answer["Cache-Control"] == "no-store" or answer.status_code != 200
    return answer.status_code, answer.content.decode()


def test_everybody_reads_their_own_words_and_nobody_elses(played: Played) -> None:
    status, ours = page(played, "JPN-MFA")
    assert (status, OURS in ours, THEIRS in ours) == (200, True, False)
    _, theirs = page(played, "PRC-MFA")
    assert (OURS in theirs, THEIRS in theirs) == (False, True)
    _, silent = page(played, "ROK-MFA")
    assert not any(words in silent for words in (OURS, THEIRS, PRIVATE, OFF))


def test_what_was_off_the_record_is_nowhere(played: Played) -> None:
    assert OFF not in page(played, "JPN-MFA")[1]


def test_a_colleague_on_another_seat_has_a_page_of_their_own(played: Played) -> None:
    _, colleagues = page(played, "JPN-MOD")
    assert OURS not in colleagues
    assert "declared on" not in colleagues
    _, ours = page(played, "JPN-MFA")
    assert PRIVATE not in ours
    assert "Land JPN declared on “Scope”" in ours


def test_nobody_opens_anybody_elses_the_moderator_neither(played: Played) -> None:
    for who in ("moderator", "PRC-MFA", "observer"):
        assert page(played, who, of="JPN-MFA")[0] == 403


def test_it_opens_with_the_debrief_and_closes_with_its_part(played: Played) -> None:
    running = open_played(code="")
    running.do("moderator", "start_session")
    assert page(running, "JPN-MFA")[0] in (403, 409)
    played.do("moderator", "share_part", part="mine", to="chair")
    assert page(played, "JPN-MFA")[0] in (403, 409)


def test_the_mandate_stands_beside_the_outcome_and_only_ones_own(played: Played) -> None:
    _, ours = page(played, "JPN-MFA")
    assert "the mandate of Land JPN" in ours
    assert "the mandate of Land PRC" not in ours
    assert "the mandate of" not in page(played, "observer")[1]


def test_floor_time_is_what_the_record_counted(played: Played) -> None:
    record = log.read(played.room.pk)
    state = folds.at_head(played.room.pk).state
    for who in ("JPN-MFA", "PRC-MFA", "ROK-MFA"):
        person = state.seats.people[played.pid(who)]
        audience = audience_of(person)
        assert audience is not None
        own = own_page(record, person.id, audience)
        given = {
            e.event.request
            for e in record
            if getattr(e.event, "person", "") == person.id and hasattr(e.event, "ends_at")
        }
        ended = [e.event for e in record if getattr(e.event, "speech", "") in given and hasattr(e.event, "spoken_ms")]
        assert (own.speeches, own.spoken_ms) == (len(ended), sum(event.spoken_ms for event in ended))


def test_nothing_on_it_depends_on_what_others_did_in_confidence(played: Played) -> None:
    """The same page from a record in which everything that the person could not see is gone."""
    record = log.read(played.room.pk)
    state = folds.at_head(played.room.pk).state
    person = state.seats.people[played.pid("JPN-MFA")]
    audience = audience_of(person)
    assert audience is not None
    seen = [entry for entry in record if audience.sees(entry) or entry.actor == person.id]
    assert len(seen) < len(record)
    assert own_page(seen, person.id, audience) == own_page(record, person.id, audience)


def test_what_others_said_stands_beside_ones_own_only_as_far_as_it_is_shared(played: Played) -> None:
    seats = ("JPN-MFA", "JPN-MOD", "PRC-MFA")
    played.do("moderator", "open_perceptions", round="after")
    for who in seats:
        played.do(who, "give_perceptions", round="after", trust=("ROK 6",), conflict=2)
    played.do("PRC-MFA", "give_perceptions", round="after", trust=("JPN 4",), guesses=("JPN scope b",))
    played.do("moderator", "close_perceptions", round="after")
    _, all_of_it = page(played, "PRC-MFA")
    assert 'class="num">All</th>' in all_of_it
    assert "You guessed 0 of 1 right." in all_of_it
    assert "the mandate of Land PRC" in all_of_it
    played.do("moderator", "share_part", part="perceptions", to="chair")
    _, less = page(played, "PRC-MFA")
    assert 'class="num">All</th>' not in less
    assert ("too few to tell" in less, "<b>4</b>" in less) == (False, True)
    played.do("moderator", "share_part", part="positions", to="chair")
    _, least = page(played, "PRC-MFA")
    assert ("They: " in least, "of 1 right" in least, "is not shared with you" in least) == (False, False, True)
    assert "the mandate of Land PRC" not in least


def test_where_no_assessment_is_kept_the_chairs_page_does_not_tell_who_spoke() -> None:
    session = open_played(assessment_record=False)
    session.do("moderator", "start_session")
    session.do("moderator", "start_item", item="i1")
    session.do("moderator", "open_list")
    said(session, "JPN-MFA", OURS)
    session.do("moderator", "close_session")
    _, chairs = page(session, "moderator")
    assert "JPN" not in chairs
    assert "“Item i1” began" in chairs
    kept = open_played()
    kept.do("moderator", "start_session")
    kept.do("moderator", "start_item", item="i1")
    kept.do("moderator", "open_list")
    said(kept, "JPN-MFA", OURS)
    assert "Land JPN had the floor" in page(kept, "moderator")[1]


@pytest.mark.parametrize(("rule", "met"), [("chatham_house", ["ROK"]), ("off_the_record", [])])
def test_a_caucus_that_met_off_the_record_is_not_told_of(rule: str, met: list[str]) -> None:
    session = cast_live().done(*MET)
    record = [replace(entry, attribution=rule) for entry in session.entries]
    page = own_page(record, JAPAN, on_seat("JPN-MFA", "JPN", officials=True))
    assert [code for one in page.meetings for code in one.others] == met
