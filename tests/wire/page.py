"""What a browser makes of the frames it is sent: panels morphed into a page, and parts of them."""

import re
from collections.abc import Mapping

PARTIAL = re.compile(r'<hx-partial hx-target="#([^"]+)" hx-swap="(\w+)">(.*?)</hx-partial>', re.DOTALL)
PANEL = re.compile(r"panel-([a-z]+)")
BESIDE_TAGS = re.compile(r"\s*(<[^>]*>)\s*")


def morphed(panels: Mapping[str, str], content: str) -> dict[str, str]:
    """The panels by name after one frame's content; blanks beside tags are nothing to a reader, and left out."""
    found = dict(panels)
    for element, swap, html in PARTIAL.findall(content):
        words = BESIDE_TAGS.sub(r"\1", html)
        panel = PANEL.fullmatch(element)
        if panel:
            assert swap == "outerMorph"
            found[panel[1]] = words
            continue
        [(name, start, end)] = [(name, *place) for name, page in found.items() if (place := _place(page, element))]
        page, own = found[name], found[name][start:end]
        new = {"outerMorph": words, "delete": "", "afterend": own + words, "beforebegin": words + own}[swap]
        found[name] = page[:start] + new + page[end:]
    return found


def _place(page: str, element: str) -> tuple[int, int] | None:
    """Where the element with this id stands in a page, from its first sign to behind its last."""
    opening = re.search(rf'<(\w+)(?: [^>]*)? id="{re.escape(element)}"[^>]*>', page)
    if opening is None:
        return None
    depth = 0
    for tag in re.compile(rf"<(/?){opening[1]}\b[^>]*>").finditer(page, opening.start()):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return opening.start(), tag.end()
    raise AssertionError(f"{element} has no end")
