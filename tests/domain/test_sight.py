"""Who may see what."""

import pytest

from rooms.domain import agenda, channels, floor, positions, room, seats, sight, speakers, statements
from rooms.domain.fold import EVENTS, MATTERS, fold
from rooms.domain.record import Entry
from rooms.domain.sight import OBSERVERS, THE_MODERATORS, WAITING, Audience, audience_of, members_of, on_seat, visible

from .play import CHINA, GONE, JAPAN, JAPAN_MOD, M1, M2, OBSERVER, SCREEN, STRANGER, Session, cast_live
from .play import WAITING as WAITER

PUT_TO_ALL = "caucuses.reported"  # what a caucus brings back to the plenary
PRIVATE = {
    *(
        "room.pack_delivered",
        "positions.noted",
        "positions.note_taken_back",
        "channels.said_in_delegation",
        "checks.question_answered",
    ),
    *("caucuses.proposed", "caucuses.topic_set", "caucuses.countered", "caucuses.accepted", "caucuses.declined"),
    *("caucuses.lapsed", "caucuses.began", "caucuses.extended", "caucuses.time_up", "caucuses.left", "caucuses.closed"),
    *("caucuses.said", "caucuses.broadcast_made", "caucuses.report_drafted", "caucuses.report_agreed"),
    *("notes.sent", "notes.answered", "notes.put_aside", "notes.word_sent", "notes.bookmarked", "notes.refusal_noted"),
    *("commitments.measures_prepared", "room.history_prepared", "room.origin_named", "forks.made"),
    *("injects.prepared", "injects.added", "injects.armed", "injects.held", "injects.skipped", "injects.released"),
    *("injects.contingency_played", "injects.closed", "news.delivered", "news.seen", "news.answered"),
    *("drafts.kept", "drafts.dropped"),
    *("capitals.briefed", "capitals.word_sent"),
    *("perceptions.given", "perceptions.received", "wash.role_left", "sharing.material_shared"),
}


def audience(session: Session, person: str) -> Audience | None:
    return audience_of(session.state.seats.people.get(person))


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        (M1, THE_MODERATORS),
        (M2, THE_MODERATORS),
        (JAPAN, on_seat("JPN-MFA", "JPN", officials=True)),
        (JAPAN_MOD, on_seat("JPN-MOD", "JPN", officials=True)),
        (CHINA, on_seat("PRC-MFA", "PRC", officials=True)),
        (OBSERVER, OBSERVERS),
        (SCREEN, OBSERVERS),
        (WAITER, WAITING),
        (GONE, None),
        (STRANGER, None),
    ],
)
def test_everybody_belongs_to_one_audience(session: Session, person: str, expected: Audience | None) -> None:
    assert audience(session, person) == expected


def test_audiences_have_names_of_their_own() -> None:
    delegates = (
        *(members_of("JPN", officials=officials) for officials in (False, True)),
        *(on_seat("JPN-EXP-1", "JPN", officials=False), on_seat("PRC-MFA", "PRC", officials=True)),
    )
    audiences = (OBSERVERS, WAITING, THE_MODERATORS, *delegates)
    assert len({one.name for one in audiences}) == len({one.groups for one in audiences}) == 7


def test_the_circle_of_a_seat_sees_all_that_is_not_for_the_seat_alone() -> None:
    expert, official = on_seat("JPN-EXP-1", "JPN", officials=False), on_seat("JPN-MFA", "JPN", officials=True)
    assert expert.circle == members_of("JPN")
    assert official.circle == members_of("JPN", officials=True)
    assert expert.groups - expert.circle.groups == {sight.seat("JPN-EXP-1")}
    assert official.groups - official.circle.groups == {sight.seat("JPN-MFA")}
    assert [one.circle for one in (OBSERVERS, THE_MODERATORS, WAITING)] == [OBSERVERS, THE_MODERATORS, WAITING]


def test_no_delegation_is_named_like_a_group_of_the_house() -> None:
    assert not {sight.delegation(code) for code in (sight.ALL, sight.LOBBY, sight.MODERATORS)} & {
        sight.ALL,
        sight.LOBBY,
        sight.MODERATORS,
    }


def test_the_matters_share_no_event_name_and_no_event_class() -> None:
    rows = [(name, row[0]) for matter in MATTERS for name, row in matter.EVENTS.items()]
    assert len(rows) == len({name for name, _ in rows}) == len({kind for _, kind in rows}) == len(EVENTS)


