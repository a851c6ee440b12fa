"""Two hours of play with thirty seats: every rule kept, every deadline met once, every confidence kept to the end."""

from collections import Counter
from collections.abc import Callable

import pytest

from rooms.domain import codec
from rooms.domain.attribution import readable
from rooms.domain.fold import next_deadline
from rooms.domain.notes import RefusalNoted
from rooms.domain.record import CLOCK, Entry
from rooms.domain.sight import ALL, LOBBY, Audience
from rooms.folds import Picture
from rooms.painting import Painter
from tests.rooms.rehearsed import Heard, on_screen, words_in

pytestmark = pytest.mark.django_db(transaction=True)  # what is announced on commit is what is tested

MINUTE = 60_000
# What somebody says or writes, by the fields of the events that carry it.
SPOKEN = ("text", "topic", "reason", "outcome")
TIME_UP = {"speech": "floor.speech_time_up", "item": "agenda.item_time_up", "caucus": "caucuses.time_up"}
GIVEN_MORE = {"speech": "floor.speech_extended", "item": "agenda.item_extended", "caucus": "caucuses.extended"}

# What nobody reads afterwards, not even who wrote it or was told.
NOBODYS = {
    *("caucuses.said", "caucuses.topic_set", "caucuses.broadcast_made", "caucuses.report_drafted"),
    *("notes.sent", "notes.answered", "notes.word_sent", "news.answered"),
}


@pytest.fixture
def heard(hear: Callable[[str], Heard]) -> Heard:
    return hear("two_hours")


def names(heard: Heard) -> Counter[str]:
    return Counter(codec.name_of(entry.event) for entry in heard.record)


# What is in it


def test_thirty_seats_of_six_delegations_are_taken_at_once(heard: Heard) -> None:
    people = [one for one in heard.state.seats.people.values() if one.admitted and not one.removed]
    assert len({one.seat for one in people if one.role == "delegate"}) == 30
    assert len({one.delegation for one in people if one.seat}) == 6
    assert Counter(one.role for one in people) == {"delegate": 30, "moderator": 1, "rapporteur": 1, "observer": 3}
    both = max(len(picture.state.seats.inside("moderator")) for _one, picture in heard.steps)
    assert both == 2  # until the co-moderator steps down, at the very end


def test_it_lasts_about_two_hours_from_the_lobby_to_the_end(heard: Heard) -> None:
    lasted = heard.record[-1].at - heard.record[0].at
    assert 110 * MINUTE <= lasted <= 130 * MINUTE


def test_it_goes_through_more_than_seven_kinds_of_item(heard: Heard) -> None:
    kinds = {item.kind for item in heard.state.agenda.items if item.began_at is not None}
    assert kinds == {
        *("opening", "national_perspective", "military_perspective", "expert_presentation", "discussion"),
        *("informal", "officials", "drafting", "decision", "summary", "closing"),
    }
    written = names(heard)
    assert written["agenda.item_suspended"] == written["agenda.item_resumed"] == 1
    assert written["room.session_adjourned"] == 2  # once, and again with another time
    assert written["room.session_reconvened"] == 1


def test_six_caucuses_sit_and_others_are_declined_and_taken_back(heard: Heard) -> None:
    known = heard.state.caucuses.known.values()
    sat = [one for one in known if one.began_at is not None]
    assert len(sat) == 6
    assert sorted(len(one.delegations) for one in sat) == [2, 2, 2, 3, 3, 6]
    assert Counter(one.how for one in sat) == {"left": 2, "called back": 1, "time": 3}
    assert Counter(one.how for one in known if one.began_at is None) == {"declined": 1, "withdrawn": 1}
    assert [one.by for one in sat if one.reported] == [""]  # the group that the chair convened
    written = names(heard)
    assert {written[f"caucuses.{what}"] for what in ("countered", "extended", "reported")} == {1}
    assert written["caucuses.broadcast_made"] == 6  # once into each
    assert written["caucuses.time_up"] >= 1


def test_more_than_eight_pieces_of_news_come_from_outside(heard: Heard) -> None:
    injects = heard.state.injects.prepared.values()
    out = [one for one in injects if one.released_at is not None]
    assert len(out) >= 8
    assert {one.trigger.kind for one in out} == {"time", "item", "event", "manual"}
    assert {len(one.to) > 0 and one.to != ("all",) for one in out} == {True, False}
    assert sorted(one.id for one in injects if one.status == "skipped") == ["empty-chair", "rice-before-winter"]
    assert [one.id for one in out if one.contingency_at is not None] == ["tanker"]
    pieces = heard.state.news.pieces.values()
    assert sum(len(one.seen) for one in pieces) >= 15
    assert sum(len(one.reactions) for one in pieces) >= 10


def test_one_text_is_adopted_by_silence_after_an_objection(heard: Heard) -> None:
    first, second = heard.state.decisions.calls
    assert (first.status, [code for code, _answer in first.objections]) == ("objection", ["PRC"])
    assert (second.status, second.silent) == ("adopted", ("DPRK",))
    assert second.ended_at == second.closes_at


# What must hold


def test_every_step_does_what_the_script_says(heard: Heard) -> None:
    taken = [one for one, _picture in heard.steps if one.step]
    assert [one.step for one in taken] == list(heard.script.steps)
    idle = [str(one.step) for one in taken if one.step and not one.step.refused and not one.entries]
    assert idle == []
    refused = [(one.step.refused, one.refused.code) for one in taken if one.step and one.refused]
    assert all(wanted == code for wanted, code in refused)
    assert len(refused) >= 35
    assert len({code for _wanted, code in refused}) >= 25


def test_its_record_verifies(heard: Heard) -> None:
    assert heard.fault is None
    assert heard.room.head == len(heard.record)


