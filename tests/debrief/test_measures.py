"""Every number of the report, against the numbers of a session that was counted by hand or in another way."""

from collections import Counter
from dataclasses import asdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rooms.debrief import wording
from rooms.debrief.measures import report
from rooms.debrief.report import Report
from rooms.debrief.timeline import KINDS
from rooms.domain import (
    adjourning,
    agenda,
    attribution,
    channels,
    decisions,
    floor,
    fold,
    room,
    seats,
    sight,
    speakers,
    speeches,
    statements,
    texts,
)
from tests.debrief.session import MINUTE, NINE, SECOND, Session, plenary


@pytest.fixture(scope="module")
def played() -> Session:
    return plenary()


@pytest.fixture(scope="module")
def full(played: Session) -> Report:
    """What the moderator reads."""
    return report(played.seen_by(sight.THE_MODERATORS))


@pytest.fixture(scope="module")
def redacted(played: Session) -> Report:
    """What everybody else reads."""
    return report(attribution.afterwards(played.seen_by(sight.OBSERVERS)))


def short(**answers: str) -> Session:
    """Three delegations, a text of two paragraphs, and a call if there are answers to it."""
    played = Session(codes=("PRC", "JPN", "USA"))
    played.sit("PRC-MFA", "JPN-MFA", "USA-MFA")
    played.chair(room.StartSession())
    played.start("i4")
    played.proposes("PRC-MFA", "We met.")
    played.proposes("USA-MFA", "We shall meet.")
    if answers:
        played.calls(**answers)
    return played


def headline(played: Session) -> str:
    return report(played.entries).headline


def test_the_headline_tells_the_outcome(full: Report, redacted: Report) -> None:
    assert full.headline == "Three delegations adopted a text of two paragraphs; Japan stood aside."
    assert redacted.headline == full.headline


def test_the_headline_counts_only_who_joined() -> None:
    played = short(PRC="join", JPN="stand_aside: Hm.")
    played.tick(3 * MINUTE)
    assert headline(played) == (
        "One delegation adopted a text of two paragraphs; Japan stood aside; the United States did not answer."
    )


def test_silence_alone_adopts_but_nobody_is_said_to_have_joined() -> None:
    played = short(PRC="stand_aside: Hm.")
    played.tick(3 * MINUTE)
    assert headline(played) == (
        "A text of two paragraphs was adopted without objection, and no delegation joined it expressly; "
        "China stood aside; Japan and the United States did not answer."
    )


def test_the_headline_without_a_text_adopted() -> None:
    assert headline(short()) == "No text was put to the delegations."
    assert headline(short(PRC="object: Never.")) == "No text was adopted: China objected."
    pending = short(PRC="join")
    assert headline(pending) == "No text has been adopted so far: a call is still open."
    twice = short(PRC="object: Never.")
    twice.calls(USA="object: Nor we.")
    assert headline(twice) == "No text was adopted: China and the United States objected."


def test_the_headline_of_a_call_taken_back() -> None:
    played = short(PRC="join")
    played.chair(decisions.WithdrawCall("c1"))
    assert headline(played) == "No text was adopted: the chair took the call back."
    assert report(played.entries).calls[0].result == "The chair took the call back."


def test_the_headline_of_two_texts() -> None:
    played = short(PRC="join", JPN="join", USA="stand_aside: Hm.")
    played.chair(texts.OpenDocument("Annex"))
    played.proposes("JPN-MFA", "And more.")
    played.calls(PRC="join", JPN="join", USA="join")
    assert headline(played) == (
        "Two texts were adopted, three paragraphs in all; the United States stood aside at least once."
    )


def test_a_text_is_called_what_the_room_calls_it(full: Report) -> None:
    assert full.texts[0].label == "Joint text. Adopted by consensus on 3 December 1997. It binds nobody."
    put = report(short(PRC="join").entries).texts[0].label
    assert put == "Draft joint text. Put to the delegations for consensus. The text is frozen."


def test_time_in_session_leaves_out_the_pause(full: Report) -> None:
    assert (full.live_ms, full.paused_ms) == ((1077 - 180) * SECOND, 180 * SECOND)
    assert (full.started_at, full.closed_at) == (NINE, NINE + 1077 * SECOND)


def test_days_adjourned_are_neither_session_nor_pause() -> None:
    played = Session()
    played.sit("PRC-MFA")
    played.chair(room.StartSession())
    played.start("i2", 10 * SECOND)
    played.chair(room.PauseSession(), 20 * SECOND)
    played.chair(adjourning.AdjournSession("Thursday, 10:15"), 60 * SECOND)
    played.chair(adjourning.ReconveneSession(), 2880 * 60 * SECOND)
    played.chair(adjourning.AdjournSession("Friday, 10:15"), 40 * SECOND)
    told = report(played.entries)
    assert told.adjourned_ms == 2880 * 60 * SECOND
    played.close("", 1440 * 60 * SECOND)
    told = report(played.entries)

    assert (told.live_ms, told.paused_ms) == (70 * SECOND, 60 * SECOND)
    assert told.adjourned_ms == (2880 + 1440) * 60 * SECOND
    assert told.agenda[1].actual_ms == 60 * SECOND
    sentences = [one.sentence for one in told.timeline]
    assert "The session was adjourned until Thursday, 10:15." in sentences
    assert "The session was reconvened." in sentences


