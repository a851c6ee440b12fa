"""The neutral picture of a document: numbers, brackets, what is attached, who signs."""

import pytest

from rooms.domain import ballots, decisions, outputs, seats, texts, voting
from rooms.domain.wording import Run
from rooms.exporting.picture import of_document, of_output, place_of
from rooms.exporting.scripts import language_of, legible, reads_from_right
from tests.domain.play import CHINA, JAPAN, KOREA, M1, Session, cast_live

from .stages import ARABIC, CHINESE, HOSTILE, KOREAN, RUSSIAN, SCRIPTS, SECRETS, agreed, bracketed, document_of, shared


def test_a_draft_has_numbers_everywhere_and_shows_its_brackets() -> None:
    state = shared(bracketed())
    picture = of_document(state, document_of(state))
    preamble, operative = picture.parts
    assert (preamble.section, preamble.heading, preamble.lines[0].number) == ("preambular", "", "P1")
    assert [one.number for one in operative.lines] == ["1.", "2.", "3.", "4.", "5.", "6."]
    assert operative.lines[0].text == "All ports shall be open [in winter / in summer]."
    assert Run("in winter", "open") in operative.lines[0].runs
    assert picture.label == "Draft joint text"
    assert picture.status.startswith("Draft, 1 bracket open.")
    assert picture.brackets == (("1", "“in winter”: “in summer” would be accepted by Land PRC."),)
    assert (picture.signatures, picture.attached, picture.promises, picture.vote) == ((), (), (), ())


def test_the_clean_reading_has_the_words_alone_and_still_says_that_brackets_are_open() -> None:
    state = shared(bracketed())
    picture = of_document(state, document_of(state), clean=True)
    assert picture.parts[1].lines[0].runs == (Run("All ports shall be open in winter."),)
    assert picture.brackets == ()
    assert "1 bracket open" in picture.status


def test_an_adopted_text_has_no_numbers_in_its_preamble_and_an_annex_with_a_heading() -> None:
    state = shared(agreed())
    picture = of_document(state, document_of(state))
    assert [(one.section, one.heading) for one in picture.parts] == [
        ("preambular", ""),
        ("operative", ""),
        ("annex", "Annex"),
    ]
    assert picture.parts[0].lines[0].number == ""
    assert picture.parts[2].lines[0].number == "A1"
    assert picture.label == "Joint text, ad referendum"
    assert picture.capitals == (
        ("Land JPN", "confirmed"),
        ("Land PRC", "instructions sought"),
        ("Land ROK", "agreed ad referendum"),
    )


def test_dissent_is_numbered_headed_dated_and_pointed_to() -> None:
    state = shared(agreed())
    picture = of_document(state, document_of(state))
    assert [(one.number, one.heading) for one in picture.attached] == [
        (1, "Land JPN stood aside"),
        (2, "Interpretative statement by Land ROK"),
        (3, "Reservation by Land PRC to paragraph 1, provisional until it is confirmed"),
    ]
    assert picture.attached[2].text == f"Not in winter. {HOSTILE}"
    assert {one.date for one in picture.attached} == {"3 December 1997"}
    assert picture.parts[1].lines[0].notes == (3,)
    assert picture.parts[1].lines[1].notes == ()


def test_delegations_sign_in_the_order_of_their_names_with_what_they_attached() -> None:
    state = shared(agreed())
    picture = of_document(state, document_of(state))
    assert [(one.name, one.note) for one in picture.signatures] == [
        ("For the Republic of JPN", "in a private capacity"),
        ("For the Republic of PRC", "ad referendum; with reservation 3; in a private capacity"),
        ("For the Republic of ROK", "ad referendum; in a private capacity"),
    ]


def test_where_a_consensus_binds_nobody_signs_in_a_private_capacity() -> None:
    session = cast_live(output="joint statement").done((M1, texts.OpenDocument("On ports")))
    session.done((JAPAN, texts.ProposeParagraph("Open ports.")), (M1, decisions.CallConsensus()))
    state = shared(session.done((M1, decisions.CloseCall("c1"))))
    assert {one.note for one in of_document(state, document_of(state)).signatures} == {""}


