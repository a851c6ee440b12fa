"""What becomes of amendments: accepted, adopted, rejected; upon the wording for which they were written."""

import pytest

from rooms.domain import seats, sponsoring, texts
from rooms.domain.amending import (
    AcceptAmendment,
    AmendmentAccepted,
    AmendmentAdopted,
    AmendmentRejected,
    adopted,
    may_be_put,
    rejected,
)
from rooms.domain.amendments import RankAmendment, RewordAmendment, TableAmendment
from rooms.domain.authorship import runs
from rooms.domain.brackets import HoldBracket, PutBrackets
from rooms.domain.bridging import AcceptWording
from rooms.domain.refused import Refused

from .play import CHINA, JAPAN, JAPAN_MOD, KOREA, M1, NOON, Session
from .test_amendments import ALTERS, FREE, LONGER, TEXT, amendment, document, drafting, tabled

__all__ = ("drafting", "tabled")  # fixtures


def text(session: Session, paragraph_id: str = "p1") -> str:
    found = document(session).paragraph(paragraph_id)
    assert found is not None
    return found.text


def read(session: Session) -> list[str]:
    return [one.id for one in document(session).standing]


def put(session: Session, amendment_id: str) -> str:
    """The code with which it is refused to put an amendment, or ""."""
    try:
        may_be_put(session.state, document(session), amendment_id)
    except Refused as refusal:
        return refusal.code
    return ""


# Accepted


def test_who_answers_for_the_paragraph_takes_it_up(tabled: Session) -> None:
    tabled.when(KOREA, AcceptAmendment("am1")).refused("not_yours")
    tabled.when(M1, AcceptAmendment("am1")).refused("not_yours")
    tabled.when(JAPAN, AcceptAmendment("am1")).then(
        AmendmentAccepted("d1", "am1", "JPN"), AmendmentAdopted("d1", "am1", "p1")
    )
    one = document(tabled).paragraph("p1")
    assert one is not None
    assert (one.text, one.version, one.versions[-1].cause, one.proposer) == (FREE, 2, "amended", "JPN")
    assert (amendment(tabled).status, amendment(tabled).ended_at) == ("adopted", NOON)
    assert runs(one.versions) == (("Calm seas, ", "JPN"), ("free ", "PRC"), ("ports and calm harbours.", "JPN"))


def test_the_next_sponsor_or_the_chair_answers_for_who_has_left(tabled: Session) -> None:
    tabled.done(
        (KOREA, sponsoring.SponsorParagraph("p1")), (M1, seats.RemovePerson(JAPAN)), (JAPAN_MOD, seats.LeaveSeat())
    )
    tabled.when(M1, AcceptAmendment("am1")).refused("not_yours")
    tabled.done((KOREA, seats.LeaveSeat()), (M1, AcceptAmendment("am1")))
    assert text(tabled) == FREE


def test_the_chair_takes_up_additions_moves_and_what_is_asked_of_its_own(drafting: Session) -> None:
    drafting.done(
        (M1, texts.ProposeParagraph("In good faith.")),
        (CHINA, TableAmendment("alter", "p3", "In best faith.", seen=1)),
        (CHINA, TableAmendment("add", text="Open skies.", after="p1")),
        (CHINA, TableAmendment("move", "p1", after="p2")),
    )
    for number in ("am1", "am2", "am3"):
        drafting.when(JAPAN, AcceptAmendment(number)).refused("not_yours")
        drafting.done((M1, AcceptAmendment(number)))
    assert read(drafting) == ["p4", "p2", "p1", "p3"]
    added = document(drafting).paragraph("p4")
    assert added is not None
    assert (added.text, added.proposer, added.sponsors, added.section) == ("Open skies.", "PRC", ("PRC",), "operative")
    assert (added.versions[0].author, added.versions[0].cause) == ("PRC", "amended")
    assert text(drafting, "p3") == "In best faith."


def test_an_addition_is_its_sponsors(drafting: Session) -> None:
    drafting.done((CHINA, TableAmendment("add", text="Recalling.", section="preambular")), (M1, AcceptAmendment("am1")))
    assert read(drafting) == ["p3", "p1", "p2"]
    drafting.done((CHINA, texts.ReviseParagraph("p3", "Recalling well.", 1)))


def test_what_is_deleted_takes_brackets_and_other_amendments_with_it(tabled: Session) -> None:
    tabled.done(
        (KOREA, PutBrackets("p1", 1, "open")),
        (KOREA, TableAmendment("delete", "p1", seen=1)),
        (KOREA, TableAmendment("add", text="Open skies.", after="p1")),
        (JAPAN, AcceptAmendment("am2")),
    )
    assert read(tabled) == ["p2"]
    assert [one.status for one in document(tabled).amendments] == ["fallen", "adopted", "tabled"]
    assert [one.ended for one in document(tabled).brackets] == ["withdrawn"]
    tabled.done((M1, AcceptAmendment("am3")))
    assert read(tabled) == ["p3", "p2"], "where the paragraph stood behind which it was to be added"


def test_a_text_has_room_for_so_many_paragraphs(drafting: Session) -> None:
    drafting.done((CHINA, TableAmendment("add", text="Open skies.")))
    for n in range(texts.PARAGRAPHS - 2):
        drafting.done((KOREA, texts.ProposeParagraph(f"Paragraph {n}.")))
    drafting.when(M1, AcceptAmendment("am1")).refused("text_full")
    assert put(drafting, "am1") == "text_full"


