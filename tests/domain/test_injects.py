"""Injects: armed, held, skipped, released once, followed up, closed; and nobody but the moderators knows of them."""

from functools import cache
from typing import Any

import pytest

from rooms.domain import agenda, decisions, room, seats, suspensions, texts
from rooms.domain.adjourning import AdjournSession, ReconveneSession
from rooms.domain.caucus_terms import ConveneCaucus
from rooms.domain.codec import name_of
from rooms.domain.fold import Tick, fold, next_deadline
from rooms.domain.inject_control import (
    AddInject,
    ArmAsPlanned,
    ArmInject,
    CloseInject,
    HoldInject,
    PlayContingency,
    ReleaseInject,
    SkipInject,
)
from rooms.domain.injects import (
    UPON,
    ContingencyPlayed,
    InjectAdded,
    InjectArmed,
    InjectClosed,
    InjectHeld,
    InjectReleased,
    InjectSkipped,
    InjectsPrepared,
    Trigger,
    instant_of,
    is_missed,
)
from rooms.domain.news import NewsDelivered
from rooms.domain.record import CLOCK
from rooms.domain.sight import OBSERVERS, THE_MODERATORS, WAITING, Audience, members_of, on_seat, visible

from .play import (
    CAST,
    CHINA,
    DELEGATES,
    IN_USE,
    JAPAN,
    JAPAN_MOD,
    KOREA,
    M1,
    M2,
    MINUTE,
    MODERATORS,
    NOON,
    ON_SEATS,
    ROLES,
    SECOND,
    Session,
    opening,
    running,
    snapshot,
)


def _plan(inject: str, to: list[str], when: Any) -> dict[str, Any]:
    return {"id": inject, "title": f"{inject} falls", "text": f"Much {inject}.", "from": "Wire", "to": to, "when": when}


PLAN = [
    {**_plan("rain", ["all"], {"minute": 25}), "objective": "To see who is wet.", "contingency": "Send sleet."},
    _plan("hail", ["JPN"], {"item": "i3", "after": 4}),
    _plan("dew", ["PRC-MFA"], "manual"),
    _plan("fog", ["RUS"], "manual"),  # nobody has opened the room for Russia
    _plan("snow", ["ROK", "RUS"], {"item": "dropped", "after": 1}),
]
HIDDEN = ("injects.",)
OTHERS: tuple[Audience, ...] = (
    *(OBSERVERS, WAITING),
    *(members_of(code, officials=officials) for code in IN_USE for officials in (False, True)),
    *(on_seat(seat, seat[:3], officials=True) for seat in DELEGATES.values()),
)


def planned_room(*, armed: bool = False, rules: dict[str, Any] | None = None) -> room.OpenRoom:
    plain = snapshot()
    return opening(
        snapshot={**plain, "format": {**plain["format"], **(rules or {})}, "injects": PLAN}, arm_injects=armed
    )


@cache
def _staged(armed: bool, existence: str) -> Session:
    session = Session().done((M1, planned_room(armed=armed, rules={"caucus_existence": existence})))
    for person, role in ROLES.items():
        session.done((person, seats.JoinRoom(role)))
    for person, seat in ON_SEATS.items():
        session.done((person, seats.JoinRoom("delegate", seat)))
    session.done(*((M1, seats.AdmitPerson(person)) for person in DELEGATES))
    return session


def in_lobby(*, armed: bool = False, existence: str = "announced") -> Session:
    return _staged(armed, existence).copy()


def live(*, armed: bool = False, existence: str = "announced") -> Session:
    """The session began at noon, with the injects of PLAN."""
    return in_lobby(armed=armed, existence=existence).done((M1, room.StartSession()))


def status(session: Session, inject: str) -> str:
    return session.state.injects.prepared[inject].status


def tick(session: Session, at: int) -> Session:
    return session.when(CLOCK, Tick(), at)


def told(session: Session) -> list[str]:
    """To whom news went in the last step."""
    return [event.to for event in session.new if isinstance(event, NewsDelivered)]


