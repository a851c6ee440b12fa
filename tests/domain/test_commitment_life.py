"""What becomes of commitments: due, claimed, verified or disputed, overdue, suspended, waived."""

import pytest

from rooms.domain import adjourning, room, seats
from rooms.domain.commitment_life import (
    ClaimDisputed,
    ClaimDone,
    ClaimVerified,
    DisputeClaim,
    DoneClaimed,
    DueSet,
    FellDue,
    SetDue,
    TermSet,
    VerifyClaim,
    WentOverdue,
)
from rooms.domain.commitments import AcceptCommitment, ChangeCommitment, DrawCommitment
from rooms.domain.fold import Tick, next_deadline
from rooms.domain.linking import LinkCommitments
from rooms.domain.promises import Commitment
from rooms.domain.record import CLOCK
from rooms.domain.withholding import (
    CommitmentResumed,
    CommitmentSuspended,
    CommitmentWaived,
    ResumeCommitment,
    SuspendCommitment,
    WaiveCommitment,
)

from .commitments_play import CLAIMED, DUE, LINKED, OFFERED, PROMISED, SUSPENDED
from .play import CHINA, JAPAN, JAPAN_MOD, KOREA, M1, M2, MINUTE, NOON, SECOND, Session

OVERDUE = NOON + 10 * MINUTE


def one(session: Session, commitment: str = "cm1") -> Commitment:
    found = session.state.commitments.commitment(commitment)
    assert found
    return found


def overdue(session: Session) -> Session:
    return session.done(*DUE).when(CLOCK, Tick(), OVERDUE)


# Due


def test_the_chair_calls_a_commitment_due_and_gives_it_time(session: Session) -> None:
    session.done(*PROMISED).when(M2, SetDue("cm1", 10)).then(DueSet("cm1", 10, OVERDUE))
    assert (one(session).status, one(session).began_at, one(session).due_at) == ("due", NOON, OVERDUE)
    assert next_deadline(session.state) == OVERDUE


def test_a_commitment_can_be_due_without_a_time(session: Session) -> None:
    session.done(*PROMISED).when(M1, SetDue("cm1", 0)).then(DueSet("cm1", 0, None))
    assert next_deadline(session.state) is None


@pytest.mark.parametrize("minutes", [-1, 10_081])
def test_time_has_bounds(session: Session, minutes: int) -> None:
    session.done(*PROMISED).when(M1, SetDue("cm1", minutes)).refused("minutes_range")


def test_what_is_only_proposed_cannot_be_due_claimed_suspended_or_waived(session: Session) -> None:
    session.done(*OFFERED)
    session.when(M1, SetDue("cm1", 5)).refused("not_accepted")
    session.when(JAPAN, ClaimDone("cm1", "Open.")).refused("not_accepted")
    session.when(CHINA, SuspendCommitment("cm1", "Storm.")).refused("not_accepted")
    session.when(CHINA, WaiveCommitment("cm1")).refused("not_accepted")
    session.when(M1, VerifyClaim("cm1")).refused("not_accepted")


def test_for_what_waits_the_chair_says_how_long_it_will_have(session: Session) -> None:
    session.done(*LINKED).when(M1, SetDue("cm2", 15)).then(TermSet("cm2", 15))
    assert one(session, "cm2").status == "dormant"
    session.when(M1, SetDue("cm2", 15)).then()


def test_what_goes_in_parallel_becomes_due_together(session: Session) -> None:
    session.done(*PROMISED, (M1, LinkCommitments("cm1", "cm2", "parallel")))
    session.when(M1, SetDue("cm1", 10)).then(DueSet("cm1", 10, OVERDUE), FellDue("cm2", "cm1", OVERDUE))


def test_nobody_goes_in_parallel_with_what_is_not_promised(session: Session) -> None:
    session.done(*OFFERED, (JAPAN, AcceptCommitment("cm1", 1)), (M1, LinkCommitments("cm1", "cm2", "parallel")))
    session.when(M1, SetDue("cm1", 10)).then(DueSet("cm1", 10, OVERDUE))


def test_more_time_is_given_also_after_it_was_over(session: Session) -> None:
    overdue(session).when(M1, SetDue("cm1", 5)).then(DueSet("cm1", 5, OVERDUE + 5 * MINUTE))
    assert one(session).status == "due"


# By the clock


def test_at_the_very_instant_it_is_overdue_and_not_a_millisecond_before(session: Session) -> None:
    session.done(*DUE).when(CLOCK, Tick(), OVERDUE - 1).then()
    session.when(CLOCK, Tick(), OVERDUE).then(WentOverdue("cm1"))
    session.when(CLOCK, Tick(), OVERDUE + MINUTE).then()
    assert one(session).status == "overdue"
    assert next_deadline(session.state) is None


