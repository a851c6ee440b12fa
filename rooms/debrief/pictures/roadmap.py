"""The road map as it stood at the end: which commitment waits for which, from top to bottom."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from rooms import roadmap, roadmap_drawing
from rooms.debrief import wording
from rooms.domain.promises import Commitments


@dataclass(frozen=True, slots=True)
class RoadMap:
    """`drawing` is SVG of its own within the picture, `width` wide."""

    id: str
    says: str
    width: int
    height: int
    drawing: SafeString


def of_commitments(drawn: Commitments) -> RoadMap | None:
    """The picture, None where nothing waits for anything."""
    layout = roadmap.laid_out(drawn)
    if not layout.generations:
        return None
    steps = sum(len(one) for one in layout.generations)
    says = f"the road map: {wording.counted(steps, 'step')} in {wording.counted(len(layout.generations), 'row')}"
    circles = f", and {wording.counted(len(layout.circles), 'circle')} in which all wait" if layout.circles else ""
    says = wording.sentence(f"{says}, each after what it waits for{circles}")
    svg = roadmap_drawing.drawing(layout, {one.id: one for one in drawn.drawn}, label=says)
    height = int(svg.partition('viewBox="0 0 ')[2].partition('"')[0].split()[1])
    return RoadMap("road-map", says, roadmap_drawing.WIDTH, height, svg)
