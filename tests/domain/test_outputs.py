"""Output documents: each kind issued where the facts carry it, refused as mislabelled where they do not."""

from dataclasses import replace
from typing import Any

import pytest

from rooms.domain import commitments, decisions, dissent, linking, ratification, room, silence, texts
from rooms.domain.calls import Answer
from rooms.domain.documents import Alternative, Bracket, Document, Paragraph
from rooms.domain.fold import Tick
from rooms.domain.issuing import A_MOMENT, carried
from rooms.domain.labels import KINDS, label_of, status_line
from rooms.domain.outputs import (
    IssueOutput,
    LiftObjection,
    ObjectionLifted,
    ObjectToReading,
    OutputIssued,
    ReadingObjected,
    ReadOut,
    StatementReadOut,
)
from rooms.domain.record import CLOCK
from rooms.domain.state import RoomState
from rooms.domain.wording import NO_TEXT, Held, Run, ledger, runs

from .outputs_play import ADOPTED, DRAFTED, OWN, adopted
from .play import CAST, CHINA, CHINA_MOD, JAPAN, M1, M2, MINUTE, NOON, OBSERVER, SECOND, Session, cast_joined, cast_live

CALM = (("operative", "1", (("The seas are calm.", ""),)), ("operative", "2", (("The ports are open.", ""),)))
LATER = NOON + A_MOMENT


@pytest.fixture
def agreed(session: Session) -> Session:
    """Two paragraphs, adopted by consensus."""
    return adopted(session)


@pytest.fixture
def drafted(session: Session) -> Session:
    """Two paragraphs that nobody has decided on."""
    return session.done(*DRAFTED)


def issued(session: Session) -> OutputIssued:
    [event] = session.new
    assert isinstance(event, OutputIssued)
    return event


def only_document(state: RoomState) -> Document:
    [document] = state.texts.documents
    return document


# The chair's summary


def test_the_chair_issues_a_summary_of_words_of_its_own_at_any_time(session: Session) -> None:
    session.when(M1, IssueOutput("chairs_summary", "", "", OWN)).then(
        OutputIssued(
            *("paper1", "chairs_summary", "Chair’s summary", "", "Chair’s summary, under the chair’s own name"),
            *("The chair’s own; it commits no delegation.", OWN, (), (), (), (), ""),
        )
    )
    [kept] = session.state.outputs.issued
    assert (kept.id, kept.words, kept.at) == ("paper1", OWN, NOON)


def test_a_summary_needs_words_or_a_text(session: Session) -> None:
    assert session.when(M1, IssueOutput("chairs_summary")).refused("text_needed").data["field"] == "text"


def test_only_the_chair_issues_and_reads_out(agreed: Session) -> None:
    for person in CAST:
        if person in (M1, M2):
            continue
        agreed.when(person, IssueOutput("joint_statement", "d1")).refused("not_moderator")
        agreed.when(person, ReadOut("", OWN)).refused("not_moderator")
    agreed.when(M2, IssueOutput("joint_statement", "d1"))
    assert issued(agreed).kind == "joint_statement"


def test_nothing_is_issued_before_the_session_nor_after_it(agreed: Session) -> None:
    agreed.done((M1, room.CloseSession()))
    agreed.when(M1, IssueOutput("joint_statement", "d1")).refused("closed")
    cast_joined().when(M1, IssueOutput("chairs_summary", "", "", OWN)).refused("not_started")


def test_a_pause_keeps_the_chair_from_reading_out_but_not_from_issuing(agreed: Session) -> None:
    agreed.done((M1, room.PauseSession()))
    agreed.when(M1, ReadOut("", OWN)).refused("paused")
    agreed.when(M1, IssueOutput("joint_statement", "d1"))
    assert issued(agreed).label == "Joint statement"


