"""Making another copy of a paper: other line breaks, other pages, words cut at line ends, letters misread.

The same seed gives the same copy.
"""

import random
import re
import textwrap

LIKE = {"e": "c", "c": "e", "l": "1", "i": "l", "n": "ri", "m": "rn", "o": "0", "a": "o", "h": "b", "t": "f", "s": "5"}
TAG = re.compile(r"(<[^<>]*>|&\w+;)")
NOT_CUT = re.compile(r"\s*(?:#|---|<|\d{1,2} [A-Z\"*])")
PAGE = 34


def spoiled(text: str, *, seed: int, share: float = 0.01) -> str:
    """Another copy of the same paper, with this share of its letters misread."""
    chance = random.Random(seed)
    lines: list[str] = []
    page = 1
    since = 0
    for block in _rejoined(text):
        wrapped = _wrapped(_misread(block, chance, share), chance)
        for line in wrapped:
            # A page ends inside a paragraph as often as not, but not inside a heading, a table or a footnote.
            if since >= PAGE and len(wrapped) > 2 and "\t" not in line and not NOT_CUT.match(block):
                lines += ["", f"{page}", "", "Copy of a policy paper", ""]
                page, since = page + 1, 0
            lines.append(line)
            since += 1
        lines.append("")
    return "\n".join(lines)


def _rejoined(text: str) -> list[str]:
    """The blocks of the text, with the cuts of its own pages taken out where nothing stands between."""
    blocks: list[str] = []
    for block in re.split(r"\n\s*\n", text.strip("\n")):
        cut = blocks and re.search(r"[a-z,]$", blocks[-1]) and re.match(r"[a-z]", block)
        if cut and len(blocks[-1]) > 60 and "\t" not in blocks[-1]:
            blocks[-1] += f" {block}"
        else:
            blocks.append(block)
    return blocks


def _misread(block: str, chance: random.Random, share: float) -> str:
    parts = TAG.split(block)
    return "".join(part if TAG.fullmatch(part) else _misread_part(part, chance, share) for part in parts)


def _misread_part(part: str, chance: random.Random, share: float) -> str:
    return "".join(
        LIKE.get(letter, letter) if letter.isalpha() and chance.random() < share * 2.2 else letter for letter in part
    )


def _wrapped(block: str, chance: random.Random) -> list[str]:
    if "\t" in block or block.lstrip().startswith(("#", "---", "<")):
        return block.split("\n")
    lines = [
        line
        for item in re.split(r"\n(?=\s*- )", block)
        for line in textwrap.wrap(" ".join(item.split()), 64, subsequent_indent="  " if item.startswith("-") else "")
    ]
    return _hyphenated(lines, chance)


def _hyphenated(lines: list[str], chance: random.Random) -> list[str]:
    """Now and then the first word of a line begins on the line above."""
    for place in range(1, len(lines)):
        word = re.match(r"([a-z]{7,})\b", lines[place])
        if word and chance.random() < 0.3:
            cut = len(word[1]) // 2
            lines[place - 1] += f" {word[1][:cut]}-"
            lines[place] = lines[place][cut:]
    return lines
