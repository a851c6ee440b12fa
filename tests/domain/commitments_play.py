"""What the tests of all commands and events need to know of commitments: stages, a legal use of each command, a sample
of each event, and how random sessions draw them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rooms.domain import commitment_life as life
from rooms.domain import commitments, linking, measures, withholding
from rooms.domain.promises import LINKS, Commitment
from rooms.domain.state import RoomState

from .play import CHINA, IN_USE, JAPAN, KOREA, M1

Moves = tuple[tuple[str, Any], ...]

# Japan opens the port to China; China sends coal to Japan; Korea pilots for all. The chair verifies the first, Korea
# the second, the harbour master the third.
OPEN_PORT = commitments.DrawCommitment(
    "Japan opens the port.", "JPN", "PRC", "Ten ships a week.", "Coast", "short", "", "the chair"
)
SEND_COAL = commitments.DrawCommitment(
    "China sends coal.", "PRC", "JPN", "A thousand tons.", "Coast", "mid", "when the port is open", "ROK"
)
PILOT = commitments.DrawCommitment("Korea pilots ships.", "ROK", "", "", "Harbour", "long", "", "The harbour master")

OFFERED: Moves = ((JAPAN, OPEN_PORT), (CHINA, SEND_COAL), (M1, PILOT))
PROMISED: Moves = (
    *OFFERED,
    (JAPAN, commitments.AcceptCommitment("cm1", 1)),
    (CHINA, commitments.AcceptCommitment("cm2", 1)),
    (KOREA, commitments.AcceptCommitment("cm3", 1)),
)
DUE: Moves = (*PROMISED, (M1, life.SetDue("cm1", 10)))
CLAIMED: Moves = (*DUE, (JAPAN, life.ClaimDone("cm1", "The gates stand open.")))
SUSPENDED: Moves = (*DUE, (CHINA, withholding.SuspendCommitment("cm1", "Storm.")))
LINKED: Moves = (*PROMISED, (M1, linking.LinkCommitments("cm1", "cm2", "verification")))
TIED: Moves = (*OFFERED, (CHINA, linking.LinkCommitments("cm1", "cm2", "after")))
COAL_CLAIMED: Moves = (*PROMISED, (CHINA, life.ClaimDone("cm2", "It lies on the quay.")))

USES: Mapping[str, tuple[str, Any, Moves]] = {
    "draw_commitment": (JAPAN, OPEN_PORT, ()),
    "draw_measures": (M1, measures.DrawMeasures(), ()),
    "accept_commitment": (JAPAN, commitments.AcceptCommitment("cm1", 1), OFFERED),
    "change_commitment": (JAPAN, commitments.ChangeCommitment("cm1", standard="Twelve ships a week."), OFFERED),
    "drop_commitment": (JAPAN, commitments.DropCommitment("cm1", "Too early."), OFFERED),
    "link_commitments": (CHINA, linking.LinkCommitments("cm1", "cm2", "after"), OFFERED),
    "unlink_commitments": (CHINA, linking.UnlinkCommitments("cm1", "cm2"), TIED),
    "set_due": (M1, life.SetDue("cm1", 10), PROMISED),
    "claim_done": (JAPAN, life.ClaimDone("cm1", "The gates stand open."), DUE),
    "verify_claim": (KOREA, life.VerifyClaim("cm2", "Seen."), COAL_CLAIMED),
    "dispute_claim": (KOREA, life.DisputeClaim("cm2", "Half of it."), COAL_CLAIMED),
    "suspend_commitment": (CHINA, withholding.SuspendCommitment("cm1", "Storm."), DUE),
    "resume_commitment": (CHINA, withholding.ResumeCommitment("cm1"), SUSPENDED),
    "waive_commitment": (CHINA, withholding.WaiveCommitment("cm1", "No need."), DUE),
}

MEASURE = {
    "id": "m1",
    "track": "Coast",
    "horizon": "short",
    "text": "The bell rings.",
    "actors": ("JPN",),
    "counterpart": ("PRC",),
}
SAMPLES: tuple[Any, ...] = (
    measures.MeasuresPrepared((MEASURE,)),
    commitments.CommitmentDrawn(
        *("cm1", "Japan opens the port.", "JPN", "PRC", "Ten ships a week.", "Coast", "short", "by May 1998"),
        *("when the ice is gone", "the chair", "d1", "p2", "", "JPN", True),
    ),
    commitments.CommitmentAccepted("cm1", "JPN"),
    commitments.CommitmentChanged(
        *("cm1", "Japan opens the port.", "Twelve ships a week.", "Coast", "mid", "", "", "ROK", "JPN")
    ),
    commitments.CommitmentDropped("cm1", "JPN", "Too early."),
    linking.CommitmentsLinked("cm1", "cm2", "verification", ""),
    linking.CommitmentsUnlinked("cm1", "cm2", "JPN"),
    life.TermSet("cm2", 15),
    life.DueSet("cm1", 10, 881_151_000_000),
    life.FellDue("cm2", "cm1", None),
    life.WentOverdue("cm1"),
    life.DoneClaimed("cm1", "JPN", "The gates stand open — 開港"),
    life.ClaimVerified("cm1", "", "Seen."),
    life.ClaimDisputed("cm1", "", "Nine ships."),
    withholding.CommitmentSuspended("cm1", "PRC", "Storm.", 540_000),
    withholding.CommitmentResumed("cm1", "PRC", 881_151_000_000),
    withholding.CommitmentWaived("cm1", "PRC", "No need."),
)
SPELLED = (
    "measures prepared drawn accepted changed dropped linked unlinked term set due fell went overdue claimed verified"
    " disputed suspended resumed waived"
)
# What either side does in its own name.
BOTH = (
    *("draw_commitment", "change_commitment", "drop_commitment", "link_commitments", "unlink_commitments"),
    *("verify_claim", "dispute_claim", "suspend_commitment", "resume_commitment", "waive_commitment"),
)
# Only by the chair; in a delegation's own name.
OF_THE_CHAIR = (life.TermSet, life.DueSet)
SIGNED = (
    *(commitments.CommitmentAccepted, commitments.CommitmentDropped, commitments.CommitmentChanged),
    *(linking.CommitmentsLinked, linking.CommitmentsUnlinked, life.DoneClaimed, life.ClaimVerified),
    *(life.ClaimDisputed, withholding.CommitmentSuspended, withholding.CommitmentResumed, withholding.CommitmentWaived),
)
SAID = (life.DoneClaimed,)


# Drawn at random

VERIFIERS = ("", "the chair", "ROK", "JPN", "The harbour master", "USA")
STATUSES: Mapping[str, tuple[str, ...]] = {
    "accept_commitment": ("proposed",),
    "drop_commitment": ("proposed",),
    "change_commitment": ("proposed", "dormant"),
    "set_due": ("dormant", "due", "overdue"),
    "claim_done": ("due", "overdue", "disputed"),
    "verify_claim": ("claimed", "disputed"),
    "dispute_claim": ("claimed",),
    "suspend_commitment": ("due", "overdue", "dormant"),
    "resume_commitment": ("suspended",),
    "waive_commitment": ("overdue", "suspended", "due"),
}


def _one(options: Sequence[Any], n: int, otherwise: Any = "") -> Any:
    return options[n % len(options)] if options else otherwise


def _fitting(name: str, state: RoomState, n: int) -> Commitment:
    """One that is about where the command could be used; now and then any."""
    fitting = [one for one in state.commitments.drawn if one.status in STATUSES[name] or n == 11]
    found: Commitment = _one(fitting, n, Commitment("cm1", "", "JPN"))
    return found


def _pair(state: RoomState, n: int) -> tuple[str, str]:
    ids = [one.id for one in state.commitments.standing] or ["cm1"]
    return str(_one(ids, n)), str(_one(ids, n // 2 + 1))


def _draw(_state: RoomState, n: int) -> commitments.DrawCommitment:
    actor, to = _one((*IN_USE, "RUS"), n), _one(("PRC", "JPN", "", "ROK"), n)
    words = (f"Act {n}.", actor, to, "", _one(("Coast", "Harbour"), n), _one(("short", "mid", "long", "soon"), n))
    return commitments.DrawCommitment(*words, verifier=_one(VERIFIERS, n), paragraph="p1" if n % 4 == 0 else "")


def _unlink(state: RoomState, n: int) -> linking.UnlinkCommitments:
    links = state.commitments.links
    return linking.UnlinkCommitments(*((links[n % len(links)].first, links[n % len(links)].second) if links else "ab"))


BUILD: dict[str, Callable[[RoomState, int], Any]] = {
    "draw_commitment": _draw,
    "draw_measures": lambda _state, n: measures.DrawMeasures(_one(("", "Coast", "Harbour"), n)),
    "accept_commitment": lambda state, n: commitments.AcceptCommitment(
        (one := _fitting("accept_commitment", state, n)).id, one.version - (n == 7)
    ),
    "change_commitment": lambda state, n: commitments.ChangeCommitment(
        _fitting("change_commitment", state, n).id, f"Act anew {n}." if n % 3 else "", verifier=_one(VERIFIERS, n)
    ),
    "drop_commitment": lambda state, n: commitments.DropCommitment(_fitting("drop_commitment", state, n).id, "No."),
    "link_commitments": lambda state, n: linking.LinkCommitments(*_pair(state, n), _one(LINKS, n)),
    "unlink_commitments": _unlink,
    "set_due": lambda state, n: life.SetDue(_fitting("set_due", state, n).id, n % 5),
    "claim_done": lambda state, n: life.ClaimDone(_fitting("claim_done", state, n).id, f"Done {n}." if n else ""),
    "verify_claim": lambda state, n: life.VerifyClaim(_fitting("verify_claim", state, n).id, "Seen."),
    "dispute_claim": lambda state, n: life.DisputeClaim(_fitting("dispute_claim", state, n).id, "Not seen."),
    "suspend_commitment": lambda state, n: withholding.SuspendCommitment(
        _fitting("suspend_commitment", state, n).id, "Storm." if n else ""
    ),
    "resume_commitment": lambda state, n: withholding.ResumeCommitment(_fitting("resume_commitment", state, n).id),
    "waive_commitment": lambda state, n: withholding.WaiveCommitment(
        _fitting("waive_commitment", state, n).id, "Enough."
    ),
}
SELDOM = ("draw_measures", "drop_commitment", "unlink_commitments", "waive_commitment")
HARD = ("accept_commitment", "accept_commitment", "claim_done", "verify_claim", "resume_commitment", "link_commitments")


def whom_it_suits(name: str, state: RoomState, n: int) -> str:
    """Who may do it with the commitment that is drawn: somebody of the delegation, or the chair; "" for anybody."""
    if name not in STATUSES or name == "set_due":
        return ""
    one = _fitting(name, state, n)
    code = {
        "verify_claim": one.verifier,
        "dispute_claim": one.verifier,
        "suspend_commitment": one.beneficiary,
        "waive_commitment": one.beneficiary,
        "resume_commitment": one.suspended_by,
    }.get(name, one.actor)
    members = state.seats.members(code)
    chair = [person.id for person in state.seats.inside("moderator")]
    return members[n % len(members)].id if members else str(_one(chair, n))


# What stays true


def sound_commitments(before: RoomState, now: RoomState) -> None:
    """Nobody is bound who did not accept or adopt; what is over stays over; only what is due has a clock that runs."""
    drawn = now.commitments.drawn
    assert [one.id for one in drawn] == [f"cm{n}" for n in range(1, len(drawn) + 1)]
    for one in drawn:
        assert one.actor != one.beneficiary
        assert one.actor != one.verifier
        assert not one.runs or one.status in ("due", "disputed")
        assert bool(one.suspended_from) == (one.status == "suspended")
        assert one.status not in ("claimed", "disputed") or one.claim
        assert one.status != "verified" or (one.finding and one.finding.verified)
        assert one.binding or not (one.claims or one.findings)
    for old in before.commitments.drawn:
        new = now.commitments.commitment(old.id)
        assert new is not None
        assert (new.actor, new.beneficiary, new.paragraph, new.by) == (
            old.actor,
            old.beneficiary,
            old.paragraph,
            old.by,
        )
        assert old.status not in ("verified", "waived", "dropped") or new == old
        assert not old.binding or (new.binding and new.act == old.act), "what was promised stays promised, in its words"
    links = now.commitments.links
    assert len({frozenset((one.first, one.second)) for one in links if one.kind == "parallel"}) == len(
        [one for one in links if one.kind == "parallel"]
    )
    assert all(one.first != one.second for one in links)


def clocks(state: RoomState, instant: int) -> list[tuple[str, int]]:
    """What the clocks of commitments show, in ms."""
    return [
        (f"commitment {one.id}", one.due_at - instant)
        for one in state.commitments.drawn
        if one.runs and one.due_at is not None
    ]
