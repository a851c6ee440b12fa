"""What the wall shows between two texts: what moved last, the capitals' answers or the road map."""

from rooms import panels
from rooms.domain import agenda, commitments, decisions, ratification, texts
from rooms.domain.commitment_life import SetDue
from rooms.domain.fold import fold
from rooms.domain.sight import OBSERVERS, visible
from tests.domain.commitments_play import OPEN_PORT
from tests.domain.play import CHINA, JAPAN, M1, MINUTE, Session, cast_live


def stage(session: Session) -> str:
    return panels.paint("projector", OBSERVERS, fold(visible(session.entries, OBSERVERS)), {})["stage"]


def referred(item: str) -> Session:
    """A text adopted ad referendum in a drafting, then the item named."""
    session = cast_live().done((M1, agenda.StartItem("i4")), (JAPAN, texts.ProposeParagraph("Calm seas.")))
    session.done((M1, decisions.CallConsensus(5, ad_referendum=True)), (M1, decisions.CloseCall("c1")))
    return session if item == "i4" else session.done((M1, agenda.StartItem(item, "i4")), at=session.now + MINUTE)


def test_a_text_that_waits_for_the_capitals_shows_where_each_stands() -> None:
    session = referred("i4")
    assert 'data-scene="ratification"' in stage(session)
    session.done((M1, ratification.Instruct("d1", "PRC", "refuse", "Too soon.")), at=session.now + MINUTE)
    assert '<li class="is-refused">' in stage(session)
    assert "Too soon." not in stage(session)


def test_what_moved_last_stands_on_the_wall() -> None:
    session = referred("i4")
    session.done((JAPAN, OPEN_PORT), at=session.now + MINUTE)
    session.done((CHINA, commitments.DrawCommitment("China opens one too.", "PRC", "JPN")), at=session.now + MINUTE)
    html = stage(session)
    assert 'data-scene="roadmap"' in html
    assert html.index("China opens one too.") < html.index("Japan opens the port."), "what moved last comes first"
    html = stage(session.done((JAPAN, commitments.AcceptCommitment("cm1", 1)), (M1, SetDue("cm1", 10))))
    assert html.index("Japan opens the port.") < html.index("China opens one too."), "but before it what presses"
    assert 'data-scene="ratification"' in stage(
        session.done((M1, ratification.Instruct("d1", "JPN", "confirm")), at=session.now + MINUTE)
    )


def test_a_discussion_is_about_its_question_until_something_moves_in_it() -> None:
    session = referred("i3")
    assert session.state.agenda.running is not None
    assert session.state.agenda.running.kind == "discussion"
    assert 'data-scene="item"' in stage(session)
    assert 'data-scene="roadmap"' in stage(session.done((JAPAN, OPEN_PORT), at=session.now + MINUTE))
