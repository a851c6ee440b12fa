"""The turns of a session at which a road map looks different, on the side of the session that they begin from."""

from rooms.domain import commitment_life as life
from rooms.domain import commitments, linking, measures, withholding
from rooms.domain.fold import Tick
from rooms.domain.record import CLOCK
from tests.domain.commitments_play import OPEN_PORT, PILOT, SEND_COAL
from tests.domain.play import CHINA, JAPAN, KOREA, M1, MINUTE, Session


def roadmap_stages(begun: Session, hostile: str) -> list[tuple[str, Session]]:
    """Each turn with the session at it; `hostile` is what people write wherever they can."""
    session = begun.copy()
    kept: list[tuple[str, Session]] = []

    def keep(name: str) -> None:
        kept.append((f"road map, {name}", session.copy()))

    words = (hostile, "JPN", "PRC", hostile, hostile[:100], "long", hostile, hostile[:90])
    session.done((JAPAN, OPEN_PORT), (CHINA, SEND_COAL), (M1, PILOT), (CHINA, commitments.DrawCommitment(*words)))
    session.done((KOREA, commitments.DrawCommitment("Korea opens a bank.", "ROK", "JPN", date=hostile[:90])))
    session.done((M1, measures.DrawMeasures("Coast")), (CHINA, linking.LinkCommitments("cm1", "cm2", "verification")))
    keep("only proposed")
    session.done((JAPAN, commitments.AcceptCommitment("cm1", 1)), (CHINA, commitments.AcceptCommitment("cm2", 2)))
    session.done((KOREA, commitments.AcceptCommitment("cm3", 1)), (JAPAN, commitments.AcceptCommitment("cm4", 1)))
    session.done((KOREA, commitments.AcceptCommitment("cm5", 1)), (JAPAN, commitments.DropCommitment("cm6", hostile)))
    session.done(
        (M1, linking.LinkCommitments("cm2", "cm1", "after")), (M1, linking.LinkCommitments("cm3", "cm4", "parallel"))
    )
    keep("a circle")
    session.done((M1, linking.UnlinkCommitments("cm2", "cm1")), (M1, life.SetDue("cm2", 15)))
    session.done((M1, life.SetDue("cm1", 10)), (M1, life.SetDue("cm5", 5)), (M1, life.SetDue("cm3", 20)))
    keep("due")
    session.done((JAPAN, life.ClaimDone("cm1", hostile)), (KOREA, life.ClaimDone("cm5", hostile)))
    session.done((KOREA, life.ClaimDone("cm3", hostile)), (CHINA, withholding.SuspendCommitment("cm4", hostile)))
    keep("claimed and suspended")
    session.done((M1, life.VerifyClaim("cm1", hostile)), (M1, life.DisputeClaim("cm3", hostile)))
    keep("verified and disputed")
    session.done((CLOCK, Tick()), at=session.now + 15 * MINUTE)
    session.done((CHINA, life.ClaimDone("cm2", hostile)), (CHINA, withholding.WaiveCommitment("cm4", hostile)))
    keep("late and waived")
    session.done((KOREA, life.VerifyClaim("cm2", "Seen.")))
    return [*kept, ("road map, at its end", session)]
