"""Random sessions in which people do nothing but draft: brackets, amendments, agreement, decisions, coming and going.

Here what is rare in a whole random session happens often: several brackets in a paragraph that is reworded, settled and
amended at once, in scripts with and without spaces.
"""

from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from rooms.domain import documents, settling, texts
from rooms.domain.codec import name_of
from rooms.domain.state import RoomState
from tests.thorough import examples

from . import brackets_play, moves, texts_play
from .moves import Move, one_move
from .play import CHINA, JAPAN, KOREA, M1, MINUTE, Session

DRAFTED = (
    (JAPAN, "Calm seas, open ports and calm harbours; calm seas for all."),
    (CHINA, "朝鮮半島の非核化を、平和の海で、平和に実現する。"),
    (KOREA, "한반도의 평화와 한반도의 비핵화 👨‍👩‍👧, q\u0301 평화."),
    (M1, "In good faith."),
)
PEOPLE = ("leave_seat", "take_seat", "admit_all")
TEXT = (
    *("propose_paragraph", "revise_paragraph", "revise_paragraph", "withdraw_paragraph", "sponsor_paragraph"),
    *("leave_sponsors", "agree_paragraph", "gavel_paragraph", "reopen_paragraph", "move_paragraph"),
    *("call_consensus", "answer_call", "withdraw_call", "shelve_document", "take_up_document"),
)
NAMES = (*brackets_play.BUILD, *brackets_play.BUILD, *brackets_play.HARD, *TEXT, *PEOPLE)


def drafting() -> Session:
    session = moves.staged().done((M1, texts.OpenDocument("Draft")))
    for who, text in DRAFTED:
        session.done((who, texts.ProposeParagraph(text)))
    return session


def play_one(session: Session, move: Move) -> None:
    at = session.now + (MINUTE if move.after == "deadline" else 0)
    if move.pick % 5 == 0:
        reworded(session, move)
        return
    possible = [name for name in NAMES if not move.fair or moves.allowed(name, move, session.state, at)]
    moves.play_as(session, possible[move.pick // 5 % len(possible)] if possible else "tick", move, at)


def reworded(session: Session, move: Move) -> None:
    """Whoever answers for a paragraph rewords it around its brackets, or tries to reword it through them."""
    document = documents.open_document(session.state)
    if document is None or not document.standing:
        return
    paragraph = document.standing[move.pick % len(document.standing)]
    there = session.state.seats.members(paragraph.proposer)
    actor = there[0].id if there else M1
    session.when(actor, texts.ReviseParagraph(paragraph.id, other_way(paragraph.text, move.n), paragraph.version))


def other_way(text: str, n: int) -> str:
    half = len(text) // 2
    ways = (
        f"We say: {text}",
        f"{text} 平和。",
        f"{text[half:]} {text[:half]}".strip(),
        text[: -1 - n],
        text.replace(",", " and"),
    )
    return (ways[n % len(ways)] or text)[:400].strip()


def nothing_waits(state: RoomState) -> None:
    """What all would take is settled at once, unless somebody who had to agree has left or handed on the paragraph."""
    document = documents.open_document(state)
    for one in document.open_brackets if document and document.status == "draft" else ():
        paragraph = document.paragraph(one.paragraph) if document else None
        if document and paragraph and paragraph.versions[0].author == settling.answers_for(state, paragraph):
            assert settling.follows(state, document, one, "") == []


@settings(
    max_examples=examples(30),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(drawn=st.lists(one_move(), min_size=30, max_size=50))
def test_whatever_is_drafted_stays_sound(drawn: list[Move]) -> None:
    session = drafting()
    for move in drawn:
        before = session.state
        play_one(session, move)
        session.refusal = None
        texts_play.sound_papers(before, session.state)
        brackets_play.sound_brackets(before, session.state)
        nothing_waits(session.state)
    note(str([name_of(entry.event) for entry in session.entries]))
