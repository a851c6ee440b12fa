"""What a page leaves out until somebody opens what it lies in: a phone on a slow line need not fetch every sheet,
fold and tab before it shows the first word (later.js fetches it; without script a link leads to all of it).

Only a page's first arrival leaves anything out. What is sent of it before it is opened finds no place, or takes that of
what was left out; what is fetched is put there when it tells what every frame so far did, and no frame tells less.
"""

import re
from typing import Any, Final

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

WHOLE: Final = "whole"  # the question by which a page leaves nothing out
SHORT: Final = 1500  # characters: to ask for so few costs as much as to send them
# From the end of the opening tag of an element with an id; what holds no inner marks.
MARKED: Final = re.compile(r"><!--later-->(.*?)<!--/later-->", re.S)
OPENING: Final = re.compile(r"<section [^>]*>")


@register.simple_tag(takes_context=True)
def later(context: dict[str, Any], name: str) -> SafeString:
    """A panel that lies in a part of the screen which another covers at first; of a panel with marks only what stands
    between them is left out. Marks stand directly within an element with an id."""
    html = context["panels"][name]
    if _is_whole(context):
        return SafeString(html)
    address = f"panel/{name}/"
    if MARKED.search(html):
        return SafeString(_without_marked(html, address, f"?{WHOLE}#panel-{name}"))
    opening = OPENING.match(html)
    if opening is None or " hidden" in opening[0] or len(html) < SHORT:
        return SafeString(html)
    return SafeString(f"{opening[0][:-1]}{_left_out(address, f'?{WHOLE}#panel-{name}')}</section>")


@register.simple_block_tag(takes_context=True)
def folded(context: dict[str, Any], content: SafeString, address: str) -> SafeString:
    """Words with marks, and where they can be read whole."""
    return content if _is_whole(context) else SafeString(_without_marked(content, address, address))


def _is_whole(context: dict[str, Any]) -> bool:
    return WHOLE in context["request"].GET


def _without_marked(html: str, address: str, link: str) -> str:
    return MARKED.sub(lambda found: found[0] if len(found[1]) < SHORT else _left_out(address, link), html)


def _left_out(address: str, link: str) -> str:
    """The end of an opening tag, and what stands in place of what is left out."""
    return format_html(' data-later="{}"><p class="later"><a href="{}">Show it</a></p>', address, link)