@pytest.mark.parametrize("adjourned", [False, True])
def test_its_time_is_carried_over_pauses_and_adjournments(session: Session, adjourned: bool) -> None:
    stop = adjourning.AdjournSession("Thursday") if adjourned else room.PauseSession()
    go_on = adjourning.ReconveneSession() if adjourned else room.ResumeSession()
    session.done(*DUE).done((M1, stop), at=NOON + MINUTE)
    assert next_deadline(session.state) is None
    session.when(CLOCK, Tick(), OVERDUE + MINUTE).then()
    session.done((M1, go_on), at=NOON + 61 * MINUTE)
    assert one(session).due_at == OVERDUE + 60 * MINUTE
    session.when(CLOCK, Tick(), OVERDUE + 60 * MINUTE - 1).then()
    session.when(CLOCK, Tick(), OVERDUE + 60 * MINUTE).then(WentOverdue("cm1"))


def test_while_a_claim_waits_for_its_verifier_it_is_not_overdue(session: Session) -> None:
    session.done(*CLAIMED).when(CLOCK, Tick(), OVERDUE + MINUTE).then()
    session.done((M1, DisputeClaim("cm1", "Nine ships.")))
    session.when(CLOCK, Tick(), OVERDUE + MINUTE).then(WentOverdue("cm1"))


# Claimed, verified, disputed


def test_who_promised_says_that_it_is_done(session: Session) -> None:
    session.done(*DUE).when(JAPAN_MOD, ClaimDone("cm1", "Open.")).then(DoneClaimed("cm1", "JPN", "Open."))
    assert one(session).status == "claimed"
    session.when(JAPAN, ClaimDone("cm1", "Still open.")).refused("claimed")


def test_nobody_else_says_so_and_not_without_words(session: Session) -> None:
    session.done(*DUE)
    session.when(CHINA, ClaimDone("cm1", "They did.")).refused("not_actor")
    session.when(M1, ClaimDone("cm1", "They did.")).refused("not_delegate")
    session.when(JAPAN, ClaimDone("cm1", "")).refused("words_needed")


def test_one_may_act_before_one_has_to(session: Session) -> None:
    session.done(*PROMISED, (JAPAN, ClaimDone("cm1", "Open since noon.")))
    assert one(session).status == "claimed"


def test_what_is_done_late_is_marked(session: Session) -> None:
    overdue(session).done((JAPAN, ClaimDone("cm1", "At last.")))
    claim = one(session).claim
    assert claim
    assert claim.late


def test_the_named_delegation_verifies_and_nobody_else(session: Session) -> None:
    session.done(*PROMISED, (CHINA, ClaimDone("cm2", "On the quay.")))
    session.when(JAPAN, VerifyClaim("cm2")).refused("not_verifier")
    session.when(CHINA, VerifyClaim("cm2")).refused("not_verifier")
    session.when(M1, VerifyClaim("cm2")).refused("not_verifier")
    session.when(KOREA, VerifyClaim("cm2", "Seen.")).then(ClaimVerified("cm2", "ROK", "Seen."))
    assert (one(session, "cm2").status, one(session, "cm2").ended_at) == ("verified", NOON)


def test_the_chair_verifies_for_itself_and_for_outside_bodies(session: Session) -> None:
    session.done(*CLAIMED, (KOREA, ClaimDone("cm3", "The pilots sail.")))
    session.when(CHINA, VerifyClaim("cm1")).refused("not_verifier")
    session.when(M1, VerifyClaim("cm1")).then(ClaimVerified("cm1", "", ""))
    session.when(M2, VerifyClaim("cm3", "The harbour master agrees.")).then(
        ClaimVerified("cm3", "", "The harbour master agrees.")
    )


def test_the_chair_verifies_for_a_delegation_that_has_left(session: Session) -> None:
    session.done(*PROMISED, (CHINA, ClaimDone("cm2", "On the quay.")), (KOREA, seats.LeaveSeat()))
    session.when(M1, VerifyClaim("cm2")).then(ClaimVerified("cm2", "", ""))


def test_without_a_verifier_nothing_is_verified_until_one_is_named(session: Session) -> None:
    session.done((JAPAN, DrawCommitment("Open the port.", "JPN", "PRC")), (JAPAN, AcceptCommitment("cm1", 1)))
    session.done((JAPAN, ClaimDone("cm1", "Open.")))
    session.when(M1, VerifyClaim("cm1")).refused("no_verifier")
    session.done((M1, ChangeCommitment("cm1", verifier="ROK")), (KOREA, VerifyClaim("cm1")))


