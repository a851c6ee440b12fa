"""Which panel shows what, on which screen, and which slices of the state change it.

A panel is one template, a pure function of what its audience may see: the same for first paint, live update,
replay and print. It knows no time of day, no viewer and no secret; the one personal panel of a screen is made
from a small `Stance` instead of a person, so that equal stances share it.

A panel says what should be heard in hidden elements with data-voice (the matter), data-voice-key (the fact, new when
it changes), data-voice-words (one short sentence) and, if it calls this person, data-signal; see voices.js.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from operator import attrgetter
from typing import Any

from django.template.loader import render_to_string

from rooms import (
    running_order,
    showing,
    showing_aside,
    showing_capitals,
    showing_commitments,
    showing_decisions,
    showing_desk,
    showing_dissent,
    showing_floor,
    showing_news,
    showing_outputs,
    showing_packages,
    showing_people,
    showing_perceptions,
    showing_positions,
    showing_text,
    showing_wash,
)
from rooms.domain.seats import Person
from rooms.domain.sight import THE_MODERATORS, Audience
from rooms.domain.state import RoomState
from rooms.showing_floor import Stance

STANCES = 40  # of one panel: a lobby full of delegates; what was an hour ago comes back to nobody
KEPT = 400_000_000  # characters of panels: a hundred rooms with everybody in them


# A part of the state: an attribute path, or what a function picks out for an audience.
Slice = str | Callable[[RoomState, Audience], Any]


@dataclass(frozen=True, slots=True)
class Panel:
    """`slices` are the parts of the state it reads: the narrower, the less is rendered again; `extra` adds what its
    template needs derived from the state. `own`: it shows what is for one seat alone; all others are made once for
    the whole circle."""

    name: str
    slices: tuple[Slice, ...]
    extra: Callable[[RoomState, Audience], Mapping[str, Any]] = showing.nothing
    own: bool = False

    @property
    def template(self) -> str:
        return f"rooms/panels/{self.name}.html"


def _filed_for_the_chair(view: RoomState, audience: Audience) -> Any:
    """Who filed how many positions and checked themselves how well: only the chair's list of people says so."""
    return (view.positions.declared, view.checks) if audience == THE_MODERATORS else None


ON_THE_FLOOR: tuple[Slice, ...] = (
    *("floor.speech", "floor.queue", "floor.replies", "floor.turn", "floor.spoken_ms", "floor.restricted_ms"),
    *("floor.heard", "floor.list_open", "floor.listed_in", "floor.speech_seconds", "floor.speak_once"),
    *("floor.more_replies", "questions", "orders", showing_floor.question_texts),
)

