"""Commitments: drawn from paragraphs and measures, accepted, changed, dropped, linked. Their life is in
`test_commitment_life`."""

from dataclasses import replace

import pytest

from rooms.domain import decisions, room, seats, sight, texts
from rooms.domain.commitment_life import ClaimDone, FellDue, SetDue
from rooms.domain.commitments import (
    STANDING,
    UNPROMISED,
    AcceptCommitment,
    ChangeCommitment,
    CommitmentAccepted,
    CommitmentChanged,
    CommitmentDrawn,
    CommitmentDropped,
    DrawCommitment,
    DropCommitment,
)
from rooms.domain.fold import fold
from rooms.domain.linking import CommitmentsLinked, CommitmentsUnlinked, LinkCommitments, UnlinkCommitments
from rooms.domain.measures import DrawMeasures, undrawn
from rooms.domain.promises import Commitment, step_of, unmet
from rooms.domain.sight import OBSERVERS, THE_MODERATORS, WAITING, members_of, visible

from .commitments_play import LINKED, OFFERED, OPEN_PORT, PROMISED, SEND_COAL
from .play import CHINA, IN_USE, JAPAN, JAPAN_MOD, KOREA, M1, M2, Session, opening, snapshot

DRAFT = ((M1, texts.OpenDocument("Draft")), (JAPAN, texts.ProposeParagraph("Japan opens the port.")))
ADOPTED = (*DRAFT, (M1, decisions.CallConsensus()), (M1, decisions.CloseCall("c1")))


def only(session: Session) -> Commitment:
    [one] = session.state.commitments.drawn
    return one


def status(session: Session, commitment: str) -> str:
    one = session.state.commitments.commitment(commitment)
    assert one
    return one.status


# Drawing


def test_a_delegation_writes_down_who_does_what(session: Session) -> None:
    session.when(JAPAN, OPEN_PORT)
    words = ("Japan opens the port.", "JPN", "PRC", "Ten ships a week.", "Coast", "short", "", "", "the chair")
    session.then(CommitmentDrawn("cm1", *words, "", "", "", "JPN", False))
    assert (only(session).label, only(session).status) == ("C1", "proposed")


def test_what_others_are_to_do_can_be_proposed_by_anybody_and_binds_nobody(session: Session) -> None:
    session.done((KOREA, OPEN_PORT))
    assert not only(session).binding
    assert only(session).by == "ROK"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"act": ""}, "act_needed"),
        ({"actor": "RUS"}, "unknown_actor"),
        ({"beneficiary": "RUS"}, "unknown_beneficiary"),
        ({"beneficiary": "JPN"}, "to_oneself"),
        ({"horizon": "soon"}, "unknown_horizon"),
        ({"verifier": "JPN"}, "verifies_itself"),
        ({"verifier": "land jpn"}, "verifies_itself"),
        ({"paragraph": "p9"}, "unknown_paragraph"),
        ({"paragraph": "d9/p1"}, "unknown_paragraph"),
        ({"measure": "m1"}, "unknown_measure"),
    ],
)
def test_a_commitment_that_says_too_little_or_too_much_is_refused(
    session: Session, change: dict[str, str], code: str
) -> None:
    plain = {"act": "Open the port.", "actor": "JPN", "beneficiary": "PRC", "horizon": "short"}
    session.when(JAPAN, DrawCommitment(**{**plain, **change})).refused(code)


@pytest.mark.parametrize(
    ("said", "kept"), [("prc", "PRC"), ("Land ROK", "ROK"), ("Chair", "the chair"), ("IAEA", "IAEA"), ("", "")]
)
def test_a_verifier_is_a_delegation_the_chair_or_an_outside_body(session: Session, said: str, kept: str) -> None:
    session.done((JAPAN, DrawCommitment("Open the port.", "JPN", verifier=said)))
    assert only(session).verifier == kept


def test_a_road_map_has_an_end(session: Session) -> None:
    for _ in range(STANDING):
        session.done((M1, OPEN_PORT))
    session.when(CHINA, SEND_COAL).refused("map_full")
    session.done((JAPAN, DropCommitment("cm1")), (CHINA, SEND_COAL))
    assert session.state.commitments.drawn[-1].id == f"cm{STANDING + 1}"


