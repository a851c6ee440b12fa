"""What a program is told of texts: documents with their paragraphs, brackets and amendments, non-papers, own drafts.

Read off the fold of the viewer, so that it can tell nothing that the screens would not. Instants are ms since 1970 UTC;
"" as a delegation is the chair.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from rooms.domain import agreeing, authorship, documents, labels, texts
from rooms.domain.documents import Bracket, Document, Paragraph
from rooms.domain.state import RoomState


def told(state: RoomState, own: str | None) -> dict[str, Any]:
    """All texts of a room. `own`: whose drafts are told, a delegation's or "" for the chair; None for nobody's."""
    drafts = state.drafts.of(own) if own is not None else ()
    return {
        "documents": [document_told(state, one) for one in state.texts.documents],
        "non_papers": [asdict(one) for one in state.non_papers.papers],
        "drafts": [asdict(one) for one in drafts],
    }


def document_told(state: RoomState, document: Document) -> dict[str, Any]:
    """One text. `paragraphs` stand as they are read, then those that were withdrawn, which have no number; `hindrance`
    says why it cannot be put to a decision as it stands, null if it can or has been."""
    standing = [_paragraph(state, document, one, number) for number, one in documents.numbered(document)]
    withdrawn = [_paragraph(state, document, one, "") for one in document.paragraphs if one.withdrawn]
    hindrance = texts.not_ready(state, document) if document.status == "draft" else None
    return {
        "id": document.id,
        "title": document.title,
        "label": labels.label_of(state, document),
        "status": document.status,
        "status_line": labels.status_line(state, document),
        "mode": document.mode,
        "output": document.output,
        "draft": document.draft,
        "paragraphs": [*standing, *withdrawn],
        "brackets": [_bracket(document, one) for one in document.brackets],
        "amendments": [asdict(one) for one in document.amendments],
        "comments": [asdict(one) for one in document.comments],
        "issued": [asdict(one) for one in document.issued],
        "landed": dict(document.landed),
        "shelved_for": document.shelved_for,
        "hindrance": {"code": hindrance.code, "message": hindrance.message} if hindrance else None,
    }


def _paragraph(state: RoomState, document: Document, paragraph: Paragraph, number: str) -> dict[str, Any]:
    """`authorship` are the present words by who brought them in: (text, author), which add up to the text."""
    standing = not paragraph.withdrawn and document.mode == "negotiated"
    return {
        **asdict(paragraph),
        "number": number,
        "status": documents.status_of(document, paragraph),
        "waited_for": agreeing.waited_for(state, paragraph) if standing and not paragraph.agreed else (),
        "authorship": authorship.runs(paragraph.versions),
        "lands": _by_issue(paragraph.lands),
    }


def _by_issue(lands: tuple[tuple[str, str], ...]) -> list[Mapping[str, str]]:
    return [{"issue": issue, "option": option} for issue, option in lands]


def _bracket(document: Document, bracket: Bracket) -> dict[str, Any]:
    """`words` are those in brackets as they stand, of an open one."""
    paragraph = document.paragraph(bracket.paragraph)
    text = paragraph.text if paragraph and bracket.open else ""
    return {**asdict(bracket), "words": text if bracket.whole else text[bracket.start : bracket.end]}
