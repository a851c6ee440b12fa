"""What the timeline tells of a text; and what it never tells: drafts, and whose a non-paper is."""

from rooms.debrief import timeline
from rooms.debrief.texts_told import TELLERS
from rooms.domain import seats
from rooms.domain.agreeing import AgreeParagraph, GavelParagraph, ReopenParagraph, TakeBackAgreement
from rooms.domain.arranging import LinkParagraph, MoveParagraph
from rooms.domain.chairs_text import CommentText, IssueDraft, SetDocumentMode
from rooms.domain.drafting import DropDraft, KeepDraft, TableDraft
from rooms.domain.non_papers import CirculateNonPaper
from rooms.domain.seals import seal
from rooms.domain.shelving import ShelveDocument, TakeUpDocument
from rooms.domain.sponsoring import LeaveSponsors, SponsorParagraph
from rooms.domain.texts import OpenDocument, ProposeParagraph, ReviseParagraph, WithdrawParagraph
from tests.domain.play import CHINA, JAPAN, JAPAN_MOD, KOREA, M1, Session, cast_live


def told(session: Session) -> list[str]:
    lines = (timeline.moment(*step) for step in timeline.walk(session.entries) if type(step[1].event) in TELLERS)
    return [line.sentence for line in lines if line]


def drafting() -> Session:
    return cast_live().done((M1, OpenDocument("Draft")), (JAPAN, ProposeParagraph("Calm seas.")))


def test_a_paragraph_is_told_from_its_proposal_to_its_end() -> None:
    session = drafting().done(
        (CHINA, ProposeParagraph("Recalling the sea,", "preambular")),
        (JAPAN, ReviseParagraph("p1", "Calmer seas.", 1)),
        (KOREA, SponsorParagraph("p1")),
        (CHINA, SponsorParagraph("p1")),
        (CHINA, LeaveSponsors("p1")),
        (JAPAN, WithdrawParagraph("p1")),
        (M1, MoveParagraph("p2", section="annex")),
        (KOREA, LinkParagraph("p1", "scope", "b")),
        (KOREA, LinkParagraph("p1", "scope")),
        (KOREA, WithdrawParagraph("p1")),
        (M1, seats.RemovePerson(CHINA)),
        (M1, seats.RemovePerson("china-mod")),
        (M1, WithdrawParagraph("p2")),
    )
    assert told(session) == [
        "Drafting of “Draft” began.",
        "Land JPN proposed paragraph 1: “Calm seas.”",
        "Land PRC proposed paragraph P1: “Recalling the sea,”.",
        "Land JPN reworded paragraph 1: “Calmer seas.”",
        "Land ROK sponsored paragraph 1.",
        "Land PRC sponsored paragraph 1.",
        "Land PRC no longer sponsored paragraph 1.",
        "Land JPN no longer stood behind paragraph 1, which Land ROK kept on the table.",
        "The chair moved paragraph P1 within the text: it became paragraph A1, in the annex.",
        "Paragraph 1 was said to settle “Scope” at “Option b”.",
        "Land ROK withdrew paragraph 1.",
        "The chair took paragraph A1 off the table: nobody of its sponsors was in the room.",
    ]


def test_agreement_is_told_as_it_grows_and_falls() -> None:
    session = drafting().done(
        (CHINA, AgreeParagraph("p1", 1)),
        (CHINA, TakeBackAgreement("p1")),
        (CHINA, AgreeParagraph("p1", 1)),
        (KOREA, AgreeParagraph("p1", 1)),
        (KOREA, ReopenParagraph("p1", "New instructions.")),
        (M1, GavelParagraph("p1", 1)),
    )
    assert told(session)[2:] == [
        "Land PRC agreed to paragraph 1 ad referendum.",
        "Land PRC took its agreement to paragraph 1 back.",
        "Land PRC agreed to paragraph 1 ad referendum.",
        "Land ROK agreed to paragraph 1 ad referendum.",
        "Paragraph 1 was agreed ad referendum: no delegation was left that had not.",
        "Land ROK reopened paragraph 1: New instructions.",
        "Paragraph 1 was agreed ad referendum: the chair saw no objection.",
    ]


def test_a_chairs_text_is_told_with_its_drafts_and_comments() -> None:
    session = cast_live().done(
        (M1, OpenDocument("Draft")),
        (M1, SetDocumentMode("chairs")),
        (M1, ProposeParagraph("Calm seas.")),
        (JAPAN, CommentText("Too calm.", "p1")),
        (CHINA, CommentText("Too short.")),
        (M1, IssueDraft()),
        (M1, ShelveDocument("No progress.")),
        (M1, OpenDocument("Second", "chairs")),
        (M1, ShelveDocument()),
        (M1, TakeUpDocument("d1")),
    )
    assert told(session) == [
        "Drafting of “Draft” began.",
        "“Draft” became a chair's text: the chair writes, delegations comment.",
        "The chair proposed paragraph 1: “Calm seas.”",
        "Land JPN commented on paragraph 1: “Too calm.”",
        "Land PRC commented on the chair's text: “Too short.”",
        "The chair issued draft 2 of “Draft”.",
        "The chair put “Draft” aside: No progress.",
        "Drafting of “Second” as a chair's text began.",
        "The chair put “Second” aside.",
        "The chair took “Draft” up again.",
    ]


def test_of_a_non_paper_nobody_is_named_and_of_drafts_nothing_is_told() -> None:
    session = drafting()
    before = len(told(session))
    session.done(
        (JAPAN, CirculateNonPaper("Elements", "Fuel for calm seas.")),
        (JAPAN, KeepDraft("Ours alone.")),
        (JAPAN_MOD, KeepDraft("Ours, still.", seal("f", "JPN", 1), seen=1)),
        (JAPAN, KeepDraft("To be tabled.")),
        (JAPAN, DropDraft(seal("f", "JPN", 1))),
        (JAPAN, TableDraft(seal("f", "JPN", 2))),
    )
    assert told(session)[before:] == [
        "A non-paper was circulated: “Elements”.",
        "Land JPN proposed paragraph 2: “To be tabled.”",
    ]
    moments = [timeline.moment(*step) for step in timeline.walk(session.entries)]
    assert "Ours" not in repr(moments)
    assert next(one.delegation for one in moments if one and "Elements" in one.sentence) == ""