def test_what_is_kept_from_anybody_inside_is_named_one_by_one() -> None:
    kept = {name for name, row in EVENTS.items() if row[1] not in (sight.everyone, sight.everyone_and_lobby)}
    on_the_floor = {name for name, row in EVENTS.items() if row[1].__qualname__.startswith("on_the_floor")}
    assert kept - on_the_floor == PRIVATE
    assert {name for name in on_the_floor if not name.startswith("floor.")} == {PUT_TO_ALL}


def test_an_officials_session_is_heard_by_officials_and_the_chair_alone() -> None:
    session = cast_live()
    session.done((M1, agenda.AddItem("Apart", "officials", 10)), (M1, agenda.StartItem("added-1")))
    before = len(session.entries)
    session.done(
        (JAPAN, speakers.AskForFloor()),
        (M1, floor.NextSpeaker()),
        (JAPAN, statements.MakeStatement("Between officials.")),
        (M1, statements.ChairStatement("Noted.")),
        (JAPAN, statements.WithdrawStatement("os1")),
    )
    apart = session.entries[before:]
    expert = on_seat("JPN-EXP-1", "JPN", officials=False)
    assert not any(one.sees(entry) for entry in apart for one in (OBSERVERS, WAITING, expert, members_of("JPN")))
    officials = on_seat("PRC-MOD", "PRC", officials=True)
    assert all(one.sees(entry) for entry in apart for one in (THE_MODERATORS, officials))
    session.done((M1, agenda.StartItem("i1", "added-1")), (JAPAN, speakers.AskForFloor()))
    assert session.state.floor.queue[0].id == "r1", "nobody can count what was said apart"
    assert expert.sees(session.entries[-1])


def test_the_kind_of_ones_seat_decides_whether_one_is_an_official() -> None:
    session = cast_live().done((M1, seats.AdmitPerson(WAITER)))
    assert audience(session, WAITER) == on_seat("JPN-EXP-1", "JPN", officials=False)
    session.done((M1, seats.MovePerson(JAPAN_MOD, "JPN-EXP-1")), (M1, seats.MovePerson(WAITER, "JPN-MOD")))
    assert audience(session, JAPAN_MOD) == on_seat("JPN-EXP-1", "JPN", officials=False)
    assert audience(session, WAITER) == on_seat("JPN-MOD", "JPN", officials=True)


def test_who_waits_hears_only_of_the_door() -> None:
    told = {name.split(".")[0] for name, row in EVENTS.items() if row[1] is sight.everyone_and_lobby}
    assert told == {"room", "seats"}
    session = cast_live()
    before = len(session.entries)
    session.done((M1, agenda.StartItem("i1")), (M1, statements.ChairStatement("Welcome.")))
    session.done((JAPAN, speakers.AskForFloor()), (JAPAN, positions.DeclarePosition("scope", "a", public=True)))
    assert len(visible(session.entries[before:], OBSERVERS)) == len(session.entries) - before > 3
    assert visible(session.entries[before:], WAITING) == []


def test_a_pack_is_for_its_delegation_and_the_moderators(session: Session) -> None:
    seen = {
        one.name: set(fold(visible(session.entries, one)).prepared.packs)
        for one in (OBSERVERS, WAITING, THE_MODERATORS, members_of("JPN"))
    }
    everything = {"JPN", "PRC", "ROK", "USA"}
    assert seen == {"observers": set(), "lobby": set(), "moderators": everything, "delegation:JPN": {"JPN"}}


def test_the_moderator_is_no_member_of_any_delegation(session: Session) -> None:
    session.done((JAPAN, channels.SayInDelegation("Psst.")), (JAPAN, positions.DeclarePosition("scope", "a")))
    assert not any(THE_MODERATORS.sees(entry) for entry in session.entries[-2:])
    assert all(members_of("JPN").sees(entry) for entry in session.entries[-2:])


def test_visible_keeps_the_order_of_the_record(session: Session) -> None:
    seen = visible(session.entries, OBSERVERS)
    assert [entry.seq for entry in seen] == sorted(entry.seq for entry in seen)
    assert len(seen) == len(session.entries) - 6, "all but the four packs, the measures and the injects"


def test_an_entry_addressed_to_nobody_is_seen_by_nobody() -> None:
    entry = Entry(1, 0, "clock", (), "", room.SessionStarted())
    for one in (OBSERVERS, WAITING, THE_MODERATORS, members_of("JPN")):
        assert not one.sees(entry)


def test_a_cursor_counts_only_what_its_audience_sees(session: Session) -> None:
    for one in (OBSERVERS, WAITING, THE_MODERATORS, members_of("JPN")):
        seen = visible(session.entries, one)
        assert fold(seen).count == len(seen)
    assert session.state.count == len(session.entries)