def test_a_session_closed_in_a_pause_lasted_until_the_pause() -> None:
    played = Session()
    played.sit("PRC-MFA")
    played.chair(room.StartSession())
    played.start("i2", 10 * SECOND)
    played.chair(room.PauseSession(), 20 * SECOND)
    played.close("", 100 * SECOND)
    told = report(played.entries)

    assert (told.live_ms, told.paused_ms) == (30 * SECOND, 100 * SECOND)
    assert told.agenda[1].actual_ms == 20 * SECOND


def test_the_rules_in_force_are_told_in_full_words(full: Report) -> None:
    assert (full.rules.format_name, full.rules.decision, full.rules.output) == (
        "NEACD plenary",
        "consensus",
        "chair's summary",
    )
    assert full.rules.words == attribution.in_full_words("chatham_house")
    assert [(one.item, one.attribution) for one in full.rules.items] == [
        ("i1", "on_the_record"),
        ("i3", "off_the_record"),
        ("i5", "on_the_record"),
    ]


def test_positions_from_first_to_last(full: Report) -> None:
    scope, pace = full.issues
    paths = {path.delegation: path for path in scope.paths}

    assert [(one.preferred, one.place) for one in paths["JPN"].filed] == [("d", 4), ("b", 2), ("c", 3)]
    japan, china = paths["JPN"], paths["PRC"]
    assert (japan.changes, japan.moves, japan.moved, japan.travelled) == (2, 2, -1, 3)
    assert (china.changes, china.moves, china.moved, china.travelled) == (1, 1, 1, 1)
    assert (japan.first.label, japan.last.label) == ("All policy", "All forces")
    assert scope.silent == ("ROK", "RUS")  # Russia's private position is not a public one
    assert asdict(scope.at_start) == {"n": 2, "options": 2, "lowest": 1, "highest": 4, "width": 4}
    assert asdict(scope.at_end) == {"n": 2, "options": 2, "lowest": 2, "highest": 3, "width": 2}
    assert scope.finding == (
        "Two delegations filed a position, two moved to another option. "
        "The preferred options covered 4 of 4 places at first, 2 at the end."
    )
    assert pace.finding.startswith("One delegation filed a position, none moved to another option.")


def test_positions_agree_with_the_room_at_the_end(played: Session, full: Report) -> None:
    for issue in full.issues:
        for path in issue.paths:
            held = played.state.positions.public_of(path.delegation, issue.id)
            assert (path.last.preferred, path.changes) == (held.preferred, held.changes)


def test_an_issue_without_positions_says_so() -> None:
    told = report(short().entries).issues[0]
    assert (told.paths, told.at_start, told.finding) == ((), None, "No delegation filed a public position.")


def test_each_call_is_told_with_text_answers_and_reasons(full: Report) -> None:
    blocked, adopted = full.calls

    assert [(one.number, one.text) for one in blocked.put] == [
        (1, "We met."),
        (2, "We shall meet."),
        (3, "The chair thanks all."),
    ]
    assert (blocked.status, blocked.result) == ("objection", "Not adopted: Russia objected.")
    assert [(one.delegation, one.answer, one.reason) for one in blocked.answers] == [
        ("PRC", "join", ""),
        ("JPN", "silent", ""),
        ("ROK", "silent", ""),
        ("RUS", "object", "The second goes too far."),
    ]
    assert [one.text for one in adopted.put] == ["We met.", "We may meet."]
    assert Counter(one.answer for one in adopted.answers) == {"join": 3, "stand_aside": 1}
    assert adopted.ended_at == NINE + 962 * SECOND


def test_the_adopted_text_says_who_proposed_each_paragraph(full: Report) -> None:
    (text,) = full.adopted

    assert [(one.number, one.text, one.proposer_name, one.versions) for one in text.paragraphs] == [
        (1, "We met.", "China", 1),
        (2, "We may meet.", "Japan", 2),
    ]
    assert text.taken_off == 1
    assert [(one.name, one.reason) for one in full.stand_asides] == [("Japan", "Too weak.")]


