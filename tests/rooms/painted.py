"""The personal panel as a painter without any memory makes it."""

from collections.abc import Mapping

from rooms import panels
from rooms.domain.seats import Person
from rooms.domain.sight import Audience
from rooms.domain.state import RoomState
from rooms.showing_floor import stance_of


def paint_personal(
    screen: str, audience: Audience, view: RoomState, names: Mapping[str, str], person: Person
) -> dict[str, str]:
    """By its name, if this screen has one."""
    name = panels.PERSONAL.get(screen)
    if name is None:
        return {}
    return {name: panels.render(panels.PANELS[name], screen, audience, view, names, stance_of(view, person))}
