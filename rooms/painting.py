"""Panels made once: for each change and audience, and where all delegations see the same, for all of them."""

from collections import OrderedDict
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from threading import Lock
from typing import Any, NamedTuple

from rooms import for_own, panels
from rooms.domain.seats import Person
from rooms.domain.sight import OBSERVERS, Audience
from rooms.domain.state import RoomState
from rooms.folds import Picture
from rooms.noting import differing, still
from rooms.panels import PANELS, PERSONAL, SCREENS, Panel
from rooms.parts import InParts
from rooms.showing_floor import Stance, stance_of

STANCES = 40  # of one panel: a lobby full of delegates; what was an hour ago comes back to nobody
ALL_DELEGATIONS = ""  # in place of an audience's name
GIVEN = 2_000  # characters that a part weighs besides its words: rows made for it; on whole screens 600 to 1,730 each
KEPT = 600_000_000  # characters of panels: a hundred rooms with everybody in them


@dataclass(slots=True)
class Painted:
    """A panel as it was made of some slices of a view, by the stance of who looks on: of earlier slices nothing is
    kept, or a long session would leave behind what every stance once saw. Only what has parts waits in `before` until
    it is made again, for the sake of those that stay. `read`: what its slices were taken from; `settled`: where it was
    made for all delegations, as each of them is shown it."""

    read: Mapping[str, Any]
    slices: tuple[Any, ...]
    by_stance: dict[Stance | None, str] = field(default_factory=dict)
    before: dict[Stance | None, str] = field(default_factory=dict)
    settled: dict[str, str] = field(default_factory=dict)

    def otherwise(self, read: Mapping[str, Any], slices: tuple[Any, ...]) -> "Painted":
        """The same panel, to be made of other slices."""
        waits = {stance: html for stance, html in tuple(self.by_stance.items()) if isinstance(html, InParts)}
        return Painted(read, slices, before=self.before | waits)

    @property
    def latest(self) -> str | None:
        """As it was made last for anybody: parts that are made of the same stay the same."""
        made = (*tuple(self.before.values()), *tuple(self.by_stance.values()))
        return made[-1] if made else None

    @property
    def weight(self) -> int:
        """In characters."""
        made = (*tuple(self.by_stance.values()), *tuple(self.before.values()))
        return sum(2 * len(html) + len(html.parts) * GIVEN if isinstance(html, InParts) else len(html) for html in made)


class Look(NamedTuple):
    """On which screen who sees what. `of_all`: what observers may see; without it nothing is made for all delegations
    at once."""

    screen: str
    audience: Audience
    view: RoomState
    names: Mapping[str, str]
    of_all: RoomState | None = None


class Screen(NamedTuple):
    """Panels of a screen with the view that they were made of, and by name what was read of it to find out whether one
    is to be made anew."""

    view: RoomState
    shown: dict[str, str]
    read: dict[str, Mapping[str, Any]]


class Whole(NamedTuple):
    """All shared panels of a screen: those of the circle, and those with what is for one seat alone."""

    of_circle: Mapping[str, str]
    own: Mapping[str, str]
    shown: dict[str, str]


class Step(NamedTuple):
    """From one view to a later one of the same."""

    before: RoomState
    now: RoomState
    differing: frozenset[str]


@dataclass(frozen=True, slots=True)
class Memory:
    """What was last made of a room: `panels` by (panel, screen, audience), "" for all delegations; `screens` by
    (screen, audience, whether its own), `wholes` by (screen, audience)."""

    panels: dict[tuple[str, str, str], Painted] = field(default_factory=dict)
    screens: dict[tuple[str, str, bool], Screen] = field(default_factory=dict)
    wholes: dict[tuple[str, str], Whole] = field(default_factory=dict)
    last: list[Step] = field(default_factory=list)

    def differing(self, before: RoomState, now: RoomState) -> frozenset[str]:
        """What is another now; asked for one after the other of those who have seen the same."""
        for step in self.last:
            if step.before is before and step.now is now:
                return step.differing
        self.last[:] = [step := Step(before, now, differing(before, now))]
        return step.differing


