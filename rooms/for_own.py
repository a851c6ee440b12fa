"""What only one delegation is shown in a panel that is made once for all of them.

A template says `{% call for_own(CODE) %}…{% endcall %}`. Where the panel is made for one audience the words stand there
or not. Where it is made for all delegations they stand between two marks that nobody outside this process can know,
and `settled` leaves those of one delegation and takes the others out.
"""

import re
import secrets

from rooms.parts import InParts

UNSETTLED = "for_own_later"  # in a template's context: whether it is made for all delegations
_MARK = secrets.token_hex(12)
_MARKED = re.compile(f"{_MARK}<([^>]*)>(.*?){_MARK}/", re.DOTALL)


def marked(code: str, words: str) -> str:
    """Words for one delegation alone, in a panel that is not settled yet. They cannot stand in one another."""
    return f"{_MARK}<{code}>{words}{_MARK}/"


def settled(html: str, code: str) -> str:
    """A panel as one delegation is shown it, in the parts in which it stands."""
    if _MARK not in html:
        return html
    return html.each(lambda words: _settled(words, code)) if isinstance(html, InParts) else _settled(html, code)


def _settled(html: str, code: str) -> str:
    return _MARKED.sub(lambda one: one[2] if one[1] == code else "", html) if _MARK in html else html
