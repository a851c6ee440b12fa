"""Commitments in the report: counts by kind, balance, what waits for what, warnings, what became of each."""

from rooms import roadmap
from rooms.debrief.measures import report
from rooms.debrief.report_parts import Promises
from rooms.domain import commitment_life as life
from rooms.domain import commitments, linking, sight, withholding
from rooms.domain.fold import Tick
from rooms.domain.record import CLOCK
from tests.domain.commitments_play import CLAIMED, DUE, LINKED, OFFERED, SUSPENDED
from tests.domain.play import CHINA, JAPAN, M1, MINUTE, NOON, Session, cast_live


def promised(session: Session) -> Promises:
    return report(sight.visible(session.entries, sight.OBSERVERS)).promises


def test_a_session_without_commitments_has_none() -> None:
    assert promised(cast_live()) == Promises()


def test_they_are_counted_by_status_link_horizon_and_track() -> None:
    made = promised(cast_live().done(*LINKED, (M1, linking.LinkCommitments("cm2", "cm3", "parallel"))))

    assert [(one.kind, one.times, one.which) for one in made.by_status] == [("dormant", 3, ("C1", "C2", "C3"))]
    assert [(one.kind, one.which) for one in made.by_link] == [("parallel", ("C2 C3",)), ("verification", ("C1 C2",))]
    assert [(one.kind, one.times) for one in made.by_horizon] == [("short", 1), ("mid", 1), ("long", 1)]
    assert [(one.kind, one.times) for one in made.by_track] == [("Coast", 2), ("Harbour", 1)]
    assert made.order == (("C1",), ("C2", "C3"))
    assert [(one.first, one.second, one.kind, one.met) for one in made.waits] == [
        ("C1", "C2", "verification", False),
        ("C2", "C3", "parallel", True),
    ]
    assert [(one.label, one.place, one.waits_for) for one in made.commitments] == [
        ("C1", 1, ()),
        ("C2", 2, ("C1",)),
        ("C3", 2, ()),
    ]


def test_the_balance_says_who_gives_how_much_to_whom_and_who_acts_first() -> None:
    made = promised(cast_live().done(*LINKED, (JAPAN, life.ClaimDone("cm1", "Open."))))

    assert [(one.delegation, one.gives, one.given, one.receives, one.received, one.first) for one in made.balance] == [
        ("JPN", 1, 1, 2, 0, 1),
        ("PRC", 1, 0, 2, 1, 0),
        ("ROK", 1, 0, 0, 0, 0),
    ]
    assert [(one.actor, one.beneficiary, one.times, one.done) for one in made.to_whom] == [
        ("JPN", "PRC", 1, 1),
        ("PRC", "JPN", 1, 0),
        ("ROK", "", 1, 0),
    ]


def test_what_was_overdue_or_held_back_stays_told_after_it_is_not() -> None:
    session = cast_live().done(*DUE)
    session.done((CLOCK, Tick()), at=NOON + 11 * MINUTE)
    session.done((JAPAN, life.ClaimDone("cm1", "Late.")), (M1, life.VerifyClaim("cm1", "Seen.")))
    one = promised(session).commitments[0]
    assert (one.status, one.overdue, one.withheld, one.verified, one.claims) == ("verified", True, False, True, 1)
    assert one.verified_cursor == one.moved_cursor

    held = cast_live().done(*SUSPENDED, (CHINA, withholding.ResumeCommitment("cm1")))
    again = promised(held).commitments[0]
    assert (again.status, again.withheld, again.overdue) == ("due", True, False)
    assert again.withheld_cursor is not None


def test_each_cursor_opens_what_it_says() -> None:
    session = cast_live().done(*CLAIMED)
    seen = sight.visible(session.entries, sight.OBSERVERS)
    one = promised(session).commitments[0]
    assert isinstance(seen[one.cursor - 1].event, commitments.CommitmentDrawn)
    assert isinstance(seen[one.moved_cursor - 1].event, life.DoneClaimed)


def test_the_warnings_are_those_of_the_road_map_in_words() -> None:
    session = cast_live().done(*OFFERED, (CHINA, linking.LinkCommitments("cm1", "cm2", "after")))
    session.done((CHINA, commitments.AcceptCommitment("cm2", 2)))
    drawn, prepared = session.state.commitments, session.state.prepared

    made = promised(session).warnings

    assert [one.kind for one in made] == [one.kind for one in roadmap.cautions_of(drawn, prepared)]
    assert [one.sentence for one in made if one.kind == "unpromised"] == ["C2 waits for C1, which nobody has promised."]
    assert [one.sentence for one in made if one.kind == "no_text"] == [
        "C1, C2 and C3 rest on no paragraph: nobody has agreed the words."
    ]


def test_a_circle_is_told_and_has_one_place() -> None:
    session = cast_live().done(*LINKED)
    session.done((M1, linking.LinkCommitments("cm2", "cm1", "after")))
    made = promised(session)
    assert [one.sentence for one in made.warnings if one.kind == "circle"] == [
        "C1 and C2 wait for one another: none of them can begin."
    ]
    assert made.order == (("C1", "C2"),)


def test_what_was_dropped_is_counted_once_and_nowhere_else() -> None:
    session = cast_live().done(*OFFERED, (M1, commitments.DropCommitment("cm3", "Ice.")))
    made = promised(session)
    assert [(one.kind, one.which) for one in made.by_status][-1] == ("dropped", ("C3",))
    assert "C3" not in {label for one in made.by_track for label in one.which}
