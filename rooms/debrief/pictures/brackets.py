"""The life of each bracket of a text along the session: from when it was opened to how it ended."""

from dataclasses import dataclass

from rooms.debrief import wording
from rooms.debrief.pictures.scale import DASHES, Hours, Mark, Tick, by_code, hours, lines
from rooms.debrief.report import Delegation, Report
from rooms.debrief.report_texts import BracketStory, TextHistory

LEFT, RIGHT, ROW, FOOT = 70, 930, 108, 56
LETTERS = 46  # of a bracket's words that fit its line
ENDS = {"open": "still open", "set_aside": "set aside"}
NEAR_THE_END = 760  # from here on what became of it is written before the end of the bar


@dataclass(frozen=True, slots=True)
class Life:
    """One bracket: its words and its bar from `begin` to `end`; what became of it is written at `word`."""

    words: str
    y: int
    begin: Mark
    end: Mark | None
    until: int
    word: int
    before: bool
    became: str
    hue: int
    dash: str
    holders: str


@dataclass(frozen=True, slots=True)
class Lives:
    id: str
    says: str
    height: int
    rows: tuple[Life, ...]
    ticks: tuple[Tick, ...]
    base: int


def of_text(report: Report, text: TextHistory) -> Lives | None:
    """The picture of a text, None where nobody ever put brackets."""
    if not text.brackets:
        return None
    time = hours(report, LEFT, RIGHT)
    people = by_code(report.delegations)
    rows = tuple(_life(one, ROW * n, time, people) for n, one in enumerate(text.brackets, start=1))
    ended = [f"{wording.number(n)} {ENDS.get(how, how)}" for how, n in text.ended if n]
    says = f"{wording.counted(len(rows), 'bracket')} of “{text.title}” by how long each was open: "
    base = ROW * len(rows) + 24
    return Lives(
        f"lives-{text.document}",
        wording.sentence(says + wording.listed(ended)) if ended else wording.sentence(says.rstrip(": ")),
        base + FOOT,
        rows,
        time.ticks(),
        base,
    )


def _life(one: BracketStory, y: int, time: Hours, people: dict[str, Delegation]) -> Life:
    x = time.place(one.opened_at)
    until = time.right if one.ended_at is None else max(x + 6, time.place(one.ended_at))
    became = ENDS.get(one.ended, one.ended)
    holders = list(dict.fromkeys(held.delegation or "chair" for held in one.holds))
    opener = people.get(one.opened_by)
    where = f"Paragraph {one.called}" if one.called else "A paragraph"
    about = f"“{one.words}”" if one.words else "the whole paragraph"
    end = None
    if one.ended_at is not None and one.ended_cursor is not None:
        end = Mark(until, y, one.ended_cursor, f"{where}, {about}: {became} in minute {time.minute(one.ended_at)}")
    return Life(
        lines(f"{one.called}  {about}", LETTERS, 1)[0],
        y,
        Mark(x, y, one.cursor, f"{where}, {about}: opened in minute {time.minute(one.opened_at)}"),
        end,
        until,
        until - 16 if until > NEAR_THE_END else until + 18,
        until > NEAR_THE_END,
        became,
        opener.hue if opener else 9,
        DASHES[opener.pattern % len(DASHES) if opener else 0],
        " ".join(holders),
    )