PANELS = {
    panel.name: panel
    for panel in (
        Panel("status", ("room",)),
        Panel("rule", ("room", "forks", running_order.rule), running_order.rule),
        Panel("agenda", ("agenda", "room", "prepared"), running_order.running_order),
        Panel("table", (*ON_THE_FLOOR, "agenda", "seats", "prepared", "room"), showing_floor.table),
        Panel(
            "transcript",
            (
                *("floor.transcript", "floor.spoken", "floor.statements", "floor.restricted_statements"),
                *(showing_floor.gist_due, "agenda", "room", "prepared"),
            ),
            showing_floor.transcript,
        ),
        Panel(
            "text",
            (
                *("texts", "decisions", "ratifications", "dissents", "non_papers", "room", "prepared"),
                showing_text.away,
            ),
            showing_text.text,
        ),
        Panel(
            "decision",
            (
                *("decisions", "texts", "non_papers", "room", "prepared"),
                *(showing_decisions.seated, showing_decisions.who_is_away),
            ),
            showing_decisions.decision,
        ),
        Panel("drafts", ("drafts", "texts", "room", "prepared"), showing_text.drafts),
        Panel(
            "dissent",
            (*("dissents", "texts", "ratifications", "room", "prepared"), showing_dissent.who_signs),
            showing_dissent.dissent,
        ),
        Panel(
            "ratification", ("ratifications", "texts", "decisions", "room", "prepared"), showing_capitals.ratification
        ),
        Panel(
            "capital",
            (
                *("capitals", "ratifications", "dissents", "texts", "prepared", "room"),
                showing_capitals.who_answers,
            ),
            showing_capitals.capital,
        ),
        Panel(
            "commitments",
            ("commitments", showing_commitments.peopled, "texts", "prepared", "room"),
            showing_commitments.commitments,
        ),
        Panel("packages", ("positions.declared", showing_positions.landing, "prepared"), showing_packages.packages),
        Panel(
            "outputs",
            ("outputs", "texts", "decisions", "ratifications", "commitments", "prepared", "room"),
            showing_outputs.outputs,
        ),
        Panel("matrix", ("positions.declared", "prepared"), showing_positions.matrix),
        Panel("stand", (showing_positions.own, showing_positions.landing, "prepared", "room"), showing_positions.stand),
        Panel("people", ("seats", "prepared", "floor.spoken_ms", _filed_for_the_chair, "room"), showing_people.people),
        Panel("waiting", ("seats", "prepared", "room"), showing_people.people),
        Panel("channel", ("channels", "prepared", "room"), showing.channel),
        Panel("caucuses", ("caucuses", "agenda", "seats", "prepared", "room"), showing_aside.caucuses, own=True),
        Panel("chairline", ("notes", "prepared", "room.status"), showing_aside.chairline, own=True),
        Panel(
            "desk",
            (
                *("notes", "floor.spoken_ms", "floor.speeches", "floor.heard", "floor.speech"),
                *("agenda", "seats", "prepared", "room"),
            ),
            showing_desk.desk,
        ),
        Panel("news", ("news", "prepared", "room"), showing_news.news, own=True),
        Panel("injects", ("injects", "news", "agenda", "prepared", "room"), showing_news.injects),
        Panel(
            "stage",
            (
                *(*ON_THE_FLOOR, "room", "agenda", "texts", "decisions", "seats", "prepared", "floor.speeches"),
                *("news", "caucuses", "commitments", "ratifications", "hot_wash"),
            ),
            showing.stage,
        ),
        Panel(
            "action",
            (
                *("floor.list_open", "floor.speech_seconds", "floor.heard", "floor.more_replies", "orders"),
                *(showing_floor.is_interrupted, "agenda.running", "room", "decisions", "prepared"),
            ),
            showing_floor.action,
        ),
        Panel(
            "perceptions",
            ("perceptions", "prepared", "room.status", showing_perceptions.seated),
            showing_perceptions.perceptions,
        ),
        Panel(
            "wash",
            ("hot_wash", "notes.bookmarks", "sharing.shared", "seats", "agenda", "prepared", "room"),
            showing_wash.wash,
        ),
        Panel(
            "role",
            (
                *("hot_wash.status", "hot_wash.phase", "hot_wash.out", "seats", "agenda.running", "prepared"),
                "room.status",
            ),
            showing_wash.role,
            own=True,
        ),
        Panel("door", ("seats", "prepared", "room"), showing_people.people),
    )
}

# Panels in the order of their screens; what is personal stands apart.
AT_THE_TABLE = (
    *("status", "rule", "agenda", "table", "transcript", "text", "decision", "dissent", "ratification", "commitments"),
    *("outputs", "matrix", "people", "wash", "perceptions"),
)
SCREENS: Mapping[str, tuple[str, ...]] = {
    "moderator": (
        *AT_THE_TABLE,
        "drafts",
        "packages",
        "waiting",
        "desk",
        "caucuses",
        "chairline",
        "injects",
        "capital",
    ),
    "delegate": (*AT_THE_TABLE, "drafts", "stand", "capital", "caucuses", "chairline", "channel", "news", "role"),
    "observer": (*AT_THE_TABLE, "caucuses", "news"),
    "capital": (*AT_THE_TABLE, "capital", "caucuses", "news", "role"),
    "rapporteur": (*AT_THE_TABLE, "caucuses", "news"),
    "projector": ("status", "rule", "stage"),
    "lobby": ("status", "rule", "people"),
}
PERSONAL: Mapping[str, str] = {"delegate": "action", "lobby": "door"}


def screen_of(person: Person) -> str:
    """The screen a person sees now. Somebody removed has none; ask `sight.audience_of` first."""
    if person.role in ("moderator", "projector", "rapporteur", "capital"):
        return person.role
    if not person.admitted:
        return "lobby"
    return "delegate" if person.seat else "observer"


def view_name(person: Person) -> str:
    """What a page shows, in a word: a page of another view cannot be brought up to date, only loaded anew."""
    return f"{screen_of(person)}:{person.seat or person.instructs}" if person.admitted else "lobby"


def _render(
    panel: Panel, screen: str, audience: Audience, view: RoomState, names: Mapping[str, str], stance: Stance | None
) -> str:
    context = {
        "state": view,
        "screen": screen,
        "own": audience.delegation,
        "names": names,
        "stance": stance,
        "acts": screen in ("moderator", "delegate", "rapporteur"),
        **panel.extra(view, audience),
    }
    return render_to_string(panel.template, context).strip()


@cache
def _part(path: str) -> Callable[[RoomState], Any]:
    return attrgetter(path)