def test_a_room_is_opened_with_the_injects_of_its_scenario_drafted() -> None:
    session = in_lobby()
    assert {one.id: (one.number, one.status) for one in session.state.injects.prepared.values()} == {
        "rain": (1, "drafted"),
        "hail": (2, "drafted"),
        "dew": (3, "drafted"),
        "snow": (4, "drafted"),
    }
    rain = session.state.injects.prepared["rain"]
    assert (rain.title, rain.text, rain.sender, rain.to) == ("rain falls", "Much rain.", "Wire", ("all",))
    assert (rain.objective, rain.contingency, rain.planned) == (
        "To see who is wet.",
        "Send sleet.",
        Trigger("time", 25),
    )


def test_what_is_for_nobody_in_the_room_stays_out_of_it() -> None:
    session = in_lobby()
    assert "fog" not in session.state.injects.prepared
    assert session.state.injects.prepared["snow"].to == ("ROK",)


def test_an_inject_planned_for_an_item_that_was_left_out_waits_for_the_chairs_hand() -> None:
    session = in_lobby(armed=True)
    assert session.state.injects.prepared["snow"].planned == Trigger()
    assert session.state.injects.prepared["snow"].trigger == Trigger()


def test_a_room_may_be_opened_with_all_armed_as_planned(nothing: Session) -> None:
    nothing.when(M1, planned_room(armed=True))
    assert [event for event in nothing.new if isinstance(event, InjectArmed)] == [
        InjectArmed("rain", "time", 25, ""),
        InjectArmed("hail", "item", 4, "i3"),
        InjectArmed("dew", "manual", 0, ""),
        InjectArmed("snow", "manual", 0, ""),
    ]


def test_a_scenario_without_injects_opens_a_room_without_a_word_of_them(nothing: Session) -> None:
    nothing.when(M1, opening(snapshot={**snapshot(), "injects": []}, arm_injects=True))
    assert not [event for event in nothing.new if name_of(event).startswith(HIDDEN)]


# Arming


@pytest.mark.parametrize(
    ("command", "trigger"),
    [
        (ArmInject("rain"), Trigger()),
        (ArmInject("rain", "manual", 5, "i1"), Trigger()),
        (ArmInject("rain", "time", 30, "i1"), Trigger("time", 30)),
        (ArmInject("rain", "item", 4, "i3"), Trigger("item", 4, "i3")),
        (ArmInject("rain", "event", 4, "agenda.item_ended"), Trigger("event", 0, "agenda.item_ended")),
    ],
)
def test_the_chair_arms_by_hand_by_time_with_an_item_or_upon_an_event(command: ArmInject, trigger: Trigger) -> None:
    session = live().when(M1, command).then(InjectArmed("rain", trigger.kind, trigger.minutes, trigger.what))
    assert (status(session, "rain"), session.state.injects.prepared["rain"].trigger) == ("armed", trigger)


def test_what_is_armed_can_be_armed_otherwise_and_the_same_again_is_nothing() -> None:
    session = live(armed=True)
    session.when(M1, ArmInject("rain", "time", 25)).then()
    session.when(M2, ArmInject("rain", "time", 40)).then(InjectArmed("rain", "time", 40, ""))


@pytest.mark.parametrize(
    ("command", "code", "field"),
    [
        (ArmInject("sun"), "unknown_inject", None),
        (ArmInject("rain", "whim"), "unknown_trigger", "kind"),
        (ArmInject("rain", "time", -1), "minutes_range", "minutes"),
        (ArmInject("rain", "time", 601), "minutes_range", "minutes"),
        (ArmInject("rain", "item", 601, "i3"), "minutes_range", "minutes"),
        (ArmInject("rain", "item", 1, "i99"), "unknown_item", "what"),
        (ArmInject("rain", "event", 0, "floor.given"), "unknown_event", "what"),
    ],
)
def test_what_cannot_be_armed_so_is_refused(command: ArmInject, code: str, field: str | None) -> None:
    assert live().when(M1, command).refused(code).data.get("field") == field


