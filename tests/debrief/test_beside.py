"""What the debrief tells of what goes beside the list of speakers: caucuses, news, questions, gists, bookmarks."""

import pytest

from rooms.debrief.measures import report
from rooms.debrief.report import Report
from rooms.domain import (
    attribution,
    caucus_sittings,
    caucus_terms,
    floor,
    gists,
    inject_control,
    notes,
    room,
    sight,
    speakers,
    speeches,
    statements,
)

from .session import SECOND, Session


def afternoon() -> Session:
    """An informal period with a caucus that reports, news for all, a turn given by mistake, a gist, a bookmark."""
    played = Session()
    played.sit("PRC-MFA", "JPN-MFA", "RUS-MFA")
    played.chair(room.StartSession())
    played.start("i2")
    for seat in ("JPN-MFA", "RUS-MFA"):
        played.act(seat.lower(), speakers.AskForFloor("statement"))
    played.chair(floor.NextSpeaker())
    played.chair(floor.NextSpeaker(seen="r1"), 20 * SECOND)
    played.chair(speeches.UndoNext("r2"), 5 * SECOND)
    played.chair(floor.EndSpeech("r1"), 30 * SECOND)
    played.chair(gists.LogGist("r1", "Japan is for more."))
    played.says("PRC-MFA", "Which of you?", kind="question")
    played.chair(notes.SetBookmark("A turn."))
    played.chair(inject_control.AddInject("Storm", "It storms.", "Wire service", ("JPN",)))
    played.chair(inject_control.ReleaseInject("x1"))
    played.start("i3")
    played.act("jpn-mfa", caucus_terms.ProposeCaucus(("RUS",), "Fish", 10))
    caucus = next(iter(played.state.caucuses.known))
    played.act("rus-mfa", caucus_terms.AcceptCaucus(caucus))
    played.act("jpn-mfa", caucus_sittings.SayInCaucus(caucus, "Between the two of us."), 60 * SECOND)
    played.act("jpn-mfa", caucus_sittings.DraftReport(caucus, "We agree on fish."))
    played.act("rus-mfa", caucus_sittings.AgreeReport(caucus))
    played.chair(caucus_sittings.CallBack(), 60 * SECOND)
    played.act("jpn-mfa", notes.NoteToChair("A word in your ear."))
    played.close("Thank you.", 60 * SECOND)
    return played


@pytest.fixture(scope="module")
def played() -> Session:
    return afternoon()


@pytest.fixture(scope="module")
def full(played: Session) -> Report:
    return report(played.seen_by(sight.THE_MODERATORS))


def told(of: Report) -> str:
    return "\n".join(one.sentence for one in of.timeline)


def test_the_chair_reads_who_met_what_came_from_outside_and_what_was_marked(full: Report) -> None:
    for sentence in (
        "Japan and Russia met in a caucus.",
        "The caucus of Japan and Russia reported: We agree on fish.",
        "The caucus of Japan and Russia ended after 2 min, called back by the chair.",
        "Inject 1, “Storm”, went to Japan.",
        "The chair marked this moment: A turn.",
        "Japan said, as it was noted down: Japan is for more.",
        "The chair took the floor back from Russia: it had been given by mistake.",
    ):
        assert sentence in told(full), told(full)
    assert {"caucuses", "injects", "bookmarks"} <= {one.kind for one in full.timeline}


def test_nothing_said_in_confidence_is_told_not_even_to_the_chair(full: Report) -> None:
    everything = repr(full)
    assert "Between the two of us" not in everything
    assert "A word in your ear" not in everything


def test_a_turn_that_was_taken_back_is_counted_once(full: Report) -> None:
    japan = next(one for one in full.speaking if one.delegation == "JPN")
    assert (japan.speeches, japan.ms) == (1, 50 * SECOND)


def test_gists_and_reports_are_among_what_was_said(full: Report) -> None:
    said = [(one.speaker, one.text) for one in full.statements]
    assert ("Japan", "Japan is for more.") in said
    assert ("A caucus", "We agree on fish.") in said


def test_within_the_rule_neither_who_met_off_the_record_nor_who_spoke_is_told(played: Session) -> None:
    others = report(attribution.afterwards(played.seen_by(sight.OBSERVERS)))
    for name in ("met in a caucus", "We agree on fish", "put a question to", "Inject", "marked", "took the floor back"):
        assert name not in told(others)
    gist = next(one for one in others.statements if one.text == "Japan is for more.")
    assert (gist.delegation, gist.seat) == ("", "")


def test_who_got_the_news_reads_of_it_and_nobody_else(played: Session) -> None:
    japan = report(attribution.afterwards(played.seen_by(sight.members_of("JPN"))))
    assert "News from Wire service: “Storm”." in told(japan)
    assert "Storm" not in told(report(attribution.afterwards(played.seen_by(sight.members_of("RUS")))))


def test_what_is_said_by_mistake_can_be_corrected(played: Session) -> None:
    session = Session()
    session.sit("PRC-MFA", "JPN-MFA")
    session.chair(room.StartSession())
    session.chair(statements.CorrectRecord("It was China, not Japan."))
    session.close("")
    assert "The chair corrected the record: “It was China, not Japan.”" in told(
        report(session.seen_by(sight.THE_MODERATORS))
    )