def test_from_a_proposed_paragraph_it_waits_for_its_actor(session: Session) -> None:
    session.done(*DRAFT, (CHINA, DrawCommitment("Open the port.", "JPN", "PRC", paragraph="p1")))
    assert (only(session).document, only(session).paragraph, only(session).status) == ("d1", "p1", "proposed")


def test_from_an_adopted_paragraph_it_binds_at_once_whoever_took_part(session: Session) -> None:
    session.done(*ADOPTED, (M1, DrawCommitment("Open the port.", "JPN", "PRC", paragraph="p1")))
    assert only(session).status == "dormant"


def test_from_an_adopted_paragraph_it_does_not_bind_who_took_no_part(session: Session) -> None:
    session.done(*ADOPTED, (M1, DrawCommitment("Pay for the port.", "USA", "PRC", paragraph="d1/p1")))
    assert only(session).status == "proposed"


def test_what_waits_for_the_capitals_binds_nobody_yet(session: Session) -> None:
    call = decisions.CallConsensus(ad_referendum=True)
    session.done(*DRAFT, (M1, call), (M1, decisions.CloseCall("c1")))
    session.done((M1, DrawCommitment("Open the port.", "JPN", "PRC", paragraph="d1/p1")))
    assert only(session).status == "proposed"


def test_a_withdrawn_paragraph_carries_nothing(session: Session) -> None:
    session.done(*DRAFT, (JAPAN, texts.WithdrawParagraph("p1")))
    session.when(CHINA, DrawCommitment("Open the port.", "JPN", paragraph="p1")).refused("unknown_paragraph")


# The scenario's own measures


def test_the_measures_are_the_chairs_until_the_chair_puts_them_on_the_table(session: Session) -> None:
    seen = {one.name: fold(visible(session.entries, one)) for one in (OBSERVERS, WAITING, members_of("JPN"))}
    assert not any(one.prepared.measures for one in seen.values())
    chairs = fold(visible(session.entries, THE_MODERATORS))
    assert [one.id for one in chairs.prepared.measures] == ["m1", "m2", "m3"], "m4 is for who is not here"


def test_while_the_chair_draws_none_others_are_told_the_same_whatever_the_measures_are() -> None:
    plans = [snapshot(), {**snapshot(), "roadmap": [{**one, "text": "Else."} for one in snapshot()["roadmap"]]}]
    told = []
    for plan in plans:
        session = Session().done((M1, opening(snapshot=plan)))
        told.append([one.event for one in visible(session.entries, OBSERVERS)])
    assert told[0] == told[1]


def test_what_a_measure_asks_of_several_becomes_one_commitment_each_in_parallel(session: Session) -> None:
    session.when(M1, DrawMeasures())
    kinds = [type(one) for one in session.new]
    assert kinds == [CommitmentDrawn, CommitmentDrawn, CommitmentDrawn, CommitmentsLinked, CommitmentDrawn]
    drawn = session.state.commitments.drawn
    assert [(one.id, one.measure, one.actor, one.beneficiary, one.horizon) for one in drawn] == [
        ("cm1", "m1", "JPN", "PRC", "short"),
        ("cm2", "m2", "JPN", "PRC", "mid"),
        ("cm3", "m2", "PRC", "JPN", "mid"),
        ("cm4", "m3", "ROK", "", "long"),
    ]
    assert [one.id for one in step_of(session.state.commitments, "cm3")] == ["cm2", "cm3"]
    assert not any(one.binding for one in drawn)
    assert undrawn(session.state) == ()


def test_measures_are_drawn_once_and_by_track(session: Session) -> None:
    session.done((M1, DrawMeasures("Harbour")))
    assert [one.measure for one in session.state.commitments.drawn] == ["m3"]
    session.when(M1, DrawMeasures("Harbour")).refused("no_measures")
    session.done((M2, DrawMeasures()))
    assert [one.id for one in session.state.commitments.drawn] == ["cm1", "cm2", "cm3", "cm4"]
    session.when(M1, DrawMeasures()).refused("no_measures")


def test_a_scenario_without_a_road_map_has_no_measures() -> None:
    plan = snapshot()
    del plan["roadmap"]
    session = Session().done((M1, opening(snapshot=plan)), (M1, seats.JoinRoom("moderator")))
    session.when(M1, DrawMeasures()).refused("no_measures")


def test_the_chair_draws_a_measure_by_its_name(session: Session) -> None:
    session.done((M1, DrawCommitment("The bell rings.", "JPN", measure="m1")))
    assert [one.id for one in undrawn(session.state)] == ["m2", "m3"]
    session.when(M1, DrawCommitment("The bell rings.", "JPN", measure="m9")).refused("unknown_measure")