@pytest.mark.parametrize("over", ["released", "skipped", "closed"])
def test_what_is_over_cannot_be_armed_held_or_released_again(over: str) -> None:
    session = live()
    session.done((M1, SkipInject("rain", "No time")) if over == "skipped" else (M1, ReleaseInject("rain")))
    if over == "closed":
        session.done((M1, CloseInject("rain")))
    for command in (ArmInject("rain"), HoldInject("rain"), SkipInject("rain", "Why not"), ReleaseInject("rain")):
        session.when(M1, command)
        assert over in session.refused("inject_over").message


def test_nobody_arms_for_a_moment_that_has_passed() -> None:
    session = running(live(), "i3")
    session.when(M1, ArmInject("rain", "time", 0)).refused("too_late")
    session.when(M1, ArmInject("rain", "time", 10), NOON + 10 * MINUTE).refused("too_late")
    session.when(M1, ArmInject("rain", "item", 10, "i3")).refused("too_late")
    session.done((M1, ArmInject("rain", "item", 11, "i3")), (M1, agenda.EndItem("i3")))
    session.when(M1, ArmInject("hail", "item", 11, "i3")).refused("too_late")
    session.done((M1, agenda.SkipItem("i4", "No time")))
    session.when(M1, ArmInject("hail", "item", 0, "i4")).refused("too_late")


def test_no_moment_passes_while_the_clocks_stand() -> None:
    session = running(live(), "i3").done((M1, room.PauseSession()), at=NOON + MINUTE)
    session.done((M1, ArmInject("rain", "time", 2)), (M1, ArmInject("hail", "item", 2, "i3")), at=NOON + 30 * MINUTE)
    session.when(M1, ArmInject("dew", "time", 1)).refused("too_late")


def test_a_moment_of_a_suspended_item_passes_as_far_as_the_item_has_run() -> None:
    session = running(live(), "i3").done((M1, suspensions.SuspendItem("i3")), at=NOON + 3 * MINUTE)
    session.when(M1, ArmInject("rain", "item", 3, "i3"), NOON + 9 * MINUTE).refused("too_late")
    session.done((M1, ArmInject("rain", "item", 4, "i3")))


def test_news_of_a_hidden_caucus_would_tell_of_it() -> None:
    live().done((M1, ArmInject("rain", "event", 0, "caucuses.began")))
    session = live(existence="hidden")
    session.when(M1, ArmInject("rain", "event", 0, "caucuses.began")).refused("caucuses_hidden")


def test_all_that_is_drafted_is_armed_as_planned_at_once() -> None:
    session = live().done((M1, HoldInject("dew")))
    session.when(M1, ArmAsPlanned())
    session.then(
        InjectArmed("rain", "time", 25, ""), InjectArmed("hail", "item", 4, "i3"), InjectArmed("snow", "manual", 0, "")
    )
    assert status(session, "dew") == "held"
    session.when(M1, ArmAsPlanned()).then()


def test_who_arms_as_planned_late_lets_nothing_out_that_is_past() -> None:
    session = running(live(), "i3").when(M1, ArmAsPlanned(), NOON + 30 * MINUTE)
    assert [event.inject for event in session.new] == ["dew", "snow"]
    tick(session, NOON + 31 * MINUTE)
    assert told(session) == []


# Release


def test_at_its_minute_an_inject_is_released_by_the_clock_once() -> None:
    session = live(armed=True)
    assert next_deadline(session.state) == NOON + 25 * MINUTE
    tick(session, NOON + 25 * MINUTE - 1).then()
    tick(session, NOON + 25 * MINUTE)
    piece = session.new[0]
    session.then(
        NewsDelivered(piece.news, "rain falls", "Much rain.", "Wire", "all"),
        InjectReleased("rain", (("all", piece.news),)),
    )
    rain = session.state.injects.prepared["rain"]
    assert (rain.status, rain.released_at, rain.news) == ("released", NOON + 25 * MINUTE, (("all", piece.news),))
    for at in (0, 1, SECOND, MINUTE):
        tick(session, NOON + 25 * MINUTE + at).then()


def test_after_a_restart_it_is_not_released_again_and_what_was_missed_is_released_once() -> None:
    session = live(armed=True)
    tick(session, NOON + 60 * MINUTE)
    assert told(session) == ["all"], "late, but not lost"
    again = Session().given(*(entry.event for entry in session.entries), at=NOON + 60 * MINUTE)
    assert tick(again, NOON + 61 * MINUTE).new == []


