"""Nobody buries the text: a wording has two pages at most, a text and what is on offer for it a weight; comments,
non-papers and statements are counted."""

from rooms.domain import amendments, bridging, chairs_text, dissent, non_papers, silence, texts
from rooms.domain.amending import WithdrawAmendment
from rooms.domain.brackets import AddAlternative, LiftHold, PutBrackets
from rooms.domain.documents import Document

from .drafted import chairs, drafted, on_table
from .play import CHINA, JAPAN, KOREA, M1, Session, cast_live

LONG = "a" * (texts.LONGEST + 1)
PAGES = "word " * (texts.LONGEST // 5 - 1)


def test_no_wording_is_longer_than_two_pages() -> None:
    session = drafted(cast_live())
    session.done((KOREA, PutBrackets("p1", 1)), (CHINA, amendments.TableAmendment("add", text="More.")))
    for who, command in (
        (JAPAN, texts.ProposeParagraph(LONG)),
        (JAPAN, texts.ReviseParagraph("p1", LONG, 1)),
        (CHINA, AddAlternative("b1", LONG)),
        (M1, bridging.OfferBridge("b1", LONG)),
        (JAPAN, amendments.TableAmendment("add", text=LONG)),
        (CHINA, amendments.TableAmendment("alter", "p1", text=LONG, seen=1)),
        (CHINA, amendments.RewordAmendment("am1", LONG)),
        (KOREA, non_papers.CirculateNonPaper("Thoughts", LONG)),
    ):
        assert session.when(who, command).refused("too_long").data["field"] == "text"
    refusal = session.when(KOREA, PutBrackets("p2", 1, alternative=LONG)).refused("too_long")
    assert refusal.data["field"] == "alternative"


def full() -> Session:
    """A text as heavy as it may be."""
    session = cast_live().done((M1, texts.OpenDocument("Joint text")), (JAPAN, texts.ProposeParagraph("Short.")))
    session.done(*((JAPAN, texts.ProposeParagraph(f"{n} {PAGES}".strip())) for n in range(10)))
    return session.done(*((CHINA, PutBrackets(f"p{n}", 1, alternative=f"{n} {PAGES}".strip())) for n in range(2, 12)))


def test_a_text_and_what_is_on_offer_for_it_have_a_weight() -> None:
    session = full()
    assert texts.HEAVIEST - texts.LONGEST < on_table(session).weight <= texts.HEAVIEST
    longest = on_table(session).paragraphs[1].text
    session.when(KOREA, texts.ProposeParagraph(PAGES)).refused("text_heavy")
    session.when(KOREA, amendments.TableAmendment("add", text=PAGES)).refused("text_heavy")
    session.when(KOREA, AddAlternative("b1", f"Else {PAGES}")).refused("text_heavy")
    session.when(JAPAN, texts.ReviseParagraph("p2", f"{longest} too", 1)).refused("text_heavy")
    session.done((CHINA, LiftHold("b1")), (JAPAN, texts.ReviseParagraph("p2", longest.removesuffix(" word"), 1)))
    session.done((KOREA, texts.ProposeParagraph("Short again.")))


def test_what_is_over_weighs_nothing() -> None:
    session = drafted(cast_live())
    before = on_table(session).weight
    session.done(
        (CHINA, amendments.TableAmendment("add", text="More.")), (CHINA, PutBrackets("p1", 1, alternative="X."))
    )
    assert on_table(session).weight == before + 7
    session.done((CHINA, WithdrawAmendment("am1")), (CHINA, LiftHold("b1")))
    assert on_table(session).weight == before
    assert Document("d1", "Empty").weight == 0


def test_comments_on_a_draft_are_counted_by_delegation() -> None:
    session = chairs(cast_live())
    session.done(*((JAPAN, chairs_text.CommentText(f"Comment {n}.")) for n in range(chairs_text.COMMENTS)))
    session.when(JAPAN, chairs_text.CommentText("One more.")).refused("comments_full")
    session.done((CHINA, chairs_text.CommentText("Our first.")))
    session.done((M1, chairs_text.IssueDraft()), (JAPAN, chairs_text.CommentText("On the next draft.")))


def test_the_comment_that_breaks_a_silence_is_a_comment_like_any_other() -> None:
    session = chairs(cast_live()).done((M1, silence.ProposeSilence(5)))
    text = "a" * (chairs_text.LONGEST + 1)
    session.when(JAPAN, silence.BreakSilence("c1", "No.", text=text)).refused("too_long")
    session.done((JAPAN, silence.BreakSilence("c1", "No.", text="Because.")))


def test_a_delegation_attaches_so_much_to_a_text_and_no_more() -> None:
    session = drafted(cast_live())
    session.done(*((JAPAN, dissent.EnterDissent("explanation", f"We say {n}.")) for n in range(dissent.MOST)))
    session.when(JAPAN, dissent.EnterDissent("objection", "And no.")).refused("dissent_full")
    session.done((CHINA, dissent.EnterDissent("objection", "We say no.")))
    session.done((JAPAN, dissent.WithdrawDissent("x1")), (JAPAN, dissent.EnterDissent("objection", "And no.")))
