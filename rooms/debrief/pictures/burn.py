"""How many brackets of a text were open through the session: up when one is opened, down when one is gone."""

from dataclasses import dataclass

from rooms.debrief import wording
from rooms.debrief.pictures.scale import Mark, Tick, hours, whole_numbers
from rooms.debrief.report import Report
from rooms.debrief.report_texts import TextHistory

LEFT, RIGHT, TOP, BASE, FOOT = 70, 930, 40, 360, 56


@dataclass(frozen=True, slots=True)
class BurnDown:
    """`line` and `area` as SVG writes paths; `steps` open the moments at which the number changed."""

    id: str
    says: str
    height: int
    line: str
    area: str
    steps: tuple[Mark, ...]
    levels: tuple[Tick, ...]
    ticks: tuple[Tick, ...]
    base: int
    left: int
    right: int
    last: int
    last_words: str


def of_text(report: Report, text: TextHistory) -> BurnDown | None:
    """The picture of a text, None where nobody ever put brackets."""
    if not text.opened or not text.burn:
        return None
    time = hours(report, LEFT, RIGHT)
    levels = whole_numbers(text.most)

    def height(n: int) -> int:
        return BASE - round((BASE - TOP) * n / levels[-1])

    first, *later = text.burn
    line = f"M{time.place(first.at)} {height(first.open)}"
    steps = []
    for one in later:
        x, y = time.place(one.at), height(one.open)
        line += f"H{x}V{y}"
        words = f"Minute {time.minute(one.at)}: {wording.counted(one.open, 'bracket')} open"
        steps.append(Mark(x, y, one.cursor, words))
    line += f"H{RIGHT}"
    return BurnDown(
        f"burn-{text.document}",
        _says(text),
        BASE + FOOT,
        line,
        f"{line}V{BASE}H{time.place(first.at)}Z",
        tuple(steps),
        tuple(Tick(height(n), str(n)) for n in levels),
        time.ticks(),
        BASE,
        LEFT,
        RIGHT,
        height(text.burn[-1].open),
        str(text.burn[-1].open),
    )


def _says(text: TextHistory) -> str:
    words = f"{wording.counted(text.opened, 'bracket')} opened in “{text.title}”, at most {wording.number(text.most)}"
    return wording.sentence(f"{words} open at once, {wording.number(text.left) if text.left else 'none'} at the end")
