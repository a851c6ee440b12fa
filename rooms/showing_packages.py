"""What the package finder's panel needs. Pure; reads only its fold."""

from collections.abc import Mapping
from typing import Any

from rooms.domain.sight import Audience
from rooms.domain.state import RoomState


def packages(_view: RoomState, _audience: Audience) -> Mapping[str, Any]:
    return {}
