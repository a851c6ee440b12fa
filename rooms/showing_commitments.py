"""What the road map needs: commitments by track and horizon, links, warnings. Pure; reads only its fold."""

from collections.abc import Mapping
from typing import Any

from rooms.domain.sight import Audience
from rooms.domain.state import RoomState


def commitments(_view: RoomState, _audience: Audience) -> Mapping[str, Any]:
    return {}
