"""How random sessions draw what is done to a text beyond the first four commands, and what is drafted in private."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rooms.domain import agreeing, arranging, chairs_text, documents, drafting, non_papers, shelving, sponsoring, texts
from rooms.domain.seats import Person
from rooms.domain.state import RoomState

SECTIONS = (*documents.SECTIONS, "operative", "margin")
REASON = ("", "We have new instructions.")


def _one(options: Sequence[Any], n: int, otherwise: Any = "") -> Any:
    return options[n % len(options)] if options else otherwise


def _paragraph(state: RoomState, n: int) -> documents.Paragraph:
    """One that stands; seldom, one that was withdrawn."""
    document = documents.open_document(state)
    there = (document.paragraphs if n == 11 else document.standing) if document else ()
    paragraph: documents.Paragraph = _one(there, n, documents.Paragraph("p1", "", ""))
    return paragraph


def is_the_chairs(state: RoomState) -> bool:
    """Whether only the chair writes the text that is on the table."""
    document = documents.open_document(state)
    return document is not None and document.mode == "chairs"


def _seen(paragraph: documents.Paragraph, n: int) -> int:
    return paragraph.version - (n == 7)


def _sponsored(state: RoomState, n: int) -> str:
    document = documents.open_document(state)
    several = [one.id for one in document.standing if len(one.sponsors) > 1] if document else []
    return str(_one(several, n, "p1"))


def _agreed(state: RoomState, n: int) -> str:
    document = documents.open_document(state)
    return str(_one([one.id for one in document.standing if one.agreed] if document else [], n, "p1"))


def _agree(state: RoomState, n: int) -> agreeing.AgreeParagraph:
    paragraph = _paragraph(state, n)
    return agreeing.AgreeParagraph(paragraph.id, _seen(paragraph, n))


def _gavel(state: RoomState, n: int) -> agreeing.GavelParagraph:
    paragraph = _paragraph(state, n)
    return agreeing.GavelParagraph(paragraph.id, _seen(paragraph, n))


def _proposed(state: RoomState, n: int) -> texts.ProposeParagraph:
    after = _paragraph(state, n).id if n % 3 == 2 else ""
    return texts.ProposeParagraph(f"Paragraph {n}." if n else "", _one(SECTIONS, n), after)


def _moved(state: RoomState, n: int) -> arranging.MoveParagraph:
    after = _paragraph(state, n + 1).id if n % 2 else ""
    return arranging.MoveParagraph(_paragraph(state, n).id, after, _one(SECTIONS, n))


def _put_aside(state: RoomState, n: int) -> str:
    return str(_one([one.id for one in state.texts.documents if one.status == "shelved"], n, "d1"))


def _opened(n: int) -> texts.OpenDocument:
    mode = _one(("negotiated", "negotiated", "negotiated", "chairs", "poem"), n)
    return texts.OpenDocument(f"Text {n}", mode, "communique" if n == 8 else "")


BUILD: Mapping[str, Callable[[RoomState, int], Any]] = {
    "open_document": lambda _state, n: _opened(n),
    "propose_paragraph": _proposed,
    "shelve_document": lambda _state, n: shelving.ShelveDocument("No progress." if n % 2 else ""),
    "take_up_document": lambda state, n: shelving.TakeUpDocument(_put_aside(state, n)),
    "set_document_mode": lambda _state, n: chairs_text.SetDocumentMode(_one(("negotiated", "chairs"), n)),
    "sponsor_paragraph": lambda state, n: sponsoring.SponsorParagraph(_paragraph(state, n).id),
    "leave_sponsors": lambda state, n: sponsoring.LeaveSponsors(_sponsored(state, n)),
    "agree_paragraph": _agree,
    "take_back_agreement": lambda state, n: agreeing.TakeBackAgreement(_paragraph(state, n).id),
    "gavel_paragraph": _gavel,
    "reopen_paragraph": lambda state, n: agreeing.ReopenParagraph(_agreed(state, n), _one(REASON, n)),
    "move_paragraph": _moved,
    "link_paragraph": lambda state, n: arranging.LinkParagraph(
        _paragraph(state, n).id, _one(("scope", "hotline", "fish"), n // 4), _one(("a", "b", "c", ""), n)
    ),
    "comment_text": lambda state, n: chairs_text.CommentText(
        f"Comment {n}." if n else "", _paragraph(state, n).id if n % 2 else ""
    ),
    "issue_draft": lambda _state, _n: chairs_text.IssueDraft(),
    "circulate_non_paper": lambda _state, n: non_papers.CirculateNonPaper(f"Elements {n // 3}", f"Words {n}."),
}


# In private: built from what the person's own delegation keeps


def _own(state: RoomState, who: Person | None, n: int) -> drafting.Draft | None:
    draft: drafting.Draft | None = _one(state.drafts.of(who.delegation if who else ""), n, None)
    return draft


def _id_of(state: RoomState, who: Person | None, n: int) -> str:
    draft = _own(state, who, n)
    return draft.id if draft else "f0"


def _keep(state: RoomState, who: Person | None, n: int) -> drafting.KeepDraft:
    draft = _own(state, who, n) if n % 3 == 0 else None
    about = _paragraph(state, n).id if n % 4 == 1 else ""
    if draft is None:
        return drafting.KeepDraft(f"Ours alone {n}." if n else "", "", f"Draft {n}", about)
    return drafting.KeepDraft(f"Better {n}.", draft.id, draft.title, about, draft.version - (n == 9))


DRAFTS: Mapping[str, Callable[[RoomState, Person | None, int], Any]] = {
    "keep_draft": _keep,
    "drop_draft": lambda state, who, n: drafting.DropDraft(_id_of(state, who, n)),
    "table_draft": lambda state, who, n: drafting.TableDraft(_id_of(state, who, n), _one(SECTIONS, n)),
}
SELDOM = (
    *("shelve_document", "set_document_mode", "gavel_paragraph", "circulate_non_paper", "take_back_agreement"),
    "leave_sponsors",
)
# Seldom possible, so tried whenever it is.
HARD = ("take_up_document", "agree_paragraph", "agree_paragraph", "reopen_paragraph", "comment_text")