def test_a_text_that_was_not_adopted_goes_out_under_the_chairs_own_name(drafted: Session) -> None:
    drafted.when(M1, IssueOutput("chairs_summary", "d1", "", "Japan and China support this text."))
    event = issued(drafted)
    assert event.title == "Chair’s summary", "not under the title of a text that all were to adopt"
    assert event.label == "Chair’s summary, under the chair’s own name"
    assert event.status == "The chair’s own; it commits no delegation. The text in it was not adopted."
    assert event.words == "Japan and China support this text."
    assert (event.paragraphs, event.adherents) == (CALM, ())


def test_what_the_chair_issues_is_not_called_joint(drafted: Session) -> None:
    refused = drafted.when(M1, IssueOutput("chairs_summary", "d1", "Joint statement of all")).refused("mislabelled")
    assert refused.data["instead"] == "chairs_summary"
    drafted.when(M1, ReadOut("Our joint view", OWN)).refused("mislabelled")


# What was adopted


def test_a_text_adopted_by_consensus_is_a_joint_statement_of_the_electorate(agreed: Session) -> None:
    agreed.when(M1, IssueOutput("joint_statement", "d1")).then(
        OutputIssued(
            *("paper1", "joint_statement", "On the harbour", "d1", "Joint statement"),
            *("Adopted by consensus on 3 December 1997. It binds nobody.", "", CALM, ("JPN", "PRC", "ROK"), (), (), ""),
        )
    )


def test_the_format_says_whether_a_consensus_binds(session: Session) -> None:
    binding = cast_live(output="joint statement").done(*ADOPTED)
    assert status_line(binding.state, only_document(binding.state)) == "Adopted by consensus on 3 December 1997."
    plenary = adopted(session)
    assert status_line(plenary.state, only_document(plenary.state)).endswith("It binds nobody.")


@pytest.mark.parametrize("kind", ["communique", "concept_paper", "joint_statement", "action_plan"])
def test_what_nobody_adopted_is_issued_as_nothing_but_the_chairs(drafted: Session, kind: str) -> None:
    refused = drafted.when(M1, IssueOutput(kind, "d1")).refused("mislabelled")
    assert refused.data["instead"] == "chairs_summary"
    assert refused.message == "This text was not adopted. It may be issued as a chair’s summary."


@pytest.mark.parametrize("kind", ["communique", "concept_paper", "joint_statement"])
def test_what_all_adopted_may_be_issued_as_less(agreed: Session, kind: str) -> None:
    agreed.when(M1, IssueOutput(kind, "d1"))
    assert issued(agreed).label == KINDS[kind][0]


def test_a_plan_of_action_without_commitments_is_a_joint_statement(agreed: Session) -> None:
    refused = agreed.when(M1, IssueOutput("action_plan", "d1")).refused("mislabelled")
    assert refused.data["instead"] == "joint_statement"


def test_dissent_that_does_not_block_is_attached_and_frozen(session: Session) -> None:
    aside = decisions.AnswerCall("c1", "stand_aside", "No instructions.")
    session.done(*DRAFTED, (M1, decisions.CallConsensus()), (CHINA, aside), (M1, decisions.CloseCall("c1")))
    session.when(M1, IssueOutput("joint_statement", "d1"))
    [row] = issued(session).attached
    assert (row["kind"], row["delegation"], row["text"]) == ("stand_aside", "PRC", "No instructions.")


def test_a_vote_with_somebody_against_makes_no_joint_statement(agreed: Session) -> None:
    voted = with_vote(agreed.state, {"JPN": "yes", "PRC": "yes", "ROK": "no"})
    assert label_of(voted, only_document(voted)) == "Text adopted by vote"
    assert status_line(voted, only_document(voted)).startswith("Adopted by vote on 3 December 1997, 2 to 1.")
    assert carried(voted, only_document(voted)) == ("chairs_summary", "communique", "concept_paper")
    unopposed = with_vote(agreed.state, {"JPN": "yes", "PRC": "abstain"})
    assert "joint_statement" in carried(unopposed, only_document(unopposed))
    assert "1 to 0, 1 abstaining" in status_line(unopposed, only_document(unopposed))


