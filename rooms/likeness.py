"""Names that look alike, whatever they are written with: so that nobody in a room passes for somebody else.

Not every pair of letters that somebody could take for another: those of scripts that share shapes with Latin, marks,
widths and styles of letters, spaces, and what is invisible.
"""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

# Letter for letter, what stands above looks like what stands below.
_PAIRS: Final = (
    ("АВЕЅІЈКМНОРСТУХԚԜЗ", "ABESIJKMHOPCTYXQW3"),  # Cyrillic
    ("аеорсухѕіјԁһԛԝкмтвнгпиӏ", "aeopcyxsijdhqwkmtbhrnul"),
    ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX"),  # Greek
    ("αικνορτυχγηωεϲϳ", "aikvoptuxynwecj"),
    ("ՏՍՕԼօսհոցզյ", "SUOLouhngqj"),  # Armenian
    ("ᎪᏴᏟᎬᎻᎫᏦᏞᎷᎢᏚᎳᏃᏢ", "ABCEHJKLMTSWZP"),  # Cherokee
    ("ıɑɡɩʟøđłǀ", "iagilodll"),  # Latin, too
)
_SAME: Final = str.maketrans({one: other for above, below in _PAIRS for one, other in zip(above, below, strict=True)})
# Within one script: zero and o, one and l and i.
_ALIKE: Final = str.maketrans("01|i5", "ollls")
# Marks that stand on letters of these scripts; in others they make another letter.
_MARKS: Final = ((0x0300, 0x036F), (0x0483, 0x0489), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF))


@lru_cache(4096)
def looks(name: str) -> str:
    """The same text for names that look alike. To compare, never to show."""
    letters = [one for one in unicodedata.normalize("NFKD", name) if not _unseen(one)]
    plain = unicodedata.normalize("NFKC", "".join(letters).translate(_SAME)).casefold().translate(_ALIKE)
    return plain.replace("rn", "m").replace("vv", "w")


def _unseen(letter: str) -> bool:
    if letter.isascii():
        return not letter.isalnum() and letter != "|"
    if any(first <= ord(letter) <= last for first, last in _MARKS):
        return True
    return unicodedata.category(letter) in ("Cf", "Zs", "Pd", "Pc", "Po") or 0xFE00 <= ord(letter) <= 0xFE0F


def told_apart(name: str, others: Iterable[str]) -> str:
    """The name, with a number behind it where it looks like one of the others."""
    taken = {looks(other) for other in others}
    number, shown = 1, name
    while looks(shown) in taken:
        number += 1
        shown = f"{name} ({number})"
    return shown
