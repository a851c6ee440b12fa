"""What the timeline tells of brackets and amendments."""

from rooms.debrief import timeline
from rooms.debrief.brackets_told import TELLERS
from rooms.domain import amending, amendments, brackets, bridging, seats, texts
from rooms.domain.amending import AcceptAmendment, WithdrawAmendment
from rooms.domain.amendments import CosponsorAmendment, LeaveAmendment, RankAmendment, RewordAmendment, TableAmendment
from rooms.domain.brackets import AddAlternative, HoldBracket, LiftHold, PutBrackets
from rooms.domain.bridging import AcceptWording, OfferBridge, SetAsideHold
from tests.domain.play import CHINA, CHINA_MOD, JAPAN, KOREA, M1, Session, cast_live

FREE = "Calm seas, free ports."


def drafting() -> Session:
    return cast_live().done(
        (M1, texts.OpenDocument("Draft")), (JAPAN, texts.ProposeParagraph("Calm seas, open ports."))
    )


def told(session: Session) -> list[str]:
    lines = (timeline.moment(*step) for step in timeline.walk(session.entries) if type(step[1].event) in TELLERS)
    return [line.sentence for line in lines if line]


def test_brackets_are_told_from_put_to_settled() -> None:
    session = drafting().done(
        (CHINA, PutBrackets("p1", 1, "open ports", alternative="free ports", reason="Too wide.")),
        (KOREA, HoldBracket("b1")),
        (KOREA, HoldBracket("b1", "b1-1")),
        (KOREA, HoldBracket("b1")),
        (KOREA, AddAlternative("b1", delete=True)),
        (M1, OfferBridge("b1", "ports open to all")),
        (JAPAN, AcceptWording("b1", "b1-3")),
        (JAPAN, AcceptWording("b1")),
        (JAPAN, AcceptWording("b1", "b1-3")),
        (CHINA, AcceptWording("b1", "b1-3")),
        (KOREA, AcceptWording("b1", "b1-3")),
    )
    assert told(session) == [
        "Land PRC put brackets around “open ports” in paragraph 1: Too wide.",
        "Land PRC offered “free ports” for “open ports” in paragraph 1.",
        "Land ROK joined in holding “open ports” in paragraph 1.",
        "Land ROK would take “free ports” for “open ports” in paragraph 1.",
        "Land ROK would take none of the wordings on offer for “open ports” in paragraph 1.",
        "Land ROK asked to do without “open ports” in paragraph 1.",
        "The chair offered a bridge for “open ports” in paragraph 1: “ports open to all”.",
        "Land JPN, answering for the paragraph, would take “ports open to all” for “open ports” in paragraph 1.",
        "Land JPN, answering for the paragraph, took back its consent on “open ports” in paragraph 1.",
        "Land JPN, answering for the paragraph, would take “ports open to all” for “open ports” in paragraph 1.",
        "Land PRC would take “ports open to all” for “open ports” in paragraph 1.",
        "Land ROK would take “ports open to all” for “open ports” in paragraph 1.",
        "“open ports” in paragraph 1 was settled with the chair's bridge: “ports open to all”.",
    ]


def test_words_and_paragraphs_that_go_are_told() -> None:
    session = drafting().done(
        (CHINA, PutBrackets("p1", 1, ", open ports", delete=True)),
        (JAPAN, AcceptWording("b1", "b1-1")),
        (CHINA, PutBrackets("p1", 2)),
        (KOREA, HoldBracket("b2")),
        (CHINA, LiftHold("b2")),
        (M1, OfferBridge("b2", delete=True)),
        (KOREA, AcceptWording("b2", "b2-1")),
        (JAPAN, AcceptWording("b2", "b2-1")),
    )
    assert told(session)[3:] == [
        "“, open ports” in paragraph 1 was taken out: all who held it agreed.",
        "Land PRC put brackets around paragraph 1.",
        "Land ROK joined in holding paragraph 1.",
        "Land PRC lifted its hold on paragraph 1.",
        "The chair offered to do without paragraph 1.",
        "Land ROK would do without paragraph 1.",
        "Land JPN, answering for the paragraph, would do without paragraph 1.",
        "Paragraph 1 was taken out: all who held it agreed.",
    ]


