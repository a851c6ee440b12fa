"""How long each delegation had the floor, beside what an even share would have been."""

from dataclasses import dataclass

from rooms.debrief import wording
from rooms.debrief.pictures.scale import MINUTE, by_code
from rooms.debrief.report import Report, SpeakingLine

LEFT, RIGHT, ROW, BAR, HEAD = 150, 690, 66, 40, 44


@dataclass(frozen=True, slots=True)
class FloorBar:
    """A delegation's bar, with its words at `word`; `cursor` opens the first time it had the floor, 0 where the record
    does not tell."""

    delegation: str
    hue: int
    pattern: int
    top: int
    base: int
    length: int
    word: int
    time: str
    share: str
    cursor: int
    says: str


@dataclass(frozen=True, slots=True)
class FloorShare:
    """`even` is where an even share lies, 0 for nowhere."""

    id: str
    says: str
    height: int
    bars: tuple[FloorBar, ...]
    left: int
    even: int
    even_words: str


def of_report(report: Report) -> FloorShare | None:
    """The picture, None where nobody is known to have had the floor."""
    if not report.speaking_ms:
        return None
    people, firsts = by_code(report.delegations), _first_words(report)
    told = [one for one in report.speaking if one.ms or people[one.delegation].seated]
    longest = max(one.ms for one in told)
    bars = []
    for n, one in enumerate(told):
        top = HEAD + ROW * n
        length = round((RIGHT - LEFT) * one.ms / longest)
        time, share = clock(one.ms), f"{round(100 * (one.share or 0))} %"
        who = people[one.delegation]
        says = f"{one.name} had the floor for {time}, {share} of all; see the first time"
        bars.append(
            FloorBar(
                *(one.delegation, who.hue, who.pattern, top, top + BAR - 9, length, LEFT + length + 16, time, share),
                firsts.get(one.delegation, 0),
                says,
            )
        )
    even = next((one.even_ms for one in report.meetings.presence if one.even_ms), 0)
    at = LEFT + round((RIGHT - LEFT) * even / longest) if even and even <= longest * 1.3 else 0
    return FloorShare("floor-share", _says(told), HEAD + ROW * len(bars), tuple(bars), LEFT, at, clock(even))


def _first_words(report: Report) -> dict[str, int]:
    """The cursor of the first moment on the floor of each delegation that may be named."""
    found: dict[str, int] = {}
    for one in report.timeline:
        if one.kind == "floor" and one.delegation:
            found.setdefault(one.delegation, one.cursor)
    return found


def clock(ms: int) -> str:
    """Minutes and seconds: 4:05."""
    return f"{ms // MINUTE}:{ms // 1000 % 60:02d}"


def _says(told: list[SpeakingLine]) -> str:
    parts = [f"{wording.within(one.name)} {clock(one.ms)}" for one in sorted(told, key=lambda one: -one.ms)]
    return f"Time with the floor in minutes and seconds: {'; '.join(parts)}."
