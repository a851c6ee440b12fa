"""A text at each of its turns, for the tests of its panels: proposed, in brackets, bridged, amended, agreed, reopened,
a chair's text with comments, drafts of one's own, non-papers."""

from rooms.domain import (
    agenda,
    agreeing,
    amending,
    amendments,
    arranging,
    brackets,
    bridging,
    chairs_text,
    drafting,
    non_papers,
    seats,
    shelving,
    sponsoring,
    texts,
)
from tests.domain.play import CHINA, CHINA_MOD, JAPAN, JAPAN_MOD, KOREA, M1, Session

Stage = tuple[str, Session]

HOTLINE = "The participants will open a line between their coast guards and will test it every month."
VISITS = "Ships in distress may enter the harbour at any time."
FUND = "A fund for the dredging of the harbour is set up, to which each coast contributes what it can."
PREAMBLE = "Recalling their meeting in Oslo and the calm of the years since,"


def text_stages(live: Session, hostile: str) -> list[Stage]:
    """From a session that has just begun, with whatever people may write."""
    kept: list[Stage] = []
    session = live.copy()

    def keep(name: str) -> None:
        kept.append((name, session.copy()))

    propose, draft = texts.ProposeParagraph, drafting.KeepDraft
    session.done((JAPAN, draft(hostile, title=hostile)), (M1, draft("The chair’s thought.")))
    session.done((M1, agenda.StartItem("i4")), (JAPAN, propose(HOTLINE)), (CHINA, propose(VISITS)))
    session.done((KOREA, propose(FUND)), (M1, propose(PREAMBLE, section="preambular")))
    session.done((KOREA, propose(hostile, section="annex")), (CHINA_MOD, sponsoring.SponsorParagraph("p1")))
    session.done((JAPAN_MOD, draft("Ours alone, for now.", paragraph="p2")), (CHINA, draft(hostile)))
    session.done(
        (M1, arranging.LinkParagraph("p1", "hotline", "b")), (KOREA, non_papers.CirculateNonPaper(*[hostile] * 2))
    )
    keep("a text in three parts")
    put = brackets.PutBrackets
    session.done((CHINA, put("p1", 1, "will test it every month", alternative="may test it", reason=hostile)))
    session.done((KOREA, put("p1", 1, "will", 1)), (JAPAN, put("p2", 1, "at any time", delete=True)))
    session.done((JAPAN, put("p3", 1, reason="Too early.")), (KOREA, brackets.HoldBracket("b1")))
    session.done(
        (JAPAN_MOD, brackets.AddAlternative("b1", hostile)), (KOREA, brackets.AddAlternative("b4", "No fund."))
    )
    keep("words in brackets")
    kept.append(("a holder has left", session.copy().done((KOREA, seats.LeaveSeat(hostile)))))
    session.done(
        (M1, bridging.OfferBridge("b1", "test it twice a year")), (M1, bridging.OfferBridge("b2", "intend to"))
    )
    session.done((KOREA, bridging.AcceptWording("b1", "b1-3")))
    keep("bridges offered")
    session.done((CHINA, bridging.AcceptWording("b1", "b1-3")), (KOREA, brackets.LiftHold("b2")))
    session.done((JAPAN, bridging.AcceptWording("b1", "b1-3")))
    keep("brackets settled")
    table = amendments.TableAmendment
    session.done((CHINA, table("alter", "p3", FUND.replace("each coast", "every state"), seen=1, reason=hostile)))
    session.done((JAPAN, table("delete", "p3", seen=1)), (CHINA, table("add", text=hostile, after="p2")))
    session.done((CHINA, table("move", "p1", after="p2")), (JAPAN, amendments.CosponsorAmendment("am1")))
    session.done((M1, amendments.RankAmendment("am2", 1)))
    keep("amendments on the table")
    session.done((KOREA, amending.AcceptAmendment("am1")), (M1, amending.AcceptAmendment("am3")))
    session.done((JAPAN, brackets.LiftHold("b4")), (JAPAN, brackets.LiftHold("b3")))
    session.done((CHINA, amending.WithdrawAmendment("am4")), (JAPAN, amending.WithdrawAmendment("am2")))
    keep("amendments settled")
    session.done((KOREA, agreeing.AgreeParagraph("p2", 1)), (JAPAN, agreeing.AgreeParagraph("p3", 2)))
    session.done((M1, agreeing.GavelParagraph("p4", 1)))
    keep("agreed by some")
    session.done((JAPAN, agreeing.AgreeParagraph("p2", 1)), (JAPAN, agreeing.ReopenParagraph("p2", hostile)))
    keep("agreed and reopened")
    session.done((M1, shelving.ShelveDocument(hostile)), (M1, texts.OpenDocument(hostile, "chairs", "communique")))
    keep("an empty page")
    session.done((M1, propose(VISITS)), (JAPAN, chairs_text.CommentText(hostile, "p1")))
    session.done(
        (CHINA, chairs_text.CommentText("Too much.")), (M1, texts.ReviseParagraph("p1", "Ships may enter.", 1))
    )
    session.done((M1, chairs_text.IssueDraft()), (KOREA, chairs_text.CommentText("Better.", "p1")))
    keep("a chair's text")
    session.done((M1, shelving.ShelveDocument()))
    keep("no text on the table")
    return kept
