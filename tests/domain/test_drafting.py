"""Words not yet tabled: kept, reworded, dropped, tabled; and nobody else's."""

import pytest

from rooms.domain import room, seats
from rooms.domain.decisions import CallConsensus
from rooms.domain.drafting import MOST, DraftDropped, DraftKept, DropDraft, KeepDraft, TableDraft
from rooms.domain.fold import fold
from rooms.domain.seals import seal
from rooms.domain.shelving import ShelveDocument
from rooms.domain.sight import OBSERVERS, THE_MODERATORS, Audience, audience_of, members_of, visible
from rooms.domain.state import RoomState
from rooms.domain.texts import OpenDocument, ParagraphProposed, ProposeParagraph, WithdrawParagraph

from .drafted import chairs, drafted, on_table
from .play import CHINA, JAPAN, JAPAN_MOD, KOREA, M1, M2, NOON, Session

FIRST, SECOND = seal("f", "JPN", 1), seal("f", "JPN", 2)


def seen_by(session: Session, audience: Audience) -> RoomState:
    return fold(visible(session.entries, audience))


@pytest.fixture
def kept(session: Session) -> Session:
    return session.done((JAPAN, KeepDraft("Ours alone.", title="On seas")))


def test_a_delegation_keeps_words_for_itself(session: Session) -> None:
    session.when(JAPAN, KeepDraft("Ours alone.", title="On seas")).then(
        DraftKept(FIRST, "JPN", "On seas", "Ours alone.", "", "")
    )
    session.when(JAPAN_MOD, KeepDraft("More.", paragraph="p1")).then(DraftKept(SECOND, "JPN", "", "More.", "", ""))
    assert [one.id for one in session.state.drafts.of("JPN")] == [FIRST, SECOND]


def test_whoever_of_the_delegation_goes_on_with_it(kept: Session) -> None:
    kept.done((JAPAN_MOD, KeepDraft("Ours, still.", FIRST, "On seas", "", 1)), at=NOON + 1)
    draft = kept.state.drafts.draft("JPN", FIRST)
    assert draft is not None
    assert (draft.text, draft.version, draft.at) == ("Ours, still.", 2, NOON + 1)
    kept.when(JAPAN, KeepDraft("Ours, still.", FIRST, "On seas", "", 2)).then()


def test_two_of_a_delegation_write_at_once_and_no_wording_is_lost(kept: Session) -> None:
    kept.done((JAPAN_MOD, KeepDraft("Ours, still.", FIRST, seen=1)))
    refusal = kept.when(JAPAN, KeepDraft("Mine.", FIRST, seen=1)).refused("changed_meanwhile")
    assert refusal.data == {"draft": FIRST, "text": "Ours, still.", "version": 2}
    kept.when(JAPAN, KeepDraft("Mine.", FIRST)).refused("changed_meanwhile")


def test_a_draft_says_something_and_there_are_only_so_many(session: Session) -> None:
    session.when(JAPAN, KeepDraft("")).refused("text_needed")
    session.done(*[(JAPAN, KeepDraft(f"Number {n}.")) for n in range(MOST)])
    session.when(JAPAN, KeepDraft("One more.")).refused("drafts_full")
    session.done((JAPAN, DropDraft(FIRST)), (JAPAN, KeepDraft("One more.")))
    ids = [one.id for one in session.state.drafts.of("JPN")]
    assert len({*ids, FIRST}) == MOST + 1, "an id is never given twice"


def test_it_is_dropped_by_whose_it_is(kept: Session) -> None:
    for person in (CHINA, M1):
        kept.when(person, DropDraft(FIRST)).refused("unknown_draft")
    kept.when(JAPAN_MOD, DropDraft(FIRST)).then(DraftDropped(FIRST, "JPN"))
    for command in (DropDraft(FIRST), TableDraft(FIRST), KeepDraft("Again.", FIRST, seen=1)):
        kept.when(JAPAN, command).refused("unknown_draft")


def test_of_a_strangers_draft_and_of_none_the_refusal_says_the_same(kept: Session) -> None:
    for command in (DropDraft, TableDraft):
        told = [kept.when(CHINA, command(one)).refused("unknown_draft").as_data() for one in (FIRST, "f-none")]
        assert told[0] == told[1]


# Tabled


def test_a_draft_becomes_a_paragraph_that_all_read(kept: Session) -> None:
    kept.when(JAPAN, TableDraft(FIRST)).refused("no_text")
    kept.done((M1, OpenDocument("Draft")))
    kept.when(JAPAN, TableDraft(FIRST, "preambular")).then(
        ParagraphProposed("d1", "p1", "JPN", "Ours alone.", "preambular"), DraftDropped(FIRST, "JPN")
    )
    assert kept.state.drafts.of("JPN") == ()
    kept.when(JAPAN, TableDraft(FIRST)).refused("unknown_draft")


def test_what_was_drafted_about_a_paragraph_goes_behind_it_while_it_stands(session: Session) -> None:
    drafted(session).done((JAPAN, KeepDraft("Behind.", paragraph="p2")), (JAPAN, KeepDraft("Last.", paragraph="p1")))
    session.done((JAPAN, WithdrawParagraph("p1")), (JAPAN, TableDraft(FIRST)), (JAPAN, TableDraft(SECOND)))
    assert [one.text for one in on_table(session).standing] == ["Open ports.", "Behind.", "In good faith.", "Last."]


