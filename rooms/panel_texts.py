"""What the panels of a text repeat many times over: a paragraph's words with their brackets, changes by word, and a
button that does one thing. Made here in one go, because a text of sixty paragraphs has hundreds of them."""

from collections.abc import Iterable
from typing import Any

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from rooms import showing_text
from rooms.showing_brackets import Row
from rooms.showing_versions import Change


def _hue(number: int) -> str:
    return f" hue-{number}" if number >= 0 else ""


def press(command: str, words: str, kind: str = "", ask: str = "", **fields: Any) -> SafeString:
    """A form that is one button. `kind`: primary, quiet, danger or nothing; `ask` is what is asked first, once."""
    return format_html(
        '<form method="post" action="act/" hx-ws:send{}><input type="hidden" name="command" value="{}">{}'
        '<button class="btn btn-s{}">{}</button></form>',
        format_html(' data-once="{}"', ask) if ask else "",
        command,
        format_html_join("", '<input type="hidden" name="{}" value="{}">', fields.items()),
        f" btn-{kind}" if kind else "",
        words,
    )


def bracketed(row: showing_text.Row) -> SafeString:
    """A paragraph's words; those that some delegation cannot accept stand in square brackets of its hue."""
    parts = [_sign(one, "[") for one in row.whole]
    for piece in row.pieces:
        parts.append(_in_brackets(piece.text, piece.row) if piece.row else conditional_escape(piece.text))
    parts.extend(_sign(one, "]") for one in reversed(row.whole))
    return mark_safe("".join(parts))  # every part is escaped above


def _sign(row: Row, sign: str) -> str:
    return format_html('<b class="brk{}">{}</b>', _hue(row.hue), sign)


def _in_brackets(text: str, row: Row) -> str:
    return format_html('<span class="held{}"><b class="brk">[</b>{}<b class="brk">]</b></span>', _hue(row.hue), text)


def changed(context: dict[str, Any], changes: Iterable[Change]) -> SafeString:
    """Changes by word: what went out struck through, what came in underlined, with who brought it in."""
    return mark_safe("".join(_change(context, one) for one in changes))  # every part is escaped below


def _change(context: dict[str, Any], one: Change) -> str:
    if one.kind == "same":
        return conditional_escape(one.text)
    if one.kind == "out":
        return format_html("<del>{}</del>", one.text)
    if one.author is None:
        return format_html("<ins>{}</ins>", one.text)
    delegation = context["state"].prepared.delegation(one.author)
    name, hue = (delegation.name, _hue(delegation.hue)) if delegation else ("the chair", "")
    code = one.author or "chair"
    words = one.text.rstrip()
    return format_html(
        '<ins class="of{}" title="{}">{}</ins><small class="by">{}</small>{}',
        *(hue, name, words, code, one.text[len(words) :]),
    )