def test_what_nobody_claims_is_neither_verified_nor_disputed(session: Session) -> None:
    session.done(*DUE)
    session.when(M1, VerifyClaim("cm1")).refused("not_claimed")
    session.when(M1, DisputeClaim("cm1", "Not seen.")).refused("not_claimed")


def test_what_is_disputed_can_be_claimed_again_and_verified_after_all(session: Session) -> None:
    session.done(*CLAIMED).when(M1, DisputeClaim("cm1", "")).refused("reason_needed")
    session.when(M1, DisputeClaim("cm1", "Nine ships.")).then(ClaimDisputed("cm1", "", "Nine ships."))
    assert (one(session).status, one(session).runs) == ("disputed", True)
    session.when(M1, DisputeClaim("cm1", "Nine ships.")).refused("not_claimed")
    session.done((JAPAN, ClaimDone("cm1", "Ten now.")), (M1, DisputeClaim("cm1", "Nine still.")))
    session.done((M1, VerifyClaim("cm1", "Ten indeed.")))
    assert [finding.verified for finding in one(session).findings] == [False, False, True]
    assert len(one(session).claims) == 2


def test_what_is_verified_is_over(session: Session) -> None:
    session.done(*CLAIMED, (M1, VerifyClaim("cm1")))
    for actor, command in (
        (JAPAN, ClaimDone("cm1", "Again.")),
        (M1, SetDue("cm1", 5)),
        (CHINA, WaiveCommitment("cm1")),
        (CHINA, SuspendCommitment("cm1", "Storm.")),
        (M1, ChangeCommitment("cm1", track="Sea")),
        (M1, LinkCommitments("cm2", "cm1", "after")),
    ):
        session.when(actor, command).refused("over")


# What follows by itself


def test_what_waits_upon_verification_is_due_when_the_other_is_verified(session: Session) -> None:
    session.done(*LINKED, (M1, SetDue("cm2", 15)), (JAPAN, ClaimDone("cm1", "Open.")))
    assert one(session, "cm2").status == "dormant"
    session.when(M1, VerifyClaim("cm1"))
    session.then(ClaimVerified("cm1", "", ""), FellDue("cm2", "cm1", NOON + 15 * MINUTE))


def test_what_comes_after_is_due_when_the_other_is_claimed(session: Session) -> None:
    session.done(*PROMISED, (M1, LinkCommitments("cm1", "cm2", "after")))
    session.when(JAPAN, ClaimDone("cm1", "Open.")).then(DoneClaimed("cm1", "JPN", "Open."), FellDue("cm2", "cm1", None))


def test_a_step_waits_for_all_that_any_of_it_waits_for(session: Session) -> None:
    session.done(
        *PROMISED, (M1, LinkCommitments("cm1", "cm2", "after")), (M1, LinkCommitments("cm2", "cm3", "parallel"))
    )
    session.when(JAPAN, ClaimDone("cm1", "Open."))
    session.then(DoneClaimed("cm1", "JPN", "Open."), FellDue("cm2", "cm1", None), FellDue("cm3", "cm1", None))


def test_what_is_accepted_late_is_due_if_the_other_is_done(session: Session) -> None:
    session.done(*OFFERED, (JAPAN, AcceptCommitment("cm1", 1)), (CHINA, LinkCommitments("cm1", "cm2", "after")))
    session.done((JAPAN, ClaimDone("cm1", "Open.")))
    session.when(CHINA, AcceptCommitment("cm2", 2))
    assert session.new[1:] == [FellDue("cm2", "cm2", None)]


def test_in_a_circle_nothing_becomes_due_until_somebody_acts_first(session: Session) -> None:
    session.done(*PROMISED, (M1, LinkCommitments("cm1", "cm2", "after")), (M1, LinkCommitments("cm2", "cm1", "after")))
    session.when(M1, SetDue("cm1", 5)).then(TermSet("cm1", 5))
    session.when(JAPAN, ClaimDone("cm1", "We go first."))
    assert session.new[1:] == [FellDue("cm2", "cm1", None)]


# Suspended, held back, waived