def with_vote(state: RoomState, votes: dict[str, str]) -> RoomState:
    """The state as if its text had been adopted by this vote."""
    answers = {code: Answer(vote, "", NOON) for code, vote in votes.items()}
    [call] = state.decisions.calls
    voted = replace(call, kind="vote", answers=answers)
    return replace(state, decisions=replace(state.decisions, calls=(voted,)))


def test_only_what_was_adopted_stands_in_what_delegations_adopted(agreed: Session) -> None:
    agreed.when(M1, IssueOutput("joint_statement", "d1", "", "And peace.")).refused("not_adopted_words")
    agreed.when(M1, IssueOutput("joint_statement", "d1", "On peace")).refused("not_adopted_title")
    agreed.when(M1, IssueOutput("joint_statement", "d1", "On the harbour"))
    assert issued(agreed).title == "On the harbour"


def test_a_text_is_named_and_known_and_a_kind_is_one_of_six(agreed: Session) -> None:
    agreed.when(M1, IssueOutput("joint_statement")).refused("text_to_choose")
    agreed.when(M1, IssueOutput("joint_statement", "d9")).refused("unknown_document")
    agreed.when(M1, IssueOutput("treaty", "d1")).refused("unknown_kind")


def test_a_text_is_not_issued_while_it_is_decided_on(drafted: Session) -> None:
    drafted.done((M1, decisions.CallConsensus()))
    drafted.when(M1, IssueOutput("chairs_summary", "d1")).refused("under_decision")
    drafted.when(M1, ReadOut("", "", "d1")).refused("under_decision")


def test_the_same_is_not_issued_twice(agreed: Session) -> None:
    agreed.done((M1, IssueOutput("joint_statement", "d1")))
    agreed.when(M1, IssueOutput("joint_statement", "d1")).refused("already_issued")
    agreed.when(M1, IssueOutput("communique", "d1"))
    assert issued(agreed).output == "paper2"


def test_what_was_issued_stays_as_it_was_issued(drafted: Session) -> None:
    drafted.done((M1, IssueOutput("chairs_summary", "d1")))
    before = drafted.state.outputs.output("paper1")
    drafted.done((JAPAN, texts.ReviseParagraph("p1", "The seas are rough.", 1)))
    assert drafted.state.outputs.output("paper1") == before
    drafted.when(M1, IssueOutput("chairs_summary", "d1"))
    assert issued(drafted).paragraphs != CALM


# The chairman's statement


def test_a_statement_is_read_out_and_nobody_objects(session: Session) -> None:
    session.when(M1, ReadOut("", OWN)).then(StatementReadOut("read1", "Chairman’s statement", "", OWN, ()))
    session.when(M1, IssueOutput("chairmans_statement"), at=LATER)
    event = issued(session)
    assert (event.label, event.reading, event.words) == ("Chairman’s statement", "read1", OWN)
    assert event.status == "Read out by the chair; no delegation objected."
    assert session.state.outputs.reading is None, "it has been issued"
    session.when(M1, IssueOutput("chairmans_statement")).refused("mislabelled")


def test_a_statement_that_was_not_read_out_is_a_summary(session: Session) -> None:
    refused = session.when(M1, IssueOutput("chairmans_statement", "", "", OWN)).refused("mislabelled")
    assert refused.data["instead"] == "chairs_summary"


def test_delegations_have_a_moment_to_object(session: Session) -> None:
    session.done((M1, ReadOut("", OWN)))
    session.when(M1, IssueOutput("chairmans_statement"), at=LATER - 1).refused("too_soon")
    session.when(M1, IssueOutput("chairmans_statement"), at=LATER)
    assert issued(session)