def test_speaking_time_by_delegation(played: Session, full: Report) -> None:
    seconds = {line.delegation: line.ms / SECOND for line in full.speaking}

    assert seconds == {"PRC": 40, "JPN": 60, "ROK": 50, "RUS": 20, "USA": 0}
    assert {line.delegation: line.ms for line in full.speaking if line.ms} == dict(played.state.floor.spoken_ms)
    assert {line.delegation: line.speeches for line in full.speaking if line.speeches} == dict(
        played.state.floor.speeches
    )
    assert sum(line.share for line in full.speaking) == pytest.approx(1)
    assert full.speaking_ms == 170 * SECOND


def test_nobody_has_a_share_of_no_time() -> None:
    assert {line.share for line in report(short().entries).speaking} == {None}


def test_statements_are_counted_by_who_made_them(full: Report, redacted: Report) -> None:
    assert asdict(full.said) == {"total": 5, "by_chair": 1, "by_delegations": 4, "unnamed": 0, "withdrawn": 0}
    assert asdict(redacted.said) == {"total": 4, "by_chair": 1, "by_delegations": 1, "unnamed": 2, "withdrawn": 0}


def test_a_withdrawn_statement_is_marked() -> None:
    played = Session("on_the_record")
    played.sit("PRC-MFA")
    played.chair(room.StartSession())
    played.says("PRC-MFA", "Never mind.")
    played.act("prc-mfa", statements.WithdrawStatement("s1"))
    told = report(played.entries)

    assert (told.said.withdrawn, told.statements[0].withdrawn) == (1, True)
    assert told.timeline[-1].sentence == "China withdrew a statement."


