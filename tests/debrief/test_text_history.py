"""How the texts came about: the burn-down, each bracket from its beginning to its end, whose words, amendments."""

import pytest

from rooms.debrief.measures import report
from rooms.debrief.report_texts import BracketStory, TextHistory
from rooms.domain import adjourning, amending, attribution, room, sight, texts
from rooms.domain.amendments import TableAmendment
from rooms.domain.brackets import HoldBracket, LiftHold, PutBrackets
from rooms.domain.bridging import AcceptWording, OfferBridge
from tests.domain.play import CHINA, JAPAN, KOREA, M1, MINUTE, NOON, Session, cast_live

WHOLE = (M1, texts.OpenDocument("Draft")), (JAPAN, texts.ProposeParagraph("Calm seas, open ports."))


def at(minute: float) -> int:
    return NOON + int(minute * MINUTE)


@pytest.fixture
def drafted() -> Session:
    return cast_live().done(*WHOLE, at=at(1))


def history(session: Session) -> TextHistory:
    [one] = report(sight.visible(session.entries, sight.THE_MODERATORS)).histories
    return one


def bracket(session: Session) -> BracketStory:
    return history(session).brackets[-1]


def put(session: Session) -> Session:
    return session.done((CHINA, PutBrackets("p1", 1, "open ports", alternative="free ports", reason="Wide.")), at=at(2))


def test_a_bracket_is_told_from_its_opening_to_its_bridge(drafted: Session) -> None:
    put(drafted).done((KOREA, HoldBracket("b1")), at=at(3))
    drafted.done((M1, OfferBridge("b1", "ports open to all")), at=at(5))
    drafted.done((CHINA, AcceptWording("b1", "b1-2")), (KOREA, AcceptWording("b1", "b1-2")), at=at(6))
    drafted.done((JAPAN, AcceptWording("b1", "b1-2")), at=at(7))

    one = bracket(drafted)

    assert (one.opened_by, one.words, one.reason, one.called) == ("PRC", "open ports", "Wide.", "1")
    assert (one.opened_at, one.ended_at, one.open_ms) == (at(2), at(7), 5 * MINUTE)
    assert (one.ended, one.ended_by) == ("bridged", "JPN")
    assert [(hold.delegation, hold.words, hold.since, hold.until) for hold in one.holds] == [
        ("PRC", "free ports", at(2), at(6)),
        ("ROK", "", at(3), at(6)),
        ("PRC", "ports open to all", at(6), at(7)),
        ("ROK", "ports open to all", at(6), at(7)),
    ]
    assert [(each.author, each.text, each.bridge, each.at) for each in one.offers] == [
        ("PRC", "free ports", False, at(2)),
        ("", "ports open to all", True, at(5)),
    ]


def test_what_stood_before_its_end_is_a_sequence_the_latest_first(drafted: Session) -> None:
    put(drafted).done((JAPAN, texts.ReviseParagraph("p1", "Calm blue seas, open ports.", 1)), at=at(3))
    drafted.done((M1, room.PauseSession("Tea")), at=at(4))
    drafted.done((M1, room.ResumeSession()), at=at(6))
    drafted.done((CHINA, LiftHold("b1")), at=at(8))

    one = bracket(drafted)

    assert [(each.kind, each.at, each.ms) for each in one.before] == [
        ("hold", at(8), 0),
        ("pause", at(6), 2 * MINUTE),
        ("wording", at(3), 5 * MINUTE),
        ("alternative", at(2), 6 * MINUTE),
    ]
    assert all(each.sentence for each in one.before)
    assert (one.ended, one.open_ms) == ("lifted", 4 * MINUTE)


def test_what_came_more_than_ten_minutes_before_its_end_is_not_told(drafted: Session) -> None:
    put(drafted).done((CHINA, LiftHold("b1")), at=at(13))
    assert [each.kind for each in bracket(drafted).before] == ["hold"]


def test_what_is_about_another_paragraph_is_not_told(drafted: Session) -> None:
    put(drafted).done((JAPAN, texts.ProposeParagraph("Quiet nights.")), at=at(3))
    drafted.done((JAPAN, texts.ReviseParagraph("p2", "Quiet days.", 1)), at=at(4))
    drafted.done((KOREA, PutBrackets("p2", 2, "days")), at=at(4))
    drafted.done((KOREA, LiftHold("b2")), (CHINA, LiftHold("b1")), at=at(5))
    assert [each.kind for each in history(drafted).brackets[0].before] == ["hold", "alternative"]


