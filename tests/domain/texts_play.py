"""One legal use of each command of the texts beyond the first four, a stored sample of each of their events, and what
holds of a text whatever people do."""

from collections.abc import Mapping
from typing import Any

from rooms.domain import agreeing, arranging, chairs_text, drafting, non_papers, shelving, sponsoring, texts
from rooms.domain.documents import SECTIONS, Document, Paragraph
from rooms.domain.seals import seal
from rooms.domain.state import RoomState

from .play import CHINA, JAPAN, KOREA, M1

DRAFT = ((M1, texts.OpenDocument("Draft")), (JAPAN, texts.ProposeParagraph("Calm seas.")))
TWO = (*DRAFT, (CHINA, texts.ProposeParagraph("Open ports.")))
SPONSORED = (*DRAFT, (CHINA, sponsoring.SponsorParagraph("p1")))
AGREED = (*DRAFT, (M1, agreeing.GavelParagraph("p1", 1)))
CHAIRS = ((M1, texts.OpenDocument("Draft", "chairs")), (M1, texts.ProposeParagraph("Calm seas.")))
KEPT = ((JAPAN, drafting.KeepDraft("Ours alone.")),)
FIRST = seal("f", "JPN", 1)  # Japan's first draft

USES: Mapping[str, tuple[Any, ...]] = {
    "shelve_document": (M1, shelving.ShelveDocument("No progress."), DRAFT),
    "take_up_document": (M1, shelving.TakeUpDocument("d1"), (*DRAFT, (M1, shelving.ShelveDocument()))),
    "set_document_mode": (M1, chairs_text.SetDocumentMode("chairs"), (DRAFT[0],)),
    "sponsor_paragraph": (CHINA, sponsoring.SponsorParagraph("p1"), DRAFT),
    "leave_sponsors": (CHINA, sponsoring.LeaveSponsors("p1"), SPONSORED),
    "agree_paragraph": (KOREA, agreeing.AgreeParagraph("p1", 1), DRAFT),
    "take_back_agreement": (
        KOREA,
        agreeing.TakeBackAgreement("p1"),
        (*DRAFT, (KOREA, agreeing.AgreeParagraph("p1", 1))),
    ),
    "gavel_paragraph": (M1, agreeing.GavelParagraph("p1", 1), DRAFT),
    "reopen_paragraph": (CHINA, agreeing.ReopenParagraph("p1", "New instructions."), AGREED),
    "move_paragraph": (M1, arranging.MoveParagraph("p1", "p2"), TWO),
    "link_paragraph": (JAPAN, arranging.LinkParagraph("p1", "scope", "b"), DRAFT),
    "comment_text": (JAPAN, chairs_text.CommentText("Too far.", "p1"), CHAIRS),
    "issue_draft": (M1, chairs_text.IssueDraft(), CHAIRS),
    "keep_draft": (JAPAN, drafting.KeepDraft("Ours alone.")),
    "drop_draft": (JAPAN, drafting.DropDraft(FIRST), KEPT),
    "table_draft": (JAPAN, drafting.TableDraft(FIRST), (DRAFT[0], *KEPT)),
    "circulate_non_paper": (JAPAN, non_papers.CirculateNonPaper("Elements", "Calm seas.")),
}

SAMPLES: tuple[Any, ...] = (
    shelving.DocumentShelved("d1", "No progress."),
    shelving.DocumentTakenUp("d1"),
    texts.SponsorLeft("d1", "p1", "JPN"),
    sponsoring.SponsorJoined("d1", "p1", "PRC"),
    agreeing.AgreementGiven("d1", "p1", "JPN"),
    agreeing.AgreementTakenBack("d1", "p1", "JPN"),
    agreeing.ParagraphAgreed("d1", "p1", True),
    agreeing.ParagraphReopened("d1", "p1", "PRC", "New instructions."),
    arranging.ParagraphMoved("d1", "p1", "annex", "p2"),
    arranging.ParagraphLinked("d1", "p1", "scope", "b"),
    chairs_text.ModeSet("d1", "chairs"),
    chairs_text.Commented("d1", "JPN", "p1", "Too far."),
    chairs_text.DraftIssued("d1", 2),
    non_papers.NonPaperCirculated("np1", "Elements", "Calm seas."),
    drafting.DraftKept("f0123456789", "JPN", "Ours", "Calm seas — 平和", "p1", "d1"),
    drafting.DraftDropped("f0123456789", "JPN"),
)
SPELLED = {
    "texts": "document opened shelved taken up paragraph proposed revised withdrawn sponsor left joined agreement given"
    " taken back agreed reopened moved linked mode set commented draft issued",
    "papers": "circulated",
    "drafts": "kept dropped",
}

# What a delegation, or the chair, does in its own name; whoever is muted does none of it.
SIGNED = (
    *(sponsoring.SponsorJoined, texts.SponsorLeft, agreeing.AgreementGiven, agreeing.AgreementTakenBack),
    *(agreeing.ParagraphReopened, chairs_text.Commented, drafting.DraftKept, drafting.DraftDropped),
)
OF_THE_CHAIR = (
    *(shelving.DocumentShelved, shelving.DocumentTakenUp, chairs_text.ModeSet, chairs_text.DraftIssued),
    arranging.ParagraphMoved,
)


def sound_papers(before: RoomState, now: RoomState) -> None:
    """What is true of all texts whatever people do."""
    for document in now.texts.documents:
        assert len({one.id for one in document.paragraphs}) == len(document.paragraphs)
        if document.mode == "chairs":
            assert {one.proposer for one in document.paragraphs} <= {""}
            assert (document.open_brackets, document.pending) == ((), ())
        for paragraph in document.paragraphs:
            sound_paragraph(document, paragraph)
    for earlier in before.texts.documents:
        later = now.texts.document(earlier.id)
        assert later is not None
        for one in earlier.paragraphs:
            there = later.paragraph(one.id)
            assert there is not None, "what was proposed once is kept for ever"
            assert there.versions[: len(one.versions)] == one.versions, "and so is every wording of it"
            assert there.withdrawn or not one.withdrawn
        assert later.issued[: len(earlier.issued)] == earlier.issued
        assert later.comments[: len(earlier.comments)] == earlier.comments
    papers = before.non_papers.papers
    assert now.non_papers.papers[: len(papers)] == papers
    for code, drafts in now.drafts.by_author.items():
        assert len({one.id for one in drafts}) == len(drafts) <= now.drafts.begun[code]


def sound_paragraph(document: Document, paragraph: Paragraph) -> None:
    assert (paragraph.text, paragraph.version) == (paragraph.versions[-1].text, len(paragraph.versions))
    assert paragraph.sponsors[0] == paragraph.proposer
    assert len(set(paragraph.sponsors)) == len(paragraph.sponsors)
    assert len(set(paragraph.agreed_by)) == len(paragraph.agreed_by)
    assert paragraph.section in SECTIONS
    if paragraph.agreed and not paragraph.withdrawn:
        assert not document.brackets_on(paragraph.id)
        assert not document.amendments_to(paragraph.id)
    if paragraph.withdrawn:
        assert not document.brackets_on(paragraph.id)
        assert not document.amendments_to(paragraph.id)
