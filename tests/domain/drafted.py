"""A text on the table, for the tests of what is done to one: Japan's paragraph, China's, and one of the chair's."""

from dataclasses import replace
from typing import Any

from rooms.domain.documents import Document, Paragraph, open_document
from rooms.domain.fold import decide
from rooms.domain.texts import OpenDocument, ProposeParagraph

from .play import CHINA, JAPAN, M1, Session


def on_table(session: Session) -> Document:
    document = open_document(session.state)
    assert document is not None
    return document


def paragraph(session: Session, paragraph_id: str = "p1") -> Paragraph:
    found = on_table(session).paragraph(paragraph_id)
    assert found is not None
    return found


def drafted(session: Session) -> Session:
    """Three paragraphs: Japan's p1, China's p2, the chair's p3."""
    return session.done(
        (M1, OpenDocument("Draft")),
        (JAPAN, ProposeParagraph("Calm seas.")),
        (CHINA, ProposeParagraph("Open ports.")),
        (M1, ProposeParagraph("In good faith.")),
    )


def chairs(session: Session) -> Session:
    """A chair's text of two paragraphs."""
    return session.done(
        (M1, OpenDocument("Draft", "chairs")),
        (M1, ProposeParagraph("Calm seas.")),
        (M1, ProposeParagraph("Open ports.")),
    )


def decided(session: Session, actor: str, command: Any, **changes: Any) -> list[Any]:
    """What comes of a command if the text on the table were like this; nothing is written."""
    document = replace(on_table(session), **changes)
    documents = tuple(document if one.id == document.id else one for one in session.state.texts.documents)
    state = replace(session.state, texts=replace(session.state.texts, documents=documents))
    return decide(state, actor, command, session.now)
