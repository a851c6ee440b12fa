"""The timeline's sentences about commitments."""

from rooms.debrief import commitments_told
from rooms.debrief.timeline import KINDS, moment, walk
from rooms.domain import commitment_life as life
from rooms.domain import commitments, linking, measures, withholding
from rooms.domain.fold import EVENTS, Tick
from rooms.domain.record import CLOCK
from tests.domain.commitments_play import CLAIMED, DUE, LINKED, OFFERED, SUSPENDED
from tests.domain.play import CHINA, JAPAN, KOREA, M1, MINUTE, NOON, Session, cast_live


def told(session: Session) -> list[str]:
    lines = (moment(*one) for one in walk(session.entries))
    return [one.sentence for one in lines if one and one.kind == "commitments"]


def test_all_that_everybody_saw_of_commitments_is_told_but_how_long_one_will_have() -> None:
    seen = {row[0] for name, row in EVENTS.items() if name.startswith("commitments.")}
    assert seen - set(commitments_told.TELLERS) == {measures.MeasuresPrepared, life.TermSet}
    assert {kind for kind, _ in commitments_told.TELLERS.values()} <= set(KINDS)


WAITS = "(it waits to be accepted)."


def test_drawn_promised_changed_dropped() -> None:
    session = cast_live().done(*OFFERED, (JAPAN, commitments.AcceptCommitment("cm1", 1)))
    session.done(
        (CHINA, commitments.ChangeCommitment("cm2", date="by May")), (M1, commitments.DropCommitment("cm3", "Ice."))
    )
    assert told(session) == [
        f"Land JPN drew C1: Land JPN acts for Land PRC in the short term: “Japan opens the port.” {WAITS}",
        f"Land PRC drew C2: Land PRC acts for Land JPN in the middle term: “China sends coal.” {WAITS}",
        f"The chair drew C3: Land ROK acts in the long term: “Korea pilots ships.” {WAITS}",
        "Land JPN promised C1.",
        "Land PRC changed C2.",
        "The chair dropped C3 of Land ROK: Ice.",
    ]


def test_linked_and_what_follows_by_itself() -> None:
    session = cast_live().done(*LINKED, (M1, linking.LinkCommitments("cm2", "cm3", "parallel")))
    session.done((JAPAN, life.ClaimDone("cm1", "Open.")), (M1, life.VerifyClaim("cm1", "Seen.")))
    assert told(session)[6:] == [
        "C2 waits until C1 is verified.",
        "C2 and C3 go in parallel.",
        "Land JPN said that C1 was done: Open.",
        "The chair verified C1 of Land JPN: Seen.",
        "C2 of Land PRC became due upon C1.",
        "C3 of Land ROK became due upon C1.",
    ]


def test_due_overdue_disputed_suspended_waived() -> None:
    late = cast_live().done(*DUE).when(CLOCK, Tick(), NOON + 10 * MINUTE)
    assert told(late)[-2:] == [
        "The chair called C1 of Land JPN due, within ten minutes.",
        "C1 of Land JPN was overdue.",
    ]
    disputed = cast_live().done(*CLAIMED, (M1, life.DisputeClaim("cm1", "Nine ships.")))
    assert told(disputed)[-1] == "The chair disputed that C1 was done: Nine ships."
    held = cast_live().done(
        *SUSPENDED, (CHINA, withholding.ResumeCommitment("cm1")), (CHINA, withholding.WaiveCommitment("cm1"))
    )
    assert told(held)[-3:] == [
        "Land PRC suspended C1 of Land JPN: Storm.",
        "Land PRC took C1 of Land JPN up again.",
        "Land PRC waived C1 of Land JPN.",
    ]


def test_who_holds_back_what_it_promised_is_told_so() -> None:
    session = cast_live().done(*LINKED, (M1, linking.LinkCommitments("cm2", "cm3", "parallel")))
    session.done(
        (M1, withholding.SuspendCommitment("cm3", "Ice.")), (CHINA, withholding.SuspendCommitment("cm2", "No pilots."))
    )
    assert told(session)[-1] == "Land PRC held back C2: No pilots."
    session.done((M1, linking.UnlinkCommitments("cm2", "cm3")), (KOREA, commitments.DrawCommitment("Wait.", "ROK")))
    assert "C2 and C3 are linked no more." in told(session)