def test_an_objection_stands_in_the_way_until_it_is_lifted(session: Session) -> None:
    session.done((M1, ReadOut("", OWN)))
    session.when(CHINA, ObjectToReading("read1", "Not so.")).then(ReadingObjected("read1", "PRC", "Not so."))
    refused = session.when(M1, IssueOutput("chairmans_statement"), at=LATER).refused("mislabelled")
    assert refused.message.startswith("Land PRC objects to what was read out.")
    session.when(CHINA, LiftObjection("read1")).then(ObjectionLifted("read1", "PRC"))
    session.when(M1, IssueOutput("chairmans_statement"))
    assert issued(session)


def test_an_objection_has_a_reason_and_can_be_put_otherwise(session: Session) -> None:
    session.done((M1, ReadOut("", OWN)))
    session.when(CHINA, ObjectToReading("read1", "")).refused("reason_needed")
    session.done((CHINA, ObjectToReading("read1", "Not so."))).when(CHINA, ObjectToReading("read1", "Not so.")).then()
    session.done((CHINA, ObjectToReading("read1", "Never so.")))
    reading = session.state.outputs.reading
    assert reading is not None
    assert reading.objections == {"PRC": "Never so."}
    session.when(JAPAN, LiftObjection("read1")).refused("no_objection")


@pytest.mark.parametrize("command", [ObjectToReading("read1", "Not so."), LiftObjection("read1")])
def test_a_delegation_objects_through_its_head(session: Session, command: Any) -> None:
    session.done((M1, ReadOut("", OWN)))
    session.when(CHINA_MOD, command).refused("not_head")
    session.when(OBSERVER, command).refused("not_delegate")
    session.when(M1, command).refused("not_delegate")


@pytest.mark.parametrize("command", [ObjectToReading("read1", "Not so."), LiftObjection("read1")])
def test_what_is_over_is_not_objected_to(session: Session, command: Any) -> None:
    session.when(CHINA, command).refused("reading_over")
    session.done((M1, ReadOut("", OWN)), (M1, ReadOut("", "Others did.")))
    session.when(CHINA, command).refused("reading_over")


def test_other_words_are_read_out_again_and_nobodys_objection_is_carried_over(session: Session) -> None:
    session.done((M1, ReadOut("", OWN)), (CHINA, ObjectToReading("read1", "Not so.")))
    session.when(M1, ReadOut("", OWN)).refused("already_read")
    session.done((M1, ReadOut("", "Some thought so.")))
    session.when(M1, IssueOutput("chairmans_statement", "", "", OWN), at=LATER).refused("mislabelled")
    session.when(M1, IssueOutput("chairmans_statement", "", "", "Some thought so."))
    assert issued(session).reading == "read2"


def test_a_text_can_be_read_out_and_has_not_changed_since(drafted: Session) -> None:
    drafted.when(M1, ReadOut("", "", "d9")).refused("unknown_document")
    drafted.when(M1, ReadOut()).refused("text_needed")
    drafted.done((M1, ReadOut("", "", "d1")), (JAPAN, texts.ReviseParagraph("p1", "The seas are rough.", 1)))
    drafted.when(M1, IssueOutput("chairmans_statement", "d1"), at=LATER).refused("mislabelled")
    drafted.done((M1, ReadOut("", "", "d1")))
    drafted.when(M1, IssueOutput("chairmans_statement", "d1"), at=LATER + A_MOMENT + SECOND)
    assert issued(drafted).status == ("Read out by the chair; no delegation objected. The text in it was not adopted.")


# What a text is called


def test_a_draft_is_called_one(drafted: Session) -> None:
    document = only_document(drafted.state)
    assert label_of(drafted.state, document) == "Draft joint text"
    assert label_of(drafted.state, replace(document, output="communique")) == "Draft press communiqué"
    assert label_of(drafted.state, replace(document, mode="chairs", draft=3)) == "Chair’s text, draft 3"
    assert status_line(drafted.state, document) == "Draft. Nothing is agreed until everything is agreed."
    assert status_line(drafted.state, replace(document, status="shelved")).startswith("Shelved")