@cache
def _panels_of(screen: str, *, own: bool) -> tuple[Panel, ...]:
    return tuple(panel for name in SCREENS[screen] if (panel := PANELS[name]).own == own)


class Painter:
    """The panels of a screen, remembering what it last made."""

    def __init__(self, most: int = KEPT) -> None:
        self._most = most
        self._rooms: OrderedDict[int, Memory] = OrderedDict()
        self._new = 0  # characters made since the rooms were last weighed
        self._lock = Lock()  # pages are painted in threads, what is new in the event loop; never held while one is made

    def forget_all(self) -> None:
        """Begin as a fresh process does."""
        self._rooms.clear()

    def weight(self, room_id: int) -> int:
        """How many characters are remembered of a room."""
        memory = self._rooms.get(room_id)
        return sum(one.weight for one in tuple(memory.panels.values())) if memory else 0

    def _memory(self, room_id: int) -> Memory:
        with self._lock:
            memory = self._rooms.setdefault(room_id, Memory())
            self._rooms.move_to_end(room_id)
        return memory

    def _weigh(self, new: int) -> None:
        """Let go of the rooms that nobody has looked at for longest, now and then."""
        self._new += new
        if self._new < self._most // 8:
            return
        self._new = 0
        with self._lock:
            known = tuple(self._rooms)
        weights = {room_id: self.weight(room_id) for room_id in known}
        total = sum(weights.values())
        for room_id, weight in list(weights.items())[:-1]:
            if total <= self._most:
                return
            with self._lock:
                self._rooms.pop(room_id, None)
            total -= weight

    def _made(self, memory: Memory, panel: Panel, look: Look, held: Painted, stance: Stance | None = None) -> str:
        html = held.by_stance.get(stance)
        if html is None:
            html = self._common(memory, panel, look, held)
            if html is None:
                html = self._rendered(held, panel, look, stance)
            held.by_stance[stance] = html
            while len(held.by_stance) > STANCES:
                held.by_stance.pop(next(iter(held.by_stance)), None)
        return html

    def _rendered(
        self, held: Painted, panel: Panel, look: Look, stance: Stance | None = None, *, unsettled: bool = False
    ) -> str:
        before = held.before.pop(stance, None) or held.latest
        screen, audience, view, names, _of_all = look
        html = panels.render(panel, screen, audience, view, names, stance, unsettled=unsettled, before=before)
        self._weigh(len(html))
        return html

    @staticmethod
    def _held(memory: Memory, panel: Panel, look: Look, whose: str) -> Painted:
        """What a panel was made as for an audience, or for all; anew, if it would be made of something else now."""
        key = (panel.name, look.screen, whose)
        held = memory.panels.get(key)
        if held is None or not still(held.read, look.view):
            slices, read = panels.read(panel, look.view, look.audience)
            # The newer slices are kept, so that the next look need not compare them again.
            if held is None:
                held = Painted(read, slices)
            elif held.slices == slices:
                held = Painted(read, slices, held.by_stance, held.before, held.settled)
            else:
                held = held.otherwise(read, slices)
            memory.panels[key] = held
        return held

    def _common(self, memory: Memory, panel: Panel, look: Look, held: Painted) -> str | None:
        """A panel that reads the same for all delegations, made of what everybody may see, so that nothing else can be
        in it; None if this one sees more."""
        if not panel.common or look.of_all is None or not look.audience.delegation:
            return None
        at_large = look._replace(audience=OBSERVERS, view=look.of_all)
        common = self._held(memory, panel, at_large, ALL_DELEGATIONS)
        if common.slices != held.slices:
            return None
        code = look.audience.delegation
        if None not in common.by_stance:
            common.by_stance[None] = self._rendered(common, panel, at_large, unsettled=True)
        if code not in common.settled:
            common.settled[code] = for_own.settled(common.by_stance[None], code)
            self._weigh(len(common.settled[code]))
        return common.settled[code]

    def paint(
        self,
        room_id: int,
        screen: str,
        audience: Audience,
        view: RoomState,
        names: Mapping[str, str],
        of_circle: RoomState | None = None,
        of_all: RoomState | None = None,
    ) -> dict[str, str]:
        """Every shared panel of a screen, by name: the same mapping for as long as they are the same. `of_circle`: what
        the audience's circle may see; without it the audience's own view serves, which shows the same where nothing is
        for one seat. `of_all`: see `Look`."""
        memory = self._memory(room_id)
        look = Look(screen, audience, view, names)
        shared = look._replace(audience=audience.circle, view=view if of_circle is None else of_circle, of_all=of_all)
        of_circle_shown = self._screen(memory, shared, own=False)
        own = self._screen(memory, look, own=True)
        whole = memory.wholes.get((screen, audience.name))
        if whole is None or whole.of_circle is not of_circle_shown or whole.own is not own:
            shown = {name: own[name] if PANELS[name].own else of_circle_shown[name] for name in SCREENS[screen]}
            memory.wholes[screen, audience.name] = whole = Whole(of_circle_shown, own, shown)
        return whole.shown

    def paint_of(self, room_id: int, screen: str, audience: Audience, picture: Picture) -> dict[str, str]:
        """The same, of a picture that has views for this audience."""
        view, of_circle = picture.view(audience), picture.view(audience.circle)
        return self.paint(room_id, screen, audience, view, picture.names, of_circle, picture.of_all)

    def in_turn(self, room_id: int, screen: str, audience: Audience, picture: Picture) -> Iterator[None]:
        """Make what `paint_of` shows then, a panel at a time: a large room's are no single piece of work."""
        memory = self._memory(room_id)
        look = Look(screen, audience, picture.view(audience), picture.names)
        shared = look._replace(audience=audience.circle, view=picture.view(audience.circle), of_all=picture.of_all)
        yield from self._brought(memory, shared, own=False)
        yield from self._brought(memory, look, own=True)

    def _screen(self, memory: Memory, look: Look, *, own: bool) -> dict[str, str]:
        """The panels that are the same for a whole circle, or those that are its `own`."""
        bringing = self._brought(memory, look, own=own)
        while True:
            try:
                next(bringing)
            except StopIteration as done:
                shown: dict[str, str] = done.value
                return shown

    def _brought(self, memory: Memory, look: Look, *, own: bool) -> Generator[None, None, dict[str, str]]:
        """Those panels as this look shows them, with a stop behind each that had to be made. Looked at are only those
        that read something which is another now."""
        key, ours = (look.screen, look.audience.name, own), _panels_of(look.screen, own=own)
        held = memory.screens.get(key)
        if held is None:
            held = Screen(look.view, {}, {})
        elif held.view is look.view:
            return held.shown
        else:
            changed, read = memory.differing(held.view, look.view), held.read
            ours = tuple(panel for panel in ours if not read[panel.name].keys().isdisjoint(changed))
        shown, read = held.shown, held.read
        if ours:
            shown, read = dict(shown), dict(read)
        for panel in ours:
            painted = self._held(memory, panel, look, look.audience.name)
            is_new = None not in painted.by_stance
            shown[panel.name], read[panel.name] = self._made(memory, panel, look, painted), painted.read
            if is_new:
                yield
        if all(shown[name] is html for name, html in held.shown.items()):
            shown = held.shown or shown  # the same object, so that whoever was shown it needs no second look
        memory.screens[key] = Screen(look.view, shown, read)
        return shown

    def personal(
        self,
        room_id: int,
        screen: str,
        audience: Audience,
        view: RoomState,
        names: Mapping[str, str],
        person: Person,
    ) -> dict[str, str]:
        """The personal panel of a screen, if it has one."""
        name = PERSONAL.get(screen)
        if name is None:
            return {}
        memory, panel, look = self._memory(room_id), PANELS[name], Look(screen, audience, view, names)
        held = self._held(memory, panel, look, audience.name)
        return {name: self._made(memory, panel, look, held, stance_of(view, person))}
