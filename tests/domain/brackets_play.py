"""One legal use of each command of brackets and amendments, a stored sample of each event, and how random sessions
draw them."""

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

from rooms.domain import amending, amendments, brackets, bridging, seats, settling, texts
from rooms.domain.authorship import runs, tokens
from rooms.domain.documents import Amendment, Bracket, Document, Paragraph, open_document
from rooms.domain.state import RoomState

from .play import CHINA, JAPAN, KOREA, M1

DRAFT = (
    (M1, texts.OpenDocument("Draft")),
    (JAPAN, texts.ProposeParagraph("Calm seas, open ports and calm harbours.")),
    (JAPAN, texts.ProposeParagraph("In good faith.")),
)
HELD = (*DRAFT, (CHINA, brackets.PutBrackets("p1", 1, "open ports", 1, "free ports", reason="Too wide.")))
BOTH = (*HELD, (KOREA, brackets.HoldBracket("b1")))
ALTERS = amendments.TableAmendment("alter", "p1", "Calm seas, free ports and calm harbours.", seen=1)
TABLED = (*DRAFT, (CHINA, ALTERS))
SPONSORED = (*TABLED, (KOREA, amendments.CosponsorAmendment("am1")))

USES: Mapping[str, tuple[Any, ...]] = {
    "put_brackets": (CHINA, brackets.PutBrackets("p1", 1, "calm", 1, "quiet", reason="Not calm."), DRAFT),
    "hold_bracket": (KOREA, brackets.HoldBracket("b1", "b1-1"), HELD),
    "add_alternative": (KOREA, brackets.AddAlternative("b1", "all ports"), HELD),
    "lift_hold": (CHINA, brackets.LiftHold("b1"), HELD),
    "offer_bridge": (M1, bridging.OfferBridge("b1", "ports open to all"), HELD),
    "accept_wording": (JAPAN, bridging.AcceptWording("b1", "b1-1"), BOTH),
    "set_aside_hold": (M1, bridging.SetAsideHold("b1", "ROK"), (*BOTH, (KOREA, seats.LeaveSeat()))),
    "table_amendment": (CHINA, ALTERS, DRAFT),
    "cosponsor_amendment": (KOREA, amendments.CosponsorAmendment("am1"), TABLED),
    "leave_amendment": (KOREA, amendments.LeaveAmendment("am1"), SPONSORED),
    "reword_amendment": (CHINA, amendments.RewordAmendment("am1", "Calm seas and calm harbours.", 1), TABLED),
    "rank_amendment": (M1, amendments.RankAmendment("am1", 1), TABLED),
    "withdraw_amendment": (CHINA, amending.WithdrawAmendment("am1"), TABLED),
    "accept_amendment": (JAPAN, amending.AcceptAmendment("am1"), TABLED),
}

SAMPLES: tuple[Any, ...] = (
    brackets.BracketOpened("d1", "b1", "p1", 5, 9, "PRC", "Too calm."),
    brackets.AlternativeAdded("d1", "b1", "b1-1", "PRC", "평온한 海"),
    brackets.BracketHeld("d1", "b1", "ROK", "b1-1"),
    brackets.HoldLifted("d1", "b1", "ROK"),
    bridging.BridgeOffered("d1", "b1", "b1-2", "quiet waters"),
    bridging.WordingConsented("d1", "b1", "JPN", "b1-2"),
    bridging.HoldSetAside("d1", "b1", "PRC"),
    settling.BracketSettled("d1", "b1", "ROK", "b1-2", "Calm quiet waters."),
    settling.BracketEnded("d1", "b1", "PRC", "lifted"),
    amendments.AmendmentTabled("d1", "am1", "PRC", "alter", "p1", "Calm waters.", "", "", 1, "Wider.", 333),
    amendments.AmendmentCosponsored("d1", "am1", "ROK"),
    amendments.AmendmentLeft("d1", "am1", "ROK"),
    amendments.AmendmentReworded("d1", "am1", "PRC", "Calmer waters.", 2, 500),
    amendments.AmendmentsRanked("d1", ("am2", "am1")),
    amending.AmendmentAccepted("d1", "am1", "JPN"),
    amending.AmendmentAdopted("d1", "am1", "p1"),
    amending.AmendmentRejected("d1", "am1"),
    amending.AmendmentWithdrawn("d1", "am1", "PRC"),
    amending.AmendmentPassedOn("d1", "am1", "PRC"),
)
SPELLED = {
    "brackets": "opened alternative added held hold lifted bridge offered consented set aside settled ended",
    "amendments": "tabled cosponsored left reworded ranked accepted adopted rejected withdrawn passed on",
}


