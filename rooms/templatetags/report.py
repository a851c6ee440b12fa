"""What the report repeats: pictures, and numbers that open the record at the moment where they come from.

Pure: works on what the view has cut to what its reader may read. `linked` in the context: whether that reader may open
the record; where not, the same words stand there without a link.
"""

from typing import Any

from django import template
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from rooms import panel_templates
from rooms.debrief import headings, pictures, wording
from rooms.debrief.pictures.scale import by_code
from rooms.debrief.report import Report
from rooms.templatetags.room import clock_time, instant

register = template.Library()


@register.simple_tag(takes_context=True)
def as_in_the_room(context: Context, name: str) -> SafeString:
    """What a panel shows, too, by the name of its template."""
    known = {str(key): value for key, value in context.flatten().items()}
    return mark_safe(panel_templates.render(name, known))  # rendered from a template, which escapes


@register.simple_tag(takes_context=True)
def picture(context: dict[str, Any], name: str, made: Any) -> SafeString:
    """A picture by the name of its module; nothing where there is none to draw."""
    return pictures.drawn(name, made, linked=context["linked"]) if made is not None else SafeString("")


@register.simple_tag(takes_context=True)
def opens(context: dict[str, Any], cursor: int | None, words: object, eyes: str = "", about: str = "") -> SafeString:
    """Words that open the record at a moment, seen from a seat if `eyes` names one. `about` is read out after them,
    for who cannot see what stands around."""
    if not cursor or not context["linked"]:
        return format_html("{}", words)
    told = format_html('<span class="sr-only">, {}</span>', about) if about else ""
    return format_html('<a href="../at/{}/{}">{}{}</a>', cursor, f"?from={eyes}" if eyes else "", words, told)


@register.simple_tag(takes_context=True)
def opens_at(context: dict[str, Any], cursor: int | None, at: int | None) -> SafeString:
    """A moment's time of day, opening it."""
    if at is None:
        return SafeString("")
    clock = format_html('<time data-at datetime="{}">{}</time>', instant(at), clock_time(at))
    return opens(context, cursor, clock)


@register.filter
def hue(code: str, report: Report) -> int:
    """The hue of a delegation of the report."""
    return by_code(report.delegations)[code].hue


@register.filter
def named(code: str, report: Report) -> str:
    """A delegation's name within a sentence."""
    return wording.within(report.name(code))


# Headings that are findings, and the small words beside them.
for one in (
    *(headings.outcome_heading, headings.texts_history_heading, headings.brackets_told, headings.meetings_heading),
    *(headings.promises_heading, headings.injects_heading, headings.not_released, headings.that_happened),
    *(headings.followed, headings.in_figures, headings.mandates_heading, headings.papers_heading),
    *(headings.taken_up, headings.standing_words, headings.waits, headings.packages_heading),
    *(headings.perceptions_heading, headings.guesses_heading),
):
    register.filter(one)
