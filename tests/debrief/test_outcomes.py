"""What the debrief says of texts that were not simply adopted by consensus: nothing is called more than it is."""

from rooms.debrief import page, tables
from rooms.debrief.exports import ASSESSMENT, as_csv_tables
from rooms.debrief.headings import calls_heading, text_heading
from rooms.debrief.measures import report
from rooms.debrief.report import CallReport, Report, TextReport
from rooms.domain import ballots, decisions, ratification, shelving, silence, texts, voting
from rooms.domain.amendments import TableAmendment
from rooms.domain.brackets import PutBrackets
from rooms.domain.fold import Tick
from rooms.domain.record import CLOCK
from tests.domain.decisions_play import DRAFT, SECRET, SHOW
from tests.domain.play import CHINA, JAPAN, KOREA, M1, MINUTE, NOON, Session, cast_live

AD_REFERENDUM = decisions.CallConsensus(2, ad_referendum=True)
ALL_JOIN = tuple((who, decisions.AnswerCall("c1", "join")) for who in (JAPAN, CHINA, KOREA))


def drafted() -> Session:
    return cast_live().done(*DRAFT)


def later(session: Session, minutes: int) -> Session:
    return session.done((CLOCK, Tick()), at=NOON + minutes * MINUTE)


def told(session: Session) -> Report:
    return report(session.entries)


def text_of(session: Session) -> TextReport:
    return told(session).texts[-1]


def call_of(session: Session) -> CallReport:
    return told(session).calls[-1]


def words(call: CallReport) -> list[str]:
    return [one.words for one in call.answers]


def test_a_vote_is_no_consensus() -> None:
    shown = drafted().done((M1, SHOW), (JAPAN, voting.CastVote("c1", "yes")), (KOREA, voting.CastVote("c1", "yes")))
    carried = shown.done((CHINA, voting.CastVote("c1", "no")))
    assert told(carried).headline == "A text of one paragraph was adopted by vote."
    assert (call_of(carried).kind, call_of(carried).result) == (
        "vote",
        "Adopted by vote: 2 yes, 1 no, 0 abstained, 0 absent.",
    )
    assert text_heading(text_of(carried)) == "What was adopted by vote"
    assert calls_heading(told(carried)) == "One call for a decision, one carried"
    assert "consensus" not in page.markdown(told(carried), ASSESSMENT).split("## Decisions")[1].split("## Positions")[0]


def test_who_did_not_vote_is_not_said_to_have_kept_an_answer_back() -> None:
    shown = drafted().done((M1, SHOW), (JAPAN, voting.CastVote("c1", "yes")), (KOREA, voting.CastVote("c1", "no")))
    tied = shown.done((M1, decisions.CloseCall("c1")))
    assert words(call_of(tied)) == ["voted yes", "did not vote", "voted no"]
    assert told(tied).headline == "No text was adopted: rejected by vote."


def test_of_a_secret_vote_only_its_numbers_are_told_at_every_moment() -> None:
    counted = drafted().done((M1, SECRET), *((who, ballots.CastBallot("c1", "yes")) for who in (JAPAN, CHINA, KOREA)))
    assert call_of(counted).result == "Adopted by vote: 3 yes, 0 no, 0 abstained, 0 absent."
    for length in range(len(counted.entries)):
        calls = report(counted.entries[:length]).calls
        told_of = {(one.answer, one.reason, one.at) for call in calls for one in call.answers}
        assert told_of <= {("secret", "", None)}


def test_silence_kept_is_said_to_be_that() -> None:
    kept = later(drafted().done((M1, silence.ProposeSilence(10))), 10)
    assert told(kept).headline == "A text of one paragraph was adopted under silence."
    assert call_of(kept).result == "Adopted under silence."
    assert words(call_of(kept)) == ["did not object"] * 3
    assert text_heading(text_of(kept)) == "What they agreed"


def test_silence_broken_names_who_broke_it() -> None:
    broken = drafted().done(
        (M1, silence.ProposeSilence(10)), (CHINA, silence.BreakSilence("c1", "We cannot live with this."))
    )
    assert told(broken).headline == "No text was adopted: Land PRC objected."
    assert words(call_of(broken)) == ["did not object", "objected", "did not object"]
    assert text_heading(text_of(broken)) == "What they did not agree"


def test_an_amendment_is_no_text() -> None:
    asked = drafted().done((CHINA, TableAmendment("delete", "p1", "", "", "", 1, "Not now.")))
    carried = asked.done((M1, decisions.CallConsensus(2, subject="am1")), *ALL_JOIN)
    call = call_of(carried)
    assert (call.status, call.what, call.put[0].text) == (
        "adopted",
        "an amendment to “Draft”",
        "To take the paragraph out.",
    )
    assert told(carried).headline == "No text was put to the delegations."
    assert text_heading(text_of(carried)) == "What they did not agree"
    assert calls_heading(told(carried)) == "One call for a decision, one carried; one on amendments"
    row = as_csv_tables(told(carried), ASSESSMENT)["answers"][0]
    assert (row["kind"], row["amendment"]) == ("consensus", "yes")
    assert set(row) == set(tables.columns("answers"))
    assert "### Call 1: An amendment to “Draft”" in page.markdown(told(carried), ASSESSMENT)


def test_what_waits_for_capitals_and_what_failed_there() -> None:
    agreed = drafted().done((M1, AD_REFERENDUM), *ALL_JOIN)
    adopted = "Three delegations adopted a text of one paragraph"
    assert told(agreed).headline == f"{adopted}; it still waited for the capitals."
    assert text_heading(text_of(agreed)) == "What they agreed ad referendum"

    asked = agreed.done((JAPAN, ratification.SeekInstructions("d1", "May we?")))
    refused = asked.done((M1, ratification.Instruct("d1", "JPN", "refuse", "Not at home.")))
    assert told(refused).headline == f"{adopted}; not every capital confirmed it."
    assert text_heading(text_of(refused)) == "What they agreed and not every capital confirmed"


def test_a_shelved_text_and_the_one_after_it() -> None:
    shelved = drafted().done((M1, shelving.ShelveDocument("Another day.")))
    assert text_heading(text_of(shelved)) == "What was put aside"
    both = shelved.done(
        (M1, texts.OpenDocument("Second")),
        (JAPAN, texts.ProposeParagraph("High seas.")),
        (M1, decisions.CallConsensus(2)),
        *ALL_JOIN,
    )
    assert [one.outcome for one in told(both).texts] == ["shelved", "agreed"]
    assert told(both).headline == "Three delegations adopted a text of one paragraph."


def test_a_draft_is_told_with_its_brackets_and_as_the_room_numbers_it() -> None:
    drafting = drafted().done(
        (JAPAN, texts.ProposeParagraph("Recalling the sea,", "preambular")),
        (CHINA, PutBrackets("p1", 1, "Calm", alternative="Quiet")),
    )
    told_of = [(one.called, one.text) for one in text_of(drafting).paragraphs]
    assert told_of == [("P1", "Recalling the sea,"), ("1", "[Calm / Quiet] seas.")]
    made = page.markdown(told(drafting), ASSESSMENT).splitlines()
    assert "- P1. Recalling the sea, (Land JPN)" in made


def test_a_chairs_text_is_never_joint_before_it_is_adopted() -> None:
    chairs = cast_live().done((M1, texts.OpenDocument("Draft", "chairs")), (M1, texts.ProposeParagraph("Calm seas.")))
    assert text_of(chairs).label.startswith("Chair’s text, draft 1.")
    assert [one.proposer_name for one in text_of(chairs).paragraphs] == ["The chair"]