def test_pauses_and_adjournments_do_not_count() -> None:
    session = live(armed=True).done((M1, room.PauseSession()), at=NOON + 20 * MINUTE)
    assert next_deadline(session.state) is None
    tick(session, NOON + 30 * MINUTE).then()
    session.done((M1, room.ResumeSession()), at=NOON + 30 * MINUTE)
    assert next_deadline(session.state) == NOON + 35 * MINUTE
    session.done((M1, AdjournSession("Thursday")), at=NOON + 31 * MINUTE)
    tick(session, NOON + 900 * MINUTE).then()
    session.done((M1, ReconveneSession()), at=NOON + 1000 * MINUTE)
    tick(session, NOON + 1004 * MINUTE - 1).then()
    tick(session, NOON + 1004 * MINUTE)
    assert told(session) == ["all"]


def test_before_the_session_begins_no_minute_counts() -> None:
    session = in_lobby(armed=True)
    assert next_deadline(session.state) is None
    tick(session, NOON + 60 * MINUTE).then()
    session.done((M1, room.StartSession()), at=NOON + 70 * MINUTE)
    assert next_deadline(session.state) == NOON + 95 * MINUTE


def test_so_many_minutes_into_its_item_an_inject_goes_to_whom_it_is_for() -> None:
    session = live(armed=True)
    assert instant_of(session.state, session.state.injects.prepared["hail"]) is None
    running(session, "i3")
    assert instant_of(session.state, session.state.injects.prepared["hail"]) == NOON + 4 * MINUTE
    tick(session, NOON + 4 * MINUTE)
    assert told(session) == ["JPN"]


def test_at_the_start_of_an_item_means_at_its_start() -> None:
    session = live().done((M1, ArmInject("hail", "item", 0, "i3")))
    running(session, "i3")
    assert next_deadline(session.state) == session.now
    assert told(tick(session, session.now)) == ["JPN"]


def test_an_items_minutes_stand_while_it_is_suspended() -> None:
    session = running(live(armed=True), "i3").done((M1, suspensions.SuspendItem("i3")), at=NOON + 3 * MINUTE)
    running(session, "i1")
    tick(session, NOON + 10 * MINUTE)
    assert told(session) == []
    session.done((M1, agenda.StartItem("i3", "i1")), at=NOON + 11 * MINUTE)
    tick(session, NOON + 12 * MINUTE - 1)
    assert told(session) == []
    assert told(tick(session, NOON + 12 * MINUTE)) == ["JPN"]


@pytest.mark.parametrize("ending", [agenda.EndItem("i3"), agenda.StartItem("i4", "i3")])
def test_an_item_that_ends_before_the_minute_leaves_its_inject_waiting_in_vain(ending: Any) -> None:
    session = running(live(armed=True), "i3")
    assert not is_missed(session.state, session.state.injects.prepared["hail"])
    session.done((M1, ending), at=NOON + 3 * MINUTE)
    assert is_missed(session.state, session.state.injects.prepared["hail"])
    tick(session, NOON + 10 * MINUTE)
    assert told(session) == []
    assert told(session.when(M1, ReleaseInject("hail"))) == ["JPN"], "the chair may still release it"


def test_an_item_that_is_left_out_leaves_its_inject_waiting_in_vain_until_it_is_armed_otherwise() -> None:
    session = live(armed=True).done((M1, agenda.SkipItem("i3", "No time")))
    assert is_missed(session.state, session.state.injects.prepared["hail"])
    session.done((M1, ArmInject("hail", "item", 1, "i4")))
    assert not is_missed(session.state, session.state.injects.prepared["hail"])


def _drafting(session: Session) -> None:
    running(session, "i4").done((JAPAN, texts.ProposeParagraph("Calm seas.")))


def _called(session: Session) -> None:
    _drafting(session)
    session.done((M1, decisions.CallConsensus()))


