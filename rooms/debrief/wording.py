"""Small words for numbers, lists, lengths and names, so that sentences read like sentences."""

from collections.abc import Sequence
from datetime import UTC, datetime

from rooms.domain.documents import number_of
from rooms.domain.labels import within as within
from rooms.domain.state import RoomState

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
ENDS = (".", "!", "?", "…", ".”", "!”", "?”", "…”")
EXCERPT = 140  # letters of a statement or paragraph that a line of the timeline shows


def number(n: int) -> str:
    """Small numbers in words, others in figures."""
    return NUMBERS[n] if 0 <= n < len(NUMBERS) else str(n)


def counted(n: int, one: str, several: str = "") -> str:
    """“one paragraph”, “six paragraphs”."""
    return f"{number(n)} {one if n == 1 else several or one + 's'}"


def listed(names: Sequence[str]) -> str:
    """“Japan”, “Japan and Russia”, “China, Japan and Russia”."""
    return names[0] if len(names) == 1 else " and ".join((", ".join(names[:-1]), names[-1])) if names else ""


def capital(words: str) -> str:
    """With a capital at the beginning."""
    return words[:1].upper() + words[1:]


def sentence(words: str) -> str:
    """With a capital at the beginning and a full stop at the end, unless the words bring their own."""
    return capital(words) + ("" if words.endswith(ENDS) else ".")


def excerpt(text: str) -> str:
    """The beginning of a text, on one line."""
    flat = " ".join(text.split())
    return flat if len(flat) <= EXCERPT else flat[: EXCERPT - 1].rstrip() + "…"


def because(words: str) -> str:
    """What somebody gave as a reason, after a colon; nothing where nothing was said."""
    return f": {excerpt(words)}" if words else ""


def named(state: RoomState, code: str, otherwise: str = "") -> str:
    """A delegation's name within a sentence; where there is none, its code, or else these words."""
    delegation = state.prepared.delegation(code)
    return within(delegation.name) if delegation else code or otherwise


def lasting(ms: int) -> str:
    """“45 s”, “3 min”, “3 min 20 s”; hours stay minutes, as on an agenda."""
    minutes, seconds = divmod(round(ms / 1000), 60)
    if not minutes:
        return f"{seconds} s"
    return f"{minutes} min {seconds} s" if seconds else f"{minutes} min"


def instant(at: int | None) -> str:
    """ISO 8601 in UTC with milliseconds; "" for what has not happened."""
    if at is None:
        return ""
    moment = datetime.fromtimestamp(at // 1000, UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{at % 1000:03d}Z"


def who(state: RoomState, code: str) -> str:
    """A delegation's name; of "" the chair."""
    return named(state, code, "the chair")


def quoted(text: str) -> str:
    """The beginning of somebody's words, in quotation marks."""
    return f"“{excerpt(text)}”"


def paragraph_called(state: RoomState, document_id: str, paragraph_id: str) -> str:
    """“paragraph 3”, as the text stands."""
    document = state.texts.document(document_id)
    number = number_of(document, paragraph_id) if document else ""
    return f"paragraph {number}".rstrip()
