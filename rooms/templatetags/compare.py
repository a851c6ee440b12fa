"""What the page of compared runs needs: a cell that opens its run's record at its moment."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from rooms.debrief.compared import Cell

register = template.Library()


@register.simple_tag(takes_context=True)
def moment_link(context: Any, cell: Cell) -> SafeString:
    """The words of a cell, as a link where they stand for a moment of that run's record."""
    if cell.cursor is None:
        return format_html("{}", cell.words)
    url = reverse("rooms:replay", args=[cell.run, context["pids"][cell.run], cell.cursor])
    return format_html('<a href="{}">{}</a>', url, cell.words)


@register.filter
def at(values: Sequence[Any], n: int) -> Any:
    """The n-th, counted from 0."""
    return values[n]