def test_a_bracket_goes_with_its_paragraph(drafted: Session) -> None:
    put(drafted).done((JAPAN, texts.WithdrawParagraph("p1")), at=at(4))

    made = history(drafted)

    assert (made.brackets[0].ended, made.brackets[0].ended_at, made.brackets[0].ended_by) == ("withdrawn", at(4), "")
    assert made.brackets[0].holds[-1].until == at(4)
    assert [one.status for one in made.paragraphs] == ["off"]
    assert made.paragraphs[0].called == "1", "what the room called it last"


def test_the_burn_down_has_a_step_whenever_the_number_changes(drafted: Session) -> None:
    put(drafted).done((KOREA, PutBrackets("p1", 1, "Calm")), at=at(3))
    drafted.done((KOREA, LiftHold("b2")), at=at(4))

    made = history(drafted)

    assert [(one.at, one.open) for one in made.burn] == [(at(1), 0), (at(2), 1), (at(3), 2), (at(4), 1)]
    assert (made.opened, made.most, made.left) == (2, 2, 1)
    assert made.ended == (("lifted", 1), ("open", 1))
    assert made.brackets[0].ended_at is None
    assert made.brackets[0].how == ""
    assert made.brackets[0].before == ()


def test_a_bracket_that_stays_open_is_counted_to_the_end_but_for_an_adjournment(drafted: Session) -> None:
    put(drafted).done((M1, adjourning.AdjournSession("Lunch.", "At two")), at=at(5))
    drafted.done((M1, adjourning.ReconveneSession()), at=at(50))
    drafted.done((M1, room.CloseSession("")), at=at(52))
    assert bracket(drafted).open_ms == 5 * MINUTE


def test_every_wording_says_whose_words_are_new_in_it(drafted: Session) -> None:
    put(drafted).done((JAPAN, AcceptWording("b1", "b1-1")), at=at(3))
    drafted.done((JAPAN, texts.ReviseParagraph("p1", "Calm seas, free ports for all.", 2)), at=at(4))

    [one] = history(drafted).paragraphs

    assert [(each.number, each.author, each.cause, each.at) for each in one.wordings] == [
        (1, "JPN", "proposed", at(1)),
        (2, "PRC", "alternative", at(3)),
        (3, "JPN", "reworded", at(4)),
    ]
    assert [(each.words, each.words_in, each.words_out) for each in one.wordings] == [(4, 4, 0), (4, 1, 1), (6, 2, 0)]
    assert "".join(run.text for run in one.runs) == "Calm seas, free ports for all."
    assert [(run.author, run.words) for run in one.runs if run.words] == [("JPN", 2), ("PRC", 1), ("JPN", 3)]


def test_what_became_of_amendments(drafted: Session) -> None:
    drafted.done((CHINA, TableAmendment("alter", "p1", "Calm seas, free ports.", seen=1, reason="Better.")), at=at(2))
    drafted.done((KOREA, TableAmendment("delete", "p1", seen=1)), at=at(2))
    drafted.done((JAPAN, amending.AcceptAmendment("am1")), at=at(3))
    drafted.done((KOREA, amending.WithdrawAmendment("am2")), at=at(4))

    first, second = history(drafted).amendments

    assert (first.sponsors, first.fate, first.tabled_at, first.ended_at) == (("PRC",), "adopted", at(2), at(3))
    assert (second.kind, second.fate, second.ended_at, second.call) == ("delete", "withdrawn", at(4), "")
    assert history(drafted).paragraphs[0].wordings[-1].cause == "amended"


def test_others_read_the_same_history_within_the_rule(drafted: Session) -> None:
    put(drafted).done((CHINA, LiftHold("b1")), at=at(3)).done((M1, room.CloseSession("")), at=at(4))
    others = attribution.afterwards(sight.visible(drafted.entries, sight.OBSERVERS))

    theirs, ours = report(others).histories[0], history(drafted)

    assert [(one.at, one.open) for one in theirs.burn] == [(one.at, one.open) for one in ours.burn]
    assert [one.how for one in theirs.brackets] == [one.how for one in ours.brackets]
