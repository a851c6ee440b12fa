"""The pictures of the report: each module makes the shapes of one from the report's numbers, a template draws them.

Shapes are whole numbers on a sheet 1000 wide; no colours, no markup. The same template draws a picture in the page,
where its marks open the record, and alone for files: complete SVG in black on white, with patterns and without links.
"""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString


def drawn(name: str, picture: object, *, linked: bool) -> SafeString:
    """A picture for the page, as inline SVG. `linked`: its reader may open the record."""
    return render_to_string(f"rooms/debrief/pictures/{name}.svg", {"p": picture, "linked": linked, "standalone": False})


def standalone(name: str, picture: object) -> str:
    """A picture as an SVG file of its own, for print: namespace, size and colours in it, no links. `name` is that of
    its module: positions, burn, brackets, floor, meetings, strip, balance or roadmap."""
    svg = render_to_string(f"rooms/debrief/pictures/{name}.svg", {"p": picture, "linked": False, "standalone": True})
    return "\n".join(line for line in svg.splitlines() if line.strip())
