"""Amendments: tabled, sponsored, reworded, ranked."""

import pytest

from rooms.domain import agreeing, chairs_text, muting, room, seats, silence, sponsoring, texts
from rooms.domain.amending import AcceptAmendment, AmendmentPassedOn, AmendmentWithdrawn, WithdrawAmendment
from rooms.domain.amendments import (
    PENDING,
    AmendmentCosponsored,
    AmendmentLeft,
    AmendmentReworded,
    AmendmentsRanked,
    AmendmentTabled,
    CosponsorAmendment,
    LeaveAmendment,
    RankAmendment,
    RewordAmendment,
    TableAmendment,
    keeps_enough,
    written,
)
from rooms.domain.decisions import CallConsensus
from rooms.domain.documents import Amendment, Document, open_document

from .play import CHINA, CHINA_MOD, JAPAN, KOREA, M1, NOON, Session

TEXT = "Calm seas, open ports and calm harbours."
FREE = "Calm seas, free ports and calm harbours."
LONGER = "Calm seas, open ports, all year round, and calm harbours for every flag."
ALTERS = TableAmendment("alter", "p1", FREE, seen=1, reason="Too wide.")
EVERY = (
    ALTERS,
    CosponsorAmendment("am1"),
    LeaveAmendment("am1"),
    RewordAmendment("am1", LONGER, 1),
    RankAmendment("am1", 1),
    WithdrawAmendment("am1"),
    AcceptAmendment("am1"),
)


@pytest.fixture
def drafting(session: Session) -> Session:
    """A text with two paragraphs of Japan's."""
    return session.done(
        (M1, texts.OpenDocument("Draft")),
        (JAPAN, texts.ProposeParagraph(TEXT)),
        (JAPAN, texts.ProposeParagraph("Peace.")),
    )


@pytest.fixture
def tabled(drafting: Session) -> Session:
    """China would alter the first."""
    return drafting.done((CHINA, ALTERS))


def document(session: Session) -> Document:
    found = open_document(session.state)
    assert found is not None
    return found


def amendment(session: Session, amendment_id: str = "am1") -> Amendment:
    found = document(session).amendment(amendment_id)
    assert found is not None
    return found


def in_turn(session: Session) -> list[str]:
    return [one.id for one in document(session).pending]


# Tabled


def test_a_delegation_asks_to_alter_a_paragraph(drafting: Session) -> None:
    drafting.when(CHINA, ALTERS).then(
        AmendmentTabled("d1", "am1", "PRC", "alter", "p1", FREE, "", "", 1, "Too wide.", 143)
    )
    one = amendment(drafting)
    assert (one.status, one.sponsors, one.at, one.rank, one.ended_at) == ("tabled", ("PRC",), NOON, 0, None)


def test_it_asks_to_delete_one(drafting: Session) -> None:
    drafting.when(CHINA, TableAmendment("delete", "p1", "Whatever.", seen=1)).then(
        AmendmentTabled("d1", "am1", "PRC", "delete", "p1", "", "", "", 1, "", 1000)
    )


def test_it_asks_to_add_one(drafting: Session) -> None:
    drafting.when(CHINA, TableAmendment("add", text="Open skies.", after="p1")).then(
        AmendmentTabled("d1", "am1", "PRC", "add", "", "Open skies.", "p1", "operative", 0, "", 0)
    )
    drafting.when(CHINA, TableAmendment("add", text="Recalling.", section="preambular")).then(
        AmendmentTabled("d1", "am2", "PRC", "add", "", "Recalling.", "", "preambular", 0, "", 0)
    )


def test_it_asks_to_move_one(drafting: Session) -> None:
    drafting.when(JAPAN, TableAmendment("move", "p1", after="p2")).then(
        AmendmentTabled("d1", "am1", "JPN", "move", "p1", "", "p2", "operative", 0, "", 0)
    )
    drafting.when(CHINA, TableAmendment("move", "p2", section="annex")).then(
        AmendmentTabled("d1", "am2", "PRC", "move", "p2", "", "", "annex", 0, "", 0)
    )


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (TableAmendment("sing", "p1"), "unknown_kind"),
        (TableAmendment("add"), "text_needed"),
        (TableAmendment("add", text="X.", section="margin"), "unknown_section"),
        (TableAmendment("add", text="X.", after="p9"), "unknown_paragraph"),
        (TableAmendment("alter", "p1", "", seen=1), "text_needed"),
        (TableAmendment("alter", "p1", TEXT, seen=1), "same_words"),
        (TableAmendment("alter", "p1", FREE, seen=0), "changed_meanwhile"),
        (TableAmendment("alter", "p9", FREE, seen=1), "unknown_paragraph"),
        (TableAmendment("alter", "p1", "The parties shall freeze every reactor.", seen=1), "replacement"),
        (TableAmendment("delete", "p1", seen=3), "changed_meanwhile"),
        (TableAmendment("delete", "", seen=1), "unknown_paragraph"),
        (TableAmendment("move", "p1", after="p1"), "after_itself"),
        (TableAmendment("move", "p1", after="p9"), "unknown_paragraph"),
        (TableAmendment("move", "p1", section="margin"), "unknown_section"),
        (TableAmendment("move", "p2", after="p1"), "same_place"),
    ],
)
def test_what_is_no_amendment_is_not_tabled(drafting: Session, command: TableAmendment, code: str) -> None:
    drafting.when(CHINA, command).refused(code)


