"""The hot wash: its phase, its board, the moment that is being talked about."""

from collections.abc import Mapping
from typing import Any

from rooms.domain.sight import Audience
from rooms.domain.state import RoomState


def wash(view: RoomState, audience: Audience) -> Mapping[str, Any]:
    return {}