# The paragraph has changed


def test_upon_other_words_it_is_asked_again(tabled: Session) -> None:
    changed = "Calm seas, open ports and quiet harbours."
    tabled.done((JAPAN, texts.ReviseParagraph("p1", changed, 1)))
    refusal = tabled.when(JAPAN, AcceptAmendment("am1")).refused("changed_meanwhile")
    assert refusal.data == {"paragraph": "p1", "text": changed, "version": 2}
    assert put(tabled, "am1") == "changed_meanwhile"
    tabled.done((CHINA, RewordAmendment("am1", FREE, 2)))
    assert put(tabled, "am1") == ""
    tabled.done((JAPAN, AcceptAmendment("am1")))
    assert text(tabled) == FREE


def test_of_two_alterations_the_second_is_asked_again(tabled: Session) -> None:
    tabled.done((KOREA, TableAmendment("alter", "p1", LONGER, seen=1)), (JAPAN, AcceptAmendment("am1")))
    tabled.when(JAPAN, AcceptAmendment("am2")).refused("changed_meanwhile")
    assert text(tabled) == FREE


def test_a_move_does_not_mind(tabled: Session) -> None:
    tabled.done((CHINA, TableAmendment("move", "p1", after="p2")), (JAPAN, texts.ReviseParagraph("p1", "Calm.", 1)))
    tabled.done((M1, AcceptAmendment("am2")))
    assert read(tabled) == ["p2", "p1"]


# Brackets


def test_words_in_brackets_are_settled_there(tabled: Session) -> None:
    tabled.done((KOREA, PutBrackets("p1", 1, "open ports", alternative="all ports")))
    tabled.when(JAPAN, AcceptAmendment("am1")).refused("brackets_in_the_way")
    assert put(tabled, "am1") == "brackets_in_the_way"


def test_brackets_around_other_words_are_carried_along(tabled: Session) -> None:
    tabled.done((KOREA, PutBrackets("p1", 1, "harbours", alternative="bays")), (CHINA, PutBrackets("p1", 1)))
    tabled.done((JAPAN, AcceptAmendment("am1")))
    bracket = document(tabled).bracket("b1")
    assert bracket is not None
    assert text(tabled)[bracket.start : bracket.end] == "harbours"
    assert [one.open for one in document(tabled).brackets] == [True, True]


def test_what_was_consented_for_all_of_it_was_to_other_words(tabled: Session) -> None:
    tabled.done((KOREA, PutBrackets("p1", 1, alternative="Bays.")), (CHINA, HoldBracket("b1")))
    tabled.done((JAPAN, AcceptWording("b1", "b1-1")), (JAPAN, AcceptAmendment("am1")))
    bracket = document(tabled).bracket("b1")
    assert bracket is not None
    assert bracket.consent is None


# Put to a decision


def test_the_furthest_from_the_original_goes_first(tabled: Session) -> None:
    tabled.done((KOREA, TableAmendment("delete", "p1", seen=1)), (KOREA, TableAmendment("delete", "p2", seen=1)))
    with pytest.raises(Refused) as refusal:
        may_be_put(tabled.state, document(tabled), "am1")
    assert (refusal.value.code, refusal.value.data) == ("furthest_first", {"amendment": "am2"})
    assert (put(tabled, "am2"), put(tabled, "am3")) == ("", "")
    tabled.done((M1, RankAmendment("am1", 1)))
    assert (put(tabled, "am1"), put(tabled, "am2")) == ("", "furthest_first")
    assert put(tabled, "am9") == "amendment_over"


def test_what_cannot_be_put_now_does_not_hold_up_the_others(tabled: Session) -> None:
    tabled.done((KOREA, TableAmendment("delete", "p1", seen=1)), (JAPAN, texts.ReviseParagraph("p1", LONGER, 1)))
    tabled.done((CHINA, RewordAmendment("am1", FREE, 2)))
    assert (put(tabled, "am2"), put(tabled, "am1")) == ("changed_meanwhile", "")


def test_additions_do_not_wait_for_each_other(drafting: Session) -> None:
    drafting.done(
        (CHINA, TableAmendment("add", text="Open skies.")), (KOREA, TableAmendment("add", text="Open roads."))
    )
    assert (put(drafting, "am1"), put(drafting, "am2")) == ("", "")


def test_a_decision_adopts_or_rejects_it(tabled: Session) -> None:
    assert adopted(tabled.state, document(tabled), "am1") == [AmendmentAdopted("d1", "am1", "p1")]
    assert adopted(tabled.state, document(tabled), "am9") == []
    assert rejected(tabled.state, document(tabled), "am9") == []
    tabled.given(*rejected(tabled.state, document(tabled), "am1"))
    assert (amendment(tabled).status, amendment(tabled).ended_at) == ("rejected", NOON)
    assert text(tabled) == TEXT
    assert rejected(tabled.state, document(tabled), "am1") == []
    assert AmendmentRejected("d1", "am1") not in adopted(tabled.state, document(tabled), "am1")
    tabled.done((CHINA, ALTERS))
    assert put(tabled, "am2") == "", "it may be tabled again"
