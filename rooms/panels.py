"""Which panel shows what, on which screen, and which slices of the state change it.

A panel is one template, a pure function of what its audience may see: the same for first paint, live update,
replay and print. It knows no time of day, no viewer and no secret; the one personal panel of a screen is made
from a small `Stance` instead of a person, so that equal stances share it.

A panel says what should be heard in hidden elements with data-voice (the matter), data-voice-key (the fact, new when
it changes), data-voice-words (one short sentence) and, if it calls this person, data-signal; see voices.js.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple, cast

from rooms import (
    for_own,
    panel_templates,
    parts,
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
from rooms.noting import Noting
from rooms.showing_floor import Stance

# A part of the state: an attribute path, or what a function picks out for an audience.
Slice = str | Callable[[RoomState, Audience], Any]


@dataclass(frozen=True, slots=True)
class Panel:
    """`slices` are the parts of the state it reads: the narrower, the less is rendered again; `extra` adds what its
    template needs derived from the state. `own`: it shows what is for one seat alone; all others are made once for
    the whole circle. `common`: members of all delegations read the same in it, as long as they may see the same, but
    for what stands in `for_own`; so its template has no `own`, and its `extra` nothing of the audience that is
    not a slice."""

    name: str
    slices: tuple[Slice, ...]
    extra: Callable[[RoomState, Audience], Mapping[str, Any]] = showing.nothing
    own: bool = False
    common: bool = False

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

# What a panel that is common to all delegations reads of what was prepared: packs are not among it.
THE_PLAN: tuple[Slice, ...] = tuple(
    f"prepared.{one}" for one in ("scenario_title", "format_name", "delegations", "issues")
)

PANELS = {
    panel.name: panel
    for panel in (
        Panel("status", ("room",), common=True),
        Panel("rule", ("room", "forks", running_order.rule), running_order.rule, common=True),
        Panel("agenda", ("agenda", "room", *THE_PLAN), running_order.running_order, common=True),
        Panel(
            "table",
            (*ON_THE_FLOOR, showing_floor.apart, "agenda", "seats", *THE_PLAN, "room"),
            showing_floor.table,
            common=True,
        ),
        Panel(
            "transcript",
            (
                *("floor.transcript", "floor.spoken", "floor.statements", "floor.restricted_statements"),
                *(showing_floor.gist_due, "agenda", "room", *THE_PLAN),
            ),
            showing_floor.transcript,
            common=True,
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
            "ratification",
            ("ratifications", "texts", "decisions", "room", *THE_PLAN),
            showing_capitals.ratification,
            common=True,
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
        Panel("matrix", ("positions.declared", *THE_PLAN), showing_positions.matrix, common=True),
        Panel("stand", (showing_positions.own, showing_positions.landing, "prepared", "room"), showing_positions.stand),
        Panel(
            "people",
            ("seats", *THE_PLAN, "floor.spoken_ms", _filed_for_the_chair, "room"),
            showing_people.people,
            common=True,
        ),
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


def render(
    panel: Panel,
    screen: str,
    audience: Audience,
    view: RoomState,
    names: Mapping[str, str],
    stance: Stance | None = None,
    *,
    unsettled: bool = False,
    before: str | None = None,
) -> str:
    """One panel as HTML. `unsettled`: for whoever is on a delegation's side, still to be settled by `for_own`.
    `before`: the same panel as it was, so that the parts of it that stay are not made again."""
    of_the_screen = {
        "screen": screen,
        "own": audience.delegation,
        "acts": screen in ("moderator", "delegate", "rapporteur"),
        for_own.UNSETTLED: unsettled,
    }
    making = parts.Making(before, {"state": parts.Known(view.room, view.prepared), **of_the_screen})
    context = {
        "state": view,
        "names": names,
        "stance": stance,
        parts.MAKING: making,
        **of_the_screen,
        **panel.extra(view, audience),
    }
    return making.whole(panel_templates.render(panel.template, context))


class Reading(NamedTuple):
    """`slices` are what a panel reads of a view: frozen, so that the same objects, or equal ones, mean the same panel.
    `parts`: of the state, by name, that they were taken from; while these are the same, so are the slices."""

    slices: tuple[Any, ...]
    parts: Mapping[str, Any]


@cache
def _reader(panel: Panel) -> tuple[Callable[[RoomState], Any], tuple[Callable[[RoomState, Audience], Any], ...]]:
    return attrgetter(*_paths(panel)), tuple(one for one in panel.slices if not isinstance(one, str))


@cache
def _paths(panel: Panel) -> tuple[str, ...]:
    # Any panel may name people: whose name is forgotten changes them all.
    return (*(one for one in panel.slices if isinstance(one, str)), "seats.forgotten")


@cache
def _parts(panel: Panel) -> tuple[str, ...]:
    return tuple(dict.fromkeys(path.partition(".")[0] for path in _paths(panel)))


def read(panel: Panel, view: RoomState, audience: Audience) -> Reading:
    """What a panel is made of, as this audience sees it."""
    values, picked = _reader(panel)
    noting = Noting(view, _parts(panel))
    pickable = cast(RoomState, noting)
    return Reading((values(view), *(pick(pickable, audience) for pick in picked)), noting.parts)


def paint(screen: str, audience: Audience, view: RoomState, names: Mapping[str, str]) -> dict[str, str]:
    """Every shared panel of a screen, by name, without any memory: a record that is taken in is tried with it, and what
    a painter shows must equal it."""
    return {name: render(PANELS[name], screen, audience, view, names) for name in SCREENS[screen]}


def as_partials(painted: Mapping[str, str], before: Mapping[str, str] | None = None) -> str:
    """Panels as htmx partials, each to be morphed into its place. Of those that were shown as in `before`, the parts
    that changed are enough."""
    shown = before or {}
    return "".join(_partials(name, html, shown.get(name)) for name, html in painted.items())


def _partials(name: str, html: str, before: str | None) -> str:
    changes = parts.changes(before, html)
    if changes is None:
        changes = [parts.Change(f"panel-{name}", "outerMorph", html)]
    return "".join(
        f'<hx-partial hx-target="#{one.element}" hx-swap="{one.swap}">{one.html}</hx-partial>' for one in changes
    )