def test_the_hold_of_who_has_left_is_told() -> None:
    session = drafting().done(
        (CHINA, PutBrackets("p1", 1, "open")),
        (M1, seats.RemovePerson(CHINA)),
        (CHINA_MOD, seats.LeaveSeat()),
        (M1, SetAsideHold("b1", "PRC")),
    )
    assert told(session)[1:] == [
        "The chair set aside the hold of Land PRC, which had left the room, on “open” in paragraph 1.",
        "The brackets around “open” in paragraph 1 were gone: the words stood.",
    ]


def test_amendments_are_told_from_tabled_to_taken_up() -> None:
    session = drafting().done(
        (JAPAN, texts.ProposeParagraph("Peace.")),
        (CHINA, TableAmendment("alter", "p1", FREE, seen=1, reason="Too wide.")),
        (KOREA, CosponsorAmendment("am1")),
        (KOREA, TableAmendment("delete", "p1", seen=1)),
        (M1, RankAmendment("am1", 1)),
        (JAPAN, texts.ReviseParagraph("p1", "Calm seas, wide open ports.", 1)),
        (CHINA, RewordAmendment("am1", FREE, 2)),
        (CHINA, RewordAmendment("am1", "Calm seas, all ports.", 2)),
        (JAPAN, AcceptAmendment("am1")),
        (KOREA, RewordAmendment("am2", "", 3)),
        (KOREA, TableAmendment("move", "p1", after="p2")),
        (M1, AcceptAmendment("am3")),
        (JAPAN, AcceptAmendment("am2")),
        (KOREA, TableAmendment("add", text="Open skies.")),
        (CHINA, CosponsorAmendment("am4")),
        (CHINA, LeaveAmendment("am4")),
        (CHINA, CosponsorAmendment("am4")),
        (KOREA, WithdrawAmendment("am4")),
        (CHINA, WithdrawAmendment("am4")),
        (CHINA, TableAmendment("add", text="Open roads.")),
    )
    session.given(*amending.rejected(session.state, session.state.texts.documents[0], "am5"))
    assert told(session) == [
        "Land PRC tabled an amendment to alter paragraph 1 to “Calm seas, free ports.”: Too wide.",
        "Land ROK put its name behind the amendment of Land PRC to alter paragraph 1 to “Calm seas, free ports.”",
        "Land ROK tabled an amendment to delete paragraph 1.",
        "The chair ranked two amendments: first the one of Land PRC to alter paragraph 1 to “Calm seas, free ports.”",
        "Land PRC still asked to alter paragraph 1 to “Calm seas, free ports.”, as the paragraph read now.",
        "Land PRC reworded its amendment: to alter paragraph 1 to “Calm seas, all ports.”",
        "Land JPN accepted the amendment of Land PRC to alter paragraph 1 to “Calm seas, all ports.”",
        "Paragraph 1 was altered as the amendment asked.",
        "Land ROK still asked to delete paragraph 1, as the paragraph read now.",
        "Land ROK tabled an amendment to move paragraph 1.",
        "The chair accepted the amendment of Land ROK to move paragraph 1.",
        "Paragraph 2 was moved as the amendment asked.",
        "Land JPN accepted the amendment of Land ROK to delete paragraph 2.",
        "Paragraph 2 was deleted as the amendment asked.",
        "Land ROK tabled an amendment to add “Open skies.”",
        "Land PRC put its name behind the amendment of Land ROK to add “Open skies.”",
        "Land PRC took its name from the amendment of Land ROK to add “Open skies.”",
        "Land PRC put its name behind the amendment of Land ROK to add “Open skies.”",
        "Land ROK gave up its amendment to add “Open skies.”; Land PRC kept it on the table.",
        "Land PRC withdrew its amendment to add “Open skies.”",
        "Land PRC tabled an amendment to add “Open roads.”",
        "The amendment of Land PRC to add “Open roads.” was not adopted.",
    ]


def test_what_nobody_sponsors_any_more_is_told() -> None:
    session = drafting().done(
        (CHINA, TableAmendment("delete", "p1", seen=1)),
        (M1, RankAmendment("am1", 1)),
        (M1, seats.RemovePerson(CHINA)),
        (CHINA_MOD, seats.LeaveSeat()),
        (M1, WithdrawAmendment("am1")),
    )
    assert told(session)[1:] == [
        "The chair took off the amendment of Land PRC to delete paragraph 1: nobody of its sponsors was in the room.",
    ]


def test_every_event_of_the_matter_has_a_sentence() -> None:
    mine = (brackets, bridging, amendments, amending)
    assert {row[0] for matter in mine for row in matter.EVENTS.values()} <= set(TELLERS)