def _before(session: Session, event: str) -> tuple[str, Any]:
    """Play up to just before an event of UPON; who does what then brings it about."""
    if event == "agenda.item_ended":
        running(session, "i1")
        return M1, agenda.StartItem("i3", "i1")
    if event == "caucuses.began":
        running(session, "i3")
        return M1, ConveneCaucus(("JPN", "PRC"))
    if event == "seats.seat_left":
        return KOREA, seats.LeaveSeat()
    if event == "texts.paragraph_proposed":
        running(session, "i4")
        return CHINA, texts.ProposeParagraph("Calm seas.")
    if event == "decisions.consensus_called":
        _drafting(session)
        return M1, decisions.CallConsensus()
    _called(session)
    if event == "decisions.consensus_blocked":
        return CHINA, decisions.AnswerCall("c1", "object", "Never.")
    return M1, decisions.CloseCall("c1")


@pytest.mark.parametrize("event", sorted(UPON))
def test_upon_its_event_an_inject_goes_out_with_it_and_once(event: str) -> None:
    session = live()
    actor, command = _before(session, event)
    session.done((M1, ArmInject("dew", "event", 0, event)))
    tick(session, NOON + MINUTE)
    assert told(session) == [], "not before"
    session.when(actor, command)
    session.read()
    names = [name_of(one) for one in session.new]
    assert names.index(event) < names.index("news.delivered") < names.index("injects.released")
    assert told(session) == ["PRC-MFA"]
    assert status(session, "dew") == "released"


def test_an_event_that_came_before_sets_nothing_off() -> None:
    session = running(live(), "i1").done(
        (M1, agenda.EndItem("i1")), (M1, ArmInject("dew", "event", 0, "seats.seat_left"))
    )
    running(session, "i3")
    assert status(session, "dew") == "armed"
    session.done((KOREA, seats.LeaveSeat()))
    assert status(session, "dew") == "released"


def test_an_item_that_ends_with_the_session_sets_nothing_off() -> None:
    session = running(live(), "i1").done((M1, ArmInject("rain", "event", 0, "agenda.item_ended")))
    session.when(M1, room.CloseSession())
    assert [name_of(one) for one in session.new] == ["agenda.item_ended", "room.session_closed"]
    assert status(session, "rain") == "armed"


def test_what_comes_due_together_goes_out_in_the_order_in_which_it_came_due() -> None:
    session = live().done((M1, ArmInject("snow", "time", 5)), (M1, ArmInject("rain", "time", 6)))
    session.done((M1, ArmInject("hail", "time", 5)))
    assert told(tick(session, NOON + 20 * MINUTE)) == ["JPN", "ROK", "all"]


@pytest.mark.parametrize("before", [(), (ArmInject("rain"),), (HoldInject("rain"),)])
def test_the_chair_releases_by_hand_whatever_still_waits(before: tuple[Any, ...]) -> None:
    session = live().done(*((M1, command) for command in before))
    assert told(session.when(M2, ReleaseInject("rain"))) == ["all"]
    assert status(session, "rain") == "released"


def test_the_chair_may_release_to_others_than_were_planned() -> None:
    session = live()
    session.when(M1, ReleaseInject("rain", ("JPN", "PRC-MFA", "JPN-MOD", "JPN")))
    assert told(session) == ["JPN", "PRC-MFA"], "who sits for Japan gets it once"
    assert [to for to, _ in session.state.injects.prepared["rain"].news] == ["JPN", "PRC-MFA"]
    assert len({news for _, news in session.state.injects.prepared["rain"].news}) == 2
    session.when(M1, ReleaseInject("hail", ("JPN", "all")))
    assert told(session) == ["all"]
    session.when(M1, ReleaseInject("dew", ("RUS",))).refused("unknown_addressee")


def test_nothing_is_released_while_the_session_does_not_run() -> None:
    in_lobby().when(M1, ReleaseInject("rain")).refused("not_started")
    session = live().done((M1, room.PauseSession()))
    session.when(M1, ReleaseInject("rain")).refused("paused")
    session.when(M1, PlayContingency("rain")).refused("paused")
    session.done((M1, AdjournSession("Thursday")))
    session.when(M1, ReleaseInject("rain")).refused("adjourned")


# Holding, skipping