# Accepting, changing, dropping


def test_who_is_to_act_promises_it(session: Session) -> None:
    session.done(*OFFERED).when(JAPAN_MOD, AcceptCommitment("cm1", 1)).then(CommitmentAccepted("cm1", "JPN"))
    assert status(session, "cm1") == "dormant"
    session.when(JAPAN, AcceptCommitment("cm1", 1)).refused("accepted")


def test_nobody_promises_for_another(session: Session) -> None:
    session.done(*OFFERED)
    session.when(CHINA, AcceptCommitment("cm1", 1)).refused("not_actor")
    session.when(M1, AcceptCommitment("cm1", 1)).refused("not_delegate")
    session.when(JAPAN, AcceptCommitment("cm9", 1)).refused("unknown_commitment")


def test_what_was_changed_while_somebody_read_it_is_read_again(session: Session) -> None:
    session.done(*OFFERED, (M1, ChangeCommitment("cm1", act="Japan opens two ports.")))
    refusal = session.when(JAPAN, AcceptCommitment("cm1", 1)).refused("changed_meanwhile")
    assert refusal.data == {"commitment": "cm1", "version": 2}
    session.done((JAPAN, AcceptCommitment("cm1", 2)))


def test_a_new_link_is_read_before_it_is_accepted(session: Session) -> None:
    session.done(*OFFERED, (M1, LinkCommitments("cm2", "cm1", "after")))
    session.when(JAPAN, AcceptCommitment("cm1", 1)).refused("changed_meanwhile")


def test_nothing_is_promised_before_the_session_nor_in_a_pause(session: Session) -> None:
    session.done(*OFFERED, (M1, room.PauseSession()))
    session.when(JAPAN, AcceptCommitment("cm1", 1)).refused("paused")
    session.done((JAPAN, ChangeCommitment("cm1", standard="Twelve a week.")), (JAPAN, OPEN_PORT))


def test_what_is_left_empty_stays_as_it_is(session: Session) -> None:
    session.done(*OFFERED).when(JAPAN, ChangeCommitment("cm1", standard="Twelve a week."))
    words = ("Japan opens the port.", "Twelve a week.", "Coast", "short", "", "", "the chair")
    session.then(CommitmentChanged("cm1", *words, "JPN"))
    session.when(JAPAN, ChangeCommitment("cm1", standard="Twelve a week.")).then()


def test_who_has_no_part_in_it_changes_and_drops_nothing(session: Session) -> None:
    session.done(*OFFERED)
    session.when(KOREA, ChangeCommitment("cm1", act="No.")).refused("not_yours")
    session.when(KOREA, DropCommitment("cm1")).refused("not_yours")
    session.done((CHINA, ChangeCommitment("cm2", date="by May")), (KOREA, ChangeCommitment("cm3", date="by June")))


def test_what_was_promised_keeps_its_words_and_only_the_chair_changes_the_rest(session: Session) -> None:
    session.done(*PROMISED)
    session.when(JAPAN, ChangeCommitment("cm1", verifier="ROK")).refused("accepted")
    session.when(M1, ChangeCommitment("cm1", act="Japan opens two ports.")).refused("promised")
    session.when(M1, ChangeCommitment("cm1", horizon="soon")).refused("unknown_horizon")
    session.when(M1, ChangeCommitment("cm1", verifier="JPN")).refused("verifies_itself")
    session.done((M1, ChangeCommitment("cm1", verifier="ROK", horizon="mid")))
    assert (session.state.commitments.drawn[0].verifier, session.state.commitments.drawn[0].horizon) == ("ROK", "mid")


@pytest.mark.parametrize(("person", "code"), [(JAPAN, "JPN"), (M1, "")])
def test_what_is_only_proposed_is_dropped_or_declined(session: Session, person: str, code: str) -> None:
    session.done(*OFFERED).when(person, DropCommitment("cm1", "Too early."))
    session.then(CommitmentDropped("cm1", code, "Too early."))
    assert [one.id for one in session.state.commitments.standing] == ["cm2", "cm3"]
    session.when(JAPAN, AcceptCommitment("cm1", 1)).refused("unknown_commitment")


def test_what_was_promised_is_not_dropped(session: Session) -> None:
    session.done(*PROMISED).when(JAPAN, DropCommitment("cm1")).refused("accepted")