def test_every_deadline_is_met_at_its_instant_and_once(heard: Heard) -> None:
    before = heard.steps[0][1]
    beats = 0
    for one, picture in heard.steps[1:]:
        due = next_deadline(before.state)
        if one.step is None:
            beats += 1
            assert due == one.at
            assert {entry.at for entry in one.entries} == {one.at}
            assert {entry.actor for entry in one.entries} == {CLOCK}
            after = next_deadline(picture.state)
            assert after is None or after > one.at
        else:
            assert due is None or due > one.at or one.at == before.state.at
        before = picture
    assert beats >= 18


@pytest.mark.parametrize("field", sorted(TIME_UP))
def test_nothing_is_over_twice_unless_it_was_given_more_time(heard: Heard, field: str) -> None:
    told, more = Counter[str](), Counter[str]()
    for entry in heard.record:
        name = codec.name_of(entry.event)
        if name == TIME_UP[field]:
            told[getattr(entry.event, field)] += 1
        elif name == GIVEN_MORE[field]:
            more[getattr(entry.event, field)] += 1
    assert told
    assert all(count <= 1 + more[which] for which, count in told.items())


# What is said in confidence


def confided(entry: Entry) -> list[str]:
    """The words of an entry that is not for everybody."""
    if ALL in entry.audience or LOBBY in entry.audience or isinstance(entry.event, RefusalNoted):
        return []
    return [words for field in SPOKEN if (words := getattr(entry.event, field, ""))]


def everything(heard: Heard) -> list[tuple[Entry, str]]:
    """Each confidence with the entry it is in; but not what the same people then said aloud themselves."""
    aloud = {words for entry in heard.record if ALL in entry.audience for words in words_in(codec.to_data(entry.event))}
    return [(entry, words) for entry in heard.record for words in confided(entry) if words not in aloud]


def test_there_is_something_of_every_kind_to_keep(heard: Heard) -> None:
    kinds = Counter(codec.name_of(entry.event) for entry, _words in everything(heard))
    assert kinds.keys() >= {
        *("channels.said_in_delegation", "caucuses.said", "caucuses.topic_set", "caucuses.broadcast_made"),
        *("notes.sent", "notes.answered", "notes.word_sent", "notes.bookmarked", "positions.noted"),
        *("news.delivered", "news.answered", "injects.skipped", "injects.closed", "caucuses.report_drafted"),
        *("floor.statement_made", "floor.gist_logged"),  # of the officials' session
    }
    assert kinds.total() >= 80


def test_nothing_of_it_is_in_what_anybody_else_may_ever_see(heard: Heard) -> None:
    secrets = everything(heard)
    for audience in heard.audiences:
        seen = "\n".join(
            words for entry in heard.record if audience.sees(entry) for words in words_in(codec.to_data(entry.event))
        )
        for entry, words in secrets:
            assert (words in seen) == is_for(heard, audience, words), (audience.name, entry.seq, words)


def is_for(heard: Heard, audience: Audience, words: str) -> bool:
    """Whether somebody of this audience was told these words; what was said twice may have been told twice."""
    return any(audience.sees(entry) for entry in heard.record if words in confided(entry))


def test_nothing_of_it_is_left_afterwards_but_for_those_it_was_for(heard: Heard) -> None:
    """And what was said in caucuses and notes is then nobody's."""
    secrets = everything(heard)
    for audience in heard.audiences:
        record = readable(heard.record, audience, assesses=False)
        left = "\n".join(words for entry in record for words in words_in(codec.to_data(entry.event)))
        for entry, words in secrets:
            may = is_for(heard, audience, words) and codec.name_of(entry.event) not in NOBODYS
            assert may or words not in left, (audience.name, entry.seq, words)


def last_of_each_kind(heard: Heard) -> list[Picture]:
    """The pictures just after the last confidence of each kind, and the last one of all."""
    last = {codec.name_of(entry.event): entry.seq for entry, _words in everything(heard)}
    told = set(last.values())
    after = [picture for _one, picture, entries in heard.moments if told & {entry.seq for entry in entries}]
    return [*after, heard.steps[-1][1]]


def test_nothing_of_it_stands_on_any_screen_of_others(heard: Heard) -> None:
    secrets, painter = everything(heard), Painter()
    for picture in last_of_each_kind(heard):
        for audience, screen in heard.screens:
            shown = on_screen(painter, heard.room, picture, picture.names, audience, screen)
            for entry, words in secrets:
                if entry.seq <= picture.seq and words in shown:
                    assert is_for(heard, audience, words), (audience.name, screen, picture.seq, words)


def readers_screen(painter: Painter, heard: Heard, picture: Picture, entry: Entry) -> str:
    """The screen of the first seat that a confidence is for; of the chair, if it is for no seat."""
    audience, screen = min(
        ((audience, screen) for audience, screen in heard.screens if audience.sees(entry)),
        key=lambda one: one[1] != "delegate",
    )
    return on_screen(painter, heard.room, picture, picture.names, audience, screen)


def test_whom_it_is_for_reads_it_on_the_screen(heard: Heard) -> None:
    """So that the test before this one does not pass by looking at nothing."""
    painter, found = Painter(), Counter[str]()
    for _one, picture, entries in heard.moments:
        for entry in entries:
            for words in confided(entry):
                name = codec.name_of(entry.event)
                if found[name] == 0 and words in readers_screen(painter, heard, picture, entry):
                    found[name] += 1
    assert found.keys() >= {
        *("channels.said_in_delegation", "caucuses.said", "caucuses.topic_set", "caucuses.broadcast_made"),
        *("notes.sent", "notes.answered", "notes.word_sent", "news.delivered", "news.answered", "injects.skipped"),
        "floor.statement_made",
    }
