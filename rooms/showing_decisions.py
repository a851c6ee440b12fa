"""What the panel of decisions needs: the open call, answers, results. Pure; reads only its fold."""

from collections.abc import Mapping
from typing import Any

from rooms.domain import calls, documents
from rooms.domain.sight import Audience
from rooms.domain.state import RoomState


def decision(view: RoomState, _audience: Audience) -> Mapping[str, Any]:
    """The open call, or the last one that ended; with one row a delegation."""
    made = view.decisions.calls
    call = calls.open_call(view) or (made[-1] if made else None)
    rows = [(code, call.answers.get(code)) for code in call.electorate] if call else []
    document = documents.open_document(view)
    return {
        "call": call,
        "answers": rows,
        "answered": len(call.answers) if call else 0,
        "earlier_calls": [one for one in made if one is not call],
        "document": document,
        "may_call": bool(document and document.status == "draft" and document.standing),
    }
