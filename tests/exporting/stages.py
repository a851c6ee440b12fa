"""Sessions whose documents are printed: one with all that can stand in a document, one with much of it."""

from rooms.domain import (
    brackets,
    channels,
    commitments,
    decisions,
    dissent,
    drafting,
    linking,
    outputs,
    positions,
    ratification,
    texts,
)
from rooms.domain.documents import Document
from rooms.domain.fold import fold
from rooms.domain.sight import OBSERVERS, visible
from rooms.domain.state import RoomState
from tests.domain.play import CHINA, JAPAN, JAPAN_MOD, KOREA, M1, Session, cast_live

KOREAN = "참가국들은 항구를 연다."
CHINESE = "各方同意开放港口。"
RUSSIAN = "Стороны договорились открыть порты."
ARABIC = "اتفق المشاركون على فتح الموانئ."
HOSTILE = "*Not bold* _nor this_ #let x = 1 $x^2$ <b>bold</b> [link](http://x.example) `code` \\ @ref & <script>"
SCRIPTS = (KOREAN, CHINESE, RUSSIAN, ARABIC, HOSTILE)
SECRETS = ("our hidden draft", "our bottom line", "between us", "a word from home")


def secretive() -> Session:
    """A live room in which delegations have said and filed what is nobody else's."""
    return cast_live().done(
        (M1, texts.OpenDocument("Joint statement on the harbour")),
        (JAPAN, texts.ProposeParagraph("Meeting in Oslo,", "preambular")),
        (JAPAN, texts.ProposeParagraph("All ports shall be open in winter.")),
        (CHINA, drafting.KeepDraft(SECRETS[0])),
        (M1, drafting.KeepDraft(SECRETS[0])),
        (JAPAN_MOD, positions.DeclarePosition("scope", "c", (), SECRETS[1], SECRETS[1], False)),
        (JAPAN_MOD, channels.SayInDelegation(SECRETS[2])),
    )


def bracketed() -> Session:
    """The same, with a bracket on two words, in every script."""
    session = secretive().done(*((KOREA, texts.ProposeParagraph(words)) for words in SCRIPTS))
    return session.done((CHINA, brackets.PutBrackets("p2", 1, "in winter", alternative="in summer")))


def agreed() -> Session:
    """Adopted ad referendum with a reservation and a statement, a road map of two commitments, one capital confirmed;
    issued as a joint statement."""
    session = secretive().done(*((KOREA, texts.ProposeParagraph(words)) for words in SCRIPTS))
    session.done((M1, texts.ProposeParagraph("List of ports.", "annex")))
    session.done((CHINA, dissent.EnterDissent("reservation", f"Not in winter. {HOSTILE}", "p2")))
    session.done((KOREA, dissent.EnterDissent("interpretation", KOREAN)))
    session.done((M1, decisions.CallConsensus(ad_referendum=True)))
    session.done(
        (JAPAN, decisions.AnswerCall("c1", "stand_aside", "No instructions.")), (M1, decisions.CloseCall("c1"))
    )
    session.done((CHINA, ratification.SeekInstructions("d1", SECRETS[3])))
    session.done((M1, ratification.Instruct("d1", "JPN", "confirm", SECRETS[3])))
    session.done((M1, commitments.DrawCommitment(f"Opens {HOSTILE[:40]}", "JPN", paragraph="d1/p2", verifier="PRC")))
    session.done((M1, commitments.DrawCommitment("Pays", "PRC", paragraph="d1/p2", horizon="mid", date="1 March")))
    session.done((JAPAN, commitments.AcceptCommitment("cm1", 1)), (CHINA, commitments.AcceptCommitment("cm2", 1)))
    session.done((M1, linking.LinkCommitments("cm1", "cm2", "verification")))
    return session.done((M1, outputs.IssueOutput("joint_statement", "d1")))


def shared(session: Session) -> RoomState:
    """What observers see of it: what documents are printed from."""
    return fold(visible(session.entries, OBSERVERS))


def document_of(state: RoomState) -> Document:
    [document] = state.texts.documents
    return document