def test_what_nobody_promises_any_more_keeps_its_partner_back_no_longer(session: Session) -> None:
    session.done(
        *OFFERED[:3], (CHINA, OPEN_PORT), (JAPAN, AcceptCommitment("cm1", 1)), (CHINA, AcceptCommitment("cm2", 1))
    )
    session.done((M1, LinkCommitments("cm2", "cm1", "after")), (M1, LinkCommitments("cm1", "cm4", "parallel")))
    session.when(CHINA, ClaimDone("cm2", "On the quay."))
    assert not any(isinstance(one, FellDue) for one in session.new), "what goes with it is only proposed"
    session.when(CHINA, DropCommitment("cm4")).then(CommitmentDropped("cm4", "PRC", ""), FellDue("cm1", "cm4", None))


# Links


@pytest.mark.parametrize("kind", ["parallel", "after", "verification"])
def test_the_chair_writes_down_what_waits_for_what(session: Session, kind: str) -> None:
    session.done(*PROMISED).when(M1, LinkCommitments("cm1", "cm2", kind)).then(
        CommitmentsLinked("cm1", "cm2", kind, "")
    )
    session.when(M1, LinkCommitments("cm1", "cm2", kind)).then()
    waits = unmet(session.state.commitments, "cm2")
    assert len(waits) == (kind != "parallel")
    session.when(M1, UnlinkCommitments("cm1", "cm2")).then(CommitmentsUnlinked("cm1", "cm2", ""))
    assert session.state.commitments.links == ()


def test_a_delegation_makes_its_own_wait_while_that_is_only_proposed(session: Session) -> None:
    session.done(*OFFERED, (CHINA, LinkCommitments("cm1", "cm2", "after")))
    session.when(CHINA, LinkCommitments("cm2", "cm1", "after")).refused("not_yours")
    session.done((JAPAN, AcceptCommitment("cm1", 1)), (CHINA, AcceptCommitment("cm2", 2)))
    session.when(CHINA, UnlinkCommitments("cm1", "cm2")).refused("not_yours")
    session.when(CHINA, LinkCommitments("cm3", "cm2", "after")).refused("not_yours")


def test_a_delegation_draws_no_more_than_the_others_can_read(session: Session) -> None:
    session.done(*((CHINA, replace(SEND_COAL, act=f"Send coal {n}.")) for n in range(UNPROMISED)))
    session.when(CHINA, SEND_COAL).refused("drawn_enough")
    session.done((CHINA, DropCommitment("cm1"))).when(CHINA, SEND_COAL).refused("drawn_enough")
    session.done((CHINA, AcceptCommitment("cm2", 1)), (CHINA, SEND_COAL), (M1, SEND_COAL), (JAPAN, OPEN_PORT))


@pytest.mark.parametrize(("who", "status_then"), [(M1, "dormant"), (JAPAN, "dormant"), (CHINA, "proposed")])
def test_what_others_read_into_an_adopted_text_binds_nobody_at_once(
    session: Session, who: str, status_then: str
) -> None:
    session.done(*ADOPTED, (who, DrawCommitment("Pay for the port, and for ours.", "JPN", "PRC", paragraph="p1")))
    assert only(session).status == status_then


def test_nobody_holds_up_what_another_has_promised_by_what_nobody_has(session: Session) -> None:
    session.done(*OFFERED, (CHINA, LinkCommitments("cm2", "cm1", "parallel")), (CHINA, UnlinkCommitments("cm2", "cm1")))
    session.done((JAPAN, AcceptCommitment("cm1", only_version(session, "cm1"))))
    assert session.state.commitments.drawn[0].beneficiary == "PRC"
    session.done((KOREA, DrawCommitment("Watch.", "ROK")), (JAPAN, DrawCommitment("Rest.", "JPN")))
    session.when(KOREA, LinkCommitments("cm1", "cm4", "parallel")).refused("promised")
    session.when(JAPAN, LinkCommitments("cm5", "cm1", "parallel")).refused("promised")
    session.done((CHINA, LinkCommitments("cm1", "cm2", "parallel")), (CHINA, UnlinkCommitments("cm1", "cm2")))
    session.done((M1, LinkCommitments("cm1", "cm4", "parallel")))


def only_version(session: Session, commitment: str) -> int:
    return next(one.version for one in session.state.commitments.drawn if one.id == commitment)


