"""What had been prepared, beside what came of it: who reads it, and how an outcome stands to a mandate."""

import pytest

from rooms.debrief.against import landed
from rooms.debrief.cut import cut
from rooms.debrief.measures import report
from rooms.debrief.report import Report
from rooms.domain import arranging, measures, positions, room, sharing, texts
from rooms.domain.sight import OBSERVERS, THE_MODERATORS, members_of, visible
from tests.domain.play import JAPAN, M1, Session, cast_live


@pytest.fixture
def session() -> Session:
    """The text lands on option b of the scope; Japan declared a."""
    played = cast_live().done((M1, texts.OpenDocument("Draft")), (JAPAN, texts.ProposeParagraph("Calm seas.")))
    played.done((M1, arranging.LinkParagraph("p1", "scope", "b")))
    return played.done((JAPAN, positions.DeclarePosition("scope", "a", ("a",), public=True)))


def read_by(session: Session, audience: object) -> Report:
    return report(visible(session.entries, audience))  # type: ignore[arg-type]


def test_the_moderator_reads_every_mandate_beside_the_outcome(session: Session) -> None:
    made = read_by(session, THE_MODERATORS)
    packs = session.state.prepared.packs
    assert [one.delegation for one in made.mandates] == [
        one.code for one in session.state.prepared.delegations if one.code in packs
    ]
    japan = next(one for one in made.mandates if one.delegation == "JPN")
    (line,) = [one for one in japan.lines if one.issue == "scope"]
    position = next(one for one in packs["JPN"]["positions"] if one["issue"] == "scope")
    assert (line.preferred, line.acceptable) == (position["preferred"], position["acceptable"])
    assert (line.landed, line.declared) == (("b",), "a")
    assert line.cursor == len(visible(session.entries, THE_MODERATORS))


@pytest.mark.parametrize(
    ("landing", "standing"), [("b", "preferred"), ("c", "acceptable"), ("a", "red_line"), ("", "open")]
)
def test_an_outcome_stands_to_a_mandate_as_the_pack_says(landing: str, standing: str) -> None:
    """The packs of the cast prefer b, accept c and rule out a."""
    played = cast_live().done((M1, texts.OpenDocument("Draft")), (JAPAN, texts.ProposeParagraph("Calm seas.")))
    if landing:
        played.done((M1, arranging.LinkParagraph("p1", "scope", landing)))
    japan = next(one for one in read_by(played, THE_MODERATORS).mandates if one.delegation == "JPN")
    (line,) = [one for one in japan.lines if one.issue == "scope"]
    assert line.standing == standing
    assert japan.settled == (1 if landing else 0)
    assert japan.met == (standing in ("preferred", "acceptable"))
    assert japan.crossed == (standing == "red_line")


def test_others_read_no_mandate_before_it_is_shared(session: Session) -> None:
    assert read_by(session, OBSERVERS).mandates == ()
    own = read_by(session, members_of("JPN"))
    assert [one.delegation for one in own.mandates] == ["JPN"]
    assert cut(own, {"outcome"}).mandates == ()
    assert read_by(session, OBSERVERS).papers.recommendations == ()
    assert read_by(session, OBSERVERS).in_fact == ()


def test_what_is_shared_is_read_by_those_it_is_shared_with(session: Session) -> None:
    session.done((M1, room.CloseSession()))
    for part in ("mandates", "papers", "history"):
        session.done((M1, sharing.SharePart(part, "all")))
    chairs, others = read_by(session, THE_MODERATORS), read_by(session, OBSERVERS)
    assert [(one.delegation, one.settled, one.met) for one in others.mandates] == [
        (one.delegation, one.settled, one.met) for one in chairs.mandates
    ]
    assert others.papers.recommendations == chairs.papers.recommendations
    assert [one.measure for one in others.papers.measures] == [one.measure for one in chairs.papers.measures]
    assert others.in_fact == chairs.in_fact


def test_a_measure_that_became_a_commitment_opens_it(session: Session) -> None:
    before = read_by(session, THE_MODERATORS).papers.measures
    assert before
    assert not any(one.taken_up for one in before)
    session.done((M1, measures.DrawMeasures()))
    after = read_by(session, THE_MODERATORS).papers.measures
    assert all(one.taken_up for one in after)
    assert all(taken.act == one.text for one in after for taken in one.taken_up)


def test_where_the_text_lands_is_told_by_its_paragraphs(session: Session) -> None:
    ends = {one.issue: one for one in landed(session.state)}
    assert (ends["scope"].options, ends["scope"].by) == (("b",), "on the table")
    assert ends["scope"].paragraphs == ("Calm seas.",)
    assert (ends["hotline"].options, ends["hotline"].by) == ((), "")
