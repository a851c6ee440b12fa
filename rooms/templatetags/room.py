"""Words and marks that panels and pages repeat: a delegation's monogram, a person's name, an instant, a length of time.
What is registered as a tag stands on pages, too; all filters and the other functions are for `panel_templates`.

Pure: each reads only the fold in its template's context (`state`, `names`).
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from markupsafe import escape

from rooms.domain.attribution import RULES, in_full_words, name_of
from rooms.domain.items import Item
from rooms.domain.prepared import Seat

register = template.Library()

KIND_WORDS = {
    "opening": "opening",
    "national_perspective": "national perspectives",
    "military_perspective": "military perspectives",
    "expert_presentation": "expert presentation",
    "discussion": "discussion",
    "informal": "informal period",
    "officials": "officials’ session",
    "drafting": "drafting",
    "decision": "decision",
    "summary": "chair’s summary",
    "closing": "closing",
    "hot_wash": "hot wash",
    "chair": "the chair",
    "statement": "statement",
    "perspective": "perspective",
    "question": "question",
    "reply": "reply",
    "proposal": "proposal",
    "procedural": "procedural",
    "right_of_reply": "right of reply",
    "correction": "correction",
    "stand_aside": "stands aside",
    "join": "joins",
    "object": "objects",
    "lobby": "not yet begun",
    "live": "in session",
    "paused": "paused",
    "adjourned": "adjourned",
    "closed": "closed",
    "adopted": "adopted",
    "objection": "an objection was made",
    "withdrawn": "taken back by the chair",
    "draft": "draft",
    "under_decision": "frozen while it is decided",
    "under_silence": "frozen under silence",
    "shelved": "put aside",
    "red_line": "red line",
    "linked": "acceptable on a condition",
    "presented": "has presented",
}
# The script of a text tells its language well enough to choose letter forms, line breaks and a voice. Kana before Han:
# Japanese has both.
SCRIPTS = (
    ("ko", re.compile("[\uac00-\ud7af\u1100-\u11ff]")),
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("zh", re.compile("[\u3400-\u9fff]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
)
ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


@register.simple_tag(takes_context=True)
def mono(context: dict[str, Any], code: str, size: str = "") -> SafeString:
    """A delegation's mark: monogram, hue and pattern together. `size`: s, l or nothing."""
    delegation = context["state"].prepared.delegation(code)
    if delegation is None:
        return SafeString("")
    return _mark(size, delegation.hue, delegation.pattern, delegation.name, code)


@lru_cache(maxsize=1024)
def _mark(size: str, hue: int, pattern: int, name: str, code: str) -> SafeString:
    css = f"mono mono-{size}" if size else "mono"
    return format_html('<span class="{} hue-{} pat-{}" title="{}">{}</span>', css, hue, pattern, name, code)


@register.simple_tag(takes_context=True)
def delegation_name(context: dict[str, Any], code: str) -> str:
    """A delegation's short name; the chair's for ""."""
    delegation = context["state"].prepared.delegation(code)
    return delegation.name if delegation else "The chair"


@register.simple_tag(takes_context=True)
def named_together(context: dict[str, Any], codes: Sequence[str]) -> str:
    """Several delegations in words: Japan, China and South Korea."""
    names = [delegation_name(context, code) for code in codes]
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


@register.simple_tag(takes_context=True)
def person_name(context: dict[str, Any], pid: str) -> SafeString:
    """A person's name, kept to itself whatever script or direction it is written in."""
    name = context["names"].get(pid, "")
    return SafeString(f"<bdi{in_language(name)}>{escape(name)}</bdi>") if name else SafeString("")


@register.filter
def in_language(text: str | None) -> SafeString:
    """What an element that holds people's own words says of them: a lang attribute, if the script is not Latin."""
    if not text or text.isascii():
        return SafeString("")
    lang = next((lang for lang, script in SCRIPTS if script.search(text)), "")
    return format_html(' lang="{}"', lang) if lang else SafeString("")


def person_name_plain(context: dict[str, Any], pid: str) -> str:
    """A person's name where no markup may stand, as in an option of a list."""
    return str(context["names"].get(pid, ""))


def item_title(context: dict[str, Any], item_id: str) -> str:
    item: Item | None = context["state"].agenda.item(item_id)
    return item.title if item else ""