def test_what_is_parallel_one_way_is_parallel_the_other(session: Session) -> None:
    session.done(*PROMISED, (M1, LinkCommitments("cm1", "cm2", "parallel")))
    session.when(M1, LinkCommitments("cm2", "cm1", "parallel")).then()
    session.when(M1, LinkCommitments("cm2", "cm1", "after")).refused("linked")
    session.when(M1, UnlinkCommitments("cm2", "cm1")).then(CommitmentsUnlinked("cm1", "cm2", ""))


def test_a_link_of_another_kind_takes_the_first_away_before(session: Session) -> None:
    session.done(*LINKED)
    session.when(M1, LinkCommitments("cm1", "cm2", "after")).refused("linked")
    session.when(M1, LinkCommitments("cm2", "cm1", "parallel")).refused("linked")


def test_a_circle_can_be_linked_and_unlinked(session: Session) -> None:
    session.done(*LINKED, (M1, LinkCommitments("cm2", "cm1", "after")))
    assert unmet(session.state.commitments, "cm1")
    assert unmet(session.state.commitments, "cm2")
    session.when(M1, UnlinkCommitments("cm2", "cm1")).then(CommitmentsUnlinked("cm2", "cm1", ""))


@pytest.mark.parametrize(
    ("first", "second", "kind", "code"),
    [
        ("cm1", "cm1", "after", "same"),
        ("cm1", "cm2", "before", "unknown_link"),
        ("cm1", "cm9", "after", "unknown_commitment"),
        ("cm9", "cm1", "after", "unknown_commitment"),
    ],
)
def test_a_link_that_makes_no_sense_is_refused(session: Session, first: str, second: str, kind: str, code: str) -> None:
    session.done(*PROMISED).when(M1, LinkCommitments(first, second, kind)).refused(code)


def test_what_has_begun_is_not_made_to_wait(session: Session) -> None:
    session.done(*PROMISED, (M1, SetDue("cm2", 5)))
    session.when(M1, LinkCommitments("cm1", "cm2", "after")).refused("begun")
    session.done((M1, LinkCommitments("cm1", "cm2", "parallel")))


def test_links_that_are_not_there_cannot_be_taken_away(session: Session) -> None:
    session.done(*PROMISED).when(M1, UnlinkCommitments("cm1", "cm2")).refused("not_linked")
    session.done((M1, LinkCommitments("cm1", "cm2", "after")))
    session.when(M1, UnlinkCommitments("cm2", "cm1")).refused("not_linked")


def test_a_link_to_what_was_dropped_can_still_be_taken_away(session: Session) -> None:
    session.done(*OFFERED, (CHINA, LinkCommitments("cm1", "cm2", "after")), (JAPAN, DropCommitment("cm1")))
    session.done((CHINA, AcceptCommitment("cm2", 2)))
    assert unmet(session.state.commitments, "cm2"), "it waits for what nobody promised"
    session.done((M1, UnlinkCommitments("cm1", "cm2")))


def test_a_link_to_what_is_done_already_makes_it_due_at_once(session: Session) -> None:
    session.done(*PROMISED, (JAPAN, ClaimDone("cm1", "Open since noon.")))
    session.when(M1, LinkCommitments("cm1", "cm2", "after"))
    session.then(CommitmentsLinked("cm1", "cm2", "after", ""), FellDue("cm2", "cm1", None))


def test_taking_the_last_open_link_away_makes_it_due(session: Session) -> None:
    session.done(*PROMISED, (M1, LinkCommitments("cm1", "cm2", "after")), (M1, LinkCommitments("cm3", "cm2", "after")))
    session.done((JAPAN, ClaimDone("cm1", "Open since noon.")))
    session.when(M1, UnlinkCommitments("cm3", "cm2"))
    session.then(CommitmentsUnlinked("cm3", "cm2", ""), FellDue("cm2", "cm3", None))


def test_everybody_in_the_room_sees_the_road_map(session: Session) -> None:
    session.done(*LINKED)
    for audience in (OBSERVERS, members_of("ROK"), THE_MODERATORS):
        assert fold(visible(session.entries, audience)).commitments == session.state.commitments
    assert not fold(visible(session.entries, WAITING)).commitments.drawn
    assert all(sight.ALL in one.audience for one in session.entries[-4:])
    assert set(IN_USE) >= {one.actor for one in session.state.commitments.drawn}
