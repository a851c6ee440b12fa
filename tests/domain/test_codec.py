"""Events to and from stored data. What was stored once is read for ever: `golden/events_v1.json` is never edited,
only added to."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from rooms.domain import (
    adjourning,
    agenda,
    caucus_sittings,
    caucuses,
    channels,
    checks,
    decisions,
    floor,
    forgetting,
    ground_rules,
    heads,
    history,
    injects,
    muting,
    news,
    notes,
    offices,
    presence,
    reinviting,
    room,
    rotation,
    seats,
    speakers,
    statements,
    suspensions,
    texts,
)
from rooms.domain.codec import UPCASTS, VERSIONS, canonical, from_data, name_of, to_data, version_of
from rooms.domain.fold import COMMANDS, EVENTS, INTERNAL

from . import (
    brackets_play,
    capitals_play,
    commitments_play,
    decisions_play,
    floor_play,
    forking_play,
    outputs_play,
    perceptions_play,
    positions_play,
    texts_play,
    wash_play,
)
from .play import Session, opening, snapshot

GOLDEN: dict[str, dict[str, Any]] = json.loads(
    (Path(__file__).parent.parent / "golden" / "events_v1.json").read_text(encoding="utf-8")
)
SCENARIO = {
    "slug": "harbour",
    "version": 3,
    "title": "Harbour talks",
    "moment": "Oslo, May 1998",
    "summary": "Two coasts, one harbour.",
    "brief": ("One.",),
    "format": {
        "name": "Plenary",
        "attribution": "chatham_house",
        "decision": "consensus",
        "output": "chair's summary",
        "speech_seconds": 90,
    },
    "delegations": (
        {
            "code": "JPN",
            "name": "Japan",
            "full_name": "Japan",
            "hue": 1,
            "pattern": 2,
            "optional": False,
            "seats": ({"id": "JPN-MFA", "kind": "MFA", "title": "Ministry of Foreign Affairs"},),
        },
    ),
    "issues": (
        {
            "id": "scope",
            "title": "Scope",
            "question": "How far?",
            "options": ({"id": "a", "label": "Near", "detail": "Not far."},),
            "axis": "from near to far",
            "source": {"kind": "design"},
        },
    ),
    "agenda": (
        {
            "id": "i1",
            "title": "Opening",
            "kind": "opening",
            "minutes": 5,
            "attribution": "",
            "may_speak": ("MFA",),
            "issue": "scope",
            "presenters": (),
        },
    ),
}
PACK = {"who": "Japan.", "positions": ({"issue": "scope", "acceptable": ("b", "c")},)}
EXPECTED: tuple[Any, ...] = (
    room.RoomOpened("Monday", SCENARIO, "chatham_house", True, False),
    room.PackDelivered("JPN", PACK),
    room.SessionStarted(),
    room.SessionPaused("Coffee"),
    room.SessionResumed(60_000),
    room.SessionClosed("Thank you."),
    room.AdmissionSet(True),
    adjourning.SessionAdjourned("Until Thursday.", "Thursday 26 November, 10:15, room 204"),
    adjourning.SessionReconvened(172_800_000),
    seats.PersonJoined("p1", "delegate", False),
    seats.SeatTaken("p1", "JPN-MFA", "JPN"),
    seats.SeatLeft("p1", "JPN-MFA", "JPN", "We walk out.", True),
    seats.PersonAdmitted("p1"),
    seats.PersonRemoved("p1"),
    muting.PersonMuted("p1"),
    muting.PersonUnmuted("p1"),
    reinviting.PersonReinvited("p1"),
    presence.PersonAway("p1"),
    presence.PersonBack("p1"),
    heads.HeadNamed("JPN", "JPN-MOD"),
    offices.ModeratorAppointed("p2"),
    offices.ModeratorSteppedDown("p2"),
    offices.ChairHandedOver("p2"),
    offices.RapporteurAppointed("p3"),
    offices.RapporteurReleased("p3", "observer"),
    agenda.ItemStarted("i1", 881_150_700_000),
    agenda.ItemEnded("i1"),
    suspensions.ItemSuspended("i1", "Lunch", 90_000),
    suspensions.ItemResumed("i1", 90_000, 881_150_700_000),
    rotation.RotationAnnounced("i2", ("PRC", "JPN")),
    rotation.PresenterPassed("i2", "JPN", "Absent"),
    rotation.PresenterMoved("i2", "JPN", "PRC"),
    ground_rules.RoomAttributionSet("on_the_record"),
    ground_rules.ItemAttributionSet("i2", "off_the_record"),
    agenda.ItemTimeUp("i1"),
    agenda.ItemExtended("i1", 3, 881_150_880_000),
    agenda.ItemSkipped("i2", "No time"),
    agenda.ItemAdded({"id": "added-1", "title": "Coffee", "kind": "informal", "minutes": 10}),
    agenda.ItemMoved("i4", "i2"),
    speakers.ListOpened(),
    speakers.ListClosed(),
    speakers.FloorRequested("r1", "p1", "JPN-MFA", "JPN", "statement"),
    speakers.RequestWithdrawn("r1", True),
    speakers.RequestMoved("r2", "r1"),
    floor.FloorGiven("r1", "p1", "JPN-MFA", "JPN", "statement", 881_150_520_000),
    floor.SpeechTimeUp("r1"),
    floor.SpeechEnded("r1", "JPN", "yielded", 9_000),
    statements.StatementMade("s1", "p1", "JPN-MFA", "JPN", "statement", "Calm seas — 平和 \u202e <b>", "i3"),
    statements.StatementWithdrawn("s1"),
    history.HistoryPrepared(({"heading": "", "text": "The bell rang in the end.", "sources": ()},)),
    forgetting.PersonForgotten("p1"),
    *floor_play.SAMPLES,
    *forking_play.SAMPLES,
    *commitments_play.SAMPLES,
    *capitals_play.SAMPLES,
    *outputs_play.SAMPLES,
    checks.QuestionAnswered("p1", "JPN", 0, 1, False),
    channels.SaidInDelegation("m-JPN-1", "JPN", "p1", "JPN-MFA", "Psst."),
    *positions_play.SAMPLES,
    *perceptions_play.SAMPLES,
    *wash_play.SAMPLES,
    texts.DocumentOpened("d1", "Joint text"),
    texts.ParagraphProposed("d1", "p1", "JPN", "Calm seas."),
    texts.ParagraphRevised("d1", "p1", "Calmer seas.", 2),
    texts.ParagraphWithdrawn("d1", "p1"),
    *texts_play.SAMPLES,
    *brackets_play.SAMPLES,
    decisions.ConsensusCalled(
        "c1", "d1", "Joint text", (("p1", "Calm seas."),), ("JPN", "PRC"), "consensus", 881_150_520_000, "", False
    ),
    decisions.AnswerGiven("c1", "JPN", "stand_aside", "No instructions."),
    decisions.ConsensusReached("c1", "d1"),
    decisions.ConsensusBlocked("c1", "d1", "PRC"),
    decisions.CallWithdrawn("c1", "d1"),
    *decisions_play.SAMPLES,
    caucuses.CaucusProposed("k1", ("JPN-MFA", "ROK-MFA"), "JPN", 10),
    caucuses.CaucusTopicSet("k1", ("JPN-MFA", "ROK-MFA"), False, "Fuel"),
    caucuses.CaucusCountered("k1", ("JPN-MFA", "ROK-MFA"), "ROK", 5),
    caucuses.CaucusAccepted("k1", ("JPN-MFA", "ROK-MFA"), "JPN"),
    caucuses.CaucusDeclined("k1", ("JPN-MFA", "ROK-MFA"), "JPN"),
    caucuses.CaucusLapsed("k1", ("JPN-MFA", "ROK-MFA"), "declined"),
    caucuses.CaucusBegan("k1", ("JPN-MFA", "ROK-MFA"), True, False, 881_150_700_000),
    caucuses.CaucusExtended("k1", ("JPN-MFA", "ROK-MFA"), True, 5, 881_151_000_000),
    caucuses.CaucusTimeUp("k1", ("JPN-MFA", "ROK-MFA"), True),
    caucuses.CaucusLeft("k1", ("JPN-MFA", "ROK-MFA"), True, "JPN"),
    caucuses.CaucusClosed("k1", ("JPN-MFA", "ROK-MFA"), True, "called back"),
    caucus_sittings.SaidInCaucus("k1", ("JPN-MFA", "ROK-MFA"), False, "k1-1", "p1", "JPN-MFA", "Psst."),
    caucus_sittings.BroadcastMade("b1", "k1", ("JPN-MFA", "ROK-MFA"), "m1", "Five minutes."),
    caucus_sittings.ReportDrafted("k1", ("JPN-MFA", "ROK-MFA"), False, "JPN", "We agree on fuel."),
    caucus_sittings.ReportAgreed("k1", ("JPN-MFA", "ROK-MFA"), False, "ROK"),
    caucus_sittings.CaucusReported("s2", "k1", ("JPN", "ROK"), "We agree on fuel.", "i3"),
    notes.NoteSent("n-JPN-MFA-1", "JPN-MFA", "p1", "May I speak next?"),
    notes.NoteAnswered("n-JPN-MFA-2", "JPN-MFA", "m1", "You may."),
    notes.NotePutAside("JPN-MFA"),
    notes.WordSent("n-JPN-1", "JPN", "m1", "Be brief."),
    notes.Bookmarked("b1", "A turn.", "i3"),
    notes.RefusalNoted("p1", "make_statement", "no_floor", "You do not have the floor."),
    injects.InjectsPrepared(
        ({"id": "x", "title": "News", "text": "It rains.", "from": "Wire", "to": ("all",), "when": "manual"},)
    ),
    injects.InjectAdded("x2", "Storm", "It storms.", "Wire", ("JPN", "ROK-MFA")),
    injects.InjectArmed("x", "item", 5, "i3"),
    injects.InjectHeld("x"),
    injects.InjectSkipped("x", "No time"),
    injects.InjectReleased("x", (("all", "w1"),)),
    injects.ContingencyPlayed("x", (("all", "w2"),)),
    injects.InjectClosed("x", "Nobody took it up."),
    news.NewsDelivered("w1", "News", "It rains.", "Wire", "all"),
    news.NewsSeen("w1", "all", "JPN", "JPN-MFA"),
    news.NewsAnswered("w1", "all", "JPN", "JPN-MFA", "p1", "We take an umbrella."),
)
# Looked up in a dictionary by hand, because a stored name is never renamed.
SPELLED = {
    "room": "opened pack delivered session started paused resumed closed admission set adjourned reconvened"
    f" attribution history prepared {forking_play.SPELLED}",
    "seats": "person joined seat taken left admitted removed muted unmuted reinvited away back head named moderator"
    " appointed stepped down chair handed over rapporteur released capital forgotten",
    "agenda": "item started ended suspended resumed time up extended skipped added moved attribution set rotation"
    " announced presenter passed",
    "floor": "list opened closed requested request withdrawn moved given speech time up extended ended statement made"
    f" seconds set {floor_play.SPELLED}",
    "channels": "said in delegation",
    "checks": "question answered",
    "forks": "made",
    "outputs": outputs_play.SPELLED,
    "commitments": commitments_play.SPELLED,
    **capitals_play.SPELLED,
    "positions": "declared noted note taken back",
    "perceptions": perceptions_play.SPELLED,
    **wash_play.SPELLED,
    **texts_play.SPELLED,
    **brackets_play.SPELLED,
    "decisions": decisions_play.SPELLED,
    "caucuses": "proposed topic set countered accepted declined lapsed began extended time up left closed said"
    " broadcast made report drafted agreed reported",
    "notes": "sent answered put aside word bookmarked refusal noted",
    "injects": "prepared added armed held skipped released contingency played closed",
    "news": "delivered seen answered",
}


def test_every_event_has_a_golden_sample_and_no_sample_is_of_nothing() -> None:
    assert set(GOLDEN) == set(EVENTS)
    assert {name_of(event) for event in EXPECTED} == set(EVENTS)
    assert len(EXPECTED) == len(EVENTS)


@pytest.mark.parametrize("expected", EXPECTED, ids=name_of)
def test_what_was_stored_once_is_still_read(expected: Any) -> None:
    stored = GOLDEN[name_of(expected)]
    assert from_data(name_of(expected), stored["version"], stored["data"]) == expected


@pytest.mark.parametrize("expected", EXPECTED, ids=name_of)
def test_what_is_written_now_has_the_stored_shape(expected: Any) -> None:
    stored = GOLDEN[name_of(expected)]
    if version_of(name_of(expected)) == stored["version"]:
        assert canonical(to_data(expected)) == canonical(stored["data"])


def test_a_room_stored_at_version_one_still_opens() -> None:
    session = Session().given(from_data("room.opened", 1, GOLDEN["room.opened"]["data"]))
    prepared, agenda_now = session.state.prepared, session.state.agenda
    assert (prepared.scenario, prepared.version, prepared.speech_seconds) == ("harbour", 3, 90)
    assert [seat.id for one in prepared.delegations for seat in one.seats] == ["JPN-MFA"]
    assert [option.label for issue in prepared.issues for option in issue.options] == ["Near"]
    assert [(item.id, item.minutes, item.may_speak) for item in agenda_now.items] == [("i1", 5, ("MFA",))]


def test_every_older_version_is_lifted() -> None:
    assert set(VERSIONS) <= set(EVENTS)
    assert {(name, older) for name, now in VERSIONS.items() for older in range(1, now)} == set(UPCASTS)


@pytest.mark.parametrize("name", sorted(EVENTS))
def test_an_events_name_is_its_matter_and_a_deed_rightly_spelled(name: str) -> None:
    assert re.fullmatch(r"[a-z]+\.[a-z]+(_[a-z]+)*", name)
    matter, deed = name.split(".")
    assert set(deed.split("_")) <= set(SPELLED[matter].split())


@pytest.mark.parametrize("name", sorted({**COMMANDS, **INTERNAL}))
def test_a_commands_name_is_the_name_of_its_class(name: str) -> None:
    kind = {**COMMANDS, **INTERNAL}[name][0]
    assert "".join(part.capitalize() for part in name.split("_")) == kind.__name__
    assert kind.__doc__, "it says payload, effect and who may"


def test_reading_does_not_touch_what_was_read() -> None:
    data = {"delegation": "JPN", "pack": {"positions": [{"acceptable": ["b"]}]}}
    event = from_data("room.pack_delivered", 1, data)
    data["pack"]["positions"].append("Edited later.")  # type: ignore[index]
    assert event.pack == {"positions": ({"acceptable": ("b",)},)}


def test_unknown_names_and_unknown_fields_are_not_read() -> None:
    with pytest.raises(KeyError):
        from_data("floor.taken", 1, {})
    with pytest.raises(TypeError):
        from_data("room.session_started", 1, {"loudly": True})


def test_canonical_data_has_one_spelling() -> None:
    assert (
        canonical({"b": (1, 2), "a": "平和"})
        == canonical({"a": "平和", "b": [1, 2]})
        == '{"a":"平和","b":[1,2]}'.encode()
    )


def test_an_opened_room_reads_back_as_it_was_written(nothing: Session) -> None:
    nothing.when("m1", opening())
    for event in nothing.new:
        stored = json.loads(canonical(to_data(event)))
        assert from_data(name_of(event), 1, stored) == event
    assert json.loads(canonical(nothing.new[1].pack)) == snapshot()["packs"]["JPN"]