def test_what_is_held_is_not_released_until_it_is_armed_again() -> None:
    session = live(armed=True).when(M1, HoldInject("rain")).then(InjectHeld("rain"))
    session.when(M1, HoldInject("rain")).then()
    assert next_deadline(session.state) is None
    tick(session, NOON + 25 * MINUTE).then()
    session.done((M1, ArmInject("rain", "time", 26)))
    assert told(tick(session, NOON + 26 * MINUTE)) == ["all"]


def test_what_is_held_hears_no_event() -> None:
    session = live().done((M1, ArmInject("dew", "event", 0, "seats.seat_left")), (M1, HoldInject("dew")))
    session.done((KOREA, seats.LeaveSeat()))
    assert status(session, "dew") == "held"


@pytest.mark.parametrize("before", [(), (ArmInject("rain", "time", 25),), (HoldInject("rain"),)])
def test_whatever_still_waits_can_be_skipped_with_a_reason(before: tuple[Any, ...]) -> None:
    session = live().done(*((M1, command) for command in before))
    session.when(M1, SkipInject("rain", "")).refused("reason_needed")
    session.when(M1, SkipInject("rain", "The sun shines.")).then(InjectSkipped("rain", "The sun shines."))
    assert session.state.injects.prepared["rain"].outcome == "The sun shines."
    tick(session, NOON + 25 * MINUTE).then()


# After release


def test_a_contingency_is_noted_and_if_it_has_words_sent_to_the_same_addressees_once() -> None:
    session = live()
    session.when(M1, PlayContingency("rain")).refused("not_released")
    session.done((M1, ReleaseInject("rain", ("JPN", "PRC-MFA"))))
    session.when(M1, PlayContingency("rain", "It rains on."), NOON + MINUTE)
    first, second, played = session.new
    assert [(one.title, one.text, one.sender, one.to) for one in (first, second)] == [
        ("rain falls", "It rains on.", "Wire", "JPN"),
        ("rain falls", "It rains on.", "Wire", "PRC-MFA"),
    ]
    assert played == ContingencyPlayed("rain", (("JPN", first.news), ("PRC-MFA", second.news)))
    rain = session.state.injects.prepared["rain"]
    assert (len(rain.news), rain.contingency_at) == (4, NOON + MINUTE)
    session.when(M1, PlayContingency("rain")).refused("contingency_played")


def test_a_contingency_may_be_played_without_a_word_to_anybody() -> None:
    session = live().done((M1, ReleaseInject("rain")))
    session.when(M1, PlayContingency("rain")).then(ContingencyPlayed("rain", ()))


def test_a_released_inject_is_closed_with_what_came_of_it() -> None:
    session = live()
    session.when(M1, CloseInject("rain")).refused("not_released")
    session.done((M1, ReleaseInject("rain")))
    session.when(M1, CloseInject("rain", "Umbrellas.")).then(InjectClosed("rain", "Umbrellas."))
    assert session.state.injects.prepared["rain"].outcome == "Umbrellas."
    session.when(M1, CloseInject("rain")).refused("not_released")
    assert "new one" in session.when(M1, PlayContingency("rain")).refused("not_released").message


# The chair's own


def test_the_chair_writes_injects_of_the_chairs_own() -> None:
    session = live().when(M1, AddInject("Frost", "It freezes.", "Radio", ("ROK", "JPN-MOD")))
    session.then(InjectAdded("x5", "Frost", "It freezes.", "Radio", ("ROK", "JPN-MOD")))
    frost = session.state.injects.prepared["x5"]
    assert (frost.number, frost.status, frost.planned) == (5, "drafted", Trigger())
    assert told(session.when(M1, ReleaseInject("x5"))) == ["ROK", "JPN-MOD"]


@pytest.mark.parametrize(
    ("command", "code", "field"),
    [
        (AddInject("", "It freezes.", "Radio"), "text_needed", "title"),
        (AddInject("Frost", "", "Radio"), "text_needed", "text"),
        (AddInject("Frost", "It freezes.", ""), "text_needed", "sender"),
        (AddInject("Frost", "It freezes.", "Radio", ()), "nobody_addressed", "to"),
        (AddInject("Frost", "It freezes.", "Radio", ("JPN", "RUS")), "unknown_addressee", "to"),
    ],
)
def test_an_inject_needs_words_and_somebody_to_read_them(command: AddInject, code: str, field: str) -> None:
    assert live().when(M1, command).refused(code).data["field"] == field


