"""What each kind of viewer knows, kept per process and caught up from the log. All of it can be lost and made again.

A `Picture` is frozen: the full state of a room at a seq and, for every audience asked for, the fold of what that
audience may see. Catching up reads the new events once, for all of them.
"""

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.db import transaction

from rooms import log
from rooms.domain.fold import apply, fold
from rooms.domain.record import Entry
from rooms.domain.sight import Audience
from rooms.domain.state import RoomState
from rooms.models import FORGOTTEN, Participant

ROOMS_KEPT = 200  # a simulation day; a room beyond it is folded again when somebody looks
RECENT_KEPT = 500  # entries a client that was away a moment can still get without the database


@dataclass(frozen=True, slots=True)
class Picture:
    """`code` of the room; `seq` and `link` (hash) of the head; `state` with everything; `views` by audience; `recent`
    the last entries."""

    code: str = ""
    seq: int = 0
    link: str = ""
    state: RoomState = field(default_factory=RoomState)
    views: Mapping[Audience, RoomState] = field(default_factory=dict)
    recent: tuple[Entry, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    def view(self, audience: Audience) -> RoomState:
        return self.views[audience]

    def has_views_for(self, audience: Audience) -> bool:
        """Whether what this audience and its circle may see has been folded."""
        return audience in self.views and audience.circle in self.views

    def shows(self, audiences: Iterable[Audience]) -> bool:
        """Whether it can be shown to these audiences as it is: their folds are in it, and everybody's name."""
        return all(map(self.has_views_for, audiences)) and _knows_names(self)


def _with_circles(audiences: Iterable[Audience]) -> set[Audience]:
    """The audiences and the circles that they belong to: a screen is made from both."""
    return {one for audience in audiences for one in (audience, audience.circle)}


def advanced(picture: Picture, entries: Sequence[Entry], link: str, state: RoomState | None = None) -> Picture:
    """The picture after more entries; `state` is the state after them, where it is known already."""
    if not entries:
        return picture
    views = picture.views
    for entry in entries:
        views = _seen(views, entry)
    state = fold(entries, picture.state) if state is None else state
    recent = (*picture.recent, *entries)[-RECENT_KEPT:]
    return replace(picture, seq=entries[-1].seq, link=link, state=state, views=views, recent=recent)


def _seen(views: Mapping[Audience, RoomState], entry: Entry) -> Mapping[Audience, RoomState]:
    """The views after one more entry. Audiences that have seen the same so far share one view, and it is made once."""
    made: dict[int, RoomState] = {}  # by the id of the view before, which `views` keeps alive
    after = dict(views)
    for audience, view in views.items():
        if audience.sees(entry):
            known = made.get(id(view))
            after[audience] = made[id(view)] = apply(view, entry) if known is None else known
    return after


def _seen_alike(views: Mapping[Audience, RoomState], audience: Audience, entries: Sequence[Entry]) -> RoomState | None:
    """The view of another audience that has seen exactly the same entries, if there is one."""
    one_each = {id(view): (other, view) for other, view in views.items()}
    for other, view in one_each.values():
        if all(other.sees(entry) == audience.sees(entry) for entry in entries):
            return view
    return None


def _with_views(picture: Picture, room_id: int, audiences: Iterable[Audience]) -> Picture:
    """The picture with folds for audiences nobody has asked for before; they are folded from the first event."""
    missing = [audience for audience in audiences if audience not in picture.views]
    if not missing:
        return picture
    entries = log.read(room_id, upto=picture.seq) if picture.seq else []
    alike = {one: _seen_alike(picture.views, one, entries) for one in missing}
    nothing = RoomState()
    apart: Mapping[Audience, RoomState] = {one: nothing for one, view in alike.items() if view is None}
    for entry in entries if apart else ():
        apart = _seen(apart, entry)
    shared = {one: view for one, view in alike.items() if view is not None}
    return replace(picture, views={**picture.views, **shared, **apart})


def _knows_names(picture: Picture) -> bool:
    """Whether it has everybody's name, and none that has been forgotten."""
    seats = picture.state.seats
    return seats.people.keys() <= picture.names.keys() and all(
        picture.names[pid] == FORGOTTEN for pid in seats.forgotten
    )


def _with_names(picture: Picture, room_id: int) -> Picture:
    if _knows_names(picture):
        return picture
    names = dict(Participant.objects.filter(room_id=room_id).values_list("pid", "name"))
    return replace(picture, names=names)


class Folds:
    """The pictures of the rooms this process has lately touched."""

    def __init__(self) -> None:
        self._pictures: OrderedDict[int, Picture] = OrderedDict()

    def kept(self, room_id: int) -> Picture | None:
        """What is known without asking the database; may be behind."""
        return self._pictures.get(room_id)

    def keep(self, room_id: int, picture: Picture) -> Picture:
        """Remember a picture of what is committed, unless a newer one is there already."""
        held = self._pictures.get(room_id)
        if held is not None and held.seq > picture.seq:
            return held
        if held is not None and held.seq == picture.seq:
            picture = replace(picture, views={**held.views, **picture.views}, names={**held.names, **picture.names})
        self._pictures[room_id] = picture
        self._pictures.move_to_end(room_id)
        while len(self._pictures) > ROOMS_KEPT:
            self._pictures.popitem(last=False)
        return picture

    def forget_all(self) -> None:
        """Begin as a fresh process does."""
        self._pictures.clear()

    def upto(self, room_id: int, code: str, head: int) -> Picture:
        """The full state at a head that this transaction has seen, with the views there are; nothing is kept."""
        picture = self._pictures.get(room_id) or Picture(code)
        if head > picture.seq:
            entries, link = log.read_with_hash(room_id, picture.seq)
            picture = advanced(picture, entries, link)
        return picture

    def at_head(self, room_id: int, audiences: Iterable[Audience] = ()) -> Picture:
        """The picture at the head of the log as this transaction sees it. With audiences, it can be shown to them;
        without, it is for deciding, which needs no names."""
        picture = self.upto(room_id, *log.head_of(room_id))
        audiences = _with_circles(audiences)
        if audiences:
            picture = _with_names(_with_views(picture, room_id, audiences), room_id)
        # Inside a transaction we may be looking at our own uncommitted events: not for keeping.
        if not transaction.get_connection().in_atomic_block:
            picture = self.keep(room_id, picture)
            if audiences and not picture.shows(audiences):
                # Another thread has kept a newer one meanwhile, made for others: look at that for ours.
                return self.at_head(room_id, audiences)
        return picture