# At random


def _one(options: Any, n: int, otherwise: Any = "") -> Any:
    return options[n % len(options)] if options else otherwise


def _paragraph(state: RoomState, n: int) -> Paragraph:
    document = open_document(state)
    there = (document.paragraphs if n == 11 else document.standing) if document else ()
    paragraph: Paragraph = _one(there, n, Paragraph("p1", "", ""))
    return paragraph


def _bracket(state: RoomState, n: int) -> Bracket:
    """An open one; seldom, one that is gone."""
    document = open_document(state)
    there = (document.brackets if n == 11 else document.open_brackets) if document else ()
    bracket: Bracket = _one(there, n, Bracket("b1", "p1", 0, 0, "", 0))
    return bracket


def _amendment(state: RoomState, n: int) -> Amendment:
    document = open_document(state)
    there = (document.amendments if n == 11 else document.pending) if document else ()
    amendment: Amendment = _one(there, n, Amendment("am1", "add", "", "", "", "operative", ("PRC",), 0, "", 0))
    return amendment


def _alternative(bracket: Bracket, n: int) -> str:
    return str(_one([one.id for one in bracket.alternatives], n // 3)) if n % 4 else ""


def _put(state: RoomState, n: int) -> brackets.PutBrackets:
    paragraph = _paragraph(state, n)
    words = _one([written for written, _ in tokens(paragraph.text)], n // 2) if n % 3 else ""
    other, none = (f"other {n}" if n % 4 == 2 else ""), n % 4 == 3
    return brackets.PutBrackets(paragraph.id, paragraph.version - (n == 9), words, 1 + (n == 8), other, none)


def _added(state: RoomState, n: int) -> brackets.AddAlternative:
    return brackets.AddAlternative(_bracket(state, n).id, f"words {n // 2}" if n % 5 else "", n % 5 == 0)


def _bridge(state: RoomState, n: int) -> bridging.OfferBridge:
    return bridging.OfferBridge(_bracket(state, n).id, f"bridge {n // 2}" if n % 5 else "", n % 5 == 0)


def _accepted(state: RoomState, n: int) -> bridging.AcceptWording:
    bracket = _bracket(state, n)
    latest = bracket.alternatives[-1].id if bracket.alternatives else ""
    return bridging.AcceptWording(bracket.id, latest if n % 4 else _alternative(bracket, n + 1))


def _altered(paragraph: Paragraph, n: int) -> str:
    return f"Whereas {paragraph.text}" if n % 2 else f"{paragraph.text.removesuffix('.')} and {n} more."


def _tabled(state: RoomState, n: int) -> amendments.TableAmendment:
    kind = _one((*amendments.KINDS, "alter", "alter", "sing"), n)
    paragraph, other = _paragraph(state, n), _paragraph(state, n + 1)
    text = f"Added {n}." if kind == "add" else _altered(paragraph, n)
    after = other.id if n % 2 else ""
    return amendments.TableAmendment(kind, paragraph.id, text, after, "operative", paragraph.version - (n == 9))


def _reworded(state: RoomState, n: int) -> amendments.RewordAmendment:
    amendment, document = _amendment(state, n), open_document(state)
    paragraph = document.paragraph(amendment.paragraph) if document else None
    text = _altered(paragraph, n) if paragraph else f"Added again {n}."
    return amendments.RewordAmendment(amendment.id, text, paragraph.version if paragraph else 0)


BUILD: Mapping[str, Callable[[RoomState, int], Any]] = {
    "put_brackets": _put,
    "hold_bracket": lambda state, n: brackets.HoldBracket(_bracket(state, n).id, _alternative(_bracket(state, n), n)),
    "add_alternative": _added,
    "lift_hold": lambda state, n: brackets.LiftHold(_bracket(state, n).id),
    "offer_bridge": _bridge,
    "accept_wording": _accepted,
    "set_aside_hold": lambda state, n: bridging.SetAsideHold(
        _bracket(state, n).id, _one(_bracket(state, n).holders, n, "PRC")
    ),
    "table_amendment": _tabled,
    "cosponsor_amendment": lambda state, n: amendments.CosponsorAmendment(_amendment(state, n).id),
    "leave_amendment": lambda state, n: amendments.LeaveAmendment(_amendment(state, n).id),
    "reword_amendment": _reworded,
    "rank_amendment": lambda state, n: amendments.RankAmendment(_amendment(state, n).id, 1 + n % 3),
    "withdraw_amendment": lambda state, n: amending.WithdrawAmendment(_amendment(state, n).id),
    "accept_amendment": lambda state, n: amending.AcceptAmendment(_amendment(state, n).id),
}


def whom_it_suits(name: str, state: RoomState, n: int) -> str:
    """Somebody of the delegation, or the chair, whose it is to do this; "" where many may, or nobody is there."""
    document = open_document(state)
    if document is None or name not in OF_SOMEBODY:
        return ""
    bracket, amendment = _bracket(state, n), _amendment(state, n)
    about = document.paragraph(bracket.paragraph)
    if name == "lift_hold" or (name == "accept_wording" and n % 3):
        codes = bracket.holders
    elif name == "accept_wording":
        codes = (settling.answers_for(state, about),) if about else ()
    elif name == "accept_amendment":
        codes = (amending.accepts(state, document, amendment),)
    else:
        codes = amendment.sponsors
    there = state.seats.members(_one(codes, n)) or (state.seats.inside("moderator") if "" in codes else ())
    return there[0].id if there else ""


OF_SOMEBODY = (
    *("lift_hold", "accept_wording", "accept_amendment", "leave_amendment", "reword_amendment", "withdraw_amendment"),
)
SELDOM = ("withdraw_amendment", "rank_amendment", "leave_amendment")
# Seldom possible, so tried whenever it is.
HARD = (
    *("put_brackets", "hold_bracket", "add_alternative", "offer_bridge", "accept_wording", "accept_wording"),
    *("lift_hold", "set_aside_hold", "accept_amendment", "reword_amendment", "cosponsor_amendment"),
)


# What stays true

SIGNED = (
    *(brackets.BracketOpened, brackets.AlternativeAdded, brackets.BracketHeld, brackets.HoldLifted),
    *(bridging.WordingConsented, settling.BracketSettled, settling.BracketEnded),
    *(amendments.AmendmentTabled, amendments.AmendmentCosponsored, amendments.AmendmentLeft),
    *(amendments.AmendmentReworded, amending.AmendmentAccepted, amending.AmendmentWithdrawn),
    amending.AmendmentPassedOn,
)
OF_THE_CHAIR = (bridging.BridgeOffered, bridging.HoldSetAside, amendments.AmendmentsRanked)


def sound_brackets(before: RoomState, now: RoomState) -> None:
    """No bracket without a holder, none across another, none where nothing stands; the words in brackets stay as they
    are until these end; what is over stays over; nothing in dispute in what was adopted."""
    for document in now.texts.documents:
        if document.status == "adopted":
            assert not document.open_brackets
            assert not document.pending
        for paragraph in document.paragraphs:
            sound_spans(document, paragraph)
        for amendment in document.pending:
            assert amendment.sponsors
            assert amendment.kind == "add" or _stands(document, amendment.paragraph)
        earlier = before.texts.document(document.id)
        if earlier:
            _nothing_lost(earlier, document)


def _stands(document: Document, paragraph_id: str) -> bool:
    return paragraph_id in [one.id for one in document.standing]


def sound_spans(document: Document, paragraph: Paragraph) -> None:
    assert "".join(text for text, _ in runs(paragraph.versions)) == paragraph.text
    there = document.brackets_on(paragraph.id)
    assert not (there and (paragraph.withdrawn or paragraph.agreed))
    assert len([one for one in there if one.whole]) <= 1
    held = [one for one in there if not one.whole]
    assert all(0 <= one.start < one.end <= len(paragraph.text) for one in held)
    assert all(one.end <= other.start for one, other in pairwise(held)), "they stand one behind the other"
    for one in there:
        assert one.holds
        assert {*one.holds.values(), one.consent or ""} <= {"", *(other.id for other in one.alternatives)}
        assert not (one.whole and one.alternatives and held)
        assert not set(one.holders) & set(paragraph.agreed_by)


def _nothing_lost(before: Document, now: Document) -> None:
    for one in before.brackets:
        later = now.bracket(one.id)
        assert later is not None
        assert later.alternatives[: len(one.alternatives)] == one.alternatives
        if not one.open:
            assert later == one, "brackets that are gone stay gone"
        elif later.open:
            assert _words(before, one) == _words(now, later)
    for amendment in before.amendments:
        assert amendment.status == "tabled" or now.amendment(amendment.id) == amendment
    for paragraph in before.paragraphs:
        same = now.paragraph(paragraph.id)
        assert same is not None
        assert same.versions[: len(paragraph.versions)] == paragraph.versions, "every version is kept"


def _words(document: Document, bracket: Bracket) -> str:
    paragraph = document.paragraph(bracket.paragraph)
    return paragraph.text[bracket.start : bracket.end] if paragraph else ""