def test_a_text_that_is_decided_on_says_so(drafted: Session) -> None:
    drafted.done((M1, decisions.CallConsensus()))
    document = only_document(drafted.state)
    assert label_of(drafted.state, document) == "Draft joint text"
    assert status_line(drafted.state, document) == "Put to the delegations for consensus. The text is frozen."


def test_an_adopted_text_is_joint(agreed: Session) -> None:
    assert label_of(agreed.state, only_document(agreed.state)) == "Joint text"


# How a text is read


def bracketed(*brackets: Bracket) -> tuple[Document, Paragraph]:
    paragraph = Paragraph("p1", "All shall open ports.", "JPN")
    return Document("d1", "On the harbour", paragraphs=(paragraph,), brackets=brackets), paragraph


SHOULD, NOTHING = Alternative("a1", "should", "PRC"), Alternative("a2", "", "ROK")


def test_words_in_brackets_are_followed_by_those_that_would_replace_them() -> None:
    span = Bracket("b1", "p1", 4, 9, "PRC", NOON, "", (SHOULD, NOTHING), {"PRC": "a1", "ROK": "a2", "USA": ""})
    document, paragraph = bracketed(span)
    assert "".join(one.text for one in runs(document, paragraph)) == "All [shall / should / no text] open ports."
    assert runs(document, paragraph)[1:3] == (Run("[", "sign"), Run("shall", "open"))
    assert ledger(document) == (Held("1", "shall", ("USA",), (("should", ("PRC",)), (NO_TEXT, ("ROK",)))),)


def test_a_whole_paragraph_in_brackets_is_bracketed_once() -> None:
    whole = Bracket("b1", "p1", 0, 0, "PRC", NOON, "", (SHOULD,), {"PRC": "a1"})
    again = Bracket("b2", "p1", 0, 0, "ROK", NOON, "", (), {"ROK": ""})
    span = Bracket("b3", "p1", 4, 9, "ROK", NOON, "", (), {"ROK": ""})
    document, paragraph = bracketed(whole, again, span)
    assert "".join(one.text for one in runs(document, paragraph)) == "[All [shall] open ports. / should]"
    assert [one.words for one in ledger(document)] == ["", "", "shall"]


def test_a_bracket_that_has_ended_leaves_no_trace_in_the_words() -> None:
    over = Bracket("b1", "p1", 4, 9, "PRC", NOON, "", (SHOULD,), {}, ended="lifted")
    document, paragraph = bracketed(over)
    assert runs(document, paragraph) == (Run("All shall open ports."),)
    assert ledger(document) == ()


# Ad referendum


@pytest.fixture
def provisional(session: Session) -> Session:
    """The same text, agreed ad referendum."""
    return session.done(*DRAFTED, (M1, decisions.CallConsensus(ad_referendum=True)), (M1, decisions.CloseCall("c1")))


def test_until_all_capitals_have_confirmed_it_a_text_is_ad_referendum(provisional: Session) -> None:
    document = only_document(provisional.state)
    assert label_of(provisional.state, document) == "Joint text, ad referendum"
    assert "Ad referendum: provisional until confirmed by the capitals of" in status_line(provisional.state, document)
    provisional.when(M1, IssueOutput("joint_statement", "d1"))
    assert issued(provisional).label == "Joint statement, ad referendum"
    for code in ("JPN", "PRC", "ROK"):
        provisional.done((M1, ratification.Instruct("d1", code, "confirm")))
    assert label_of(provisional.state, document) == "Joint text"
    assert "Confirmed by all capitals." in status_line(provisional.state, document)
    provisional.when(M1, IssueOutput("joint_statement", "d1"))
    assert issued(provisional).label == "Joint statement", "issued anew, since it is another thing now"