def test_who_receives_it_suspends_it_and_takes_it_up_again_with_the_time_it_had_left(session: Session) -> None:
    session.done(*DUE).when(CHINA, SuspendCommitment("cm1", "Storm."), NOON + 4 * MINUTE)
    session.then(CommitmentSuspended("cm1", "PRC", "Storm.", 6 * MINUTE))
    session.when(CLOCK, Tick(), OVERDUE + MINUTE).then()
    session.when(M1, SetDue("cm1", 5)).refused("suspended")
    session.when(JAPAN, ClaimDone("cm1", "Open.")).refused("suspended")
    session.when(CHINA, ResumeCommitment("cm1"), NOON + 30 * MINUTE)
    session.then(CommitmentResumed("cm1", "PRC", NOON + 36 * MINUTE))
    assert (one(session).status, one(session).reason) == ("due", "")


def test_suspending_needs_a_reason_and_the_right(session: Session) -> None:
    session.done(*DUE)
    session.when(CHINA, SuspendCommitment("cm1", "")).refused("reason_needed")
    session.when(KOREA, SuspendCommitment("cm1", "Storm.")).refused("not_beneficiary")
    session.when(M1, SuspendCommitment("cm1", "Storm.")).refused("not_beneficiary")
    session.when(JAPAN, SuspendCommitment("cm1", "Storm.")).refused("nothing_stalled")
    session.done((JAPAN, ClaimDone("cm1", "Open.")))
    session.when(CHINA, SuspendCommitment("cm1", "Storm.")).refused("claimed")


def test_only_who_suspended_it_takes_it_up_again(session: Session) -> None:
    session.done(*SUSPENDED)
    session.when(JAPAN, ResumeCommitment("cm1")).refused("not_yours")
    session.when(M1, ResumeCommitment("cm1")).refused("not_yours")
    session.done((CHINA, ResumeCommitment("cm1")))
    session.when(CHINA, ResumeCommitment("cm1")).refused("not_suspended")


def test_one_side_holds_back_while_what_goes_with_it_is_overdue(session: Session) -> None:
    session.done(
        *PROMISED, (M1, LinkCommitments("cm1", "cm2", "parallel")), (M1, SetDue("cm1", 10)), (M1, SetDue("cm2", 20))
    )
    session.when(CHINA, SuspendCommitment("cm2", "The port is shut.")).refused("nothing_stalled")
    session.when(CLOCK, Tick(), OVERDUE).then(WentOverdue("cm1"))
    session.when(CHINA, SuspendCommitment("cm2", "The port is shut."))
    session.then(CommitmentSuspended("cm2", "PRC", "The port is shut.", 10 * MINUTE))
    session.done((CHINA, ResumeCommitment("cm2")), at=OVERDUE + SECOND)


def test_what_is_for_all_is_suspended_and_waived_by_the_chair(session: Session) -> None:
    session.done(*PROMISED)
    session.when(CHINA, WaiveCommitment("cm3")).refused("not_beneficiary")
    session.done((M1, SuspendCommitment("cm3", "Ice.")), (M2, ResumeCommitment("cm3")))
    session.when(M1, WaiveCommitment("cm3", "No ships.")).then(CommitmentWaived("cm3", "", "No ships."))


def test_what_is_waived_is_over_and_waited_for_no_longer(session: Session) -> None:
    session.done(*LINKED).when(CHINA, WaiveCommitment("cm1", "No need."))
    session.then(CommitmentWaived("cm1", "PRC", "No need."), FellDue("cm2", "cm1", None))
    session.when(CHINA, WaiveCommitment("cm1")).refused("over")


def test_what_is_suspended_holds_its_step_back_until_it_is_taken_up_again(session: Session) -> None:
    session.done(
        *PROMISED, (M1, LinkCommitments("cm1", "cm2", "after")), (M1, LinkCommitments("cm2", "cm3", "parallel"))
    )
    session.done((M1, SuspendCommitment("cm3", "Ice.")))
    session.when(JAPAN, ClaimDone("cm1", "Open.")).then(DoneClaimed("cm1", "JPN", "Open."))
    session.when(M1, ResumeCommitment("cm3"))
    assert session.new[1:] == [FellDue("cm2", "cm3", None), FellDue("cm3", "cm3", None)]


def test_in_a_pause_nothing_is_claimed_verified_suspended_or_waived(session: Session) -> None:
    session.done(*CLAIMED, (M1, room.PauseSession()))
    for actor, command in (
        (KOREA, ClaimDone("cm3", "Done.")),
        (M1, VerifyClaim("cm1")),
        (M1, DisputeClaim("cm1", "No.")),
        (CHINA, SuspendCommitment("cm1", "Storm.")),
        (CHINA, ResumeCommitment("cm1")),
        (CHINA, WaiveCommitment("cm1")),
        (M1, SetDue("cm3", 5)),
        (M1, LinkCommitments("cm1", "cm2", "after")),
    ):
        session.when(actor, command).refused("paused")
