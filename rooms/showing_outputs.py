"""What the panel of output documents needs: texts to read, what was read out, what was issued, and as what the chair
may issue each text. Pure; reads only its fold."""

from collections.abc import Mapping
from typing import Any

from rooms.domain import issuing, labels
from rooms.domain.documents import FROZEN, Document
from rooms.domain.labels import KINDS
from rooms.domain.outputs import Issued
from rooms.domain.sight import THE_MODERATORS, Audience
from rooms.domain.state import RoomState

CHAIRS = issuing.THE_CHAIRS


def outputs(view: RoomState, audience: Audience) -> Mapping[str, Any]:
    """Documents and outputs, the newest first; the chair also gets what each may be issued as."""
    reading = view.outputs.reading
    mine = reading.objections.get(audience.delegation, "") if reading and audience.delegation else ""
    chairs = audience == THE_MODERATORS and view.room.status not in ("lobby", "closed")
    texts = [_text(view, one, chairs=chairs) for one in reversed(view.texts.documents)]
    return {
        "papers": texts,
        "issued": [_issued(view, one) for one in reversed(view.outputs.issued)],
        "reading": reading,
        "own_objection": mine,
        "issues": chairs,
        "to_choose": [row["document"] for row in texts if row["document"].status not in FROZEN] if chairs else [],
    }


def _text(view: RoomState, document: Document, *, chairs: bool) -> Mapping[str, Any]:
    """A text with its label and standing; `kinds` as which it may be issued beside the chair's own, `why_not` the
    reason that it is no more than that."""
    row: dict[str, Any] = {
        "document": document,
        "label": labels.label_of(view, document),
        "status": labels.status_line(view, document),
    }
    if chairs and document.status not in FROZEN:
        carried = issuing.carried(view, document)
        row["kinds"] = [(kind, KINDS[kind][0]) for kind in carried if kind not in CHAIRS]
        stronger = next((kind for kind in KINDS if kind not in CHAIRS and kind not in carried), "")
        if stronger and document.status == "adopted":
            row["why_not"] = (KINDS[stronger][0], issuing.CARRIES[stronger](view, document))
    return row


def _issued(view: RoomState, one: Issued) -> Mapping[str, Any]:
    """An output, and where its text stands now if that has changed since."""
    document = view.texts.document(one.document)
    now = labels.status_line(view, document) if document and one.kind not in CHAIRS else one.status
    return {"output": one, "since": now if now != one.status else ""}
