"""Non-papers: everybody reads them, nobody knows whose they are, no adopted text cites them."""

from dataclasses import asdict, replace

import pytest

from rooms.domain.fold import IN_THE_OPEN, record
from rooms.domain.non_papers import MOST, CirculateNonPaper, NonPaper, NonPaperCirculated, cited_in
from rooms.domain.record import CLOCK
from rooms.domain.sight import OBSERVERS
from rooms.domain.texts import OpenDocument, ProposeParagraph, WithdrawParagraph, not_ready

from .drafted import drafted, on_table
from .play import CHINA, JAPAN, M1, NOON, OBSERVER, Session

PAPER = CirculateNonPaper("Elements of a way out", "Fuel for calm seas.")


@pytest.mark.parametrize("person", [JAPAN, CHINA, M1])
def test_a_delegate_or_the_chair_puts_a_text_before_all(session: Session, person: str) -> None:
    session.when(person, PAPER).then(NonPaperCirculated("np1", PAPER.title, PAPER.text))
    assert session.state.non_papers.papers == (NonPaper("np1", PAPER.title, PAPER.text, NOON),)
    assert OBSERVERS.sees(session.entries[-1])


def test_a_non_paper_has_a_title_and_a_text(session: Session) -> None:
    session.when(JAPAN, replace(PAPER, title="")).refused("title_needed")
    session.when(JAPAN, replace(PAPER, text="")).refused("text_needed")
    session.when(OBSERVER, PAPER).refused("not_delegate")


def test_the_same_again_circulates_nothing_and_there_are_only_so_many(session: Session) -> None:
    session.done((JAPAN, PAPER)).when(CHINA, PAPER).then()
    session.done(*[(JAPAN, replace(PAPER, text=f"Number {n}.")) for n in range(MOST - 1)])
    session.when(JAPAN, replace(PAPER, text="One more.")).refused("papers_full")


def test_nothing_of_it_says_whose_it_is(session: Session) -> None:
    """Whoever circulates it: the very same entry, and the very same state."""
    told = []
    for person in (JAPAN, CHINA, M1):
        events = session.copy().when(person, PAPER).new
        after, entries = record(session.state, person, events, NOON, f"request-of-{person}")
        told.append((after, [asdict(entry) for entry in entries]))
        assert (entries[0].actor, entries[0].request_id) == (CLOCK, "")
    assert told[0] == told[1] == told[2]


def test_the_chair_is_not_told_who_tried_in_vain() -> None:
    assert CirculateNonPaper not in IN_THE_OPEN


# Cited


@pytest.fixture
def circulated(session: Session) -> Session:
    return drafted(session).done(
        (JAPAN, PAPER), (JAPAN, CirculateNonPaper("Fuel", "Twice a year.")), (M1, CirculateNonPaper("Ports", "Open."))
    )


@pytest.mark.parametrize(
    ("words", "cited"),
    [
        ("Taking note of the non-paper before them,", "np3"),
        ("Recalling a Non Paper,", "np3"),
        ("as the nonpapers say", "np3"),
        ("принимая к сведению нон-пейпер", "np3"),
        ("注意到该非文件", "np3"),
        ("논페이퍼를 참고하여", "np3"),
        ("ノンペーパーに留意し", "np3"),
        ("As set out in “Elements of a way out”,", "np1"),
        ("as in 'Elements', but «elements OF a way out»,", "np1"),
        ("the ideas of 「Fuel」", "np2"),
        ('the non-paper "Fuel" says', "np2"),
        ("Fuel for calm seas.", ""),
        ("Elements of a way out were found.", ""),
        ("a non-proliferation paper", ""),
        ("Canon paperwork", ""),
    ],
)
def test_a_text_that_speaks_of_a_non_paper_cites_it(circulated: Session, words: str, cited: str) -> None:
    circulated.done((CHINA, ProposeParagraph(words)))
    found = cited_in(circulated.state, on_table(circulated))
    assert (found.id if found else "") == cited
    refusal = not_ready(circulated.state, on_table(circulated))
    assert (refusal.code if refusal else "") == ("cites_non_paper" if cited else "")
    circulated.done((CHINA, WithdrawParagraph("p4")))
    assert cited_in(circulated.state, on_table(circulated)) is None


def test_where_nothing_was_circulated_nothing_is_cited(session: Session) -> None:
    session.done((M1, OpenDocument("Draft")), (JAPAN, ProposeParagraph("No non-paper binds us.")))
    assert cited_in(session.state, on_table(session)) is None