def test_what_was_drafted_about_one_text_is_not_put_behind_a_paragraph_of_another(session: Session) -> None:
    drafted(session).when(JAPAN, KeepDraft("Ours.", paragraph="p1")).then(
        DraftKept(FIRST, "JPN", "", "Ours.", "p1", "d1")
    )
    session.done((M1, ShelveDocument()), (M1, OpenDocument("Second")))
    session.done((CHINA, ProposeParagraph("Elsewhere.")), (CHINA, ProposeParagraph("And here.")))
    session.when(JAPAN, KeepDraft("Ours, still.", FIRST, "", "p1", 1)).then(
        DraftKept(FIRST, "JPN", "", "Ours, still.", "p1", "d1")
    )
    session.when(JAPAN, TableDraft(FIRST)).then(
        ParagraphProposed("d2", "p3", "JPN", "Ours, still."), DraftDropped(FIRST, "JPN")
    )


def test_what_cannot_be_tabled_stays_a_draft(kept: Session) -> None:
    drafted(kept).done((M1, CallConsensus()))
    kept.when(JAPAN, TableDraft(FIRST)).refused("under_decision")
    kept.when(JAPAN, TableDraft(FIRST, "margin")).refused("under_decision")
    assert kept.state.drafts.draft("JPN", FIRST)


def test_in_a_chairs_text_only_the_chair_tables(session: Session) -> None:
    chairs(session).done((JAPAN, KeepDraft("Ours.")), (M1, KeepDraft("The chair's.")))
    session.when(JAPAN, TableDraft(FIRST)).refused("chairs_text")
    session.when(M2, TableDraft(seal("f", "", 1))).then(
        ParagraphProposed("d1", "p3", "", "The chair's."), DraftDropped(seal("f", "", 1), "")
    )


def test_drafting_needs_no_text_and_goes_on_in_a_pause(session: Session) -> None:
    session.done((M1, room.PauseSession()), (JAPAN, KeepDraft("Ours.")), (M1, room.CloseSession()))
    for command in (KeepDraft("More."), DropDraft(FIRST), TableDraft(FIRST)):
        session.when(JAPAN, command).refused("closed")


# Nobody else's


def test_no_other_delegation_nor_the_chair_learns_of_a_draft(kept: Session) -> None:
    before = {one: seen_by(kept, one) for one in (OBSERVERS, THE_MODERATORS, members_of("PRC"))}
    kept.done((JAPAN, KeepDraft("More.")), (JAPAN, KeepDraft("Else.", FIRST, seen=1)), (JAPAN, DropDraft(SECOND)))
    for one, state in before.items():
        assert seen_by(kept, one) == state, "not by its count, either"
        assert state.drafts.by_author == {}
    assert [one.text for one in seen_by(kept, members_of("JPN")).drafts.of("JPN")] == ["Else."]


def test_the_chairs_drafts_are_the_moderators(session: Session) -> None:
    session.done((M1, KeepDraft("A way out.")))
    assert [one.text for one in seen_by(session, THE_MODERATORS).drafts.of("")] == ["A way out."]
    for one in (OBSERVERS, members_of("JPN"), members_of("PRC", officials=True)):
        assert seen_by(session, one).drafts.by_author == {}
    session.done((M2, DropDraft(seal("f", "", 1))))


def test_an_id_says_nothing_of_how_many_others_draft(session: Session) -> None:
    session.done((CHINA, KeepDraft("Theirs.")), (M1, KeepDraft("The chair's.")), (KOREA, KeepDraft("Theirs, too.")))
    session.done((JAPAN, KeepDraft("Ours.")))
    assert session.state.drafts.of("JPN")[0].id == FIRST


def test_nobody_else_can_do_more_or_less_because_of_a_draft(session: Session) -> None:
    drafted(session)
    twin = session.copy().done((JAPAN, KeepDraft("Ours.", paragraph="p1")))
    for one in (session, twin):
        one.when(CHINA, ProposeParagraph("Next.")).then(ParagraphProposed("d1", "p4", "PRC", "Next."))


def test_who_changes_sides_leaves_the_drafts_behind(kept: Session) -> None:
    kept.done((CHINA, KeepDraft("Theirs.")), (M1, seats.MovePerson(JAPAN, "PRC-EXP-1")))
    audience = audience_of(kept.state.seats.people[JAPAN])
    assert audience is not None
    seen = seen_by(kept, audience).drafts
    assert {code: [one.text for one in drafts] for code, drafts in seen.by_author.items()} == {"PRC": ["Theirs."]}
    kept.when(JAPAN, DropDraft(FIRST)).refused("unknown_draft")
    kept.done((JAPAN, KeepDraft("Theirs, now.", seal("f", "PRC", 1), seen=1)))
    assert [one.text for one in kept.state.drafts.of("JPN")] == ["Ours alone."], "Japan still has its own"
    kept.done((JAPAN_MOD, DropDraft(FIRST)))
