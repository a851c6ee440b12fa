"""What the panels of ratification and of the capital need. Pure; reads only its fold."""

from collections.abc import Mapping
from typing import Any

from rooms.domain.sight import Audience
from rooms.domain.state import RoomState


def ratification(_view: RoomState, _audience: Audience) -> Mapping[str, Any]:
    return {}


def capital(_view: RoomState, _audience: Audience) -> Mapping[str, Any]:
    return {}
