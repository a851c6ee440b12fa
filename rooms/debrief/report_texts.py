"""What a report holds of the history of texts: brackets, wordings, amendments. Frozen records, as in `report_parts`,
with the same instants, cursors and codes.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OpenCount:
    """How many brackets of a text were open from this moment on."""

    at: int
    cursor: int
    open: int


@dataclass(frozen=True, slots=True)
class Held:
    """A stretch in which a delegation held a bracket. `words`: what it would have taken, "" for nothing yet;
    `without`: it would have taken the text without these words. `until` None: it still holds it."""

    delegation: str
    name: str
    words: str
    without: bool
    since: int
    cursor: int
    until: int | None
    until_cursor: int | None


@dataclass(frozen=True, slots=True)
class Offer:
    """Other words offered for a bracket; `text` "" means: without these words. `bridge`: the chair's."""

    alternative: str
    author: str
    author_name: str
    text: str
    bridge: bool
    at: int
    cursor: int


@dataclass(frozen=True, slots=True)
class Before:
    """Something that happened shortly before something else: a sequence, never a cause. `kind` is bridge, alternative,
    hold, wording, amendment, caucus, inject, pause or statement; `ms` how long before, by the clock on the wall."""

    kind: str
    at: int
    cursor: int
    ms: int
    sentence: str


@dataclass(frozen=True, slots=True)
class BracketStory:
    """A bracket from its beginning. `words` are those it stood around when it was opened, "" for the whole paragraph;
    `called` what the room called the paragraph last. `ended`: open (it still is), lifted, settled, bridged (settled
    with words of the chair's), withdrawn (with its paragraph) or set_aside; `how` says it. `before`: the last thing of
    each kind in the ten minutes before it ended, since it was opened; the latest first."""

    document: str
    bracket: str
    paragraph: str
    called: str
    words: str
    reason: str
    opened_by: str
    opened_by_name: str
    opened_at: int
    cursor: int
    holds: tuple[Held, ...]
    offers: tuple[Offer, ...]
    ended: str
    how: str
    ended_by: str
    ended_by_name: str
    ended_at: int | None
    ended_cursor: int | None
    open_ms: int
    before: tuple[Before, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording of a paragraph. `author` brought in what is new in it, `words_in` words of it, and left out
    `words_out` of the one before. `cause`: proposed, reworded, alternative, bridged or amended."""

    number: int
    at: int
    cursor: int
    author: str
    author_name: str
    cause: str
    text: str
    words: int
    words_in: int
    words_out: int


@dataclass(frozen=True, slots=True)
class WordRun:
    """A piece of the last wording and who brought it in; the pieces add up to the wording."""

    text: str
    author: str
    author_name: str
    words: int


@dataclass(frozen=True, slots=True)
class ParagraphStory:
    """A paragraph through all its wordings, also one that was taken off. `status`: agreed, on_the_table or off;
    `brackets` counts those ever opened on it."""

    paragraph: str
    called: str
    status: str
    proposer: str
    proposer_name: str
    brackets: int
    wordings: tuple[Wording, ...]
    runs: tuple[WordRun, ...]


@dataclass(frozen=True, slots=True)
class AmendmentStory:
    """`kind`: add, delete, alter or move; `sponsors` by name, the first answers for it; `fate`: tabled (nothing became
    of it), adopted, rejected, withdrawn or fallen. `call`: by which it was decided, "" if by none."""

    amendment: str
    kind: str
    paragraph: str
    called: str
    text: str
    reason: str
    sponsors: tuple[str, ...]
    sponsor_names: tuple[str, ...]
    tabled_at: int
    cursor: int
    fate: str
    ended_at: int | None
    ended_cursor: int | None
    call: str


@dataclass(frozen=True, slots=True)
class TextHistory:
    """`burn` begins when the text was opened, with 0, and has a step whenever the number of open brackets changed.
    `opened` brackets in all, at most `most` at once, `left` still open; `ended` by how they ended."""

    document: str
    title: str
    opened_at: int
    cursor: int
    burn: tuple[OpenCount, ...]
    opened: int
    most: int
    left: int
    ended: tuple[tuple[str, int], ...]
    brackets: tuple[BracketStory, ...]
    paragraphs: tuple[ParagraphStory, ...]
    amendments: tuple[AmendmentStory, ...]