@pytest.mark.parametrize(
    ("new", "enough"),
    [
        ("Calm seas.", True),
        (f"{TEXT} And much, much more than anybody has ever asked for in this room.", True),
        ("Quiet seas, free ports and calm bays.", True),
        ("Rough waters ahead, said everybody, and went home.", False),
        ("!", True),
    ],
)
def test_an_alteration_keeps_a_third_of_the_words(new: str, enough: bool) -> None:
    assert keeps_enough(TEXT, new) is enough


def test_who_proposed_a_paragraph_changes_it_without_asking(drafting: Session) -> None:
    drafting.when(JAPAN, ALTERS).refused("own_paragraph")
    drafting.when(JAPAN, TableAmendment("delete", "p1", seen=1)).refused("own_paragraph")


def test_a_deleted_paragraph_is_not_amended_any_more(tabled: Session) -> None:
    tabled.done((JAPAN, texts.WithdrawParagraph("p1")))
    assert (amendment(tabled).status, amendment(tabled).ended_at) == ("fallen", NOON)
    tabled.when(KOREA, TableAmendment("delete", "p1", seen=1)).refused("unknown_paragraph")
    tabled.when(JAPAN, AcceptAmendment("am1")).refused("amendment_over")


def test_an_amendment_stays_with_a_paragraph_that_is_passed_on(tabled: Session) -> None:
    tabled.done((KOREA, sponsoring.SponsorParagraph("p1")), (JAPAN, texts.WithdrawParagraph("p1")))
    assert amendment(tabled).status == "tabled"
    tabled.done((KOREA, AcceptAmendment("am1")))


def test_an_agreed_paragraph_is_reopened_first(drafting: Session) -> None:
    drafting.done((M1, agreeing.GavelParagraph("p1", 1))).when(CHINA, ALTERS).refused("agreed_ad_ref")


def test_the_same_is_tabled_once(tabled: Session) -> None:
    tabled.when(KOREA, ALTERS).refused("amendment_twice")
    tabled.done((CHINA, TableAmendment("delete", "p1", seen=1)))
    tabled.when(KOREA, TableAmendment("delete", "p1", seen=1)).refused("amendment_twice")
    tabled.done((KOREA, TableAmendment("alter", "p1", LONGER, seen=1)))


def test_there_is_room_for_so_many(drafting: Session) -> None:
    for n in range(PENDING):
        drafting.done((CHINA, TableAmendment("add", text=f"More {n}.")))
    drafting.when(CHINA, TableAmendment("add", text="One more.")).refused("amendments_full")


# Sponsors


def test_others_put_their_name_behind_it_and_take_it_away(tabled: Session) -> None:
    tabled.when(KOREA, CosponsorAmendment("am1")).then(AmendmentCosponsored("d1", "am1", "ROK"))
    tabled.when(KOREA, CosponsorAmendment("am1")).then()
    assert amendment(tabled).sponsors == ("PRC", "ROK")
    tabled.when(KOREA, LeaveAmendment("am1")).then(AmendmentLeft("d1", "am1", "ROK"))
    tabled.when(KOREA, LeaveAmendment("am1")).then()
    tabled.when(CHINA, LeaveAmendment("am1")).refused("last_sponsor")


def test_who_answers_for_the_paragraph_accepts_instead(tabled: Session) -> None:
    tabled.when(JAPAN, CosponsorAmendment("am1")).refused("own_paragraph")
    tabled.done((CHINA, TableAmendment("move", "p1", after="p2")), (JAPAN, CosponsorAmendment("am2")))


