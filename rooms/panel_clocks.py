"""The clocks of decisions: a window that stands with the room, a silence that does not.

Pure: each reads only the fold in its template's context (`state`).
"""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from rooms.domain.calls import Call
from rooms.showing_decisions import LONG
from rooms.templatetags.room import clock_time, countdown, instant, lasting


def call_clock(context: dict[str, Any], call: Call) -> SafeString:
    """What a call's clock shows. A silence counts on in a pause, and stands where an adjournment stops it; one that is
    long is told by its hour alone."""
    if call.kind != "silence":
        return countdown(context, call.closes_at, call.opened_at)
    length = call.closes_at - call.opened_at
    if length > LONG:
        return SafeString("")
    held = "" if call.stands_since is None else format_html(' data-paused-at="{}"', call.stands_since)
    return format_html(
        '<time class="clock" role="timer" data-ends="{}" data-planned="{}"{} datetime="{}">{}</time>',
        call.closes_at,
        length,
        held,
        instant(call.closes_at),
        lasting(length),
    )


def hour_and_day(at: int) -> SafeString:
    """An instant with its day; the browser puts its own zone's there."""
    return format_html('<time data-at data-day datetime="{}">{}</time>', instant(at), clock_time(at))