# Who may, and who knows

EVERY = (
    AddInject("Frost", "It freezes.", "Radio"),
    ArmInject("rain"),
    ArmAsPlanned(),
    HoldInject("rain"),
    SkipInject("rain", "No time"),
    ReleaseInject("rain"),
    PlayContingency("rain"),
    CloseInject("rain"),
)


@pytest.mark.parametrize("command", EVERY, ids=lambda one: type(one).__name__)
def test_only_moderators_have_a_hand_on_injects(command: Any) -> None:
    session = live()
    for person in CAST:
        if person not in MODERATORS:
            session.when(person, command).refused("not_moderator")


@pytest.mark.parametrize("command", EVERY, ids=lambda one: type(one).__name__)
def test_a_closed_session_takes_no_more_injects(command: Any) -> None:
    live().done((M1, room.CloseSession())).when(M1, command).refused("closed")


def _played() -> Session:
    """Everything that can be done with injects before one of them is out."""
    session = live(armed=True).done((M1, AddInject("Frost", "It freezes.", "Radio", ("JPN",))))
    session.done((M1, ArmInject("rain", "time", 90)), (M1, HoldInject("hail")), (M1, SkipInject("snow", "No time")))
    return session.done((M1, ArmInject("dew", "event", 0, "seats.seat_left")))


@pytest.mark.parametrize("audience", OTHERS, ids=lambda one: one.name)
def test_nobody_else_folds_or_counts_what_is_not_released(audience: Audience) -> None:
    session, plain = _played(), Session().done((M1, opening(snapshot={**snapshot(), "injects": []})))
    own = fold(visible(session.entries, audience))
    assert (own.injects.prepared, own.news.pieces) == ({}, {})
    seen = visible(session.entries, audience)
    assert not [entry for entry in seen if name_of(entry.event).startswith(("injects.", "news."))]
    opened = visible(plain.entries, audience)
    assert [name_of(one.event) for one in seen[: len(opened)]] == [name_of(one.event) for one in opened]
    assert not any(word in repr(seen) for word in ("rain falls", "Much ", "Frost"))


@pytest.mark.parametrize("audience", OTHERS, ids=lambda one: one.name)
def test_what_comes_of_a_release_tells_nobody_of_the_inject_behind_it(audience: Audience) -> None:
    session = _played().done((M1, ReleaseInject("rain")), (M1, ReleaseInject("dew")))
    session.done((M1, PlayContingency("rain")), (M1, CloseInject("rain", "Wet.")))
    names = {name_of(entry.event) for entry in visible(session.entries, audience)}
    assert not [name for name in names if name.startswith(HIDDEN)]
    mine = [piece.to for piece in fold(visible(session.entries, audience)).news.pieces.values()]
    expected = [] if audience == WAITING else ["all"]
    assert mine == [*expected, *(["PRC-MFA"] if audience.seat == "PRC-MFA" else [])]


def test_the_moderators_know_all_of_it() -> None:
    session = _played()
    assert fold(visible(session.entries, THE_MODERATORS)).injects == session.state.injects
    assert any(isinstance(entry.event, InjectsPrepared) for entry in visible(session.entries, THE_MODERATORS))


def test_an_id_of_news_tells_neither_its_inject_nor_how_many_there_were() -> None:
    first = live().when(M1, ReleaseInject("rain")).new[0]
    other = _played().when(M1, ReleaseInject("rain"), NOON).new[0]
    assert first == other, "what happened to other injects before changes nothing in it"


def test_both_members_of_a_delegation_get_what_is_for_it() -> None:
    session = live().done((M1, ReleaseInject("hail")))
    for person in (JAPAN, JAPAN_MOD):
        seat = DELEGATES[person]
        own = fold(visible(session.entries, on_seat(seat, "JPN", officials=True)))
        assert [piece.to for piece in own.news.pieces.values()] == ["JPN"]
