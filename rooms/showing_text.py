"""What the text panel and the drafts beside it need: paragraphs, brackets, versions. Pure; reads only its fold."""

from collections.abc import Mapping
from typing import Any

from rooms.domain import documents
from rooms.domain.sight import Audience
from rooms.domain.state import RoomState


def text(view: RoomState, audience: Audience) -> Mapping[str, Any]:
    """The text on the table, or the last one adopted."""
    document = documents.open_document(view) or next(iter(reversed(view.texts.documents)), None)
    others = [one for one in view.texts.documents if one is not document]
    paragraphs = enumerate(document.standing, start=1) if document else ()
    frozen = document is None or document.status != "draft" or view.room.status == "closed"
    mine = "" if audience.name == "moderators" else audience.delegation or None
    return {
        "document": document,
        "paragraphs": list(paragraphs),
        "others": others,
        "frozen": frozen,
        "author": mine,
        "own_paragraphs": sum(1 for one in (document.standing if document else ()) if one.proposer == mine),
    }


def drafts(_view: RoomState, _audience: Audience) -> Mapping[str, Any]:
    return {}