def test_it_is_withdrawn_by_its_first_sponsor_or_passed_on(tabled: Session) -> None:
    tabled.done((KOREA, CosponsorAmendment("am1"))).when(KOREA, WithdrawAmendment("am1")).refused("not_yours")
    tabled.when(CHINA, WithdrawAmendment("am1")).then(AmendmentPassedOn("d1", "am1", "PRC"))
    assert amendment(tabled).sponsors == ("ROK",)
    tabled.when(KOREA, WithdrawAmendment("am1")).then(AmendmentWithdrawn("d1", "am1", "ROK"))
    assert (amendment(tabled).status, amendment(tabled).ended_at) == ("withdrawn", NOON)
    for command in EVERY[1:4]:
        tabled.when(KOREA, command).refused("amendment_over")


def test_the_chair_takes_off_what_nobody_in_the_room_sponsors(tabled: Session) -> None:
    tabled.when(M1, WithdrawAmendment("am1")).refused("sponsor_present")
    tabled.done((M1, seats.RemovePerson(CHINA)), (CHINA_MOD, seats.LeaveSeat()))
    tabled.when(M1, WithdrawAmendment("am1")).then(AmendmentWithdrawn("d1", "am1", ""))


# Reworded


def test_its_first_sponsor_rewords_it(tabled: Session) -> None:
    tabled.done((KOREA, CosponsorAmendment("am1"))).when(KOREA, RewordAmendment("am1", LONGER, 1)).refused("not_yours")
    tabled.when(CHINA, RewordAmendment("am1", LONGER, 1)).then(
        AmendmentReworded("d1", "am1", "PRC", LONGER, 1, amendment(tabled).distance)
    )
    assert amendment(tabled).text == LONGER
    tabled.when(CHINA, RewordAmendment("am1", LONGER, 1)).then()
    tabled.when(CHINA, RewordAmendment("am1", TEXT, 1)).refused("same_words")
    tabled.when(CHINA, RewordAmendment("am1", "", 1)).refused("text_needed")
    tabled.when(CHINA, RewordAmendment("am1", "Something quite different.", 1)).refused("replacement")


def test_upon_a_paragraph_that_changed_meanwhile_it_is_confirmed(tabled: Session) -> None:
    changed = "Calm seas, open ports and quiet harbours."
    tabled.done((JAPAN, texts.ReviseParagraph("p1", changed, 1)))
    refusal = tabled.when(CHINA, RewordAmendment("am1", FREE, 1)).refused("changed_meanwhile")
    assert refusal.data == {"paragraph": "p1", "text": changed, "version": 2}
    tabled.when(CHINA, RewordAmendment("am1", FREE, 2)).then(AmendmentReworded("d1", "am1", "PRC", FREE, 2, 286))


def test_a_deletion_is_confirmed_and_a_move_has_no_words(drafting: Session) -> None:
    drafting.done(
        (CHINA, TableAmendment("delete", "p1", seen=1)),
        (CHINA, TableAmendment("move", "p1", after="p2")),
        (CHINA, TableAmendment("add", text="Open skies.")),
        (JAPAN, texts.ReviseParagraph("p1", "Calm.", 1)),
    )
    drafting.when(CHINA, RewordAmendment("am1", "", 2)).then(AmendmentReworded("d1", "am1", "PRC", "", 2, 1000))
    drafting.when(CHINA, RewordAmendment("am2", "Calm.", 2)).refused("no_words")
    drafting.when(CHINA, RewordAmendment("am3", "Wide skies.")).then(
        AmendmentReworded("d1", "am3", "PRC", "Wide skies.", 0, 0)
    )
    drafting.when(CHINA, RewordAmendment("am3", "Wide skies.")).then()
    drafting.when(CHINA, RewordAmendment("am3", "")).refused("text_needed")


# Ranked


def test_the_furthest_from_the_original_stands_first_unless_the_chair_ranks(tabled: Session) -> None:
    tabled.done(
        (KOREA, TableAmendment("alter", "p1", LONGER, seen=1)),
        (KOREA, TableAmendment("add", text="Open skies.")),
        (KOREA, TableAmendment("delete", "p2", seen=1)),
        (KOREA, TableAmendment("delete", "p1", seen=1)),
    )
    assert in_turn(tabled) == ["am5", "am2", "am1", "am4", "am3"]
    tabled.when(M1, RankAmendment("am1", 1)).then(AmendmentsRanked("d1", ("am1", "am5", "am2")))
    assert in_turn(tabled) == ["am1", "am5", "am2", "am4", "am3"]
    assert [amendment(tabled, one).rank for one in ("am1", "am5", "am2", "am4")] == [1, 2, 3, 0]
    tabled.when(M1, RankAmendment("am1", 1)).then()
    tabled.done((CHINA, TableAmendment("alter", "p1", "Calm seas.", seen=1)))
    assert in_turn(tabled)[:4] == ["am1", "am5", "am2", "am6"], "what comes after the ranking goes last"


