"""The hot wash in the report: phases with their times, the board, moments; counted again from the record."""

from rooms.debrief import timeline, wash_page, wash_tables
from rooms.debrief.measures import report
from rooms.debrief.report_wash import MomentReport, NoteReport, PhaseReport, WashReport
from rooms.debrief.timeline import walk
from rooms.domain import agenda, ground_rules, hot_wash, notes, sharing
from rooms.domain.attribution import readable
from rooms.domain.hot_wash import AddWashNote, NoteAdded, TurnToPhase
from rooms.domain.record import Entry
from rooms.domain.sight import OBSERVERS, THE_MODERATORS
from tests.domain.play import CHINA, DELEGATES, JAPAN, M1, MINUTE, NOON, OBSERVER, Session, cast_live
from tests.domain.wash_play import closed


def played(rule: str = "chatham_house") -> Session:
    """A hot wash after the session, a minute a step; in the item before it, one note."""
    session = cast_live().done((M1, ground_rules.SetAttribution(rule)))
    session.done((M1, agenda.StartItem("i1")), (M1, notes.SetBookmark("Here it *turned*.")), at=NOON)
    session.done((M1, agenda.AddItem("Wash", "hot_wash", 5)), (M1, agenda.StartItem("added-1", "i1")))
    session.done((M1, hot_wash.BeginHotWash()), (JAPAN, AddWashNote("plus", "In its item.")), at=NOON + MINUTE)
    closed(session)
    session.done((M1, TurnToPhase("happened")), (JAPAN, hot_wash.StepOutOfRole()), at=NOON + 2 * MINUTE)
    session.done((OBSERVER, AddWashNote("note", "=SUM(1)")), (CHINA, AddWashNote("delta", "Less talk.")))
    session.done((CHINA, AddWashNote("delta", "It names somebody.")), (M1, hot_wash.TakeUpBookmark("b1")))
    down = session.state.hot_wash.board[-1].id
    session.done((M1, hot_wash.TakeDownNote(down, "It does.")), (M1, TurnToPhase("happened")), at=NOON + 3 * MINUTE)
    session.done((M1, TurnToPhase("role")), at=NOON + 4 * MINUTE)
    session.done((M1, hot_wash.EndHotWash()), at=NOON + 5 * MINUTE)
    return session.done((M1, hot_wash.BeginHotWash()), at=NOON + 6 * MINUTE)


def read(session: Session) -> list[Entry]:
    return readable(session.entries, OBSERVERS, assesses=False)


def cursor_of(entries: list[Entry], fits: object, nth: int = 0) -> int:
    return [n for n, one in enumerate(entries, start=1) if one.event == fits][nth]


def test_a_session_without_one_says_nothing_of_it() -> None:
    entries = closed(cast_live()).entries
    assert report(entries).wash == WashReport()
    assert list(wash_page.hot_wash(report(entries))) == []


def test_each_stretch_of_a_phase_has_its_times_and_its_moment() -> None:
    entries = read(played())
    phases = report(entries).wash.phases
    assert [(one.phase, one.at - NOON, one.until and one.until - NOON) for one in phases] == [
        ("role", MINUTE, 2 * MINUTE),
        ("happened", 2 * MINUTE, 4 * MINUTE),
        ("role", 4 * MINUTE, 5 * MINUTE),
        ("role", 6 * MINUTE, None),
    ]
    for phase, fold_of in ((one, one.cursor) for one in phases):
        *_, (_, entry, _, after) = walk(entries[:fold_of])
        assert (entry.at, after.hot_wash.phase) == (phase.at, phase.phase)
    assert phases[1] == PhaseReport(
        "happened",
        "What happened",
        "What happened, as you saw it?",
        NOON + 2 * MINUTE,
        NOON + 4 * MINUTE,
        phases[1].cursor,
        2,
    )


def test_the_board_is_counted_as_the_record_has_it() -> None:
    entries = read(played())
    wash = report(entries).wash
    added = [one.event.text for one in entries if isinstance(one.event, NoteAdded)]
    assert sorted(one.text for one in wash.notes) == sorted(added) == ["=SUM(1)", "In its item.", "Less talk."]
    assert [len(one) for one in (wash.plus, wash.delta, wash.thoughts)] == [1, 1, 1]
    assert (wash.out, wash.of) == (1, len(DELEGATES))
    assert wash.finding == "1 thing to keep, 1 to change"
    delta = cursor_of(entries, next(one.event for one in entries if getattr(one.event, "kind", "") == "delta"))
    assert wash.delta == (NoteReport("delta", "happened", "What happened", "Less talk.", NOON + 2 * MINUTE, delta),)


def test_a_moment_is_told_once_with_where_it_lies() -> None:
    session = played().done((M1, hot_wash.TakeUpBookmark("b1")))
    [moment] = report(read(session)).wash.moments
    assert moment == MomentReport("Here it *turned*.", "i1", "Item i1", NOON, NOON + 2 * MINUTE, moment.cursor)


def test_off_the_record_there_is_no_board_and_no_trace_of_one() -> None:
    session = played("off_the_record")
    wash = report(read(session)).wash
    assert (wash.notes, wash.moments, wash.taken_down) == ((), (), 0)
    assert [one.notes for one in wash.phases] == [0] * 4
    assert "Less talk." not in repr(report(read(session)))
    assessed = report(readable(session.entries, THE_MODERATORS, assesses=True)).wash
    assert (len(assessed.notes), assessed.taken_down) == (3, 1)


def test_the_timeline_tells_phases_and_moments_but_no_note_and_nobody() -> None:
    session = played().done((M1, sharing.SharePart("history", "all")), (M1, sharing.SharePart("floor", "chair")))
    told = [one.sentence for one in report(session.entries).timeline]
    assert [one for one in told if "hot wash" in one or "took up" in one or "debrief" in one or "board" in one] == [
        "The hot wash began with “Step out of role”.",
        "The hot wash turned to “What happened”.",
        "The chair took up a moment: Here it *turned*.",
        "The chair took a note off the board.",
        "The hot wash turned to “Step out of role”.",
        "The hot wash ended, with three notes on its board.",
        "The hot wash went on with “Step out of role”.",
        "The chair shared “What in fact happened” of the debrief with everybody who was let in.",
        "The chair kept “The floor” of the debrief for the moderators.",
    ]
    assert not [kind for kind in (hot_wash.NoteAdded, hot_wash.RoleLeft) if kind in timeline.TELLERS]


def test_the_tables_have_a_row_for_each_and_the_page_every_note() -> None:
    made = report(read(played()))
    rows = {name: list(each) for name, each in wash_tables.rows(made).items()}
    assert {name: len(each) for name, each in rows.items()} == {
        "hot_wash_phases": 4,
        "hot_wash_notes": 3,
        "hot_wash_moments": 1,
    }
    for name, each in rows.items():
        assert {len(row) for row in each} == {len(wash_tables.COLUMNS[name])}
    page = "\n".join(wash_page.hot_wash(made))
    assert "Here it \\*turned\\*." in page
    assert "- Less talk. (What happened)" in page
    assert "1 of 5 who played somebody stepped out of role." in page