def test_the_agenda_planned_and_actual(full: Report) -> None:
    assert [(one.planned_minutes, one.actual_ms // SECOND, one.status) for one in full.agenda] == [
        (2, 120, "done"),
        (10, 420, "done"),  # ten minutes by the clock on the wall, three of them in the pause
        (5, 180, "done"),
        (10, 117, "done"),
        (5, 60, "done"),
    ]
    assert sum(one.actual_ms for one in full.agenda) == full.live_ms


def test_items_that_never_began_were_extended_or_left_out() -> None:
    played = Session()
    played.sit("PRC-MFA")
    played.chair(room.StartSession())
    played.start("i1")
    played.chair(agenda.ExtendItem("i1", 7))
    played.chair(agenda.SkipItem("i2", "No time"))
    told = report(played.entries).agenda

    assert (told[0].extended_minutes, told[0].ended_at) == (7, None)
    assert (told[1].status, told[1].note, told[1].actual_ms) == ("skipped", "No time", None)
    assert told[2].status == "planned"


def test_every_line_of_the_timeline_opens_the_room_at_that_moment(played: Session, full: Report) -> None:
    entries = played.seen_by(sight.THE_MODERATORS)
    for moment in full.timeline:
        state = fold.fold(entries[: moment.cursor])
        assert (state.count, state.at) == (moment.cursor, moment.at)
    # Of caucuses, injects and bookmarks there are none here: see test_beside.
    assert {moment.kind for moment in full.timeline} == set(KINDS) - {"caucuses", "injects", "commitments", "bookmarks"}


def test_the_timeline_speaks_plainly(full: Report, redacted: Report) -> None:
    told = [moment.sentence for moment in full.timeline]
    for sentence in (
        "The session went on after 3 min.",
        "“Discussion” ended after 7 min.",
        "“Coffee” began. The rule: Off the record.",
        "Japan said: “We want more.”",
        "Japan moved on “Scope” from “All policy” to “Military contacts”.",
        "Japan reworded paragraph 2: “We may meet.”",
        "The chair put “Joint text”, three paragraphs, to four delegations.",
        "“Joint text” was not adopted: Russia objected.",
        "Japan stood aside: Too weak.",
    ):
        assert sentence in told
    assert "Somebody said: “We want more.”" in [moment.sentence for moment in redacted.timeline]


def test_a_participant_is_the_agreed_description_where_nothing_is_for_attribution() -> None:
    played = Session("not_for_attribution")
    played.sit("PRC-MFA")
    played.chair(room.StartSession())
    played.start("i2")
    played.says("PRC-MFA", "Why not?", kind="question")
    played.close()
    told = report(attribution.afterwards(played.entries))

    assert told.statements[0].speaker == "A participant"
    assert "A participant asked: “Why not?”" in [moment.sentence for moment in told.timeline]


def test_every_event_of_the_rules_can_be_told() -> None:
    played = Session("on_the_record")
    played.sit("PRC-MFA", "JPN-MFA")
    played.act("watcher", seats.JoinRoom("observer"))
    played.chair(room.StartSession())
    played.chair(speakers.CloseList())
    played.chair(speakers.OpenList())
    played.chair(speeches.SetSpeechSeconds(90))
    played.start("i2")
    played.tick(11 * MINUTE)
    played.chair(floor.CallOn("PRC-MFA"))
    played.act("prc-mfa", floor.YieldFloor(), 45 * SECOND)
    played.chair(agenda.AddItem("Hot wash", "hot_wash", 5))
    played.chair(agenda.MoveItem("added-1", "i3"))
    played.chair(agenda.SkipItem("i3", "No coffee"))
    played.act("prc-mfa", seats.LeaveSeat("Enough."))
    played.chair(seats.RemovePerson("watcher"))
    played.files("JPN-MFA", "scope", "a")
    played.files("JPN-MFA", "scope", "a", reason="Because.")
    told = [moment.sentence for moment in report(played.entries).timeline]

    assert told[-14:] == [
        "The speakers' list was closed to new names.",
        "The speakers' list was opened.",
        "Speeches were set to 1 min 30 s.",
        "“Discussion” began. The rule: On the record.",
        "The time planned for “Discussion” was up.",
        "China had the floor (PRC-MFA).",
        "China spoke for 45 s.",
        "“Hot wash” was added to the agenda.",
        "“Hot wash” was moved before “Coffee”.",
        "“Coffee” was left out: No coffee.",
        "Somebody left the seat PRC-MFA of China: Enough.",
        "The chair removed somebody from the room.",
        "Japan declared on “Scope”: “Incidents at sea”.",
        "Japan filed its position on “Scope” again, still “Incidents at sea”.",
    ]


def test_the_limits_tell_what_is_missing(full: Report, redacted: Report) -> None:
    common = (
        "Nobody sat for the United States.",
        "Only public positions are counted; first and last mean the first and the last one filed.",
        "Japan filed no public position on one of two issues.",
        "South Korea filed no public position.",
        "Russia filed no public position.",
        "One session of one group: what another group would do cannot be inferred from it.",
        "What came before or after something is told as a sequence; that one brought about the other is in no record.",
        "What was said without the floor, or by word of mouth in a caucus, nobody wrote down; a caucus leaves its"
        " members, its length and the line that it brought back.",
    )
    assert full.limits == ("Four delegations took part: counts and ranges, no more.", *common)
    assert redacted.limits == (
        "Four delegations took part: counts and ranges, no more.",
        "Speaking time is not shown by delegation for items under the Chatham House Rule.",
        "A statement whose speaker may not be named stands at the end of its item; its words are not edited.",
        "Of what was off the record, only that it took place and how long is shown.",
        *common,
        "Caucuses that were not announced, or met off the record, are in no count.",
        "Notes, telegrams and what was said aside are left out, and with them some of what each side knew.",
    )


def test_the_limits_of_a_session_that_still_runs_and_was_partly_only_spoken() -> None:
    played = Session("on_the_record", codes=("PRC", "JPN"))
    played.sit("PRC-MFA", "JPN-MFA")
    played.chair(room.StartSession())
    played.chair(floor.CallOn("PRC-MFA"))
    played.act("prc-mfa", floor.YieldFloor(), SECOND)

    limits = report(played.entries).limits
    assert "The session is not closed; everything here is as it stood at the last entry." in limits
    assert "One speech left no text: only what was typed or noted down is in the record." in limits


def test_only_the_assessment_record_names_speakers(full: Report, redacted: Report) -> None:
    assert full.names_speakers
    assert not redacted.names_speakers
    assert "We want more." in [one.text for one in redacted.statements if not one.delegation]


def test_what_a_delegation_keeps_to_itself_is_not_in_its_own_report_either(played: Session) -> None:
    private = Session()
    private.sit("PRC-MFA", "JPN-MFA")
    private.act("prc-mfa", channels.SayInDelegation("Our secret line"))
    private.files("PRC-MFA", "scope", "c", public=False, reason="Our secret reason")
    told = repr(report(private.seen_by(sight.members_of("PRC"))))

    assert "secret" not in told


@given(st.integers(0, 66))
@settings(deadline=None)
def test_a_report_can_be_made_at_any_moment(length: int) -> None:
    entries = plenary().entries[:length]
    told = report(entries)

    assert told.live_ms >= 0
    assert told.speaking_ms == sum(one.event.spoken_ms for one in entries if isinstance(one.event, floor.SpeechEnded))


def test_numbers_lists_and_lengths_read_like_words() -> None:
    assert [wording.number(n) for n in (0, 1, 12, 13)] == ["no", "one", "twelve", "13"]
    assert [wording.listed(names) for names in ([], ["A"], ["A", "B"], ["A", "B", "C"])] == [
        "",
        "A",
        "A and B",
        "A, B and C",
    ]
    assert [wording.lasting(ms) for ms in (0, 59_400, 60_000, 3_661_000)] == ["0 s", "59 s", "1 min", "61 min 1 s"]
    assert wording.instant(NINE + 5) == "1997-12-03T00:00:00.005Z"
    assert wording.instant(None) == ""
    assert wording.excerpt("a\n b" + "c" * 200) == "a b" + "c" * 136 + "…"
