"""In which script and direction a text is written, for the files that must be told. Pure."""

import re
import unicodedata

# Kana before Han: Japanese has both.
LANGUAGES = (
    ("ko", re.compile("[\uac00-\ud7af\u1100-\u11ff]")),
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("zh", re.compile("[\u3400-\u9fff]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
)
# What no XML may hold. Commands are cleaned of it; what was prepared elsewhere may not be.
ILLEGIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

# What turns the direction of all that stands behind it, also of other people's words.
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
ENDLESS = re.compile("[^\\s\u2e80-\ud7af\uf900-\ufaff\uff00-\uffef]{31,}")  # a word of a script that has spaces
EVERY = 10  # characters after which an endless word may be broken
TOGETHER = "\u200d\ufe0e\ufe0f"  # what binds signs into one


def legible(text: str) -> str:
    """The text without the characters that a file cannot hold."""
    return ILLEGIBLE.sub("", text)


def language_of(text: str) -> str:
    """The language that a text's letters point to, by which fonts choose their forms; "en" for Latin ones."""
    if text.isascii():
        return "en"
    return next((language for language, letters in LANGUAGES if letters.search(text)), "en")


def reads_from_right(text: str) -> bool:
    """Whether the first letter that has a direction runs from right to left."""
    strong = (unicodedata.bidirectional(letter) for letter in text)
    return next((one for one in strong if one in ("L", "R", "AL")), "L") != "L"


def settled(text: str) -> str:
    """The text without what a file cannot hold, and without what would turn the words around it."""
    return TURNING.sub("", legible(text))


def can_break(text: str) -> str:
    """The text with places to break a line within words that no line can hold; such a place shows nowhere else."""
    return ENDLESS.sub(_broken, text)


def _broken(match: re.Match[str]) -> str:
    pieces, length = [""], 0
    for sign in match.group():
        bound = unicodedata.category(sign)[0] == "M" or sign in TOGETHER or pieces[-1].endswith(TOGETHER[0])
        if length >= EVERY and not bound:
            pieces.append("")
            length = 0
        pieces[-1] += sign
        length += 1
    return "\u200b".join(pieces)