@register.simple_tag(takes_context=True)
def seat_title(context: dict[str, Any], seat_id: str) -> str:
    seat: Seat | None = context["state"].prepared.seat(seat_id)
    return seat.title if seat else ""


@register.filter
def instant(ms: int | None) -> str:
    """An instant in ms as ISO 8601 UTC, for the datetime attribute of <time>."""
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="milliseconds") if ms is not None else ""


@register.filter
def clock_time(ms: int | None) -> str:
    """Hours and minutes in UTC: what is shown until the browser puts its own zone's time there."""
    return datetime.fromtimestamp(ms / 1000, UTC).strftime("%H:%M") if ms is not None else ""


@register.filter
def lasting(ms: int | None) -> str:
    """A length of time as minutes and seconds: 4:05."""
    seconds = int((ms or 0) / 1000)
    return f"{seconds // 60}:{seconds % 60:02d}"


@register.filter
def signed(ms: int) -> str:
    """A difference of lengths of time: +2:10, or with a true minus sign before 1:05."""
    return f"{'+' if ms >= 0 else chr(0x2212)}{lasting(abs(ms))}"


@register.filter
def lateness(minutes: int) -> str:
    """Whole minutes behind the plan in words; see `running_order.minutes_late`."""
    if minutes == 0:
        return "on time"
    return f"{abs(minutes)} min {'late' if minutes > 0 else 'early'}"


@register.filter
def words(kind: str | None) -> str:
    """A kind of item, speech or answer in plain words."""
    return KIND_WORDS.get(kind, kind.replace("_", " ")) if kind else ""


@register.filter
def rule_name(rule: str) -> str:
    return name_of(rule) if rule in RULES else ""


@register.filter
def rule_words(rule: str) -> str:
    return in_full_words(rule) if rule in RULES else ""


@register.filter
def rule_meaning(rule: str) -> str:
    """What a rule asks of the reader, without its name."""
    return RULES[rule][1] if rule in RULES else ""


@register.filter
def spent_ms(item: Item) -> int:
    """How long an item that does not run now took, all its stretches together."""
    return item.spent_ms


def countdown(
    context: dict[str, Any], ends_at: int | None, started_at: int | None = None, stands_at: int | None = None
) -> SafeString:
    """A clock that the browser counts down to `ends_at`; until then, and in print, it shows the whole length. While
    the room is paused it stands where it was, and so it does where `stands_at` says that it was stopped."""
    if ends_at is None:
        return SafeString("")
    paused = context["state"].room.paused_at if stands_at is None else stands_at
    length = ends_at - (started_at if paused is None and started_at is not None else paused or ends_at)
    held = format_html(' data-paused-at="{}"', paused) if paused is not None else ""
    planned = format_html(' data-planned="{}"', ends_at - started_at) if started_at is not None else ""
    return format_html(
        '<time class="clock" role="timer" data-ends="{}"{}{} datetime="{}">{}</time>',
        ends_at,
        planned,
        held,
        instant(ends_at),
        lasting(max(0, length)),
    )


@register.simple_tag
def moment(at: int | None) -> SafeString:
    """An instant as hours and minutes; the browser puts its own zone's time there."""
    if at is None:
        return SafeString("")
    return format_html('<time data-at datetime="{}">{}</time>', instant(at), clock_time(at))


@register.filter
def seconds_in_words(seconds: int) -> str:
    """How long a speech may last: 90 seconds, 1 minute, 2 minutes."""
    if seconds % 60:
        return f"{seconds} seconds"
    return "1 minute" if seconds == 60 else f"{seconds // 60} minutes"


@register.filter
def ordinal(place: int) -> str:
    """A place in words up to the tenth, then in figures: 11th."""
    if place < len(ORDINALS):
        return ORDINALS[place]
    ending = "th" if place % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{ending}"


def seat_options(seats: Sequence[Seat]) -> SafeString:
    """Seats to choose from, as options; made once for all the lists that offer them."""
    return format_html_join("", "<option>{}</option>", ((seat.id,) for seat in seats))


def titled_seats(seats: Sequence[Seat]) -> SafeString:
    """The same with their titles."""
    return format_html_join(
        "", '<option value="{}">{}, {}</option>', ((seat.id, seat.id, seat.title) for seat in seats)
    )


@register.filter
def get(mapping: Any, key: str) -> Any:
    """One value of a mapping, by a key that is itself a variable."""
    return mapping.get(key)
