"""The questions before and after: what is asked of whom, and what was counted."""

from collections.abc import Mapping
from typing import Any

from rooms.domain.sight import Audience
from rooms.domain.state import RoomState


def perceptions(view: RoomState, audience: Audience) -> Mapping[str, Any]:
    return {}