def test_what_a_capital_refuses_is_nobodys_joint_statement(provisional: Session) -> None:
    provisional.done((M1, ratification.Instruct("d1", "PRC", "refuse", "Never.")))
    document = only_document(provisional.state)
    assert label_of(provisional.state, document) == "Text agreed ad referendum, not confirmed"
    assert "Refused by the capital of Land PRC." in status_line(provisional.state, document)
    for kind in ("communique", "joint_statement", "action_plan"):
        refused = provisional.when(M1, IssueOutput(kind, "d1")).refused("mislabelled")
        assert "refused at home by Land PRC" in refused.message
        assert refused.data["instead"] == "chairs_summary"
    provisional.when(M1, IssueOutput("chairs_summary", "d1"))
    assert "refused at home by Land PRC" in issued(provisional).status


def test_what_a_capital_does_not_answer_in_time_is_not_confirmed_either(provisional: Session) -> None:
    provisional.done((M1, ratification.SetRatificationDeadline("d1", 1)))
    provisional.when(CLOCK, Tick(), at=NOON + MINUTE)
    document = only_document(provisional.state)
    assert label_of(provisional.state, document) == "Text agreed ad referendum, not confirmed"
    assert "Lapsed without an answer from the capitals of" in status_line(provisional.state, document)
    refused = provisional.when(M1, IssueOutput("joint_statement", "d1")).refused("mislabelled")
    assert "let the time for its answer lapse" in refused.message


# Silence


def test_a_text_under_silence_says_until_when_and_is_not_issued(drafted: Session) -> None:
    drafted.done((M1, silence.ProposeSilence(10)))
    document = only_document(drafted.state)
    assert status_line(drafted.state, document).startswith("Under silence until ")
    drafted.when(M1, IssueOutput("chairs_summary", "d1")).refused("under_silence")
    drafted.when(CLOCK, Tick(), at=NOON + 10 * MINUTE)
    kept = only_document(drafted.state)
    assert status_line(drafted.state, kept).startswith("Adopted under the silence procedure on 3 December 1997.")
    drafted.when(M1, IssueOutput("joint_statement", "d1"))
    assert issued(drafted).label == "Joint statement"


# What is attached


def test_a_reservation_is_attached_with_the_number_of_its_paragraph(agreed: Session) -> None:
    agreed.done((CHINA, dissent.EnterDissent("reservation", "Not in winter.", "p2", "d1")))
    agreed.when(M1, IssueOutput("joint_statement", "d1"))
    [row] = issued(agreed).attached
    assert (row["kind"], row["delegation"], row["paragraph"], row["provisional"]) == ("reservation", "PRC", "2", True)


def test_a_plan_of_action_says_who_does_what_by_when(agreed: Session) -> None:
    opens = commitments.DrawCommitment("Opens the port", "JPN", paragraph="d1/p2", verifier="PRC")
    pays = commitments.DrawCommitment("Pays for it", "PRC", paragraph="d1/p1", horizon="mid", date="1 March")
    agreed.done((M1, opens), (M1, pays), (M1, linking.LinkCommitments("cm1", "cm2", "verification")))
    agreed.when(M1, IssueOutput("action_plan", "d1"))
    first, second = issued(agreed).promises
    assert (first["label"], first["actor"], first["paragraph"], first["horizon"]) == ("C1", "JPN", "2", "short")
    assert second["waits"] == ("upon verification of C1",)
    assert issued(agreed).label == "Dated action plan"


def test_only_what_binds_its_actor_is_in_a_plan(drafted: Session) -> None:
    drafted.done((M1, commitments.DrawCommitment("Opens the port", "JPN")))
    drafted.done((M1, decisions.CallConsensus()), (M1, decisions.CloseCall("c1")))
    refused = drafted.when(M1, IssueOutput("action_plan", "d1")).refused("mislabelled")
    assert "Nobody is committed" in refused.message
