"""What each delegation is to do and to receive, and how much of it is done: bars to either side of its monogram."""

from dataclasses import dataclass

from rooms.debrief import wording
from rooms.debrief.pictures.scale import by_code
from rooms.debrief.report import Report

INNER, OUTER, ROW, BAR, HEAD = 80, 310, 66, 38, 60  # from the middle: where bars begin, how long the longest is
MIDDLE = 500


@dataclass(frozen=True, slots=True)
class Side:
    """`x` and `length` of the whole bar, `done_x` and `done` of the part that is done; words at `word`."""

    x: int
    length: int
    done_x: int
    done: int
    word: int
    words: str


@dataclass(frozen=True, slots=True)
class Weight:
    delegation: str
    hue: int
    pattern: int
    top: int
    base: int
    gives: Side
    receives: Side


@dataclass(frozen=True, slots=True)
class Balance:
    id: str
    says: str
    height: int
    rows: tuple[Weight, ...]
    middle: int
    bar: int


def of_report(report: Report) -> Balance | None:
    """The picture, None where nobody is to do anything."""
    shares = [one for one in report.promises.balance if one.gives or one.receives]
    if not shares:
        return None
    most = max(max(one.gives, one.receives) for one in shares)
    people = by_code(report.delegations)

    def side(n: int, done: int, way: int) -> Side:
        long, short = round(OUTER * n / most), round(OUTER * done / most)
        begin = MIDDLE + way * INNER
        words = f"{done} of {n}" if done else str(n)
        return Side(
            begin if way > 0 else begin - long,
            long,
            begin if way > 0 else begin - short,
            short,
            begin + way * (long + 10),
            words,
        )

    rows = []
    for n, one in enumerate(shares):
        who, top = people[one.delegation], HEAD + ROW * n
        gives, receives = side(one.gives, one.given, -1), side(one.receives, one.received, 1)
        rows.append(Weight(one.delegation, who.hue, who.pattern, top, top + BAR - 9, gives, receives))
    parts = [
        f"{wording.within(one.name)} {one.gives} to do, {one.given} done, {one.receives} to receive,"
        f" {one.received} received"
        for one in shares
    ]
    says = f"Commitments by delegation: {'; '.join(parts)}."
    return Balance("balance", says, HEAD + ROW * len(rows), tuple(rows), MIDDLE, BAR)