def test_the_road_map_tells_what_waits_for_what() -> None:
    state = shared(agreed())
    first, second = of_document(state, document_of(state)).promises
    assert (first.label, first.actor, first.when) == ("C1", "Land JPN", "Short term")
    assert dict(first.details) == {"For": "all others", "Verified by": "Land PRC", "Drawn from": "paragraph 1"}
    assert second.when == "Medium term, 1 March"
    assert dict(second.details)["In order"] == "upon verification of C1"


def test_an_output_is_printed_as_it_was_issued_whatever_happens_since() -> None:
    session = agreed()
    state = shared(session)
    [issued] = state.outputs.issued
    before = of_output(state, issued)
    assert before.label == "Joint statement, ad referendum"
    assert {one.note.split(";")[0] for one in before.signatures} == {"ad referendum"}
    assert before.foot.startswith("Issued by the chair on 3 December 1997. Text of an exercise “Harbour talks”")
    assert before.parts == of_document(state, document_of(state)).parts


def test_the_chairs_own_is_signed_by_the_chair_alone() -> None:
    session = cast_live().done((M1, outputs.IssueOutput("chairs_summary", "", "", "One view.\n\nAnother view.")))
    state = shared(session)
    picture = of_output(state, state.outputs.issued[0])
    assert picture.words == ("One view.", "Another view.")
    assert [one.name for one in picture.signatures] == ["The Chair"]
    assert picture.parts == ()


def test_a_recorded_vote_names_who_voted_how() -> None:
    session = voted("show")
    state = shared(session)
    assert of_document(state, document_of(state)).vote == (
        ("In favour", "Land JPN and Land ROK"),
        ("Against", "Land PRC"),
    )


def voted(method: str) -> Session:
    """A text that two delegations vote for, and one against."""
    session = cast_live(votes=True).done((M1, texts.OpenDocument("On ports")))
    session.done((JAPAN, texts.ProposeParagraph("Open ports.")))
    if method == "secret":  # among three there would be no secret
        session.done(("usa", seats.JoinRoom("delegate", "USA-MFA")), (M1, seats.AdmitPerson("usa")))
    session.done((M1, voting.CallVote(5, "simple", "voting", 1, method)))
    votes = ((JAPAN, "yes"), (CHINA, "no"), (KOREA, "yes"))
    if method == "secret":
        session.done(*((who, ballots.CastBallot("c1", cast)) for who, cast in votes))
        return session.done(("usa", ballots.CastBallot("c1", "yes")))  # which closes the box
    return session.done(*((who, voting.CastVote("c1", cast)) for who, cast in votes))


def test_of_a_secret_vote_only_the_numbers_are_told() -> None:
    state = shared(voted("secret"))
    picture = of_document(state, document_of(state))
    assert picture.vote == ()
    assert picture.status.startswith("Adopted by vote on 3 December 1997, 3 to 1.")


@pytest.mark.parametrize(
    ("number", "expected"),
    [("P2", "preambular paragraph 2"), ("5", "paragraph 5"), ("A1", "annex paragraph 1")],
)
def test_a_paragraph_has_a_name_in_a_sentence(number: str, expected: str) -> None:
    assert place_of(number) == expected


def test_nothing_private_is_in_a_picture() -> None:
    for session in (bracketed(), agreed()):
        state = shared(session)
        printed = repr(
            [of_document(state, document_of(state)), *(of_output(state, one) for one in state.outputs.issued)]
        )
        assert not [one for one in SECRETS if one in printed]


def test_a_script_tells_its_language_and_direction() -> None:
    assert [language_of(one) for one in SCRIPTS] == ["ko", "zh", "ru", "ar", "en"]
    assert [reads_from_right(one) for one in (KOREAN, CHINESE, RUSSIAN, ARABIC, "12 [", "")] == [
        *(False, False, False, True, False, False)
    ]
    assert legible("a\x00b\x0cc\ud800\n") == "abc\n"
