"""Who met whom and who was left out: counted from what the reader was told, and not guessed beyond it."""

from collections.abc import Sequence

from rooms.debrief.measures import report
from rooms.debrief.report_parts import Meetings
from rooms.domain import agenda, attribution, caucus_sittings, caucus_terms, caucuses, ground_rules, room, sight
from rooms.domain.record import Entry
from tests.debrief.session import MINUTE as M
from tests.debrief.session import Session as Debated
from tests.debrief.session import plenary
from tests.domain.aside_play import JPN_MFA, PLENARY, all_met, in_period, met, only
from tests.domain.play import CHINA, JAPAN, KOREA, M1, MINUTE, NOON, Session, cast_live


def at(minute: float) -> int:
    return NOON + int(minute * MINUTE)


def meetings(entries: Sequence[Entry], audience: sight.Audience = sight.THE_MODERATORS) -> Meetings:
    return report(sight.visible(entries, audience)).meetings


def announced() -> Session:
    return in_period(cast_live(**PLENARY))


def left(made: Meetings, kind: str) -> tuple[bool, tuple[str, ...]]:
    [one] = [each for each in made.left_out if each.kind == kind]
    return one.known, one.delegations


def test_a_caucus_is_a_sitting_with_its_delegations_and_its_length() -> None:
    session = announced()
    all_met(session)
    session.done((CHINA, caucus_sittings.LeaveCaucus(only(session).id)), at=at(4))
    session.done((JAPAN, caucus_sittings.LeaveCaucus(only(session).id)), at=at(6))

    made = meetings(session.entries)

    [one] = made.sittings
    assert (one.delegations, one.left, one.how, one.ms) == (("JPN", "PRC", "ROK"), ("PRC",), "left", 6 * MINUTE)
    assert {(pair.first, pair.second): (pair.times, pair.ms) for pair in made.pairs} == {
        ("JPN", "PRC"): (1, 4 * MINUTE),
        ("JPN", "ROK"): (1, 6 * MINUTE),
        ("PRC", "ROK"): (1, 4 * MINUTE),
    }
    assert [(each.delegation, each.met, each.ms) for each in made.presence] == [
        ("JPN", 2, 6 * MINUTE),
        ("PRC", 2, 4 * MINUTE),
        ("ROK", 2, 6 * MINUTE),
    ]


def test_a_pause_is_no_time_together() -> None:
    session = announced()
    met(session)
    session.done((M1, room.PauseSession("Tea")), at=at(2)).done((M1, room.ResumeSession()), at=at(9))
    session.done((JAPAN, caucus_sittings.LeaveCaucus(only(session).id)), at=at(10))
    assert meetings(session.entries).sittings[0].ms == 3 * MINUTE


def test_who_was_in_no_caucus_is_named_where_all_are_told() -> None:
    session = announced()
    met(session)
    assert left(meetings(session.entries), "caucus") == (True, ("PRC",))
    assert left(meetings(session.entries, sight.OBSERVERS), "caucus") == (True, ("PRC",))


def test_where_caucuses_are_hidden_nobody_else_is_told_and_nobody_is_said_to_be_left_out() -> None:
    session = in_period(cast_live(**{**PLENARY, "caucus_existence": "hidden"}))
    met(session)

    assert len(meetings(session.entries).sittings) == 1, "the chair knows that it met"
    others = meetings(session.entries, sight.OBSERVERS)
    assert (others.sittings, others.all_told) == ((), False)
    assert left(others, "caucus") == (False, ())
    own = meetings(session.entries, JPN_MFA)
    assert [one.delegations for one in own.sittings] == [("JPN", "ROK")]
    assert left(own, "caucus") == (False, ())


def test_off_the_record_nobody_is_said_to_have_met_nobody() -> None:
    session = cast_live(**PLENARY).done((M1, agenda.AddItem("Coffee", "informal", 30)))
    session.done((M1, ground_rules.SetAttribution("off_the_record", "added-1")), (M1, agenda.StartItem("added-1")))
    met(session).done((M1, room.CloseSession("")), at=at(3))

    others = report(attribution.afterwards(sight.visible(session.entries, sight.OBSERVERS))).meetings

    assert (others.sittings, others.all_told) == ((), False)
    assert left(others, "caucus") == (False, ())


def test_a_report_belongs_to_its_sitting() -> None:
    session = announced()
    name = only(met(session)).id
    session.done((JAPAN, caucus_sittings.DraftReport(name, "Fuel.")), (KOREA, caucus_sittings.AgreeReport(name, 1)))

    [cursor] = meetings(session.entries).sittings[0].reports

    seen = sight.visible(session.entries, sight.THE_MODERATORS)
    assert isinstance(seen[cursor - 1].event, caucus_sittings.CaucusReported)


def test_one_that_still_sits_has_no_end() -> None:
    session = announced()
    met(session)
    session.done((M1, room.SetAdmission(True)), at=at(3))
    [one] = meetings(session.entries).sittings
    assert (one.ended_at, one.how, one.ms) == (None, "", 3 * MINUTE)


def test_the_floor_is_compared_with_an_even_share_and_nobody_is_graded() -> None:
    made = meetings(plenary().entries)

    assert [(one.delegation, one.floor_ms, one.even_ms, one.beyond_ms) for one in made.presence] == [
        ("PRC", 40_000, 42_500, -2_500),
        ("JPN", 60_000, 42_500, 17_500),
        ("ROK", 50_000, 42_500, 7_500),
        ("RUS", 20_000, 42_500, -22_500),
    ]
    assert [(one.filed, one.calls, one.answered) for one in made.presence] == [
        (3, 2, 2),
        (3, 2, 1),
        (0, 2, 1),
        (0, 2, 2),
    ]
    assert left(made, "positions") == (True, ("ROK", "RUS"))
    assert left(made, "floor") == (True, ())


def test_who_never_spoke_is_not_told_where_the_rule_protects_who_did() -> None:
    others = report(attribution.afterwards(plenary().seen_by(sight.OBSERVERS))).meetings
    assert left(others, "floor") == (False, ())


def test_who_never_spoke_is_told_on_the_record() -> None:
    played = Debated("on_the_record", codes=("PRC", "JPN"))
    played.sit("PRC-MFA", "JPN-MFA")
    played.chair(room.StartSession())
    played.start("i1")
    played.says("PRC-MFA", "We speak.")
    played.close(after_ms=M)

    others = report(attribution.afterwards(played.seen_by(sight.OBSERVERS))).meetings

    assert left(others, "floor") == (True, ("JPN",))
    assert left(others, "calls") == (True, ())
    assert [one.sentence for one in others.left_out] == [
        "No caucus met.",
        "Japan never spoke.",
        "No public position was filed.",
        "Nothing was put to the delegations.",
    ]


def test_a_caucus_that_nobody_was_told_of_is_in_no_count_of_others() -> None:
    session = in_period(cast_live(**{**PLENARY, "caucus_existence": "hidden"}))
    before = meetings(session.entries, sight.OBSERVERS)
    session.done((JAPAN, caucus_terms.ProposeCaucus(("ROK",), "Fuel", 10)))
    [name] = session.state.caucuses.known
    session.done((KOREA, caucus_terms.AcceptCaucus(name)), at=at(2))
    assert meetings(session.entries, sight.OBSERVERS) == before
    assert session.state.caucuses.known[name].status == caucuses.IN_SESSION