def test_an_order_that_happens_to_stand_can_be_fixed(tabled: Session) -> None:
    tabled.when(M1, RankAmendment("am1", 1)).then(AmendmentsRanked("d1", ("am1",)))
    tabled.when(M1, RankAmendment("am1", 2)).refused("unknown_place")
    tabled.when(M1, RankAmendment("am1", 0)).refused("unknown_place")
    tabled.when(CHINA, RankAmendment("am1", 1)).refused("not_moderator")


# When, and by whom


def by(command: object) -> str:
    return M1 if isinstance(command, RankAmendment) else CHINA


@pytest.mark.parametrize("command", EVERY)
def test_while_the_text_is_frozen_nothing_is_amended(drafting: Session, command: object) -> None:
    drafting.done((M1, CallConsensus())).when(by(command), command).refused("under_decision")


@pytest.mark.parametrize("command", EVERY)
def test_a_chairs_text_is_not_amended(session: Session, command: object) -> None:
    session.done((M1, texts.OpenDocument("Draft", "chairs")), (M1, texts.ProposeParagraph(TEXT)))
    session.when(by(command), command).refused("chairs_text")


@pytest.mark.parametrize("command", EVERY)
def test_without_a_text_or_in_a_closed_room_nothing_is_amended(session: Session, command: object) -> None:
    session.when(by(command), command).refused("no_text")
    session.done((M1, room.CloseSession())).when(by(command), command).refused("closed")


@pytest.mark.parametrize("command", EVERY[:4])
def test_delegations_amend_and_the_chair_does_not(tabled: Session, command: object) -> None:
    tabled.when(M1, command).refused("not_delegate")
    tabled.done((M1, muting.MutePerson(CHINA))).when(CHINA, command).refused("muted")


def test_a_text_with_amendments_is_not_put(tabled: Session) -> None:
    tabled.when(M1, CallConsensus()).refused("amendments_pending")
    tabled.when(KOREA, agreeing.AgreeParagraph("p1", 1)).refused("amendments_pending")


# With a written objection


def test_an_objection_may_come_with_an_alteration(drafting: Session) -> None:
    assert written(document(drafting), "PRC", "p1", FREE, "Too wide.") == [
        AmendmentTabled("d1", "am1", "PRC", "alter", "p1", FREE, "", "", 1, "Too wide.", 143)
    ]


def test_what_was_agreed_is_reopened_by_it(drafting: Session) -> None:
    drafting.done((M1, agreeing.GavelParagraph("p1", 1)))
    reopened, tabled = written(document(drafting), "JPN", "p1", FREE, "New instructions.")
    assert reopened == agreeing.ParagraphReopened("d1", "p1", "JPN", "New instructions.")
    assert tabled.kind == "alter"


@pytest.mark.parametrize(("paragraph", "after"), [("p1", "p1"), ("", "p2"), ("p9", "p2")])
def test_what_is_another_text_is_an_addition(drafting: Session, paragraph: str, after: str) -> None:
    [tabled] = written(document(drafting), "PRC", paragraph, "Rough waters ahead, said everybody.", "No.")
    assert (tabled.kind, tabled.paragraph, tabled.after, tabled.section) == ("add", "", after, "operative")


def test_of_a_chairs_text_it_is_a_comment(session: Session) -> None:
    session.done((M1, texts.OpenDocument("Draft", "chairs")), (M1, texts.ProposeParagraph(TEXT)))
    comment = chairs_text.Commented("d1", "PRC", "p1", FREE)
    assert written(document(session), "PRC", "p1", FREE, "No.") == [comment]


def test_the_silence_is_broken_with_an_amendment_even_by_who_proposed_and_agreed_it(drafting: Session) -> None:
    drafting.done((M1, agreeing.GavelParagraph("p1", 1)), (M1, silence.ProposeSilence(60)))
    drafting.done((JAPAN, silence.BreakSilence("c1", "New instructions.", "p1", FREE)))
    assert (document(drafting).status, [one.kind for one in document(drafting).pending]) == ("draft", ["alter"])
    found = document(drafting).paragraph("p1")
    assert found is not None
    assert (found.agreed, found.reopened) == (False, True)
    drafting.done((JAPAN, AcceptAmendment("am1")))


def test_the_silence_is_broken_with_a_text_of_ones_own(drafting: Session) -> None:
    drafting.done((M1, silence.ProposeSilence(60)))
    drafting.done((CHINA, silence.BreakSilence("c1", "No.", "p1", "Rough waters ahead, said everybody.")))
    assert [(one.kind, one.after) for one in document(drafting).pending] == [("add", "p1")]
