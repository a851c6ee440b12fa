"""What a report holds of the hot wash: frozen records, as in `report`.

Nobody signed a note, so none is anybody's. Instants are ms since 1970 UTC; a *cursor* counts entries, as everywhere.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PhaseReport:
    """One stretch of a phase, which may come up again: from `at` to `until`, None while it lasts. `notes`: how many
    were put up under its name in all."""

    phase: str
    title: str
    asks: str
    at: int
    until: int | None
    cursor: int
    notes: int


@dataclass(frozen=True, slots=True)
class NoteReport:
    """`kind` is plus, delta or note. `at` is the end of the agenda item where the rule protects who wrote."""

    kind: str
    phase: str
    phase_title: str
    text: str
    at: int
    cursor: int


@dataclass(frozen=True, slots=True)
class MomentReport:
    """A moment the chair had marked and took up at `at`; `instant` is the moment itself."""

    text: str
    item: str
    item_title: str
    instant: int
    at: int
    cursor: int


@dataclass(frozen=True, slots=True)
class WashReport:
    """`out` of `of` people who played somebody stepped out of role; `taken_down` counts the notes that the chair took
    off the board, as far as this record tells."""

    phases: tuple[PhaseReport, ...] = ()
    notes: tuple[NoteReport, ...] = ()
    moments: tuple[MomentReport, ...] = ()
    out: int = 0
    of: int = 0
    taken_down: int = 0

    def of_kind(self, kind: str) -> tuple[NoteReport, ...]:
        return tuple(one for one in self.notes if one.kind == kind)

    @property
    def plus(self) -> tuple[NoteReport, ...]:
        return self.of_kind("plus")

    @property
    def delta(self) -> tuple[NoteReport, ...]:
        return self.of_kind("delta")

    @property
    def thoughts(self) -> tuple[NoteReport, ...]:
        return self.of_kind("note")

    @property
    def finding(self) -> str:
        """One sentence over the section; it counts, and judges nothing."""
        plus, delta = len(self.plus), len(self.delta)
        if not self.notes:
            return "They talked it over, and put nothing on the board"
        if not plus and not delta:
            return f"They put {len(self.notes)} thought{'' if len(self.notes) == 1 else 's'} on the board"
        return f"{plus} thing{'' if plus == 1 else 's'} to keep, {delta} to change"