def _slices(panel: Panel, view: RoomState, audience: Audience) -> tuple[Any, ...]:
    # Any panel may name people: whose name is forgotten changes them all.
    own = (_part(one)(view) if isinstance(one, str) else one(view, audience) for one in panel.slices)
    return (*own, view.seats.forgotten)


def paint(screen: str, audience: Audience, view: RoomState, names: Mapping[str, str]) -> dict[str, str]:
    """Every shared panel of a screen, by name, without any memory: what replay and print use."""
    return {name: _render(PANELS[name], screen, audience, view, names, None) for name in SCREENS[screen]}


def paint_personal(
    screen: str, audience: Audience, view: RoomState, names: Mapping[str, str], person: Person
) -> dict[str, str]:
    """The personal panel of a screen, if it has one."""
    name = PERSONAL.get(screen)
    if name is None:
        return {}
    return {name: _render(PANELS[name], screen, audience, view, names, showing_floor.stance_of(view, person))}


@dataclass(frozen=True, slots=True)
class Painted:
    """A panel as it was made of some slices of a view, by the stance of who looks on: of earlier slices nothing is
    kept, or a long session would leave behind what every stance once saw."""

    view: RoomState
    slices: tuple[Any, ...]
    by_stance: dict[Stance | None, str] = field(default_factory=dict)

    @property
    def weight(self) -> int:
        return sum(map(len, tuple(self.by_stance.values())))


Memory = dict[tuple[str, str, str], Painted]


class Painter:
    """The same, remembering what it last made, so that a panel is rendered once per change and audience."""

    def __init__(self, most: int = KEPT) -> None:
        self._most = most
        self._rooms: OrderedDict[int, Memory] = OrderedDict()
        self._new = 0  # characters made since the rooms were last weighed

    def forget_all(self) -> None:
        """Begin as a fresh process does."""
        self._rooms.clear()

    def weight(self, room_id: int) -> int:
        """How many characters are remembered of a room."""
        return sum(one.weight for one in tuple(self._rooms.get(room_id, {}).values()))

    def _memory(self, room_id: int) -> Memory:
        memory = self._rooms.setdefault(room_id, {})
        self._rooms.move_to_end(room_id)
        return memory

    def _weigh(self, new: int) -> None:
        """Let go of the rooms that nobody has looked at for longest, now and then."""
        self._new += new
        if self._new < self._most // 8:
            return
        self._new = 0
        weights = {room_id: self.weight(room_id) for room_id in tuple(self._rooms)}
        total = sum(weights.values())
        for room_id, weight in list(weights.items())[:-1]:
            if total <= self._most:
                return
            self._rooms.pop(room_id, None)
            total -= weight

    def _made(
        self,
        room_id: int,
        panel: Panel,
        screen: str,
        audience: Audience,
        view: RoomState,
        names: Mapping[str, str],
        stance: Stance | None,
    ) -> str:
        memory, key = self._memory(room_id), (panel.name, screen, audience.name)
        held = memory.get(key)
        if held is None or held.view is not view:  # all seats of a circle look at the same
            slices = _slices(panel, view, audience)
            # Slices are frozen: the same objects, or equal ones, mean the same panel. The newer ones are kept, so that
            # the next look need not compare them again.
            same = held is not None and held.slices == slices
            held = memory[key] = Painted(view, slices, held.by_stance if held is not None and same else {})
        html = held.by_stance.get(stance)
        if html is None:
            html = held.by_stance[stance] = _render(panel, screen, audience, view, names, stance)
            while len(held.by_stance) > STANCES:
                held.by_stance.pop(next(iter(held.by_stance)), None)
            self._weigh(len(html))
        return html

    def paint(
        self,
        room_id: int,
        screen: str,
        audience: Audience,
        view: RoomState,
        names: Mapping[str, str],
        of_circle: RoomState | None = None,
    ) -> dict[str, str]:
        """Every shared panel of a screen, by name. `of_circle`: what the audience's circle may see; without it the
        audience's own view serves, which shows the same where nothing is for one seat."""
        circle, shared = audience.circle, view if of_circle is None else of_circle
        return {
            name: self._made(room_id, PANELS[name], screen, audience, view, names, None)
            if PANELS[name].own
            else self._made(room_id, PANELS[name], screen, circle, shared, names, None)
            for name in SCREENS[screen]
        }

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
        stance = showing_floor.stance_of(view, person)
        return {name: self._made(room_id, PANELS[name], screen, audience, view, names, stance)}


def as_partials(painted: Mapping[str, str]) -> str:
    """Panels as htmx partials, each to be morphed into its place."""
    return "".join(
        f'<hx-partial hx-target="#panel-{name}" hx-swap="outerMorph">{html}</hx-partial>'
        for name, html in painted.items()
    )
